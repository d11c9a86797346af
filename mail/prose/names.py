"""What is a personal name: found in running text, cleaned of titles and nicknames, and compared.

English, Spanish, Polish and other names: two to five words with capitals, particles ("de la", "al-"), hyphens,
apostrophes. Companies, places, weekdays and the words that begin sentences are no names.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from mail.prose.given_names import GIVEN_NAMES
from mail.prose.name_words import HONORIFICS, MAYBE_NAMES, NOT_NAMES, ORG_WORDS, PLACE_ENDINGS, ROLES, SURNAMES

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚẠ-Ỹ"
_CAPITAL = rf"[{UPPER}][\w]*(?:['’][\w]+)*(?:-[\w'’]+)*"
_INITIAL = rf"[{UPPER}]\."
_PARTICLE = (
    r"(?:de la|de los|de las|de|del|la|las|los|da|dos|do|di|du|van der|van den|van de|van|von|der|den|le|el|"
    r"al|bin|ibn|bint|ter|st\.?)"
)
_PREFIXED = rf"(?:al|el|ul|an|as|ash)-[{UPPER}][\w'’]*"
_WORD = rf"(?:{_PREFIXED}|{_CAPITAL}|{_INITIAL})"
_NICK = rf"(?:[\"“'‘][^\W\d_][\w .'’-]{{0,20}}[\"”'’]|\([{UPPER}][\w'’-]{{0,14}}\))"
_NAME = re.compile(
    rf"(?<![\w@.'’/-]){_CAPITAL}(?: +{_NICK})?(?: +(?:{_PARTICLE} +)?{_WORD}(?: +{_NICK})?){{1,4}}(?![\w@])"
)

_CREDENTIALS = re.compile(
    r"(?:,\s*|\s+)(?:jr|sr|ii|iii|iv|phd|ph\.d|md|m\.d|rn|lpn|aud|mba|cpa|esq|msw|lcsw|phr|sphr|shrm-?s?cp|"
    r"pe|cfm|csp|mph|ma|ms|edd|ed\.d|"
    r"she/her(?:/hers)?|he/him(?:/his)?|they/them(?:/theirs)?|ella|él)\.?$",
    re.IGNORECASE,
)
_PARENS = re.compile(r" ?\([^)]{0,80}\)")
_QUOTED = re.compile(r"\s*[\"“'‘(][^\"”'’)]{1,24}[\"”'’)](?=\s|$)")


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A personal name in a text. `known`: its first word is a common given name."""

    start: int
    end: int
    name: str
    known: bool


def fold(text: str) -> str:
    """Lower case without accents; ł and the like become their base letter."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.lower().translate(_STROKES))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


_STROKES = str.maketrans("łŁđĐøØßœŒ", "lLdDoOsoO")


@lru_cache(maxsize=4096)
def clean(name: str) -> str:
    """The name alone: "Last, First" turned, titles, degrees and quoted nicknames taken off, spaces single."""
    name = _PARENS.sub("", " ".join(name.split()[:40]))
    name = re.sub(r"(?i)\s+via\s+.+$", "", name.strip(" \t'\"*_,;:<>()[]")).strip("'\" ")
    for _ in range(3):
        name = _CREDENTIALS.sub("", name)
    name = _QUOTED.sub("", name).strip()
    last, comma, first = name.partition(",")
    if comma and first.strip() and len(last.split()) <= 3 and len(first.split()) <= 3:
        suffix = re.fullmatch(r"(?i)\s*(jr|sr|ii|iii)\.?\s*", first)
        name = last if suffix else f"{first.strip()} {last.strip()}"
    words = name.split()
    while len(words) > 1 and words[0].lower().rstrip(".") in HONORIFICS:
        words.pop(0)
    return " ".join(words)


@lru_cache(maxsize=8192)
def tokens(name: str) -> tuple[str, ...]:
    """The folded words of a name, initials without their full stop."""
    return tuple(word for word in re.split(r"[\s.]+", fold(clean(name))) if word)


@lru_cache(maxsize=4096)
def is_given(word: str) -> bool:
    word = fold(word).strip(".'’")
    return word in GIVEN_NAMES or ("-" in word and word.split("-")[0] in GIVEN_NAMES)


def is_org_like(phrase: str) -> bool:
    """Whether a word of the phrase makes it an organisation's name."""
    words = [word.strip(".,'’&()") for word in phrase.lower().split()]
    return "&" in phrase or any(word in ORG_WORDS for word in words)


