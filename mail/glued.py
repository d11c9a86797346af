"""Header blocks that lost their line breaks: Yahoo's plain text glues "From: ...To: ...Sent: ..." into one line."""

import re

from mail.clients import CC, DATE, FIELD_OF, FROM, OTHER, SUBJECT, TO
from mail.lines import Line

# Only words that begin with a capital count, and where they are short, only behind an address or a quote.
_WORDS = sorted(FIELD_OF, key=len, reverse=True)
_STARTS = re.compile("(" + "|".join(re.escape(word) for word in _WORDS) + r")(\s?[:：]\s?| )", re.I)


def unglued_lines(first: str, lines: list[Line], after: int) -> tuple[list[str], int]:
    """The fields of a glued header that may be wrapped over several lines, and the line its body begins at."""
    joined, end = first, after
    while not _has_subject(unglued(joined)) and end < min(len(lines), after + 12) and lines[end].words.strip():
        joined = _spliced(joined, lines[end].words.strip())
        end += 1
    fields = unglued(joined)
    if not _has_subject(fields):
        return unglued(first), after
    if end + 1 < len(lines) and _wraps_on(lines[end - 1].words, lines[end].words, lines[end + 1].words):
        fields[-1] += " " + lines[end].words.strip()
        end += 1
    return fields, end


def _spliced(before: str, words: str) -> str:
    return before + words if before.endswith("<") else f"{before} {words}"


def _has_subject(fields: list[str]) -> bool:
    return bool(fields) and FIELD_OF.get(fields[-1].partition(":")[0].casefold()) == SUBJECT


def _wraps_on(before: str, line: str, after: str) -> bool:
    """A subject goes on where its line is full and the body, which Yahoo indents by one space, begins only later."""
    full = len(before) + len(line.split(" ", 1)[0]) >= 72 and len(before) <= 80
    return full and bool(line.strip()) and not line.startswith(" ") and after.startswith(" ")


def unglued(text: str) -> list[str]:
    """One "Word: value" line for each field of a glued header, [] where it does not begin with a sender."""
    text = text.strip()[:8000]
    cuts: list[tuple[int, int, str, str]] = []
    seen: set[str] = set()
    for match in _STARTS.finditer(text):
        word = match[1]
        name = FIELD_OF.get(word.casefold(), OTHER)
        if not word[0].isupper() or name in seen or not _fits(text, match, name):
            continue
        seen.add(name)
        cuts.append((match.start(1), match.end(), word, name))
    if not cuts or cuts[0][3] not in (FROM, DATE, SUBJECT) or cuts[0][0] > 2 or FROM not in seen:
        return []
    ends = [start for start, *_ in cuts[1:]] + [len(text)]
    return [f"{word}: {text[begin:end].strip()}" for (_, begin, word, _), end in zip(cuts, ends, strict=True)]


def _fits(text: str, match: re.Match[str], name: str) -> bool:
    """Recipients stand behind an address; a date or a subject may also be glued to a zone or a word.

    Yahoo forgets the colon of some words; such a word counts only where it is glued to what stands before it.
    """
    before = text[: match.start()]
    if not match[2].strip() and (not before or before[-1].isspace()):
        return False
    before = before.rstrip()
    if not before:
        return True
    if name in (TO, CC, DATE):
        return before.endswith((">", ";", '"', "]"))
    return name == SUBJECT and len(match[1]) > 3
