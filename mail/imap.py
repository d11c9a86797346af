"""The mailbox door: watches a folder by IDLE and poll, hands each new mail to accept(), and marks it only after that.

    connect -> look -> IDLE (at most `poll` seconds) -> look -> ...        any trouble: wait with jitter, connect again
    look: what came since the last UID; at the connect and every `sweep` seconds all unmarked mail too
    one mail: size -> bytes -> accept() (which commits) -> mark;  three failures -> quarantine, those behind go on

Nothing here sets \\Seen or expunges. A mail that is handed over twice is harmless: accept() knows it by its hash.
"""

import logging
import ssl
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event
from time import monotonic
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from mail.mailbox import (
    GIVEN_UP,
    KEPT_OF_LARGER,
    MOST_TRIES,
    TAKEN,
    MailboxError,
    MailboxRefused,
    MailboxSettings,
    MailboxState,
    MailboxUnreachable,
    Position,
    waits,
)
from mail.values import RawMessage

__all__ = ["MailboxError", "MailboxRefused", "MailboxSettings", "MailboxState", "MailboxUnreachable", "Position"]
__all__ += ["MailboxFacts", "drain", "facts", "watch"]

Accept = Callable[[RawMessage], object]
_BROKEN = (IMAPClientAbortError, OSError)
_log = logging.getLogger("loopin.mailbox")


@dataclass(frozen=True, slots=True)
class MailboxFacts:
    """What a server allows, for the set-up page. `marks`: how taken mail is told apart, "keyword", "move" or "none"."""

    uidvalidity: int
    messages: int
    idle: bool
    marks: str


@dataclass(frozen=True, slots=True)
class _Folder:
    uidvalidity: int
    uidnext: int
    exists: int
    marks: str


@dataclass(frozen=True, slots=True)
class _Trouble:
    """A mail that failed: how often, why, and whether its bytes could be had at least."""

    tries: int
    reason: str
    fetched: bool


def watch(
    settings: MailboxSettings, accept: Accept, state: MailboxState, stop: Event, seen: Callable[[str], object]
) -> None:
    """Take mail in until `stop` is set; returns within seconds of it.

    `accept` has committed when it returns and raises where the mail could not be stored. `seen("")` is called each
    time the mailbox was looked at and all is well, `seen(sentence)` when it cannot be reached or read; what goes wrong
    behind accept, state and seen (a database that restarts) is waited out in the same way.
    """
    troubles: dict[tuple[int, int], _Trouble] = {}
    delays = waits(settings.first_wait, settings.longest_wait)
    while not stop.is_set():
        try:
            with _connected(settings) as client:
                visit = _Visit(client, settings, accept, state, troubles, stop)
                for _ in visit.rounds():
                    seen("")
                    delays = waits(settings.first_wait, settings.longest_wait)
        except MailboxError as error:
            trouble = str(error)
            _log.warning(trouble)
        except Exception as error:
            trouble = f"Mail could not be stored: {_words(error)}"
            _log.exception("mail could not be stored")
        else:
            continue
        _tell(seen, trouble)
        stop.wait(next(delays))


def drain(settings: MailboxSettings, accept: Accept, state: MailboxState) -> int:
    """Take in all that is new or unmarked, then stop; how many were accepted.

    Raises MailboxUnreachable or MailboxRefused. A mail that fails is tried three times at once, then quarantined.
    """
    troubles: dict[tuple[int, int], _Trouble] = {}
    taken = 0
    while True:
        try:
            with _connected(settings) as client:
                visit = _Visit(client, settings, accept, state, troubles, Event())
                taken += visit.look(sweep=True)
                while troubles or visit.more():
                    taken += visit.look(sweep=False)
                return taken
        except MailboxUnreachable:
            # a mail on which the server breaks off counts as a failure of that mail, up to its third
            if not troubles or any(trouble.tries > MOST_TRIES for trouble in troubles.values()):
                raise


