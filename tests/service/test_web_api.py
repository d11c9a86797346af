"""/api/v1: described by its own document, read by cookie or token, written to by token only."""

from flask import Flask
from sqlalchemy import select

from service import auth
from service.db import Database
from service.models import InboundMessage
from tests.service.seed import Seeded, user_id
from tests.service.web import signed_in, somebody


def bearer(seeded_db: Database, email: str) -> dict[str, str]:
    with seeded_db.begin() as session:
        return {"Authorization": f"Bearer {auth.open_session(session, user_id(seeded_db, email), auth.TOKEN_DAYS)}"}


def resolve(document: dict, schema: dict) -> dict:
    return document["components"]["schemas"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def test_every_answer_has_the_shape_that_the_document_says(app: Flask, seeded_db: Database) -> None:
    document = somebody(app).get("/api/v1/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    hub = signed_in(app, seeded_db, "hub@hub.example")
    for path, verbs in document["paths"].items():
        if "get" not in verbs or "{" in path:
            continue
        answer = hub.get(f"/api/v1{path}").get_json()
        listed = verbs["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        item = resolve(document, listed["properties"]["items"]["items"])
        assert answer["items"], path
        for found in answer["items"]:
            assert set(item["required"]) <= set(found), path


def test_a_token_reads_what_its_owner_sees_and_no_more(
    app: Flask, seeded_db: Database, copied: tuple[str, Seeded]
) -> None:
    seeded, anyone = copied[1], app.test_client()
    dora, sam = bearer(seeded_db, "dora@lakesidejobs.example"), bearer(seeded_db, "sam@harborvets.example")
    mine = anyone.get(f"/api/v1/referrals/{seeded.packers}", headers=dora).get_json()
    assert mine["employer"] == "Brightwater Packing"
    assert anyone.get(f"/api/v1/referrals/{seeded.packers}", headers=sam).status_code == 404
    assert anyone.get("/api/v1/referrals", headers={"Authorization": "Bearer x"}).status_code == 401
    assert anyone.get("/inbox", headers=dora).status_code == 303  # a token opens the API, not the pages


def test_lists_go_on_where_the_page_before_ended(app: Flask, seeded_db: Database) -> None:
    hub = signed_in(app, seeded_db, "hub@hub.example")
    first = hub.get("/api/v1/referrals?limit=2").get_json()
    rest = hub.get(f"/api/v1/referrals?limit=2&after={first['next_after']}").get_json()
    ids = [one["id"] for one in (*first["items"], *rest["items"])]
    assert ids == sorted(set(ids))
    assert len(ids) == 4
    assert hub.get("/api/v1/referrals?limit=x").status_code == 400


def test_mail_is_handed_in_by_a_hubs_token_only(app: Flask, seeded_db: Database) -> None:
    mail = b"From: Dora <dora@lakesidejobs.example>\r\nTo: tracker@hub.example\r\nSubject: By API\r\n\r\nHello\r\n"
    hub, dora = bearer(seeded_db, "hub@hub.example"), bearer(seeded_db, "dora@lakesidejobs.example")
    anyone = app.test_client()
    assert anyone.post("/api/v1/messages", data=mail).status_code == 401
    assert anyone.post("/api/v1/messages", data=mail, headers=dora).status_code == 403
    by_cookie = signed_in(app, seeded_db, "hub@hub.example")
    assert by_cookie.client.post("/api/v1/messages", data=mail).status_code == 403
    assert anyone.post("/api/v1/messages", data=b" ", headers=hub).status_code == 400
    taken = anyone.post("/api/v1/messages", data=mail, headers=hub)
    assert (taken.status_code, taken.get_json()["new"]) == (201, True)
    again = anyone.post("/api/v1/messages", data=mail, headers=hub)
    assert (again.status_code, again.get_json()["new"]) == (200, False)
    with seeded_db.read() as session:
        stored = session.scalars(select(InboundMessage).where(InboundMessage.source == "api:messages")).one()
        assert stored.state == "open"
