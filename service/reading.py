"""Reading a mail in bounds: a child process that a worker keeps, replaced at each breach and every 500 mails.

A fresh child a mail would cost 0.16 s each; a thread could be neither stopped nor bounded.
"""

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import IO, Any, Self

from mail.values import UnreadableMessage
from service.reading_child import CALL, DIRECTORY, DOCUMENT, FAILED, HEADER, LENGTH, MAIL, READY, TOO_LARGE

SECONDS = 10.0
MEMORY = 512 * 1024 * 1024
MAILS = 500
LONGEST_DOCUMENT = 64 * 1024 * 1024
STARTING = 60.0  # seconds; the imports take a third of one, on a machine that has nothing else to do
READS = "mail.document:read_document"
LOADS = "mail.introduction"  # what the function loads when it is first called: no mail should wait for it


class ReaderUnavailable(RuntimeError):
    """The child can't be started: no fault of any mail."""


class Reader:
    """Reads mails one after another in a child process. For one thread; closes its child as a context manager.

    `seconds` of wall time and `memory` bytes of address space a mail; after `mails` the child is replaced.
    """

    def __init__(
        self, *, seconds: float = SECONDS, memory: int = MEMORY, mails: int = MAILS, reads: str = READS
    ) -> None:
        self.seconds = seconds
        self.memory = memory
        self.mails = mails
        self.reads = reads
        self._child: _Child | None = None
        self._foreseen: tuple[bytes, str] | None = None  # the mail and version whose answer is under way

    def read(self, content: bytes, directory_json: dict[str, Any] | None, *, directory_version: str) -> dict[str, Any]:
        """The document of the contract's `loopin parse`. The directory is sent only where its version is a new one.

        Raises UnreadableMessage with one sentence where the mail can't be read or went beyond the bounds, and
        ReaderUnavailable where no child can be started.
        """
        if self._child is not None and self._foreseen == (content, directory_version):
            self._foreseen = None
            return self._exchange(self._child, ())
        self._pass_over()
        child = self._ready_child()
        document = self._exchange(child, _frames(child, content, directory_json, directory_version))
        child.directory_version = directory_version
        return document

    def foresee(self, content: bytes, directory_json: dict[str, Any] | None, *, directory_version: str) -> None:
        """Let the child read a mail that will likely be asked for next: `read` takes its answer, and says what went
        wrong. A guess that proves wrong costs the child's time and nothing else."""
        child = self._child
        if child is None or not child.ready or child.ended() or child.mails >= self.mails or self._foreseen:
            return
        try:
            for kind, words in _frames(child, content, directory_json, directory_version):
                child.send(kind, words, time.monotonic() + self.seconds)
        except (TimeoutError, BrokenPipeError):
            self.close()
            return
        child.directory_version = directory_version
        self._foreseen = content, directory_version

    def _pass_over(self) -> None:
        """Take the answer that nobody asked for out of the pipe; whoever asks for that mail is told what it says."""
        if self._child is not None and self._foreseen is not None:
            self._foreseen = None
            with suppress(UnreadableMessage):
                self._exchange(self._child, ())

    def call(self, function: str, content: bytes, **arguments: Any) -> dict[str, Any]:
        """What a function of mail ("mail.inspection:inspect") says of a mail, in the same bounds. Raises as `read`."""
        self._pass_over()
        asked = json.dumps({"function": function, "arguments": arguments}).encode()
        return self._exchange(self._ready_child(), [(CALL, LENGTH.pack(len(asked)) + asked + content)])

    def _exchange(self, child: "_Child", frames: Sequence[tuple[bytes, bytes]]) -> dict[str, Any]:
        deadline = time.monotonic() + self.seconds
        try:
            for kind, content in frames:
                child.send(kind, content, deadline)
            kind, words = child.receive(deadline)
        except TimeoutError:
            self.close()
            raise UnreadableMessage(f"Reading this mail took longer than {self.seconds:g} seconds.") from None
        except (EOFError, BrokenPipeError):
            raise UnreadableMessage(f"Reading this mail ended the reader ({self._how_it_ended()}).") from None
        except UnreadableMessage:
            self.close()  # the rest of its answer is still in the pipe
            raise
        child.mails += 1
        if kind == DOCUMENT:
            return json.loads(words)
        if kind == TOO_LARGE:
            self.close()
            raise UnreadableMessage(f"Reading this mail took more than {self.memory // 2**20} MB of memory.")
        if kind == FAILED:
            raise UnreadableMessage(f"The reader failed on this mail ({words.decode()}).")
        raise UnreadableMessage(words.decode())

    def start(self) -> None:
        """Start the child before the first mail asks for it, and don't wait until it is ready."""
        if self._child is None:
            self._child = _Child(self._command())

    def close(self) -> None:
        """End the child, if there is one; the next mail gets a new one."""
        if self._child is not None:
            self._child.end()
        self._child = self._foreseen = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ready_child(self) -> "_Child":
        """One that lives and is not worn out."""
        if self._child is not None and self._child.ready and (self._child.ended() or self._child.mails >= self.mails):
            self.close()
        self.start()
        assert self._child is not None
        if not self._child.ready:
            self._await_ready(self._child)
        return self._child

    def _await_ready(self, child: "_Child") -> None:
        try:
            kind, _ = child.receive(time.monotonic() + STARTING)
        except (EOFError, TimeoutError):
            kind = b""
        if kind != READY:
            how = self._how_it_ended()
            raise ReaderUnavailable(f"The process that reads mails can't be started ({how}).")
        child.ready = True

    def _how_it_ended(self) -> str:
        assert self._child is not None
        code = self._child.end(patience=2)
        self._child = None
        return f"signal {-code}" if code < 0 else f"status {code}"

    def _command(self) -> list[str]:
        bounds = ["--memory", str(self.memory), "--seconds", str(self.seconds), "--reads", self.reads]
        bounds += ["--loads", LOADS] if self.reads == READS else []
        return [sys.executable, "-P", "-m", "service.reading_child", *bounds]


