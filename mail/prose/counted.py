"""The number that goes with a title: before it, behind it, or said of the people who are to be it."""

import re

from mail.prose.nouns import Token
from mail.prose.numbers import Count, value_of
from mail.prose.trades import POSITIONS, QUALITIES

_AFTER_COUNT = re.compile(
    r"^(?:\s*\((?-i:[A-Z]{2,6})\)(?=\s*[:–—=-]))?\s*(?:\(\s*(?P<paren>[\w -]{1,12}?)(?:\s*(?:openings?|positions?|"
    r"needed|spots?|slots?|total|FT|PT|people|"
    r"x))?\s*\)"
    r"|\s*(?:x|×)\s?(?P<times>\d{1,3})(?!\w)|\s*[:–—=-]+\s*(?P<dash>\d{1,3}|[a-z]{3,6})(?:\s+(?:FT|PT|full[- ]time|"
    r"part[- ]time|open|new))?(?:\s+(?:openings?|positions?|"
    r"needed|spots?|slots?|people|hires?|more|seats?|heads?|vacancies|roles?|jobs?|nos\.?|pcs\.?|pax|"
    r"persons))?(?=\s*(?:[-–—,;.(@¦|]|$|\bat\b|"
    r"for\b))"
    r"|,\s*(?P<comma>\d{1,3}|[a-z]{3,6})\s+(?:openings?|positions?|needed|spots?|slots?|people|vacancies|hires?))",
    re.IGNORECASE,
)


_MORE_OF = re.compile(r"(?i)^\s+more of (?:those|these|the same|your|the)\s+$")
_IN_BRACKETS = re.compile(
    r"(?i)(?:^|[;,:.•–—-]|\b(?:and|needs?|seeking|hiring|wants?|for|have|requires?)|&)\s{0,3}\(\w{1,6}$"
)
"""A count in brackets that no noun stands before: "(3) welders; (2) fitters"."""
_ARE_FOR = re.compile(
    r"(?i)^\s+(?:(?:of (?:those|these|them|which) )?(?:are|is|will be|go|would be)\s+(?:for|to)\s+(?:the\s+)?|"
    r"(?:of (?:those|these|them|which) )(?:are|is|will be|would be)\s+|are\s+)$"
)


def count_before(text: str, tokens: list[Token], first: int, counts: list[Count]) -> Count | None:
    """The count right before the phrase; quality words, "of", "for" and a word for positions may lie between."""
    limit = tokens[first].start
    for count in reversed(counts):
        if count.end > limit:
            continue
        gap = text[count.end : limit]
        if _ARE_FOR.match(gap) or _MORE_OF.match(gap):
            return count
        bracketed = gap[0] == ")" and (_IN_BRACKETS.search(text[: count.end]) or _said_twice(text, count, counts))
        between = (gap[1:] if bracketed else gap).lower().split()
        if len(between) <= 6 and all(_bridges(word) for word in between):
            return count
        return None
    return None


def _said_twice(text: str, count: Count, counts: list[Count]) -> bool:
    """ "two (2) vacancies"."""
    return any(other.value == count.value and text[other.end : count.start].strip() == "(" for other in counts)


_PEOPLE = re.compile(
    r"(?i)^\s*(?:more(?= for\b)|(?:more |good |new |solid )?(?:people|guys|folks|workers|persons|individuals|bodies|"
    r"candidates|staff|"
    r"employees|hires|hands|team members|associates)\b|(?:of (?:your|our|the|my) )?(?:\w+ )?(?:\w+ )?(?:grads?|"
    r"graduates|trainees|students|completers|veterans|members|participants|"
    r"clients)(?= as\b))"
    r"(?: (?:for|on|in|at) (?:the |our )?[\w ]{2,24}[,:]| (?:as|to (?:work|serve) as|for)|:|,| -| –| —)\s*(?:\w+ "
    r"){0,2}$|^\s*(?:more |new )?(?:people|persons|folks|hands|workers|hires),? (?:all|most|mostly|mainly)"
    r"(?: of (?:them|whom|those))? (?:are |will be )?$"
)


