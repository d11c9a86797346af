"""What a reply says becomes changes: the referral's step, interviews, hires with credits, openings left."""

from collections.abc import Callable, Iterable
from datetime import date

from rapidfuzz import fuzz, process, utils
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mail.values import Hired, Introduction, Status
from service import outbox, partners, placements, recording, referrals
from service.models import Candidate, InboundMessage, Need, Placement, Referral, Submission
from service.workdays import iso_day
from terms.statuses import CandidateStatus, ReferralStatus

S = ReferralStatus
SAME_PERSON = 88  # token_sort_ratio of two names on one referral, 0 to 100


def apply(
    session: Session, referral: Referral, message: InboundMessage, said: Introduction, sender_id: int | None, who: str
) -> list[str]:
    """Make the changes that a status update asks for; questions where a step is not legal."""
    status = said.status or Status()
    _people(session, referral, message, status, sender_id)
    for hired in status.hired:
        _hire(session, referral, message, hired, sender_id, said, who)
    _later(session, referral, message, status, who)
    for left in status.openings_left:
        need = _need(referral, left.title) or _need(referral, None)
        if need is not None:
            need.left, need.state = left.openings, "open" if left.openings else "filled"
    return [*_referral_step(session, referral, message, status, sender_id, who)]


def acknowledge(session: Session, referral: Referral, message: InboundMessage, sender_id: int | None, who: str) -> None:
    """Any word from an organisation that was asked is its first sign of life."""
    asked = any(party.role == "receiving" and party.organisation_id == sender_id for party in referral.parties)
    if asked and referral.status in {S.INTRODUCED, S.NO_ANSWER_SEEN}:
        referrals.step(session, referral.id, S.ACKNOWLEDGED, who, organisation_id=sender_id, message_id=message.id)


def _referral_step(
    session: Session, referral: Referral, message: InboundMessage, status: Status, sender_id: int | None, who: str
) -> Iterable[str]:
    wanted = status.referral or (S.IN_PROGRESS if status.hired or status.interviewed else None)
    if wanted is None:
        acknowledge(session, referral, message, sender_id, who)
        return
    try:
        event = referrals.step(
            session,
            referral.id,
            wanted,
            who,
            organisation_id=_asked(referral, sender_id),
            reason=(status.reason or "other") if wanted == S.DECLINED else (status.reason or ""),
            words=status.reason_words or "",
            outcome=status.outcome or _outcome(status) if wanted == S.CLOSED else "",
            resume_on=iso_day(status.resume_date),
            message_id=message.id,
        )
    except referrals.IllegalStep as error:
        yield f"{who} writes that it is {wanted.replace('_', ' ')}. {error} What holds?"
        return
    if event is not None:
        organisation = next((p.organisation.name for p in referral.parties if p.organisation_id == sender_id), "")
        event.details = {**event.details, "said": _sentence(message), "organisation": organisation}


def _asked(referral: Referral, sender_id: int | None) -> int | None:
    """The answer is the sender's own where it was asked; else (the employer, the hub) it is about the whole."""
    asked = {party.organisation_id for party in referral.parties if party.role == "receiving"}
    return sender_id if sender_id in asked else None


def _outcome(status: Status) -> str:
    return "placed" if status.hired else "no_response"


def _sentence(message: InboundMessage) -> str:
    """The sender's own first words, for the letters that tell of it."""
    reading = message.reading or {}
    text = (reading.get("reply") or {}).get("text") or reading.get("message") or ""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    words = " ".join(line for line in lines if not (line.endswith(",") and len(line) < 60))
    return words if len(words) <= 280 else words[:280].rsplit(" ", 1)[0] + " …"


def _people(
    session: Session, referral: Referral, message: InboundMessage, status: Status, sender_id: int | None
) -> None:
    for named, to in (
        *((named, CandidateStatus.INTERVIEWING) for named in status.interviewed),
        *((named, CandidateStatus.NOT_SELECTED) for named in status.not_hired),
    ):
        submission = _submission(session, referral, named.name)
        if submission is None:
            owner = sender_id or _only_receiver(referral)
            candidate = recording.candidate_of(session, named.name, "", (), owner, message.id)
            submission = recording.submit(session, referral, candidate, None, owner, message.id)
        if submission.status != CandidateStatus.HIRED:
            submission.status, submission.reason = str(to), named.reason or ""


