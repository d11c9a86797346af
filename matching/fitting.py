"""Fits the weights of levels: a logistic regression whose weights never fall along a field's order.

Each collection of the training data has its own base, because how many pairs of a collection are one depends on the
collection and not on the weights. scipy is loaded only here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from matching.orders import ORDERS

Levels = Mapping[str, str]
Weights = dict[str, dict[str, float]]
Columns = tuple[tuple[int, float], ...]
BASE_PULL = 0.1
"""How hard the base of a collection is pulled to that of the prior: hardly."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Pairs as levels, whether each is one, how much the collection counts; `scores` are numbers to be scaled too."""

    levels: Sequence[Levels]
    same: Sequence[bool]
    weight: float = 1.0
    scores: Sequence[float] = field(default=())


@dataclass(frozen=True, slots=True)
class Fitted:
    """`bases` in the order of the collections; `slopes` for scores below and above zero."""

    weights: Weights
    bases: tuple[float, ...]
    slopes: tuple[float, float] = (1.0, 1.0)


def fit(
    kind: str,
    collections: Iterable[Collection],
    prior: Weights | None = None,
    stiffness: float = 10.0,
    base: float = 0.0,
) -> Fitted:
    """Weights for the fields of a kind. `stiffness` pulls each step between two levels to that of `prior`, else to 0.

    Raises ValueError without any pair.
    """
    import numpy as np
    from scipy.optimize import minimize

    given = list(collections)
    if not any(len(collection.same) for collection in given):
        raise ValueError("nothing to learn from: there are no pairs")
    steps = _steps(kind)
    design, counts, hits = _design(given, _columns(kind, steps), len(steps))
    width = len(steps)
    start = np.concatenate([_start(kind, steps, prior), [1.0, 1.0], np.full(len(given), base)])
    pull = np.concatenate([np.full(width, stiffness), [stiffness, stiffness], np.full(len(given), BASE_PULL)])

    def loss(values):
        scores = design @ values
        cost = counts @ np.logaddexp(0, scores) - hits @ scores + 0.5 * pull @ (values - start) ** 2
        slope = design.T @ (counts / (1 + np.exp(-np.clip(scores, -500, 500))) - hits) + pull * (values - start)
        return cost, slope

    bounds = [(0, None)] * (width + 2) + [(None, None)] * len(given)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 1000}).x
    slopes = float(found[width]), float(found[width + 1])
    return Fitted(_weights(kind, steps, found[:width]), tuple(found[width + 2 :].tolist()), slopes)


def _steps(kind: str) -> dict[tuple[str, str], int]:
    """(field, level) to the column of the step that leads to this level, away from "missing"."""
    steps: dict[tuple[str, str], int] = {}
    for name, order in ORDERS[kind].items():
        for place, level in enumerate(order):
            if place != _neutral(order):
                steps[name, level] = len(steps)
    return steps


def _neutral(order: tuple[str, ...]) -> int:
    return order.index("|") if "|" in order else 0


def _columns(kind: str, steps: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], Columns]:
    """(field, level) to the columns that add up to its weight, with their signs."""
    found: dict[tuple[str, str], Columns] = {}
    for name, order in ORDERS[kind].items():
        neutral = _neutral(order)
        for place, level in enumerate(order):
            between = order[neutral + 1 : place + 1] if place > neutral else order[place:neutral]
            found[name, level] = tuple((steps[name, step], 1.0 if place > neutral else -1.0) for step in between)
    return found


def _design(collections: Sequence[Collection], columns: Mapping[tuple[str, str], Columns], width: int):
    """A sparse row for each different pair of a collection, with count and hits: levels repeat a thousandfold."""
    import numpy as np
    from scipy.sparse import csr_array

    tally: defaultdict[tuple[Columns, int], float] = defaultdict(float)
    hits: defaultdict[tuple[Columns, int], float] = defaultdict(float)
    for number, collection in enumerate(collections):
        for place, (levels, same) in enumerate(zip(collection.levels, collection.same, strict=True)):
            row = tuple(column for item in levels.items() for column in columns.get(item, ()))
            if collection.scores:
                score = collection.scores[place]
                row += ((width + (score > 0), score),)
            tally[row, number] += collection.weight
            hits[row, number] += collection.weight * same
    rows = [(*row, (width + 2 + number, 1.0)) for row, number in tally]
    where = np.array([column for row in rows for column, _ in row])
    what = np.array([value for row in rows for _, value in row])
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    design = csr_array((what, where, starts), shape=(len(rows), width + 2 + len(collections)))
    return design, np.array(list(tally.values())), np.array([hits[key] for key in tally])


def _start(kind: str, steps: Mapping[tuple[str, str], int], prior: Weights | None):
    """The prior's weights taken apart into steps."""
    import numpy as np

    values = np.zeros(len(steps))
    for name, order in ORDERS[kind].items():
        neutral = _neutral(order)
        known = (prior or {}).get(name, {})
        for place, level in enumerate(order):
            if place != neutral:
                step = known.get(level, 0.0) - known.get(order[place - 1 if place > neutral else place + 1], 0.0)
                values[steps[name, level]] = max(0.0, step if place > neutral else -step)
    return values


def _weights(kind: str, steps: Mapping[tuple[str, str], int], values) -> Weights:
    weights: Weights = {}
    for (name, level), parts in _columns(kind, steps).items():
        if level != "|":
            weights.setdefault(name, {})[level] = round(float(sum(sign * values[column] for column, sign in parts)), 3)
    return weights
