"""A table that is a queue: claim by lease, put back for later. The tables themselves are the only broker."""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import Index, Select, String, select, update
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column


def utcnow() -> datetime:
    return datetime.now(UTC)


class Queued:
    """`due` is at once the schedule, the lease and the back-off: a row is free when it is open and due has passed.

    `lease` is how long a claim holds; `most_tries` how often a row may be tried.
    """

    lease: ClassVar[timedelta]
    most_tries: ClassVar[int]

    id: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default="open")
    due: Mapped[datetime] = mapped_column(default=utcnow)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")
    held: Mapped[bool] = mapped_column(default=False)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        return (Index(None, "state", "due"),)


def first_due(queue: type[Queued], now: datetime) -> Select[int]:
    """The id of the row that has been due longest, if there is one."""
    free = (queue.state == "open", queue.due <= now, queue.held.is_(False))
    return select(queue.id).where(*free).order_by(queue.due).limit(1)


def claim(session: Session, queue: type[Queued], now: datetime) -> int | None:
    """Take the row that has been due longest, for as long as its lease: its id, or None where nothing is due.

    The try is counted here, before the attempt, so that a crash counts too. A row whose lease ran out is free again.
    """
    first = first_due(queue, now).with_for_update(skip_locked=True).scalar_subquery()
    return session.execute(
        update(queue)
        .where(queue.id == first)
        .values(due=now + queue.lease, attempts=queue.attempts + 1)
        .returning(queue.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()


def put_back(row: Queued, due: datetime, error: str = "") -> None:
    """Try again at `due`."""
    row.state, row.due, row.error = "open", due, error


def spent(row: Queued) -> bool:
    """True when the last allowed try has been made."""
    return row.attempts >= row.most_tries
