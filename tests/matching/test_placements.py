"""Two claims, one placement?"""

from dataclasses import replace

from matching.placements import SURE, PlacementClaim, at_one_time, shared_placement
from matching.records import CandidateRecord, EmployerRecord

BORN = "1984-03-09"
ONE = PlacementClaim(
    "p1",
    "Northgate Jobs",
    CandidateRecord("c1", "Robert", "Quillfeather", date_of_birth=BORN),
    EmployerRecord("e1", "Lark Bakery Inc", street="12 N Lark Ave"),
    "2026-03-02",
    "baker",
)
TWO = PlacementClaim(
    "p2",
    "Riverside Training",
    CandidateRecord("c2", "Bob", "Quillfeather", date_of_birth=BORN),
    EmployerRecord("e2", "Lark Bakery", street="12 N. Lark Avenue"),
    "2026-03-05",
    "night baker",
)


def test_two_organisations_claims_are_suggested_as_one() -> None:
    found = shared_placement(ONE, TWO)
    assert found is not None and found.suggest
    assert [reason.words for reason in found.why][2] == "starts 3 days apart"


def test_order_plays_no_part() -> None:
    one, two = shared_placement(ONE, TWO), shared_placement(TWO, ONE)
    assert one is not None and two is not None and one.probability == two.probability


def test_one_organisation_shares_nothing_with_itself() -> None:
    assert shared_placement(ONE, replace(TWO, organisation=ONE.organisation)) is None


def test_a_start_months_later_is_another_job() -> None:
    assert shared_placement(ONE, replace(TWO, started="2026-09-01")) is None


def test_another_person_is_another_placement() -> None:
    found = shared_placement(
        ONE, replace(TWO, candidate=CandidateRecord("c3", "Eva", "Lund", date_of_birth="1990-01-02"))
    )
    assert found is not None and not found.suggest


def test_a_missing_date_is_asked_about() -> None:
    found = shared_placement(ONE, replace(TWO, started=""))
    assert found is not None and found.suggest and any("missing" in reason.words for reason in found.why)


def test_what_was_decided_elsewhere_is_not_compared_again() -> None:
    stranger = replace(TWO, candidate=CandidateRecord("c3", "Eva", "Lund"), employer=EmployerRecord("e3", "Dock Nine"))
    found = shared_placement(ONE, stranger, candidate=SURE, employer=SURE)
    assert found is not None
    assert found.probability == 1.0
    assert [reason.words for reason in found.why] == [
        "the same person",
        "the same employer",
        "starts 3 days apart",
        "job titles agree",
    ]


def test_without_a_start_the_days_on_which_it_was_told_decide() -> None:
    untimed = replace(TWO, started="", told="2026-04-01")
    assert at_one_time(ONE, untimed)
    assert not at_one_time(ONE, replace(untimed, told="2026-06-01"))
