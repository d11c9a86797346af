"""Are confidences true? For each band the share that is right: python -m bench.calibration [--write] [FOLDER...]

Without a folder (or LOOPIN_BENCH_DATA) on bench/first_runs.csv: own mails as they were read before any rule had been
tried on them. There the map of each mail is fitted on the other four fifths of the mails (five folds by mail); --write
fits it on all and writes mail/calibration.json with the scores beside it. Of a folder of gold mails, with the map as
it stands.
"""

import csv
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import pairwise
from math import log
from pathlib import Path

from bench.judged import Judged, judged
from mail.calibration import FILE, at

BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
FIRST_RUNS = Path(__file__).with_name("first_runs.csv")
FOLDS = 5
PRIOR = 6.0
"""Imagined values of each weight that are right as often as the weight says: as many as real ones, up to six."""
LEAST = 10  # values of a field below which it keeps the map of all fields together

Knots = tuple[tuple[float, float], ...]
Scored = tuple[Judged, float]


def first_runs() -> list[Judged]:
    with FIRST_RUNS.open(encoding="utf-8", newline="") as file:
        return [
            Judged(f"{name}/{mail}", field, float(weight), right == "1")
            for name, mail, field, weight, right in csv.reader(file)
        ]


def fold(mail: str) -> int:
    """A mail is in the same fold at every run, with all of its values."""
    return int(sha256(mail.encode()).hexdigest(), 16) % FOLDS


def fit(rows: Iterable[Judged]) -> Knots:
    """A monotone map of weights: the share that is right at each weight, neighbours pooled where it would fall."""
    groups: dict[float, list[bool]] = defaultdict(list)
    for row in rows:
        groups[row.confidence].append(row.right)
    pools: list[list[float]] = []  # sum of weights, sum of right ones, number, each with the prior in it
    for weight, right in sorted(groups.items()):
        number = len(right) + PRIOR * len(right) / (len(right) + PRIOR)
        gained = sum(right) + weight * (number - len(right))
        pools.append([weight * number, gained, number])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            last = pools.pop()
            pools[-1] = [one + other for one, other in zip(pools[-1], last, strict=True)]
    return tuple((round(weights / number, 3), round(gained / number, 3)) for weights, gained, number in pools)


def maps(rows: Sequence[Judged]) -> dict[str, Knots]:
    """A map for each field that has enough values; the others are fitted together."""
    fields: dict[str, list[Judged]] = defaultdict(list)
    for row in rows:
        fields[row.field].append(row)
    few = [row for found in fields.values() if len(found) < LEAST for row in found]
    return {field: fit(found if len(found) >= LEAST else few) for field, found in sorted(fields.items())}


def held_aside(rows: Sequence[Judged]) -> list[Scored]:
    """Each value with what a map says that has not seen its mail."""
    scored: list[Scored] = []
    for number in range(FOLDS):
        known = maps([row for row in rows if fold(row.mail) != number])
        scored += [(row, at(known.get(row.field, ()), row.confidence)) for row in rows if fold(row.mail) == number]
    return scored


def scores(scored: Sequence[Scored]) -> dict[str, float]:
    """Mean log loss and Brier score, and by how much bands are off on average, each value counting once."""
    sure = [(min(0.995, max(0.005, probability)), row.right) for row, probability in scored]
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for probability, right in sure:
        bands[_band(probability)].append((probability, right))
    off = sum(abs(sum(p for p, _ in band) - sum(right for _, right in band)) for band in bands.values())
    return {
        "log_loss": round(-sum(log(p if right else 1 - p) for p, right in sure) / len(sure), 4),
        "brier": round(sum((p - right) ** 2 for p, right in sure) / len(sure), 4),
        "off": round(off / len(sure), 4),
    }


def _band(probability: float) -> int:
    return next(index for index in range(len(BANDS) - 1) if probability < BANDS[index + 1])


def table(title: str, scored: Sequence[Scored]) -> None:
    """The share of right values and their number in each band, by field."""
    heads = [f"{low:.2f}-{min(high, 1):.2f}" for low, high in pairwise(BANDS)]
    print(f"\n{title}: {len(scored)} values of {len({row.mail for row, _ in scored})} mails; {scores(scored)}")
    print(f"{'field':30}" + "".join(f"{head:>13}" for head in heads))
    by_field: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        by_field[one[0].field].append(one)
    for field, found in [*sorted(by_field.items()), ("all", list(scored))]:
        bands: dict[int, list[bool]] = defaultdict(list)
        for row, probability in found:
            bands[_band(probability)].append(row.right)
        cells = [f"{sum(b) / len(b):.2f} ({len(b)})" if (b := bands[i]) else "-" for i in range(len(heads))]
        print(f"{field:30}" + "".join(f"{cell:>13}" for cell in cells))


def write(rows: Sequence[Judged]) -> None:
    before, after = scores([(row, row.confidence) for row in rows]), scores(held_aside(rows))
    told = {
        "about": "weight -> share of such values that are right, by field: python -m bench.calibration --write",
        "values": len(rows),
        "mails": len({row.mail for row in rows}),
        "scores": {"before": before, "after, on folds held aside": after},
        "fields": maps(rows),
    }
    FILE.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> None:
    folders = [word for word in arguments if not word.startswith("--")] or os.environ.get(
        "LOOPIN_BENCH_DATA", ""
    ).split()
    if folders:
        rows = [row for folder in folders for row in judged(Path(folder))]
        table("as it is read now", [(row, row.confidence) for row in rows])
        return
    rows = first_runs()
    table("before", [(row, row.confidence) for row in rows])
    table("after, on folds held aside", held_aside(rows))
    if "--write" in arguments:
        write(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
