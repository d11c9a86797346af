"""A candidate's word on who may know of them: recorded by a person, never by mail (S43, TRUST.md)."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import candidacies, identities
from service.models import AuditEntry, Candidate, Submission
from terms.statuses import ConsentState


class WrongConsent(ValueError):
    """A consent that can't be recorded; the message says what is missing."""


def record(
    session: Session,
    candidate_id: int,
    state: str,
    who: str,
    *,
    on: date | None = None,
    until: date | None = None,
    scope: str = "",
) -> Candidate:
    """Set the state with its day, its end and what it covers; "none" takes it back at once. Raises WrongConsent."""
    candidate = session.get(Candidate, candidate_id)
    if candidate is None:
        raise WrongConsent(f"There is no candidate {candidate_id}.")
    if state not in set(ConsentState):
        raise WrongConsent("Consent is none, verbal or signed.")
    if state != ConsentState.NONE and on is None:
        raise WrongConsent("Say on which day the person agreed.")
    if on and until and until < on:
        raise WrongConsent("A consent can't end before it begins.")
    given = state != ConsentState.NONE
    before = candidate.consent
    candidate.consent = state
    candidate.consent_on, candidate.consent_until = (on, until) if given else (None, None)
    candidate.consent_scope = scope if given else ""
    _on_needs(session, candidate)
    session.flush()
    identities.look_again(session, candidate)
    session.add(
        AuditEntry(
            who=who,
            what="recorded consent",
            record=f"candidate {candidate_id}",
            details={"from": before, "to": state, "on": str(on or ""), "until": str(until or ""), "scope": scope},
        )
    )
    return candidate


def _on_needs(session: Session, candidate: Candidate) -> None:
    """On the needs where the person is proposed, consent is a step of its own, forth and back."""
    for submission in session.scalars(select(Submission).where(Submission.candidate_id == candidate.id)).all():
        if candidate.consent == ConsentState.NONE:
            submission.consent, submission.consent_words = str(ConsentState.NONE), ""
        candidacies.by_consent(submission)
