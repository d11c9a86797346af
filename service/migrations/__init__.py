"""Bring a database to the shape that this version needs: one process at a time, after a backup."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from service.db import Database

if TYPE_CHECKING:
    from alembic.config import Config

VERSIONS = Path(__file__).parent / "versions"
LOCK = 7_115_041  # PostgreSQL advisory lock: any number that nobody else takes


def configuration() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    return config


def newest() -> str:
    """The revision that this version needs: files bear its number. Alembic, 9 MB a process, is for migrating only."""
    return max(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*_*.py"))


def current(db: Database) -> str | None:
    """The revision that the database has, None where it is empty."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(db: Database) -> bool:
    """Migrate where needed; True when something was done. A database with data is copied beside itself first."""
    wanted = newest()
    if current(db) == wanted:
        return False
    with alone(db):
        was = current(db)
        if was == wanted:
            return False
        if was is not None and db.is_sqlite:
            from service.backup import backup

            stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
            backup(db, Path(f"{db.url.removeprefix('sqlite:///')}.before-{wanted}-{stamp}"))
        from alembic import command

        config = configuration()
        with db.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    return True


@contextmanager
def alone(db: Database) -> Generator[None]:
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
