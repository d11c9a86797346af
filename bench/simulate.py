"""Learning from answers, simulated: 60 partners whose true preferences are hidden, 2,000 needs, each put to the first
suggestion.

    python bench/simulate.py [--seed 7] [--partners 60] [--needs 2000] [--truth mixed|general|work|place] [--svg F]

Regret is the chance of a yes of the partner that the best fixed ranking puts first (the true order of partners for
each occupation, which nobody knows), less that of the partner asked. Printed a hundred needs at a time for three
ways: as the profiles say (never learning), load alone (fair shares without hearing what was said), learning, and
learning with a refit of the weights each hundred answers from the two hundredth. `share`: the most that one partner
was asked, as a multiple of an equal share.
"""

import argparse
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from matching.answers import Answer
from matching.needs import NeedAsked
from matching.occupations import Coder
from matching.partners import Partner, Service
from matching.refit import FEWEST, refit
from matching.suggest import Suggester

TRADES = (
    "53-7051 53-7062 53-7065 53-3032 53-3033 51-9061 51-4121 51-4041 51-9161 51-9111 51-2092 49-9071 49-9041 49-9021 "
    "47-2111 47-2031 47-2061 35-2014 35-3031 35-9021 37-2011 37-2012 37-3011 33-9032 31-1131 31-1122 31-1121 31-9092 "
    "29-2052 43-4051 43-4171 43-9061 41-2011 41-2031 15-1232 15-1254"
).split()
POPULATIONS = ("veterans", "refugees", "returning_citizens", "youth", "older_workers")
AREAS = (
    "Uptown", "Lakeview", "Austin", "Pilsen", "Englewood", "Pullman", "Chatham", "Cicero", "Skokie", "Schaumburg",
    "Des Plaines", "Harvey", "Aurora", "Joliet", "Elgin", "Naperville",
)  # fmt: skip
REASONS = ("cannot_meet_occupation", "outside_area", "population_not_served", "other")


@dataclass(frozen=True)
class Hidden:
    """What a partner is really like: log-odds in general, by minor group, by area and population, and what it really
    serves."""

    general: float
    work: dict[str, float]
    area: dict[str, float]
    population: dict[str, float]
    trades: frozenset[str]


def world(rng: random.Random, count: int, truth: str) -> tuple[list[Partner], dict[str, Hidden]]:
    """Partners as their profiles have them, and as they are: a fifth of what is declared is wishful, as much isn't
    said."""
    spread = {"mixed": (0.8, 0.9, 0.5), "general": (1.4, 0.2, 0.2), "work": (0.3, 1.5, 0.3), "place": (0.3, 0.4, 1.4)}[
        truth
    ]
    partners, hidden = [], {}
    for number in range(count):
        serves = rng.sample(TRADES, rng.randint(3, 8))
        truly = {code for code in serves if rng.random() > 0.2} | set(rng.sample(TRADES, 2))
        areas = rng.sample(AREAS, rng.randint(2, 6))
        populations = rng.sample(POPULATIONS, rng.randint(0, 2))
        kind = rng.choice(("hire_support", "hire_support", "training"))
        service = Service(
            "Placement", kind, occupations=tuple(serves), populations=tuple(populations), areas=tuple(areas)
        )
        partner = Partner(f"Partner {number:02}", services=(service,))
        partners.append(partner)
        hidden[partner.name] = Hidden(
            rng.gauss(0, spread[0]),
            {code[:4]: rng.gauss(0, spread[1]) for code in TRADES},
            {area: rng.gauss(0.3 if area in areas else -0.3, spread[2]) for area in AREAS},
            {name: (1.0 if name in populations else -0.4) for name in POPULATIONS},
            frozenset(truly),
        )
    return partners, hidden


def need(rng: random.Random, number: int, coder: Coder) -> NeedAsked:
    code = TRADES[min(int(rng.expovariate(0.07)), len(TRADES) - 1)]
    populations = (rng.choice(POPULATIONS),) if rng.random() < 0.3 else ()
    return NeedAsked(
        title=coder.title_of(code),
        openings=rng.choice((1, 2, 4, 6, 12, 25)),
        location=f"{rng.choice(AREAS)}, IL",
        populations=populations,
        codes=((code, 1.0),),
    )


def parts(asked: NeedAsked, truly: Hidden) -> dict[str, float]:
    """Log-odds by reason: what would be said if it is the worst of them."""
    code = asked.codes[0][0]
    return {
        "cannot_meet_occupation": (1.6 if code in truly.trades else -1.6) + truly.work[code[:4]],
        "outside_area": truly.area[asked.location.partition(",")[0]],
        "population_not_served": sum(truly.population[name] for name in asked.populations),
        "other": truly.general,
    }


def chance(asked: NeedAsked, truly: Hidden) -> float:
    return 1 / (1 + math.exp(0.4 - sum(parts(asked, truly).values())))


def fixed_ranking(rng: random.Random, hidden: dict[str, Hidden], coder: Coder) -> dict[str, str]:
    """The partner that is truly best for each occupation, over many needs."""
    needs = [need(rng, number, coder) for number in range(3000)]
    best = {}
    for code in TRADES:
        like = [asked for asked in needs if asked.codes[0][0] == code][:60]
        best[code] = max(hidden, key=lambda name: sum(chance(asked, hidden[name]) for asked in like))
    return best


