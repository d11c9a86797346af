"""From the words of a mail to the words that mean: folding, stems, and what surrounds a job title without being part of it."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_NOT_WORD = re.compile(r"[^a-z0-9+#]+")
_BRACKETS = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]")
_SUFFIXES = (
    "izations ization ational ations ation ements ement ments ment ingly ings ing ists ist ists ers er ors or ies ied ions ion "
    "ians ian als al ics ic ives ive ables able ed es ly y s e"
).split()
_KEEP = frozenset(
    "gas bus news lens nurse plus cna hha lpn rn cdl hvac sales physics optics its us pos sas aws ios".split()
)
STOP_WORDS = frozenset(
    """
    a an and any are as at be been but by can could do does each etc for from had has have he her his i if in into is it its
    me more most must my no not of on one or other our own she so some such than that the their them then there these they
    this those to up us was we were what when which who will with would you your all also am may
    y o de del la el los las en con para por un una al su sus que se
    i oraz lub do na z ze w we od po dla przy
    """.split()
)

_SHORT = {
    "tech": "technician",
    "techs": "technicians",
    "mgr": "manager",
    "mgmt": "management",
    "asst": "assistant",
    "assoc": "associate",
    "rep": "representative",
    "reps": "representatives",
    "admin": "administrative",
    "supv": "supervisor",
    "supvr": "supervisor",
    "coord": "coordinator",
    "spec": "specialist",
    "engr": "engineer",
    "maint": "maintenance",
    "mech": "mechanic",
    "opr": "operator",
    "oper": "operator",
    "attend": "attendant",
    "acct": "accounting",
    "mfg": "manufacturing",
    "prod": "production",
    "whse": "warehouse",
    "cust": "customer",
    "svc": "service",
    "svcs": "services",
    "dept": "department",
    "sr": "senior",
    "jr": "junior",
    "vp": "vice president",
    "hr": "human resources",
    "qa": "quality assurance",
    "qc": "quality control",
    "ot": "occupational therapy",
    "pt": "physical therapy",
    "er": "emergency room",
    "ob": "obstetric",
    "therap": "therapy",
    "elec": "electrical",
    "const": "construction",
    "lic": "licensed",
    "cert": "certified",
    "emt": "emt emergency medical technician",
    "cna": "cna certified nursing assistant",
    "hha": "hha home health aide",
    "lpn": "lpn licensed practical nurse",
    "rn": "rn registered nurse",
    "cdl": "cdl commercial truck driver",
    "pca": "pca personal care aide",
}

# What hiring mails say around a title. Each alternative is anchored by words and bounded, so the time is linear.
_MONEY = r"(?:starting |start |pays? |paying |at |from |up to )?(?:at )?\$ ?\d[\d.,]{0,9}k?(?: ?(?:-|–|to) ?\$? ?\d[\d.,]{0,9}k?)?(?: ?(?:/|per|an|a) ?(?:hr|hour|h|week|wk|year|yr|annum))?"
_WHEN = (
    r"(?:to start|starting|start|beginning)(?: in| on| next| this| mid| early| late)? ?(?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december|monday|tuesday|wednesday|thursday|friday|week|month|spring|summer|fall|winter|immediately|now|soon|asap)"
)
_SHIFT = r"(?:for|on|the|our|their|a|both)?(?: the| our| a)? ?(?:first|second|third|1st|2nd|3rd|day|night|evening|morning|overnight|graveyard|weekend|swing)(?: and (?:second|third|2nd|3rd|night))? shifts?"
_PLACE_PHRASE = (
    r"(?:on|in|at|from|near|around|for)(?: the| our| their| a)?(?: new)?(?: far| near)? ?(?:north|south|east|west|northwest|southwest|northeast|southeast)"
    r"(?: |-)?(?:side|suburbs?|loop)"
)
_SITE = r"(?:at|for|in|to)(?: the| our| their| a)(?: new)? (?:site|warehouse|plant|facility|location|shop|store|office|hotel|hospital|clinic|school|restaurant|factory)"
_TERMS = r"(?:full|part)(?: |-)time|with benefits|plus benefits|benefits included|asap|right away|immediately|temp(?: |-)to(?: |-)(?:hire|perm)|per diem|seasonal|bilingual preferred"
_NOISE = re.compile(rf"\b(?:{_WHEN}|{_SHIFT}|{_PLACE_PHRASE}|{_SITE}|{_TERMS})\b|{_MONEY}")
_IN_PLACE = re.compile(
    r"\b(?:in|near|around|out of|from) (?:the )?[A-Z][\w.'-]{1,30}(?: [A-Z][\w.'-]{1,30}){0,3}(?:, ?[A-Z]{2})?\b"
)
_ASK = re.compile(
    r"\b(?:(?:they|we|he|she|i|who|company|employer|client)?(?:'re|'s| is| are)? ?(?:also |now |currently |urgently )?"
    r"(?:needs?|needing|looking for|looking to hire|looking to fill|hiring(?: for)?|seeking|searching for|could use|wants?|trying to (?:fill|hire|find)|"
    r"recruiting(?: for)?|in need of|has openings for|have openings for|openings? for|positions? for|busca(?:n|mos)?|necesita(?:n|mos)?|"
    r"szuka(?:ją|my)?|potrzebuj[ąe](?:my)?))\b"
)
_COUNT = re.compile(
    r"\b(?:about |around |up to |at least |some |several |a few |a couple of |a dozen |\d{1,4} ?(?:-|–|to|or) ?)?"
    r"(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)\b(?! ?(?:ton|axle|phase|class))"
)
_TAIL = re.compile(
    r"\b(?:openings?|positions?|spots?|roles?|jobs?|vacanc(?:y|ies)|slots?|seats?|people|workers? wanted|wanted|needed)\b"
)
_CLAUSE = re.compile(r"[.;!?\n]| - | – |\bcan (?:anyone|you|anybody|somebody)\b|\bfor [A-Z]\w+ (?:Corp|Inc|LLC|Co)\b")


def fold(text: str) -> str:
    """Lower case without accents, brackets or punctuation (+ and # stay: C++, C#), one blank between words."""
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L")).encode("ascii", "ignore").decode()
    return " ".join(_NOT_WORD.sub(" ", _BRACKETS.sub(" ", plain.lower())).split())


def words_of(text: str) -> list[str]:
    """Folded words with the usual short forms of titles written out: "Maint. Tech" -> maintenance, technician."""
    return [full for word in fold(text).split() for full in _SHORT.get(word, word).split()]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A rough root: welder, welders, welding -> weld. Words of three letters and marked ones stay."""
    if len(word) <= 3 or word in _KEEP:
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            root = word[: -len(suffix)]
            return root[:-1] if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "sl" else root
    return word


def tokens(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order, repeated ones kept."""
    return [stem(word) for word in words_of(text) if word not in STOP_WORDS]


def grams(text: str, sizes: tuple[int, ...] = (3, 4)) -> Iterator[str]:
    """Character n-grams of each folded word, with its edges marked: " wel", "weld", "elde", ..."""
    for word in words_of(text):
        yield from _grams_of(word, sizes)


@lru_cache(maxsize=65_536)
def _grams_of(word: str, sizes: tuple[int, ...]) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple(padded[start : start + size] for size in sizes for start in range(max(1, len(padded) - size + 1)))


def title_words(phrase: str) -> str:
    """The title inside a phrase of a mail: "hiring 12 forklift operators for second shift" -> "forklift operators".

    A plain title comes back as it is. Where nothing would be left the phrase itself is returned.
    """
    phrase = " ".join(phrase.split())[:400]
    asked = _ASK.search(phrase.lower())
    words = phrase[asked.end() :] if asked and len(phrase) - asked.end() > 3 else phrase
    words = _IN_PLACE.sub(" ", words)
    clause = next((part for part in _CLAUSE.split(words) if part and len(part.strip()) > 2), words)
    low = _NOISE.sub(" ", clause.lower())
    bare = _TAIL.sub(" ", _COUNT.sub(" ", low)) if asked or _COUNT.search(low) else low
    return " ".join(bare.split()) or phrase
