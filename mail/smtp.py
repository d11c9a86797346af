"""The door out: hands one letter to the relay and says what became of it, as exactly as SMTP lets anyone know."""

import re
import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

TIMEOUT = 120.0
_OUR_FAULT = frozenset({530, 534, 535, 538})  # the relay wants (another) sign-in: RFC 4954 6; no letter is to blame


class Deferred(Exception):
    """Not taken now, and surely not sent: try again later. The message is a sentence for the outbox page."""


class Refused(Exception):
    """The relay or the recipient's server will never take this letter."""


class Unknown(Exception):
    """The line broke after the text was sent: the letter may or may not be on its way."""


@dataclass(frozen=True, slots=True)
class RelaySettings:
    """How to reach the relay. `tls`: "tls" (465), "starttls" (587) or "none"; `oauth` returns an access token.

    `hello` is the name we greet with, else the sender's domain: asking the system for our own name can take seconds.
    """

    host: str
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    oauth: Callable[[], str] | None = field(default=None, repr=False)
    tls: str = "starttls"
    hello: str = ""
    timeout: float = TIMEOUT
    context: ssl.SSLContext | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """The relay answered for the letter. `refused`: recipients that it would not take, each with its answer."""

    answer: str
    refused: dict[str, str] = field(default_factory=dict)


def send(settings: RelaySettings, letter: bytes, sender: str, recipients: str | Sequence[str]) -> Sent:
    """Send one letter over a connection of its own.

    `letter` has CRLF line ends. Raises Deferred, Refused or Unknown; when several recipients were asked for, it is
    enough that the relay takes one. Nothing that is raised before the text went out can have sent anything.
    """
    wanted = [recipients] if isinstance(recipients, str) else list(recipients)
    relay = _connect(settings, sender)
    try:
        refused = _offer(relay, letter, sender, wanted)
        answer = _hand_over(relay, letter)
    finally:
        relay.close()
    return Sent(answer, refused)


def check(settings: RelaySettings) -> str:
    """Connect and sign in, send nothing: the relay's greeting. Raises Deferred or Refused with what is wrong."""
    relay = _connect(settings, settings.user)
    try:
        return _words(relay.ehlo_resp or relay.helo_resp or b"")
    finally:
        relay.close()


def _connect(settings: RelaySettings, sender: str) -> smtplib.SMTP:
    """A greeted, encrypted and signed-in connection. Whatever goes wrong here is no letter's fault: Deferred."""
    where = f"The mail relay {settings.host}:{settings.port}"
    try:
        relay = _open(settings, settings.hello or sender.rpartition("@")[2] or "[127.0.0.1]")
    except (OSError, smtplib.SMTPException) as error:
        raise Deferred(f"{where} cannot be reached: {_reason(error)}.") from error
    try:
        _sign_in(relay, settings)
    except (OSError, smtplib.SMTPException) as error:
        relay.close()
        raise Deferred(f"{where} did not let us in: {_reason(error)}.") from error
    return relay


def _open(settings: RelaySettings, hello: str) -> smtplib.SMTP:
    context = settings.context or ssl.create_default_context()
    host, port, timeout = settings.host, settings.port, settings.timeout
    if settings.tls == "tls":
        return smtplib.SMTP_SSL(host, port, local_hostname=hello, timeout=timeout, context=context)
    relay = smtplib.SMTP(host, port, local_hostname=hello, timeout=timeout)
    if settings.tls == "starttls":
        try:
            relay.starttls(context=context)
        except BaseException:
            relay.close()
            raise
    return relay


def _sign_in(relay: smtplib.SMTP, settings: RelaySettings) -> None:
    relay.ehlo_or_helo_if_needed()
    if settings.oauth:
        token = settings.oauth()
        relay.user = settings.user
        relay.auth("XOAUTH2", lambda challenge=None: _bearer(settings.user, token, challenge))
    elif settings.user:
        relay.login(settings.user, settings.password)


def _bearer(user: str, token: str, challenge: bytes | None) -> str:
    """A refusal comes as a challenge with its reason; the empty answer makes the server end the exchange."""
    return "" if challenge else f"user={user}\1auth=Bearer {token}\1\1"


def _offer(relay: smtplib.SMTP, letter: bytes, sender: str, recipients: list[str]) -> dict[str, str]:
    """MAIL and RCPT: who was refused. Raises where nobody is left to send to."""
    try:
        _expect(*relay.mail(sender, _options(relay, letter, [sender, *recipients])))
        answers = {recipient: relay.rcpt(recipient) for recipient in recipients}
    except (OSError, smtplib.SMTPException) as error:
        raise Deferred(f"The relay broke off before the letter was handed over: {_reason(error)}.") from error
    refused = {recipient: answer for recipient, answer in answers.items() if answer[0] // 100 != 2}
    if len(refused) == len(answers):
        # one recipient that may work later makes the whole worth another try
        _expect(*min(refused.values(), key=lambda answer: answer[0]))
    return {recipient: f"{code} {_words(words)}" for recipient, (code, words) in refused.items()}


def _options(relay: smtplib.SMTP, letter: bytes, addresses: list[str]) -> list[str]:
    options = [f"SIZE={len(letter)}"] if relay.has_extn("size") else []
    if not "".join(addresses).isascii():
        if not relay.has_extn("smtputf8"):
            raise Refused("The relay cannot carry an address with letters that are not ASCII.")
        relay.command_encoding = "utf-8"
        options += ["SMTPUTF8", "BODY=8BITMIME"]
    return options


def _hand_over(relay: smtplib.SMTP, letter: bytes) -> str:
    """DATA. From the relay's 354 on, a broken line leaves the outcome unknown."""
    try:
        code, words = relay.docmd("DATA")
    except (OSError, smtplib.SMTPException) as error:
        raise Deferred(f"The relay broke off before the letter was handed over: {_reason(error)}.") from error
    if code != 354:
        _expect(code, words)
        raise Deferred(f"The relay answered DATA with {code} {_words(words)}.")
    try:
        relay.send(_with_end(letter))
        code, words = relay.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise Unknown(f"The relay broke off after the letter was handed over: {_reason(error)}.") from error
    if not 200 <= code <= 599:
        raise Unknown(f"The relay answered the letter with something that is no SMTP: {_words(words)}")
    _expect(code, words)
    return f"{code} {_words(words)}"


def _with_end(letter: bytes) -> bytes:
    """Leading dots doubled, and the line that ends it (RFC 5321 4.5.2)."""
    dotted = re.sub(rb"(?m)^\.", b"..", letter)
    return dotted + (b".\r\n" if dotted.endswith(b"\r\n") else b"\r\n.\r\n")


def _expect(code: int, words: bytes) -> None:
    """Pass for 2xx; raise for the rest, as its first digit says (RFC 5321 4.2.1)."""
    if code // 100 == 2:
        return
    sentence = f"The relay answered: {code} {_words(words)}"
    if code // 100 == 5 and code not in _OUR_FAULT:
        raise Refused(sentence)
    raise Deferred(sentence)


def _words(answer: bytes) -> str:
    return " ".join(answer.decode("utf-8", "replace").split())[:500]


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        return f"{error.smtp_code} {_words(answer if isinstance(answer, bytes) else str(answer).encode())}".rstrip(".")
    return (str(error) or type(error).__name__).rstrip(".")
