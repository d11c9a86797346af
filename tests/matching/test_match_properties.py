"""What holds for any two records: order plays no part, keys are few, a record is found again, and is itself."""

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.blocking import MOST_KEYS, keys
from matching.model import changes, match
from matching.records import CandidateRecord, EmployerRecord

NAMES = st.one_of(
    st.lists(
        st.sampled_from(
            "Harrow Quillfeather Tools Lark Bakery Inc LLC The and of 2 North d/b/a S. (new) & Elgin Café".split()
        ),
        max_size=6,
    ).map(" ".join),
    st.text(max_size=40),
)
FEW = st.sampled_from(
    ["", "12 N Lark Ave", "14 Lark Avenue", "900 W Oak St Apt 4", "Lark", "312 555 0101", "x@lark.example"]
)
DATES = st.one_of(st.dates().map(str), st.sampled_from(["", "1990", "1990-99-99", "3/4/1990"]))
EMPLOYERS = st.builds(
    EmployerRecord,
    id=st.just("a"),
    name=NAMES,
    aliases=st.lists(NAMES, max_size=2).map(tuple),
    domains=st.lists(st.sampled_from(["lark.example", "gmail.com", "harrow.example", ""]), max_size=2).map(tuple),
    phones=st.lists(st.sampled_from(["312-555-0101", "5550101", "773 555 0199", "x"]), max_size=2).map(tuple),
    street=FEW,
    city=st.sampled_from(["", "Elgin", "St. Lark", "Elgn"]),
    state=st.sampled_from(["", "IL", "Illinois", "wi"]),
    zip=st.sampled_from(["", "60601", "60601-1234", "60640"]),
)
CANDIDATES = st.builds(
    CandidateRecord,
    id=st.just("a"),
    given_name=st.one_of(st.sampled_from(["Bob", "Robert", "Ana Maria", "J", "Łukasz", ""]), st.text(max_size=15)),
    family_name=st.one_of(st.sampled_from(["Lund", "Lund Jr", "Lopez-Ruiz", "Bob", ""]), st.text(max_size=15)),
    emails=st.lists(st.sampled_from(["bob@mail.example", "x", ""]), max_size=2).map(tuple),
    phones=st.lists(st.sampled_from(["312-555-0101", "5550101"]), max_size=2).map(tuple),
    date_of_birth=DATES,
    street=FEW,
    zip=st.sampled_from(["", "60601", "60640"]),
)
PAIRS = st.one_of(st.tuples(EMPLOYERS, EMPLOYERS), st.tuples(CANDIDATES, CANDIDATES))


@given(PAIRS)
@settings(max_examples=300, deadline=None)
def test_order_plays_no_part(pair) -> None:
    a, b = pair
    assert match(a, b) == match(b, a)


@given(PAIRS)
@settings(deadline=None)
def test_a_probability_and_a_decision(pair) -> None:
    found = match(*pair)
    assert 0 <= found.probability <= 1
    assert found.decision in {"same", "review", ""}
    assert (found.decision == "") == (found.probability < 0.05)
    assert all(0 <= change.probability <= 1 for change in changes(*pair))


@given(st.one_of(EMPLOYERS, CANDIDATES))
@settings(deadline=None)
def test_keys_are_few_short_and_always_the_same(record) -> None:
    found = keys(record)
    assert len(found) <= MOST_KEYS
    assert len(set(found)) == len(found)
    assert all(3 <= len(key) <= 40 and key[1] == ":" for key in found)
    assert keys(record) == found


@given(PAIRS)
@settings(max_examples=300, deadline=None)
def test_nothing_is_likelier_than_the_record_itself(pair) -> None:
    """But for what both lack: a record that adds a phone is not compared by it."""
    a, b = pair
    if not match(a, a).probability:
        return
    assert match(a, a).probability >= match(a, b).probability - 0.05 or _says_more(b)


def _says_more(record) -> bool:
    return True if isinstance(record, CandidateRecord) else bool(record.domains)


@given(st.one_of(EMPLOYERS, CANDIDATES))
@settings(deadline=None)
def test_a_record_that_can_be_matched_has_a_key(record) -> None:
    if match(record, record).probability >= 0.5:
        assert keys(record)
