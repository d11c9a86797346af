"""How far the sender of a mail may be believed: T0 to T4 (TRUST.md, Who may do what by mail)."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mail.token import BadToken, FoundToken, Token
from service import tokens
from service.db import settings_of
from service.models import Attempt, InboundMessage, OutboundLetter, Participant, utcnow

BAD_TOKENS_AN_HOUR = 10


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote, as far as it is known: strict address, whether it passed, and the organisation it writes for."""

    address: str
    authenticated: bool
    refused: bool  # the domain's own policy says that this mail is forged (dmarc=fail)
    reason: str
    organisation_id: int | None
    member: bool


@dataclass(frozen=True, slots=True)
class Trust:
    """The level with its reason, and the letter that the mail answers by a valid token."""

    level: str
    reason: str
    answered: OutboundLetter | None = None


def judge(
    session: Session, sender: Sender, found: tuple[FoundToken, ...], thread: int | None, *, limited: bool = True
) -> Trust:
    """The trust level of a mail. `thread` is the referral it belongs to; `limited` False where an operator hands in."""
    answered = _answered_letter(session, sender, found)
    if not sender.address:
        return Trust("T0", "it has no single, plain From address")
    if sender.refused:
        return Trust("T0", sender.reason)
    most = settings_of(session).mails_an_hour
    if limited and _too_many(session, sender.address, most):
        return Trust("T0", f"more than {most} mails came from {sender.address} within an hour")
    if answered is not None and sender.authenticated and sender.organisation_id == answered.organisation_id:
        return Trust("T4", "it answers our letter, from the organisation that we wrote to", answered)
    if sender.authenticated and sender.member:
        return Trust("T3", sender.reason, answered)
    if sender.authenticated and thread is not None and _on_thread(session, sender.address, thread):
        return Trust("T2", "the sender stood on an accepted mail of this thread", answered)
    if sender.authenticated or sender.organisation_id is not None:
        why = "a known sender without a pass" if sender.organisation_id else "authenticated, but not known here"
        return Trust("T1", f"{why}: {sender.reason}")
    return Trust("T0", sender.reason)


def _answered_letter(session: Session, sender: Sender, found: tuple[FoundToken, ...]) -> OutboundLetter | None:
    """The letter of ours whose token the mail carries; a wrong token is counted, ten an hour silence the sender."""
    for candidate in found:
        try:
            token: Token = tokens.opened(settings_of(session), candidate.text)
        except BadToken:
            session.add(Attempt(kind="bad_token", who=sender.address))
            continue
        letter = session.get(OutboundLetter, token.recipient)
        if letter is not None and (letter.referral_id or 0) == token.record:
            return letter
    return None


def _too_many(session: Session, address: str, most: int) -> bool:
    """Counts this mail; true beyond the hour's measure of mails, or of wrong tokens."""
    session.add(Attempt(kind="mail", who=address))
    since = utcnow() - timedelta(hours=1)
    counts = dict(
        session.execute(
            select(Attempt.kind, func.count())
            .where(Attempt.kind.in_(("mail", "bad_token")), Attempt.who == address, Attempt.at > since)
            .group_by(Attempt.kind)
        ).all()
    )
    return counts.get("mail", 0) > most or counts.get("bad_token", 0) >= BAD_TOKENS_AN_HOUR


def _on_thread(session: Session, address: str, referral_id: int) -> bool:
    """Did this address stand on the headers of a mail of this referral that was accepted?"""
    return bool(
        session.scalar(
            select(Participant.id)
            .join(InboundMessage, InboundMessage.id == Participant.message_id)
            .where(
                Participant.address == address,
                InboundMessage.referral_id == referral_id,
                InboundMessage.result.in_(("referral", "update")),
            )
            .limit(1)
        )
    )
