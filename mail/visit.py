"""One connection's work in the tracker's folder: what to look at, one mail after the other, and the wait for more.

The client is an IMAPClient that is signed in; it is made in mail/imap.py, which explains the whole.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from imaplib import IMAP4
from threading import Event
from time import monotonic
from typing import Any

from mail.mailbox import (
    GIVEN_UP,
    KEPT_OF_LARGER,
    MOST_TRIES,
    TAKEN,
    MailboxRefused,
    MailboxSettings,
    MailboxState,
    Position,
)
from mail.values import RawMessage

Accept = Callable[[RawMessage], object]
"""Stores a mail; has committed when it returns, raises where it could not."""
_BROKEN = (IMAP4.abort, OSError)
_log = logging.getLogger("loopin.mailbox")


@dataclass(frozen=True, slots=True)
class Folder:
    uidvalidity: int
    uidnext: int
    exists: int
    marks: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """A mail that failed: how often, why, whether its bytes could be had at least, and whether it is in quarantine."""

    tries: int
    reason: str
    fetched: bool
    kept: bool = False


class Visit:
    """One connection's work in the folder."""

    def __init__(
        self,
        client: Any,
        settings: MailboxSettings,
        accept: Accept,
        state: MailboxState,
        troubles: dict[tuple[int, int], Trouble],
        stop: Event,
    ) -> None:
        self.client, self.settings, self.accept, self.state = client, settings, accept, state
        self.troubles, self.stop = troubles, stop
        self.folder = open_folder(client, settings)

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

    def look(self, sweep: bool) -> None:
        """Take in what is new, what failed before and, if asked, everything unmarked."""
        self.folder = open_folder(self.client, self.settings, self.folder)
        position, begun = self._position()
        new = self._search(position.last + 1)
        old = self._unmarked(position) if begun or (sweep and self.folder.marks != "none") else []
        again = [uid for uidvalidity, uid in self.troubles if uidvalidity == self.folder.uidvalidity]
        looked = position.last
        try:
            for uid in _in_order(new, old, again):
                if self.stop.is_set():
                    break
                self._take(uid)
                looked = max(looked, uid if uid in new else 0)
        finally:
            if looked > position.last:
                self.state.remember(position.uidvalidity, looked)

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

    def _take(self, uid: int) -> None:
        """One mail, whole way: accepted and marked, noted as failed, given up and kept, or gone."""
        trouble = self.troubles.get((self.folder.uidvalidity, uid))
        if trouble and trouble.tries >= MOST_TRIES:
            self._give_up(uid, trouble)
            return
        try:
            raw = self._fetch(uid)
        except _BROKEN as error:
            self._failed(uid, f"The mailbox broke off while it gave this mail: {words_of(error)}", fetched=False)
            raise
        except (IMAP4.error, ValueError, LookupError) as error:
            self._failed(uid, f"The mailbox could not give this mail: {words_of(error)}", fetched=False)
            return
        if raw is None:
            self.troubles.pop((self.folder.uidvalidity, uid), None)
            return
        try:
            self.accept(raw)
        except Exception as error:
            _log.warning("%s could not be stored", raw.source, exc_info=True)
            self._failed(uid, f"This mail could not be stored: {words_of(error)}", fetched=True)
        else:
            self._mark(uid, TAKEN)

    def _fetch(self, uid: int) -> RawMessage | None:
        """The mail; of one that is too large its beginning; None where somebody took it out of the folder."""
        answer = self.client.fetch([uid], ["RFC822.SIZE", "INTERNALDATE"]).get(uid)
        if answer is None:
            return None
        size, arrived = answer[b"RFC822.SIZE"], answer.get(b"INTERNALDATE")
        if size > self.settings.largest:
            return self._raw(uid, self._beginning(uid), size, arrived)
        answer = self.client.fetch([uid], ["BODY.PEEK[]"]).get(uid)
        return None if answer is None else self._raw(uid, answer[b"BODY[]"] or b"", arrived=arrived)

    def _beginning(self, uid: int) -> bytes:
        asked = ["BODY.PEEK[HEADER]<0.1048576>", f"BODY.PEEK[TEXT]<0.{KEPT_OF_LARGER}>"]
        answer = self.client.fetch([uid], asked)[uid]
        return (answer[b"BODY[HEADER]<0>"] or b"") + (answer[b"BODY[TEXT]<0>"] or b"")

    def _raw(
        self, uid: int, content: bytes, whole_size: int | None = None, arrived: datetime | None = None
    ) -> RawMessage:
        source = f"imap:{self.settings.folder}:{self.folder.uidvalidity}:{uid}"
        # imapclient gives the machine's own time without an offset
        return RawMessage(content, source, whole_size=whole_size, arrived=arrived and arrived.astimezone(UTC))

    def _failed(self, uid: int, reason: str, *, fetched: bool) -> None:
        tries = self.state.failed(self.folder.uidvalidity, uid, reason)
        self.troubles[self.folder.uidvalidity, uid] = Trouble(tries, reason, fetched)

    def _give_up(self, uid: int, trouble: Trouble) -> None:
        """Keep as much as can be had, and go on with the others."""
        if not trouble.kept:
            self.state.quarantine(self._remains(uid, trouble), trouble.reason)
            self.troubles[self.folder.uidvalidity, uid] = replace(trouble, kept=True)
        self._mark(uid, GIVEN_UP)

    def _remains(self, uid: int, trouble: Trouble) -> RawMessage:
        """Everything, where only storing failed; else the headers; else a note of where it lies, which no other has."""
        try:
            if trouble.fetched:
                return self._fetch(uid) or self._note(uid)
            answer = self.client.fetch([uid], ["BODY.PEEK[HEADER]<0.1048576>"])[uid]
            return self._raw(uid, answer[b"BODY[HEADER]<0>"]) if answer[b"BODY[HEADER]<0>"] else self._note(uid)
        except (IMAP4.error, OSError, ValueError, LookupError) as error:
            _log.warning("nothing of UID %s could be had: %s", uid, words_of(error))
            return self._note(uid)

    def _note(self, uid: int) -> RawMessage:
        note = (
            f"Subject: (the mailbox could not give this mail)\r\nX-Loopin-Source: {self._raw(uid, b'').source}\r\n\r\n"
        )
        return self._raw(uid, note.encode("utf-8", "replace"))

    def _mark(self, uid: int, mark: str) -> None:
        """A server that refuses the mark costs a second look at the next sweep, nothing else."""
        try:
            if self.folder.marks == "keyword":
                self.client.add_flags([uid], [mark], silent=True)
            elif self.folder.marks == "move":
                target = self.settings.taken_folder if mark == TAKEN else self.settings.failed_folder
                self.client.move([uid], target)
        except IMAP4.abort:
            raise
        except IMAP4.error as error:
            _log.warning("UID %s could not be marked: %s", uid, words_of(error))
        self.troubles.pop((self.folder.uidvalidity, uid), None)


