"""What we promised to tell, written in the transaction of the change that is told (FIELD.md, Who hears what)."""

import uuid
from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service import tokens
from service.config import Settings
from service.db import settings_of
from service.models import (
    Event,
    InboundMessage,
    Organisation,
    OrganisationSign,
    OutboundLetter,
    Participant,
    Referral,
    ThreadEntry,
    User,
    utcnow,
)

TOLD = frozenset({"accepted", "declined", "hired", "started", "closed", "withdrawn"})
"""Steps that the other organisations of a referral hear of by letter; of the rest the page tells."""

AT_ONCE, GATHERED = "at_once", "gathered"
FRIDAY = 4
GATHERED_AT = {"daily": time(8), "weekly": time(12)}
"""When gathered news goes out to who chose daily or weekly letters; the digest of Friday morning goes before."""

ANSWERS_A_DAY = 1  # automatic answers a thread and address in 24 h (TRUST.md, Sending mail)
NEWS_A_DAY = 6


class UnknownLetter(LookupError):
    """No letter of that number, or one that has gone already."""


def tell_parties(
    session: Session, referral: Referral, kind: str, event: Event, *, by_organisation_id: int | None = None
) -> list[OutboundLetter]:
    """News for each other organisation of the referral, once, unless it was on the mail that brought the news."""
    message = session.get(InboundMessage, event.message_id) if event.message_id else None
    if kind not in TOLD or referral.private or (message is not None and not message.tell):
        return []
    had_it = _organisations_on(session, message) | {by_organisation_id}
    letters = []
    for organisation_id in dict.fromkeys(party.organisation_id for party in referral.parties):
        if organisation_id in had_it:
            continue
        recipient = recipient_of(session, referral, organisation_id)
        letter = _tell(session, referral, event, recipient, organisation_id) if recipient else None
        if letter is not None:
            letters.append(letter)
    return letters


def tell_sender(
    session: Session,
    referral: Referral,
    organisation_id: int | None,
    event: Event,
    *,
    by_organisation_id: int | None,
    news: dict[str, Any],
) -> OutboundLetter | None:
    """What became of a candidate, for the organisation that sent them, unless it said so or has the news already."""
    message = session.get(InboundMessage, event.message_id) if event.message_id else None
    if organisation_id is None or (message is not None and not message.tell) or (referral.private and not news):
        return None
    if organisation_id in _organisations_on(session, message) | {by_organisation_id}:
        return None
    told = event.kind in TOLD and any(party.organisation_id == organisation_id for party in referral.parties)
    recipient = None if told else recipient_of(session, referral, organisation_id)
    return _tell(session, referral, event, recipient, organisation_id, "candidate_news", news) if recipient else None


def _tell(
    session: Session,
    referral: Referral,
    event: Event,
    recipient: str,
    organisation_id: int,
    kind: str = "news",
    more: dict[str, Any] | None = None,
) -> OutboundLetter | None:
    """A new letter, or one more line in the one that still waits; None when the day's six have gone."""
    pace = session.get_one(Organisation, organisation_id).letters
    if pace != AT_ONCE:
        return _gather(session, pace, event, recipient, organisation_id)
    waiting = session.scalar(
        select(OutboundLetter).where(
            OutboundLetter.kind == kind,
            OutboundLetter.state == "open",
            OutboundLetter.attempts == 0,
            OutboundLetter.referral_id == referral.id,
            OutboundLetter.recipient == recipient,
        )
    )
    if waiting is not None:
        waiting.news = {**waiting.news, "events": [*waiting.news["events"], event.id]}
        return waiting
    if _sent_today(session, referral.id, recipient, answer=False) >= NEWS_A_DAY:
        return None
    return write(
        session,
        event=f"event:{event.id}",
        kind=kind,
        recipient=recipient,
        referral=referral,
        organisation_id=organisation_id,
        news={"events": [event.id], **(more or {})},
    )


