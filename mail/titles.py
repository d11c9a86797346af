"""What is a job title: noun phrases with an occupational head, counted or not, in English, Spanish and Polish."""

import re
from dataclasses import dataclass
from functools import lru_cache

from mail.numbers import VAGUE, Count, find_counts, value_of
from mail.trades import (
    ACRONYMS,
    COUNT_NOUNS,
    GENERIC,
    HEADS,
    NOT_JOBS,
    NOT_TITLE_NEXT,
    POSITIONS,
    QUALITIES,
    STOP,
    SUFFIXES,
    word_set,
)

_TOKEN = re.compile(r"[^\W_][\w'’.+#]*(?:[-/&][^\W_][\w'’]*)*|[^\w\s]")
_SCHEDULE = re.compile(
    r"(?i)^(?:(?:first|second|third|1st|2nd|3rd|day|night|evening|swing|graveyard|weekend|morning|afternoon|"
    r"overnight)[ -]shift)\s+"
)
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "people": "person",
    "lives": "life",
    "staves": "staff",
    "busses": "bus",
    "buses": "bus",
}
_AFTER_COUNT = re.compile(
    r"^\s*(?:\(\s*(?P<paren>[\w -]{1,12}?)(?:\s*(?:openings?|positions?|needed|spots?|slots?|total|FT|PT|people|"
    r"x))?\s*\)"
    r"|\s*(?:x|×)\s?(?P<times>\d{1,3})(?!\w)|\s*[:–—=-]+\s*(?P<dash>\d{1,3}|[a-z]{3,6})(?:\s+(?:openings?|positions?|"
    r"needed|spots?|slots?|people|hires?|more))?(?=\s*(?:[-–—,;.(@¦|]|$|\bat\b|for\b))"
    r"|,\s*(?P<comma>\d{1,3}|[a-z]{3,6})\s+(?:openings?|positions?|needed|spots?|slots?|people|vacancies|hires?))",
    re.IGNORECASE,
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


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """The singular of an English noun, acronyms in capitals."""
    low = word.lower()
    if low in ACRONYMS:
        return ACRONYMS[low]
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    for plural, one in (("women", "woman"), ("men", "man"), ("people", "person")):
        if low.endswith(plural):
            return word[: -len(plural)] + one
    if low.endswith("ies") and len(low) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x)es$", low):
        return word[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3:
        return word[:-1]
    return word


@lru_cache(maxsize=4096)
def is_head(word: str) -> bool:
    """Whether a noun, in singular or plural, names people by what they do."""
    low = singular(word).lower().replace("’", "'")
    pieces = re.split(r"[-/&]", low)
    last = pieces[0] if len(pieces) == 2 and len(pieces[1]) == 1 else pieces[-1]
    if last in GENERIC:
        return True
    if low in NOT_JOBS or last in NOT_JOBS:
        return False
    return low in HEADS or last in HEADS or (len(last) > 4 and last.endswith(SUFFIXES) and last not in STOP)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    low: str
    word: bool


@lru_cache(maxsize=8)
def _tokens(text: str) -> list[_Token]:
    tokens = []
    for match in _TOKEN.finditer(text):
        said = match[0].rstrip(".'’") or match[0]
        low = said.lower().replace("’", "'")
        tokens.append(_Token(said, match.start(), match.start() + len(said), low, said[0].isalnum()))
    return tokens


def find_titles(text: str, masked: str | None = None) -> list[Mention]:
    """The titles of an English sentence, in order.

    `masked` is the sentence with money, dates, times and phones blanked, of the same length; counts are read from it.
    """
    masked = text if masked is None else masked
    tokens = _tokens(masked)
    counts = find_counts(masked)
    mentions: list[Mention] = []
    used = 0
    for index, token in enumerate(tokens):
        if token.start < used or not token.word or not _ends_phrase(tokens, index, masked):
            continue
        mention = _mention(masked, tokens, index, counts, used)
        if mention is not None:
            mentions.append(mention)
            used = mention.end
    return mentions


def _ends_phrase(tokens: list[_Token], index: int, text: str) -> bool:
    """Whether the head of a phrase can stand here: no further noun of a title follows."""
    token = tokens[index]
    if not is_head(token.text) or token.low in STOP or text[token.end : token.end + 1] in ("'", "’"):
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or not following.word or text[token.end : following.start].strip():
        return True
    if following.low in NOT_TITLE_NEXT and following.low not in STOP:
        return False
    return not (is_head(following.text) and following.low not in STOP and token.low == singular(token.low))


def _mention(text: str, tokens: list[_Token], index: int, counts: list[Count], used: int) -> Mention | None:
    first = _leftmost(tokens, index, counts, used)
    while first < index and tokens[first].low in QUALITIES | {"of"}:
        first += 1
    said = text[tokens[first].start : tokens[index].end]
    schedule = _SCHEDULE.match(said)
    start = tokens[first].start + (schedule.end() if schedule else 0)
    title = title_of(text[start : tokens[index].end])
    head = singular(tokens[index].low)
    if (head in GENERIC and " " not in title and "-" not in title) or not title:
        return None
    end = tokens[index].end
    plural = singular(tokens[index].text).lower() != tokens[index].low
    before = _count_before(text, tokens, first, counts)
    count = before or _people_before(text, tokens, first, counts, plural)
    if (
        index + 1 < len(tokens)
        and tokens[index + 1].low in POSITIONS
        and not text[end : tokens[index + 1].start].strip()
    ):
        end = tokens[index + 1].end
    opening = end > tokens[index].end
    if count is None or count.article:
        count, end = _count_after(text, start, end, count, counts)
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


def _leftmost(tokens: list[_Token], index: int, counts: list[Count], used: int) -> int:
    """The first word of the noun phrase whose head is at `index`: at most six words, none of them closed-class."""
    first = index
    while first > 0 and index - first < 6:
        previous = tokens[first - 1]
        if previous.low == "and" and _compound(tokens, first):
            first -= 2
            continue
        if not previous.word or previous.start < used or (previous.low in STOP and previous.text != "IT"):
            break
        if any(count.start <= previous.start < count.end for count in counts):
            break
        if previous.low.endswith("'s") and is_head(previous.low[:-2]) and previous.low[:-2] not in STOP:
            first -= 1
            continue
        if previous.low.endswith("'s") or (
            previous.text[0].isdigit() and not re.match(r"\d+(?:st|nd|rd|th)$|\d+-\w+", previous.low)
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


def _compound(tokens: list[_Token], first: int) -> bool:
    """ "shipping and receiving clerk": two words that belong together before one head."""
    return first >= 2 and (tokens[first - 2].low, tokens[first].low) in _PAIRS


def _count_before(text: str, tokens: list[_Token], first: int, counts: list[Count]) -> Count | None:
    """The count right before the phrase; quality words, "of", "for" and a word for positions may lie between."""
    limit = tokens[first].start
    for count in reversed(counts):
        if count.end > limit:
            continue
        between = text[count.end : limit].lower().split()
        if len(between) <= 6 and all(_bridges(word) for word in between):
            return count
        return None
    return None


_PEOPLE = re.compile(
    r"(?i)^\s*(?:more |good |new |solid )?(?:people|guys|folks|workers|persons|individuals|bodies|candidates|staff|"
    r"employees|hires|hands|team members|associates)\b"
    r"(?: (?:for|on|in|at) (?:the |our )?[\w ]{2,24},| (?:as|to (?:work|serve) as|for)|:|,| -| –| —)\s*(?:\w+ ){0,2}$"
)


def _people_before(text: str, tokens: list[_Token], first: int, counts: list[Count], plural: bool) -> Count | None:
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
        or word in ("of", "for", "as", "or", "so")
        or bool(re.match(r"^(?:first|second|third|1st|2nd|3rd|day|night)[- ]?(?:shift)?$|^shift$", word))
    )


_TO_BEGIN = re.compile(r"(?i)^[^.;:]{0,45}?[,(–—]\s*(?:at least |about |maybe |up to |probably |around |roughly )?$")
_TO_BEGIN_TAIL = re.compile(
    r"(?i)^\s*(?:or so\s*)?(?:to (?:start|begin)|or so|of them|in all|in total|total|for now|initially|right away)\b"
)
_COUNT_ENDS = re.compile(r"(?i)\s*(?:or so\b)?\s*(?:[,;.(@$¦]|$|at\b|for\b)")
_LABELLED_COUNT = re.compile(r"(?i)^\s*:\s*(?:about |up to |at least )?$")


_ROUGHLY = re.compile(r"(?i)^,\s*(?:about|roughly|around|approximately|maybe|at least|up to)\s+$")
_PERSONS = re.compile(
    r"(?i)^[^.;$¦]{0,40}?[:–—-]\s*(\d{1,3})\s+(?:persons?|people|openings?|positions?|hires|needed|individuals|"
    r"vacancies)\b"
)


def _count_after(text: str, start: int, end: int, count: Count | None, counts: list[Count]) -> tuple[Count | None, int]:
    """A count behind the title: "welders (4)", "ushers: a dozen or so", "aides, at least 10 to begin with"."""
    match = _AFTER_COUNT.match(text[end : end + 40])
    if match:
        said = (match["paren"] or match["times"] or match["dash"] or match["comma"]).strip()
        value = value_of(said)
        if value is not None and value < 1000:
            return Count(end + match.start(), end + match.end(), value, digits=said.isdigit()), end + match.end()
    if start < 3:
        listed = re.match(r",\s*(\d{1,3}|[a-z-]{3,10})(?=\s*[,;¦]|\s*$)", text[end : end + 14])
        value = value_of(listed[1]) if listed else None
        if listed and value:
            return Count(
                end + listed.start(1), end + listed.end(), value, digits=listed[1].isdigit()
            ), end + listed.end()
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


def title_of(said: str) -> str:
    """The title as a record shows it: singular, lower case but for acronyms and model numbers, blanks single."""
    words = re.split(r"\s+", said.strip(" .,;:*_()[]-–—\"'"))
    words = [word if _keeps_case(word) else word.lower() for word in words if word]
    if not words:
        return ""
    last = words[-1]
    if "/" in last:
        words[-1] = "/".join(singular(piece) for piece in last.split("/"))
    else:
        words[-1] = singular(last)
    return " ".join(words)


def _keeps_case(word: str) -> bool:
    return len(word) > 1 and word[:-1].isupper() and word.rstrip("s").isupper()


def counted_nouns(text: str, mentions: list[Mention]) -> list[Mention]:
    """Nouns that only their number makes a job: "fifteen seats in a cybersecurity cohort", "4 shampoo girls".

    Left to the caller to believe only where the sentence asks for people.
    """
    found = []
    tokens = _tokens(text)
    for count in find_counts(text):
        if any(
            (mention.count and mention.count.start == count.start) or mention.start <= count.start < mention.end
            for mention in mentions
        ):
            continue
        phrase = [token for token in tokens if token.start >= count.end][:7]
        mention = _seats(text, count) or _unknown(text, count, phrase)
        if mention is not None and all(mention.end <= other.start or mention.start >= other.end for other in mentions):
            found.append(mention)
    return found


_SEATS = re.compile(
    r"(?i)\s*(?:seats?|spots?|slots?|places?|openings?)\s+(?:in|for|on|at)\s+(?:an?|the|our|your|his|her|their|its|"
    r"this|next)?\s*(?P<what>(?:[\w-]+\s+){1,5}?(?:cohort|academy|class|course|program|programme|training|bootcamp|"
    r"boot camp|apprenticeship))\b"
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


def _unknown(text: str, count: Count, phrase: list[_Token]) -> Mention | None:
    words: list[_Token] = []
    for token in phrase:
        adjoining = (
            not text[words[-1].end : token.start].strip() if words else not text[count.end : token.start].strip()
        )
        if not token.word or not adjoining or token.low in STOP or token.low in ("and",) or token.text[0].isdigit():
            break
        words.append(token)
    while words and words[0].low in QUALITIES:
        words.pop(0)
    if (
        not words
        or len(words) > 4
        or words[-1].low in COUNT_NOUNS | POSITIONS | NOT_JOBS
        or singular(words[-1].low) in NOT_JOBS | COUNT_NOUNS
    ):
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
