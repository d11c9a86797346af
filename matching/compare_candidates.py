"""Two people side by side: one named level a field; missing is its own level."""

from rapidfuzz.distance import OSA, JaroWinkler

from matching.forms import CandidateForm
from matching.frequencies import Frequencies
from matching.nicknames import same_given_name
from matching.normalize import same_phone
from matching.places import cities, states, streets, zips

Levels = dict[str, str]


def candidate_levels(a: CandidateForm, b: CandidateForm, frequencies: Frequencies) -> Levels:
    """Field to level. Symmetric: nothing depends on which record comes first."""
    given, family, crossed = _names(a, b)
    found = {
        "given name": given,
        "family name": family,
        "name order": crossed,
        "rarity": _rarity(a, b, given, family, crossed, frequencies),
        "generation": "missing" if not a.suffix or not b.suffix else "same" if a.suffix == b.suffix else "other",
        "birth date": dates(a.born, b.born),
        "e-mail": "missing" if not a.emails or not b.emails else "same" if set(a.emails) & set(b.emails) else "other",
        "phone": _phones(a.phones, b.phones),
        "street": streets(a.street, b.street),
        "city": cities(a.city, b.city),
        "zip": zips(a.zip, b.zip),
        "state": states(a.state, b.state),
    }
    found["household"] = household(found)
    return found


def _names(a: CandidateForm, b: CandidateForm) -> tuple[str, str, str]:
    straight = given_names(a.given, b.given), family_names(a.family, b.family)
    return arranged(straight, (given_names(a.given, b.family), given_names(a.family, b.given)))


def arranged(straight: tuple[str, str], crossed: tuple[str, str]) -> tuple[str, str, str]:
    """The levels of given and family name, and whether they changed places: they did where that agrees clearly
    better."""
    less, more = sorted(crossed, key=_AGREE.__getitem__)
    if _AGREE[less] + _AGREE[more] > _AGREE[straight[0]] + _AGREE[straight[1]] + 1:
        return less, more, "swapped"
    return (*straight, "straight")


_AGREE = {"same": 3, "close": 2, "nickname": 2, "initial": 1, "one of two": 2, "distant": 0, "missing": 0, "other": -1}


def given_names(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    """ "same", "nickname", "initial", "close" (misspelt), "distant" (somewhat alike), "other", "missing"."""
    if not a or not b:
        return "missing"
    if a == b or "".join(a) == "".join(b):
        return "same"
    if a[0] == b[0] or set(a) & set(b):
        return "one of two"
    if same_given_name(a[0], b[0]):
        return "nickname"
    if a[0][0] == b[0][0] and min(len(a[0]), len(b[0])) == 1:
        return "initial"
    return _alike(*sorted(("".join(a), "".join(b))))


def family_names(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    """ "one of two": a double name of which the other record has a part."""
    if not a or not b:
        return "missing"
    if a == b or "".join(a) == "".join(b):
        return "same"
    if set(a) & set(b) and any(len(word) > 2 for word in set(a) & set(b)):
        return "one of two"
    x, y = "".join(a), "".join(b)
    if x[0] == y[0] and min(len(x), len(y)) == 1:
        return "initial"
    return _alike(*sorted((x, y)))


def _alike(x: str, y: str) -> str:
    distance = OSA.distance(x, y)
    longest = max(len(x), len(y))
    if (distance <= 1 and longest > 2) or (distance == 2 and longest > 5):
        return "close"
    return "distant" if JaroWinkler.similarity(x, y) >= 0.8 else "other"


AGREEING = frozenset({"same", "close", "nickname", "one of two"})


def _rarity(a: CandidateForm, b: CandidateForm, given: str, family: str, order: str, frequencies: Frequencies) -> str:
    """How telling it is that the names agree: only names that do agree count."""
    if order == "swapped":
        pairs = [(x, y) for x, y in ((a.given, b.family), (a.family, b.given)) if given_names(x, y) in AGREEING]
        total = sum(min(_rarest(kind, x, y, frequencies) for kind in ("given_name", "family_name")) for x, y in pairs)
    else:
        total = _rarest("family_name", a.family, b.family, frequencies) if family in AGREEING else 0.0
        total += _rarest("given_name", a.given, b.given, frequencies) if given in AGREEING else 0.0
    return rarity_level(total)


def rarity_level(total: float) -> str:
    """The rarity of both names together, in steps."""
    return next((f"<{edge}" for edge in (4, 7, 10, 13, 16, 19) if total < edge), "19+")


def _rarest(kind: str, a: tuple[str, ...], b: tuple[str, ...], frequencies: Frequencies) -> float:
    """Of both names the rarest word, of those the commoner: a slip makes any name look rare."""
    return min(max(frequencies.rarity(kind, word) for word in names) for names in (a, b))


def dates(a: str, b: str) -> str:
    """ "slip": one digit; "swapped": two digits or day and month; "one part": year, month or day alone differs."""
    if not a or not b:
        return "missing"
    if a == b:
        return "same"
    if len(a) < 10 or len(b) < 10:
        return "same year" if a[:4] == b[:4] else "other"
    x, y = a.split("-"), b.split("-")
    if x[0] == y[0] and x[1] == y[2] and x[2] == y[1]:
        return "swapped"
    distance = OSA.distance(a.replace("-", ""), b.replace("-", ""))
    if distance == 1:
        return "slip"
    same = sum(p == q for p, q in zip(x, y, strict=True))
    if same == 2:
        return "one part"
    return "same year" if x[0] == y[0] else "one part same" if same else "other"


def _phones(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    if not a or not b:
        return "missing"
    return "same" if any(same_phone(x, y) for x in a for y in b) else "other"


def household(found: Levels) -> str:
    """Twins, parent and child, a couple: one address and family name, and something that says these are two people."""
    if found["street"] not in {"same", "near"} or found["family name"] not in {"same", "close", "one of two"}:
        return "no"
    if found["generation"] == "other":
        return "generations"
    if found["given name"] not in {"other", "distant"}:
        return "no" if found["birth date"] != "other" else "same name but other birth date"
    return "twins" if found["birth date"] == "same" else "family"
