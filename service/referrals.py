"""What may happen to a referral: its steps by name, who acts next, duplicates, drafts. Each change leaves an event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import outbox
from service.models import Event, InboundMessage, Party, Question, Referral, ThreadEntry, utcnow
from service.workdays import after_working_days
from terms.statuses import OPEN_REFERRAL, REFERRAL_STEPS, DeclineReason, Outcome, ReferralStatus

S = ReferralStatus

FIRST_ANSWER_DAYS = 3  # working days for the receiving organisation (FIELD.md, Life cycles)
FIRST_ACTION_DAYS = 10  # calendar days from acceptance to the first action


class IllegalStep(ValueError):
    """A step that the life cycle does not know; the message names both ends."""


class UnknownReferral(LookupError):
    """No referral of that number."""


@dataclass(frozen=True, slots=True)
class NextAct:
    """Who acts next, what, by when."""

    who: str
    what: str
    due: datetime | None


def find(session: Session, referral_id: int) -> Referral:
    """Raises UnknownReferral."""
    referral = session.get(Referral, referral_id)
    if referral is None:
        raise UnknownReferral(f"There is no referral {referral_id}.")
    return referral


def note(
    session: Session,
    referral: Referral,
    kind: str,
    words: str,
    who: str,
    *,
    message_id: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> Event:
    """One line of the referral's history, dated by the mail that tells it, else now."""
    at = said_at(session, message_id)
    event = Event(kind=kind, words=words, who=who, message_id=message_id, details=dict(details or {}), at=at)
    referral.events.append(event)
    session.flush()
    return event


def may_become(referral: Referral, status: str) -> bool:
    return ReferralStatus(status) in REFERRAL_STEPS[ReferralStatus(referral.status)]


def step(
    session: Session,
    referral_id: int,
    status: str,
    who: str,
    *,
    organisation_id: int | None = None,
    reason: str = "",
    words: str = "",
    outcome: str = "",
    resume_on: date | None = None,
    message_id: int | None = None,
) -> Event | None:
    """Take a step of the life cycle; tells the other organisations. None when the referral is there already.

    `organisation_id` is the receiving organisation that answers: one of several receivers may decline while another
    accepts, and the referral is declined only when all have. Raises IllegalStep, UnknownReferral.
    """
    referral = find(session, referral_id)
    wanted = ReferralStatus(status)
    _check_words(wanted, reason, outcome)
    at = said_at(session, message_id)
    answered = _answer(referral, wanted, organisation_id, reason, at)
    becomes = _as_a_whole(referral, wanted)
    if becomes is None:
        if not answered:
            return None
        event = note(session, referral, f"party_{wanted}", words or str(wanted), who, message_id=message_id)
        outbox.tell_parties(session, referral, str(wanted), event, by_organisation_id=organisation_id)
        return event
    before = referral.status
    _move(referral, becomes, at)
    _remember(referral, becomes, reason, words, outcome, resume_on)
    event = note(
        session,
        referral,
        str(becomes),
        words or reason.replace("_", " ") or outcome.replace("_", " "),
        who,
        message_id=message_id,
        details={"from": before, "reason": reason, "outcome": outcome, "organisation_id": organisation_id},
    )
    outbox.tell_parties(session, referral, str(becomes), event, by_organisation_id=organisation_id)
    return event


def _check_words(status: ReferralStatus, reason: str, outcome: str) -> None:
    if status is S.DECLINED and reason not in set(DeclineReason):
        raise IllegalStep("A referral is declined with one of the reasons: " + ", ".join(DeclineReason) + ".")
    if status is S.CLOSED and outcome not in set(Outcome):
        raise IllegalStep("A referral is closed with one of the outcomes: " + ", ".join(Outcome) + ".")


def _answer(referral: Referral, status: ReferralStatus, organisation_id: int | None, reason: str, at: datetime) -> bool:
    """Write the receiving organisation's own answer; True when it is a new one."""
    if status not in {S.ACKNOWLEDGED, S.ACCEPTED, S.DECLINED}:
        return False
    changed = False
    for party in referral.parties:
        asked = party.role == "receiving" and organisation_id in (None, party.organisation_id)
        if asked and party.answer != status and not (status is S.ACKNOWLEDGED and party.answer):
            party.answer, party.reason, party.answered_at = str(status), reason, at
            changed = True
    return changed


