"""The demo: a story that is always a week old, told by mails that name nobody real."""

import re
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from mail.directory import Directory
from mail.message import parse_message
from mail.values import UnreadableMessage
from service import demo_database
from service.db import Database
from service.demo import directory, mails, past, story_days
from service.models import Submission, TalentCall
from terms.kinds import PartnerKind, Population
from tests.service.call_mails import take_in
from tests.service.conftest import settings_for

NOW = datetime(2026, 3, 4, 6, 15, tzinfo=ZoneInfo("America/Chicago"))
ADDRESS = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
PHONE = re.compile(r"\b\d{3}\D{1,2}\d{3}\D\d{4}\b")


@pytest.fixture(scope="module")
def story() -> dict[str, Message]:
    return {mail.name: message_from_bytes(mail.content) for mail in mails(NOW)}


def test_the_directory_is_one() -> None:
    known = Directory.from_json(directory())
    assert len(known.partners) >= 10
    assert {partner.kind for partner in known.partners} <= set(PartnerKind)
    populations = {p for partner in directory()["partners"] for s in partner["services"] for p in s["populations"]}
    assert populations <= set(Population)


def test_the_story_is_told_in_order_and_is_past(story: dict[str, Message]) -> None:
    told = [parsedate_to_datetime(message["Date"]) for message in story.values()]
    assert len(story) >= 24
    assert told == sorted(told)
    assert told[-1] < NOW
    assert (NOW - told[0]).days < 12


def test_every_moment_is_written_out() -> None:
    for mail in (*past(NOW), *mails(NOW)):
        assert b"{{" not in mail.content, mail.name
        assert b"\r\n" in mail.content and not re.search(rb"[^\r]\n", mail.content), mail.name


def test_an_answer_answers_a_mail_of_the_story(story: dict[str, Message]) -> None:
    ids = [message["Message-ID"] for message in story.values()]
    assert len(set(ids)) == len(ids)
    answered = {message["In-Reply-To"] for message in story.values()} - {None}
    assert len(answered & set(ids)) >= 6


def test_all_but_one_can_be_read() -> None:
    unreadable = []
    for mail in mails(NOW):
        try:
            parse_message(mail.content)
        except UnreadableMessage:
            unreadable.append(mail.name)
    assert unreadable == ["22_wrapped_in_itself"]


def test_nobody_is_real() -> None:
    for mail in (*past(NOW), *mails(NOW)):
        text = mail.content.decode()
        assert {domain.rpartition(".")[2] for domain in ADDRESS.findall(text)} <= {"example"}, mail.name
        assert all(re.search(r"555\D01\d\d", phone) for phone in PHONE.findall(text)), mail.name


def test_the_tracker_can_be_found_on_every_mail(story: dict[str, Message]) -> None:
    tracker = directory()["tracker"][0]
    for name, message in story.items():
        assert tracker in str(message["Delivered-To"]) + str(message["To"]), name


def test_one_sender_does_not_pass(story: dict[str, Message]) -> None:
    failed = [name for name, message in story.items() if "dmarc=fail" in str(message["Authentication-Results"])]
    assert failed == ["29_not_who_it_says"]


def test_the_past_lies_before_the_story_on_working_days_and_its_answers_answer_it(story: dict[str, Message]) -> None:
    before = [message_from_bytes(mail.content) for mail in past(NOW)]
    told = [parsedate_to_datetime(message["Date"]) for message in before]
    assert told == sorted(told)
    assert told[-1] < parsedate_to_datetime(next(iter(story.values()))["Date"])
    assert all(moment.weekday() < 5 for moment in told)
    ids = [message["Message-ID"] for message in before]
    assert len(set(ids)) == len(ids) > 30
    assert {message["In-Reply-To"] for message in before} - {None} <= set(ids)


@given(st.dates(date(2024, 1, 1), date(2040, 1, 1)))
def test_the_story_has_six_working_days_that_end_before_today(today: date) -> None:
    days = story_days(today)
    assert len(days) == 6
    assert all(day.weekday() < 5 for day in days)
    assert days[-1] < today
    assert (today - days[0]).days <= 10


def test_a_mail_is_dated_in_the_season_of_its_day() -> None:
    summer = mails(datetime(2026, 7, 8, 12, tzinfo=UTC))[0].content
    assert b"-0500" in summer and b"-0600" not in summer


def test_two_partners_answer_the_call_one_in_words_and_one_by_a_table(sqlite_url: str) -> None:
    database = Database(sqlite_url, settings_for(sqlite_url, tracker_addresses=""))
    told = {mail.name: mail.content for mail in mails()}
    answers = ("30_names_for_the_call", "31_table_for_the_call")
    with database.begin() as session:
        demo_database.begin(session)
        assert demo_database.answering(session, told[answers[0]]) is None, "the need is not there yet"
        assert demo_database.answering(session, told["28_by_telephone"]) == told["28_by_telephone"]
    take_in(database, told["12_twelve_forklift_operators"], source="demo:12_twelve_forklift_operators")
    for name in answers:
        with database.begin() as session:
            content = demo_database.answering(session, told[name])
        assert content is not None
        assert take_in(database, content) == "update"
    with database.read() as session:
        (call,) = session.scalars(select(TalentCall)).all()
        assert [ask.state for ask in call.asks] == ["listed", "listed", "asked"]
        sent = session.scalars(select(Submission).order_by(Submission.id)).all()
        assert [row.consent for row in sent] == ["signed"] * 4 + ["none"]
    database.close()
