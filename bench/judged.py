"""Facts that were read from gold mails, each judged against the expected values: (field, confidence, is it right).

A folder holds NN_name.eml, NN_name.expected.json and partners.json, as in tests/mail/mails. A value of a need, contact
or candidate that is not expected at all counts once, as a wrong title or name; what the expected values leave open is
not judged.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mail.directory import Directory
from mail.document import read_document
from mail.prose.names import fold

NO_REFERRAL = {"other", "auto_reply", "bounce"}
_PART = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")
_LEGAL = re.compile(r"\b(?:inc|llc|co|corp|company|ltd)\b\.?")


@dataclass(frozen=True, slots=True)
class Judged:
    """One value that was read. `field` without numbers: "needs.openings"."""

    mail: str
    field: str
    confidence: float
    right: bool


def judged(folder: Path) -> Iterator[Judged]:
    """Every fact of every mail of a folder that can be judged."""
    directory = Directory.from_file(folder / "partners.json")
    for path in sorted(folder.glob("*.eml")):
        expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))["introduction"]
        got = read_document(path.read_bytes(), directory).get("introduction") or {}
        for fact in got.get("facts") or []:
            verdict = _verdict(fact, expected, got)
            if verdict is not None:
                yield Judged(f"{folder.name}/{path.stem}", field_of(fact["field"]), fact["confidence"], verdict)


def field_of(path: str) -> str:
    return re.sub(r"\[\d+\]", "", path)


def _verdict(fact: Mapping[str, Any], expected: Mapping[str, Any], got: Mapping[str, Any]) -> bool | None:
    """Whether a fact is right; None where the expected values don't say."""
    if expected["kind"] in NO_REFERRAL:
        return False if fact["field"].endswith(("title", "name", "_org")) else None
    first, _, rest = fact["field"].partition(".")
    match = _PART.match(first)
    name, index = (match[1], int(match[2] or 0)) if match else (first, 0)
    judge = _JUDGES.get(name)
    return judge(fact, expected, got, index, field_of(rest)) if judge else None


def plain(text: Any) -> str:
    return " ".join(re.findall(r"[^\W_]+", _LEGAL.sub("", fold(str(text or "")).replace("&", " and "))))


def _names(expected: Mapping[str, Any], *keys: str) -> set[str]:
    found: list[str] = []
    for key in keys:
        value = expected.get(key)
        found += [value] if isinstance(value, str) else value or []
    return {plain(value) for value in found}


def _employer(fact: Any, expected: Any, got: Any, index: int, rest: str) -> bool | None:
    if rest != "name":
        return None
    return plain(fact["value"]) in _names(expected.get("employer") or {}, "name", "accept")


def _referring(fact: Any, expected: Any, got: Any, index: int, rest: str) -> bool | None:
    return plain(fact["value"]) == plain(expected["referring_org"]) if "referring_org" in expected else None


def _receiving(fact: Any, expected: Any, got: Any, index: int, rest: str) -> bool | None:
    if "receiving_orgs" not in expected:
        return None
    return plain(fact["value"]) in {plain(name) for name in expected["receiving_orgs"]}


def _person(listed: str) -> Callable[..., bool | None]:
    def judge(fact: Any, expected: Any, got: Any, index: int, rest: str) -> bool | None:
        if listed not in expected:
            return None
        name = plain(got[listed][index]["name"])
        known = [*expected[listed], *(expected.get(f"{listed}_optional") or [])]
        person = next((one for one in known if name in _names(one, "name", "name_accept")), None)
        if rest == "name":
            return person is not None
        if person is None or not person.get(rest):
            return None
        if rest == "phones":
            return _digits(fact["value"]) in {_digits(phone) for phone in person["phones"]}
        return plain(fact["value"]) in _names(person, rest, f"{rest}_accept")

    return judge


def _digits(phone: Any) -> str:
    return re.sub(r"\D", "", re.split(r"(?i)\s*(?:x|ext)", str(phone))[0])[-10:]


def _words(title: Any) -> set[str]:
    return {
        word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word for word in plain(title).split()
    }


def _is_need(expected: Mapping[str, Any], title: str) -> bool:
    said = _words(title)
    titles = [expected["title"], *expected.get("title_accept", [])]
    return any(_words(one) and _words(one) <= said and len(said) <= len(_words(one)) + 3 for one in titles)


def _need(fact: Any, expected: Any, got: Any, index: int, rest: str) -> bool | None:
    title = got["needs"][index]["title"]
    need = next((one for one in expected.get("needs") or [] if _is_need(one, title)), None)
    if rest == "title":
        return need is not None
    return _NEED[rest](need, fact["value"]) if need is not None and rest in _NEED else None


def _location(need: Mapping[str, Any], value: str) -> bool | None:
    accept = [need.get("location"), *need.get("location_accept", [])]
    return any(one and plain(one.split(",")[0]) in plain(value) for one in accept)


def _start(need: Mapping[str, Any], value: str) -> bool | None:
    return value == need.get("start_date")


def _population(need: Mapping[str, Any], value: str) -> bool | None:
    return value in {*(need.get("populations") or []), *(need.get("populations_optional") or [])}


_NEED: dict[str, Callable[[Mapping[str, Any], Any], bool | None]] = {
    "openings": lambda need, value: value in {need.get("openings"), *need.get("openings_accept", [])},
    "wage_min": lambda need, value: abs(float(value) - float(need.get("wage_min") or 0)) < 0.006,
    "wage_max": lambda need, value: abs(float(value) - float(need.get("wage_max") or 0)) < 0.006,
    "wage_unit": lambda need, value: None if need.get("wage_unit_inferred") else value == need.get("wage_unit"),
    "location": _location,
    "start_date": _start,
    "pathway": lambda need, value: value == need["pathway"] if need.get("pathway") else None,
    "populations": _population,
}


def _status(fact: Any, expected: Any, got: Any, index: int, rest: str) -> bool | None:
    wanted = expected.get("status") or {}
    if rest == "referral":
        return (
            None
            if not wanted.get("referral")
            else fact["value"] in {wanted["referral"], *wanted.get("referral_accept", [])}
        )
    listed, _, what = rest.partition(".")
    if listed not in ("hired", "not_hired", "openings_left") or listed not in wanted:
        return None
    if what == "name":
        known = [*wanted[listed], *wanted.get(f"{listed}_optional", [])]
        return plain(fact["value"]) in {plain(person["name"]) for person in known}
    return fact["value"] in {one["openings"] for one in wanted[listed]} if what == "openings" else None


_JUDGES: dict[str, Callable[..., bool | None]] = {
    "employer": _employer,
    "referring_org": _referring,
    "receiving_orgs": _receiving,
    "contacts": _person("contacts"),
    "candidates": _person("candidates"),
    "needs": _need,
    "status": _status,
}
