"""The one safe link of a letter: only its recipient's organisation, only once for hires, never after its time."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from mail.token import BadToken, ExpiredToken
from service import links, tokens
from service.db import Database
from service.models import OutboundLetter, Placement, Referral, utcnow
from service.outbox import write
from tests.service.conftest import settings_for
from tests.service.said import Mail, arrive
from tests.service.test_intake import FORKLIFT


@pytest.fixture
def token(sqlite_db: Database) -> str:
    """The token of a letter to the college that was asked."""
    arrive(sqlite_db, Mail(FORKLIFT))
    with sqlite_db.begin() as session:
        referral = session.scalars(select(Referral)).one()
        college = next(party.organisation_id for party in referral.parties if party.role == "receiving")
        letter = write(
            session,
            event="nudge:test",
            kind="nudge",
            recipient="ivo@northfield.example",
            referral=referral,
            organisation_id=college,
        )
        assert letter is not None
        return tokens.for_letter(settings_for(sqlite_db.url), letter)


def test_a_link_accepts_for_who_was_asked(sqlite_db: Database, token: str) -> None:
    settings = settings_for(sqlite_db.url)
    with sqlite_db.begin() as session:
        referral = links.answer(session, settings, token, "accept")
        assert referral.status == "accepted"
        assert [party.answer for party in referral.parties if party.role == "receiving"] == ["accepted"]


def test_hires_by_link_are_reported_once(sqlite_db: Database, token: str) -> None:
    settings = settings_for(sqlite_db.url)
    with sqlite_db.begin() as session:
        links.answer(session, settings, token, "hired", names=["Nora Feld", " Tomas Reyes ", ""])
    with pytest.raises(links.AnsweredAlready), sqlite_db.begin() as session:
        links.answer(session, settings, token, "hired", names=["Somebody Else"])
    with sqlite_db.read() as session:
        assert len(session.scalars(select(Placement)).all()) == 2


def test_a_changed_token_opens_nothing(sqlite_db: Database, token: str) -> None:
    settings = settings_for(sqlite_db.url)
    for wrong in (token[:-1] + ("a" if token[-1] != "a" else "b"), token[:-4], "x" * 40, ""):
        with pytest.raises(BadToken), sqlite_db.begin() as session:
            links.answer(session, settings, wrong, "accept")


def test_a_token_of_another_key_opens_nothing(sqlite_db: Database, token: str) -> None:
    other = settings_for(sqlite_db.url, secret_key="another key")
    with pytest.raises(BadToken), sqlite_db.read() as session:
        links.read_answer_token(session, other, token)


def test_a_link_ends_after_ninety_days(sqlite_db: Database, token: str) -> None:
    with time_machine.travel(utcnow() + timedelta(days=92)), pytest.raises(ExpiredToken), sqlite_db.read() as session:
        links.read_answer_token(session, settings_for(sqlite_db.url), token)


def test_a_letter_about_no_referral_is_no_link(sqlite_db: Database) -> None:
    settings = settings_for(sqlite_db.url)
    with sqlite_db.begin() as session:
        letter = write(session, event="digest:x", kind="digest", recipient="ivo@northfield.example")
        assert letter is not None
        with pytest.raises(BadToken):
            links.read_answer_token(session, settings, tokens.for_letter(settings, letter))
        assert session.get(OutboundLetter, letter.id) is not None
