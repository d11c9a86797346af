"""All candidate pairs of a collection compared, each once: which levels a pair has is a number, levels are few."""

from array import array
from dataclasses import dataclass
from typing import Any

from matching.batch import Groups, Progress
from matching.compare import Levels, form_levels
from matching.forked import in_parts
from matching.frequencies import Frequencies

CHUNK = 10_000
"""Pairs between two reports of progress; parts take turns at so many."""
WORTH_A_PROCESS = 50_000
"""Pairs from which a second process is worth its start."""


@dataclass(frozen=True, slots=True)
class Compared:
    """`kinds` are the different sets of levels, `of` a numpy array: the place there of each candidate pair's."""

    kinds: list[Levels]
    of: Any


def compared(
    groups: Groups, frequencies: Frequencies, processes: int = 1, progress: Progress | None = None
) -> Compared:
    """Levels of every candidate pair; the same whatever the number of processes."""
    import numpy as np

    number = len(groups.left)
    parts = processes if number >= WORTH_A_PROCESS else 1

    def part_of(part: int, parts: int) -> tuple[list[tuple], Any]:
        return _part(groups, frequencies, range(part * CHUNK, number, parts * CHUNK), None if part else progress)

    places: dict[tuple, int] = {}
    of = np.empty(number, np.int32)
    for part, (kinds, found) in enumerate(in_parts(part_of, parts)):
        place = np.array([places.setdefault(kind, len(places)) for kind in kinds], np.int32)
        taken = 0
        for start in range(part * CHUNK, number, parts * CHUNK):
            chunk = of[start : start + CHUNK]
            chunk[:] = place[found[taken : taken + len(chunk)]]
            taken += len(chunk)
    return Compared([dict(zip(fields, levels, strict=True)) for fields, levels in places], of)


def _part(groups: Groups, frequencies: Frequencies, starts: range, progress: Progress | None):
    """The kinds of some chunks, and the kind of each pair in them."""
    import numpy as np

    forms = groups.forms
    kinds: dict[tuple, int] = {}
    found = array("i")
    for start in starts:
        chunk = slice(start, start + CHUNK)
        for i, j in zip(groups.left[chunk].tolist(), groups.right[chunk].tolist(), strict=True):
            levels = form_levels(forms[i], forms[j], frequencies)
            found.append(kinds.setdefault((tuple(levels), tuple(levels.values())), len(kinds)))
        if progress:
            progress("comparing", min(start + CHUNK, len(groups.left)), len(groups.left))
    return list(kinds), np.frombuffer(found, np.int32) if found else np.empty(0, np.int32)
