"""The life cycle of a referral: legal steps, refusals by name, duplicates, drafts, corrections."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from mail.values import Ask, Introduction, Status
from mail.values import Need as ReadNeed
from service import corrections, drafts, referrals
from service.db import Database
from service.models import InboundMessage, Need, Organisation, Party, Question, Referral, ThreadEntry
from service.workdays import after_working_days
from terms.statuses import REFERRAL_STEPS, DeclineReason, Outcome, ReferralStatus
from tests.service.said import Mail, arrive
from tests.service.test_intake import FORKLIFT


def a_referral(
    session: Session, status: str = "introduced", receivers: tuple[str, ...] = ("Northfield College",)
) -> int:
    names = {o.name: o.id for o in session.query(Organisation)}
    referral = Referral(kind="introduction", status=status, subject="Forklift operators")
    referral.parties = [Party(organisation_id=names["Lakeside Jobs Council"], role="referring")]
    referral.parties += [Party(organisation_id=names[name], role="receiving") for name in receivers]
    referral.needs = [Need(title="forklift operator", openings=12, left=12)]
    session.add(referral)
    session.flush()
    return referral.id


def test_every_status_has_its_steps() -> None:
    assert set(REFERRAL_STEPS) == set(ReferralStatus)


@given(st.lists(st.sampled_from(list(ReferralStatus)), max_size=8))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_only_steps_of_the_table_are_taken(sqlite_db: Database, wanted: list[ReferralStatus]) -> None:
    with sqlite_db.begin() as session:
        referral_id = a_referral(session)
        for status in wanted:
            before = ReferralStatus(referrals.find(session, referral_id).status)
            try:
                referrals.step(
                    session, referral_id, status, "tester", reason=DeclineReason.OTHER, outcome=Outcome.PLACED
                )
            except referrals.IllegalStep as error:
                assert str(referral_id) in str(error)
                assert status not in REFERRAL_STEPS[before]
            after = ReferralStatus(referrals.find(session, referral_id).status)
            assert after == before or after in REFERRAL_STEPS[before]


def test_an_illegal_step_is_refused_by_name(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        referral_id = a_referral(session, "draft")
        with pytest.raises(referrals.IllegalStep, match="is draft; it can't become accepted"):
            referrals.step(session, referral_id, "accepted", "tester")


def test_a_decline_needs_a_reason_and_a_close_an_outcome(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        referral_id = a_referral(session)
        with pytest.raises(referrals.IllegalStep, match="reasons"):
            referrals.step(session, referral_id, "declined", "tester")
        with pytest.raises(referrals.IllegalStep, match="outcomes"):
            referrals.step(session, referral_id, "closed", "tester")


def test_one_of_two_receivers_declining_does_not_decline_the_referral(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        referral_id = a_referral(session, receivers=("Northfield College", "Harbor Veterans Desk"))
        first, second = (
            p.organisation_id for p in referrals.find(session, referral_id).parties if p.role != "referring"
        )
        referrals.step(session, referral_id, "declined", "a", organisation_id=first, reason="no_capacity")
        assert referrals.find(session, referral_id).status == "introduced"
        referrals.step(session, referral_id, "declined", "b", organisation_id=second, reason="no_capacity")
        assert referrals.find(session, referral_id).status == "declined"


def test_a_duplicate_and_back_again(db: Database) -> None:
    with db.begin() as session:
        kept, twin = a_referral(session), a_referral(session, receivers=("Harbor Veterans Desk",))
        session.add(ThreadEntry(message_id="<twin@mail.example>", referral_id=twin))
        session.flush()
        referrals.mark_duplicate(session, twin, kept, "tester")
        assert "Harbor Veterans Desk" in referrals.find(session, kept).party_names("receiving")
        assert session.query(ThreadEntry).one().referral_id == kept
        referrals.undo_duplicate(session, twin, "tester")
        assert referrals.find(session, kept).party_names("receiving") == ["Northfield College"]
        assert session.query(ThreadEntry).one().referral_id == twin
        assert referrals.find(session, twin).status == "introduced"


def test_a_draft_counts_once_its_question_is_answered(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        referral_id = a_referral(session, "draft", receivers=())
        question = Question(words="Who takes it?", field="receiving", answers=["Harbor Veterans Desk"])
        referrals.find(session, referral_id).questions.append(question)
        session.flush()
        drafts.confirm(session, referral_id, "tester")
        referral = referrals.find(session, referral_id)
        assert (referral.status, referral.party_names("receiving")) == ("introduced", ["Harbor Veterans Desk"])
        drafts.undo_confirm(session, referral_id, "tester")
        assert referrals.find(session, referral_id).status == "draft"


def test_a_discarded_draft_can_come_back(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        referral_id = a_referral(session, "draft")
        drafts.discard(session, referral_id, "a newsletter", "tester")
        drafts.restore(session, referral_id, "tester")
        assert referrals.find(session, referral_id).status == "draft"


@pytest.mark.parametrize(
    ("field", "value", "column", "becomes"),
    [
        ("openings", "9", "openings", 9),
        ("wage", "$19.50 - 22 an hour", "wage_max", 22.0),
        ("wage", "46000 a year", "wage_unit", "year"),
        ("start_on", "2026-12-01", "start_on", date(2026, 12, 1)),
        ("populations", "veterans, youth", "populations", ["veterans", "youth"]),
        ("pathway", "apprenticeship", "pathway", "apprenticeship"),
        ("title", "reach truck operator", "title", "reach truck operator"),
    ],
)
def test_a_correction_changes_a_need_and_leaves_a_trace(
    sqlite_db: Database, field: str, value: str, column: str, becomes: object
) -> None:
    with sqlite_db.begin() as session:
        referral_id = a_referral(session)
        need = referrals.find(session, referral_id).needs[0]
        corrections.change(session, referral_id, f"need:{need.id}.{field}", value, "tester")
        assert getattr(need, column) == becomes
        assert referrals.find(session, referral_id).events[-1].kind == "corrected"


@pytest.mark.parametrize(
    ("field", "value"), [("openings", "a few"), ("wage", "good"), ("start_on", "soon"), ("pathway", "x"), ("title", "")]
)
def test_a_wrong_value_gets_a_sentence(sqlite_db: Database, field: str, value: str) -> None:
    with sqlite_db.begin() as session:
        referral_id = a_referral(session)
        need = referrals.find(session, referral_id).needs[0]
        with pytest.raises(corrections.WrongValue):
            corrections.change(session, referral_id, f"need:{need.id}.{field}", value, "tester")


def test_every_status_says_who_acts_next(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        for status in ReferralStatus:
            referral = referrals.find(session, a_referral(session, status))
            assert referrals.next_act(referral).what


def test_clocks_rest_at_the_weekend() -> None:
    friday = datetime(2026, 11, 27, 9, tzinfo=UTC)
    assert after_working_days(friday, 3).date() == date(2026, 12, 2)


def test_a_step_is_dated_by_the_mail_that_says_it(sqlite_db: Database) -> None:
    first = Mail(FORKLIFT, date="2026-03-02T09:00:00-06:00")
    arrive(sqlite_db, first)
    accepted = Introduction(kind="status_update", status=Status("accepted"))
    answer = Mail(accepted, "Ivo Brandt <ivo@northfield.example>", answers=first.message_id)
    answer.date = "2026-03-05T09:00:00-06:00"
    arrive(sqlite_db, answer)
    with sqlite_db.read() as session:
        referral = session.query(Referral).one()
    assert (referral.introduced_at, referral.accepted_at) == (
        datetime(2026, 3, 2, 15, tzinfo=UTC),
        datetime(2026, 3, 5, 15, tzinfo=UTC),
    )


def test_an_unsure_value_is_settled_by_the_answer(db: Database) -> None:
    said = replace(
        FORKLIFT,
        needs=(*FORKLIFT.needs, ReadNeed("dock lead")),
        asks=(
            Ask("Is “dock lead” a job to be filled?", "needs[1].title", ("yes", "no")),
            Ask("Is 12 the number of openings for forklift operator?", "needs[0].openings", ("12", "not said")),
        ),
    )
    result, message_id = arrive(db, Mail(said))
    assert result == "draft"
    with db.begin() as session:
        referral = session.get_one(Referral, session.get_one(InboundMessage, message_id).referral_id)
        lead, count = referral.questions
        drafts.confirm(session, referral.id, "Rosa", {lead.id: "no", count.id: "not said"})
        assert [(need.title, need.openings) for need in referral.needs] == [("forklift operator", None)]
        assert referral.status == "introduced"
