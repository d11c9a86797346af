"""Invented employers and the ways they are written down: collections with truth, each with a character of its own."""

from dataclasses import dataclass, replace
from random import Random

from bench.noise import CITIES, Zipf, digit_slip, often, phone, street, syllables, typo, words_of, written_street
from matching.frequencies import shipped
from matching.records import EmployerRecord

TRADES = Zipf(
    words_of("""
    services group health care center systems international technologies solutions holdings partners capital
    industries management medical school construction foods energy financial consulting logistics properties
    restaurant clinic bank foundation hospital supply manufacturing engineering design media software
    pharmaceuticals therapeutics trust insurance staffing cleaning landscaping plumbing electric roofing
    painting bakery cafe grill kitchen pizza academy institute church college ministries housing transport
    trucking freight motors auto tools metals plastics packaging printing textiles apparel furniture flooring
    hardware security networks communications entertainment fitness dental pharmacy laboratory realty mortgage
    investments fund bancorp brands concepts studios events catering farms dairy brewing wines coffee childcare
    preschool nursery learning daycare shelter library museum hotel spa salon laundry
    """)
)
ADJECTIVES = words_of(
    """
    united american national first global premier advanced golden silver blue green red royal new general
    superior allied quality pro bright clear grand prime true northern pacific atlantic central community family
    city
    """
)
THINGS = words_of(
    """
    river mountain lake valley star sun eagle lion bridge tower harbor anchor beacon summit garden forest stone
    maple cedar heron falcon fox bear wolf rose lily compass crown arrow horizon island prairie orchard meadow
    canyon lantern pearl diamond copper iron cobalt ember willow acorn feather pebble crescent
    """
)
SITES = words_of("north south east west downtown central uptown riverside lakeside hillcrest campus annex main")
LEGAL = [("Inc", "Inc.", "INC", "Incorporated", ", Inc."), ("LLC", "L.L.C.", ", LLC", "Llc"),
         ("Ltd", "Limited", "LTD", "Ltd."), ("Corp", "Corporation", "Corp."), ("Co", "Company", "Co."), ("NFP",),
         ("PLC",), ("LP", "L.P."), ("P.C.", "PC")]  # fmt: skip
SHORT = {"services": "svcs", "center": "ctr", "international": "intl", "manufacturing": "mfg", "management": "mgmt",
         "technologies": "tech", "association": "assoc", "hospital": "hosp", "university": "univ", "national": "natl",
         "community": "comm", "group": "grp", "medical": "med", "department": "dept", "american": "amer",
         "school": "sch", "construction": "constr", "pharmaceuticals": "pharma",
         "academy": "acad",
         "industries": "ind", "health": "hlth"}  # fmt: skip


@dataclass(frozen=True)
class Employer:
    """The truth behind the records of one employer. `site` tells branches of a chain apart, in name, number or side."""

    words: tuple[str, ...]
    legal: int
    site: str
    domain: str
    phone: str
    street: tuple
    city: str
    zip: str


@dataclass(frozen=True)
class Character:
    """What a collection is like: how often fields are filled, how messy writers are, how many records an employer has.

    `elsewhere` is how often a field holds something true of the employer but other than in the other records: another
    office's city, a new number.
    """

    filled: dict[str, float]
    mess: float
    sizes: tuple[int, ...]
    chains: float
    switchboard: float
    siblings: float
    formats: float
    by_site: bool
    elsewhere: dict[str, float]
    trades: Zipf
    cities: tuple[str, ...]
    zips: int
    renamed: float
    buildings: float


def character(random: Random) -> Character:
    levels = (0.0, 0.0, 0.35, 0.7, 0.95, 1.0)
    if often(random, 0.2):
        levels = (0.0,)
    filled = {field: random.choice(levels) for field in ("domain", "phone", "street", "city", "zip", "state")}
    sizes = random.choice(
        ((1, 1, 2), (1, 1, 2, 3, 4), (1, 2, 3, 5, 8), (2, 2, 2), (1, 1, 1, 1, 2), (1, 3, 8, 20), (1, 1, 10, 60))
    )
    rates = (0.0, 0.05, 0.15, 0.4)
    trades = random.sample(TRADES.items, random.choice((6, 20, 60, len(TRADES.items))))
    cities = tuple(random.sample(CITIES, random.choice((2, 5, 12, 40))))
    return Character(
        filled=filled,
        mess=random.choice((0.3, 0.7, 1.0, 1.5)),
        sizes=sizes,
        chains=random.choice((0.0, 0.1, 0.3)),
        switchboard=random.choice((0.0, 0.2, 0.5, 0.9)),
        siblings=random.choice((0.05, 0.2, 0.5)),
        formats=random.random(),
        by_site=often(random, 0.7),
        elsewhere={field: random.choice(rates) for field in ("domain", "phone", "city", "zip")}
        | {"street": random.choice((0.0, 0.01, 0.04))},
        trades=Zipf(trades),
        cities=cities,
        zips=random.choice((2, 8, 30)),
        renamed=random.choice((0.0, 0.01, 0.04)),
        buildings=random.choice((0.0, 0.03, 0.1)),
    )


