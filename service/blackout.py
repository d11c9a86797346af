"""Words by which a person would be known, and text with them blacked out: one block a letter, so that places stay."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

BLOCK = "█"
_BETWEEN = r"[\s>*_.,'\"-]{1,8}"  # what may stand between the words of a name, a line's end and a quote mark too
_SHORTEST = 3


@dataclass(slots=True)
class Person:
    """What is known of somebody who is to be forgotten."""

    names: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)


def surely(people: Iterable[Person], *, names: bool = True) -> Callable[[str], str]:
    """Full names in either order, addresses and numbers; without `names` the latter two alone."""
    return _blacking(_sure(people, names))


def widely(people: Iterable[Person], spare: str = "") -> Callable[[str], str]:
    """The same with single words of a name and initials, for what is about this person. Words of `spare` (employers,
    organisations) stay."""
    people = list(people)
    kept = {word.casefold() for word in re.findall(r"\w+", spare)}
    words = {
        form
        for person in people
        for name in person.names
        for word in re.findall(r"[^\W\d_]+", name)
        if len(word) >= _SHORTEST and word.casefold() not in kept
        for form in (word, word.upper(), word.capitalize())
    }
    initials = {" ".join(f"{word[0]}." for word in name.split()[:3]) for p in people for name in p.names if " " in name}
    return _blacking([*_sure(people, True), *(re.escape(one) for one in sorted(words | initials, key=len)[::-1])])


def _sure(people: Iterable[Person], names: bool) -> list[str]:
    found = []
    for person in people:
        found += [f"(?i:{re.escape(email)})" for email in person.emails if email]
        found += [_number(phone) for phone in person.phones if len(re.sub(r"\D", "", phone)) >= 7]
        found += [f"(?i:{order})" for name in person.names if names for order in _orders(name.split())]
    return sorted(dict.fromkeys(found), key=len)[::-1]


def _orders(words: list[str]) -> list[str]:
    """Nora A. Feld; Feld, Nora A.; Nora Feld."""
    if len(words) < 2:
        return []
    orders = [words, [words[-1], *words[:-1]], [words[0], words[-1]], [words[-1], words[0]]]
    return [_BETWEEN.join(re.escape(word.rstrip(".,")) for word in order) for order in orders]


def _number(phone: str) -> str:
    digits = re.sub(r"\D", "", phone)[-10:]
    return r"(?:\+?1[\s.-]?)?\(?" + r"[\s().-]{0,3}".join(digits)


def _blacking(pieces: list[str]) -> Callable[[str], str]:
    if not pieces:
        return lambda text: text
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(pieces) + r")(?!\w)")
    return lambda text: pattern.sub(lambda found: re.sub(r"\S", BLOCK, found[0]), text)


def over(value: Any, cover: Callable[[str], str]) -> Any:
    """A JSON value with every text in it blacked out."""
    if isinstance(value, str):
        return cover(value)
    if isinstance(value, list):
        return [over(one, cover) for one in value]
    return {key: over(one, cover) for key, one in value.items()} if isinstance(value, dict) else value


def is_black(text: str) -> bool:
    """Nothing of a name is left."""
    return BLOCK in text and not re.search(r"[^\W\d_]", text.replace(BLOCK, ""))
