"""Two organisations' claims to have placed somebody: are they one shared placement, with a credit for each?"""

from dataclasses import dataclass
from datetime import date

from matching.explain import Reason
from matching.frequencies import Frequencies
from matching.model import Match, match
from matching.normalize import words
from matching.records import CandidateRecord, EmployerRecord

WINDOW_DAYS = 45
"""Starts further apart are two jobs of one person: they left and came back."""
CLOSE_DAYS = 14
SUGGEST = 0.3
"""Probability from which a coordinator is asked."""
SURE = Match(1.0, "same", None, ())
"""Of two records of which a person said that they are one, or that are one record."""


@dataclass(frozen=True, slots=True)
class PlacementClaim:
    """What one organisation says. `started` is an ISO date or empty, `told` the day on which it was said, for a start
    that is not known; the title may be empty."""

    id: str
    organisation: str
    candidate: CandidateRecord
    employer: EmployerRecord
    started: str = ""
    title: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class SharedPlacement:
    """`suggest` is never a decision: candidates of two organisations are joined by people only. Each weight of `why` is
    the share of the probability that is left by that reason, from 0 to 1."""

    probability: float
    suggest: bool
    candidate: Match
    employer: Match
    why: tuple[Reason, ...]


def shared_placement(
    a: PlacementClaim,
    b: PlacementClaim,
    frequencies: Frequencies | None = None,
    *,
    candidate: Match | None = None,
    employer: Match | None = None,
) -> SharedPlacement | None:
    """How likely two claims are one placement; None for two claims of one organisation, and for starts too far apart.

    The candidate, the employer (a branch of it counts as half: people are placed at sites and reported by head office)
    and the start must agree; two titles without a word in common make it less likely. `candidate` and `employer` are
    given where they were compared or decided elsewhere.
    """
    if a.organisation == b.organisation or not at_one_time(a, b):
        return None
    person = candidate or match(a.candidate, b.candidate, frequencies)
    firm = employer or match(a.employer, b.employer, frequencies)
    same_firm = max(firm.probability, 0.5 if firm.relation in {"branch", "parent", "d/b/a"} else 0.0)
    time, time_words = _time(a, b)
    title, title_words = _titles(a.title, b.title)
    probability = round(person.probability * same_firm * time * title, 4)
    related = f" ({firm.relation})" if firm.relation else ""
    why = (
        Reason(_same("person", person.probability), person.probability),
        Reason(_same("employer", same_firm) + related, same_firm),
        Reason(time_words, time),
        Reason(title_words, title),
    )
    return SharedPlacement(probability, probability >= SUGGEST, person, firm, why)


def at_one_time(a: PlacementClaim, b: PlacementClaim) -> bool:
    """Starts close enough for one job; where one isn't known, the days on which the two were told stand for them."""
    days = _apart(a.started, b.started)
    if days is None:
        days = _apart(a.started or a.told, b.started or b.told)
    return days is None or days <= WINDOW_DAYS


def _same(what: str, probability: float) -> str:
    return f"the same {what}" if probability == 1.0 else f"the same {what} at {100 * probability:.0f} %"


def _titles(a: str, b: str) -> tuple[float, str]:
    one, two = set(words(a)), set(words(b))
    if not one or not two:
        return 1.0, "a job title is missing"
    return (1.0, "job titles agree") if one & two else (0.8, "other job titles")


def _apart(a: str, b: str) -> int | None:
    """Days between two ISO dates; None where one is not known."""
    try:
        return abs((date.fromisoformat(a) - date.fromisoformat(b)).days)
    except ValueError:
        return None


def _time(a: PlacementClaim, b: PlacementClaim) -> tuple[float, str]:
    days = _apart(a.started, b.started)
    if days is None:
        return 0.8, "a start date is missing"
    if days <= CLOSE_DAYS:
        return 1.0, "the same start" if days == 0 else f"starts {days} day{'' if days == 1 else 's'} apart"
    return 0.7, f"starts {days} days apart"
