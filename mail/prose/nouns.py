"""The nouns of job titles: words with their places, singulars, and whether a noun names people by what they do."""

import re
from functools import lru_cache
from typing import NamedTuple

from mail.prose.trades import ACRONYMS, GENERIC, HEADS, NOT_JOBS, STOP, SUFFIXES

_TOKEN = re.compile(r"[^\W_][\w'’.+#]*(?:[-/&][^\W_][\w'’]*)*|[^\w\s]")
_IRREGULAR = {
    "ops": "op",
    "men": "man",
    "women": "woman",
    "people": "person",
    "ppl": "person",
    "lives": "life",
    "staves": "staff",
    "busses": "bus",
    "buses": "bus",
}


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """The singular of an English noun, acronyms in capitals."""
    low = word.lower()
    if low in ACRONYMS:
        return ACRONYMS[low]
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    for plural, one in (("women", "woman"), ("men", "man"), ("people", "person")):
        if low.endswith(plural):
            return word[: -len(plural)] + one
    if low.endswith("ies") and len(low) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x)es$", low):
        return word[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3:
        return word[:-1]
    return word


@lru_cache(maxsize=4096)
def is_head(word: str) -> bool:
    """Whether a noun, in singular or plural, names people by what they do."""
    low = singular(word).lower().replace("’", "'")
    pieces = re.split(r"[-/&]", low)
    last = pieces[0] if len(pieces) == 2 and len(pieces[1]) == 1 else pieces[-1]
    if last in GENERIC:
        return True
    if low in NOT_JOBS or last in NOT_JOBS:
        return False
    return low in HEADS or last in HEADS or (len(last) > 4 and last.endswith(SUFFIXES) and last not in STOP)


class Token(NamedTuple):
    """A word or a sign of a sentence; `low` is the word in lower case."""

    text: str
    start: int
    end: int
    low: str
    word: bool


@lru_cache(maxsize=8)
def tokens_of(text: str) -> list[Token]:
    tokens = []
    for match in _TOKEN.finditer(text):
        said = match[0].rstrip(".'’") or match[0]
        low = said.lower().replace("’", "'")
        tokens.append(Token(said, match.start(), match.start() + len(said), low, said[0].isalnum()))
    return tokens


def title_of(said: str) -> str:
    """The title as a record shows it: singular, lower case but for acronyms and model numbers, blanks single."""
    words = re.split(r"\s+", said.strip(" .,;:*_()[]-–—\"'"))
    words = [word if _keeps_case(word) else word.lower() for word in words if word]
    if not words:
        return ""
    last = words[-1]
    if "/" in last:
        words[-1] = "/".join(singular(piece) for piece in last.split("/"))
    else:
        words[-1] = singular(last)
    return " ".join(words)


def _keeps_case(word: str) -> bool:
    return len(word) > 1 and word[:-1].isupper() and word.rstrip("s").isupper()
