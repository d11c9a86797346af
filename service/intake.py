"""Taking mail in: store it (the door's only duty), then apply what was read, in one transaction.

stored -> read in a bounded child -> judged -> applied: referral, update, duplicate, not_a_referral, draft, quarantined
"""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mail.plain import introduction_from_json
from mail.values import RawMessage
from service import again, initiatives, lessons, partners, standing, teaching, threads
from service.case import Evidence, case_of, describe
from service.models import InboundMessage, utcnow
from service.rules import RULES
from terms.kinds import MailKind

RESULTS = ("referral", "update", "duplicate", "not_a_referral", "draft", "quarantined")
OLD = timedelta(days=2)  # mail that lay in the mailbox for longer makes records but no letters


def store(session: Session, raw: RawMessage, *, vouched: str = "", tell: bool = True) -> tuple[int, bool]:
    """Keep the bytes: (id, is it new). The same bytes are kept once. Only after the commit may a door forget them."""
    digest = hashlib.sha256(raw.content).hexdigest()
    known = session.scalar(select(InboundMessage.id).where(InboundMessage.sha256 == digest))
    if known is not None:
        return known, False
    message = InboundMessage(
        sha256=digest,
        source=raw.source,
        envelope_to=list(raw.envelope_to),
        envelope_from=raw.envelope_from,
        vouched=vouched,
        tell=tell and not _is_old(raw),
        size=raw.whole_size or len(raw.content),
        cut=raw.whole_size is not None,
        content=raw.content,
    )
    session.add(message)
    session.flush()
    return message.id, True


def _is_old(raw: RawMessage) -> bool:
    return raw.arrived is not None and utcnow() - raw.arrived > OLD


def quarantine(session: Session, message_id: int, reason: str, *, rule: str = "unreadable") -> None:
    """A mail that can't be read or believed waits for a person, with the reason."""
    message = session.get_one(InboundMessage, message_id)
    message.state, message.result, message.rule, message.error = "quarantined", "quarantined", rule, reason
    message.done_at = utcnow()


def replay(session: Session, message_id: int, who: str) -> None:
    """Read it again from the start. Raises LookupError; ValueError for a mail that has made records already."""
    message = session.get(InboundMessage, message_id)
    if message is None:
        raise LookupError(f"There is no mail {message_id}.")
    if message.referral_id is not None:
        raise ValueError(f"Mail {message_id} belongs to referral {message.referral_id} already.")
    threads.unread(session, message)


def read_again(session: Session, message_id: int, who: str) -> None:
    """Read it once more because what was learnt has changed. What it made stays, but for what lessons said of it.

    Raises LookupError.
    """
    message = session.get(InboundMessage, message_id)
    if message is None:
        raise LookupError(f"There is no mail {message_id}.")
    if message.referral_id is None:
        replay(session, message_id, who)
    elif message.state == "done":
        message.state, message.due, message.attempts, message.error = "open", utcnow(), 0, ""


def is_a_referral(session: Session, message_id: int, who: str) -> None:
    """A person says so of a mail that was judged to be none: it is read again as one, and so are the next ones like it.

    Raises LookupError, ValueError.
    """
    message = session.get(InboundMessage, message_id)
    if message is None or message.state != "done" or message.result != "not_a_referral":
        raise LookupError(f"Mail {message_id} is not among those that are no referrals.")
    stood = standing.of_kind(session, message)
    teaching.correct(session, stood, "kind", str(stood.introduction.get("kind") or "other"), "referral", who)
    replay(session, message_id, who)


def apply(session: Session, message_id: int, document: Mapping[str, Any], evidence: Evidence) -> str:
    """Make the records that a mail asks for and the letters that follow; what became of it."""
    message = session.get_one(InboundMessage, message_id)
    if message.state != "open":
        return message.result
    directory = partners.known(session).directory
    before = (message.reading or {}) if message.referral_id is not None else {}
    describe(message, document, directory)
    if message.referral_id is not None:
        again.apply(session, message, before, document)
        return _finish(session, message, message.result)
    case = case_of(session, message, document, evidence, directory)
    for name, holds, becomes in RULES:
        if holds(session, case):
            result = becomes(session, case)
            message.rule, message.trust, message.trust_reason = name, case.trust.level, case.trust.reason
            if result == "not_a_referral" and case.thread is not None:
                message.referral_id = case.thread.id
            return _finish(session, message, result)
    return message.result


def _finish(session: Session, message: InboundMessage, result: str) -> str:
    message.result = result
    if message.state == "open":
        message.state, message.done_at, message.error = "done", utcnow(), ""
    introduction = (message.reading or {}).get("introduction") or {"kind": str(MailKind.OTHER)}
    lessons.used(session, message, introduction_from_json(introduction))
    if result in {"referral", "update", "draft"}:
        initiatives.recognise(session, message)
    session.flush()
    return result


def counts(session: Session, message_ids: list[int]) -> dict[str, int]:
    """The count line: what became of these messages; its parts add up to `messages`."""
    found = dict.fromkeys(RESULTS, 0)
    for start in range(0, len(message_ids), 500):
        rows = session.execute(
            select(InboundMessage.result, func.count())
            .where(InboundMessage.id.in_(message_ids[start : start + 500]))
            .group_by(InboundMessage.result)
        )
        for result, count in rows:
            if result:
                found[result] += count
    return {"messages": len(message_ids), **found}
