"""The process that reads mails for a worker, in bounds; `service.reading` starts it.

A frame is one byte that says what it is, the length as eight bytes, and the bytes. Down come directories (D) and
mails (M), or calls of one of mail's functions on a mail (C: eight bytes of length, JSON {"function", "arguments"}, the
mail); up goes READY once, then for each mail one of DOCUMENT (JSON), UNREADABLE or FAILED (a sentence), TOO_LARGE.
It ends when its input closes. It can open no socket and start no process, and holds no more memory than it is told.
"""

import argparse
import importlib
import json
import os
import re
import resource
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from functools import partial
from typing import Any, BinaryIO

from mail.directory import Directory
from mail.values import UnreadableMessage

HEADER = struct.Struct("!cQ")
DIRECTORY, MAIL, CALL = b"D", b"M", b"C"
LENGTH = struct.Struct("!Q")
READY, DOCUMENT, UNREADABLE, FAILED, TOO_LARGE = b"R", b"J", b"U", b"F", b"L"
_STARTS_PROCESSES = ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn")
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
_AFTER_THE_PARENT = 5  # seconds; the parent ends a slow reader before, unless the parent itself is gone

Read = Callable[..., dict[str, Any]]


def main() -> None:
    """Read mails from standard input until it closes. What is printed by accident goes to standard error."""
    bounds = _arguments()
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the worker, which closes our input
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    sys.addaudithook(_refuse)
    read = _function(bounds.reads)
    importlib.import_module(bounds.loads)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "darwin":  # macOS knows the limit and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, bounds.memory))
    _answer(replies, READY, b"")
    serve(sys.stdin.buffer, replies, read, bounds.seconds)


def serve(requests: BinaryIO, replies: BinaryIO, read: Read, seconds: float) -> None:
    """One reply a mail, in order. A mail that took all the memory was the last: what is left of it can't be trusted."""
    directory = Directory()
    while header := requests.read(HEADER.size):
        kind, length = HEADER.unpack(header)
        content = requests.read(length)
        if kind == DIRECTORY:
            directory = Directory.from_json(json.loads(content))
            continue
        signal.setitimer(signal.ITIMER_REAL, seconds + _AFTER_THE_PARENT)
        act = _call if kind == CALL else partial(_read, read, directory)
        answer, words = _attempt(act, content)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _answer(replies, answer, words)
        if answer == TOO_LARGE:
            return


def _read(read: Read, directory: Directory, content: bytes) -> dict[str, Any]:
    return read(content, directory)


def _call(content: bytes) -> dict[str, Any]:
    """One of mail's functions, by name, on the mail that follows."""
    (length,) = LENGTH.unpack_from(content)
    end = LENGTH.size + length
    asked = json.loads(content[LENGTH.size : end])
    if not asked["function"].startswith("mail."):
        raise PermissionError("only functions of mail are called here")
    return _function(asked["function"])(content[end:], **asked["arguments"])


def _attempt(act: Callable[[bytes], dict[str, Any]], content: bytes) -> tuple[bytes, bytes]:
    try:
        document = storable(act(content))
        return DOCUMENT, json.dumps(document, ensure_ascii=False).encode()
    except UnreadableMessage as error:
        return UNREADABLE, str(error).encode("utf-8", "replace")
    except MemoryError:
        return TOO_LARGE, b""
    except Exception as error:  # a fault of ours: the mail waits in quarantine, the trace goes to the log
        traceback.print_exc()
        return FAILED, f"{type(error).__name__}: {error}"[:300].encode("utf-8", "replace")


def storable(value: Any) -> Any:
    """The same document without NUL (PostgreSQL takes none) and lone surrogates (no UTF-8), one character for one."""
    if isinstance(value, str):
        return _NOT_STORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {storable(key): storable(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [storable(each) for each in value]
    return value


def _refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith("socket.") or event in _STARTS_PROCESSES:
        raise PermissionError(f"the reader of mails may not do this: {event}")


def _answer(replies: BinaryIO, kind: bytes, content: bytes) -> None:
    replies.write(HEADER.pack(kind, len(content)))
    replies.write(content)
    replies.flush()


def _function(path: str) -> Read:
    module, _, name = path.partition(":")
    return getattr(importlib.import_module(module), name)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="service.reading_child")
    parser.add_argument("--reads", required=True, help="module:function, given a mail's bytes and the directory")
    parser.add_argument("--loads", default="mail.values", help="module to load before the first mail")
    parser.add_argument("--memory", type=int, required=True, help="bytes of address space")
    parser.add_argument("--seconds", type=float, required=True, help="wall time a mail")
    return parser.parse_args()


if __name__ == "__main__":
    main()
