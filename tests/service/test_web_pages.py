"""Every page: it opens, says what it should, with its headers; what nobody may see is not there."""

import re
from dataclasses import replace
from typing import Any, cast

import pytest
from flask import Flask
from sqlalchemy import event

from mail.values import Employer
from service import agreements, migrations, partners
from service.app import create_app
from service.db import Database
from service.models import Agreement
from tests.service.conftest import DIRECTORY, settings_for
from tests.service.post import employer_name
from tests.service.said import arrive
from tests.service.seed import PEOPLE, Seeded, seed
from tests.service.test_placements import both_claim_one_hire
from tests.service.test_requests import request_mail
from tests.service.web import signed_in, somebody


def pages(app: Flask, seeded: Seeded) -> list[str]:
    """Every address that a person may open, with a record of the seeded network in it."""
    numbers = {
        "message_id": seeded.packers_mail,
        "referral_id": seeded.packers,
        "need_id": seeded.need,
        "suggestion_id": seeded.suggestion,
        "pair_id": seeded.pair,
        "partner_id": seeded.organisations["Northfield College"],
        "employer_id": 1,
        "candidate_id": 1,
        "placement_id": seeded.placement,
        "letter_id": 1,
        "number": 1,
        "field": "subject",
        "key": "made",
        "token": "x",
        "filename": "loopin.css",
        "ending": "xlsx",
        "sign_id": 1,
        "lesson_id": seeded.lesson,
        "service_id": seeded.service,
        "batch_id": 1,
        "contact_id": 1,
        "call_id": seeded.call,
        "submission_id": 1,
    }
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            values = {name: numbers.get(name, 1) for name in rule.arguments}
            if "form" in rule.arguments:
                values["form"] = "csv" if rule.endpoint.endswith("table") else "zip"
            if rule.endpoint in {"profiles.change_form", "agreements.change_form"}:
                values["field"] = "kind"
            if rule.endpoint.startswith("record_changes.") and "field" in values:
                values["field"] = "name"
            if rule.endpoint == "quarantine.message":
                values["message_id"] = seeded.quarantined
            with app.test_request_context():
                found.append(app.url_for(rule.endpoint, **cast(Any, values)))
    return found


