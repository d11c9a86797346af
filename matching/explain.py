"""Reasons in words and numbers: what speaks for and against, largest first, and what would change the answer."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """`weight` is in log-odds: +2.3 makes ten times likelier, -2.3 ten times less likely."""

    words: str
    weight: float


WORDS = {
    ("name", "equal"): "same name",
    ("name", "order"): "same words in another order",
    ("name", "joined"): "same name, written together or apart",
    ("name", "one slip"): "name differs by one letter",
    ("name", "slips"): "similar name",
    ("name", "acronym"): "one name is the initials of the other",
    ("name", "inside"): "one name holds the other",
    ("name", "both have more"): "names overlap",
    ("name", "nothing shared"): "names share nothing",
    ("name", "missing"): "no name to compare",
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
    ("given name", "nickname"): "short form of the given name",
    ("given name", "initial"): "same initial",
    ("given name", "one of two"): "one given name in common",
    ("given name", "close"): "given name misspelt",
    ("given name", "distant"): "somewhat similar given name",
    ("family name", "one of two"): "part of a double family name",
    ("family name", "close"): "family name misspelt",
    ("family name", "initial"): "same initial of the family name",
    ("family name", "distant"): "somewhat similar family name",
    ("name order", "swapped"): "given and family name changed places",
    ("birth date", "swapped"): "birth date with day and month swapped",
    ("birth date", "slip"): "birth date differs by a digit",
    ("birth date", "one part"): "birth date differs in day, month or year",
    ("birth date", "same year"): "same year of birth",
    ("birth date", "one part same"): "birth dates mostly differ",
    ("generation", "other"): "junior and senior",
    ("household", "twins"): "like twins: one address, one birth date, other given name",
    ("household", "family"): "like one family at one address",
    ("household", "generations"): "like father and son at one address",
    ("household", "same name but other birth date"): "one name and address, other birth date",
}
"""(field, level) in words; what isn't listed is said as "same city", "other city", "city missing"."""

FIELD_WORDS = {
    "extra words": "words that only one has",
    "shared words": "how rare the shared words are",
    "spelling": "spelling as a whole",
    "rarity": "how rare the names are",
    "site": "name and place together",
    "legal form": "legal form",
}
LEAST = 0.1
"""Log-odds below which a reason isn't worth a reader's time."""


def reasons(found: Mapping[str, str], weights: Mapping[str, Mapping[str, float]]) -> tuple[Reason, ...]:
    """One reason a field that moves the sum, largest first."""
    weighed = ((field, level, weights.get(field, {}).get(level, 0.0)) for field, level in found.items())
    listed = [
        Reason(in_words(field, level), round(weight, 2)) for field, level, weight in weighed if abs(weight) >= LEAST
    ]
    return tuple(sorted(listed, key=lambda reason: (-abs(reason.weight), reason.words)))


def in_words(field: str, level: str) -> str:
    if (field, level) in WORDS:
        return WORDS[field, level]
    if level == "missing":
        return f"{field} missing"
    if field in FIELD_WORDS:
        return FIELD_WORDS[field]
    return f"{level} {field}"
