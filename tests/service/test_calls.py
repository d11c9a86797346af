"""Talent calls (S9): letters to chosen partners, lists back by reply, table and file, nobody, late, reminders."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from service import call_answers, calls, consent, corrections, identities, placements
from service.db import Database, settings_of
from service.models import (
    CallAsk,
    Candidate,
    Event,
    Need,
    Organisation,
    OutboundLetter,
    Pair,
    Party,
    Question,
    Referral,
    Submission,
    TalentCall,
    utcnow,
)
from service.visibility import agreed
from tests.service.call_mails import called, csv_of, file, letter_of, reply, take_in
from tests.service.post import introduction

COLLEGE, VETERANS, COUNCIL = "Northfield College", "Harbor Veterans Desk", "Lakeside Jobs Council"


@pytest.fixture
def referral_id(db: Database) -> int:
    """Lakeside introduces an employer who needs forklift operators; nobody but the college stands on the mail."""
    assert take_in(db, introduction(12)) == "referral"
    with db.read() as session:
        return session.scalars(select(Referral.id)).one()


def people(db: Database, call_id: int) -> dict[str, Submission]:
    with db.read() as session:
        rows = session.scalars(select(Submission).where(Submission.call_id == call_id)).all()
        return {row.candidate.name: row for row in rows if row.organisation or not row.organisation}


def ask(db: Database, call_id: int, name: str) -> CallAsk:
    with db.read() as session:
        found = session.scalar(
            select(CallAsk).join(Organisation).where(CallAsk.call_id == call_id, Organisation.name == name)
        )
        assert found is not None
        assert found.call
        return found


def test_each_partner_gets_a_letter_of_its_own_with_need_deadline_and_link(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [COLLEGE, VETERANS])
    letter = letter_of(db, call_id, VETERANS)
    with db.read() as session:
        assert session.scalar(select(func.count()).where(OutboundLetter.kind == "talent_call")) == 2
        call = session.get_one(TalentCall, call_id)
        assert call.deadline > utcnow()
        assert f"Lists are taken until {call.deadline:%A}" in letter.text or "Lists are taken until" in letter.text
    assert "forklift operator" in letter.text
    assert "/answer/" in letter.text
    assert "1 other partner is asked too" in letter.text
    assert "pia@" not in letter.text  # the employer's contact is the referrer's


def test_a_list_in_a_plain_reply_becomes_candidates_of_who_was_asked(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [COLLEGE, VETERANS])
    assert take_in(db, reply(letter_of(db, call_id, VETERANS), file("call_list_plain.txt"))) == "update"
    found = people(db, call_id)
    assert set(found) == {"Marta Quill", "Jonah Pell", "Sade Omoru"}
    assert {row.organisation_id for row in found.values()} == {ask(db, call_id, VETERANS).organisation_id}
    assert {(row.status, row.consent) for row in found.values()} == {("consented", "signed")}
    assert found["Marta Quill"].candidate.phones == ["+13125550111"]
    assert found["Marta Quill"].candidate.consent == "none"  # by mail only for this need; the record is a person's
    assert ask(db, call_id, VETERANS).state == "listed"
    assert ask(db, call_id, COLLEGE).state == "asked"


def test_a_table_says_for_each_person_what_is_signed(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [VETERANS])
    take_in(db, reply(letter_of(db, call_id, VETERANS), file("call_list_table.txt")))
    found = people(db, call_id)
    assert {name: (row.status, row.consent) for name, row in found.items()} == {
        "Anya Dorsey": ("consented", "signed"),
        "Beto Lamar": ("proposed", "none"),
    }
    assert found["Beto Lamar"].candidate.work == ["forklift operator"]


def test_an_attached_csv_is_a_list_too(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [VETERANS])
    rows = [("First name", "Last name", "Phone", "Consent"), ("Nia", "Stroud", "312-555-0131", "yes")]
    rows += [("Omar", "Teller", "312-555-0132", "")]
    take_in(db, reply(letter_of(db, call_id, VETERANS), "List attached.", attached=[("people.csv", csv_of(rows))]))
    found = people(db, call_id)
    assert {name: (row.consent, row.candidate.phones) for name, row in found.items()} == {
        "Nia Stroud": ("verbal", ["+13125550131"]),
        "Omar Teller": ("none", ["+13125550132"]),
    }


def test_nobody_this_time_is_an_answer_and_changes_no_referral(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [COLLEGE, VETERANS])
    take_in(db, reply(letter_of(db, call_id, VETERANS), "Sorry, we have nobody for this one right now.\n\nSam"))
    answered = ask(db, call_id, VETERANS)
    assert (answered.state, answered.remind_at) == ("nobody", None)
    with db.read() as session:
        assert session.get_one(Referral, referral_id).status == "introduced"
        assert session.scalar(select(func.count()).where(Party.organisation_id == answered.organisation_id)) == 0


def test_a_word_is_a_note_and_the_reminders_go_on(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [VETERANS])
    take_in(db, reply(letter_of(db, call_id, VETERANS), "Thanks, I will send names by Thursday.\n\nSam"))
    assert ask(db, call_id, VETERANS).state == "asked"
    assert ask(db, call_id, VETERANS).remind_at is not None
    with db.read() as session:
        assert session.scalar(select(func.count()).where(Event.kind == "call_word")) == 1
        assert session.scalars(select(Submission)).all() == []


def test_one_organisations_double_is_one_person_two_organisations_stay_two(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [COLLEGE, VETERANS])
    line = "Marta Quill, 312-555-0111, marta.quill@mail.example"
    take_in(db, reply(letter_of(db, call_id, VETERANS), f"{line}\n"))
    take_in(db, reply(letter_of(db, call_id, VETERANS), f"Once more:\n\n{line}\nJonah Pell, 312-555-0112\n"))
    take_in(db, reply(letter_of(db, call_id, COLLEGE), f"{line}\n"))
    with db.read() as session:
        rows = session.scalars(select(Submission).where(Submission.call_id == call_id).order_by(Submission.id)).all()
        named = [(row.candidate.name, row.organisation.name if row.organisation else "") for row in rows]
        assert named == [("Marta Quill", VETERANS), ("Jonah Pell", VETERANS), ("Marta Quill", COLLEGE)]
        pair = session.scalars(select(Pair)).one()  # for the hub to decide; nobody joined them
        assert pair.decision == ""
        assert session.scalar(select(func.count()).where(Candidate.merged_into_id.is_not(None))) == 0


def test_a_late_list_is_taken_and_marked(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [VETERANS])
    with db.begin() as session:
        session.get_one(TalentCall, call_id).deadline = utcnow() - timedelta(hours=1)
    take_in(db, reply(letter_of(db, call_id, VETERANS), file("call_list_plain.txt")))
    assert ask(db, call_id, VETERANS).late
    assert len(people(db, call_id)) == 3
    with db.read() as session:
        assert ", late" in session.scalars(select(Event.words).where(Event.kind == "call_answered")).one()


def test_reminders_come_half_way_and_a_day_before_and_stop_with_the_answer(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [COLLEGE, VETERANS], days=10)
    with db.read() as session:
        call = session.get_one(TalentCall, call_id)
        deadline = call.deadline
    take_in(db, reply(letter_of(db, call_id, COLLEGE), "Nobody this time."))
    sent = []
    now = utcnow()
    while now < deadline + timedelta(days=2):
        with db.begin() as session:
            calls.remind(session, now)
            count = session.scalar(select(func.count()).where(OutboundLetter.kind == "call_reminder")) or 0
        sent.append(count)
        now += timedelta(hours=6)
    assert sent[-1] == 2
    assert letter_of(db, call_id, VETERANS, "call_reminder").recipient == "harbor@harborvets.example"
    with db.read() as session:
        zone = settings_of(session).zone
        first = calls.next_reminder(session.get_one(TalentCall, call_id), utcnow() - timedelta(minutes=1), zone)
    assert first is not None
    assert first.astimezone(zone).weekday() < 5
    assert now - timedelta(days=14) < first < deadline - timedelta(days=1)


def test_who_is_away_is_not_reminded_and_the_needs_own_clock_goes_on(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [VETERANS])
    with db.read() as session:
        due = session.get_one(Referral, referral_id).due
    content = reply(letter_of(db, call_id, VETERANS), "I am out of the office until Monday.")
    assert take_in(db, b"Auto-Submitted: auto-replied\r\n" + content) == "not_a_referral"
    away = ask(db, call_id, VETERANS)
    assert (away.away, away.remind_at) == (True, None)
    with db.read() as session:
        assert session.get_one(Referral, referral_id).due == due


def test_closing_cancels_letters_that_wait_and_can_be_taken_back(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [VETERANS])
    with db.begin() as session:
        calls.close(session, call_id, "Rosa")
    assert ask(db, call_id, VETERANS).remind_at is None
    assert letter_of(db, call_id, VETERANS).state == "cancelled"
    with db.begin() as session:
        with pytest.raises(calls.WrongCall):
            calls.close(session, call_id, "Rosa")
        calls.reopen(session, call_id, "Rosa")
    assert ask(db, call_id, VETERANS).remind_at is not None


def test_a_forwarded_call_answered_by_another_organisation_waits_for_a_person(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [VETERANS])
    answer = reply(
        letter_of(db, call_id, VETERANS), file("call_list_plain.txt"), sender="Ivo Brandt <ivo@northfield.example>"
    )
    assert take_in(db, answer) == "draft"
    assert people(db, call_id) == {}
    with db.read() as session:
        assert "went to somebody else" in session.scalars(select(Question.words)).one()


def test_an_unknown_address_counts_for_who_was_asked_once_a_coordinator_believes_it(
    db: Database, referral_id: int
) -> None:
    call_id = called(db, referral_id, [VETERANS])
    answer = reply(
        letter_of(db, call_id, VETERANS), file("call_list_plain.txt"), sender="Sam Pike <sampike@gmail.example>"
    )
    assert take_in(db, answer) == "draft"
    assert people(db, call_id) == {}
    with db.begin() as session:
        question = session.scalars(select(Question)).one()
        corrections.answer_question(session, question.id, "yes", "Rosa")
    assert len(people(db, call_id)) == 3
    assert {row.organisation_id for row in people(db, call_id).values()} == {ask(db, call_id, VETERANS).organisation_id}


def test_what_an_asked_partner_says_of_the_referral_changes_nothing_there(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [VETERANS])
    take_in(db, reply(letter_of(db, call_id, VETERANS), "Yes, we take this one and accept.\n\nSam"))
    with db.read() as session:
        assert session.get_one(Referral, referral_id).status == "introduced"


def test_a_partner_reports_the_hire_of_its_own_people_alone(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [COLLEGE, VETERANS])
    take_in(db, reply(letter_of(db, call_id, VETERANS), "Jonah Pell, 312-555-0112\n"))
    take_in(db, reply(letter_of(db, call_id, COLLEGE), "Marta Quill, 312-555-0111\n"))
    take_in(
        db,
        reply(
            letter_of(db, call_id, VETERANS), "Jonah Pell was hired, he starts on Monday. Marta Quill was hired too."
        ),
    )
    found = people(db, call_id)
    assert (found["Jonah Pell"].status, found["Marta Quill"].status) == ("hired", "proposed")
    with db.read() as session:
        assert "whom they did not send" in session.scalars(select(Question.words)).one()


def test_hired_and_not_selected_are_told_to_who_sent_the_person(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [VETERANS])
    take_in(db, reply(letter_of(db, call_id, VETERANS), "Jonah Pell, 312-555-0112\nMarta Quill, 312-555-0111\n"))
    with db.read() as session:
        need = session.scalars(select(Need).where(Need.referral_id == referral_id)).one()
        openings = need.openings or 0
    first = introduction(12).decode().split("Message-ID: ")[1].split("\n")[0]
    assert first
    with db.begin() as session:
        for row in session.scalars(select(Submission).where(Submission.call_id == call_id)).all():
            from service import candidacies

            status = "hired" if row.candidate.name == "Jonah Pell" else "not_selected"
            candidacies.step(session, row, status, "Rosa Lind")
    letter = letter_of(db, call_id, VETERANS, "candidate_news")
    assert "Jonah Pell: hired" in letter.text
    assert "Marta Quill: not selected" in letter.text
    with db.read() as session:
        assert session.get_one(Need, need.id).left == openings - 1


def test_consent_taken_back_masks_at_once(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [VETERANS])
    take_in(db, reply(letter_of(db, call_id, VETERANS), file("call_list_plain.txt")))
    row = people(db, call_id)["Marta Quill"]
    with db.begin() as session:
        consent.record(session, row.candidate_id, "none", "Sam")
    with db.read() as session:
        after = session.get_one(Submission, row.id)
        assert (agreed(after), after.status) == (False, "proposed")


def test_a_merge_of_two_organisations_people_keeps_both_submissions(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [COLLEGE, VETERANS])
    line = "Marta Quill, 312-555-0111, marta.quill@mail.example\n"
    for name in (VETERANS, COLLEGE):
        take_in(db, reply(letter_of(db, call_id, name), line))
    with db.begin() as session:
        identities.decide(session, session.scalars(select(Pair.id)).one(), "same", "Rosa")
    with db.read() as session:
        rows = session.scalars(select(Submission).where(Submission.call_id == call_id).order_by(Submission.at)).all()
        assert [row.organisation.name for row in rows if row.organisation] == [VETERANS, COLLEGE]
        assert session.scalar(select(func.count()).select_from(placements.Placement)) == 0  # first gives no claim


def test_a_call_needs_partners_words_and_a_day_to_come(db: Database, referral_id: int) -> None:
    with db.begin() as session:
        need = session.scalars(select(Need).where(Need.referral_id == referral_id)).one()
        draft = calls.draft(session, need, 5, "Rosa", "")
        for wrong in (
            calls.Draft(draft.subject, draft.words, draft.deadline, {}),
            calls.Draft(draft.subject, " ", draft.deadline, {1: "a@b.example"}),
            calls.Draft(draft.subject, draft.words, draft.deadline - timedelta(days=30), {1: "a@b.example"}),
            calls.Draft(draft.subject, draft.words, draft.deadline + timedelta(days=300), {1: "a@b.example"}),
        ):
            with pytest.raises(calls.WrongCall):
                calls.open_call(session, need.id, wrong, "Rosa")


HOSTILE = """<script>alert(1)</script> Name | Phone | Release
=cmd|' /C calc'!A0 Quill | 312-555-0111 | signed
"""


def test_a_hostile_list_is_bounded_and_speaks_for_nobody_else(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [VETERANS])
    rows = [("Name", "Phone", "Organisation")] + [(f"Alba Person{'x' * 300}", "", COLLEGE)] * 3
    rows += [(f"{given} {family}", "312-555-0140", COLLEGE) for given in NAMES for family in FAMILIES]
    content = reply(
        letter_of(db, call_id, VETERANS), HOSTILE, attached=[("p.csv", csv_of(rows)), ("x.xlsx", b"PK\3\4")]
    )
    assert take_in(db, content) == "update"
    found = people(db, call_id)
    assert 0 < len(found) <= call_answers.MOST_PEOPLE
    assert {row.organisation_id for row in found.values()} == {ask(db, call_id, VETERANS).organisation_id}
    assert all(len(name) <= 200 for name in found)


NAMES = ("Alba", "Boris", "Carla", "Dario", "Elena", "Felix", "Greta", "Hugo", "Irena", "Jonas", "Klara", "Luis")
FAMILIES = ("Abel", "Brandt", "Castro", "Duarte", "Ebert", "Flores", "Gomez", "Huber", "Ivers", "Jansen", "Keller")
