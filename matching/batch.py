"""A whole collection at once: equal records become one group, and groups that share a key become candidate pairs.

Equal ones are grouped before any key is cut, so that a giant cluster of one spelling costs nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.blocking import keys
from matching.forms import CandidateForm, EmployerForm, candidate_form, employer_form
from matching.records import CandidateRecord, Record

BIG = 60
"""Groups a key may have for all of its pairs to be compared; above, only near neighbours by spelling."""
NEIGHBOURS = 12
TOO_BIG = 20_000
"""Groups above which a key says nothing at all: it is dropped."""

Form = EmployerForm | CandidateForm


@dataclass(frozen=True, slots=True)
class Groups:
    """Records that are equal once normalised. `new` and `known` are positions in the list of records; without a second
    file all are new and `known` is empty. `left` and `right` are candidate pairs of groups, left < right."""

    forms: list[Form]
    new: list[list[int]]
    known: list[list[int]]
    left: list[int]
    right: list[int]


def form_of(record: Record) -> Form:
    return candidate_form(record) if isinstance(record, CandidateRecord) else employer_form(record)


def grouped(records: Sequence[Record], new: int | None = None) -> Groups:
    """Groups and their candidate pairs. With `new` given, only pairs between the first `new` records and the rest."""
    places: dict[Form, int] = {}
    groups = Groups([], [], [], [], [])
    firsts: list[Record] = []
    for position, record in enumerate(records):
        form = form_of(record)
        place = places.get(form)
        if place is None:
            place = places[form] = len(groups.forms)
            groups.forms.append(form)
            groups.new.append([])
            groups.known.append([])
            firsts.append(record)
        (groups.new if new is None or position < new else groups.known)[place].append(position)
    del places
    left, right = candidate_pairs([keys(record) for record in firsts], [spelled(form) for form in groups.forms])
    if new is not None:
        left, right = _between(groups, left, right)
    groups.left.extend(left.tolist())
    groups.right.extend(right.tolist())
    return groups


def _between(groups: Groups, left, right):
    import numpy as np

    has_new = np.array([bool(members) for members in groups.new])
    has_known = np.array([bool(members) for members in groups.known])
    across = has_new[left] & has_known[right] | has_known[left] & has_new[right]
    return left[across], right[across]


def spelled(form: Form) -> str:
    """What orders the members of a big key."""
    if isinstance(form, CandidateForm):
        return "".join((*form.family, *form.given))
    return form.names[0].compact if form.names else ""


def candidate_pairs(keys: Sequence[tuple[str, ...]], spelled: Sequence[str]):
    """Pairs of positions (i < j) that share a key, as two numpy arrays; `spelled` orders the members of a big key."""
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
            found.append(np.unique(_pairs_of(members, rank)))
    packed = np.unique(np.concatenate([np.empty(0, np.int64), *found]))
    return np.right_shift(packed, 32), np.bitwise_and(packed, 0xFFFFFFFF)


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