def _as_a_whole(referral: Referral, wanted: ReferralStatus) -> ReferralStatus | None:
    """What the referral becomes by this answer; None when it stays what it is. Raises IllegalStep."""
    if wanted == referral.status:
        return None
    receiving = [party for party in referral.parties if party.role == "receiving"]
    if wanted is S.DECLINED and any(party.answer != S.DECLINED for party in receiving):
        return None
    late = {S.ACKNOWLEDGED: {S.ACCEPTED, S.IN_PROGRESS, S.ON_HOLD, S.CLOSED}, S.ACCEPTED: {S.IN_PROGRESS, S.ON_HOLD}}
    if ReferralStatus(referral.status) in late.get(wanted, set()):
        return None
    if not may_become(referral, wanted):
        was = referral.status.replace("_", " ")
        raise IllegalStep(
            f"Referral {referral.id} is {was}; it can't become {str(wanted).replace('_', ' ')} from there."
        )
    return wanted


def said_at(session: Session, message_id: int | None) -> datetime:
    """When the mail that says it was written, not when it was taken in; now for a click."""
    message = session.get(InboundMessage, message_id) if message_id else None
    sent = message.sent_at if message else None
    return min(sent, utcnow()) if sent else utcnow()


def _move(referral: Referral, status: ReferralStatus, at: datetime) -> None:
    now = utcnow()
    referral.status_before, referral.status = referral.status, str(status)
    if status in OPEN_REFERRAL - {S.INTRODUCED, S.ON_HOLD} and referral.acknowledged_at is None:
        referral.acknowledged_at = at
    if status is S.ACCEPTED and referral.accepted_at is None:
        referral.accepted_at = at
    referral.closed_at = at if status is S.CLOSED else None
    referral.due = _due(status, now)
    referral.nudges = 0


def _due(status: ReferralStatus, now: datetime) -> datetime | None:
    if status in {S.INTRODUCED, S.ACKNOWLEDGED}:
        return after_working_days(now, FIRST_ANSWER_DAYS)
    if status is S.ACCEPTED:
        return now + timedelta(days=FIRST_ACTION_DAYS)
    if status is S.IN_PROGRESS:
        return now + timedelta(days=30)
    return None


def _remember(
    referral: Referral, status: ReferralStatus, reason: str, words: str, outcome: str, resume_on: date | None
) -> None:
    if status in {S.DECLINED, S.ON_HOLD, S.WITHDRAWN}:
        referral.reason, referral.reason_words = reason, words
    if status is S.CLOSED:
        referral.outcome = outcome
    referral.resume_on = resume_on if status is S.ON_HOLD else None


def introduce(session: Session, referral: Referral, who: str, *, at: datetime | None, message_id: int | None) -> Event:
    """A draft or new record becomes a sent introduction: the receiving organisation's clock starts."""
    now = utcnow()
    referral.status_before, referral.status = referral.status, str(S.INTRODUCED)
    referral.introduced_at = at or now
    referral.due = after_working_days(now, FIRST_ANSWER_DAYS)
    return note(session, referral, "introduced", referral.subject, who, message_id=message_id)


def mark_duplicate(session: Session, referral_id: int, of_id: int, who: str) -> None:
    """This referral is the same introduction as another; its mails are found there too. Raises IllegalStep."""
    referral, kept = find(session, referral_id), find(session, of_id)
    if referral_id == of_id or kept.status == S.DUPLICATE:
        raise IllegalStep(f"Referral {referral_id} can't be a duplicate of {of_id}.")
    if not may_become(referral, S.DUPLICATE):
        raise IllegalStep(f"Referral {referral_id} is {referral.status} already.")
    referral.status_before, referral.status = referral.status, str(S.DUPLICATE)
    referral.duplicate_of_id = of_id
    moved = _move_thread(session, referral_id, of_id)
    joined = [
        party_id for party in referral.parties if (party_id := join(session, kept, party.organisation_id, party.role))
    ]
    note(
        session,
        referral,
        "duplicate",
        f"duplicate of referral {of_id}",
        who,
        details={"thread": moved, "parties": joined},
    )
    note(session, kept, "duplicate_joined", f"referral {referral_id} is the same introduction", who)


