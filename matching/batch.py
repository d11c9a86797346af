"""Candidate pairs of a whole collection: records that share a key, found by sorting, with big keys cut to near neighbours."""

from collections.abc import Callable, Sequence
from typing import Any

BIG = 60
"""Records a key may have for all of its pairs to be compared; above, only near neighbours by spelling."""
NEIGHBOURS = 12
TOO_BIG = 20_000
"""Records above which a key says nothing at all: it is dropped."""


def candidate_pairs(
    keys: Sequence[tuple[str, ...]],
    spelled: Sequence[str],
    new: int | None = None,
    progress: Callable[[int], Any] | None = None,
):
    """Pairs of positions (i < j) that share a key, as two numpy arrays; `spelled` orders the members of a big key.

    With `new` given, the first `new` records are compared with the rest only.
    """
    import numpy as np

    hashes, owners = _postings(keys)
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]]) if len(hashes) else np.empty(0, int)
    sizes = np.diff(np.r_[starts, len(hashes)])
    rank = np.empty(len(spelled), np.int64)
    rank[np.argsort(np.array(spelled, dtype=object), kind="stable")] = np.arange(len(spelled))
    found = []
    for size in np.unique(sizes):
        if 2 <= size <= TOO_BIG:
            members = owners[starts[sizes == size][:, None] + np.arange(size)[None, :]]
            found.append(_pairs_of(members, rank))
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    packed = np.unique(np.concatenate(found))
    left, right = packed >> 32, packed & 0xFFFFFFFF
    if new is not None:
        between = (left < new) & (right >= new)
        left, right = left[between], right[between]
    return left, right


def _postings(keys: Sequence[tuple[str, ...]]):
    import numpy as np

    counts = np.fromiter(map(len, keys), np.int64, len(keys))
    hashes = np.fromiter((hash(key) for found in keys for key in found), np.int64, int(counts.sum()))
    return hashes, np.repeat(np.arange(len(keys), dtype=np.int64), counts)


def _pairs_of(members, rank):
    """All pairs of small keys, near neighbours of big ones; one row of `members` a key, all of one size."""
    import numpy as np

    size = members.shape[1]
    if size <= BIG:
        one, two = np.triu_indices(size, 1)
        pairs = [(members[:, one].ravel(), members[:, two].ravel())]
    else:
        members = np.take_along_axis(members, np.argsort(rank[members], axis=1), axis=1)
        pairs = [(members[:, :-step].ravel(), members[:, step:].ravel()) for step in range(1, NEIGHBOURS + 1)]
    return np.concatenate([np.minimum(x, y) << 32 | np.maximum(x, y) for x, y in pairs if len(x)])