@lru_cache(maxsize=8192)
def looks_personal(name: str) -> bool:
    """Whether a whole string (a cell, a header's display name, a bullet's head) can be one person's name."""
    name = clean(name)
    words = name.split()
    if not 1 < len(words) <= 5 or any(letter.isdigit() or letter in "@/&+|:;!?" for letter in name):
        return False
    return not any(_blocks(word) for word in words) and not _ends_in_org(words)


_CONTRACTED = frozenset(("d", "ll", "m", "re", "ve", "s", "t"))


def _blocks(word: str) -> bool:
    plain = word.lower().strip(".,'’")
    stem, apostrophe, ending = plain.replace("’", "'").partition("'")
    if apostrophe and ending in _CONTRACTED and stem in NOT_NAMES:
        return True
    first, hyphen, second = plain.partition("-")
    if hyphen and (first in NOT_NAMES or first in ROLES or first == "co") and (second in NOT_NAMES or second in ROLES):
        return True
    return (
        plain in NOT_NAMES
        and plain not in MAYBE_NAMES
        and not re.fullmatch(_PARTICLE, plain)
        and plain not in GIVEN_NAMES
    )


def _ends_in_org(words: list[str]) -> bool:
    plain = [word.lower().strip(".,'’") for word in words]
    return plain[-1] in ORG_WORDS and not (plain[0] in GIVEN_NAMES and len(plain) == 2 and plain[-1] in SURNAMES)


def find(text: str) -> list[NameSpan]:
    """The personal names of a text, two words at least, in order.

    Words that begin sentences or name jobs, places and organisations are cut off a run of capitals; what stays must be
    two words of which the run's place or a common given name makes a name.
    """
    found = []
    for match in _NAME.finditer(text):
        found += _trimmed(match)
    return found


def _trimmed(match: re.Match[str]) -> list[NameSpan]:
    words = [
        (word.start() + match.start(), word.end() + match.start(), word[0]) for word in re.finditer(r"\S+", match[0])
    ]
    spans, run = [], []
    for word in [*words, (0, 0, "the")]:
        family = len(run) == 1 and is_given(run[0][2]) and word[2].strip(".,'’").lower() in SURNAMES
        if (_blocks(word[2]) and not family) or (word[2].lower().rstrip(".") in HONORIFICS and not run):
            span = _span(run, match.string)
            spans += [span] if span else []
            run = []
        else:
            run.append(word)
    return spans


def _span(run: list[tuple[int, int, str]], text: str) -> NameSpan | None:
    while run and re.fullmatch(_PARTICLE, run[-1][2].lower()):
        run = run[:-1]
    while run and re.fullmatch(_PARTICLE, run[0][2]) and not run[0][2][0].isupper():
        run = run[1:]
    if len(run) > 2 and not is_given(run[0][2]) and is_given(run[1][2]) and run[1][2][0].isupper():
        run = run[1:]
    if len(run) > 2 and run[0][2].endswith("ing") and not is_given(run[0][2]):
        run = run[1:]  # "Copying Ann Lee"
    if len(run) < 2 or len(run[-1][2]) == 1:
        return None
    start, end = run[0][0], run[-1][1]
    if run[-1][2].lower().strip(".,'’") in PLACE_ENDINGS and not is_given(run[0][2]):
        return None
    said = _POSSESSIVE.sub("", text[start:end].rstrip(".,;:'’"))
    end = start + len(said)
    if is_org_like(said) and _ends_in_org(said.split()):
        return None
    name, known = clean(said), is_given(run[0][2])
    if not known and _AT_A_PLACE.search(text[max(0, start - 9) : start]):
        return None
    return NameSpan(start, end, name, known) if len(name.split()) > 1 else None


_POSSESSIVE = re.compile(r"['’]s$")
_AT_A_PLACE = re.compile(r"(?<!\w)(?:[Ii]n|[Oo]n|[Aa]t|[Nn]ear|past|off) $")
"""Nobody is called what stands behind these, unless his first name is known: "on Lucky Peak"."""


