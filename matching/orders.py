"""The levels of each field from what speaks most against to what speaks most for one and the same.

A weight never falls along its line. `|` stands for "missing", which weighs nothing: levels left of it weigh at most
nothing, levels right of it at least nothing. Lines without it have no missing.
"""


def _lines(text: str) -> dict[str, tuple[str, ...]]:
    lines = (line.split(":", 1) for line in text.strip().splitlines())
    return {field.strip(): tuple(level.strip() for level in levels.split(",")) for field, levels in lines}


EMPLOYERS = _lines("""
name: nothing shared, both have more, inside, slips, one slip, joined, order, equal
name as initials: |, acronym
extra words: several, rare, middling, common, place, legal, none
extra words in both: several, rare, middling, common, place, legal, none
shared words: <0.1, <4, <7, <10, <14, <20, <30, 30+
overlap: <0.01, <0.2, <0.35, <0.5, <0.65, <0.8, <0.9, <0.999, 0.999+
first word: other, elsewhere, similar, same
spelling: <0.5, <0.6, <0.7, <0.8, <0.87, <0.93, <0.97, 0.97+
number: other, one has more, |, same
side: other, one has more, |, same
legal form: other, |, same
domain: other, |, spells the name, same word, same
phone: other, |, switchboard, same
street: other, other number, |, near number, near, same
city: other, |, near, same
zip: other, area, |, near, same
state: other, |, same
same name and: other place, |, mixed, same place
other name and: other place, mixed, |, same place
""")
"""Of employers."""

CANDIDATES = _lines("""
given name: other, distant, |, initial, one of two, nickname, close, same
family name: other, distant, |, initial, one of two, nickname, close, same
name order: swapped, |, straight
rarity: <4, <7, <10, <13, <16, <19, 19+
generation: other, |, same
birth date: other, one part same, same year, |, one part, slip, swapped, same
e-mail: other, |, same
phone: other, |, same
street: other, |, other number, near number, near, same
city: other, |, near, same
zip: other, |, area, near, same
state: other, |, same
household: twins, family, generations, same name but other birth date, |
""")
"""Of candidates."""

OTHERS = _lines("""
others: <0.05, <0.2, |, <0.35, <0.5, <0.65, <0.8, <0.95, 0.95+
link: |, <0.2, <0.35, <0.5, <0.65, <0.8, <0.95, 0.95+
""")
"""What the rest of a collection says about a pair: see matching.neighbours."""

ORDERS = {"employers": EMPLOYERS, "candidates": CANDIDATES, "others": OTHERS}
