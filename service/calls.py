"""Talent calls (S9): a need is put to chosen partners with a deadline; reminders; closing.

open -> each partner asked by a letter of its own -> lists, "nobody" (service.call_answers) -> closed by a person
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import letters, outbox, referrals
from service.db import settings_of
from service.models import (
    CallAsk,
    InboundMessage,
    Need,
    Organisation,
    OutboundLetter,
    Referral,
    Suggestion,
    TalentCall,
    utcnow,
)
from service.openings import SETTLED
from service.workdays import to_working_day

MOST_ASKED = 40
END_IS_NEWS = timedelta(days=3)
"""A call that ended longer ago than this is told of by its page alone."""
MOST_DAYS = 80  # the links of letters are good for 90
APART = timedelta(hours=20)
"""Two reminders lie at least so far apart, and none comes so soon after the call itself."""


class UnknownCall(LookupError):
    """No talent call of that number."""


class WrongCall(ValueError):
    """A call that can't be opened or changed like that; the message says why."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A call before it goes: the words that each partner reads above the machine's own, and who gets them.

    `recipients` holds an address by the number of each organisation; `deadline` is the last day for lists.
    """

    subject: str
    words: str
    deadline: date
    recipients: Mapping[int, str]
    names_employer: bool = True
    offers_opening: bool = False


@dataclass(frozen=True, slots=True)
class Askable:
    """A partner who could be asked: where to write to, and why it is suggested (`why` empty: it is not)."""

    organisation: Organisation
    recipient: str
    why: str = ""


def delegates_beside(session: Session, organisation_id: int | None) -> set[int]:
    """The other delegates of the same parent (S14); all delegates for the parent itself and the hub."""
    own = session.get(Organisation, organisation_id) if organisation_id else None
    found = select(Organisation.id).where(Organisation.parent_id.is_not(None))
    if own is not None:
        found = found.where(Organisation.parent_id == (own.parent_id or own.id), Organisation.id != own.id)
    return set(session.scalars(found))


def askable(session: Session, need: Need) -> list[Askable]:
    """Partners for a call, the suggested ones first and in their order; who referred the need is left out."""
    own = {party.organisation_id for party in need.referral.parties if party.role == "referring"}
    ranked = session.scalars(
        select(Suggestion)
        .where(Suggestion.need_id == need.id, Suggestion.state.in_(("offered", "accepted")))
        .order_by(Suggestion.rank)
    ).all()
    why = {row.organisation_id: next((reason["words"] for reason in row.why), "suggested") for row in ranked}
    rows = session.scalars(select(Organisation).where(Organisation.id.not_in(own or {0})).order_by(Organisation.name))
    order = list(why)
    found = [Askable(row, _recipient(session, need.referral, row.id), why.get(row.id, "")) for row in rows]
    return sorted(found, key=lambda one: order.index(one.organisation.id) if one.why else len(order))


def _recipient(session: Session, referral: Referral, organisation_id: int) -> str:
    return outbox.recipient_of(session, referral, organisation_id) or ""


def draft(
    session: Session, need: Need, days: int, name: str, organisation: str, *, offers_opening: bool = False
) -> Draft:
    """What a good call says, for a person to edit; nobody is chosen yet. One that offers the opening names nobody."""
    employer = None if offers_opening else need.referral.employer
    asked = "An opening for you" if offers_opening else "People wanted"
    subject = f"{asked}: {need.title}" + (f", {employer.name}" if employer else "")
    words = letters.call_words(
        need=need, employer=employer, name=name, organisation=organisation, offers=offers_opening
    )
    local = utcnow().astimezone(settings_of(session).zone).date()
    day = to_working_day(local + timedelta(days=days))
    return Draft(subject, words, day, {}, not offers_opening, offers_opening)


def open_call(
    session: Session, need_id: int, written: Draft, who: str, *, name: str = "", organisation_id: int | None = None
) -> TalentCall:
    """Write the letters, one to each partner. Raises WrongCall."""
    need = session.get_one(Need, need_id)
    deadline = check(need, written, settings_of(session).zone)
    call = TalentCall(
        need_id=need_id,
        organisation_id=organisation_id,
        opened_by=who,
        subject=" ".join(written.subject.split())[:300],
        words=written.words.strip()[:20_000],
        names_employer=written.names_employer and not written.offers_opening,
        offers_opening=written.offers_opening,
        deadline=deadline,
        opened_at=utcnow(),
    )
    session.add(call)
    session.flush()
    for number, address in written.recipients.items():
        _ask(session, call, number, address, name)
    count = len(written.recipients)
    partners = f"{count} partner{'' if count == 1 else 's'}"
    words = f"{partners} asked for people for {need.title} by {written.deadline:%b %-d}"
    if written.offers_opening:
        words = f"{need.title} offered to {partners} until {written.deadline:%b %-d}"
    referrals.note(session, need.referral, "call_opened", words, who, details={"call": call.id})
    return call


def check(need: Need, written: Draft, zone: ZoneInfo) -> datetime:
    """The deadline as a moment. Raises WrongCall where such a call can't go out."""
    deadline = end_of(written.deadline, zone)
    if need.referral.status in SETTLED or need.state != "open":
        raise WrongCall("This need is settled; there is nothing to call for.")
    if not written.recipients:
        raise WrongCall("A call goes to one partner at least.")
    if len(written.recipients) > MOST_ASKED:
        raise WrongCall(f"A call goes to {MOST_ASKED} partners at most.")
    if not written.subject.strip() or not written.words.strip():
        raise WrongCall("A call needs a subject and some words.")
    _refuse_deadline(deadline)
    return deadline


