"""The LMTP door: one answer for each recipient, given only when the mail is stored."""

import smtplib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from mail import lmtp
from mail.lmtp import BadAddress, serve
from mail.values import RawMessage
from tests.servers import LOOPBACK, _listens, free_port, wait_for

MAIL = b"From: ann@college.example\r\nSubject: Hi\r\n\r\n.Dot\r\nHello\r\n"


@contextmanager
def door(accept) -> Iterator[int]:
    port, stop = free_port(), threading.Event()
    thread = threading.Thread(target=serve, args=(f"{LOOPBACK}:{port}", accept, stop))
    thread.start()
    try:
        wait_for(lambda: _listens(port))
        yield port
    finally:
        stop.set()
        thread.join(5)
        assert not thread.is_alive()


def test_a_mail_is_handed_over_with_its_envelope() -> None:
    taken: list[RawMessage] = []
    with door(taken.append) as port, smtplib.LMTP(LOOPBACK, port) as client:
        client.sendmail("ann@college.example", ["Intake@hub.example", "intake+l-1@hub.example"], MAIL)
        # one answer for each recipient, of which smtplib reads the first
        assert client.getreply() == (250, b"2.0.0 stored")
    [raw] = taken
    assert raw.content == MAIL
    assert raw.envelope_to == ("intake@hub.example", "intake+l-1@hub.example")
    assert raw.envelope_from == "ann@college.example"
    assert raw.source == f"lmtp:{LOOPBACK}"


def test_the_null_sender_is_told_apart() -> None:
    taken: list[RawMessage] = []
    with door(taken.append) as port, smtplib.LMTP(LOOPBACK, port) as client:
        client.sendmail("", ["intake@hub.example"], MAIL)
    assert taken[0].envelope_from == ""


def test_what_is_not_stored_stays_with_the_mail_server() -> None:
    def accept(raw: RawMessage) -> None:
        raise RuntimeError("the disk is full")

    with door(accept) as port, smtplib.LMTP(LOOPBACK, port) as client:
        with pytest.raises(smtplib.SMTPDataError) as raised:
            client.sendmail("ann@college.example", ["intake@hub.example"], MAIL)
        assert raised.value.smtp_code == 451


def test_a_mail_that_is_too_large_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lmtp, "LARGEST", 1000)
    taken: list[RawMessage] = []
    with door(taken.append) as port, smtplib.LMTP(LOOPBACK, port) as client, pytest.raises(smtplib.SMTPException):
        client.sendmail("ann@college.example", ["intake@hub.example"], MAIL + b"x" * 2000)
    assert taken == []


@pytest.mark.parametrize("listen", ["", "24", "host:", "host:0", "host:x", "host:70000"])
def test_an_address_that_cannot_be_listened_on_is_named(listen: str) -> None:
    with pytest.raises(BadAddress, match="host:port"):
        serve(listen, print, threading.Event())


def test_a_port_that_is_taken_is_named() -> None:
    # in a thread: a browser under test may have an event loop running in this one
    with door(print) as port, ThreadPoolExecutor() as pool, pytest.raises(BadAddress, match="cannot be listened on"):
        pool.submit(serve, f"{LOOPBACK}:{port}", print, threading.Event()).result(10)
