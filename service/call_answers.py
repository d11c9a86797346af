"""What a partner answers to a talent call becomes: people on the need with their consent, "nobody", or a note."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mail.plain import offer_from_json
from mail.values import Candidate as Offered
from mail.values import Introduction, Offer
from service import calls, candidacies, offered, outbox, recording, referrals, threads, updates
from service.models import (
    CallAsk,
    Event,
    InboundMessage,
    OutboundLetter,
    Referral,
    Submission,
    TalentCall,
    utcnow,
)

MOST_PEOPLE = 300
CALL_LETTERS = ("talent_call", "call_reminder", "call_receipt")


@dataclass(frozen=True, slots=True)
class Taken:
    """What an answer became: people who are new on the need, how many were known there, the line of the history."""

    new: tuple[Submission, ...]
    again: int
    event: Event


def letter_answered(
    session: Session, document: Mapping[str, Any], answered: OutboundLetter | None
) -> OutboundLetter | None:
    """The letter of a talent call that a mail answers: by its token, else by the Message-IDs that it continues."""
    if answered is not None and answered.kind in CALL_LETTERS:
        return answered
    known = threads.references(document)
    if not known:
        return None
    return session.scalar(
        select(OutboundLetter)
        .where(OutboundLetter.message_id.in_(known), OutboundLetter.kind.in_(CALL_LETTERS))
        .order_by(OutboundLetter.id.desc())
        .limit(1)
    )


def ask_of(
    session: Session, letter: OutboundLetter | None, thread: Referral | None, sender_id: int | None
) -> CallAsk | None:
    """The part in a call that a sender answers for: the letter's own; without a letter, the newest call of this thread
    that its organisation was asked in, unless it takes part in the referral itself."""
    if letter is not None:
        ask = session.get(CallAsk, letter.news.get("ask"))
        return ask if ask and ask.organisation_id == sender_id else None
    if thread is None or sender_id is None or any(p.organisation_id == sender_id for p in thread.parties):
        return None
    return session.scalar(
        select(CallAsk)
        .join(TalentCall, TalentCall.id == CallAsk.call_id)
        .where(CallAsk.organisation_id == sender_id, TalentCall.need_id.in_([need.id for need in thread.needs]))
        .order_by(CallAsk.id.desc())
        .limit(1)
    )


def take(session: Session, ask: CallAsk, message: InboundMessage, said: Introduction, who: str) -> Taken | None:
    """A mail's answer: its list, its "nobody", what became of people sent before; all else is a note on the call."""
    referral, document = ask.call.need.referral, message.reading or {}
    if ask.call.offers_opening:
        offered.answer_by_mail(session, ask, message, said, _words(document), who)
        return None
    offer = offer_from_json(document.get("offer"))
    if not offer.candidates and said.candidates:
        offer = Offer(said.candidates)
    reported = set(updates.names_in(said.status)) if said.status else set()
    if reported:
        questions = updates.of_own_people(session, referral, message, said, ask.organisation_id, who)
        for question in questions:
            referrals.ask(referral, question)
        offer = Offer(tuple(one for one in offer.candidates if one.name not in reported), offer.nobody)
    if offer.candidates or offer.nobody:
        taken = answer(session, ask, offer, who, at=message.received_at, message_id=message.id, words=_words(document))
        _receipt(session, ask, message, taken)
        return taken
    referrals.note(session, referral, "call_word", f"{ask.organisation.name} wrote", who, message_id=message.id)
    return None


def _words(document: Mapping[str, Any]) -> str:
    """The sentence that says there is nobody, for the page of the call."""
    text = str((document.get("reply") or {}).get("text") or document.get("message") or "")
    return " ".join(text.split())[:200]


def answer(
    session: Session,
    ask: CallAsk,
    offer: Offer,
    who: str,
    *,
    at: datetime | None = None,
    message_id: int | None = None,
    words: str = "",
) -> Taken:
    """Put the offered people on the need, sent by the partner that was asked, whatever the list says of others."""
    at = at or utcnow()
    call, referral = ask.call, ask.call.need.referral
    new, again = [], 0
    for person in offer.candidates[: _room(session, ask)]:
        submission, first = _submit(session, ask, person, at, message_id)
        if first:
            new.append(submission)
        else:
            again += 1
    ask.answered_at = ask.answered_at or at
    ask.remind_at, ask.away = None, False
    if offer.candidates:
        ask.state = "listed"
    elif ask.state != "listed":
        ask.state, ask.words = "nobody", words
    if ask.call.closed_at is None and all(one.state != "asked" for one in call.asks):
        calls.tell_caller(session, call)
    said = _said(len(new), again) + (", late" if at > call.deadline else "")
    event = referrals.note(
        session,
        referral,
        "call_answered",
        f"{ask.organisation.name} {said} for {call.need.title}",
        who,
        message_id=message_id,
        details={"call": call.id, "submissions": [row.id for row in new]},
    )
    return Taken(tuple(new), again, event)


def _room(session: Session, ask: CallAsk) -> int:
    """How many people this partner may still send to this call."""
    own = (Submission.call_id == ask.call_id, Submission.organisation_id == ask.organisation_id)
    return max(0, MOST_PEOPLE - (session.scalar(select(func.count()).where(*own)) or 0))


def _said(new: int, again: int) -> str:
    if not new and not again:
        return "has nobody this time"
    sent = f"sent {new} {'person' if new == 1 else 'people'}" if new else "sent nobody new"
    return sent + (f" ({again} known already)" if again else "")


def _submit(
    session: Session, ask: CallAsk, person: Offered, at: datetime, message_id: int | None
) -> tuple[Submission, bool]:
    """The person on the call's need; False where this organisation had sent them already."""
    candidate = recording.candidate_of(
        session, person.name, person.email, person.phones, ask.organisation_id, message_id
    )
    recording.learn_work(candidate, person.need)
    call = ask.call
    known = session.scalar(
        select(Submission).where(
            Submission.referral_id == call.need.referral_id, Submission.candidate_id == candidate.id
        )
    )
    submission = known or recording.submit(
        session, call.need.referral, candidate, call.need, ask.organisation_id, message_id
    )
    if known is None:
        submission.at = at
    submission.call_id = submission.call_id or call.id
    if person.consent:
        submission.consent = person.consent
        submission.consent_words = f"said by {ask.organisation.name} with the list"
    candidacies.by_consent(submission)
    session.flush()
    return submission, known is None


def _receipt(session: Session, ask: CallAsk, message: InboundMessage, taken: Taken) -> None:
    """Tell the sender what was read of the list, so that a slip is seen at once."""
    if taken.new or taken.again:
        news = {"call": ask.call_id, "ask": ask.id, "events": [taken.event.id], "again": taken.again}
        outbox.answer_sender(session, message, ask.call.need.referral, "call_receipt", "", news)


def take_their_word(
    session: Session, referral: Referral, message: InboundMessage, said: Introduction, who: str
) -> bool:
    """A coordinator believes who answered a call from an address that nobody knows: it counts for who was asked."""
    letter = letter_answered(session, message.reading or {}, None)
    ask = session.get(CallAsk, letter.news.get("ask")) if letter else None
    sender_id = outbox.organisation_of(session, message)
    if ask is None or sender_id not in (None, ask.organisation_id):
        return False
    take(session, ask, message, said, who)
    return True
