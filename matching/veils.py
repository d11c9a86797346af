"""A person as keyed hashes alone: what may leave an organisation's records where no consent covers more.

A veil holds no word of a person: names, their short forms, every name less a letter, addresses, numbers, birth dates
and places stand in it as hashes under a key that stays with the installation; without it none can be guessed back.
Hashed keys are personal data too: veils are made when they are compared, and nobody keeps them.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from matching.forms import candidate_form
from matching.frequencies import NOTHING_COUNTED
from matching.nicknames import groups_of
from matching.records import CandidateRecord

KEPT = 4096
"""Veils that are kept: one record is compared with many."""

Hashes = frozenset[str]


def hashed(text: str, key: bytes) -> str:
    """A keyed hash of 96 bits (BLAKE2b as a MAC, RFC 7693), in hexadecimal digits. The key has up to 64 bytes."""
    return hashlib.blake2b(text.encode(), key=key, digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class Name:
    """A given or family name: `whole` run together, its `words` and those of three letters and more, whom the first may
    be short for, slips, pairs of letters. `rarity` is how rare its rarest word is, as a given and as a family name;
    `short`: one letter alone."""

    whole: str
    words: Hashes
    long_words: Hashes
    nicknames: Hashes
    initial: str
    short: bool
    slips: Hashes
    letters: Hashes
    rarity: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Phone:
    """A number, its last seven digits, and whether these are all of it."""

    whole: str
    tail: str
    short: bool


@dataclass(frozen=True, slots=True)
class Born:
    """A birth date: whole, its parts from the year on, with a digit hidden each, with day and month swapped."""

    whole: str
    parts: tuple[str, ...]
    slips: Hashes
    swapped: str


@dataclass(frozen=True, slots=True)
class Place:
    """House number and street, city, zip code with its first three digits, and with a digit hidden each, state."""

    number: str
    street: str
    city: str
    zip: str
    area: str
    zip_slips: Hashes
    state: str


@dataclass(frozen=True, slots=True)
class Veil:
    """An empty value is one that is not known."""

    given: Name | None
    family: Name | None
    suffix: str
    born: Born | None
    emails: Hashes
    phones: tuple[Phone, ...]
    place: Place


@lru_cache(maxsize=KEPT)
def veil(record: CandidateRecord, key: bytes) -> Veil:
    """The hashes of a person under this key, of up to 64 bytes."""
    form = candidate_form(record)
    seal = _Seal(key)
    number, names, _ = form.street
    return Veil(
        given=_name(form.given, seal),
        family=_name(form.family, seal),
        suffix=seal("suffix", form.suffix),
        born=_born(form.born, seal) if form.born else None,
        emails=seal.all("e-mail", form.emails),
        phones=tuple(
            Phone(seal("phone", phone), seal("last seven", phone[-7:]), len(phone) == 7) for phone in form.phones
        ),
        place=Place(
            number=seal("number", number),
            street=seal("street", "".join(names)),
            city=seal("city", form.city),
            zip=seal("zip", form.zip),
            area=seal("area", form.zip[:3]),
            zip_slips=seal.all("zip", _hiding_one(form.zip)),
            state=seal("state", form.state),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Seal:
    key: bytes

    def __call__(self, kind: str, text: str) -> str:
        return hashed(f"{kind} {text}", self.key) if text else ""

    def all(self, kind: str, texts: Iterable[str]) -> Hashes:
        return frozenset(self(kind, text) for text in texts)


def _name(words: tuple[str, ...], seal: _Seal) -> Name | None:
    if not words:
        return None
    whole = "".join(words)
    ends = f"^{whole}$"
    as_given, as_family = (
        max(round(NOTHING_COUNTED.rarity(kind, word), 1) for word in words) for kind in ("given_name", "family_name")
    )
    return Name(
        whole=seal("name", whole),
        words=seal.all("name", words),
        long_words=seal.all("name", (word for word in words if len(word) > 2)),
        nicknames=seal.all("group", (str(number) for number in groups_of(words[0]))),
        initial=seal("initial", whole[0]),
        short=len(whole) == 1,
        slips=seal.all("slip", _less_a_letter(whole)),
        letters=seal.all("letters", (ends[at : at + 2] for at in range(len(ends) - 1))),
        rarity=(as_given, as_family),
    )


def _less_a_letter(word: str) -> list[str]:
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))] if len(word) > 2 else []


def _hiding_one(digits: str) -> list[str]:
    return [f"{digits[:at]}?{digits[at + 1 :]}" for at, digit in enumerate(digits) if digit.isalnum()]


def _born(born: str, seal: _Seal) -> Born:
    parts = born.split("-")
    whole = len(parts) == 3
    return Born(
        whole=seal("born", born),
        parts=tuple(seal(f"born {place}", part) for place, part in enumerate(parts)),
        slips=seal.all("born", _hiding_one(born)) if whole else frozenset(),
        swapped=seal("born", f"{parts[0]}-{parts[2]}-{parts[1]}") if whole else "",
    )
