"""Candidate pairs of a whole collection, in arrays: what shares a key, and in a large collection is spelt alike too.

A rare key brings all of its pairs, a common one only near neighbours by spelling, one that is in everything nothing.
A pair of a large collection is then sifted in two strokes that cost a microsecond, where a comparison costs thirty:
of pairs that names alone brought together one in fifteen is left, and of those that a comparison finds 96 in 100.
"""

from array import array
from dataclasses import dataclass
from typing import Any

from matching.blocking import form_keys
from matching.forked import in_parts
from matching.forms import CandidateForm, Form
from matching.wide_keys import acronyms, wide_keys

BIG = 60
"""Groups a key may have for all of its pairs to be compared; above, only near neighbours by spelling."""
NEIGHBOURS = 12
TOO_BIG = 20_000
"""Groups above which a key says nothing at all: it is dropped, and counted."""
MANY = 30_000
"""Groups from which pairs are sifted by spelling before they are compared."""
ALIKE = 0.75
"""Least likeness of two spellings; or the half of one, where nearly all words of one name stand in the other."""
HALF, INSIDE = 0.5, 90
AT_ONCE = 1 << 22
"""Pairs that are put together before they are sifted."""
TELLING = frozenset({"d:", "p:", "a:", "m:"})
"""Keys of other things than names: what they bring together is compared however it is spelt."""


Sides = tuple[Any, Any]
"""Two arrays of truth values a form: whether it is on one side, whether on the other; it may be on both."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of positions, left < right, as numpy arrays; how many more were sifted out, and how many keys dropped."""

    left: Any
    right: Any
    sifted: int
    dropped: int


