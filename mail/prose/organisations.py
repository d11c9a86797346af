"""Capitalised phrases that may name an organisation, where they stand, and how well they fit a mail domain."""

import re
from dataclasses import dataclass
from functools import lru_cache

from mail.excerpts import Excerpt, joined_lines
from mail.prose.name_words import HONORIFICS, MAY_BEGIN, NOT_NAMES, ORG_WORDS, PRODUCTS, ROLES
from mail.prose.names import UPPER, fold, is_given, is_org_like, looks_personal
from mail.prose.places import find_places
from terms.words import LEGAL_FORMS

_WORD = (
    rf"(?:(?:St|Mt|Bros|Ft|Sta|[{UPPER}])\.(?= +[{UPPER}])|[{UPPER}][\w]*(?:['’][\w]+)*(?:[-.&][\w'’&]+)*|"
    rf"\d{{1,4}}(?:st|nd|rd|th)(?= +(?:& )?[{UPPER}])|\d{{1,4}}(?:[A-Z]\w*|-[A-Z]\w+)(?![\d/:.,$%]))"
)
_JOINT = r"(?: +| *& *| +(?:and|of|the|of the|de|de la|del|de los|y|e|i|for|at|la) +)"
_LEGAL = r"(?:,? +(?:Inc|LLC|L\.L\.C|Ltd|Co|Corp|LLP|LP|NFP|Sp\. z o\.? ?o|S\.A)\b\.?)"
_NUMBER = rf"(?: +\d{{1,4}}(?= +[{UPPER}][a-z]))?"
_PHRASE = re.compile(
    rf"(?<![\w@.$#/-])(?:(?:The|La|El|Los|Las) )?{_WORD}(?:{_NUMBER}{_JOINT}{_WORD}){{0,6}}{_LEGAL}?(?![\w@])"
)
_SPLIT = re.compile(r" +(?:and|of|for|at|y|e|i|de|del|de la|la) +")
_JOINED = re.compile(r"^(?:and|of|the|de|la|del|los|y|e|i|for|at|&|-)$")
_FOR = re.compile(
    r"(?i)^(?:the )?(?:[\w&'’-]+ ){0,2}(?:cent(?:er|re)|institute|council|partnership|alliance|home|"
    r"foundation|society|association|office|department|school|agency) (?:for|at) "
)
_TRANSIT = re.compile(
    r"(?i)^(?:the )?(?:blue|red|green|orange|brown|pink|purple|yellow|gold|silver|north|south|west|east) "
    r"(?:line|side|shore line)$"
)
_OF = re.compile(r" (?:of|de|w|z) ")
_SOLID = re.compile(r"\S+")
_LEGAL_DOT = re.compile(r"(?i)\b(?:inc|co|corp|ltd|s\.a|bros|st)\.$")
_LOWER_NEXT = re.compile(r" +[a-z0-9]")
_STANDS_ALONE = re.compile(r" +(?:in|on|at|needs?|wants?|is|has|and|for|to|called|will)\b")
_NOT_KEY = re.compile(r"[^a-z0-9' ]+")
_MOST = 400  # phrases of one text
_NOTICE = re.compile(
    r"(?i)\b(?:confidential|intended recipient|privileged|unauthori[sz]ed|disclaimer|virus|member fdic|"
    r"unsubscribe|destinatario|poufn)"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A capitalised phrase in a excerpt, cut to what may be a name. `key` is folded, without article and legal form."""

    excerpt: Excerpt
    start: int
    end: int
    words: str
    key: tuple[str, ...]


@lru_cache(maxsize=32)
def phrases(excerpt: Excerpt) -> tuple[Phrase, ...]:
    """The phrases of a excerpt that may name an organisation; notices of confidentiality are left out."""
    found: list[Phrase] = []
    for start, line in joined_lines(excerpt.text):
        if _NOTICE.search(line):
            continue
        for match in _PHRASE.finditer(line):
            for begin, end in _cuts(line, match.start(), match.end()):
                words = line[begin:end]
                key = key_of(words)
                if _TRANSIT.match(words):
                    continue
                if key and not set(key) <= PRODUCTS and sum(letter.isalpha() for letter in words) > 1:
                    found.append(Phrase(excerpt, start + begin, start + end, " ".join(words.split()), key))
        if len(found) > _MOST:
            break
    return tuple(found)


def alone_on_line(phrase: Phrase) -> bool:
    """Whether the phrase stands alone on its line, or between bars, as in a signature."""
    text = phrase.excerpt.text
    line = text[text.rfind("\n", 0, phrase.start) + 1 : (text.find("\n", phrase.end) + 1 or len(text) + 1) - 1]
    rest = line.replace(text[phrase.start : phrase.end], "")
    return len(re.sub(r"[\W\d_]", "", rest)) < 12 or bool(re.search(r"[|·•,]", rest))


def _cuts(line: str, start: int, end: int) -> list[tuple[int, int]]:
    """The phrase and, where "and" or "of" joins it, its halves; "for" and "at" join only a centre or council."""
    whole = line[start:end]
    kept = not (" for " in whole or " at " in whole) or bool(_FOR.match(whole))
    kept = kept and not ((" of " in whole or " de" in whole) and is_role(_SPLIT.split(whole)[0]))
    kept = kept and not _of_somebody(whole)
    spans = [(start, end)] if kept else []
    position = start
    for joint in _SPLIT.finditer(line, start, end):
        spans.append((position, joint.start()))
        rest = line[joint.end() : end]
        if not (" for " in rest or " at " in rest) or _FOR.match(rest):
            spans.append((joint.end(), end))
        position = joint.end()
    if len(spans) > 1:
        spans.append((position, end))
    trimmed = [_trim(line, begin, stop) for begin, stop in spans or [(start, end)]]
    return list(dict.fromkeys((begin, stop) for begin, stop in trimmed if stop > begin))


def _of_somebody(whole: str) -> bool:
    """ "Ann Lee of Elm Court", "Hotel Elm de Elgin": a person or a place joined to the name by "of"."""
    halves = _OF.split(whole)
    if len(halves) != 2:
        return False
    first, second = halves
    personal = len(first.split()) in (2, 3) and not is_org_like(first) and looks_personal(first)
    if personal and (is_org_like(second) or (is_given(first.split()[0]) and looks_personal(second))):
        return True
    places = find_places(second)
    return (
        is_org_like(first)
        and len(first.split()) > 1
        and bool(places)
        and places[0].end - places[0].start >= len(second) - 2
    )


def _trim(line: str, start: int, end: int) -> tuple[int, int]:
    words = [(m.start() + start, m.end() + start, m[0]) for m in _SOLID.finditer(line[start:end])]
    while words and _starts_sentence(words[0][2], len(words)):
        words.pop(0)
    while words and (_JOINED.match(words[-1][2].lower()) or _ends_nothing(words[-1][2])):
        if _OF_CARE.search(line[words[0][0] : words[-1][1]]):
            break
        words.pop()
    if not words:
        return start, start
    start, end = words[0][0], words[-1][1]
    said = line[start:end]
    legal = _LEGAL_DOT.search(said)
    if not legal:
        said = said.rstrip(".")
    following = line[start + len(said) : start + len(said) + 12]
    if said.endswith(("'s", "’s")):
        if _LOWER_NEXT.match(following) and not _STANDS_ALONE.match(following):
            said = said[:-2]
    elif said.endswith(("s'", "s’")):
        said = said[:-1]
    return start, start + len(said)


def _starts_sentence(word: str, count: int) -> bool:
    plain = word.lower().strip(".,'’")
    if plain.isdigit():
        return True
    if _JOINED.match(plain) and plain not in ("the", "la", "los"):
        return True
    if plain in ("the", "la", "el", "los", "las"):
        return count < 2
    return plain in NOT_NAMES and plain not in MAY_BEGIN and (plain not in ORG_WORDS or count < 2)


def _ends_nothing(word: str) -> bool:
    plain = word.lower().strip(".,'’")
    return plain in NOT_NAMES and plain not in ORG_WORDS and plain not in MAY_BEGIN


_OF_CARE = re.compile(
    r"(?i)(?:\b(?:home|health|child|day|elder|senior|eye|dental|urgent|skin|lawn|tree|pet|auto|memory|hospice|"
    r"nursing|"
    r"dementia|respite|animal|family|hair|foot|personal|primary) care|"
    r"[A-Z]\w+ [A-Z]\w+ nursing)$"
)
"""What ends a firm's name though it ends no other: "Carter Home Care", "Jackson Park Nursing"."""


@lru_cache(maxsize=4096)
def key_of(words: str) -> tuple[str, ...]:
    """Folded words without article, "and" and legal form: what decides that two spellings are one name."""
    plain = _NOT_KEY.sub(" ", fold(words).replace("&", " ").replace("’", "'").replace("-", " "))
    parts = [part.removesuffix("'s").replace("'", "") for part in plain.split()]
    kept = [
        part for part in parts if part and part not in ("the", "and", "of", "y", "e", "i") and part not in LEGAL_FORMS
    ]
    if kept and kept[0] in ("la", "el", "los", "las") and len(kept) > 1 and parts[0] == kept[0]:
        kept = kept[1:]
    return tuple(kept)


@lru_cache(maxsize=4096)
def domain_fit(key: tuple[str, ...], domain: str) -> float:
    """How much of a domain's name the words of a phrase spell, 0 to 1: ("cedar", "dairy") of cedardairy.example.

    Words count whole, by a beginning of four letters or more, or together by their initials.
    """
    label = _label(domain)
    if not label or not key:
        return 0.0
    initials = "".join(word[0] for word in key)
    if len(initials) >= 2 and (label == initials or (len(initials) >= 3 and label.startswith(initials))):
        return 0.9
    rest, covered = label, 0
    for word in sorted(set(key), key=len, reverse=True):
        piece = _longest_piece(word, rest)
        if piece and (len(piece) >= 3 or rest == piece or covered):
            rest = rest.replace(piece, "\n", 1)
            covered += len(piece)
    left = rest.replace("\n", "")
    if covered and left and "".join(word[0] for word in key).endswith(left):
        covered += len(left)
    return covered / len(label) if _begins(key, label) else 0.6 * covered / len(label)


def _begins(key: tuple[str, ...], label: str) -> bool:
    return any(label.startswith(word[:4]) for word in key if len(word) >= 3)


def _longest_piece(word: str, text: str) -> str:
    if word in text:
        return word
    for size in range(len(word) - 1, 3, -1):
        if word[:size] in text:
            return word[:size]
    return ""


def _label(domain: str) -> str:
    """The registered name of a domain without its ending: "mail.cedarhill.com" is cedarhill."""
    parts = [part for part in domain.lower().split(".") if part]
    if len(parts) < 2:
        return ""
    body = parts[:-1]
    if len(body) > 1 and body[-1] in ("co", "com", "org", "net", "edu", "gov", "k12", "il", "us"):
        body = body[:-1]
    return re.sub(r"[^a-z0-9]", "", fold(body[-1]))


_AND = re.compile(r" (?:and|y|e|i|oraz|&) ")


def is_person(words: str) -> bool:
    """A phrase that rather names a person than an organisation."""
    halves = _AND.split(words)
    if len(halves) == 2 and any(map(is_person, halves)) and all(map(_may_be_person, halves)):
        return True
    plain = words.split()
    plain = plain[1:] if plain and plain[0].lower().rstrip(".") in HONORIFICS else plain
    return len(plain) in (2, 3) and not is_org_like(words) and looks_personal(words) and is_given(plain[0])


def _may_be_person(words: str) -> bool:
    return looks_personal(words) and not is_org_like(words)


def is_role(words: str) -> bool:
    """A phrase that names a position or a department."""
    plain = [word.lower().strip(".,") for word in re.split(r"[\s/&]+", words) if word]
    return bool(plain) and (plain[-1] in ROLES or all(word in ROLES or word in NOT_NAMES for word in plain))
