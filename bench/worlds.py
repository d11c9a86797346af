"""Worlds for bench/simulate.py: partners with profiles, needs, and what each partner would really say.

Made in different ways, so that nothing is tuned to one of them:
    odds     log-odds added up from general liking, trade, area and population; `mixed`, `general`, `work` and `place`
             weigh these differently
    gates    a partner says yes only if trade, area and population all are right, and then mostly
    factors  random hidden factors of partners, trades and areas; few partners are strong in each trade
    drift    as `factors`, but partners change for good now and then
    tables   a chance of its own for each partner and kind of work, whatever the profile says; no reasons
    few      eight trades only, each partner's liking for each its own matter
"""

import math
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from matching.answers import Answer
from matching.needs import NeedAsked
from matching.occupations import Coder
from matching.partners import Partner, Service

_ALL = (
    "53-7051 53-7062 53-7065 53-3032 53-3033 51-9061 51-4121 51-4041 51-9161 51-9111 51-2092 49-9071 49-9041 49-9021 "
    "47-2111 47-2031 47-2061 35-2014 35-3031 35-9021 37-2011 37-2012 37-3011 33-9032 31-1131 31-1122 31-1121 31-9092 "
    "29-2052 43-4051 43-4171 43-9061 41-2011 41-2031 15-1232 15-1254"
).split()
TRADES = tuple(_ALL)
FEW = ("53-7051", "53-3032", "51-4121", "51-9111", "35-2014", "37-2011", "31-1131", "43-4051")
POPULATIONS = ("veterans", "refugees", "returning_citizens", "youth", "older_workers")
AREAS = (
    "Uptown", "Lakeview", "Austin", "Pilsen", "Englewood", "Pullman", "Chatham", "Cicero", "Skokie", "Schaumburg",
    "Des Plaines", "Harvey", "Aurora", "Joliet", "Elgin", "Naperville",
)  # fmt: skip
Parts = Mapping[str, float]
"""Log-odds by reason: the worst of them is the reason of a no."""


@dataclass(frozen=True)
class World:
    """`parts(number, need, partner)`: the log-odds by reason when need `number` comes; `base` is added to their sum.
    `spoken`: the share of declines that name a reason; `codes`: whether needs carry their occupation, or a title
    only."""

    partners: list[Partner]
    parts: Callable[[int, NeedAsked, str], Parts]
    trade_of: dict[str, str] = field(default_factory=dict)
    base: float = 0.0
    spoken: float = 1.0
    codes: bool = True
    all_must_hold: bool = False
    trades: tuple[str, ...] = TRADES
    slope: float = 0.07

    def need(self, rng: random.Random, coder: Coder) -> NeedAsked:
        code = self.trades[min(int(rng.expovariate(self.slope)), len(self.trades) - 1)]
        populations = (rng.choice(POPULATIONS),) if rng.random() < 0.3 else ()
        title = coder.title_of(code)
        self.trade_of[title] = code
        return NeedAsked(
            title=title,
            openings=rng.choice((1, 2, 4, 6, 12, 25)),
            location=f"{rng.choice(AREAS)}, IL",
            populations=populations,
            codes=((code, 1.0),) if self.codes else (),
        )

    def chance(self, number: int, asked: NeedAsked, partner: str) -> float:
        parts = self.parts(number, asked, partner)
        if self.all_must_hold:
            return math.prod(_chance(value) for value in parts.values())
        return _chance(self.base + sum(parts.values()))

    def answer(self, rng: random.Random, number: int, asked: NeedAsked, partner: str) -> Answer:
        if rng.random() < self.chance(number, asked, partner):
            placed = rng.randint(1, asked.openings) if rng.random() < 0.6 else 0
            return Answer(asked, partner, True, "", rng.randint(1, 9), "placed" if placed else "", placed)
        said = self.parts(number, asked, partner)
        reason = "no_capacity" if rng.random() < 0.1 else min(said, key=lambda name: said[name])
        return Answer(asked, partner, False, reason if rng.random() < self.spoken else "", rng.randint(1, 12))


def _chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def area_of(asked: NeedAsked) -> str:
    return asked.location.partition(",")[0]


def _profiles(rng: random.Random, count: int, trades: tuple[str, ...] = TRADES, most: int = 8) -> list[Partner]:
    partners = []
    for number in range(count):
        service = Service(
            "Placement",
            rng.choice(("hire_support", "hire_support", "training")),
            occupations=tuple(rng.sample(trades, rng.randint(min(3, most - 1), most))),
            populations=tuple(rng.sample(POPULATIONS, rng.randint(0, 2))),
            areas=tuple(rng.sample(AREAS, rng.randint(2, 6))),
        )
        partners.append(Partner(f"Partner {number:02}", services=(service,)))
    return partners


def _truly(rng: random.Random, partner: Partner) -> frozenset[str]:
    """A fifth of what is declared is wishful, and two trades aren't said."""
    declared = partner.services[0].occupations
    return frozenset({code for code in declared if rng.random() > 0.2} | set(rng.sample(TRADES, 2)))


_SPREAD = {"mixed": (0.8, 0.9, 0.5), "general": (1.4, 0.2, 0.2), "work": (0.3, 1.5, 0.3), "place": (0.3, 0.4, 1.4)}