_SHORT_FORMS = {
    "bill": "william", "will": "william", "bob": "robert", "rob": "robert", "dick": "richard", "rick": "richard",
    "liz": "elizabeth", "beth": "elizabeth", "betty": "elizabeth", "peggy": "margaret", "meg": "margaret",
    "jack": "john", "ted": "edward", "ned": "edward", "jim": "james", "mike": "michael", "tony": "anthony",
    "kate": "katherine", "kathy": "katherine", "cathy": "catherine", "roz": "rosalind", "hank": "henry",
    "harry": "harold", "chuck": "charles", "larry": "lawrence", "terry": "terrence", "stosh": "stanislaw",
    "pepe": "jose", "paco": "francisco", "pancho": "francisco", "lupe": "guadalupe", "nacho": "ignacio",
    "chucho": "jesus", "lalo": "eduardo", "beto": "alberto", "kasia": "katarzyna", "gosia": "malgorzata",
    "krysia": "krystyna", "basia": "barbara", "zbyszek": "zbigniew", "tomek": "tomasz", "janek": "jan",
}  # fmt: skip
"""Short forms that do not begin the name; those that do ("Walt" of Walter) need no list."""


def _one_given(one: str, other: str) -> bool:
    """Whether two given names can be one person's: equal, a beginning of three letters, or a short form."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) > 2 and long.startswith(short)) or _SHORT_FORMS.get(short) == long


@lru_cache(maxsize=8192)
def same_person(left: str, right: str) -> bool:
    """Whether two names can be one person's: equal words, or one a part of the other (first name, family name)."""
    a, b = tokens(left), tokens(right)
    if not a or not b:
        return False
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if len(short) == 1:
        return short[0] in (long[0], long[-1]) or any(short[0] in part.split("-") for part in long)
    if short[-1] == long[-1] and _one_given(short[0], long[0]):
        return True
    return set(short) <= set(long)


_HONORED = re.compile(
    r"(?i)(?<!\w)(?:mr|mrs|ms|miss|dr|don|doña|sr|sra|pan|pani)\.? +(?P<name>[^\W\d_]{2,} +[^\W\d_]{2,})(?!\w)"
)
_BEFORE_PHONE = re.compile(
    r"(?<!\w)(?:is|named|called|for|contact|call|with|owner|boss|manager|foreman),? (?P<name>[^\W\d_]{2,} "
    r"[^\W\d_]{2,})(?=,? {0,2}(?:at |cell |tel |phone |is )?\(?\d{3}\)?[ .-]{1,2}\d{3})"
)
_LOWER = re.compile(
    r"(?<![\w@.'’/-])(?=(?P<first>[^\W\d_]{2,}(?:-[^\W\d_]+)?) (?P<last>[^\W\d_]{2,}(?:[-'’][^\W\d_]+)?)(?![\w@]))"
)


def typed_low(text: str) -> bool:
    """Whether a text was typed (on a phone, say) with hardly any capitals."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) > 5 and sum(word.istitle() for word in words) <= 0.03 * len(words)


def find_low(text: str) -> list[NameSpan]:
    """Names without capitals: a common given name with a word behind it, or "mr" and two words; capitals added."""
    spans = {}
    for match in _HONORED.finditer(text):
        if not any(word.lower() in NOT_NAMES for word in match["name"].split()):
            spans[match.start("name")] = (match.start("name"), match.end("name"))
    for match in _BEFORE_PHONE.finditer(text):
        if not any(word.lower() in NOT_NAMES or word.lower() in ORG_WORDS for word in match["name"].split()):
            spans[match.start("name")] = (match.start("name"), match.end("name"))
    for match in _LOWER.finditer(text):
        first, last = match["first"].lower(), match["last"].lower()
        if is_given(first) and first not in NOT_NAMES and last not in NOT_NAMES and last not in ORG_WORDS:
            spans.setdefault(match.start(), (match.start(), match.end("last")))
    found = []
    for start, end in sorted(spans.values()):
        if not found or start >= found[-1].end:
            name = " ".join(word[:1].upper() + word[1:] for word in text[start:end].lower().split())
            found.append(NameSpan(start, end, name, True))
    return found