def employer(random: Random, surnames: Zipf, like: Character) -> Employer:
    kind = random.random()
    trade = [like.trades.draw(random) for _ in range(random.choice((0, 1, 1, 1, 2)))]
    if kind < 0.3:
        first = [surnames.draw(random)]
        if often(random, 0.25):
            first = (
                [*first, "&", surnames.draw(random)]
                if often(random, 0.6)
                else [random.choice("abcdefghjklmnprstw") + ".", *first]
            )
    elif kind < 0.55:
        first = [syllables(random, 1 if trade else 2, 3)]
    elif kind < 0.8:
        first = [random.choice(ADJECTIVES), random.choice(THINGS)] if often(random, 0.6) else [random.choice(THINGS)]
    elif kind < 0.92:
        first = [random.choice(like.cities), *([random.choice(ADJECTIVES)] if often(random, 0.3) else [])]
    else:
        first = ["".join(random.choice("abcdefghijklmnoprstuvw") for _ in range(random.randint(2, 4)))]
    trade = trade or ([like.trades.draw(random)] if len(first[0]) < 4 or kind >= 0.8 else [])
    words = tuple(" ".join((*first, *trade)).split())
    city = random.choice(like.cities)
    return Employer(words, random.randrange(-3, len(LEGAL)), "", _domain(random, words), phone(random), street(random),
                    city, _zip(random, like, city))  # fmt: skip


def _zip(random: Random, like: Character, city: str) -> str:
    """A few zip codes a city."""
    return f"6{CITIES.index(city):02}{random.randrange(like.zips):02}"


def _domain(random: Random, words: tuple[str, ...]) -> str:
    letters = "".join(word for word in words if word.isalpha())
    if often(random, 0.15) and len(words) > 2:
        letters = "".join(word[0] for word in words)
    return letters[: random.choice((18, 30))] + random.choice((".com", ".com", ".org", ".net"))


def branch(random: Random, of: Employer, number: int, like: Character) -> Employer:
    """Another site of a chain: other street, often other phone, and a name that tells the site, or doesn't."""
    tells = random.random() < (0.7 if like.filled["street"] and like.by_site else 1.0)
    site = (
        random.choice(
            (f"#{number}", str(number), random.choice(SITES), random.choice(like.cities), f"- {syllables(random)}")
        )
        if tells
        else ""
    )
    city = random.choice(like.cities)
    line = of.phone if often(random, like.switchboard) else phone(random)
    return replace(of, site=site, phone=line, street=street(random), city=city, zip=_zip(random, like, city))


def sibling(random: Random, of: Employer, like: Character) -> Employer:
    """Somebody else whose name shares words: another trade, another first word, another place."""
    words = list(of.words)
    at = random.randrange(len(words))
    words[at] = random.choice(
        (random.choice(THINGS), TRADES.draw(random), syllables(random), random.choice(ADJECTIVES))
    )
    fresh = employer(random, Zipf(list(THINGS)), like)
    return replace(fresh, words=tuple(words), domain=_domain(random, tuple(words)))


def written_name(random: Random, who: Employer, mess: float) -> str:
    words = list(who.words)
    if often(random, 0.06 * mess) and len(words) > 2:
        words = words[:-1]
    if often(random, 0.03 * mess) and len(words) > 2:
        del words[random.randrange(1, len(words))]
    if often(random, 0.04 * mess):
        words.insert(random.choice((len(words), len(words), 0)), TRADES.draw(random))
    if often(random, 0.15 * mess):
        words = [SHORT.get(word, word) for word in words]
    if often(random, 0.2):
        words = ["and" if word == "&" else word for word in words]
    if often(random, 0.05 * mess) and len(words) > 1:
        at = random.randrange(len(words) - 1)
        words[at : at + 2] = [words[at] + words[at + 1]] if often(random, 0.6) else [words[at + 1], words[at]]
    if often(random, 0.03 * mess) and len(words) > 2:
        words = ["".join(word[0] for word in words if word != "&")]
    if often(random, 0.08):
        words.insert(0, "the")
    site = who.site
    if site and often(random, 0.1 * mess):
        site = site.lstrip("#- ")
    text = " ".join((*words, site)).strip()
    text = _legal(random, who, text, mess)
    if often(random, 0.08 * mess):
        text = random.choice(("{} - {}", "{} of {}", "{}, {}", "{} ({})", "{} {}")).format(
            text, random.choice((who.city, who.city, random.choice(CITIES)))
        )
    if often(random, 0.03 * mess):
        text = random.choice(
            (
                f"{text} (new)",
                f"Employer: {text}",
                f"{text} d/b/a {' '.join(words)}",
                f"{syllables(random)} dba {text}",
                f"{text} DUPLICATE",
                f"{text} HR",
                f"Attn: {text}",
            )
        )
    for _ in range(2):
        if often(random, 0.12 * mess):
            text = typo(random, text)
    return random.choice((str.upper, str.lower, str.title, str.title))(text)