def _gather(session: Session, pace: str, event: Event, recipient: str, organisation_id: int) -> OutboundLetter | None:
    """News of all referrals in one letter: of the day, or of the week where the digest doesn't take it along before."""
    letter = gathered(session, recipient)
    if letter is not None:
        letter.news = {**letter.news, "events": [*letter.news["events"], event.id]}
        return letter
    letter = write(
        session,
        event=f"gathered:event:{event.id}",
        kind=GATHERED,
        recipient=recipient,
        organisation_id=organisation_id,
        news={"events": [event.id]},
    )
    if letter is not None:
        local = utcnow().astimezone(settings_of(session).zone)
        days = (FRIDAY - local.weekday()) % 7 or 7 if pace == "weekly" else 1
        letter.due = datetime.combine(local.date() + timedelta(days=days), GATHERED_AT[pace], local.tzinfo)
    return letter


def gathered(session: Session, recipient: str) -> OutboundLetter | None:
    """The letter of a day or a week that still waits for this reader."""
    found = select(OutboundLetter).where(
        OutboundLetter.kind == GATHERED,
        OutboundLetter.state == "open",
        OutboundLetter.attempts == 0,
        OutboundLetter.recipient == recipient,
    )
    return session.scalar(found)


def answer_sender(
    session: Session,
    message: InboundMessage,
    referral: Referral | None,
    kind: str,
    words: str,
    more: dict[str, Any] | None = None,
) -> None:
    """A receipt, a question or a refusal to who wrote, at most one a thread, address and day. Raises nothing."""
    if not message.tell or not message.sender_address:
        return
    referral_id = referral.id if referral else None
    if _sent_today(session, referral_id, message.sender_address, answer=True) >= ANSWERS_A_DAY:
        return
    write(
        session,
        event=f"{kind}:message:{message.id}",
        kind=kind,
        recipient=message.sender_address,
        referral=referral,
        organisation_id=organisation_of(session, message),
        news={"message": message.id, "words": words, **(more or {})},
        in_reply_to=message.message_id,
        answer=True,
    )


def write(
    session: Session,
    *,
    event: str,
    kind: str,
    recipient: str,
    referral: Referral | None = None,
    organisation_id: int | None = None,
    news: dict | None = None,
    in_reply_to: str = "",
    answer: bool = False,
    at_once: bool = False,
) -> OutboundLetter | None:
    """One row of the outbox; None where this event was told to this recipient already."""
    known = select(OutboundLetter.id).where(OutboundLetter.event == event, OutboundLetter.recipient == recipient)
    settings = settings_of(session)
    if session.scalar(known) is not None or recipient in settings.tracker_addresses:
        return None
    letter = OutboundLetter(
        event=event,
        kind=kind,
        recipient=recipient,
        organisation_id=organisation_id,
        referral_id=referral.id if referral else None,
        message_id=new_message_id(settings),  # until the row has its number
        in_reply_to=in_reply_to,
        answer=answer,
        held=bool(session.info.get("hold_letters")),
        news=news or {},
        due=utcnow() if at_once else when_due(settings, utcnow()),
    )
    session.add(letter)
    session.flush()
    letter.message_id = tokens.message_id(settings, letter)
    if referral is not None:
        session.add(ThreadEntry(message_id=letter.message_id, referral_id=referral.id))
    return letter


def new_message_id(settings: Settings) -> str:
    return f"<{uuid.uuid4().hex}@{settings.from_address.rpartition('@')[2]}>"


def when_due(settings: Settings, now: datetime) -> datetime:
    """Now plus the hold, moved out of the quiet hours. A hold of 0 sends at once, at any hour."""
    if settings.hold_minutes == 0:
        return now
    due = now + timedelta(minutes=settings.hold_minutes)
    if not settings.quiet_hours:
        return due
    evening, morning = (int(hour) for hour in settings.quiet_hours.split("-"))
    local = due.astimezone(settings.zone)
    if morning <= local.hour < evening:
        return due
    day = local.date() + timedelta(days=local.hour >= evening)
    return datetime.combine(day, time(morning), settings.zone).astimezone(due.tzinfo)


