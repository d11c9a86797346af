"""Where a referral's value was read: the mail, the field of its reading, the words and the line they stood in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from mail.lessons import line_of, spelled
from service import lit, outbox
from service.models import InboundMessage, Need, Referral

MOST_MAILS = 20


@dataclass(frozen=True, slots=True)
class Stood:
    """A value as it was read before a person changed it; empty where the mail does not have it.

    `raw` is what the mail alone gave, `lesson` the lesson (0: none) that made something else of it.
    """

    message: InboundMessage | None = None
    path: str = ""
    raw: str = ""
    words: str = ""
    line: str = ""
    lesson: int = 0
    organisation_id: int | None = None
    introduction: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sender(self) -> str:
        return self.message.sender_address if self.message else ""


def of_need(session: Session, referral: Referral, need: Need, column: str) -> Stood:
    """Of one value of a need: found by its title, else by its place where as many were read as there are."""
    name, place = _COLUMNS.get(column, column), referral.needs.index(need)
    mails = [(message, _introduction(message).get("needs") or []) for message in _mails(session, referral)]
    for message, read in mails:
        titles = [spelled(str(each.get("title") or "")) for each in read]
        if spelled(need.title) in titles:
            return _stood(session, message, f"needs[{titles.index(spelled(need.title))}].{name}")
    for message, read in mails:
        if len(read) == len(referral.needs):
            return _stood(session, message, f"needs[{place}].{name}")
    return of_mail(session, referral)


_COLUMNS = {"start_on": "start_date", "wage": "wage_unit", "occupation": "title"}


def of_field(session: Session, referral: Referral, path: str) -> Stood:
    """Of the employer's name, who refers, who receives: in the first mail that gave it."""
    return next(
        (
            _stood(session, message, path)
            for message in _mails(session, referral)
            if _fact(_introduction(message), path)
        ),
        of_mail(session, referral, path),
    )


def of_contact(session: Session, referral: Referral, email: str, column: str) -> Stood:
    """Of the name or position of the contact with this address."""
    for message in _mails(session, referral):
        for index, read in enumerate(_introduction(message).get("contacts") or []):
            if email and str(read.get("email") or "").lower() == email.lower():
                return _stood(session, message, f"contacts[{index}].{column}")
    return of_mail(session, referral)


def of_mail(session: Session, referral: Referral, path: str = "") -> Stood:
    """Nothing but the mail that the referral began with."""
    message = session.get(InboundMessage, referral.first_message_id) if referral.first_message_id else None
    return _stood(session, message, path) if message is not None else Stood()


def of_kind(session: Session, message: InboundMessage) -> Stood:
    """Of the kind of a mail; its words are its subject. What was learnt of it is counted by `teaching` itself."""
    return replace(_stood(session, message, "kind"), words=message.subject, lesson=0)


def stood_before(session: Session, stood: Stood) -> bool:
    """Whether the same line stands in another mail of the same sender: a signature, a footer."""
    if stood.message is None or not stood.line:
        return False
    others = (
        select(InboundMessage)
        .where(InboundMessage.sender_address == stood.sender, InboundMessage.id != stood.message.id)
        .options(undefer(InboundMessage.reading))
        .order_by(InboundMessage.id.desc())
        .limit(MOST_MAILS)
    )
    return any(stood.line in spelled(_all_words(other.reading or {})) for other in session.scalars(others))


def _all_words(reading: Mapping[str, Any]) -> str:
    reply = reading.get("reply") or {}
    parts = [reading.get("message"), reply.get("text"), reply.get("signature")]
    parts += [turn.get("body") for turn in reading.get("chain") or []]
    return "\n".join(str(part)[:40_000] for part in parts if part)


def _mails(session: Session, referral: Referral) -> list[InboundMessage]:
    """The referral's mails that were read, the first one first."""
    found = (
        select(InboundMessage)
        .where(InboundMessage.referral_id == referral.id)
        .options(undefer(InboundMessage.reading))
        .order_by(InboundMessage.id)
        .limit(MOST_MAILS)
    )
    return list(session.scalars(found))


def _introduction(message: InboundMessage) -> Mapping[str, Any]:
    return (message.reading or {}).get("introduction") or {}


def _fact(said: Mapping[str, Any], path: str) -> Mapping[str, Any] | None:
    return next((fact for fact in said.get("facts") or [] if fact.get("field") == path), None)


def _stood(session: Session, message: InboundMessage, path: str) -> Stood:
    said = _introduction(message)
    fact = _fact(said, path) or {}
    told = next((told for told in said.get("learnt") or [] if told.get("field") == path), {})
    line = ""
    if fact.get("end"):
        line = line_of(lit.text_of(message.reading or {}, str(fact.get("part") or "")), int(fact["start"]))
    value = told.get("instead") if told else fact.get("value")
    return Stood(
        message,
        path,
        "" if value is None else str(value),
        str(fact.get("words") or ""),
        line,
        int(told.get("lesson") or 0),
        outbox.organisation_of(session, message),
        said,
    )
