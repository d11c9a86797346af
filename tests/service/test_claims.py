"""Two organisations' claims that may be one placement: offered to the hub with why, joined by its word, parted."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from service import claims, identities, placements
from service.db import Database
from service.models import Candidate, Employer, Need, Pair, Placement, Referral, Submission
from service.visibility import Viewer
from tests.service.test_placements import both_claim_one_hire, living
from tests.service.web import signed_in

HUB = Viewer(1, "Rosa Lind", "hub@hub.example", "hub", None)
MEMBER = Viewer(2, "Ivo Brandt", "ivo@northfield.example", "coordinator", 2)


def test_two_claims_on_one_hire_are_suggested_to_the_hub_alone(db: Database) -> None:
    both_claim_one_hire(db)
    with db.read() as session:
        (one,) = claims.suggested(session, HUB)
        assert one.found.probability > 0.8
        words = [reason.words for reason in one.found.why]
        assert words[1:] == ["the same employer", "the same start", "job titles agree"]
        assert words[0].startswith("the same person at")
        assert claims.suggested(session, MEMBER) == []


def test_claims_at_two_sites_are_joined_by_a_word_and_part_with_it(db: Database) -> None:
    both_claim_one_hire(db)
    with db.begin() as session:
        first, second = session.scalars(select(Placement).order_by(Placement.id)).all()
        site = Employer(name="Quillfeather Foods South", aliases=[], domains=[], phones=[], parent_id=first.employer_id)
        session.add(site)
        session.flush()
        second.employer_id = site.id
        numbers = first.id, second.id
    with db.begin() as session:
        (one,) = claims.suggested(session, HUB)
        assert one.found.why[1].words == "the same employer at 50 % (branch)"
        pair_id = claims.accept(session, HUB, *numbers).id
        assert session.get_one(Pair, pair_id).note.startswith("one placement: the same employer at 50 % (branch)")
    (kept,) = living(db)
    assert {c.organisation.name for c in kept.credits if c.role == "sent_candidate"} == {
        "Northfield College",
        "Harbor Veterans Desk",
    }
    with db.begin() as session:
        assert claims.suggested(session, HUB) == []
        identities.reopen(session, pair_id, "Rosa")
    assert [row.employer_id for row in living(db)] == [first.employer_id, site.id]


def test_what_is_no_pair_any_more_is_refused(sqlite_db: Database) -> None:
    both_claim_one_hire(sqlite_db)
    with sqlite_db.begin() as session:
        pair = session.scalars(select(Pair).where(Pair.kind == "candidate")).one()
        identities.decide(session, pair.id, "not_same", "Rosa")
        with pytest.raises(claims.NoSuchClaims, match="any more"):
            claims.accept(session, HUB, 1, 2)


def test_employers_that_are_not_the_same_share_no_placement(sqlite_db: Database) -> None:
    both_claim_one_hire(sqlite_db)
    with sqlite_db.begin() as session:
        second = session.scalars(select(Placement).order_by(Placement.id.desc())).first()
        assert second is not None
        other = Employer(name="Ostrander Fabrication", aliases=[], domains=[], phones=[])
        session.add(other)
        session.flush()
        second.employer_id = other.id
        session.flush()
        session.expire_all()
        assert claims.suggested(session, HUB) == []


@pytest.mark.parametrize(("days", "number"), [(10, 1), (90, 2)])
def test_a_hire_long_after_the_first_is_a_placement_of_its_own(sqlite_db: Database, days: int, number: int) -> None:
    with sqlite_db.begin() as session:
        employer = Employer(name="Alder Dock Freight", aliases=[], domains=[], phones=[])
        candidate = Candidate(name="Nora Feld", given_name="Nora", family_name="Feld", emails=[], phones=[])
        session.add_all([employer, candidate])
        session.flush()
        said_at = datetime(2026, 3, 2, tzinfo=UTC)
        for place in range(2):
            referral = Referral(kind="introduction", status="introduced", employer_id=employer.id)
            referral.needs.append(Need(title="packer", openings=2, left=2))
            session.add(referral)
            session.flush()
            session.add(Submission(referral_id=referral.id, candidate_id=candidate.id))
            session.flush()
            told = said_at + timedelta(days=days * place)
            placements.report_hire(session, referral, candidate, "Ivo", said_at=told, need=referral.needs[0])
            again = placements.report_hire(session, referral, candidate, "Ivo", said_at=told + timedelta(days=200))
            assert again.reported_at == (said_at if number == 1 else told)
        assert len(session.scalars(select(Placement)).all()) == number


def test_the_hub_joins_them_on_a_page_and_takes_it_back(app: Flask, seeded_db: Database) -> None:
    both_claim_one_hire(seeded_db)
    hub = signed_in(app, seeded_db, "hub@hub.example")
    page = hub.text("/placements?show=maybe")
    assert "One placement, two credits" in page
    assert "the same start; job titles agree" in page
    assert "Nora" not in page
    with seeded_db.read() as session:
        (one,) = claims.suggested(session, HUB)
    path = f"/placements/{one.kept.id}/one-with/{one.other.id}"
    said = hub.does(path, back="/placements?show=maybe")
    assert "One placement, with credit to both." in said
    assert "No two claims look like one placement" in said
    assert "not taken for one any more" in hub.does(path)
    hub.does(f"/review/{one.pair.id}/reopen")
    assert "One placement, two credits" in hub.text("/placements?show=maybe")
    member = signed_in(app, seeded_db, "ivo@northfield.example")
    assert member.get("/placements?show=maybe").status_code == 404
    assert member.post(path).status_code == 404
    assert "Maybe one" not in member.text("/placements")
