"""Places that no list knows: "City, ST" in any state, "83651", "in Filer", "our Donnelly plant", "Nampa-based"."""

import re
from collections.abc import Iterator

from mail.prose.given_names import GIVEN_NAMES
from mail.prose.name_words import HONORIFICS, NOT_NAMES, ORG_WORDS, PRODUCTS, ROLES

_STATES = {
    "AL": "Alabama|Ala.", "AK": "Alaska", "AZ": "Arizona|Ariz.", "AR": "Arkansas|Ark.", "CA": "California|Calif.",
    "CO": "Colorado|Colo.", "CT": "Connecticut|Conn.", "DE": "Delaware|Del.", "FL": "Florida|Fla.",
    "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois|Ill.", "IN": "Indiana|Ind.", "IA": "Iowa",
    "KS": "Kansas|Kan.", "KY": "Kentucky|Ky.", "LA": "Louisiana|La.", "ME": "Maine", "MD": "Maryland|Md.",
    "MA": "Massachusetts|Mass.", "MI": "Michigan|Mich.", "MN": "Minnesota|Minn.", "MS": "Mississippi|Miss.",
    "MO": "Missouri|Mo.", "MT": "Montana|Mont.", "NE": "Nebraska|Neb.", "NV": "Nevada|Nev.",
    "NH": "New Hampshire|N.H.", "NJ": "New Jersey|N.J.", "NM": "New Mexico|N.M.|Nuevo México", "NY": "New York|N.Y.",
    "NC": "North Carolina|N.C.|Carolina del Norte", "ND": "North Dakota|N.D.", "OH": "Ohio", "OK": "Oklahoma|Okla.",
    "OR": "Oregon|Ore.", "PA": "Pennsylvania|Penn.|Pa.", "PR": "Puerto Rico|P.R.", "RI": "Rhode Island|R.I.",
    "SC": "South Carolina|S.C.|Carolina del Sur", "SD": "South Dakota|S.D.", "TN": "Tennessee|Tenn.",
    "TX": "Texas|Tex.|Tejas", "UT": "Utah", "VT": "Vermont|Vt.", "VA": "Virginia|Va.", "WA": "Washington|Wash.",
    "WV": "West Virginia|W.Va.", "WI": "Wisconsin|Wis.", "WY": "Wyoming|Wyo.", "DC": "D.C.",
    "ON": "Ontario|Ont.", "QC": "Quebec|Québec", "BC": "British Columbia|B.C.", "AB": "Alberta", "MB": "Manitoba",
    "SK": "Saskatchewan", "NS": "Nova Scotia", "NB": "New Brunswick",
}  # fmt: skip
_CODE = {name: code for code, names in _STATES.items() for name in names.split("|")} | {code: code for code in _STATES}
_ALSO_WORDS = frozenset(
    {"MD", "PA", "MA", "MS", "ID", "OR", "IN", "OK", "ON", "LA", "ME", "CO", "AB", "MB", "VA", "PR", "AR"}
)
"""Codes that are degrees or words too: a state only with more that says so."""
_UPPER = "A-ZÁÉÍÓÚÑŁŚŻŹĆ"
_WORD = rf"(?:(?:St|Ste|Mt|Ft)\.|[{_UPPER}][^\W\d_]*(?:['’-][{_UPPER}]?[^\W\d_]+)*)"
_NAME = rf"{_WORD}(?: (?:(?:of|the|du|de|la|del|los|las|on) ){{0,2}}{_WORD}){{0,3}}"
_STATE_WORDS = "|".join(re.escape(word) for word in sorted(_CODE, key=len, reverse=True))
_STATED = re.compile(
    rf"(?<![\w@.&-])(?P<name>{_NAME})(?P<joint>, ?| \(| )(?P<state>{_STATE_WORDS})(?![\w@])\)?"
    rf"(?:,? (?P<zip>\d{{5}})(?!\d))?"
    rf"|(?<![\w@.&-])(?P<named>{_NAME}),? (?P<zip2>\d{{5}})(?![\d,.]*\d|-\d{{2}}(?!\d))"
)
_MAY_BE_STATED = re.compile(rf"(?:, ?| \(| )(?:{_STATE_WORDS})(?![\w@])|(?<!\d)\d{{5}}(?!\d)")
_SITES = (
    "plant|yard|warehouse|facility|site|location|garage|hub|shop|store|office|campus|hotel|clinic|kitchen|terminal|"
    "depot|"
    "building|branch|factory|bakery|restaurant|salon|workshop|mill|house|lodge|ranch|farm|mine|quarry|dock|base|"
    "greenhouses?|showroom|studio|distribution center|dc|plants|stores|locations|offices|sites|shops|houses|jobsite|"
    "side"
)
_IN = re.compile(
    rf"(?<![\w-])(?P<before>(?:[^\W\d_]+ )?)(?P<in>(?i:in|out in|out of|over in|up in|down in|en|w|we)) "
    rf"(?P<fill>(?:the (?:town|city|village|county|heart) of |the |downtown |nearby |north |south |east |west |"
    rf"central |el centro de |la ciudad de |el |miejscowości |mieście )?)(?P<name>{_NAME})"
    rf"(?=\s*[,.;:!?()–—\n]|\s*$| [^\W\dA-ZÁÉÍÓÚÑŁŚŻŹĆ_]| \d| - |['’]s (?:{_SITES})\b)"
)
_SITE = re.compile(
    rf"(?<![\w@&.-])(?P<lead>(?:the|The|our|Our|their|Their|its|his|her|at|At|for|For|both) )(?P<name>{_NAME})"
    rf"(?: [a-z]+)? (?:{_SITES})(?!\w)"
)
_BRACKETED = re.compile(rf"(?<=\w )\((?P<name>{_NAME})(?=\)|, )")
_OF_ORG = re.compile(
    rf"(?P<org>[{_UPPER}][\w&'’-]+(?: [{_UPPER}&][\w&'’-]*){{0,3}}) (?P<of>of|de|z|ze) (?P<name>{_NAME})"
    rf"(?=[.,;:)\n]|\s*$| [^\W\dA-ZÁÉÍÓÚÑŁŚŻŹĆ_])"
)
_SITE_ABROAD = re.compile(
    rf"(?i:\b(?:planta|sucursal|tienda|oficina|bodega|almacén|fábrica|sede|obra|local|taller|zakład\w*|hal[aię]|"
    rf"sklep\w*|oddział\w*)) (?:de|en|w|we) (?P<name>{_NAME})(?=[.,;:)\n]|\s*$| [^\W\dA-ZÁÉÍÓÚÑŁŚŻŹĆ_])"
)
_BASED = re.compile(rf"(?<![\w@&.-])(?P<name>{_NAME})-(?:based|area)(?!\w)")
_LEADS = frozenset("at in from for near our the their its his her we to by and or here is de en w of on".split())
_NO_PLACE = frozenset(
    """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday spring summer fall autumn winter christmas thanksgiving easter english spanish
    polish arabic ukrainian french chinese mandarin cantonese russian vietnamese somali swahili portuguese hindi urdu
    burmese nepali excel word quickbooks outlook i me you us him her them it this that all both week day year
    quarter shift hr it qa qc er icu or step person case short addition fact general order
    time our my their his mr mrs ms dr don doña pan pani grade attn re
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre inglés español
    lunes martes miércoles jueves viernes sábado domingo styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu
    wrześniu październiku listopadzie grudniu poniedziałek wtorek środę czwartek piątek sobotę niedzielę
    commerce labor education economic health development veterans aging corrections jobs
    usa america us u.s god jesus labor memorial presidents independence good
    navy army air marines guard force senate house legislature workforce internet web trades
    osha cdl ged esl hvac cnc it solidworks autocad word powerpoint salesforce python java linux
    """.split()
)
"""What stands behind "in" with a capital and is no town."""
_NAMED_OF = frozenset(
    "office department dept chamber board council city county town village division school college university "
    "institute center centre bureau association society alliance federation bank house ministry secretary "
    "director".split()
)
"""What "of" makes one name with what follows: "Chamber of Commerce", "Office of Youth"."""
_NO_TOWN = NOT_NAMES | ORG_WORDS | _NO_PLACE
_NUMBERED = frozenset("building room suite class phase bay zone section unit floor line level gate dock".split())
"""Parts of a house: "in Bay", "in Building C", but "in Bay View"."""
_NOT_IN = frozenset(
    """
    interested believe interest experience experienced trained training certified certificate certification degree
    diploma program class course work background confidence trust faith invest invested sign signed log check bring
    brought loop call called come came rope roped specialize specializes majored major skill skills license licensed
    fluent written spoken speaks fill filled cut turn turned hand handed kick kicked pitch write wrote copy
    copied cc cc'd get got move moved lives living live born raised met school fair event grew graduated
    vive viven nació interesado interesada experiencia clase curso capacitación mieszka urodzony kursu kurs pracował
    """.split()
)
"""Words before "in" that let no place of work follow."""


