"""A whole collection at once: equal records become one group, and groups that share a key become candidate pairs.

Equal ones are grouped before any key is cut, so that a giant cluster of one spelling costs nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from matching.forms import KEPT, Form, candidate_form, employer_form
from matching.pairing import candidate_pairs
from matching.records import CandidateRecord, Record

Progress = Callable[[str, int, int], None]
"""Called with what is done now, how many of it are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Records that are equal once normalised. `new` and `known` are positions in the list of records; without a second
    file (`two`) all are new. `left` and `right` are the candidate pairs of groups, left < right, as numpy arrays;
    `sifted` is how many more shared a key, but were spelt too differently; `dropped` how many keys were too common."""

    forms: list[Form]
    new: list[list[int]]
    known: list[list[int]]
    left: Any
    right: Any
    sifted: int = 0
    dropped: int = 0
    two: bool = False

    def sizes(self) -> list[int]:
        """Records of each group."""
        return [len(new) + len(known) for new, known in zip(self.new, self.known, strict=True)]

    def records(self) -> int:
        return sum(map(len, self.new)) + sum(map(len, self.known))

    def pairs(self, i: int, j: int) -> int:
        """Pairs of records that two different groups stand for."""
        if self.two:
            return len(self.new[i]) * len(self.known[j]) + len(self.known[i]) * len(self.new[j])
        return len(self.new[i]) * len(self.new[j])


def grouped(
    records: Sequence[Record], new: int | None = None, progress: Progress | None = None, processes: int = 1
) -> Groups:
    """Groups and their candidate pairs. With `new` given, only pairs between the first `new` records and the rest."""
    places: dict[Form, int] = {}
    members: tuple[list[list[int]], list[list[int]]] = ([], [])
    large = len(records) > KEPT
    for position, record in enumerate(records):
        form = _fresh(record) if large else _kept(record)
        place = places.get(form)
        if place is None:
            place = places[form] = len(places)
            members[0].append([])
            members[1].append([])
        members[new is not None and position >= new][place].append(position)
        if progress and position % 10_000 == 0:
            progress("reading names", position, len(records))
    forms = list(places)
    del places
    found = candidate_pairs(forms, None if new is None else (_any(members[0]), _any(members[1])), processes)
    if progress and found.dropped:
        progress(f"{found.dropped} keys too common, left out", len(records), len(records))
    return Groups(forms, *members, found.left, found.right, found.sifted, found.dropped, new is not None)


def _kept(record: Record) -> Form:
    return candidate_form(record) if isinstance(record, CandidateRecord) else employer_form(record)


def _fresh(record: Record) -> Form:
    """Past the cache, which a large collection would only wash out."""
    if isinstance(record, CandidateRecord):
        return candidate_form.__wrapped__(record)
    return employer_form.__wrapped__(record)


def _any(members: list[list[int]]):
    import numpy as np

    return np.fromiter(map(bool, members), bool, len(members))
