"""Candidates: nicknames, name order, double names, twins, father and son, slips in dates."""

from typing import Any

import pytest

from matching.model import match
from matching.records import CandidateRecord

BORN = "1984-03-09"


def person(given: str, family: str, born: str = "", **fields: Any) -> CandidateRecord:
    return CandidateRecord("x", given, family, date_of_birth=born, **fields)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (person("Robert", "Quillfeather", BORN), person("Bob", "Quillfeather", BORN)),
        (person("Oonagh", "Quillfeather", BORN), person("Quillfeather", "Oonagh", BORN)),
        (person("Zoë", "Łukasik", BORN), person("Zoe", "Lukasik", BORN)),
        (person("Ana", "Lopez-Ruiz", BORN), person("Ana", "Lopez Ruiz", BORN)),
        (person("Oonagh", "Quillfeather", BORN), person("Oonagh", "Quilfeather", BORN)),
        (person("Oonagh", "Quillfeather", "1984-03-09"), person("Oonagh", "Quillfeather", "1984-09-03")),
        (
            person("Ana", "Lopez", BORN, emails=("ana@mail.example",)),
            person("Ana", "Nowak", BORN, emails=("ana@mail.example",)),
        ),
    ],
)
def test_surely_one(a: CandidateRecord, b: CandidateRecord) -> None:
    assert match(a, b).decision == "same"


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (person("Bob", "Smith", BORN), person("Bill", "Smith", BORN)),
        (person("Robert", "Smith", "1984-03-90"), person("Robert", "Smith", "1961-11-30")),
        (person("Robert", "Smith-Harrow", BORN), person("Robert", "Harrow", BORN)),
        (person("R", "Smith", BORN), person("T", "Smith", BORN)),
        (person("Roberto", "Smith", BORN), person("Rosa", "Smith", BORN)),
    ],
)
def test_likelier_than(better: CandidateRecord, worse: CandidateRecord) -> None:
    known = person("Robert", "Smith", BORN)
    assert match(known, better).probability > match(known, worse).probability


def test_a_rare_name_says_more_than_a_common_one() -> None:
    rare = match(person("Oonagh", "Quillfeather"), person("Oonagh", "Quillfeather"))
    common = match(person("Maria", "Garcia"), person("Maria", "Garcia"))
    assert rare.probability > common.probability
    assert common.decision == "review"


HOME = {"street": "12 Lark Ave", "zip": "60601"}


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (person("Anna", "Lund", BORN, **HOME), person("Eva", "Lund", BORN, **HOME), "twins"),
        (person("John", "Lund Sr", **HOME), person("John", "Lund Jr", **HOME), "household"),
        (person("John", "Lund", "1950-02-03", **HOME), person("John", "Lund", "1984-07-19", **HOME), "household"),
        (person("Anna", "Lund", "1950-02-03", **HOME), person("Erik", "Lund", "1953-07-19", **HOME), "household"),
        (person("Anna", "Lund", BORN, **HOME), person("Anna", "Lund", BORN, **HOME), None),
    ],
)
def test_people_who_live_together_are_asked_about(a: CandidateRecord, b: CandidateRecord, relation: str | None) -> None:
    found = match(a, b)
    assert found.relation == relation
    assert found.decision == ("same" if relation is None else "review" if found.probability >= 0.05 else "")


def test_nobody_is_nobodys_match() -> None:
    assert match(person("", ""), person("", "")).probability == 0


def test_an_employer_is_no_candidate() -> None:
    from matching.records import EmployerRecord

    with pytest.raises(TypeError, match="can't be compared"):
        match(person("Anna", "Lund"), EmployerRecord("e", "Lund"))
