"""Two employers side by side: one named level a field; missing is its own level."""

from rapidfuzz.distance import Indel, JaroWinkler, Prefix

from matching.employer_names import Alignment, NameForm, align
from matching.forms import EmployerForm
from matching.frequencies import Frequencies
from matching.normalize import same_phone
from matching.places import cities, states, streets, zips
from matching.words import DESK_WORDS, LEGAL, PLACES, SIDES

Levels = dict[str, str]


def employer_levels(a: EmployerForm, b: EmployerForm, frequencies: Frequencies) -> Levels:
    """Field to level. Symmetric: nothing depends on which record comes first."""
    found = names(a, b, frequencies)
    found["domain"] = domains(a, b)
    found["phone"] = phones(a.phones, b.phones, frequencies)
    found["street"] = streets(a.street, b.street)
    found["city"] = cities(a.city, b.city)
    found["zip"] = zips(a.zip, b.zip)
    found["state"] = states(a.state, b.state)
    found[f"{_SITE.get(found['name'], 'other')} name and"] = _site(found["street"], found["phone"])
    return found


_SITE = dict.fromkeys(("equal", "order", "joined", "one slip"), "same")


def _site(street: str, phone: str) -> str:
    """Street and phone together: they tell one site from another better than each alone."""
    same = (street in {"same", "near"}) + (phone == "same")
    other = (street in {"other", "other number"}) + (phone == "other")
    if same and other:
        return "mixed"
    return "same place" if same else "other place" if other else "missing"


def names(a: EmployerForm, b: EmployerForm, frequencies: Frequencies) -> Levels:
    """The best of all pairs of names that the two go by."""
    known = {*a.city.split(), *b.city.split()}
    pairs = [(x, y) for x in a.names for y in b.names]
    if not pairs:
        return {"name": "missing"}
    if len(pairs) == 1:
        return _name_levels(*pairs[0], known, frequencies)
    scored = [(_closeness(x, y, frequencies), x, y) for x, y in pairs]
    _, x, y = max(scored, key=lambda item: (item[0], min(item[1].compact, item[2].compact)))
    return _name_levels(x, y, known, frequencies)


def _closeness(x: NameForm, y: NameForm, frequencies: Frequencies) -> float:
    if x.tokens == y.tokens:
        return 2.0 + min(0.9, 0.1 * len(x.tokens))
    found = align(*sorted((x.tokens, y.tokens)))
    shared = _weight(found.shared, frequencies) + 0.8 * _weight([pair[0] for pair in found.close], frequencies)
    rest = _weight(found.left, frequencies) + _weight(found.right, frequencies)
    return max(2 * shared / (2 * shared + rest + 0.01), _spelling(x, y) - 0.3)


def _spelling(x: NameForm, y: NameForm) -> float:
    """Jaro-Winkler, which depends on the order of its arguments: so they are put in order."""
    return JaroWinkler.similarity(*sorted((x.compact, y.compact)))


def _weight(tokens, frequencies: Frequencies) -> float:
    rarity = frequencies.rarity
    total = 0.0
    for token in tokens:
        total += rarity("employer", token)
    return total


def _name_levels(x: NameForm, y: NameForm, known: set[str], frequencies: Frequencies) -> Levels:
    found = align(*sorted((x.tokens, y.tokens)))
    sides = [_rest(found.left, known, frequencies), _rest(found.right, known, frequencies)]
    sides.sort()
    shared = _weight(found.shared, frequencies) + 0.7 * sum(
        min(frequencies.rarity("employer", p), frequencies.rarity("employer", q)) for p, q in found.close
    )
    return {
        "name": _name_level(x, y, found),
        "name as initials": "acronym" if _acronym(x, y) or _acronym(y, x) else "missing",
        "extra words": _REST[sides[1]],
        "extra words in both": _REST[sides[0]],
        "shared words": _bin(shared, (0.1, 4, 7, 10, 14, 20, 30)),
        "overlap": _bin(_overlap(found, shared, frequencies), (0.01, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.999)),
        "first word": _first(x, y, found),
        "spelling": _bin(Indel.normalized_similarity(x.compact, y.compact), (0.5, 0.6, 0.7, 0.8, 0.87, 0.93, 0.97)),
        "number": _marks(found, str.isdigit),
        "side": _marks(found, SIDES.__contains__),
        "legal form": "missing" if not x.legal or not y.legal else "same" if x.legal & y.legal else "other",
    }


