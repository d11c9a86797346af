"""A mail that names an erased person: what it says of them is left out, and its words about them are blacked out."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mail.values import Contact, Introduction
from service import blackening, blackout, in_prose, partners, tombstones
from service.models import AuditEntry, Candidate, EmployerContact, InboundMessage, Tombstone

_IN_STATUS = ("hired", "interviewed", "not_hired", "retained", "ended")


def without_erased(
    session: Session, message: InboundMessage, said: Introduction, organisation_id: int | None
) -> Introduction:
    """What is left of what a mail says. `organisation_id` is its sender's."""
    if blackout.BLOCK not in str(said) and session.scalar(select(Tombstone.id).limit(1)) is None:
        return said
    named = [*said.contacts, *said.candidates, *_in_status(said)]
    erased = tombstones.erased_among(session, [_mention(session, one, organisation_id) for one in named])
    gone = [one for one, is_erased in zip(named, erased, strict=True) if is_erased]
    people = [_person(one) for one in gone]
    others = [one.name for one, is_erased in zip(named, erased, strict=True) if not is_erased]
    in_words = in_prose.erased_in(session, message, organisation_id, others)
    if not people and not in_words:
        return said
    wide, sure = blackout.widely(people), blackout.surely(in_words)

    def cover(words: str) -> str:
        return sure(wide(words))

    if blackening.blacken(session, message.id, cover, blackout.surely([*people, *in_words])):
        session.add(AuditEntry(who="the reader", what="left out an erased person", record=f"message {message.id}"))
    asks = tuple(
        replace(ask, words=cover(ask.words), answers=tuple(cover(answer) for answer in ask.answers))
        for ask in said.asks
    )
    questions = tuple(cover(words) for words in said.questions)
    status = said.status
    if status is not None:
        status = replace(status, **{part: _left(getattr(status, part), gone) for part in _IN_STATUS})
    return replace(
        said,
        status=status,
        contacts=_left(said.contacts, gone),
        candidates=_left(said.candidates, gone),
        asks=asks,
        questions=questions,
        facts=(),
    )


def _in_status(said: Introduction) -> list[Any]:
    return [one for part in _IN_STATUS for one in getattr(said.status, part)] if said.status else []


def _left(named: Iterable[Any], gone: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(one for one in named if not any(one is other for other in gone))


def _mention(session: Session, named: Any, organisation_id: int | None) -> Candidate | EmployerContact:
    """Somebody as a mail names them, not to be stored."""
    email, phones = getattr(named, "email", "") or "", list(getattr(named, "phones", ()))
    if isinstance(named, Contact):
        return EmployerContact(name=named.name, email=email, phones=phones)
    source = partners.by_name(session, getattr(named, "source_org", None))
    owner = source.id if source else organisation_id
    return Candidate(name=named.name, emails=[email] if email else [], phones=phones, organisation_id=owner)


def _person(named: Any) -> blackout.Person:
    email = getattr(named, "email", "") or ""
    return blackout.Person([named.name], [email] if email else [], list(getattr(named, "phones", ())))
