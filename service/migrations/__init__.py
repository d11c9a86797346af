"""Bring a database to the shape that this version needs: one process at a time, after a backup."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from service.db import Database

LOCK = 7_115_041  # PostgreSQL advisory lock: any number that nobody else takes


def configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config


def newest() -> str | None:
    return ScriptDirectory.from_config(configuration()).get_current_head()


def current(db: Database) -> str | None:
    """The revision that the database has, None where it is empty."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(db: Database) -> bool:
    """Migrate where needed; True when something was done. A database with data is copied beside itself first."""
    wanted = newest()
    if current(db) == wanted:
        return False
    with _alone(db):
        was = current(db)
        if was == wanted:
            return False
        if was is not None and db.is_sqlite:
            from service.backup import backup

            stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
            backup(db, Path(f"{db.url.removeprefix('sqlite:///')}.before-{wanted}-{stamp}"))
        config = configuration()
        with db.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    return True


@contextmanager
def _alone(db: Database) -> Generator[None]:
    """One migrating process at a time: a lock file beside SQLite, an advisory lock in PostgreSQL."""
    if db.is_sqlite:
        path = Path(f"{db.url.removeprefix('sqlite:///')}.lock")
        with path.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        _advisory(connection, "pg_advisory_lock")
        try:
            yield
        finally:
            _advisory(connection, "pg_advisory_unlock")


def _advisory(connection: Connection, function: str) -> None:
    connection.execute(text(f"SELECT {function}(:key)"), {"key": LOCK})
