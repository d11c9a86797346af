"""Initiatives, events, programmes and offices: kept by an organisation or the hub, recognised in mails by their names.

A referral is marked with what brought it; reports count by that mark. Nothing is guessed: only names that somebody
entered are looked for.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import referrals
from service.models import AuditEntry, InboundMessage, Initiative, InitiativePart, InitiativeReferral, Organisation
from service.visibility import NotVisible
from terms.kinds import InitiativeKind, InitiativeRole

SHORTEST = 4
"""Characters of a name that is looked for in any spelling of capitals; a shorter one has to stand as it was entered."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person enters of one: a name is all it needs."""

    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    place: str = ""
    note: str = ""


def find(session: Session, initiative_id: int) -> Initiative:
    """Names and days are every member's. Raises NotVisible."""
    found = session.get(Initiative, initiative_id)
    if found is None:
        raise NotVisible(f"There is no initiative {initiative_id}.")
    return found


def listing(session: Session) -> list[Initiative]:
    """The latest first; those without a day at the end, by name."""
    rows = session.scalars(select(Initiative).order_by(Initiative.name)).all()
    return sorted(rows, key=lambda row: row.starts_on or date.min, reverse=True)


def add(session: Session, entry: Entry, organisation_id: int | None, who: str) -> Initiative:
    """Enter one. Raises ValueError with a sentence."""
    _check(session, entry, None)
    made = Initiative(organisation_id=organisation_id, **_values(entry))
    session.add(made)
    session.flush()
    session.add(AuditEntry(who=who, what="added an initiative", record=f"initiative {made.id}"))
    return made


def change(session: Session, initiative: Initiative, entry: Entry, who: str) -> None:
    """Raises ValueError with a sentence."""
    _check(session, entry, initiative.id)
    for name, value in _values(entry).items():
        setattr(initiative, name, value)
    session.add(AuditEntry(who=who, what="changed an initiative", record=f"initiative {initiative.id}"))


def _values(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "name": entry.name,
        "aliases": list(entry.aliases),
        "starts_on": entry.starts_on,
        "ends_on": entry.ends_on,
        "place": entry.place,
        "note": entry.note,
    }


def _check(session: Session, entry: Entry, own_id: int | None) -> None:
    if not entry.name:
        raise ValueError("A name is needed: what mails call it.")
    if entry.kind not in set(InitiativeKind):
        raise ValueError(f"{entry.kind!r} is no kind of initiative.")
    if entry.starts_on and entry.ends_on and entry.ends_on < entry.starts_on:
        raise ValueError("It has to begin before it ends.")
    spelled = {_folded(name) for name in (entry.name, *entry.aliases)}
    for other in session.scalars(select(Initiative)):
        if other.id != own_id and spelled & {_folded(name) for name in (other.name, *other.aliases)}:
            raise ValueError(f"{other.name} is called that already; a mail could not tell the two apart.")


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def take_part(session: Session, initiative: Initiative, organisation_id: int, role: str, who: str) -> None:
    """Give an organisation a role. Raises ValueError, LookupError."""
    if role not in set(InitiativeRole):
        raise ValueError(f"{role!r} is no role in an initiative.")
    if session.get(Organisation, organisation_id) is None:
        raise LookupError(f"There is no organisation {organisation_id}.")
    if any(part.organisation_id == organisation_id and part.role == role for part in initiative.parts):
        return
    initiative.parts.append(InitiativePart(organisation_id=organisation_id, role=role))
    session.add(AuditEntry(who=who, what="added a role", record=f"initiative {initiative.id}", details={"role": role}))


def leave(session: Session, initiative: Initiative, part_id: int, who: str) -> None:
    """Take a role back. Raises LookupError."""
    part = next((part for part in initiative.parts if part.id == part_id), None)
    if part is None:
        raise LookupError("That role is not there any more.")
    initiative.parts.remove(part)
    session.add(AuditEntry(who=who, what="removed a role", record=f"initiative {initiative.id}"))


def marks(session: Session, referral_id: int) -> list[InitiativeReferral]:
    found = select(InitiativeReferral).where(InitiativeReferral.referral_id == referral_id)
    return list(session.scalars(found.order_by(InitiativeReferral.id)))


def mark(
    session: Session, initiative_id: int, referral_id: int, who: str, *, message_id: int | None = None, words: str = ""
) -> InitiativeReferral:
    """Say that it brought a referral; once. Raises NotVisible, UnknownReferral."""
    initiative, referral = find(session, initiative_id), referrals.find(session, referral_id)
    known = next((one for one in marks(session, referral_id) if one.initiative_id == initiative_id), None)
    if known is not None:
        return known
    made = InitiativeReferral(
        initiative_id=initiative.id, referral_id=referral.id, message_id=message_id, words=words, who=who
    )
    session.add(made)
    referrals.note(session, referral, "marked", initiative.name, who, message_id=message_id)
    return made


def unmark(session: Session, initiative_id: int, referral_id: int, who: str) -> None:
    """Take the mark back; it stays in the history. Raises NotVisible, UnknownReferral."""
    initiative, referral = find(session, initiative_id), referrals.find(session, referral_id)
    for one in marks(session, referral_id):
        if one.initiative_id == initiative_id:
            session.delete(one)
            referrals.note(session, referral, "unmarked", initiative.name, who)


def recognise(session: Session, message: InboundMessage) -> None:
    """Mark the referral of a mail with each initiative that its own words name, or those of a mail it hands on."""
    if message.referral_id is None or message.reading is None:
        return
    text = " \n".join(_words(message.reading))
    taken_back = {
        event.words for event in referrals.find(session, message.referral_id).events if event.kind == "unmarked"
    }
    for initiative in listing(session):
        found = _named(initiative, text) if initiative.name not in taken_back else None
        if found:
            who = message.sender_name or message.sender_address
            mark(session, initiative.id, message.referral_id, who, message_id=message.id, words=found)


def _words(document: Mapping[str, Any]) -> Iterable[str]:
    yield str(document.get("subject") or "")
    yield str(document.get("message") or "")
    yield str((document.get("reply") or {}).get("text") or "")
    if document.get("forwarded"):
        for mail in document.get("chain") or []:
            yield str(mail.get("subject") or "")
            yield str(mail.get("body") or "")


def _named(initiative: Initiative, text: str) -> str | None:
    """The words by which a text names it."""
    for name in (initiative.name, *initiative.aliases):
        wanted = r"\s+".join(map(re.escape, name.split()))
        flags = re.IGNORECASE if len(name) >= SHORTEST else 0
        found = re.search(rf"(?<!\w){wanted}(?!\w)", text, flags) if wanted else None
        if found:
            return " ".join(found[0].split())
    return None
