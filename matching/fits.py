"""Which candidates fit a need and which needs fit a candidate: by occupation, distance and language, with reasons.

Nothing here looks at a person's group, age, sex, origin, record or health: a provider's programmes may serve groups,
a person is matched by work alone. Who may be shown to whom is decided by consent before this is asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from matching import region
from matching.bridge import BROAD, MINOR
from matching.features import asked_languages, spoken
from matching.needs import NeedAsked
from matching.occupations import Coder, Occupation
from matching.suggest import Reason

_RELATED = (("same occupation", 1.0), ("closely related work", BROAD), ("related work", MINOR))
_NEAR, _FAR = 5.0, 25.0  # miles


@dataclass(frozen=True, slots=True)
class Seeker:
    """A candidate as the matcher sees one: a key, the work sought or done, where, which languages. Empty means not
    said."""

    key: str
    titles: tuple[str, ...]
    location: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a seeker fits a need, 0 to 1; `key` is the seeker's, or the need's number in the list given."""

    key: str
    score: float
    why: tuple[Reason, ...]
    why_not: tuple[Reason, ...]


def seekers_for(need: NeedAsked, seekers: Iterable[Seeker], coder: Coder, limit: int = 20) -> list[Fit]:
    """Seekers who fit, best first; those whose work has nothing to do with the need are left out."""
    fits = (fit(seeker.key, need, seeker, coder) for seeker in seekers)
    return sorted((found for found in fits if found), key=lambda found: (-found.score, found.key))[:limit]


def needs_for(seeker: Seeker, needs: Sequence[NeedAsked], coder: Coder, limit: int = 20) -> list[Fit]:
    """Needs that fit, best first, keyed by their place in the list."""
    fits = (fit(str(number), need, seeker, coder) for number, need in enumerate(needs))
    return sorted((found for found in fits if found), key=lambda found: (-found.score, int(found.key)))[:limit]


def fit(key: str, need: NeedAsked, seeker: Seeker, coder: Coder) -> Fit | None:
    """One seeker and one need, None where the work is unrelated."""
    work, reason = _work(need, seeker, coder)
    if not work:
        return None
    parts = [(work, reason), _distance(need, seeker), _language(need, seeker)]
    score = min(max(sum(value for value, _ in parts), 0.0), 1.0)
    told = [Reason(words, round(value, 2)) for value, words in parts if words]
    return Fit(key, score, tuple(r for r in told if r.weight > 0), tuple(r for r in told if r.weight <= 0))


def _work(need: NeedAsked, seeker: Seeker, coder: Coder) -> tuple[float, str]:
    asked = need.codes or tuple((o.code, o.confidence) for o in coder.code(need.title, 3, context=need.text))
    best, words = 0.0, ""
    for title in seeker.titles:
        for own in _coded(coder, title):
            for code, sure in asked:
                kind, worth = _relation(code, own.code)
                value = 0.8 * worth * (sure * own.confidence) ** 0.5
                if value > best:
                    best, words = value, f"{kind}: {own.title} ({own.code})"
    return (best, words) if best > 0.03 else (0.0, "")


@lru_cache(maxsize=8192)
def _coded(coder: Coder, title: str) -> tuple[Occupation, ...]:
    """Many candidates seek the same work; coding a title takes half a millisecond."""
    return tuple(coder.code(title, 3))


def _relation(one: str, other: str) -> tuple[str, float]:
    for (kind, worth), length in zip(_RELATED, (7, 6, 4), strict=True):
        if one[:length] == other[:length]:
            return kind, worth
    return "", 0.0


def _distance(need: NeedAsked, seeker: Seeker) -> tuple[float, str]:
    work, home = region.find(need.location), region.find(seeker.location)
    if work is None or home is None:
        return 0.0, "how far it is isn't known" if need.location or seeker.location else ""
    miles = max(work.miles_to(home) - work.radius - home.radius, 0.0)
    if miles <= _NEAR:
        return 0.1, f"lives near: {miles:.0f} miles"
    return -0.3 * min(miles / _FAR, 1.0), f"{miles:.0f} miles away"


def _language(need: NeedAsked, seeker: Seeker) -> tuple[float, str]:
    asked = asked_languages(need)
    if not asked:
        return 0.0, ""
    shared = [name for name in seeker.languages if name.lower() in asked]
    if shared:
        return 0.1, f"speaks {spoken(shared)}"
    return (-0.1, f"no {spoken(sorted(asked))} listed") if seeker.languages else (0.0, "languages aren't known")
