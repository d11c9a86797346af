"""What answers teach at once about the partner concerned: by how much it says yes more, or less, than its profile
promises and promises are kept.

Every answer is compared with the chance that the profile gave it; the difference is shared among the partner in
general and the traits of the need (kind of work, place, population, pathway, size), each pulled towards nothing by a
normal prior: few answers change little. It is the MAP of a logistic regression with one effect a trait, found by
Newton steps over that partner's answers alone.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from matching.answers import OCCUPATION, Answer, Trait
from matching.promises import Promises, chance
from terms.statuses import DeclineReason

SPREAD: Mapping[str, float] = {
    "general": 1.0,
    "major": 0.4,
    "minor": 0.8,
    "code": 1.1,
    "pathway": 0.4,
    "population": 0.7,
    "place": 0.8,
    "zone": 0.4,
    "size": 0.25,
    "industry": 0.3,
}
"""Standard deviation, in log-odds, by which partners are thought to differ in each family of traits before anything
is known."""

STATED = 2.0
"""A decline that names its reason is a statement, and counts as two answers for what it speaks of."""

HALF_LIFE = 1500.0
"""Answers (of all partners) after which an answer counts half."""
_REQUESTS_FADE = 6000.0  # the same for requests, slower: a share that is forgotten would be taken twice
_SWEEPS = 2  # over one partner's answers, at each of them
_GENERAL_AFTER = 3  # declined by trade in so many major groups: then it is the partner, not the trade
_NO_ROOM_FADES = 40.0  # answers of all partners after which "no capacity" is half forgotten


@dataclass(frozen=True, slots=True)
class Lesson:
    """One answer as learnt from: when (number of the answer), the log-odds that the profile promised, worth 0 to 1,
    traits taught."""

    at: int
    promised: float
    worth: float
    traits: tuple[Trait, ...]
    taught: frozenset[Trait]
    force: float = 1.0


@dataclass(slots=True)
class Known:
    """What is known of one partner. `effects` in log-odds; `weight`: how much evidence stands behind each."""

    lessons: list[Lesson] = field(default_factory=list)
    effects: dict[Trait, float] = field(default_factory=dict)
    weight: dict[Trait, float] = field(default_factory=dict)
    yes: dict[Trait, int] = field(default_factory=lambda: defaultdict(int))
    seen: dict[Trait, int] = field(default_factory=lambda: defaultdict(int))
    days: list[float] = field(default_factory=list)
    placed: dict[Trait, int] = field(default_factory=lambda: defaultdict(int))
    refused_groups: set[Trait] = field(default_factory=set)
    no_room_at: int | None = None
    asked: float = 0.0
    asked_at: int = 0


@dataclass(slots=True)
class Experience:
    """All that answers have taught. `promises`: how far profiles can be believed; `asked`: requests to anybody, older
    ones counting less."""

    partners: dict[str, Known] = field(default_factory=dict)
    promises: Promises = field(default_factory=Promises)
    count: int = 0
    asked: float = 0.0

    def learn(self, answer: Answer, traits: Sequence[Trait], promised: float) -> None:
        """Takes in one answer, newest last. `promised`: the log-odds that profile and need alone gave."""
        known = self.partners.setdefault(answer.partner, Known())
        self.count += 1
        known.asked = self.asked_lately(answer.partner) + 1.0
        known.asked_at = self.count
        self.asked = self.asked * 0.5 ** (1 / _REQUESTS_FADE) + 1.0
        taught = frozenset(trait for trait in traits if answer.teaches(trait))
        if answer.reason == DeclineReason.CANNOT_MEET_OCCUPATION:
            taught = _also_general(known, traits, taught)
        if answer.reason == DeclineReason.NO_CAPACITY:
            known.no_room_at = self.count
        elif answer.accepted:
            known.no_room_at = None
        force = STATED if taught and len(taught) < len(traits) else 1.0
        if taught:
            own = sum(effect for _, effect in self.effects(answer.partner, traits))
            self.promises.learn(promised, own, self._unknown(answer.partner, traits)[0], answer.worth)
        known.lessons.append(Lesson(self.count, promised, answer.worth, tuple(traits), taught, force))
        _count(known, answer, traits, taught)
        self._settle(known)

    def effects(self, partner: str, traits: Iterable[Trait]) -> list[tuple[Trait, float]]:
        """What is known of the partner for a need with these traits, in log-odds; nothing for a stranger."""
        known = self.partners.get(partner)
        return [(trait, known.effects[trait]) for trait in traits if trait in known.effects] if known else []

    def doubt(self, partner: str, traits: Iterable[Trait]) -> float:
        """Standard deviation of what is still unknown of the partner for such a need, 1 for a stranger."""
        left, total = self._unknown(partner, traits)
        return math.sqrt(left / total) if total else 0.0

    def _unknown(self, partner: str, traits: Iterable[Trait]) -> tuple[float, float]:
        """Variance of a partner's effects for such a need: what is left of it, and before anything was known."""
        known = self.partners.get(partner)
        total = left = 0.0
        for trait in traits:
            prior = SPREAD.get(trait[0], 0.3) ** 2
            total += prior
            left += prior / (1 + prior * known.weight.get(trait, 0.0)) if known else prior
        return left, total

    def asked_lately(self, partner: str) -> float:
        """Times asked, older ones counting less."""
        known = self.partners.get(partner)
        return known.asked * 0.5 ** ((self.count - known.asked_at) / _REQUESTS_FADE) if known else 0.0

    def no_room(self, partner: str) -> float:
        """1 right after the partner said that it has no capacity, fading as answers go by; 0 once it has said yes."""
        known = self.partners.get(partner)
        if known is None or known.no_room_at is None:
            return 0.0
        return 0.5 ** ((self.count - known.no_room_at) / _NO_ROOM_FADES)

    def _settle(self, known: Known) -> None:
        ages = [0.5 ** ((self.count - lesson.at) / HALF_LIFE) for lesson in known.lessons]
        by_trait: dict[Trait, list[int]] = defaultdict(list)
        for number, lesson in enumerate(known.lessons):
            for trait in lesson.taught:
                by_trait[trait].append(number)
        known.effects = {trait: known.effects.get(trait, 0.0) for trait in by_trait}
        totals = [
            self.promises.kept(lesson.promised) + sum(known.effects.get(trait, 0.0) for trait in lesson.traits)
            for lesson in known.lessons
        ]
        order = sorted(by_trait, key=lambda trait: list(SPREAD).index(trait[0]))
        for _ in range(_SWEEPS):
            for trait in order:
                _step(known, trait, by_trait[trait], totals, ages)


