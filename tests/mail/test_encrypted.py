"""The doors over TLS and with access tokens, as Microsoft 365 and Google want them."""

import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from mail.imap import MailboxRefused, MailboxSettings, MailboxUnreachable, facts
from mail.smtp import Deferred, RelaySettings, send
from tests.mailboxes import settings_for
from tests.network import SmtpSink
from tests.servers import LOOPBACK, Dovecot, Missing, make_certificate

LETTER = b"From: t@hub.example\r\nMessage-ID: <1@hub.example>\r\n\r\nHello\r\n"


@pytest.fixture
def trusting(dovecot: Dovecot) -> ssl.SSLContext:
    """A context that trusts Dovecot's own certificate."""
    return ssl.create_default_context(cafile=dovecot.folder / "certificate.pem")


@pytest.fixture
def settings(dovecot: Dovecot, mailbox_user: str, trusting: ssl.SSLContext) -> MailboxSettings:
    return replace(settings_for(dovecot.imaps_port, mailbox_user), tls="tls", context=trusting)


def test_a_mailbox_over_tls(settings: MailboxSettings) -> None:
    assert facts(settings).messages == 0


def test_a_mailbox_over_starttls(dovecot: Dovecot, settings: MailboxSettings) -> None:
    assert facts(replace(settings, port=dovecot.imap_port, tls="starttls")).messages == 0


@pytest.mark.parametrize("tls", ["tls", "starttls"])
def test_a_certificate_of_nobody_is_refused(dovecot: Dovecot, settings: MailboxSettings, tls: str) -> None:
    port = dovecot.imaps_port if tls == "tls" else dovecot.imap_port
    with pytest.raises(MailboxUnreachable, match="certificate verify failed"):
        facts(replace(settings, port=port, tls=tls, context=None))


@pytest.fixture
def token_server(dovecot: Dovecot, mailbox_user: str) -> Iterator[None]:
    """Says of the token "good" that it is the mailbox user's."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            good = b"good" in asked
            body = json.dumps({"active": "true" if good else "false", "user": mailbox_user}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Not among the tests' words."""

    server = HTTPServer((LOOPBACK, dovecot.token_port), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield
    server.shutdown()
    server.server_close()


def test_a_mailbox_by_access_token(settings: MailboxSettings, token_server: None) -> None:
    by_token = replace(settings, password="", oauth=lambda: "good")
    assert facts(by_token).messages == 0
    with pytest.raises(MailboxRefused, match="refused the sign-in"):
        facts(replace(by_token, oauth=lambda: "stale"))


class Guard:
    """aiosmtpd's authenticator: user "u", password "secret", or the access token "good"."""

    def __call__(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        known = isinstance(data, LoginPassword) and (data.login, data.password) == (b"u", b"secret")
        return AuthResult(success=known, handled=False)


class TokenSink(SmtpSink):
    async def auth_XOAUTH2(self, server: Any, arguments: list[str]) -> AuthResult:
        import base64

        said = base64.b64decode(arguments[1])
        return AuthResult(success=said == b"user=u\1auth=Bearer good\1\1", handled=False)


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The relay's context and one that trusts it."""
    try:
        made, key = make_certificate(tmp_path)
    except Missing as missing:
        pytest.skip(str(missing))
    theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    theirs.load_cert_chain(made, key)
    return theirs, ssl.create_default_context(cafile=made)


@pytest.fixture
def starttls_relay(certificate: tuple[ssl.SSLContext, ssl.SSLContext]) -> Iterator[tuple[SmtpSink, RelaySettings]]:
    sink = TokenSink(
        tls_context=certificate[0], require_starttls=True, authenticator=Guard(), auth_required=True
    ).start()
    yield sink, RelaySettings(LOOPBACK, sink.port, "u", "secret", context=certificate[1], timeout=5.0)
    sink.stop()


def test_a_letter_over_starttls_with_a_password(starttls_relay: tuple[SmtpSink, RelaySettings]) -> None:
    sink, relay = starttls_relay
    send(relay, LETTER, "t@hub.example", "ann@college.example")
    assert len(sink.letters) == 1


def test_a_letter_by_access_token(starttls_relay: tuple[SmtpSink, RelaySettings]) -> None:
    sink, relay = starttls_relay
    send(replace(relay, password="", oauth=lambda: "good"), LETTER, "t@hub.example", "ann@college.example")
    assert len(sink.letters) == 1
    with pytest.raises(Deferred, match="did not let us in: 535"):
        send(replace(relay, password="", oauth=lambda: "stale"), LETTER, "t@hub.example", "ann@college.example")


def test_a_wrong_password_is_no_letters_fault(starttls_relay: tuple[SmtpSink, RelaySettings]) -> None:
    sink, relay = starttls_relay
    with pytest.raises(Deferred, match="did not let us in: 535"):
        send(replace(relay, password="guess"), LETTER, "t@hub.example", "ann@college.example")
    with pytest.raises(Deferred, match="The relay answered: 530"):
        send(replace(relay, user="", password=""), LETTER, "t@hub.example", "ann@college.example")
    assert sink.letters == []


def test_a_relay_with_a_certificate_of_nobody_gets_no_password(starttls_relay: tuple[SmtpSink, RelaySettings]) -> None:
    with pytest.raises(Deferred, match="certificate verify failed"):
        send(replace(starttls_relay[1], context=None), LETTER, "t@hub.example", "ann@college.example")


def test_a_letter_over_tls(certificate: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    sink = SmtpSink(ssl_context=certificate[0])
    sink.start()
    relay = RelaySettings(LOOPBACK, sink.port, tls="tls", context=certificate[1], timeout=5.0)
    send(relay, LETTER, "t@hub.example", "ann@college.example")
    sink.stop()
    assert len(sink.letters) == 1
