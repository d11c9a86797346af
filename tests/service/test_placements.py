"""Placements and credits: shared ones count once and for each; contested credit is settled with a note."""

from datetime import date

import pytest
from sqlalchemy import select

from mail.values import Candidate as ReadCandidate
from mail.values import Hired, Introduction, Named, Status
from service import identities, placements
from service.db import Database
from service.models import Credit, Event, Need, Pair, Placement
from tests.service.said import Mail, arrive
from tests.service.test_intake import FORKLIFT

LISTS = (
    ("Ivo Brandt <ivo@northfield.example>", "Northfield College", "Nora Feld"),
    ("Abe Noll <abe@harborvets.example>", "Harbor Veterans Desk", "Nora A. Feld"),
)


def both_claim_one_hire(db: Database) -> None:
    """Two organisations send the same person to one employer, and each reports the hire as its own."""
    first = Mail(FORKLIFT)
    arrive(db, first)
    for sender, organisation, name in LISTS:
        person = ReadCandidate(name, "nora@inbox.example", ("+13125550101",), organisation)
        listed = Introduction(kind="candidate_referral", referring_org=organisation, candidates=(person,))
        arrive(db, Mail(listed, sender, ("Dora Hale <dora@lakesidejobs.example>",), answers=first.message_id))
    for sender, organisation, name in LISTS:
        hired = Introduction(
            kind="status_update",
            sender_org=organisation,
            status=Status(hired=(Hired(name, "forklift operator", "2026-11-16"),)),
        )
        arrive(db, Mail(hired, sender, ("Dora Hale <dora@lakesidejobs.example>",), answers=first.message_id))


def living(db: Database) -> list[Placement]:
    with db.read() as session:
        rows = session.scalars(select(Placement).where(Placement.status != "void")).all()
        for row in rows:
            _ = [(credit.organisation.name, credit.role) for credit in row.credits]
        return list(rows)


def test_two_claims_become_one_placement_by_a_decision_and_two_again(db: Database) -> None:
    both_claim_one_hire(db)
    assert len(living(db)) == 2
    with db.begin() as session:
        pair = session.scalars(select(Pair).where(Pair.kind == "candidate")).one()
        link = identities.decide(session, pair.id, "same", "hub")
        assert link is not None
        assert session.scalars(select(Need.left)).one() == 11
    (one,) = living(db)
    senders = {credit.organisation.name for credit in one.credits if credit.role == "sent_candidate"}
    assert senders == {"Northfield College", "Harbor Veterans Desk"}
    with db.begin() as session:
        identities.undo_merge(session, link.id, "hub")
        assert session.scalars(select(Need.left)).one() == 10
    assert [
        [credit.organisation.name for credit in row.credits if credit.role == "sent_candidate"] for row in living(db)
    ] == [["Northfield College"], ["Harbor Veterans Desk"]]


def test_a_placement_is_shared_once_two_credits_are_confirmed(sqlite_db: Database) -> None:
    both_claim_one_hire(sqlite_db)
    with sqlite_db.begin() as session:
        placement = session.scalars(select(Placement)).first()
        assert placement is not None
        assert not placements.is_shared(placement)
        for credit in placement.credits:
            placements.confirm_credit(session, credit.id, "hub")
        assert placements.is_shared(placement)


def test_contested_credit_needs_the_hub_and_a_note(sqlite_db: Database) -> None:
    both_claim_one_hire(sqlite_db)
    with sqlite_db.begin() as session:
        credit = session.scalars(select(Credit)).first()
        assert credit is not None
        placements.contest_credit(session, credit.id, "we sent her first", "Abe")
        with pytest.raises(placements.IllegalPlacementStep):
            placements.confirm_credit(session, credit.id, "Ivo")
        with pytest.raises(ValueError, match="note"):
            placements.settle_credit(session, credit.id, True, " ", "hub")
        placements.settle_credit(session, credit.id, True, "the list of the 2nd names her", "hub")
        assert (credit.state, "the list of the 2nd" in credit.note) == ("settled", True)
        other = session.scalars(select(Credit).where(Credit.id != credit.id)).first()
        assert other is not None
        with pytest.raises(placements.IllegalPlacementStep, match="contested"):
            placements.settle_credit(session, other.id, False, "x", "hub")
        placements.contest_credit(session, other.id, "no part in it", "Abe")
        placements.settle_credit(session, other.id, False, "no mail names them", "hub")
        said = [event.words for event in session.scalars(select(Event).where(Event.kind == "credit_removed"))]
    assert len(said) == 1
    assert "no mail names them" in said[0]


def told_of(db: Database, first: Mail, status: Status, day: str) -> None:
    said = Introduction(kind="status_update", sender_org="Northfield College", status=status)
    sender, to = "Ivo Brandt <ivo@northfield.example>", ("Dora Hale <dora@lakesidejobs.example>",)
    arrive(db, Mail(said, sender, to, answers=first.message_id, date=f"{day}T09:00:00-06:00"))


def test_a_start_that_is_past_when_it_is_told_of_has_happened_and_is_told_once(sqlite_db: Database) -> None:
    first = Mail(FORKLIFT)
    arrive(sqlite_db, first)
    hired = Status(hired=(Hired("Nora Feld", "forklift operator", "2025-11-16"),))
    told_of(sqlite_db, first, hired, "2025-11-10")
    assert [row.status for row in living(sqlite_db)] == ["hire_reported"]
    told_of(sqlite_db, first, hired, "2025-11-17")
    assert [row.status for row in living(sqlite_db)] == ["started"]
    with sqlite_db.read() as session:
        kinds = session.scalars(select(Event.kind).where(Event.kind.in_(("hired", "started"))).order_by(Event.id)).all()
    assert kinds == ["hired", "started"]


def test_who_left_left_when_the_mail_says_so_or_when_it_was_written(sqlite_db: Database) -> None:
    first = Mail(FORKLIFT)
    arrive(sqlite_db, first)
    people = tuple(Hired(name, "forklift operator", "2025-11-02") for name in ("Nora Feld", "Tomas Quint"))
    told_of(sqlite_db, first, Status(hired=people), "2025-11-03")
    gone = (Named("Nora Feld", "moved away"), Named("Tomas Quint", "school", None, "2025-11-13"))
    told_of(sqlite_db, first, Status(ended=gone), "2025-11-17")
    with sqlite_db.read() as session:
        left = {row.candidate.name: row.ended_on for row in session.scalars(select(Placement))}
    assert left == {
        "Nora Feld": date(2025, 11, 17),
        "Tomas Quint": date(2025, 11, 13),
    }


def test_a_placement_goes_its_steps_and_no_others(sqlite_db: Database) -> None:
    both_claim_one_hire(sqlite_db)
    with sqlite_db.begin() as session:
        placement = session.scalars(select(Placement)).first()
        assert placement is not None
        placements.step(session, placement.id, "started", "hub", on=date(2026, 11, 17))
        placements.step(session, placement.id, "retained_90", "hub")
        with pytest.raises(placements.IllegalPlacementStep, match="retained 90"):
            placements.step(session, placement.id, "started", "hub")
        placements.step(session, placement.id, "ended", "hub", on=date(2027, 3, 1), reason="moved away")
        assert (placement.start_on, placement.ended_on) == (date(2026, 11, 17), date(2027, 3, 1))
        placements.verify(session, placement.id, "payroll", date(2026, 12, 1), "hub")
        assert placement.verified_source == "payroll"
