"""Erased persons whom a mail names in its prose alone: known again by the hashes of names, addresses and numbers in it.

A name is two capitalised words beside each other, in either order, with at most one between them. A name that somebody
bears whom the network knows (a candidate, a contact, a user, who is on the mail itself) is not taken for the erased
person's; numbers are only covered together with a name or an address of the same person.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matching import normalize
from matching.nicknames import head
from service import tombstones
from service.blackout import Person
from service.db import settings_of
from service.models import Candidate, EmployerContact, InboundMessage, Participant, Tombstone, User

_RUN = re.compile(r"[^\W\d_a-z][\w'’-]{0,40}(?:[ ,.>*\n]{1,4}[^\W\d_a-z][\w'’-]{0,40}){1,11}")
_WORD = re.compile(r"[\w'’-]+")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_NUMBER = re.compile(r"\+?\(?\d[\d().\s-]{6,20}\d")
MOST_TEXT = 200_000
"""Characters of a mail that are looked at."""
_FURTHEST = 3
"""Words from the first to the last of a name, both counted."""


@dataclass(slots=True)
class Said:
    """What a mail's prose may name somebody by: (kind, trait, text) of a tombstone to its spellings."""

    spellings: dict[tuple[str, str, str], set[str]] = field(default_factory=dict)

    def add(self, kind: str, trait: str, text: str, spelling: str) -> None:
        self.spellings.setdefault((kind, trait, text), set()).add(spelling)


def erased_in(
    session: Session, message: InboundMessage, organisation_id: int | None, others: Iterable[str]
) -> list[Person]:
    """The erased persons whom a mail's words name, spelt as they are there. `organisation_id` is its sender's, `others`
    are names of people in it who were not erased."""
    said = Said()
    left = MOST_TEXT
    for text in _texts(message.reading):
        _look(said, text[:left])
        left -= min(left, len(text))
    key = tombstones.key_of(settings_of(session))
    digests = {tombstones.hashed(key, *trait): trait for trait in said.spellings}
    hits = tombstones.stones_of(session, digests)
    people: dict[str, list[tuple[Tombstone, set[str]]]] = {}
    for digest, stones in hits.items():
        for stone in stones:
            if stone.organisation_id in (None, organisation_id):
                people.setdefault(stone.person, []).append((stone, said.spellings[digests[digest]]))
    found = [_person(named) for named in people.values() if any(stone.trait != "phone" for stone, _ in named)]
    spared = _bearers(session, message.id, others, {name for person in found for name in person.names})
    for person in found:
        if not person.emails:
            person.names = [name for name in person.names if _spelt(name) not in spared]
    return [person for person in found if person.names or person.emails]


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _look(said: Said, text: str) -> None:
    initials = set()
    for run in _RUN.finditer(text):
        words = list(_WORD.finditer(run[0]))
        for at, first in enumerate(words):
            for last in words[at + 1 : at + _FURTHEST]:
                spelling = run[0][first.start() : last.end()]
                spelt = normalize.words(first[0]), normalize.words(last[0])
                if all(spelt):
                    _name(said, spelt[0][0], spelt[1][-1], spelling)
                    initials |= {letter for words in spelt for word in words for letter in (word[0], head(word)[0])}
    for found in _ADDRESS.finditer(text):
        for kind in ("candidate", "contact"):
            said.add(kind, "email", normalize.email(found[0]), found[0])
    for found in _NUMBER.finditer(text):
        number = normalize.phone(found[0])
        for letter in initials if number else ():
            for kind in ("candidate", "contact"):
                said.add(kind, "phone", f"{letter} {number}", found[0])


def _name(said: Said, one: str, other: str, spelling: str) -> None:
    """In either order, as tombstones.traits_of puts it together."""
    for given, family in ((one, other), (other, one)):
        said.add("candidate", "name", "+".join(sorted((head(given), family))), spelling)


def _person(named: Iterable[tuple[Tombstone, set[str]]]) -> Person:
    spelt: dict[str, list[str]] = {"name": [], "email": [], "phone": []}
    for stone, spellings in named:
        spelt.setdefault(stone.trait, []).extend(sorted(spellings))
    return Person(spelt["name"], spelt["email"], spelt["phone"])


def _spelt(name: str) -> str:
    return " ".join(normalize.words(name))


def _bearers(session: Session, message_id: int, others: Iterable[str], names: set[str]) -> set[str]:
    """Those of these names that somebody bears who is known and not erased."""
    if not names:
        return set()
    wanted = {_spelt(name) for name in names}
    lowered = sorted({" ".join(name.split()).lower() for name in names})
    known = [
        name
        for column in (Candidate.name, EmployerContact.name, User.name)
        for name in session.scalars(select(column).where(func.lower(column).in_(lowered)))
    ]
    known += session.scalars(select(Participant.name).where(Participant.message_id == message_id))
    return {_spelt(name) for name in (*known, *others)} & wanted
