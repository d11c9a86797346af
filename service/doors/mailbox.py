"""The mailbox door as the service keeps it: where each folder was left off, and what it may ask of a provider."""

import threading
from collections.abc import Callable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mail.imap import drain, watch
from mail.mailbox import MailboxSettings, Position
from mail.values import RawMessage
from service import beats, intake
from service.config import Settings
from service.db import Database
from service.doors import oauth
from service.models import MailboxPlace


class StoredState:
    """mail.mailbox.MailboxState over the table mailbox_place; each write is a transaction of its own."""

    def __init__(self, db: Database, mailbox: str, since: date | None) -> None:
        self._db = db
        self._mailbox = mailbox
        self._since = since
        self.taken: list[int] = []

    def _place(self, session: Session, uidvalidity: int) -> MailboxPlace | None:
        return session.scalar(
            select(MailboxPlace).where(MailboxPlace.mailbox == self._mailbox, MailboxPlace.uidvalidity == uidvalidity)
        )

    def position(self, uidvalidity: int) -> Position | None:
        with self._db.read() as session:
            place = self._place(session, uidvalidity)
            return Position(place.uidvalidity, place.floor, place.last) if place else None

    def since(self) -> date | None:
        with self._db.read() as session:
            first = select(func.min(MailboxPlace.since)).where(MailboxPlace.mailbox == self._mailbox)
            return session.scalar(first) or self._since

    def begin(self, position: Position, since: date) -> None:
        with self._db.begin() as session:
            session.add(
                MailboxPlace(
                    mailbox=self._mailbox,
                    uidvalidity=position.uidvalidity,
                    floor=position.floor,
                    last=position.last,
                    since=since,
                )
            )

    def remember(self, uidvalidity: int, uid: int) -> None:
        with self._db.begin() as session:
            place = self._place(session, uidvalidity)
            if place is not None:
                place.last = max(place.last, uid)

    def failed(self, uidvalidity: int, uid: int, reason: str) -> int:
        with self._db.begin() as session:
            place = self._place(session, uidvalidity)
            if place is None:
                return 1
            tries = int(place.failures.get(str(uid), 0)) + 1
            place.failures = {**place.failures, str(uid): tries}
            return tries

    def quarantine(self, raw: RawMessage, reason: str) -> None:
        with self._db.begin() as session:
            message_id, new = intake.store(session, raw)
            if new:
                intake.quarantine(session, message_id, reason, rule="the mailbox could not hand it over")
        self.taken.append(message_id)

    def accept(self, raw: RawMessage) -> None:
        """The door's only duty: the bytes are committed when this returns."""
        with self._db.begin() as session:
            message_id, _ = intake.store(session, raw)
        self.taken.append(message_id)


def mailbox_settings(settings: Settings, db: Database) -> MailboxSettings:
    return MailboxSettings(
        host=settings.imap_host,
        port=settings.imap_port,
        user=settings.imap_user,
        password=settings.imap_password,
        oauth=_token(settings, db),
        tls=settings.imap_tls,
        folder=settings.imap_folder,
    )


def _token(settings: Settings, db: Database) -> Callable[[], str] | None:
    return (lambda: oauth.access_token(db, settings)) if settings.imap_oauth_token_url else None


def _state(settings: Settings, db: Database) -> StoredState:
    since = date.fromisoformat(settings.imap_since) if settings.imap_since else None
    return StoredState(db, f"{settings.imap_user}@{settings.imap_host}/{settings.imap_folder}", since)


def run(settings: Settings, db: Database, stop: threading.Event) -> None:
    """Watch the mailbox until `stop` is set."""
    state = _state(settings, db)

    def seen(trouble: str) -> None:
        with db.begin() as session:
            beats.beat(session, "mailbox", trouble)

    watch(mailbox_settings(settings, db), state.accept, state, stop, seen)


def take_all(settings: Settings, db: Database) -> list[int]:
    """Everything that waits in the mailbox: the ids of the mails. Raises MailboxUnreachable, MailboxRefused."""
    state = _state(settings, db)
    drain(mailbox_settings(settings, db), state.accept, state)
    return state.taken
