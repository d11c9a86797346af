"""Letters: written with the change, held, limited, sent through a real relay, never twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mail.values import Introduction, Status
from service import letters, outbox, schedule, spoken, worker
from service.db import Database
from service.models import Organisation, OutboundLetter, Referral, utcnow
from service.referrals import FIRST_ANSWER_DAYS, step
from tests.network import SmtpSink
from tests.service.conftest import settings_for
from tests.service.said import Mail, arrive
from tests.service.test_intake import FORKLIFT


def relay_settings(db: Database, sink: SmtpSink, **given: object):
    return settings_for(db.url, smtp_host="127.0.0.1", smtp_port=sink.port, smtp_tls="none", **given)


def the_letter(db: Database) -> OutboundLetter:
    with db.read() as session:
        return session.scalars(select(OutboundLetter).order_by(OutboundLetter.id)).all()[-1]


def due_now(db: Database) -> None:
    with db.begin() as session:
        for letter in session.scalars(select(OutboundLetter)):
            letter.due = utcnow() - timedelta(seconds=1)


def test_a_letter_is_sent_once(db: Database, smtp_sink: SmtpSink) -> None:
    arrive(db, Mail(FORKLIFT))
    settings = relay_settings(db, smtp_sink)
    assert worker.send_one(db, settings)
    assert not worker.send_one(db, settings)
    (received,) = smtp_sink.wait(1)
    assert received.recipients == ("dora@lakesidejobs.example",)
    assert received.header("Auto-Submitted") == "auto-generated"
    assert received.header("X-Auto-Response-Suppress") == "All"
    assert received.header("Message-ID") == the_letter(db).message_id
    assert b"Quarry Street Cold Storage" in received.content


@pytest.mark.parametrize(
    ("mode", "state"), [("defer", "open"), ("reject", "failed"), ("cut", "unknown"), ("refuse-rcpt dora", "failed")]
)
def test_what_the_relay_says_is_what_the_outbox_shows(
    sqlite_db: Database, smtp_sink: SmtpSink, mode: str, state: str
) -> None:
    arrive(sqlite_db, Mail(FORKLIFT))
    smtp_sink.mode = mode
    worker.send_one(sqlite_db, relay_settings(sqlite_db, smtp_sink))
    letter = the_letter(sqlite_db)
    assert (letter.state, bool(letter.error)) == (state, True)


def test_a_letter_is_never_tried_more_than_eight_times(sqlite_db: Database, smtp_sink: SmtpSink) -> None:
    arrive(sqlite_db, Mail(FORKLIFT))
    smtp_sink.mode = "defer"
    settings = relay_settings(sqlite_db, smtp_sink)
    for _ in range(12):
        due_now(sqlite_db)
        worker.send_one(sqlite_db, settings)
    assert (the_letter(sqlite_db).state, the_letter(sqlite_db).attempts) == ("failed", 8)


def test_a_cut_letter_goes_once_more_with_the_same_message_id(sqlite_db: Database, smtp_sink: SmtpSink) -> None:
    arrive(sqlite_db, Mail(FORKLIFT))
    settings = relay_settings(sqlite_db, smtp_sink)
    smtp_sink.mode = "cut"
    worker.send_one(sqlite_db, settings)
    smtp_sink.mode = "ok"
    with sqlite_db.begin() as session:
        worker.settle_unknown(session, utcnow() + timedelta(hours=1))
    due_now(sqlite_db)
    worker.send_one(sqlite_db, settings)
    first, second = smtp_sink.wait(2)
    assert first.header("Message-ID") == second.header("Message-ID")
    assert the_letter(sqlite_db).state == "sent"


def test_no_more_than_the_minutes_measure(sqlite_db: Database, smtp_sink: SmtpSink) -> None:
    with sqlite_db.begin() as session:
        for number in range(5):
            outbox.write(session, event=f"e{number}", kind="receipt", recipient=f"p{number}@lakesidejobs.example")
            letter = session.scalars(select(OutboundLetter).order_by(OutboundLetter.id.desc())).first()
            assert letter is not None
            letter.subject, letter.text = "A test", "Words."
    settings = relay_settings(sqlite_db, smtp_sink, letters_a_minute=3)
    assert [worker.send_one(sqlite_db, settings) for _ in range(5)] == [True, True, True, False, False]


def test_a_held_letter_waits_for_a_click(sqlite_db: Database, smtp_sink: SmtpSink) -> None:
    arrive(sqlite_db, Mail(FORKLIFT))
    settings = relay_settings(sqlite_db, smtp_sink)
    with sqlite_db.begin() as session:
        outbox.hold(session, the_letter(sqlite_db).id, "tester")
    assert not worker.send_one(sqlite_db, settings)
    with sqlite_db.begin() as session:
        outbox.release(session, the_letter(sqlite_db).id, "tester")
    assert worker.send_one(sqlite_db, settings)


def test_news_for_one_reader_are_one_letter(sqlite_db: Database) -> None:
    first = Mail(FORKLIFT)
    arrive(sqlite_db, first)
    with sqlite_db.begin() as session:
        referral_id = session.scalars(select(Referral.id)).one()
        step(session, referral_id, "accepted", "Ivo")
        step(session, referral_id, "declined", "Ivo", reason="no_capacity", words="our class is full")
        news = session.scalars(select(OutboundLetter).where(OutboundLetter.kind == "news")).all()
        told = {letter.recipient: len(letter.news["events"]) for letter in news}
        text = letters.render(session, news[0]).text
    assert told == {"dora@lakesidejobs.example": 2, "ivo@northfield.example": 2}
    assert "our class is full" in text


def test_a_day_brings_no_more_than_six_news_a_thread(sqlite_db: Database) -> None:
    arrive(sqlite_db, Mail(FORKLIFT))
    with sqlite_db.begin() as session:
        referral_id = session.scalars(select(Referral.id)).one()
        for number in range(10):
            step(session, referral_id, "accepted" if number % 2 == 0 else "declined", "Ivo", reason="no_capacity")
            for letter in session.scalars(select(OutboundLetter)):
                letter.state = "sent"
        session.flush()
        mine = [
            letter
            for letter in session.scalars(select(OutboundLetter).where(OutboundLetter.kind == "news"))
            if letter.recipient == "dora@lakesidejobs.example"
        ]
    assert len(mine) <= outbox.NEWS_A_DAY


def test_two_trackers_wired_to_each_other_fall_silent(sqlite_db: Database) -> None:
    """An automatic answer to our letter is no person's word: nothing follows from it."""
    first = Mail(FORKLIFT)
    arrive(sqlite_db, first)
    for _ in range(5):
        letter = the_letter(sqlite_db)
        echo = Mail(Introduction(kind="auto_reply"), f"Loop <{letter.recipient}>", answers=letter.message_id)
        arrive(sqlite_db, echo)
    with sqlite_db.read() as session:
        assert len(session.scalars(select(OutboundLetter)).all()) == 1


