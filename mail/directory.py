"""The partner directory as the reader of mails sees it: who writes from which address, and which names mean whom."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from terms.words import FREE_MAIL_DOMAINS


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation of the network. `addresses` are single mailboxes that belong to it whatever their domain."""

    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    kind: str = "other"


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a person's correction taught (mail.lessons). `kind` is one of terms.kinds.LessonKind.

    It holds for mails of one organisation, of one sender address, or of both; of everybody where neither is named.
    `trigger` is the spelling, the subject's form or the line by which it is recognised, `value` what is meant. `sure`
    is 0 to 1; `source` says in words who taught it when.
    """

    id: int
    kind: str
    trigger: str = ""
    value: str = ""
    field: str = ""
    organisation: str = ""
    sender: str = ""
    sure: float = 0.9
    source: str = ""


@dataclass(frozen=True, slots=True)
class Directory:
    """Partners, the tracker's own addresses, and what was learnt of how they write."""

    partners: tuple[Partner, ...] = ()
    tracker: frozenset[str] = frozenset()
    lessons: tuple[Lesson, ...] = field(default=(), compare=False)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Directory":
        """Read the contract's directory: {"tracker": [...], "partners": [...]}, perhaps with "lessons", each with the
        names of `Lesson`. Raises ValueError with one sentence."""
        partners = data.get("partners")
        if not isinstance(partners, list):
            raise ValueError('a partner directory needs a list "partners"')
        return cls(
            tuple(_partner(position, entry) for position, entry in enumerate(partners)),
            frozenset(str(address).lower() for address in data.get("tracker") or ()),
            tuple(_lesson(entry) for entry in data.get("lessons") or ()),
        )

    @classmethod
    def from_file(cls, path: str | Path) -> "Directory":
        """Raises OSError where the file can't be opened, ValueError where it is no directory."""
        return cls.from_json(json.loads(Path(path).read_text(encoding="utf-8-sig")))

    def is_tracker(self, address: str) -> bool:
        """Also with a plus part: track+token@x is track@x."""
        local, _, domain = address.lower().partition("@")
        return f"{local.partition('+')[0]}@{domain}" in self.tracker or address.lower() in self.tracker

    def by_address(self, address: str) -> tuple[Partner, ...]:
        """Every partner that this mailbox may belong to: exact address first, else its domain or a parent of it.

        Several where organisations share a domain; none for free mail and for strangers.
        """
        address = address.lower()
        exact = tuple(p for p in self.partners if address in p.addresses)
        if exact:
            return exact
        domain = address.rpartition("@")[2]
        while domain.count(".") >= 1:
            if domain in FREE_MAIL_DOMAINS:
                return ()
            found = tuple(p for p in self.partners if domain in p.domains)
            if found:
                return found
            domain = domain.partition(".")[2]
        return ()


def _partner(position: int, entry: Any) -> Partner:
    if not isinstance(entry, Mapping) or not entry.get("name"):
        raise ValueError(f"partner {position + 1} of the directory has no name")
    return Partner(
        name=str(entry["name"]).strip(),
        aliases=_strings(entry.get("aliases")),
        domains=tuple(domain.lower() for domain in _strings(entry.get("domains"))),
        addresses=tuple(address.lower() for address in _strings(entry.get("addresses"))),
        kind=str(entry.get("kind") or "other"),
    )


_LESSON = tuple(each.name for each in fields(Lesson))


def _lesson(entry: Any) -> Lesson:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("id"), int) or not entry.get("kind"):
        raise ValueError("a lesson of the directory has a number as id, and a kind")
    return Lesson(**{name: entry[name] for name in _LESSON if name in entry})


def _strings(values: Iterable[Any] | None) -> tuple[str, ...]:
    return tuple(str(value).strip() for value in values or () if str(value).strip())