def open_folder(client: Any, settings: MailboxSettings, before: Folder | None = None) -> Folder:
    """SELECT. Each look does it anew: it tells a changed UIDVALIDITY, and costs one answer."""
    try:
        answer = client.select_folder(settings.folder)
    except IMAP4.abort:
        raise
    except IMAP4.error as error:
        raise MailboxRefused(f"The folder {settings.folder} cannot be opened: {words_of(error)}") from error
    uidnext = answer.get(b"UIDNEXT") or max(client.search("ALL"), default=0) + 1
    same = before is not None and before.uidvalidity == answer[b"UIDVALIDITY"]
    marks = before.marks if before and same else _marks(client, settings, answer)
    return Folder(answer[b"UIDVALIDITY"], uidnext, answer[b"EXISTS"], marks)


def _marks(client: Any, settings: MailboxSettings, answer: dict[bytes, Any]) -> str:
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


def _idle(client: Any, seconds: float, stop: Event) -> None:
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
            raise IMAP4.abort("the server said goodbye")
        # after a reset idle_check answers [] at once, for ever; DONE below tells the dead from the living
        if any(b"EXISTS" in answer for answer in answers) or (not answers and monotonic() - asked < patience / 2):
            break
    client.idle_done()


def _in_order(new: list[int], old: list[int], again: list[int]) -> list[int]:
    """Lowest UID first; those that failed before come last, so that they keep nobody waiting."""
    return [*sorted({*new, *old} - set(again)), *sorted(again)]


def words_of(error: BaseException) -> str:
    """An error in one line that ends with a full stop."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text.rstrip(".")[:300] + "."
