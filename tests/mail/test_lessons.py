"""What corrections taught: spellings are put right, habits fill what is open, what is written plainly stays."""

from email.message import EmailMessage

import pytest

from mail.directory import Directory, Lesson, Partner
from mail.document import read_document
from mail.lessons import has_form, subject_form
from mail.plain import introduction_from_json
from mail.values import Introduction, Learnt

PARTNERS = (
    Partner("Lakeside Jobs Council", domains=("lakesidejobs.example",)),
    Partner("Northfield College", domains=("northfield.example",)),
    Partner("Harbor Veterans Desk", domains=("harborvets.example",)),
)
TRACKER = frozenset({"tracker@hub.example"})
ROSA = "a correction by Rosa Lind on Nov 3"
DORA, IVO = "Dora Hale <dora@lakesidejobs.example>", "Ivo Brandt <ivo@northfield.example>"
SIGNED = "\n\nDora Hale\nLakeside Jobs Council\nNow hiring 4 welders for our training center!\n"
PIA = "Pia Lund <pia@quillmark.example>"
NOBODY = "I want to introduce Pia Lund at Quillmark Foods, pia@quillmark.example. They need 3 packers."
MEET = "Ivo, please meet Pia Lund (pia@quillmark.example) at Quillmark Foods."


def lesson(kind: str, value: str = "", trigger: str = "", **given) -> Lesson:
    return Lesson(7, kind, trigger, value, **{"organisation": "Lakeside Jobs Council", "source": ROSA, **given})


def read(text: str, *lessons: Lesson, sender: str = DORA, to: str = IVO, subject: str = "Quillmark") -> Introduction:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Cc"], mail["Subject"] = sender, to, "tracker@hub.example", subject
    mail["Date"] = "Mon, 02 Nov 2026 09:00:00 -0600"
    mail.set_content(text)
    document = read_document(mail.as_bytes(), Directory(PARTNERS, TRACKER, lessons))
    return introduction_from_json(document["introduction"])


def test_a_title_as_they_write_it_is_read_as_it_was_corrected() -> None:
    said = read(f"{MEET} They need 3 line ops at $19 an hour.", lesson("title", "production line operator", "line op"))
    assert [(need.title, need.openings) for need in said.needs] == [("production line operator", 3)]
    told = Learnt(7, "needs[0].title", "production line operator", "line op", ROSA)
    assert said.learnt == (told,)
    fact = next(fact for fact in said.facts if fact.field == "needs[0].title")
    assert (fact.value, fact.words) == ("production line operator", "line ops")


def test_another_organisations_lesson_does_not_hold() -> None:
    taught = lesson("title", "production line operator", "line op", organisation="Northfield College")
    said = read(f"{MEET} They need 3 line ops at $19 an hour.", taught)
    assert said.needs[0].title == "line op" and said.learnt == ()


def test_an_employers_short_name_is_its_name_and_is_not_asked_about() -> None:
    said = read(f"{MEET} They need 3 packers.", lesson("employer", "Quillmark Foods of Elgin", "quillmark foods"))
    assert said.employer and said.employer.name == "Quillmark Foods of Elgin"
    assert not any(ask.field == "employer.name" for ask in said.asks)


def test_a_name_that_is_written_as_it_was_taught_is_the_surer() -> None:
    text = "Ivo, Quillmark Foods wants 3 packers."
    before = next(fact for fact in read(text).facts if fact.field == "employer.name").confidence
    said = read(text, lesson("employer", "Quillmark Foods", "quillmark", sure=0.99))
    assert next(fact for fact in said.facts if fact.field == "employer.name").confidence == 0.99 > before


def test_a_habit_fills_what_the_mail_leaves_open() -> None:
    habits = (
        lesson("receiving", "Northfield College"),
        lesson("location", "Joliet", sender="dora@lakesidejobs.example"),
    )
    said = read(NOBODY, *habits, to=PIA)
    assert said.receiving_orgs == ("Northfield College",)
    assert said.needs[0].location == "Joliet" and said.needs[0].receiving_org == "Northfield College"
    assert {told.field for told in said.learnt} == {"receiving_orgs[0]", "needs[0].location"}
    assert not any(ask.field == "receiving" for ask in said.asks)


def test_a_habit_overrides_nothing_that_is_written_plainly() -> None:
    habits = (lesson("receiving", "Harbor Veterans Desk"), lesson("location", "Joliet"))
    said = read(f"{MEET} They need 3 packers in Elgin at $19 an hour.", *habits)
    assert said.receiving_orgs == ("Northfield College",) and said.needs[0].location == "Elgin, IL"
    assert said.learnt == ()


