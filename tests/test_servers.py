"""The servers of the tests themselves: that each comes up, does what it says, and is gone afterwards."""

import imaplib
import smtplib
from collections.abc import Callable

import dns.exception
import dns.resolver
import psycopg
import pytest
from playwright.sync_api import Page

from tests.network import NameServer, SmtpSink, TcpProxy
from tests.servers import LOOPBACK, Dovecot, wait_for

LETTER = b"From: a@x.example\r\nTo: b@x.example\r\nMessage-ID: <1@x.example>\r\nSubject: Hello\r\n\r\nHello\r\n"


def test_what_dovecot_is_given_by_lmtp_is_there_by_imap(dovecot: Dovecot, mailbox_user: str) -> None:
    dovecot.deliver(LETTER, mailbox_user)
    with imaplib.IMAP4(LOOPBACK, dovecot.imap_port) as client:
        client.login(mailbox_user, "secret")
        assert client.select()[1] == [b"1"]


def test_dovecot_can_be_killed_and_keeps_its_mail(own_dovecot: Dovecot, mailbox_user: str) -> None:
    own_dovecot.deliver(LETTER, mailbox_user)
    own_dovecot.kill()
    own_dovecot.restart()
    with imaplib.IMAP4(LOOPBACK, own_dovecot.imap_port) as client:
        client.login(mailbox_user, "secret")
        assert client.select()[1] == [b"1"]


def test_postgres_gives_an_empty_database(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone() == (0,)


@pytest.mark.parametrize(("mode", "kept"), [("ok", 1), ("defer", 0), ("reject", 0), ("cut", 1), ("slow 0.1", 1)])
def test_the_relay_misbehaves_as_told(smtp_sink: SmtpSink, mode: str, kept: int) -> None:
    smtp_sink.mode = mode
    with smtplib.SMTP(LOOPBACK, smtp_sink.port, timeout=5) as relay:
        if mode in ("ok", "slow 0.1"):
            relay.sendmail("a@x.example", ["b@x.example"], LETTER)
        else:
            with pytest.raises(smtplib.SMTPException):
                relay.sendmail("a@x.example", ["b@x.example"], LETTER)
    assert len(smtp_sink.letters) == kept


def test_the_line_can_be_cut(dovecot: Dovecot, proxy: Callable[[int], TcpProxy]) -> None:
    line = proxy(dovecot.imap_port)
    client = imaplib.IMAP4(LOOPBACK, line.port)
    line.cut()
    with pytest.raises((imaplib.IMAP4.abort, OSError)):
        client.noop()


def test_the_name_server_answers_fails_and_is_silent(name_server: NameServer) -> None:
    name_server.records["_dmarc.x.example"] = ["v=DMARC1; p=reject", "x" * 300]
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers, resolver.port, resolver.lifetime = [LOOPBACK], name_server.port, 0.5
    answers = {b"".join(answer.strings) for answer in resolver.resolve("_dmarc.x.example", "TXT")}
    assert answers == {b"v=DMARC1; p=reject", b"x" * 300}
    with pytest.raises(dns.resolver.NXDOMAIN):
        resolver.resolve("y.example", "TXT")
    name_server.mode = "silent"
    with pytest.raises(dns.exception.Timeout):
        resolver.resolve("z.example", "TXT")


def test_the_browser_shows_a_page(page: Page) -> None:
    page.set_content("<title>Loopin</title><p>Inbox</p>")
    assert page.title() == "Loopin"
    assert wait_for(lambda: page.inner_text("p")) == "Inbox"
