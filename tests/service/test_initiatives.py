"""Initiatives, events and programmes: a mail that names one is counted for it, and only those that somebody entered."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from service import calendar_file, initiatives, reports
from service.db import Database
from service.initiatives import Entry
from service.models import Initiative, InitiativeReferral, Organisation, Referral
from service.queries import initiatives as query
from service.visibility import Viewer
from tests.service.said import Mail, arrive
from tests.service.seed import Seeded
from tests.service.test_intake import FORKLIFT
from tests.service.web import signed_in

HUB = Viewer(1, "Rosa", "hub@hub.example", "hub", None)
FAIR = Entry("event", "Northfield Hiring Fair", ("NHF",), date(2026, 10, 7), date(2026, 10, 8), "Northfield; hall 2")


def entered(db: Database, entry: Entry = FAIR) -> int:
    with db.begin() as session:
        return initiatives.add(session, entry, None, "hub").id


def words_of(db: Database) -> list[str]:
    with db.read() as session:
        return list(session.scalars(select(InitiativeReferral.words).order_by(InitiativeReferral.id)))


def test_a_mail_that_names_an_event_is_counted_for_it_with_its_words(db: Database) -> None:
    number = entered(db)
    arrive(db, Mail(FORKLIFT, text="We met at the northfield\nhiring fair; please meet each other."))
    arrive(db, Mail(replace(FORKLIFT, needs=()), text="Nobody met anywhere. ANHFB is no fair."))
    assert words_of(db) == ["northfield hiring fair"]
    with db.read() as session:
        (row,) = query.rows(session, HUB)
        assert (row.initiative.id, row.referrals, row.openings, row.placements) == (number, 1, 12, 0)


@pytest.mark.parametrize(
    ("text", "named"), [("we met at NHF", True), ("about nhf", False), ("the Northfield Hiring Fairs", False)]
)
def test_a_short_name_stands_as_it_was_entered_and_a_name_is_a_whole_one(
    sqlite_db: Database, text: str, named: bool
) -> None:
    entered(sqlite_db)
    arrive(sqlite_db, Mail(FORKLIFT, text=text))
    assert bool(words_of(sqlite_db)) is named


def test_a_mark_that_was_taken_back_is_not_brought_back_by_the_next_mail(sqlite_db: Database) -> None:
    number = entered(sqlite_db)
    first = Mail(FORKLIFT, text="From the Northfield Hiring Fair.")
    arrive(sqlite_db, first)
    with sqlite_db.begin() as session:
        initiatives.unmark(session, number, session.scalars(select(Referral.id)).one(), "hub")
    arrive(sqlite_db, Mail(FORKLIFT, text="Again about the Northfield Hiring Fair.", answers=first.message_id))
    assert words_of(sqlite_db) == []


def test_two_that_mails_could_not_tell_apart_are_refused(sqlite_db: Database) -> None:
    entered(sqlite_db)
    with sqlite_db.begin() as session:
        with pytest.raises(ValueError, match="called that already"):
            initiatives.add(session, Entry("programme", "nhf"), None, "hub")
        with pytest.raises(ValueError, match="before it ends"):
            initiatives.add(session, Entry("event", "Other", (), date(2026, 2, 2), date(2026, 2, 1)), None, "hub")
        with pytest.raises(ValueError, match="name is needed"):
            initiatives.add(session, Entry("event", ""), None, "hub")


def test_reports_count_what_an_initiative_brought(sqlite_db: Database) -> None:
    number = entered(sqlite_db)
    arrive(sqlite_db, Mail(FORKLIFT, text="From the Northfield Hiring Fair."))
    other = replace(FORKLIFT, employer=replace(FORKLIFT.employer, name="Quayside Bakery"))  # type: ignore[type-var]
    arrive(sqlite_db, Mail(other, text="By phone."))
    with sqlite_db.read() as session:
        opened = query.opened(session, HUB, number, reports.ZoneInfo("America/Chicago"))
        made = next(figure for figure in opened.figures if figure.key == "made")
        assert made.text == "1"
        assert {line.organisation.name for line in opened.lines} >= {"Lakeside Jobs Council", "Northfield College"}


def test_the_pages_add_change_mark_and_count(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    hub = signed_in(app, seeded_db, "hub@hub.example")
    page = hub.does(
        "/initiatives/new", kind="event", name="Harvest Fair", aliases="Fall fair; HF26", starts_on="2026-10-07"
    )
    assert "Harvest Fair" in page and "Fall fair, HF26" in page
    with seeded_db.read() as session:
        number = session.scalars(select(Initiative.id).where(Initiative.name == "Harvest Fair")).one()
        organisation = session.scalars(select(Organisation.id).order_by(Organisation.id)).first()
    assert "funding" in hub.does(f"/initiatives/{number}/parts", organisation=organisation, role="funding")
    assert "Harvest Fair" in hub.does(f"/referrals/{seeded.packers}/initiatives", initiative=number)
    assert ">1<" in hub.text("/initiatives")
    assert f"/referrals/{seeded.packers}" in hub.text(
        f"/reports/made?from=2000-01-01&to=2030-01-01&initiative={number}"
    )
    assert "Harvest Fair" in hub.get("/initiatives.csv").get_data(as_text=True)
    assert "DTEND;VALUE=DATE:20261008" in hub.get(f"/initiatives/{number}.ics").get_data(as_text=True)
    changed = hub.does(f"/initiatives/{number}/change", kind="event", name="Harvest Job Fair", starts_on="")
    assert "Harvest Job Fair" in changed
    assert hub.get(f"/initiatives/{number}.ics").status_code == 404


def test_only_who_keeps_it_changes_it(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    number = entered(seeded_db)
    member = signed_in(app, seeded_db, "ivo@northfield.example")
    assert "Northfield Hiring Fair" in member.text(f"/initiatives/{number}")
    assert member.get(f"/initiatives/{number}/change").status_code == 404
    assert member.post(f"/initiatives/{number}/change", kind="event", name="Mine").status_code == 404


@given(st.text(min_size=1, max_size=200), st.text(max_size=200))
def test_a_calendar_file_has_short_lines_and_loses_no_character(name: str, place: str) -> None:
    text = calendar_file.entry("1@loopin", name, date(2026, 10, 7), None, place, "https://loopin.example/initiatives/1")
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    unfolded = text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20261007" in unfolded and "DTEND;VALUE=DATE:20261008" in unfolded
    written = unfolded.partition("SUMMARY:")[2].partition("\r\n")[0]
    assert written.replace("\\;", ";").replace("\\,", ",").replace("\\\\", "\\") == " ".join(name.split())
