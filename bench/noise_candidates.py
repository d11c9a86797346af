"""Invented people and the ways they are written down: collections with truth, each with a character of its own."""

from dataclasses import dataclass, replace
from random import Random

from bench.noise import CITIES, Zipf, digit_slip, often, phone, street, syllables, typo, written_street
from matching.frequencies import shipped
from matching.nicknames import GROUPS
from matching.records import CandidateRecord


@dataclass(frozen=True)
class Person:
    """The truth behind the records of one person. `maiden` is a family name used before or beside."""

    given: str
    middle: str
    family: str
    maiden: str
    suffix: str
    born: tuple[int, int, int]
    email: str
    phone: str
    street: tuple
    city: str
    state: str
    zip: str


@dataclass(frozen=True)
class Character:
    """How often fields are filled, how messy writers are, how many records a person has, who lives together."""

    filled: dict[str, float]
    mess: float
    sizes: tuple[int, ...]
    families: float
    moves: float
    nicknames: float
    replaced: dict[str, float]
    cities: tuple[str, ...]
    zips: int


def character(random: Random) -> Character:
    levels = (0.0, 0.3, 0.7, 0.95, 1.0)
    filled = {field: random.choice(levels) for field in ("email", "phone", "street", "city", "state", "zip")}
    filled |= {
        "given": random.choice((0.9, 0.97, 1.0)),
        "family": random.choice((0.95, 0.98, 1.0)),
        "born": random.choice((0.3, 0.8, 0.95, 0.97)),
    }
    if sum(filled[field] for field in ("email", "phone", "street", "zip")) + filled["born"] < 1.2:
        filled["born"], filled["zip"] = 0.95, 0.9
    sizes = random.choice(((1, 1, 2), (1, 1, 2, 3, 6), (1, 2, 4, 8), (2, 2), (1, 1, 1, 1, 2), (3, 6, 12)))
    fields = ("given", "family", "born", "street", "city", "zip", "state")
    replaced = {field: random.choice((0.0, 0.02, 0.05, 0.12)) for field in fields}
    return Character(filled, random.choice((0.3, 0.8, 1.5, 2.5)), sizes, random.choice((0.02, 0.1, 0.25)),
                     random.choice((0.02, 0.1, 0.3)), random.choice((0.02, 0.1, 0.25)), replaced,
                     tuple(random.sample(CITIES, random.choice((2, 6, 15, 40)))),
                     random.choice((2, 8, 30)))  # fmt: skip


def person(random: Random, givens: Zipf, families: Zipf, like: Character) -> Person:
    given, family = givens.draw(random), families.draw(random)
    if often(random, 0.06):
        family = f"{family}{random.choice((' ', '-'))}{families.draw(random)}"
    city = random.choice(like.cities)
    return Person(given, givens.draw(random), family, families.draw(random), "", _birthday(random),
                  _email(random, given, family), phone(random), street(random), city,
                  random.choice(("il", "il", "in", "wi")), _zip(random, like, city))  # fmt: skip


def _birthday(random: Random) -> tuple[int, int, int]:
    return random.randint(1940, 2006), random.randint(1, 12), random.randint(1, 28)


def _zip(random: Random, like: Character, city: str) -> str:
    return f"6{CITIES.index(city):02}{random.randrange(like.zips):02}"


def _email(random: Random, given: str, family: str) -> str:
    local = random.choice(
        (f"{given}.{family}", f"{given[0]}{family}", f"{family}{random.randint(1, 99)}", syllables(random))
    )
    return f"{local.replace(' ', '').replace('-', '')}@{random.choice(('gmail.com', 'yahoo.com', 'mail.example'))}"


def relative(random: Random, of: Person, givens: Zipf) -> Person:
    """Somebody else at the same address: twin, sibling or spouse, child of the same name, child."""
    given = givens.draw(random)
    fresh = replace(
        of,
        given=given,
        middle=givens.draw(random),
        email=_email(random, given, of.family),
        phone=of.phone if often(random, 0.3) else phone(random),
    )
    year = of.born[0]
    kind = random.random()
    if kind < 0.03:
        return fresh
    if kind < 0.6:
        return replace(fresh, born=(year + random.randint(-8, 8) or 1, *_birthday(random)[1:]))
    if kind < 0.75:
        return replace(
            fresh,
            given=of.given,
            suffix=random.choice(("jr", "")),
            born=(year + random.randint(20, 35), *_birthday(random)[1:]),
        )
    return replace(fresh, born=(year + random.randint(18, 38), *_birthday(random)[1:]))


_SHORT: dict[str, list[str]] = {str(names[0]): [*names[1:]] for names in map(str.split, GROUPS) if len(names) > 1}


