"""Answers in words that no rule knows: guessed from all of their words, and marked as a guess."""

import csv
from pathlib import Path

import pytest

from mail.replies.sense import NOTHING, features, meaning, sensed

SAID = Path(__file__).parents[2] / "bench" / "replies_said.csv"


@pytest.mark.parametrize(
    ("text", "partner", "step"),
    [
        ("Oh, hand that employer over to us, I have plenty of ladies waiting for such a job.", True, "accepted"),
        ("I am sorry, none of our people could do that, we have nobody with a license.", True, "declined"),
        ("Our people went through the applications and wait for the employer's decision.", True, "in_progress"),
        ("We found someone through a friend and need nobody any more.", False, "closed"),
        ("I have to ask my director about the funding first.", True, "acknowledged"),
    ],
)
def test_a_sentence_of_unknown_words_is_guessed(text: str, partner: bool, step: str) -> None:
    heard = sensed(text, partner=partner)
    assert heard is not None
    assert heard.step == step
    assert text[heard.start : heard.end] == text


@pytest.mark.parametrize("text", ["The cake was wonderful.", "Where do I park on Tuesday?", "Ok", ""])
def test_small_talk_means_nothing(text: str) -> None:
    assert sensed(text, partner=True) is None


def test_names_and_numbers_weigh_alike() -> None:
    assert features("Ask Ana Ruiz at 312 today", partner=True) == features("Ask Bo Kim at 7 today", partner=True)


def test_the_model_knows_the_sentences_it_was_made_of() -> None:
    with SAID.open(encoding="utf-8", newline="") as file:
        said = list(csv.reader(file))
    known = [meaning(words, partner=who == "partner")[0] == step for step, who, words in said]
    assert {step for step, _, _ in said} >= {NOTHING, "accepted", "declined", "on_hold", "closed"}
    assert sum(known) >= 0.95 * len(known)
