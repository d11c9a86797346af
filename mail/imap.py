"""The mailbox door: watches a folder by IDLE and poll, hands each new mail to accept(), and marks it only after that.

    connect -> look -> IDLE (at most `poll` seconds) -> look -> ...        any trouble: wait with jitter, connect again
    look: what came since the last UID; at the connect and every `sweep` seconds all unmarked mail too
    one mail: size -> bytes -> accept() (which commits) -> mark;  three failures -> quarantine, those behind go on

Nothing here sets \\Seen or expunges. A mail that is handed over twice is harmless: accept() knows it by its hash.
"""

import logging
import ssl
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from mail.mailbox import (
    MailboxError,
    MailboxRefused,
    MailboxSettings,
    MailboxState,
    MailboxUnreachable,
    Position,
    waits,
)
from mail.values import RawMessage
from mail.visit import Accept, Trouble, Visit, open_folder, words_of

__all__ = ["MailboxError", "MailboxRefused", "MailboxSettings", "MailboxState", "MailboxUnreachable", "Position"]
__all__ += ["MailboxFacts", "drain", "facts", "watch"]

_log = logging.getLogger("loopin.mailbox")


@dataclass(frozen=True, slots=True)
class MailboxFacts:
    """What a server allows, for the set-up page. `marks`: how taken mail is told apart, "keyword", "move" or "none"."""

    uidvalidity: int
    messages: int
    idle: bool
    marks: str


def watch(
    settings: MailboxSettings, accept: Accept, state: MailboxState, stop: Event, seen: Callable[[str], object]
) -> None:
    """Take mail in until `stop` is set; returns within seconds of it.

    `accept` has committed when it returns and raises where the mail could not be stored. `seen("")` is called each
    time the mailbox was looked at and all is well, `seen(sentence)` when it cannot be reached or read; what goes wrong
    behind accept, state and seen (a database that restarts) is waited out in the same way.
    """
    troubles: dict[tuple[int, int], Trouble] = {}
    delays = waits(settings.first_wait, settings.longest_wait)
    while not stop.is_set():
        try:
            with _connected(settings) as client:
                visit = Visit(client, settings, accept, state, troubles, stop)
                for _ in visit.rounds():
                    seen("")
                    delays = waits(settings.first_wait, settings.longest_wait)
        except MailboxError as error:
            trouble = str(error)
            _log.warning(trouble)
        except Exception as error:
            trouble = f"Mail could not be stored: {words_of(error)}"
            _log.exception("mail could not be stored")
        else:
            continue
        _tell(seen, trouble)
        stop.wait(next(delays))


def drain(settings: MailboxSettings, accept: Accept, state: MailboxState) -> int:
    """Take in all that is new or unmarked, then stop; how many were accepted.

    Raises MailboxUnreachable or MailboxRefused. A mail that fails is tried three times at once, then quarantined.
    """
    troubles: dict[tuple[int, int], Trouble] = {}
    taken = 0

    def counted(raw: RawMessage) -> None:
        nonlocal taken
        accept(raw)
        taken += 1

    while True:
        before = dict(troubles)
        try:
            with _connected(settings) as client:
                visit = Visit(client, settings, counted, state, troubles, Event())
                visit.look(sweep=True)
                while troubles or visit.more():
                    visit.look(sweep=False)
                return taken
        except MailboxUnreachable:
            # a mail on which the server breaks off is noted as its failure; nothing noted means no connection at all
            if troubles == before:
                raise


def facts(settings: MailboxSettings) -> MailboxFacts:
    """Sign in and look, change nothing. Raises MailboxUnreachable or MailboxRefused."""
    with _connected(settings) as client:
        folder = open_folder(client, settings)
        return MailboxFacts(folder.uidvalidity, folder.exists, client.has_capability("IDLE"), folder.marks)


@contextmanager
def _connected(settings: MailboxSettings) -> Generator[IMAPClient]:
    """A signed-in connection. What IMAP raises inside becomes MailboxUnreachable or MailboxRefused."""
    where = f"The mailbox {settings.user} on {settings.host}:{settings.port}"
    client = None
    try:
        client = _connect(settings)
        yield client
    except LoginError as error:
        raise MailboxRefused(f"{where} refused the sign-in: {words_of(error)}") from error
    except (IMAPClientAbortError, OSError) as error:
        raise MailboxUnreachable(f"{where} cannot be reached: {words_of(error)}") from error
    except IMAPClientError as error:
        raise MailboxUnreachable(f"{where} refused a command: {words_of(error)}") from error
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
        raise MailboxRefused(f"No access token for the mailbox: {words_of(error)}") from error


def _tell(seen: Callable[[str], object], trouble: str) -> None:
    try:
        seen(trouble)
    except Exception:
        _log.exception("the mailbox's health could not be kept")
