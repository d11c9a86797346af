"""A referral that a person makes from a mail that could not be read or believed."""

from sqlalchemy.orm import Session

from service import referrals
from service.models import AuditEntry, InboundMessage, Referral, utcnow
from terms.statuses import ReferralStatus


class NotInQuarantine(LookupError):
    """Only mail in quarantine is made into a referral by hand."""


def make(session: Session, message_id: int, who: str) -> Referral:
    """A draft for this mail, with nothing in it but the subject. Raises NotInQuarantine."""
    message = session.get(InboundMessage, message_id)
    if message is None or message.state != "quarantined":
        raise NotInQuarantine(f"Mail {message_id} is not in quarantine.")
    referral = Referral(
        kind="introduction",
        status=str(ReferralStatus.DRAFT),
        subject=message.subject or "Made by hand",
        first_message_id=message.id,
    )
    session.add(referral)
    session.flush()
    message.state, message.result, message.rule = "done", "draft", "made by hand"
    message.referral_id, message.done_at = referral.id, utcnow()
    referrals.note(session, referral, "made_by_hand", "from a mail in quarantine", who, message_id=message.id)
    session.add(AuditEntry(who=who, what="made a referral by hand", record=f"message {message_id}"))
    return referral
