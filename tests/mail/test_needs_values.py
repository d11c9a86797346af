"""Counts, wages, dates and places out of single sentences."""

from datetime import date

import pytest

from mail.prose.dates import find_dates
from mail.prose.money import find_wages
from mail.prose.numbers import find_counts
from mail.prose.places import find_places

SENT = date(2026, 2, 10)


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("a dozen cooks", "en", 12),
        ("half a dozen temps", "en", 6),
        ("one more welder", "en", 1),
        ("5 or 6 servers", "en", 5),
        ("between eight and ten laborers", "en", 8),
        ("twenty-two guards", "en", 22),
        ("a couple of drivers", "en", 2),
        ("una decena de panaderos", "es", 10),
        ("media docena de meseros", "es", 6),
        ("dwóch spawaczy", "pl", 2),
        ("kilku ludzi", "pl", None),
    ],
)
def test_counts_in_words(text: str, language: str, value: int | None):
    assert find_counts(text, language)[0].value == value


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("at $18.30 to $21.70 an hour", 18.3, 21.7, "hour"),
        ("pay is $46-51k", 46000, 51000, "year"),
        ("salary $46,000", 46000, 46000, "year"),
        ("19 to 23 an hour", 19, 23, "hour"),
        ("$17.25 flat", 17.25, 17.25, "hour"),
        ("it pays eighteen dollars an hour", 18, 18, "hour"),
        ("twenty-two fifty an hour", 22.5, 22.5, "hour"),
        ("pagamos 25 la hora", 25, 25, "hour"),
        ("24–27 $ za godz.", 24, 27, "hour"),
        ("stawka 21,75 $ / godz.", 21.75, 21.75, "hour"),
        ("$1,400 - $1,600 per week", 1400, 1600, "week"),
        ("$4,000 a month", 48000, 48000, "year"),
        ("$21/hr", 21, 21, "hour"),
    ],
)
def test_wages(text: str, low: float, high: float, unit: str):
    (wage,) = find_wages(text)
    assert (wage.low, wage.high, wage.unit) == (low, high, unit)


@pytest.mark.parametrize(
    "text",
    [
        "plus a bonus of $450",
        "a $500 sign-on bonus",
        "a per diem of $65 when away",
        "$4,100 a seat",
        "a budget of $140,000",
        "the $18 million wing",
        "call 312-555-0144",
        "for ages 18 to 25",
        "some 25 hours a week",
        "used to pay $16",
        "from 7 to 3",
    ],
)
def test_other_money_and_numbers_are_no_wage(text: str):
    assert find_wages(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("They start Tuesday March 3rd", date(2026, 3, 3)),
        ("start on the 1st", date(2026, 3, 1)),
        ("Everybody begins on April 6.", date(2026, 4, 6)),
        ("effective November 10:", date(2026, 11, 10)),
        ("The crew by August 17th.", date(2026, 8, 17)),
        ("empiezan el 1 de mayo", date(2026, 5, 1)),
        ("Praca od 1 marca.", date(2026, 3, 1)),
        ("the first Monday in May is the first day", date(2026, 5, 4)),
        ("starts 3/2/2026", date(2026, 3, 2)),
        ("Doors open October 1 but we need people from September 21.", date(2026, 9, 21)),
        ("for six weeks, June 29 through August 7", date(2026, 6, 29)),
    ],
)
def test_starts(text: str, day: date):
    assert [found.date for found in find_dates(text, SENT) if found.starts] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "start mid May",
        "they can start yesterday",
        "she is away until the 9th",
        "please reply by the 20th",
        "let's meet on March 3",
        "the grand opening is May 2",
        "send résumés by February 20",
        "come any Monday",
        "at 18.50 an hour",
        "a $3.2 million contract",
    ],
)
def test_other_dates_are_no_start(text: str):
    assert not any(found.starts for found in find_dates(text, SENT))


def test_a_month_that_has_passed_lies_in_the_next_year():
    assert find_dates("I'd take them on February 2", date(2025, 12, 7))[0].date == date(2026, 2, 2)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("at their Bellwood yard", "Bellwood, IL"),
        ("our plant in Belmont Cragin", "Belmont Cragin, Chicago, IL"),
        ("a bar in uptown wants", "Uptown, Chicago, IL"),
        ("la bodega en Joliet", "Joliet, IL"),
        ("Biuro mamy w Park  Ridge", "Park Ridge, IL"),
        ("Worksite: Galena, IL", "Galena, IL"),
        ("we are at 4410 W. Lake St. now", "4410 W. Lake St."),
        ("on the corner of Clark and Lake", "Clark and Lake"),
    ],
)
def test_places(text: str, name: str):
    assert max(find_places(text), key=lambda place: place.weight).name == name


@pytest.mark.parametrize(
    "text", ["I saw them at the Elgin job fair", "the shuttle from Pilsen", "golf and justice for all"]
)
def test_places_on_the_way_are_no_place_of_work(text: str):
    assert all(place.weight < 0.5 for place in find_places(text))
