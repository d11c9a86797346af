"""Settings and a migrated database for the commands that need one; their errors as one line."""

import signal
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from service import config
from service.cli import Problem
from service.config import Settings
from service.db import Database


def settings(**given: Any) -> Settings:
    """Raises Problem 78 naming the setting that is wrong."""
    try:
        return config.load(**{key: value for key, value in given.items() if value is not None})
    except config.WrongSetting as error:
        raise Problem(str(error), 78) from error


@contextmanager
def database(chosen: Settings) -> Generator[Database]:
    """Open and migrate, hash people under today's secret key; 69 where the server can't be reached, 78 where the file
    can't be used."""
    from sqlalchemy.exc import OperationalError

    from service import identities, key_index, migrations
    from service.backup import BackupFailed

    db = Database(chosen.database_url, chosen)
    try:
        migrations.upgrade(db)
        with db.read() as session:
            stale = key_index.is_stale(session)
        if stale:
            with migrations.alone(db), db.begin() as session:
                identities.renew_index(session)
    except OperationalError as error:
        words = str(error.orig).strip().splitlines()[0]
        raise Problem(f"The database can't be used: {words}", 69) from error
    except (OSError, BackupFailed) as error:
        raise Problem(f"The database can't be used: {error}", 78) from error
    try:
        yield db
    finally:
        db.close()


def logging(*, quiet: bool = False) -> None:
    """One line an event on stderr, only trouble where `quiet`; personal data stays out of it."""
    import logging as levels

    import structlog

    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(levels.WARNING if quiet else levels.INFO),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def until_stopped() -> threading.Event:
    """An event that SIGINT and SIGTERM set."""
    from service.supervisor import end_with_supervisor

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    end_with_supervisor()
    return stop