def _submission(session: Session, referral: Referral, name: str) -> Submission | None:
    """The person of that name on this referral; a given name alone will do where only one bears it."""
    rows = session.scalars(
        select(Submission).where(Submission.referral_id == referral.id).options(joinedload(Submission.candidate))
    ).all()
    names = {row.id: row.candidate.name for row in rows}
    known = _best(name, names, fuzz.token_sort_ratio)
    if known is not None:
        return next(row for row in rows if row.id == known)
    given = [row for row in rows if " " not in name.strip() and row.candidate.given_name.casefold() == name.casefold()]
    return given[0] if len(given) == 1 else None


def _best(name: str, names: dict[int, str], scorer: Callable[..., float]) -> int | None:
    """The key of the name that is surely meant."""
    found = process.extractOne(name, names, scorer=scorer, processor=utils.default_process, score_cutoff=SAME_PERSON)
    return found[2] if found else None


def _only_receiver(referral: Referral) -> int | None:
    receivers = [party.organisation_id for party in referral.parties if party.role == "receiving"]
    return receivers[0] if len(receivers) == 1 else None


def _need(referral: Referral, title: str | None) -> Need | None:
    if not title:
        return referral.needs[0] if len(referral.needs) == 1 else None
    return next((need for need in referral.needs if recording.same_title(need.title, title)), None)


def _hire(
    session: Session,
    referral: Referral,
    message: InboundMessage,
    hired: Hired,
    sender_id: int | None,
    said: Introduction,
    who: str,
) -> None:
    need = _need(referral, hired.need)
    named = [organisation.id for name in hired.orgs if (organisation := partners.by_name(session, name))]
    submission = _submission(session, referral, hired.name)
    owner = (submission.organisation_id if submission else None) or next(iter(named), None)
    owner = owner or _sender_or_receiver(referral, sender_id)
    if submission is None:
        candidate = recording.candidate_of(session, hired.name, "", (), owner, message.id)
        submission = recording.submit(session, referral, candidate, need, owner, message.id)
    placement = placements.report_hire(
        session,
        referral,
        session.get_one(Candidate, submission.candidate_id),
        who,
        need=need or submission.need,
        start_on=iso_day(hired.start_date),
        wage=hired.wage,
        credited=_claims(referral, named, owner, shared=said.shared_placement),
        message_id=message.id,
    )
    words = f"{placement.candidate.initials} hired" + (f" as {need.title}" if need else "")
    event = referrals.note(
        session, referral, "hired", words, who, message_id=message.id, details={"said": "", "placement": placement.id}
    )
    outbox.tell_parties(session, referral, "hired", event, by_organisation_id=sender_id)


def _sender_or_receiver(referral: Referral, sender_id: int | None) -> int | None:
    return sender_id or _only_receiver(referral)


def _claims(referral: Referral, named: list[int], owner: int | None, *, shared: bool) -> list[tuple[int, str]]:
    """Who claims credit: the organisations that the mail names, else who sent the candidate; and who opened the
    employer's door. Each is a claim until the other side confirms it."""
    senders = named or ([owner] if owner else [])
    if shared and not named:
        senders += [party.organisation_id for party in referral.parties if party.role == "receiving"]
    claims = [(organisation_id, "sent_candidate") for organisation_id in dict.fromkeys(senders)]
    claims += [
        (party.organisation_id, "opened_employer")
        for party in referral.parties
        if party.role == "referring" and party.organisation_id not in senders
    ]
    return claims


def _later(session: Session, referral: Referral, message: InboundMessage, status: Status, who: str) -> None:
    """Still there after so many days; gone."""
    for named in status.retained:
        placement = _placement(session, referral, named.name)
        mark = next((days for days in (180, 90, 30) if (named.days or 30) >= days), 30)
        if placement is not None:
            _try_step(session, placement, f"retained_{mark}", who, message)
    for named in status.ended:
        placement = _placement(session, referral, named.name)
        if placement is not None:
            _try_step(session, placement, "ended", who, message, on=iso_day(named.date), reason=named.reason or "")


def _try_step(
    session: Session,
    placement: Placement,
    status: str,
    who: str,
    message: InboundMessage,
    *,
    on: date | None = None,
    reason: str = "",
) -> None:
    """A mark that was passed already is no news."""
    if status in {str(step) for step in placements.PLACEMENT_STEPS[placements.P(placement.status)]}:
        placements.step(session, placement.id, status, who, on=on, reason=reason, message_id=message.id)


def _placement(session: Session, referral: Referral, name: str) -> Placement | None:
    rows = session.scalars(
        select(Placement)
        .where(Placement.employer_id == referral.employer_id)
        .options(joinedload(Placement.candidate))
        .order_by(Placement.id)
    ).all()
    names = {row.id: row.candidate.name for row in rows}
    known = _best(name, names, fuzz.token_set_ratio)
    return next((row for row in rows if row.id == known), None)
