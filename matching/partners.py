"""Partner profiles as the matcher sees them: services, whom they serve and where, agreements, and when somebody last
confirmed it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

_CODE = re.compile(r"^\s*(\d{2}-\d{4})(?:\.\d{2})?")


class DirectoryUnreadable(ValueError):
    """The partner directory can't be used; the message is one sentence for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """An MOU, LOI or contract with another organisation. `end` is the last day that it holds, None where open."""

    partner: str
    kind: str = ""
    status: str = ""
    end: date | None = None

    def holds(self, today: date) -> bool:
        return self.status.lower() in ("signed", "active", "in force") and (self.end is None or today <= self.end)


@dataclass(frozen=True, slots=True)
class Service:
    """One thing that a partner does for employers or job seekers.

    `occupations` are SOC codes that the partner declared; `trades` the occupations it named in words. `requires` are
    populations to which its candidates must belong by the provider's own rule. Empty always means "not said",
    `capacity` None too; `capacity_on` is the day on which somebody said so.
    """

    name: str
    kind: str = ""
    description: str = ""
    occupations: tuple[str, ...] = ()
    trades: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    pathways: tuple[str, ...] = ()
    capacity: int | None = None
    capacity_on: date | None = None
    status: str = "active"
    agreement_required: bool = False

    @property
    def text(self) -> str:
        return ". ".join(part for part in (self.name, self.description, *self.trades) if part)


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation of the network with its services. `confirmed_on`: when a person last said that all this is
    true."""

    name: str
    kind: str = ""
    description: str = ""
    services: tuple[Service, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    aliases: tuple[str, ...] = ()
    confirmed_on: date | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Partner":
        """A partner of the contract's directory; unknown keys are ignored. Raises DirectoryUnreadable."""
        if not isinstance(data, Mapping) or not str(data.get("name") or "").strip():
            raise DirectoryUnreadable("a partner of the directory has no name")
        name = " ".join(str(data["name"]).split())
        return cls(
            name=name,
            kind=str(data.get("kind") or ""),
            description=str(data.get("description") or ""),
            services=tuple(_service(name, entry) for entry in _several(name, data, "services")),
            agreements=tuple(_agreement(name, entry) for entry in _several(name, data, "agreements")),
            aliases=_strings(data.get("aliases")),
            confirmed_on=_day(data.get("confirmed_on")),
        )

    def agreement_with(self, organisation: str, today: date) -> Agreement | None:
        """The agreement with that organisation, one that holds before one that doesn't."""
        with_it = [a for a in self.agreements if a.partner.casefold() == organisation.casefold()]
        return max(with_it, key=lambda agreement: agreement.holds(today), default=None)


def partners_from_json(data: Any) -> tuple[Partner, ...]:
    """The partners of a directory file: {"partners": [...]}, or the bare list. Raises DirectoryUnreadable."""
    entries = data.get("partners") if isinstance(data, Mapping) else data
    if not isinstance(entries, list):
        raise DirectoryUnreadable('a partner directory needs a list "partners"')
    return tuple(Partner.from_json(entry) for entry in entries)


def read_directory(path: Path) -> tuple[Partner, ...]:
    """Raises DirectoryUnreadable, OSError."""
    try:
        return partners_from_json(json.loads(path.read_text(encoding="utf-8-sig")))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise DirectoryUnreadable(f"{path} is no JSON: {error}") from error


def _several(partner: str, data: Mapping[str, Any], key: str) -> Sequence[Any]:
    found = data.get(key) or ()
    if not isinstance(found, list | tuple):
        raise DirectoryUnreadable(f'the "{key}" of {partner} are not a list')
    return found


def _service(partner: str, entry: Any) -> Service:
    if isinstance(entry, str):
        return Service(entry)
    if not isinstance(entry, Mapping):
        raise DirectoryUnreadable(f"a service of {partner} is neither an object nor a name")
    codes, trades = _occupations(entry.get("occupations"))
    return Service(
        name=str(entry.get("name") or ""),
        kind=str(entry.get("kind") or ""),
        description=str(entry.get("description") or ""),
        occupations=codes,
        trades=trades,
        industries=_strings(entry.get("industries")),
        populations=_strings(entry.get("populations")),
        requires=_strings(entry.get("requires")),
        areas=_strings(entry.get("areas")),
        languages=_strings(entry.get("languages")),
        pathways=_strings(entry.get("pathways")),
        capacity=_capacity(entry.get("capacity")),
        capacity_on=_day(entry.get("capacity_on")),
        status=str(entry.get("status") or "active"),
        agreement_required=bool(entry.get("agreement_required")),
    )


def _occupations(values: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes and words: "51-4121", "51-4121 Welders", {"code": ..., "title": ...} and "welder" are all in use."""
    codes: list[str] = []
    trades: list[str] = []
    for value in values if isinstance(values, list | tuple) else [values] if values else ():
        text = str(value.get("code") or value.get("title") or "") if isinstance(value, Mapping) else str(value)
        code = _CODE.match(text)
        if code:
            codes.append(code.group(1))
        elif text.strip():
            trades.append(text.strip())
    return tuple(dict.fromkeys(codes)), tuple(dict.fromkeys(trades))


def _agreement(partner: str, entry: Any) -> Agreement:
    if not isinstance(entry, Mapping):
        raise DirectoryUnreadable(f"an agreement of {partner} is not an object")
    return Agreement(
        partner=str(entry.get("with") or ""),
        kind=str(entry.get("kind") or ""),
        status=str(entry.get("status") or ""),
        end=_day(entry.get("end") or entry.get("ends") or entry.get("expires")),
    )


def _capacity(value: Any) -> int | None:
    """A number of people, or HSDS 3.1's {"available": n, ...}; None where it isn't said."""
    if isinstance(value, Mapping):
        value = value.get("available")
    if isinstance(value, bool) or value is None:
        return None
    try:
        return max(int(float(value)), 0)
    except (TypeError, ValueError, OverflowError):
        return None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def _strings(values: Any) -> tuple[str, ...]:
    several = values if isinstance(values, list | tuple) else [values]
    return tuple(dict.fromkeys(str(value).strip() for value in several if value and str(value).strip()))
