"""The headers of Lotus Notes: a name, a date, then To, cc and Subject, with no From before them."""

import re

from mail.mime.clientdates import shown_date
from mail.mime.clients import CC, DATE, FROM, OTHER, SUBJECT, TO
from mail.quoting.lines import Line

_ON_DATE = re.compile(r"^(.{2,160}?)(?:\s+on\s+|\s{2,}|\t+|\s+)(\d{1,2}/\d{1,2}/\d{2,4}\s+\d{1,2}:\d{2}.{0,20})$")
_DATE_ALONE = re.compile(r"^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\s+\d{1,2}:\d{2}.{0,20}$")
_SENT_BY = re.compile(r"^(?:sent by|please respond to|enviado por|wysłane przez)\b", re.I)
FORWARDED_BY = re.compile(r"^\s*-{3,}\s*(?:forwarded by|reenviado por|przekazane przez|weitergeleitet von)\s", re.I)
_PATH = re.compile(r"^\s*['\"]?([^/@<>]{2,60}?)(?:/[\w .&-]{1,40}){0,5}\s?(?:@\s?[\w-]{1,40})?['\"]?\s*$")


def name_and_date(lines: list[Line], recipients: int) -> tuple[int, str, str] | None:
    """(first line, name, date) of the lines above a "To:" line that begins a Notes header, or None."""
    above: list[tuple[int, str]] = []
    row = recipients - 1
    while row >= 0 and len(above) < 3 and recipients - row <= 7:
        words = lines[row].words.strip(" \t*")
        if words and not _SENT_BY.match(words):
            above.append((row, words))
        row -= 1
    if not above:
        return None
    row, words = above[0]
    match = _ON_DATE.match(words)
    if match and shown_date(match[2]):
        return row, match[1].strip(), match[2].strip()
    if len(above) > 1 and _DATE_ALONE.match(words) and shown_date(words) and len(above[1][1]) < 80:
        return above[1][0], above[1][1], words
    return None


def with_date(values: dict[str, str]) -> None:
    """ "From: Jane Doe @ ENGINEERING   05/14/2001 09:31 AM": the date leaves the name."""
    match = _ON_DATE.match(values.get(FROM, ""))
    if match and DATE not in values and shown_date(match[2]):
        values[FROM], values[DATE] = match[1].strip(), match[2].strip()


def may_begin(field: str, values_below: set[str]) -> bool:
    """A header run that starts with its recipients and has a subject, but no sender."""
    return field in (TO, CC) and SUBJECT in values_below and FROM not in values_below and field != OTHER


def plain_name(name: str) -> str:
    """ "Jane Doe/CHI/Quarry@QUARRY" without the path of the directory."""
    if "/" not in name and "@" not in name:
        return name
    match = _PATH.match(name)
    return match[1].strip() if match and " " in match[1].strip() else name
