"""Single fields put right by hand: what is taken and what is not, the history, undo, and walls."""

import pytest
from flask import Flask
from sqlalchemy import select

from service import editing, erasing, identities, key_index
from service.db import Database
from service.models import Candidate, Employer, EmployerContact, Pair, RecordChange, Referral
from service.plain_records import record_of
from tests.service.seed import Seeded
from tests.service.web import signed_in


def employer(**values: object) -> Employer:
    place = dict.fromkeys(("street", "city", "state", "zip"), "")
    return Employer(**{"name": "Alder Dock Freight", "aliases": [], "domains": [], "phones": [], **place, **values})


def test_a_field_is_set_found_by_and_put_back(db: Database) -> None:
    with db.begin() as session:
        known = employer(domains=["alderdock.example"])
        session.add(known)
        session.flush()
        key_index.index(session, known)
        made = editing.change(session, known, "aliases", "ADF;  Alder  Dock ; ADF", "Rosa")
        assert made is not None
        assert known.aliases == ["ADF", "Alder Dock"]
        assert known in key_index.holders(session, employer(name="Quorn", aliases=["Alder Dock"], id=99))
        assert (made.before, made.after) == ([], ["ADF", "Alder Dock"])
    with db.begin() as session:
        editing.undo(session, made.id, "Dora")
        assert session.get_one(Employer, known.id).aliases == []
        (told,) = editing.history(session, session.get_one(Employer, known.id))
        assert told.undone_by == "Dora"


def test_what_stood_so_already_is_no_change(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        known = employer(city="Harbor City")
        session.add(known)
        session.flush()
        assert editing.change(session, known, "city", " Harbor  City ", "Rosa") is None
        assert editing.history(session, known) == []


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "  ", "A name is needed."),
        ("domains", "gmail.com", "used by everybody"),
        ("domains", "alderdock", "is no domain"),
        ("phones", "call us", "is no phone number"),
        ("city", "x" * 301, "too long"),
        ("merged_into_id", "1", "no field"),
    ],
)
def test_what_can_not_stand_there_is_refused_in_a_sentence(
    sqlite_db: Database, field: str, value: str, words: str
) -> None:
    with sqlite_db.begin() as session:
        known = employer()
        session.add(known)
        session.flush()
        with pytest.raises(editing.WrongField, match=words):
            editing.change(session, known, field, value, "Rosa")


@pytest.mark.parametrize(("value", "words"), [("1990-13-01", "looks like"), ("2090-01-01", "between 1900 and today")])
def test_a_birth_date_is_a_day_that_was(sqlite_db: Database, value: str, words: str) -> None:
    with sqlite_db.begin() as session:
        person = Candidate(name="Nora Feld", emails=[], phones=[])
        session.add(person)
        session.flush()
        with pytest.raises(editing.WrongField, match=words):
            editing.change(session, person, "date_of_birth", value, "Rosa")
        made = editing.change(session, person, "date_of_birth", "1990-05-31", "Rosa")
        assert made is not None
        assert record_of(person).date_of_birth == "1990-05-31"
        editing.undo(session, made.id, "Rosa")
        assert person.date_of_birth is None


