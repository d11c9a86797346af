"""Drafts: what the reader was unsure of, until a coordinator settles it, sets it aside, or takes that back."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from service import corrections, referrals, standing, teaching
from service.models import InboundMessage, Referral, utcnow
from terms.statuses import ReferralStatus


def confirm(session: Session, referral_id: int, who: str, answers: Mapping[int, str] | None = None) -> None:
    """A coordinator settles the questions of a draft and lets it count, or says that it is no referral.

    Raises IllegalStep, UnknownReferral.
    """
    referral = referrals.find(session, referral_id)
    if referral.status != ReferralStatus.DRAFT:
        raise referrals.IllegalStep(f"Referral {referral_id} is {referral.status}, not a draft.")
    if _denied(referral, answers or {}):
        discard(session, referral_id, "not a referral", who)
        return
    for question in referral.questions:
        if question.settled_at is None:
            question.answer = (answers or {}).get(question.id, question.answers[0] if question.answers else "").strip()
            question.settled_at = utcnow()
            corrections.settle(session, referral, question, who)
    first = session.get(InboundMessage, referral.first_message_id) if referral.first_message_id else None
    referrals.introduce(
        session, referral, who, at=first.sent_at if first else None, message_id=first.id if first else None
    )


def _denied(referral: Referral, answers: Mapping[int, str]) -> bool:
    """Whether the question "does this count?" is answered with no."""
    asked = [question for question in referral.questions if question.field == "kind" and question.settled_at is None]
    given = [answers.get(each.id, each.answers[0] if each.answers else "") for each in asked]
    return any(answer.strip().lower().startswith("no") for answer in given)


def settle(session: Session, referral_id: int, who: str, answers: Mapping[int, str]) -> bool:
    """Answer what is asked of a referral: a draft counts from then on (True). Raises as `confirm`, and LookupError."""
    referral = referrals.find(session, referral_id)
    if referral.status == ReferralStatus.DRAFT:
        confirm(session, referral_id, who, answers)
        return referral.status != ReferralStatus.DISCARDED
    for question in [question for question in referral.questions if question.settled_at is None]:
        answer = answers.get(question.id, question.answers[0] if question.answers else "")
        corrections.answer_question(session, question.id, answer, who)
    return False


def discard(session: Session, referral_id: int, reason: str, who: str) -> None:
    """A draft that is no referral. Raises IllegalStep."""
    referral = referrals.find(session, referral_id)
    if referral.status != ReferralStatus.DRAFT:
        raise referrals.IllegalStep(f"Only a draft can be discarded; referral {referral_id} is {referral.status}.")
    put_aside(session, referral, reason, who)
    _judged(session, referral, "other", reason, who)


def put_aside(session: Session, referral: Referral, reason: str, who: str) -> None:
    """Out of the way, without a judgement on mails like it."""
    referral.status_before, referral.status = referral.status, str(ReferralStatus.DISCARDED)
    referrals.note(session, referral, "discarded", reason or "not a referral", who)


def _judged(session: Session, referral: Referral, kind: str, reason: str, who: str) -> None:
    """What a person says of the mail's kind, for the next mails like it."""
    first = session.get(InboundMessage, referral.first_message_id) if referral.first_message_id else None
    if first is not None:
        stood = standing.of_kind(session, first)
        before = str(stood.introduction.get("kind") or referral.kind)
        after = f"{kind}: {reason}" if reason else kind
        teaching.correct(session, stood, "kind", before, after, who, referral=referral)


def restore(session: Session, referral_id: int, who: str) -> None:
    """A discarded draft is a draft again. Raises IllegalStep."""
    referral = referrals.find(session, referral_id)
    if referral.status != ReferralStatus.DISCARDED:
        raise referrals.IllegalStep(f"Referral {referral_id} is {referral.status}, not discarded.")
    referral.status = str(ReferralStatus.DRAFT)
    teaching.take_back(session, referral, "kind", who)
    referrals.note(session, referral, "restored", "back among the drafts", who)


def undo_confirm(session: Session, referral_id: int, who: str) -> None:
    """An accepted draft is a draft again, as long as nobody has answered it. Raises IllegalStep."""
    referral = referrals.find(session, referral_id)
    if referral.status != ReferralStatus.INTRODUCED or referral.status_before != ReferralStatus.DRAFT:
        raise referrals.IllegalStep(f"Referral {referral_id} has gone on since; it can't become a draft again.")
    referral.status, referral.status_before, referral.due = str(ReferralStatus.DRAFT), "", None
    for question in referral.questions:
        question.settled_at = None
    referrals.note(session, referral, "draft_again", "taken back", who)
