"""A sentence as the reader of needs sees it: its job titles with their evidence, wages, dates, places, group words."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise

from mail.jobs.areas import areas
from mail.jobs.evidence import Standing, weigh
from mail.jobs.seats import counted_nouns
from mail.jobs.told import told, told_abroad
from mail.prose.dates import Found, find_dates
from mail.prose.demand import Cue, asks, is_later
from mail.prose.language import language_of
from mail.prose.layout import Segment
from mail.prose.money import Wage, find_wages
from mail.prose.purpose import starts
from mail.prose.titles import Mention, find_titles
from mail.prose.titles_es_pl import find_titles_abroad

_MASK = re.compile(
    r"(?P<mail>(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,120})|(?P<url>(?:https?://|www\.)\S+)|"
    r"(?P<phone>(?<!\w)\(?\d{3}\)?[ .-]\d{3}[ "
    r".-]\d{4}(?:\s?x\s?\d+)?)"
    r"|(?P<money>\$\s?\d[\d,.]{0,15}\s?[kK]?(?!\w))"
    r"|(?P<time>(?<![\w$])(?:\d{1,2}(?::\d\d)?\s?(?:[ap]\.?\s?m\.?|[ap](?!\w)|noon|o'clock)(?:\s?(?:-|–|to|"
    r"until)\s?\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m\.?|[ap](?!\w))?)?|\d{1,2}(?::\d\d)?\s?(?:-|–|"
    r"to)\s?\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m\.?|[ap](?!\w))|\d{1,2}:\d\d(?:\s?(?:-|–|to|a)\s?\d{1,2}(?::\d\d)?)?))"
    r"|(?P<other>#\s?\d{1,9}|(?<!\d)\d{1,9}(?:\.\d{1,4})?\s?%|\d{1,3}-(?:year|month|week|day|hour|foot|color|"
    r"room|unit|bed)s?|"
    r"(?<!\w)\d{1,3}(?:,\d{3}){1,5}(?!\w)|(?P<point>(?<![\w)] )\(\d\)(?!\w))|(?<!\w)(?:19|20)\d\d(?!\w)|"
    r"(?<!\d)\d{1,6}\s?(?:years?|yrs?|"
    r"months?|weeks?|days?(?!\s(?:shift\s)?[a-z]{2,20}(?:er|or|ant|ian|ist|aide|nurse|clerk|tech|cook)s\b)|hours?|hrs?|"
    r"miles|pounds|lbs|sq)(?:'?\s+of)?(?!\w))",
    re.IGNORECASE,
)
_HAS_MASKED = re.compile(r"[\d@]|://|www\.")
_FILL = "¦"
_GROUP = re.compile(
    r"(?i)\b(?:(?P<rest>(?:the |all the )?(?:rest|others?|remaining)(?: (?:jobs|positions|ones|two|three))?|los "
    r"demás|las demás|el resto|reszta|pozostali|the other (?:two|three|ones|positions|jobs|roles))"
    r"|(?P<all>every(?:one|body|thing)|all (?:of (?:them|these|the)|three|four|five|six|ten|\d{1,3}|the|positions|jobs|"
    r"roles|"
    r"hires|shifts|openings|new)?|both|each(?: (?:one|position|job|role))?|they(?:'d|'ll)?|them|these|those|the "
    r"whole (?:group|crew|lot|bunch)|whoever|positions|pay (?:is|for)|"
    r"todos?|todas?|ambos|ambas|cada uno|ellos|wszyscy|wszystk\w+|oboje|każd\w+))\b"
)
_EXCEPT = re.compile(
    r"(?i)\b(?:except(?: for)?|but not|(?:other than|aside from|apart from)(?! (?:that|this|which))|all but|everyone "
    r"but|salvo|excepto|menos|"
    r"oprócz|poza)\b"
)
_NO_START = re.compile(
    r"(?i)\b(?:a\.?s\.?a\.?p\b|as soon as|immediate(?:ly)?|right away|right now|can wait|puede[n]? esperar|może "
    r"poczekać|(?:need|want|start|begin|like)\w*\b[^.;]{0,60}\byesterday|any ?time|whenever|"
    r"when(?:ever)? (?:they|he or she|you|we) (?:can|like|want|are|find)|no rush|no (?:particular|fixed|set|hard|"
    r"specific) (?:start )?date|no hurry|open start|start date "
    r"(?:is )?(?:open|flexible|tbd)|rolling|"
    r"cuanto antes|lo antes posible|cuando se pueda|de inmediato|inmediat\w+|ya mismo|od zaraz|natychmiast|jak "
    r"najszybciej|kiedykolwiek|w każdej chwili)"
)


@dataclass(slots=True)
class Titled:
    """A title in a sentence and how much speaks for its being asked for; `score` of 2.5 makes a need."""

    mention: Mention
    cue: Cue
    score: float


@dataclass(slots=True)
class Sentence:
    """Offsets of all values count inside `text`; `offset` is where the sentence starts in its part."""

    segment: Segment
    part: str
    text: str
    masked: str
    language: str
    sent: date
    titles: list[Titled] = field(default_factory=list)
    wages: list[Wage] = field(default_factory=list)
    dates: list[Found] = field(default_factory=list)

    @property
    def offset(self) -> int:
        return self.segment.start

    @property
    def lead(self) -> bool:
        """Whether the sentence, as a heading, asks for people."""
        return asks(f"{self.segment.label} {self.text}", self.language)

    def later_at(self, at: int) -> bool:
        """Whether the clause round `at` speaks of what is past or not yet decided."""
        return is_later(self.text, at)

    @property
    def no_start(self) -> re.Match[str] | None:
        return _NO_START.search(self.text)

    @property
    def group(self) -> re.Match[str] | None:
        return _group(self.text)

    def last_group(self, start: int, end: int) -> re.Match[str] | None:
        """The last word for a group ("all", "the rest") between two places of the sentence."""
        found = None
        for match in _GROUP.finditer(self.text, start, end):
            found = match
        return found

    @property
    def excepts(self) -> re.Match[str] | None:
        return _EXCEPT.search(self.text)


@lru_cache(maxsize=16)
def _group(text: str) -> re.Match[str] | None:
    """Asked once for every wage and date of a sentence."""
    return _GROUP.search(text)


def read_sentence(
    segment: Segment,
    part: str,
    sent: date,
    default: str,
    led: bool,
    own_line: bool,
    usual: float = 0.0,
    after: str = "",
) -> Sentence:
    """The sentence's titles, wages and dates. `led`: a lead-in that asks for people stands above it; `usual`: an hourly
    wage said before, which lets a bare number behind a title be one; `after`: the sentence behind it."""
    text = segment.text
    language = language_of(text, default)
    wages, dates = find_wages(text), find_dates(text, sent)
    masked = _masked(text, wages, dates)
    sentence = Sentence(segment, part, text, masked, language, sent, [], wages, dates)
    mentions = find_titles(text, masked) if language == "en" else find_titles_abroad(text, masked, language)
    if language == "en":
        mentions = sorted([*mentions, *counted_nouns(masked, mentions)], key=lambda mention: mention.start)
    mentions = sorted([*mentions, *areas(masked, mentions, language)], key=lambda mention: mention.start)
    sentence.wages = _with_bare_wages(sentence, mentions, usual, own_line or segment.bullet)
    sentence.dates = _freed(sentence, mentions)
    cued = masked
    for mention in mentions:
        cued = cued[: mention.start] + _FILL * (mention.end - mention.start) + cued[mention.end :]
    for index, mention in enumerate(mentions):
        until = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
        paid = any(mention.end <= wage.start < until for wage in sentence.wages)
        standing = Standing(segment.bullet or own_line, led, paid)
        if language == "en":
            missing = told(masked, mention, after)
        else:
            missing = mention if told_abroad(masked, mention, after) else None
        weighed = weigh(sentence.text, sentence.masked, cued, sentence.language, mention, standing)
        sentence.titles.append(Titled(missing, Cue(2.0), 3.0) if missing else Titled(mention, *weighed))
    _join_on(sentence)
    return sentence


_JOINT = re.compile(r"(?i)[,;)¦.\s](?:plus|and|as well as|along with|&|y|más|oraz|i)\s+(?:also\s+|maybe\s+)?$")


def _join_on(sentence: Sentence) -> None:
    """ "would hire two leather workers and teach them, plus a counter clerk": what is joined on is asked for too."""
    for before, titled in pairwise(sentence.titles):
        mention = titled.mention
        start = mention.start if mention.count is None else min(mention.start, mention.count.start)
        asked = before.score >= 2.5 and mention.known and mention.count is not None
        if asked and titled.score < 2.5 and not titled.cue.filled and _JOINT.search(sentence.masked[:start]):
            titled.cue, titled.score = Cue(2.0), 2.5


def _freed(sentence: Sentence, mentions: list[Mention]) -> list[Found]:
    """The dates, where a word inside a title ("call center agents", "event staff") had told of another purpose."""
    if not mentions or all(day.starts is not False for day in sentence.dates):
        return sentence.dates
    text = sentence.text
    for mention in mentions:
        text = text[: mention.start] + _FILL * (mention.end - mention.start) + text[mention.end :]
    freed = []
    for day in sentence.dates:
        purpose = starts(text, day.start, day.end) if day.starts is False else day.starts
        freed.append(Found(day.start, day.end, day.date, purpose))
    return freed


_BARE = re.compile(
    r"(?:\s*\([^)]{0,40}\),?)?(?:,?\s+(?:also|likewise))?(?:\s+(?:at|for|gets?|is|are|makes?|a|po))?[\s:@,]+(\d\d(?:[.,]\d\d)?)"
    r"(?=\s*(?:[,;)+](?!\d)|\.(?!\d)|$)|\s+(?:and|flat|y|i|plus|más|mas)\b)"
)


def _with_bare_wages(sentence: Sentence, mentions: list[Mention], usual: float, line: bool) -> list[Wage]:
    """ "Bakers get $21 an hour and helpers 16": beside a wage with a unit a bare number is one too."""
    hourly = [wage for wage in sentence.wages if wage.unit == "hour" and wage.sure]
    base = hourly[0].low if hourly else usual
    parallel = sum(bool(_BARE.match(sentence.text, mention.end)) for mention in mentions) > 1
    added = []
    for mention in mentions:
        match = _BARE.match(sentence.masked, mention.end)
        amount = float(match[1].replace(",", ".")) if match else 0.0
        listed = line and len(mentions) == 1 and mention.count is not None
        if match and not base and not parallel and not listed and not re.search(r"[.,]\d\d", match[1]):
            continue
        if match and 10 <= amount <= 90 and 0.4 < amount / (base or amount) < 2.5:
            added.append(Wage(match.start(1), match.end(1), amount, amount, "hour", False, False))
    for group in _GROUP.finditer(sentence.masked) if base else ():
        match = _BARE.match(sentence.masked, group.end())
        if match and 0.5 < float(match[1].replace(",", ".")) / base < 2:
            amount = float(match[1].replace(",", "."))
            added.append(Wage(match.start(1), match.end(1), amount, amount, "hour", False, False))
    return sorted([*sentence.wages, *added], key=lambda wage: wage.start)


def _fill(match: re.Match[str]) -> str:
    return match[0] if match["point"] and _counts(match) else _FILL * len(match[0])


def _counts(match: re.Match[str]) -> bool:
    """Whether "(3)" is a number wanted: beside other bracketed numbers that do not go up one by one as points do."""
    points = [int(digit) for digit in re.findall(r"\((\d)\)", match.string)]
    return len(points) > 1 and points != list(range(points[0], points[0] + len(points)))


_ADDRESS = re.compile(
    r"(?<![\w#$])\d{1,5} (?:[NSEW]\.? )?(?:[A-Z][\w.']* ){1,3}(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|"
    r"Ln|Lane|Pkwy|Hwy|Highway|Ct|Court|Way|Pl|Place)\b"
)
"""A house number is no count."""


def _masked(text: str, wages: list[Wage], dates: list[Found]) -> str:
    masked = _MASK.sub(_fill, text) if _HAS_MASKED.search(text) else text
    if masked is not text or text[:1].isdigit():
        masked = _ADDRESS.sub(lambda match: _FILL * len(match[0]), masked)
    for span in (*wages, *dates):
        masked = masked[: span.start] + _FILL * (span.end - span.start) + masked[span.end :]
    return masked
