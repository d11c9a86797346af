"""What the tests of the mailbox door share: a memory and a store like the service's, mails, a look at flags."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from imapclient import IMAPClient

from mail.imap import MailboxSettings, Position, watch
from mail.values import RawMessage
from tests.servers import LOOPBACK


@dataclass
class Memory:
    """What the service keeps in a table."""

    positions: dict[int, Position] = field(default_factory=dict)
    first_day: date | None = None
    tries: Counter[tuple[int, int]] = field(default_factory=Counter)
    kept: list[tuple[RawMessage, str]] = field(default_factory=list)

    def position(self, uidvalidity: int) -> Position | None:
        return self.positions.get(uidvalidity)

    def since(self) -> date | None:
        return self.first_day

    def begin(self, position: Position, since: date) -> None:
        self.positions[position.uidvalidity] = position
        self.first_day = since

    def remember(self, uidvalidity: int, uid: int) -> None:
        self.positions[uidvalidity] = replace(self.positions[uidvalidity], last=uid)

    def failed(self, uidvalidity: int, uid: int, reason: str) -> int:
        self.tries[uidvalidity, uid] += 1
        return self.tries[uidvalidity, uid]

    def quarantine(self, raw: RawMessage, reason: str) -> None:
        self.kept.append((raw, reason))


class Store:
    """Keeps the bytes once by their content, as the database does; `refuse` makes it fail for some."""

    def __init__(self) -> None:
        self.calls: list[RawMessage] = []
        self.contents: dict[bytes, RawMessage] = {}
        self.refuse: Callable[[RawMessage], bool] = lambda raw: False

    def __call__(self, raw: RawMessage) -> None:
        self.calls.append(raw)
        if self.refuse(raw):
            raise RuntimeError("the disk is full")
        self.contents.setdefault(raw.content, raw)

    @property
    def subjects(self) -> list[str]:
        return sorted(_subject(content) for content in self.contents)


def _subject(content: bytes) -> str:
    return next(line[9:].decode() for line in content.splitlines() if line.startswith(b"Subject: "))


def letter(subject: str, size: int = 0) -> bytes:
    head = f"From: Dana Roe <dana@sender.example>\r\nTo: intake@hub.example\r\nSubject: {subject}\r\n\r\n"
    return head.encode() + b"Please meet them.\r\n" + (b"x" * 76 + b"\r\n") * (size // 78)


def settings_for(port: int, user: str, **changes: object) -> MailboxSettings:
    quick = {"poll": 1.0, "connect": 2.0, "read": 3.0, "first_wait": 0.05, "longest_wait": 0.4}
    return MailboxSettings(LOOPBACK, port, user, "secret", tls="none", **{**quick, **changes})


@contextmanager
def signed_in(settings: MailboxSettings) -> Iterator[IMAPClient]:
    with IMAPClient(settings.host, settings.port, ssl=False) as client:
        client.login(settings.user, settings.password)
        yield client


def flags(settings: MailboxSettings) -> list[set[str]]:
    """Of each mail in the folder, without \\Recent."""
    with signed_in(settings) as client:
        client.select_folder(settings.folder, readonly=True)
        found = client.get_flags(client.search())
        return [{flag.decode() for flag in found[uid] if flag != b"\\Recent"} for uid in sorted(found)]


@contextmanager
def watching(settings: MailboxSettings, store: Store, memory: Memory) -> Iterator[list[str]]:
    """The door in a thread; what it says of the mailbox's health."""
    stop, health = threading.Event(), []
    thread = threading.Thread(target=watch, args=(settings, store, memory, stop, health.append))
    thread.start()
    try:
        yield health
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive()


def since_ever() -> Memory:
    return Memory(first_day=date(2000, 1, 1))
