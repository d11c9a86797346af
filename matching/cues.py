"""From the words of a mail to the words that mean: folding, stems, and what surrounds a title but is no part of it."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from matching.short_forms import KEPT, SHORT_FORMS, STOP_WORDS, SUFFIXES

_NOT_WORD = re.compile(r"[^a-z0-9+#]+")
_BRACKETS = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]")

# What hiring mails say around a title. Every alternative is anchored by a word and bounded, so the time is linear.
_MONEY = (
    r"(?:(?:starting|start|pays?|paying|from|up to) )?(?:at )?\$ ?\d[\d.,]{0,9}k?"
    r"(?: ?(?:-|–|to) ?\$? ?\d[\d.,]{0,9}k?)?(?: ?(?:/|per|an|a) ?(?:hr|hour|h|week|wk|year|yr|annum))?"
)
_WHEN = (
    r"(?:to start|starting|start|beginning)(?: in| on| next| this| mid| early| late)? ?"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|week|month|spring|summer|fall|winter|immediately|now|soon|asap)"
)
_SHIFT = (
    r"(?:(?:for|on|the|our|their|a|both) )?(?:(?:the|our|a) )?"
    r"(?:first|second|third|1st|2nd|3rd|day|night|evening|morning|overnight|graveyard|weekend|swing)"
    r"(?: and (?:second|third|2nd|3rd|night))? shifts?"
)
_SIDE = (
    r"(?:on|in|at|from|near|around|for)(?: the| our| their| a)?(?: new)?(?: far| near)? ?"
    r"(?:north|south|east|west|northwest|southwest|northeast|southeast)(?: |-)?(?:side|suburbs?|loop)"
)
_SITE = (
    r"(?:at|for|in|to)(?: the| our| their| a)(?: new)? (?:site|warehouse|plant|facility|location|shop|store|office"
    r"|hotel|hospital|clinic|school|restaurant|factory)"
)
_TERMS = (
    r"(?:full|part)(?: |-)time|with benefits|plus benefits|benefits included|asap|right away|immediately"
    r"|temp(?: |-)to(?: |-)(?:hire|perm)|per diem|seasonal|bilingual preferred"
)
_NOISE = re.compile(rf"\b(?:{_WHEN}|{_SHIFT}|{_SIDE}|{_SITE}|{_TERMS})\b|{_MONEY}")
_IN_PLACE = re.compile(
    r"\b(?:in|near|around|out of|from) (?:the )?[A-Z][\w.'-]{1,30}(?: [A-Z][\w.'-]{1,30}){0,3}(?:, ?[A-Z]{2})?\b"
)
_ASK = re.compile(
    r"\b(?:(?:they|we|he|she|i|who|company|employer|client)?(?:'re|'s| is| are)? ?"
    r"(?:also |now |currently |urgently )?"
    r"(?:needs?|needing|looking for|looking to hire|looking to fill|hiring(?: for)?|seeking|searching for|could use"
    r"|wants?|trying to (?:fill|hire|find)|recruiting(?: for)?|in need of|has openings for|have openings for"
    r"|openings? for|positions? for|busca(?:n|mos)?|necesita(?:n|mos)?|szuka(?:ją|my)?|potrzebuj[ąe](?:my)?))\b"
)
_COUNT = re.compile(
    r"\b(?:about |around |up to |at least |some |several |a few |a couple of |a dozen |\d{1,4} ?(?:-|–|to|or) ?)?"
    r"(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)\b"
    r"(?! ?(?:ton|axle|phase|class))"
)
_TAIL = re.compile(
    r"\b(?:openings?|positions?|spots?|roles?|jobs?|vacanc(?:y|ies)|slots?|seats?|people"
    r"|workers? wanted|wanted|needed)\b"
)
_CLAUSE = re.compile(
    r"(?<=[a-z]{5})\.(?= |$)|[;!?\n]| - | – |\bcan (?:anyone|you|anybody|somebody)\b"
    r"|\bfor [A-Z]\w{0,30} (?:Corp|Inc|LLC|Co)\b"
)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Lower case without accents, brackets or punctuation (+ and # stay: C++, C#), one blank between words."""
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L"))
        text = plain.encode("ascii", "ignore").decode()
    return " ".join(_NOT_WORD.sub(" ", _BRACKETS.sub(" ", text.lower())).split())


@lru_cache(maxsize=16384)
def words_of(text: str) -> tuple[str, ...]:
    """Folded words with the usual short forms of titles written out: "Maint. Tech" -> maintenance, technician."""
    return tuple(full for word in fold(text).split() for full in SHORT_FORMS.get(word, word).split())


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A rough root: welder, welders, welding -> weld. Words of three letters and marked ones stay."""
    if len(word) <= 3 or word in KEPT:
        return word
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            root = word[: -len(suffix)]
            return root[:-1] if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "sl" else root
    return word


def tokens(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order, repeated ones kept."""
    return [stem(word) for word in words_of(text) if word not in STOP_WORDS]


def grams(text: str, sizes: tuple[int, ...] = (3, 4)) -> Iterator[str]:
    """Character n-grams of each word, with its edges marked: " wel", "weld", "elde", ..."""
    return chain.from_iterable(_grams_of_word(word, sizes) for word in words_of(text))


@lru_cache(maxsize=65536)
def _grams_of_word(word: str, sizes: tuple[int, ...]) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple(padded[start : start + size] for size in sizes for start in range(max(1, len(padded) - size + 1)))


def title_words(phrase: str) -> str:
    """The title inside a phrase of a mail: "hiring 12 forklift operators for second shift" -> "forklift operators".

    A plain title comes back as it is. Where nothing would be left the phrase itself is returned.
    """
    phrase = " ".join(phrase[:2000].split())[:400]
    asked = _ASK.search(phrase.lower())
    words = phrase[asked.end() :] if asked and len(phrase) - asked.end() > 3 else phrase
    words = _IN_PLACE.sub(" ", words)
    clause = next((part for part in _CLAUSE.split(words) if part and len(part.strip()) > 2), words)
    low = _NOISE.sub(" ", clause.lower())
    bare = _TAIL.sub(" ", _COUNT.sub(" ", low)) if asked or _COUNT.search(low) else low
    return " ".join(bare.split()) or phrase