_LOW = re.compile(
    r"(?<![\w-])(?:in|out in|over in|down in|up in) (?P<name>[^\W\d_]{4,20}(?: [^\W\d_]{4,20})?)"
    r"(?=,? (?:needs?|wants?|called|asked|asks?|could|would|who|has|is|are|looking|hiring|says|said)(?!\w)|"
    r"\s*[,.;:(]|\s*$)"
)
"""In a text without capitals: "a florist in riverwest needs"."""
_ASKS = re.compile(r",? (?:needs?|wants?|called|asked|asks?)(?!\w)")
_GROUNDS = re.compile(
    rf"(?<=at |to |in |on )(?:the )?(?P<name>{_NAME} (?:Airport|Mall|Plaza|Fairgrounds|Stadium|Arena|Marina|"
    rf"Terminal))(?!\w)"
)


def unlisted(text: str) -> Iterator[tuple[int, int, str, float]]:
    """(start, end, name as shown, weight) of places told by their form; no person's or organisation's name."""
    yield from _with_state(text)
    if " in " in text:
        yield from _typed_low(text, text.islower())
    for match in _GROUNDS.finditer(text):
        yield match.start("name"), match.end("name"), match["name"], 1.2
    if " in " in text or " In" in text or text.startswith("In ") or " en " in text or " w " in text or " we " in text:
        for match in _IN.finditer(text):
            if match["before"].strip().lower() not in _NOT_IN:
                yield from _told(match, text, 1.7)
    for match in _SITE.finditer(text):
        yield from _told(match, text, 1.5)
    for match in _SITE_ABROAD.finditer(text) if " de " in text or " en " in text or " w" in text else ():
        yield from _told(match, text, 1.7)
    for match in _BRACKETED.finditer(text) if "(" in text else ():
        yield from _told(match, text, 0.8)
    for match in _OF_ORG.finditer(text) if " of " in text or " de " in text or " z " in text else ():
        words = match["org"].lower().split()
        firm = not ORG_WORDS.isdisjoint(words) and words[-1] not in _NAMED_OF
        if firm or (match["of"][0] == "z" and len(words) > 1):
            yield from _told(match, text, 1.0)
    if "-based" in text or "-area" in text:
        for match in _BASED.finditer(text):
            yield from _told(match, text, 1.8)


