"""How sure it is that two records are one: a sum of log-odds, one a field, calibrated, with its reasons in words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log

from matching.compare import Levels, levels
from matching.explain import Reason, reasons
from matching.frequencies import PARAMETERS, Frequencies
from matching.records import EmployerRecord, Record
from matching.related import relation

REVIEW = 0.05
"""Pairs below are nobody's business."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """`base` are the log-odds of a pair that blocking finds, before anything is compared; `same` the least probability to join by itself."""

    base: float
    same: float
    weights: Mapping[str, Mapping[str, float]]

    def logit(self, found: Levels) -> float:
        return self.base + sum(self.weights.get(field, {}).get(level, 0.0) for field, level in found.items())


@dataclass(frozen=True, slots=True)
class Match:
    """`decision` is "same", "review" or "" for the rest; `relation` says what two different records have to do with each other."""

    probability: float
    decision: str
    relation: str | None
    why: tuple[Reason, ...]

    @property
    def why_text(self) -> str:
        """ "same phone +7.1; similar name +4.0; other city -1.2"."""
        return "; ".join(f"{reason.words} {reason.weight:+.1f}" for reason in self.why)


@lru_cache(maxsize=4)
def shipped(kind: str) -> Parameters:
    """The parameters that come with the package; kind is "employers" or "candidates"."""
    return read_parameters((PARAMETERS / f"{kind}.json").read_text(encoding="utf-8"))


def read_parameters(text: str) -> Parameters:
    """Raises ValueError where the text is no parameter file."""
    data = json.loads(text)
    try:
        weights = {f: {level: float(w) for level, w in table.items()} for f, table in data["weights"].items()}
        return Parameters(float(data["base"]), float(data["same"]), weights)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no parameters of a matching model: {error}") from error


def match(a: Record, b: Record, frequencies: Frequencies | None = None, parameters: Parameters | None = None) -> Match:
    """Whether two records of one kind are the same. Symmetric; raises TypeError for an employer and a candidate."""
    parameters = parameters or shipped("employers" if isinstance(a, EmployerRecord) else "candidates")
    found = levels(a, b, frequencies)
    return judged(found, relation(a, b, found), parameters)


def judged(found: Levels, related: str | None, parameters: Parameters, shift: float = 0.0) -> Match:
    """`shift` moves the log-odds by what is known about the collection as a whole."""
    probability = sigmoid(parameters.logit(found) + shift)
    return Match(probability, decision(probability, related, parameters), related, reasons(found, parameters.weights))


def decision(probability: float, related: str | None, parameters: Parameters) -> str:
    """Related records are never joined by themselves, whatever their probability: a person decides."""
    if probability < REVIEW:
        return ""
    return "same" if probability >= parameters.same and related is None else "review"


def sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x)) if x > -700 else 0.0


def logit(p: float) -> float:
    p = min(max(p, 1e-9), 1 - 1e-9)
    return log(p / (1 - p))
