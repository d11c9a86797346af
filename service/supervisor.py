"""Runs web, mailbox and worker as one process tree: what one of them says is shown, and when one ends all end.

Only the standard library, so that the supervisor itself stays small.

Nothing outlives the supervisor. Each part leads a process group of its own: a Ctrl-C in the terminal reaches the
supervisor alone, which asks the parts to stop (SIGTERM) and after GRACE seconds ends what is left of their groups
(SIGKILL). Where the supervisor itself is killed, Linux kills the parts (PR_SET_PDEATHSIG); elsewhere a part sees its
standard input close, if it called `end_with_supervisor`.
"""

import ctypes
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, BinaryIO, NoReturn

GRACE = 8.0  # seconds between asking a part to stop and ending it
LONGEST_LINE = 65_536  # bytes held back while a line is not finished
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_WATCHED = "SUPERVISED_BY_PIPE"
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass(frozen=True, slots=True)
class Part:
    """One child process: the name that its lines are shown under, and its whole command line."""

    name: str
    argv: tuple[str, ...]


def part(name: str, *arguments: str) -> Part:
    """A loopin command as a part: part("web", "web", "--port", "8000"). -P keeps the current folder off its path."""
    return Part(name, (sys.executable, "-P", "-m", "service.cli", *arguments))


def supervise(
    parts: Sequence[Part], *, env: Mapping[str, str] | None = None, out: BinaryIO | None = None, grace: float = GRACE
) -> int:
    """Start every part, show what they print, and stop all of them on SIGINT, SIGTERM, SIGHUP or the end of any.

    Call it from the main thread. Returns the exit status: 0 after a signal when every part stopped in time; the status
    of the part that ended by itself, where that is not 0 (128 + n where signal n ended it); 1 otherwise. A second
    signal ends all parts at once. Raises OSError where a part can't be started; those that were are stopped first.
    """
    children: list[_Child] = []
    with _signals() as (wakeup, received):
        try:
            for each in parts:
                children.append(_Child(each, _start(each, env), _width(parts)))
            first = _watch(children, wakeup, received, out or sys.stdout.buffer)
        finally:
            clean = _stop(children, wakeup, received, out or sys.stdout.buffer, grace)
    if first is None:
        return 0 if clean else 1
    return first.status() or 1


def become_supervisor(parts: Sequence[Part], *, env: Mapping[str, str] | None = None) -> NoReturn:
    """This process becomes the supervisor of `parts`: what it has imported so far (a migration's 60 MB) is let go."""
    sys.stdout.flush()
    sys.stderr.flush()
    told = json.dumps([[each.name, *each.argv] for each in parts])
    argv = [sys.executable, "-P", "-m", "service.supervisor", told]
    os.execve(sys.executable, argv, dict(os.environ if env is None else env))  # noqa: S606


def become_idle() -> NoReturn:
    """For a part with nothing more to do: a few MB that wait to be stopped, since the end of a part would end all."""
    sys.stdout.flush()
    sys.stderr.flush()
    waiting = "import signal; signal.signal(signal.SIGTERM, signal.SIG_DFL); signal.pause()"
    os.execv(sys.executable, [sys.executable, "-I", "-S", "-c", waiting])  # noqa: S606


def end_with_supervisor() -> None:
    """For a part, at its start: stop this process when its supervisor is gone, where the kernel does not see to it."""
    if os.environ.pop(_WATCHED, "") and sys.platform != "linux":
        threading.Thread(target=_wait_for_end_of_input, daemon=True, name="supervisor-watch").start()


def _wait_for_end_of_input() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)


@dataclass(slots=True)
class _Child:
    """A running part and the beginning of the line it is printing."""

    part: Part
    process: subprocess.Popen[bytes]
    width: int
    pending: bytearray = field(default_factory=bytearray)

    def status(self) -> int:
        code = self.process.returncode
        return 128 - code if code < 0 else code

    def output(self) -> IO[bytes]:
        assert self.process.stdout is not None
        return self.process.stdout

    def lines(self, data: bytes) -> bytes:
        """The finished lines, each with the part's name before it; the rest is kept for later. No data: everything."""
        self.pending += data
        end = self.pending.rfind(b"\n") + 1
        if not data or (not end and len(self.pending) > LONGEST_LINE):
            end = len(self.pending)
        finished = bytes(self.pending[:end])
        del self.pending[:end]
        prefix = self.part.name.ljust(self.width).encode() + b" | "
        return b"".join(prefix + line + b"\n" for line in finished.splitlines())


def _width(parts: Sequence[Part]) -> int:
    return max(len(each.name) for each in parts)


