"""Header blocks of quoted and forwarded mails, with the dividing lines above them."""

import itertools
import re
from dataclasses import dataclass, field

from mail.mime.charsets import decode_header
from mail.mime.clientdates import shown_date
from mail.mime.clients import (
    BEGIN_FORWARDED,
    CC,
    DATE,
    END_OF_FORWARD,
    FORWARD_WORD,
    FROM,
    LONGEST_FIELD,
    ORIGINAL_WORD,
    OTHER,
    SUBJECT,
    TO,
    field_of,
)
from mail.quoting.glued import unglued_lines
from mail.quoting.lines import Head, Line
from mail.quoting.notes import FORWARDED_BY, may_begin, name_and_date, with_date
from mail.quoting.shown import ADDRESS, shown_addresses
from mail.values import Address

_HEADER = re.compile(rf"^[ \t*_|]*([^\W\d_][^:：<>@\d\n]{{0,{LONGEST_FIELD}}}?)[ \t*_]*[:：][ \t*_]*(.*)$")
_DIVIDER = re.compile(r"^[\s*_]*[-=_—–]{2,}[\s*]*(\S.{2,100}?)[\s*]*[-=_—–]{2,}[\s*]*(.*)$")
# "------- Forwarded Message" (MH) and "--- begin forwarded text": no dashes behind.
_DASHES = re.compile(r"\s*-{2,}\s*")
_OPEN_DIVIDER = re.compile(r"^-{2,}\s?(?:begin )?forwarded (?:message|text|mail)[\s-]*$", re.I)
_RULE = re.compile(r"^[\s*]*(?:[_]{5,}|[-]{5,}|[=]{4,}|[—–]{4,}|[\*]{5,})[\s*]*$")
_MOST_LINES = 120  # of one header block


def divider(lines: list[Line], position: int) -> tuple[bool, str, int] | None:
    """(forward word, words glued behind, line after) of a dividing line: "---- Forwarded message ----" and the like."""
    words = lines[position].words
    stripped = words.strip(" *\t")
    if BEGIN_FORWARDED.match(stripped):
        return True, "", position + 1
    if stripped[:2] not in ("--", "==", "__", "——", "––", "- "):
        return None
    if END_OF_FORWARD.match(words):
        return None
    after = position + 1
    if FORWARDED_BY.match(words):  # Notes wraps this line at 72 characters
        while not words.rstrip().endswith("--") and after < min(len(lines), position + 3):
            words, after = f"{words.rstrip()} {lines[after].words.strip()}", after + 1
    elif after < len(lines) and words.rstrip()[-1:].isalpha() and _DASHES.fullmatch(lines[after].words):
        words, after = f"{words.rstrip()} {lines[after].words.strip()}", after + 1
    if _OPEN_DIVIDER.match(stripped):
        return True, "", after
    match = _DIVIDER.match(words)
    if match and len(match[1]) <= 100:
        forward = bool(FORWARD_WORD.search(match[1]))
        if forward or ORIGINAL_WORD.search(match[1]):
            return forward, match[2], after
    return None


def divided(lines: list[Line], position: int, line_found: tuple[bool, str, int], subject: str) -> Head | None:
    """A dividing line and the header block below it, if one follows within three lines."""
    forward, glued, below = line_found
    line = lines[position]
    if glued and ":" in glued:
        split, end = unglued_lines(glued, lines, below)
        found = block([Line(line.depth, words) for words in split], 0, subject) if split else None
        if found:
            found.start, found.end, found.depth, found.forward = position, end, line.depth, forward
            found.header_depth = line.depth
            return found
    after = below
    while after < len(lines) and after <= below + 4:
        words = lines[after].words.strip()
        if words and not _RULE.match(words):
            break
        after += 1
    if after < len(lines):
        found = block(lines, after, subject) or _notes_below(lines, after, subject)
        if found is not None:
            found.start, found.forward, found.depth = position, forward, line.depth
            return found
        found = _without_colons(lines, after, subject) or _sender_alone(lines, after)
        if found is not None:
            found.start, found.forward, found.depth = position, forward, line.depth
            return found
    if not forward and not _alone(line.words):
        return None
    return Head(position, below, line.depth, "divider", forward)


