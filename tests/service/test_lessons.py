"""What a coordinator corrects is kept, learnt, used on the next mail of that organisation, and can be taken back."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from mail.values import RawMessage
from service import auth, corrections, drafts, intake, lessons, partners, teaching, worker
from service.db import Database, settings_of
from service.models import Correction, InboundMessage, Lesson, LessonUse, Organisation, Party, Referral, Submission
from service.reading import Reader
from service.visibility import NotVisible, Viewer
from tests.service.post import raw

ROSA, DORA, IVO = (
    "Rosa Lind <hub@hub.example>",
    "Dora Hale <dora@lakesidejobs.example>",
    "Ivo Brandt <ivo@northfield.example>",
)
HUB = Viewer(1, "Rosa Lind", "hub@hub.example", "hub", None)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as one:
        yield one


@pytest.fixture
def people(db: Database) -> Database:
    """The network with somebody of the hub, of Lakeside and of Northfield who decide."""
    with db.begin() as session:
        ids = {row.name: row.id for row in session.scalars(select(Organisation))}
        auth.add_user(session, "hub@hub.example", "Rosa Lind", "hub", None, "the tests")
        for email, name in (("dora@lakesidejobs.example", "Lakeside Jobs Council"),
                            ("ivo@northfield.example", "Northfield College")):  # fmt: skip
            auth.add_user(session, email, name, "coordinator", ids[name], "the tests")
    return db


def comes(db: Database, reader: Reader, text: str, **given: Any) -> int:
    """The id of a mail that came in and was read to the end."""
    with db.begin() as session:
        message_id, _ = intake.store(session, RawMessage(raw(text, **given), "test"))
        settings = settings_of(session)
    worker.drain(db, settings, reader, send=False)
    return message_id


def again(db: Database, reader: Reader, message_id: int) -> None:
    with db.begin() as session:
        intake.read_again(session, message_id, ROSA)
        settings = settings_of(session)
    worker.drain(db, settings, reader, send=False)


def introduction(company: str, need: str, more: str = "") -> str:
    return (
        f"Hi Ivo,\n\nplease meet Pia Lund at {company}. {company} needs {need}.\nPia's address is "
        f"pia@{company.split()[0].lower()}.example. Can Northfield College help?{more}\n\nBest,\nDora Hale\n"
        "Lakeside Jobs Council\n"
    )


def referral_of(session: Any, message_id: int) -> Referral:
    return session.get_one(Referral, session.get_one(InboundMessage, message_id).referral_id)


def change(db: Database, message_id: int, field: str, value: str, who: str = ROSA) -> None:
    """`field` may say NEED for the id of the first need."""
    with db.begin() as session:
        referral = referral_of(session, message_id)
        need = referral.needs[0].id if referral.needs else 0
        corrections.change(session, referral.id, field.replace("NEED", str(need)), value, who)


def the_lesson(db: Database) -> Lesson:
    with db.read() as session:
        return session.scalars(select(Lesson).order_by(Lesson.id.desc())).first()  # ty: ignore[invalid-return-type]


def test_a_corrected_title_is_known_next_time_for_that_organisation(people: Database, reader: Reader) -> None:
    first = comes(people, reader, introduction("Dunmark Foods", "3 line ops at $19 an hour"))
    change(people, first, "need:NEED.title", "production line operator")
    with people.read() as session:
        kept = session.scalars(select(Correction)).one()
        lesson = session.scalars(select(Lesson)).one()
        assert (kept.field, kept.words, kept.before, kept.after, kept.who) == (
            "need.title", "line ops", "line op", "production line operator", ROSA)  # fmt: skip
        assert kept.message_id == first and kept.organisation and kept.organisation.name == "Lakeside Jobs Council"
        assert (lesson.kind, lesson.state, lesson.trigger) == ("title", "active", "line op")
        assert lessons.words(lesson) == "“line ops” is the job “production line operator”."
    second = comes(people, reader, introduction("Quarry Street Storage", "5 line ops at $20 an hour"))
    with people.read() as session:
        assert [need.title for need in referral_of(session, second).needs] == ["production line operator"]
        assert [(use.message_id, use.field) for use in session.scalars(select(LessonUse))] == [
            (second, "needs[0].title")
        ]
        told = session.get_one(InboundMessage, second).reading["introduction"]["learnt"][0]  # ty: ignore
        assert told["instead"] == "line op" and "a correction by Rosa Lind on " in told["source"]


def test_a_revoked_lesson_is_used_no_more_and_its_mails_are_read_again(people: Database, reader: Reader) -> None:
    first = comes(people, reader, introduction("Dunmark Foods", "3 line ops at $19 an hour"))
    change(people, first, "need:NEED.title", "production line operator")
    second = comes(people, reader, introduction("Quarry Street Storage", "5 line ops at $20 an hour"))
    with people.begin() as session:
        teaching.put(session, lessons.find(session, HUB, the_lesson(people).id), "revoked", ROSA)
    again(people, reader, second)
    with people.read() as session:
        referral = referral_of(session, second)
        assert [need.title for need in referral.needs] == ["line op"]
        assert "read_again" in [event.kind for event in referral.events]
        assert session.scalars(select(LessonUse)).all() == []
        assert session.get_one(InboundMessage, second).result == "referral"
    with people.begin() as session:
        teaching.put(session, lessons.find(session, HUB, the_lesson(people).id), "active", ROSA)
    again(people, reader, second)
    with people.read() as session:
        assert [need.title for need in referral_of(session, second).needs] == ["production line operator"]


def test_what_a_person_changed_since_is_left_when_a_mail_is_read_again(people: Database, reader: Reader) -> None:
    first = comes(people, reader, introduction("Dunmark Foods", "3 line ops at $19 an hour"))
    change(people, first, "need:NEED.title", "production line operator")
    second = comes(people, reader, introduction("Quarry Street Storage", "5 line ops at $20 an hour"))
    change(people, second, "need:NEED.title", "packaging line operator")
    with people.begin() as session:
        for lesson in session.scalars(select(Lesson)):
            teaching.put(session, lesson, "revoked", ROSA)
    again(people, reader, second)
    with people.read() as session:
        assert [need.title for need in referral_of(session, second).needs] == ["packaging line operator"]


def test_another_value_for_the_same_spelling_takes_its_place(people: Database, reader: Reader) -> None:
    for number, title in enumerate(("production line operator", "packaging line operator")):
        came = comes(people, reader, introduction(f"{('Dunmark', 'Verlo')[number]} Foods", "3 line ops at $19 an hour"))
        change(people, came, "need:NEED.title", title)
    with people.read() as session:
        found = [(row.value, row.state, row.against) for row in session.scalars(select(Lesson).order_by(Lesson.id))]
    assert found == [("production line operator", "revoked", 1), ("packaging line operator", "active", 0)]


def test_a_title_that_has_nothing_in_common_waits_for_a_second_time(people: Database, reader: Reader) -> None:
    for company, state in (("Dunmark Foods", "waiting"), ("Verlo Foods", "active")):
        came = comes(people, reader, introduction(company, "3 welders at $19 an hour"))
        change(people, came, "need:NEED.title", "kettle cook")
        assert the_lesson(people).state == state


def test_a_party_that_only_received_the_mail_does_not_teach_alone(people: Database, reader: Reader) -> None:
    came = comes(people, reader, introduction("Dunmark Foods", "3 line ops at $19 an hour"))
    change(people, came, "need:NEED.title", "production line operator", IVO)
    assert the_lesson(people).state == "waiting"
    change(people, came, "need:NEED.title", "line op", IVO)
    change(people, came, "need:NEED.title", "production line operator", DORA)
    assert the_lesson(people).state == "active"


def test_a_persons_choice_of_occupation_is_kept_for_the_title(people: Database, reader: Reader) -> None:
    first = comes(people, reader, introduction("Dunmark Foods", "3 packers at $19 an hour"))
    change(people, first, "need:NEED.occupation", "51-9111")
    second = comes(people, reader, introduction("Quarry Street Storage", "5 packers at $20 an hour"))
    with people.read() as session:
        need = referral_of(session, second).needs[0]
        assert (need.occupation_code, need.occupation_confidence) == ("51-9111", 1.0)
        assert [use.field for use in session.scalars(select(LessonUse).where(LessonUse.message_id == second))] == [
            "needs[0].occupation"
        ]


def test_an_employers_spelling_is_known_next_time(people: Database, reader: Reader) -> None:
    first = comes(people, reader, introduction("Dunmark Foods", "3 packers at $19 an hour"))
    change(people, first, "employer.name", "Dunmark Foods of Elgin")
    second = comes(people, reader, introduction("Dunmark Foods", "2 forklift operators at $21 an hour"))
    with people.read() as session:
        employer = referral_of(session, second).employer
        assert employer is not None and employer.name == "Dunmark Foods of Elgin"


HANDED = (
    "I want to introduce Pia Lund at {0} Foods, pia@{1}.example. They need 3 packers at $19 an hour.\n\nDora Hale\n"
)


def test_who_receives_where_a_sender_names_nobody_is_learnt_at_the_second_time(
    people: Database, reader: Reader
) -> None:
    def to_pia(name: str) -> int:
        return comes(people, reader, HANDED.format(name, name.lower()), to=f"Pia Lund <pia@{name.lower()}.example>")

    first = to_pia("Dunmark")
    change(people, first, "party.add:receiving", "NFC")
    assert (the_lesson(people).kind, the_lesson(people).value, the_lesson(people).state) == (
        "receiving", "Northfield College", "waiting")  # fmt: skip
    second = to_pia("Verlo")
    with people.read() as session:
        asked = [question for question in referral_of(session, second).questions if question.field == "receiving"]
        assert asked[0].answers[0] == "Northfield College"
    with people.begin() as session:
        drafts.confirm(session, referral_of(session, second).id, DORA)
    assert the_lesson(people).state == "active"
    third = to_pia("Zanlo")
    with people.read() as session:
        referral = referral_of(session, third)
        assert referral.party_names("receiving") == ["Northfield College"] and referral.status == "introduced"
    with people.begin() as session:
        party = session.scalars(select(Party).where(Party.referral_id == referral.id, Party.role == "receiving")).one()
        corrections.change(session, referral.id, f"party.remove:{party.id}", "", DORA)
    assert the_lesson(people).against == 1


SERIES = "Hello all,\n\n{0} Foods has openings for packers. Write to pia@{1}.example.\n\nDora\n"


def series(db: Database, reader: Reader, name: str, subject: str) -> int:
    return comes(db, reader, SERIES.format(name, name.lower()), to="tracker@hub.example", cc="", subject=subject)


def test_a_newsletter_that_was_discarded_makes_no_referral_next_week(people: Database, reader: Reader) -> None:
    first = series(people, reader, "Dunmark", "Weekly openings, Nov 2")
    with people.begin() as session:
        referral = referral_of(session, first)
        referral.status = "draft"
        drafts.discard(session, referral.id, "Newsletter or announcement", ROSA)
    assert (the_lesson(people).kind, the_lesson(people).state) == ("mail", "active")
    second = series(people, reader, "Verlo", "Weekly openings, Nov 9")
    with people.read() as session:
        assert session.get_one(InboundMessage, second).result == "not_a_referral"
    with people.begin() as session:
        drafts.restore(session, referral.id, ROSA)
    assert the_lesson(people).state == "revoked"
    again(people, reader, second)
    with people.read() as session:
        assert session.get_one(InboundMessage, second).result != "not_a_referral"


def test_mail_that_is_a_referral_after_all_is_read_as_one_and_so_is_the_next(people: Database, reader: Reader) -> None:
    text = "Ivo, a word about Dunmark Foods (pia@dunmark.example): call them this week.\n\nDora\n"
    first = comes(people, reader, text, subject="Heads up")
    with people.begin() as session:
        message = session.get_one(InboundMessage, first)
        assert message.result == "not_a_referral"
        intake.is_a_referral(session, first, ROSA)
        settings = settings_of(session)
    worker.drain(people, settings, reader, send=False)
    with people.read() as session:
        referral = referral_of(session, first)
        assert referral.status == "draft" and "kind" in [question.field for question in referral.questions]
        assert referral.employer is not None and referral.party_names("receiving") == ["Northfield College"]
    second = comes(people, reader, text.replace("Dunmark", "Verlo").replace("dunmark", "verlo"), subject="Heads up")
    with people.begin() as session:
        referral = referral_of(session, second)
        question = next(question for question in referral.questions if question.field == "kind")
        drafts.confirm(session, referral.id, ROSA, {question.id: "no"})
        assert referral.status == "discarded"
    assert the_lesson(people).value == "other"


def test_a_footers_line_that_stood_before_is_no_need_from_the_first_correction(
    people: Database, reader: Reader
) -> None:
    sign = introduction("Dunmark Foods", "3 packers at $19 an hour").replace("Best,\n", "")
    sign += "Now hiring 4 welders for our training center!\n"
    first = comes(people, reader, sign)
    second = comes(people, reader, sign.replace("Dunmark", "Verlo").replace("dunmark", "verlo"))
    with people.begin() as session:
        referral = referral_of(session, second)
        welder = next(need for need in referral.needs if need.title == "welder")
        corrections.change(session, referral.id, f"need.remove:{welder.id}", "", DORA)
    assert (the_lesson(people).kind, the_lesson(people).field, the_lesson(people).state) == (
        "not_said", "title", "active")  # fmt: skip
    third = comes(people, reader, sign.replace("Dunmark", "Zanlo").replace("dunmark", "zanlo"))
    with people.read() as session:
        assert [need.title for need in referral_of(session, third).needs] == ["packer"]
        assert len(referral_of(session, first).needs) == 2


def test_a_welcomed_strangers_domain_is_a_lesson_that_can_be_revoked(people: Database, reader: Reader) -> None:
    came = comes(
        people, reader, introduction("Dunmark Foods", "3 packers"), sender="Ana Reyes <ana@elmchamber.example>"
    )
    with people.begin() as session:
        referral = referral_of(session, came)
        asked = next(question for question in referral.questions if question.field == "sender")
        drafts.confirm(session, referral.id, ROSA, {asked.id: "Elm Street Chamber"})
    lesson = the_lesson(people)
    assert (lesson.kind, lesson.trigger, lesson.value, lesson.state) == (
        "sign", "elmchamber.example", "Elm Street Chamber", "active")  # fmt: skip
    later = comes(people, reader, introduction("Verlo Foods", "3 packers"), sender="Ben Ode <ben@elmchamber.example>")
    with people.begin() as session:
        assert [use.message_id for use in session.scalars(select(LessonUse))] == [later]
        teaching.put(session, lessons.find(session, HUB, lesson.id), "revoked", ROSA)
        assert partners.by_name(session, "Elm Street Chamber").values("domain") == []  # ty: ignore


def test_a_candidates_name_is_kept_as_personal_and_teaches_nothing(people: Database, reader: Reader) -> None:
    text = (
        "Dora, for the packers at Dunmark Foods we send Marisol Vega, 312-555-0144, marisol@mail.example and Teddy "
        "Okafor, 312-555-0145, teddy@mail.example.\n\nIvo\n"
    )
    came = comes(people, reader, text, sender=IVO, to=DORA, subject="Two candidates for Dunmark Foods")
    with people.begin() as session:
        referral = referral_of(session, came)
        sent = session.scalars(select(Submission).where(Submission.referral_id == referral.id)).first()
        assert sent is not None
        corrections.change(session, referral.id, f"candidate:{sent.candidate_id}.name", "Marisol Vega Ruiz", IVO)
        assert sent.candidate.family_name == "Vega Ruiz"
        kept = session.scalars(select(Correction)).one()
        assert kept.personal and kept.lesson_id is None
        assert all("Vega" not in event.words for event in referral.events if event.kind == "corrected")


def test_other_organisations_see_and_change_no_lesson_of_ours(people: Database, reader: Reader) -> None:
    came = comes(people, reader, introduction("Dunmark Foods", "3 line ops at $19 an hour"))
    change(people, came, "need:NEED.title", "production line operator")
    with people.read() as session:
        ids = {row.name: row.id for row in session.scalars(select(Organisation))}
        ours = Viewer(2, "Dora", "dora@lakesidejobs.example", "coordinator", ids["Lakeside Jobs Council"])
        theirs = Viewer(3, "Ivo", "ivo@northfield.example", "coordinator", ids["Northfield College"])
        assert len(session.scalars(lessons.listing(ours)).all()) == 1
        with pytest.raises(NotVisible):
            lessons.find(session, theirs, the_lesson(people).id)


def test_the_hub_may_let_a_spelling_hold_for_everybody_but_no_habit(people: Database, reader: Reader) -> None:
    came = comes(people, reader, introduction("Dunmark Foods", "3 line ops at $19 an hour"))
    change(people, came, "need:NEED.title", "production line operator")
    with people.begin() as session:
        lesson = lessons.find(session, HUB, the_lesson(people).id)
        teaching.everywhere(session, lesson, True, ROSA)
        assert lessons.as_json(session)[0]["organisation"] == ""
        lesson.kind = "receiving"
        with pytest.raises(ValueError, match="habit"):
            teaching.everywhere(session, lesson, True, ROSA)
        lesson.kind = "title"
    other = comes(people, reader, introduction("Verlo Foods", "2 line ops at $18 an hour").replace("Ivo", "Dora"),
                  sender=IVO, to=DORA)  # fmt: skip
    with people.read() as session:
        assert [need.title for need in referral_of(session, other).needs] == ["production line operator"]


def test_where_a_senders_jobs_are_is_learnt_at_the_second_time(people: Database, reader: Reader) -> None:
    for company in ("Dunmark Foods", "Verlo Foods"):
        came = comes(people, reader, introduction(company, "3 packers at $19 an hour"))
        change(people, came, "need:NEED.location", "Joliet", DORA)
    assert (the_lesson(people).kind, the_lesson(people).state, the_lesson(people).taught) == ("location", "active", 2)
    silent = comes(people, reader, introduction("Zanlo Foods", "3 packers at $19 an hour"))
    plain = comes(people, reader, introduction("Kenmi Foods", "3 packers at $19 an hour in Elgin"))
    with people.read() as session:
        assert [need.location for need in referral_of(session, silent).needs] == ["Joliet"]
        assert all("Elgin" in (need.location or "") for need in referral_of(session, plain).needs)


def test_what_a_senders_bare_figure_means_is_learnt_at_the_second_time(people: Database, reader: Reader) -> None:
    for company in ("Dunmark Foods", "Verlo Foods"):
        came = comes(people, reader, introduction(company, "3 packers, pay 21 to 24"))
        change(people, came, "need:NEED.wage", "21-24 a week", DORA)
    lesson = the_lesson(people)
    assert (lesson.kind, lesson.trigger, lesson.value, lesson.state) == ("wage_unit", "hour", "week", "active")
    third = comes(people, reader, introduction("Zanlo Foods", "4 packers, pay 21 to 24"))
    with people.read() as session:
        assert [need.wage_unit for need in referral_of(session, third).needs] == ["week"]


def test_a_contacts_name_is_a_lesson_by_address(people: Database, reader: Reader) -> None:
    came = comes(people, reader, introduction("Dunmark Foods", "3 packers at $19 an hour"))
    with people.begin() as session:
        referral = referral_of(session, came)
        contact = referral.employer.contacts[0]  # ty: ignore[unresolved-attribute]
        corrections.change(session, referral.id, f"contact:{contact.id}.name", "Pia Lundgren", DORA)
    lesson = the_lesson(people)
    assert (lesson.kind, lesson.trigger, lesson.value) == ("contact", "pia@dunmark.example pia lund", "Pia Lundgren")


def test_a_sign_that_is_taken_out_by_hand_revokes_its_lesson(people: Database, reader: Reader) -> None:
    came = comes(
        people, reader, introduction("Dunmark Foods", "3 packers"), sender="Ana Reyes <ana@elmchamber.example>"
    )
    with people.begin() as session:
        referral = referral_of(session, came)
        asked = next(question for question in referral.questions if question.field == "sender")
        drafts.confirm(session, referral.id, ROSA, {asked.id: "Elm Street Chamber"})
    with people.begin() as session:
        sign = partners.by_name(session, "Elm Street Chamber").signs[0]  # ty: ignore[unresolved-attribute]
        teaching.sign_forgotten(session, sign, ROSA)
    assert the_lesson(people).state == "revoked"
