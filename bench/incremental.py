"""One new record against many known ones, through the key index as the service keeps it, on SQLite and PostgreSQL:
python -m bench.incremental [10000 100000 1000000] [--employers] [--candidates] [--postgres URL] [--keep FOLDER]

Each trial takes another spelling of a known record, finds what shares its keys (service.key_index), compares, ranks.
Prints p50 and p95 in milliseconds of wall and of this process's own time, the cost of adding a record, and how often
the right one is among the first ten. The larger collections hold the smaller ones, and every database the same.
--postgres: a database beside SQLite, whose records may be thrown away. --keep: the SQLite file stays in this folder,
and what is held isn't filled in again.
"""

import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import func, insert, select, text

from bench.many import candidates, employers
from matching.employer_names import name_forms
from matching.model import match
from service import key_index, migrations
from service.db import Database
from service.models import Candidate, Employer
from service.plain_records import Known, record_of

TRIALS = 400
FIRST = 10
AT_ONCE = 20_000
ENDLESS = 1 << 40


def records(kind: str) -> Iterator[tuple[Known, Known]]:
    """Each in two spellings. Of employers with one name and nothing else there is one: nobody could tell more apart."""
    made = map(_employer, employers(ENDLESS)) if kind == "employers" else map(_candidate, candidates(ENDLESS))
    seen: set[tuple[str, ...]] = set()
    for record, other in zip(made, made, strict=True):
        if isinstance(record, Employer):
            names = name_forms(record.name)
            if not names or names[0].tokens in seen:
                continue
            seen.add(names[0].tokens)
        yield record, other


def _employer(row: tuple) -> Employer:
    return Employer(name=row[1], aliases=[], domains=[], phones=[], street="", city="", state="", zip="")


def _candidate(row: tuple) -> Candidate:
    _, given, family, born, code, _ = row
    return Candidate(
        name=f"{given} {family}".strip(), given_name=given, family_name=family, emails=[], phones=[],
        date_of_birth=day(born), city="", zip=code,
    )  # fmt: skip


def day(born: str) -> date | None:
    """A day that there is: a column of dates takes no other."""
    try:
        return date.fromisoformat(born)
    except ValueError:
        return None


def fill(dbs: list[Database], kind: str, known: Iterator[tuple[int, Known]]) -> None:
    """Known records with their keys, numbered; indexes are made when all are in, as a restore would."""
    for db in dbs:
        _keep_indexes(db, False)
    while some := list(islice(known, AT_ONCE)):
        model = type(some[0][1])
        columns = [column.key for column in model.__table__.columns]
        for number, record in some:
            record.id = number
        rows = [{name: getattr(record, name) for name in columns} for _, record in some]
        filled = {name for row in rows for name, value in row.items() if value is not None}
        rows = [{name: row[name] for name in filled} for row in rows]
        with dbs[0].read() as session:
            held = [(kind[:-1], key, number) for number, record in some for key in key_index.keys_of(session, record)]
        held.sort()
        for db in dbs:
            with db.begin() as session:
                session.connection().execute(insert(model.__table__), rows)
                _copy(db, session.connection().connection.driver_connection, held)
    for db in dbs:
        _keep_indexes(db, True)
        with db.begin() as session:
            session.execute(text("ANALYZE"))


def _keep_indexes(db: Database, kept: bool) -> None:
    with db.begin() as session:
        made = "CREATE INDEX ix_match_key_record_id ON match_key (record_id)" if kept else ""
        session.execute(text(made or "DROP INDEX ix_match_key_record_id"))
        if not db.is_sqlite:
            change = "ADD CONSTRAINT pk_match_key PRIMARY KEY (kind, key, record_id)" if kept else ""
            session.execute(text(f"ALTER TABLE match_key {change or 'DROP CONSTRAINT pk_match_key'}"))


def _copy(db: Database, driver: Any, held: list[tuple[str, str, int]]) -> None:
    if db.is_sqlite:
        driver.executemany("INSERT INTO match_key (kind, key, record_id) VALUES (?, ?, ?)", held)
        return
    with driver.cursor() as cursor, cursor.copy("COPY match_key (kind, key, record_id) FROM STDIN") as copy:
        for row in held:
            copy.write_row(row)


def trial(db: Database, number: int, asked: list[tuple[Known, int]]) -> None:
    """Look each one up, and print how long it took and how often the one that is meant was among the first."""
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
    adds = sorted(added(db, record, number + place + 1) for place, (record, _) in enumerate(asked))
    print(
        f"{'sqlite' if db.is_sqlite else 'postgresql':<11}{number:>9,} known: p50 {median(wall):.1f} ms, "
        f"p95 {p95(wall):.1f} ms (own time {median(own):.1f} and {p95(own):.1f}), "
        f"right one in the first {FIRST}: {right / len(asked):.3f}, adding {median(adds):.2f} ms",
        flush=True,
    )


def p95(times: list[float]) -> float:
    return quantiles(times, n=20)[18]


def added(db: Database, record: Known, record_id: int) -> float:
    """Milliseconds that the keys of one more record take; they are thrown away again."""
    with db.read() as session:
        record.id = record_id
        session.connection()
        started = perf_counter()
        key_index.index(session, record)
        return 1000 * (perf_counter() - started)


def measure(dbs: list[Database], kind: str, sizes: list[int]) -> None:
    """Fill up to each size in turn, and look the same share of it up in every database."""
    chosen = {size: set(Random(11).sample(range(1, size + 1), min(TRIALS, size))) for size in sizes}
    asked: dict[int, Known] = {}

    def known() -> Iterator[tuple[int, Known]]:
        for number, (record, other) in enumerate(records(kind), 1):
            if any(number in numbers for numbers in chosen.values()):
                asked[number] = other
            yield number, record

    source, done = known(), max_id(dbs[0], kind)
    for _ in islice(source, done):  # kept from an earlier run
        pass
    for size in (size for size in sizes if size >= done):
        started = perf_counter()
        if size > done:
            fill(dbs, kind, islice(source, size - done))
        done = size
        print(f"{kind}, {size:,} known, filled in {perf_counter() - started:.0f} s", flush=True)
        for db in dbs:
            trial(db, size, [(asked[number], number) for number in sorted(chosen[size])])


def max_id(db: Database, kind: str) -> int:
    with db.read() as session:
        return session.scalar(select(func.max(Employer.id if kind == "employers" else Candidate.id))) or 0


def main(arguments: list[str]) -> None:
    parser = ArgumentParser(prog="python -m bench.incremental", description=__doc__)
    parser.add_argument("numbers", type=int, nargs="*")
    parser.add_argument("--employers", action="store_true")
    parser.add_argument("--candidates", action="store_true")
    parser.add_argument("--postgres")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args(arguments)
    kinds = [kind for kind in ("employers", "candidates") if getattr(given, kind)] or ["employers", "candidates"]
    for kind in kinds:
        with ExitStack() as stack:
            folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
            urls = [f"sqlite:///{folder / f'{kind}.db'}", *([given.postgres] if given.postgres else [])]
            dbs = [Database(url) for url in urls]
            for db in dbs:
                stack.callback(db.close)
                migrations.upgrade(db)
            if given.postgres and not given.keep:
                with dbs[1].begin() as session:
                    session.execute(text("TRUNCATE employer, candidate, match_key CASCADE"))
            measure(dbs, kind, sorted(given.numbers or [10_000, 100_000, 1_000_000]))


if __name__ == "__main__":
    main(sys.argv[1:])
