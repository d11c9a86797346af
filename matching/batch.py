"""A whole collection at once: equal records become one group, and groups that share a key become candidate pairs.

Equal ones are grouped before any key is cut, so that a giant cluster of one spelling costs nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from matching.blocking import form_keys
from matching.forms import KEPT, CandidateForm, Form, candidate_form, employer_form
from matching.records import CandidateRecord, Record

BIG = 60
"""Groups a key may have for all of its pairs to be compared; above, only near neighbours by spelling."""
NEIGHBOURS = 12
TOO_BIG = 20_000
"""Groups above which a key says nothing at all: it is dropped."""
MANY = 200_000
"""Groups from which keys are cut shorter and pairs are sifted by spelling before they are compared."""
MANY_BIG = 20
MANY_NEIGHBOURS = 5
ALIKE = 0.62
"""Least similarity of spelling of a sifted pair, unless a telling key may have brought it: domain, phone, street."""
CHUNK = 1 << 20

Progress = Callable[[str, int, int], None]
"""Called with what is done now, how many of it are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Records that are equal once normalised. `new` and `known` are positions in the list of records; without a second
    file all are new. `left` and `right` are the candidate pairs of groups, left < right, as numpy arrays;
    `sifted` is how many more shared a key, but were spelt too differently."""

    forms: list[Form]
    new: list[list[int]]
    known: list[list[int]]
    left: Any
    right: Any
    sifted: int = 0

    def sizes(self) -> list[int]:
        """Records of each group."""
        return [len(new) + len(known) for new, known in zip(self.new, self.known, strict=True)]


def grouped(records: Sequence[Record], new: int | None = None, progress: Progress | None = None) -> Groups:
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
    left, right, sifted = candidate_pairs([form_keys(form) for form in forms], [spelled(form) for form in forms])
    if new is not None:
        left, right = _between(*members, left, right)
    return Groups(forms, *members, left, right, sifted)


def _kept(record: Record) -> Form:
    return candidate_form(record) if isinstance(record, CandidateRecord) else employer_form(record)


def _fresh(record: Record) -> Form:
    """Past the cache, which a large collection would only wash out."""
    if isinstance(record, CandidateRecord):
        return candidate_form.__wrapped__(record)
    return employer_form.__wrapped__(record)


def _between(new: list[list[int]], known: list[list[int]], left, right):
    import numpy as np

    has_new = np.array([bool(members) for members in new])
    has_known = np.array([bool(members) for members in known])
    across = has_new[left] & has_known[right] | has_known[left] & has_new[right]
    return left[across], right[across]


def spelled(form: Form) -> str:
    """What orders the members of a big key, and what pairs are sifted by."""
    if isinstance(form, CandidateForm):
        return "".join((*form.family, *form.given))
    return form.names[0].compact if form.names else ""


def candidate_pairs(keys: Sequence[tuple[str, ...]], spelled: Sequence[str]):
    """Pairs of positions (i < j) that share a key, as two numpy arrays, and how many were sifted out; `spelled` orders
    the members of a big key."""
    import numpy as np

    many = len(keys) > MANY
    big, neighbours = (MANY_BIG, MANY_NEIGHBOURS) if many else (BIG, NEIGHBOURS)
    hashes, owners = _postings(keys)
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]]) if len(hashes) else np.empty(0, int)
    sizes = np.diff(np.r_[starts, len(hashes)])
    del hashes, order
    names = np.array(spelled, dtype=object)
    rank = np.empty(len(spelled), np.int32)
    rank[np.argsort(names, kind="stable")] = np.arange(len(spelled), dtype=np.int32)
    telling = np.fromiter((any(key[:2] in _TELLING for key in found) for found in keys), bool, len(keys))
    found = [np.empty(0, np.int64)]
    dropped = 0
    for size in np.unique(sizes):
        if 2 <= size <= TOO_BIG:
            members = owners[starts[sizes == size][:, None] + np.arange(size)[None, :]]
            pairs = np.unique(_pairs_of(members, rank, big, neighbours))
            found.append(_sifted(pairs, names, telling) if many else pairs)
            dropped += len(pairs) - len(found[-1])
    packed = np.unique(np.concatenate(found))
    return np.right_shift(packed, 32), np.bitwise_and(packed, 0xFFFFFFFF), dropped


def _postings(keys: Sequence[tuple[str, ...]]):
    import numpy as np

    counts = np.fromiter(map(len, keys), np.int64, len(keys))
    hashes = np.fromiter((hash(key) for found in keys for key in found), np.int64, int(counts.sum()))
    return hashes, np.repeat(np.arange(len(keys), dtype=np.int32), counts)


def _pairs_of(members, rank, big: int, neighbours: int):
    """All pairs of small keys, near neighbours of big ones; one row of `members` a key, all of one size."""
    import numpy as np

    members = members.astype(np.int64)
    size = members.shape[1]
    if size <= big:
        one, two = np.triu_indices(size, 1)
        pairs = [(members[:, one].ravel(), members[:, two].ravel())]
    else:
        members = np.take_along_axis(members, np.argsort(rank[members], axis=1), axis=1)
        pairs = [(members[:, :-step].ravel(), members[:, step:].ravel()) for step in range(1, neighbours + 1)]
    return np.concatenate([np.minimum(x, y) << 32 | np.maximum(x, y) for x, y in pairs if len(x)])


def _sifted(packed, names, telling):
    """Pairs that are spelt somewhat alike, or that a telling key may have brought together."""
    import numpy as np
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cpdist

    kept = [np.empty(0, np.int64)]
    for start in range(0, len(packed), CHUNK):
        pairs = packed[start : start + CHUNK]
        left, right = pairs >> 32, pairs & 0xFFFFFFFF
        alike = cpdist(names[left], names[right], scorer=Indel.normalized_similarity, score_cutoff=ALIKE, workers=-1)
        kept.append(pairs[(alike >= ALIKE) | telling[left] & telling[right]])
    return np.concatenate(kept)


_TELLING = frozenset({"d:", "p:", "a:", "m:"})
