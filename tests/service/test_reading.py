"""The bounded reader: what a mail may take, what happens when it takes more, and that the next one is read."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.values import UnreadableMessage
from service.reading import Reader, ReaderUnavailable
from service.reading_child import storable

# A reader of mails whose mails say what it shall do.
SUBJECT = """
import os, signal, socket, subprocess, sys, time
from mail.values import UnreadableMessage

def read(content, directory):
    do, _, what = content.decode().partition(" ")
    if do == "sleep": time.sleep(float(what))
    if do == "spin":
        while True: pass
    if do == "hold": return {"held": len(bytearray(int(what)))}
    if do == "connect": socket.create_connection(("127.0.0.1", int(what)))
    if do == "resolve": socket.getaddrinfo("mail.example", 25)
    if do == "run": subprocess.run([sys.executable, "-c", "pass"])
    if do == "fork": os.fork()
    if do == "crash": os.kill(os.getpid(), signal.SIGSEGV)
    if do == "leave": os._exit(int(what))
    if do == "unreadable": raise UnreadableMessage(what)
    if do == "fault": {}[what]
    if do == "print": print("not an answer")
    if do == "environment": return {"names": sorted(os.environ)}
    if do == "nul": return {"text": "a\\x00b\\ud800c"}
    return {"pid": os.getpid(), "bytes": len(content), "partners": [p.name for p in directory.partners]}
"""


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    (tmp_path / "subject.py").write_text(SUBJECT)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Reader(seconds=1, memory=256 * 2**20, mails=3, reads="subject:read") as reader:
        yield reader


def running(pid: int) -> bool:
    """Zombies aside: whoever adopts them decides when they are gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def read(reader: Reader, content: str) -> dict:
    return reader.read(content.encode(), None, directory_version="")


def fails(reader: Reader, content: str) -> str:
    with pytest.raises(UnreadableMessage) as error:
        read(reader, content)
    assert read(reader, "next")["bytes"] == 4
    return str(error.value)


def test_one_child_reads_many_mails_and_is_replaced_when_worn(reader: Reader) -> None:
    pids = [read(reader, "hello")["pid"] for _ in range(7)]
    assert len(set(pids)) == 3
    assert pids[0] == pids[2] != pids[3]
    assert os.getpid() not in pids


def test_a_mail_larger_than_a_pipe_arrives_whole(reader: Reader) -> None:
    assert read(reader, "x" * 5_000_000)["bytes"] == 5_000_000


def test_the_directory_goes_over_once_a_version(reader: Reader) -> None:
    first = {"partners": [{"name": "Harbor Lane Careers"}]}
    second = {"partners": [{"name": "Second Bell"}]}
    assert reader.read(b"m", first, directory_version="1")["partners"] == ["Harbor Lane Careers"]
    assert reader.read(b"m", second, directory_version="1")["partners"] == ["Harbor Lane Careers"]
    assert reader.read(b"m", second, directory_version="2")["partners"] == ["Second Bell"]
    # the fourth mail has a new child, which must be told again
    assert reader.read(b"m", second, directory_version="2")["partners"] == ["Second Bell"]


def test_a_slow_mail_is_stopped_in_time(reader: Reader) -> None:
    started = time.monotonic()
    assert fails(reader, "spin") == "Reading this mail took longer than 1 seconds."
    assert time.monotonic() - started < 4


def test_a_mail_that_takes_all_memory_is_stopped(reader: Reader) -> None:
    assert fails(reader, f"hold {2**30}") == "Reading this mail took more than 256 MB of memory."


def test_a_crash_is_the_mails_and_not_the_workers(reader: Reader) -> None:
    assert fails(reader, "crash") == "Reading this mail ended the reader (signal 11)."
    assert fails(reader, "leave 3") == "Reading this mail ended the reader (status 3)."


@pytest.mark.parametrize("attempt", ["connect 9", "resolve", "run", "fork"])
def test_no_socket_and_no_process(reader: Reader, attempt: str) -> None:
    assert "the reader of mails may not do this" in fails(reader, attempt)


