"""A mail that names an erased person: what it says of them is left out, and its words about them are blacked out."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mail.values import Contact, Introduction
from service import blackening, blackout, partners, tombstones
from service.models import AuditEntry, Candidate, EmployerContact, InboundMessage, Tombstone

_IN_STATUS = ("hired", "interviewed", "not_hired", "retained", "ended")


def without_erased(
    session: Session, message: InboundMessage, said: Introduction, organisation_id: int | None
) -> Introduction:
    """What is left of what a mail says. `organisation_id` is its sender's."""
    if blackout.BLOCK not in str(said) and session.scalar(select(Tombstone.id).limit(1)) is None:
        return said
    gone: list[blackout.Person] = []

    def stays(named: Any) -> bool:
        if not tombstones.is_erased(session, _mention(session, named, organisation_id)):
            return True
        gone.append(_person(named))
        return False

    status = said.status
    if status is not None:
        status = replace(status, **{part: tuple(filter(stays, getattr(status, part))) for part in _IN_STATUS})
    contacts, candidates = tuple(filter(stays, said.contacts)), tuple(filter(stays, said.candidates))
    if not gone:
        return said
    cover = blackout.widely(gone)
    if blackening.blacken(session, message.id, cover, blackout.surely(gone)):
        session.add(AuditEntry(who="the reader", what="left out an erased person", record=f"message {message.id}"))
    asks = tuple(
        replace(ask, words=cover(ask.words), answers=tuple(cover(answer) for answer in ask.answers))
        for ask in said.asks
    )
    questions = tuple(cover(words) for words in said.questions)
    return replace(
        said, status=status, contacts=contacts, candidates=candidates, asks=asks, questions=questions, facts=()
    )


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
