"""Learning from decisions and answers: said in sentences, kept only when better, used from then on."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from mail.values import Introduction, Status
from matching.learning_links import Refit
from matching.parameters_file import shipped
from matching.refit import Model
from service import answers, identities, learning, likeness, referrals, suggestions
from service.db import Database
from service.models import Employer, LearntModel, Need, Pair, Referral, Suggestion, utcnow
from service.suggestions import IntroductionDraft
from tests.service.post import employer_name
from tests.service.said import Mail, arrive
from tests.service.seed import Seeded
from tests.service.test_intake import FORKLIFT
from tests.service.web import signed_in


def decided_pairs(session: Session, count: int) -> None:
    """Spellings of one company that were joined, and companies of a like name that were parted."""
    for number in range(count):
        name = employer_name(number)
        other = f"{name} Foods" if number % 2 else f"{employer_name(number + 777)} Foods"
        pair = [Employer(name=text, aliases=[], domains=[], phones=[]) for text in (f"{name} Foods, Inc.", other)]
        session.add_all(pair)
        session.flush()
        decision = "same" if number % 2 else "not_same"
        session.add(Pair(kind="employer", left_id=pair[0].id, right_id=pair[1].id, probability=0.6, decision=decision))


def test_few_decisions_leave_the_shipped_weights(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        decided_pairs(session, 10)
        lines = list(learning.learn(session))
    assert lines[0].startswith("employers: 10 decisions")
    assert any(line.startswith("partners:") for line in lines)


def test_many_decisions_are_learnt_from_and_both_figures_told(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        decided_pairs(session, 240)
        line = next(iter(learning.learn(session)))
        assert line.startswith("employers: ")
        assert identities.resolve(session, Employer(name="Zanzibar Works", aliases=[], domains=[], phones=[])).new


def test_learnt_weights_are_used(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        better = Refit(shipped("employers"), 240, 0.31, 0.22, 0.9, 0.94)
        said = learning.take_links(session, "employer", better)
        assert "the new weights agree with 94.0%, the present ones with 90.0%: taken" in said
        assert likeness.learnt(session, "employer") == shipped("employers")
        assert likeness.learnt(session, "candidate") is None
        assert "94.0%" in learning.last_try(session, "employer")
        learning.put_back(session, None, "Rosa", "employer")
        assert likeness.learnt(session, "employer") is None
        learning.put_back(session, learning.models_of(session, "employer")[0].id, "Rosa", "employer")
        assert likeness.learnt(session, "employer") == shipped("employers")


def test_weights_that_are_no_better_are_not_taken_and_the_page_may_say_so(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        learning.take_links(session, "candidate", Refit(None, 240, 0.2, 0.25, 0.95, 0.93))
        assert likeness.learnt(session, "candidate") is None
        assert learning.last_try(session, "candidate").endswith("not taken.")


def test_a_partners_own_no_outweighs_the_coordinators_click(sqlite_db: Database) -> None:
    arrive(sqlite_db, Mail(replace(FORKLIFT, kind="request", receiving_orgs=()), to=("tracker@hub.example",), cc=()))
    with sqlite_db.begin() as session:
        offered = session.scalars(select(Suggestion).order_by(Suggestion.rank)).first()
        assert offered is not None
        draft = IntroductionDraft(["ivo@northfield.example"], [], "Introduction", "Please meet.")
        suggestions.accept(session, offered.id, draft, "Rosa", name="Rosa", email="rosa@hub.example")
        assert [answer.accepted for answer in answers.history(session)] == [True]
        assert answers.open_asks(session) == {offered.organisation.name: 1}
        referrals.step(
            session,
            offered.need.referral_id,
            "declined",
            "Ivo",
            organisation_id=offered.organisation_id,
            reason="no_capacity",
        )
        told = answers.history(session)[0]
    assert (told.accepted, told.reason) == (False, "no_capacity")


def taken(session: Session, start: float) -> LearntModel:
    weights = {"start": start, "occupation": 3.0}
    assert "was taken" in learning.take(session, 120, Model(weights, 0.6, 0.5, 120))
    return learning.models_of(session)[0]


def test_a_model_is_used_once_taken_and_can_be_put_back(db: Database) -> None:
    with db.begin() as session:
        shipped_start = suggestions.suggester(session).weights["start"]
        first, second = taken(session, -1.0), taken(session, -3.0)
        assert suggestions.suggester(session).weights["start"] == -3.0
        learning.put_back(session, first.id, "Rosa")
        session.flush()
        assert (first.in_use, second.in_use, second.put_back_by) == (True, False, "Rosa")
        assert suggestions.suggester(session).weights["start"] == -1.0
        learning.put_back(session, None, "Rosa")
        session.flush()
        assert suggestions.suggester(session).weights["start"] == shipped_start
        with pytest.raises(learning.UnknownModel):
            learning.put_back(session, 999, "Rosa")


def test_the_refit_is_tried_once_a_night(sqlite_db: Database) -> None:
    night = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)  # half past three in Chicago
    with sqlite_db.begin() as session:
        assert learning.is_due(session, night)
        assert "the weights stay" in learning.nightly(session, night, 3, None, {})
        session.flush()
        assert not learning.is_due(session, night + timedelta(minutes=20))
        assert not learning.is_due(session, night + timedelta(hours=8))
        assert learning.is_due(session, night + timedelta(days=1))


@pytest.mark.parametrize(
    ("reason", "capacity", "agreement"), [("no_capacity", 0, False), ("agreement_missing", None, True)]
)
def test_a_decline_for_room_or_agreement_changes_the_partners_data_and_no_weight(
    db: Database, reason: str, capacity: int | None, agreement: bool
) -> None:
    arrive(db, Mail(replace(FORKLIFT, kind="request", receiving_orgs=()), to=("tracker@hub.example",), cc=()))
    with db.begin() as session:
        offered = session.scalars(select(Suggestion).order_by(Suggestion.rank)).first()
        assert offered is not None
        suggestions.decline(session, offered.id, reason, "", "Rosa")
        service = next(one for one in offered.organisation.services if one.name == offered.service)
        assert (service.capacity, service.agreement_required) == (capacity, agreement)
        known = suggestions.suggester(session).experience
        name = offered.organisation.name
        assert [effect for _, effect in known.effects(name, [("general", ""), ("code", "53-7051")])] == []


def test_what_was_learnt_is_told_in_words(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    with seeded_db.begin() as session:
        for number in range(6):
            row = session.scalars(select(Suggestion).where(Suggestion.state == "offered")).first()
            assert row is not None
            said = Suggestion(
                need=Need(
                    title="welder", referral=Referral(kind="request", status="closed"), occupation_code="51-4121"
                ),
                organisation_id=row.organisation_id,
                rank=1,
                score=0.5,
                state="declined",
                reason="cannot_meet_occupation" if number % 2 else "other",
                answered_at=utcnow(),
            )
            session.add(said)
        name, number = row.organisation.name, row.organisation_id
    page = signed_in(app, seeded_db, "hub@hub.example").text("/learning")
    assert name in page
    assert "said yes to 0 of 6 needs for Welders" in page
    assert re.search(r"A profile counts for \d+ % of what it promises", page)
    assert "said yes to 0 of 6" in signed_in(app, seeded_db, "hub@hub.example").text(f"/partners/{number}/learnt")


def test_a_partner_that_answers_an_introduction_nobody_suggested_teaches_too(db: Database) -> None:
    first = Mail(FORKLIFT, date="2025-11-02T09:00:00-06:00")
    arrive(db, first)
    reply = Introduction(kind="status_update", sender_org="Northfield College", status=Status("accepted"))
    ivo, dora = "Ivo Brandt <ivo@northfield.example>", "Dora Hale <dora@lakesidejobs.example>"
    arrive(db, Mail(reply, ivo, (dora,), answers=first.message_id, date="2025-11-05T09:00:00-06:00"))
    with db.read() as session:
        (told,) = answers.history(session)
        before = answers.answered(session)
    assert (told.partner, told.accepted, told.days) == ("Northfield College", True, 3)
    reply = Introduction(kind="status_update", status=Status("declined", reason="no_capacity"))
    arrive(db, Mail(reply, ivo, (dora,), answers=first.message_id, date="2025-11-06T09:00:00-06:00"))
    with db.read() as session:
        (told,) = answers.history(session)
        assert (told.accepted, told.reason) == (False, "no_capacity")
        assert answers.answered(session) != before
