"""Scores of all candidate pairs of a collection: the weights, a base found from the collection itself, a second look.

How many candidate pairs are one differs from list to list; the evidence tells it without labels.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from math import exp, log

from matching.batch import Groups
from matching.compare import Levels, form_levels
from matching.comparing import Compared
from matching.forms import CandidateForm, Form
from matching.frequencies import Frequencies
from matching.neighbours import Neighbours
from matching.parameters_file import Adapting, Others, Parameters, Settling
from matching.settling import AS_IT_IS, Line, line, shape

FAINT = 0.01
"""Probability below which a pair isn't looked at a second time."""


def evidence(found: Compared, parameters: Parameters):
    """Log-odds of each candidate pair without a base, as a numpy array."""
    import numpy as np

    return np.array([parameters.evidence(levels) for levels in found.kinds] or [0.0], np.float32)[found.of]


def bare_share(groups: Groups) -> float:
    """The share of candidate pairs that have nothing but names to compare; 0 without pairs."""
    import numpy as np

    if not len(groups.left):
        return 0.0
    filled = np.fromiter(map(_filled, groups.forms), np.int8, len(groups.forms))
    return float(np.mean(filled[groups.left] & filled[groups.right] == 0))


def _filled(form: Form) -> int:
    """A bit for each field beside the names that is filled."""
    mine = (form.emails, form.born) if isinstance(form, CandidateForm) else (form.domains,)
    fields = (form.phones, form.street[0] or form.street[1], form.city, form.zip, *mine)
    return sum(1 << place for place, value in enumerate(fields) if value)


def adapted_base(found, bare: float, adapting: Adapting, sifted: int = 0) -> float:
    """The base of this collection, from two guesses that need no labels, weighed as they proved in training.

    `found` is the evidence of all candidate pairs, `bare` the share of them that have only names: those then decide
    alone. One guess is EM's; the other puts even odds where the fewest pairs lie.
    """
    guess = shared_base(found, adapting.neutral + adapting.bare * bare, adapting.least, adapting.most, sifted)
    base = adapting.share * guess + adapting.valley * valley_base(found, guess) + adapting.lift * bare + adapting.offset
    return min(max(base, adapting.least), adapting.most)


def shared_base(found, neutral: float, least: float = -40.0, most: float = 40.0, sifted: int = 0) -> float:
    """Expectation-maximisation over the share of pairs that are one: it starts at one in twenty, and 20 pairs of
    pseudo-evidence hold it where there are few. `neutral` is the base of a collection of which half is one. Where few
    are one and names are all there is, the share would run away to nothing: the bounds hold it. `sifted` pairs were
    left out beforehand as surely not one."""
    import numpy as np

    ratio = np.exp(np.clip(np.asarray(found, dtype=float) + neutral, -50, 50))
    share = 0.05
    for _ in range(60):
        share = ((share * ratio / (share * ratio + 1 - share)).sum() + 1) / (len(ratio) + sifted + 20)
    return min(max(neutral + float(np.log(share / (1 - share))), least), most)


def valley_base(found, guess: float) -> float:
    """The base for which pairs at even odds are fewest, not far from a guess: between those that are one and the rest
    the evidence is thin."""
    import numpy as np

    found = np.asarray(found, dtype=float)
    near = found[np.abs(found + guess) < VALLEY_REACH + 3]
    if len(near) < 20:
        return guess
    steps = np.arange(-VALLEY_REACH, VALLEY_REACH + 0.01, 0.25)
    counts, edges = np.histogram(near, bins=400)
    middles = (edges[:-1] + edges[1:]) / 2
    density = np.exp(-0.5 * ((middles[None, :] - (steps - guess)[:, None]) / 0.6) ** 2) @ counts + 0.5
    return guess - float(steps[np.argmin(np.log(density) + 0.08 * steps**2)])


VALLEY_REACH = 3.0
"""Log-odds around the guess in which the valley is looked for."""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Log-odds of all pairs of groups that may be one, also of such as only a third record brought together; `levels`
    in the order of the pairs; `near` hears the rest of the collection."""

    scores: dict[tuple[int, int], float]
    levels: list[Levels]
    near: Neighbours
    others: Others
    line: Line = AS_IT_IS

    def pairs(self, part: int = 0, parts: int = 1) -> Iterator[tuple[int, int, float, Levels]]:
        """(group, group, log-odds after the second look, levels) of one of so many stretches."""
        number = len(self.scores)
        start, end = number * part // parts, number * (part + 1) // parts
        stretch = islice(zip(self.scores.items(), self.levels, strict=True), start, end)
        for ((i, j), score), levels in stretch:
            yield i, j, self.line.of(with_others(score, self.near.levels(i, j), self.others)), levels

    def settled(self, groups: Groups, settling: Settling) -> "SecondLook":
        """With the line that belongs to the shape in which the scores of this list lie."""
        found = [(score, groups.pairs(i, j)) for i, j, score, _ in self.pairs()]
        seen = shape([score for score, _ in found], [pairs for _, pairs in found], groups.records())
        return replace(self, line=line(settling, seen))


def second_look(
    groups: Groups, found: Compared, base: float, frequencies: Frequencies, parameters: Parameters, odds
) -> SecondLook:
    """`odds` is the evidence of each candidate pair."""
    import numpy as np

    kept = np.flatnonzero(odds + base > _FAINT_LOGIT)
    pairs = zip(groups.left[kept].tolist(), groups.right[kept].tolist(), strict=True)
    scores = {pair: score + base for pair, score in zip(pairs, odds[kept].tolist(), strict=True)}
    levels = [found.kinds[kind] for kind in found.of[kept].tolist()]
    first = Neighbours({pair: sigmoid(score) for pair, score in scores.items()})
    for i, j in first.missing(scores):
        if _meet(groups, i, j):
            levels.append(form_levels(groups.forms[i], groups.forms[j], frequencies))
            scores[i, j] = parameters.evidence(levels[-1]) + base
    near = Neighbours({pair: sigmoid(score) for pair, score in scores.items()})
    return SecondLook(scores, levels, near, parameters.others)


def _meet(groups: Groups, i: int, j: int) -> bool:
    """Whether the two groups have anything to be compared: between two files, one from each."""
    if not groups.two:
        return True
    return bool((groups.new[i] and groups.known[j]) or (groups.known[i] and groups.new[j]))


def with_others(score: float, levels: dict[str, str], others: Others) -> float:
    """The log-odds after the rest of the collection was heard."""
    slope = others.towards if score > 0 else others.against
    return others.base + slope * score + sum(others.weights.get(f, {}).get(level, 0.0) for f, level in levels.items())


def sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x)) if x > -500 else 0.0


_FAINT_LOGIT = -4.6
"""Log-odds of FAINT."""


def logit(probability: float) -> float:
    """Log-odds, bounded where a probability is 0 or 1."""
    bounded = min(max(probability, 1e-9), 1 - 1e-9)
    return log(bounded / (1 - bounded))
