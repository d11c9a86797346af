"""Invented people as archives and old registers know them: many entries each, of very different care.

Spellings before there was spelling, names translated, married and inherited names, years for dates, and places that
are the parish in one book and the county town in another.
"""

from dataclasses import dataclass, replace
from random import Random

from bench.noise import CITIES, Zipf, digit_slip, often, syllables, typo, words_of
from matching.frequencies import shipped
from matching.nicknames import GROUPS
from matching.records import CandidateRecord

PARTICLES = words_of("de von van du la della fitz mac o")
TITLES = words_of("sir lord lady dr rev captain")
SWAPS = (
    ("y", "i"), ("ie", "y"), ("ck", "k"), ("c", "k"), ("ph", "f"), ("ou", "u"), ("ll", "l"), ("tt", "t"), ("nn", "n"),
    ("ea", "ee"), ("au", "aw"), ("s", "z"), ("v", "w"), ("th", "t"), ("gh", "g"), ("mac", "mc"), ("son", "sen"),
    ("e", ""), ("sch", "sh"), ("j", "i"), ("x", "cks"), ("ai", "ay"), ("or", "er"), ("qu", "kw"), ("w", "u"),
)  # fmt: skip
"""Spellings of one sound."""
LANGUAGES = [names for names in (line.split() for line in GROUPS) if len(names) > 2]


@dataclass(frozen=True)
class Person:
    """`given` are all given names in order; `later` a family name by marriage or inheritance, empty for most."""

    given: tuple[str, ...]
    family: str
    later: str
    title: str
    born: tuple[int, int, int]
    place: str
    county: str
    post: str


@dataclass(frozen=True)
class Care:
    """How entries of a collection are made: how often each thing happens to an entry."""

    filled: dict[str, float]
    spelling: float
    slips: float
    later: float
    translated: float
    middles: float
    loose_dates: float
    wrong_dates: float
    moved: float
    coded: bool
    sizes: tuple[int, ...]
    families: float


def care(random: Random) -> Care:
    filled = {
        "given": random.choice((0.9, 0.98)),
        "family": random.choice((0.95, 1.0)),
        "born": random.choice((0.5, 0.7, 0.9)),
        "place": random.choice((0.0, 0.6, 0.9)),
        "post": random.choice((0.0, 0.7, 0.9)),
    }
    if not filled["place"]:
        filled["post"] = 0.8
    return Care(
        filled,
        spelling=random.choice((0.05, 0.15, 0.3)),
        slips=random.choice((0.05, 0.1, 0.2)),
        later=random.choice((0.02, 0.1, 0.25)),
        translated=random.choice((0.02, 0.1, 0.2)),
        middles=random.choice((0.1, 0.3, 0.5)),
        loose_dates=random.choice((0.05, 0.2, 0.4)),
        wrong_dates=random.choice((0.02, 0.06, 0.15)),
        moved=random.choice((0.05, 0.15, 0.3)),
        coded=often(random, 0.6),
        sizes=random.choice(((1, 2, 4, 8), (4, 8, 12), (8, 10, 16), (1, 1, 2, 3), (2, 2, 6))),
        families=random.choice((0.02, 0.1, 0.2)),
    )


def _post(random: Random, coded: bool) -> str:
    """ "ab12 3cd", or five digits."""
    if not coded:
        return f"{random.randint(10, 99)}{random.randint(0, 40):03}"
    letters = "abcdefghlmnprst"
    area = random.choice(letters) + random.choice(letters)
    return f"{area}{random.randint(1, 28)} {random.randint(1, 9)}{random.choice(letters)}{random.choice(letters)}"


def person(random: Random, givens: Zipf, families: Zipf, like: Care) -> Person:
    family = families.draw(random)
    if often(random, 0.08):
        family = f"{random.choice(PARTICLES)} {family}"
    if often(random, 0.06):
        family = f"{family}-{families.draw(random)}"
    county = random.choice(CITIES)
    given = tuple(givens.draw(random) for _ in range(random.choice((1, 1, 2, 2, 3))))
    later = families.draw(random) if often(random, 0.4) else ""
    title = random.choice(TITLES) if often(random, 0.1) else ""
    born = random.randint(1550, 1990), random.randint(1, 12), random.randint(1, 28)
    place = syllables(random) if often(random, 0.6) else county
    return Person(given, family, later, title, born, place, county, _post(random, like.coded))


