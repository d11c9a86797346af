"""Nouns that only a number makes a job: seats of a class, "4 shampoo girls"."""

import re

from mail.prose.name_words import ORG_WORDS
from mail.prose.nouns import Token, singular, title_of, tokens_of
from mail.prose.numbers import Count, find_counts
from mail.prose.titles import Mention
from mail.prose.trades import COUNT_NOUNS, FIELDS, GENERIC, NOT_JOBS, POSITIONS, QUALITIES, STOP


def counted_nouns(text: str, mentions: list[Mention]) -> list[Mention]:
    """Nouns that only their number makes a job: "twelve places in a bookkeeping course", "4 shampoo girls".

    Left to the caller to believe only where the sentence asks for people.
    """
    found = []
    tokens = tokens_of(text)
    for count in find_counts(text):
        if any(
            (mention.count and mention.count.start == count.start) or mention.start <= count.start < mention.end
            for mention in mentions
        ):
            continue
        phrase = [token for token in tokens if token.start >= count.end][:7]
        mention = _seats(text, count) or _people_for(text, count) or _people_of(text, count)
        mention = mention or _unknown(text, count, phrase)
        if mention is not None and all(mention.end <= other.start or mention.start >= other.end for other in mentions):
            found.append(mention)
    return found


_SEATS = re.compile(
    r"(?i)\s*(?:seats?|spots?|slots?|places?|openings?)\s+(?:in|for|on|at)\s+(?:an?|the|our|your|his|her|their|its|"
    r"this|next)?\s*(?P<what>(?:[\w-]+\s+){1,5}?(?:cohort|academy|class|course|program|programme|training|bootcamp|"
    r"boot camp|apprenticeship))\b"
)


_PEOPLE_FOR = re.compile(
    r"(?i)\s*(?:more |good )?(?:people|folks|bodies|hands|guys|persons|workers) (?:for|on|to (?:run|work|staff)) "
    r"(?:the |our |its |their )(?P<what>[a-z][\w-]*(?: [a-z][\w-]*)?)(?=,? (?:at|and|for)(?!\w)|\s*[,.;(@¦]|$)"
)
"""Hands for a place of work: "two people for the register at $16"."""


def _people_for(text: str, count: Count) -> Mention | None:
    match = _PEOPLE_FOR.match(text, count.end)
    if not match or count.article or singular(match["what"].split()[-1]) in _NO_WORK:
        return None
    what = match["what"]
    return Mention(match.start("what"), match.end("what"), title_of(what), what.split()[-1].lower(), count, True, True)


_PEOPLE = re.compile(
    r"(?i)\s*(?:more |new |good )?(?:people|persons?|ppl|folks|bodies|hands|guys|workers|jobs|positions)"
    r"(?=\s*(?:[,.;:!(@¦)–—-]|$)|,? (?:in all|total|altogether|at|by|to start|of them|all)\b)"
)
_OPENS = re.compile(
    r"(?i)\b(?:open|opens|opening|add|adds|adding|start|starts|starting|launch|launches|launching)(?: up)? "
    r"(?:an?|another) (?:second|third|fourth|2nd|3rd|4th|new|night|weekend|bigger|larger)? ?"
    r"(?P<what>(?:\w+ )?(?:line|kitchen|wing|dock|counter|shift|crew|route|store|shop|warehouse|plant|bakery|clinic|"
    r"ward|floor|unit|desk))\b[^.;?!]{0,40}$"
)
_NAMED = re.compile(r",? (?:all|most|mostly|mainly)\b")


def _people_of(text: str, count: Count) -> Mention | None:
    """Hands for what opens: "opening a second line in May, 14 people"."""
    behind = None if count.article else _PEOPLE.match(text, count.end)
    before = text[max(0, count.start - 110) : count.start]
    match = behind and not _NAMED.match(text, behind.end()) and _OPENS.search(before)
    if not match:
        return None
    what = title_of(match["what"])
    at = max(0, count.start - 110)
    return Mention(at + match.start("what"), at + match.end("what"), f"{what} worker", "worker", count, True, True)


_NO_WORK = frozenset(
    "job opening position role shift interview tour meeting season summer day week project crew".split()
)
_TRAINING_SEATS = re.compile(
    r"(?i)\s*(?P<what>(?:[\w-]+\s+){0,3}?(?:training|class|course|cohort|academy|bootcamp))\s+(?:seats?|spots?|"
    r"slots?|places?)\b"
)


def _seats(text: str, count: Count) -> Mention | None:
    match = _SEATS.match(text, count.end) or _TRAINING_SEATS.match(text, count.end)
    if not match:
        return None
    return Mention(match.start("what"), match.end(), title_of(match["what"]), "seat", count, True, False)


def _unknown(text: str, count: Count, phrase: list[Token]) -> Mention | None:
    words: list[Token] = []
    for token in phrase:
        adjoining = (
            not text[words[-1].end : token.start].strip() if words else not text[count.end : token.start].strip()
        )
        if not token.word or not adjoining or token.low in STOP or token.low in ("and",) or token.text[0].isdigit():
            break
        words.append(token)
    while words and words[0].low in QUALITIES:
        words.pop(0)
    named = _by_field(text, count, words)
    if named is not None:
        return named
    paid = bool(words) and len(words) > 1 and bool(_PAID.match(text[words[-1].end : words[-1].end + 6]))
    if not words or len(words) > 4 or words[-1].low in POSITIONS:
        return None
    if not paid and (words[-1].low in _NO_JOB or words[-1].low in POSITIONS or singular(words[-1].low) in _NO_JOB):
        return None
    last = words[-1].low
    plural = singular(last) != last
    if count.article or ((count.value or 2) > 1 and not plural) or last in GENERIC:
        return None
    return Mention(
        words[0].start,
        words[-1].end,
        title_of(text[words[0].start : words[-1].end]),
        singular(last),
        count,
        plural,
        False,
    )


_NO_JOB = (NOT_JOBS | COUNT_NOUNS | ORG_WORDS) - {"folder", "folders"}
"""But a laundry asks for folders."""
_PAID = re.compile(r"\s*(?:@|at |\(|[-–,] ?)\s*¦")
"""A wage right behind makes any counted noun a job: "two library pages at $14.25"."""


def _by_field(text: str, count: Count, words: list[Token]) -> Mention | None:
    """ "15 environmental services positions": a field before a word for positions."""
    at = next((index for index, word in enumerate(words) if word.low in POSITIONS), 0)
    if not 1 <= at <= 4 or words[at - 1].low not in FIELDS or words[at].low.startswith(("hire", "post", "req", "seat")):
        return None
    plural = words[at].low.endswith("s")
    if count.article and re.search(r"(?i)(?:\b(?:is|was|be|are|as|not|of)|['’]s)\s+$", text[: count.start]):
        return None
    if plural == ((count.value or 2) < 2):
        return None
    title = " ".join(word.text if word.text.isupper() else word.low for word in words[:at])
    return Mention(words[0].start, words[at].end, title, words[at - 1].low, count, plural, True, opening=True)
