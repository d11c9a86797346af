"""Employers: which are one, which are a person's question, and which only have to do with each other."""

from typing import Any

import pytest

from matching.frequencies import NOTHING_COUNTED
from matching.model import Match, changes, match
from matching.records import EmployerRecord


def employer(name: str, **fields: Any) -> EmployerRecord:
    return EmployerRecord("x", name, **fields)


LARK = {"street": "12 N Lark Ave", "zip": "60601"}
OAK = {"street": "900 W Oak St", "zip": "60640"}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (employer("Quillfeather Foods, Inc.", **LARK), employer("QUILLFEATHER FOODS", **LARK)),
        (employer("Quillfeather Foods", **LARK), employer("The Quillfeathre Foods Company", **LARK)),
        (
            employer("Cafe Lorino", phones=("312-555-0101",), **LARK),
            employer("Lorino's Café & Bar", phones=("(312) 555-0101",), **LARK),
        ),
        (employer("Ünal Metallbau GmbH", **LARK), employer("Unal Metallbau", **LARK)),
        (employer("Harrow Mfg. Co.", **LARK), employer("Harrow Manufacturing Company", **LARK)),
    ],
)
def test_surely_one(a: EmployerRecord, b: EmployerRecord) -> None:
    assert match(a, b).decision == "same"


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (("Harrow Tool & Die", "Harrow Tool and Die Inc"), ("Harrow Tool & Die", "Harrow Dental")),
        (("Quillfeather", "Quilfeather"), ("Quillfeather", "Quicksilver")),
        (("Quillfeather Cleaning", "Quillfeather Cleaning"), ("Green Cleaning", "Green Cleaning")),
        (("Tools Harrow", "Harrow Tools"), ("Harrow Tools", "Harrow Foods")),
        (("Midwest Packing and Storage Company", "MPSC"), ("Midwest Packing and Storage Company", "MXRT")),
        (("Facebrook Homes", "Face Brook Homes"), ("Facebrook Homes", "Stonebrook Homes")),
        (("Harrow Bakery of Elgin", "Harrow Bakery"), ("Harrow Bakery Quillfeather", "Harrow Bakery")),
        (("Lark Bakery #1", "Lark Bakery No. 1"), ("Lark Bakery #1", "Lark Bakery #2")),
        (("Lark Bakery North", "Lark Bakery North"), ("Lark Bakery North", "Lark Bakery South")),
    ],
)
def test_likelier_than(better: tuple[str, str], worse: tuple[str, str]) -> None:
    likely, unlikely = [match(employer(a), employer(b)).probability for a, b in (better, worse)]
    assert likely > unlikely


@pytest.mark.parametrize(
    ("field", "same", "other"),
    [
        ("phones", ("312-555-0101",), ("312-555-0177",)),
        ("domains", ("harrow.example",), ("lark.example",)),
        ("street", "12 N Lark Ave", "900 W Oak St"),
        ("zip", "60601", "60640"),
        ("city", "Elgin", "Joliet"),
    ],
)
def test_a_field_speaks_for_when_same_and_against_when_other(field: str, same: object, other: object) -> None:
    one = employer("Harrow Tools", **{field: same})
    agreeing = match(one, employer("Harrow Tools Inc", **{field: same}))
    silent = match(one, employer("Harrow Tools Inc"))
    disagreeing = match(one, employer("Harrow Tools Inc", **{field: other}))
    assert agreeing.probability > silent.probability > disagreeing.probability


def test_free_mail_and_shared_hosts_identify_nobody() -> None:
    for host in ("gmail.com", "https://harrow.wixsite.com"):
        one, two = employer("Harrow Tools", domains=(host,)), employer("Lark Bakery", domains=(host,))
        assert match(one, two).probability < 0.05


def test_a_shared_building_is_not_enough() -> None:
    assert match(employer("Harrow Tools", **LARK), employer("Zeta Dental", **LARK)).decision != "same"


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (employer("Lark Bakery", **LARK), employer("Lark Bakery", **OAK), "branch"),
        (employer("Lark Bakery #1", **LARK), employer("Lark Bakery #2", **LARK), "branch"),
        (employer("Lark Bakery East"), employer("Lark Bakery West"), "branch"),
        (employer("Brightwater Staffing", **LARK), employer("Lark Bakery", **LARK), "staffing agency"),
        (employer("Holdco LLC d/b/a Lark Bakery"), employer("Lark Bakery"), "d/b/a"),
        (
            employer("Harrow Health", domains=("harrow.example",), **LARK),
            employer("Harrow Health Physicians Group", domains=("harrow.example",), **OAK),
            "branch",
        ),
        (employer("Lark Bakery"), employer("Lark Bakery"), None),
    ],
)
def test_related_is_not_merged(a: EmployerRecord, b: EmployerRecord, relation: str | None) -> None:
    found = match(a, b)
    assert found.relation == relation
    assert relation is None or found.decision != "same"


def test_an_alias_is_a_name() -> None:
    one = employer("Midwest Packing", aliases=("Quillfeather Foods",), **LARK)
    assert match(one, employer("Quillfeather Foods Inc", **LARK)).decision == "same"


def test_reasons_are_words_with_numbers_largest_first() -> None:
    found = match(employer("Harrow Tools", city="Elgin", **LARK), employer("Harrow Tools Inc", city="Joliet", **LARK))
    assert "same street +" in found.why_text
    assert "other city -" in found.why_text
    weights = [abs(reason.weight) for reason in found.why]
    assert weights == sorted(weights, reverse=True)


def test_what_would_change_the_answer() -> None:
    one, two = employer("Harrow Tools"), employer("Harrow Tools Inc")
    asked = {change.words: change.probability for change in changes(one, two)}
    assert asked["with the same phone"] > match(one, two).probability > asked["with another street"]


def test_reasons_add_up_to_the_probability() -> None:
    from matching.parameters_file import shipped
    from matching.scoring import sigmoid

    found = match(employer("Harrow Tools", **LARK), employer("Harrow Tool Inc", **LARK), NOTHING_COUNTED)
    total = shipped("employers").base + sum(reason.weight for reason in found.why)
    assert sigmoid(total) == pytest.approx(found.probability, abs=0.05)


def test_nothing_to_compare_is_no_match() -> None:
    assert match(employer(""), employer("")) == Match(0.0, "", None, ())
