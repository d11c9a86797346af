"""A reply to "is what the directory says of you still right?": a plain yes confirms, all else is asked in the inbox."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mail.replies.profile import Other, ProfileAnswer, read_profile_answer
from service import choices, profiles, threads
from service.db import settings_of
from service.models import (
    InboundMessage,
    Organisation,
    OutboundLetter,
    PartnerService,
    ProfileQuestion,
    utcnow,
)

RULE = "an answer about a partner's page"
RIGHT = "right"
"""The field of a question that asks whether a partner's page is right as somebody says for it."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMON = frozenset("the and for our class course program programme training service job curso klasa kurs".split())


class WrongAnswer(ValueError):
    """An answer that can't be taken; the message says what is missing."""


def letter_answered(session: Session, document: Mapping, answered: OutboundLetter | None) -> OutboundLetter | None:
    """The letter about a partner's page that a mail answers: by its token, else by the Message-IDs it continues."""
    if answered is not None:
        return answered if answered.kind == "profile" else None
    known = threads.references(document)
    if not known:
        return None
    found = select(OutboundLetter).where(OutboundLetter.message_id.in_(known), OutboundLetter.kind == "profile")
    return session.scalar(found.order_by(OutboundLetter.id.desc()).limit(1))


def take(session: Session, letter: OutboundLetter, message: InboundMessage, who: str, *, believed: bool) -> bool:
    """What the answer says of the partner's page: confirmed at once where a believed sender says only that it is right.

    True where a person has to settle something.
    """
    organisation = session.get_one(Organisation, letter.organisation_id)
    said = _said(message)
    if said.plain and believed:
        choices.confirm(session, organisation, _day_of(session, message), who)
        return False
    if said.plain:
        _ask(session, organisation, message, RIGHT, ["yes"], _text(message)[:500], None)
    for other in said.others:
        service = _meant(session, organisation.services, other)
        _ask(session, organisation, message, other.field, [other.value], other.words[:500], service)
    if not said.right and not said.others:
        _ask(session, organisation, message, "", [], _text(message)[:500], None)
    return True


def _said(message: InboundMessage) -> ProfileAnswer:
    return read_profile_answer(_text(message))


def _text(message: InboundMessage) -> str:
    reading = message.reading or {}
    return str((reading.get("reply") or {}).get("text") or reading.get("message") or "").strip()


def _day_of(session: Session, message: InboundMessage) -> date:
    zone = settings_of(session).zone
    return min(message.sent_at or utcnow(), utcnow()).astimezone(zone).date()


def _ask(
    session: Session,
    organisation: Organisation,
    message: InboundMessage,
    field: str,
    values: list[str],
    words: str,
    service: PartnerService | None,
) -> None:
    row = ProfileQuestion(
        organisation_id=organisation.id, message_id=message.id, field=field, values=values, words=words, service=service
    )
    session.add(row)
    session.flush()


def _meant(session: Session, services: Iterable[PartnerService], other: Other) -> PartnerService | None:
    """The service that a sentence names by its name or an occupation; the only one where there is one."""
    rows = list(services)
    if len(rows) == 1 or not other.field:
        return rows[0] if len(rows) == 1 and other.field else None
    said = _words(other.words)
    titles = profiles.called(session, [code for row in rows for code in row.occupations])
    shared = {
        row.id: len(said & _words(" ".join((row.name, *(titles.get(one) or one for one in row.occupations)))))
        for row in rows
    }
    best = max(rows, key=lambda row: shared[row.id], default=None)
    if best is None or not shared[best.id] or sum(count == shared[best.id] for count in shared.values()) > 1:
        return None
    return best


def _words(text: str) -> set[str]:
    return {word.rstrip("s") for word in _WORD.findall(text.casefold())} - _COMMON


def waiting(session: Session, message_ids: Iterable[int]) -> dict[int, list[ProfileQuestion]]:
    """By mail what it left to be settled."""
    found: dict[int, list[ProfileQuestion]] = {}
    rows = select(ProfileQuestion).where(
        ProfileQuestion.message_id.in_(list(message_ids)), ProfileQuestion.settled_at.is_(None)
    )
    for row in session.scalars(rows.order_by(ProfileQuestion.id)):
        found.setdefault(row.message_id, []).append(row)
    return found


def settle(
    session: Session, message: InboundMessage, answers: Mapping[int, str], services: Mapping[int, int], who: str
) -> Organisation:
    """Answer everything that a mail asks of a page: "yes" makes the change that it proposes, "no" leaves the line.

    `services` by question where the words name none. With the last answer the rest of the page is confirmed, where the
    mail says that it is right. Raises WrongAnswer, profiles.WrongLine.
    """
    rows = waiting(session, [message.id]).get(message.id, [])
    if not rows:
        raise WrongAnswer("Nothing is asked of this mail any more.")
    organisation = rows[0].organisation
    on = _day_of(session, message)
    for row in rows:
        taken = not answers.get(row.id, "yes").lower().startswith("n")
        if taken and row.field == RIGHT:
            choices.confirm(session, organisation, on, who)
        elif taken and row.field:
            profiles.change(session, _service(row, services), row.field, row.values, who)
        row.answer, row.settled_at, row.settled_by = "yes" if taken else "no", utcnow(), who
    if _said(message).right and all(row.answer == "yes" for row in rows):
        choices.confirm(session, organisation, on, who)
    message.result = "update"
    return organisation


def _service(row: ProfileQuestion, services: Mapping[int, int]) -> PartnerService:
    if row.service is not None:
        return row.service
    chosen = next((one for one in row.organisation.services if one.id == services.get(row.id)), None)
    if chosen is None:
        raise WrongAnswer(f"Say which service is meant by “{row.words}”.")
    return chosen
