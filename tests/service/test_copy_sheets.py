"""Copy-sheets: a placement in another form's order, and a number that comes back; nothing that consent doesn't open."""

import re

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from service import copy_sheets
from service.copy_sheets import FIELDS, WrongColumn, columns_of, text_of
from service.db import Database
from service.models import CopySheet, Placement
from tests.service.seed import Seeded
from tests.service.web import signed_in

FORM = """First name = candidate.given_name
Employer = employer.name
Region = "7"
Started = placement.start
Number with us = placement.number
"""


def started(db: Database, seeded: Seeded) -> int:
    with db.begin() as session:
        session.get_one(Placement, seeded.placement).status = "started"
    return seeded.placement


def test_a_sheet_round_trips_the_number_of_the_other_system(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    placement = started(seeded_db, seeded)
    hub = signed_in(app, seeded_db, "hub@hub.example")
    page = hub.does("/sheets/new", name="The board's system", columns=FORM)
    changing = re.search(r"/sheets/(\d+)/change", page)
    assert changing
    number = changing[1]
    assert f"/sheets/{number}/placements/{placement}" in hub.text(f"/sheets/{number}")
    sheet = hub.text(f"/sheets/{number}/placements/{placement}")
    labels = [line.partition("</dt>")[0] for line in sheet.split("<dt>")[1:]]
    assert labels == ["First name", "Employer", "Region", "Started", "Number with us"]
    assert hub.get(f"/sheets/{number}.csv").get_data(as_text=True).splitlines()[0].endswith("Number with us")
    after = hub.does(f"/sheets/{number}/placements/{placement}", number=" CC-4711 ")
    assert "Entered in The board&#39;s system as CC-4711." in after
    assert f'/placements/{placement}"><strong>' not in after
    back = hub.does(f"/sheets/{number}/placements/{placement}/take-back")
    assert "CC-4711" not in back and f"/placements/{placement}" in back


def test_a_number_is_given_once(seeded_db: Database, seeded: Seeded) -> None:
    with seeded_db.begin() as session:
        first = session.get_one(Placement, seeded.placement)
        first.status = "started"
        second = Placement(candidate_id=first.candidate_id, employer_id=first.employer_id, status="started")
        session.add(second)
        session.flush()
        hub = copy_sheets.Viewer(1, "Rosa", "hub@hub.example", "hub", None)
        sheet = copy_sheets.save(session, hub, None, "Theirs", FORM)
        copy_sheets.enter(session, hub, sheet, first, "1")
        with pytest.raises(ValueError, match="is the number of placement"):
            copy_sheets.enter(session, hub, sheet, second, "1")
        with pytest.raises(ValueError, match="Which number"):
            copy_sheets.enter(session, hub, sheet, second, "  ")


def test_without_consent_another_organisation_copies_initials_only(seeded_db: Database, seeded: Seeded) -> None:
    with seeded_db.begin() as session:
        placement = session.get_one(Placement, seeded.placement)
        placement.candidate.consent = "none"
        person = placement.candidate
        hub = copy_sheets.Viewer(1, "Rosa", "hub@hub.example", "hub", None)
        every = "\n".join(f"{field} = {field}" for field in FIELDS)
        sheet = copy_sheets.save(session, hub, None, "All of it", every)
        values = dict(copy_sheets.filled(hub, sheet, placement))
        assert values["candidate.name"] == person.initials
        private = [values[field] for field in FIELDS if field.startswith("candidate.") and field != "candidate.name"]
        assert not any(private)
        assert person.family_name not in " ".join(values.values())


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("", "at least one column"),
        ("Job title", "Line 1"),
        ("A = job.title\nB = job.nothing", "Line 2: there is no field job.nothing"),
        ("= job.title", "Line 1"),
        ("\n".join(["A = job.title"] * 101), "100 at most"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(lines: str, words: str) -> None:
    with pytest.raises(WrongColumn, match=words):
        columns_of(lines)


LABELS = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30).filter(
    str.strip
)


@given(st.lists(st.tuples(LABELS, st.sampled_from([*FIELDS, '"7"', '"a = b"'])), min_size=1, max_size=8))
def test_a_form_is_written_as_it_was_read(columns: list[tuple[str, str]]) -> None:
    text = "\n".join(f"{label.strip()} = {holds}" for label, holds in columns)
    try:
        read = columns_of(text)
    except WrongColumn:
        return  # a label that itself reads like the end of a line
    assert columns_of(text_of(CopySheet(name="x", columns=[*read]))) == read
