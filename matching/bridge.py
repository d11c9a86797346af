"""The occupation bridge: needs and services are both brought to SOC occupations, and compared there.

What a partner declares weighs most; what it names in words a little less; what its description suggests least.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matching.cues import tokens
from matching.needs import NeedAsked
from matching.occupations import Coder
from matching.partners import Service
from matching.search import Index
from matching.training import Training, training_of

if TYPE_CHECKING:
    import numpy as np

BROAD, MINOR = 0.3, 0.1
"""How much of an occupation counts for another of its SOC broad occupation (51-412x) and of its minor group
(51-4xxx)."""
_HEDGE = 0.5  # a need's readings by the root of their likelihood: the second best counts more than its odds
_NAMED = 0.95
_BESIDE = 0.4  # what a description adds to occupations that were declared or named


@dataclass(frozen=True, slots=True)
class Wanted:
    """The occupations that a need may mean, likeliest first; weights sum to 1."""

    codes: tuple[tuple[str, float], ...]

    @property
    def best(self) -> str:
        return self.codes[0][0] if self.codes else ""

    @property
    def group(self) -> str:
        """SOC major group, "53", or "" where nothing is known."""
        return self.best[:2]


@dataclass(frozen=True, slots=True)
class Met:
    """How a service meets the occupation: 0 to 1, by which of its occupations, and how that is known."""

    strength: float
    code: str
    basis: str  # "declared", "named", "described", or "" where the service says nothing
    trade: str = ""  # the service's own word for the occupation, where it named it


def wanted(need: NeedAsked, coder: Coder) -> Wanted:
    """Occupations of a need: codes that came with it, else read from its title and text."""
    if need.codes:
        found = need.codes
    else:
        read = coder.code(need.title or need.text[:200], 6, context=f"{need.text} {need.overview}".strip())
        found = tuple((occupation.code, occupation.confidence**_HEDGE) for occupation in read)
    total = sum(sure for _, sure in found)
    if not total:
        return Wanted(())
    return Wanted(tuple((code, sure / total) for code, sure in found))


class Bridge:
    """Services brought to occupations once; `match` compares a need with all of them at once."""

    def __init__(self, services: Sequence[Service], coder: Coder) -> None:
        import numpy as np

        self.coder = coder
        self.services = services
        self._own = np.zeros((len(coder.codes), len(services)), dtype=np.float32)
        training = training_of(coder)
        read: dict[tuple[object, ...], np.ndarray] = {}
        for row, service in enumerate(services):
            told = (service.name, service.description, service.occupations, service.trades)
            if told not in read:
                read[told] = occupations_of(service, training)
            self._own[:, row] = read[told]
        self._trades = [
            {found.code: trade for trade in service.trades for found in coder.code(trade, 1)} for service in services
        ]
        self._says = [bool(says) for says in self._own.max(axis=0, initial=0.0) > 0]
        self._broad = self._greatest([code[:6] for code in coder.codes])
        self._minor = self._greatest([code[:4] for code in coder.codes])
        self._texts = Index.bm25([Counter(tokens(service.text)) for service in services])

    def _greatest(self, groups: Sequence[str]) -> dict[str, "np.ndarray"]:
        rows: dict[str, list[int]] = {}
        for number, group in enumerate(groups):
            rows.setdefault(group, []).append(number)
        return {group: self._own[numbers].max(axis=0) for group, numbers in rows.items()}

    def match(self, asked: Wanted) -> "np.ndarray":
        """Per service 0 to 1: how well it meets the occupations that the need may mean."""
        import numpy as np

        total = np.zeros(len(self.services), dtype=np.float32)
        for code, weight in asked.codes:
            position = self.coder.position.get(code)
            near = np.zeros_like(total) if position is None else self._own[position]
            for groups, key, worth in ((self._broad, code[:6], BROAD), (self._minor, code[:4], MINOR)):
                if key in groups:
                    near = np.maximum(near, worth * groups[key])
            total += weight * near
        return total

    def text_match(self, need: NeedAsked, asked: Wanted) -> "np.ndarray":
        """Per service 0 to 1: BM25 of the need's words, expanded by its occupation's title, as a share of the best."""
        words: dict[str, float] = defaultdict(float, Counter(tokens(f"{need.title} {need.text}")))
        for code, weight in asked.codes[:3]:
            for word in tokens(self.coder.title_of(code)):
                words[word] += weight
        found = self._texts.scores(words)
        return found / max(float(found.max(initial=0.0)), 8.0)

    def near(self, asked: Wanted) -> "Near":
        """The occupations that count for a need, with what each counts; asked once a need, for `met`."""
        import numpy as np

        worth: dict[str, float] = {}
        for code, weight in asked.codes:
            for other in self.coder.group_of(code):
                worth[other] = max(worth.get(other, 0.0), weight * likeness(code, other))
        codes = tuple(worth)
        positions = np.array([self.coder.position[code] for code in codes], dtype=np.int64)
        return Near(codes, positions, np.array(list(worth.values()), dtype=np.float32))

    def met(self, row: int, near: "Near") -> Met:
        """What in the service meets the need, for the reason in words."""
        if near.codes:
            found = near.worth * self._own[near.positions, row]
            best = int(found.argmax())
            if found[best] > 0:
                code, service = near.codes[best], self.services[row]
                return Met(float(found[best]), code, basis_of(service, code), self._trades[row].get(code, ""))
        return Met(0.0, "", "described" if self._says[row] else "")


@dataclass(frozen=True, slots=True)
class Near:
    """Occupations that count for a need: codes, their positions, and how much each counts."""

    codes: tuple[str, ...]
    positions: "np.ndarray"
    worth: "np.ndarray"


def likeness(one: str, other: str) -> float:
    """How much of SOC code `other` counts for `one`."""
    if one == other:
        return 1.0
    return BROAD if one[:6] == other[:6] else MINOR if one[:4] == other[:4] else 0.0


def basis_of(service: Service, code: str) -> str:
    """How it is known that the service has to do with the occupation."""
    if code in service.occupations:
        return "declared"
    return "named" if service.trades else "described"


def occupations_of(service: Service, training: Training) -> "np.ndarray":
    """Per occupation 0 to 1: declared codes 1, named trades by their coding, the description by what it leads to."""
    import numpy as np

    coder = training.coder
    said = np.zeros(len(coder.codes), dtype=np.float32)
    for trade in service.trades:
        for code in coder.prepared_for(trade):
            said[coder.position[code]] = _NAMED
        for occupation in coder.code(trade, 3):
            position = coder.position[occupation.code]
            said[position] = max(said[position], _NAMED * occupation.confidence)
    for code in service.occupations:
        if code in coder.position:
            said[coder.position[code]] = 1.0
    described = training.leads_to(service.name, service.description) if service.description or not said.any() else None
    if described is None:
        return said
    return np.maximum(said, (_BESIDE if said.any() else 1.0) * described)
