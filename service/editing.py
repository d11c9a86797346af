"""A person corrects what is known of an employer or a candidate, field by field; each change can be undone, and the key
index follows."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import normalize
from service import identities, key_index, merges
from service.models import AuditEntry, Candidate, Employer, EmployerTie, RecordChange, utcnow
from service.plain_records import kind_of
from terms.words import FREE_MAIL_DOMAINS

EMPLOYER_FIELDS = {
    "name": "Name",
    "aliases": "Also called",
    "domains": "Domains",
    "phones": "Phones",
    "website": "Website",
    "street": "Street",
    "city": "City",
    "state": "State",
    "zip": "ZIP",
    "industry": "Industry",
}
CANDIDATE_FIELDS = {
    "name": "Name",
    "emails": "E-mail",
    "phones": "Phones",
    "date_of_birth": "Date of birth",
    "city": "City",
    "zip": "ZIP",
}
LISTS = frozenset({"aliases", "domains", "phones", "emails"})
LONGEST = 300
_ADDRESS = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>]{1,200}")


class WrongField(ValueError):
    """A value that can't stand there; the message says what it takes."""


def fields_of(record: Employer | Candidate) -> dict[str, str]:
    """The fields that a person may set, with their names on a page."""
    return EMPLOYER_FIELDS if isinstance(record, Employer) else CANDIDATE_FIELDS


def as_text(record: Employer | Candidate, field: str) -> str:
    """A field as it stands in a form: several values have a semicolon between them."""
    return in_words(_as_json(getattr(record, field)))


def in_words(value: Any) -> str:
    """A value of a change, as it stands in a form."""
    return "; ".join(value) if isinstance(value, list) else str(value or "")


def change(session: Session, record: Employer | Candidate, field: str, value: str, who: str) -> RecordChange | None:
    """Set one field from text; several values have a semicolon between them. None where it stood so already. Raises
    WrongField."""
    if field not in fields_of(record) or (isinstance(record, Candidate) and record.erased_at is not None):
        raise WrongField(f"There is no field {field} to change.")
    before, after = _as_json(getattr(record, field)), _checked(field, " ".join(value.split()))
    if before == after:
        return None
    made = RecordChange(kind=kind_of(record), record_id=record.id, field=field, before=before, after=after, who=who)
    session.add(made)
    _set(session, record, field, after, f"changed {field}", who)
    return made


def undo(session: Session, change_id: int, who: str) -> RecordChange:
    """What stood there before stands there again. Raises LookupError, WrongField where it is something else by now."""
    made = session.get(RecordChange, change_id)
    record = record_of_change(session, made) if made else None
    if made is None or record is None:
        raise LookupError("There is no such change.")
    if made.undone_at is not None:
        raise WrongField(f"That was undone on {made.undone_at:%d %b %Y} already.")
    if record.merged_into_id is not None:
        raise WrongField("The record was joined with another one since; undo that first.")
    if _as_json(getattr(record, made.field)) != made.after:
        raise WrongField("It was changed again since; undo that first.")
    _set(session, record, made.field, made.before, f"undid a change of {made.field}", who)
    made.undone_by, made.undone_at = who, utcnow()
    return made


def record_of_change(session: Session, made: RecordChange) -> Employer | Candidate | None:
    return session.get(Employer if made.kind == "employer" else Candidate, made.record_id)


def history(session: Session, record: Employer | Candidate) -> Sequence[RecordChange]:
    """What people set by hand, the latest first, also on records that this one stands for."""
    ids = merges.cluster(session, record)
    if isinstance(record, Candidate):  # of two organisations' records each keeps its own
        own = select(Candidate.id).where(Candidate.id.in_(ids), Candidate.organisation_id == record.organisation_id)
        ids = {record.id, *session.scalars(own)}
    made = select(RecordChange).where(RecordChange.kind == kind_of(record), RecordChange.record_id.in_(ids))
    return session.scalars(made.order_by(RecordChange.id.desc()).limit(50)).all()


