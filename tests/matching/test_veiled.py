"""People compared by keyed hashes: the levels of clear text, no word in a veil, nothing equal under two keys."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.compare import levels
from matching.model import match
from matching.records import CandidateRecord
from matching.veiled import changes_veiled, match_veiled, veiled_levels
from matching.veils import hashed, veil

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
NORA = CandidateRecord(
    "1",
    "Nora",
    "Quillfeather",
    ("nora@inbox.example",),
    ("+1 312 555 0101",),
    "1990-05-31",
    "",
    "Harbor City",
    "",
    "60601",
)

SPELLINGS = {
    "as she is": NORA,
    "short form": replace(NORA, given_name="Norah"),
    "a slip": replace(NORA, family_name="Quilfeather"),
    "changed places": replace(NORA, given_name="Quillfeather", family_name="Nora"),
    "double name": replace(NORA, family_name="Quillfeather-Lund"),
    "an initial": replace(NORA, given_name="N."),
    "married": replace(NORA, family_name="Lund"),
    "day and month": replace(NORA, date_of_birth="1990-06-05"),
    "born swapped": replace(NORA, date_of_birth="1990-31-05"),
    "a digit": replace(NORA, date_of_birth="1990-05-21"),
    "another year": replace(NORA, date_of_birth="1991-05-31"),
    "another phone": replace(NORA, phones=("3125550199",)),
    "no area code": replace(NORA, phones=("555-0101",)),
    "another mail": replace(NORA, emails=("quill@inbox.example",)),
    "next zip": replace(NORA, zip="60602"),
    "one area": replace(NORA, zip="60699"),
    "junior": replace(NORA, family_name="Quillfeather Jr"),
    "nothing known": CandidateRecord("2", "Nora"),
    "somebody else": CandidateRecord("3", "Teddy", "Okafor", ("teddy@inbox.example",), ("3125550102",), "1970-01-02"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_hashes_tell_what_clear_text_tells(spelling: str) -> None:
    other = SPELLINGS[spelling]
    assert veiled_levels(veil(NORA, KEY), veil(other, KEY)) == levels(NORA, other)
    clear, hidden = match(NORA, other), match_veiled(NORA, other, KEY)
    assert hidden.probability == pytest.approx(clear.probability, abs=0.02)
    assert (hidden.decision, hidden.relation) == (clear.decision, clear.relation)


def test_a_veil_holds_no_word_of_the_person() -> None:
    told = repr(veil(NORA, KEY)).casefold()
    for word in ("nora", "quill", "inbox", "5550101", "1990", "harbor", "60601"):
        assert word not in told


def test_another_key_makes_another_veil() -> None:
    assert hashed("nora", KEY) != hashed("nora", OTHER_KEY)
    found = veiled_levels(veil(NORA, KEY), veil(NORA, OTHER_KEY))
    assert {found[field] for field in ("given name", "family name", "e-mail", "phone", "birth date")} == {"other"}


def test_what_would_change_it_is_told_without_values() -> None:
    named = replace(NORA, emails=(), phones=(), date_of_birth="")
    words = " ".join(change.words for change in changes_veiled(NORA, named, KEY))
    assert "with another birth date" in words
    assert "Quill" not in words


people = st.builds(
    CandidateRecord,
    id=st.just(""),
    given_name=st.sampled_from(["Nora", "Norah", "Jean-Luc", "Ana Maria", "N", "", "Łucja"]),
    family_name=st.sampled_from(["Feld", "Feldt", "de la Cruz", "Cruz", "O'Neil", "", "Li"]),
    emails=st.sampled_from([(), ("a@inbox.example",), ("b@inbox.example", "a@inbox.example")]),
    phones=st.sampled_from([(), ("5550101",), ("3125550101",), ("7735550101",)]),
    date_of_birth=st.sampled_from(["", "1990", "1990-05", "1990-05-31", "1990-31-05", "1990-05-30", "1944-87-20"]),
    zip=st.sampled_from(["", "60601", "60602", "60610", "K1A 0B1"]),
)


@given(people, people)
def test_order_plays_no_part_and_any_value_is_taken(a: CandidateRecord, b: CandidateRecord) -> None:
    assert match_veiled(a, b, KEY) == match_veiled(b, a, KEY)
    assert 0 <= match_veiled(a, b, KEY).probability <= 1
