"""A candidate on a need: the steps from proposed to hired or an end, who may take them, who hears of them."""

import re
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import outbox, placements, referrals
from service.models import AuditEntry, CallAsk, Candidate, Event, InboundMessage, Referral, Submission
from service.visibility import Viewer, agreed
from terms.statuses import CANDIDATE_STEPS, CandidateStatus

C = CandidateStatus
ORDER = list(C)

_FATES = (
    (
        C.NO_SHOW,
        "no[- ]?shows?|(?:did(?:n['’]t| not)|never) (?:show|come|appear|turn)|nie (?:przysz|stawi)|no se present",
    ),
    (C.WITHDRAWN, "withdr[ae]w|backed out|no longer (?:interested|available|looking)|zrezygnowa|se retir"),
    (C.DECLINED, "(?:declined|turned (?:\\w+ ){0,3}down|took (?:a|another)|went elsewhere|rechaz|odrzuci)"),
)
"""Words of a report that say more than "not selected", the first that holds."""


class IllegalCandidateStep(ValueError):
    """A step that a candidate on a need can't take; the message says why."""


class UnknownCandidacy(LookupError):
    """No candidate on a need of that number."""


def find(session: Session, submission_id: int) -> Submission:
    """Raises UnknownCandidacy."""
    found = session.get(Submission, submission_id)
    if found is None:
        raise UnknownCandidacy(f"There is no candidate on a need with the number {submission_id}.")
    return found


def steps(submission: Submission) -> list[CandidateStatus]:
    """What may follow, in the order of the life cycle."""
    return sorted(CANDIDATE_STEPS[C(submission.status)], key=ORDER.index)


def may_change(viewer: Viewer, submission: Submission, referral: Referral) -> bool:
    """The hub, who sent the candidate, and who refers or receives on the referral."""
    if not viewer.may_decide:
        return False
    own = viewer.organisation_id
    mine = {p.organisation_id for p in referral.parties if p.role in {"referring", "receiving"}}
    return viewer.is_hub or (own is not None and own in {submission.organisation_id, *mine})


def by_consent(submission: Submission) -> None:
    """Who has agreed to be named begins as consented, and is proposed again where that was taken back."""
    if submission.status in {C.PROPOSED, C.CONSENTED}:
        submission.status = str(C.CONSENTED if agreed(submission) else C.PROPOSED)


def describe(
    session: Session,
    candidate: Candidate,
    who: str,
    *,
    work: Iterable[str],
    languages: Iterable[str],
    city: str,
    postcode: str,
) -> None:
    """What work a candidate seeks, where they live, what they speak: needs that fit are found by these."""
    candidate.work = list(dict.fromkeys(words[:120] for words in work))[:20]
    candidate.languages = list(dict.fromkeys(words[:40].capitalize() for words in languages))[:20]
    candidate.city, candidate.zip = city[:100], postcode[:10]
    session.add(AuditEntry(who=who, what="described", record=f"candidate {candidate.id}"))


def fate(words: str) -> CandidateStatus:
    """Why somebody was not hired, as a step: no show, withdrawn, declined, else not selected."""
    return next((status for status, said in _FATES if re.search(said, words, re.IGNORECASE)), C.NOT_SELECTED)


def step(
    session: Session,
    submission: Submission,
    status: str,
    who: str,
    *,
    reason: str = "",
    by_organisation_id: int | None = None,
    message_id: int | None = None,
) -> Event | None:
    """Take a step; the organisation that sent the person hears of it, unless it said so itself. None: it is there.

    Nobody is put before an employer without consent (S43). `reason` stays with the submitting organisation. Raises
    IllegalCandidateStep.
    """
    wanted, now = C(status), C(submission.status)
    if wanted == now:
        return None
    if wanted not in CANDIDATE_STEPS[now]:
        raise IllegalCandidateStep(f"A candidate who is {_said(now)} can't become {_said(wanted)}.")
    if wanted in {C.CONSENTED, C.SUBMITTED} and message_id is None and not agreed(submission):
        raise IllegalCandidateStep("Record the person's consent first; nobody goes to an employer without it.")
    if wanted is C.HIRED:
        return _hire(session, submission, who, by_organisation_id, message_id)
    submission.status, submission.reason = str(wanted), reason
    referral = session.get_one(Referral, submission.referral_id)
    words = f"{submission.candidate.initials} {_said(wanted)}" + _for(submission)
    event = referrals.note(
        session, referral, f"candidate_{wanted}", words, who, message_id=message_id, details=_details(submission)
    )
    tell(session, referral, submission, event, by_organisation_id=by_organisation_id)
    return event


def report(
    session: Session,
    submission: Submission,
    status: str,
    who: str,
    *,
    reason: str = "",
    by_organisation_id: int | None = None,
    message: InboundMessage,
) -> None:
    """What a mail says of a candidate: only steps ahead; a report of what is long past changes nothing."""
    wanted, now = C(status), C(submission.status)
    ahead = wanted in CANDIDATE_STEPS[now] and (ORDER.index(wanted) > ORDER.index(now) or now not in ORDER[:5])
    if ahead:
        known = {"reason": reason, "by_organisation_id": by_organisation_id, "message_id": message.id}
        step(session, submission, wanted, who, **known)


def _hire(
    session: Session, submission: Submission, who: str, by_organisation_id: int | None, message_id: int | None
) -> Event:
    referral = session.get_one(Referral, submission.referral_id)
    placement = placements.report_hire(
        session,
        referral,
        submission.candidate,
        who,
        need=submission.need,
        credited=placements.claims(referral, [submission.organisation_id]),
        message_id=message_id,
    )
    words = f"{submission.candidate.initials} hired" + _for(submission)
    details = {**_details(submission), "said": "", "placement": placement.id}
    event = referrals.note(session, referral, "hired", words, who, message_id=message_id, details=details)
    outbox.tell_parties(session, referral, "hired", event, by_organisation_id=by_organisation_id)
    tell(session, referral, submission, event, by_organisation_id=by_organisation_id)
    return event


def tell(
    session: Session, referral: Referral, submission: Submission, event: Event, *, by_organisation_id: int | None
) -> None:
    """The organisation that sent the person hears what became of them."""
    ask = session.scalar(
        select(CallAsk).where(
            CallAsk.call_id == submission.call_id, CallAsk.organisation_id == submission.organisation_id
        )
    )
    outbox.tell_sender(
        session,
        referral,
        submission.organisation_id,
        event,
        by_organisation_id=by_organisation_id,
        news={"call": ask.call_id, "ask": ask.id} if ask else {},
    )


def _details(submission: Submission) -> dict[str, int | None]:
    return {"submission": submission.id, "organisation_id": submission.organisation_id}


def _for(submission: Submission) -> str:
    return f", {submission.need.title}" if submission.need else ""


def _said(status: CandidateStatus) -> str:
    return str(status).replace("_", " ")