def undo_duplicate(session: Session, referral_id: int, who: str) -> None:
    """The two are two again: mails and parties go back. Raises IllegalStep."""
    referral = find(session, referral_id)
    if referral.status != S.DUPLICATE or referral.duplicate_of_id is None:
        raise IllegalStep(f"Referral {referral_id} is no duplicate.")
    kept = find(session, referral.duplicate_of_id)
    last = next(event for event in reversed(referral.events) if event.kind == "duplicate")
    _move_thread(session, kept.id, referral_id, set(last.details.get("thread", [])))
    for party in [p for p in kept.parties if p.id in last.details.get("parties", [])]:
        kept.parties.remove(party)
    referral.status, referral.duplicate_of_id = referral.status_before, None
    note(session, referral, "duplicate_undone", f"no duplicate of referral {kept.id}", who)
    note(session, kept, "duplicate_undone", f"referral {referral_id} is an introduction of its own", who)


def _move_thread(session: Session, from_id: int, to_id: int, only: set[str] | None = None) -> list[str]:
    """Point a thread's Message-IDs to another referral, so that later replies arrive there."""
    there = set(session.scalars(select(ThreadEntry.message_id).where(ThreadEntry.referral_id == to_id)))
    moved = []
    for entry in session.scalars(select(ThreadEntry).where(ThreadEntry.referral_id == from_id)).all():
        if entry.message_id not in there and (only is None or entry.message_id in only):
            entry.referral_id = to_id
            moved.append(entry.message_id)
    return moved


def join(session: Session, referral: Referral, organisation_id: int, role: str) -> int | None:
    """Make an organisation a party; the new row's id, None where it was one in that role already."""
    if any(party.organisation_id == organisation_id and party.role == role for party in referral.parties):
        return None
    party = Party(organisation_id=organisation_id, role=role)
    referral.parties.append(party)
    session.flush()
    return party.id


def snooze(session: Session, referral_id: int, until: datetime, who: str) -> None:
    referral = find(session, referral_id)
    referral.snoozed_until = until
    note(session, referral, "snoozed", f"until {until:%Y-%m-%d}", who)


def ask(referral: Referral, words: str, field: str = "", answers: list[str] | None = None) -> None:
    """A question for the coordinator; asked once."""
    if all(question.words != words for question in referral.questions):
        referral.questions.append(Question(words=words, field=field, answers=answers or []))


def next_act(referral: Referral) -> NextAct:
    """Every status answers: who acts next, what, by when."""
    receiving = ", ".join(p.organisation.name for p in referral.parties if p.role == "receiving") or "a coordinator"
    referring = ", ".join(referral.party_names("referring")) or "a coordinator"
    table: dict[ReferralStatus, tuple[str, str]] = {
        S.DRAFT: ("a coordinator", "answer the question"),
        S.INTRODUCED: (receiving, "say whether they take it" if receiving != "a coordinator" else "find a partner"),
        S.ACKNOWLEDGED: (receiving, "accept or decline"),
        S.ACCEPTED: (receiving, "send candidates or meet the employer"),
        S.IN_PROGRESS: (receiving, "say what came of it"),
        S.ON_HOLD: (receiving, "take it up again"),
        S.DECLINED: ("a coordinator", "ask another partner"),
        S.NO_ANSWER_SEEN: (referring, "ask by phone, or let it expire"),
    }
    who, what = table.get(ReferralStatus(referral.status), ("nobody", "nothing: it is settled"))
    resume = referral.resume_on
    due = datetime(resume.year, resume.month, resume.day, tzinfo=utcnow().tzinfo) if resume else referral.due
    return NextAct(who, what, due)
