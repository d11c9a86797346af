"""A person corrects what is known of an employer or a candidate; the key index follows."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import identities, key_index, merges
from service.models import AuditEntry, Candidate, Employer, EmployerTie
from service.plain_records import kind_of

EMPLOYER_FIELDS = ("name", "aliases", "domains", "phones", "website", "street", "city", "state", "zip", "industry")
CANDIDATE_FIELDS = ("name", "emails", "phones", "date_of_birth", "city", "zip")
_LISTS = frozenset({"aliases", "domains", "phones", "emails"})


class WrongField(ValueError):
    """A value that can't stand there; the message says what it takes."""


def change(session: Session, record: Employer | Candidate, field: str, value: str, who: str) -> None:
    """Set one field from text; several values have a semicolon between them. Raises WrongField."""
    value = value.strip()
    fields = EMPLOYER_FIELDS if isinstance(record, Employer) else CANDIDATE_FIELDS
    if field not in fields or (isinstance(record, Candidate) and record.erased_at is not None):
        raise WrongField(f"There is no field {field} to change.")
    if field == "name":
        _rename(record, value)
    elif field in _LISTS:
        found = (one.strip() for one in value.split(";"))
        listed = [one.lower() if field in {"domains", "emails"} else one for one in found if one]
        setattr(record, field, list(dict.fromkeys(listed)))
    elif field == "date_of_birth":
        setattr(record, field, _day(value))
    else:
        setattr(record, field, value)
    session.add(AuditEntry(who=who, what=f"changed {field}", record=f"{kind_of(record)} {record.id}"))
    session.flush()
    key_index.index(session, record)


def _rename(record: Employer | Candidate, name: str) -> None:
    if not name:
        raise WrongField("A name is needed.")
    record.name = name[:300]
    if isinstance(record, Candidate):
        words = record.name.split()
        record.given_name, record.family_name = words[0], " ".join(words[1:])


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise WrongField("A date looks like 1990-05-31.") from error


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
