"""What a reply says becomes changes: the referral's step, interviews, hires with credits, openings left."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from rapidfuzz import fuzz, process, utils
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mail.values import Hired, Introduction, Named, Status
from service import candidacies, outbox, partners, placements, recording, referrals
from service.models import Candidate, InboundMessage, Need, Placement, Referral, Submission
from service.workdays import iso_day
from terms.statuses import CandidateStatus, ReferralStatus

S = ReferralStatus
Person = TypeVar("Person", Hired, Named)
SAME_PERSON = 88  # token_sort_ratio of two names on one referral, 0 to 100


def apply(
    session: Session, referral: Referral, message: InboundMessage, said: Introduction, sender_id: int | None, who: str
) -> list[str]:
    """Make the changes that a status update asks for; questions where a step is not legal."""
    status = said.status or Status()
    _people(session, referral, message, status, sender_id, who)
    for hired in status.hired:
        _hire(session, referral, message, hired, sender_id, said, who)
    _later(session, referral, message, status, who)
    for left in status.openings_left:
        need = _need(referral, left.title) or _need(referral, None)
        if need is not None:
            need.left, need.state = left.openings, "open" if left.openings else "filled"
    return [*_referral_step(session, referral, message, status, sender_id, who)]


def of_own_people(
    session: Session, referral: Referral, message: InboundMessage, said: Introduction, sender_id: int, who: str
) -> list[str]:
    """What an organisation reports of the people whom it sent itself; questions about everybody else.

    It takes no part in the referral, so nothing that it says of the referral as a whole is its to say.
    """
    status, own = said.status or Status(), _names_sent_by(session, referral, sender_id)

    def mine(people: Iterable[Person]) -> tuple[Person, ...]:
        return tuple(person for person in people if _best(person.name, own, fuzz.token_sort_ratio) is not None)

    told = Status(
        interviewed=mine(status.interviewed),
        hired=mine(status.hired),
        not_hired=mine(status.not_hired),
        retained=mine(status.retained),
        ended=mine(status.ended),
    )
    _people(session, referral, message, told, sender_id, who)
    alone = replace(said, shared_placement=False)
    for hired in told.hired:
        _hire(session, referral, message, replace(hired, orgs=()), sender_id, alone, who)
    _later(session, referral, message, told, who)
    others = dict.fromkeys(name for name in names_in(status) if name not in names_in(told))
    return [f"{who} writes of {name}, whom they did not send. What holds?" for name in others]


def names_in(status: Status) -> list[str]:
    """Everybody of whom a report tells something."""
    people = (*status.hired, *status.interviewed, *status.not_hired, *status.retained, *status.ended)
    return [person.name for person in people]


def _names_sent_by(session: Session, referral: Referral, organisation_id: int) -> dict[int, str]:
    rows = session.scalars(
        select(Submission)
        .where(Submission.referral_id == referral.id, Submission.organisation_id == organisation_id)
        .options(joinedload(Submission.candidate))
    )
    return {row.id: row.candidate.name for row in rows}


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
    if status.guessed:
        acknowledge(session, referral, message, sender_id, who)
        yield f"{who} seems to write that it is {wanted.replace('_', ' ')}. Is that so?"
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
    session: Session, referral: Referral, message: InboundMessage, status: Status, sender_id: int | None, who: str
) -> None:
    for named, to in (
        *((named, CandidateStatus.INTERVIEWING) for named in status.interviewed),
        *((named, candidacies.fate(named.reason or "")) for named in status.not_hired),
    ):
        submission = _submission(session, referral, named.name)
        if submission is None:
            owner = sender_id or _only_receiver(referral)
            candidate = recording.candidate_of(session, named.name, "", (), owner, message.id)
            submission = recording.submit(session, referral, candidate, None, owner, message.id)
        candidacies.report(
            session, submission, to, who, reason=named.reason or "", by_organisation_id=sender_id, message=message
        )


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
        credited=placements.claims(referral, named or [owner], besides=_sharing(referral, named, said)),
        message_id=message.id,
        said_at=referrals.said_at(session, message.id),
    )
    if message.id not in {placement.message_id, *(credit.message_id for credit in placement.credits)}:
        _started(session, placement, who, message)  # the hire was known, with everybody who claims it
        return
    words = f"{placement.candidate.initials} hired" + (f" as {need.title}" if need else "")
    event = referrals.note(
        session,
        referral,
        "hired",
        words,
        who,
        message_id=message.id,
        details={"said": "", "placement": placement.id, "submission": submission.id},
    )
    outbox.tell_parties(session, referral, "hired", event, by_organisation_id=sender_id)
    candidacies.tell(session, referral, submission, event, by_organisation_id=sender_id)


def _started(session: Session, placement: Placement, who: str, message: InboundMessage) -> None:
    """A start that lies behind the mail that tells of it has happened."""
    if placement.start_on and placement.start_on <= referrals.said_at(session, message.id).date():
        _try_step(session, placement, "started", who, message, on=placement.start_on)


def _sender_or_receiver(referral: Referral, sender_id: int | None) -> int | None:
    return sender_id or _only_receiver(referral)


def _sharing(referral: Referral, named: list[int], said: Introduction) -> list[int]:
    """Where a mail speaks of a shared placement and names nobody: who was asked."""
    shared = said.shared_placement and not named
    return [party.organisation_id for party in referral.parties if shared and party.role == "receiving"]


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
