"""The database: one door for reading, one for writing. Only here is anything committed."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

from service.config import Settings


class Database:
    """SQLite (WAL, synchronous=FULL) or PostgreSQL behind `read()` and `begin()`.

    On SQLite a writing session begins IMMEDIATE, so two writers queue up instead of failing at the first write; a
    reading one begins plainly and never waits for a writer.
    """

    def __init__(self, url: str, settings: Settings | None = None) -> None:
        self.url = url
        self.info: dict[str, Any] = {"settings": settings or Settings()}
        self.is_sqlite = url.startswith("sqlite")
        self.engine = _engine(url)
        self._writing = self.engine.execution_options(writing=True)

    @contextmanager
    def read(self) -> Generator[Session]:
        """A session for looking. What is changed in it is thrown away."""
        with Session(self.engine, expire_on_commit=False, info=self.info) as session:
            yield session

    @contextmanager
    def begin(self) -> Generator[Session]:
        """A session for one use case: committed at the end, rolled back by any exception."""
        with Session(self._writing, expire_on_commit=False, info=self.info) as session, session.begin():
            yield session

    def close(self) -> None:
        self.engine.dispose()


def settings_of(session: Session) -> Settings:
    """The settings under which this session's database was opened."""
    return session.info["settings"]


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=5)
    path = url.removeprefix("sqlite:///")
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN comes late and deferred; ours is said in _begin_sqlite.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
