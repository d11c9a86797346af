"""Learning from answers, simulated: 60 partners whose true preferences are hidden, 2,000 needs put to the first
suggestion.

    python bench/simulate.py [--world mixed gates ...] [--seed 7] [--seeds 1] [--needs 2000] [--partners 60]
                             [--asked 1] [--command] [--round 50] [--svg F]

Regret is the chance of a yes of the partner that the best fixed ranking puts first (the true order of partners for
each occupation, which nobody knows), less that of the partner asked. Three ways: as the profiles say (never learning),
learning, and learning with a refit of the weights each hundred answers from the hundredth. Printed for each world: the
regret of each as a share of the unlearned one's, by hundred needs up to 400 and from need 300 to the end, and the most
that a partner was asked after 300 needs and in the end, as a multiple of an equal share; means over the seeds, and the
greatest share of any. `--asked 3` puts each need to three partners at once. `--command` drives `loopin suggest
--history ANSWERS.jsonl --many` instead, a round of needs at a time. The worlds are those of bench/worlds.py.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.worlds import KINDS, TRADES, World
from matching.answers import Answer
from matching.needs import NeedAsked
from matching.occupations import Coder
from matching.refit import FEWEST, refit
from matching.suggest import Suggester

WINDOWS = ((0, 100), (100, 200), (200, 300), (300, 400), (300, None))
Choose = Callable[[Sequence[NeedAsked]], list[list[str]]]
Teach = Callable[[Answer], None]


@dataclass(frozen=True)
class Run:
    """Regret need by need, the share of the most asked partner after 300 needs and in the end, partners reached."""

    regret: list[float]
    share_at_300: float
    share: float
    reached: int


class InProcess:
    """A suggester that is told each answer at once; `refits`: and whose weights are refitted now and then."""

    round = 1

    def __init__(self, world: World, coder: Coder, learns: bool, refits: bool) -> None:
        self.suggester = Suggester(world.partners, coder)
        self.learns, self.refits = learns, refits
        self.heard: list[Answer] = []

    def choose(self, needs: Sequence[NeedAsked], asked: int) -> list[list[str]]:
        return [[one.partner for one in self.suggester.suggest(need, asked)] for need in needs]

    def teach(self, said: Answer) -> None:
        if not self.learns:
            return
        self.heard.append(said)
        self.suggester.learn(said)
        if self.refits and len(self.heard) >= FEWEST and len(self.heard) % 100 == 0:
            model = refit(self.suggester.examples(self.heard), self.suggester.weights)
            if model:
                self.suggester.adopt(model.weights, self.heard)


class ByCommand:
    """`loopin suggest`, run once a round with the answers so far as a file; without one when it doesn't learn."""

    def __init__(self, world: World, folder: Path, learns: bool, round_: int) -> None:
        self.directory, self.answers = folder / "partners.json", folder / "answers.jsonl"
        self.directory.write_text(
            json.dumps({"partners": [asdict(partner) for partner in world.partners]}, default=str)
        )
        self.answers.write_text("")
        self.learns, self.round = learns, round_

    def choose(self, needs: Sequence[NeedAsked], asked: int) -> list[list[str]]:
        command = ["loopin", "suggest", "--directory", str(self.directory), "--many", "--limit", str(asked)]
        command += ["--history", str(self.answers)] if self.learns else []
        lines = "".join(json.dumps(as_json(need)) + "\n" for need in needs)
        done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
        return [[one["partner"] for one in json.loads(line)] for line in done.stdout.splitlines()]

    def teach(self, said: Answer) -> None:
        line = {
            "need": as_json(said.need),
            "partner": said.partner,
            "answer": "accepted" if said.accepted else "declined",
            "reason": said.reason,
            "days": said.days,
            "outcome": said.outcome or None,
            "placed": said.placed,
        }
        with self.answers.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(line) + "\n")


def as_json(need: NeedAsked) -> dict[str, Any]:
    """A need as `loopin suggest` reads it."""
    told = {"title": need.title, "openings": need.openings, "location": need.location}
    codes = [{"code": code, "confidence": sure} for code, sure in need.codes]
    return {**told, "populations": list(need.populations), **({"occupation": codes} if codes else {})}


