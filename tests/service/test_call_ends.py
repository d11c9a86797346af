"""Who called hears once what came of it: when everybody has answered, or when the last day has passed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from service import calls, letters
from service.db import Database
from service.models import OutboundLetter, Referral, TalentCall, utcnow
from tests.service.call_mails import called, file, letter_of, reply, take_in
from tests.service.post import introduction

COLLEGE, VETERANS = "Northfield College", "Harbor Veterans Desk"


@pytest.fixture
def call_id(db: Database) -> int:
    """Rosa asks two partners."""
    assert take_in(db, introduction(12)) == "referral"
    with db.read() as session:
        referral_id = session.scalars(select(Referral.id)).one()
    return called(db, referral_id, [COLLEGE, VETERANS])


def told(db: Database) -> list[tuple[str, str, str]]:
    with db.read() as session:
        rows = session.scalars(select(OutboundLetter).where(OutboundLetter.kind == "call_end"))
        found = [(row.recipient, letters.render(session, row)) for row in rows]
        return [(recipient, rendered.subject, rendered.text) for recipient, rendered in found]


def passes(db: Database, call_id: int, days: int) -> None:
    """So many days behind the last one."""
    with db.begin() as session:
        at = session.get_one(TalentCall, call_id).deadline + timedelta(days=days)
        calls.tell_of_ends(session, at)


def test_the_last_day_passes_and_the_letter_says_who_sent_whom(db: Database, call_id: int) -> None:
    take_in(db, reply(letter_of(db, call_id, VETERANS), file("call_list_plain.txt")))
    assert not told(db)
    passes(db, call_id, 0)
    passes(db, call_id, 1)
    ((recipient, subject, text),) = told(db)
    assert recipient == "hub@hub.example"
    assert "the last day has passed" in subject
    for line in ("- Harbor Veterans Desk: 3 people", "- Northfield College: no answer seen", f"/calls/{call_id}"):
        assert line in text
    assert "Marta" not in text


def test_everybody_has_answered_before_it(db: Database, call_id: int) -> None:
    take_in(db, reply(letter_of(db, call_id, VETERANS), file("call_list_plain.txt")))
    take_in(db, reply(letter_of(db, call_id, COLLEGE), "Nobody this time, sorry."))
    ((_, subject, text),) = told(db)
    assert "everybody has answered" in subject
    assert "- Northfield College: nobody this time" in text
    passes(db, call_id, 0)
    assert len(told(db)) == 1


def test_what_ended_long_ago_or_was_closed_by_its_own_caller_is_no_news(db: Database, call_id: int) -> None:
    passes(db, call_id, 30)
    with db.begin() as session:
        calls.close(session, call_id, session.get_one(TalentCall, call_id).opened_by)
    passes(db, call_id, 0)
    assert not told(db)


def test_another_last_day_is_told_of_again_and_a_close_by_somebody_else(db: Database, call_id: int) -> None:
    passes(db, call_id, 0)
    with db.begin() as session:
        calls.extend(session, call_id, utcnow().date() + timedelta(days=20), "Rosa")
        calls.close(session, call_id, "Sam")
    assert len(told(db)) == 2
