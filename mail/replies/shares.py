"""How many of the openings an answer takes: "we can take five of the twelve", "bierzemy cztery"."""

import re

from mail.prose.numbers import find_counts

_TAKES = re.compile(
    r"(?i)(?<!\w)(?:take|taking|fill|cover|do|have|manage|supply|place|serve|handle|good for|yes,?(?: to)?|room for|"
    r"tomar|tomamos|cubrir|cubrimos|tenemos|llenar|wziąć|bierzemy|obsadzimy|obsadzić|mamy|weźmiemy)"
    r"(?: on| up to| about| maybe| around| the first| only| at least| at most| some| hasta| do)?\s+"
)
_REACH = 400  # characters of the answer that are read


def share_taken(text: str) -> int | None:
    """The number right behind the first word of taking; None where it takes all, or says no number."""
    head = text[:_REACH]
    counts = {count.start: count.value for language in ("en", "es", "pl") for count in find_counts(head, language)}
    for found in _TAKES.finditer(head):
        number = counts.get(found.end())
        if number:
            return number
    return None
