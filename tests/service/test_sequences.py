"""Random sequences of intake, merge, undo, edit, bulk and erase leave every promise true, on both databases.

A good dozen in `make test`; `LOOPIN_BENCH_SEQUENCES=1000 pytest tests/service/test_sequences.py` for a thousand.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import text

from service import migrations, partners
from service.db import Database
from service.models import Base
from tests.service.conftest import DIRECTORY, settings_for
from tests.service.sequences import Network

MANY = "LOOPIN_BENCH_SEQUENCES" in os.environ
EXAMPLES = int(os.environ.get("LOOPIN_BENCH_SEQUENCES", "15"))
RUN = settings(
    deadline=None,
    stateful_step_count=14,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    derandomize=not MANY,
    database=None,
    phases=(Phase.generate,) if MANY else (Phase.generate, Phase.shrink),
)


def emptied(database: Database) -> None:
    """The three partners and nothing else, in a database whose statements were compiled already."""
    names = [table.name for table in reversed(Base.metadata.sorted_tables)]
    with database.engine.begin() as connection:
        if database.is_sqlite:
            connection.execute(text("PRAGMA defer_foreign_keys=ON"))
            for name in names:
                connection.execute(text(f'DELETE FROM "{name}"'))
        else:
            quoted = ", ".join(f'"{name}"' for name in names)
            connection.execute(text(f"TRUNCATE {quoted} RESTART IDENTITY CASCADE"))
    with database.begin() as session:
        partners.import_directory(session, DIRECTORY)


def run(url: str, examples: int) -> int:
    """How many sequences were run, each on an empty database; a broken promise raises."""
    runs = 0
    database = Database(url, settings_for(url))
    migrations.upgrade(database)

    class Here(Network):
        @staticmethod
        def fresh() -> Database:
            nonlocal runs
            runs += 1
            emptied(database)
            return database

    try:
        run_state_machine_as_test(Here, settings=settings(RUN, max_examples=examples))
    finally:
        database.close()
    return runs


@pytest.mark.timeout(0 if MANY else 240)
def test_random_sequences_keep_every_promise_on_sqlite(sqlite_url: str) -> None:
    assert run(sqlite_url, EXAMPLES) >= EXAMPLES


@pytest.mark.timeout(0 if MANY else 240)
def test_random_sequences_keep_every_promise_on_postgresql(postgres_url: str) -> None:
    examples = EXAMPLES if MANY else max(4, EXAMPLES // 6)
    assert run(settings_for(postgres_url).database_url, examples) >= examples