def test_a_later_change_is_undone_first(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        known = employer()
        session.add(known)
        session.flush()
        first = editing.change(session, known, "city", "Harbor City", "Rosa")
        second = editing.change(session, known, "city", "Northfield", "Rosa")
        assert first is not None
        assert second is not None
        with pytest.raises(editing.WrongField, match="changed again since"):
            editing.undo(session, first.id, "Rosa")
        editing.undo(session, second.id, "Rosa")
        editing.undo(session, first.id, "Rosa")
        assert known.city == ""
        with pytest.raises(editing.WrongField, match="already"):
            editing.undo(session, first.id, "Rosa")


def test_a_change_of_a_record_that_was_joined_waits_for_the_merges_undo(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        one, two = employer(), employer(name="Alder Dock")
        session.add_all([one, two])
        session.flush()
        made = editing.change(session, two, "city", "Harbor City", "Rosa")
        pair = Pair(kind="employer", left_id=one.id, right_id=two.id, probability=0.7)
        session.add(pair)
        session.flush()
        link = identities.decide(session, pair.id, "same", "Rosa")
        assert made is not None
        assert link is not None
        assert [row.id for row in editing.history(session, one)] == [made.id]
        with pytest.raises(editing.WrongField, match="joined with another"):
            editing.undo(session, made.id, "Rosa")
        identities.undo_merge(session, link.id, "Rosa")
        editing.undo(session, made.id, "Rosa")
        assert two.city == ""


def test_erasing_a_person_takes_what_was_changed_of_them(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        person = Candidate(name="Nora Feld", emails=["nora@inbox.example"], phones=[])
        site = employer(phones=["+13125550101"])
        session.add_all([person, site])
        session.flush()
        editing.change(session, person, "city", "Harbor City", "Rosa")
        editing.change(session, site, "phones", "+1 312 555 0101; 312 555 0102", "Rosa")
        contact = EmployerContact(employer_id=site.id, name="Pia Lund", email="", phones=["+1 312 555 0101"])
        session.add(contact)
        session.flush()
        session.expire(site, ["contacts"])
        erasing.erase_candidate(session, person.id, "asked", "Rosa")
        erasing.erase_contact(session, contact.id, "asked", "Rosa")
        (left,) = session.scalars(select(RecordChange)).all()
        assert left.kind == "employer"
        assert "555 0101" not in str(left.after)


def test_a_page_changes_one_field_and_takes_it_back(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    with seeded_db.read() as session:
        number = session.get_one(Referral, seeded.packers).employer_id
    hub = signed_in(app, seeded_db, "hub@hub.example")
    page = hub.text(f"/employers/{number}")
    assert f"/employers/{number}/change/name" in page
    assert 'value="Brightwater Packing"' in hub.text(f"/employers/{number}/change/name")
    said = hub.does(f"/employers/{number}/change/street", value="12 Quay Road")
    assert "Street changed." in said
    assert "12 Quay Road" in said
    assert "Changed by hand" in said
    with seeded_db.read() as session:
        change_id = session.scalars(select(RecordChange.id)).one()
    back = hub.does(f"/changes/{change_id}/undo")
    assert "undone by Rosa Lind" in back
    assert "A name is needed." in hub.does(f"/employers/{number}/change/name", value=" ")
    assert hub.get(f"/employers/{number}/change/merged_into_id").status_code == 404


def test_a_candidate_is_changed_by_their_own_organisation_alone(
    app: Flask, seeded_db: Database, seeded: Seeded
) -> None:
    own = signed_in(app, seeded_db, "ivo@northfield.example")
    assert "City changed." in own.does("/candidates/1/change/city", value="Harbor City")
    with seeded_db.read() as session:
        change_id = session.scalars(select(RecordChange.id)).one()
    for who in ("hub@hub.example", "dora@lakesidejobs.example", "look@northfield.example", "sam@harborvets.example"):
        other = signed_in(app, seeded_db, who)
        assert other.get("/candidates/1/change/city").status_code == 404
        assert other.post("/candidates/1/change/city", value="X").status_code in {403, 404}
        assert other.post(f"/changes/{change_id}/undo").status_code in {403, 404}
        shown = "Harbor City" in other.get("/candidates/1").get_data(as_text=True)
        assert shown == who.startswith("look")  # of the same organisation
    assert "Harbor City" in own.text("/candidates/1")


def test_a_parent_is_named_or_numbered(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    with seeded_db.begin() as session:
        session.add_all([employer(name="Brightwater Holdings"), employer(name="Dock Nine"), employer(name="Dock Nine")])
        number = session.get_one(Referral, seeded.packers).employer_id
    hub = signed_in(app, seeded_db, "hub@hub.example")
    assert "A site of" in hub.does(f"/employers/{number}/parent", parent="brightwater holdings")
    assert "No employer is called Quorn." in hub.does(f"/employers/{number}/parent", parent="Quorn")
    assert "say which by its number" in hub.does(f"/employers/{number}/parent", parent="Dock Nine")
    assert "A site of" not in hub.does(f"/employers/{number}/parent", parent="")
    with seeded_db.read() as session:
        dock = session.scalars(select(Employer.id).where(Employer.name == "Dock Nine")).first()
    assert "Dock Nine</a>" in hub.does(f"/employers/{number}/parent", parent=str(dock))


def test_what_was_read_from_a_mail_is_confirmed_by_a_person(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    with seeded_db.read() as session:
        number = session.get_one(Referral, seeded.packers).employer_id
    hub = signed_in(app, seeded_db, "hub@hub.example")
    assert "read from a mail" in hub.text(f"/employers/{number}")
    assert "read from a mail" not in hub.does(f"/employers/{number}/confirm")
    assert "read from a mail" in hub.does(f"/employers/{number}/confirm", right="no")
    assert signed_in(app, seeded_db, "sam@harborvets.example").post(f"/employers/{number}/confirm").status_code == 404
