"""Tombstones: an erased person is known again by keyed hashes alone, and not taken in again (TRUST.md, Retention).

The key comes from LOOPIN_SECRET_KEY: with another key the erased are not known again, so it is kept with the backups.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import normalize
from matching.nicknames import head
from service.blackout import is_black
from service.config import Settings
from service.db import settings_of
from service.models import Candidate, EmployerContact, Organisation, Tombstone

STRONG = ("email", "phone", "born")
AT_ONCE = 5000
"""Hashes that one statement asks for."""


class Erased(ValueError):
    """A mention of a person who was erased; it is not recorded."""


@dataclass(frozen=True, slots=True)
class Traits:
    """By what a person is known again: (trait, text) before hashing."""

    kind: str
    found: frozenset[tuple[str, str]]


def traits_of(person: Candidate | EmployerContact) -> Traits:
    """An e-mail address alone; a phone with a first letter of the given name, as it is and in its long form (Norah is
    Nora, Bob is Robert, her father is not she); a birth date with the given name; first and last name, of a contact
    with the employer."""
    spelt = normalize.words(person.name)
    given = head(spelt[0]) if spelt else ""
    found = set()
    at = f" at {person.employer_id}" if isinstance(person, EmployerContact) else ""
    if len(spelt) > 1:
        found.add(("name", "+".join(sorted((given, spelt[-1]))) + at))
    addresses = (person.emails or ()) if isinstance(person, Candidate) else [person.email]
    found |= {("email", normalize.email(address)) for address in addresses if address}
    if isinstance(person, Candidate) and person.date_of_birth and given:
        found.add(("born", f"{given} {person.date_of_birth.isoformat()}"))
    numbers = {normalize.phone(number) for number in person.phones or ()} - {""}
    found |= {("phone", f"{name[0]} {number}") for number in numbers for name in {given, *spelt[:1]}}
    return Traits("candidate" if isinstance(person, Candidate) else "contact", frozenset(found))


def key_of(settings: Settings) -> bytes:
    """The key of this installation's tombstones."""
    return hashlib.sha256(b"tombstone " + settings.secret().encode()).digest()


def hashed(key: bytes, kind: str, trait: str, text: str) -> str:
    """One trait as a tombstone holds it."""
    return hmac.digest(key, f"{kind} {trait} {text}".encode(), "sha256").hex()


def bury(session: Session, person: Candidate | EmployerContact, organisation_id: int | None) -> list[Tombstone]:
    """Hashes by which this person would be known again, in one organisation or (None) in all."""
    key, traits = key_of(settings_of(session)), traits_of(person)
    mark = secrets.token_hex(16)
    made = [
        Tombstone(
            kind=traits.kind,
            person=mark,
            trait=trait,
            hash=hashed(key, traits.kind, trait, text),
            organisation_id=organisation_id,
        )
        for trait, text in sorted(traits.found)
    ]
    session.add_all(made)
    session.flush()
    return made


def is_erased(session: Session, person: Candidate | EmployerContact) -> bool:
    """Was this person erased, for the organisation that names them now?

    A name alone is enough only where nothing that both sides know (address, number, birth date) tells them apart.
    """
    return erased_among(session, [person])[0]


def erased_among(session: Session, people: Sequence[Candidate | EmployerContact]) -> list[bool]:
    """The same of many, in two statements whatever their number."""
    key = key_of(settings_of(session))
    traits = [traits_of(person) for person in people]
    known = [{hashed(key, one.kind, trait, text): trait for trait, text in one.found} for one in traits]
    hits = stones_of(session, {digest for one in known for digest in one})
    whole = _of_persons(session, {hit.person for some in hits.values() for hit in some})
    return [
        is_black(person.name) or any(_means(hit, person, own, whole) for digest in own for hit in hits.get(digest, ()))
        for person, own in zip(people, known, strict=True)
    ]


def stones_of(session: Session, digests: Collection[str]) -> dict[str, list[Tombstone]]:
    """The tombstones with one of these hashes."""
    found: dict[str, list[Tombstone]] = {}
    listed = sorted(digests)
    for start in range(0, len(listed), AT_ONCE):
        some = select(Tombstone).where(Tombstone.hash.in_(listed[start : start + AT_ONCE]))
        for stone in session.scalars(some.order_by(Tombstone.id)):
            found.setdefault(stone.hash, []).append(stone)
    return found


def _of_persons(session: Session, persons: Collection[str]) -> dict[str, list[Tombstone]]:
    """All tombstones of these persons."""
    found: dict[str, list[Tombstone]] = {}
    if persons:
        for stone in session.scalars(select(Tombstone).where(Tombstone.person.in_(persons))):
            found.setdefault(stone.person, []).append(stone)
    return found


def _means(
    hit: Tombstone, person: Candidate | EmployerContact, own: Mapping[str, str], whole: Mapping[str, list[Tombstone]]
) -> bool:
    owner = person.organisation_id if isinstance(person, Candidate) else None
    if hit.organisation_id not in (None, owner):
        return False
    return hit.trait in STRONG or not _told_apart(whole[hit.person], own)


def _told_apart(stones: Iterable[Tombstone], own: Mapping[str, str]) -> bool:
    """Both know an address (or a number, or a birth date), and it is another one."""
    theirs: dict[str, set[str]] = {}
    for stone in stones:
        theirs.setdefault(stone.trait, set()).add(stone.hash)
    return any(trait in own.values() and not theirs[trait] & own.keys() for trait in theirs.keys() & set(STRONG))


def refuse(session: Session, person: Candidate | EmployerContact) -> None:
    """Raises Erased."""
    if is_erased(session, person):
        raise Erased("This person was erased at their request and is not taken in again.")


def as_lines(session: Session, stones: Iterable[Tombstone]) -> list[dict[str, Any]]:
    """Tombstones as JSON that names no row of this database."""
    names = {row.id: row.name for row in session.scalars(select(Organisation))}
    return [
        {
            "kind": stone.kind,
            "person": stone.person,
            "trait": stone.trait,
            "hash": stone.hash,
            "organisation": names.get(stone.organisation_id or 0),
        }
        for stone in stones
    ]


def put_back(session: Session, lines: Iterable[dict[str, Any]]) -> None:
    """Add those that this database lacks: an older backup knows nothing of who was erased since."""
    known = {(row.person, row.trait, row.hash) for row in session.scalars(select(Tombstone))}
    owners = {row.name: row.id for row in session.scalars(select(Organisation))}
    for line in lines:
        key = (line["person"], line["trait"], line["hash"])
        if key not in known:
            known.add(key)
            person, trait, digest = key
            owner = owners.get(line["organisation"] or "")
            session.add(Tombstone(kind=line["kind"], person=person, trait=trait, hash=digest, organisation_id=owner))
    session.flush()


def file_of(settings: Settings) -> Path:
    """A second copy beside the database: for the day on which the database itself is gone."""
    return settings.data_folder / "tombstones.jsonl"


def append(settings: Settings, lines: Iterable[dict[str, Any]]) -> None:
    path = file_of(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        path.chmod(0o600)
        file.writelines(json.dumps(line) + "\n" for line in lines)


def read(settings: Settings) -> list[dict[str, Any]]:
    """What stands in the second copy; a line cut off by a crash is passed over."""
    try:
        text = file_of(settings).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    found = []
    for line in text.splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found
