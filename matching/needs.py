"""A need as it is put to the matcher: what is asked, where, for whom, and by whom."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_CODE = re.compile(r"^\d{2}-\d{4}")


_LONGEST = 20_000  # characters of a field that are read; a mail's own words are far shorter


class NeedUnreadable(ValueError):
    """A need can't be used; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class NeedAsked:
    """One need. `text`: the words of the mail; `codes`: SOC codes where they are known already; `asked_for`: partners
    named by whoever asks; `excluded`: partners that must not be suggested (asked before, said no)."""

    title: str
    openings: int = 1
    text: str = ""
    employer: str = ""
    overview: str = ""
    industry: str = ""
    location: str = ""
    pathway: str = ""
    populations: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    wage_min: float | None = None
    wage_max: float | None = None
    wage_unit: str = ""
    codes: tuple[tuple[str, float], ...] = ()
    referring_org: str = ""
    agreement_required: bool = False
    asked_for: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Any) -> "NeedAsked":
        """The contract's need with "text" and "employer". Raises NeedUnreadable."""
        if not isinstance(data, Mapping):
            raise NeedUnreadable("a need is a JSON object")
        title, text = _words(data, "title"), _words(data, "text")
        if not title and not text:
            raise NeedUnreadable('a need has a "title" or a "text"')
        employer = data.get("employer")
        company = employer if isinstance(employer, Mapping) else {"name": employer}
        asked = data.get("asked_for") or data.get("receiving_org")
        return cls(
            title=title,
            openings=_count(data.get("openings")),
            text=text,
            employer=_words(company, "name"),
            overview=_words(company, "overview"),
            industry=_words(data, "industry") or _words(company, "industry"),
            location=_words(data, "location"),
            pathway=_words(data, "pathway"),
            populations=_list(data.get("populations")),
            languages=_list(data.get("languages")),
            requirements=_list(data.get("requirements")),
            wage_min=_amount(data.get("wage_min")),
            wage_max=_amount(data.get("wage_max")),
            wage_unit=_words(data, "wage_unit"),
            codes=_codes(data.get("occupation")),
            referring_org=_words(data, "referring_org"),
            agreement_required=bool(data.get("agreement_required")),
            asked_for=_list(asked),
            excluded=_list(data.get("excluded")),
        )


def _words(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    return " ".join(str(value)[:_LONGEST].split()) if isinstance(value, str | int | float) else ""


def _list(values: Any) -> tuple[str, ...]:
    several = values if isinstance(values, list | tuple) else [values]
    return tuple(dict.fromkeys(str(value).strip() for value in several if value and str(value).strip()))


def _count(value: Any) -> int:
    return max(int(value), 1) if isinstance(value, int | float) and 0 < value < 100_000 else 1


def _amount(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _codes(value: Any) -> tuple[tuple[str, float], ...]:
    """SOC codes with confidence, from {"code", "confidence"}, a list of such, or a bare code."""
    found = []
    for entry in value if isinstance(value, list) else [value]:
        code = entry.get("code") if isinstance(entry, Mapping) else entry
        if isinstance(code, str) and _CODE.match(code):
            sure = entry.get("confidence") if isinstance(entry, Mapping) else 1.0
            found.append((code[:7], float(sure) if isinstance(sure, int | float) else 0.8))
    return tuple(found)
