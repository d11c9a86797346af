"""A list that comes as a mail of its own: for which open call it is, by the job that it names; asked in doubt."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mail.plain import introduction_from_json
from mail.values import Introduction
from service import call_answers, calls, outbox, recording, referrals, threads
from service.leaving_out import without_erased
from service.models import CallAsk, InboundMessage, Question, Referral, TalentCall, utcnow

STILL_TAKEN = timedelta(days=21)
"""Behind its deadline a call that nobody closed still gets lists; later a list is one of its own."""
NONE_OF_THEM = "none of these"
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@]{1,200}")
_WORD = re.compile(r"[^\W_]{2,}")
_OF_CALL = re.compile(r"(?i)\bcall (\d{1,9})\b")


@dataclass(frozen=True, slots=True)
class Meant:
    """The calls that a list may answer, likeliest first; `sure`: the first one, for its job is named and no other."""

    asks: Sequence[CallAsk]
    sure: bool


def meant(session: Session, message: InboundMessage, said: Introduction, sender_id: int | None) -> Meant | None:
    """None where nobody is listed, the sender was asked for nobody, or a person said that it answers no call."""
    if sender_id is None or not said.candidates or _refused(session, message):
        return None
    asks = _open_asks(session, sender_id)
    words = _words(f"{message.subject}\n{_text(message.reading or {})}")
    employer = (said.employer.name if said.employer else "") or ""
    employer = employer if _words(employer) <= words else ""  # guessed from a person's own mail address
    own = [ask for ask in asks if not employer or _is_of(ask, employer)]
    by_job = [ask for ask in own if _names_job(ask, said, words)]
    likely = [*by_job, *(ask for ask in own if ask not in by_job), *(ask for ask in asks if ask not in own)]
    return Meant(likely, sure=len(by_job) == 1) if likely else None


def _refused(session: Session, message: InboundMessage) -> bool:
    asked = Question.field == f"list:{message.id}"
    return session.scalar(select(Question.id).where(asked, Question.settled_at.is_not(None)).limit(1)) is not None


def _open_asks(session: Session, organisation_id: int) -> list[CallAsk]:
    """The organisation's parts in open calls, the newest of each need first."""
    rows = session.scalars(
        select(CallAsk)
        .join(TalentCall, TalentCall.id == CallAsk.call_id)
        .where(
            CallAsk.organisation_id == organisation_id,
            TalentCall.closed_at.is_(None),
            TalentCall.offers_opening.is_(False),
            TalentCall.deadline > utcnow() - STILL_TAKEN,
        )
        .order_by(CallAsk.id.desc())
    )
    newest: dict[int, CallAsk] = {}
    for ask in rows:
        newest.setdefault(ask.call.need_id, ask)
    return list(newest.values())


def _is_of(ask: CallAsk, employer: str) -> bool:
    known = ask.call.need.referral.employer
    return known is not None and recording.same_title(known.name, employer)


def _names_job(ask: CallAsk, said: Introduction, words: frozenset[str]) -> bool:
    """Every word of the job's title stands in the mail, singular or plural, or a need of that title was read."""
    title = ask.call.need.title
    own = _words(title)
    named = any(recording.same_title(title, need.title) for need in said.needs)
    return named or (bool(own) and own <= words)


def _words(text: str) -> frozenset[str]:
    """Singular, without what stands in addresses."""
    return frozenset(word.rstrip("s") for word in _WORD.findall(_ADDRESS.sub(" ", text.casefold())))


def _text(reading: Mapping[str, Any]) -> str:
    return str((reading.get("reply") or {}).get("text") or reading.get("message") or "")[:20_000]


def ask_which(session: Session, message: InboundMessage, asks: Sequence[CallAsk], count: int, who: str) -> Referral:
    """The question to which of the calls the list belongs, on the referral of the likeliest."""
    referral = asks[0].call.need.referral
    organisation = asks[0].organisation.name
    people = f"{count} {'person' if count == 1 else 'people'}"
    words = f"{who} of {organisation} lists {people}. For which call?"
    answers = [f"call {ask.call_id}: {_named(ask)}" for ask in asks[:5]]
    referrals.note(session, referral, "mail", f"a list of {people}", who, message_id=message.id)
    referrals.ask(referral, words, f"list:{message.id}", [*answers, NONE_OF_THEM])
    return referral


def _named(ask: CallAsk) -> str:
    employer = ask.call.need.referral.employer
    return ask.call.need.title + (f", {employer.name}" if employer else "")


def settle(session: Session, message_id: int, answer: str) -> None:
    """A person says for which call a list is, or that it is for none: then it is read as a mail of its own.

    Raises calls.WrongCall where the answer names no call that its sender was asked in.
    """
    message = session.get_one(InboundMessage, message_id)
    if answer.casefold() in {NONE_OF_THEM, "none", "no"}:
        threads.unread(session, message)
        return
    sender_id = outbox.organisation_of(session, message)
    found = _OF_CALL.search(answer)
    asks = {ask.call_id: ask for ask in _open_asks(session, sender_id or 0)}
    ask = asks.get(int(found[1])) if found else None
    if ask is None:
        raise calls.WrongCall(f"Choose one of the calls, or “{NONE_OF_THEM}”.")
    said = introduction_from_json((message.reading or {}).get("introduction") or {"kind": "other"})
    said = without_erased(session, message, said, sender_id)
    who = f"{message.sender_name} <{message.sender_address}>".strip()
    message.referral_id, message.result = ask.call.need.referral_id, "update"
    call_answers.take(session, ask, message, said, who)
