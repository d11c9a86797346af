"""The hub reads the words of mails that were not written to it: each look is written down (TRUST.md)."""

from datetime import timedelta

from sqlalchemy import select

from service.models import AuditEntry, InboundMessage, utcnow
from service.web.site import viewer, writing


def looked_at_words(message: InboundMessage, uncovered: bool = False) -> None:
    """One line a person, mail and hour. Called after the page was made: no reading session waits for the write."""
    if not viewer().is_hub:
        return
    what = "read a mail with its names" if uncovered else "read a mail"
    record = f"message {message.id}"
    with writing() as session:
        again = select(AuditEntry.id).where(
            AuditEntry.at > utcnow() - timedelta(hours=1),
            AuditEntry.who == viewer().email,
            AuditEntry.what == what,
            AuditEntry.record == record,
        )
        if session.scalar(again.limit(1)) is None:
            session.add(AuditEntry(who=viewer().email, what=what, record=record))
