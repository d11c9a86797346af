"""A text as lines with their quote depth, and the heads of the mails that stand in it."""

import re
from dataclasses import dataclass, field

from mail.mime.clientdates import shown_date
from mail.values import Address

_QUOTE = re.compile(r"^(?:[ \t]?[>|](?=[ >|]|[^>|]|$))+ ?")
_FULL = 72
_WRAPPED_FROM = 55  # characters; clients wrap between 60 and 80
_GROUPWISE = re.compile(r"^>>>\s(.{3,200}?)\s>>>(.*)$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text: its quote depth and its words without the quote marks."""

    depth: int
    words: str


@dataclass(slots=True)
class Head:
    """What tells that another mail begins: lines start..end-1 are its header, its body begins at `end`."""

    start: int
    end: int
    depth: int
    kind: str  # "block", "wrote", "divider"
    forward: bool = False  # a dividing line that only forwards have
    header_depth: int = 0  # of the header lines themselves; a dividing line may stand above the quote
    sender: Address = field(default_factory=Address)
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    date_raw: str = ""

    @property
    def date(self) -> str:
        return shown_date(self.date_raw)


def to_lines(text: str) -> list[Line]:
    """Lines of a text; one that lost its quote marks when it was wrapped gets them back."""
    lines: list[Line] = []
    for raw in text.split("\n"):
        line = _line(raw)
        if lines and lines[-1].depth and not line.depth and _lost_its_mark(lines[-1].words, line.words):
            line = Line(lines[-1].depth, line.words)
        lines.append(line)
    return lines


def _lost_its_mark(before: str, words: str) -> bool:
    """A line that begins in lower case below a long quoted one that does not end a sentence, or is only its tail.

    A shorter one was wrapped as well where the next word would not have fitted into 72 characters.
    """
    if not words or not words[0].islower():
        return False
    if before.endswith(",") and before[0].islower():  # the middle of a sentence on both sides
        return True
    if len(before) < _WRAPPED_FROM and (len(before) < 30 or len(before) + 1 + len(words.split(" ", 1)[0]) <= _FULL):
        return False
    return not before.rstrip().endswith((".", "!", "?")) or (len(words) < 40 and len(before) >= 60)


def _line(raw: str) -> Line:
    if not raw or raw[0] not in "> \t|":
        return Line(0, raw)
    if raw.startswith(">>>") and _GROUPWISE.match(raw):
        return Line(0, raw)
    match = _QUOTE.match(raw)
    if not match or ("|" in match[0] and ">" not in match[0] and raw.count("|") > 1):
        return Line(0, raw)
    marks = match[0]
    return Line(marks.count(">") + marks.count("|"), raw[match.end() :])