def _step(known: Known, trait: Trait, numbers: list[int], totals: list[float], ages: list[float]) -> None:
    """One Newton step for one trait; `totals` are kept true for the lessons that have it."""
    precision = 1 / SPREAD.get(trait[0], 0.3) ** 2
    slope, weight = -known.effects[trait] * precision, 0.0
    for number in numbers:
        expected = chance(totals[number])
        counts = ages[number] * known.lessons[number].force
        slope += counts * (known.lessons[number].worth - expected)
        weight += counts * expected * (1 - expected)
    change = slope / (weight + precision)
    known.effects[trait] += change
    known.weight[trait] = weight
    for number, lesson in enumerate(known.lessons):
        if trait in lesson.traits:
            totals[number] += change


def _count(known: Known, answer: Answer, traits: Sequence[Trait], taught: frozenset[Trait]) -> None:
    if answer.days is not None:
        known.days.append(answer.days)
    for trait in traits:
        if trait in taught:
            known.seen[trait] += 1
            known.yes[trait] += answer.accepted
        known.placed[trait] += answer.placed


def _also_general(known: Known, traits: Sequence[Trait], taught: frozenset[Trait]) -> frozenset[Trait]:
    known.refused_groups.update(trait for trait in traits if trait[0] == OCCUPATION[0])
    if len(known.refused_groups) < _GENERAL_AFTER:
        return taught
    return taught | {trait for trait in traits if trait[0] == "general"}
