"""Whose turn it is: what a partner was asked lately counts against it, and nobody gets all.

Up to twice an equal share it is a price that grows with each request, so that who is best keeps the needs where nobody
else is nearly as good; a cap alone costs far more yeses (bench/simulate.py). Before twice its share a partner steps
behind all others who serve the occupation, unless it was asked for by name.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matching.features import Case, Signal

PRICE, AT_FIRST = 0.3, 2.2
"""Log-odds by which each equal share above its own counts against a partner, and for it below; and how much more while
nobody was asked yet. Turns teach whom to ask, so they are dearest while little is known."""
_SETTLED = 3.0  # requests to each partner after which AT_FIRST is half of that
_EARLY = 4.0  # requests that anybody may have had before shares mean something
_MUCH = 1.4  # equal shares from which a partner was asked more than its share
_BACK = 6.0  # log-odds by which a partner steps back at the wall
_WALL, _FIRST = 1.84, 3.0  # the wall stands at so many equal shares, beside the first requests
_SERVES = 0.1  # how much of the occupation a service meets that serves it


@dataclass(frozen=True, slots=True)
class Load:
    """How often a partner was asked lately, and how often each would have been by equal shares; the same for who is
    asked for by name."""

    asked: float
    share: float

    @property
    def over(self) -> float:
        """Asked as a multiple of an equal share, about 1 while little was asked of anybody."""
        return (self.asked + _EARLY) / (self.share + _EARLY)

    @property
    def full(self) -> bool:
        """Whether one more request would make it about twice an equal share."""
        return self.asked > self.share and self.asked + 1 > _WALL * self.share + _FIRST


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with its log-odds of a yes and the signals that make them up."""

    case: Case
    total: float
    weighed: Sequence[tuple[Signal, float]]
    full: bool = False

    @property
    def serves(self) -> bool:
        return not self.case.met.basis or self.case.occupation >= _SERVES


def turn(load: Load) -> tuple[Signal, float]:
    """The price of what was asked so far, with words."""
    weight = (PRICE + AT_FIRST / (1 + load.share / _SETTLED)) * (1 - load.over)
    if load.asked < 0.5:
        return Signal("load", weight, "wasn't asked lately" if weight > 0.2 else ""), weight
    times = "once" if load.asked < 1.5 else f"{load.asked:.0f} times"
    much = (
        ", more than its share, others come first"
        if load.full
        else ", more than its share"
        if load.over > _MUCH
        else ""
    )
    return Signal("load", weight, f"was asked {times} lately{much}"), weight


def in_turn(judged: Sequence[Judged]) -> list[Judged]:
    """Best first. Who is at its wall steps behind the others, but not behind those who don't serve the occupation."""
    best_full = max((one.total for one in judged if one.full and one.serves), default=-float("inf"))
    placed = [_back(one) if one.full or (not one.serves and one.total < best_full) else one for one in judged]
    return sorted(placed, key=lambda one: (-one.total, one.case.partner.name))


def _back(one: Judged) -> Judged:
    weighed = [(signal, weight - _BACK * (signal.name == "load")) for signal, weight in one.weighed]
    return replace(one, total=one.total - _BACK, weighed=weighed if one.full else one.weighed)
