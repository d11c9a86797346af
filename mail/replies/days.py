"""Days in a report: "left on Friday" is the last one, "starts Friday" the next, "this morning" the mail's own day."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from mail.prose.dates import WEEKDAYS, find_dates

_WEEKDAY = re.compile(
    r"(?i)(?<!\w)(?P<which>last|this past|past|next|this coming|this|the following|el pasado|el próximo|próximo|"
    r"zeszły|zeszłą|przyszły|przyszłą)?\s*(?P<day>mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|"
    r"sundays?|lunes|martes|miércoles|jueves|viernes|sábado|domingo|poniedziałek|poniedziałku|wtorek|wtorku|środę|"
    r"środy|czwartek|czwartku|piątek|piątku|sobotę|soboty|niedzielę|niedzieli)(?P<past>\s+pasado|\s+pasada)?(?!\w)"
)
_OF_TODAY = re.compile(
    r"(?i)(?<!\w)(?:(?P<today>today|this (?:morning|afternoon|evening)|hoy|esta (?:mañana|tarde)|dziś|dzisiaj|"
    r"dziś rano)|(?P<yesterday>yesterday|ayer|wczoraj)|(?P<tomorrow>tomorrow|(?<!la )(?<!esta )(?<!cada )mañana|"
    r"jutro))"
    r"(?!\w)"
)
_GONE_BY = re.compile(
    r"(?i)(?<!\w)(?:started|began|joined|came|was|were|had|left|quit|resigned|walked|went|got|worked|reported|showed|"
    r"met|took|hired|signed|accepted|let|fired|ended|finished|stopped|did(?:n['’]t)?|moved|lasted|brought|gave|"
    r"empez\w*ó|empezaron|comenz(?:ó|aron)|entr(?:ó|aron)|sali(?:ó|eron)|renunci(?:ó|aron)|se fue(?:ron)?|"
    r"fue(?:ron)?|dej(?:ó|aron)|contrat(?:ó|aron|amos)|ingres(?:ó|aron)|zacz(?:ął|ęła|ęli|ęły)|odsz\w+|odesz\w+|"
    r"rozpocz(?:ął|ęła|ęli|ęły)|był[aiy]?|pracował\w*|przysz\w+|zwoln\w+)(?!\w)"
)
_TO_COME = re.compile(
    r"(?i)(?<!\w)(?:starts?|starting|begins?|beginning|will|joins?|reports?|is to|are to|going to|coming|can start|"
    r"first day(?: is)?|empieza[n]?|empezar\w*|comienza[n]?|entra[n]?|va a|van a|zaczyna\w*|zaczni\w+|zaczną|"
    r"od)(?!\w)"
    r"|['’]ll\b"
)
_YEAR = re.compile(r"20\d\d|/\d\d$")
_VAGUE = re.compile(r"(?i)\b(?:every|each|any|cada|każd\w+)\s*$")


@dataclass(frozen=True, slots=True)
class ToldDay:
    """A day and the place of its words in the text."""

    start: int
    end: int
    day: date


def told_days(text: str, sent: date, *, gone_by: bool = False) -> list[ToldDay]:
    """The days of a sentence by its verbs: what is told in the past lies on or before the mail's own day.

    `gone_by`: how a day is meant beside which no verb stands.
    """
    found = []
    for match in _WEEKDAY.finditer(text):
        if _VAGUE.search(text[: match.start()]) or match["day"].lower().endswith("days"):
            continue
        numbered = _NUMBER.match(text, match.end())
        day = _numbered(match, int(numbered[1]), sent) if numbered else None
        end = numbered.end() if numbered and day else match.end()
        found.append(ToldDay(match.start(), end, day or _weekday(match, text, sent, gone_by)))
    for match in _OF_TODAY.finditer(text):
        ahead = 1 if match["tomorrow"] else -1 if match["yesterday"] else 0
        found.append(ToldDay(match.start(), match.end(), sent + timedelta(days=ahead)))
    for told in find_dates(text, sent):
        beside = [day for day in found if day.start < told.end and told.start < day.end]
        longer = all(told.end - told.start > day.end - day.start for day in beside)
        if beside and (not longer or _only_a_weekday(text[told.start : told.end])):
            continue
        found = [day for day in found if day not in beside]
        found.append(ToldDay(told.start, told.end, _in_its_year(told.date, text, told.start, told.end, sent)))
    return sorted(found, key=lambda day: day.start)


_NUMBER = re.compile(r"(?:,? the)? (\d{1,2})(?:st|nd|rd|th)?(?![\d:/.]\d|\d|\s*(?:[ap]\.?m|people|of)\b)")


def _numbered(match: re.Match[str], number: int, sent: date) -> date | None:
    """ "el lunes 22": the nearest such day of the month that is such a weekday."""
    weekday = WEEKDAYS[match["day"].lower()]
    near = (sent + timedelta(days=ahead) for ahead in (*range(46), *range(-1, -32, -1)))
    return next((day for day in near if day.day == number and day.weekday() == weekday), None)


def _only_a_weekday(words: str) -> bool:
    match = _WEEKDAY.search(words)
    return match is not None and not re.search(r"\d", words)


def _weekday(match: re.Match[str], text: str, sent: date, gone_by: bool) -> date:
    number = WEEKDAYS[match["day"].lower()]
    which = (match["which"] or "").lower()
    ahead = (number - sent.weekday()) % 7
    if match["past"] or which in ("last", "this past", "past", "el pasado", "zeszły", "zeszłą"):
        return sent - timedelta(days=7 - ahead if ahead else 7)
    if which in ("", "this", "this past") and _is_past(text, match.start(), match.end(), gone_by):
        return sent - timedelta(days=(7 - ahead) % 7)
    later = 7 if which == "next" and ahead and sent.weekday() + ahead < 7 else 0
    return sent + timedelta(days=(ahead or 7) + later)


def _is_past(text: str, start: int, end: int, otherwise: bool) -> bool:
    """By the verb that stands nearest before the day in its sentence, else by the first one behind it."""
    before = [(found.end(), past) for pattern, past in ((_GONE_BY, True), (_TO_COME, False))
              for found in pattern.finditer(text, 0, start)]  # fmt: skip
    if before:
        return max(before)[1]
    behind = [(found.start(), past) for pattern, past in ((_GONE_BY, True), (_TO_COME, False))
              for found in pattern.finditer(text, end)]  # fmt: skip
    return min(behind)[1] if behind else otherwise


def _in_its_year(day: date, text: str, start: int, end: int, sent: date) -> date:
    """A day without a year that is told in the past lies behind the mail: "left on August 30" in December."""
    if day <= sent or _YEAR.search(text[start:end]) or not _is_past(text, start, end, False):
        return day
    earlier = _a_year_before(day)
    return earlier if (day - sent).days > 60 and earlier is not None else day


def _a_year_before(day: date) -> date | None:
    return None if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