def facts(settings: MailboxSettings) -> MailboxFacts:
    """Sign in and look, change nothing. Raises MailboxUnreachable or MailboxRefused."""
    with _connected(settings) as client:
        folder = _open(client, settings)
        return MailboxFacts(folder.uidvalidity, folder.exists, client.has_capability("IDLE"), folder.marks)


class _Visit:
    """One connection's work in the folder."""

    def __init__(
        self,
        client: IMAPClient,
        settings: MailboxSettings,
        accept: Accept,
        state: MailboxState,
        troubles: dict[tuple[int, int], _Trouble],
        stop: Event,
    ) -> None:
        self.client, self.settings, self.accept, self.state = client, settings, accept, state
        self.troubles, self.stop = troubles, stop
        self.folder = _open(client, settings)

    def rounds(self) -> Iterator[None]:
        """Look and wait, for ever; yields after each look."""
        swept = 0.0
        while not self.stop.is_set():
            sweep = not swept or monotonic() - swept > self.settings.sweep
            if sweep:
                swept = monotonic()
            self.look(sweep)
            yield
            if not self.more():
                _idle(self.client, self.settings.poll, self.stop)

    def look(self, sweep: bool) -> int:
        """Take in what is new, what failed before and, if asked, everything unmarked; how many were accepted."""
        self.folder = _open(self.client, self.settings)
        position, begun = self._position()
        new = self._search(position.last + 1)
        old = self._unmarked(position) if begun or (sweep and self.folder.marks != "none") else []
        again = [uid for uidvalidity, uid in self.troubles if uidvalidity == self.folder.uidvalidity]
        looked, taken = position.last, 0
        try:
            for uid in _in_order(new, old, again):
                if self.stop.is_set():
                    break
                taken += self._take(uid)
                looked = max(looked, uid if uid in new else 0)
        finally:
            if looked > position.last:
                self.state.remember(position.uidvalidity, looked)
        return taken

    def more(self) -> bool:
        """Whether mail was announced while we looked: the server won't announce it again when we IDLE."""
        announced = self.client._imap.untagged_responses.get("EXISTS") or [b"0"]
        return int(announced[-1]) > self.folder.exists

    def _position(self) -> tuple[Position, bool]:
        """Where to go on; True where this UIDVALIDITY is new, so that everything has to be looked at."""
        known = self.state.position(self.folder.uidvalidity)
        if known:
            return known, False
        # UIDs of another UIDVALIDITY mean nothing now: failed ones among them are looked at like all others
        self.troubles.clear()
        since, newest = self.state.since(), self.folder.uidnext - 1
        position = Position(self.folder.uidvalidity, 0 if since else newest, newest)
        self.state.begin(position, since or datetime.now(UTC).date())
        return position, True

    def _unmarked(self, position: Position) -> list[int]:
        """All unmarked mail above the floor; without a floor, of the days asked for (SINCE knows no time zone)."""
        since = self.state.since()
        if position.floor or since is None:
            return self._search(position.floor + 1)
        return self._search(1, "SINCE", since - timedelta(days=1))

    def _search(self, first: int, *criteria: object) -> list[int]:
        unmarked = ("UNKEYWORD", TAKEN, "UNKEYWORD", GIVEN_UP) if self.folder.marks == "keyword" else ()
        found = self.client.search(["UID", f"{first}:*", *criteria, *unmarked])
        # n:* always names the last mail, even where its UID is lower (RFC 3501 6.4.8)
        return sorted(uid for uid in found if uid >= first)

    def _take(self, uid: int) -> bool:
        """One mail, whole way; False where it failed (noted), was given up (kept) or is gone."""
        trouble = self.troubles.get((self.folder.uidvalidity, uid))
        if trouble and trouble.tries >= MOST_TRIES:
            self._give_up(uid, trouble)
            return False
        try:
            raw = self._fetch(uid)
        except _BROKEN as error:
            self._failed(uid, f"The mailbox broke off while it gave this mail: {_words(error)}", fetched=False)
            raise
        except (IMAPClientError, ValueError, LookupError) as error:
            return self._failed(uid, f"The mailbox could not give this mail: {_words(error)}", fetched=False)
        if raw is None:
            self.troubles.pop((self.folder.uidvalidity, uid), None)
            return False
        try:
            self.accept(raw)
        except Exception as error:
            _log.warning("%s could not be stored", raw.source, exc_info=True)
            return self._failed(uid, f"This mail could not be stored: {_words(error)}", fetched=True)
        self._mark(uid, TAKEN)
        return True

    def _fetch(self, uid: int) -> RawMessage | None:
        """The mail; of one that is too large its beginning; None where somebody took it out of the folder."""
        answer = self.client.fetch([uid], ["RFC822.SIZE"]).get(uid)
        if answer is None:
            return None
        size = answer[b"RFC822.SIZE"]
        if size > self.settings.largest:
            return self._raw(uid, self._beginning(uid), size)
        answer = self.client.fetch([uid], ["BODY.PEEK[]"]).get(uid)
        return None if answer is None else self._raw(uid, answer[b"BODY[]"] or b"")

    def _beginning(self, uid: int) -> bytes:
        asked = ["BODY.PEEK[HEADER]<0.1048576>", f"BODY.PEEK[TEXT]<0.{KEPT_OF_LARGER}>"]
        answer = self.client.fetch([uid], asked)[uid]
        return (answer[b"BODY[HEADER]<0>"] or b"") + (answer[b"BODY[TEXT]<0>"] or b"")

    def _raw(self, uid: int, content: bytes, whole_size: int | None = None) -> RawMessage:
        source = f"imap:{self.settings.folder}:{self.folder.uidvalidity}:{uid}"
        return RawMessage(content, source, whole_size=whole_size)

    def _failed(self, uid: int, reason: str, *, fetched: bool) -> bool:
        tries = self.state.failed(self.folder.uidvalidity, uid, reason)
        self.troubles[self.folder.uidvalidity, uid] = _Trouble(tries, reason, fetched)
        return False

    def _give_up(self, uid: int, trouble: _Trouble) -> None:
        """Keep as much as can be had, and go on with the others."""
        self.state.quarantine(self._remains(uid, trouble), trouble.reason)
        del self.troubles[self.folder.uidvalidity, uid]
        self._mark(uid, GIVEN_UP)

    def _remains(self, uid: int, trouble: _Trouble) -> RawMessage:
        """Everything, where only storing failed; else the headers; else nothing but where it lies."""
        try:
            if trouble.fetched:
                return self._fetch(uid) or self._raw(uid, b"")
            answer = self.client.fetch([uid], ["BODY.PEEK[HEADER]<0.1048576>"])[uid]
            return self._raw(uid, answer[b"BODY[HEADER]<0>"] or b"")
        except (IMAPClientError, OSError, ValueError, LookupError) as error:
            _log.warning("nothing of UID %s could be had: %s", uid, _words(error))
            return self._raw(uid, b"")

    def _mark(self, uid: int, mark: str) -> None:
        self.troubles.pop((self.folder.uidvalidity, uid), None)
        if self.folder.marks == "keyword":
            self.client.add_flags([uid], [mark], silent=True)
        elif self.folder.marks == "move":
            target = self.settings.taken_folder if mark == TAKEN else self.settings.failed_folder
            self.client.move([uid], target)


