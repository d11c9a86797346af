"""Two people compared by keyed hashes alone, in the levels of `compare_candidates`, so that the same model judges them.

Slips are found where two names less a letter are one hash, likeness by the share of pairs of letters in common.
"""

from matching.compare_candidates import AGREEING, Levels, arranged, household, rarity_level
from matching.explain import Change, reasons, what_would_change
from matching.model import Match, comparable, judged
from matching.parameters_file import Parameters, shipped
from matching.records import CandidateRecord
from matching.related import household_relation
from matching.scoring import sigmoid
from matching.veils import Born, Name, Phone, Place, Veil, veil

CLOSE, DISTANT = 0.7, 0.45
"""Shares of pairs of letters in common: two slips in a long name; somewhat alike."""


def match_veiled(a: CandidateRecord, b: CandidateRecord, key: bytes, parameters: Parameters | None = None) -> Match:
    """Whether two people are one, told by hashes under this key alone. Symmetric."""
    parameters = parameters or shipped("candidates")
    found = veiled_levels(veil(a, key), veil(b, key))
    probability = sigmoid(parameters.base + parameters.evidence(found)) if comparable(found) else 0.0
    return judged(reasons(found, parameters.weights), household_relation(found), parameters, probability)


def changes_veiled(
    a: CandidateRecord, b: CandidateRecord, key: bytes, parameters: Parameters | None = None
) -> tuple[Change, ...]:
    """What would change the answer, strongest first."""
    parameters = parameters or shipped("candidates")
    probability = match_veiled(a, b, key, parameters).probability
    return what_would_change(veiled_levels(veil(a, key), veil(b, key)), parameters.weights, probability)


def veiled_levels(a: Veil, b: Veil) -> Levels:
    """Field to level, as `compare_candidates.candidate_levels` names them."""
    given, family, order = _names(a, b)
    found = {
        "given name": given,
        "family name": family,
        "name order": order,
        "rarity": _rarity(a, b, given, family, order),
        "generation": _equal(a.suffix, b.suffix),
        "birth date": _dates(a.born, b.born),
        "e-mail": "missing" if not a.emails or not b.emails else "same" if a.emails & b.emails else "other",
        "phone": _phones(a.phones, b.phones),
        "street": _streets(a.place, b.place),
        "city": _equal(a.place.city, b.place.city),
        "zip": _zips(a.place, b.place),
        "state": _equal(a.place.state, b.place.state),
    }
    found["household"] = household(found)
    return found


def _equal(a: str, b: str) -> str:
    return "missing" if not a or not b else "same" if a == b else "other"


def _names(a: Veil, b: Veil) -> tuple[str, str, str]:
    straight = _given(a.given, b.given), _family(a.family, b.family)
    return arranged(straight, (_given(a.given, b.family), _given(a.family, b.given)))


def _given(a: Name | None, b: Name | None) -> str:
    if a is None or b is None:
        return "missing"
    if a.whole == b.whole:
        return "same"
    if a.words & b.words:
        return "one of two"
    if a.nicknames & b.nicknames:
        return "nickname"
    return "initial" if _initial(a, b) else _alike(a, b)


def _family(a: Name | None, b: Name | None) -> str:
    if a is None or b is None:
        return "missing"
    if a.whole == b.whole:
        return "same"
    if a.long_words & b.long_words:
        return "one of two"
    return "initial" if _initial(a, b) else _alike(a, b)


def _initial(a: Name, b: Name) -> bool:
    return a.initial == b.initial and (a.short or b.short)


def _alike(a: Name, b: Name) -> str:
    share = 2 * len(a.letters & b.letters) / (len(a.letters) + len(b.letters))
    if a.slips & b.slips or share >= CLOSE:
        return "close"
    return "distant" if share >= DISTANT else "other"


def _rarity(a: Veil, b: Veil, given: str, family: str, order: str) -> str:
    """How telling it is that the names agree: of both the commoner one."""
    if order == "swapped":
        crossed = [(x, y) for x, y in ((a.given, b.family), (a.family, b.given)) if _given(x, y) in AGREEING]
        total = sum(min(_commoner(x, y, 0), _commoner(x, y, 1)) for x, y in crossed)
    else:
        total = _commoner(a.family, b.family, 1) if family in AGREEING else 0.0
        total += _commoner(a.given, b.given, 0) if given in AGREEING else 0.0
    return rarity_level(total)


def _commoner(a: Name | None, b: Name | None, kind: int) -> float:
    return min(a.rarity[kind], b.rarity[kind]) if a and b else 0.0


def _dates(a: Born | None, b: Born | None) -> str:
    if a is None or b is None:
        return "missing"
    if a.whole == b.whole:
        return "same"
    if not a.swapped or not b.swapped:
        return "same year" if a.parts[0] == b.parts[0] else "other"
    if a.swapped == b.whole:
        return "swapped"
    if a.slips & b.slips:
        return "slip"
    same = [x == y for x, y in zip(a.parts, b.parts, strict=True)]
    if sum(same) == 2:
        return "one part"
    return "same year" if same[0] else "one part same" if any(same) else "other"


def _phones(a: tuple[Phone, ...], b: tuple[Phone, ...]) -> str:
    if not a or not b:
        return "missing"
    alike = any(x.whole == y.whole or (x.tail == y.tail and x.short != y.short) for x in a for y in b)
    return "same" if alike else "other"


def _streets(a: Place, b: Place) -> str:
    if not (a.street or a.number) or not (b.street or b.number):
        return "missing"
    if a.street != b.street:
        return "other"
    if a.number == b.number:
        return "same"
    return "other number" if a.number and b.number else "near"


def _zips(a: Place, b: Place) -> str:
    if not a.zip or not b.zip:
        return "missing"
    if a.zip == b.zip:
        return "same"
    return "near" if a.zip_slips & b.zip_slips else "area" if a.area == b.area else "other"
