"""The occupation bridge: needs and services are both brought to SOC occupations, and compared there.

What a partner declares weighs most; what it names in words less; what its description suggests least.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matching.cues import tokens
from matching.needs import NeedAsked
from matching.occupations import Coder
from matching.partners import Service
from matching.search import Index

if TYPE_CHECKING:
    import numpy as np

NAMED = 0.9
"""How far an occupation named in words counts against a declared code."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The occupations that a need may mean, likeliest first, weights summing to at most 1."""

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
    """How a service meets the occupation: 0 to 1, with its occupation that does, and how that is known."""

    strength: float
    code: str
    basis: str  # "declared", "named", "described", or "" where the service says nothing


def wanted(need: NeedAsked, coder: Coder) -> Wanted:
    """Occupations of a need: given codes, else its title, else the first words of its text."""
    if need.codes:
        return Wanted(need.codes)
    found = coder.code(need.title or need.text[:200], 6)
    return Wanted(tuple((occupation.code, occupation.confidence) for occupation in found))


def likeness(one: str, other: str) -> float:
    """How near two SOC codes are: same 1, same broad occupation 0.6, same minor group 0.25, same major group 0.05."""
    if one == other:
        return 1.0
    if one[:6] == other[:6]:
        return 0.6
    if one[:4] == other[:4]:
        return 0.25
    return 0.05 if one[:2] == other[:2] else 0.0


class Bridge:
    """Services brought to occupations once; `match` compares a need with all of them at once."""

    def __init__(self, services: Sequence[Service], coder: Coder) -> None:
        import numpy as np

        self.coder = coder
        self.profiles = [profile(service, coder) for service in services]
        self._texts = Index.bm25([Counter(tokens(service.text)) for service in services])
        self._columns = {code: column for column, code in enumerate(coder.codes)}
        self._matrix = np.zeros((len(services), len(coder.codes)), dtype=np.float32)
        for row, known in enumerate(self.profiles):
            for code, (strength, _) in known.items():
                if code in self._columns:
                    self._matrix[row, self._columns[code]] = strength

    def match(self, asked: Wanted) -> "np.ndarray":
        """Per service 0 to 1: the best meeting of any wanted occupation by any of the service's."""
        import numpy as np

        total = np.zeros(len(self.profiles), dtype=np.float32)
        for code, sure in asked.codes:
            near = np.array([likeness(code, other) for other in self.coder.codes], dtype=np.float32)
            columns = np.flatnonzero(near)
            if len(columns):
                total += sure * (self._matrix[:, columns] * near[columns]).max(axis=1)
        return np.minimum(total, 1.0)

    def text_match(self, need: NeedAsked, asked: Wanted) -> "np.ndarray":
        """Per service 0 to 1: BM25 of the need's words, expanded by its occupation's title, as a share of the best."""
        words = Counter(tokens(f"{need.title} {need.text}"))
        for code, sure in asked.codes[:3]:
            for word in tokens(self.coder.title_of(code)):
                words[word] += sure
        found = self._texts.scores(words)
        top = float(found.max(initial=0.0))
        return found / max(top, 8.0)

    def met(self, row: int, asked: Wanted) -> Met:
        """What in the service meets the need, for the reason in words."""
        known = self.profiles[row]
        best = max(
            (
                (sure * strength * likeness(code, own), own, basis)
                for code, sure in asked.codes
                for own, (strength, basis) in known.items()
            ),
            default=(0.0, "", ""),
        )
        return Met(best[0], best[1], best[2]) if known else Met(0.0, "", "")


def profile(service: Service, coder: Coder) -> Mapping[str, tuple[float, str]]:
    """The occupations of a service with strength and basis; empty where it says nothing that can be read."""
    known: dict[str, tuple[float, str]] = {code: (1.0, "declared") for code in service.occupations}
    for trade in service.trades:
        for occupation in coder.code(trade, 3):
            known[occupation.code] = max(
                known.get(occupation.code, (0.0, "")), (NAMED * occupation.confidence, "named")
            )
    if not known and (service.name or service.description):
        for occupation in coder.code_text(service.name, service.description):
            known[occupation.code] = (0.85 * occupation.confidence, "described")
    return known
