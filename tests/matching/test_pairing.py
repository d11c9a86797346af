"""Candidate pairs of a collection: what a large one sifts out, what it never does, and keys that are in everything."""

import pytest

from matching import pairing
from matching.forms import Form, employer_form
from matching.pairing import candidate_pairs
from matching.records import EmployerRecord

NAMES = ("Quillfeather Foods", "Quillfeathre Foods", "Quillfeather Roofing and Paving", "Harrow Tool", "Zeta Dental")


def forms(*records: EmployerRecord) -> list[Form]:
    return [employer_form(record) for record in records]


def pairs(found: pairing.Candidates) -> set[tuple[int, int]]:
    return set(zip(found.left.tolist(), found.right.tolist(), strict=True))


def named(*names: str) -> list[Form]:
    return forms(*(EmployerRecord(str(k), name) for k, name in enumerate(names)))


def test_a_small_list_compares_all_that_share_a_key() -> None:
    assert {(0, 1), (0, 2)} <= pairs(candidate_pairs(named(*NAMES)))


def test_a_large_list_leaves_out_what_is_spelt_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "MANY", 2)
    found = candidate_pairs(named(*NAMES))
    assert pairs(found) == {(0, 1)}
    assert found.sifted >= 1


def test_a_large_list_keeps_a_name_inside_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "MANY", 2)
    assert pairs(candidate_pairs(named("Harrow Tool", "Harrow Tool, Orchard Park"))) == {(0, 1)}


def test_one_phone_is_compared_however_the_names_are_spelt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "MANY", 2)
    two = forms(
        EmployerRecord("1", "Harrow Tool", phones=("312-555-0101",)),
        EmployerRecord("2", "Zeta Dental", phones=("(312) 555-0101",)),
    )
    assert pairs(candidate_pairs(two)) == {(0, 1)}


def test_a_common_key_brings_neighbours_and_one_in_everything_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"Quillfeather {first}{second}olf" for first in "abcdefghij" for second in "aeiouy"]
    everything = pairs(candidate_pairs(named(*names)))
    monkeypatch.setattr(pairing, "BIG", 10)
    monkeypatch.setattr(pairing, "NEIGHBOURS", 2)
    assert 0 < len(pairs(candidate_pairs(named(*names)))) < len(everything)
    monkeypatch.setattr(pairing, "TOO_BIG", 20)
    found = candidate_pairs(named(*names))
    assert found.dropped >= 1


def test_two_sides_are_paired_across_only() -> None:
    import numpy as np

    sides = np.array([True, True, False, False, False]), np.array([False, False, True, True, True])
    assert pairs(candidate_pairs(named(*NAMES), sides)) == {(0, 2), (1, 2)} & pairs(candidate_pairs(named(*NAMES)))


def test_nothing_makes_no_pairs() -> None:
    assert pairs(candidate_pairs([])) == set()
    assert pairs(candidate_pairs(named("Harrow Tool"))) == set()
