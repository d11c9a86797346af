"""How light the whole is: `loopin --help`, start to first page, memory of the idle tree, stopping, the reading child.

    python bench/footprint.py

Memory is PSS (shared pages counted once), read from /proc: Linux only.
"""

import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

IDLE_AFTER = 130  # seconds: the demo has told its story, and the service has nothing to do


def main() -> None:
    print(f"{'figure':<44}{'measured':>12}{'at most':>10}")
    row("loopin --help, median of 9", help_seconds(), "s", 0.4)
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        begun = time.monotonic()
        service = start(Path(folder), port)
        wait_for_page(port, service)
        row("loopin run to the first page", time.monotonic() - begun, "s", 10)
        time.sleep(IDLE_AFTER)
        for name, megabytes in memory(service.pid):
            row(f"  PSS of {name}", megabytes, "MB", None)
        row("PSS of the idle tree", sum(m for _, m in memory(service.pid)), "MB", 250)
        begun = time.monotonic()
        tree = descendants(service.pid)
        service.send_signal(signal.SIGINT)
        service.wait(timeout=30)
        row("Ctrl-C to the end of all", time.monotonic() - begun, "s", 10)
        row("processes left", sum(Path(f"/proc/{pid}").exists() for pid in tree), "", 0)
    row("the child's cost a mail, median of 300", child_milliseconds(), "ms", 1)


def row(name: str, value: float, unit: str, most: float | None) -> None:
    limit = "" if most is None else f"{most:g} {unit}"
    print(f"{name:<44}{value:>9.3g} {unit:<2}{limit:>10}", flush=True)


def loopin(*arguments: str) -> list[str]:
    return [sys.executable, "-P", "-m", "service.cli", *arguments]


def help_seconds() -> float:
    times = []
    for _ in range(9):
        begun = time.monotonic()
        subprocess.run([Path(sys.executable).with_name("loopin"), "--help"], check=True, stdout=subprocess.DEVNULL)
        times.append(time.monotonic() - begun)
    return statistics.median(times)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def start(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """The demo in an empty folder; what it says goes to a file there."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LOOPIN_")}
    with (folder / "log").open("wb") as log:
        command = loopin("run", "--demo", "--port", str(port))
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)


def wait_for_page(port: int, service: subprocess.Popen[bytes]) -> None:
    while service.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                page.read()
                return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"loopin run ended with status {service.returncode}")


def descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in descendants(int(child)))]


def memory(pid: int) -> list[tuple[str, float]]:
    """Name and PSS in MB of each process of the tree."""
    return [(process_name(each), pss(each)) for each in descendants(pid)]


def process_name(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    module = words.index("-m") if "-m" in words else 0
    return " ".join(word for word in words[module + 1 : module + 3] if word and not word.startswith(("[", "-")))


def pss(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def child_milliseconds() -> float:
    """Over the pipe and back, beside reading the same mail in this process."""
    from mail.document import read_document
    from service.demo import mails
    from service.reading import Reader

    content = mails()[4].content
    with Reader() as reader:
        there = [seconds(lambda: reader.read(content, None, directory_version="")) for _ in range(300)]
    here = [seconds(lambda: read_document(content)) for _ in range(300)]
    return (statistics.median(there) - statistics.median(here)) * 1000


def seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
