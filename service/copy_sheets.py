"""No double entry (S30): a placement as the form of another system asks for it, and "entered, number ..." ticked back.

An organisation configures the form once, a line a field: `Participant first name = candidate.given_name`, or in
quotes what is always the same: `Region = "7"`.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Select, exists, false, select
from sqlalchemy.orm import Session

from service import reports, visibility
from service.models import AuditEntry, CopySheet, Credit, EmployerContact, Placement, SheetEntry
from service.visibility import NotVisible, Viewer

MOST_COLUMNS = 100
_LINE = re.compile(r"(\S.{0,198}?\S|\S)\s*=\s*(\"[^\"]*\"|[\w.]+)")
Value = Callable[[Viewer, Placement], Any]


def _own(name: str) -> Value:
    """A field of the candidate, to whom may see details (consent, or the own organisation)."""

    def value(viewer: Viewer, placement: Placement) -> Any:
        known = visibility.known_to(viewer, placement.candidate)
        return getattr(known, name) if visibility.may_see_details(viewer, known) else ""

    return value


def _of(record: str, name: str) -> Value:
    """A field of the placement's employer or need, empty where there is none."""
    return lambda viewer, placement: getattr(getattr(placement, record), name) if getattr(placement, record) else ""


def _contact(name: str) -> Value:
    def value(viewer: Viewer, placement: Placement) -> Any:
        contacts: Sequence[EmployerContact] = placement.employer.contacts if placement.employer else ()
        return getattr(contacts[0], name) if contacts else ""

    return value


def _credited(role: str) -> Value:
    return lambda viewer, placement: [c.organisation.name for c in placement.credits if c.role == role or not role]


def _name(viewer: Viewer, placement: Placement) -> str:
    return visibility.candidate_name(viewer, placement.candidate)


FIELDS: dict[str, Value] = {
    "candidate.name": _name,
    "candidate.given_name": _own("given_name"),
    "candidate.family_name": _own("family_name"),
    "candidate.date_of_birth": _own("date_of_birth"),
    "candidate.phone": _own("phones"),
    "candidate.email": _own("emails"),
    "candidate.city": _own("city"),
    "candidate.zip": _own("zip"),
    "employer.name": _of("employer", "name"),
    "employer.street": _of("employer", "street"),
    "employer.city": _of("employer", "city"),
    "employer.state": _of("employer", "state"),
    "employer.zip": _of("employer", "zip"),
    "employer.phone": _of("employer", "phones"),
    "employer.website": _of("employer", "website"),
    "employer.industry": _of("employer", "industry"),
    "contact.name": _contact("name"),
    "contact.title": _contact("title"),
    "contact.email": _contact("email"),
    "contact.phone": _contact("phones"),
    "job.title": _of("need", "title"),
    "job.occupation_code": _of("need", "occupation_code"),
    "job.occupation_title": _of("need", "occupation_title"),
    "job.location": _of("need", "location"),
    "job.wage_unit": _of("need", "wage_unit"),
    "placement.number": lambda viewer, placement: placement.id,
    "placement.status": lambda viewer, placement: placement.status.replace("_", " "),
    "placement.wage": lambda viewer, placement: placement.wage,
    "placement.start": lambda viewer, placement: placement.start_on,
    "placement.ended": lambda viewer, placement: placement.ended_on,
    "placement.verified_by": lambda viewer, placement: placement.verified_source,
    "placement.verified_on": lambda viewer, placement: placement.verified_on,
    "placement.agreement": lambda viewer, placement: placement.agreement.kind if placement.agreement else "",
    "credit.all": _credited(""),
    "credit.opened_employer": _credited("opened_employer"),
    "credit.sent_candidate": _credited("sent_candidate"),
    "credit.trained": _credited("trained"),
}
"""What a column can hold, by the name that a line of the form gives it."""


class WrongColumn(ValueError):
    """A line of the form that can't be used; the message says which and what it takes."""