def test_every_page_opens_for_the_hub(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    hub = signed_in(app, seeded_db, "hub@hub.example")
    elsewhere = {
        "/sign-in/x": 410,
        "/answer/x": 410,
        "/profile/x": 410,
        "/metrics": 401,
        "/inbox/arrivals": 400,
        "/healthz": 503,
        "/statements/file": 404,  # no month is asked for
    }
    with seeded_db.begin() as session:
        agreements.keep_document(session, session.get_one(Agreement, 1), "mou.pdf", b"%PDF-1.7", "the tests")
    not_the_hubs = ("/attachments/", "/candidates/1/change/")  # a mail without files; another organisation's candidate
    for path in pages(app, seeded):
        wanted = 404 if any(part in path for part in not_the_hubs) else elsewhere.get(path, 200)
        status = hub.get(path).status_code
        assert status in {wanted, 200, 302, 303, 204}, (path, status)


LISTS = """
/inbox?show=snoozed /inbox?show=questions /inbox?show=all&q=north /referrals?show=late /referrals?show=aside&q=7
/referrals?show=all&q=pack /referrals?page=9 /placements?show=shared /placements?show=unverified
/placements?show=contested /review?show=decided /outbox?show=failed /outbox?show=held /partners?q=north
/employers?q=a /reports/made?key=x&ending=csv&from= /reports?organisation=2 /reports/shared
""".split()


@pytest.mark.parametrize("who", [email for email, *_ in PEOPLE])
def test_no_page_fails_whoever_looks(app: Flask, seeded_db: Database, seeded: Seeded, who: str) -> None:
    person = signed_in(app, seeded_db, who)
    for path in (*pages(app, seeded), *LISTS):
        status = person.get(path).status_code
        assert status < 500 or path == "/healthz", path


def test_every_page_opens_on_postgresql(postgres_url: str) -> None:
    """The same questions, asked of the other kind of server."""
    settings = settings_for(postgres_url, metrics_token="count")
    db = Database(settings.database_url, settings)
    migrations.upgrade(db)
    with db.begin() as session:
        partners.import_directory(session, DIRECTORY)
    seeded = seed(db)
    app = create_app(settings, db)
    for who in ("hub@hub.example", "ivo@northfield.example"):
        person = signed_in(app, db, who)
        for path in (
            *pages(app, seeded),
            "/inbox?show=all&q=north",
            "/referrals?show=all&q=pack",
            "/placements?show=shared",
        ):
            assert person.get(path).status_code < 500 or path == "/healthz", path
    db.close()


NAMES = """page q show kind after from to organisation limit names was at status reason words outcome resume_on value
referral days decision note keep-name message email name role closed letters shown_as state on until scope source keep
subject text cc content certain verb back other-1 answer-1""".split()
JUNK = ("", "-1", "9" * 30, "0", "x\x00y", "%", "' OR 1=1 --", "9999-12-31", "٣", "\U0001f600")


@pytest.mark.parametrize("junk", JUNK)
def test_no_junk_in_an_address_or_a_form_is_a_crash(app: Flask, seeded_db: Database, seeded: Seeded, junk: str) -> None:
    hub = signed_in(app, seeded_db, "hub@hub.example")
    fields = dict.fromkeys(NAMES, junk)
    token = hub.csrf()
    turn = JUNK.index(junk) % 3  # each route meets three or four of them
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: (one.rule, one.endpoint))[turn::3]:
        path = re.sub(
            r"<int:\w+>",
            "1",
            rule.rule.replace("<any(csv, xlsx):ending>", "csv")
            .replace("<any(csv, xlsx):form>", "csv")
            .replace("<any(json, zip):form>", "zip"),
        )
        path = re.sub(r"<(token|field|key|filename)>", "made", path)
        if rule.endpoint in {"sign_in.leave", "sign_in.leave_everywhere", "users.end_sessions", "users.end_one"}:
            continue
        for method in (rule.methods or set()) & {"GET", "POST"}:
            given = {"query_string": fields} if method == "GET" else {"data": {**fields, "csrf_token": token}}
            status = hub.client.open(path, method=method, **given).status_code
            assert status < 500 or path == "/healthz", (method, path, junk)


def test_a_number_that_no_record_has_is_not_there(app: Flask, seeded_db: Database) -> None:
    hub = signed_in(app, seeded_db, "hub@hub.example")
    for path in ("/referrals/", "/inbox/", "/employers/", "/api/v1/referrals/", "/partners/"):
        assert hub.get(path + "9" * 25).status_code == 404


def test_nobody_sees_anything_without_signing_in(app: Flask, seeded: Seeded) -> None:
    stranger = somebody(app)
    for path in pages(app, seeded):
        public = path.startswith(
            ("/sign-in", "/answer", "/profile", "/static", "/livez", "/readyz", "/healthz", "/metrics")
        )
        if public or path in {"/favicon.ico", "/api/v1/openapi.json", "/"}:
            continue
        response = stranger.get(path)
        assert response.status_code == (401 if path.startswith("/api") else 303), path


