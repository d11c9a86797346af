"""The register of agreements: lines, dates, document, who sees it, and shared placements that stand under none."""

import io
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from service import agreements, partners, placements, suggestions
from service.db import Database
from service.models import Agreement, AuditEntry, Need, Organisation, Placement, Referral, utcnow
from service.visibility import Viewer
from tests.service.said import arrive
from tests.service.seed import Seeded
from tests.service.test_placements import both_claim_one_hire, living
from tests.service.test_requests import request_mail
from tests.service.web import signed_in

HUB = Viewer(1, "Rosa", "rosa@hub.example", "hub", None)
COUNCIL, COLLEGE = "Lakeside Jobs Council", "Northfield College"


def agreed(db: Database, one: str = COLLEGE, other: str = COUNCIL, **lines: object) -> int:
    with db.begin() as session:
        organisation = partners.by_name(session, one)
        assert organisation
        row = agreements.add(session, organisation, other, "MOU", "Rosa")
        for field, value in {"status": "signed", **lines}.items():
            agreements.change(session, row, field, value if isinstance(value, list) else [str(value)], "Rosa")
        return row.id


def standing(db: Database) -> list[tuple[str, bool]]:
    """How each shared placement stands, as the pages and as the list say it."""
    with db.read() as session:
        rows = session.scalars(select(Placement).where(Placement.status != "void").order_by(Placement.id)).all()
        known = agreements.standings(session, rows)
        flagged = set(session.scalars(select(Placement.id).where(agreements.unsigned(), Placement.status != "void")))
        assert {number for number, one in known.items() if not one.holds} == flagged
        return [(one.status, one.holds) for _, one in sorted(known.items())]


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ({}, "signed"),
        ({"starts_on": "2026-01-01", "ends_on": "2026-12-31"}, "signed"),
        ({"ends_on": "2026-11-15"}, "expired"),
        ({"starts_on": "2026-11-17"}, "under review"),
        ({"status": "draft"}, "draft"),
    ],
)
def test_a_shared_placement_stands_as_its_agreement_does_on_its_first_day(
    db: Database, lines: dict[str, str], status: str
) -> None:
    both_claim_one_hire(db)  # from November 16; Lakeside opened the employer's door for both
    agreed(db, **lines)
    agreed(db, "Harbor Veterans Desk", **lines)
    assert standing(db) == [(status, status == "signed")] * 2


def test_without_one_it_is_flagged_and_a_chosen_one_with_its_line_settles_it(db: Database) -> None:
    both_claim_one_hire(db)
    assert standing(db) == [("none", False)] * 2
    expired = agreed(db, ends_on="2020-01-01", scope=["The college trains", "Lakeside finds the employer"])
    agreed(db)
    with db.begin() as session:
        first = session.get_one(Placement, living(db)[0].id)
        row = session.get_one(Agreement, expired)
        with pytest.raises(agreements.WrongAgreement, match="not in the agreement's scope"):
            agreements.place_under(session, first, row, "The college pays", "Rosa")
        agreements.place_under(session, first, row, "The college trains", "Rosa")
    assert standing(db)[0] == ("expired", False)
    with db.begin() as session:
        agreements.remove(session, session.get_one(Agreement, expired), "Rosa")
    assert standing(db)[0] == ("signed", True)
    assert living(db)[0].scope_line == ""


def test_a_line_takes_what_it_is_for_and_every_change_is_written_down(sqlite_db: Database) -> None:
    number = agreed(sqlite_db, scope=["One thing\nAnother  thing\n\nOne thing"], ends_on="2027-06-30")
    with sqlite_db.begin() as session:
        row = session.get_one(Agreement, number)
        assert (row.scope, row.ends_on) == (["One thing", "Another thing"], date(2027, 6, 30))
        for field, value, words in (
            ("kind", "handshake", "Kind is one of"),
            ("status", "lost", "Status is one of"),
            ("starts_on", "soon", "takes a date"),
            ("starts_on", "2028-01-01", "before its first"),
            ("parties", "x", "no such line"),
        ):
            with pytest.raises(agreements.WrongAgreement, match=words), session.begin_nested():
                agreements.change(session, row, field, [value], "Rosa")
            session.refresh(row)
        said = session.scalars(select(AuditEntry.details).where(AuditEntry.what == "changed an agreement")).all()
        assert {one["field"] for one in said} == {"status", "scope", "ends_on"}


def test_the_register_is_read_by_its_dates(sqlite_db: Database) -> None:
    today = utcnow().date()
    soon, past, later = (str(today + timedelta(days=days)) for days in (20, -1, 400))
    ends, over, runs = (agreed(sqlite_db, ends_on=day) for day in (soon, past, later))
    drafted = agreed(sqlite_db, status="draft")
    with sqlite_db.read() as session:
        found = {
            show: [row.id for row in agreements.listing(session, HUB, show, today)]
            for show in ("all", "holds", "ends", "open", "past")
        }
    assert found == {
        "all": [over, ends, runs, drafted], "holds": [ends, runs], "ends": [ends], "open": [drafted], "past": [over],
    }  # fmt: skip