def answer(rng: random.Random, asked: NeedAsked, partner: str, truly: Hidden) -> Answer:
    if rng.random() < chance(asked, truly):
        placed = rng.randint(1, asked.openings) if rng.random() < 0.6 else 0
        return Answer(asked, partner, True, "", rng.randint(1, 9), "placed" if placed else "", placed)
    said = parts(asked, truly)
    reason = "no_capacity" if rng.random() < 0.1 else min(said, key=lambda name: said[name])
    return Answer(asked, partner, False, reason, rng.randint(1, 12))


def run(
    seed: int, count: int, needs: int, truth: str, coder: Coder, teach: Callable[[Suggester, Answer], None]
) -> tuple[list[float], Counter[str]]:
    """Regret need by need, and how often each partner was asked."""
    rng = random.Random(seed)
    partners, hidden = world(rng, count, truth)
    suggester = Suggester(partners, coder)
    best_for = fixed_ranking(random.Random(seed), hidden, coder)
    regret, asked_of = [], Counter()
    for number in range(needs):
        asked = need(rng, number, coder)
        first = suggester.suggest(asked, 1)[0].partner
        best = chance(asked, hidden[best_for[asked.codes[0][0]]])
        regret.append(best - chance(asked, hidden[first]))
        asked_of[first] += 1
        teach(suggester, answer(random.Random(f"{seed} {number} {first}"), asked, first, hidden[first]))
    return regret, asked_of


def never(suggester: Suggester, said: Answer) -> None:
    """As the profiles say: nothing is learnt."""


def load_only(suggester: Suggester, said: Answer) -> None:
    """A request counts as load; what was said is not heard."""
    suggester.open_asks[said.partner] = suggester.open_asks.get(said.partner, 0) + 1


def learn_and_refit(suggester: Suggester, said: Answer) -> None:
    """What the service does: at once for the partner, and a refit at night."""
    heard = _HEARD.setdefault(id(suggester), [])
    heard.append(said)
    suggester.learn(said)
    if len(heard) >= FEWEST and len(heard) % 100 == 0:
        model = refit(suggester.examples(heard), suggester.weights)
        if model:
            suggester.adopt(model.weights, heard)


_HEARD: dict[int, list[Answer]] = {}
WAYS = {"profiles only": never, "load only": load_only, "learning": Suggester.learn, "with refits": learn_and_refit}


def svg(curves: dict[str, list[float]]) -> str:
    """Mean regret by hundred needs as a line chart with title, description and labels."""
    width, height, most = 640, 320, max(max(curve) for curve in curves.values()) * 1.1
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" font-size="12">',
        "<title>Regret by answers</title>",
        "<desc>Chance of a yes lost against the best fixed ranking, a hundred needs at a time.</desc>",
        f'<path d="M50 20V{height - 40}H{width - 20}" fill="none" stroke="#333"/>',
        f'<text x="46" y="26" text-anchor="end">{most:.2f}</text>',
        f'<text x="{width / 2}" y="{height - 12}">answers / 100</text>',
    ]
    for place, (name, curve) in enumerate(curves.items()):
        colour = ("#777777", "#c08a1e", "#1b6ca8", "#b0413e")[place]
        step = (width - 80) / max(len(curve) - 1, 1)
        at = [(50 + i * step, height - 40 - value / most * (height - 70)) for i, value in enumerate(curve)]
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
        lines.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        lines.append(f'<text x="{width - 150}" y="{30 + 16 * place}" fill="{colour}">{name}</text>')
    return "\n".join([*lines, "</svg>"])


def summary_of(regret: list[float], asked_of: Counter[str], partners: int) -> dict[str, float]:
    later = regret[300:] or regret
    return {
        "regret": round(sum(regret) / len(regret), 4),
        "after_300": round(sum(later) / len(later), 4),
        "share": round(max(asked_of.values()) / (len(regret) / partners), 2),
        "reached": len(asked_of),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--partners", type=int, default=60)
    parser.add_argument("--needs", type=int, default=2000)
    parser.add_argument("--truth", default="mixed", choices=("mixed", "general", "work", "place"))
    parser.add_argument("--svg", type=Path)
    asked = parser.parse_args()
    coder = Coder()
    curves, summary = {}, {}
    for name, teach in WAYS.items():
        regret, asked_of = run(asked.seed, asked.partners, asked.needs, asked.truth, coder, teach)
        curves[name] = [sum(regret[at : at + 100]) / len(regret[at : at + 100]) for at in range(0, len(regret), 100)]
        summary[name] = summary_of(regret, asked_of, asked.partners)
        print(f"{name:16}", " ".join(f"{value:.3f}" for value in curves[name]))
    print(json.dumps({"seed": asked.seed, "truth": asked.truth, **summary}))
    if asked.svg:
        asked.svg.write_text(svg(curves), encoding="utf-8")


if __name__ == "__main__":
    main()
