"""Where the work is: known towns and neighbourhoods, places told by their form, corners and addresses.

A place in an organisation's name, on the way to work or in a signature counts less or not at all.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from mail.prose.chicagoland import AREAS, ORDINARY, PERSONS, TOWNS
from mail.prose.unlisted import unlisted

_SITE = (
    r"plants?|yard|warehouse|facility|site|location|garage|hub|shop|store|office|campus|hotel|clinic|kitchen|"
    r"terminal|depot|"
    r"building|branch|center|centre|floor|factory|bakery|restaurant|salon|works?hop|distribution center|dc|lot|base|"
    r"barn|"
    r"nursery|mill|shipyard|stockroom|market|cafe|café|daycare|home|residence|"
    r"hospital|showroom|studio|line|dock|location"
)
_STREET = (
    r"(?:Street|St|Avenue|Ave|Boulevard|Blvd|Road|Rd|Drive|Dr|Lane|Ln|Parkway|Pkwy|Highway|Hwy|Court|Ct|Place|"
    r"Pl|Way|Terrace|Pike)\b\.?"
)
_ADDRESS = re.compile(
    rf"(?<![\w#])\d{{1,5}}\s+(?:[NSEW]\.?\s+|North |South |East |West )?(?:[A-Z0-9][\w'.]*\s+){{1,3}}{_STREET}"
)
_ADDRESS_NO_TYPE = re.compile(r"(?<![\w#$])\d{2,5}\s+[NSEW]\.?\s+(?:[A-Z][\w']+)(?:\s+[A-Z][\w']+)?")
_CORNER = re.compile(
    r"(?<![\w])((?:\d{1,3}(?:st|nd|rd|th)|(?!In\b|On\b|At\b|The\b)[A-Z][a-z']+)(?: (?:St|Ave|Street|"
    r"Avenue)\.?)?)\s+(?:and|&|y|at|i)\s+"
    r"((?:\d{1,3}(?:st|nd|rd|th)|[A-Z][a-z']+)(?: (?:St|Ave|Street|Avenue)\.?)?)(?!\w)"
)
_CORNER_CUE = re.compile(r"(?i)(?:corner of|esquina de|at|on|is|near|by|en|at the corner of|rogu)\s+(?:la\s+)?$")
_AWAY_BEFORE = re.compile(
    r"(?i)(?:\b(?:metra|pace|cta|bus|train|transport\w*|commut\w+|lives?|from|moved? (?:here )?from|van from|shuttle "
    r"from|near|ride from|desde|serves?|serving|across|minutes from|by|outside|"
    r"job fair|career fair|fair|(?:grew|born|raised) (?:up )?in|between|met (?:at|in)|event (?:in|at))\s+(?:the\s+|"
    r"in\s+|at\s+|to\s+|of\s+)?)$"
)
_AWAY_AFTER = re.compile(
    r"(?i)^\s+(?:job fair|career fair|fair|metra|stop|station|blue line|red line|train\b|bus\b|pace|chamber|library|"
    r"expo|"
    r"event|college|school|high school|community|"
    r"residents?|people live|ave(?:nue)?|st(?:reet)?|road|rd|blvd|boulevard)\b"
)
_SITE_AFTER = re.compile(rf"(?i)^\s+(?:{_SITE})\b")
_ORG_AFTER = re.compile(
    r"^\s+(?!(?:Plant|Yard|Terminal|Airport|Mall|Depot|Building|Plaza|Warehouse|Facility|Site|Location|Garage|Hub|Shop|"
    r"Store|Office|Campus|IL|Illinois|I|The|We|"
    r"They|He|She|Our|Start|Pay|Monday|Tuesday|Starting)\b)"
    r"(?:&|[A-Z][a-z]+)"
)
_IN_BEFORE = re.compile(
    r"(?i)(?:\b(?:in|inside|within|at|en|w|we|from our|our|(?:end|side|part|heart|edge|middle|outskirts|village|town|"
    r"city) of|"
    r"nuestr[oa]|nasz\w*|(?:planta|bodega|fábrica|oficina|tienda|restaurante|taller|almacén|clínica|sucursal) de|site|"
    r"location|worksite|based|located|over in|out in|"
    r"down in|up in|outside|outside of|to|still)\s*:?\s+(?:the\s+|our\s+|nuestr[oa]\s+|downtown\s+|el\s+|la\s+)?)$"
)
_EMPLOYS = re.compile(r"(?i)\b(?:employees?|employs?|people|based|located|works?|plant|jobs?|staff)\b[^.;]{0,24}$")
_ELSEWHERE = re.compile(
    r"(?i)\b(?:employs?|has|have) (?:about |over )?[\d,]+ (?:people |workers |employees |"
    r"staff )?(?:in|at) $"
)
_FORMER = re.compile(
    r"(?i)\b(?:(?:former|old)\b[^.;]{0,6}|(?:used to|had worked|was founded|moved from|grew up|originally|until)\b"
    r"[^.;]{0,30})$"
)
_FOLD = str.maketrans("’`áéíóúÁÉÍÓÚ", "''aeiouAEIOU")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of work. `name` as shown ("Melrose Park, IL"), `weight` how much the words say that the work is there."""

    start: int
    end: int
    name: str
    weight: float


@lru_cache(maxsize=1)
def _names_by_word() -> dict[str, list[str]]:
    """Names of places by their first word, longest first."""
    by_word: dict[str, list[str]] = {}
    for name in sorted({*AREAS, *TOWNS}, key=len, reverse=True):
        by_word.setdefault(re.split(r"[^\w']", name)[0], []).append(name)
    return by_word


