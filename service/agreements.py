"""Agreements (S12, S27): a register with parties, scope lines, dates, document and status; placements under one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, cast, exists, func, or_, select, update
from sqlalchemy.orm import Session, selectinload

from service import partners
from service.models import Agreement, AuditEntry, Credit, Organisation, Placement
from service.profiles import Line
from service.visibility import Viewer
from service.workdays import iso_day

KINDS = ("MOU", "LOI", "delegate contract", "data sharing", "other")
STATUSES = ("draft", "under review", "signed", "expired")
SOON = timedelta(days=60)
MOST_BYTES = 10_000_000
MOST_LINES, LONGEST = 60, 500
LINES: Mapping[str, Line] = {
    "kind": Line("Kind", "choice"),
    "status": Line("Status", "choice", "A signed one counts from its first to its last day."),
    "starts_on": Line("First day", "day"),
    "ends_on": Line("Last day", "day", "Empty where it runs on."),
    "scope": Line(
        "Scope of activities", "words", "One line for each thing that a party does, as the agreement says it."
    ),
    "note": Line("Note", "long"),
}
CHOICES: Mapping[str, Sequence[str]] = {"kind": KINDS, "status": STATUSES}


class UnknownAgreement(LookupError):
    """No agreement of that number."""


class WrongAgreement(ValueError):
    """A value that an agreement can't take; the message says what it takes."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a shared placement stands: the agreement that covers it best, and whether that one holds."""

    agreement: Agreement | None
    status: str  # of that agreement on the day of the placement; "none" without one

    @property
    def holds(self) -> bool:
        return self.status == "signed"


def visible(viewer: Viewer) -> Select[Agreement]:
    """The register: one's own agreements, all to the hub."""
    found = select(Agreement).options(selectinload(Agreement.organisation), selectinload(Agreement.partner))
    if viewer.is_hub:
        return found
    own = viewer.organisation_id or 0
    return found.where(or_(Agreement.organisation_id == own, Agreement.with_id == own))


def listing(session: Session, viewer: Viewer, show: str, today: date) -> list[Agreement]:
    """In the order of their last days; `show` is one of all, holds, ends, open, past."""
    rows = session.scalars(visible(viewer).order_by(Agreement.ends_on.is_(None), Agreement.ends_on, Agreement.id)).all()
    keep = {
        "holds": lambda row: row.standing(today) == "signed",
        "ends": lambda row: row.standing(today) == "signed" and bool(row.ends_on) and row.ends_on <= today + SOON,
        "open": lambda row: row.standing(today) in {"draft", "under review"},
        "past": lambda row: row.standing(today) == "expired",
    }
    return [row for row in rows if show not in keep or keep[show](row)]


def find(session: Session, agreement_id: int) -> Agreement:
    """Raises UnknownAgreement."""
    found = session.get(Agreement, agreement_id)
    if found is None:
        raise UnknownAgreement(f"There is no agreement {agreement_id}.")
    return found


def add(session: Session, organisation: Organisation, other: str, kind: str, who: str) -> Agreement:
    """A new agreement, a draft until somebody says that it is signed. `other` may be a partner or anybody else.

    Raises WrongAgreement.
    """
    name = " ".join(other.split())[:200]
    partner = partners.by_name(session, name)
    if not name or (partner is not None and partner.id == organisation.id):
        raise WrongAgreement("An agreement is between two organisations; name the other one.")
    row = Agreement(organisation=organisation, partner=partner, with_name=partner.name if partner else name)
    _set(row, "kind", [kind])
    session.add(row)
    session.flush()
    _note(session, row, "added an agreement", who)
    return row


def change(session: Session, row: Agreement, field: str, values: Sequence[str], who: str) -> None:
    """Set one line. `values` as a form sends them. Raises WrongAgreement."""
    if field not in LINES:
        raise WrongAgreement("There is no such line in an agreement.")
    before = getattr(row, field)
    _set(row, field, values)
    if row.starts_on and row.ends_on and row.starts_on > row.ends_on:
        raise WrongAgreement("Its last day lies before its first.")
    if before != getattr(row, field):
        details = {"field": field, "before": str(before), "after": str(getattr(row, field))}
        _note(session, row, "changed an agreement", who, details)