def _notes_below(lines: list[Line], after: int, subject: str) -> Head | None:
    """The Notes header whose name line is the first below a dividing line."""
    for row in range(after, min(len(lines), after + 8)):
        if header_line(lines[row].words):
            found = block(lines, row, subject)
            return found if found and found.start <= after + 5 else None
    return None


def _sender_alone(lines: list[Line], row: int) -> Head | None:
    """Below a dividing line, "From:" with an address is header enough (people cut the rest)."""
    named = header_line(lines[row].words)
    if not named or named[0] != FROM or not ADDRESS.search(named[1]):
        return None
    sender = shown_addresses(named[1])[0]
    return Head(row, row + 1, lines[row].depth, "block", sender=sender, header_depth=lines[row].depth)


def _without_colons(lines: list[Line], after: int, subject: str) -> Head | None:
    """eM Client since version 9: `From "Jane Doe" <j@x>`, `To ...`, `Date ...`, `Subject ...` below its line."""
    run = []
    for line in lines[after : after + 12]:
        word, _, value = line.words.strip().partition(" ")
        name = field_of(word) if value else None
        if name is None:
            break
        run.append(Line(line.depth, f"{word}: {value}"))
    found = block(run, 0, subject) if len(run) > 2 else None
    if found:
        found.end += after
    return found


def _alone(words: str) -> bool:
    return len(words.strip()) < 80


def header_line(words: str) -> tuple[str, str] | None:
    """(field, value) of a shown header line."""
    match = _HEADER.match(words)
    if not match:
        return None
    name = field_of(match[1])
    return (name, match[2].strip(" *\t|")) if name else None


@dataclass(slots=True)
class _Fields:
    """The fields of a header read so far, the last of them, and the width at which its lines were wrapped (0: not)."""

    values: dict[str, str] = field(default_factory=dict)
    last: str = ""
    width: int = 0
    spaced: bool = False  # empty lines stand between the fields

    def take(self, name: str, value: str) -> None:
        self.last = name
        if name != OTHER:
            self.values[name] = value

    def go_on(self, lines: list[Line]) -> None:
        """Lines that go on with the last field, the first of them being the line before."""
        for before, line in itertools.pairwise(lines):
            self.width = max(self.width, len(before.words.rstrip()))
            if self.last in self.values:
                self.values[self.last] += " " + line.words.strip()


def block(lines: list[Line], start: int, subject: str) -> Head | None:
    """The header block that begins at a line, None where the lines are none."""
    first = header_line(lines[start].words)
    if first is None:
        return None
    fields = _Fields()
    end = _read_fields(lines, start, fields, subject)
    values = fields.values
    with_date(values)
    above = name_and_date(lines, start) if may_begin(first[0], set(values)) else None
    if above:
        start, values[FROM], values[DATE] = above
    return _headed(start, end, lines[start].depth, values)


def _read_fields(lines: list[Line], start: int, fields: _Fields, subject: str) -> int:
    """Fill `fields`; the line after the header."""
    position = start
    while position < min(len(lines), start + _MOST_LINES):
        words = lines[position].words.strip()
        if not words:
            after = _next_field(lines, position, fields)
            if after is None:
                break
            position, fields.spaced = after, True
            continue
        named = header_line(words)
        if named is None:
            after = _continued(lines, position, fields, subject)
            if not after:
                break
            fields.go_on(lines[position - 1 : after])
            position = after
        elif named[0] == OTHER or named[0] not in fields.values:
            fields.take(*named)
            position += 1
        else:
            break
    return position


