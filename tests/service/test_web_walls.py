"""Organisations are walls: another organisation's records are not there, by any address, form or API (TRUST.md)."""

import re
from datetime import timedelta
from typing import Any, cast

import pytest
from flask import Flask
from sqlalchemy import select

from service.db import Database
from service.models import (
    Candidate,
    Employer,
    EmployerContact,
    Event,
    InboundMessage,
    Need,
    Organisation,
    OutboundLetter,
    Party,
    Question,
    Referral,
    User,
    utcnow,
)
from tests.service.seed import Seeded
from tests.service.web import Person, signed_in

STRANGER = "sam@harborvets.example"  # a party of nothing that the seed made


def foreign(seeded: Seeded) -> dict[str, list[int | str]]:
    """Records of other organisations, by the name that routes give them; every kind of route must be here."""
    return {
        "message_id": [seeded.packers_mail, seeded.hired_mail, seeded.draft_mail, seeded.quarantined],
        "referral_id": [seeded.packers, seeded.draft],
        "need_id": [1],
        "suggestion_id": [seeded.suggestion],
        "call_id": [seeded.call],
        "submission_id": [1],
        "pair_id": [seeded.pair],
        "merge_id": [1],
        "bulk_id": [1],
        "contact_id": [1],
        "candidate_id": [1],
        "placement_id": [seeded.placement],
        "credit_id": [1],
        "agreement_id": [1],
        "letter_id": [1],
        "user_id": [1],
        "session_id": [1],
        "number": [1],
        "service_id": [seeded.service],
        "batch_id": [1],
        "initiative_id": [1],
        "part_id": [1],
        "sheet_id": [1],
        "field": ["subject"],
        "change_id": [1],
    }


NAMES_NO_RECORD = {"key", "token", "filename", "form"}  # "ending" comes with "key"
SHARED = {
    "employer_id",
    "partner_id",
    "initiative_id",
}  # names of employers, directory and initiatives are every member's


def addresses(app: Flask, seeded: Seeded, method: str) -> list[str]:
    found = []
    for rule in app.url_map.iter_rules():
        if method not in (rule.methods or ()) or not rule.arguments or rule.arguments & NAMES_NO_RECORD:
            continue
        if rule.arguments <= SHARED and method == "GET":
            continue
        for record in foreign(seeded).get(next(iter(sorted(rule.arguments - {"number", "field"}))), [1]):
            values = {
                name: record if name not in {"number", "field"} else foreign(seeded)[name][0] for name in rule.arguments
            }
            with app.test_request_context():
                found.append(app.url_for(rule.endpoint, **cast(Any, values)))
    return found


