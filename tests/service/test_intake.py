"""A mail that was read becomes records, once, as far as its sender may be believed."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from mail.values import (
    Ask,
    Candidate,
    Contact,
    Employer,
    Hired,
    Introduction,
    Need,
    OpeningsLeft,
    Status,
)
from service import corrections, models
from service.db import Database
from tests.service.conftest import TRACKER, settings_for
from tests.service.said import FORGED, UNPROVEN, Mail, arrive

FORKLIFT = Introduction(
    kind="introduction",
    referring_org="Lakeside Jobs Council",
    receiving_orgs=("Northfield College",),
    employer=Employer("Quarry Street Cold Storage"),
    contacts=(Contact("Pia Lund", "Dock manager", "Quarry Street Cold Storage", "pia@quarrycold.example"),),
    needs=(Need("forklift operator", openings=12, wage_min=21.0, wage_max=23.0, wage_unit="hour"),),
)


def count(db: Database, model: type) -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def the_referral(db: Database) -> models.Referral:
    with db.read() as session:
        referral = session.scalars(select(models.Referral).order_by(models.Referral.id)).first()
        assert referral is not None
        _ = [(need.title, need.left) for need in referral.needs]
        _ = [(party.role, party.organisation.name) for party in referral.parties]
        _ = [question.words for question in referral.questions], [event.kind for event in referral.events]
        _ = referral.employer and [contact.email for contact in referral.employer.contacts]
        return referral


def test_an_introduction_becomes_a_referral_and_a_letter(db: Database) -> None:
    result, _ = arrive(db, Mail(FORKLIFT))
    referral = the_referral(db)
    assert result == "referral"
    assert referral.status == "introduced"
    assert referral.party_names("referring") == ["Lakeside Jobs Council"]
    assert referral.party_names("receiving") == ["Northfield College"]
    assert [(need.title, need.left, need.occupation_code) for need in referral.needs] == [
        ("forklift operator", 12, "53-7051")
    ]
    assert referral.employer and referral.employer.contacts[0].email == "pia@quarrycold.example"
    with db.read() as session:
        letters = session.scalars(select(models.OutboundLetter)).all()
    assert [(letter.kind, letter.recipient) for letter in letters] == [("receipt", "dora@lakesidejobs.example")]


def test_only_the_first_mail_of_a_person_gets_a_receipt(sqlite_db: Database) -> None:
    arrive(sqlite_db, Mail(FORKLIFT))
    other = replace(FORKLIFT, employer=Employer("Vesper Paper Mill"), contacts=(), needs=(Need("baler"),))
    arrive(sqlite_db, Mail(other))
    assert count(sqlite_db, models.OutboundLetter) == 1


def test_a_reply_in_the_thread_is_told_to_those_who_were_not_on_it(db: Database) -> None:
    first = Mail(FORKLIFT)
    arrive(db, first)
    accepted = Introduction(kind="status_update", sender_org="Northfield College", status=Status("accepted"))
    reply = Mail(
        accepted,
        sender="Ivo Brandt <ivo@northfield.example>",
        to=("Pia Lund <pia@quarrycold.example>",),
        text="Ivo here. We take all twelve.",
        answers=first.message_id,
    )
    result, _ = arrive(db, reply)
    with db.read() as session:
        news = session.scalars(select(models.OutboundLetter).where(models.OutboundLetter.kind == "news")).all()
    assert (result, the_referral(db).status) == ("update", "accepted")
    assert [letter.recipient for letter in news] == ["dora@lakesidejobs.example"]


def test_a_guessed_step_is_asked_about_before_it_counts(sqlite_db: Database) -> None:
    first = Mail(FORKLIFT)
    arrive(sqlite_db, first)
    guessed = Status("declined", "no_capacity", guessed=True)
    perhaps = Introduction(kind="status_update", sender_org="Northfield College", status=guessed)
    arrive(sqlite_db, Mail(perhaps, "Ivo Brandt <ivo@northfield.example>", answers=first.message_id))
    referral = the_referral(sqlite_db)
    assert referral.status == "acknowledged"
    assert any("seems to write that it is declined" in question.words for question in referral.questions)


def test_nobody_is_told_what_they_already_received(sqlite_db: Database) -> None:
    first = Mail(FORKLIFT)
    arrive(sqlite_db, first)
    accepted = Introduction(kind="status_update", sender_org="Northfield College", status=Status("accepted"))
    to_all = ("Dora Hale <dora@lakesidejobs.example>", "Pia Lund <pia@quarrycold.example>")
    arrive(sqlite_db, Mail(accepted, "Ivo Brandt <ivo@northfield.example>", to_all, answers=first.message_id))
    with sqlite_db.read() as session:
        kinds = session.scalars(select(models.OutboundLetter.kind)).all()
    assert list(kinds) == ["receipt"]


def test_the_same_mail_by_two_routes_is_one_effect(db: Database) -> None:
    mail = Mail(FORKLIFT)
    results = [arrive(db, mail)[0] for _ in range(3)]
    assert results == ["referral", "duplicate", "duplicate"]
    assert (count(db, models.Referral), count(db, models.InboundMessage)) == (1, 3)


def test_ten_different_mails_with_one_message_id_are_ten(sqlite_db: Database) -> None:
    for number in range(10):
        said = replace(FORKLIFT, employer=Employer(f"{chr(65 + number)}lder {chr(90 - number)}inc Works"), contacts=())
        arrive(sqlite_db, Mail(said, subject=f"Introduction {number}", message_id="<same@mail.example>"))
    assert count(sqlite_db, models.Referral) == 10


def test_the_same_introduction_by_another_organisation_joins_it(db: Database) -> None:
    arrive(db, Mail(FORKLIFT))
    again = replace(
        FORKLIFT, referring_org="Harbor Veterans Desk", employer=Employer("Quarry Street Cold Storage, Inc.")
    )
    result, _ = arrive(db, Mail(again, "Abe Noll <abe@harborvets.example>", date="2026-11-04T10:00:00-06:00"))
    referral = the_referral(db)
    assert (result, count(db, models.Referral), count(db, models.Employer)) == ("update", 1, 1)
    assert set(referral.party_names("referring")) == {"Lakeside Jobs Council", "Harbor Veterans Desk"}
    assert [(need.title, need.openings) for need in referral.needs] == [("forklift operator", 12)]


def test_what_is_unsure_is_a_draft_with_a_question(sqlite_db: Database) -> None:
    unsure = replace(FORKLIFT, asks=(Ask("Is the employer Quarry Street?", "employer.name", ("Quarry Street",)),))
    result, _ = arrive(sqlite_db, Mail(unsure))
    referral = the_referral(sqlite_db)
    assert (result, referral.status) == ("draft", "draft")
    assert [question.answers for question in referral.questions] == [["Quarry Street"]]


@pytest.mark.parametrize(("evidence", "becomes"), [(FORGED, "quarantined"), (UNPROVEN, "draft")])
def test_a_sender_without_proof_makes_no_referral(db: Database, evidence: object, becomes: str) -> None:
    result, _ = arrive(db, Mail(FORKLIFT), evidence)  # ty: ignore[invalid-argument-type]
    assert result == becomes
    assert count(db, models.OutboundLetter) == 0


def test_an_unproven_stranger_waits_in_quarantine(sqlite_db: Database) -> None:
    result, _ = arrive(sqlite_db, Mail(FORKLIFT, "Max Void <max@elsewhere.example>"), UNPROVEN)
    assert (result, count(sqlite_db, models.Referral)) == ("quarantined", 0)


def test_a_proven_stranger_is_a_draft_that_asks_to_welcome_them(sqlite_db: Database) -> None:
    result, _ = arrive(sqlite_db, Mail(FORKLIFT, "Eve Kerr <eve@newcomer.example>"))
    assert result == "draft"
    assert any(question.field == "sender" for question in the_referral(sqlite_db).questions)


def test_the_employer_on_the_thread_may_report_a_hire(db: Database) -> None:
    first = Mail(FORKLIFT, to=("Ivo Brandt <ivo@northfield.example>", "Pia Lund <pia@quarrycold.example>"))
    arrive(db, first)
    hired = Introduction(
        kind="status_update",
        employer=Employer("Quarry Street Cold Storage"),
        status=Status(
            hired=(Hired("Nora Feld", "forklift operator", "2026-11-16", 21.5),),
            openings_left=(OpeningsLeft("forklift operator", 11),),
        ),
    )
    reply = Mail(hired, "Pia Lund <pia@quarrycold.example>", ("Ivo Brandt <ivo@northfield.example>",))
    reply.answers = first.message_id
    result, message_id = arrive(db, reply)
    with db.read() as session:
        placement = session.scalars(select(models.Placement)).one()
        credits = {(credit.organisation.name, credit.role) for credit in placement.credits}
        trust = session.get_one(models.InboundMessage, message_id).trust
    referral = the_referral(db)
    assert (result, trust, placement.status) == ("update", "T2", "hire_reported")
    assert referral.status == "in_progress"
    assert [need.left for need in referral.needs] == [11]
    assert credits == {("Northfield College", "sent_candidate"), ("Lakeside Jobs Council", "opened_employer")}


def test_an_employer_that_is_on_no_thread_reports_nothing(sqlite_db: Database) -> None:
    arrive(sqlite_db, Mail(FORKLIFT))
    hired = Introduction(kind="status_update", status=Status(hired=(Hired("Nora Feld"),)))
    result, _ = arrive(sqlite_db, Mail(hired, "Gus Pell <gus@elsewhere.example>"))
    assert (result, count(sqlite_db, models.Placement)) == ("draft", 0)


def test_candidates_belong_to_who_sent_them(sqlite_db: Database) -> None:
    first = Mail(FORKLIFT)
    arrive(sqlite_db, first)
    listed = Introduction(
        kind="candidate_referral",
        referring_org="Northfield College",
        receiving_orgs=("Lakeside Jobs Council",),
        candidates=(
            Candidate("Nora Feld", "nora@inbox.example", ("+13125550101",), "Northfield College"),
            Candidate("Tomas Reyes", "", ("+13125550102",), "Northfield College"),
        ),
    )
    mail = Mail(listed, "Ivo Brandt <ivo@northfield.example>", ("Dora Hale <dora@lakesidejobs.example>",))
    mail.answers = first.message_id
    arrive(sqlite_db, mail)
    with sqlite_db.read() as session:
        rows = session.scalars(select(models.Submission)).all()
        sent = {(row.candidate.name, row.organisation.name, row.status) for row in rows if row.organisation}
    assert sent == {
        ("Nora Feld", "Northfield College", "proposed"),
        ("Tomas Reyes", "Northfield College", "proposed"),
    }
    assert the_referral(sqlite_db).status == "acknowledged"


def test_candidates_of_two_organisations_never_join_by_themselves(db: Database) -> None:
    first = Mail(FORKLIFT)
    arrive(db, first)
    for sender, org in (
        ("Ivo Brandt <ivo@northfield.example>", "Northfield College"),
        ("Abe Noll <abe@harborvets.example>", "Harbor Veterans Desk"),
    ):
        listed = Introduction(
            kind="candidate_referral",
            referring_org=org,
            candidates=(Candidate("Nora Feld", "nora@inbox.example", ("+13125550101",), org),),
        )
        arrive(db, Mail(listed, sender, ("Dora Hale <dora@lakesidejobs.example>",), answers=first.message_id))
    with db.read() as session:
        pair = session.scalars(select(models.Pair).where(models.Pair.kind == "candidate")).one()
    assert count(db, models.Candidate) == 2
    assert (pair.decision, pair.probability > 0.9) == ("", True)


def test_a_bcc_is_seen_by_the_senders_organisation_only(sqlite_db: Database) -> None:
    arrive(sqlite_db, Mail(FORKLIFT, cc=()))
    assert the_referral(sqlite_db).private


def test_old_mail_makes_records_but_no_letters(sqlite_db: Database) -> None:
    result, _ = arrive(sqlite_db, Mail(FORKLIFT), tell=False)
    assert (result, count(sqlite_db, models.OutboundLetter)) == ("referral", 0)


@pytest.mark.parametrize("kind", ["auto_reply", "bounce", "other"])
def test_what_is_no_introduction_changes_nothing_but_the_clock(sqlite_db: Database, kind: str) -> None:
    first = Mail(FORKLIFT)
    arrive(sqlite_db, first)
    before = count(sqlite_db, models.OutboundLetter)
    result, _ = arrive(sqlite_db, Mail(Introduction(kind=kind), answers=first.message_id))
    assert (result, the_referral(sqlite_db).status) == ("not_a_referral", "introduced")
    assert count(sqlite_db, models.OutboundLetter) == before


def test_the_tracker_never_answers_itself(sqlite_db: Database) -> None:
    result, _ = arrive(sqlite_db, Mail(FORKLIFT, f"Loopin <{TRACKER}>"))
    assert (result, count(sqlite_db, models.OutboundLetter)) == ("not_a_referral", 0)


def test_a_need_that_nobody_was_asked_for_gets_suggestions(sqlite_db: Database) -> None:
    request = replace(FORKLIFT, kind="request", receiving_orgs=())
    arrive(sqlite_db, Mail(request, to=(TRACKER,), cc=()))
    with sqlite_db.read() as session:
        best = session.scalars(select(models.Suggestion).order_by(models.Suggestion.rank)).first()
        assert best is not None
        assert best.organisation.name == "Northfield College"
        assert best.why


def test_a_word_from_somebody_beside_the_thread_counts_after_a_click(sqlite_db: Database) -> None:
    first = Mail(FORKLIFT)
    arrive(sqlite_db, first)
    accepted = Introduction(kind="status_update", status=Status("accepted"))
    result, _ = arrive(sqlite_db, Mail(accepted, "Gus Pell <gus@elsewhere.example>", answers=first.message_id))
    assert (result, the_referral(sqlite_db).status) == ("draft", "introduced")
    with sqlite_db.begin() as session:
        question = session.scalars(select(models.Question)).one()
        corrections.answer_question(session, question.id, "yes", "Rosa")
    assert the_referral(sqlite_db).status == "accepted"
    with pytest.raises(LookupError), sqlite_db.begin() as session:
        corrections.answer_question(session, question.id, "yes", "Rosa")


def test_a_forged_mail_is_seen_by_a_person_whatever_it_says(sqlite_db: Database) -> None:
    result, message_id = arrive(sqlite_db, Mail(Introduction(kind="other")), FORGED)
    with sqlite_db.read() as session:
        message = session.get_one(models.InboundMessage, message_id)
    assert (result, message.state, message.rule, message.error) == (
        "quarantined",
        "quarantined",
        "a forged sender",
        "dmarc=fail",
    )


def test_a_flood_from_one_sender_waits_in_quarantine_and_is_not_lost(sqlite_db: Database) -> None:
    flooded = settings_for(sqlite_db.url, mails_an_hour=3)
    sqlite_db.info["settings"] = flooded
    results = [arrive(sqlite_db, Mail(replace(FORKLIFT, employer=Employer(f"Works {n}"))))[0] for n in range(5)]
    assert results[3:] == ["quarantined", "quarantined"]
    assert count(sqlite_db, models.InboundMessage) == 5
