"""The mailbox door on bad days: servers killed, lines cut and silent, databases away. Nothing is lost."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from mail.imap import MailboxRefused, MailboxSettings, MailboxUnreachable, drain
from mail.mailbox import GIVEN_UP, TAKEN
from tests.mailboxes import Memory, Store, flags, letter, settings_for, since_ever, watching
from tests.network import TcpProxy
from tests.servers import Dovecot, wait_for


@pytest.fixture
def settings(dovecot: Dovecot, mailbox_user: str) -> MailboxSettings:
    return settings_for(dovecot.imap_port, mailbox_user)


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
    assert health[-1] == ""


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


def test_a_drain_ends_where_the_server_is_gone_for_good(
    dovecot: Dovecot, settings: MailboxSettings, proxy: Callable[[int], TcpProxy]
) -> None:
    """Also in the middle of a mail, whose failure was noted."""
    line = proxy(dovecot.imap_port)
    dovecot.deliver(letter("Stumble", 500_000), settings.user)

    class Gone(Memory):
        def failed(self, uidvalidity: int, uid: int, reason: str) -> int:
            line.down()
            return super().failed(uidvalidity, uid, reason)

    memory = Gone(first_day=date(2000, 1, 1))
    line.cut_when_more_than = 100_000
    with pytest.raises(MailboxUnreachable):
        drain(replace(settings, port=line.port), Store(), memory)
    assert memory.tries.total() == 1


def test_a_drain_gives_up_a_mail_on_which_the_server_breaks_off(
    dovecot: Dovecot, settings: MailboxSettings, proxy: Callable[[int], TcpProxy]
) -> None:
    line, store, memory = proxy(dovecot.imap_port), Store(), since_ever()
    for subject, size in (("Stumble", 500_000), ("Second", 0)):
        dovecot.deliver(letter(subject, size), settings.user)
    line.cut_when_more_than = 100_000
    assert drain(replace(settings, port=line.port), store, memory) == 1
    assert [b"Subject: Stumble" in raw.content for raw, _ in memory.kept] == [True]
    assert flags(settings) == [{GIVEN_UP}, {TAKEN}]


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