def _frames(
    child: "_Child", content: bytes, directory_json: dict[str, Any] | None, directory_version: str
) -> list[tuple[bytes, bytes]]:
    """The mail, and before it the directory where the child knows another version."""
    mail = (MAIL, content)
    if child.directory_version == directory_version:
        return [mail]
    return [(DIRECTORY, json.dumps(directory_json or {"partners": []}).encode()), mail]


class _Child:
    """The process, its two pipes, and what it was told last. Neither pipe is ever waited for beyond a deadline."""

    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=_environment()
        )
        self.ready = False
        self.mails = 0
        self.directory_version: str | None = None
        for pipe in (self._requests(), self._replies()):
            os.set_blocking(pipe.fileno(), False)

    def ended(self) -> bool:
        return self.process.poll() is not None

    def end(self, patience: float = 0) -> int:
        """Its exit status (negative: the signal). It is killed unless it ends by itself within `patience` seconds."""
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self._requests().close()
        self._replies().close()
        return self.process.wait()

    def send(self, kind: bytes, content: bytes, deadline: float) -> None:
        """Raises TimeoutError, and BrokenPipeError where the process is gone."""
        left = memoryview(HEADER.pack(kind, len(content)) + content)
        while left:
            _await(self._requests(), selectors.EVENT_WRITE, deadline)
            left = left[os.write(self._requests().fileno(), left[:65_536]) :]

    def receive(self, deadline: float) -> tuple[bytes, bytes]:
        """What kind of answer, and its bytes.

        Raises TimeoutError, EOFError where the process is gone, and UnreadableMessage where the answer has no end.
        """
        kind, length = HEADER.unpack(self._bytes(HEADER.size, deadline))
        if length > LONGEST_DOCUMENT:
            raise UnreadableMessage(f"Reading this mail gave more than {LONGEST_DOCUMENT // 2**20} MB of words.")
        return kind, self._bytes(length, deadline)

    def _bytes(self, count: int, deadline: float) -> bytes:
        got = bytearray()
        while len(got) < count:
            _await(self._replies(), selectors.EVENT_READ, deadline)
            piece = os.read(self._replies().fileno(), min(count - len(got), 1 << 20))
            if not piece:
                raise EOFError
            got += piece
        return bytes(got)

    def _requests(self) -> IO[bytes]:
        assert self.process.stdin is not None
        return self.process.stdin

    def _replies(self) -> IO[bytes]:
        assert self.process.stdout is not None
        return self.process.stdout


def _await(pipe: IO[bytes], event: int, deadline: float) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, event)
        if not selector.select(max(0.0, deadline - time.monotonic())):
            raise TimeoutError


def _environment() -> dict[str, str]:
    """Ours without the service's settings: whoever takes the reader over finds no password. One thread, one heap."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LOOPIN_")}
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