def _next_field(lines: list[Line], blank: int, fields: _Fields) -> int | None:
    """Where the block goes on after empty lines: while it lacks its subject or recipients, or is spaced throughout."""
    values = fields.values
    if not fields.spaced and FROM in values and SUBJECT in values and (TO in values or DATE in values):
        return None
    after = blank
    while after < len(lines) and after < blank + 3 and not lines[after].words.strip():
        after += 1
    if after >= len(lines):
        return None
    named = header_line(lines[after].words)
    return after if named and named[0] not in values and named[0] != OTHER else None


def _continued(lines: list[Line], position: int, fields: _Fields, subject: str) -> int:
    """The line after a wrapped value that begins at `position`; 0 where the body begins here."""
    for ahead in range(position, min(position + 40, len(lines))):
        words = lines[ahead].words.strip()
        if not words:
            break
        named = header_line(words) if ahead > position else None
        if named and named[0] not in fields.values and named[0] != OTHER:
            return ahead
    words = lines[position].words.strip()
    last, value = fields.last, fields.values.get(fields.last, "")
    if last in (TO, CC, FROM):
        goes_on = _address_goes_on(value, words)
    elif last == DATE:
        goes_on = bool(value) and len(words) < 30 and not shown_date(value) and bool(shown_date(f"{value} {words}"))
    else:
        goes_on = last == SUBJECT and _subject_goes_on(lines, position, value, subject, fields.width)
    return position + 1 if goes_on else 0


def _address_goes_on(value: str, words: str) -> bool:
    if value.endswith((",", ";", "<")) or value.count("<") > value.count(">") or value.count('"') % 2:
        return len(words) < 300
    if words.startswith("<") and "@" in words:
        return len(words) < 300
    return bool(not value or re.fullmatch(r"[^\s<>@]+@[^\s<>@]+>?[,;]?", words)) and "@" in words


def _subject_goes_on(lines: list[Line], position: int, value: str, subject: str, width: int) -> bool:
    """The next line belongs to a wrapped subject: the subject around says so, or only a full line before a gap."""
    before, words = lines[position - 1].words, lines[position].words.strip()
    if subject and value and _bare(subject).startswith(_bare(value)):
        return _bare(subject).startswith(_bare(f"{value} {words}"))
    gap = position + 1 >= len(lines) or not lines[position + 1].words.strip()
    return gap and is_full(before, words, width)


def is_full(before: str, below: str, width: int) -> bool:
    """The first word below would not have fitted: a line wrapped at `width`, or at 72 to 80 where that is not known."""
    needed = len(before.rstrip()) + 1 + len(below.strip().split(" ", 1)[0])
    return needed > width if width else needed > 72 and len(before) <= 80


_PREFIX = re.compile(r"^(?:\s*(?:\[[^\]]{1,30}\]|[^\W\d_]{1,4}(?:\[\d+\])?\s?[:：]))+\s*")


def _bare(subject: str) -> str:
    return "".join(_PREFIX.sub("", subject).casefold().split())


def _headed(start: int, end: int, depth: int, values: dict[str, str]) -> Head | None:
    """A head, if the lines found amount to a mail's header."""
    named = FROM in values and bool(values[FROM].strip())
    others = sum(key in values for key in (TO, CC, DATE, SUBJECT))
    if not (named and others >= 1) and not (FROM in values and others >= 3):
        return None
    if others == 1 and not (SUBJECT in values or ADDRESS.search(values[FROM]) or shown_date(values.get(DATE, ""))):
        return None
    values = {name: decode_header(value) if "=?" in value else value for name, value in values.items()}
    senders = shown_addresses(values.get(FROM, ""))
    return Head(
        start,
        end,
        depth,
        "block",
        header_depth=depth,
        sender=senders[0] if senders else Address(),
        to=shown_addresses(values.get(TO, "")),
        cc=shown_addresses(values.get(CC, "")),
        subject=" ".join(values.get(SUBJECT, "").split()),
        date_raw=" ".join(values.get(DATE, "").split()),
    )