def test_an_import_brings_lines_up_to_date_and_keeps_the_document(sqlite_db: Database) -> None:
    number = agreed(sqlite_db)
    with sqlite_db.begin() as session:
        agreements.keep_document(session, session.get_one(Agreement, number), "mou.pdf", b"%PDF-1.7", "Rosa")
        entry = {"with": COUNCIL, "kind": "MOU", "status": "expired", "end": "2026-06-30"}
        partners.import_directory(session, {"partners": [{"name": COLLEGE, "agreements": [entry]}]})
        row = session.get_one(Agreement, number)
        assert (row.status, row.ends_on, row.document_name) == ("expired", date(2026, 6, 30), "mou.pdf")
        partners.import_directory(session, {"partners": [{"name": COLLEGE, "agreements": [{"with": "Somebody"}]}]})
        assert {one.with_name for one in session.scalars(select(Agreement))} == {COUNCIL, "Somebody"}


@pytest.mark.parametrize("one", [COLLEGE, COUNCIL])
def test_a_service_that_needs_an_agreement_is_suggested_with_one_whoever_wrote_it_down(
    sqlite_db: Database, one: str
) -> None:
    arrive(sqlite_db, request_mail("Who has people?"))
    with sqlite_db.begin() as session:
        college = partners.by_name(session, COLLEGE)
        assert college
        for service in college.services:
            service.agreement_required = True
        partners.touch(session)
    names = []
    for _ in range(2):
        with sqlite_db.begin() as session:
            need = session.scalars(select(Need)).one()
            names.append([row.organisation.name for row in suggestions.refresh(session, need.id)])
        agreed(sqlite_db, one, COUNCIL if one == COLLEGE else COLLEGE)
    assert COLLEGE not in names[0]
    assert COLLEGE in names[1]


def test_parties_keep_their_agreement_and_nobody_else_sees_it(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    dora = signed_in(app, seeded_db, "dora@lakesidejobs.example")
    page = dora.does("/agreements/new", other=COLLEGE, kind="LOI")
    assert "Added as a draft" in page
    with seeded_db.read() as session:
        number = session.scalars(select(Agreement.id).order_by(Agreement.id.desc())).first()
    home = f"/agreements/{number}"
    dora.does(f"{home}/change/status", value="signed")
    page = dora.does(f"{home}/change/scope", value="The college trains\nLakeside finds the employer")
    assert "<li>The college trains</li>" in page
    refused = dora.client.post(f"{home}/change/ends_on", data={"value": "never", "csrf_token": dora.csrf()})
    assert "takes a date" in dora.client.get(refused.headers["Location"], follow_redirects=True).get_data(as_text=True)
    upload = dora.client.post(
        f"{home}/document",
        data={"file": (io.BytesIO(b"%PDF-1.7 signed"), "../mou.pdf"), "csrf_token": dora.csrf()},
    )
    assert upload.status_code == 303
    ivo = signed_in(app, seeded_db, "ivo@northfield.example")
    kept = ivo.get(f"{home}/document")
    assert (kept.data, kept.headers["Content-Disposition"]) == (b"%PDF-1.7 signed", 'attachment; filename="mou.pdf"')
    sam = signed_in(app, seeded_db, "sam@harborvets.example")
    assert sam.get(home).status_code == sam.get(f"{home}/document").status_code == 404
    assert COLLEGE not in sam.text("/agreements")
    look = signed_in(app, seeded_db, "look@northfield.example")
    assert "/change/" not in look.text(home)


def test_the_placement_shows_the_flag_and_a_click_puts_it_under_a_line(
    app: Flask, seeded_db: Database, seeded: Seeded
) -> None:
    with seeded_db.begin() as session:
        placement = session.get_one(Placement, seeded.placement)
        referral = session.get_one(Referral, placement.referral_id)
        for name, role in ((COUNCIL, "opened_employer"), (COLLEGE, "sent_candidate")):
            organisation = session.scalars(select(Organisation).where(Organisation.name == name)).one()
            placements.claim(session, placement, organisation.id, role)
        for credit in placement.credits:
            placements.confirm_credit(session, credit.id, "Rosa")
        assert referral
    hub = signed_in(app, seeded_db, "hub@hub.example")
    assert "agreement draft" in hub.text("/placements?show=unsigned")
    number = agreed(seeded_db, scope=["The college trains"])
    assert "agreement" not in hub.text("/placements?show=unsigned").partition("<tbody>")[2]
    form = hub.text(f"/placements/{seeded.placement}/agreement")
    assert f'value="{number}:1"' in form
    page = hub.does(f"/placements/{seeded.placement}/agreement", agreement=f"{number}:1")
    assert "The college trains" in page
    assert "The college trains" in hub.text(f"/agreements/{number}")
