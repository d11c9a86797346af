"""The door for a mail server in the house: LMTP (RFC 2033), one answer for each recipient once the mail is stored."""

import asyncio
import logging
from collections.abc import Callable
from threading import Event
from typing import Any

from mail.mailbox import LARGEST
from mail.values import RawMessage

_log = logging.getLogger("loopin.lmtp")


class BadAddress(ValueError):
    """An address to listen on that cannot be used; the message is one sentence."""


def serve(listen: str, accept: Callable[[RawMessage], object], stop: Event) -> None:
    """Take mail in at "host:port" until `stop` is set; returns within a second of it.

    `accept` has committed when it returns; where it raises, the mail server is told to keep the mail and try again.
    Mail above 35 MiB is refused, so that its sender hears of it. Raises BadAddress where the port cannot be had.
    """
    host, port = _address(listen)
    asyncio.run(_serve(host, port, accept, stop))


def _address(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise BadAddress(f"{listen!r} is no address to listen on: host:port")
    return host.strip("[]"), int(port)


async def _serve(host: str, port: int, accept: Callable[[RawMessage], object], stop: Event) -> None:
    from aiosmtpd.lmtp import LMTP

    def connection() -> asyncio.Protocol:
        return LMTP(_Door(accept), data_size_limit=LARGEST, enable_SMTPUTF8=True, ident="Loopin LMTP")

    try:
        server = await asyncio.get_running_loop().create_server(connection, host, port)
    except OSError as error:
        raise BadAddress(f"{host}:{port} cannot be listened on: {error.strerror or error}.") from error
    async with server:
        while not stop.is_set():
            await asyncio.sleep(0.2)


class _Door:
    """What aiosmtpd calls with a whole mail."""

    def __init__(self, accept: Callable[[RawMessage], object]) -> None:
        self.accept = accept

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        raw = RawMessage(
            envelope.content,
            f"lmtp:{session.peer[0] if session.peer else 'local'}",
            tuple(address.lower() for address in envelope.rcpt_tos),
            "" if envelope.mail_from in (None, "<>") else envelope.mail_from,
        )
        try:
            await asyncio.to_thread(self.accept, raw)
        except Exception:
            _log.exception("a mail could not be stored")
            answer = "451 4.3.0 cannot be stored now"
        else:
            answer = "250 2.0.0 stored"
        return "\r\n".join(answer for _ in envelope.rcpt_tos)
