"""What stands between Loopin and the world in the tests: a mail relay, a name server, a line that can go bad."""

import asyncio
import socket
import struct
import threading
from collections import Counter
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from typing import Any

import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
from aiosmtpd.controller import Controller

from tests.servers import LOOPBACK, free_port, wait_for


@dataclass(frozen=True)
class Received:
    sender: str
    recipients: tuple[str, ...]
    content: bytes

    def header(self, name: str) -> str:
        return str(BytesHeaderParser().parsebytes(self.content)[name] or "")


class SmtpSink:
    """A mail relay that keeps what it takes in `letters` and can be told to misbehave.

    `mode`: "ok"; "defer" (451); "defer 2" (451 for the first two tries of one Message-ID); "reject" (550); "cut" (takes
    it, then breaks off without an answer); "cut-before" (breaks off before the text); "slow 3" (takes it, answers after
    3 s); "refuse-rcpt X" (550 for recipients with X in them).
    """

    def __init__(self, **options: Any) -> None:
        """`options` go to aiosmtpd's Controller: ssl_context (TLS at once), tls_context (STARTTLS), authenticator."""
        self.mode = "ok"
        self.letters: list[Received] = []
        self.tries: Counter[str] = Counter()
        self.port = free_port()
        self._controller = Controller(self, hostname=LOOPBACK, port=self.port, data_size_limit=60 << 20, **options)

    def start(self) -> "SmtpSink":
        self._controller.start()
        return self

    def stop(self) -> None:
        self._controller.stop()

    def wait(self, count: int, seconds: float = 10.0) -> list[Received]:
        """The letters, once there are `count` of them."""
        wait_for(lambda: len(self.letters) >= count, seconds)
        return self.letters

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        mode, _, part = self.mode.partition(" ")
        if mode == "refuse-rcpt" and part in address:
            return "550 5.1.1 no such user"
        if mode == "cut-before":
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = Received(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content)
        mode, _, number = self.mode.partition(" ")
        name = letter.header("Message-ID")
        self.tries[name] += 1
        if mode == "defer" and (not number or self.tries[name] <= int(number)):
            return "451 4.3.0 try later"
        if mode == "reject":
            return "550 5.7.1 refused"
        self.letters.append(letter)
        if mode == "slow":
            await asyncio.sleep(float(number))
        if mode == "cut":
            server.transport.abort()
        return "250 2.0.0 queued"


class TcpProxy:
    """A line to a server that can go bad.

    `mode`: "pass"; "stall" (swallows both ways and keeps the sockets open: a dead NAT); "down" (resets every new
    connection). `cut()` resets what is open; `cut_after(n)` resets once n more bytes went to the client;
    `cut_when_more_than` resets whenever one connection brings more than that many bytes to the client.
    """

    def __init__(self, target: int) -> None:
        self.target, self.port, self.mode = target, 0, "pass"
        self.connections = 0
        self.cut_when_more_than: int | None = None
        self._budget: int | None = None
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server((LOOPBACK, 0))
        self.port = self._listener.getsockname()[1]

    def start(self) -> "TcpProxy":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def stop(self) -> None:
        self._listener.close()
        self.cut()

    def cut(self) -> None:
        for end in list(self._open):
            _reset(end)
        self._open.clear()

    def down(self) -> None:
        self.mode = "down"
        self.cut()

    def cut_after(self, count: int) -> None:
        self._budget = count

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            if self.mode == "down":
                _reset(client)
                continue
            try:
                server = socket.create_connection((LOOPBACK, self.target), 5)
            except OSError:
                _reset(client)
                continue
            server.settimeout(None)
            self._open |= {client, server}
            for source, goal, down in ((client, server, False), (server, client, True)):
                threading.Thread(target=self._pump, args=(source, goal, down), daemon=True).start()

    def _pump(self, source: socket.socket, goal: socket.socket, down: bool) -> None:
        total = 0
        try:
            while block := source.recv(16384):
                total += len(block)
                if self.mode == "stall":
                    continue
                if down and self.cut_when_more_than and total > self.cut_when_more_than:
                    self.cut()
                if down and self._budget is not None:
                    block, self._budget = block[: self._budget], self._budget - len(block)
                goal.sendall(block)
                if down and self._budget is not None and self._budget <= 0:
                    self._budget = None
                    self.cut()
            goal.shutdown(socket.SHUT_WR)
        except OSError:
            self._open -= {source, goal}
            for end in (source, goal):
                end.close()


def _reset(end: socket.socket) -> None:
    """RST instead of FIN."""
    try:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end.shutdown(socket.SHUT_RD)
    except OSError:
        pass
    end.close()


class NameServer:
    """DNS over UDP on loopback: answers TXT from `records` (lower-case name -> texts), NXDOMAIN for the rest.

    `mode`: "ok", "fail" (SERVFAIL) or "silent". `asked` lists the names asked for.
    """

    def __init__(self, records: dict[str, list[str]] | None = None) -> None:
        self.records = records or {}
        self.mode = "ok"
        self.asked: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((LOOPBACK, 0))
        self.port = self._socket.getsockname()[1]

    def start(self) -> "NameServer":
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def stop(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                packet, client = self._socket.recvfrom(4096)
                answer = self._answer(dns.message.from_wire(packet))
                if self.mode != "silent":
                    self._socket.sendto(answer.to_wire(), client)
            except OSError:
                return

    def _answer(self, query: dns.message.Message) -> dns.message.Message:
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        self.asked.append(name)
        answer = dns.message.make_response(query)
        if self.mode == "fail":
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif name not in self.records:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif question.rdtype == dns.rdatatype.TXT:
            texts = [
                " ".join(f'"{text[i : i + 255]}"' for i in range(0, len(text), 255)) for text in self.records[name]
            ]
            answer.answer.append(dns.rrset.from_text_list(question.name, 60, "IN", "TXT", texts))
        return answer


def _quoted(text: str) -> str:
    """A TXT record in strings of at most 255 octets."""
    return " ".join(f'"{text[i : i + 255]}"' for i in range(0, len(text), 255))
