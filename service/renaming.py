"""Names of people put right on a referral: a contact's name or position, a candidate's name."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import key_index
from service.models import Candidate, EmployerContact, Referral, Submission


def contact_of(referral: Referral, number: str) -> EmployerContact | None:
    """A contact of the referral's employer."""
    contacts = referral.employer.contacts if referral.employer else []
    return next((contact for contact in contacts if str(contact.id) == number), None)


def candidate_of(session: Session, referral: Referral, number: str) -> Candidate | None:
    """A candidate who was sent for the referral."""
    rows = session.scalars(select(Submission).where(Submission.referral_id == referral.id))
    return next((row.candidate for row in rows if str(row.candidate_id) == number), None)


def rename_contact(contact: EmployerContact, column: str, value: str) -> str:
    """The name or position that stood there."""
    before = getattr(contact, column)
    setattr(contact, column, value[:200])
    return before


def rename_candidate(session: Session, candidate: Candidate, value: str) -> str:
    """The name that stood there; the record is found by the new one from now on."""
    before = candidate.name
    words = value[:200].split()
    candidate.name = " ".join(words)
    candidate.given_name, candidate.family_name = " ".join(words[:1]), " ".join(words[1:])
    key_index.index(session, candidate)
    return before
