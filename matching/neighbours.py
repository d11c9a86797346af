"""What third records say about a pair: A and B both like C are likelier one; where A's kin aren't like B, less.

One wrong pair mustn't chain two groups: it is the share of the kin that counts, not that there is a chain.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

from matching.orders import OTHERS

KIN = 0.2
"""Probability from which two records count as kin."""
MOST_KIN = 60
"""Kin of a record of which all pairs are looked at; a giant cluster has enough pairs without."""

Pair = tuple[int, int]


class Neighbours:
    """Kin of each record of a collection, from the probabilities of its pairs (i < j)."""

    def __init__(self, probabilities: Mapping[Pair, float]) -> None:
        self._kin: dict[int, dict[int, float]] = defaultdict(dict)
        for (i, j), probability in probabilities.items():
            if probability >= KIN:
                self._kin[i][j] = self._kin[j][i] = probability

    def levels(self, i: int, j: int) -> dict[str, str]:
        """`others`: mean likeness of each one's kin to the other; `link`: the best third record; empty without kin."""
        empty: dict[int, float] = {}
        one, two = self._kin.get(i, empty), self._kin.get(j, empty)
        agreed = weight = best = 0.0
        for mine, theirs, other in ((one, two, j), (two, one, i)):
            for third, likeness in mine.items():
                if third != other:
                    across = theirs.get(third, 0.0)
                    agreed += likeness * across
                    weight += likeness
                    best = max(best, min(likeness, across))
        if weight < 0.3:
            return {}
        found = {"others": _level("others", agreed / weight)}
        return found | {"link": _level("link", best)} if best else found

    def missing(self, known: Iterable[Pair]) -> list[Pair]:
        """Pairs that have a third record in common and were not compared."""
        seen = set(known)
        found: set[Pair] = set()
        for kin in self._kin.values():
            near = sorted(k for k, likeness in kin.items() if likeness >= 0.5)
            if 1 < len(near) <= MOST_KIN:
                found.update(pair for pair in combinations(near, 2) if pair not in seen)
        return sorted(found)


def _level(field: str, value: float) -> str:
    edges = [level for level in OTHERS[field] if level.startswith("<")]
    return next((level for level in edges if value < float(level[1:])), OTHERS[field][-1])
