"""Days reckoned from others: "the Tuesday after Labor Day", "a week from Monday", "dzień po Wielkanocy"."""

import re
from collections.abc import Callable
from datetime import date, timedelta

_WEEK = "monday tuesday wednesday thursday friday saturday sunday".split()
_WEEK_ES = "lunes martes miércoles jueves viernes sábado domingo".split()
_WEEK_PL = "poniedziałek wtorek środa czwartek piątek sobota niedziela".split()
_WEEK_PL_ON = "poniedziałku wtorku środy czwartku piątku soboty niedzieli".split()
_WEEKDAYS: dict[str, int] = {
    name: number for names in (_WEEK, _WEEK_ES, _WEEK_PL, _WEEK_PL_ON) for number, name in enumerate(names)
}
_WEEKDAYS |= {"środę": 2, "sobotę": 5, "niedzielę": 6}


def _nth(month: int, weekday: int, nth: int) -> Callable[[int], date]:
    def of_year(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))

    return of_year


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian computus, as in Meeus, Astronomical Algorithms)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    n = (h - m + r + 90) // 25
    return date(year, n, (h - m + r + n + 19) % 32)


_HOLIDAYS: tuple[tuple[str, Callable[[int], date]], ...] = (
    (r"new year['’]?s?(?: day)?|año nuevo|now(?:ym|y) rok(?:u|iem)?", _fixed(1, 1)),
    (r"(?:mlk|martin luther king)(?:,? jr\.?)? day", _nth(1, 0, 3)),
    (r"presidents?['’]?s? day", _nth(2, 0, 3)),
    (r"easter(?: sunday)?|pascua|wielkanoc[ąy]?", easter),
    (r"memorial day", _last_monday_of_may),
    (r"juneteenth", _fixed(6, 19)),
    (r"(?:the )?fourth of july|independence day|the fourth", _fixed(7, 4)),
    (r"labor day", _nth(9, 0, 1)),
    (r"(?:columbus|indigenous peoples?['’]?) day", _nth(10, 0, 2)),
    (r"halloween", _fixed(10, 31)),
    (r"veterans?['’]? day", _fixed(11, 11)),
    (r"thanksgiving(?: day)?|(?:el )?día de acción de gracias", _nth(11, 3, 4)),
    (r"christmas(?: day)?|navidad", _fixed(12, 25)),
)
_NAMES = "|".join(f"(?P<h{number}>{names})" for number, (names, _) in enumerate(_HOLIDAYS))
_DAYS = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_BY_HOLIDAY = re.compile(
    rf"(?i)(?<!\w)(?:the |el |w )?(?P<day>day|día|dzień|{_DAYS})(?: right| immediately)?"
    rf" (?P<side>after|following|before|después de(?:l)?|antes de(?:l)?|po|przed) (?:the )?(?:{_NAMES})(?!\w)"
)
_FROM_DAY = re.compile(
    rf"(?i)(?<!\w)(?:(?P<weeks>a|one|two|three|1|2|3) weeks? from (?:this |next )?(?P<day>{_DAYS}|today)"
    rf"|(?P<day2>{_DAYS}) week)(?!\w)"
)
_MAY = re.compile(r"(?i)\b(?:after|following|before|weeks? from|day week|después|antes|po|przed) ?")
_COUNT = {"a": 1, "one": 1, "1": 1, "two": 2, "2": 2, "three": 3, "3": 3}


def reckoned(text: str, sent: date) -> list[tuple[int, int, date]]:
    """(start, end, day) of each such day, in order; a holiday is the one that comes next, or was a month ago."""
    if not _MAY.search(text):
        return []
    found = [
        (match.start(), match.end(), _beside(match["day"].lower(), match["side"].lower(), _holiday(match, sent)))
        for match in _BY_HOLIDAY.finditer(text)
    ]
    for match in _FROM_DAY.finditer(text):
        weeks = _COUNT[match["weeks"].lower()] if match["weeks"] else 1
        word = (match["day"] or match["day2"]).lower()
        ahead = 0 if word == "today" else (_WEEKDAYS[word] - sent.weekday() - 1) % 7 + 1
        found.append((match.start(), match.end(), sent + timedelta(days=ahead + 7 * weeks)))
    return sorted(found)


def _holiday(match: re.Match[str], sent: date) -> date:
    of_year = next(day for number, (_, day) in enumerate(_HOLIDAYS) if match[f"h{number}"])
    this_year = of_year(sent.year)
    return this_year if (sent - this_year).days <= 30 else of_year(sent.year + 1)


def _beside(day: str, side: str, holiday: date) -> date:
    step = -1 if side.startswith(("before", "antes", "przed")) else 1
    if day in ("day", "día", "dzień"):
        return holiday + timedelta(days=step)
    away = (_WEEKDAYS[day] - holiday.weekday()) % 7 if step > 0 else (holiday.weekday() - _WEEKDAYS[day]) % 7
    return holiday + timedelta(days=step * (away or 7))