def test_a_habit_seen_once_is_only_the_likely_answer() -> None:
    said = read(NOBODY, lesson("receiving", "Harbor Veterans Desk", sure=0.6), to=PIA)
    assert said.receiving_orgs == ()
    assert next(ask for ask in said.asks if ask.field == "receiving").answers[0] == "Harbor Veterans Desk"


def test_a_bare_figure_means_what_it_was_said_to_mean() -> None:
    taught = lesson("wage_unit", "week", "hour")
    assert read(f"{MEET} 3 packers, pay 21 to 24.", taught).needs[0].wage_unit == "week"
    assert read(f"{MEET} They need 3 packers, pay 19 an hour.", taught).needs[0].wage_unit == "hour"


def test_a_line_of_the_signature_is_no_need_any_more() -> None:
    text = f"{MEET} They need 3 packers at $19 an hour." + SIGNED
    assert len(read(text).needs) == 2
    said = read(text, lesson("not_said", trigger="now hiring 4 welders for our training center", field="title"))
    assert [need.title for need in said.needs] == ["packer"]
    assert said.learnt[0].instead == "welder"


def test_a_number_that_was_none_is_left_out_of_the_same_line() -> None:
    text = f"{MEET} They need packers.\nWe look for 40 forklift operators"
    taught = lesson("not_said", trigger="we look for 40 forklift operators", field="openings")
    assert 40 in [need.openings for need in read(text).needs]
    assert 40 not in [need.openings for need in read(text, taught).needs]


SERIES = "Weekly openings, Nov 2"
LIST = "Hello all,\n\nQuillmark Foods has openings for packers. Write to pia@quillmark.example.\n\nDora"


def test_a_series_that_was_no_referral_is_none_any_more() -> None:
    taught = lesson("mail", "other", subject_form("Weekly openings, Oct 26"), sender="dora@lakesidejobs.example")
    mail = {"to": "tracker@hub.example", "subject": SERIES}
    assert read(LIST, **mail).kind in {"introduction", "request"}
    said = read(LIST, taught, **mail)
    assert said.kind == "other" and said.learnt[0].field == "kind" and said.needs == ()
    assert read(LIST, taught, to="tracker@hub.example", subject="Quillmark").kind != "other"


def test_a_plain_introduction_of_such_a_series_is_asked_about() -> None:
    taught = lesson("mail", "other", subject_form(SERIES), sender="dora@lakesidejobs.example")
    said = read(f"{MEET} They need 3 packers at $19 an hour.", taught, subject=SERIES)
    assert said.kind == "introduction" and said.asks[0].field == "kind" and said.asks[0].answers[0] == "no"


def test_mail_that_turned_out_to_be_a_referral_is_read_and_asked_about() -> None:
    text = "Ivo, a word about Quillmark Foods (pia@quillmark.example): call them this week."
    assert read(text, subject="Heads up").kind == "other"
    taught = lesson("mail", "referral", "heads up", sender="dora@lakesidejobs.example")
    said = read(text, taught, subject="Heads up")
    assert said.kind == "introduction" and said.asks[0].field == "kind"
    assert said.receiving_orgs == ("Northfield College",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Weekly openings, Nov 3", "RE: Weekly openings, Dec 14, 2026"),
        ("[jobs] Lakeside Brief #41", "Lakeside brief #42"),
        ("Oferty pracy 12 listopada", "Fwd: oferty pracy 3 grudnia"),
    ],
)
def test_subjects_of_one_series_have_one_form(one: str, other: str) -> None:
    assert subject_form(one) == subject_form(other)


def test_an_open_form_is_the_beginning_of_all() -> None:
    assert has_form("Lakeside Brief: a job fair", "lakeside brief ...")
    assert not has_form("Quillmark needs packers", "lakeside brief ...")


def test_lessons_travel_with_the_directory() -> None:
    data = {"partners": [], "lessons": [{"id": 3, "kind": "title", "trigger": "op", "value": "operator", "sure": 0.8}]}
    assert Directory.from_json(data).lessons == (Lesson(3, "title", "op", "operator", sure=0.8),)
    with pytest.raises(ValueError, match="lesson"):
        Directory.from_json({"partners": [], "lessons": [{"kind": "title"}]})


def test_a_contacts_name_is_mended_only_where_it_stands_as_before() -> None:
    taught = lesson("contact", "Pia Lundgren", "pia@quillmark.example pia lund", field="name")
    assert [contact.name for contact in read(f"{MEET} They need 3 packers.", taught).contacts] == ["Pia Lundgren"]
    other = MEET.replace("Pia Lund", "Nora Falk")
    assert [contact.name for contact in read(f"{other} They need 3 packers.", taught).contacts] == ["Nora Falk"]
