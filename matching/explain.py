"""Reasons in words and numbers: what speaks for and against, largest first, and what would change the answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.orders import CANDIDATES, EMPLOYERS

Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Reason:
    """`weight` is in log-odds: +2.3 makes ten times likelier, -2.3 ten times less likely."""

    words: str
    weight: float


NAME_FIELDS = frozenset(
    (
        "name",
        "name as initials",
        "extra words",
        "extra words in both",
        "shared words",
        "overlap",
        "first word",
        "spelling",
    )
)
"""Fields that look at one company name from several sides: a person reads them as one reason."""

WORDS = {
    ("name", "equal"): "same name",
    ("name", "order"): "same words in another order",
    ("name", "joined"): "same name, written together or apart",
    ("name", "one slip"): "name differs by one letter",
    ("name", "slips"): "similar name",
    ("name", "inside"): "one name holds the other",
    ("name", "both have more"): "names overlap in part",
    ("name", "nothing shared"): "other name",
    ("name as initials", "acronym"): "one name is the initials of the other",
    ("number", "other"): "other number in the name",
    ("number", "one has more"): "number in one name only",
    ("number", "same"): "same number in the name",
    ("side", "other"): "other side of town in the name",
    ("side", "one has more"): "side of town in one name only",
    ("side", "same"): "same side of town in the name",
    ("domain", "same word"): "domains of one word",
    ("domain", "spells the name"): "domain spells the other's name",
    ("phone", "switchboard"): "same phone, which many share",
    ("street", "near"): "similar street",
    ("street", "near number"): "same street, a digit differs",
    ("street", "other number"): "same street, other number",
    ("zip", "near"): "zip code differs by a digit",
    ("zip", "area"): "zip codes of one area",
    ("same name and", "other place"): "same name at another place",
    ("same name and", "mixed"): "same name, place unclear",
    ("same name and", "same place"): "same name at the same place",
    ("other name and", "other place"): "other name at another place",
    ("other name and", "mixed"): "other name, place unclear",
    ("other name and", "same place"): "other name at the same place",
    ("given name", "nickname"): "short form of the given name",
    ("given name", "initial"): "same initial",
    ("given name", "one of two"): "one given name in common",
    ("given name", "close"): "given name misspelt",
    ("given name", "distant"): "somewhat similar given name",
    ("family name", "one of two"): "part of a double family name",
    ("family name", "nickname"): "family name in another form",
    ("family name", "close"): "family name misspelt",
    ("family name", "initial"): "same initial of the family name",
    ("family name", "distant"): "somewhat similar family name",
    ("name order", "swapped"): "given and family name changed places",
    ("name order", "straight"): "names in their places",
    ("birth date", "swapped"): "birth date with day and month swapped",
    ("birth date", "slip"): "birth date differs by a digit",
    ("birth date", "one part"): "birth date differs in day, month or year",
    ("birth date", "same year"): "same year of birth",
    ("birth date", "one part same"): "birth dates mostly differ",
    ("generation", "other"): "junior and senior",
    ("generation", "same"): "both junior, or both senior",
    ("household", "twins"): "like twins: one address, one birth date, other given name",
    ("household", "family"): "like one family at one address",
    ("household", "generations"): "like father and son at one address",
    ("household", "same name but other birth date"): "one name and address, other birth date",
}
"""(field, level) in words; what isn't listed is said as "same city", "other city"."""

LEAST = 0.1
"""Log-odds below which a reason isn't worth a reader's time."""


def reasons(found: Mapping[str, str], weights: Weights) -> tuple[Reason, ...]:
    """One reason a field that moves the sum, the fields of a company name as one, largest first."""
    listed = []
    name = 0.0
    for field, level in found.items():
        weight = weights.get(field, {}).get(level, 0.0)
        if field in NAME_FIELDS:
            name += weight
        elif abs(weight) >= LEAST:
            listed.append(Reason(in_words(field, level), round(weight, 2)))
    if abs(name) >= LEAST:
        listed.append(Reason(_name_words(found), round(name, 2)))
    return tuple(sorted(listed, key=lambda reason: (-abs(reason.weight), reason.words)))


def _name_words(found: Mapping[str, str]) -> str:
    if found.get("name as initials") == "acronym":
        return WORDS["name as initials", "acronym"]
    return WORDS.get(("name", found.get("name", "")), "similar name")


def in_words(field: str, level: str) -> str:
    if field == "rarity":
        return "common names" if level in {"<4", "<7", "<10"} else "rare names"
    return WORDS.get((field, level)) or f"{level} {field}"


@dataclass(frozen=True, slots=True)
class Change:
    """What would change the answer: if a field were like this, the probability would be that."""

    words: str
    probability: float


_ASKED = ("phone", "domain", "street", "e-mail", "birth date", "zip", "city")
"""Fields that a person can find out with a call."""
_FEWEST = 0.1
"""Change of probability that is worth a call."""


def what_would_change(found: Mapping[str, str], weights: Weights, probability: float) -> tuple[Change, ...]:
    """For each field that can be asked for: the probability were it the same, and were it other; strongest first."""
    from matching.scoring import logit, sigmoid

    changes = []
    orders = EMPLOYERS if "name" in found else CANDIDATES
    for field in _ASKED:
        if field not in orders or field not in found:
            continue
        now = weights.get(field, {}).get(found[field], 0.0)
        for level, words in (("same", f"with the same {field}"), ("other", f"with another {field}")):
            if found[field] != level:
                then = sigmoid(logit(probability) - now + weights.get(field, {}).get(level, 0.0))
                if abs(then - probability) >= _FEWEST:
                    changes.append(Change(words, round(then, 4)))
    return tuple(sorted(changes, key=lambda change: (-abs(change.probability - probability), change.words)))
