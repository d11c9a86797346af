"""Counts in words and digits, in three languages: "a dozen", "5 or 6", "una decena", "dwóch"; a handful is none."""

import re
from dataclasses import dataclass
from functools import lru_cache

from mail.prose.trades import word_set

_ENGLISH = {
    "both": 2,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy":
    70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SPANISH = {
    "un": 1, "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciséis": 16,
    "dieciseis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veintiún": 21, "veintiuno":
    21, "veintidós": 22, "veintidos": 22, "veintitrés": 23, "veinticuatro": 24, "veinticinco": 25, "treinta": 30,
    "cuarenta": 40, "cincuenta": 50, "sesenta": 60,
}  # fmt: skip
_POLISH = {
    "jeden": 1, "jedna": 1, "jednego": 1, "jedną": 1, "jednej": 1, "dwa": 2, "dwie": 2, "dwóch": 2, "dwoje": 2,
    "dwu": 2, "trzy": 3, "trzech": 3, "troje": 3, "jedno": 1, "cztery": 4, "czterech": 4, "czworo": 4, "pięć": 5,
    "pięciu": 5,
    "pięcioro": 5, "sześć": 6, "sześciu": 6, "siedem": 7, "siedmiu": 7, "osiem": 8, "ośmiu": 8, "dziewięć": 9,
    "dziewięciu": 9, "dziesięć": 10, "dziesięciu": 10, "jedenaście": 11, "jedenastu": 11, "dwanaście": 12,
    "dwunastu": 12, "piętnaście": 15, "piętnastu": 15, "szesnastu": 16, "osiemnastu": 18, "dwadzieścia": 20,
    "dwudziestu": 20, "trzydzieści": 30, "trzydziestu": 30, "czterdziestu": 40, "pięćdziesięciu": 50,
}  # fmt: skip
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_COLLECTIVE = {
    "dozen": 12, "docena": 12, "decena": 10, "quincena": 15, "veintena": 20, "pair": 2, "couple": 2, "par": 2,
    "tuzin": 12, "dziesiątka": 10, "dziesiątkę": 10, "tuzina": 12, "score": 20, "parę": None, "kilku": None,
    "kilka": None,
    "kilkoro": None, "kilkunastu": None, "paru": None,
}  # fmt: skip
VAGUE = word_set("""
few several some handful bunch many various multiple algunos algunas varios varias unos unas
""")
VALUES: dict[str, dict[str, int]] = {"en": _ENGLISH, "es": _SPANISH, "pl": _POLISH}
ARTICLES = {"en": frozenset({"a", "an"}), "es": frozenset({"un", "una"}), "pl": frozenset()}
_MORE = {
    "en": r"(?:\s+(?:more|additional|extra|new|other|open)(?!\w))?",
    "es": r"(?:\s+(?:más|nuevos|nuevas)(?!\w))?",
    "pl": r"(?:\s+(?:nowych|kolejnych|dodatkowych)(?!\w))?",
}


def _words(language: str) -> str:
    return "|".join(sorted(map(re.escape, VALUES[language]), key=len, reverse=True))


def _number(language: str) -> str:
    compound = rf"(?:{_TENS})[- ](?:{_UNITS})|" if language == "en" else ""
    return rf"(?:{compound}{_words(language)}|\d{{1,3}}(?![\d,.]*\d))"


def _pattern(language: str) -> re.Pattern[str]:
    number = _number(language)
    alternative = {"en": r"or|to|and maybe|maybe", "es": r"o|u|a", "pl": r"lub|albo|czy|do"}[language]
    collective = {
        "en": r"(?:(?P<half>half (?:a )?)|(?P<times>two|three|2|3|a|one)\s+)?(?P<collective>dozen|couple|pair|"
        r"score)(?:\s+of)?",
        "es": r"(?:(?P<half>media )|(?P<times>un|una|dos|2)\s+)(?P<collective>docena|decena|quincena|veintena|"
        r"par)s?(?:\s+de)?",
        "pl": r"(?P<half>(?!))?(?P<times>(?!))?(?P<collective>tuzina?|dziesiątk[aę]|kilku|kilka|kilkoro|kilkunastu|"
        r"parę|paru)",
    }[language]
    article = {"en": r"an additional|another|an?", "es": r"otr[oa]|(?!)", "pl": r"jeszcze jeden|jeszcze jednego|(?!)"}[
        language
    ]
    return re.compile(
        rf"(?<![\w$#€.,/:-])(?:{collective}(?!\w)"
        rf"|(?:(?:between|entre|od|między)\s+(?P<low2>{number})\s+(?:and|y|a|do)\s+(?:{number})(?!\w))"
        rf"|(?P<low>{number})(?:\s*(?:{alternative}|[-–—/])\s*(?P<high>{number}))?(?:\s*[x×](?=\s))?(?![\w%$:]|"
        rf"[.,]\d|-\w){_MORE[language]}"
        rf"|(?P<article>{article})(?!\w){_MORE[language]})",
        re.IGNORECASE,
    )


_PATTERNS = {language: _pattern(language) for language in VALUES}


@dataclass(frozen=True, slots=True)
class Count:
    """A count in a text. `value` None where the words name no number ("kilku"). `article`: only "a" or "another"."""

    start: int
    end: int
    value: int | None
    article: bool = False
    digits: bool = False


def value_of(word: str, language: str = "en") -> int | None:
    """The number a word or a string of digits names, None if it names none."""
    word = word.lower().strip()
    if word.isdigit():
        return int(word)
    if language == "en":
        parts = re.split(r"[- ]", word)
        if len(parts) == 2 and all(part in _ENGLISH for part in parts):
            return _ENGLISH[parts[0]] + _ENGLISH[parts[1]]
    return VALUES[language].get(word)


@lru_cache(maxsize=16)
def find_counts(text: str, language: str = "en") -> list[Count]:
    """Every count of the text, in order. Of "5 or 6" the lower number counts: that many are wanted for certain."""
    found, end, first_words, pattern = [], 0, _FIRST_WORDS[language], _PATTERNS[language]
    for word in _WORD.finditer(text):
        if word.start() < end or not (word[0].lower() in first_words or word[0][0].isdigit()):
            continue
        match = pattern.match(text, word.start())
        if match is not None:
            found.append(_count(match, language))
            end = match.end()
    return found


_WORD = re.compile(r"[^\W_]+")
_FIRST_WORDS = {
    "en": frozenset({*_ENGLISH, *_COLLECTIVE, "half", "between", "a", "an", "another"}),
    "es": frozenset({*_SPANISH, "media", "entre", "otro", "otra"}),
    "pl": frozenset({*_POLISH, *_COLLECTIVE, "od", "między", "jeszcze"}),
}
"""Words that a count may begin with: the long pattern is tried only there."""


def _count(match: re.Match[str], language: str) -> Count:
    if match["collective"]:
        base = _COLLECTIVE[match["collective"].lower()]
        times = value_of(match["times"] or "", language) or 1
        value = None if base is None else base // 2 if match["half"] else base * times
        return Count(match.start(), match.end(), value)
    if match["article"]:
        more = language == "en" and match["article"].lower() not in ARTICLES["en"]
        return Count(match.start(), match.end(), 1, article=not more)
    if match["low2"]:
        return Count(match.start(), match.end(), value_of(match["low2"], language))
    low = value_of(match["low"], language)
    return Count(match.start(), match.end(), low, match["low"].lower() in ARTICLES[language], match["low"].isdigit())