def _given(random: Random, who: Person, like: Character) -> str:
    name = who.given
    if often(random, like.nicknames) and name in _SHORT:
        name = random.choice(_SHORT[name][:4])
    if often(random, 0.04 * like.mess):
        name = f"{name} {random.choice((who.middle, who.middle[0]))}"
    if often(random, 0.015 * like.mess):
        name = name[0]
    if often(random, like.replaced["given"]):
        name = who.middle
    return _slipped(random, name, 0.1 * like.mess)


def _family(random: Random, who: Person, like: Character) -> str:
    name = who.family
    if (" " in name or "-" in name) and often(random, 0.35):
        name = random.choice(
            (name.replace("-", " "), name.replace("-", " ").split()[0], name.replace("-", " ").split()[-1])
        )
    if often(random, like.replaced["family"]):
        name = random.choice((who.maiden, who.maiden, f"{name}-{who.maiden}"))
    return _slipped(random, name, 0.1 * like.mess)


def _slipped(random: Random, text: str, chance: float) -> str:
    for _ in range(2):
        if often(random, chance):
            text = typo(random, text)
    return text


def _born(random: Random, who: Person, like: Character) -> str:
    year, month, day = who.born
    mess = like.mess
    kind = random.random() / max(mess, 0.01)
    if kind < 0.01:
        month, day = (day, month) if day <= 12 else (month, day)
    elif kind < 0.02:
        month, day = 1, 1
    elif kind < 0.03:
        year += random.choice((-1, 1, -10, 10))
    elif kind < 0.04:
        year, month, day = _birthday(random)
    elif kind < 0.05:
        day = random.randint(1, 28)
    if often(random, like.replaced["born"]):
        year, month, day = _birthday(random)
    text = f"{year:04}-{month:02}-{day:02}"
    return digit_slip(random, text) if often(random, 0.04 * mess) else text


def written(random: Random, who: Person, identity: str, like: Character) -> CandidateRecord:
    has = {field: often(random, chance) for field, chance in like.filled.items()}
    if often(random, like.moves):
        city = random.choice(like.cities)
        who = replace(who, street=street(random), city=city, zip=_zip(random, like, city))
    who = _elsewhere(random, who, like)
    given, family = _given(random, who, like), _family(random, who, like)
    given, family = given if has["given"] else "", family if has["family"] else ""
    if who.suffix and often(random, 0.7):
        family = f"{family} {who.suffix}"
    if often(random, 0.015 * like.mess):
        given, family = family, given
    return CandidateRecord(
        identity,
        given,
        family,
        (who.email if often(random, 0.9) else _email(random, who.given, who.family),) if has["email"] else (),
        (phone(random) if often(random, 0.1) else digit_slip(random, who.phone) if often(random, 0.03) else who.phone,)
        if has["phone"]
        else (),
        _born(random, who, like) if has["born"] else "",
        written_street(random, who.street, 1.3 * like.mess) if has["street"] else "",
        _slipped(random, who.city, 0.07 * like.mess) if has["city"] else "",
        who.state if has["state"] else "",
        (digit_slip(random, who.zip) if often(random, 0.05 * like.mess) else who.zip) if has["zip"] else "",
    )


def _elsewhere(random: Random, who: Person, like: Character) -> Person:
    """One part of the address is another's: the mail box, the shelter, the county seat, a slip of the list."""
    if often(random, like.replaced["street"]):
        who = replace(who, street=street(random))
    if often(random, like.replaced["city"]):
        who = replace(who, city=random.choice(like.cities))
    if often(random, like.replaced["zip"]):
        who = replace(who, zip=_zip(random, like, random.choice(like.cities)))
    if often(random, like.replaced["state"]):
        who = replace(who, state=random.choice(("il", "in", "wi", "mi")))
    return who


def collection(random: Random, records: int) -> tuple[list[CandidateRecord], list[int]]:
    """About so many records, and for each the number of the person that it means."""
    like = character(random)
    givens = Zipf(list(shipped("given_name")) + [syllables(random) for _ in range(150)])
    families = Zipf(list(shipped("family_name")) + [syllables(random) for _ in range(1500)], 0.6)
    found: list[CandidateRecord] = []
    truth: list[int] = []
    cluster = 0
    while len(found) < records:
        one = person(random, givens, families, like)
        household = (
            [one] + [relative(random, one, givens) for _ in range(random.choice((1, 1, 2, 3)))]
            if often(random, like.families)
            else [one]
        )
        if any(who.suffix for who in household) and often(random, 0.6):
            household[0] = replace(household[0], suffix="sr")
        for who in household:
            cluster += 1
            for _ in range(random.choice(like.sizes)):
                found.append(written(random, who, f"r{len(found)}", like))
                truth.append(cluster)
    return found, truth
