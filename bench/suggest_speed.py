"""Milliseconds a need with thousands of partners: `python bench/suggest_speed.py [--partners 5000] [--occupations
FOLDER]`.

Partners are made up from the occupation table: one to three services each, half with declared codes, half with words
only. Printed: seconds to build, median and 95th percentile of a suggestion, and whether scikit-learn was loaded.
"""

import argparse
import json
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from matching.needs import NeedAsked
from matching.occupations import Coder
from matching.partners import Partner, Service
from matching.suggest import Suggester

AREAS = ("Uptown", "Pilsen", "Austin", "Cicero", "Skokie", "Joliet", "Cook County", "Lake County", "Aurora", "60623")
GROUPS = ("veterans", "refugees", "youth", "returning_citizens", "older_workers")


def service(rng: random.Random, coder: Coder, declared: bool) -> Service:
    codes = rng.sample(coder.codes, rng.randint(1, 6))
    titles = [rng.choice(list(coder.sources.entries[code].titles)) for code in codes]
    return Service(
        name=titles[0],
        kind=rng.choice(("training", "hire_support")),
        description=f"Prepares for work as {', '.join(titles)} ({rng.randint(10, 99)} hours).",
        occupations=tuple(codes) if declared else (),
        populations=tuple(rng.sample(GROUPS, rng.randint(0, 2))),
        areas=tuple(rng.sample(AREAS, rng.randint(1, 4))),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--partners", type=int, default=5000)
    parser.add_argument("--needs", type=int, default=300)
    parser.add_argument("--occupations", type=Path)
    asked = parser.parse_args()
    rng, start = random.Random(1), time.perf_counter()
    coder = Coder(asked.occupations)
    partners = [
        Partner(f"P{n}", services=tuple(service(rng, coder, n % 2 == 0) for _ in range(rng.randint(1, 3))))
        for n in range(asked.partners)
    ]
    suggester = Suggester(partners, coder)
    built, times = time.perf_counter() - start, []
    for _ in range(asked.needs):
        code = rng.choice(coder.codes)
        title = rng.choice(list(coder.sources.entries[code].titles))
        need = NeedAsked(title, openings=rng.randint(1, 20), text=f"They need {title}s.", location=rng.choice(AREAS))
        begun = time.perf_counter()
        suggester.suggest(need)
        times.append(1000 * (time.perf_counter() - begun))
    times.sort()
    figures = {"partners": asked.partners, "built_s": round(built, 1), "p50_ms": round(times[len(times) // 2], 1)}
    figures["p95_ms"] = round(times[int(len(times) * 0.95)], 1)
    print(json.dumps({**figures, "scikit_learn": "sklearn" in sys.modules}))


if __name__ == "__main__":
    main()