def people_before(text: str, tokens: list[Token], first: int, counts: list[Count], plural: bool) -> Count | None:
    """ "6 guys for the tunnel, attendants", "12 people as packers": the count of people is the count of the title."""
    start = tokens[first].start
    for count in reversed(counts):
        if count.end <= start:
            people = plural and not count.article and _PEOPLE.match(text[count.end : start])
            return count if people else None
    return None


def _bridges(word: str) -> bool:
    word = word.strip(",")
    return (
        word in QUALITIES
        or word in POSITIONS
        or word in ("of", "for", "as", "or", "so", "early", "late")
        or bool(
            re.match(
                r"^(?:first|second|third|1st|2nd|3rd|day|night|morning|evening|afternoon|overnight|weekend)"
                r"[- ]?(?:shift)?$|^shift$",
                word,
            )
        )
    )


_TO_BEGIN = re.compile(r"(?i)^[^.;:]{0,45}?[,(–—]\s*(?:at least |about |maybe |up to |probably |around |roughly )?$")
_TO_BEGIN_TAIL = re.compile(
    r"(?i)^\s*(?:or so\s*)?(?:to (?:start|begin)|or so|of (?:them|'?em|those)|in all|in total|total|for now|initially|"
    r"right away)\b"
)
_COUNT_ENDS = re.compile(r"(?i)\s*(?:or so\b|of (?:them|those)\b)?\s*(?:[,;.(@$¦]|$|at\b|for\b)")
_LABELLED_COUNT = re.compile(r"(?i)^\s*:\s*(?:about |up to |at least |still |now |only |just )?$")


_ROUGHLY = re.compile(r"(?i)^,\s*(?:about|roughly|around|approximately|maybe|at least|up to)\s+$")
_PERSONS = re.compile(
    r"(?i)^[^.;$¦]{0,40}?[:–—-]\s*(\d{1,3})\s+(?:persons?|people|openings?|positions?|hires|needed|individuals|"
    r"vacancies)\b"
)


def count_after(text: str, start: int, end: int, count: Count | None, counts: list[Count]) -> tuple[Count | None, int]:
    """A count behind the title: "welders (4)", "ushers: a dozen or so", "aides, at least 10 to begin with"."""
    match = _AFTER_COUNT.match(text[end : end + 40])
    if match:
        said = (match["paren"] or match["times"] or match["dash"] or match["comma"]).strip()
        value = value_of(said)
        if value is not None and value < 1000:
            return Count(end + match.start(), end + match.end(), value, digits=said.isdigit()), end + match.end()
    within = re.match(r"\s*\((\d{1,3})\s*[,;/@]\s*(?=[$¦])", text[end : end + 16])
    if within:
        return Count(end + within.start(1), end + within.end(1), int(within[1]), digits=True), end
    if start < 3:
        listed = re.match(r",\s*(\d{1,3}|[a-z-]{3,10})(?=\s*[,;.¦]|\s*$)", text[end : end + 14])
        listed = listed or re.match(r"\s+(\d{1,3})(?=\s+¦)", text[end : end + 14])
        value = value_of(listed[1]) if listed else None
        if listed and value:
            return Count(
                end + listed.start(1), end + listed.end(), value, digits=listed[1].isdigit()
            ), end + listed.end()
    behind = re.match(
        r"\s*\([^()]{0,60}\)\s*(?:[x×]\s?|[-–—:]\s*)(\d{1,3})(?!\w)(?!\s*(?:¦|[-–]\d|hours?|hrs?|days?|weeks?|"
        r"years?|%))",
        text[end : end + 76],
    )
    if behind:
        return Count(end + behind.start(1), end + behind.end(), int(behind[1]), digits=True), end
    persons = _PERSONS.match(text[end : end + 70])
    if persons:
        return Count(end + persons.start(1), end + persons.end(), int(persons[1]), digits=True), end
    for later in counts:
        if later.start < end or later.article or later.value is None:
            continue
        between, tail = text[end : later.start], text[later.end : later.end + 24]
        labelled = _LABELLED_COUNT.match(between) and _COUNT_ENDS.match(tail)
        roughly = _ROUGHLY.match(between) and re.match(r"\s*(?:or so\s*)?(?:[,.;(¦]|$)", tail)
        if labelled or roughly or (_TO_BEGIN.match(between) and _TO_BEGIN_TAIL.match(tail)):
            return later, end
        break
    return count, end
