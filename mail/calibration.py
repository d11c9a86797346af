"""How sure a value is: the reader's own weight of it, brought to the share of such values that are right.

A monotone map for each field, knots with straight lines between, fitted on mails that no rule had been tried on
(bench/calibration.py); its scores stand beside it in calibration.json.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from mail.values import Fact

FILE = Path(__file__).with_name("calibration.json")
_NUMBER = re.compile(r"\[\d+\]")
_LEAST, _MOST = 0.02, 0.99


def sure(field: str, weight: float) -> float:
    """The probability that a value of this field and weight is right. `field` as in facts: "needs[0].title"."""
    return at(_maps().get(_NUMBER.sub("", field), ()), weight)


def calibrated(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(replace(fact, confidence=sure(fact.field, fact.confidence)) for fact in facts)


def at(knots: tuple[tuple[float, float], ...], weight: float) -> float:
    """The map's value; beyond its ends it runs on to 0 and 1. Without knots the weight itself."""
    if not knots:
        return weight
    points = ((0.0, 0.0), *knots, (1.0, 1.0))
    above = min(max(1, bisect_left([point[0] for point in points], weight)), len(points) - 1)
    (left, low), (right, high) = points[above - 1], points[above]
    share = (weight - left) / (right - left) if right > left else 1.0
    return round(min(_MOST, max(_LEAST, low + share * (high - low))), 2)


@cache
def _maps() -> dict[str, tuple[tuple[float, float], ...]]:
    fields = json.loads(FILE.read_text(encoding="utf-8"))["fields"]
    return {name: tuple((raw, true) for raw, true in knots) for name, knots in fields.items()}