@pytest.mark.parametrize(
    ("hour", "becomes"), [("2026-11-25T12:00", "2026-11-25T12:10"), ("2026-11-25T20:00", "2026-11-26T07:00")]
)
def test_letters_rest_at_night(hour: str, becomes: str) -> None:
    settings = settings_for("sqlite:///x.db", hold_minutes=10)
    now = datetime.fromisoformat(hour).replace(tzinfo=settings.zone).astimezone(UTC)
    due = outbox.when_due(settings, now)
    assert due.astimezone(settings.zone).strftime("%Y-%m-%dT%H:%M") == becomes


def test_no_answer_is_asked_for_twice_then_shown(sqlite_db: Database) -> None:
    arrive(sqlite_db, Mail(FORKLIFT))
    now = utcnow()
    for _ in range(3):
        now += timedelta(days=FIRST_ANSWER_DAYS + 3)
        with sqlite_db.begin() as session:
            schedule.nudge(session, now)
    with sqlite_db.read() as session:
        nudges = session.scalars(select(OutboundLetter.recipient).where(OutboundLetter.kind == "nudge")).all()
        assert list(nudges) == ["ivo@northfield.example"] * 2
        assert session.scalars(select(Referral.status)).one() == "no_answer_seen"


def test_on_friday_each_partner_has_one_mail(sqlite_db: Database) -> None:
    now = utcnow()
    arrive(sqlite_db, Mail(FORKLIFT, date=(now - timedelta(hours=1)).isoformat()))
    friday = (now + timedelta(days=(4 - now.weekday()) % 7)).replace(hour=16)
    for _ in range(3):
        with sqlite_db.begin() as session:
            schedule.weekly_digest(session, friday)
    with sqlite_db.read() as session:
        digests = session.scalars(select(OutboundLetter).where(OutboundLetter.kind == "digest")).all()
        texts = {letter.recipient: letters.render(session, letter).text for letter in digests}
    assert set(texts) == {"dora@lakesidejobs.example", "ivo@northfield.example"}
    assert "Quarry Street Cold Storage: 12 forklift operator" in texts["ivo@northfield.example"]


