"""What coordinators do all day, by forms: accept, discard, snooze, change, step, introduce."""

from typing import Any, cast

import pytest
from flask import Flask
from sqlalchemy import select

from service.db import Database
from service.models import (
    InboundMessage,
    Organisation,
    OutboundLetter,
    Question,
    Referral,
    Suggestion,
)
from tests.service.seed import Seeded, referral_status
from tests.service.web import Person, signed_in


@pytest.fixture
def hub(app: Flask, seeded_db: Database) -> Person:
    return signed_in(app, seeded_db, "hub@hub.example")


def test_a_draft_is_accepted_with_answers_and_taken_back(hub: Person, seeded_db: Database, seeded: Seeded) -> None:
    with seeded_db.read() as session:
        asked = {q.field: q.id for q in session.get_one(Referral, seeded.draft).questions}
    answers = {f"other-{asked['sender']}": "Eastside Chamber"}
    page = hub.does(f"/inbox/{seeded.draft_mail}/accept", **answers)
    assert f"Referral {seeded.draft} counts now" in page
    assert referral_status(seeded_db, seeded.draft) == "introduced"
    with seeded_db.read() as session:
        assert session.scalar(select(Organisation).where(Organisation.name == "Eastside Chamber"))
    hub.does(f"/inbox/{seeded.draft_mail}/undo")
    assert referral_status(seeded_db, seeded.draft) == "draft"
    assert "Tillie" in hub.text("/inbox?show=new")


def test_a_mail_that_is_no_referral_leaves_the_list_and_comes_back(
    hub: Person, seeded_db: Database, seeded: Seeded
) -> None:
    hub.does(f"/inbox/{seeded.draft_mail}/not-a-referral", reason="Spam")
    assert referral_status(seeded_db, seeded.draft) == "discarded"
    assert "Pia Lorenz" not in hub.text("/inbox?show=new")
    hub.does(f"/inbox/{seeded.draft_mail}/undo")
    assert referral_status(seeded_db, seeded.draft) == "draft"


def test_a_recorded_referral_can_not_be_called_none(hub: Person, seeded_db: Database, seeded: Seeded) -> None:
    page = hub.does(f"/inbox/{seeded.packers_mail}/not-a-referral", reason="Spam")
    assert "part of a referral already" in page
    assert referral_status(seeded_db, seeded.packers) == "in_progress"


def test_many_are_accepted_at_once(hub: Person, seeded_db: Database, seeded: Seeded) -> None:
    page = hub.does("/inbox/accept", message=[seeded.packers_mail, seeded.welders_mail])
    assert "2 accepted." in page
    assert "Brightwater Packing &lt;-&gt;" not in hub.text("/inbox?show=new").split("Re: Brightwater")[0]


def test_duplicates_are_marked_and_parted(hub: Person, seeded_db: Database, seeded: Seeded) -> None:
    hub.does(f"/inbox/{seeded.draft_mail}/duplicate", referral=str(seeded.welders))
    assert referral_status(seeded_db, seeded.draft) == "duplicate"
    assert "same introduction as" in hub.text(f"/referrals/{seeded.draft}")
    hub.does(f"/referrals/{seeded.draft}/undo-duplicate")
    assert referral_status(seeded_db, seeded.draft) == "draft"


def test_a_snoozed_mail_waits_elsewhere(hub: Person, seeded: Seeded) -> None:
    hub.does(f"/inbox/{seeded.draft_mail}/snooze", days="3")
    assert "Pia Lorenz" not in hub.text("/inbox?show=new")
    assert "Pia Lorenz" in hub.text("/inbox?show=snoozed")
    hub.does(f"/inbox/{seeded.draft_mail}/undo", show="snoozed")
    assert "Pia Lorenz" in hub.text("/inbox?show=new")


def test_new_mail_shows_up_in_an_open_list(hub: Person, seeded: Seeded) -> None:
    before = hub.get("/inbox/arrivals?show=new&after=2026-01-01T00:00:00%2B00:00").get_data(as_text=True)
    assert "Brightwater" in before
    assert 'hx-swap-oob="true"' in before
    assert hub.get("/inbox/arrivals?show=new&after=2099-01-01T00:00:00%2B00:00").status_code == 204


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("openings", "7", "7 × "),
        ("wage", "21-23 an hour", "$21 to $23 an hour"),
        ("start_on", "2027-03-01", "Mar 1, 2027"),
        ("pathway", "apprenticeship", "apprenticeship"),
        ("title", "line lead", "line lead"),
        ("requirements", "own car; Spanish", "own car; Spanish"),
    ],
)
def test_a_need_is_corrected(hub: Person, seeded: Seeded, field: str, value: str, shown: str) -> None:
    with_need = f"/referrals/{seeded.welders}/change/need:{seeded.need}.{field}"
    assert hub.get(with_need).status_code == 200
    assert shown in hub.does(with_need, value=value)


