"""One new record against many known ones, through the key index as the service keeps it, on SQLite and PostgreSQL:
python -m bench.incremental [10000 100000 1000000] [--employers] [--candidates] [--postgres URL]

Each trial takes another spelling of a known record, finds what shares its keys (service.key_index), compares, ranks.
Prints p50 and p95 in milliseconds of wall and of this process's own time, the cost of adding a record, and how often
the right one is among the first ten. --postgres: a database whose records may be thrown away.
"""

import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from bench.many import candidates, employers
from matching.model import match
from service import key_index, migrations
from service.db import Database
from service.models import Candidate, Employer, MatchKey
from service.plain_records import Known, record_of

TRIALS = 400
FIRST = 10
AT_ONCE = 20_000


def records(kind: str, number: int) -> Iterator[Known]:
    """Two spellings of each one in turn."""
    if kind == "employers":
        for _, name, _ in employers(number):
            yield Employer(name=name, aliases=[], domains=[], phones=[], street="", city="", state="", zip="")
    else:
        for _, given, family, born, code, _ in candidates(number):
            yield Candidate(
                name=f"{given} {family}".strip(),
                given_name=given,
                family_name=family,
                emails=[],
                phones=[],
                date_of_birth=day(born),
                city="",
                zip=code,
            )


def day(born: str) -> date | None:
    """A day that there is: a column of dates takes no other."""
    try:
        return date.fromisoformat(born)
    except ValueError:
        return None


def fill(db: Database, kind: str, number: int, chosen: set[int]) -> list[tuple[Known, int]]:
    """So many known records with their keys; the second spellings of the chosen ones, and the ids they mean."""
    asked: list[tuple[Known, int]] = []
    model = Employer if kind == "employers" else Candidate
    rows: list[dict] = []
    held: list[dict] = []
    columns = [column.key for column in model.__table__.columns if column.key != "id"]
    with db.begin() as session:
        for position, record in enumerate(records(kind, 2 * number)):
            place, second = divmod(position, 2)
            if second:
                if place in chosen:
                    asked.append((record, place + 1))
                continue
            values = {name: getattr(record, name) for name in columns if getattr(record, name) is not None}
            rows.append({"id": place + 1, **values})
            held += [
                {"kind": kind[:-1], "key": key, "record_id": place + 1} for key in key_index.keys_of(session, record)
            ]
            if len(rows) >= AT_ONCE:
                write(session, model, rows, held)
        write(session, model, rows, held)
    return asked


def write(session: Session, model: type[Known], rows: list[dict], held: list[dict]) -> None:
    if rows:
        whole = dict.fromkeys(name for row in rows for name in row)
        session.execute(insert(model), [{name: row.get(name) for name in whole} for row in rows])
        session.execute(insert(MatchKey), held)
    rows.clear()
    held.clear()


def trial(db: Database, kind: str, number: int) -> None:
    started = perf_counter()
    asked = fill(db, kind, number, set(Random(11).sample(range(number), min(TRIALS, number))))
    with db.begin() as session:
        session.execute(text("ANALYZE"))
    name = "sqlite" if db.is_sqlite else "postgres"
    print(f"{kind:<11}{number:>9,} known on {name}, filled in {perf_counter() - started:.0f} s", flush=True)
    wall, own, right = [], [], 0
    for record, meant in asked:
        with db.read() as session:
            one, two = perf_counter(), process_time()
            said = record_of(record)
            found = [
                (match(said, record_of(other)).probability, other.id) for other in key_index.holders(session, record)
            ]
            first = [other for _, other in sorted(found, reverse=True)[:FIRST]]
            wall.append(1000 * (perf_counter() - one))
            own.append(1000 * (process_time() - two))
            right += meant in first
    adds = [added(db, record, number + place + 1) for place, (record, _) in enumerate(asked[:100])]
    print(
        f"{'':<11}p50 {median(wall):.1f} ms, p95 {p95(wall):.1f} ms (own time {median(own):.1f} and {p95(own):.1f}), "
        f"right one in the first {FIRST}: {right / len(asked):.3f}, adding {median(adds):.2f} ms",
        flush=True,
    )


def p95(times: list[float]) -> float:
    return quantiles(times, n=20)[18]


def added(db: Database, record: Known, record_id: int) -> float:
    """Milliseconds that the keys of one more record take, before the commit."""
    with db.begin() as session:
        record.id = record_id
        started = perf_counter()
        key_index.index(session, record)
        return 1000 * (perf_counter() - started)


def main(arguments: list[str]) -> None:
    parser = ArgumentParser(prog="python -m bench.incremental", description=__doc__)
    parser.add_argument("numbers", type=int, nargs="*")
    parser.add_argument("--employers", action="store_true")
    parser.add_argument("--candidates", action="store_true")
    parser.add_argument("--postgres")
    given = parser.parse_args(arguments)
    kinds = [kind for kind in ("employers", "candidates") if getattr(given, kind)] or ["employers", "candidates"]
    for kind in kinds:
        for number in given.numbers or [10_000, 100_000, 1_000_000]:
            with tempfile.TemporaryDirectory() as folder:
                db = Database(given.postgres or f"sqlite:///{Path(folder) / 'loopin.db'}")
                migrations.upgrade(db)
                if given.postgres:
                    with db.begin() as session:
                        session.execute(text("TRUNCATE employer, candidate, match_key CASCADE"))
                trial(db, kind, number)
                db.close()


if __name__ == "__main__":
    main(sys.argv[1:])
