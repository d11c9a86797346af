"""Dates in prose by the mail's own date: "Tuesday March 3rd", "the 1st", "1 de mayo", "od 1 marca"; "mid May" is none.

What a date is for is told by the words beside it: mail.prose.purpose.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mail.prose.purpose import starts
from mail.prose.reckoned import reckoned

_MONTHS = {
    1: "january jan enero ene styczeń stycznia sty",
    2: "february feb febrero luty lutego lut",
    3: "march mar marzo marzec marca",
    4: "april apr abril abr kwiecień kwietnia kwi",
    5: "may mayo maj maja",
    6: "june jun junio czerwiec czerwca cze",
    7: "july jul julio lipiec lipca lip",
    8: "august aug agosto ago sierpień sierpnia sie",
    9: "september sept sep septiembre setiembre wrzesień września wrz",
    10: "october oct octubre październik października paź",
    11: "november nov noviembre listopad listopada lis",
    12: "december dec diciembre dic grudzień grudnia gru",
}
MONTHS = {word: number for number, words in _MONTHS.items() for word in words.split()}
_WEEKDAYS = {
    0: "monday mon lunes poniedziałek poniedziałku poniedziałkiem",
    1: "tuesday tues tue martes wtorek wtorku",
    2: "wednesday wed miércoles miercoles środa środy środę",
    3: "thursday thurs thur thu jueves czwartek czwartku",
    4: "friday fri viernes piątek piątku",
    5: "saturday sat sábado sabado sobota soboty sobotę",
    6: "sunday sun domingo niedziela niedzieli niedzielę",
}
WEEKDAYS = {word: number for number, words in _WEEKDAYS.items() for word in words.split()}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_MONTH = rf"(?:{_any(MONTHS)})\.?"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_SPELLED = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
        "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth "
        "thirty-first".split(),
        start=1,
    )
}
_ORDINAL = r"(?:st|nd|rd|th|º|°|er|ro|-go|-ego)?"
_YEAR = r"(?:,?\s+(?:de\s+|del\s+)?(?P<{0}>20\d\d)(?!\d))?"
_WEEKDAY = rf"(?:(?P<weekday>{_any(WEEKDAYS)})\.?,?\s+(?:the\s+|el\s+)?)?"
_DATE = re.compile(
    rf"(?<![\w/.$-]){_WEEKDAY}(?:"
    rf"(?P<month1>{_MONTH})\s+(?:the\s+)?(?P<day1>{_DAY}|(?:{_any(_SPELLED)})(?!\w)){_ORDINAL}(?!\d|:\d|"
    rf"\s?[ap]\.?m\b){_YEAR.format('year1')}"
    rf"|(?:the\s+)?(?P<day2>{_DAY}|primero|{_any(_SPELLED)}){_ORDINAL}\s+(?:of\s+|"
    rf"de\s+)?(?P<month2>{_MONTH})(?!\w){_YEAR.format('year2')}"
    rf"|(?P<iso>20\d\d-\d\d-\d\d)(?!\d)"
    rf"|(?P<month3>1[0-2]|0?[1-9])/(?P<day3>{_DAY})(?:/(?P<year3>20\d\d|\d\d))?(?![\d/])"
    rf"|(?P<day6>1[3-9]|2\d|3[01])/(?P<month6>1[0-2]|0?[1-9])/(?P<year6>20\d\d|\d\d)(?![\d/])"
    rf"|(?P<month7>1[0-2]|0?[1-9])\.(?P<day7>1[3-9]|2\d|3[01])\.(?P<year7>20\d\d|\d\d)(?![\d.])"
    rf"|(?P<day4>{_DAY})\.(?P<month4>1[0-2]|0?[1-9])(?:\.(?P<year4>20\d\d)|(?<=\bod \d\d\.\d\d)|(?<=\bod "
    rf"\d\.\d\d))(?=\s*r\b|[\s,.)]|$)(?!\s*(?:\$|USD|za\s|na\s))"
    rf"|(?:the|el|dnia)\s+(?:día\s+)?(?P<day5>{_DAY})(?P<ordinal5>st|nd|rd|th)?(?![\w/:%$-]|[.,]\d|\s+(?:floor|"
    rf"street|ave|ward|shift|of|de|people|or|\w+s)\b)"
    rf")",
    re.IGNORECASE,
)
_WEEKDAY_ONLY = re.compile(
    r"(?i)(?<!\w)(?:(?P<which>this coming|this|next|coming|el próximo|próximo|przyszły|"
    r"najbliższy)\s+)?(?P<day>monday|tuesday|wednesday|thursday|"
    r"friday|saturday|lunes|martes|miércoles|jueves|viernes|poniedziałku|wtorku|środy|czwartku|"
    r"piątku)(?!\w)(?!\s+(?:through|to|thru|in|of)\b)"
)
_VAGUE_BEFORE = re.compile(
    r"(?i)(?:\b(?:mid|early|late|end of|beginning of|middle of|finales de|mediados de|principios de|połowie|"
    r"koniec)[\s-]*)$"
)
_RANGE_TAIL = re.compile(r"(?i)^\s*(?:-|–|—|to|through|thru|until|till|al?|hasta(?: el)?|do)\s*$")


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text. `starts`: the words beside it make it a start of work; None where they say nothing of it."""

    start: int
    end: int
    date: date
    starts: bool | None


