"""How common words, names and shared numbers are: "green cleaning" is common, "quillfeather" is rare."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import log

from matching.parameters_file import FOLDER

UNLISTED = 1e-5
"""Share of a word that no table knows."""
SHIPPED_WEIGHT = 2000
"""The shipped table counts as that many records beside a file's own."""
MOST_SEEN = 1_000_000
"""Rarities that are kept once computed."""


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Counts over a collection: `words` by kind (employer, given_name, family_name, place), `shared` by value.

    `shared` holds phones and domains with the number of *different names* they stand beside: a switchboard, a web host.
    """

    total: int = 0
    words: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    shared: Mapping[str, int] = field(default_factory=dict)
    seen: dict[tuple[str, str], float] = field(default_factory=dict, repr=False, compare=False)

    def rarity(self, kind: str, word: str) -> float:
        """-ln of the smoothed share of records with this word: about 4 for "service", 11.5 for a word never seen."""
        found = self.seen.get((kind, word))
        if found is None:
            if len(self.seen) > MOST_SEEN:
                self.seen.clear()
            found = self.seen[kind, word] = self._rarity(kind, word)
        return found

    def _rarity(self, kind: str, word: str) -> float:
        known = shipped(kind).get(word, UNLISTED)
        own = self.words.get(kind, {}).get(word, 0) if self.total else 0
        return -log((own + SHIPPED_WEIGHT * known) / (self.total + SHIPPED_WEIGHT))


@lru_cache(maxsize=8)
def shipped(kind: str) -> dict[str, float]:
    """Shares of common words of a kind, from parameters/common_words.json."""
    tiers = json.loads((FOLDER / "common_words.json").read_text(encoding="utf-8"))[kind]
    return {word: float(share) for share, text in reversed(tiers.items()) for word in text.split()}


def count(records: Iterable[tuple[Mapping[str, Iterable[str]], int]]) -> Frequencies:
    """Frequencies of a collection: for each record {kind: words}, and how often it is there."""
    counts: dict[str, dict[str, int]] = {}
    total = 0
    for words, times in records:
        total += times
        for kind, found in words.items():
            table = counts.setdefault(kind, {})
            for word in set(found):
                table[word] = table.get(word, 0) + times
    return Frequencies(total, counts)


NOTHING_COUNTED = Frequencies()