def test_headers_of_every_page(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    hub = signed_in(app, seeded_db, "hub@hub.example")
    for path in pages(app, seeded):
        response = hub.get(path)
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        if not path.startswith(("/static", "/favicon")):
            assert response.headers["Cache-Control"] == "no-store"


def test_no_page_has_inline_script_or_style(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    hub = signed_in(app, seeded_db, "hub@hub.example")
    for path in pages(app, seeded):
        page = hub.get(path)
        if page.mimetype == "text/html":
            text = page.get_data(as_text=True)
            assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=|javascript:", text), path


def test_the_words_of_a_mail_are_lit_up_where_they_were_read(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    page = signed_in(app, seeded_db, "hub@hub.example").text(f"/inbox/{seeded.packers_mail}")
    assert re.search(r'<mark class="sure" id="m3">12<', page)
    assert re.search(r'<mark class="likely" id="m6">January 11<', page)
    assert re.search(r'<mark class="unsure" id="m7">two<', page)
    assert "Need 1: openings" in page


def test_a_mail_is_text_whatever_is_in_it(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    hub = signed_in(app, seeded_db, "hub@hub.example")
    page = hub.text(f"/quarantine/{seeded.quarantined}")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    raw = hub.get(f"/messages/{seeded.quarantined}/raw")
    assert raw.mimetype == "text/plain"
    assert raw.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in raw.headers["Content-Security-Policy"]


def test_every_form_needs_its_token(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    hub = signed_in(app, seeded_db, "hub@hub.example")
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and not rule.rule.startswith("/api"):
            path = re.sub(r"<int:\w+>", "1", re.sub(r"<(token|field)>", "x", rule.rule))
            response = hub.post(path, csrf=False)
            assert response.status_code == 400, (path, response.status_code)
            assert "open too long" in response.get_data(as_text=True)


def test_errors_are_one_sentence(app: Flask, seeded_db: Database) -> None:
    hub = signed_in(app, seeded_db, "hub@hub.example")
    for path, code in (("/nowhere", 404), ("/referrals/99999", 404), ("/inbox/arrivals?after=x", 400)):
        response = hub.get(path)
        assert response.status_code == code
        assert "Traceback" not in response.get_data(as_text=True)
    assert hub.get("/api/v1/referrals/99999").get_json() == {"error": "There is nothing here that you may see."}


def test_a_crash_is_said_in_one_sentence_and_written_down(
    app: Flask, seeded_db: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    hub = signed_in(app, seeded_db, "hub@hub.example")
    monkeypatch.setitem(app.view_functions, "monday.page", lambda: 1 / 0)
    response = hub.get("/monday")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.get_data(as_text=True)
    assert "ZeroDivisionError" in caplog.text
    assert "ZeroDivisionError" not in response.get_data(as_text=True)


def test_metrics_need_their_token(app: Flask) -> None:
    stranger = somebody(app)
    assert stranger.get("/metrics").status_code == 401
    assert stranger.get("/metrics", Authorization="Bearer guess").status_code == 401
    text = stranger.get("/metrics", Authorization="Bearer count").get_data(as_text=True)
    assert 'loopin_inbound_messages{state="quarantined"} 1.0' in text


def test_health_names_no_person(app: Flask) -> None:
    found = somebody(app).get("/healthz").get_json()
    assert found["status"] in {"ok", "look", "bad"}
    assert "@" not in str(found)
    assert somebody(app).get("/livez").status_code == somebody(app).get("/readyz").status_code == 200


@pytest.mark.parametrize("path", ["/suggestions", "/agreements", "/placements"])
def test_a_list_asks_the_database_as_often_for_many_rows_as_for_few(
    app: Flask, seeded_db: Database, seeded: Seeded, path: str
) -> None:
    hub = signed_in(app, seeded_db, "hub@hub.example")
    asked: list[str] = []
    event.listen(seeded_db.engine, "before_cursor_execute", lambda *seen: asked.append(seen[2]))

    def statements() -> int:
        hub.text(path)
        asked.clear()
        hub.text(path)
        return len(asked)

    few = statements()
    both_claim_one_hire(seeded_db)
    for number in range(8):
        mail = request_mail("Who has people?")
        mail.said = replace(mail.said, employer=Employer(f"{employer_name(number)} Cold Storage"), contacts=())
        arrive(seeded_db, mail)
    with seeded_db.begin() as session:
        college = partners.by_name(session, "Northfield College")
        assert college
        for name in ("Lakeside Jobs Council", "Harbor Veterans Desk", "Prairie Newcomers Office"):
            agreements.add(session, college, name, "LOI", "the tests")
    assert statements() == few
