"""The texts of a mail as the reader of introductions walks through them, and facts that point into them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from mail.quoting.signature import split_signature
from mail.values import Address, Fact, ParsedMessage, Thread, Turn

_MOST = 40_000  # characters of a text that are read for its meaning
_MOST_TURNS = 20
_MOST_TOGETHER = 80_000  # characters of a mail and all that it quotes


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text with its author. `text` is what is read; `shown` what the parse document gives under the name `part`."""

    part: str  # "subject", "message", "chain[0]", "attachment:NAME"
    text: str
    shown: str
    sender: Address
    sent: date | None = None
    depth: int = -1  # -1 the mail itself, else the index of the turn
    signed: int = 1 << 30  # where the author's signature begins
    places: tuple[str, ...] = ()  # of an attachment: where each line stands in the file ("row 4", "page 2")

    def fact(self, field: str, value: Any, start: int, end: int, confidence: float) -> Fact:
        """The fact whose words stand at start:end of `text`, placed in `shown`."""
        words = self.text[start:end]
        place = start if self.shown[start:end] == words else self.shown.find(words)
        if place < 0:
            return Fact(field, value, confidence, self.part, 0, 0, words)
        return Fact(field, value, confidence, self.part, place, place + len(words), words)


def from_header(field: str, value: Any, words: str, confidence: float) -> Fact:
    """A fact that was read from the headers."""
    return Fact(field, value, confidence, "headers", 0, 0, words)


def excerpts(parsed: ParsedMessage, thread: Thread) -> tuple[Excerpt, ...]:
    """The sender's words, then each forwarded or quoted mail, outermost first; the subject comes last."""
    sent = day_of(parsed.date)
    written = len(written_text(thread, parsed.sender).rstrip())
    signed = written if written < len(thread.message.rstrip()) else 1 << 30
    top = Excerpt("message", readable(thread.message), thread.message, parsed.sender, sent, signed=signed)
    turns, room = [], _MOST_TOGETHER - len(top.text)
    for index, turn in enumerate(thread.turns[:_MOST_TURNS]):
        words = readable(turn.text)[:room]
        room -= len(words)
        day = day_of(turn.date) or sent
        turns.append(Excerpt(f"chain[{index}]", words, turn.body, turn.sender, day, index, _signed(turn)))
    return (top, *turns, Excerpt("subject", readable(parsed.subject[:1000]), parsed.subject, parsed.sender, sent))


def written_text(thread: Thread, sender: Address) -> str:
    """The newest words without the signature; a last block that is a list of people is no signature."""
    cut = thread.reply_text and thread.message.startswith(thread.reply_text) and signs(thread.signature, sender)
    return thread.reply_text if cut else thread.message


def signs(block: str, sender: Address) -> bool:
    """Whether a last block of short lines is the author's: it bears their name, or holds no list of numbers."""
    lines = [line for line in block.splitlines() if line.strip()]
    if not lines or lines[0].strip() in ("--", "—", "__"):
        return bool(lines)
    words = set(re.findall(r"[^\W\d_]{3,}", f"{sender.name} {sender.address.partition('@')[0]}".lower()))
    if words & set(re.findall(r"[^\W\d_]{3,}", " ".join(lines[:3]).lower())):
        return True
    return sum(("|" in line and line.count("|") > 1) or bool(_NUMBER.search(line)) for line in lines) < 2


_NUMBER = re.compile(r"\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4}")


def readable(text: str) -> str:
    """The text within bounds; what has no blank for 200 characters is no word, and becomes blanks."""
    return _NO_WORD.sub(lambda match: " " * len(match[0]), text[:_MOST])


_NO_WORD = re.compile(r"\S{200,}")


def _signed(turn: Turn) -> int:
    lines, signature = split_signature(turn.text.split("\n"), turn.sender.name)
    cut = bool(signature) and signs("\n".join(signature), turn.sender)
    return sum(len(line) + 1 for line in lines) if cut else 1 << 30


def day_of(timestamp: str) -> date | None:
    """The day of an ISO timestamp, None where there is none."""
    try:
        return date.fromisoformat(timestamp[:10])
    except ValueError:
        return None


def numbered(facts: Iterable[Fact], prefix: str) -> list[Fact]:
    """The same facts with their field behind a prefix: "title" becomes "needs[0].title"."""
    return [
        Fact(f"{prefix}.{fact.field}", fact.value, fact.confidence, fact.part, fact.start, fact.end, fact.words)
        for fact in facts
    ]


_BLOCKS = re.compile(r"(\n[ \t>]{0,80}\n|\n(?=[ \t]{0,40}(?:[-•*·–◦]|\d{1,2}[.)])\s))")


@lru_cache(maxsize=64)
def joined_lines(text: str) -> tuple[tuple[int, str], ...]:
    """Paragraphs with their lines joined where a client broke them, as one string of the same length."""
    lines, start = [], 0
    for block in _BLOCKS.split(text):
        flat = block.replace("\n", " ").replace("\t", " ")
        for offset, piece in _unbroken(block, flat):
            lines.append((start + offset, piece))
        start += len(block)
    return tuple((start, line) for start, line in lines if line.strip())


_LABEL = re.compile(r"[ >*]{0,4}[A-ZÁÉÍÓÚŁŚŻ][^\W\d_]{2,20}(?: [^\W\d_]+){0,2}:\s")


def _unbroken(block: str, flat: str) -> list[tuple[int, str]]:
    """Lines shorter than the paragraph's longest by more than a word end there: a name does not run over them."""
    lines = block.split("\n")
    longest = max(map(len, lines))
    pieces, begin, offset = [], 0, 0
    for number, line in enumerate(lines):
        offset += len(line) + 1
        following = lines[number + 1].split(" ", 1)[0] if number + 1 < len(lines) else ""
        labelled = number + 1 < len(lines) and _LABEL.match(lines[number + 1])
        wrapped = not labelled and longest >= 50 and len(line) + 1 + len(following) > longest - 3
        if not wrapped:
            pieces.append((begin, flat[begin : offset - 1]))
            begin = offset
    if begin < len(flat):
        pieces.append((begin, flat[begin:]))
    return pieces
