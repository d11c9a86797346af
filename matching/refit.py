"""A nightly refit of the weights from all answers: kept only when it is better on what came later.

MAP of a logistic regression with the hand-set weights as the prior's mean, by Newton steps in numpy: scikit-learn's
logistic regression knows only a prior around zero, and plain logistic regression was worse than the hand weights
until some 50 answers were in.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matching.answers import Answer
from matching.features import WEIGHTS

if TYPE_CHECKING:
    import numpy as np

FEWEST = 100
"""Answers before a refit is tried: with the hand weights as prior it did no harm from here on."""
_LATER = 0.25  # share of the answers, the newest, on which the old and the new weights are compared
_SPREAD = 0.7  # how far a weight may reasonably be from the one set by hand
_STEPS = 15

Example = tuple[Mapping[str, float], Answer]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights with the loss (mean log loss on the later answers) of the old and the new ones, and how many answers
    made them."""

    weights: Mapping[str, float]
    old_loss: float
    new_loss: float
    answers: int

    def to_json(self) -> dict[str, Any]:
        return {
            "weights": {name: round(weight, 4) for name, weight in self.weights.items()},
            "old_loss": round(self.old_loss, 4),
            "new_loss": round(self.new_loss, 4),
            "answers": self.answers,
        }

    @property
    def words(self) -> tuple[str, ...]:
        """What was learnt, for a coordinator: the weights that moved most."""
        moved = sorted(self.weights, key=lambda name: -abs(self.weights[name] - WEIGHTS.get(name, 0.0)))[:5]
        return tuple(
            f"{name.replace('_', ' ')}: {WEIGHTS.get(name, 0.0):+.1f} is now {self.weights[name]:+.1f}"
            for name in moved
            if abs(self.weights[name] - WEIGHTS.get(name, 0.0)) >= 0.1
        )


def refit(examples: Sequence[Example], current: Mapping[str, float] = WEIGHTS) -> Model | None:
    """New weights from answers, oldest first, or None: too few answers, or no better on the newest quarter than
    `current`.

    Declines that speak of the partner's data or of the employer (no capacity, no agreement, already in touch) teach
    no weights.
    """
    usable = [(signals, answer) for signals, answer in examples if answer.teaches(("general", "")) or _fit(answer)]
    if len(usable) < FEWEST:
        return None
    names = list(WEIGHTS)
    rows, worth = _table(usable, names)
    split = int(len(usable) * (1 - _LATER))
    prior = _vector(WEIGHTS, names)
    tried = _map(rows[:split], worth[:split], prior)
    old = _loss(rows[split:], worth[split:], _vector(current, names))
    new = _loss(rows[split:], worth[split:], tried)
    if new >= old:
        return None
    final = _map(rows, worth, prior)
    return Model(dict(zip(names, map(float, final), strict=True)), old, new, len(usable))


def _fit(answer: Answer) -> bool:
    """A decline for a reason that lies in need and partner, not in the moment."""
    return any(answer.teaches((family, "")) for family in ("code", "place", "population", "pathway"))


def _table(examples: Sequence[Example], names: Sequence[str]) -> tuple["np.ndarray", "np.ndarray"]:
    import numpy as np

    rows = np.array([[1.0 if name == "start" else signals.get(name, 0.0) for name in names] for signals, _ in examples])
    return rows, np.array([answer.worth for _, answer in examples])


def _vector(weights: Mapping[str, float], names: Sequence[str]) -> "np.ndarray":
    import numpy as np

    return np.array([weights.get(name, 0.0) for name in names])


def _map(rows: "np.ndarray", worth: "np.ndarray", prior: "np.ndarray") -> "np.ndarray":
    import numpy as np

    weights, precision = prior.copy(), np.eye(len(prior)) / _SPREAD**2
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (worth - chance) - precision @ (weights - prior)
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + precision
        change = np.linalg.solve(curve, slope)
        weights = weights + np.clip(change, -1.0, 1.0)
        if float(np.abs(change).max()) < 1e-6:
            break
    return weights


def _loss(rows: "np.ndarray", worth: "np.ndarray", weights: "np.ndarray") -> float:
    """Mean log loss; a yes that led to nobody counts between yes and no."""
    losses = []
    for total, value in zip(rows @ weights, worth, strict=True):
        losses.append(math.log1p(math.exp(-abs(total))) + max(total, 0.0) - value * total)
    return float(sum(losses) / max(len(losses), 1))
