"""Heartbeats: each part of the service says when it was last well, or what it complains of."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.models import Heartbeat, utcnow


def beat(session: Session, part: str, trouble: str = "") -> None:
    """`at` is when the part was last well: trouble leaves it where it was."""
    row = session.scalar(select(Heartbeat).where(Heartbeat.part == part))
    if row is None:
        row = Heartbeat(part=part)
        session.add(row)
    if not trouble:
        row.at = utcnow()
    row.trouble = trouble