def _start(each: Part, env: Mapping[str, str] | None) -> subprocess.Popen[bytes]:
    """Its standard input is a pipe that nobody writes to: it closes when the supervisor is gone."""
    environment = dict(os.environ if env is None else env)
    environment |= {"PYTHONUNBUFFERED": "1", _WATCHED: "1"}
    # glibc gives every thread a heap of its own: with 2 the web part, of 8 threads, holds some 10 MB less.
    environment.setdefault("MALLOC_ARENA_MAX", "2")
    return subprocess.Popen(  # noqa: S603 - the parts are named by the caller
        each.argv,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
        process_group=0,
        preexec_fn=_die_with_parent(),
    )


def _die_with_parent() -> Callable[[], None] | None:
    """What a child does before it becomes a part: on Linux, ask to be killed when the supervisor ends."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    supervisor = os.getpid()

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != supervisor:  # it ended before we could ask
            os._exit(1)

    return ask


@contextmanager
def _signals() -> Generator[tuple[socket.socket, list[int]]]:
    """A socket that becomes readable at each signal, and the signals to stop so far; handlers are put back after."""
    received: list[int] = []
    wakeup, far_end = socket.socketpair()
    wakeup.setblocking(False)
    far_end.setblocking(False)
    # nohup's word that a hang-up is to be ignored holds; a shell's, that its background jobs ignore Ctrl-C, does not.
    heard = [each for each in STOPPING if each != signal.SIGHUP or signal.getsignal(each) != signal.SIG_IGN]
    before = {each: signal.signal(each, lambda number, _: received.append(number)) for each in heard}
    before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
    before_fd = signal.set_wakeup_fd(far_end.fileno(), warn_on_full_buffer=False)
    try:
        yield wakeup, received
    finally:
        signal.set_wakeup_fd(before_fd)
        for number, handler in before.items():
            signal.signal(number, handler)
        wakeup.close()
        far_end.close()


def _watch(children: Sequence[_Child], wakeup: socket.socket, received: Sequence[int], out: BinaryIO) -> _Child | None:
    """Until a signal says stop (None) or a part ends (that part)."""
    with _selector(children, wakeup) as selector:
        while not received:
            ended = next((child for child in children if child.process.poll() is not None), None)
            if ended is not None:
                _write(out, f"{ended.part.name} ended (status {ended.status()}): stopping the rest\n".encode())
                return ended
            _forward(selector, out, timeout=None)
    _write(out, b"Stopping; a second signal ends all at once.\n")
    return None


def _stop(children: Sequence[_Child], wakeup: socket.socket, received: list[int], out: BinaryIO, grace: float) -> bool:
    """Ask, wait, end what is left. True where every part stopped when asked."""
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + grace
    signals = len(received)
    with _selector(children, wakeup) as selector:
        while any(child.process.poll() is None for child in children):
            left = deadline - time.monotonic()
            if left <= 0 or len(received) > max(signals, 1):
                break
            _forward(selector, out, timeout=left)
    late = [child for child in children if child.process.poll() is None]
    for child in children:
        _end_group(child)
        child.process.wait()
    for child in children:
        _drain(child, out)
    for child in late:
        _write(out, f"{child.part.name} did not stop within {grace:g} s and was ended\n".encode())
    return not late and all(child.status() in (0, 128 + signal.SIGTERM) for child in children)


def _end_group(child: _Child) -> None:
    """Also what a part started itself and left behind."""
    try:
        os.killpg(child.process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return  # nobody is left; macOS says "not permitted" of a group of zombies


def _selector(children: Sequence[_Child], wakeup: socket.socket) -> selectors.BaseSelector:
    selector = selectors.DefaultSelector()
    selector.register(wakeup, selectors.EVENT_READ)
    for child in children:
        if not child.output().closed:
            selector.register(child.output(), selectors.EVENT_READ, child)
    return selector


def _forward(selector: selectors.BaseSelector, out: BinaryIO, timeout: float | None) -> None:
    """Show what the parts have printed; wait for it, or for a signal, at most `timeout` seconds."""
    for key, _ in selector.select(timeout):
        if key.data is None:
            os.read(key.fd, 4096)
            continue
        data = os.read(key.fd, LONGEST_LINE)
        _write(out, key.data.lines(data))
        if not data:
            selector.unregister(key.fileobj)


def _drain(child: _Child, out: BinaryIO) -> None:
    """The last words of a part that has ended, without waiting for anybody who may still hold the pipe."""
    os.set_blocking(child.output().fileno(), False)
    while data := child.output().read(LONGEST_LINE):
        _write(out, child.lines(data))
    _write(out, child.lines(b""))
    child.output().close()
    if child.process.stdin is not None:
        child.process.stdin.close()


def _write(out: BinaryIO, data: bytes) -> None:
    """A reader that went away (`loopin run | head`) must not stop the service: what it would have read is dropped."""
    try:
        out.write(data)
        out.flush()
    except BrokenPipeError:
        return


if __name__ == "__main__":
    sys.exit(supervise([Part(name, tuple(argv)) for name, *argv in json.loads(sys.argv[1])]))
