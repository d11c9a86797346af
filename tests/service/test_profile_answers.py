"""A partner answers "is it still right?" by mail: a plain yes confirms, a change is asked with its proposal."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from service import letters, partners, profile_answers, profile_links
from service.db import Database
from service.models import InboundMessage, Organisation, OutboundLetter, PartnerService, ProfileQuestion, utcnow
from tests.service.call_mails import reply, take_in
from tests.service.seed import Seeded
from tests.service.web import signed_in

COLLEGE = "Northfield College"
LONG_AGO = date(2020, 1, 6)


def asked(db: Database, address: str = "ivo@northfield.example") -> OutboundLetter:
    """The letter to the college as it went out; its page was confirmed long ago."""
    with db.begin() as session:
        college = session.scalars(select(Organisation).where(Organisation.name == COLLEGE)).one()
        entry = {"name": COLLEGE, "addresses": [address]}
        partners.import_directory(session, {"partners": [entry]})
        for line in (college, *college.services):
            line.confirmed_on = LONG_AGO
        letter = profile_links.ask(session, college, "Rosa")
        assert letter is not None
        rendered = letters.render(session, letter)
        letter.subject, letter.text = rendered.subject, rendered.text
        return letter


def confirmed(db: Database) -> set[date | None]:
    with db.read() as session:
        college = session.scalars(select(Organisation).where(Organisation.name == COLLEGE)).one()
        return {line.confirmed_on for line in (college, *college.services)}


def waiting(db: Database) -> list[ProfileQuestion]:
    with db.read() as session:
        rows = session.scalars(select(ProfileQuestion).where(ProfileQuestion.settled_at.is_(None)))
        found = rows.all()
        assert all(row.service is None or row.service.name for row in found)
        return list(found)


def settled(db: Database, answer: str = "yes", service: str = "") -> None:
    with db.begin() as session:
        message = session.scalars(select(InboundMessage).order_by(InboundMessage.id.desc())).first()
        assert message is not None
        chosen = session.scalar(select(PartnerService.id).where(PartnerService.name == service)) or 0
        rows = profile_answers.waiting(session, [message.id])[message.id]
        profile_answers.settle(
            session, message, dict.fromkeys([r.id for r in rows], answer), {r.id: chosen for r in rows}, "Rosa"
        )


def service(db: Database, name: str) -> PartnerService:
    with db.read() as session:
        return session.scalars(select(PartnerService).where(PartnerService.name == name)).one()


@pytest.mark.parametrize(
    "words",
    [
        "Yes, still right.\n\nIvo Brandt",
        "Hi Rosa,\n\nall good, no changes from us.\n\nThanks,\nIvo",
        "Sí, todo sigue igual.",
    ],
)
def test_a_plain_yes_confirms_every_line(db: Database, words: str) -> None:
    letter = asked(db)
    assert take_in(db, reply(letter, words)) == "update"
    assert all(day and day >= utcnow().date() - timedelta(days=1) for day in confirmed(db))
    assert not waiting(db)


def test_the_letter_says_what_the_directory_says_and_that_a_reply_is_enough(sqlite_db: Database) -> None:
    words = asked(sqlite_db).text
    for line in (
        "- Forklift certificate, room not said",
        "- Welding",
        'a reply with "still right" is enough',
        "/profile/",
    ):
        assert line in words


def test_a_closed_class_is_a_question_with_the_change_and_nothing_is_done_before(db: Database) -> None:
    letter = asked(db)
    assert take_in(db, reply(letter, "We closed the forklift class in May.")) == "draft"
    assert (service(db, "Forklift certificate").closed, confirmed(db)) == (False, {LONG_AGO})
    (row,) = waiting(db)
    assert row.service is not None
    assert (row.field, row.values, row.service.name) == ("closed", ["yes"], "Forklift certificate")
    settled(db)
    assert service(db, "Forklift certificate").closed
    assert confirmed(db) == {LONG_AGO}, "nothing was said of the rest"


def test_right_but_for_one_line_confirms_the_rest_with_the_answer(db: Database) -> None:
    letter = asked(db)
    assert take_in(db, reply(letter, "Still right, but welding has room for 8 now.")) == "draft"
    settled(db)
    assert service(db, "Welding").capacity == 8
    assert LONG_AGO not in confirmed(db)


def test_a_refused_change_leaves_the_page_as_it_is(sqlite_db: Database) -> None:
    letter = asked(sqlite_db)
    take_in(sqlite_db, reply(letter, "Yes, except that we closed the welding class."))
    settled(sqlite_db, "no")
    assert (service(sqlite_db, "Welding").closed, confirmed(sqlite_db), waiting(sqlite_db)) == (False, {LONG_AGO}, [])


def test_which_service_is_meant_must_be_said_where_the_words_dont(sqlite_db: Database) -> None:
    letter = asked(sqlite_db)
    take_in(sqlite_db, reply(letter, "We are full until June."))
    with pytest.raises(profile_answers.WrongAnswer, match="Say which service"):
        settled(sqlite_db)
    settled(sqlite_db, service="Welding")
    assert service(sqlite_db, "Welding").capacity == 0


@pytest.mark.parametrize(
    "words", ["We also train solar installers now.", "Correct, but our number is 312-555-0144.", "No."]
)
def test_what_is_no_line_of_the_page_waits_for_a_person(sqlite_db: Database, words: str) -> None:
    letter = asked(sqlite_db)
    assert take_in(sqlite_db, reply(letter, words)) == "draft"
    (row,) = waiting(sqlite_db)
    assert (row.field, row.words) == ("", words)
    assert confirmed(sqlite_db) == {LONG_AGO}


def test_who_answers_for_another_organisation_confirms_nothing(db: Database) -> None:
    letter = asked(db)
    answer = reply(letter, "Yes, still right.", sender="Dora Hale <dora@lakesidejobs.example>")
    assert take_in(db, answer) == "draft"
    assert confirmed(db) == {LONG_AGO}
    (row,) = waiting(db)
    assert row.field == profile_answers.RIGHT
    settled(db)
    assert LONG_AGO not in confirmed(db)


def test_an_absence_is_no_answer(sqlite_db: Database) -> None:
    letter = asked(sqlite_db)
    content = reply(letter, "I am out of the office until Monday.")
    assert take_in(sqlite_db, b"Auto-Submitted: auto-replied\r\n" + content) == "not_a_referral"
    assert (confirmed(sqlite_db), waiting(sqlite_db)) == ({LONG_AGO}, [])


def test_the_inbox_shows_the_question_and_one_click_answers_it(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    with seeded_db.begin() as session:
        found = session.scalars(select(Organisation).where(Organisation.services.any())).first()
        assert found is not None
        partner_id, offered = found.id, found.services[0]
        domain = next(iter(found.values("domain")))
        name, number = offered.name, offered.id
        partners.import_directory(session, {"partners": [{"name": found.name, "addresses": [f"desk@{domain}"]}]})
        letter = profile_links.ask(session, found, "Rosa")
        assert letter is not None
        letter.text = letters.render(session, letter).text
    assert take_in(seeded_db, reply(letter, f"We closed {name}.", sender=f"Desk <desk@{domain}>")) == "draft"
    hub = signed_in(app, seeded_db, "hub@hub.example")
    with seeded_db.read() as session:
        message_id = session.scalars(select(ProfileQuestion.message_id)).one()
    page = hub.text(f"/inbox/{message_id}?show=questions")
    assert f"Mark as closed: {name}" in page
    question = waiting(seeded_db)[0]
    after = hub.does(f"/inbox/{message_id}/accept", **{f"answer-{question.id}": "yes"})
    assert "brought up to date" in after
    with seeded_db.read() as session:
        assert session.get_one(PartnerService, number).closed
        assert session.get_one(Organisation, partner_id).services[0].closed
