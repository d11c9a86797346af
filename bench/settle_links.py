"""Fits how the shape of a list's scores moves them (matching.settling): one logistic regression over many lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.parameters_file import Settling
from matching.settling import shape

PULL = 0.02
"""How hard each number is pulled to leaving the scores as they are."""
FEWEST = 200
"""Pairs from which lists count alike; shorter ones count less."""


@dataclass(frozen=True)
class Heard:
    """Scores of a list after the second look, the pairs of records each stands for, whether they are one."""

    scores: Sequence[float]
    pairs: Sequence[int]
    same: Sequence[bool]
    records: int
    weight: float


def settling(lists: Sequence[Heard]) -> Settling:
    """Numbers with which the probabilities of all lists, each list counting alike, are likeliest."""
    import numpy as np
    from scipy.optimize import minimize

    shapes = [shape(each.scores, each.pairs, each.records) for each in lists]
    names = list(shapes[0])
    table = np.array([[found[name] for name in names] for found in shapes])
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    rows = [_rows(each, row) for each, row in zip(lists, (table - middle) / spread, strict=True)]
    design, counts, hits = (np.concatenate(parts) for parts in zip(*rows, strict=True))
    start = np.concatenate([[0.0], np.zeros(len(names)), [1.0, 1.0]])
    pull = np.concatenate([[0.0], np.full(len(names) + 2, 2 * PULL)])

    def loss(values):
        total = design @ values
        cost = counts @ np.logaddexp(0, total) - hits @ total + 0.5 * pull @ (values - start) ** 2
        return cost, design.T @ (counts / (1 + np.exp(-np.clip(total, -500, 500))) - hits) + pull * (values - start)

    found = minimize(loss, start, jac=True, method="L-BFGS-B").x
    moves = found[1:-2] / spread
    weights = {name: round(float(weight), 3) for name, weight in zip(names, moves, strict=True)}
    base = round(float(found[0] - moves @ middle), 3)
    return Settling(base, round(float(found[-2]), 3), round(float(found[-1]), 3), weights)


def _rows(each: Heard, found):
    """For each score: one, the shape of its list, and the score, below and above even odds apart."""
    import numpy as np

    score, pairs = np.array(each.scores), np.array(each.pairs, dtype=float)
    counts = pairs * each.weight / max(FEWEST, pairs[score > -3].sum())
    design = np.column_stack(
        [np.ones(len(score)), np.tile(found, (len(score), 1)), np.minimum(score, 0), np.maximum(score, 0)]
    )
    return design, counts, counts * np.array(each.same)
