"""A merge undone: byte for byte where nothing came between; else what came since goes where its evidence says."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from mail.values import Contact, Introduction, Need
from mail.values import Employer as ReadEmployer
from matching.model import match
from service import exporting, identities, merges
from service.db import Database
from service.models import Employer, EmployerContact, Merge, Pair, Referral
from service.plain_records import record_of
from tests.service.said import Mail, arrive
from tests.service.test_placements import both_claim_one_hire

COLD, DOCK = "Quarry Street Cold Storage", "Alder Dock Freight"


def introduce(db: Database, name: str, contact: str = "", title: str = "packer") -> int:
    people = (Contact(contact.partition("@")[0].title(), "", name, contact),) if contact else ()
    said = Introduction(
        kind="introduction",
        referring_org="Lakeside Jobs Council",
        receiving_orgs=("Northfield College",),
        employer=ReadEmployer(name),
        contacts=people,
        needs=(Need(title, openings=3),),
    )
    _, message_id = arrive(db, Mail(said, subject=f"{name} {title}"))
    with db.read() as session:
        return session.scalars(select(Referral.id).where(Referral.first_message_id == message_id)).one()


def two_employers(db: Database) -> tuple[int, int, int]:
    """Two employers with a referral each, and the pair of them: (older, younger, pair)."""
    introduce(db, COLD, "pia@quarrycold.example")
    introduce(db, DOCK, "ivan@alderdock.example", "driver")
    with db.begin() as session:
        older, younger = session.scalars(select(Employer.id).order_by(Employer.id)).all()
        pair = Pair(kind="employer", left_id=older, right_id=younger, probability=0.6)
        session.add(pair)
        session.flush()
        return older, younger, pair.id


def exported(db: Database, folder: Path) -> bytes:
    """Everything that goes out as lists."""
    found = b""
    with db.read() as session:
        for what in exporting.COLUMNS:
            exporting.write(session, what, folder / f"{what}.csv")
            found += (folder / f"{what}.csv").read_bytes()
    return found


def joined(db: Database, pair_id: int, **keep: str) -> int:
    with db.begin() as session:
        link = identities.decide(session, pair_id, "same", "Rosa", keep=keep)
        assert link is not None
        return link.id


def undone(db: Database, merge_id: int) -> Merge:
    with db.begin() as session:
        return identities.undo_merge(session, merge_id, "Rosa")


def test_with_nothing_in_between_the_export_is_byte_for_byte_what_it_was(db: Database, tmp_path: Path) -> None:
    _, _, pair_id = two_employers(db)
    before = exported(db, tmp_path)
    merge_id = joined(db, pair_id, name="right")
    assert exported(db, tmp_path) != before
    assert undone(db, merge_id).asks == []
    assert exported(db, tmp_path) == before


def test_shared_credits_part_byte_for_byte(db: Database, tmp_path: Path) -> None:
    both_claim_one_hire(db)
    with db.read() as session:
        pair_id = session.scalars(select(Pair.id).where(Pair.kind == "candidate")).one()
    before = exported(db, tmp_path)
    merge_id = joined(db, pair_id)
    assert exported(db, tmp_path).count(b"void") == 1
    undone(db, merge_id)
    assert exported(db, tmp_path) == before


def test_later_mail_goes_to_the_record_that_it_names(db: Database) -> None:
    older, younger, pair_id = two_employers(db)
    merge_id = joined(db, pair_id)
    for_dock = introduce(db, "Alder Dock Freight LLC", "mo@alderdock.example", "crane operator")
    for_cold = introduce(db, COLD, "bea@quarrycold.example", "cook")
    link = undone(db, merge_id)
    with db.read() as session:
        assert session.get_one(Referral, for_dock).employer_id == younger
        assert session.get_one(Referral, for_cold).employer_id == older
        contacts = dict(session.execute(select(EmployerContact.email, EmployerContact.employer_id)).all())
        assert "Alder Dock Freight LLC" in session.get_one(Employer, younger).aliases
        assert "Alder Dock Freight LLC" not in session.get_one(Employer, older).aliases
    assert (contacts["mo@alderdock.example"], contacts["bea@quarrycold.example"]) == (younger, older)
    assert link.asks == []


def test_what_names_neither_is_asked_and_settled(db: Database) -> None:
    older, younger, pair_id = two_employers(db)
    merge_id = joined(db, pair_id)
    with db.begin() as session:
        by_hand = Referral(kind="introduction", status="introduced", employer_id=older)
        session.add(by_hand)
        session.flush()
        referral_id = by_hand.id
    assert undone(db, merge_id).asks == [{"table": "referral", "id": referral_id}]
    with db.begin() as session:
        assert session.get_one(Referral, referral_id).employer_id == older
        identities.settle_ask(session, merge_id, 0, "merged")
    with db.begin() as session:
        assert session.get_one(Referral, referral_id).employer_id == younger
        with pytest.raises(LookupError):
            identities.settle_ask(session, merge_id, 0, "merged")


def test_an_edit_stays_with_the_record_whose_value_was_shown(sqlite_db: Database) -> None:
    older, younger, pair_id = two_employers(sqlite_db)
    with sqlite_db.begin() as session:
        session.get_one(Employer, younger).city = "Peoria"
    merge_id = joined(sqlite_db, pair_id)
    with sqlite_db.begin() as session:
        kept = session.get_one(Employer, older)
        assert kept.city == "Peoria"
        kept.city, kept.street, kept.phones = "Peoria Heights", "5 Quay Road", ["+13125550177"]
    link = undone(sqlite_db, merge_id)
    with sqlite_db.read() as session:
        one, other = session.get_one(Employer, older), session.get_one(Employer, younger)
        assert (one.city, other.city) == ("", "Peoria Heights")
        assert (one.street, other.street) == ("5 Quay Road", "")
        assert (one.phones, other.phones) == (["+13125550177"], [])
    assert link.asks == [{"field": "phones", "value": "+13125550177"}]


def test_a_merge_on_which_a_later_one_stands_is_undone_after_it(sqlite_db: Database) -> None:
    older, younger, pair_id = two_employers(sqlite_db)
    first = joined(sqlite_db, pair_id)
    with sqlite_db.begin() as session:
        third = Employer(name="Alder Freight", aliases=[], domains=[], phones=[])
        session.add(third)
        session.flush()
        pair = Pair(kind="employer", left_id=younger, right_id=third.id, probability=0.8)
        session.add(pair)
        session.flush()
        second = identities.decide(session, pair.id, "same", "Rosa")
        assert second is not None
        with pytest.raises(ValueError, match=f"Record {third.id} was joined because of this one"):
            identities.undo_merge(session, first, "Rosa")
        identities.undo_merge(session, second.id, "Rosa")
        identities.undo_merge(session, first, "Rosa")
        assert merges.cluster(session, session.get_one(Employer, older)) == {older}


def test_records_that_stand_as_one_are_not_asked_about_again(sqlite_db: Database) -> None:
    older, younger, pair_id = two_employers(sqlite_db)
    with sqlite_db.begin() as session:
        third = Employer(name="Alder Quay", aliases=[], domains=[], phones=[])
        session.add(third)
        session.flush()
        session.add(Pair(kind="employer", left_id=younger, right_id=third.id, probability=0.5, decision="not_same"))
        identities.decide(session, pair_id, "same", "Rosa")
        kept = session.get_one(Employer, older)
        found = match(record_of(kept), record_of(third))
        assert identities.open_pair(session, kept, third, replace(found, decision="review")) is None
