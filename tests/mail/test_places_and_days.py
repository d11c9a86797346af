"""Places told by their form, days reckoned from holidays, and Polish names put back into the nominative."""

from datetime import date

import pytest

from mail.document import read_document
from mail.prose.places import find_places
from mail.prose.polish_cases import nominative, nominative_title
from mail.prose.purpose import starts
from mail.prose.reckoned import easter, reckoned


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They are opening in Sweetwater, Texas, next spring.", "Sweetwater, TX"),
        ("Our plant at 1201 1st St, Nampa, ID 83651 needs hands.", "1201 1st St, Nampa, ID"),
        ("The office (Pocatello, 83201) called.", "Pocatello"),
        ("It is the shop in Filer and he wants two.", "Filer"),
        ("They want six for the Donnelly house.", "Donnelly"),
        ("una lechería en Jerome, Idaho", "Jerome, ID"),
        ("a bakery in riverwest needs two bakers", "Riverwest"),
    ],
)
def test_a_place_of_no_list_is_read(text: str, name: str) -> None:
    assert name in [place.name for place in find_places(text)]


def test_where_a_partner_teaches_is_no_place_of_work() -> None:
    mail = (
        "From: Ida Rowe <ida@portagejobs.example>\nTo: Marcus Hale <marcus@liftschool.example>, "
        "Joan Petty <joan@tallgrassoutdoor.example>\nSubject: Introduction\nDate: Tue, 1 Sep 2026 10:00:00 -0500\n\n"
        "Marcus, Joan, you two should talk. Marcus teaches lift trucks in Aurora. Tallgrass Outdoor moves garden "
        "furniture out of Elgin and is hiring 6 forklift operators at $19 an hour.\n\nIda\n"
    )
    needs = read_document(mail.encode(), None)["introduction"]["needs"]
    assert [(need["title"], need["openings"], need["location"]) for need in needs] == [
        ("forklift operator", 6, "Elgin, IL")
    ]


@pytest.mark.parametrize(
    "text",
    ["She is interested in Marketing.", "They start in March.", "He is fluent in Polish.", "Ann Lee, MD, called."],
)
def test_what_only_looks_like_a_place_is_none(text: str) -> None:
    assert not [place for place in find_places(text) if place.weight >= 0.5]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("the Tuesday after Labor Day", date(2026, 9, 8)),
        ("the day after Thanksgiving", date(2026, 11, 27)),
        ("the Friday before Memorial Day", date(2027, 5, 28)),
        ("a week from Monday", date(2026, 8, 17)),
    ],
)
def test_a_day_is_reckoned_from_another(text: str, day: date) -> None:
    assert [found for *_, found in reckoned(text, date(2026, 8, 6))] == [day]


def test_easter_moves() -> None:
    assert [easter(year) for year in (2025, 2026, 2027)] == [date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28)]


def test_work_starts_where_the_words_say_so() -> None:
    text = "He told us on the tour that by July 13 she needs four."
    assert starts(text, text.index("July"), text.index("July") + 7) is True
    assert starts("The fair is on July 13.", 15, 22) is False


def test_polish_names_are_put_into_the_nominative() -> None:
    assert nominative("Bożeną Zawadzką", "rozmawiałam z panią ") == "Bożena Zawadzka"
    assert nominative("Markiem Nowakiem", "rozmawiałem z panem ") == "Marek Nowak"
    assert nominative("Anna Nowak", "nasza koleżanka ") == "Anna Nowak"
    assert nominative_title("dyrektorem operacyjnym") == "dyrektor operacyjny"
