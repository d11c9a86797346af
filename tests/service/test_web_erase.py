"""Erasing a person on the page: by the hub everywhere, by an organisation its own; a reason is asked."""

from flask import Flask
from sqlalchemy import select

from service.db import Database
from service.models import AuditEntry, Candidate, EmployerContact
from tests.service.seed import Seeded
from tests.service.web import signed_in


def test_the_hub_erases_a_person_with_a_reason(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    hub = signed_in(app, seeded_db, "hub@hub.example")
    assert "In the whole network" in hub.text("/candidates/1/erase")
    assert "Say why" in hub.does("/candidates/1/erase", reason=" ")
    with seeded_db.read() as session:
        name = session.get_one(Candidate, 1).name
    assert "not taken in again" in hub.does("/candidates/1/erase", reason="asked for it")
    assert "Erased on" in hub.text("/candidates/1")
    assert hub.get("/candidates/1/erase").status_code == 404
    assert "Erased person" in hub.text(f"/placements/{seeded.placement}")
    for path in (f"/inbox/{seeded.hired_mail}", f"/referrals/{seeded.packers}", "/review"):
        assert name.split()[-1] not in hub.text(path)
    with seeded_db.read() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.what == "erased a person")).one()
    assert entry.details["reason"] == "asked for it"


def test_an_organisation_erases_only_its_own(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    owner = signed_in(app, seeded_db, "ivo@northfield.example")
    assert "your organisation's own records" in owner.text("/candidates/1/erase")
    other = signed_in(app, seeded_db, "dora@lakesidejobs.example")
    assert other.get("/candidates/1/erase").status_code == 404
    assert other.get("/contacts/1/erase").status_code == 404


def test_a_contact_is_erased_by_the_hub(app: Flask, seeded_db: Database) -> None:
    hub = signed_in(app, seeded_db, "hub@hub.example")
    with seeded_db.read() as session:
        contact = session.scalars(select(EmployerContact)).first()
        assert contact is not None
    page = hub.does(f"/contacts/{contact.id}/erase", reason="left the company")
    assert contact.name not in page