def test_the_readers_own_sentence_comes_through(reader: Reader) -> None:
    assert fails(reader, "unreadable It has 120 parts inside each other.") == "It has 120 parts inside each other."


def test_a_fault_of_ours_costs_one_mail_and_leaves_a_trace(reader: Reader, capfd: pytest.CaptureFixture[str]) -> None:
    assert fails(reader, "fault absent") == "The reader failed on this mail (KeyError: 'absent')."
    assert "Traceback" in capfd.readouterr().err


def test_what_is_printed_is_no_answer(reader: Reader) -> None:
    assert read(reader, "print")["bytes"] == 5


def test_the_child_knows_no_secret(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOOPIN_IMAP_PASSWORD", "secret")
    assert not [name for name in read(reader, "environment")["names"] if name.startswith("LOOPIN_")]


def test_a_child_that_was_killed_while_idle_costs_no_mail(reader: Reader) -> None:
    pid = read(reader, "hello")["pid"]
    os.kill(pid, signal.SIGKILL)
    time.sleep(0.1)
    assert read(reader, "hello")["pid"] != pid


def test_closing_ends_the_child(reader: Reader) -> None:
    pid = read(reader, "hello")["pid"]
    reader.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_reader_that_can_not_start_blames_no_mail() -> None:
    with Reader(reads="service.no_such_module:read") as reader, pytest.raises(ReaderUnavailable, match="status 1"):
        reader.read(b"hello", None, directory_version="")


def test_the_child_ends_with_a_killed_worker(tmp_path: Path, reader: Reader) -> None:
    code = (
        "import time; from service.reading import Reader\n"
        "reader = Reader(seconds=1, reads='subject:read')\n"
        "print(reader.read(b'm', None, directory_version='')['pid'], flush=True); time.sleep(60)"
    )
    worker = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    pid = int(worker.stdout.readline())
    worker.kill()
    worker.wait()
    deadline = time.monotonic() + 3
    while running(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not running(pid)


def test_a_document_can_be_stored_anywhere(reader: Reader) -> None:
    assert read(reader, "nul") == {"text": "a\ufffdb\ufffdc"}


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_storable_keeps_every_place(text: str) -> None:
    clean = storable({"t": [text]})["t"][0]
    assert len(clean) == len(text)
    assert "\x00" not in clean
    clean.encode()


def test_a_reader_that_was_started_early_reads_as_any_other() -> None:
    with Reader() as reader:
        reader.start()
        reader.start()
        assert reader.read(b"Subject: hello\n\nhello", None, directory_version="")["subject"] == "hello"


def test_a_mail_that_was_foreseen_is_not_taken_for_another() -> None:
    one, other = b"Subject: one\n\nWords.", b"Subject: other\n\nWords."
    with Reader() as reader:
        assert reader.read(one, None, directory_version="1")["subject"] == "one"
        reader.foresee(other, None, directory_version="1")
        assert reader.read(one, None, directory_version="1")["subject"] == "one"
        reader.foresee(other, None, directory_version="1")
        assert reader.read(other, None, directory_version="1")["subject"] == "other"


def test_a_mail_that_was_foreseen_is_read_again_by_a_newer_directory() -> None:
    mail = b"From: Ann Lee <ann@elm.example>\nTo: in@hub.example\nSubject: Welders\n\nElm Works needs 4 welders."
    partner = {"name": "Elm Council", "domains": ["elm.example"]}
    with Reader() as reader:
        reader.read(mail, None, directory_version="1")
        reader.foresee(mail, None, directory_version="1")
        document = reader.read(mail, {"partners": [partner]}, directory_version="2")
    assert document["introduction"]["referring_org"] == "Elm Council"


def test_a_foreseen_mail_that_ends_the_reader_is_told_of_when_it_is_asked_for(reader: Reader) -> None:
    assert read(reader, "hello")["bytes"] == 5
    reader.foresee(b"crash", None, directory_version="")
    assert read(reader, "hello")["bytes"] == 5
    reader.foresee(b"crash", None, directory_version="")
    assert "ended the reader (signal 11)" in fails(reader, "crash")
