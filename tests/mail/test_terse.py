"""Answers of a few words, as people type them on a phone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.replies.terse import terse_verdict


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("accepted", "accepted"),
        ("Dora, accepted with pleasure.", "accepted"),
        ("Yes, we'll take them.", "accepted"),
        ("Hi Dora,\n\nwe can take five of the twelve.\n\nIvo", "accepted"),
        ("aceptamos", "accepted"),
        ("bierzemy", "accepted"),
        ("we can't, no capacity", "declined"),
        ("Sorry, we can’t.", "declined"),
        ("declined, too far", "declined"),
        ("not our area, sorry", "declined"),
        ("no podemos", "declined"),
        ("brak miejsc", "declined"),
        ("on hold", "on_hold"),
        ("talking", "in_progress"),
        ("by phone", "in_progress"),
        ("done", "in_progress"),
        ("got it, thanks", "acknowledged"),
    ],
)
def test_a_few_words_are_a_verdict(words: str, status: str) -> None:
    found = terse_verdict(words)
    assert found is not None
    assert found[0] == status
    assert words[found[1] : found[2]]


@pytest.mark.parametrize(
    "words",
    [
        "Can you take five?",
        "We can't wait to meet you!",
        "The offer was accepted by nobody in the room.",
        "Thanks for the update.",
        "I hope that they can accept him soon.",
        "",
    ],
)
def test_other_words_are_none(words: str) -> None:
    assert terse_verdict(words) is None


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    found = terse_verdict(text)
    assert found is None or found[1] <= found[2]
