"""How fast mails are read: mails a second for their structure, for their meaning, through the worker's kept child, and
how the time grows with the size of a mail.

    taskset -c 0 python bench/reading.py [FOLDER] [--rounds 5] [--no-growth]

FOLDER (or LOOPIN_BENCH_DATA) holds .eml files and, where it has one, their partners.json; without one the mails of
tests/mail are read. In process CPU time counts, the best round of each mail; through the child the clock, of all
rounds. Where quotequail can be imported it takes the same mails apart beside, from the same bytes.
"""

import argparse
import email
import importlib.util
import json
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mail.directory import Directory
from mail.document import read_document, read_structure
from service.reading import Reader

OWN = Path(__file__).parent.parent / "tests" / "mail" / "mails" / "introductions"
SIZES = (0.5, 2, 8, 35)  # MiB; above 35 a mail is not read
WORDS = "we need four welders and two fitters at the plant in Cicero from Monday the pay is good and the work steady"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=os.environ.get("LOOPIN_BENCH_DATA") or OWN)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-growth", action="store_true")
    asked = parser.parse_args()
    folder = Path(asked.folder)
    mails = [path.read_bytes() for path in sorted(folder.glob("*.eml"))]
    if not mails:
        raise SystemExit(f"{folder} holds no .eml files.")
    partners = folder / "partners.json"
    known = json.loads(partners.read_text()) if partners.exists() else {"partners": []}
    rates(mails, known, asked.rounds)
    if not asked.no_growth:
        growth()


def rates(mails: list[bytes], known: dict[str, Any], rounds: int) -> None:
    directory = Directory.from_json(known)
    print(f"{len(mails)} mails, {rounds} rounds{'mails/s':>18}{'ms a mail':>12}")
    _say("structure", _cpu(mails, rounds, read_structure))
    _say("structure and meaning", _cpu(mails, rounds, lambda content: read_document(content, directory)))
    _say("through the kept child, clock", _through_child(mails, known, rounds))
    if importlib.util.find_spec("quotequail"):
        _say("quotequail", _cpu(mails, rounds, _quotequail))


def _say(name: str, seconds: float) -> None:
    print(f"{name:<30}{1 / seconds:>9.0f}{seconds * 1000:>12.2f}", flush=True)


def _cpu(mails: list[bytes], rounds: int, read: Callable[[bytes], Any]) -> float:
    """CPU seconds a mail: what each took in its best round, after one that fills the caches."""
    best = [float("inf")] * len(mails)
    for turn in range(rounds + 1):
        for number, content in enumerate(mails):
            begun = time.thread_time()
            read(content)
            if turn:
                best[number] = min(best[number], time.thread_time() - begun)
    return sum(best) / len(mails)


def _through_child(mails: list[bytes], known: dict[str, Any], rounds: int) -> float:
    with Reader(mails=len(mails) * (rounds + 1)) as reader:
        for turn in range(rounds + 1):
            if turn == 1:
                begun = time.monotonic()
            for content in mails:
                reader.read(content, known, directory_version="1")
        return (time.monotonic() - begun) / len(mails) / rounds


def _quotequail(content: bytes) -> None:
    """From the bytes of a mail to its quoting and its forwarded parts, plain and HTML, as far as quotequail goes."""
    import quotequail

    for part in email.message_from_bytes(content).walk():
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or part.get_filename():
            continue
        body = part.get_payload(decode=True)
        text = body.decode("utf-8", "replace") if isinstance(body, bytes) else ""
        if kind == "text/plain":
            quotequail.quote(text)
            quotequail.unwrap(text)
        else:
            quotequail.quote_html(text)
            quotequail.unwrap_html(text)


def growth() -> None:
    """CPU seconds by size, for each shape of a large mail; the last column is the growth of time over that of size."""
    print(f"\n{'CPU s at MiB':<30}" + "".join(f"{size:>9}" for size in SIZES) + f"{'time/size':>12}")
    for name, shape in SHAPES.items():
        taken = []
        for size in SIZES:
            content = shape(int(size * 2**20))
            begun = time.thread_time()
            read_document(content)
            taken.append(time.thread_time() - begun)
        print(f"{name:<30}" + "".join(f"{seconds:>9.2f}" for seconds in taken), end="")
        print(f"{taken[-1] / taken[1] / (SIZES[-1] / SIZES[1]):>12.2f}", flush=True)


def _prose(size: int, mark: str = "") -> str:
    chance, words = random.Random(3), WORDS.split()
    line = mark + " ".join(chance.choice(words) for _ in range(14)) + ".\n"
    return line * (size // len(line))


def _mail(kind: str, body: str) -> bytes:
    head = "From: Ann Lee <ann@lee.example>\nTo: in@hub.example\nSubject: Welders\nDate: Tue, 3 Mar 2026 09:00:00 -0600"
    return f"{head}\nMIME-Version: 1.0\nContent-Type: text/{kind}; charset=utf-8\n\n{body}".encode()


def _attached(size: int) -> bytes:
    head = (
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nThe list is attached.\n--b\n'
    )
    part = b"Content-Type: text/csv\nContent-Disposition: attachment; filename=list.csv\n\nname,phone\n"
    row = b"Ada Moss,312-555-0111\n"
    return _mail("plain", "").partition(b"MIME-Version")[0] + head + part + row * (size // len(row)) + b"--b--\n"


SHAPES: dict[str, Callable[[int], bytes]] = {
    "prose": lambda size: _mail("plain", _prose(size)),
    "quoted lines": lambda size: _mail("plain", "Thanks!\n\n" + _prose(size, "> ")),
    "HTML": lambda size: _mail("html", "<p>" + _prose(size).replace("\n", "</p>\n<p>")),
    "one line": lambda size: _mail("plain", _prose(size).replace("\n", " ")),
    "an attached list": _attached,
}

if __name__ == "__main__":
    main()
