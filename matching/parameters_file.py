"""The parameters of a matching model: a small readable JSON file, and what is read from it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "parameters"
Weights = Mapping[str, Mapping[str, float]]
BARE = 0.8
"""Share of pairs with names alone from which a list is one of names: what a name weighs there is another matter."""


@dataclass(frozen=True, slots=True)
class Adapting:
    """How the base of a whole collection is found, and between which bases: see matching.scoring.adapted_base."""

    neutral: float
    bare: float
    share: float
    valley: float
    lift: float
    offset: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Others:
    """The second look at a pair, with the rest of the collection: slopes for its first score below and above zero."""

    base: float
    against: float
    towards: float
    weights: Weights


@dataclass(frozen=True, slots=True)
class Settling:
    """How the scores of a whole list are moved by the shape in which they lie: see matching.settling."""

    base: float = 0.0
    against: float = 1.0
    towards: float = 1.0
    shape: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`base` are the log-odds of a lone pair that keys find, before anything is compared; `same` is the probability
    from which a pair joins by itself; `names_alone` takes over for a list in which few pairs have more than names."""

    base: float
    same: float
    weights: Weights
    adapting: Adapting
    others: Others
    names_alone: "Parameters | None" = None
    settling: Settling = Settling()

    def for_list(self, bare: float) -> "Parameters":
        """The parameters for a list of which this share of pairs has only names to compare."""
        return self.names_alone if self.names_alone and bare >= BARE else self

    def evidence(self, levels: Mapping[str, str]) -> float:
        """Log-odds that the levels add to the base."""
        weights = self.weights
        total = 0.0
        for name, level in levels.items():
            table = weights.get(name)
            if table:
                total += table.get(level, 0.0)
        return total

    def to_json(self) -> dict[str, Any]:
        """Plain values; `read_parameters` takes them back, as a dict or as text."""
        return asdict(self)

    def as_json(self, about: str, scores: Mapping[str, Any]) -> str:
        """The text of a parameter file, with a note and its scores in front."""
        return json.dumps({"about": about, "scores": scores, **asdict(self)}, indent=1)


@lru_cache(maxsize=4)
def shipped(kind: str) -> Parameters:
    """The parameters that come with the package; kind is "employers" or "candidates"."""
    return read_parameters((FOLDER / f"{kind}.json").read_text(encoding="utf-8"))


def read_parameters(given: str | Mapping[str, Any]) -> Parameters:
    """From the text of a parameter file or from its values. Raises ValueError where they are none."""
    try:
        data = json.loads(given) if isinstance(given, str) else given
        others = data["others"]
        alone = data.get("names_alone")
        return Parameters(
            base=float(data["base"]),
            same=float(data["same"]),
            weights=_weights(data["weights"]),
            adapting=Adapting(**{name: float(value) for name, value in data["adapting"].items()}),
            others=Others(
                float(others["base"]), float(others["against"]), float(others["towards"]), _weights(others["weights"])
            ),
            names_alone=read_parameters(alone) if alone else None,
            settling=_settling(data.get("settling") or {}),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"these are no parameters of a matching model: {error}") from error


def _settling(data: Mapping[str, Any]) -> Settling:
    """Parameters that were learnt before there was a settling have none: scores stay as they are."""
    numbers = {name: float(data[name]) for name in ("base", "against", "towards") if name in data}
    return Settling(**numbers, shape={name: float(weight) for name, weight in data.get("shape", {}).items()})


def _weights(table: Mapping[str, Mapping[str, float]]) -> Weights:
    return {field: {level: float(weight) for level, weight in levels.items()} for field, levels in table.items()}
