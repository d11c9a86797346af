"""A consistent copy of a live database, and putting it back."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from service.db import Database


class BackupFailed(RuntimeError):
    """The copy could not be made or put back; the message is one sentence."""


def backup(db: Database, target: Path) -> int:
    """Copy a live database into one file; its size in bytes. Raises BackupFailed.

    SQLite: the online backup API, which sees one consistent state while writers go on. PostgreSQL: pg_dump.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(target.name + ".part")
    try:
        if db.is_sqlite:
            _copy_sqlite(_path(db), fresh)
        else:
            _run("pg_dump", "--format=custom", f"--file={fresh}", _libpq(db))
        fresh.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(f"The backup could not be written to {target}: {error}") from error
    return target.stat().st_size


def restore(db: Database, source: Path) -> None:
    """Put a backup in the place of the database; what was there is kept beside it. Stop the service first.

    Raises BackupFailed.
    """
    if not source.is_file():
        raise BackupFailed(f"There is no backup {source}.")
    if not db.is_sqlite:
        _run("pg_restore", "--clean", "--if-exists", "--no-owner", f"--dbname={_libpq(db)}", str(source))
        return
    try:
        _check_sqlite(source)
        db.close()
        path = _path(db)
        if path.exists():
            shutil.copy2(path, path.with_name(path.name + ".replaced"))
        for extra in ("-wal", "-shm"):
            path.with_name(path.name + extra).unlink(missing_ok=True)
        fresh = path.with_name(path.name + ".part")
        shutil.copy2(source, fresh)
        fresh.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(f"{source} could not be put back: {error}") from error


def _copy_sqlite(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    old = os.umask(0o077)
    try:
        with sqlite3.connect(source) as live, sqlite3.connect(target) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        os.umask(old)


def _check_sqlite(path: Path) -> None:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as copy:
        verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
        known = copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0]
    if verdict != "ok" or not known:
        raise sqlite3.DatabaseError("it is no whole Loopin database")


def _path(db: Database) -> Path:
    return Path(db.url.removeprefix("sqlite:///"))


def _libpq(db: Database) -> str:
    return db.url.replace("postgresql+psycopg://", "postgresql://")


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise BackupFailed(f"{command[0]} is not installed; it comes with PostgreSQL's client package.") from error
    if done.returncode:
        raise BackupFailed(f"{command[0]} failed: {done.stderr.strip().splitlines()[-1:] or ['no reason given']}")