def recipient_of(session: Session, referral: Referral | None, organisation_id: int) -> str | None:
    """Whom of an organisation to write to: who stood on the thread (To before Cc), else its coordinator, else its
    own address in the directory, else who wrote for it last."""
    on_thread = (
        select(Participant.address)
        .join(InboundMessage, InboundMessage.id == Participant.message_id)
        .where(
            InboundMessage.referral_id == (referral.id if referral else 0),
            Participant.organisation_id == organisation_id,
        )
        .order_by(Participant.field == "cc", Participant.id)
    )
    coordinator = select(User.email).where(
        User.organisation_id == organisation_id, User.role.in_(("coordinator", "admin")), User.disabled.is_(False)
    )
    listed = select(OrganisationSign.value).where(
        OrganisationSign.organisation_id == organisation_id, OrganisationSign.kind == "address"
    )
    wrote_before = (
        select(Participant.address)
        .join(InboundMessage, InboundMessage.id == Participant.message_id)
        .where(Participant.organisation_id == organisation_id, InboundMessage.private.is_(False))
        .order_by(Participant.field != "from", Participant.id.desc())
    )
    for choice in (on_thread, coordinator, listed, wrote_before):
        address = session.scalar(choice.limit(1))
        if address:
            return address
    return None


def name_of(session: Session, address: str) -> str:
    """How the person behind an address is called, as their account or their latest mail says; "" where nobody knows."""
    account = session.scalar(select(User.name).where(User.email == address))
    on_mail = (
        select(Participant.name)
        .where(Participant.address == address, Participant.name != "")
        .order_by(Participant.id.desc())
        .limit(1)
    )
    return account or session.scalar(on_mail) or ""


def organisation_of(session: Session, message: InboundMessage) -> int | None:
    """The organisation that sent this mail, as its participants say."""
    return session.scalar(
        select(Participant.organisation_id).where(Participant.message_id == message.id, Participant.field == "from")
    )


def _organisations_on(session: Session, message: InboundMessage | None) -> set[int | None]:
    if message is None:
        return set()
    return set(session.scalars(select(Participant.organisation_id).where(Participant.message_id == message.id)))


def _sent_today(session: Session, referral_id: int | None, recipient: str, *, answer: bool) -> int:
    return (
        session.scalar(
            select(func.count(OutboundLetter.id)).where(
                OutboundLetter.recipient == recipient,
                OutboundLetter.referral_id == referral_id
                if referral_id is not None
                else OutboundLetter.referral_id.is_(None),
                OutboundLetter.answer.is_(answer),
                OutboundLetter.kind.not_in(("sign_in", "introduction", "digest", "statement")),
                OutboundLetter.created_at > utcnow() - timedelta(days=1),
            )
        )
        or 0
    )


def _waiting(session: Session, letter_id: int) -> OutboundLetter:
    letter = session.get(OutboundLetter, letter_id)
    if letter is None or letter.state not in {"open", "failed", "unknown"}:
        raise UnknownLetter(f"Letter {letter_id} is not waiting any more.")
    return letter


def hold(session: Session, letter_id: int, who: str) -> None:
    """Keep it until a person lets it go. Raises UnknownLetter."""
    letter = _waiting(session, letter_id)
    letter.held, letter.error = True, f"held by {who}"


def release(session: Session, letter_id: int, who: str) -> None:
    """Send it now; also what failed gets a new try. Raises UnknownLetter."""
    letter = _waiting(session, letter_id)
    letter.held, letter.state, letter.due, letter.attempts, letter.error = False, "open", utcnow(), 0, ""


def cancel_waiting(session: Session, events: Collection[str], who: str) -> int:
    """Never send the letters about these events that have not gone; how many there were."""
    rows = session.scalars(
        select(OutboundLetter).where(
            OutboundLetter.event.in_(events), OutboundLetter.state == "open", OutboundLetter.attempts == 0
        )
    ).all()
    for letter in rows:
        letter.state, letter.error = "cancelled", f"cancelled by {who}"
    return len(rows)


def cancel(session: Session, letter_id: int, who: str) -> None:
    """Never send it. Raises UnknownLetter."""
    letter = _waiting(session, letter_id)
    letter.state, letter.error = "cancelled", f"cancelled by {who}"
