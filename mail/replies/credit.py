"""Which organisations a report gives a hire to: a shared placement, "trained at", "ours", "both of us"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from mail.directory import Directory
from mail.parties.roles import mentions
from mail.values import Hired

_OURS = re.compile(
    r"(?i)\b(?:is ours|are ours|ours alone|our own placement|es nuestr[oa]|son nuestr[oa]s|jest nasz\w*)\b"
)
_WITH_US = re.compile(
    r"(?i)\b(?:(?:for|of|with|between) (?:us both|both of us|the two of us|you and (?:us|me))|both of (?:us|our)|"
    r"us both|(?:our|my) (?:class|course|training|program|cohort|trainees?|graduates?|coaching)|shared with us|"
    r"nosotros|ambas|las dos organizaciones|nas obu|nas oboje|nasz\w* kurs\w*)\b"
)
_SHARED = re.compile(
    r"(?i)\b(?:shared?|credit\w*|count\w*|both|together with|jointly|trained|graduat\w+|came through|went through|"
    r"(?:had )?(?:sent|referred|prepared)|(?:class|course|training|program) (?:at|of|from)|compartid\w+|formó|"
    r"capacitó|mandó|wspóln\w+|przeszkoli\w+|przysła\w+|kurs\w* w|split)\b"
)
_OF_THOSE = re.compile(
    r"(?i)\b(?:him|her|them|he|she|they|this|that|it|both|these|those|the two|all (?:two|three|four)|él|ella|ellos|"
    r"ellas|esta?|ambos|ambas|los dos|las dos|go|ją|ich|on|ona|oboje|obaj|obie|to)\b"
)


def credit(hired: list[Hired], last: Sequence[int], clause: str, directory: Directory, own: str | None) -> None:
    """Give the partners whom a clause names with a word of credit to the people of that clause, else to `last`, of
    whom it speaks as "him" or "this". `own`: the partner who writes ("both of us")."""
    shared = _SHARED.search(clause) is not None
    orgs = [mention.partner.name for mention in mentions(clause, directory)] if shared else []
    if own and (_OURS.search(clause) or (orgs and _WITH_US.search(clause))):
        orgs.append(own)
    if not orgs:
        return
    named = [
        index for index, one in enumerate(hired) if re.search(rf"(?<!\w){re.escape(one.name.split()[0])}(?!\w)", clause)
    ]
    for index in named or (last if _OF_THOSE.search(clause) else ()):
        hired[index] = replace(hired[index], orgs=tuple(dict.fromkeys((*hired[index].orgs, *orgs))))
