"""How much speaks for a title being asked for: a sum of weights, each for one thing seen in the sentence."""

import re
from dataclasses import dataclass

from mail.jobs.told import is_given_up, is_statistic
from mail.prose.demand import Cue, cue, is_governed, is_later
from mail.prose.titles import Mention
from mail.prose.trades import GENERIC, HEADS, SERVICES, word_set


@dataclass(frozen=True, slots=True)
class Standing:
    """How a title stands on the page: on a `line` of its own or a bullet, under a lead-in that asks, with a wage."""

    line: bool
    led: bool
    paid: bool


def weigh(text: str, masked: str, cued: str, language: str, mention: Mention, standing: Standing) -> tuple[Cue, float]:
    """The cue that governs the title, and the evidence; 2.5 makes a need. Weights by hand, tried on our own mails.

    `cued` is the masked text without its titles, whose words ("finish carpenter") govern nothing.
    """
    start = mention.count.start if mention.count is not None and mention.count.start < mention.start else mention.start
    found = cue(masked, mention.start, mention.end, language)
    if found.pull < 0:
        found = max(found, cue(cued, mention.start, mention.end, language), key=lambda one: one.pull)
    opened = mention.opening and found.pull > 0 and mention.determiner != "your"
    found = Cue(2.0 if mention.opening and found.pull > -3 else found.pull, found.gone, found.filled)
    counted = mention.count is not None and not mention.count.article
    willing = found.pull >= 0
    first = start < 4
    before = masked[:start]
    asked_of_people = found.pull > 0 and is_governed(before, language)
    weights = (
        (_count_weight(mention), True),
        (0.5 if mention.known else -1.2, True),
        (found.pull if mention.known or found.pull <= 0 or asked_of_people else 0.0, True),
        (
            1.5 if mention.count is not None or found.pull > 0 or standing.line or standing.led else 0.8,
            standing.paid and found.pull > -2,
        ),
        (1.2, standing.line and first and willing),
        (1.5, standing.led and willing and (first or mention.count is not None)),
        (0.8, standing.led and first and not masked[mention.end :].strip(" .!;")),
        (-1.5, mention.determiner in _DEFINITE and not counted and not opened),
        (-3.0, counted and bool(_OWNED.search(before))),
        (-3.0, counted and willing and not opened and found.pull <= 0 and bool(_POSSESSED.search(before))),
        (-3.0, mention.head in _PROGRAMS and not counted),
        (-4.0, mention.head == "member" and "service" in mention.title),
        (-1.5, _unmarked(mention, standing) and language != "pl" and not asked_of_people and not opened),
        (-2.0, before.endswith("(") and masked[mention.end : mention.end + 1] == ")" and not standing.line),
        (-3.0, bool(_FORMER.match(mention.title))),
        (-3.0, mention.opening and mention.count is not None and mention.count.article and bool(_SEEKS.search(before))),
        (-4.0, mention.determiner in ("no", "żadnych", "ningún", "zero")),
        (-1.5, mention.head in _PEOPLE and mention.count is None and not standing.line),
        (-3.0, text[mention.start].isupper() and bool(_EMPLOYER.match(masked[mention.end :]))),
        (-4.0, is_later(text, mention.start)),
        (-2.5, _is_name(text, mention, standing) and not _is_sought(mention, found, standing)),
        (-1.5, found.pull <= 0 and bool(_DESCRIBES.search(before))),
        (-4.0, is_statistic(masked, mention)),
        (-6.0, is_given_up(masked, mention)),
        (-3.0, mention.title in SERVICES and not counted and not standing.paid),
    )
    return found, sum(weight for weight, holds in weights if holds)


def _unmarked(mention: Mention, standing: Standing) -> bool:
    """A singular without article or number in running text: most often what somebody is called."""
    return mention.count is None and not mention.plural and not (standing.line or standing.led or standing.paid)


def _count_weight(mention: Mention) -> float:
    if mention.count is not None:
        return 1.0 if mention.count.article else 2.0
    return 1.2 if mention.vague else 0.7 if mention.plural else 0.3


_FORMER = re.compile(r"(?i)(?:former|ex|retired|aspiring|ehemalig\w+|były|była)\b")
_SEEKS = re.compile(r"(?i)\b(?:looking|searching|applying|interested|hoping) (?:for|in)\s+$")
"""Who looks for a receptionist position is no employer."""
_OWNED = re.compile(r"(?i)\b(?:their|our|his|her|my|its|nuestr[oa]s|sus|naszych)\s+$")
_POSSESSED = re.compile(r"(?i)(?<![\w'’])(?!(?:it|that|he|she|there|here|what|who|let)['’])\w{2,}['’]s\s+$")
"""Those of somebody else: "a quarter of the district's 64 operators"."""
_PROGRAMS = word_set("internship apprenticeship externship")
"""Asked for only by number: "3 marketing internships"."""
_DESCRIBES = re.compile(r"(?i)\b(?:with|con|z|of)\s+$")
_PEOPLE = word_set("person employee professional guy folk associate")
_EMPLOYER = re.compile(
    r"(?i)^\s*[.,]?\s*(?:needs|wants|seeks|called|phoned|asked|asks|is (?:hiring|looking|seeking|short|adding)|has "
    r"(?:\w+ )?(?:openings?|positions?|\d+|asked))\b"
)
"""What an employer does: "Sunrise Cleaners needs two clerks"."""


def _is_name(text: str, mention: Mention, standing: Standing) -> bool:
    """Capitalised words within a sentence: a company's or a person's name rather than a job."""
    words = [word for word in text[mention.start : mention.end].split() if word[0].isalpha()]
    capital = [word for word in words if word[0].isupper() and not word.isupper()]
    if mention.head in GENERIC and not words[-1][0].isupper() and any(word in capital for word in words[:-1]):
        return True
    if (mention.count is not None and not mention.count.article) or len(capital) < len(words):
        return False
    if standing.line:
        return mention.head not in HEADS and mention.head not in GENERIC
    return len(words) > 1 or (mention.start > 0 and mention.head not in HEADS)


def _is_sought(mention: Mention, found: Cue, standing: Standing) -> bool:
    """ "We need a Forklift Operator": capitals are no name behind words that ask for people."""
    marked = standing.paid or mention.plural or mention.count is not None or (standing.led and mention.start < 4)
    return (found.pull > 0 or standing.led) and mention.head in HEADS and marked


_DEFINITE = word_set("""
the our my their its your his her this that these those los las el la nuestros nuestras mis sus naszych moich nasi
""")