_APPOSED = re.compile(rf",? (?:in |of |de |z |w )?(?P<name>{_NAME})(?=[,.;)]|\s*$)")


def beside(employer: str, text: str) -> tuple[int, int, str] | None:
    """The place behind the employer's name: "Elm Tank & Vessel, Waukesha, third generation"."""
    at = text.find(employer) if employer else -1
    match = _APPOSED.match(text, at + len(employer)) if at >= 0 else None
    if not match or not _names_a_place(match["name"]) or match["name"].split()[0].lower() in GIVEN_NAMES:
        return None
    return (match.start("name"), match.end("name"), match["name"])


def _typed_low(text: str, low: bool) -> Iterator[tuple[int, int, str, float]]:
    for match in _LOW.finditer(text):
        words = match["name"].split()
        before = text[: match.start()].split()[-1:]
        if not low and not (
            before and before[0][0].isupper() and len(before[0]) > 3 and _ASKS.match(text, match.end())
        ):
            continue
        if not _NO_TOWN.isdisjoint(words) or (before and before[0] in _NOT_IN):
            continue
        yield match.start("name"), match.end("name"), match["name"].title(), 1.2


def _with_state(text: str) -> Iterator[tuple[int, int, str, float]]:
    for match in _STATED.finditer(text) if _MAY_BE_STATED.search(text) else ():
        group = "name" if match["name"] else "named"
        start, name = _without_lead(match, group)
        if not name or (group == "named" and not _names_a_place(name)):
            continue
        if group == "named":
            yield start, match.end(), name, 1.5
        elif _is_state(match, text, start):
            yield start, match.end(), f"{name}, {_CODE[match['state']]}", 1.7 if match["joint"] != " " else 1.6


