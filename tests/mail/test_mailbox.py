"""The mailbox door against a real Dovecot: seen fast, marked only when stored, and nothing lost on bad days."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imapclient import IMAPClient

from mail.imap import MailboxRefused, MailboxSettings, MailboxUnreachable, Position, drain, facts, watch
from mail.mailbox import GIVEN_UP, TAKEN, waits
from mail.values import RawMessage
from tests.network import TcpProxy
from tests.servers import LOOPBACK, Dovecot, wait_for


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


@pytest.fixture
def settings(dovecot: Dovecot, mailbox_user: str) -> MailboxSettings:
    return settings_for(dovecot.imap_port, mailbox_user)


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


def test_a_new_mail_is_seen_within_five_seconds(dovecot: Dovecot, settings: MailboxSettings) -> None:
    store = Store()
    with watching(replace(settings, poll=60.0), store, since_ever()) as health:
        wait_for(lambda: health)
        time.sleep(0.3)
        sent = time.monotonic()
        dovecot.deliver(letter("Hello"), settings.user)
        wait_for(lambda: store.subjects == ["Hello"], 5)
        assert time.monotonic() - sent < 5
    assert flags(settings) == [{TAKEN}]
    assert store.calls[0].source.startswith("imap:INBOX:")


def test_a_mail_that_could_not_be_stored_is_not_marked_and_comes_again(
    dovecot: Dovecot, settings: MailboxSettings
) -> None:
    store, memory = Store(), since_ever()
    dovecot.deliver(letter("Hello"), settings.user)
    marked_while_storing = []

    def refuse(raw: RawMessage) -> bool:
        marked_while_storing.append(flags(settings))
        return len(store.calls) < 2

    store.refuse = refuse
    assert drain(settings, store, memory) == 1
    assert marked_while_storing == [[set()], [set()]]
    assert flags(settings) == [{TAKEN}]


def test_what_cannot_be_stored_three_times_is_kept_aside_and_those_behind_go_on(
    dovecot: Dovecot, settings: MailboxSettings
) -> None:
    store, memory = Store(), since_ever()
    for subject in ("First", "Poison", "Third"):
        dovecot.deliver(letter(subject), settings.user)
    store.refuse = lambda raw: b"Poison" in raw.content
    assert drain(settings, store, memory) == 2
    assert store.subjects == ["First", "Third"]
    [(raw, reason)] = memory.kept
    assert b"Poison" in raw.content
    assert reason == "This mail could not be stored: the disk is full."
    assert flags(settings) == [{TAKEN}, {GIVEN_UP}, {TAKEN}]
    assert drain(settings, store, memory) == 0
    assert len(memory.kept) == 1


def test_those_behind_a_bad_mail_do_not_wait(dovecot: Dovecot, settings: MailboxSettings) -> None:
    store = Store()
    store.refuse = lambda raw: b"Poison" in raw.content
    for subject in ("Poison", "Second"):
        dovecot.deliver(letter(subject), settings.user)
    with watching(settings, store, since_ever()):
        wait_for(lambda: store.subjects == ["Second"], 3)


def test_of_a_mail_that_is_too_large_the_beginning_is_kept(dovecot: Dovecot, settings: MailboxSettings) -> None:
    store = Store()
    large = letter("Large", 2_000_000)
    dovecot.deliver(large, settings.user)
    drain(replace(settings, largest=1_000_000), store, since_ever())
    [raw] = store.calls
    assert raw.oversized
    assert raw.whole_size > 2_000_000
    assert b"Subject: Large" in raw.content
    assert 256 * 1024 < len(raw.content) < 256 * 1024 + 2000


def test_the_first_look_takes_only_what_comes_from_now_on(dovecot: Dovecot, settings: MailboxSettings) -> None:
    store, memory = Store(), Memory()
    dovecot.deliver(letter("Old"), settings.user)
    assert drain(settings, store, memory) == 0
    dovecot.deliver(letter("New"), settings.user)
    assert drain(settings, store, memory) == 1
    assert store.subjects == ["New"]
    assert flags(settings) == [set(), {TAKEN}]


def test_a_day_may_be_asked_for(dovecot: Dovecot, settings: MailboxSettings) -> None:
    store = Store()
    with signed_in(settings) as client:
        for days in (30, 3):
            when = date.today() - timedelta(days=days)
            client.append("INBOX", letter(f"{days} days"), msg_time=_noon(when))
    assert drain(settings, store, Memory(first_day=date.today() - timedelta(days=7))) == 1
    assert store.subjects == ["3 days"]


def _noon(day: date):
    from datetime import UTC, datetime

    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def test_a_new_uidvalidity_means_to_look_at_everything_again(settings: MailboxSettings) -> None:
    store, memory = Store(), since_ever()
    settings = replace(settings, folder="Intake")
    for subjects in (("One", "Two"), ("Two", "Three")):
        with signed_in(settings) as client:
            if client.folder_exists("Intake"):
                client.delete_folder("Intake")
            client.create_folder("Intake")
            for subject in subjects:
                client.append("Intake", letter(subject))
        drain(settings, store, memory)
    assert store.subjects == ["One", "Three", "Two"]
    assert len(store.calls) == 4
    assert len(memory.positions) == 2


def test_mail_that_was_left_unmarked_is_found_by_the_sweep(dovecot: Dovecot, settings: MailboxSettings) -> None:
    store, memory = Store(), since_ever()
    dovecot.deliver(letter("Hello"), settings.user)
    with watching(replace(settings, sweep=1.0), store, memory):
        wait_for(lambda: len(store.calls) == 1)
        with signed_in(settings) as client:
            client.select_folder("INBOX")
            client.remove_flags(client.search(), [TAKEN])
        wait_for(lambda: len(store.calls) == 2, 5)
    assert store.subjects == ["Hello"]


def test_where_keywords_are_not_kept_mail_is_moved(settings: MailboxSettings) -> None:
    store, memory = Store(), since_ever()
    settings = replace(settings, folder="NoKeywords")
    with signed_in(settings) as client:
        client.create_folder("NoKeywords")
        for subject in ("Good", "Poison"):
            client.append("NoKeywords", letter(subject))
    assert facts(settings).marks == "move"
    store.refuse = lambda raw: b"Poison" in raw.content
    drain(settings, store, memory)
    with signed_in(settings) as client:
        counts = {name: client.folder_status(name)[b"MESSAGES"] for name in ("NoKeywords", "Loopin", "Loopin-Failed")}
    assert counts == {"NoKeywords": 0, "Loopin": 1, "Loopin-Failed": 1}
    assert drain(settings, store, memory) == 0


def test_nothing_is_marked_seen_or_expunged(dovecot: Dovecot, settings: MailboxSettings) -> None:
    dovecot.deliver(letter("Hello"), settings.user)
    drain(settings, Store(), since_ever())
    assert flags(settings) == [{TAKEN}]


def test_a_mail_that_disappears_between_search_and_fetch_is_no_failure(
    dovecot: Dovecot, settings: MailboxSettings
) -> None:
    store, memory = Store(), since_ever()
    for subject in ("First", "Second"):
        dovecot.deliver(letter(subject), settings.user)

    def take_the_other_away(raw: RawMessage) -> bool:
        if len(store.calls) == 1:
            with signed_in(settings) as client:
                client.select_folder("INBOX")
                client.delete_messages([max(client.search())])
                client.expunge()
        return False

    store.refuse = take_the_other_away
    assert drain(settings, store, memory) == 1
    assert not memory.kept
    assert not memory.tries


def test_a_server_that_is_killed_and_comes_back(own_dovecot: Dovecot, mailbox_user: str) -> None:
    settings, store = settings_for(own_dovecot.imap_port, mailbox_user), Store()
    with watching(settings, store, since_ever()) as health:
        own_dovecot.deliver(letter("Before"), mailbox_user)
        wait_for(lambda: store.subjects == ["Before"])
        own_dovecot.kill()
        wait_for(lambda: any("cannot be reached" in sentence for sentence in health))
        own_dovecot.restart()
        own_dovecot.deliver(letter("After"), mailbox_user)
        wait_for(lambda: store.subjects == ["After", "Before"])
        wait_for(lambda: health[-1] == "")
    assert len(store.calls) == 2


def test_a_reset_connection_is_noticed_at_once(
    dovecot: Dovecot, settings: MailboxSettings, proxy: Callable[[int], TcpProxy]
) -> None:
    line, store = proxy(dovecot.imap_port), Store()
    with watching(replace(settings, port=line.port, poll=60.0), store, since_ever()) as health:
        wait_for(lambda: health == [""])
        time.sleep(0.2)
        line.cut()
        wait_for(lambda: len(health) >= 3, 5)
        assert "cannot be reached" in health[1]
        dovecot.deliver(letter("Hello"), settings.user)
        wait_for(lambda: store.subjects == ["Hello"], 5)
    assert line.connections < 10


def test_a_line_that_falls_silent_is_noticed(
    dovecot: Dovecot, settings: MailboxSettings, proxy: Callable[[int], TcpProxy]
) -> None:
    line, store = proxy(dovecot.imap_port), Store()
    with watching(replace(settings, port=line.port, read=0.5), store, since_ever()) as health:
        wait_for(lambda: health)
        line.mode = "stall"
        wait_for(lambda: any("cannot be reached" in sentence for sentence in health), 8)
        line.mode = "pass"
        dovecot.deliver(letter("Hello"), settings.user)
        wait_for(lambda: store.subjects == ["Hello"], 8)


def test_a_line_that_is_cut_again_and_again_loses_nothing(
    dovecot: Dovecot, settings: MailboxSettings, proxy: Callable[[int], TcpProxy]
) -> None:
    line, store, memory = proxy(dovecot.imap_port), Store(), since_ever()
    subjects = [f"Mail {number:02}" for number in range(30)]
    for subject in subjects:
        dovecot.deliver(letter(subject, 20_000), settings.user)
    with watching(replace(settings, port=line.port, longest_wait=0.05), store, memory):
        for _ in range(12):
            line.cut_after(90_000)
            time.sleep(0.15)
        wait_for(lambda: store.subjects == subjects, 15)
    assert not memory.kept


def test_a_mail_on_which_the_server_breaks_off_is_given_up_after_three_times(
    dovecot: Dovecot, settings: MailboxSettings, proxy: Callable[[int], TcpProxy]
) -> None:
    """The line breaks whenever the large mail comes over it, as a server does that stumbles over one mail."""
    line, store, memory = proxy(dovecot.imap_port), Store(), since_ever()
    for subject, size in (("First", 0), ("Stumble", 500_000), ("Third", 0)):
        dovecot.deliver(letter(subject, size), settings.user)
    line.cut_when_more_than = 100_000
    with watching(replace(settings, port=line.port, poll=0.2), store, memory):
        wait_for(lambda: memory.kept, 10)
        wait_for(lambda: flags(settings) == [{TAKEN}, {GIVEN_UP}, {TAKEN}])
    [(raw, reason)] = memory.kept
    assert store.subjects == ["First", "Third"]
    assert b"Subject: Stumble" in raw.content
    assert reason.startswith("The mailbox broke off while it gave this mail")


def test_a_wrong_password_is_said_and_tried_no_faster_than_the_wait(settings: MailboxSettings) -> None:
    wrong = replace(settings, password="guess")
    with pytest.raises(MailboxRefused, match="refused the sign-in"):
        drain(wrong, Store(), Memory())
    with watching(wrong, Store(), Memory()) as health:
        time.sleep(1.0)
        assert 1 <= len(health) < 12
        assert all("refused the sign-in" in sentence for sentence in health)


def test_a_database_that_is_away_is_waited_out(dovecot: Dovecot, settings: MailboxSettings) -> None:
    class Away(Memory):
        away = True

        def failed(self, uidvalidity: int, uid: int, reason: str) -> int:
            if self.away:
                raise ConnectionError("the database is away")
            return super().failed(uidvalidity, uid, reason)

    store, memory = Store(), Away(first_day=date(2000, 1, 1))
    store.refuse = lambda raw: memory.away
    dovecot.deliver(letter("Hello"), settings.user)
    with watching(settings, store, memory) as health:
        wait_for(lambda: len(store.calls) >= 4)
        memory.away = False
        wait_for(lambda: store.subjects == ["Hello"])
    assert not memory.kept
    assert any(health)


def test_a_missing_access_token_is_named(settings: MailboxSettings) -> None:
    def no_token() -> str:
        raise RuntimeError("the refresh token was revoked")

    with pytest.raises(MailboxRefused, match="refresh token was revoked"):
        drain(replace(settings, oauth=no_token), Store(), Memory())


def test_a_folder_or_server_that_is_not_there_is_named(settings: MailboxSettings) -> None:
    with pytest.raises(MailboxRefused, match="folder Nowhere cannot be opened"):
        drain(replace(settings, folder="Nowhere"), Store(), Memory())
    with pytest.raises(MailboxUnreachable, match="cannot be reached"):
        drain(replace(settings, port=1), Store(), Memory())


def test_the_facts_of_a_mailbox(settings: MailboxSettings) -> None:
    found = facts(settings)
    assert (found.messages, found.idle, found.marks) == (0, True, "keyword")


def test_many_mails_at_once_are_all_taken_once(dovecot: Dovecot, settings: MailboxSettings) -> None:
    store = Store()
    subjects = [f"Mail {number:03}" for number in range(100)]
    with watching(settings, store, since_ever()) as health:
        wait_for(lambda: health)
        for subject in subjects:
            dovecot.deliver(letter(subject), settings.user)
        wait_for(lambda: store.subjects == subjects, 15)
    assert len(store.calls) == 100


@given(st.floats(0.01, 5), st.floats(5, 400))
def test_waits_double_up_to_the_longest_with_jitter(first: float, longest: float) -> None:
    for number, wait in enumerate(islice(waits(first, longest), 20)):
        whole = min(first * 2**number, longest)
        assert whole / 2 <= wait <= whole
