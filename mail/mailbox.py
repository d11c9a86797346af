"""What a watched mailbox is told and remembers: settings, where it was left off, and how long to wait after trouble."""

import random
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from mail.values import RawMessage

TAKEN = "$LoopinTaken"
GIVEN_UP = "$LoopinFailed"
LARGEST = 35 * 1024 * 1024
KEPT_OF_LARGER = 256 * 1024
MOST_TRIES = 3


class MailboxError(Exception):
    """The mailbox cannot be read now; the message is a sentence for the operator."""


class MailboxUnreachable(MailboxError):
    """No connection, or one that broke: it may work in a moment (exit status 69)."""


class MailboxRefused(MailboxError):
    """Sign-in or folder refused: somebody must change a setting (exit status 78)."""


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """How to reach the tracker's mailbox.

    `tls`: "tls" (993), "starttls" or "none". `oauth` returns an access token; it is called at each sign-in, so it must
    refresh early. Where the server allows no keywords, mail is moved to `taken_folder` and `failed_folder`.
    Times are seconds: `poll` is the longest the mailbox goes unasked, `sweep` the time between looks at all unmarked
    mail, `read` how long an answer may take.
    """

    host: str
    port: int = 993
    user: str = ""
    password: str = field(default="", repr=False)
    oauth: Callable[[], str] | None = field(default=None, repr=False)
    tls: str = "tls"
    folder: str = "INBOX"
    taken_folder: str = "Loopin"
    failed_folder: str = "Loopin-Failed"
    poll: float = 60.0
    sweep: float = 900.0
    connect: float = 15.0
    read: float = 60.0
    first_wait: float = 1.0
    longest_wait: float = 300.0
    largest: int = LARGEST
    context: ssl.SSLContext | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Position:
    """Where one UIDVALIDITY of a folder was left off.

    `floor`: mail up to this UID lay there before Loopin came and is left alone; `last`: the highest UID looked at.
    """

    uidvalidity: int
    floor: int
    last: int


class MailboxState(Protocol):
    """What the service remembers of the mailbox. Each method that writes has committed when it returns."""

    def position(self, uidvalidity: int) -> Position | None:
        """None where this UIDVALIDITY was never seen."""
        ...

    def since(self) -> date | None:
        """The day from which mail is taken, asked for or of the first connect; None before it: from now on only."""
        ...

    def begin(self, position: Position, since: date) -> None:
        """A UIDVALIDITY is seen for the first time."""
        ...

    def remember(self, uidvalidity: int, uid: int) -> None:
        """Everything up to this UID was looked at."""
        ...

    def failed(self, uidvalidity: int, uid: int, reason: str) -> int:
        """Count a failed try of this UID; how many it has now."""
        ...

    def quarantine(self, raw: RawMessage, reason: str) -> None:
        """Keep a mail that was given up, with as much of it as could be had (nothing, perhaps)."""
        ...


def waits(first: float, longest: float) -> Iterator[float]:
    """Doubling from `first` to `longest` seconds, each cut at random by up to half: many do not return at once."""
    wait = first
    while True:
        yield wait * random.uniform(0.5, 1.0)  # noqa: S311
        wait = min(wait * 2, longest)