def _is_state(match: re.Match[str], text: str, start: int) -> bool:
    """Whether the words behind the name are its state rather than a degree, a word or a firm's name."""
    if match["zip"]:
        return True
    inside = bool(
        re.search(
            r"(?i)(?:^|[\s(])(?:in|at|near|of|en|w|here in|from|for|our|location:|,)\s*$",
            text[max(0, start - 24) : start],
        )
    )
    if match["joint"] == " ":
        return inside and (len(match["state"]) > 2 or match["state"] not in _ALSO_WORDS)
    if match["state"] in _ALSO_WORDS:
        return (
            inside
            or text[match.end() : match.end() + 1] in ("", "\n", ")")
            or bool(re.search(r"\d", text[max(0, start - 30) : start]))
        )
    return True


def _told(match: re.Match[str], text: str, weight: float) -> Iterator[tuple[int, int, str, float]]:
    start, name = _without_lead(match, "name")
    while " " in name and name.rpartition(" ")[2].lower() in _NO_PLACE:
        name = name.rpartition(" ")[0]  # "in Parma April 1st"
    if name and _names_a_place(name):
        yield start, start + len(name), name, weight


def _without_lead(match: re.Match[str], group: str) -> tuple[int, str]:
    """The name without a capitalised "At" or "Our" that begins a sentence, and where it starts."""
    start, name = match.start(group), match[group]
    while (first := name.partition(" ")[0]).lower() in _LEADS and first != name:
        start, name = start + len(first) + 1, name[len(first) + 1 :]
    return start, "" if name.lower() in _LEADS else name


def _names_a_place(name: str) -> bool:
    words = [word.lower().strip(".") for word in name.split()]
    if words[0] in _NUMBERED and (len(words) == 1 or len(words[1]) == 1):
        return False
    if words[0] in _NO_PLACE or words[-1] in _NO_PLACE or words[0] in HONORIFICS or (len(words) == 1 and len(name) < 3):
        return False
    if all(word.isupper() for word in name.split()) and len(name) < 6:
        return False
    return words[-1] not in _ORGANISED and not set(words) <= PRODUCTS and words[-1] not in ROLES


_TOWN_ENDS = frozenset(
    "park city town village valley river lake lakes hills heights springs falls beach bay island creek point grove "
    "ridge hill forest home center centre square plaza harbor garden gardens mills junction house".split()
)
_ORGANISED = frozenset(ORG_WORDS) - _TOWN_ENDS