def _set(session: Session, record: Employer | Candidate, field: str, value: Any, what: str, who: str) -> None:
    if field == "date_of_birth":
        value = date.fromisoformat(value) if value else None
    setattr(record, field, value)
    if field == "name" and isinstance(record, Candidate):
        words = record.name.split()
        record.given_name, record.family_name = words[0], " ".join(words[1:])
    session.add(AuditEntry(who=who, what=what, record=f"{kind_of(record)} {record.id}"))
    session.flush()
    key_index.index(session, record)


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, list) else value


def _checked(field: str, value: str) -> Any:
    """A field's value out of what was typed. Raises WrongField."""
    if len(value) > LONGEST:
        raise WrongField(f"That is too long; {LONGEST} characters are the most.")
    if field == "name" and not value:
        raise WrongField("A name is needed.")
    if field == "date_of_birth":
        return _day(value)
    if field in LISTS:
        return list(dict.fromkeys(_listed(field, (one.strip() for one in value.split(";")))))
    return value


def _listed(field: str, values: Iterable[str]) -> Iterable[str]:
    for value in filter(None, values):
        if field == "emails" and not _ADDRESS.fullmatch(value):
            raise WrongField(f"{value} is no e-mail address.")
        if field == "phones" and not normalize.phone(value):
            raise WrongField(f"{value} is no phone number; one has seven digits or more.")
        if field == "domains" and not normalize.domain(value):
            raise WrongField(f"{value} is no domain; one looks like alderdock.example.")
        if field == "domains" and normalize.domain(value) in FREE_MAIL_DOMAINS:
            raise WrongField(f"{value} is used by everybody and says nothing about an employer.")
        yield {"emails": value.lower(), "domains": normalize.domain(value)}.get(field, value)


def _day(value: str) -> str | None:
    try:
        found = date.fromisoformat(value) if value else None
    except ValueError as error:
        raise WrongField("A date looks like 1990-05-31.") from error
    if found and not date(1900, 1, 1) <= found <= utcnow().date():
        raise WrongField("A date of birth lies between 1900 and today.")
    return found.isoformat() if found else None


def confirm(session: Session, employer: Employer, is_right: bool, who: str) -> None:
    """A person says that an employer which was read from a mail is one, as it stands; or takes that back."""
    employer.confirmed = is_right
    what = "confirmed" if is_right else "took a confirmation back"
    session.add(AuditEntry(who=who, what=what, record=f"employer {employer.id}"))


def set_parent(session: Session, employer: Employer, parent: Employer | None, who: str) -> None:
    """Whose site or branch an employer is; None takes that back. Raises WrongField where it would go in a circle."""
    above = parent = identities.standing_for(session, parent) if parent else None
    while isinstance(above, Employer):
        if above.id in merges.cluster(session, employer):
            raise WrongField("An employer can't be a site of itself.")
        above = session.get(Employer, above.parent_id) if above.parent_id else None
    employer.parent_id = parent.id if parent else None
    what = f"set the parent to employer {parent.id}" if parent else "took the parent away"
    session.add(AuditEntry(who=who, what=what, record=f"employer {employer.id}"))
    session.flush()


def tie_of(session: Session, employer_id: int, organisation_id: int | None) -> EmployerTie | None:
    """What an organisation has with an employer."""
    found = select(EmployerTie).where(
        EmployerTie.employer_id == employer_id, EmployerTie.organisation_id == (organisation_id or 0)
    )
    return session.scalar(found)


def set_tie(
    session: Session, employer_id: int, organisation_id: int, *, lead: str | None = None, until: date | None = None
) -> None:
    """Who leads the relationship, or until when no notice of others is wanted (None takes that back)."""
    tie = tie_of(session, employer_id, organisation_id)
    if tie is None:
        tie = EmployerTie(employer_id=employer_id, organisation_id=organisation_id, lead_name="", lead_email="")
        session.add(tie)
    if lead is None:
        tie.snoozed_until = until
    else:
        tie.lead_name = lead
    session.flush()