def candidate_pairs(forms: list[Form], sides: Sides | None = None, processes: int = 1) -> Candidates:
    """The pairs of different forms that are worth a comparison; with two sides only those with one of each."""
    import numpy as np

    sift = _Sift(forms, processes) if len(forms) >= MANY else None
    hashes, owners = _postings(forms, processes if sift else 1)
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]]) if len(hashes) else np.empty(0, int)
    sizes = np.diff(np.r_[starts, len(hashes)])
    telling = (hashes[starts] & 1).astype(bool)
    del hashes, order
    rank = _ranks(forms)
    dropped = int((sizes > TOO_BIG).sum())
    kept, sifted = [np.empty(0, np.int64)], 0
    for told in (True, False):
        waiting: list[Any] = []
        for size in np.unique(sizes[(telling == told) & (sizes > 1) & (sizes <= TOO_BIG)]):
            at = starts[(sizes == size) & (telling == told)]
            for some in np.array_split(at, max(1, len(at) * _pairs_a_key(int(size)) // AT_ONCE)):
                waiting.append(_pairs_of(owners[some[:, None] + np.arange(size)[None, :]], rank))
                if sum(map(len, waiting)) >= AT_ONCE:
                    sifted += _settle(waiting, kept, sides, None if told else sift)
        sifted += _settle(waiting, kept, sides, None if told else sift)
    packed = _different(kept)
    return Candidates(np.right_shift(packed, 32), np.bitwise_and(packed, 0xFFFFFFFF), sifted, dropped)


def _settle(waiting: list, kept: list, sides: Sides | None, sift: "_Sift | None") -> int:
    """Move what waits to what is kept, through the sift where there is one; how many stayed behind."""
    pairs = _different(waiting)
    waiting.clear()
    if sides is not None:
        left, right = pairs >> 32, pairs & 0xFFFFFFFF
        pairs = pairs[sides[0][left] & sides[1][right] | sides[1][left] & sides[0][right]]
    kept.append(sift(pairs) if sift else pairs)
    return len(pairs) - len(kept[-1])


def _different(parts: list):
    """All of the parts in order, each number once: by sorting, which takes a third of numpy's own unique."""
    import numpy as np

    merged = np.concatenate(parts) if parts else np.empty(0, np.int64)
    merged.sort()
    return merged[np.r_[True, merged[1:] != merged[:-1]]] if len(merged) else merged


def _postings(forms: list[Form], processes: int):
    """A hash a key, its last bit telling whether the key is TELLING, and the position of the form that has it."""
    import numpy as np

    short_names = acronyms(forms) if len(forms) < MANY else None

    def part_of(part: int, parts: int):
        return _hashes(forms[len(forms) * part // parts : len(forms) * (part + 1) // parts], short_names)

    found = in_parts(part_of, processes)
    counted = np.concatenate([counts for _, counts in found])
    return np.concatenate([hashes for hashes, _ in found]), np.repeat(np.arange(len(forms), dtype=np.int32), counted)


def _hashes(forms: list[Form], short_names: frozenset[str] | None):
    """Hashes of all keys, and how many each form has; a forked process hashes as this one does. Without `short_names`
    the list is large, and has no wide keys."""
    import numpy as np

    hashes, counts = array("q"), array("l")
    for form in forms:
        found = form_keys(form)
        if short_names is not None:
            found = tuple(dict.fromkeys((*found, *wide_keys(form, short_names))))
        hashes.extend([hash(key) & ~1 | (key[:2] in TELLING) for key in found])
        counts.append(len(found))
    return np.array(hashes, np.int64), np.array(counts, np.int64)


def spelled(form: Form) -> str:
    """What orders the members of a big key: the name run together."""
    if isinstance(form, CandidateForm):
        return "".join((*form.family, *form.given))
    return form.names[0].compact if form.names else ""


def _ranks(forms: list[Form]):
    import numpy as np

    names = np.array([spelled(form) for form in forms], dtype=object)
    rank = np.empty(len(names), np.int32)
    rank[np.argsort(names, kind="stable")] = np.arange(len(names), dtype=np.int32)
    return rank


def _pairs_a_key(size: int) -> int:
    return size * (size - 1) // 2 if size <= BIG else size * NEIGHBOURS


def _pairs_of(members, rank):
    """Pairs packed in one number each; one row of `members` a key, all of one size."""
    import numpy as np

    members = members.astype(np.int64)
    size = members.shape[1]
    if size <= BIG:
        one, two = np.triu_indices(size, 1)
        pairs = [(members[:, one].ravel(), members[:, two].ravel())]
    else:
        members = np.take_along_axis(members, np.argsort(rank[members], axis=1), axis=1)
        pairs = [(members[:, :-step].ravel(), members[:, step:].ravel()) for step in range(1, NEIGHBOURS + 1)]
    return np.concatenate([np.minimum(x, y) << 32 | np.maximum(x, y) for x, y in pairs])


class _Sift:
    """Lets pairs through that are spelt alike: run together, or word by word."""

    def __init__(self, forms: list[Form], threads: int) -> None:
        import numpy as np

        self.threads = threads
        self.joined = np.array([_said(form, "") for form in forms], dtype=object)
        self.spaced = np.array([_said(form, " ") for form in forms], dtype=object)

    def __call__(self, packed):
        import numpy as np
        from rapidfuzz.distance import Indel
        from rapidfuzz.fuzz import token_set_ratio
        from rapidfuzz.process import cpdist

        left, right = packed >> 32, packed & 0xFFFFFFFF
        alike = cpdist(
            self.joined[left],
            self.joined[right],
            scorer=Indel.normalized_similarity,
            score_cutoff=HALF,
            workers=self.threads,
        )
        kept = alike >= ALIKE
        doubtful = np.flatnonzero((alike >= HALF) & ~kept)
        left, right = left[doubtful], right[doubtful]
        alike = cpdist(self.spaced[left], self.spaced[right], scorer=token_set_ratio, workers=self.threads)
        kept[doubtful] = alike >= INSIDE
        return packed[kept]


def _said(form: Form, between: str) -> str:
    """The words that are compared: of a person also the birth date and the zip code, which outlast a family name."""
    if isinstance(form, CandidateForm):
        return between.join((*form.family, *form.given, form.born.replace("-", ""), form.zip))
    return between.join(form.names[0].tokens) if form.names else ""
