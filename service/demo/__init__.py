"""The demo: a fictional network of partners, its mails of one week, dated so that the week ended yesterday, and those
of the months before it.

The mails lie beside this file, written by hand. A place like `{{2 09:40 gmail}}` in them stands for a moment: the third
working day of the story at 9:40, as Gmail writes it; `{{in 17 long}}` for a day to come, the first Monday at least 17
days after the story; `{{ago 40 09:40 gmail}}` for the 40th working day before it. What a mail server
adds on delivery is added here.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
STORY_DAYS = 6
ZONE = ZoneInfo("America/Chicago")
SERVER = "mx.riverbendnetwork.example"
"""Stands first in Authentication-Results: the demo's LOOPIN_MAIL_TRUST is "id:" and this."""

_CONFIRMED_DAYS_AGO = (1, 3, 2, 6, 12, 1, 4, 5, 2, 16)

_PLACE = re.compile(
    r"\{\{(?:(?:(?P<day>\d)|ago (?P<ago>\d{1,3})) (?P<hour>\d\d):(?P<minute>\d\d)|in (?P<later>\d\d?))"
    r" (?P<form>\w{2,12})\}\}"
)
_FROM = re.compile(rb"^From:[^\n]{0,200}?@([\w.-]{1,80})", re.M)
_DATE = re.compile(rb"^Date: ([^\n]{10,60})", re.M)

_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_DAYS_PL = "pon. wt. śr. czw. pt. sob. niedz."
_MONTHS = "January February March April May June July August September October November December"
_MONTHS_ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
_MONTHS_PL = "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
_MONTHS_PL_SHORT = "sty lut mar kwi maj cze lip sie wrz paź lis gru"


@dataclass(frozen=True, slots=True)
class DemoMail:
    """A mail as a door would hand it over; `name` is its file's, without the ending."""

    name: str
    content: bytes


def directory() -> dict[str, Any]:
    """The partner directory, in the contract's form: most partners confirmed their lines this week, two before, two
    never."""
    known = json.loads((HERE / "directory.json").read_text(encoding="utf-8"))
    today = datetime.now(ZONE).date()
    for partner, days in zip(known["partners"], _CONFIRMED_DAYS_AGO, strict=False):
        for line in (partner, *partner["services"]):
            line["confirmed_on"] = (today - timedelta(days=days)).isoformat()
    for agreement in (row for partner in known["partners"] for row in partner["agreements"] if row.get("scope")):
        agreement |= {"start": date(today.year - 1, 7, 1).isoformat(), "end": date(today.year + 1, 6, 30).isoformat()}
    return known


def mails(now: datetime | None = None) -> list[DemoMail]:
    """The story in its order. All of it lies before `now` (aware; the present if not given), the last day yesterday."""
    return _told("mails", now)


def past(now: datetime | None = None) -> list[DemoMail]:
    """The five months before the story, in their order: what saved mail shows when it is taken in (`now` as above)."""
    return _told("past", now)


def _told(folder: str, now: datetime | None) -> list[DemoMail]:
    days = story_days((now or datetime.now(ZONE)).astimezone(ZONE).date())
    found = sorted((HERE / folder).glob("*.eml"))
    return [DemoMail(file.stem, delivered(file.read_text("utf-8"), days)) for file in found]


def story_days(today: date) -> tuple[date, ...]:
    """The last six working days before today, oldest first."""
    days: list[date] = []
    day = today
    while len(days) < STORY_DAYS:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            days.append(day)
    return tuple(reversed(days))


def delivered(text: str, days: tuple[date, ...]) -> bytes:
    """A mail with its moments written out, under the headers of the server that took it in."""
    content = _PLACE.sub(lambda place: _written(place, days), text).encode()
    return (_server_headers(content) + content).replace(b"\n", b"\r\n")


def _written(place: re.Match[str], days: tuple[date, ...]) -> str:
    form = FORMS[place["form"]]
    if place["later"]:
        return form(_a_monday_from(days[-1] + timedelta(days=int(place["later"]))))
    day = _working_days_before(days[0], int(place["ago"])) if place["ago"] else days[int(place["day"])]
    return form(datetime.combine(day, time(int(place["hour"]), int(place["minute"]), 12), ZONE))


def _working_days_before(day: date, count: int) -> date:
    """`day` is a working day itself."""
    weeks, rest = divmod(count, 5)
    return day - timedelta(days=7 * weeks + rest + (2 if rest > day.weekday() else 0))


def _a_monday_from(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=-day.weekday() % 7), time(8), ZONE)


def _server_headers(content: bytes) -> bytes:
    """What delivery adds at the top, unless the mail brings a verdict of its own."""
    sender, when = _FROM.search(content), _DATE.search(content)
    if content.startswith(b"Return-Path:") or not sender or not when:
        return b"Delivered-To: tracker@riverbendnetwork.example\n"
    domain = sender[1].decode()
    return (
        "Delivered-To: tracker@riverbendnetwork.example\n"
        f"Authentication-Results: {SERVER}; dkim=pass header.d={domain};\n\tdmarc=pass header.from={domain}\n"
        f"Received: from mail.{domain} by {SERVER} with ESMTPS; {when[1].decode()}\n"
    ).encode()


def _day(moment: datetime, names: str = _DAYS) -> str:
    return names.split()[moment.weekday()]


def _month(moment: datetime, names: str = _MONTHS) -> str:
    return names.split()[moment.month - 1]


def _clock(moment: datetime) -> str:
    return f"{moment.hour % 12 or 12}:{moment.minute:02d}"


def _half(moment: datetime) -> str:
    return "AM" if moment.hour < 12 else "PM"


def _rfc(moment: datetime) -> str:
    return f"{_day(moment)[:3]}, {moment.day} {_month(moment)[:3]} {moment:%Y %H:%M:%S %z}"


def _gmail(moment: datetime) -> str:
    # Gmail has put U+202F before AM and PM since 2023.
    date_words = f"{_day(moment)[:3]}, {_month(moment)[:3]} {moment.day}, {moment.year}"
    return f"{date_words} at {_clock(moment)}\u202f{_half(moment)}"


def _outlook(moment: datetime) -> str:
    return f"{_day(moment)}, {_long(moment)}, {moment.year} {_clock(moment)} {_half(moment)}"


def _apple(moment: datetime) -> str:
    return f"{_long(moment)}, {moment.year} at {_clock(moment)}:{moment.second:02d}\u202f{_half(moment)} {moment:%Z}"


def _thunderbird(moment: datetime) -> str:
    return f"{moment.month}/{moment.day}/{moment:%y} {_clock(moment)} {_half(moment)}"


def _gmail_polish(moment: datetime) -> str:
    month = _month(moment, _MONTHS_PL_SHORT)
    return f"{_day(moment, _DAYS_PL)}, {moment.day} {month} {moment.year} o {moment:%H:%M}"


def _long(moment: datetime) -> str:
    return f"{_month(moment)} {moment.day}"


FORMS: dict[str, Callable[[datetime], str]] = {
    "rfc": _rfc,
    "gmail": _gmail,
    "outlook": _outlook,
    "apple": _apple,
    "thunderbird": _thunderbird,
    "pl": _gmail_polish,
    "long": _long,
    "short": lambda moment: f"{moment.month}/{moment.day}",
    "es_long": lambda moment: f"{moment.day} de {_month(moment, _MONTHS_ES)}",
    "pl_long": lambda moment: f"{moment.day} {_month(moment, _MONTHS_PL)}",
}
"""How each mail client, and a person, writes a moment."""
