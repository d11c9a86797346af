"""How a text lies on the page: paragraphs, bullets, `label: value` lines and sentences, each with its place.

Every text here has the length of the original (line breaks, tabs and no-break spaces become blanks), so that an offset
into it is an offset into the mail's own words.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

_ODD_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009\u2002\u2003\ufeff\u200b\u200c\u200d\u00ad\r"), " ")
_QUOTE = re.compile(r"^(?:[ ]?>){1,10}[ ]?")
_BULLET = re.compile(
    r"^[ \t]*(?:[•◦▪‣●○■□➤✓·*–—-]+(?=[ \t])|-(?=[A-Za-z¿$\d])|[•●▪](?=\S)|o(?=[ \t]{2})|\(?\d{1,2}\)(?=[ \t])|"
    r"\d{1,2}\.(?=[ \t]+[^\d\s])|\(?[a-h]\)(?=[ \t]))"
)
_LABEL = re.compile(r"^[ \t*_]{0,6}((?:#[ ]?)?[^\W\d_][\w '’/#&().-]{0,38}?)[ \t*_]{0,3}:[ \t*_]{0,3}(?=\S)(?!//)")
_HEADER_KEY = re.compile(
    r"(?i)^(?:from|to|cc|bcc|date|sent|subject|reply-to|de|para|asunto|enviado(?: el)?|fecha|od|do|dw|data|temat|"
    r"wysłano|von|an|betreff|gesendet|importance|attachments?)$"
)
_SEPARATOR = re.compile(r"^[\s_=*#~+-]{5,}$|^-{2,} ?[^-]{3,60}-{2,}$")
_ABBREVIATION = re.compile(
    r"(?i)(?:^|[\s(])(?:mr|mrs|ms|dr|prof|rev|sgt|capt|lt|col|maj|cpl|ret|st|ave|blvd|rd|hwy|pkwy|inc|co|corp|ltd|"
    r"no|nos|approx|appx|hrs?|min|max|vs|dept|"
    r"ext|"
    r"sr|sra|srta|dra|ud|uds|av|tel|ul|al|godz|tys|zł|np|tzn|ok|min|mt|ft|sq|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|"
    r"dec|mon|tues?|wed|thurs?|fri|sat|e\.g|i\.e|a\.m|p\.m|u\.s|[a-z])\.$"
)
_A_NO = re.compile(r"(?i)\b(?:a|is|said|was) no\.$")
"""An answer, no number: "that's a no."."""
_ROW = re.compile(r"\S(?:\t|[ ]{2,}|[ ]\|[ ]?)\S[^\n]{0,200}(?:\t|[ ]{2,}|[ ]\|[ ]?)\S")
"""A line of cells, which is never run on."""
_STOP_LOW = re.compile(r"[.!?…]+[)\"'”’]*\s+(?=\w)")
_STOP = re.compile(r"[.!?…]+[)\"'”’]*\s+(?=[^\sa-záéíóúñąćęłńóśźż])|[!?]+\s+")


_OPENER = re.compile(
    r"(?:She|He|They|We|I|The|It|Our|Their|This|That|There|These|Please|All|Both|And|But|Also|If|Contact|Call|Start|"
    r"Pay|Must|No)\b"
)
"""Words that begin a sentence even behind an abbreviation: "25 hrs. She wants"."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, a bullet or a labelled line. `text` is flat; `start` is its offset; `block` counts paragraphs.

    `label` is the key of a `Key: value` line, whose text is the value only. `line` counts the page's lines: sentences
    of one paragraph share it.
    """

    text: str
    start: int
    block: int
    line: int
    bullet: bool = False
    label: str = ""
    label_start: int = -1

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(slots=True)
class _Line:
    text: str
    start: int
    block: int
    whole: str
    bullet: bool = False
    label: str = ""
    label_start: int = -1
    skip: bool = False
    indented: bool = False


def one_line(text: str) -> str:
    """The text with its line breaks and tabs made blanks; same length."""
    return text.replace("\n", " ").replace("\t", " ")


def flat(text: str) -> str:
    """The text with odd spaces made blanks; same length, line breaks and tabs kept."""
    return text.translate(_ODD_SPACES)


_LONGEST = 900
"""Characters of the longest sentence that is read as one."""


@lru_cache(maxsize=64)
def segments(text: str) -> tuple[Segment, ...]:
    """The text's segments in order; header lines of quoted mails and rulers are left out."""
    found: list[Segment] = []
    lines = [piece for line in _joined(_lines(flat(text))) for piece in _run_in(line)]
    for number, line in enumerate(lines):
        body = line.text.replace("\n", " ").replace("\t", " ")
        if line.bullet:
            pieces = [(0, body)] if len(body) < 240 else sentences(body)
        else:
            pieces = sentences(body)
        for offset, piece in (short for long in pieces for short in _bounded(*long)):
            at = line.start + offset
            found.append(Segment(piece, at, line.block, number, line.bullet, line.label, line.label_start))
    return tuple(found)


_RUN_IN = re.compile(
    r"(?i)(?:^|(?<=[.;,|•·]\s)|(?<=\s[-–—|]\s)|(?<=\s\s))((?:job |position )?title|position|job|role|"
    r"pay(?: rate| range)?|wages?|hourly (?:wage|rate|pay)|rate|salary|compensation|location|where|(?:work ?)?site|"
    r"start(?:s|ing)?(?: date)?|when|(?:number of |# ?(?:of )?)?(?:openings?|positions|vacancies|hires|people|spots)|"
    r"shift|hours|schedule|requirements?|contact|puesto|sueldo|salario|pago|lugar|ubicación|(?:fecha de )?inicio|"
    r"vacantes|horario|turno|stanowisko|stawka|miejsce(?: pracy)?|liczba (?:miejsc|osób)|zmiana|początek):\s+"
)


