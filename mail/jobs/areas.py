"""Places of work in the stead of a title: "two in laundry", "4 on the canning line", "dos de lavandería"."""

import re

from mail.prose.demand import AGAINST, FOR
from mail.prose.nouns import title_of
from mail.prose.numbers import find_counts
from mail.prose.titles import Mention

_AREAS = {
    "en": r"laundry|kitchen|dock|warehouse|line|front desk|housekeeping|maintenance|shipping|receiving|packing|"
    r"packaging|assembly|production|cafeteria|deli|bakery|register|counter|sanitation|dish ?room|dish pit|"
    r"prep|grill|fryer|yard|"
    r"stockroom|floor|cleaning|janitorial|security|landscaping|machining|welding|fabrication|"
    r"night crew|tunnel|salad bar",
    "es": r"lavandería|cocina|limpieza|bodega|almacén|empaque|recepción|mantenimiento|producción|ensamble|caja|"
    r"panadería|carnicería|jardinería|soldadura|costura|mostrador|línea(?: de \w+)?|muelle",
}
_JOINS = {
    "en": r"(?:(?:people |ppl |folks |hands )?(?:in|for|on|at|to work|to work in) "
    r"(?:the |our |its |their |his |her )?)?",
    "es": r"(?:personas )?(?:de|para|en) (?:la |el |su )?",
}
_AREA = {
    language: re.compile(
        rf"(?i)\s+{_JOINS[language]}(?P<what>(?:[^\W\d_]+ )?(?:{areas})(?: help)?)"
        r"(?=\s*(?:[,.;:(@¦]|$)|,? (?:and|at|for|to|open|starting|by|on|y|a|desde)\b)"
    )
    for language, areas in _AREAS.items()
}
_OPEN = re.compile(r"(?i)^[^.;]{0,40}\bopen\b")


def areas(masked: str, mentions: list[Mention], language: str) -> list[Mention]:
    """Counted places of work in a sentence that asks for people before them."""
    pattern = _AREA.get(language)
    if pattern is None:
        return []
    found: list[Mention] = []
    for count in find_counts(masked, language):
        match = pattern.match(masked, count.end)
        single = language == "es" and count.value == 1
        if not match or (count.article and not single) or not _is_asked(masked, count.start, match.end(), language):
            continue
        start, end = match.span("what")
        if any(mention.start < end and start < mention.end for mention in mentions):
            continue
        what = match["what"].lower() if language != "en" else title_of(match["what"])
        found.append(Mention(start, end, what, what.split()[-1], count, (count.value or 2) > 1))
    return found


def _is_asked(masked: str, start: int, end: int, language: str) -> bool:
    before = masked[max(0, start - 80) : start]
    asked = max((match.end() for match in FOR[language].finditer(before)), default=-1)
    against = max((match.end() for match in AGAINST[language].finditer(before)), default=-1)
    return asked > against or (language == "en" and bool(_OPEN.match(masked[end : end + 60])))
