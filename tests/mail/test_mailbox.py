"""The mailbox door against a real Dovecot: seen fast, marked only when stored, the right mails and no others."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.imap import MailboxRefused, MailboxSettings, MailboxUnreachable, drain, facts
from mail.mailbox import GIVEN_UP, TAKEN, waits
from mail.values import RawMessage
from tests.mailboxes import Memory, Store, flags, letter, settings_for, signed_in, since_ever, watching
from tests.servers import Dovecot, wait_for


@pytest.fixture
def settings(dovecot: Dovecot, mailbox_user: str) -> MailboxSettings:
    return settings_for(dovecot.imap_port, mailbox_user)


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
    assert flags(settings) == [set(), {TAKEN}]


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


def _noon(day: date) -> datetime:
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
