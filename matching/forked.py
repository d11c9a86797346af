"""One piece of work in several processes: forked ones, which see what this one holds without a copy of it."""

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import TypeVar

Result = TypeVar("Result")
MOST = 4
"""Processes that are used where nobody says how many: each writes to a part of what it sees, and then has a copy."""


def usual() -> int:
    """The cores this process may use, at most MOST; 1 where a process can't safely be forked (Windows, macOS)."""
    if not sys.platform.startswith("linux"):
        return 1
    return min(MOST, len(os.sched_getaffinity(0)))


def in_parts(work: Callable[[int, int], Result], parts: int) -> list[Result]:
    """`work(part, parts)` for each part, the first in this process and every other in one of its own; in order.

    Raises what a part raised, and ChildProcessError where a process was killed.
    """
    with _started(work, parts) as others:
        found = [work(0, parts)]
        for receiving in others:
            try:
                error, result = receiving.recv()
            except EOFError:
                raise ChildProcessError(
                    "one of the processes was ended from outside, most often for want of memory; "
                    "--processes 1 needs the least"
                ) from None
            if error is not None:
                raise error
            found.append(result)
    return found


@contextmanager
def _started(work: Callable[[int, int], Result], parts: int) -> Generator[list[Connection]]:
    """What the parts from the second on will say; at the end none of their processes is left."""
    if parts < 2:
        yield []
        return
    context = multiprocessing.get_context("fork")
    gc.freeze()  # else the collector of each process writes to, and so copies, all that it sees
    others, said = [], []
    try:
        for part in range(1, parts):
            receiving, sending = context.Pipe(duplex=False)
            other = context.Process(target=_say, args=(sending, work, part, parts), daemon=True)
            other.start()
            sending.close()  # so that the end of the process is the end of what it says
            others.append(other)
            said.append(receiving)
        yield said
    finally:
        gc.unfreeze()
        for other in others:
            other.terminate()
            other.join()


def _say(sending: Connection, work: Callable[[int, int], Result], part: int, parts: int) -> None:
    try:
        answer = None, work(part, parts)
    except Exception as error:
        answer = error, None
    sending.send(answer)
    sending.close()