def _set(row: Agreement, field: str, values: Sequence[str]) -> None:
    single = values[0].strip() if values else ""
    form = LINES[field].form
    if form == "choice":
        if single not in CHOICES[field]:
            raise WrongAgreement(f"{LINES[field].name} is one of: {', '.join(CHOICES[field])}.")
        setattr(row, field, single)
    elif form == "day":
        day = iso_day(single)
        if single and (day is None or not 1950 <= day.year <= 2150):
            raise WrongAgreement(f"{LINES[field].name} takes a date such as 2026-06-01, or nothing.")
        setattr(row, field, day)
    elif form == "words":
        lines = (" ".join(line.split())[:LONGEST] for value in values for line in value.splitlines())
        setattr(row, field, list(dict.fromkeys(line for line in lines if line))[:MOST_LINES])
    else:
        setattr(row, field, single[:2000])


def keep_document(session: Session, row: Agreement, name: str, content: bytes, who: str) -> None:
    """The signed paper, or what there is of it. Raises WrongAgreement."""
    if not content or len(content) > MOST_BYTES:
        raise WrongAgreement("A document has 10 MB at most." if content else "That file is empty.")
    row.document_name, row.document = name.strip()[:150] or "document", content
    _note(session, row, "kept the document of an agreement", who, {"name": row.document_name})


def remove(session: Session, row: Agreement, who: str) -> None:
    """It is gone from the register; placements under it stand without one."""
    _note(session, row, "removed an agreement", who, {"parties": list(row.parties)})
    under = update(Placement).where(Placement.agreement_id == row.id)
    session.execute(under.values(agreement_id=None, scope_line=""))
    session.delete(row)
    session.flush()


def place_under(session: Session, placement: Placement, row: Agreement | None, scope_line: str, who: str) -> None:
    """The agreement under which a shared placement falls, and the line of its scope. Raises WrongAgreement."""
    if row is not None and scope_line and scope_line not in row.scope:
        raise WrongAgreement("That line is not in the agreement's scope.")
    placement.agreement, placement.scope_line = row, scope_line if row is not None else ""
    details = {"agreement": row.id if row else None, "scope": placement.scope_line}
    record = f"placement {placement.id}"
    session.add(AuditEntry(who=who, what="placed under an agreement", record=record, details=details))


def candidates_for(session: Session, placement: Placement) -> list[Agreement]:
    """Agreements between organisations with credit on this placement."""
    return _between(session, {credit.organisation_id for credit in placement.credits})


def _between(session: Session, organisations: Iterable[int]) -> list[Agreement]:
    among = list(organisations)
    both = (Agreement.organisation_id.in_(among), Agreement.with_id.in_(among))
    return list(session.scalars(select(Agreement).where(*both).order_by(Agreement.id)))


def standings(session: Session, placements: Iterable[Placement]) -> dict[int, Standing]:
    """By placement that two organisations or more have credit on."""
    shared = {row.id: row for row in placements if len({credit.organisation_id for credit in row.credits}) > 1}
    known = _between(session, {credit.organisation_id for row in shared.values() for credit in row.credits})
    return {number: _standing(row, known) for number, row in shared.items()}


def _standing(placement: Placement, known: Sequence[Agreement]) -> Standing:
    """The agreement that a person chose, else the one of those with credit that stands best on its day."""
    day = placement.start_on or placement.reported_at.date()
    if placement.agreement is not None:
        return Standing(placement.agreement, placement.agreement.standing(day))
    credited = {credit.organisation_id for credit in placement.credits}
    theirs = [row for row in known if row.organisation_id in credited and row.with_id in credited]
    order = ("signed", "under review", "draft", "expired")
    best = min(theirs, key=lambda row: order.index(row.standing(day)), default=None)
    return Standing(best, best.standing(day) if best else "none")


def unsigned() -> ColumnElement[bool]:
    """Of placements: two organisations or more have credit, and no agreement between them is signed on its day."""
    credited = select(Credit.organisation_id).where(Credit.placement_id == Placement.id).correlate(Placement)
    count = select(func.count(Credit.organisation_id.distinct())).where(Credit.placement_id == Placement.id)
    day = func.coalesce(Placement.start_on, cast(func.date(Placement.reported_at), Date))
    between = and_(Agreement.organisation_id.in_(credited), Agreement.with_id.in_(credited))
    holds = exists().where(
        or_(Agreement.id == Placement.agreement_id, and_(Placement.agreement_id.is_(None), between)),
        Agreement.status == "signed",
        or_(Agreement.starts_on.is_(None), Agreement.starts_on <= day),
        or_(Agreement.ends_on.is_(None), Agreement.ends_on >= day),
    )
    return and_(count.scalar_subquery() > 1, ~holds.correlate(Placement))


def _note(session: Session, row: Agreement, what: str, who: str, details: dict[str, Any] | None = None) -> None:
    session.add(AuditEntry(who=who, what=what, record=f"agreement {row.id}", details=details or {}))
    partners.touch(session)
