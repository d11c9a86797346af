"""Dates as clients show them, in the languages of their users."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.mime.clientdates import header_date, shown_date


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("Thu, Mar 12, 2026 at 4:05 PM", "2026-03-12T16:05"),
        ("Thu, Mar 12, 2026 at 4:05\u202fPM", "2026-03-12T16:05"),
        ("Thursday, March 12, 2026 4:05:11 PM CDT", "2026-03-12T16:05:11-05:00"),
        ("Thu, 12 Mar 2026 16:05:11 -0500", "2026-03-12T16:05:11-05:00"),
        ("12 March 2026 at 16:05:11 GMT-5", "2026-03-12T16:05:11-05:00"),
        ("On Thursday, March 12th, 2026 at 4:05 PM", "2026-03-12T16:05"),
        ("3/12/26 4:05 PM (GMT-06:00)", "2026-03-12T16:05-06:00"),
        ("3/12/2026 12:05 AM", "2026-03-12T00:05"),
        ("12/03/2026 16:05", "2026-03-12T16:05"),
        ("12.03.2026 16:05", "2026-03-12T16:05"),
        ("2026-03-12 16:05", "2026-03-12T16:05"),
        ("2026/03/12", "2026-03-12"),
        ("March-12-26 4:05 PM", "2026-03-12T16:05"),
        ("jueves, 12 de marzo de 2026 16:05", "2026-03-12T16:05"),
        ("jue, 12 mar 2026, 4:05 p. m.", "2026-03-12T16:05"),
        ("mar, 10 mar 2026 a las 9:31", "2026-03-10T09:31"),
        ("czwartek, 12 marca 2026 16:05", "2026-03-12T16:05"),
        ("czw., 12 mar 2026 o 16:05", "2026-03-12T16:05"),
        ("wtorek, 10 listopada 2026, 09:26:50 CET", "2026-11-10T09:26:50+01:00"),
        ("uto, 10. lis 2026. u 09:31", "2026-10-10T09:31"),
        ("mar. 10 nov. 2026 à 09:31", "2026-11-10T09:31"),
        ("Donnerstag, 12. März 2026 um 16:05 Uhr", "2026-03-12T16:05"),
        ("to 12. maalisk. 2026 klo 16.05", "2026-03-12T16:05"),
        ("четверг, 12 марта 2026 г., 16:05:11 GMT+3", "2026-03-12T16:05:11+03:00"),
        ("2026年3月12日木曜日 16:05:11 -0500", "2026-03-12T16:05:11-05:00"),
        ("2026. márc. 12., Cs, 16:05", "2026-03-12T16:05"),
    ],
)
def test_a_shown_date_becomes_iso_wall_time(raw: str, iso: str) -> None:
    assert shown_date(raw) == iso


@pytest.mark.parametrize("raw", ["", "tomorrow", "31 February 2026", "the 12th", "99/99/2026", "May", "4:05 PM"])
def test_what_is_no_whole_date_is_none(raw: str) -> None:
    assert shown_date(raw) == ""


def test_a_date_header_keeps_the_offset_it_shows() -> None:
    assert header_date("Thu, 12 Mar 2026 16:05:11 -0500 (CDT)") == "2026-03-12T16:05:11-05:00"
    assert header_date("no date at all") == ""


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_answered(text: str) -> None:
    assert isinstance(shown_date(text), str)
    assert isinstance(header_date(text), str)


@settings(deadline=None)
@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)))
def test_the_american_and_the_written_form_say_the_same(moment: datetime) -> None:
    clock = f"{moment.hour % 12 or 12}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'}"
    written = shown_date(f"{moment:%A, %B} {moment.day}, {moment.year} {clock}")
    numbers = shown_date(f"{moment.month}/{moment.day}/{moment.year} {clock}")

    assert written == numbers == moment.strftime("%Y-%m-%dT%H:%M")