_WORD = re.compile(r"\w+")
_FIRST_WORDS = frozenset(
    {*MONTHS, *WEEKDAYS, "the", "el", "dnia", "primero", *(word.split("-")[0] for word in _SPELLED)}
)
"""Words that a date may begin with: the long pattern is tried only there and at digits."""


def find_dates(text: str, sent: date) -> list[Found]:
    """Every date of a sentence; of a range only its first day. Dates without a year lie near or after `sent`."""
    counted = [Found(start, end, day, starts(text, start, end)) for start, end, day in reckoned(text, sent)]
    found: list[Found] = []
    month = counted[0].date.month if counted else None
    for match in _dates(text):
        day = _date(match, sent, _month_named(text, match.start()) or month if match["day5"] else month)
        if len(found) > 12:
            break
        if day is None or _VAGUE_BEFORE.search(text[: match.start()][-16:]):
            continue
        if found and _RANGE_TAIL.match(text[found[-1].end : match.start()]):
            first = found[-1]
            if _MOVED.search(text[: first.start][-40:]):
                found[-1] = Found(match.start(), match.end(), day, True)
                continue
            purpose = starts(text, first.start, match.end())
            found[-1] = Found(first.start, first.end, first.date, True if purpose is None else purpose)
            continue
        month = day.month if not match["day5"] else month
        purpose = starts(text, match.start(), match.end())
        if found and found[-1].starts and _NOT_ANY_MORE.match(text[found[-1].end : match.start()]):
            purpose = False
        lasting = purpose is None and _LASTING.match(text[match.end() :])
        found.append(Found(match.start(), match.end(), day, True if lasting else purpose))
    counted = [day for day in counted if all(day.end <= other.start or other.end <= day.start for other in found)]
    return sorted([*counted, *found], key=lambda day: day.start) or _by_weekday(text, sent)


def _dates(text: str) -> Iterator[re.Match[str]]:
    end = 0
    for word in _WORD.finditer(text):
        if word.start() >= end and (word[0][0].isdigit() or word[0].lower() in _FIRST_WORDS):
            match = _DATE.match(text, word.start())
            if match is not None:
                yield match
                end = match.end()


_DAY_NAME = re.compile(r"day|lunes|martes|coles|jueves|viernes|poniedz|wtor|środ|czwart|piąt", re.IGNORECASE)


def _by_weekday(text: str, sent: date) -> list[Found]:
    if not _DAY_NAME.search(text):
        return []
    return _nth_weekdays(text, sent) or _weekdays(text, sent)


def _month_named(text: str, before: int) -> int | None:
    """The month that the sentence named last, also without a day: "by mid March, the 16th at the latest"."""
    named = [match for match in _MONTH_WORD.finditer(text, 0, before) if match[0][0].isupper()]
    return MONTHS[named[-1][0].lower().rstrip(".")] if named else None


