"""Spelling: names, phones, domains, streets and dates as people write them, in one form. Pure and idempotent."""

import re
from functools import lru_cache
from itertools import takewhile

from anyascii import anyascii

from matching.words import DIRECTIONS, STREET_KINDS
from terms.words import FREE_MAIL_DOMAINS

LONGEST = 400
"""Characters of a field that are looked at: no name is longer, and hostile input is."""

_APOSTROPHES = re.compile(r"[’'`´]")
_DOTTED = re.compile(r"\b(?:[a-z]\.){1,8}[a-z]?\b\.?")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Lower case, Latin letters without accents ("Łódź" is "lodz", "Ünal" is "unal"), at most LONGEST characters."""
    text = text[:LONGEST]
    if not text.isascii():
        text = anyascii(text)[:LONGEST]
    return text.lower()


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of a text: "P.C." is "pc", "Joe's" is "joes", "&" is "and"; all but letters and digits parts words."""
    folded = _APOSTROPHES.sub("", fold(text)).replace("&", " and ").replace("+", " and ")
    folded = _DOTTED.sub(lambda match: match[0].replace(".", "") + " ", folded)
    return tuple(_NOT_WORD.sub(" ", folded).split())


def phone(text: str) -> str:
    """Digits of a number without country code 1 and without extension; empty where fewer than seven digits are left."""
    digits = re.sub(r"\D", "", re.split(r"(?i)\s*(?:ext|x)\.?\s*\d", text[:LONGEST], maxsplit=1)[0])
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    if len(digits) < 7 or len(set(digits)) == 1:
        return ""
    return digits[:15]


def same_phone(a: str, b: str) -> bool:
    """Also where only one of the two has its area code."""
    return a == b or (len(a) != len(b) and min(len(a), len(b)) == 7 and a[-7:] == b[-7:])


def domain(text: str) -> str:
    """The host of an address, URL or bare domain, without www; empty where there is none."""
    rest = fold(text.strip()).rpartition("://")[2]
    host = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]
    host = re.split(r"[\s:;,>]", host, maxsplit=1)[0].strip(".")
    return host.removeprefix("www.") if "." in host else ""


def own_domain(text: str) -> str:
    """As `domain`, but empty for hosts that identify nobody: free mail, site builders, social networks."""
    host = domain(text)
    return "" if host in FREE_MAIL_DOMAINS or any(is_under(host, shared) for shared in SHARED_HOSTS) else host


def is_under(host: str, parent: str) -> bool:
    return host == parent or host.endswith("." + parent)


SHARED_HOSTS = frozenset(
    """
    wixsite.com wordpress.com blogspot.com weebly.com squarespace.com godaddysites.com business.site
    sites.google.com facebook.com instagram.com linkedin.com twitter.com x.com yelp.com indeed.com myshopify.com
    github.io google.com bit.ly linktr.ee
    """.split()
)
"""Hosts under which many unrelated organisations have a page."""


def label(host: str) -> str:
    """The word an organisation chose: "jobs.quill-tools.co.uk" gives "quilltools"."""
    parts = host.split(".")
    if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in {"co", "com", "org", "net", "ac", "gov", "edu"}:
        parts = parts[:-1]
    return parts[-2].replace("-", "") if len(parts) > 1 else ""


def email(text: str) -> str:
    """An address in lower case without a plus part; empty where it is none."""
    local, at, host = fold(text.strip()).partition("@")
    local = local.partition("+")[0]
    return f"{local}@{host}" if at and local and "." in host and "@" not in host else ""


def zip_code(text: str) -> str:
    """The first five characters that matter: "60612-1234" is "60612"."""
    kept = re.sub(r"[^a-z0-9]", "", fold(text))
    return kept[:5] if kept[:5].isdigit() else kept[:8]


@lru_cache(maxsize=65536)
def street(text: str) -> tuple[str, tuple[str, ...], str]:
    """House number, words of the street without its kind and direction, unit: "12 N. Lark Ave., Ste 3" is
    ("12", ("lark",), "3")."""
    found = list(words(text))
    number = ""
    for position, word in enumerate(found[:3]):
        if word[0].isdigit() and not _ordinal(word):
            number = "".join(takewhile(str.isdigit, word)).lstrip("0") or "0"
            del found[position]
            break
    unit = ""
    for position, word in enumerate(found):
        if word in _UNITS and position > 0:
            unit = "".join(found[position + 1 : position + 2])
            found = found[:position]
            break
    core = [_plain_ordinal(word) for word in found if word not in STREET_KINDS and word not in DIRECTIONS]
    core = core or [_plain_ordinal(word) for word in found]
    return number, tuple(core), unit


_UNITS = frozenset({"ste", "suite", "apt", "apartment", "unit", "floor", "fl", "rm", "room", "bldg", "building", "lot"})


def _ordinal(word: str) -> bool:
    return word[-2:] in {"st", "nd", "rd", "th"} and word[:-2].isdigit()


def _plain_ordinal(word: str) -> str:
    return word[:-2] if _ordinal(word) else word


_YEAR_FIRST = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\D(\d{1,2})\D(\d{4})")


def birth_date(text: str) -> str:
    """YYYY-MM-DD as it was written, also where the month can't be: "1944-87-20" is a slip, and still evidence. "1987"
    alone is a year.

    A year at the end is read the American way, month first, unless that can't be.
    """
    text = text[:LONGEST].strip()
    if found := _YEAR_FIRST.match(text):
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    if found := _YEAR_LAST.match(text):
        month, day = int(found[1]), int(found[2])
        if month > 12 >= day:
            month, day = day, month
        return f"{found[3]}-{month:02}-{day:02}"
    found = re.match(r"(\d{4})(?:-(\d{2}))?$", text)
    return found[0] if found else ""
