"""A list of people that comes as a mail of its own finds its talent call by the job, or a coordinator is asked."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from sqlalchemy import func, select

from service import calls, corrections
from service.db import Database
from service.models import InboundMessage, Question, Referral, Submission
from tests.service.call_mails import called, csv_of, file, take_in
from tests.service.conftest import TRACKER
from tests.service.post import introduction, raw

COLLEGE, VETERANS = "Northfield College", "Harbor Veterans Desk"
LIST = file("call_list_of_its_own.txt")


@pytest.fixture
def referral_id(db: Database) -> int:
    assert take_in(db, introduction(12)) == "referral"
    with db.read() as session:
        return session.scalars(select(Referral.id)).one()


def new_mail(subject: str, text: str = LIST, csv: bytes = b"") -> bytes:
    """No reply: nothing of the letter is in it."""
    plain = raw(text, sender="Vera Moss <vera@harborvets.example>", to=TRACKER, cc="", subject=subject)
    if not csv:
        return plain
    mail = message_from_bytes(plain, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    mail.add_attachment(csv, maintype="text", subtype="csv", filename="people.csv")
    return mail.as_bytes()


def sent(db: Database, call_id: int) -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).where(Submission.call_id == call_id)) or 0


def question(db: Database) -> Question:
    with db.read() as session:
        return session.scalars(select(Question).where(Question.settled_at.is_(None))).one()


def test_a_subject_that_names_the_job_is_enough(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [VETERANS])
    assert take_in(db, new_mail("Forklift operators")) == "update"
    assert sent(db, call_id) == 3


def test_so_is_a_file_under_a_line_that_names_it(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [VETERANS])
    rows = [
        ("Name", "Phone", "Release"),
        ("Marta Quill", "312-555-0111", "signed"),
        ("Jonah Pell", "312-555-0112", "no"),
    ]
    words = "Hello Rosa,\n\nattached are two candidates for the forklift operator openings.\n\nVera Moss\n"
    assert take_in(db, new_mail("Our people", words, csv=csv_of(rows))) == "update"
    assert sent(db, call_id) == 2


def test_a_list_that_names_no_job_is_asked_about_and_a_click_puts_it_there(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [VETERANS])
    assert take_in(db, new_mail("Our people")) == "draft"
    assert sent(db, call_id) == 0
    asked = question(db)
    assert "lists 3 people" in asked.words
    with db.begin() as session:
        corrections.answer_question(session, asked.id, asked.answers[0], "Rosa")
    assert sent(db, call_id) == 3


def test_two_calls_for_one_job_are_not_guessed_between(db: Database, referral_id: int) -> None:
    first = called(db, referral_id, [VETERANS])
    assert take_in(db, introduction(13)) == "referral"
    with db.read() as session:
        other = session.scalars(select(Referral.id).where(Referral.id != referral_id)).one()
    second = called(db, other, [VETERANS])
    assert take_in(db, new_mail("Forklift operators")) == "draft"
    asked = question(db)
    with db.begin() as session:
        answer = next(one for one in asked.answers if one.startswith(f"call {first}:"))
        corrections.answer_question(session, asked.id, answer, "Rosa")
    assert (sent(db, first), sent(db, second)) == (3, 0)


def test_an_answer_that_names_no_call_is_refused(db: Database, referral_id: int) -> None:
    called(db, referral_id, [VETERANS])
    take_in(db, new_mail("Our people"))
    with pytest.raises(ValueError, match="Choose one of the calls"), db.begin() as session:
        corrections.answer_question(session, question(db).id, "perhaps", "Rosa")


def test_none_of_these_reads_it_as_a_mail_of_its_own(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [VETERANS])
    mail = new_mail("Our people")
    take_in(db, mail)
    asked = question(db)
    with db.begin() as session:
        corrections.answer_question(session, asked.id, "none of these", "Rosa")
    take_in(db, mail)
    with db.read() as session:
        message = session.get_one(InboundMessage, int(asked.field.partition(":")[2]))
        assert message.rule != "a list for a talent call"
        assert message.referral_id != referral_id
    assert sent(db, call_id) == 0


@pytest.mark.parametrize("closed", [True, False])
def test_who_was_not_asked_or_whose_call_is_closed_sends_candidates_as_ever(
    db: Database, referral_id: int, closed: bool
) -> None:
    call_id = called(db, referral_id, [VETERANS if closed else COLLEGE])
    if closed:
        with db.begin() as session:
            calls.close(session, call_id, "Rosa")
    take_in(db, new_mail("Forklift operators"))
    with db.read() as session:
        rules = [row.rule for row in session.scalars(select(InboundMessage).order_by(InboundMessage.id))]
        assert rules[-1] != "a list for a talent call"
    assert sent(db, call_id) == 0


def test_people_for_another_employer_are_asked_about(db: Database, referral_id: int) -> None:
    call_id = called(db, referral_id, [VETERANS])
    words = LIST.replace(
        "here are our people:", "for Bramble Hill Bakery we have three people, forklift operators all:"
    )
    assert take_in(db, new_mail("Candidates for Bramble Hill Bakery", words)) == "draft"
    assert sent(db, call_id) == 0