def odds(rng: random.Random, count: int, kind: str) -> World:
    spread, partners = _SPREAD[kind], _profiles(rng, count)
    truly = {p.name: _truly(rng, p) for p in partners}
    general = {p.name: rng.gauss(0, spread[0]) for p in partners}
    work = {p.name: {code[:4]: rng.gauss(0, spread[1]) for code in TRADES} for p in partners}
    area = {
        p.name: {a: rng.gauss(0.3 if a in p.services[0].areas else -0.3, spread[2]) for a in AREAS} for p in partners
    }
    groups = {p.name: p.services[0].populations for p in partners}
    world = World(partners, lambda number, asked, name: {}, base=-0.4)

    def parts(number: int, asked: NeedAsked, name: str) -> Parts:
        code = world.trade_of[asked.title]
        return {
            "cannot_meet_occupation": (1.6 if code in truly[name] else -1.6) + work[name][code[:4]],
            "outside_area": area[name][area_of(asked)],
            "population_not_served": sum(1.0 if g in groups[name] else -0.4 for g in asked.populations),
            "other": general[name],
        }

    return _with(world, parts)


def gates(rng: random.Random, count: int) -> World:
    partners = _profiles(rng, count)
    truly = {p.name: _truly(rng, p) for p in partners}
    near = {p.name: {a for a in AREAS if rng.random() < (0.85 if a in p.services[0].areas else 0.35)} for p in partners}
    groups = {
        p.name: {g for g in POPULATIONS if g in p.services[0].populations or rng.random() < 0.5} for p in partners
    }
    willing = {p.name: rng.gauss(0.8, 1.0) for p in partners}
    skill = {p.name: {code: rng.gauss(2.0, 1.0) for code in TRADES} for p in partners}
    world = World(partners, lambda number, asked, name: {}, spoken=0.7, codes=False, all_must_hold=True)

    def parts(number: int, asked: NeedAsked, name: str) -> Parts:
        code = world.trade_of[asked.title]
        return {
            "cannot_meet_occupation": skill[name][code] if code in truly[name] else -2.5,
            "outside_area": 3.0 if area_of(asked) in near[name] else -1.5,
            "population_not_served": 3.0 if set(asked.populations) <= groups[name] else -1.5,
            "other": willing[name],
        }

    return _with(world, parts)


def factors(rng: random.Random, count: int, changes: float = 0.0) -> World:
    """`changes`: the chance that a partner is another one after a hundred needs."""
    partners, size = _profiles(rng, count), 4
    group = {code[:2]: [rng.gauss(0, 1) for _ in range(size)] for code in TRADES}
    trade = {code: [0.7 * g + 0.7 * rng.gauss(0, 1) for g in group[code[:2]]] for code in TRADES}
    place = {a: [0.4 * rng.gauss(0, 1) for _ in range(size)] for a in AREAS}
    ages = 40 if changes else 1
    own: dict[str, list[list[float]]] = {}
    for p in partners:
        own[p.name] = []
        for age in range(ages):
            new = age == 0 or rng.random() < changes
            vector = [rng.gauss(0, 0.75) for _ in range(size)] + [rng.gauss(0, 0.7)]
            own[p.name].append(vector if new else own[p.name][-1])
    declared = {p.name: frozenset(p.services[0].occupations) for p in partners}
    areas = {p.name: frozenset(p.services[0].areas) for p in partners}
    world = World(partners, lambda number, asked, name: {}, base=-1.6, spoken=0.5, codes=False, slope=0.1)

    def parts(number: int, asked: NeedAsked, name: str) -> Parts:
        vector, code, where = own[name][min(number // 100, ages - 1)], world.trade_of[asked.title], area_of(asked)
        liking = sum(a * b for a, b in zip(vector, trade[code], strict=False))
        return {
            "cannot_meet_occupation": liking + (1.5 if code in declared[name] else -0.5),
            "outside_area": sum(a * b for a, b in zip(vector, place[where], strict=False))
            + (0.4 if where in areas[name] else -0.2),
            "other": vector[-1],
        }

    return _with(world, parts)


def tables(rng: random.Random, count: int) -> World:
    partners = _profiles(rng, count)
    own = {p.name: {code[:2]: rng.betavariate(0.5, 1.0) for code in TRADES} for p in partners}
    world = World(partners, lambda number, asked, name: {}, spoken=0.0)

    def parts(number: int, asked: NeedAsked, name: str) -> Parts:
        chance = min(max(own[name][world.trade_of[asked.title][:2]], 0.02), 0.98)
        return {"other": math.log(chance / (1 - chance))}

    return _with(world, parts)


def few(rng: random.Random, count: int) -> World:
    """Eight trades only; what a partner really says yes to is its own matter in each, a declared one rather yes."""
    partners = _profiles(rng, count, FEW, 3)
    own = {
        p.name: {code: rng.gauss(0.6 if code in p.services[0].occupations else -1.2, 1.3) for code in FEW}
        for p in partners
    }
    general = {p.name: rng.gauss(0, 0.6) for p in partners}
    world = World(partners, lambda number, asked, name: {}, base=-0.2, spoken=0.5, trades=FEW, slope=0.25)

    def parts(number: int, asked: NeedAsked, name: str) -> Parts:
        return {"cannot_meet_occupation": own[name][world.trade_of[asked.title]], "other": general[name]}

    return _with(world, parts)


def _with(world: World, parts: Callable[[int, NeedAsked, str], Parts]) -> World:
    object.__setattr__(world, "parts", parts)
    return world


KINDS: Mapping[str, Callable[[random.Random, int], World]] = {
    **{kind: (lambda rng, count, kind=kind: odds(rng, count, kind)) for kind in _SPREAD},
    "gates": gates,
    "factors": factors,
    "tables": tables,
    "few": few,
    "drift": lambda rng, count: factors(rng, count, 0.04),
}
