"""What speaks for and against a partner for a need: each signal a value, and words that a coordinator would use."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matching import region
from matching.bridge import Met
from matching.industries import industries_in, industry_of, shared
from matching.needs import NeedAsked
from matching.partners import Partner, Service

WEIGHTS: Mapping[str, float] = {
    "start": -1.44,
    "occupation": 2.64,
    "text": 0.18,
    "industry": 0.3,
    "population": 1.44,
    "kind": 0.48,
    "distance": 0.6,
    "language": 0.3,
    "agreement": 0.18,
    "capacity": 0.3,
    "freshness": 0.18,
    "asked_for": 3.0,
}
"""Log-odds of a yes for a signal of 1, set by hand, no stronger than profiles are believed before anybody answered: who
is best by its profile says yes in nine of ten cases, not in all. A refit starts from them."""

STALE_DAYS = 90


@dataclass(frozen=True, slots=True)
class Signal:
    """One observation. `value` is about -1 to 1 (0: nothing known), `words` say it to a coordinator, "" when there is
    nothing to say."""

    name: str
    value: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a need's words say beside its fields, read once a need: where, which industries, which languages."""

    place: region.Place | None
    industries: frozenset[str]
    languages: frozenset[str]

    @classmethod
    def of(cls, need: NeedAsked) -> "Heard":
        place = region.find(need.location) if need.location else None
        return cls(place, asked_industries(need), asked_languages(need))


@dataclass(frozen=True, slots=True)
class Case:
    """One partner's service looked at for one need, with what was computed for all at once."""

    need: NeedAsked
    heard: Heard
    partner: Partner
    service: Service
    met: Met
    occupation: float
    text: float
    title: str
    today: date


def signals(case: Case) -> tuple[Signal, ...]:
    """What profile and need alone say, in the order in which a coordinator would tell it."""
    return (
        occupation(case),
        Signal("text", case.text, "its own words are close to those of the need" if case.text > 0.3 else ""),
        industry(case),
        population(case),
        kind(case),
        distance(case),
        language(case),
        agreement(case),
        capacity(case),
        freshness(case),
        asked_for(case),
    )


_KNOWN_BY = {"declared": "", "named": ", by its own list", "described": ", judged by its description"}
_UNSAID = 0.2  # a service that doesn't say what it serves is kept, below those that do


def occupation(case: Case) -> Signal:
    if not case.met.basis:
        return Signal("occupation", _UNSAID, "doesn't say which occupations it serves")
    if case.occupation < 0.1:
        return Signal("occupation", case.occupation - 0.1, "no service for this occupation is known")
    verb = "trains" if case.service.kind == "training" else "serves"
    called = case.met.trade or case.title
    title = " ".join(word if word.isupper() else word.lower() for word in called.split())
    return Signal("occupation", case.occupation, f"{verb} {title} ({case.met.code}){_KNOWN_BY[case.met.basis]}")


def industry(case: Case) -> Signal:
    asked = case.heard.industries
    if not asked:
        return Signal("industry", 0.0)
    served = {industry_of(name): name for name in case.service.industries}
    served.pop("", None)
    if not served:
        return Signal("industry", 0.0)
    near = shared(asked, served)
    if not near:
        return Signal("industry", -0.3, f"works with other industries: {spoken(tuple(served.values())[:3])}")
    name = max(served, key=lambda code: shared(asked, (code,)))
    return Signal("industry", near, f"knows the industry: {served[name]}")


def asked_industries(need: NeedAsked) -> frozenset[str]:
    """NAICS codes of the need's industry as given, else as the employer's overview and name tell it."""
    if need.industry:
        return frozenset({industry_of(need.industry)} - {""})
    return industries_in(f"{need.overview} {need.employer}")


def population(case: Case) -> Signal:
    asked, served = case.need.populations, case.service.populations
    if not asked:
        return Signal("population", 0.0)
    both = [name for name in asked if name in served]
    if both:
        return Signal("population", len(both) / len(asked), f"serves {spoken(both)}")
    if served:
        return Signal("population", -0.4, f"serves {spoken(served)}, not {spoken(asked)}")
    return Signal("population", 0.0, f"doesn't say whether it serves {spoken(asked)}")


_KINDS = {"hire_support": 1.0, "training": 0.2, "apprenticeship": 0.2, "events": -0.8, "supportive_services": -1.0}
_ROADS = {
    "apprenticeship": {"apprenticeship": 1.0, "training": 0.3},
    "training": {"training": 1.0, "apprenticeship": 0.4},
    "on_the_job_training": {"training": 0.7, "hire_support": 0.6},
    "internship": {"hire_support": 0.8, "training": 0.6},
}


