"""An employer's name out of words without capitals: those that spell its mail domain, or stand where a name stands."""

import re
from collections.abc import Iterator, Sequence

from mail.excerpts import Excerpt
from mail.prose.name_words import NOT_NAMES, ORG_WORDS
from mail.prose.names import fold, typed_low
from mail.values import Fact

_WHERE = (
    re.compile(
        r"(?im)(?:^|[.?!] )(?:(?:hi|hey|hello)[^\n]{0,20}\n+|[^\W\d_]{2,15} ?[-–—,:]+ "
        r")?(?P<name>[^\W\d][\w&'’ -]{3,48}?),? (?:(?:over |out )?(?:in|on|at) [\w ']{3,24} )?(?:wants?|"
        r"needs?|is looking|are looking|is hiring|called|could use|busca|necesita|szuka)\b"
    ),
    re.compile(
        r"(?i)\b(?:jobs?|openings?|positions?|work|opening|need|place|lead) (?:at|from|for|with) (?:the "
        r")?(?P<name>[^\W\d][\w&'’-]*(?: [\w&'’-]+){1,4}?)(?= in |[.,;:\n]|$)"
    ),
    re.compile(r"(?i)\b(?:at|from|with) (?P<name>[^\W\d][\w&'’-]*(?: [\w&'’-]+){1,4}?)(?= in |[.,;:(\n]|$)"),
)
_NO_NAME = re.compile(
    r"(?i)(?:i|we|you|he|she|they|it|the|this|that|who|our|my|one|someone|somebody|anyone|there|can|does|do|if|so|and|"
    r"home|least|all|work|me|us|him|her|them)\b"
)
_WORD = re.compile(r"[\w'’&]+")
_NO_LETTER = re.compile(r"[^a-z0-9]")


def spelled(domain: str, texts: Sequence[Excerpt]) -> Fact | None:
    """The words that spell a domain: "elm auto" of elmauto.example, as the fact "employer.name"."""
    label = _NO_LETTER.sub("", domain.rpartition(".")[0].rpartition(".")[2])
    for excerpt in texts:
        words = list(_WORD.finditer(excerpt.text))
        for number, first in enumerate(words):
            end = _spelling(words[number : number + 5], label)
            if end > first.end():
                said = excerpt.text[first.start() : end]
                return excerpt.fact("employer.name", _capitals(said), first.start(), end, 0.7)
    return None


def _spelling(words: Sequence[re.Match[str]], label: str) -> int:
    """Where the words end that spell the label from the first on, -1 if they do not."""
    said = ""
    for word in words:
        said += _NO_LETTER.sub("", fold(word[0]))
        if said == label:
            return word.end()
        if not said or not label.startswith(said):
            return -1
    return -1


def lower_case(texts: Sequence[Excerpt]) -> Fact | None:
    """In a text without capitals the words before "needs" or behind "jobs at", as the fact "employer.name"."""
    for excerpt in texts:
        if excerpt.part != "subject" and typed_low(excerpt.text):
            for start, end in _places(excerpt.text):
                return excerpt.fact("employer.name", _capitals(excerpt.text[start:end]), start, end, 0.6)
    return None


_BEHIND = re.compile(r"\b(?:for|at|to|about|from|with) (?P<name>(?:[^\W\d][\w&'’-]* ){1,4}[^\W\d][\w&'’-]*)")


def _places(text: str) -> Iterator[tuple[int, int]]:
    yield from _with_its_kind(text)
    for pattern in _WHERE:
        for match in pattern.finditer(text):
            if not _NO_NAME.match(match["name"]):
                yield match.start("name"), match.end("name")


def _with_its_kind(text: str) -> Iterator[tuple[int, int]]:
    """ "2 for beaumont cold storage": words that end with what a firm is."""
    for match in _BEHIND.finditer(text):
        words = match["name"].split(" ")
        kinds = [number for number, word in enumerate(words) if number and word.lower() in ORG_WORDS]
        if kinds and not _NO_NAME.match(match["name"]) and words[0].lower() not in NOT_NAMES:
            yield match.start("name"), match.start("name") + len(" ".join(words[: kinds[-1] + 1]))


def _capitals(said: str) -> str:
    return " ".join(word if word in ("of", "and", "the") else word[:1].upper() + word[1:] for word in said.split())