@contextmanager
def _connected(settings: MailboxSettings) -> Generator[IMAPClient]:
    """A signed-in connection. What IMAP raises inside becomes MailboxUnreachable or MailboxRefused."""
    where = f"The mailbox {settings.user} on {settings.host}:{settings.port}"
    client = None
    try:
        client = _connect(settings)
        yield client
    except LoginError as error:
        raise MailboxRefused(f"{where} refused the sign-in: {_words(error)}") from error
    except (IMAPClientAbortError, OSError) as error:
        raise MailboxUnreachable(f"{where} cannot be reached: {_words(error)}") from error
    except IMAPClientError as error:
        raise MailboxUnreachable(f"{where} refused a command: {_words(error)}") from error
    finally:
        if client:
            with suppress(IMAPClientError, OSError):
                client.shutdown()


def _connect(settings: MailboxSettings) -> IMAPClient:
    context = settings.context or ssl.create_default_context()
    timeout: Any = SocketTimeout(connect=settings.connect, read=settings.read)  # imapclient's own hint says float
    implicit = settings.tls == "tls"
    client = IMAPClient(
        settings.host, settings.port, ssl=implicit, ssl_context=context if implicit else None, timeout=timeout
    )
    if settings.tls == "starttls":
        client.starttls(context)
    if settings.oauth:
        client.oauth2_login(settings.user, _token(settings.oauth))
    else:
        client.login(settings.user, settings.password)
    return client


