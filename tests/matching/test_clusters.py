"""Pairs become groups by average likeness; people's "not the same" always holds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.clusters import clusters, contradictions

IDS = st.integers(0, 12)
PAIRS = st.dictionaries(st.tuples(IDS, IDS).filter(lambda p: p[0] < p[1]), st.floats(0, 1), max_size=40)
CHOSEN = st.lists(st.tuples(IDS, IDS).filter(lambda p: p[0] < p[1]), max_size=6)


def test_one_wrong_pair_chains_nothing() -> None:
    sure = {("a", "b"): 0.99, ("a", "c"): 0.98, ("b", "c"): 0.97, ("x", "y"): 0.99, ("c", "x"): 0.9}
    assert clusters(sure) == [frozenset("abc"), frozenset("xy")]


def test_decided_pairs_come_first() -> None:
    assert clusters({("a", "b"): 0.1}, same=[("a", "b")]) == [frozenset("ab")]
    assert clusters({("a", "b"): 0.99}, different=[("a", "b")]) == []


def test_not_the_same_holds_for_whole_groups() -> None:
    likely = {("a", "b"): 0.99, ("b", "c"): 0.98, ("a", "c"): 0.97}
    assert clusters(likely, different=[("a", "c")]) == [frozenset("ab")]


def test_contradictions_are_shown_as_chains() -> None:
    assert contradictions([("a", "b"), ("b", "c")], [("a", "c"), ("a", "z")]) == [("a", "b", "c")]


@given(PAIRS, CHOSEN, CHOSEN)
@settings(deadline=None)
def test_groups_are_disjoint_and_keep_apart_what_is_apart(pairs, same, different) -> None:
    groups = clusters(pairs, same, different)
    assert sum(map(len, groups)) == len(frozenset().union(*groups))
    assert not any({a, b} <= group for a, b in different for group in groups)


@given(PAIRS)
@settings(deadline=None)
def test_the_order_of_pairs_plays_no_part(pairs) -> None:
    assert clusters(pairs) == clusters(dict(reversed(pairs.items())))
