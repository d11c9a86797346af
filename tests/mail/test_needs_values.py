"""Counts, wages, dates and places out of single sentences."""

from datetime import date

import pytest

from mail.dates import find_dates
from mail.money import find_wages
from mail.numbers import find_counts
from mail.places import find_places

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
        ("at $19.75 to $22.50 an hour", 19.75, 22.5, "hour"),
        ("pay is $46-51k", 46000, 51000, "year"),
        ("salary $46,000", 46000, 46000, "year"),
        ("19 to 23 an hour", 19, 23, "hour"),
        ("$17.25 flat", 17.25, 17.25, "hour"),
        ("those pay nineteen dollars an hour", 19, 19, "hour"),
        ("twenty-two fifty an hour", 22.5, 22.5, "hour"),
        ("pagamos 25 la hora", 25, 25, "hour"),
        ("28–33 $ za godzinę", 28, 33, "hour"),
        ("po 19,50 $ za godzinę", 19.5, 19.5, "hour"),
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
        "plus a $300 bonus",
        "a $500 sign-on bonus",
        "$50 a day per diem on the road",
        "$6,500 a seat",
        "a budget of $140,000",
        "a $42 million project",
        "call 312-555-0144",
        "ages 16 to 24",
        "20 hours a week",
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
        ("Both groups begin April 6.", date(2026, 4, 6)),
        ("effective November 10:", date(2026, 11, 10)),
        ("All ten by August 17th.", date(2026, 8, 17)),
        ("empiezan el 1 de mayo", date(2026, 5, 1)),
        ("Praca od 1 marca.", date(2026, 3, 1)),
        ("the first Monday in May is the first day", date(2026, 5, 4)),
        ("starts 3/2/2026", date(2026, 3, 2)),
        ("It opens October 1 but I want them from September 21.", date(2026, 9, 21)),
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
        "he is on vacation until the 9th",
        "I promised an answer by the 20th",
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
        ("for the Melrose Park yard", "Melrose Park, IL"),
        ("our plant in Back of the Yards", "Back of the Yards, Chicago, IL"),
        ("a lounge in chatham wants", "Chatham, Chicago, IL"),
        ("nuestro patio en Aurora", "Aurora, IL"),
        ("Warsztat jest w Harwood  Heights", "Harwood Heights, IL"),
        ("Worksite: Galena, IL", "Galena, IL"),
        ("we are at 4410 W. Lake St. now", "4410 W. Lake St."),
        ("on the corner of Wabash and Wacker", "Wabash and Wacker"),
    ],
)
def test_places(text: str, name: str):
    assert max(find_places(text), key=lambda place: place.weight).name == name


@pytest.mark.parametrize(
    "text", ["we met at the Elgin job fair", "the shuttle from Pilsen", "golf and justice for all"]
)
def test_places_on_the_way_are_no_place_of_work(text: str):
    assert all(place.weight < 0.5 for place in find_places(text))