def test_every_route_to_another_organisations_record_is_404(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    person = signed_in(app, seeded_db, STRANGER)
    paths = addresses(app, seeded, "GET")
    assert len(paths) > 25
    wrong = {path: status for path in paths if (status := person.get(path).status_code) not in {404, 302}}
    assert wrong == {}


def test_every_form_on_another_organisations_record_is_404(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    signed_in(app, seeded_db, "hub@hub.example")  # session 1 is the hub's
    person = signed_in(app, seeded_db, STRANGER)
    fields = {
        "status": "accepted",
        "referral": "2",
        "days": "1",
        "note": "x",
        "to": "a@b.example",
        "subject": "s",
        "text": "t",
    }
    fields |= {"reason": "other", "decision": "same", "source": "employer", "on": "2026-11-01", "value": "x"}
    paths = addresses(app, seeded, "POST")
    assert len(paths) > 40
    wrong = {path: status for path in paths if (status := person.post(path, **cast(Any, fields)).status_code) != 404}
    assert wrong == {}


def test_lists_of_a_stranger_are_empty(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    person = signed_in(app, seeded_db, STRANGER)
    for path in (
        "/inbox?show=all",
        "/referrals?show=all",
        "/placements",
        "/outbox",
        "/outbox?show=sent",
        "/reports",
        "/monday",
    ):
        text = person.text(path)
        for word in ("Brightwater", "Tillie", "Wanda", "Marisol", "Okafor", "Hotel Marlow"):
            assert word not in text, (path, word)
    for what in ("referrals", "needs", "placements"):
        assert person.get(f"/api/v1/{what}").get_json()["items"] == []


def test_a_party_sees_the_fields_and_not_the_words_of_a_mail_it_was_not_on(
    app: Flask, seeded_db: Database, seeded: Seeded
) -> None:
    """Harbor Veterans joins the welders' referral: the page opens, the mail does not."""
    with seeded_db.begin() as session:
        from service import referrals

        referral = session.get_one(Referral, seeded.welders)
        referral.private = False
        referrals.join(session, referral, seeded.organisations["Harbor Veterans Desk"], "receiving")
    person = signed_in(app, seeded_db, STRANGER)
    page = person.text(f"/referrals/{seeded.welders}")
    assert "MIG welder" in page
    assert "its words are for those who were on it" in page
    assert person.get(f"/inbox/{seeded.welders_mail}").status_code == 404
    assert person.get(f"/messages/{seeded.welders_mail}/raw").status_code == 404


EVERYWHERE = """
/statements /statements?organisation=2 /statements/file?organisation=2
/inbox?show=all /referrals?show=all /referrals/{packers} /candidates /candidates/1 /placements /monday /review
/placements/{placement} /review/{pair} /reports /reports/reported /reports/reported.csv /outbox /api/v1/referrals
/api/v1/placements /inbox/{packers_mail} /inbox/{hired_mail}?show=all /employers/1
"""


def shown(person: Person, seeded: Seeded) -> dict[str, str]:
    paths = [path.format(**vars(seeded)) for path in EVERYWHERE.split()]
    return {path: person.get(path).get_data(as_text=True) for path in paths}


@pytest.mark.parametrize("who", ["hub@hub.example", "dora@lakesidejobs.example", STRANGER])
def test_a_candidate_without_consent_is_initials_everywhere(
    app: Flask, seeded_db: Database, seeded: Seeded, who: str
) -> None:
    """Marisol Vega is Northfield's candidate; nobody else reads her name, address or family name."""
    person = signed_in(app, seeded_db, who)
    own_mail = (
        {f"/inbox/{seeded.packers_mail}", f"/inbox/{seeded.hired_mail}?show=all"} if who.startswith("dora") else set()
    )
    for path, text in shown(person, seeded).items():
        if path not in own_mail:  # she was on that mail's own headers and has read it
            assert not re.search(r"Marisol|Vega\b|Okafor|marisol", text), path


def test_the_own_organisation_reads_the_name_and_consent_opens_it(
    app: Flask, seeded_db: Database, seeded: Seeded
) -> None:
    assert "Marisol Vega" in signed_in(app, seeded_db, "ivo@northfield.example").text(f"/referrals/{seeded.packers}")
    with seeded_db.begin() as session:
        for candidate in session.scalars(select(Candidate)):
            candidate.consent = "signed"
    assert "Marisol Vega" in signed_in(app, seeded_db, "dora@lakesidejobs.example").text(f"/referrals/{seeded.packers}")


def test_the_hub_uncovers_names_by_a_click_that_is_written_down(
    app: Flask, seeded_db: Database, seeded: Seeded
) -> None:
    from service.models import AuditEntry

    hub = signed_in(app, seeded_db, "hub@hub.example")
    assert "Marisol" in hub.text(f"/inbox/{seeded.hired_mail}?show=all&names=shown")
    with seeded_db.read() as session:
        written = session.scalars(
            select(AuditEntry.what).where(AuditEntry.record == f"message {seeded.hired_mail}")
        ).all()
    assert written == ["read a mail with its names"]


def test_who_looks_may_not_change(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    viewer = signed_in(app, seeded_db, "look@northfield.example")
    assert "Brightwater" in viewer.text(f"/referrals/{seeded.packers}")
    assert viewer.post(f"/referrals/{seeded.packers}/step", status="on_hold").status_code == 403
    assert viewer.post("/sign-out").status_code == 303


def test_only_the_receiving_organisation_answers_for_itself(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    dora = signed_in(app, seeded_db, "dora@lakesidejobs.example")
    page = dora.does(f"/referrals/{seeded.packers}/step", status="declined", reason="no_capacity")
    assert "That step can&#39;t be taken from here." in page
    ivo = signed_in(app, seeded_db, "ivo@northfield.example")
    ivo.does(f"/referrals/{seeded.packers}/step", status="declined", reason="no_capacity", words="full until May")
    with seeded_db.read() as session:
        last = session.scalars(
            select(Event).where(Event.referral_id == seeded.packers).order_by(Event.id.desc())
        ).first()
        assert last is not None
        assert last.who == "Ivo Brandt <ivo@northfield.example>"


def test_a_site_administrator_sees_no_referral(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    site = signed_in(app, seeded_db, "site@hub.example")
    assert site.get(f"/referrals/{seeded.packers}").status_code == 404
    assert "Add a person" in site.text("/users")
    assert site.get("/health").status_code == 200
    assert "Brightwater" not in site.text("/referrals?show=all")


@pytest.mark.parametrize(
    ("shown_as", "sentence"),
    [
        ("named", "Prairie Newcomers Office was in touch with this employer 100 days ago."),
        ("ask_the_hub", "Another organisation (ask the hub) was in touch with this employer 100 days ago."),
        ("hidden", ""),
    ],
)
def test_who_was_in_touch_is_named_as_they_chose(
    app: Flask, seeded_db: Database, seeded: Seeded, shown_as: str, sentence: str
) -> None:
    office = seeded.organisations["Prairie Newcomers Office"]
    with seeded_db.begin() as session:
        packers = session.get_one(Referral, seeded.packers)
        session.get_one(Organisation, office).shown_as = shown_as
        earlier = Referral(kind="introduction", status="closed", employer_id=packers.employer_id)
        earlier.introduced_at = utcnow() - timedelta(days=100, hours=1)
        earlier.parties = [Party(organisation_id=office, role="referring")]
        session.add(earlier)
    dora, sam = (signed_in(app, seeded_db, email) for email in ("dora@lakesidejobs.example", STRANGER))
    for person, path in ((dora, f"/referrals/{seeded.packers}"), (sam, "/employers/1")):
        page = person.text(path)
        assert sentence in page
        assert "Prairie Newcomers Office was in touch" not in page or shown_as == "named"


def test_an_employers_site_is_for_those_who_refer_or_receive_it(app: Flask, seeded_db: Database) -> None:
    assert "wanda@brightwater.example" in signed_in(app, seeded_db, "dora@lakesidejobs.example").text("/employers/1")
    page = signed_in(app, seeded_db, STRANGER).text("/employers/1")
    assert "Brightwater Packing" in page
    assert "brightwater.example" not in page


HOSTILE = "<img src=x onerror=alert(1)>\"'><b>x"


def test_names_and_subjects_are_text_whatever_is_in_them(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    with seeded_db.begin() as session:
        for model, fields in (
            (Organisation, ("name", "description", "kind")),
            (Employer, ("name", "overview", "website", "city")),
            (EmployerContact, ("name", "title")),
            (Candidate, ("name",)),
            (Referral, ("subject", "reason_words")),
            (Need, ("title", "location", "shift", "occupation_title")),
            (Event, ("words", "who")),
            (InboundMessage, ("subject", "sender_name", "trust_reason", "rule", "error")),
            (OutboundLetter, ("error",)),
            (Question, ("words",)),
            (User, ("name",)),
        ):
            for record in session.scalars(select(model)):
                for field in fields:
                    kept = f"{HOSTILE}{record.id}" if field != "kind" else HOSTILE[:40]
                    setattr(record, field, kept)
    hub = signed_in(app, seeded_db, "hub@hub.example")
    ids = {"referral": seeded.packers, "draft": seeded.draft_mail, "mail": seeded.packers_mail, "pair": seeded.pair}
    paths = """/inbox /inbox/{draft} /inbox/{mail} /referrals?show=all /referrals/{referral} /suggestions /review
    /review/{pair} /partners /partners/1 /employers /employers/1 /candidates /candidates/1 /placements /placements/1
    /quarantine /outbox /outbox/1 /monday /reports /users /account /health /suggestions/needs/3
    /suggestions/1/introduction /referrals/{referral}/change/subject /referrals/{referral}/change/party.add:receiving"""
    for path in paths.format(**ids).split():
        page = hub.text(path)
        assert "<img" not in page, path
        assert "<b>x" not in page, path


def test_a_letters_link_is_shown_to_nobody_and_its_words_to_whom_it_goes(
    app: Flask, seeded_db: Database, seeded: Seeded
) -> None:
    northfield = seeded.organisations["Northfield College"]
    with seeded_db.read() as session:
        found = select(OutboundLetter.id).where(
            OutboundLetter.kind == "news", OutboundLetter.organisation_id == northfield
        )
        letter_id = session.scalar(found)
    for who, reads in (
        ("hub@hub.example", True),
        ("ivo@northfield.example", True),
        ("dora@lakesidejobs.example", False),
    ):
        page = signed_in(app, seeded_db, who).text(f"/outbox/{letter_id}")
        assert not re.search(r"/answer/[a-z2-7]{30}", page), who
        assert ("To answer, reply to this mail" in page) is reads, who


def test_nobody_takes_off_another_organisation_that_has_answered(
    app: Flask, seeded_db: Database, seeded: Seeded
) -> None:
    college = seeded.organisations["Northfield College"]
    with seeded_db.read() as session:
        row = session.scalar(
            select(Party.id).where(Party.referral_id == seeded.packers, Party.organisation_id == college)
        )
    dora, ivo = (signed_in(app, seeded_db, email) for email in ("dora@lakesidejobs.example", "ivo@northfield.example"))
    path = f"/referrals/{seeded.packers}/change/party.remove:{row}"
    assert "only they or the hub can take them off" in dora.does(path)
    assert ivo.post(path).status_code == 303
    assert ivo.get(f"/referrals/{seeded.packers}").status_code == 404
