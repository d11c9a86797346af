"""Which known records a new one is compared with."""

from hypothesis import given
from hypothesis import strategies as st

from matching.nearest import COMMON, COMPARED, ENOUGH, SIFTED, best_spelt, rarest, weighed


def test_the_rarest_keys_are_asked_first_and_common_ones_not_beside_them() -> None:
    assert rarest({"w:common": COMMON + 1, "n:rare": 2, "p:none": 0, "c:few": 5}) == ["n:rare", "c:few"]


def test_a_common_key_is_asked_where_there_is_nothing_else() -> None:
    assert rarest({"w:common": COMMON + 1, "w:commoner": COMMON + 1, "p:none": 0}) == ["w:common"]


@given(st.dictionaries(st.text(max_size=4), st.integers(0, COMMON + 1), max_size=40))
def test_what_is_asked_is_bounded(counts: dict[str, int]) -> None:
    assert sum(counts[key] for key in rarest(counts)) <= ENOUGH + COMMON + 1


def test_rare_keys_weigh_more() -> None:
    found = weighed({"rare": 1, "common": 90}, [("common", 7), ("rare", 8), ("common", 8)])
    assert list(found) == [8, 7]
    assert len(weighed({"k": 900}, [("k", number) for number in range(900)])) == SIFTED


def test_the_best_spelt_are_compared() -> None:
    names = {number: f"Harrow Tool {number}" for number in range(100)} | {500: "QUILLFEATHER FOODS"}
    found = best_spelt("Quillfeather Foods", names, dict.fromkeys(names, 0.1))
    assert found[0] == 500
    assert len(found) == COMPARED
