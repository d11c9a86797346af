"""A need while it is being read: its values, each with the words it came from."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from mail.prose.nouns import singular
from mail.prose.trades import word_set
from mail.values import Fact, Need

_CONFIDENCE = {
    "location": 0.85,
    "start_date": 0.88,
    "populations": 0.8,
    "pathway": 0.9,
    "shift": 0.8,
    "requirements": 0.7,
}
_PLAIN = word_set("""
the and for with shift time job position of de a an part full new person worker operator
""")


@dataclass(slots=True)
class Draft:
    """`no_start`: the words say "as soon as possible" or the like, so that no date of others may be given to it."""

    title: str
    head: str
    part: str
    block: int
    line: int
    score: float
    values: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, list[Fact]] = field(default_factory=dict)
    no_start: bool = False
    gone: bool = False
    words: frozenset[str] = frozenset()
    sentence: str = ""
    listed: bool = False  # a singular title in a list

    def say(self, name: str, value: Any, part: str, start: int, words: str, confidence: float | None = None) -> None:
        """Set a value with its words; what was said before is replaced."""
        self.values[name] = value
        self.facts[name] = [self._fact(name, value, part, start, words, confidence)]

    def add(self, name: str, value: Any, part: str, start: int, words: str, confidence: float | None = None) -> None:
        """One more value of a field that holds several."""
        if value not in self.values.get(name, ()):
            self.values[name] = (*self.values.get(name, ()), value)
            self.facts.setdefault(name, []).append(self._fact(name, value, part, start, words, confidence))

    def _fact(self, name: str, value: Any, part: str, start: int, words: str, confidence: float | None) -> Fact:
        sure = _CONFIDENCE.get(name, 0.9) if confidence is None else confidence
        shown = value.isoformat() if isinstance(value, date) else value
        return Fact(name, shown, round(sure, 2), part, start, start + len(words), words)

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None

    def need(self) -> Need:
        start = self.values.get("start_date")
        return Need(
            title=self.title,
            openings=self.values.get("openings"),
            wage_min=self.values.get("wage_min"),
            wage_max=self.values.get("wage_max"),
            wage_unit=self.values.get("wage_unit"),
            location=self.values.get("location"),
            start_date=start.isoformat() if start else None,
            pathway=self.values.get("pathway"),
            populations=tuple(self.values.get("populations", ())),
            requirements=tuple(self.values.get("requirements", ())),
            shift=self.values.get("shift"),
        )

    def all_facts(self) -> tuple[Fact, ...]:
        return tuple(fact for facts in self.facts.values() for fact in facts)


_SHORT = {
    "op": "operator",
    "ops": "operator",
    "tech": "technician",
    "rep": "representative",
    "asst": "assistant",
    "mgr": "manager",
    "admin": "administrator",
    "sysadmin": "administrator",
}


def shared_word(word: str) -> str:
    """The full form of a short word for a job: tech and technician are one."""
    return _SHORT.get(word, word)


@lru_cache(maxsize=2048)
def content_words(text: str) -> frozenset[str]:
    """The singular words of a title or sentence, without those that tell no job from another."""
    words = (shared_word(singular(word).lower()) for word in re.findall(r"[^\W\d_][\w-]*", text))
    return frozenset(
        piece for word in words for piece in (word, *re.split(r"[-/]", word)) if len(piece) > 1 and piece not in _PLAIN
    )
