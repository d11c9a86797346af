"""Sign-in: a mailed link that works once, for a while, by its button only; sessions that can be ended."""

import quopri
import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from service import auth, outbox, worker
from service.app import create_app
from service.db import Database, settings_of
from service.models import OutboundLetter, SpentToken, User, WebSession, utcnow
from tests.network import SmtpSink
from tests.service.conftest import settings_for
from tests.service.seed import PEOPLE, user_id
from tests.service.web import Person, signed_in, somebody

HUB = "hub@hub.example"


@pytest.fixture
def app(sqlite_db: Database) -> Flask:
    with sqlite_db.begin() as session:
        auth.add_user(session, HUB, "Rosa Lind", "hub", None, "the tests")
    return create_app(settings_for(sqlite_db.url), sqlite_db)


def link_in_letter(db: Database) -> str:
    with db.read() as session:
        letter = session.scalars(select(OutboundLetter).where(OutboundLetter.kind == "sign_in")).one()
        assert letter.due <= utcnow()
        assert not letter.held
        found = re.search(r"http://loopin\.test(/sign-in/\S+)", letter.text)
    assert found
    return found[1]


def test_a_mailed_link_signs_in_once(app: Flask, sqlite_db: Database) -> None:
    person = somebody(app)
    assert "Look into your mail" in person.post("/sign-in", email="HUB@hub.example ").get_data(as_text=True)
    link = link_in_letter(sqlite_db)
    assert "Sign in as Rosa Lind" in person.text(link)
    assert person.get("/inbox").status_code == 303
    assert person.post(link).status_code == 303
    assert "Inbox" in person.text("/inbox")
    assert somebody(app).post(link).status_code == 410


def test_the_link_goes_out_by_the_relay_before_all_else(app: Flask, sqlite_db: Database, smtp_sink: SmtpSink) -> None:
    with sqlite_db.begin() as session:
        outbox.write(session, event="x:1", kind="digest", recipient="b@c.example", at_once=True)
    somebody(app).post("/sign-in", email=HUB)
    assert worker.send_one(
        sqlite_db, settings_for(sqlite_db.url, smtp_host="127.0.0.1", smtp_port=smtp_sink.port, smtp_tls="none")
    )
    (received,) = smtp_sink.wait(1)
    assert received.recipients == (HUB,)
    assert received.header("Subject") == "Your link to sign in to Loopin"
    text = quopri.decodestring(received.content).decode()
    link = re.search(r"http://loopin\.test(/sign-in/[\w.-]+)", text)
    assert link
    assert somebody(app).post(link[1]).status_code == 303


def test_looking_at_a_link_signs_nobody_in(app: Flask, sqlite_db: Database) -> None:
    person = somebody(app)
    person.post("/sign-in", email=HUB)
    link = link_in_letter(sqlite_db)
    for _ in range(3):
        person.client.head(link)
        person.get(link)
    with sqlite_db.read() as session:
        assert session.scalar(select(SpentToken)) is None
        assert session.scalar(select(WebSession)) is None


def test_strangers_learn_nothing_and_get_no_letter(app: Flask, sqlite_db: Database) -> None:
    known = somebody(app).post("/sign-in", email=HUB).get_data(as_text=True)
    unknown = somebody(app).post("/sign-in", email="who@else.example").get_data(as_text=True)
    assert known.replace(HUB, "") == unknown.replace("who@else.example", "")
    with sqlite_db.read() as session:
        assert len(session.scalars(select(OutboundLetter)).all()) == 1


def test_five_tries_in_a_quarter_of_an_hour(app: Flask) -> None:
    person = somebody(app)
    answers = [person.post("/sign-in", email=HUB).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    with time_machine.travel(utcnow() + timedelta(minutes=16)):
        assert person.post("/sign-in", email=HUB).status_code == 200


def test_links_go_stale_and_can_not_be_made_up(app: Flask, sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        link = auth.sign_in_link(session, settings_of(session), HUB).removeprefix("http://loopin.test")
    with time_machine.travel(utcnow() + timedelta(minutes=16)):
        assert somebody(app).post(link).status_code == 410
    assert somebody(app).get(link[:-3]).status_code == 410
    assert somebody(app).get("/sign-in/x").status_code == 410


def test_a_session_can_be_ended_by_its_owner_and_by_the_hub(app: Flask, sqlite_db: Database) -> None:
    one, other = signed_in(app, sqlite_db, HUB), signed_in(app, sqlite_db, HUB)
    assert one.post("/sign-out").status_code == 303
    assert one.get("/inbox").status_code == 303
    assert other.get("/inbox").status_code == 200
    third = signed_in(app, sqlite_db, HUB)
    other.does("/account/token")
    other.post("/sign-out/everywhere")
    assert other.get("/inbox").status_code == third.get("/inbox").status_code == 303


def test_a_closed_account_is_out_at_once(app: Flask, sqlite_db: Database) -> None:
    hub = signed_in(app, sqlite_db, HUB)
    hub.does("/users", email="new@hub.example", name="New", role="hub")
    new = signed_in(app, sqlite_db, "new@hub.example")
    hub.does(f"/users/{user_id(sqlite_db, 'new@hub.example')}/closed", closed="yes")
    assert new.get("/inbox").status_code == 303
    with sqlite_db.begin() as session, pytest.raises(auth.BadLink):
        auth.sign_in_link(session, settings_of(session), "new@hub.example")


def test_the_first_user_is_the_operator_or_made_up(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        auth.sign_in_link(session, settings_of(session))
        assert [u.email for u in session.scalars(select(User))] == ["operator@localhost"]
        auth.sign_in_link(session, settings_for(sqlite_db.url, operator="boss@hub.example"))
        boss = session.scalars(select(User).where(User.email == "boss@hub.example")).one()
        assert boss.role == "hub"


def test_after_sign_in_one_is_where_one_wanted_to_be(app: Flask, sqlite_db: Database) -> None:
    person = somebody(app)
    person.get("/reports?from=2026-07-01")
    person.post("/sign-in", email=HUB)
    response = person.post(link_in_letter(sqlite_db))
    assert response.headers["Location"] == "/reports?from=2026-07-01"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "/x\r\nSet-Cookie: a=b"]
)
def test_redirects_stay_inside(app: Flask, sqlite_db: Database, target: str) -> None:
    person: Person = signed_in(app, sqlite_db, HUB)
    response = person.post("/account/token", back=target)
    assert response.headers["Location"] == "/account"


def test_roles_are_those_of_the_model() -> None:
    assert {role for _, _, role, _ in PEOPLE} <= set(auth.ROLES)


@pytest.mark.parametrize(("base_url", "is_secure"), [("http://loopin.test", False), ("https://loopin.test", True)])
def test_the_cookie_is_for_this_site_and_no_script(sqlite_db: Database, base_url: str, is_secure: bool) -> None:
    response = create_app(settings_for(sqlite_db.url, base_url=base_url), sqlite_db).test_client().get("/sign-in")
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert ("Secure" in cookie) is is_secure
    assert ("Strict-Transport-Security" in response.headers) is is_secure
