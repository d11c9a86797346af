"""Two organisations' claims to have placed somebody: are they one shared placement, with a credit for each?"""

from dataclasses import dataclass
from datetime import date

from matching.explain import Reason
from matching.frequencies import Frequencies
from matching.model import Match, match
from matching.normalize import words
from matching.records import CandidateRecord, EmployerRecord

WINDOW_DAYS = 45
"""Starts further apart are two jobs of one person."""
CLOSE_DAYS = 14
SUGGEST = 0.3
"""Probability from which a coordinator is asked."""


@dataclass(frozen=True, slots=True)
class PlacementClaim:
    """What one organisation says. `started` is an ISO date or empty; the title may be empty."""

    id: str
    organisation: str
    candidate: CandidateRecord
    employer: EmployerRecord
    started: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class SharedPlacement:
    """`suggest` is never a decision: candidates of two organisations are joined by people only."""

    probability: float
    suggest: bool
    candidate: Match
    employer: Match
    why: tuple[Reason, ...]


def shared_placement(
    a: PlacementClaim, b: PlacementClaim, frequencies: Frequencies | None = None
) -> SharedPlacement | None:
    """How likely two claims are one placement; None for two claims of one organisation, and for starts too far apart.

    The candidate, the employer (a branch of it counts as half: people are placed at sites and reported by head office)
    and the start must agree; two titles without a word in common make it less likely.
    """
    if a.organisation == b.organisation:
        return None
    days = _days_between(a.started, b.started)
    if days is not None and days > WINDOW_DAYS:
        return None
    person = match(a.candidate, b.candidate, frequencies)
    firm = match(a.employer, b.employer, frequencies)
    same_firm = max(firm.probability, 0.5 if firm.relation in {"branch", "parent", "d/b/a"} else 0.0)
    time, time_words = _time(days)
    title, title_words = _titles(a.title, b.title)
    probability = round(person.probability * same_firm * time * title, 4)
    why = (
        Reason(f"the same person at {person.probability:.0%}", person.probability),
        Reason(f"the same employer at {same_firm:.0%}" + (f" ({firm.relation})" if firm.relation else ""), same_firm),
        Reason(time_words, time),
        Reason(title_words, title),
    )
    return SharedPlacement(probability, probability >= SUGGEST, person, firm, why)


def _titles(a: str, b: str) -> tuple[float, str]:
    one, two = set(words(a)), set(words(b))
    if not one or not two:
        return 1.0, "a job title is missing"
    return (1.0, "job titles agree") if one & two else (0.8, "other job titles")


def _days_between(a: str, b: str) -> int | None:
    try:
        return abs((date.fromisoformat(a) - date.fromisoformat(b)).days)
    except ValueError:
        return None


def _time(days: int | None) -> tuple[float, str]:
    if days is None:
        return 0.8, "a start date is missing"
    if days <= CLOSE_DAYS:
        return 1.0, "the same start" if days == 0 else f"starts {days} days apart"
    return 0.7, f"starts {days} days apart"