def _token(oauth: Callable[[], str]) -> str:
    try:
        return oauth()
    except Exception as error:
        raise MailboxRefused(f"No access token for the mailbox: {_words(error)}") from error


def _open(client: IMAPClient, settings: MailboxSettings) -> _Folder:
    """SELECT. Each look does it anew: it tells a changed UIDVALIDITY, and costs one answer."""
    try:
        answer = client.select_folder(settings.folder)
    except IMAPClientAbortError:
        raise
    except IMAPClientError as error:
        raise MailboxRefused(f"The folder {settings.folder} cannot be opened: {_words(error)}") from error
    uidnext = answer.get(b"UIDNEXT") or max(client.search("ALL"), default=0) + 1
    return _Folder(answer[b"UIDVALIDITY"], uidnext, answer[b"EXISTS"], _marks(client, settings, answer))


def _marks(client: IMAPClient, settings: MailboxSettings, answer: dict[bytes, Any]) -> str:
    """Keywords where the server keeps them (not Exchange Online), else moving, else nothing but UIDs."""
    permanent = {flag.lower() for flag in answer.get(b"PERMANENTFLAGS", ())}
    if b"READ-ONLY" in answer:
        return "none"
    if b"\\*" in permanent or {TAKEN.lower().encode(), GIVEN_UP.lower().encode()} <= permanent:
        return "keyword"
    if not client.has_capability("MOVE"):
        return "none"
    for folder in (settings.taken_folder, settings.failed_folder):
        if not client.folder_exists(folder):
            client.create_folder(folder)
    return "move"


def _idle(client: IMAPClient, seconds: float, stop: Event) -> None:
    """Wait for mail to be announced, for `seconds` to pass, or for `stop`. Raises where the server says BYE."""
    if not client.has_capability("IDLE"):
        stop.wait(seconds)
        return
    ends = monotonic() + seconds
    client.idle()
    while not stop.is_set() and (left := ends - monotonic()) > 0:
        asked, patience = monotonic(), min(1.0, left)
        answers = client.idle_check(patience)
        if any(answer[0] == b"BYE" for answer in answers):
            raise IMAPClientAbortError("the server said goodbye")
        # after a reset idle_check answers [] at once, for ever; DONE below tells the dead from the living
        if any(b"EXISTS" in answer for answer in answers) or (not answers and monotonic() - asked < patience / 2):
            break
    client.idle_done()


def _in_order(new: list[int], old: list[int], again: list[int]) -> list[int]:
    """Lowest UID first; those that failed before come last, so that they keep nobody waiting."""
    return [*sorted({*new, *old} - set(again)), *sorted(again)]


def _tell(seen: Callable[[str], object], trouble: str) -> None:
    try:
        seen(trouble)
    except Exception:
        _log.exception("the mailbox's health could not be kept")


def _words(error: BaseException) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text.rstrip(".")[:300] + "."