def take_and_give_back(db: Database, pace: str) -> None:
    """Two referrals with the same two partners; Lakeside hears at its own pace that both were accepted."""
    with db.begin() as session:
        session.scalars(select(Organisation).where(Organisation.name == "Lakeside Jobs Council")).one().letters = pace
    employer = replace(FORKLIFT.employer, name="Bellows Point Bakery")  # type: ignore[type-var]
    for said in (FORKLIFT, replace(FORKLIFT, employer=employer)):
        arrive(db, Mail(said))
    with db.begin() as session:
        for referral_id in session.scalars(select(Referral.id)).all():
            step(session, referral_id, "accepted", "Ivo")


def waiting(db: Database, recipient: str = "dora@lakesidejobs.example") -> dict[str, str]:
    with db.read() as session:
        rows = session.scalars(
            select(OutboundLetter).where(
                OutboundLetter.recipient == recipient, OutboundLetter.state == "open", OutboundLetter.answer.is_(False)
            )
        ).all()
        return {letter.kind: letters.render(session, letter).text for letter in rows}


def test_who_chose_daily_letters_has_one_the_next_morning(db: Database) -> None:
    take_and_give_back(db, "daily")
    (kind, text) = waiting(db).popitem()
    assert kind == "gathered"
    assert "Bellows Point Bakery [L-2]: accepted" in text and "Quarry Street Cold Storage [L-1]: accepted" in text
    with db.read() as session:
        due = session.scalars(select(OutboundLetter.due).where(OutboundLetter.kind == "gathered")).one()
    local = due.astimezone(settings_for(db.url).zone)
    assert (local.hour, local.date() > utcnow().astimezone(local.tzinfo).date()) == (8, True)
    assert set(waiting(db, "ivo@northfield.example")) == {"news"}


def test_who_chose_weekly_letters_has_the_digest_alone(db: Database) -> None:
    take_and_give_back(db, "weekly")
    assert set(waiting(db)) == {"gathered"}
    with db.begin() as session:
        schedule.weekly_digest(session, datetime(2026, 11, 27, 16, tzinfo=UTC))
    told = waiting(db)
    assert set(told) == {"digest"}
    assert "What happened:" in told["digest"] and "Bellows Point Bakery [L-2]: accepted" in told["digest"]


def test_every_letter_can_be_rendered_in_both_forms(sqlite_db: Database) -> None:
    first = Mail(FORKLIFT, text="One & two <b>")
    arrive(sqlite_db, first)
    accepted = Introduction(kind="status_update", status=Status("accepted"))
    arrive(
        sqlite_db,
        Mail(
            accepted, "Ivo Brandt <ivo@northfield.example>", ("x@y.example",), answers=first.message_id, text="Yes <i>."
        ),
    )
    with sqlite_db.read() as session:
        for letter in session.scalars(select(OutboundLetter)):
            found = letters.render(session, letter)
            assert found.subject
            assert "<i>" not in found.html
            assert "http://loopin.test/answer/" in found.text


@pytest.mark.parametrize(("amount", "words"), [(19.0, "$19"), (24.5, "$24.50"), (46000.0, "$46,000")])
def test_money_is_written_as_people_write_it(amount: float, words: str) -> None:
    assert spoken.money(amount) == words


@pytest.mark.parametrize(
    ("number", "words"), [("+18475550118", "(847) 555-0118"), ("+48225550101", "+48225550101"), ("x", "x")]
)
def test_a_phone_number_is_written_as_people_write_it(number: str, words: str) -> None:
    assert spoken.phone(number) == words
