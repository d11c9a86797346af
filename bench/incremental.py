"""One new record against many known ones through the key table: python -m bench.incremental [10000 100000 1000000]

A plain SQLite table of keys, as the service keeps them. Each trial takes another spelling of a known record, looks up
its keys rarest first, and compares what they bring. Prints p50, p95, the cost of adding, and how often the right one is
among the first ten.
"""

import sqlite3
import sys
import tempfile
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter

from bench.many import candidates, employers
from matching.blocking import keys
from matching.model import match
from matching.records import CandidateRecord, EmployerRecord, Record

COUNTED = 200
"""Holders of a key that are counted; a key that has more is looked up last, and then only its first ones."""
COMPARED = 50
"""Known records that are compared with the new one: those that share the most telling keys."""
TRIALS = 400
FIRST = 10


def records(kind: str, number: int):
    """(record, cluster), two spellings of each one in turn."""
    if kind == "employers":
        for identity, name, cluster in employers(number):
            yield EmployerRecord(identity, name), cluster
    else:
        for identity, given, family, born, zip_code, cluster in candidates(number):
            yield CandidateRecord(identity, given, family, date_of_birth=born, zip=zip_code), cluster


class KeyTable:
    """What the service does, in plain SQL."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute(
            "CREATE TABLE match_key (key TEXT, record_id INTEGER, PRIMARY KEY (key, record_id)) WITHOUT ROWID"
        )

    def add(self, rows) -> None:
        self.db.executemany("INSERT OR IGNORE INTO match_key VALUES (?, ?)", rows)

    def near(self, own: tuple[str, ...]) -> list[int]:
        """Ids that share keys, the rarest keys first; a shared key counts the more the fewer share it."""
        counts = {key: self._count(key) for key in own}
        weights: dict[int, float] = {}
        for key, count in sorted(counts.items(), key=lambda item: item[1]):
            if count > COUNTED and len(weights) >= FIRST:
                break
            for (found,) in self.db.execute("SELECT record_id FROM match_key WHERE key = ? LIMIT ?", (key, COUNTED)):
                weights[found] = weights.get(found, 0.0) + 1 / (1 + count) ** 0.5
        return sorted(weights, key=lambda found: (-weights[found], found))[:COMPARED]

    def _count(self, key: str) -> int:
        counting = "SELECT count(*) FROM (SELECT 1 FROM match_key WHERE key = ? LIMIT ?)"
        return self.db.execute(counting, (key, COUNTED + 1)).fetchone()[0]


def trial(kind: str, number: int, folder: Path) -> None:
    table = KeyTable(folder / f"{kind}-{number}.db")
    random = Random(11)
    known: dict[int, Record] = {}
    asked: list[tuple[Record, int]] = []
    rows: list[tuple[str, int]] = []
    started = perf_counter()
    chosen = set(random.sample(range(number), min(TRIALS, number)))
    for position, (record, _) in enumerate(records(kind, 2 * number)):
        place, second = divmod(position, 2)
        if second:
            if place in chosen:
                asked.append((record, place))
        else:
            known[place] = record
            rows += [(key, place) for key in keys(record)]
        if len(rows) > 500_000:
            table.add(sorted(rows))
            rows.clear()
    table.add(sorted(rows))
    table.db.commit()
    print(f"{kind:<11}{number:>9,} known, table filled in {perf_counter() - started:.0f} s", flush=True)
    times, adds, right = [], [], 0
    for record, place in asked:
        started = perf_counter()
        near = table.near(keys(record))
        ranked = sorted(near, key=lambda found: -match(record, known[found]).probability)
        times.append(1000 * (perf_counter() - started))
        right += place in ranked[:FIRST]
    for record, place in asked:
        started = perf_counter()
        table.add([(key, number + place) for key in keys(record)])
        adds.append(1000 * (perf_counter() - started))
    cuts = quantiles(times, n=20)
    print(
        f"{'':<11}p50 {cuts[9]:.1f} ms, p95 {cuts[18]:.1f} ms, "
        f"right one in the first {FIRST}: {right / len(asked):.3f}, adding {quantiles(adds, n=2)[0]:.2f} ms",
        flush=True,
    )


def main(arguments: list[str]) -> None:
    numbers = [int(argument) for argument in arguments] or [10_000, 100_000, 1_000_000]
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("employers", "candidates"):
            for number in numbers:
                trial(kind, number, Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