@lru_cache(maxsize=512)
def _names_from(word: str) -> re.Pattern[str] | None:
    """The pattern of all place names that begin with a word, None where none does."""
    names = _names_by_word().get(word)
    if not names:
        return None
    joined = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    return re.compile(rf"(?i)(?:{joined})(?![\w@]|\.\w|'\w)")


_ANY_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_WORDS = re.compile(r"(?<![\w.@/-])[^\W_]+(?:'[^\W_]+)?")


@lru_cache(maxsize=512)
def find_places(text: str, label: bool = False) -> tuple[Place, ...]:
    """The places where the work may be, in order. `label`: the text is the value of "Location:"."""
    text = text.translate(_FOLD)
    places = _with_town([*_addresses(text), *_known(text, label), *_unlisted(text)], text)
    if label and not places and text.strip():
        places = [Place(0, len(text), text.strip()[:60], 4.0)]
    return tuple(sorted(_apart(places), key=lambda place: place.start))


_DIGIT = re.compile(r"\d")


def _apart(places: list[Place]) -> list[Place]:
    kept: list[Place] = []
    for place in sorted(places, key=lambda place: (-place.weight, place.start)):
        if all(place.end <= other.start or place.start >= other.end for other in kept):
            kept.append(place)
    return kept


def _addresses(text: str) -> list[Place]:
    places: list[Place] = []
    if text.islower():
        return places
    for pattern in (_ADDRESS, _ADDRESS_NO_TYPE) if _DIGIT.search(text) else ():
        for match in pattern.finditer(text):
            places.append(Place(match.start(), match.end(), match[0].strip(" ,"), 1.6))
    for match in _CORNER.finditer(text):
        numbered = match[1][0].isdigit() or match[2][0].isdigit()
        if _CORNER_CUE.search(text[: match.start()]) and (numbered or "corner" in text[: match.start()].lower()):
            places.append(Place(match.start(), match.end(), match[0], 1.7))
    return places


def _known(text: str, label: bool) -> list[Place]:
    places, done = [], 0
    if _names_by_word().keys().isdisjoint(_ANY_WORDS.findall(text.lower())):
        return places
    for word in _WORDS.finditer(text):
        pattern = _names_from(word[0].lower()) if word.start() >= done else None
        match = pattern.match(text, word.start()) if pattern else None
        if match is None:
            continue
        done = match.end()
        key, before, after = " ".join(match[0].lower().split()), text[: match.start()][-40:], text[match.end() :]
        weight = _weight(match[0], before, after, label)
        if weight > 0:
            places.append(Place(match.start(), match.end(), _shown(key), weight))
    return places


def _weight(said: str, before: str, after: str, label: bool) -> float:
    capital = said[0].isupper() or said.startswith("the ")
    stated = bool(re.match(r",?\s+(?:IL|Ill|Illinois|IN|Indiana|WI)\b", after))
    inside = bool(_IN_BEFORE.search(before))
    if " ".join(said.lower().split()) in ORDINARY and not (
        capital
        and (
            inside
            or stated
            or label
            or before.endswith("(")
            or (before.endswith(", ") and said.lower() not in PERSONS)
            or _SITE_AFTER.match(after)
        )
    ):
        return 0
    if _AWAY_AFTER.match(after) or (_AWAY_BEFORE.search(before) and not _SITE_AFTER.match(after)):
        return 0.2 if capital else 0
    if capital and _ORG_AFTER.match(after) and not stated:
        known = " ".join(said.lower().split()) in TOWNS
        return (0.7 if inside else 0.3) if known else 0
    if (
        capital
        and re.search(r"(?:\b(?!(?:For|At|The|And|But|Our|From|Near|Downtown)\s)[A-Z][a-z]+|&)\s$", before)
        and not inside
        and not stated
    ):
        return 0.3
    if _SITE_AFTER.match(after):
        return 3.2
    if said.lower() == "chicago":
        return 0.8 if inside else 0.4
    tilt = -1.0 if _FORMER.search(before) else 0.4 if _EMPLOYS.search(before) else 0
    return (2.5 if inside else 1.5) + (0.5 if stated else 0) + (2 if label else 0) + tilt


def _shown(key: str) -> str:
    if key in TOWNS and key not in ("douglas",):
        return TOWNS[key]
    return f"{AREAS[key]}, Chicago, IL"


def _unlisted(text: str) -> list[Place]:
    """Places told by their form, unless the words beside them speak of the way there or of an event."""
    places = []
    for start, end, name, weight in unlisted(text):
        before, after = text[max(0, start - 40) : start], text[end:]
        if _AWAY_BEFORE.search(before) or (_AWAY_AFTER.match(after) and not _SITE_AFTER.match(after)):
            continue
        tilt = -1.0 if _FORMER.search(before) else -0.5 if _ELSEWHERE.search(before) else 0
        places.append(Place(start, end, name, weight + tilt))
    return places


def _with_town(places: list[Place], text: str) -> list[Place]:
    """An address and the town behind it as one place: "1201 1st St S, Nampa, ID"."""
    joined = []
    for address in (place for place in places if place.name[0].isdigit()):
        town = next(
            (other for other in places if 0 <= other.start - address.end < 14 and not other.name[0].isdigit()), None
        )
        if town and _JOINT.match(text[address.end : town.start]) and len(address.name) + len(town.name) < 58:
            name = f"{text[address.start : address.end].strip(' ,')}, {town.name}"
            joined.append(Place(address.start, town.end, name, max(address.weight, town.weight) + 0.1))
    return [*places, *joined]


_JOINT = re.compile(r"^\s*(?:[NSEW]\.?|(?:#|Suite|Ste\.?|Unit|Apt\.?) ?\w{1,4})?,? ?(?:\n|in )?$")
