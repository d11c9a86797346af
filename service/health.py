"""Is the service well: mailbox, worker, mail waiting, quarantine, outbox, disk. One dot on each page, and /healthz."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from service.config import Settings
from service.models import Base, Heartbeat, InboundMessage, OutboundLetter, utcnow

QUIET = timedelta(minutes=10)  # TRUST.md: banner and alert within 10 min
WAITING = timedelta(minutes=5)
LEAST_DISK = 500 * 1024 * 1024
ORDER = {"ok": 0, "look": 1, "bad": 2}


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the health page. `state` is ok, look (somebody should look) or bad."""

    name: str
    state: str
    words: str
    at: datetime | None = None
    private: bool = False  # not shown without sign-in


@dataclass(frozen=True, slots=True)
class Health:
    parts: tuple[Part, ...]

    @property
    def state(self) -> str:
        return max((part.state for part in self.parts), key=ORDER.__getitem__, default="ok")

    @property
    def worst(self) -> Part | None:
        """What to say beside the dot; None when all is well."""
        found = max(self.parts, key=lambda part: ORDER[part.state], default=None)
        return found if found and found.state != "ok" else None


def health(session: Session, settings: Settings) -> Health:
    """A look at the tables and the disk; a few indexed counts."""
    now = utcnow()
    return Health((*_beats(session, settings, now), *_queues(session, now), _disk(settings)))


def quarantined(session: Session) -> int:
    return session.scalar(_count(InboundMessage).where(InboundMessage.state == "quarantined")) or 0


def _beats(session: Session, settings: Settings, now: datetime) -> Iterator[Part]:
    """Each part of the service that ever said it was well."""
    beats = {beat.part: beat for beat in session.scalars(select(Heartbeat).order_by(Heartbeat.part))}
    if settings.imap_host and not any("mailbox" in name for name in beats):
        yield Part("mailbox", "bad", f"The mailbox {settings.imap_user} at {settings.imap_host} was not reached yet.")
    if not settings.imap_host and not settings.demo:
        yield Part("mailbox", "look", "No mailbox is set up: mail comes in by upload only.")
    for name, beat in beats.items():
        if beat.trouble:
            yield Part(name, "bad", beat.trouble, beat.at, private=True)
        elif now - beat.at > QUIET:
            yield Part(name, "bad", f"Not seen for {_span(now - beat.at)}.", beat.at)
        else:
            yield Part(name, "ok", "Well.", beat.at)


def _queues(session: Session, now: datetime) -> Iterator[Part]:
    late = session.scalar(
        _count(InboundMessage).where(InboundMessage.state == "open", InboundMessage.received_at < now - WAITING)
    )
    yield Part(
        "mail to read",
        "bad" if late else "ok",
        f"{late} mails wait for more than five minutes." if late else "None waits.",
    )
    count = quarantined(session)
    yield Part(
        "quarantine", "look" if count else "ok", f"{_mails(count)} for a person to look at." if count else "Empty."
    )
    failed = session.scalar(_count(OutboundLetter).where(OutboundLetter.state.in_(("failed", "unknown"))))
    waiting = session.scalar(
        _count(OutboundLetter).where(OutboundLetter.state == "open", OutboundLetter.due < now - timedelta(hours=1))
    )
    if failed:
        yield Part("outbox", "look", f"{failed} letters could not be sent.")
    elif waiting:
        yield Part("outbox", "look", f"{waiting} letters have waited for more than an hour.")
    else:
        yield Part("outbox", "ok", "Nothing is stuck.")


def _disk(settings: Settings) -> Part:
    folder = settings.data_folder
    free = shutil.disk_usage(folder if folder.is_dir() else Path.cwd()).free
    words = f"{free / 1024**3:.1f} GB free."
    return Part("disk", "ok" if free > LEAST_DISK else "bad", words)


def _count(model: type[Base]) -> Select[int]:
    return select(func.count()).select_from(model)


def _mails(count: int) -> str:
    return "One mail" if count == 1 else f"{count} mails"


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return (
        f"{minutes} minutes"
        if minutes < 120
        else f"{minutes // 60} hours"
        if minutes < 2880
        else f"{minutes // 1440} days"
    )


def metrics(session: Session, settings: Settings) -> bytes:
    """The state of the queues and parts in Prometheus' text form."""
    from prometheus_client import CollectorRegistry, Gauge, generate_latest

    registry = CollectorRegistry()
    now = utcnow()
    for model, name in ((InboundMessage, "loopin_inbound_messages"), (OutboundLetter, "loopin_letters")):
        gauge = Gauge(name, f"Rows of {model.__tablename__} by state", ["state"], registry=registry)
        for state, count in session.execute(select(model.state, func.count()).group_by(model.state)):
            gauge.labels(state).set(count)
    age = Gauge("loopin_heartbeat_age_seconds", "Seconds since a part was last well", ["part"], registry=registry)
    for beat in session.scalars(select(Heartbeat)):
        age.labels(beat.part).set((now - beat.at).total_seconds())
    state = Gauge("loopin_health", "0 well, 1 somebody should look, 2 bad", ["part"], registry=registry)
    for part in health(session, settings).parts:
        state.labels(part.name).set(ORDER[part.state])
    return generate_latest(registry)
