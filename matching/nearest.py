"""Which of many known records a new one is compared with: by the keys that they share, then by how names are spelt.

A shared key counts the more the fewer records have it. A comparison takes forty microseconds, a look at two spellings
one: so the keys bring some hundred records, and the best few of them are compared.
"""

from collections.abc import Iterable, Mapping

COMMON = 100
"""Holders of a key that are counted; a key that more records have says nothing beside rarer ones."""
ENOUGH = 300
"""Holders after which the next rarest key isn't asked."""
SIFTED = 100
"""Records whose spelling is looked at."""
COMPARED = 20
"""Records that are compared: of twice as many the right one was no oftener among the first ten."""
PEOPLE = 8
"""People that are compared: those of the rarest keys in common, for a person has more of them than a company."""
KEYED = 100
"""What a key that nobody else has weighs beside a likeness in per cent."""


def rarest(counts: Mapping[str, int]) -> list[str]:
    """The keys to be asked, rarest first; the rarest one also where that is common."""
    chosen: list[str] = []
    expected = 0
    for key, count in sorted((item for item in counts.items() if item[1]), key=lambda item: (item[1], item[0])):
        if chosen and (count > COMMON or expected >= ENOUGH):
            break
        chosen.append(key)
        expected += count
    return chosen


def weighed(counts: Mapping[str, int], holders: Iterable[tuple[str, int]]) -> dict[int, float]:
    """Record to the weight of the keys that it shares, from (key, record): the SIFTED heaviest, heaviest first."""
    weights: dict[int, float] = {}
    for key, record in holders:
        weights[record] = weights.get(record, 0.0) + (1 + counts[key]) ** -0.5
    return dict(sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:SIFTED])


def best_spelt(name: str, names: Mapping[int, str], weights: Mapping[int, float]) -> list[int]:
    """The COMPARED records whose names are most like this one, or whose keys weigh most."""
    from rapidfuzz.fuzz import ratio, token_set_ratio

    said = name.casefold()

    def closeness(record: int) -> float:
        other = names[record].casefold()
        return token_set_ratio(said, other) + ratio(said, other) + KEYED * weights[record]

    return sorted(names, key=lambda record: (-closeness(record), record))[:COMPARED]
