"""Header blocks that lost their line breaks: Yahoo's plain text glues "From: ...To: ...Sent: ..." into one line."""

import re

from mail.clients import CC, DATE, FIELD_OF, FROM, OTHER, SUBJECT, TO

# Only words that begin with a capital count, and where they are short, only behind an address or a quote.
_WORDS = sorted(FIELD_OF, key=len, reverse=True)
_STARTS = re.compile(
    "(" + "|".join(re.escape(word) for word in _WORDS) + r")(\s?[:：]\s?| )", re.I
)


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