_MONTH_WORD = re.compile(rf"(?i)(?<!\w){_MONTH}(?!\w)")
_MOVED = re.compile(
    r"(?i)\b(?:slip(?:s|ped)?|mov(?:es|ed)|push(?:es|ed)|shift(?:s|ed)|chang(?:es|ed)|postponed|delayed)\b[\w ]{0,12} "
    r"from\s+(?:the\s+)?$"
)
_NOT_ANY_MORE = re.compile(r"(?i)^,?\s+(?:\(?(?:moved )?from|instead of|rather than|(?:and )?not)\s+(?:the\s+)?$")
_LASTING = re.compile(
    r"(?i)^\s*(?:to|through|thru|until|till)\s+(?:the\s+)?(?:end of|mid|early|late|summer|fall|winter|spring|labor "
    r"day|thanksgiving|christmas|new year|halloween|\w+day\b|"
    rf"{_MONTH})"
)
_NTH = re.compile(
    rf"(?i)\b(?P<nth>first|second|third|fourth|last|1st|2nd|3rd)\s+(?P<day>monday|tuesday|wednesday|thursday|friday|"
    rf"saturday|sunday)\s+(?:in|of)\s+(?P<month>{_MONTH})(?!\w)"
)


def _nth_weekdays(text: str, sent: date) -> list[Found]:
    """ "the first Monday in May"."""
    found = []
    for match in _NTH.finditer(text):
        first = _near(1, MONTHS[match["month"].lower().rstrip(".")], None, sent)
        if first is None:
            continue
        ahead = (WEEKDAYS[match["day"].lower()] - first.weekday()) % 7
        week = {"f": 0, "1": 0, "s": 1, "2": 1, "t": 2, "3": 2, "l": 3}[match["nth"][0].lower()]
        week = 3 if match["nth"].lower() == "fourth" else week
        day = first + timedelta(days=ahead + 7 * week)
        later = day + timedelta(days=7)
        day = later if match["nth"].lower() == "last" and later.month == first.month else day
        found.append(Found(match.start(), match.end(), day, starts(text, match.start(), match.end())))
    return found


def _weekdays(text: str, sent: date) -> list[Found]:
    """A bare weekday is a date only where work starts on it: "they start Monday"."""
    found = []
    for match in _WEEKDAY_ONLY.finditer(text):
        if not starts(text, match.start(), match.end()) or re.search(
            r"(?i)\b(?:any|every|each|cada|każdy|on)\s+$", text[: match.start()]
        ):
            continue
        if re.search(
            r"(?i)\b(?:any|every|each|most|last|past|cada)\b", text[max(0, match.start() - 12) : match.start()]
        ):
            continue
        ahead = (WEEKDAYS[match["day"].lower()] - sent.weekday() - 1) % 7 + 1
        week_later = (match["which"] or "").lower() == "next" and sent.weekday() + ahead < 7
        found.append(Found(match.start(), match.end(), sent + timedelta(days=ahead + 7 * week_later), True))
    return found


def _date(match: re.Match[str], sent: date, month: int | None) -> date | None:
    if match["iso"]:
        try:
            return date.fromisoformat(match["iso"])
        except ValueError:
            return None
    for n in "123467":
        if match[f"day{n}"]:
            named = match[f"month{n}"].lower().rstrip(".")
            if n == "2" and _IS_A_VERB.search(match[0]):
                return None
            number = int(named) if named.isdigit() else MONTHS[named]
            said = match[f"day{n}"].lower()
            day = int(said) if said.isdigit() else _SPELLED.get(said, 1)
            return _near(day, number, match[f"year{n}"], sent)
    return _day_of_month(int(match["day5"]), sent, month)


_IS_A_VERB = re.compile(
    r"\b(?:\d+|[a-z-]+)\s+(?:may|march|mar)$|^(?i:the\s+)?(?i:[a-z]+(?:st|nd|rd|th|first|second|third))\s+[A-Za-z]+$"
)
"""No date but a verb or a noun: "all 12 may come", "the second March"."""


def _near(day: int, month: int, year: str | None, sent: date) -> date | None:
    if year:
        return _safe(int(year) + (2000 if len(year) == 2 else 0), month, day)
    candidate = _safe(sent.year, month, day)
    if candidate is not None and (sent - candidate).days > 90:
        return _safe(sent.year + 1, month, day)
    return candidate if candidate is None or (candidate - sent).days < 300 else _safe(sent.year - 1, month, day)


def _day_of_month(day: int, sent: date, month: int | None) -> date | None:
    """ "the 1st": the next such day, in the month just named where one was."""
    if month is not None:
        return _near(day, month, None, sent)
    for ahead in range(3):
        month_number = (sent.month - 1 + ahead) % 12 + 1
        year = sent.year + (sent.month - 1 + ahead) // 12
        candidate = _safe(year, month_number, day)
        if candidate is not None and candidate >= sent:
            return candidate
    return None


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
