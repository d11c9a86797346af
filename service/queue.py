"""A table that is a queue: claim by lease, finish, put back later. The tables themselves are the only broker."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.models import InboundMessage, OutboundLetter

Queue = type[InboundMessage] | type[OutboundLetter]
LEASE: dict[Queue, timedelta] = {
    InboundMessage: timedelta(seconds=20),  # reading is bounded at 10 s
    OutboundLetter: timedelta(seconds=150),  # a relay may take 120 s for one letter
}
MOST_TRIES: dict[Queue, int] = {InboundMessage: 3, OutboundLetter: 8}


def claim(session: Session, queue: Queue, now: datetime) -> int | None:
    """Take the row that has been due longest, for as long as the lease: its id, or None where nothing is due.

    The try is counted here, before the attempt, so that a crash counts too. A row whose lease ran out is free again.
    """
    free = select(queue.id).where(queue.state == "open", queue.due <= now)
    if queue is OutboundLetter:
        free = free.where(OutboundLetter.held.is_(False))
    first = free.order_by(queue.due).limit(1).with_for_update(skip_locked=True).scalar_subquery()
    return session.execute(
        update(queue)
        .where(queue.id == first)
        .values(due=now + LEASE[queue], attempts=queue.attempts + 1)
        .returning(queue.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()


def put_back(row: InboundMessage | OutboundLetter, due: datetime, error: str = "") -> None:
    """Try again at `due`."""
    row.state, row.due, row.error = "open", due, error


def spent(row: InboundMessage | OutboundLetter) -> bool:
    """True when the last allowed try has been made."""
    queue: Queue = InboundMessage if isinstance(row, InboundMessage) else OutboundLetter
    return row.attempts >= MOST_TRIES[queue]
