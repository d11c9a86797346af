"""Decisions teach: weights are fitted again, the present ones as prior, and taken when better on some kept aside."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log, sqrt
from typing import NamedTuple
from zlib import crc32

from matching.compare import levels
from matching.fitting import Collection, fit
from matching.frequencies import Frequencies
from matching.parameters_file import Parameters, shipped
from matching.records import CandidateRecord, Record
from matching.scoring import sigmoid

LEAST = 60
"""Decisions below which nothing is learnt: with 50 labels a fresh model gained nothing, with 200 five points of F1."""
FOLDS = 5
STIFFNESS = 8.0
"""How many decisions' worth of pull the present weights have on each step."""


class Decision(NamedTuple):
    """What a person said of two records of one kind. "Not sure" is no decision here."""

    a: Record
    b: Record
    same: bool


@dataclass(frozen=True, slots=True)
class Refit:
    """`parameters` is None where the present ones stay. Figures are of decisions kept aside: mean log-loss (less is
    better) and the share that the model would have answered alike."""

    parameters: Parameters | None
    decisions: int
    loss_before: float
    loss_after: float
    right_before: float
    right_after: float

    @property
    def words(self) -> str:
        if not self.decisions:
            return "There are no decisions yet."
        if self.decisions < LEAST:
            return f"{self.decisions} decisions so far; weights are learnt from {LEAST} on."
        said = f"the new weights agree with {self.right_after:.1%}, the present ones with {self.right_before:.1%}"
        return f"On decisions kept aside {said}: {'taken' if self.parameters else 'not taken'}."


def refit(
    decided: Sequence[tuple[Record, Record, bool]],
    current: Parameters | None = None,
    frequencies: Frequencies | None = None,
) -> Refit:
    """New weights from decisions about records of one kind. Both models are judged on each fifth in turn, the new one
    fitted without it; the new one is taken when its loss is smaller by more than its standard error.

    Raises TypeError where employers and candidates are mixed.
    """
    decisions = [Decision(*decision) for decision in decided]
    if len(decisions) < LEAST or len({decision.same for decision in decisions}) < 2:
        return Refit(None, len(decisions), 0.0, 0.0, 0.0, 0.0)
    kind = "candidates" if isinstance(decisions[0].a, CandidateRecord) else "employers"
    current = current or shipped(kind)
    compared = [levels(decision.a, decision.b, frequencies) for decision in decisions]
    answers = [decision.same for decision in decisions]
    folds = [_fold(decision) for decision in decisions]
    before, after = [0.0] * len(answers), [0.0] * len(answers)
    for fold in range(FOLDS):
        inside = [k for k, where in enumerate(folds) if where != fold]
        model = _fitted(kind, [compared[k] for k in inside], [answers[k] for k in inside], current)
        for k, where in enumerate(folds):
            if where == fold:
                before[k], after[k] = _probability(current, compared[k]), _probability(model, compared[k])
    better = _clearly_better(before, after, answers)
    model = _fitted(kind, compared, answers, current) if better else None
    return Refit(
        model,
        len(answers),
        _loss(before, answers),
        _loss(after, answers),
        _right(before, answers),
        _right(after, answers),
    )


def _fold(decision: Decision) -> int:
    """By the ids, so that the same pair is always kept aside together and the order of decisions plays no part."""
    return crc32(" ".join(sorted((decision.a.id, decision.b.id))).encode()) % FOLDS


def _fitted(kind: str, compared: Sequence[dict[str, str]], answers: Sequence[bool], current: Parameters) -> Parameters:
    prior = {field: dict(table) for field, table in current.weights.items()}
    found = fit(kind, [Collection(compared, answers)], prior, STIFFNESS, current.base)
    return replace(current, base=round(found.bases[0], 3), weights=found.weights)


def _probability(parameters: Parameters, found: dict[str, str]) -> float:
    return sigmoid(parameters.base + parameters.evidence(found))


def _losses(probabilities: Sequence[float], answers: Sequence[bool]) -> list[float]:
    return [-log(max(p if same else 1 - p, 1e-6)) for p, same in zip(probabilities, answers, strict=True)]


def _loss(probabilities: Sequence[float], answers: Sequence[bool]) -> float:
    return round(sum(_losses(probabilities, answers)) / len(answers), 4)


def _right(probabilities: Sequence[float], answers: Sequence[bool]) -> float:
    return round(sum((p >= 0.5) == same for p, same in zip(probabilities, answers, strict=True)) / len(answers), 4)


def _clearly_better(before: Sequence[float], after: Sequence[float], answers: Sequence[bool]) -> bool:
    gains = [x - y for x, y in zip(_losses(before, answers), _losses(after, answers), strict=True)]
    mean = sum(gains) / len(gains)
    spread = sqrt(sum((gain - mean) ** 2 for gain in gains) / max(1, len(gains) - 1))
    return mean > spread / sqrt(len(gains))