def _run_in(line: _Line) -> list[_Line]:
    """The fields of a form that was written into one line: "Title: welder. Pay: $24. Location: Elgin."."""
    if line.text.count(":") + bool(line.label) < 3:
        return [line]
    marks = list(_RUN_IN.finditer(line.text))
    if len(marks) + bool(line.label) < 3:
        return [line]
    first = line.text[: marks[0].start()].rstrip(" ;,|•·-–—")
    pieces = [replace(line, text=first)] if first else []
    for mark, following in zip_longest(marks, marks[1:]):
        said = line.text[mark.end() : following.start() if following else None].rstrip(" .;,|•·-–—")
        at = line.start + mark.end()
        pieces.append(replace(line, text=said, start=at, label=mark[1], label_start=line.start + mark.start(1)))
    return [piece for piece in pieces if piece.text]


def _bounded(offset: int, piece: str) -> list[tuple[int, str]]:
    """A piece of text cut where it is longer than any sentence, so that reading it stays linear."""
    pieces = []
    while len(piece) > _LONGEST:
        cut = piece.rfind(" ", _LONGEST // 2, _LONGEST)
        cut = cut if cut > 0 else _LONGEST
        pieces.append((offset, piece[:cut]))
        offset, piece = offset + cut, piece[cut:]
    return [*pieces, (offset, piece)]


def _lines(text: str) -> list[_Line]:
    lines, offset, block, number = [], 0, 0, 0
    for raw in text.split("\n"):
        quote = _QUOTE.match(raw)
        lead = quote.end() if quote else 0
        body = raw[lead:]
        if not body.strip() or _SEPARATOR.match(body.strip()):
            block += 1
        else:
            bullet = _BULLET.match(body)
            counted = re.match(r"[ \t]*(\d{1,2})\.", body) if bullet else None
            if counted and int(counted[1]) not in (1, number + 1):
                bullet = None
            number = int(counted[1]) if counted and bullet else number
            lines.append(_line(body, offset + lead, block, bullet))
            lines[-1].indented = body[:1] in " \t"
        offset += len(raw) + 1
    return lines


def _line(body: str, start: int, block: int, bullet: re.Match[str] | None) -> _Line:
    lead = len(body) - len(body.lstrip(" \t"))
    whole = body[lead:].rstrip()
    if bullet:
        lead = bullet.end() + len(body[bullet.end() :]) - len(body[bullet.end() :].lstrip(" \t"))
    rest = body[lead:].rstrip()
    label = _LABEL.match(rest)
    if label and re.search(r"[.!?]\s", label[1]):
        label = None
    if label and _HEADER_KEY.match(label[1].strip()) and not bullet:
        return _Line(rest, start + lead, block, whole, skip=True)
    if label and len(label[1].split()) <= 5:
        at, key = start + lead + label.end(), label[1].strip(" *_")
        return _Line(rest[label.end() :], at, block, whole, bool(bullet), key, start + lead + label.start(1))
    return _Line(rest, start + lead, block, whole, bool(bullet))


def _joined(lines: list[_Line]) -> list[_Line]:
    """Lines that a client broke are one again: the next line's first word would not have fitted on this one."""
    width = max((len(line.whole) for line in lines), default=0)
    soft_width = min(width, 80) if width >= 60 else 1000
    result: list[_Line] = []
    previous = ""
    for line in lines:
        if result and not result[-1].skip and _continues(result[-1], line, previous, soft_width):
            last = result[-1]
            text, start = (line.whole, line.label_start) if line.label else (line.text, line.start)
            last.text = last.text + " " * (start - (last.start + len(last.text))) + text
        elif line.text:
            result.append(line)
        previous = line.whole
    return [line for line in result if not line.skip]


def _continues(last: _Line, line: _Line, previous: str, width: int) -> bool:
    if line.bullet or line.skip or line.block != last.block or line.start <= last.start:
        return False
    if _ROW.search(line.whole) or _ROW.search(previous):
        return False
    first = line.whole.split(" ", 1)[0]
    full = len(previous) + 1 + len(first) > width
    unfinished = previous[-1:] not in ".:;!?"
    if line.label or re.match(r"[A-Z][\w ]{3,40}:\s", line.whole):
        return full and unfinished and not (last.label and not last.bullet)
    return full or (
        line.text[:1].islower() and unfinished and len(previous) > 25 and (line.indented or not last.bullet)
    )


def sentences(text: str) -> list[tuple[int, str]]:
    """The sentences of a flat text, each with its offset."""
    pieces, start = [], 0
    for stop in (_STOP_LOW if text.islower() else _STOP).finditer(text):
        head = text[start : stop.start() + 1]
        short = _ABBREVIATION.search(head[-10:]) if stop[0][0] == "." else None
        if short and not _OPENER.match(text, stop.end()) and not _A_NO.search(head[-8:]):
            continue
        pieces.append((start, text[start : stop.end()].rstrip()))
        start = stop.end()
    if text[start:].strip():
        pieces.append((start, text[start:].rstrip()))
    return pieces