def best_fixed(rng: random.Random, world: World, coder: Coder, needs: int) -> dict[str, str]:
    """The partner that is truly best for each occupation, over many needs of the whole time."""
    drawn = [(number * needs // 3000, world.need(rng, coder)) for number in range(3000)]
    best = {}
    for code in TRADES:
        like = [(number, need) for number, need in drawn if world.trade_of[need.title] == code][::2][:60]
        if like:
            chances = {p.name: sum(world.chance(at, need, p.name) for at, need in like) for p in world.partners}
            best[code] = max(chances, key=lambda name: chances[name])
    return best


def run(kind: str, seed: int, options: argparse.Namespace, coder: Coder, way: str) -> Run:
    rng = random.Random(seed)
    world = KINDS[kind](rng, options.partners)
    best_for = best_fixed(random.Random(seed), world, coder, options.needs)
    needs = [world.need(rng, coder) for _ in range(options.needs)]
    regret, asked_of, at_300 = [], Counter(), 0
    learns = way != "profiles only"
    with tempfile.TemporaryDirectory() as folder:
        by = ByCommand(world, Path(folder), learns, options.round) if options.command else None
        driver = by or InProcess(world, coder, learns, way == "with refits")
        for start in range(0, len(needs), driver.round):
            part = needs[start : start + driver.round]
            for number, (need, names) in enumerate(zip(part, driver.choose(part, options.asked), strict=True), start):
                best = world.chance(number, need, best_for.get(world.trade_of[need.title], names[0]))
                regret.append(best - world.chance(number, need, names[0]))
                asked_of.update(names)
                for name in names:
                    driver.teach(world.answer(random.Random(f"{seed} {number} {name}"), number, need, name))
                if number == 299:
                    at_300 = max(asked_of.values())
    equal = options.asked / options.partners
    return Run(regret, at_300 / (300 * equal), max(asked_of.values()) / (len(needs) * equal), len(asked_of))


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else float("nan")


def windows(runs: Sequence[Run]) -> list[float]:
    return [mean([mean(run.regret[start:end]) for run in runs]) for start, end in WINDOWS]


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
        colour = ("#777777", "#1b6ca8", "#b0413e")[place]
        step = (width - 80) / max(len(curve) - 1, 1)
        at = [(50 + i * step, height - 40 - value / most * (height - 70)) for i, value in enumerate(curve)]
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
        lines.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        lines.append(f'<text x="{width - 150}" y="{30 + 16 * place}" fill="{colour}">{name}</text>')
    return "\n".join([*lines, "</svg>"])


def by_hundreds(runs: Sequence[Run]) -> list[float]:
    length = len(runs[0].regret)
    return [mean([mean(run.regret[at : at + 100]) for run in runs]) for at in range(0, length, 100)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--world", nargs="+", default=["mixed"], choices=list(KINDS))
    parser.add_argument("--way", nargs="+", default=["learning", "with refits"], choices=["learning", "with refits"])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--partners", type=int, default=60)
    parser.add_argument("--needs", type=int, default=2000)
    parser.add_argument("--asked", type=int, default=1)
    parser.add_argument("--command", action="store_true")
    parser.add_argument("--round", type=int, default=50)
    parser.add_argument("--svg", type=Path)
    options = parser.parse_args()
    coder, ways = Coder(), ["profiles only", *(["learning"] if options.command else options.way)]
    print(f"{'':22}  0-100 -200  -300  -400  after 300   share at 300, in the end; partners reached")
    for kind in options.world:
        seeds = range(options.seed, options.seed + options.seeds)
        found = {way: [run(kind, seed, options, coder, way) for seed in seeds] for way in ways}
        unlearned = windows(found["profiles only"])
        for way, runs in found.items():
            told = (
                windows(runs)
                if way == "profiles only"
                else [a / b for a, b in zip(windows(runs), unlearned, strict=True)]
            )
            shares = f"{max(one.share_at_300 for one in runs):.2f} {max(one.share for one in runs):.2f}"
            line = " ".join(f"{value:5.2f}" for value in told)
            print(f"{kind:8} {way:14} {line}   {shares} {mean([one.reached for one in runs]):.0f}", flush=True)
        if options.svg:
            options.svg.write_text(svg({way: by_hundreds(runs) for way, runs in found.items()}), encoding="utf-8")


if __name__ == "__main__":
    main()
