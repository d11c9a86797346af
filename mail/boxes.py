"""Mail on disk: .eml files, Maildirs, mbox files and folders of them, one mail after the other in a stable order."""

import re
from collections.abc import Callable, Iterator
from io import BufferedReader
from pathlib import Path

from mail.mailbox import KEPT_OF_LARGER, LARGEST
from mail.values import RawMessage

_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9_-]{0,75})[ \t]*:")
_OF_MAIL = frozenset(
    b"from to cc subject date received return-path delivered-to message-id mime-version content-type sender".split()
)
_FROM_LINE = re.compile(rb"From \S{1,320}.{0,80}\d\d:\d\d.{0,40}\d{4}|From - ")
_QUOTED_FROM = re.compile(rb">+From ")
_LONGEST_LINE = 65_536

Say = Callable[[str], object]


class UnreadableBox(ValueError):
    """What was named cannot be read or is no mail; the message is one sentence."""


def messages(path: Path, say: Say = lambda sentence: None) -> Iterator[RawMessage]:
    """Every mail at `path`, read one at a time: an mbox of any size takes the memory of its largest mail.

    A folder is walked in the order of its names, a Maildir `new` before `cur`. What lies in a folder and is no mail is
    named to `say`, one sentence each; what lies in a Maildir or is called .eml is handed over whatever it holds. A mail
    above 35 MiB comes with its headers and first 256 kB. Raises UnreadableBox where `path` itself is not there, cannot
    be opened or is no mail.
    """
    try:
        if path.is_dir():
            yield from _folder(path, say)
        else:
            yield from _file(path)
    except OSError as error:
        raise UnreadableBox(f"{path} cannot be read: {error.strerror or error}.") from error


def is_maildir(path: Path) -> bool:
    return (path / "cur").is_dir() and (path / "new").is_dir()


def _folder(path: Path, say: Say) -> Iterator[RawMessage]:
    """Links to folders are not followed: they may lead in a circle."""
    maildir = is_maildir(path)
    if maildir:
        for name in ("new", "cur"):
            for entry in sorted((path / name).iterdir()):
                yield from _member(entry, say, surely_mail=True)
    for entry in sorted(path.iterdir()):
        if entry.is_dir():
            if maildir and entry.name in ("new", "cur", "tmp"):
                continue
            if entry.is_symlink():
                say(f"{entry} is a link to a folder and was not followed.")
            else:
                yield from _folder(entry, say)
        elif not maildir:
            yield from _member(entry, say)


def _member(path: Path, say: Say, *, surely_mail: bool = False) -> Iterator[RawMessage]:
    try:
        yield from _file(path, surely_mail=surely_mail)
    except UnreadableBox as error:
        say(str(error))
    except OSError as error:
        say(f"{path} cannot be read: {error.strerror or error}.")


def _file(path: Path, *, surely_mail: bool = False) -> Iterator[RawMessage]:
    if not path.is_file():
        raise UnreadableBox(f"{path} is not there." if not path.exists() else f"{path} is no file.")
    with path.open("rb") as lines:
        first = _first_line(lines)
        if first.startswith(b"From ") and _FROM_LINE.match(first):
            yield from _mbox(lines, path)
        elif surely_mail or path.suffix.lower() == ".eml" or _begins_mail(first, lines):
            lines.seek(0)
            yield _single(lines, path)
        else:
            raise UnreadableBox(f"{path} is no mail: it does not begin with header lines.")


def _first_line(lines: BufferedReader) -> bytes:
    """The first that is not blank; what follows it is read next."""
    for _ in range(100):
        line = lines.readline(_LONGEST_LINE)
        if not line or line.strip(b"\xef\xbb\xbf\r\n\t "):
            return line.lstrip(b"\xef\xbb\xbf")
    return b""


def _begins_mail(first: bytes, lines: BufferedReader) -> bool:
    """Whether header fields stand there, up to a blank line or the hundredth, one of them such as all mail has."""
    names = set()
    for number in range(100):
        line = lines.readline(_LONGEST_LINE) if number else first
        if not line.strip(b"\r\n"):
            break
        field = _FIELD.match(line)
        if field:
            names.add(field[1].lower())
        elif not (line.startswith((b" ", b"\t")) and names) and not (number == 0 and line.startswith(b"From ")):
            return False
    return bool(names & _OF_MAIL)


def _single(lines: BufferedReader, path: Path) -> RawMessage:
    size = path.stat().st_size
    source = f"ingest:{path}"
    if size <= LARGEST:
        return RawMessage(lines.read(), source)
    return RawMessage(_beginning(lines.read(KEPT_OF_LARGER * 5)), source, whole_size=size)


def _beginning(content: bytes) -> bytes:
    """Headers (of at most 1 MiB) and the first 256 kB after them."""
    end = re.search(rb"\r?\n\r?\n", content[: KEPT_OF_LARGER * 4])
    return content[: (end.end() if end else 0) + KEPT_OF_LARGER]


class _Kept:
    """One mail of an mbox as it grows: all of it up to the bound, then only its beginning."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self.size = 0
        self.whole = True

    def add(self, line: bytes) -> None:
        self.size += len(line)
        if self.whole:
            self.lines.append(line)
            if self.size > LARGEST:
                self.lines, self.whole = [_beginning(b"".join(self.lines))], False

    def raw(self, source: str) -> RawMessage:
        content = b"".join(self.lines)
        if not self.whole:
            return RawMessage(content, source, whole_size=self.size)
        # the blank line before the next "From " belongs to the mbox, not to the mail
        blank = b"\r\n" if content.endswith(b"\r\n\r\n") else b"\n" if content.endswith(b"\n\n") else b""
        return RawMessage(content.removesuffix(blank), source)


def _mbox(lines: BufferedReader, path: Path) -> Iterator[RawMessage]:
    """Mails after "From " lines that follow a blank line; ">From " loses one ">" (RFC 4155, and mboxrd's way)."""
    kept, number, after_blank, at_start = _Kept(), 1, False, True
    while line := lines.readline(_LONGEST_LINE):
        if at_start and after_blank and line.startswith(b"From ") and _FROM_LINE.match(line):
            yield kept.raw(f"ingest:{path}#{number}")
            kept, number, after_blank = _Kept(), number + 1, False
            continue
        if at_start and _QUOTED_FROM.match(line):
            line = line[1:]
        kept.add(line)
        after_blank = at_start and line in (b"\n", b"\r\n")
        at_start = line.endswith(b"\n")
    if kept.size:
        yield kept.raw(f"ingest:{path}#{number}")