def _legal(random: Random, who: Employer, text: str, mess: float) -> str:
    form = random.randrange(len(LEGAL)) if often(random, 0.08 * mess) else who.legal
    if form < 0 or often(random, 0.3 * mess):
        return text
    written = random.choice(LEGAL[form])
    return text + written if written.startswith(",") else f"{text}{random.choice((' ', ' ', ', '))}{written}"


def written(random: Random, who: Employer, identity: str, like: Character) -> EmployerRecord:
    has = {field: often(random, chance) for field, chance in like.filled.items()}
    moved = {field: often(random, chance) for field, chance in like.elsewhere.items()}
    number = (
        phone(random)
        if moved["phone"]
        else digit_slip(random, who.phone)
        if often(random, 0.03 * like.mess)
        else who.phone
    )
    number = number[3:] if often(random, like.formats * 0.2) else number
    city = random.choice(like.cities) if moved["city"] else who.city
    zip_code = _zip(random, like, random.choice(like.cities)) if moved["zip"] else who.zip
    zip_code = digit_slip(random, zip_code) if often(random, 0.03 * like.mess) else zip_code
    city = typo(random, city) if often(random, 0.05 * like.mess) else city
    place = street(random) if moved["street"] else who.street
    host = _domain(random, who.words) if moved["domain"] else who.domain
    return EmployerRecord(
        identity,
        written_name(random, who, like.mess),
        (),
        ("gmail.com" if often(random, 0.03) else host,) if has["domain"] else (),
        (number,) if has["phone"] else (),
        written_street(random, place, like.mess) if has["street"] else "",
        city if has["city"] else "",
        "il" if has["state"] else "",
        zip_code if has["zip"] else "",
    )


def trade_name(random: Random, who: Employer, like: Character) -> Employer:
    """The same firm under the name on its sign, or the one it had before: nothing of the old name may be left."""
    other = employer(random, Zipf(list(THINGS)), like)
    keeps = (who.words[0],) if often(random, 0.4) else ()
    return replace(who, words=(*keeps, *other.words))


def collection(random: Random, records: int, names_alone: bool = False) -> tuple[list[EmployerRecord], list[int]]:
    """About so many records, and for each the number of the employer that it means."""
    like = character(random)
    if names_alone:
        like = replace(like, filled=dict.fromkeys(like.filled, 0.0))
    common = [name for name, share in shipped("family_name").items() if share > 0]
    surnames = Zipf(common + [syllables(random) for _ in range(max(600, records * names_alone))])
    found: list[EmployerRecord] = []
    truth: list[int] = []
    hosts: set[str] = set()
    streets: list[tuple] = []
    places: list[tuple[str, str]] = []
    cluster = 0
    while len(found) < records:
        base = employer(random, surnames, like)
        if base.domain in hosts:
            base = replace(base, domain=f"{syllables(random)}{base.domain}")
        hosts.add(base.domain)
        if found and often(random, like.buildings):
            base = replace(base, street=streets[-1], city=places[-1][0], zip=places[-1][1])
        streets, places = [*streets[-20:], base.street], [*places[-20:], (base.city, base.zip)]
        members = [base]
        if often(random, like.chains):
            members += [branch(random, base, number + 2, like) for number in range(random.choice((1, 2, 5, 12)))]
        if often(random, like.siblings):
            members.append(sibling(random, base, like))
        for who in members:
            cluster += 1
            for _ in range(random.choice(like.sizes)):
                named = trade_name(random, who, like) if often(random, like.renamed) else who
                found.append(written(random, named, f"r{len(found)}", like))
                truth.append(cluster)
    return found, truth
