"""Which referral a mail belongs to, and who stands on its headers."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from mail.directory import Directory
from service.letters import SUBJECT_TAG
from service.models import (
    InboundMessage,
    Organisation,
    OutboundLetter,
    Participant,
    Referral,
    ThreadEntry,
    User,
    utcnow,
)
from terms.statuses import ReferralStatus

_IDENTIFIER = re.compile(r"<[^\s<>]{1,400}>")


def references(document: Mapping[str, Any]) -> list[str]:
    """Message-IDs that the mail answers or continues, nearest first."""
    found = _IDENTIFIER.findall(str(document.get("in_reply_to") or ""))
    for value in reversed(document.get("references") or []):
        found += _IDENTIFIER.findall(str(value)) or ([value] if value else [])
    return list(dict.fromkeys(found))


def find(
    session: Session, message: InboundMessage, document: Mapping[str, Any], answered: int | None
) -> Referral | None:
    """The referral of the thread: by the letter it answers, by References, by the number in the subject.

    A subject's number alone threads only what one of the referral's own people writes: who stood on its mails, who
    writes for an organisation that takes part, or the hub.
    """
    if answered is not None:
        return standing(session, session.get(Referral, answered))
    known = references(document)
    if known:
        rows = session.execute(
            select(ThreadEntry.message_id, ThreadEntry.referral_id).where(ThreadEntry.message_id.in_(known))
        )
        by_id = {identifier: referral_id for identifier, referral_id in rows}  # noqa: C416
        nearest = next((by_id[identifier] for identifier in known if identifier in by_id), None)
        if nearest is not None:
            return standing(session, session.get(Referral, nearest))
    tag = SUBJECT_TAG.search(message.subject)
    referral = session.get(Referral, int(tag.group(1))) if tag else None
    if referral is not None and _own(session, message, referral):
        return standing(session, referral)
    return None


def _own(session: Session, message: InboundMessage, referral: Referral) -> bool:
    if message.sender_address in people_of(session, referral.id) or is_hub(session, message.sender_address):
        return True
    written_for = select(Participant.organisation_id).where(
        Participant.message_id == message.id, Participant.field == "from"
    )
    return session.scalar(written_for) in {party.organisation_id for party in referral.parties}


def is_hub(session: Session, address: str) -> bool:
    """Whether this is the address of somebody who signs in as the hub."""
    account = select(User.id).where(User.email == address, User.role == "hub", User.disabled.is_(False))
    return bool(address) and session.scalar(account) is not None


def standing(session: Session, referral: Referral | None) -> Referral | None:
    """A duplicate's mail belongs to what it is a duplicate of."""
    while referral is not None and referral.status == ReferralStatus.DUPLICATE:
        referral = session.get(Referral, referral.duplicate_of_id)
    return referral


def people_of(session: Session, referral_id: int) -> set[str]:
    """Addresses on the headers of a referral's mails, and those that our letters about it went to."""
    on_mails = select(Participant.address).join(InboundMessage, InboundMessage.id == Participant.message_id)
    letters = select(OutboundLetter.recipient).where(OutboundLetter.referral_id == referral_id)
    return {*session.scalars(on_mails.where(InboundMessage.referral_id == referral_id)), *session.scalars(letters)}


def remember(session: Session, referral: Referral, identifiers: Iterable[str]) -> None:
    """These Message-IDs belong to the referral from now on, unless they belong to another one already."""
    wanted = [identifier for identifier in dict.fromkeys(identifiers) if identifier]
    taken = set(session.scalars(select(ThreadEntry.message_id).where(ThreadEntry.message_id.in_(wanted))))
    new = [{"message_id": identifier, "referral_id": referral.id} for identifier in wanted if identifier not in taken]
    if new:
        session.execute(insert(ThreadEntry), new)


def unread(session: Session, message: InboundMessage) -> None:
    """As if it had never been read: it belongs to nothing, and waits for the worker again."""
    message.referral_id, message.looked_at, message.looked_by = None, None, ""
    message.state, message.due, message.attempts, message.error, message.result = "open", utcnow(), 0, "", ""
    session.execute(delete(ThreadEntry).where(ThreadEntry.message_id == message.message_id))
    session.execute(delete(Participant).where(Participant.message_id == message.id))


def record_participants(
    session: Session, message: InboundMessage, document: Mapping[str, Any], directory: Directory
) -> None:
    """Everybody on the mail's own headers, with the organisation that the directory knows for the address."""
    people: dict[str, dict[str, Any]] = {}
    for field in ("from", "to", "cc"):
        value = document.get(field) or []
        for entry in value if isinstance(value, list) else [value]:
            address = str(entry.get("address") or "").lower()
            if "@" in address and address not in people and not directory.is_tracker(address):
                people[address] = {"name": str(entry.get("name") or ""), "field": field}
    partners = {address: _partner(directory, address, document) for address in people}
    named = select(Organisation.name, Organisation.id).where(Organisation.name.in_(set(partners.values())))
    ids = {name: organisation_id for name, organisation_id in session.execute(named)}  # noqa: C416
    rows = [
        {"message_id": message.id, "address": address, "organisation_id": ids.get(partners[address]), **person}
        for address, person in people.items()
    ]
    if rows:
        session.execute(insert(Participant), rows)


def _partner(directory: Directory, address: str, document: Mapping[str, Any]) -> str:
    """The partner that this address writes for, "" for none; where several share its domain, the one that the reader
    named."""
    found = directory.by_address(address)
    if len(found) > 1:
        introduction = document.get("introduction") or {}
        named = {introduction.get("referring_org"), introduction.get("sender_org")}
        found = tuple(partner for partner in found if partner.name in named) or found
    return found[0].name if found else ""


def words_hash(document: Mapping[str, Any]) -> str:
    """The decoded words, white space and routes aside: one mail that came by two ways has one hash."""
    texts = [document.get("subject"), document.get("message")]
    texts += [turn.get("body") for turn in document.get("chain") or []]
    whole = "\n".join(" ".join(str(text or "").split()) for text in texts)
    return hashlib.sha256(whole.casefold().encode("utf-8", "surrogatepass")).hexdigest()


def is_private(document: Mapping[str, Any], directory: Directory) -> bool:
    """Bcc'd to the tracker, or sent to it alone: nobody else knows that it is recorded."""
    seen = [entry.get("address") or "" for field in ("to", "cc") for entry in document.get(field) or []]
    trackers = [address for address in seen if directory.is_tracker(address)]
    return not trackers or len(trackers) == len(seen)
