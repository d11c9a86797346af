"""A company name taken apart: core words, legal form, numbers, d/b/a; and two of them laid side by side."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from matching.normalize import fold, words
from matching.words import (
    ABBREVIATIONS,
    ANNOTATIONS,
    DBA_MARKS,
    EMPTY_WORDS,
    FIELD_LABELS,
    LEGAL,
    LEGAL_PHRASES,
    NUMBER_WORDS,
)

_DBA = re.compile(r"(?<![a-z0-9])(?:" + "|".join(re.escape(mark) for mark in DBA_MARKS) + r")(?![a-z0-9])")
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]{0,80})(?:[)\]}]|$)")
_LABEL = re.compile(r"^\s*([a-z]{1,15})(?: name)?\s*:")
_STATE_OF_INCORPORATION = re.compile(r"\s*/\s?[a-z]{2,3}\s?/?\s*$")
_SEPARATORS = re.compile(r" - |,| of ")
MOST_NAMES = 4
MOST_WORDS = 14


@dataclass(frozen=True, slots=True)
class NameForm:
    """`tokens` are the core words in order, singular and written out; `legal` the forms that were dropped from them;
    `initials` the first letters of the core words, and those of all words; `short` the core run together without what
    stands behind the last dash, comma, bracket or "of": often a place."""

    tokens: tuple[str, ...]
    legal: frozenset[str]
    compact: str
    initials: tuple[str, ...] = ()
    short: str = ""
    kind: str = "name"


@lru_cache(maxsize=65536)
def word_form(word: str) -> str:
    """One spelling a word: "svcs", "services" and "service" are "service", "two" and "ii" are "2"."""
    word = NUMBER_WORDS.get(word, word)
    word = ABBREVIATIONS.get(word, word)
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith("ie"):
        word = word[:-2] + "y"
    elif len(word) > 3 and word[-1] == "s" and word[-2] not in "sui":
        word = word[:-1]
    return word.lstrip("0") or "0" if word.isdigit() else word


def name_forms(name: str, aliases: tuple[str, ...] = ()) -> tuple[NameForm, ...]:
    """The names a company goes by: what stands before and after d/b/a, and its aliases; at most MOST_NAMES."""
    pieces = [piece for piece in _DBA.split(_bare(name)) if piece.strip()]
    forms = [_form(piece, "name" if position == 0 else "dba") for position, piece in enumerate(pieces)]
    forms += [_form(piece, "alias") for alias in aliases[:MOST_NAMES] for piece in _DBA.split(_bare(alias))]
    seen: dict[tuple[str, ...], NameForm] = {}
    for form in forms:
        if form.tokens:
            seen.setdefault(form.tokens, form)
    return tuple(seen.values())[:MOST_NAMES]


def _bare(name: str) -> str:
    """Without "Employer:" in front, "(new)" behind, and the state of incorporation of stock lists ("/DE/")."""
    text = fold(name)
    if (found := _LABEL.match(text)) and found[1] in FIELD_LABELS:
        text = text[found.end() :]
    text = _BRACKETS.sub(lambda match: " " if set(match[1].split()) <= ANNOTATIONS else f" - {match[1]} ", text)
    return text if _DBA.search(text) else _STATE_OF_INCORPORATION.sub("", text)


def _form(text: str, kind: str) -> NameForm:
    form = _plain_form(text, kind)
    cut = max((match.start() for match in _SEPARATORS.finditer(text)), default=0)
    short = _plain_form(text[:cut], kind).compact if cut else ""
    return replace(form, short=short) if short and short != form.compact else form


def _plain_form(text: str, kind: str) -> NameForm:
    found = list(words(text))[: MOST_WORDS + 4]
    legal: set[str] = set()
    kept: list[str] = []
    position = 0
    while position < len(found):
        word = found[position]
        if kept and word in _PHRASE_STARTS:
            phrase = next((p for p in LEGAL_PHRASES if tuple(found[position : position + len(p)]) == p), None)
            if phrase:
                legal.add("".join(phrase))
                position += len(phrase)
                continue
        if word in LEGAL and (kept or word not in _FIRST_WORDS):
            legal.add(_LEGAL_SAME.get(word, word))
        else:
            kept.append(word)
        position += 1
    kept = [word for position, word in enumerate(kept) if word != "s" or position == 0]
    core = [word_form(word) for word in kept if word not in EMPTY_WORDS] or [word_form(word) for word in kept or found]
    tokens = tuple(_join_letters(core))[:MOST_WORDS]
    named = (tokens, [word for word in found if word not in EMPTY_WORDS], found)
    letters = tuple(dict.fromkeys("".join(word[0] for word in spoken) for spoken in named))
    return NameForm(tokens, frozenset(legal), "".join(tokens), letters if len(tokens) > 1 else (), "", kind)


_PHRASE_STARTS = frozenset(phrase[0] for phrase in LEGAL_PHRASES)
_FIRST_WORDS = {"company", "corporation", "pa", "sa", "co", "ag", "as", "ab", "sc", "pc"}
_LEGAL_SAME = {
    "incorporated": "inc", "corporation": "corp", "limited": "ltd", "company": "co", "chtd": "chartered",
    "ltda": "ltd", "nonprofit": "nfp",
}  # fmt: skip


def _join_letters(tokens: list[str]) -> list[str]:
    """ "j", "p", "stone" is "jp", "stone": single letters in a row are one word."""
    joined: list[str] = []
    letters = ""
    for token in tokens:
        if len(token) == 1 and token.isalpha():
            letters += token
            continue
        if letters:
            joined.append(letters)
            letters = ""
        joined.append(token)
    return [*joined, letters] if letters else joined


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which words of two names go together. `slips` counts letters that differ inside paired words."""

    shared: tuple[str, ...]
    close: tuple[tuple[str, str], ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    slips: int


@lru_cache(maxsize=100_000)
def align(a: tuple[str, ...], b: tuple[str, ...]) -> Alignment:
    """Equal words first, then words run together or torn apart, then misspelt ones, then abbreviations."""
    left, right = list(a), list(b)
    shared = []
    for word in a:
        if word in right:
            shared.append(word)
            left.remove(word)
            right.remove(word)
    close: list[tuple[str, str]] = []
    slips = 0
    if left and right:
        slips += _pair_misspelt(left, right, close)
        _pair_abbreviated(left, right, close)
    if left and right:
        slips += _pair_joined(left, right, close)
    return Alignment(tuple(shared), tuple(close), tuple(left), tuple(right), slips)


def _allowed(length: int) -> int:
    """Letters that may differ in a word of this length: 0 up to three letters, 1 up to six, then 2."""
    return 0 if length < 4 else 1 if length < 7 else 2


def _pair_misspelt(left: list[str], right: list[str], close: list[tuple[str, str]]) -> int:
    options = []
    for x in left:
        for y in right:
            most = _allowed(max(len(x), len(y)))
            if most and not x.isdigit() and not y.isdigit():
                distance = OSA.distance(x, y, score_cutoff=most)
                if distance <= most:
                    options.append((distance, x, y))
    slips = 0
    for distance, x, y in sorted(options):
        if x in left and y in right:
            left.remove(x)
            right.remove(y)
            close.append((x, y))
            slips += distance
    return slips


def _pair_abbreviated(left: list[str], right: list[str], close: list[tuple[str, str]]) -> None:
    """ "tech" and "technology", "j" and "john", "mgt" and "management"."""
    for x in tuple(left):
        for y in tuple(right):
            short, long = sorted((x, y), key=len)
            if x in left and y in right and _abbreviates(short, long):
                left.remove(x)
                right.remove(y)
                close.append((x, y))


def _abbreviates(short: str, long: str) -> bool:
    if short.isdigit() or long.isdigit() or short[0] != long[0] or len(short) == len(long):
        return False
    return len(short) > 2 and (long.startswith(short) or (len(long) > len(short) + 2 and _consonants(long) == short))


@lru_cache(maxsize=65536)
def _consonants(word: str) -> str:
    return word[0] + "".join(letter for letter in word[1:] if letter not in "aeiouy")


def _pair_joined(left: list[str], right: list[str], close: list[tuple[str, str]]) -> int:
    """ "face book" and "facebook", "eloxxp harmacy" and "eloxx pharmacy": the rests, run together, nearly equal."""
    x, y = "".join(left), "".join(right)
    most = min(3, max(len(x), len(y)) // 5) or int(min(len(x), len(y)) == 3 and len(left) == len(right) == 1)
    distance = OSA.distance(x, y, score_cutoff=most)
    if not most or distance > most:
        return 0
    close.append((x, y))
    left.clear()
    right.clear()
    return distance