def _refuse_deadline(deadline: datetime) -> None:
    if not utcnow() < deadline < utcnow() + timedelta(days=MOST_DAYS + 1):
        raise WrongCall(f"The deadline is today or a day within the next {MOST_DAYS}.")


def _ask(session: Session, call: TalentCall, organisation_id: int, address: str, name: str) -> CallAsk:
    ask = CallAsk(organisation_id=organisation_id, recipient=address, asked_at=call.opened_at)
    call.asks.append(ask)
    session.flush()
    ask.remind_at = next_reminder(call, call.opened_at, settings_of(session).zone)
    _write(session, ask, "talent_call", f"call:{call.id}:{organisation_id}", name)
    return ask


def _write(session: Session, ask: CallAsk, kind: str, event: str, name: str = "") -> None:
    outbox.write(
        session,
        event=event,
        kind=kind,
        recipient=ask.recipient,
        referral=ask.call.need.referral,
        organisation_id=ask.organisation_id,
        news={"call": ask.call_id, "ask": ask.id, "name": name},
    )


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The last minute of a day where the network lives."""
    return datetime.combine(day, time(23, 59), zone)


def next_reminder(call: TalentCall, after: datetime, zone: ZoneInfo) -> datetime | None:
    """Half way to the deadline, then one day before it, on working days; None when both have passed."""
    middle = (call.opened_at + (call.deadline - call.opened_at) / 2).astimezone(zone)
    last = datetime.combine(call.deadline.astimezone(zone).date() - timedelta(days=1), time(9), zone)
    for at in (to_working_day(middle), to_working_day(last, back=True)):
        if at - APART >= max(after, call.opened_at) and at < call.deadline:
            return at
    return None


def _reminder_of(session: Session, ask: CallAsk) -> datetime | None:
    """When who has not answered is asked again, from now on."""
    waits = ask.state == "asked" and not ask.away
    return next_reminder(ask.call, utcnow(), settings_of(session).zone) if waits else None


def remind(session: Session, now: datetime) -> None:
    """Ask again who has not answered: twice at most, not who is away, nothing after the deadline or for a call that is
    closed or whose openings are filled."""
    due = session.scalars(select(CallAsk).where(CallAsk.remind_at <= now).limit(100)).all()
    for ask in due:
        call, at = ask.call, ask.remind_at
        ask.remind_at = next_reminder(call, now, settings_of(session).zone)
        open_now = call.closed_at is None and now < call.deadline and call.need.state == "open"
        if not open_now or ask.state != "asked" or ask.away:
            ask.remind_at = None
            continue
        _write(session, ask, "call_reminder", f"call_reminder:{ask.id}:{at:%Y-%m-%d}")


def tell_of_ends(session: Session, now: datetime) -> None:
    """Who called hears once that the last day has passed, unless all had answered before it."""
    over = (TalentCall.closed_at.is_(None), TalentCall.deadline <= now, TalentCall.deadline > now - END_IS_NEWS)
    for call in session.scalars(select(TalentCall).where(*over)).all():
        tell_caller(session, call)


def tell_caller(session: Session, call: TalentCall) -> OutboundLetter | None:
    """What came of a call, to the person who opened it: one letter for each last day that it had."""
    recipient = parseaddr(call.opened_by)[1].lower()
    if not recipient and call.organisation_id:
        recipient = _recipient(session, call.need.referral, call.organisation_id)
    if "@" not in recipient:
        return None
    return outbox.write(
        session,
        event=f"call_end:{call.id}:{call.deadline:%Y-%m-%d}",
        kind="call_end",
        recipient=recipient,
        referral=call.need.referral,
        organisation_id=call.organisation_id,
        news={"call": call.id},
    )


def find(session: Session, call_id: int) -> TalentCall:
    """Raises UnknownCall."""
    call = session.get(TalentCall, call_id)
    if call is None:
        raise UnknownCall(f"There is no talent call {call_id}.")
    return call


def close(session: Session, call_id: int, who: str) -> None:
    """No more reminders; what still comes is taken and marked late. Letters that wait are not sent."""
    call = find(session, call_id)
    if call.closed_at is not None:
        raise WrongCall("This call is closed already.")
    call.closed_at, call.closed_by = utcnow(), who
    for ask in call.asks:
        ask.remind_at = None
    outbox.cancel_waiting(session, {f"call:{call.id}:{ask.organisation_id}" for ask in call.asks}, who)
    if who != call.opened_by:
        tell_caller(session, call)
    referrals.note(session, call.need.referral, "call_closed", f"the call for {call.need.title} is closed", who)


def reopen(session: Session, call_id: int, who: str) -> None:
    """Take closing back. Raises UnknownCall, WrongCall."""
    call = find(session, call_id)
    if call.closed_at is None:
        raise WrongCall("This call is open.")
    call.closed_at, call.closed_by = None, ""
    for ask in call.asks:
        ask.remind_at = _reminder_of(session, ask)
    referrals.note(session, call.need.referral, "call_reopened", f"the call for {call.need.title} is open again", who)


def extend(session: Session, call_id: int, deadline: date, who: str) -> None:
    """Another last day for lists. Raises UnknownCall, WrongCall."""
    call = find(session, call_id)
    at = end_of(deadline, settings_of(session).zone)
    if call.closed_at is not None:
        raise WrongCall("This call is closed; open it again first.")
    _refuse_deadline(at)
    call.deadline = at
    for ask in call.asks:
        ask.remind_at = _reminder_of(session, ask)
    words = f"lists for {call.need.title} are taken until {deadline:%b %-d}"
    referrals.note(session, call.need.referral, "call_extended", words, who)


def away(session: Session, ask: CallAsk, message: InboundMessage, what: str, who: str) -> None:
    """An absence or a bounce stops the reminders to this partner, and no other clock."""
    ask.away, ask.remind_at = True, None
    words = f"{ask.organisation.name}: {what}"
    referrals.note(session, ask.call.need.referral, "call_away", words, who, message_id=message.id)
