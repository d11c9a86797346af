"""Slips of the pen, the keyboard and the copy: what happens to a value between the person who knows it and the list."""

from itertools import accumulate
from random import Random


def words_of(text: str) -> list[str]:
    return text.split()


NEAR = {
    "a": "qsz", "b": "vgn", "c": "xdv", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht",
    "h": "gjy", "i": "uok", "j": "hku", "k": "jli", "l": "kop", "m": "nj", "n": "bmh",
    "o": "ipl", "p": "ol", "q": "wa", "r": "etf", "s": "adw", "t": "ryg", "u": "yij",
    "v": "cbf", "w": "qes", "x": "zcs", "y": "tuh", "z": "xas",
}  # fmt: skip
"""Keys beside each key."""


def typo(random: Random, text: str) -> str:
    """One slip: a letter left out, doubled, added, changed, or two of them swapped, also across a blank."""
    if len(text) < 2:
        return text
    at = random.randrange(len(text))
    kind = random.random()
    if kind < 0.25:
        return text[:at] + text[at + 1 :]
    if kind < 0.35:
        return text[:at] + text[at] + text[at:]
    if kind < 0.5:
        return text[:at] + random.choice(NEAR.get(text[at].lower(), "aeinrst")) + text[at:]
    if kind < 0.75:
        return text[:at] + random.choice(NEAR.get(text[at].lower(), "aeinrst")) + text[at + 1 :]
    at = min(at, len(text) - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def digit_slip(random: Random, text: str) -> str:
    """One digit changed, or two neighbours swapped."""
    places = [i for i, letter in enumerate(text) if letter.isdigit()]
    if not places:
        return text
    at = random.choice(places)
    if random.random() < 0.5 and at + 1 in places:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + random.choice("0123456789") + text[at + 1 :]


def often(random: Random, chance: float) -> bool:
    return random.random() < chance


def syllables(random: Random, least: int = 2, most: int = 3) -> str:
    """An invented word that can be said."""
    onsets = ["b", "br", "c", "ch", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pr",
              "qu", "r", "s", "sh", "sl", "st", "str", "t", "th", "tr", "v", "w", "z", ""]  # fmt: skip
    vowels = ["a", "e", "i", "o", "u", "ai", "ea", "ee", "ou", "oa", "y"]
    codas = ["", "", "", "l", "n", "r", "s", "t", "m", "ck", "nd", "x", "rt", "ll", "ng"]
    return "".join(
        random.choice(onsets) + random.choice(vowels) + random.choice(codas) for _ in range(random.randint(least, most))
    )


class Zipf:
    """Draws from a list as names are spread: the first ones often, the last ones seldom."""

    def __init__(self, items: list[str], steepness: float = 0.8) -> None:
        self.items = items
        self.reached = list(accumulate(1 / (rank + 3) ** steepness for rank in range(len(items))))

    def draw(self, random: Random) -> str:
        return random.choices(self.items, cum_weights=self.reached)[0]


def phone(random: Random) -> str:
    area = random.choice(("312", "773", "708", "847", "630", "815"))
    return f"{area}{random.randint(2, 9)}{random.randint(0, 999999):06}"


STREETS = words_of(
    """
    lark maple oak cedar elm pine walnut chestnut birch willow washington lincoln jefferson madison monroe
    jackson adams grant sheridan harrison franklin park lake river hill spring mill church school main high
    market station union division clark state michigan ashland halsted western kedzie pulaski cicero central
    austin damen racine kimball fullerton belmont addison irving lawrence foster devon touhy howard cermak
    archer ogden roosevelt 31st 47th 63rd 79th 95th
    """
)
KINDS = [("street", "st"), ("avenue", "ave"), ("road", "rd"), ("boulevard", "blvd"), ("drive", "dr"), ("lane", "ln"),
         ("court", "ct"), ("place", "pl"), ("crescent", "cres"), ("way", "way")]  # fmt: skip
SIDES = [("north", "n"), ("south", "s"), ("east", "e"), ("west", "w")]
CITIES: list[str] = [
    city.replace("_", " ")
    for city in words_of(
        """
        alder_falls bexley carrow dunmore easton_heights fairhaven glenbrook harrow_park ironwood
        jasper kirkwood lakemoor milford north_bend oakdale pinehurst quarry_hill ridgeway stonegate
        thornton union_grove vernon westfield yarrow zion_hill brookside clearwater deer_creek
        elmhurst fox_valley grayslake highland indian_head kingsley linden maple_glen newbury
        orchard_park plainview rosedale silver_lake twin_oaks waverly
        """
    )
]


def street(random: Random) -> tuple[str, str, tuple[str, str], tuple[str, str]]:
    """(number, name, kind, side) in their long and short spellings."""
    name = random.choice(STREETS) if often(random, 0.7) else syllables(random)
    return str(random.randint(1, 9999)), name, random.choice(KINDS), random.choice(SIDES)


def written_street(random: Random, parts, mess: float) -> str:
    """A street as this writer spells it: kind and direction long, short or left out, perhaps a unit, perhaps a slip."""
    number, name, kind, side = parts
    words = [number]
    if often(random, 0.7):
        words.append(random.choice(side) + random.choice(("", ".")))
    words.append(name)
    if often(random, 0.85):
        words.append(random.choice(kind) + random.choice(("", ".")))
    if often(random, 0.1 + 0.1 * mess):
        words.append(random.choice(("suite", "ste", "unit", "apt", "#")) + f" {random.randint(1, 40)}")
    if often(random, 0.04 * mess):
        words[0] = digit_slip(random, words[0])
    if often(random, 0.03 * mess):
        words = words[1:]
    text = " ".join(words)
    return typo(random, text) if often(random, 0.12 * mess) else text
