"""A person whom two organisations know: hashes alone are compared until both may be named, nobody reads who it is."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from mail.values import Candidate as ReadCandidate
from mail.values import Introduction
from service import consent, identities, key_index, likeness
from service.cli import opening
from service.db import Database
from service.models import Candidate, MatchKey, OutboundLetter, Pair, Setting
from tests.service.conftest import settings_for
from tests.service.said import Mail, arrive
from tests.service.seed import Seeded
from tests.service.test_intake import FORKLIFT
from tests.service.web import signed_in

SPELLINGS = (
    ("Ivo Brandt <ivo@northfield.example>", "Northfield College", "Quenna Feldhaus"),
    ("Sam Pike <sam@harborvets.example>", "Harbor Veterans Desk", "Quena J. Feldhaus"),
)
CLEAR = re.compile(r"quenna|quena|feldhaus|5550177|555-0177|quenna@inbox", re.I)


def two_know_her(db: Database) -> int:
    """Two organisations send one person on referrals of their own; the number of the pair."""
    for number, (sender, organisation, name) in enumerate(SPELLINGS):
        person = ReadCandidate(name, "quenna@inbox.example", ("+13125550177",), organisation)
        first = Mail(FORKLIFT, date=f"2026-0{3 + 3 * number}-02T09:00:00-06:00")
        arrive(db, first)
        listed = Introduction(kind="candidate_referral", referring_org=organisation, candidates=(person,))
        arrive(db, Mail(listed, sender, ("Dora Hale <dora@lakesidejobs.example>",), answers=first.message_id))
    with db.read() as session:
        return pair_of(session).id


def pair_of(session: Session) -> Pair:
    hers = select(Candidate.id).where(Candidate.family_name.contains("Feldhaus"))
    return session.scalars(select(Pair).where(Pair.kind == "candidate", Pair.left_id.in_(hers))).one()


def both(session: Session, pair: Pair) -> tuple[Candidate, Candidate]:
    return session.get_one(Candidate, pair.left_id), session.get_one(Candidate, pair.right_id)


def test_hashes_alone_bring_two_organisations_records_together(db: Database) -> None:
    two_know_her(db)
    with db.read() as session:
        pair = pair_of(session)
        assert pair.veiled
        assert pair.probability > 0.9
        assert "same e-mail" in {reason["words"] for reason in pair.why}
        kept = [row.key for row in session.scalars(select(MatchKey).where(MatchKey.kind == "candidate"))]
        assert kept
        assert all(re.fullmatch("[0-9a-f]{24}", key) for key in kept)


def test_consent_of_both_opens_the_comparison_and_its_end_closes_it(db: Database) -> None:
    two_know_her(db)
    with db.begin() as session:
        left, right = both(session, pair_of(session))
        consent.record(session, left.id, "signed", "Ivo", on=date(2026, 11, 1))
        assert pair_of(session).veiled
        consent.record(session, right.id, "verbal", "Sam", on=date(2026, 11, 1))
        assert not pair_of(session).veiled
        consent.record(session, left.id, "none", "Ivo")
        assert pair_of(session).veiled


def test_a_decision_stands_whatever_consent_becomes_of_it(sqlite_db: Database) -> None:
    pair_id = two_know_her(sqlite_db)
    with sqlite_db.begin() as session:
        identities.decide(session, pair_id, "not_same", "Rosa")
        for person in both(session, session.get_one(Pair, pair_id)):
            consent.record(session, person.id, "signed", "Rosa", on=date(2026, 11, 1))
        assert pair_of(session).decision == "not_same"


@pytest.mark.parametrize("who", ["hub@hub.example", "dora@lakesidejobs.example"])
def test_no_page_or_api_names_her(app: Flask, seeded_db: Database, seeded: Seeded, who: str) -> None:
    pair_id = two_know_her(seeded_db)
    person = signed_in(app, seeded_db, who)
    with seeded_db.read() as session:
        people = both(session, pair_of(session))
        referrals = {row.first_message_id for row in people}
    paths = [f"/candidates/{row.id}" for row in people] + [
        f"/review/{pair_id}",
        "/review",
        "/review?show=decided",
        "/review/groups?kind=candidate&least=50",
        "/review/bulk?kind=candidate&least=50",
        "/candidates",
        "/inbox?show=all",
        "/referrals?show=all",
        "/placements",
        "/monday",
        "/outbox",
        "/learning",
        "/api/v1/referrals",
        "/api/v1/placements",
        "/api/v1/needs",
    ]
    assert referrals
    for path in paths:
        assert not CLEAR.search(person.get(path).get_data(as_text=True)), path
    if who.startswith("hub"):
        page = person.text(f"/review/{pair_id}")
        assert "Compared by keyed hashes alone" in page
        assert "Q. F." in page


def test_neither_organisation_hears_of_the_other(
    app: Flask, seeded_db: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    pair_id = two_know_her(seeded_db)
    with seeded_db.read() as session:
        left, right = both(session, pair_of(session))
    for who, own, others in (
        ("ivo@northfield.example", left.id, "Harbor Veterans Desk"),
        ("sam@harborvets.example", right.id, "Northfield College"),
    ):
        person = signed_in(app, seeded_db, who)
        assert person.get(f"/review/{pair_id}").status_code == 404
        assert str(pair_id) not in re.findall(r"/review/(\d+)", person.text("/review"))
        page = person.text(f"/candidates/{own}")
        assert "Feldhaus" in page
        assert others not in page.partition("<main")[2]
    with seeded_db.read() as session:
        letters = session.scalars(select(OutboundLetter)).all()
        assert not any(CLEAR.search(f"{letter.subject} {letter.text} {letter.news}") for letter in letters)
    said = capsys.readouterr()
    assert not CLEAR.search(said.out + said.err)


def test_another_secret_key_writes_the_hashes_anew(sqlite_db: Database) -> None:
    two_know_her(sqlite_db)
    changed = Database(sqlite_db.url, settings_for(sqlite_db.url, secret_key="another key of the tests"))
    with changed.begin() as session:
        left, right = both(session, pair_of(session))
        assert right not in key_index.holders(session, left)
        identities.renew_index(session)
        assert right in key_index.holders(session, left)
        assert not key_index.is_stale(session)
    changed.close()


def test_clear_keys_of_an_older_version_are_replaced_at_the_start(sqlite_db: Database) -> None:
    two_know_her(sqlite_db)
    with sqlite_db.begin() as session:
        left, right = both(session, pair_of(session))
        session.execute(delete(Setting).where(Setting.name == "index_key"))
        session.execute(
            insert(MatchKey), [{"kind": "candidate", "key": "m:quenna@inbox.example", "record_id": left.id}]
        )
    with opening.database(settings_for(sqlite_db.url)) as db, db.read() as session:
        assert session.scalar(select(MatchKey.id).where(MatchKey.key.startswith("m:"))) is None
        assert right.id in {one.id for one in key_index.holders(session, session.get_one(Candidate, left.id))}


def test_one_organisations_own_records_are_compared_in_clear_text(sqlite_db: Database) -> None:
    two_know_her(sqlite_db)
    with sqlite_db.begin() as session:
        left, right = both(session, pair_of(session))
        veiled = likeness.compared(session, left, right, None)
        right.organisation_id = left.organisation_id
        assert likeness.compared(session, left, right, None).probability == pytest.approx(veiled.probability, abs=0.02)
        assert (
            likeness.would_change(session, left, right)[0] == likeness.compared(session, left, right, None).probability
        )
