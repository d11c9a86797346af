"""Invented directories of places: sites of agencies as several lists know them, and guides that overlap a little.

Each list writes in a way of its own; what is one place is told by the street where agencies have sites, by the business
in a guide.
"""

from dataclasses import dataclass, replace
from random import Random

from bench.noise import (
    CITIES,
    STREETS,
    Zipf,
    digit_slip,
    often,
    phone,
    street,
    syllables,
    typo,
    words_of,
    written_street,
)
from bench.noise_employers import ADJECTIVES, THINGS, TRADES, character, employer
from matching.frequencies import shipped
from matching.records import EmployerRecord

KINDS_OF_SITE = words_of(
    "school center clinic academy learning_center child_care shelter office hall program campus shop"
)
FOODS = words_of("cafe grill restaurant kitchen bakery bar diner house bistro pizza tavern garden room deli inn hotel")


@dataclass(frozen=True)
class Place:
    """One site or business: `owner` runs it, `name` is its own; `line` its number, `office` that of its owner."""

    owner: tuple[str, ...]
    name: tuple[str, ...]
    kind: str
    number: str
    line: str
    office: str
    street: tuple
    city: str
    quarter: str
    zip: str


@dataclass(frozen=True)
class Source:
    """How one list writes: which patterns of a name, whose telephone, how often each field is filled."""

    patterns: tuple[str, ...]
    office: float
    filled: dict[str, float]
    area_code: bool
    case: str
    quarters: float
    mess: float


PATTERNS = (
    "{owner} {name}",
    "{owner} - {name}",
    "{owner} - {owner} - {name}",
    "{name}",
    "{name} {kind}",
    "{owner} {kind} {number}",
    "{owner}",
    "{owner} {name} {kind}",
    "{kind} {name}",
    "{name} ({owner})",
    "{owner} ({name})",
    "{owner}, {number}",
)
PLAIN = ("{name} {kind}", "{name}", "the {name}", "{kind} {name}", "{name} {kind} & bar", "{name} ({quarter})")


def source(random: Random, like_guide: bool) -> Source:
    patterns = random.sample(PLAIN if like_guide else PATTERNS, random.choice((1, 2, 3)))
    levels = (0.0, 0.5, 0.95, 1.0)
    filled = {"phone": random.choice((0.0, 0.9, 0.98, 1.0)), "street": random.choice((0.95, 1.0))}
    filled |= {"zip": random.choice(levels), "city": random.choice((0.0, 1.0) if not like_guide else (1.0,))}
    if like_guide:
        filled["phone"], filled["zip"] = random.choice((0.9, 1.0)), random.choice((0.0, 0.0, 0.9))
    return Source(
        (*patterns, patterns[0]), random.choice((0.0, 0.1, 0.5)), filled, often(random, 0.6 + 0.35 * like_guide),
        random.choice(("lower", "title", "upper")), random.choice((0.0, 0.1, 0.4)), random.choice((0.1, 0.4, 0.8)),
    )  # fmt: skip


def _own_name(random: Random, surnames: Zipf, at: tuple) -> tuple[str, ...]:
    kind = random.random()
    if kind < 0.35:
        return (surnames.draw(random),)
    if kind < 0.5:
        return tuple(f"{random.choice(GIVEN)} {surnames.draw(random)}".split())
    if kind < 0.75:
        return (random.choice(ADJECTIVES), random.choice(THINGS))
    if kind < 0.9:
        return (at[1],)
    return (syllables(random),)


GIVEN = [name for name in list(shipped("given_name"))[:150] if name.isalpha()]


def agencies(random: Random, records: int, surnames: Zipf) -> list[list[Place]]:
    """Sites, a list for each place: agencies that share a roof stand in one list where the place is what counts."""
    like = replace(character(random), cities=tuple(random.sample(CITIES, random.choice((1, 1, 3)))))
    shared_roof = often(random, 0.5)
    zips = [f"60{random.randrange(1000):03}" for _ in range(random.choice((5, 20, 50)))]
    places: list[list[Place]] = []
    while len(places) < records // 3:
        owner = employer(random, surnames, like)
        office = phone(random)
        sites = random.choice((1, 1, 1, 2, 4, 12))
        for number in range(sites):
            at = _street(random)
            line = office if often(random, 0.25) else phone(random)
            name = _own_name(random, surnames, at) if sites > 1 or often(random, 0.7) else owner.words
            kind = random.choice(KINDS_OF_SITE).replace("_", " ")
            city = random.choice(like.cities)
            here = Place(owner.words, name, kind, str(number + 1), line, office, at, city, city, random.choice(zips))
            if places and often(random, 0.06):
                roof = random.choice(places[-30:])
                here = replace(here, street=roof[0].street, zip=roof[0].zip, city=roof[0].city)
                if shared_roof:
                    roof.append(here)
                    continue
            places.append([here])
            if often(random, 0.05):
                places.append([replace(here, street=_moved(random, at), zip=random.choice(zips))])
    return places


