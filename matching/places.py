"""Streets, cities, states and zip codes of two records: one named level each."""

from rapidfuzz.distance import OSA

from matching.forms import Street
from matching.words import STREET_KINDS


def streets(a: Street, b: Street) -> str:
    """ "same", "near" (a slip in number or name), "other number", "other", "missing"."""
    if (not a[1] and not a[0]) or (not b[1] and not b[0]):
        return "missing"
    name = _street_names(a[1], b[1])
    if name == 0:
        return "other"
    if a[0] == b[0]:
        return "same" if name == 2 else "near"
    if not a[0] or not b[0]:
        return "near"
    return "near number" if OSA.distance(a[0], b[0]) == 1 and len(a[0]) == len(b[0]) > 1 else "other number"


def _street_names(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """2 equal, 1 close or one inside the other, 0 other."""
    if a == b or set(a) == set(b):
        return 2
    x, y = "".join(a), "".join(b)
    if x == y:
        return 2
    if max(len(x), len(y)) > 3 and (OSA.normalized_similarity(x, y) >= 0.8 or _run_together(x, y)):
        return 1
    shared = {word for word in set(a) & set(b) if len(word) > 2 or word.isdigit()}
    return 1 if shared and (shared == set(a) or shared == set(b)) else 0


def _run_together(x: str, y: str) -> bool:
    """ "larkcrescent" and "lark", whose kind was dropped: one begins with the other, but for a slip; a kind follows."""
    short, long = sorted((x, y), key=lambda name: (len(name), name))
    if len(short) < 4 or OSA.distance(short, long[: len(short)]) > 1:
        return False
    rest = long[len(short) :]
    return any(rest.endswith(kind) and len(rest) - len(kind) < 3 for kind in STREET_KINDS if len(kind) > 1)


def cities(a: str, b: str) -> str:
    if not a or not b:
        return "missing"
    if a == b:
        return "same"
    return "near" if a in b or b in a or OSA.normalized_similarity(a, b) >= 0.75 else "other"


def states(a: str, b: str) -> str:
    if not a or not b:
        return "missing"
    return "same" if a == b else "other"


def zips(a: str, b: str) -> str:
    """ "near": one digit differs or two are swapped; "area": the first three are the same."""
    if not a or not b:
        return "missing"
    if a == b:
        return "same"
    if OSA.distance(a, b) == 1:
        return "near"
    return "area" if a[:3] == b[:3] else "other"
