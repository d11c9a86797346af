"""Polish names and positions as a sentence bends them, put back into the nominative: "panią Bożeną Zawadzką"."""

import re
from functools import lru_cache

from mail.prose.names import is_given

_ADJECTIVE = (("kiego", "ki"), ("kiemu", "ki"), ("kim", "ki"), ("dzkiej", "dzka"), ("kiej", "ka"), ("ką", "ka"))
_BEFORE = re.compile(
    r"(?i)(?<!\w)(?:pana|panem|panu|panią|pani|z|ze|do|od|dla|przez|u|o|przy|kontakt z|właściciel\w*|kierowni\w+|"
    r"szef\w*|dyrektor\w*|syn\w*|żon\w+|przyj\w+|zatrudni\w+|wzi\w+|poleca\w*|i|oraz|,)\s+(?:pan\w+\s+)?$"
)
_AND = re.compile(r"(?i)(?<!\w)(?:i|oraz|,)\s+$")
"""Behind these a name in the nominative is none that is bent."""
_TITLES = (
    ("właścicielką", "właścicielka"), ("właścicielki", "właścicielka"), ("właścicielce", "właścicielka"),
    ("właścicielem", "właściciel"), ("właściciela", "właściciel"), ("właścicielowi", "właściciel"),
    ("kierowniczką", "kierowniczka"), ("kierowniczki", "kierowniczka"), ("kierownikiem", "kierownik"),
    ("kierownika", "kierownik"), ("kierownikowi", "kierownik"), ("dyrektorką", "dyrektorka"),
    ("dyrektorem", "dyrektor"), ("dyrektora", "dyrektor"), ("prezesem", "prezes"), ("prezesa", "prezes"),
    ("prezeską", "prezeska"), ("szefem", "szef"), ("szefa", "szef"), ("szefową", "szefowa"), ("szefowej", "szefowa"),
    ("koordynatorką", "koordynatorka"), ("koordynatorem", "koordynator"), ("menedżerem", "menedżer"),
    ("menedżerką", "menedżerka"), ("brygadzistą", "brygadzista"), ("kadrową", "kadrowa"), ("kadrowej", "kadrowa"),
    ("majstrem", "majster"), ("mistrzem", "mistrz"), ("mistrza", "mistrz"),
)  # fmt: skip
BENT_TITLES = "|".join(bent for bent, _ in _TITLES)
"""The bent forms, one alternative of a pattern each."""


def nominative_title(title: str) -> str:
    """A position in the nominative; unchanged where its first word is no known one."""
    for bent, plain in _TITLES:
        if title.lower().startswith(bent):
            return plain + _BENT_ADJECTIVE.sub("y", title[len(bent) :])
    return title


_BENT_ADJECTIVE = re.compile(r"(?<=n)(?:ym|ego)$|(?<=ow)(?:ym|ego)$")
"""Of "dyrektorem operacyjnym": operacyjny."""


def cases(name: str) -> tuple[str, ...]:
    """The forms in which a Polish sentence may bend a given name, itself among them."""
    stem = name[:-1]
    if name.endswith("a"):
        soft = {"r": "rze", "t": "cie", "d": "dzie", "k": "ce", "g": "dze"}.get(stem[-1:], "ie")
        return (
            name,
            f"{stem}y",
            f"{stem}i",
            f"{stem}ą",
            f"{stem}ę",
            f"{stem}o",
            stem[:-1] + soft if soft != "ie" else f"{stem}ie",
        )
    if name.endswith("ek"):
        return (name, *(f"{name[:-2]}k{ending}" for ending in ("a", "iem", "owi", "u")))
    return (name, *(f"{name}{ending}" for ending in ("a", "em", "owi", "u")))


def nominative(name: str, before: str) -> str:
    """A person's name in the nominative. `before`: the words in front of it, which must be such as bend it."""
    words = name.split()
    if len(words) < 2 or not _BEFORE.search(before) or (is_given(words[0]) and _AND.search(before)):
        return name
    first = _given(words[0])
    if first is None or first == words[0]:
        return name
    return " ".join([first, *(_family(word, first) for word in words[1:])])


@lru_cache(maxsize=512)
def _given(word: str) -> str | None:
    """The given name of which a word is a case; None where none is known."""
    if word.endswith(("ą", "ę")):
        return word[:-1] + "a"
    for stem in _stems(word):
        if is_given(stem):
            return stem
    return word if is_given(word) else None


def _stems(word: str) -> list[str]:
    stems = []
    for ending in ("iem", "em", "owi", "a", "iej", "y", "i"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            fleeting = [stem[:-1] + "e" + stem[-1]] if ending in ("iem", "em", "owi", "a") and stem[-1] in "kł" else []
            stems += [stem + "a", stem] if ending in ("y", "i", "iej") else [*fleeting, stem]
    return stems


def _family(word: str, first: str) -> str:
    """The family name beside a given name: adjectives by their endings, others by the case endings of nouns."""
    for bent, plain in _ADJECTIVE:
        if word.endswith(bent):
            return word[: -len(bent)] + (plain if not first.endswith("a") else plain.replace("ki", "ka"))
    if word.endswith(("ą", "ę")):
        return word[:-1] + "a"
    if first.endswith("a"):
        return word
    if word.endswith("iem") and word[-4:-3] in ("k", "g"):
        stem = word[:-3]
        return stem[:-1] + "e" + stem[-1] if len(stem) > 2 and stem[-2] not in "aeiouyąęól" else stem
    for ending in ("em", "owi"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)]
    if word.endswith("ka") and len(word) > 4 and word[-3] not in "aeiouyąęó":
        return word[:-2] + "ek"
    return word[:-1] if word.endswith("a") and len(word) > 3 and word[-2] not in "aeiouyąęó" else word
