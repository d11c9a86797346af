"""Header blocks that lost their line breaks: Yahoo's plain text glues "From: ...To: ...Sent: ..." into one line."""

import re

from mail.mime.clients import CC, DATE, FIELD_OF, FROM, LONGEST_FIELD, SUBJECT, TO
from mail.quoting.lines import Line

_COLON = re.compile("[:：]")
# Words that Yahoo forgets the colon of: recipients right behind an address, a subject glued to what stands before it.
_RECIPIENT = re.compile(r">([^\W\d_]{1,16}) (?=[^\s:：])")
_SUBJECT = re.compile(
    r"(?<=[^\W_])("
    + "|".join(
        word.capitalize() for word, name in FIELD_OF.items() if name == SUBJECT and len(word) > 3 and word.isalpha()
    )
    + ") (?![:：])"
)


def unglued_lines(first: str, lines: list[Line], after: int) -> tuple[list[str], int]:
    """The fields of a glued header that may be wrapped over several lines, and the line its body begins at."""
    joined, end = first, after
    while not _has_subject(unglued(joined)) and end < min(len(lines), after + 12) and lines[end].words.strip():
        joined = _spliced(joined, lines[end].words.strip())
        end += 1
    fields = unglued(joined)
    if not _has_subject(fields):
        return unglued(first), after
    if end + 1 < len(lines) and _wraps_on(lines, end, after):
        fields[-1] += " " + lines[end].words.strip()
        end += 1
    return fields, end


def _spliced(before: str, words: str) -> str:
    return before + words if before.endswith("<") else f"{before} {words}"


def _has_subject(fields: list[str]) -> bool:
    return bool(fields) and FIELD_OF.get(fields[-1].partition(":")[0].casefold()) == SUBJECT


def _wraps_on(lines: list[Line], end: int, first: int) -> bool:
    """A subject goes on where its line is full and the body, which Yahoo indents by one space, begins only later."""
    width = max((len(line.words.rstrip()) for line in lines[first - 1 : end - 1]), default=0)
    before, line, below = (lines[row].words for row in (end - 1, end, end + 1))
    needed = len(before.rstrip()) + 1 + len(line.split(" ", 1)[0])
    full = needed > width if width else needed > 72 and len(before) <= 80
    return full and bool(line.strip()) and not line.startswith(" ") and below.startswith(" ")


def unglued(text: str) -> list[str]:
    """One "Word: value" line for each field of a glued header, [] where it does not begin with a sender."""
    text = text.strip()[:8000]
    cuts: list[tuple[int, int, str, str]] = []
    seen: set[str] = set()
    for start, end, word, name in sorted(_named(text)):
        if name in seen or not _fits(text[:start].rstrip(), word, name):
            continue
        seen.add(name)
        cuts.append((start, end, word, name))
    if not cuts or cuts[0][3] not in (FROM, DATE, SUBJECT) or cuts[0][0] > 2 or FROM not in seen:
        return []
    ends = [start for start, *_ in cuts[1:]] + [len(text)]
    return [f"{word}: {text[begin:end].strip()}" for (_, begin, word, _), end in zip(cuts, ends, strict=True)]


def _named(text: str) -> list[tuple[int, int, str, str]]:
    """(start, start of the value, word, field) of every word of a header in a text, those with a capital only."""
    found = []
    for colon in _COLON.finditer(text):
        before = text[max(0, colon.start() - LONGEST_FIELD - 1) : colon.start()]
        stem = before.rstrip()
        for length in range(min(len(stem), LONGEST_FIELD), 0, -1):
            word = stem[-length:]
            name = FIELD_OF.get(word.casefold()) if word[0].isupper() else None
            if name:
                start = colon.start() - (len(before) - len(stem)) - length
                found.append((start, colon.end(), word, name))
                break
    for pattern in (_RECIPIENT, _SUBJECT):
        for match in pattern.finditer(text):
            name = FIELD_OF.get(match[1].casefold()) if match[1][0].isupper() else None
            if name in (TO, CC, SUBJECT):
                found.append((match.start(1), match.end(), match[1], name))
    return found


def _fits(before: str, word: str, name: str) -> bool:
    """Recipients stand behind an address; a date or a subject may also be glued to a zone or a word."""
    if not before:
        return True
    if name in (TO, CC, DATE):
        return before.endswith((">", ";", '"', "]"))
    return name == SUBJECT and len(word) > 3
