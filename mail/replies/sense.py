"""What a sentence of an answer means where no rule knows its words: a small linear model of words and pairs of words.

It was fitted on sentences of our own (bench/replies_said.csv; python -m bench.sense --write), with what people write
beside them in mails of our own as sentences that say nothing. Its scores on mails held aside stand in sense.json.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from math import exp
from pathlib import Path
from typing import NamedTuple

from mail.prose.layout import segments
from mail.prose.names import is_given

FILE = Path(__file__).with_name("sense.json")
NOTHING = "nothing"
SURE = 0.5
"""Below this probability a sentence is left unread: of those above, nearly nine in ten are right (bench/sense.py)."""
_SENTENCES = 8
_SCALE = 100  # weights are kept in hundredths
_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?|\d+|[?!]")
_OWN_NAME = frozenset(("I", "I'm", "I'll", "I've", "I'd", "A"))


class Sensed(NamedTuple):
    """A step of a referral, how likely the sentence means it, and where the sentence stands."""

    step: str
    probability: float
    start: int
    end: int


class _Model(NamedTuple):
    steps: tuple[str, ...]
    bias: tuple[int, ...]
    weights: dict[str, list[int]]


def sensed(text: str, *, partner: bool) -> Sensed | None:
    """The most telling of the first sentences; None where none is sure. `partner`: an organisation answers, not an
    employer."""
    best: Sensed | None = None
    for segment in segments(text)[:_SENTENCES]:
        if len(segment.text.split()) < 2:
            continue
        step, probability = meaning(segment.text, partner=partner)
        if step != NOTHING and probability >= SURE and (best is None or probability > best.probability):
            best = Sensed(step, probability, segment.start, segment.end)
    return best


def meaning(sentence: str, *, partner: bool) -> tuple[str, float]:
    """The likeliest step and its probability."""
    model = _model()
    sums = [bias / _SCALE for bias in model.bias]
    for feature in features(sentence, partner=partner):
        for number, weight in enumerate(model.weights.get(feature, ())):
            sums[number] += weight / _SCALE
    most = max(sums)
    odds = [exp(one - most) for one in sums]
    number = odds.index(max(odds))
    return model.steps[number], odds[number] / sum(odds)


def features(sentence: str, *, partner: bool) -> set[str]:
    """Words, beginnings of long ones, neighbours and next neighbours; every name is one word, every number another."""
    words = list(_words(sentence))
    found = {"partner" if partner else "employer", *words}
    found |= {f"{word[:5]}~" for word in words if len(word) > 5}
    found |= {f"{one} {other}" for one, other in zip(["<", *words], [*words, ">"], strict=True)}
    return found | {f"{one} _ {other}" for one, other in zip(words, words[2:], strict=False)}


def _words(sentence: str) -> Iterator[str]:
    last = ""
    for number, match in enumerate(_WORD.finditer(sentence)):
        word = match[0].replace("’", "'")
        if word[0].isdigit():
            word = "0"
        elif word[0].isupper() and word not in _OWN_NAME and (number or is_given(word)):
            word = "NAME"
        else:
            word = word.lower()
        if not last == word == "NAME":
            yield word
        last = word


@cache
def _model() -> _Model:
    told = json.loads(FILE.read_text(encoding="utf-8"))
    return _Model(tuple(told["steps"]), tuple(told["bias"]), told["weights"])
