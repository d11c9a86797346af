"""A mail on its way through the rules: what is read, proved and known of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from mail.directory import Directory
from mail.plain import introduction_from_json
from mail.token import FoundToken
from mail.values import Introduction
from service import outbox, partners, threads, trust
from service.leaving_out import without_erased
from service.models import InboundMessage, Organisation, Referral
from terms.kinds import MailKind


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a mail beside its words. `address` is the strict From, "" without one: nobody else has rights.

    `authenticated` and `refused` (dmarc=fail) are the verdict with its `reason`; `temporary`: DNS gave no answer, and
    asking again may change it; `automatic` says why the mail must not be answered.
    """

    address: str
    authenticated: bool
    refused: bool
    reason: str
    temporary: bool = False
    tokens: tuple[FoundToken, ...] = ()
    automatic: str = ""


@dataclass(slots=True)
class Case:
    """A mail on its way through the rules."""

    message: InboundMessage
    document: Mapping[str, Any]
    said: Introduction
    evidence: Evidence
    directory: Directory
    thread: Referral | None
    sender: trust.Sender
    trust: trust.Trust

    @property
    def who(self) -> str:
        name, address = self.message.sender_name, self.message.sender_address
        return f"{name} <{address}>" if name else address or "an unknown sender"

    @property
    def sender_id(self) -> int | None:
        return self.sender.organisation_id


def describe(message: InboundMessage, document: Mapping[str, Any], directory: Directory) -> None:
    sender = document.get("from") or {}
    message.message_id = str(document.get("message_id") or "")[:500]
    message.subject = str(document.get("subject") or "")[:500]
    message.sender_name = str(sender.get("name") or "")[:200]
    message.sender_address = str(sender.get("address") or "").lower()[:300]
    message.sent_at = _instant(document.get("date"))
    message.reading = dict(document)
    message.words_sha256 = threads.words_hash(document)
    message.private = threads.is_private(document, directory)


def _instant(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
    if found is None:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def case_of(
    session: Session,
    message: InboundMessage,
    document: Mapping[str, Any],
    evidence: Evidence,
    directory: Directory,
) -> Case:
    said = introduction_from_json(document.get("introduction") or {"kind": str(MailKind.OTHER)})
    threads.record_participants(session, message, document, directory)
    sender = _sender(session, message, said, evidence, directory)
    said = without_erased(session, message, said, sender.organisation_id)
    first = threads.find(session, message, document, None)
    judged = trust.judge(session, sender, evidence.tokens, first.id if first else None, limited=not message.vouched)
    answered = judged.answered.referral_id if judged.answered else None
    thread = threads.find(session, message, document, answered) if answered else first
    return Case(message, document, said, evidence, directory, thread, sender, judged)


def _sender(
    session: Session, message: InboundMessage, said: Introduction, evidence: Evidence, directory: Directory
) -> trust.Sender:
    """Who wrote. An operator's word at a door ("member") makes a member of whoever it is, also of one yet unknown."""
    organisation_id = outbox.organisation_of(session, message)
    if organisation_id is None and message.vouched == "member":
        organisation_id = _organisation_in_words(session, said, message)
    organisation = session.get(Organisation, organisation_id) if organisation_id else None
    vouched = message.vouched == "member" or (message.vouched == "known" and organisation is not None)
    return trust.Sender(
        address=evidence.address,
        authenticated=evidence.authenticated or vouched,
        refused=evidence.refused and not vouched,
        reason=f"vouched for at the door as {message.vouched}" if vouched else evidence.reason,
        organisation_id=organisation_id,
        member=message.vouched == "member"
        or bool(organisation and organisation.member)
        or threads.is_hub(session, evidence.address),
    )


def _organisation_in_words(session: Session, said: Introduction, message: InboundMessage) -> int | None:
    """The organisation that the reader names as the sender's; a new one where it refers and nobody knows it yet."""
    name = said.referring_org or said.sender_org
    found = partners.by_name(session, name)
    if found is None and said.referring_org:
        found = partners.welcome(session, said.referring_org, "other", "ingest", address=message.sender_address)
    return found.id if found else None
