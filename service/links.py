"""The one safe link of a letter: a page without an account, where the recipient answers for their organisation."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from mail.token import BadToken, ExpiredToken
from mail.values import Offer
from service import call_answers, offered, placements, recording, referrals, requests, tokens
from service.call_answers import Taken
from service.config import Settings
from service.models import CallAsk, Organisation, OutboundLetter, Referral, SpentToken
from terms.statuses import ConsentState, ReferralStatus

__all__ = ["AnswerToken", "BadToken", "ExpiredToken", "answer", "answer_call", "answer_link", "read_answer_token"]

VERBS = ("accept", "decline", "hired")


class AnsweredAlready(ValueError):
    """A link that may act once has acted."""


@dataclass(frozen=True, slots=True)
class AnswerToken:
    """What a link is good for: one referral, on behalf of whom the letter went to."""

    referral_id: int
    recipient: str
    organisation_id: int | None
    organisation: str
    letter_id: int
    ask_id: int | None = None  # the letter asked for people: the link answers that call, and nothing else


def answer_link(settings: Settings, letter: OutboundLetter) -> str:
    return tokens.answer_url(settings, letter)


def read_answer_token(session: Session, settings: Settings, text: str) -> AnswerToken:
    """Raises BadToken, ExpiredToken: each with a sentence. Changes nothing."""
    claim = tokens.opened(settings, text)
    letter = session.get(OutboundLetter, claim.recipient)
    if letter is None or not letter.referral_id or letter.referral_id != claim.record:
        raise BadToken("This link does not lead to a referral.")
    organisation = session.get(Organisation, letter.organisation_id) if letter.organisation_id else None
    return AnswerToken(
        referral_id=claim.record,
        recipient=letter.recipient,
        organisation_id=letter.organisation_id,
        organisation=organisation.name if organisation else "",
        letter_id=letter.id,
        ask_id=letter.news.get("ask"),
    )


def answer(
    session: Session,
    settings: Settings,
    text: str,
    verb: str,
    *,
    reason: str = "",
    words: str = "",
    names: Sequence[str] = (),
) -> Referral:
    """Accept, decline with a reason, or report hires by name (once a link), for the organisation written to.

    Raises BadToken, ExpiredToken, AnsweredAlready, ValueError, referrals.IllegalStep; each with a sentence.
    """
    token = read_answer_token(session, settings, text)
    who = f"{token.recipient} (by link)"
    if token.ask_id is not None:
        raise ValueError("This link answers a call for people: send a list, or say that there is nobody this time.")
    if verb not in VERBS:
        raise ValueError("A link can accept, decline or report hires.")
    if verb == "hired":
        _hired(session, token, text, [name.strip() for name in names if name.strip()], who)
    else:
        status = ReferralStatus.ACCEPTED if verb == "accept" else ReferralStatus.DECLINED
        referrals.step(
            session,
            token.referral_id,
            status,
            who,
            organisation_id=token.organisation_id,
            reason=reason if verb == "decline" else "",
            words=words,
        )
        requests.look(session, referrals.find(session, token.referral_id), who)
    return referrals.find(session, token.referral_id)


def answer_call(session: Session, settings: Settings, text: str, words: str, consent: str, *, nobody: bool) -> Taken:
    """A list that was pasted or typed, or "nobody this time", for the organisation that the call's letter went to.

    `consent` is what holds for everybody of whom the list says nothing. Raises BadToken, ExpiredToken, ValueError.
    """
    from mail.offers import read_pasted

    token, ask = _ask_of(session, settings, text)
    offer = Offer(nobody=True) if nobody else read_pasted(words)
    if not offer.candidates and not nobody:
        raise ValueError("No names were found in this list. Put one person on each line: name, phone or e-mail.")
    if consent in set(ConsentState):
        people = (replace(one, consent=one.consent or consent) for one in offer.candidates)
        offer = replace(offer, candidates=tuple(people))
    return call_answers.answer(session, ask, offer, f"{token.recipient} (by link)")


def answer_offer(
    session: Session, settings: Settings, text: str, *, takes: bool, openings: int | None = None, words: str = ""
) -> None:
    """Yes, with how many, or no to an opening that is offered. Raises BadToken, ExpiredToken, offered.AlreadyTaken."""
    token, ask = _ask_of(session, settings, text)
    who = f"{token.recipient} (by link)"
    if takes:
        offered.accept(session, ask, openings, who)
    else:
        offered.decline(session, ask, words, who)


def _ask_of(session: Session, settings: Settings, text: str) -> tuple[AnswerToken, CallAsk]:
    token = read_answer_token(session, settings, text)
    ask = session.get(CallAsk, token.ask_id) if token.ask_id else None
    if ask is None:
        raise BadToken("This link does not lead to a call for people.")
    return token, ask


def _hired(session: Session, token: AnswerToken, text: str, names: list[str], who: str) -> None:
    if not names:
        raise ValueError("Name who was hired, one name a line.")
    _spend(session, text)
    referral = referrals.find(session, token.referral_id)
    need = referral.needs[0] if len(referral.needs) == 1 else None
    for name in names:
        candidate = recording.candidate_of(session, name, "", (), token.organisation_id, None)
        recording.submit(session, referral, candidate, need, token.organisation_id, None)
        claims = placements.claims(referral, [token.organisation_id])
        placement = placements.report_hire(session, referral, candidate, who, need=need, credited=claims)
        referrals.note(
            session,
            referral,
            "hired",
            f"{candidate.initials} hired",
            who,
            details={"placement": placement.id, "organisation": token.organisation},
        )
    if referral.status not in {ReferralStatus.IN_PROGRESS, ReferralStatus.CLOSED}:
        referrals.step(session, referral.id, ReferralStatus.IN_PROGRESS, who, organisation_id=token.organisation_id)


def _spend(session: Session, text: str) -> None:
    digest = hashlib.sha256(f"hired:{text}".encode()).hexdigest()
    if session.scalar(select(SpentToken.id).where(SpentToken.token_hash == digest)) is not None:
        raise AnsweredAlready("Hires were reported by this link already; reply to the mail to report more.")
    session.add(SpentToken(token_hash=digest))
    session.flush()
