"""Lessons by API and command line: listed in words, revoked and put in force; by a token, and only one's own."""

from click.testing import CliRunner
from flask import Flask

from service.cli import main
from service.db import Database
from service.models import Lesson
from tests.service.seed import Seeded
from tests.service.test_web_api import bearer
from tests.service.web import signed_in, somebody


def state_of(db: Database, lesson_id: int) -> str:
    with db.read() as session:
        return session.get_one(Lesson, lesson_id).state


def test_the_api_says_lessons_in_words(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    dora = signed_in(app, seeded_db, "dora@lakesidejobs.example")
    (lesson,) = dora.get("/api/v1/lessons").get_json()["items"]
    assert lesson["said"] == "“packing operators” is the job “packing line operator”."
    assert (lesson["state"], lesson["organisation"], lesson["used"]) == ("active", "Lakeside Jobs Council", 1)
    ivo = signed_in(app, seeded_db, "ivo@northfield.example")
    assert ivo.get("/api/v1/lessons").get_json()["items"] == []


def test_a_lesson_is_revoked_by_a_token_of_its_own_organisation(
    app: Flask, seeded_db: Database, seeded: Seeded
) -> None:
    anyone, path = somebody(app).client, f"/api/v1/lessons/{seeded.lesson}"
    sam, dora = bearer(seeded_db, "sam@harborvets.example"), bearer(seeded_db, "dora@lakesidejobs.example")
    cookie = signed_in(app, seeded_db, "dora@lakesidejobs.example").client
    assert cookie.post(path, json={"state": "revoked"}).status_code == 403
    assert anyone.post(path, json={"state": "revoked"}, headers=sam).status_code == 404
    assert anyone.post(path, json={"state": "gone"}, headers=dora).status_code == 400
    assert anyone.post(path, json=["revoked"], headers=dora).status_code == 400
    assert state_of(seeded_db, seeded.lesson) == "active"
    assert anyone.post(path, json={"state": "revoked"}, headers=dora).get_json()["state"] == "revoked"
    assert state_of(seeded_db, seeded.lesson) == "revoked"


def test_the_command_lists_and_revokes(seeded_db: Database, seeded: Seeded, monkeypatch) -> None:
    monkeypatch.setenv("LOOPIN_DATABASE_URL", seeded_db.url)
    shown = CliRunner().invoke(main, ["learn", "--show"])
    assert shown.exit_code == 0, shown.output
    assert f"{seeded.lesson}\tactive\t1 mails\tLakeside Jobs Council\t“packing operators” is the job" in shown.output
    assert CliRunner().invoke(main, ["learn", "--revoke", str(seeded.lesson)]).exit_code == 0
    assert state_of(seeded_db, seeded.lesson) == "revoked"
    wrong = CliRunner().invoke(main, ["learn", "--enable", "999"])
    assert wrong.exit_code == 65 and wrong.output.strip().endswith("There is no lesson 999 here.")
