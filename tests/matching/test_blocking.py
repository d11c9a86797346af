"""The keys: every common slip leaves one of them whole."""

import pytest

from matching.blocking import keys
from matching.records import CandidateRecord, EmployerRecord


def shared(a: str, b: str) -> set[str]:
    return set(keys(EmployerRecord("a", a))) & set(keys(EmployerRecord("b", b)))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Quillfeather Foods Inc", "Quilfeather Food"),
        ("Quillfeather Foods", "Quillfeatherfoods LLC"),
        ("Harrow Tools", "Tools Harrow"),
        ("Virtra", "Virta Inc"),
        ("Minim", "Mimim"),
        ("Midwest Packing and Storage", "MPS"),
        ("The Lark Group of Elgin", "Lark Group"),
        ("Holdco LLC d/b/a Lark Bakery", "Lark Bakery"),
    ],
)
def test_employers_meet(a: str, b: str) -> None:
    assert shared(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (("Robert", "Quillfeather", "1984-03-09"), ("Bob", "Quilfeather", "1984-03-09")),
        (("Robert", "Quillfeather", "1984-03-09"), ("Quillfeather", "Robert", "1948-03-09")),
        (("Robert", "Quillfeather", "1984-03-09"), ("Robert", "Harrow", "1984-03-09")),
        (("Robert", "Quillfeather", ""), ("Robert", "Quillfaether", "1984-03-09")),
        (("Ana", "Lopez", "1984-03-09"), ("Ana", "Ruiz-Lopez", "1984-03-19")),
    ],
)
def test_candidates_meet(a: tuple[str, str, str], b: tuple[str, str, str]) -> None:
    one = CandidateRecord("a", a[0], a[1], date_of_birth=a[2])
    two = CandidateRecord("b", b[0], b[1], date_of_birth=b[2])
    assert set(keys(one)) & set(keys(two))


def test_kinds_of_keys() -> None:
    found = keys(EmployerRecord("a", "Lark Bakery", (), ("lark.example",), ("312-555-0101",), "12 N Lark Ave"))
    assert {"d:lark.example", "p:5550101", "a:12 lark", "n:larkbakery"} <= set(found)


def test_free_mail_is_no_key() -> None:
    assert not keys(EmployerRecord("a", domains=("gmail.com",)))