def _street(random: Random) -> tuple:
    """Few streets, as in one city: names and numbers meet by chance."""
    number, _, kind, side = street(random)
    name = random.choice(STREETS) if often(random, 0.8) else syllables(random)
    return number if often(random, 0.3) else str(random.randint(10, 99) * 100 + random.randint(0, 40)), name, kind, side


def _moved(random: Random, at: tuple) -> tuple:
    """Down the same street, or elsewhere: the same name and often the same telephone, another place."""
    return (
        (str(int(at[0]) + random.choice((-30, -10, 2, 8, 10, 100))), *at[1:]) if often(random, 0.4) else _street(random)
    )


def guide(random: Random, records: int, surnames: Zipf) -> list[list[Place]]:
    """Businesses that a guide lists, a few of them with branches, which are places of their own."""
    cities = random.sample(CITIES, random.choice((3, 6, 12)))
    quarters = {city: [f"{random.choice(ADJECTIVES)} {city}", *random.sample(CITIES, 2)] for city in cities}
    places: list[list[Place]] = []
    while len(places) < records:
        name = _business(random, surnames)
        kind = random.choice(FOODS) if often(random, 0.8) else TRADES.draw(random)
        for number in range(1 if often(random, 0.93) else random.choice((2, 3))):
            city = random.choice(cities)
            quarter = random.choice(quarters[city])
            line, at = phone(random), street(random)
            zip_code = f"6{CITIES.index(city):02}{random.randrange(8):02}"
            places.append([Place((), name, kind, str(number + 1), line, line, at, city, quarter, zip_code)])
    return places


def _business(random: Random, surnames: Zipf) -> tuple[str, ...]:
    kind = random.random()
    if kind < 0.3:
        return (f"{random.choice(GIVEN)}'s" if often(random, 0.6) else surnames.draw(random),)
    if kind < 0.5:
        return (random.choice(("le", "la", "el", "il", "chez", "casa", "new", "old")), syllables(random))
    if kind < 0.75:
        return (random.choice(ADJECTIVES), random.choice(THINGS))
    if kind < 0.85:
        return (str(random.randint(2, 99)), random.choice(THINGS))
    return (syllables(random, 1, 2), *((random.choice(THINGS),) if often(random, 0.3) else ()))


def written(random: Random, here: Place, by: Source, identity: str) -> EmployerRecord:
    has = {field: often(random, chance) for field, chance in by.filled.items()}
    parts = {"owner": here.owner, "name": here.name}
    pattern = random.choice(by.patterns)
    values = {field: " ".join(_shortened(random, words, by.mess)) for field, words in parts.items()}
    name = pattern.format(**values, kind=here.kind, number=here.number, quarter=here.quarter)
    for _ in range(2):
        name = typo(random, name) if often(random, 0.08 * by.mess) else name
    line = here.office if often(random, by.office) else here.line
    line = digit_slip(random, line) if often(random, 0.03) else line
    at = written_street(random, _ranged(random, here.street), by.mess)
    at = f"{at} {random.randint(1, 9)}" if often(random, 0.03) else at
    return EmployerRecord(
        identity,
        getattr(name, by.case)(),
        phones=((line if by.area_code else line[3:]),) if has["phone"] else (),
        street=at if has["street"] else "",
        city=(here.quarter if often(random, by.quarters) else here.city) if has["city"] else "",
        zip=(digit_slip(random, here.zip) if often(random, 0.02) else here.zip) if has["zip"] else "",
    )


def _ranged(random: Random, at: tuple) -> tuple:
    """ "1710-1718" is one house too."""
    return (f"{at[0]}-{int(at[0]) + 8}", *at[1:]) if often(random, 0.02) else at


def _shortened(random: Random, words: tuple[str, ...], mess: float) -> tuple[str, ...]:
    """Words left out at the end, or the whole as its letters."""
    if len(words) > 2 and often(random, 0.1 * mess):
        return ("".join(word[0] for word in words),)
    return words[:-1] if len(words) > 1 and often(random, 0.12 * mess) else words


def collection(random: Random, records: int) -> tuple[list[EmployerRecord], list[int]]:
    """About so many records, and for each the number of the place that it means."""
    like_guide = often(random, 0.4)
    common = [name for name, share in shipped("family_name").items() if share > 0]
    surnames = Zipf(common + [syllables(random) for _ in range(400)], 0.4)
    sources = [source(random, like_guide) for _ in range(2 if like_guide else random.choice((2, 3, 5, 8)))]
    places = (guide if like_guide else agencies)(random, records, surnames)
    share = random.choice((0.15, 0.3, 0.6)) if like_guide else random.choice((0.3, 0.6, 0.9))
    found: list[EmployerRecord] = []
    truth: list[int] = []
    for cluster, roof in enumerate(places):
        chosen = [by for by in sources if often(random, share)] or [random.choice(sources)]
        for by in chosen:
            for _ in range(1 if like_guide or often(random, 0.8) else random.choice((2, 3))):
                found.append(written(random, random.choice(roof), by, f"r{len(found)}"))
                truth.append(cluster)
        if len(found) >= records:
            break
    return found, truth
