"""The supervisor: one process tree, of which nothing is left when it ends, however it ends."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.supervisor import Part, part, supervise

SLEEPER = "import signal, time; signal.signal(signal.SIGTERM, lambda *_: exit(0)); print('up'); time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up'); time.sleep(60)"
WITH_CHILD = (
    "import subprocess, sys, time; "
    "child = subprocess.Popen([sys.executable, '-c', 'import signal, time; signal.signal(15, signal.SIG_IGN); "
    "time.sleep(60)']); print('child', child.pid); time.sleep(60)"
)
WRITES_PID = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); print('up'); time.sleep(60)"


def python(name: str, code: str, *arguments: str) -> Part:
    return Part(name, (sys.executable, "-c", code, *arguments))


def alive(pid: int) -> bool:
    """Zombies aside: whoever adopts them decides when they are gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def wait_until(true, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.02)
    return False


def supervisor(*parts: Part, grace: float = 8) -> subprocess.Popen[str]:
    """A supervisor of its own process, as `loopin run` is one."""
    call = f"sys.exit(supervise({list(parts)!r}, grace={grace}))"
    code = f"import sys; from service.supervisor import Part, supervise; {call}"
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


def read_lines(process: subprocess.Popen[str], count: int) -> list[str]:
    assert process.stdout is not None
    return [process.stdout.readline() for _ in range(count)]


def test_what_the_parts_print_is_shown_with_their_names() -> None:
    out = io.BytesIO()
    supervise([python("web", "print('listening'); print('half', end='')"), python("worker", SLEEPER)], out=out)
    lines = out.getvalue().decode().splitlines()
    assert "web    | listening" in lines
    assert "web    | half" in lines


def test_the_end_of_one_part_stops_all_and_its_status_is_told() -> None:
    started = time.monotonic()
    out = io.BytesIO()
    status = supervise([python("web", SLEEPER), python("mailbox", "import sys; sys.exit(78)")], out=out)
    assert status == 78
    assert time.monotonic() - started < 5
    assert b"mailbox ended (status 78): stopping the rest\n" in out.getvalue()


def test_a_part_that_ends_without_complaint_is_a_failure_all_the_same() -> None:
    assert supervise([python("web", "pass")], out=io.BytesIO()) == 1


def test_a_killed_part_is_told_as_a_shell_would() -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert supervise([python("web", code)], out=io.BytesIO()) == 128 + signal.SIGKILL


def test_a_part_that_can_not_be_started_stops_those_that_were(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    nowhere = Part("nowhere", (str(tmp_path / "absent"),))
    with pytest.raises(OSError, match="absent"):
        supervise([python("web", WRITES_PID, str(pid_file)), nowhere], out=io.BytesIO())
    assert not pid_file.exists() or not alive(int(pid_file.read_text() or 0))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_cleanly(number: signal.Signals) -> None:
    process = supervisor(python("web", SLEEPER), python("worker", SLEEPER))
    read_lines(process, 2)
    process.send_signal(number)
    assert process.wait(timeout=5) == 0


def test_a_part_that_does_not_stop_is_ended_after_the_grace() -> None:
    process = supervisor(python("web", SLEEPER), python("worker", DEAF), grace=0.5)
    read_lines(process, 2)
    process.terminate()
    output, _ = process.communicate(timeout=5)
    assert process.returncode == 1
    assert "worker did not stop within 0.5 s and was ended" in output


def test_a_second_signal_ends_all_at_once() -> None:
    process = supervisor(python("worker", DEAF), grace=30)
    read_lines(process, 1)
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=5) == 1


def test_what_a_part_left_behind_ends_too() -> None:
    process = supervisor(python("worker", WITH_CHILD))
    pid = int(read_lines(process, 1)[0].split()[-1])
    process.terminate()
    process.wait(timeout=5)
    assert wait_until(lambda: not alive(pid), 2)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's word for it, PR_SET_PDEATHSIG, is Linux only")
def test_nothing_outlives_a_killed_supervisor(tmp_path: Path) -> None:
    files = [tmp_path / "one", tmp_path / "two"]
    process = supervisor(*(python(file.name, WRITES_PID, str(file)) for file in files))
    read_lines(process, 2)
    pids = [int(file.read_text()) for file in files]
    assert all(alive(pid) for pid in pids)
    process.kill()
    process.wait()
    assert wait_until(lambda: not any(alive(pid) for pid in pids), 2)


def test_where_the_kernel_does_not_see_to_it_a_part_watches_its_input() -> None:
    code = (
        "import sys; sys.platform = 'other'; import time\n"
        "from service.supervisor import end_with_supervisor\n"
        "end_with_supervisor(); print('up', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"SUPERVISED_BY_PIPE": "1"},
    )
    read_lines(process, 1)
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(timeout=5) == -signal.SIGTERM


def test_a_reader_that_went_away_stops_nothing() -> None:
    code = "import sys, time\nfor _ in range(2000): print('x' * 100)\ntime.sleep(60)"
    process = supervisor(python("web", code))
    read_lines(process, 1)
    assert process.stdout is not None
    process.stdout.close()
    time.sleep(0.3)
    assert process.poll() is None
    process.terminate()
    assert process.wait(timeout=5) == 0


def test_a_line_without_end_is_not_held_back_for_ever() -> None:
    out = io.BytesIO()
    supervise([python("web", "import sys; sys.stdout.write('y' * 300_000)")], out=out)
    assert out.getvalue().count(b"y") == 300_000


def test_a_process_becomes_the_supervisor_and_keeps_its_number() -> None:
    code = f"from service.supervisor import Part, become_supervisor; become_supervisor({[python('web', SLEEPER)]!r})"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert read_lines(process, 1) == ["web | up\n"]
    process.terminate()
    assert process.wait(timeout=5) == 0


def test_a_part_is_a_loopin_command_of_this_python() -> None:
    assert part("web", "web", "--port", "8123").argv[:4] == (sys.executable, "-P", "-m", "service.cli")


def test_a_part_with_nothing_more_to_do_waits_to_be_stopped() -> None:
    code = "import service.supervisor as s; print('done', flush=True); s.become_idle()"
    process = supervisor(python("demo", code))
    read_lines(process, 1)
    time.sleep(0.3)
    assert process.poll() is None
    process.terminate()
    assert process.wait(timeout=5) == 0