def columns_of(text: str) -> list[dict[str, str]]:
    """The form out of its lines. Raises WrongColumn."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        said = _LINE.fullmatch(line.strip())
        if said is None:
            raise WrongColumn(
                f"Line {number}: “{line.strip()[:60]}” is no column; one looks like: Job title = job.title"
            )
        label, holds = said.groups()
        if holds.startswith('"'):
            found.append({"label": label, "text": holds[1:-1][:500]})
        elif holds in FIELDS:
            found.append({"label": label, "field": holds})
        else:
            raise WrongColumn(f"Line {number}: there is no field {holds[:60]}; words that stay the same go in quotes.")
    if not found:
        raise WrongColumn("The form needs at least one column, such as: Job title = job.title")
    if len(found) > MOST_COLUMNS:
        raise WrongColumn(f"The form has {len(found)} columns; {MOST_COLUMNS} at most.")
    return found


def text_of(sheet: CopySheet) -> str:
    """The lines that make this form."""
    return "\n".join(
        f"{one['label']} = " + (one["field"] if "field" in one else f'"{one["text"]}"') for one in sheet.columns
    )


def visible(viewer: Viewer) -> Select[CopySheet]:
    """Those of one's own organisation; the hub's own to the hub."""
    found = select(CopySheet).order_by(CopySheet.name, CopySheet.id)
    if viewer.is_hub:
        return found.where(CopySheet.organisation_id.is_(None))
    if viewer.organisation_id is None:
        return found.where(false())
    return found.where(CopySheet.organisation_id == viewer.organisation_id)


def find(session: Session, viewer: Viewer, sheet_id: int) -> CopySheet:
    """Raises NotVisible."""
    found = session.scalar(visible(viewer).where(CopySheet.id == sheet_id))
    if found is None:
        raise NotVisible(f"There is no sheet {sheet_id}.")
    return found


def save(session: Session, viewer: Viewer, sheet: CopySheet | None, name: str, lines: str) -> CopySheet:
    """A new form, or a changed one. Raises WrongColumn."""
    if not name:
        raise WrongColumn("The form needs a name: that of the system it is for.")
    columns: list[dict[str, Any]] = [*columns_of(lines)]
    if sheet is None:
        sheet = CopySheet(organisation_id=None if viewer.is_hub else viewer.organisation_id)
        session.add(sheet)
    sheet.name, sheet.columns = name[:200], columns
    session.flush()
    session.add(AuditEntry(who=viewer.label, what="saved a copy-sheet", record=f"sheet {sheet.id}"))
    return sheet


def _placements(viewer: Viewer, sheet: CopySheet) -> Select[Placement]:
    """What its organisation enters: started placements with its credit; the hub's sheet has all."""
    found = visibility.placements(viewer).where(Placement.status.in_([str(status) for status in reports.ENTERED]))
    if sheet.organisation_id is None:
        return found
    return found.where(
        exists().where(Credit.placement_id == Placement.id, Credit.organisation_id == sheet.organisation_id)
    )


def waiting(session: Session, viewer: Viewer, sheet: CopySheet) -> list[Placement]:
    """Not entered yet, the oldest start first."""
    entered = exists().where(SheetEntry.sheet_id == sheet.id, SheetEntry.placement_id == Placement.id)
    return list(session.scalars(_placements(viewer, sheet).where(~entered).order_by(Placement.start_on, Placement.id)))


def entries(session: Session, viewer: Viewer, sheet: CopySheet) -> list[SheetEntry]:
    """Entered already, the latest first."""
    seen = _placements(viewer, sheet).with_only_columns(Placement.id)
    found = select(SheetEntry).where(SheetEntry.sheet_id == sheet.id, SheetEntry.placement_id.in_(seen))
    return list(session.scalars(found.order_by(SheetEntry.at.desc(), SheetEntry.id.desc())))


def filled(viewer: Viewer, sheet: CopySheet, placement: Placement) -> list[tuple[str, str]]:
    """(label, value as text) in the form's order."""
    return [
        (one["label"], one["text"] if "text" in one else _text(FIELDS[one["field"]](viewer, placement)))
        for one in sheet.columns
    ]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, dict.fromkeys(value)))
    return "" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)


def enter(session: Session, viewer: Viewer, sheet: CopySheet, placement: Placement, external_id: str) -> SheetEntry:
    """It stands in the other system now. Raises NotVisible for a placement that isn't this sheet's,
    ValueError without their number, or where it is another's already."""
    if session.scalar(_placements(viewer, sheet).where(Placement.id == placement.id)) is None:
        raise NotVisible(f"Placement {placement.id} is not one of this sheet.")
    external_id = " ".join(external_id.split())[:100]
    if not external_id:
        raise ValueError("Which number did it get there?")
    same = select(SheetEntry).where(SheetEntry.sheet_id == sheet.id, SheetEntry.external_id == external_id)
    other = session.scalar(same.where(SheetEntry.placement_id != placement.id))
    if other is not None:
        raise ValueError(f"{external_id} is the number of placement {other.placement_id} already.")
    made = session.scalar(
        select(SheetEntry).where(SheetEntry.sheet_id == sheet.id, SheetEntry.placement_id == placement.id)
    )
    if made is None:
        made = SheetEntry(sheet_id=sheet.id, placement_id=placement.id)
        session.add(made)
    made.external_id, made.who = external_id, viewer.label
    session.flush()
    return made


def take_back(session: Session, sheet: CopySheet, placement_id: int) -> None:
    """It was not entered after all."""
    found = select(SheetEntry).where(SheetEntry.sheet_id == sheet.id, SheetEntry.placement_id == placement_id)
    for entry in session.scalars(found).all():
        session.delete(entry)