def kin(random: Random, of: Person, givens: Zipf) -> Person:
    """A child, often of the same first name, or a brother or sister: same family name and place, other years."""
    given = of.given if often(random, 0.3) else tuple(givens.draw(random) for _ in of.given)
    year = of.born[0] + (random.randint(20, 40) if often(random, 0.5) else random.randint(-9, 9))
    return replace(of, given=given, born=(year, random.randint(1, 12), random.randint(1, 28)), later="")


def respelt(random: Random, name: str) -> str:
    """One sound of the name spelt in another way."""
    options = [
        (a, b) for one, two in SWAPS for a, b in ((one, two), (two, one)) if a and a in name[1:] and len(name) > 4
    ]
    if not options:
        return name
    a, b = random.choice(options)
    return name[0] + name[1:].replace(a, b, 1)


def _given(random: Random, who: Person, like: Care) -> str:
    first = who.given[0]
    if often(random, like.translated):
        known = [names for names in LANGUAGES if first in names]
        first = random.choice(random.choice(known)) if known else first
    if often(random, like.spelling * 0.5):
        first = respelt(random, first)
    names = [first, *(who.given[1:] if often(random, like.middles) else ())]
    if often(random, 0.06):
        names = [names[0][0], *names[1:]]
    elif often(random, 0.06) and len(who.given) > 1:
        names = [who.given[1]]
    elif often(random, 0.05):
        names = [names[0], *[name[0] for name in names[1:]]]
    text = " ".join(names)
    text = typo(random, text) if often(random, like.slips) else text
    return f"{who.title} {text}" if who.title and often(random, 0.5) else text


def _family(random: Random, who: Person, like: Care) -> str:
    name = who.later if who.later and often(random, like.later) else who.family
    if often(random, like.spelling):
        name = respelt(random, name)
    if often(random, like.spelling * 0.3):
        name = respelt(random, name)
    if (" " in name or "-" in name) and often(random, 0.3):
        name = random.choice((name.replace(" ", ""), name.replace("-", " ").split()[-1], name.replace("-", " ")))
    if who.title and often(random, 0.05):
        name = f"{name}, of {who.county}"
    return typo(random, name) if often(random, like.slips) else name


def _born(random: Random, who: Person, like: Care) -> str:
    year, month, day = who.born
    if often(random, like.loose_dates):
        return f"{year:04}-01-01" if often(random, 0.6) else f"{year:04}"
    if often(random, like.wrong_dates):
        year += random.choice((-1, 1, -1, 1, -2, 2, -10, 10, 100))
    if often(random, like.wrong_dates):
        month, day = (day, month) if day <= 12 else (random.randint(1, 12), day)
    text = f"{year:04}-{month:02}-{day:02}"
    return digit_slip(random, text) if often(random, like.slips * 0.6) else text


def written(random: Random, who: Person, identity: str, like: Care) -> CandidateRecord:
    has = {field: often(random, chance) for field, chance in like.filled.items()}
    place = who.place if often(random, 0.85) else who.county
    place = typo(random, place) if often(random, like.slips * 0.5) else place
    post = _post(random, like.coded) if often(random, like.moved) else who.post
    if often(random, 0.1):
        post = post[:-2] + _post(random, like.coded)[-2:]
    given, family = _given(random, who, like), _family(random, who, like)
    if often(random, 0.02):
        given, family = family, given
    return CandidateRecord(
        identity,
        given if has["given"] else "",
        family if has["family"] else "",
        date_of_birth=_born(random, who, like) if has["born"] else "",
        city=place if has["place"] else "",
        zip=digit_slip(random, post)
        if has["post"] and often(random, like.slips * 0.5)
        else post
        if has["post"]
        else "",
    )


def collection(random: Random, records: int) -> tuple[list[CandidateRecord], list[int]]:
    """About so many entries, and for each the number of the person that it means."""
    like = care(random)
    givens = Zipf([name for name in shipped("given_name") if name.isalpha()])
    families = Zipf([*shipped("family_name"), *(syllables(random) for _ in range(1200))], 0.5)
    found: list[CandidateRecord] = []
    truth: list[int] = []
    cluster = 0
    while len(found) < records:
        one = person(random, givens, families, like)
        for who in (one, kin(random, one, givens)) if often(random, like.families) else (one,):
            cluster += 1
            for _ in range(random.choice(like.sizes)):
                found.append(written(random, who, f"r{len(found)}", like))
                truth.append(cluster)
    return found, truth