def kind(case: Case) -> Signal:
    own = case.service.kind
    if not own:
        return Signal("kind", 0.0, "doesn't say what kind of service this is")
    value = _ROADS.get(case.need.pathway, {}).get(own, _KINDS.get(own, 0.0) if not case.need.pathway else -0.3)
    words = {
        "events": "holds events, presents no candidates",
        "supportive_services": "supports people, presents no candidates",
    }
    if value >= 0.7:
        return Signal(
            "kind", value, "presents candidates" if own == "hire_support" else f"offers {own.replace('_', ' ')}"
        )
    return Signal("kind", value, words.get(own, "") if value < 0 else "")


def distance(case: Case) -> Signal:
    place = case.heard.place
    if place is None:
        return Signal("distance", 0.0, f"where {case.need.location} lies isn't known" if case.need.location else "")
    near = region.reach(case.service.areas, place)
    if near is None:
        return Signal("distance", 0.0, "where it works isn't known")
    if near.inside:
        return Signal("distance", 0.8, f"works in {near.area}")
    away = f"{near.miles:.0f} miles away" if near.miles >= 1.5 else "next to it"
    return Signal("distance", 0.4 if near.miles <= 5 else -min(near.miles / 15, 2.0), f"works in {near.area}, {away}")


_SPOKEN = re.compile(
    r"\b(spanish|polish|arabic|ukrainian|mandarin|cantonese|french|swahili|russian|urdu|hindi|korean|vietnamese|tagalog"
    r"|portuguese|burmese|dari|pashto|rohingya|gujarati|romanian|lithuanian|american sign language)"
    r"(?:(?:-| )(?:speak(?:ers?|ing)|bilingual)| (?:required|a plus|preferred|helpful)|/english|\b(?= and english))"
    r"|\bbilingual (?:in )?(?:english(?:/| and )?)?(spanish|polish)\b|\bspeaks? (spanish|polish|arabic|ukrainian)\b"
)


def asked_languages(need: NeedAsked) -> frozenset[str]:
    """Languages that candidates should speak, by the need's field and its words, in lower case; English goes without
    saying."""
    text = f"{need.title} {' '.join(need.requirements)} {need.text[:5000]}".lower()
    found = {name for match in _SPOKEN.findall(text) for name in match if name}
    return frozenset(found | {name.lower() for name in need.languages}) - {"english"}


def language(case: Case) -> Signal:
    asked = case.heard.languages
    if not asked:
        return Signal("language", 0.0)
    known = [name for name in case.service.languages if name.lower() in asked]
    if known:
        return Signal("language", 1.0, f"speaks {spoken(known)}")
    if case.service.languages:
        return Signal("language", -0.5, f"doesn't list {spoken(sorted(name.title() for name in asked))}")
    return Signal(
        "language", 0.0, f"doesn't say whether it has {spoken(sorted(name.title() for name in asked))} speakers"
    )


def agreement(case: Case) -> Signal:
    if not case.need.referring_org:
        return Signal("agreement", 0.0)
    with_it = case.partner.agreement_with(case.need.referring_org, case.today)
    if with_it is None:
        return Signal("agreement", 0.0)
    name = f"{with_it.kind or 'agreement'} with {case.need.referring_org}"
    if with_it.holds(case.today):
        return Signal("agreement", 1.0, f"{name} is signed")
    return Signal("agreement", -0.3, f"{name} is {with_it.status or 'not signed'}")


def capacity(case: Case) -> Signal:
    left = case.service.capacity
    if left is None or left == 0:
        return Signal("capacity", 0.0, "how many people it can present isn't known")
    if left >= case.need.openings:
        return Signal("capacity", 0.4, f"has room for {left}")
    return Signal("capacity", left / case.need.openings - 1, f"has room for {left} of {case.need.openings}")


def freshness(case: Case) -> Signal:
    when = case.partner.confirmed_on
    if when is None:
        return Signal("freshness", 0.0, "nobody has confirmed this profile yet")
    days = (case.today - when).days
    if days > STALE_DAYS:
        return Signal("freshness", -1.0, f"profile last confirmed {days} days ago")
    return Signal("freshness", 0.3, f"profile confirmed on {when.isoformat()}")


def asked_for(case: Case) -> Signal:
    if not case.need.asked_for:
        return Signal("asked_for", 0.0)
    names = {name.casefold() for name in case.need.asked_for}
    own = {case.partner.name.casefold(), *(alias.casefold() for alias in case.partner.aliases)}
    return Signal("asked_for", 1.0, "was asked for by name") if names & own else Signal("asked_for", 0.0)


def spoken(names: tuple[str, ...] | list[str]) -> str:
    words = [name.replace("_", " ") for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
