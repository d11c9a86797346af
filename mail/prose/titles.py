"""What is a job title: noun phrases with an occupational head, counted or not, in English, Spanish and Polish."""

import re
from dataclasses import dataclass
from itertools import pairwise

from mail.prose.counted import count_after, count_before, people_before
from mail.prose.nouns import Token, is_head, singular, title_of, tokens_of
from mail.prose.numbers import VAGUE, Count, find_counts
from mail.prose.trades import GENERIC, HEADS, NOT_TITLE_NEXT, POSITIONS, QUALITIES, STOP, word_set

_SCHEDULE = re.compile(
    r"(?i)^(?:(?:first|second|third|1st|2nd|3rd|day|night|evening|swing|graveyard|weekend|morning|afternoon|"
    r"overnight)[ -]shift)\s+"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A job title at a place of the text. `title` is singular and lower-case, `head` its last word.

    `count` is None where no number goes with it; `known` False where only the number before makes the noun a job.
    """

    start: int
    end: int
    title: str
    head: str
    count: Count | None
    plural: bool
    known: bool = True
    determiner: str = ""
    vague: bool = False
    opening: bool = False  # a word like "positions" follows


def find_titles(text: str, masked: str | None = None) -> list[Mention]:
    """The titles of an English sentence, in order.

    `masked` is the sentence with money, dates, times and phones blanked, of the same length; counts are read from it.
    """
    masked = text if masked is None else masked
    tokens = tokens_of(masked)
    counts = find_counts(masked)
    mentions: list[Mention] = []
    used = 0
    for index, token in enumerate(tokens):
        if token.start < used or not token.word or not _ends_phrase(tokens, index, masked):
            continue
        mention = _mention(masked, tokens, index, counts, used)
        if mention is not None and mentions and mention.count is None and _APPOSED.match(masked[used : mention.start]):
            used = mention.end
        elif mention is not None:
            mentions.append(mention)
            used = mention.end
    return mentions


_APPOSED = re.compile(r"^\s*[(/]\s*$")
"""What stands between a title and another name for it: "4 nurses (LPN)", "6 loaders / drivers"."""


_LEVEL = re.compile(r"\s((?:II|III|IV|I)(?=[\s,.;:)]|$))")
"""The grade behind a title: "Assembler II"."""


def _ends_phrase(tokens: list[Token], index: int, text: str) -> bool:
    """Whether the head of a phrase can stand here: no further noun of a title follows."""
    token = tokens[index]
    if not is_head(token.text) or token.low in STOP or text[token.end : token.end + 1] in ("'", "’"):
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or not following.word or text[token.end : following.start].strip():
        return True
    if following.low in NOT_TITLE_NEXT and following.low not in STOP:
        return False
    if is_head(following.text) and following.low not in STOP:
        return False
    plural = token.low != singular(token.low).lower()
    return plural or not (_goes_on(tokens, index, text) or _leads_on(tokens, index, text))


_RANKS = word_set("assistant deputy apprentice trainee lead chief student associate")
"""Heads that also stand before a whole title: "assistant store manager"."""


def _leads_on(tokens: list[Token], index: int, text: str) -> bool:
    """ "a counter sales rep": a thing's name that only looks like a job's leads to a known head two words on."""
    ahead = tokens[index + 1 : index + 3]
    joined = len(ahead) == 2 and not text[tokens[index].end : ahead[1].start].replace(ahead[0].text, "").strip()
    return (
        joined
        and tokens[index].low not in HEADS
        and ahead[0].word
        and ahead[0].low not in STOP
        and singular(ahead[1].low).lower() in HEADS
    )


def _goes_on(tokens: list[Token], index: int, text: str) -> bool:
    """ "valet parking attendants": a singular noun that only leads to the head two or three words on."""
    ranked = tokens[index].low in _RANKS
    for one, other in pairwise(tokens[index : index + 4]):
        if not other.word or text[one.end : other.start].strip() or other.low in STOP or other.low in POSITIONS:
            return False
        if is_head(other.text) and (ranked or other.low != singular(other.low).lower()):
            return True
    return False


def _mention(text: str, tokens: list[Token], index: int, counts: list[Count], used: int) -> Mention | None:
    first = _leftmost(tokens, index, counts, used)
    while (
        first < index and tokens[first].low in QUALITIES | {"of"} and tokens[first + 1].low not in ("estate", "service")
    ):
        first += 1
    said = text[tokens[first].start : tokens[index].end]
    schedule = _SCHEDULE.match(said)
    head = singular(tokens[index].low)
    bare = schedule is not None and head in GENERIC and schedule.end() == tokens[index].start - tokens[first].start
    start = tokens[first].start + (schedule.end() if schedule and not bare else 0)
    level = _LEVEL.match(text, tokens[index].end)
    title = title_of(text[start : tokens[index].end]) + (f" {level[1]}" if level else "")
    if not title or (head in GENERIC - {"helper"} and " " not in title and "-" not in title):
        return None
    end = level.end() if level else tokens[index].end
    plural = singular(tokens[index].text).lower() != tokens[index].low
    before = count_before(text, tokens, first, counts)
    count = before or people_before(text, tokens, first, counts, plural)
    if (
        index + 1 < len(tokens)
        and tokens[index + 1].low in POSITIONS
        and not text[end : tokens[index + 1].start].strip()
    ):
        end = tokens[index + 1].end
    opening = end > (level.end() if level else tokens[index].end)
    if count is None or count.article:
        count, end = count_after(text, start, end, count, counts)
    look = first - 1
    while look > 0 and tokens[look].low in QUALITIES:
        look -= 1
    previous = tokens[look] if look >= 0 and first and tokens[look].word else None
    vague = previous is not None and (
        previous.low in VAGUE or (previous.low == "of" and look > 0 and tokens[look - 1].low in VAGUE)
    )
    if vague:
        count = None
    return Mention(start, end, title, head, count, plural, True, previous.low if previous else "", vague, opening)


def _leftmost(tokens: list[Token], index: int, counts: list[Count], used: int) -> int:
    """The first word of the noun phrase whose head is at `index`: at most six words, none of them closed-class."""
    first = index
    while first > 0 and index - first < 6:
        previous = tokens[first - 1]
        if previous.low == "and" and (
            _compound(tokens, first) or (first < index and _counted_pair(tokens, first, counts))
        ):
            first -= 2
            continue
        if (previous.low, tokens[first].low) in _TOGETHER:
            first -= 1
            continue
        if previous.text in ("A", "B", "C") and first > 1 and tokens[first - 2].low in ("class", "cdl"):
            first -= 2
            continue
        if not previous.word or previous.start < used or (previous.low in STOP and previous.text != "IT"):
            break
        if any(count.start <= previous.start < count.end for count in counts):
            break
        if previous.low.endswith("'s") and previous.low[:-2] in HEADS:
            first -= 1
            continue
        if previous.low.endswith("'s") or (
            previous.text[0].isdigit() and not re.match(r"\d+(?:st|nd|rd|th)$|\d+-\w+|\dd$|911$", previous.low)
        ):
            break
        if previous.low.endswith("ly") and previous.low not in ("assembly", "family", "early", "elderly", "supply"):
            break
        first -= 1
    return first


_PAIRS = {
    tuple(pair.split("+"))
    for pair in word_set("""
before+after buildings+grounds cutting+sewing diversity+inclusion food+beverage health+safety heating+cooling
housekeeping+laundry loading+unloading maintenance+repair mother+baby packing+shipping parks+recreation pick+pack
picking+packing quality+safety receiving+shipping research+development sales+marketing set-up+repair
shipping+receiving tool+die wash+fold
""")
}


_TOGETHER = {
    tuple(pair.split("+"))
    for pair in word_set("""
        special+needs needs+bus needs+aide needs+teacher needs+assistant short+order after+school full+stack full+charge
        full+service filling+machine filling+line head+start public+works real+estate works+laborer school+bus
    """)
}
"""Words that belong to a title though the first would else end it."""


def _counted_pair(tokens: list[Token], first: int, counts: list[Count]) -> bool:
    """ "three training and development coordinators": the number stands before both words, and neither is a job."""
    one = tokens[first - 2] if first >= 2 else None
    if one is None or not one.word or one.low in STOP | QUALITIES or is_head(one.text):
        return False
    before = tokens[first - 3] if first >= 3 else None
    if before is not None and before.low in ("for", "of"):
        return True
    number = None if before is None else before.start
    return number is not None and any(count.start <= number < count.end and not count.article for count in counts)


def _compound(tokens: list[Token], first: int) -> bool:
    """ "shipping and receiving clerk": two words that belong together before one head."""
    return first >= 2 and (tokens[first - 2].low, tokens[first].low) in _PAIRS
