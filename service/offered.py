"""An opening offered to delegates (S14): the employer stays unnamed until one says yes; then both are introduced."""

from datetime import datetime
from email.utils import parseaddr

from sqlalchemy import select
from sqlalchemy.orm import Session

from mail.replies.shares import share_taken
from mail.values import Introduction, Status
from service import calls, outbox, referrals, suggestions
from service.models import CallAsk, InboundMessage, Need, Referral, Suggestion, utcnow
from service.openings import unasked
from terms.statuses import ReferralStatus

NO_MORE = "All of these openings were taken before your answer came. Nothing more is asked of you."


class AlreadyTaken(ValueError):
    """A yes for which no opening is left, or a second one; the message says so."""


def answer_by_mail(
    session: Session, ask: CallAsk, message: InboundMessage, said: Introduction, words: str, who: str
) -> None:
    """Yes with how many, no, or a word that is a note."""
    answer = (said.status or Status()).referral
    if answer in {ReferralStatus.ACCEPTED, ReferralStatus.IN_PROGRESS}:
        try:
            accept(session, ask, share_taken(words), who, at=message.received_at, message_id=message.id)
        except AlreadyTaken as error:
            _note(session, ask, "call_word", f"{ask.organisation.name} said yes: {error}", who, message.id)
            outbox.answer_sender(
                session, message, ask.call.need.referral, "offer_gone", str(error), {"call": ask.call_id}
            )
    elif answer == ReferralStatus.DECLINED:
        decline(session, ask, words, who, at=message.received_at, message_id=message.id)
    else:
        _note(session, ask, "call_word", f"{ask.organisation.name} wrote", who, message.id)


def accept(
    session: Session,
    ask: CallAsk,
    openings: int | None,
    who: str,
    *,
    at: datetime | None = None,
    message_id: int | None = None,
) -> Referral:
    """A delegate takes the openings, or some: it is a party from now on, and the introduction goes out. The referral
    that it takes part in. Raises AlreadyTaken."""
    call, need = ask.call, ask.call.need
    if ask.state == "taken":
        raise AlreadyTaken("You have said yes already; the introduction is on its way.")
    open_now = unasked(need)
    if call.closed_at is not None or need.state != "open" or open_now == 0:
        raise AlreadyTaken(NO_MORE)
    share = _share(need, openings, open_now)
    suggestion = _suggestion(session, need, ask.organisation_id)
    referral = _introduce(session, ask, suggestion, share, who)
    referrals.step(
        session,
        referral.id,
        ReferralStatus.ACCEPTED,
        who,
        organisation_id=ask.organisation_id,
        message_id=message_id,
    )
    ask.state, ask.openings = "taken", share or open_now
    ask.answered_at, ask.remind_at, ask.away = at or utcnow(), None, False
    count = f"{ask.openings} of the openings" if ask.openings else "the opening"
    _note(session, ask, "call_answered", f"{ask.organisation.name} takes {count} for {need.title}", who, message_id)
    if unasked(need) == 0:
        calls.close(session, call.id, "the clock")
    return referral


def _share(need: Need, openings: int | None, open_now: int | None) -> int | None:
    """How many it takes where others have a part or keep one; None where it takes all that there are."""
    if open_now is None:
        return None
    wanted = min(openings or open_now, open_now)
    return None if wanted == (need.left if need.left is not None else need.openings) else wanted


def _suggestion(session: Session, need: Need, organisation_id: int) -> Suggestion:
    """By which the partner is introduced: the one that was suggested, or one that the offer itself makes."""
    known = select(Suggestion).where(Suggestion.need_id == need.id, Suggestion.organisation_id == organisation_id)
    found = session.scalar(known)
    if found is None:
        found = Suggestion(need_id=need.id, organisation_id=organisation_id, rank=len(need.suggestions) + 1, score=0.0)
        session.add(found)
    elif found.state == "declined":
        found.state = "offered"
    session.flush()
    session.refresh(need, ["suggestions"])
    return found


def _introduce(session: Session, ask: CallAsk, suggestion: Suggestion, share: int | None, who: str) -> Referral:
    """The three-way introduction that the caller looked over; where no address of the employer is known, a question."""
    need, (name, email) = ask.call.need, parseaddr(ask.call.opened_by)
    draft = suggestions.introduction_of(
        session, need, ask.organisation, suggestion.service, name, email, openings=share
    )
    contacts = need.referral.employer.contacts if need.referral.employer else []
    if not any(contact.email and contact.email in draft.to for contact in contacts):
        referral = suggestions.take(session, suggestion, share, who)
        partner = ask.organisation.name
        referrals.ask(
            referral, f"{partner} takes {need.title}, but no address of the employer is known. Introduce them."
        )
        return referral
    to = draft.to if ask.recipient in draft.to else [*draft.to, ask.recipient]
    written = suggestions.IntroductionDraft(to, draft.cc, draft.subject, draft.text)
    letter = suggestions.accept(session, suggestion.id, written, who, name=name, email=email, openings=share)
    return referrals.find(session, letter.referral_id or need.referral_id)


def decline(
    session: Session, ask: CallAsk, words: str, who: str, *, at: datetime | None = None, message_id: int | None = None
) -> None:
    """Not this time: said on the page of the offer alone."""
    if ask.state == "taken":
        raise AlreadyTaken("You have said yes already; tell us by mail what has changed.")
    ask.state, ask.words = "nobody", " ".join(words.split())[:200]
    ask.answered_at, ask.remind_at, ask.away = at or utcnow(), None, False
    _note(session, ask, "call_answered", f"{ask.organisation.name} passes on {ask.call.need.title}", who, message_id)
    if ask.call.closed_at is None and all(one.state != "asked" for one in ask.call.asks):
        calls.tell_caller(session, ask.call)


def _note(session: Session, ask: CallAsk, kind: str, words: str, who: str, message_id: int | None) -> None:
    referrals.note(
        session, ask.call.need.referral, kind, words, who, message_id=message_id, details={"call": ask.call_id}
    )
