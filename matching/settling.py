"""The last word on a list's scores: how they lie side by side tells, without labels, how far they may be believed.

Fitted over many lists of very different characters, invented and real: a list with many scores just above even odds is
one whose base was guessed too low.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from matching.parameters_file import Settling

BANDS = {"near": (1.0, 2.5), "far": (2.5, 5.0)}
"""Log-odds on either side of even odds whose counts of pairs are compared."""


@dataclass(frozen=True, slots=True)
class Line:
    """Log-odds to log-odds: moved, and stretched on either side of even odds."""

    moved: float = 0.0
    against: float = 1.0
    towards: float = 1.0

    def of(self, score: float) -> float:
        return self.moved + (self.towards if score > 0 else self.against) * score


AS_IT_IS = Line()


def shape(scores: Sequence[float], pairs: Sequence[int], records: int) -> dict[str, float]:
    """How the scores (log-odds) of a list lie; each stands for so many `pairs` of records.

    `near` and `far` compare what is above even odds with what is as far below; `density` is the pairs a record has,
    `doubt` the share of all that lie within two of even odds, `top` the share of those above that are sure.
    """
    import numpy as np

    score, weight = np.asarray(scores, dtype=float), np.asarray(pairs, dtype=float)

    def count(least: float, below: float) -> float:
        return float(weight[(score >= least) & (score < below)].sum()) + 1

    found = {name: log(count(near, far) / count(-far, -near)) for name, (near, far) in BANDS.items()}
    above = count(0, 99)
    return found | {
        "density": log(above / max(1, records)),
        "doubt": log(count(-2, 2) / count(-50, 50)),
        "top": log(count(4, 99) / above),
    }


def line(settling: Settling, found: dict[str, float]) -> Line:
    """The line for a list of this shape."""
    moved = settling.base + sum(weight * found[name] for name, weight in settling.shape.items())
    return Line(moved, settling.against, settling.towards)