def test_a_wrong_value_is_said_and_changes_nothing(hub: Person, seeded: Seeded) -> None:
    page = hub.does(f"/referrals/{seeded.welders}/change/need:{seeded.need}.openings", value="plenty")
    assert "Openings are a number like 12" in page


def test_parties_come_and_go(hub: Person, seeded: Seeded) -> None:
    page = hub.does(f"/referrals/{seeded.packers}/change/party.add:education", value="Harbor Veterans Desk")
    assert "Education" in page
    assert "Harbor Veterans Desk" in page


def test_an_illegal_step_is_refused_by_name(hub: Person, seeded_db: Database, seeded: Seeded) -> None:
    assert "That step can&#39;t be taken" in hub.does(f"/referrals/{seeded.packers}/step", status="expired")
    page = hub.does(f"/referrals/{seeded.packers}/step", status="closed", outcome="nothing")
    assert "closed with one of the outcomes" in page
    hub.does(f"/referrals/{seeded.packers}/step", status="closed", outcome="partly_filled")
    assert referral_status(seeded_db, seeded.packers) == "closed"


def test_an_introduction_is_edited_and_goes_into_the_outbox(hub: Person, seeded_db: Database, seeded: Seeded) -> None:
    page = hub.text(f"/suggestions/{seeded.suggestion}/introduction")
    assert "tracker@hub.example" in page
    fields = {"to": "boss@ostrander.example; sam@harborvets.example", "cc": "ivo@northfield.example", "subject": "Meet"}
    eml = hub.post(f"/suggestions/{seeded.suggestion}/introduction.eml", text="Please meet.", **cast(Any, fields))
    assert eml.get_data().startswith(b"X-Unsent: 1\r\n")
    assert b"boss@ostrander.example" in eml.get_data()
    hub.does(f"/suggestions/{seeded.suggestion}/accept", text="Please meet.", **fields)
    with seeded_db.read() as session:
        letter = session.scalars(select(OutboundLetter).where(OutboundLetter.kind == "introduction")).one()
        assert [letter.recipient, *letter.also_to] == ["boss@ostrander.example", "sam@harborvets.example"]
        assert letter.text == "Please meet."
        assert not letter.automatic


def test_an_introduction_to_nobody_is_refused(hub: Person, seeded_db: Database, seeded: Seeded) -> None:
    path = f"/suggestions/{seeded.suggestion}/accept"
    assert "needs somebody to go to" in hub.does(path, to="", subject="x", text="y")
    assert "is no e-mail address" in hub.does(path, to="not an address", subject="x", text="y")
    with seeded_db.read() as session:
        assert session.get_one(Suggestion, seeded.suggestion).state == "offered"


def test_a_declined_suggestion_keeps_its_reason(hub: Person, seeded_db: Database, seeded: Seeded) -> None:
    hub.does(f"/suggestions/{seeded.suggestion}/decline", reason="outside_area", words="too far")
    with seeded_db.read() as session:
        found = session.get_one(Suggestion, seeded.suggestion)
        assert (found.state, found.reason, found.reason_words) == ("declined", "outside_area", "too far")


def test_a_question_on_a_referral_that_counts_is_asked_and_answered(
    hub: Person, seeded_db: Database, seeded: Seeded
) -> None:
    with seeded_db.begin() as session:
        message = session.get_one(InboundMessage, seeded.packers_mail)
        message.result = "draft"
        asked = Question(referral_id=seeded.packers, words="Is it Brightwater?", answers=["yes"])
        session.add(asked)
        session.flush()
        number = asked.id
    assert "Is it Brightwater?" in hub.text(f"/inbox/{seeded.packers_mail}")
    assert f"/inbox/{seeded.packers_mail}?" in hub.text("/inbox?show=questions")
    assert "Answered" in hub.does(f"/inbox/{seeded.packers_mail}/accept", **{f"answer-{number}": "yes"})
    with seeded_db.read() as session:
        assert session.get_one(Question, number).answer == "yes"
    assert referral_status(seeded_db, seeded.packers) == "in_progress"


def test_one_mail_that_is_refused_holds_up_no_other(hub: Person, seeded_db: Database, seeded: Seeded) -> None:
    with seeded_db.begin() as session:
        question = Question(referral_id=seeded.draft, words="Which field?", field="need:999.openings", answers=["many"])
        session.add(question)
    page = hub.does("/inbox/accept", message=[seeded.draft_mail, seeded.packers_mail, seeded.welders_mail])
    assert "2 accepted." in page
    assert "1 not:" in page
    assert referral_status(seeded_db, seeded.draft) == "draft"