def _overlap(found: Alignment, shared: float, frequencies: Frequencies) -> float:
    """Share of both names, weighed by rarity, that the other has too."""
    rest = _weight(found.left, frequencies) + _weight(found.right, frequencies)
    return 2 * shared / (2 * shared + rest) if shared else 0.0


def _first(x: NameForm, y: NameForm, found: Alignment) -> str:
    """Companies are told apart by their first word more than by any other."""
    p, q = x.tokens[0], y.tokens[0]
    if p == q:
        return "same"
    if any({p, q} == set(pair) for pair in found.close):
        return "similar"
    return "elsewhere" if p in found.shared or q in found.shared else "other"


def _name_level(x: NameForm, y: NameForm, found: Alignment) -> str:
    if x.tokens == y.tokens:
        return "equal"
    if not found.left and not found.right:
        if not found.close:
            return "order"
        if x.compact == y.compact:
            return "joined"
        return "one slip" if found.slips <= 1 else "slips"
    if not found.shared and not found.close:
        return "nothing shared"
    if not found.left or not found.right:
        return "inside"
    return "both have more"


def _acronym(short: NameForm, long: NameForm) -> bool:
    return len(short.tokens) == 1 and len(short.compact) > 2 and short.compact in long.initials


_REST = ("none", "legal", "place", "common", "middling", "rare", "several")


def _rest(tokens: tuple[str, ...], known: set[str], frequencies: Frequencies) -> int:
    """How much the words say that the other name lacks: place words little, the rarest of the others decides."""
    if not tokens:
        return 0
    telling = [token for token in tokens if not _legalish(token)]
    if not telling:
        return 1
    named = [
        t
        for t in telling
        if t not in PLACES and t not in DESK_WORDS and t not in known and t not in frequencies.words.get("place", {})
    ]
    if not named:
        return 2
    rarest = max(frequencies.rarity("employer", token) for token in named)
    return 6 if len(named) > 2 and rarest >= 7 else 3 if rarest < 5.5 else 4 if rarest < 7.5 else 5


def _legalish(token: str) -> bool:
    return token in LEGAL or (len(token) < 4 and not token.isdigit() and token in _SLIPPED_LEGAL)


_SLIPPED_LEGAL = frozenset(
    form[:i] + form[i + 1 :] for form in ("inc", "ltd", "llc", "corp", "plc") for i in range(len(form))
) | {
    form[:i] + form[i + 1] + form[i] + form[i + 2 :]
    for form in ("inc", "ltd", "llc", "lp", "co")
    for i in range(len(form) - 1)
}


def _marks(found: Alignment, is_mark) -> str:
    """Numbers and sides of the compass: "Teddy Bear 1" isn't "Teddy Bear 2"."""
    left = any(map(is_mark, found.left))
    right = any(map(is_mark, found.right))
    if left and right:
        return "other"
    if left or right:
        return "one has more"
    return "same" if any(map(is_mark, found.shared)) else "missing"


def domains(a: EmployerForm, b: EmployerForm) -> str:
    """Own domains; where only one has one, whether it spells the other's name."""
    if set(a.domains) & set(b.domains):
        return "same"
    if a.domains and b.domains:
        return "same word" if set(a.labels) & set(b.labels) else "other"
    if not a.domains and not b.domains:
        return "missing"
    labels, others = (a.labels, b.names) if a.domains else (b.labels, a.names)
    return "spells the name" if any(_spells(label, form) for label in labels for form in others) else "one missing"


def _spells(label: str, form: NameForm) -> bool:
    same = Prefix.similarity(label, form.compact)
    return same >= 6 and same >= 0.6 * min(len(label), len(form.compact))


def phones(a: tuple[str, ...], b: tuple[str, ...], frequencies: Frequencies) -> str:
    if not a or not b:
        return "missing"
    shared = [x for x in a for y in b if same_phone(x, y)]
    if not shared:
        return "other"
    return "same" if min(frequencies.shared.get(x, 1) for x in shared) < 4 else "switchboard"


def _bin(value: float, edges: tuple[float, ...]) -> str:
    for edge in edges:
        if value < edge:
            return f"<{edge:g}"
    return f"{edges[-1]:g}+"
