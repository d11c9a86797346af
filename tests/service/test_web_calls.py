"""Talent calls on the web: a call with its preview, the page of what came back, the partner's link; and their walls."""

import io

import pytest
from flask import Flask
from sqlalchemy import func, select

from service import consent, identities, tokens
from service.db import Database, settings_of
from service.models import CallAsk, Candidate, Need, OutboundLetter, Pair, Submission, TalentCall
from tests.service.call_mails import called, file, letter_of, reply, take_in
from tests.service.seed import Seeded
from tests.service.web import Person, signed_in, somebody

DORA, IVO, SAM, HUB = (
    "dora@lakesidejobs.example",
    "ivo@northfield.example",
    "sam@harborvets.example",
    "hub@hub.example",
)
COLLEGE, VETERANS, NEWCOMERS = "Northfield College", "Harbor Veterans Desk", "Prairie Newcomers Office"


@pytest.fixture
def call_id(seeded_db: Database, seeded: Seeded) -> int:
    """The packers' need is put to two partners that take no part in the referral; both have answered."""
    number = called(seeded_db, seeded.packers, [VETERANS, NEWCOMERS])
    take_in(seeded_db, reply(letter_of(seeded_db, number, VETERANS), file("call_list_plain.txt")))
    take_in(seeded_db, reply(letter_of(seeded_db, number, NEWCOMERS), "Anya Dorsey, 312-555-0121\nCole Vance\n"))
    return number


def need_of(db: Database, referral_id: int) -> int:
    with db.read() as session:
        return session.scalars(select(Need.id).where(Need.referral_id == referral_id).order_by(Need.id)).first() or 0


def link(db: Database, call_id: int, name: str) -> str:
    letter = letter_of(db, call_id, name)
    with db.read() as session:
        settings = settings_of(session)
        return tokens.answer_url(settings, letter).removeprefix(settings.base_url)


def test_a_coordinator_chooses_partners_looks_over_the_letters_and_sends_them(
    app: Flask, seeded_db: Database, seeded: Seeded
) -> None:
    person, need = signed_in(app, seeded_db, DORA), need_of(seeded_db, seeded.packers)
    page = person.text(f"/calls/needs/{need}/new")
    assert VETERANS in page
    assert "Lakeside Jobs Council</strong>" not in page  # who refers is not asked
    number = seeded.organisations[VETERANS]
    fields = {
        "ask": str(number),
        f"to-{number}": "sam@harborvets.example",
        "deadline": _day(seeded_db, 6),
        "subject": "Packers wanted",
        "words": "Who has packers?\n\nDora",
        "names_employer": "1",
    }
    shown = person.post(f"/calls/needs/{need}/preview", **fields).get_data(as_text=True)
    assert "sam@harborvets.example" in shown
    assert "Who has packers?" in shown
    assert "11 openings are left" in shown
    with seeded_db.read() as session:
        assert session.scalar(select(func.count()).select_from(TalentCall)) == 1  # the seed's own
    assert "1 letter is in the outbox" in person.does(f"/calls/needs/{need}", **fields)
    with seeded_db.read() as session:
        letters = select(OutboundLetter).where(OutboundLetter.kind == "talent_call").order_by(OutboundLetter.id.desc())
        letter = session.scalars(letters).first()
        assert letter is not None
        assert (letter.recipient, letter.state) == ("sam@harborvets.example", "open")


def _day(db: Database, days: int) -> str:
    from datetime import timedelta

    from service.models import utcnow

    with db.read() as session:
        return (utcnow().astimezone(settings_of(session).zone).date() + timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"deadline": "2020-01-01"}, "The deadline is today"),
        ({"deadline": "soon"}, "takes a date"),
        ({"ask": ""}, "one partner at least"),
        ({"to": "nobody"}, "is no e-mail address"),
        ({"words": "  "}, "some words"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(
    app: Flask, seeded_db: Database, seeded: Seeded, fields: dict[str, str], sentence: str
) -> None:
    person, need = signed_in(app, seeded_db, DORA), need_of(seeded_db, seeded.packers)
    number = str(seeded.organisations[VETERANS])
    given = {
        "ask": number,
        "to": "sam@harborvets.example",
        "deadline": _day(seeded_db, 6),
        "subject": "s",
        "words": "w",
    }
    given |= fields
    given[f"to-{number}"] = given.pop("to")
    assert sentence in person.does(f"/calls/needs/{need}", **given)


def test_the_page_tells_who_answered_when_with_whom_and_masks_without_consent(
    app: Flask, seeded_db: Database, call_id: int
) -> None:
    page = signed_in(app, seeded_db, DORA).text(f"/calls/{call_id}")
    assert page.count("sent a list") == 2
    assert "Marta Quill" in page  # a release is attested for this need
    assert "Anya" not in page
    assert "A. D." in page
    assert "Dorsey" not in page
    before, after = page.split("Without consent</h2>")
    assert "A. D." not in before  # not beside the organisation that sent her
    assert NEWCOMERS not in after.split("</section>")[0]
    assert "11 still open" in page


def test_the_referral_shows_the_call_and_the_candidates_by_the_same_rules(
    app: Flask, seeded_db: Database, seeded: Seeded, call_id: int
) -> None:
    page = signed_in(app, seeded_db, IVO).text(f"/referrals/{seeded.packers}")
    assert f"/calls/{call_id}" in page
    assert "Marta Quill" in page
    assert "Dorsey" not in page
    assert "312-555-0121" not in page


def test_an_asked_partner_sees_its_own_part_and_nobody_elses(
    app: Flask, seeded_db: Database, seeded: Seeded, call_id: int
) -> None:
    person = signed_in(app, seeded_db, SAM)
    page = person.text(f"/calls/{call_id}")
    assert "Marta Quill" in page
    for hidden in ("Dorsey", "A. D.", NEWCOMERS, "wanda", "Wanda"):
        assert hidden not in page
    assert person.get(f"/referrals/{seeded.packers}").status_code == 404
    assert person.get(f"/calls/needs/{need_of(seeded_db, seeded.packers)}/new").status_code == 404
    for act in ("close", "reopen", "extend"):
        assert person.post(f"/calls/{call_id}/{act}", deadline=_day(seeded_db, 9)).status_code == 404
    items = person.get("/api/v1/calls").get_json()["items"]
    assert [ask["organisation"] for ask in items[0]["asks"]] == [VETERANS]
    assert {one["candidate"] for one in items[0]["people"]} == {"Marta Quill", "Jonah Pell", "Sade Omoru"}


def test_the_api_masks_as_the_page_does(app: Flask, seeded_db: Database, call_id: int) -> None:
    text = signed_in(app, seeded_db, DORA).get(f"/api/v1/calls/{call_id}").get_data(as_text=True)
    assert "Marta Quill" in text
    assert "A. D." in text
    assert "Dorsey" not in text
    found = signed_in(app, seeded_db, DORA).get(f"/api/v1/calls/{call_id}").get_json()
    assert {one["sent_by"] for one in found["people"] if one["consent"] == "none"} == {None}
    assert (found["openings"]["total"], found["openings"]["left"]) == (12, 11)


def test_a_stranger_finds_no_call(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    number = called(seeded_db, seeded.packers, [NEWCOMERS])
    person = signed_in(app, seeded_db, SAM)
    assert person.get(f"/calls/{number}").status_code == 404
    assert person.get(f"/api/v1/calls/{number}").status_code == 404
    assert "packing operator" not in person.text("/calls?show=all")


def test_get_shows_the_call_in_few_lines_and_changes_nothing(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    number = called(seeded_db, seeded.packers, [VETERANS])
    path, visitor = link(seeded_db, number, VETERANS), somebody(app)
    for _ in range(2):
        page = visitor.text(path)
    assert "packing operator" in page
    assert "Brightwater Packing" in page
    assert "wanda" not in page.lower()  # the employer's contact stays with who introduced it
    assert "Northfield College" not in page  # nor who else takes part
    with seeded_db.read() as session:
        assert session.scalars(select(CallAsk.state).where(CallAsk.call_id == number)).one() == "asked"


def test_a_call_that_keeps_the_employer_to_itself_does_so_on_the_page_too(
    app: Flask, seeded_db: Database, seeded: Seeded
) -> None:
    number = called(seeded_db, seeded.packers, [VETERANS], employer=False)
    assert "Brightwater" not in somebody(app).text(link(seeded_db, number, VETERANS))
    assert "Brightwater" not in signed_in(app, seeded_db, SAM).text(f"/calls/{number}")


def test_a_list_is_pasted_or_chosen_as_a_file(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    number = called(seeded_db, seeded.packers, [VETERANS])
    path, visitor = link(seeded_db, number, VETERANS), somebody(app)
    pasted = "Marta Quill, 312-555-0111\nJonah Pell, jonah@mail.example, no release yet"
    said = visitor.does(path, verb="list", list=pasted, consent="verbal")
    assert "2 new people noted" in said
    assert "Marta Quill" in said
    csv = io.BytesIO(b"name,phone,release\nNia Stroud,312-555-0131,signed\nMarta Quill,312-555-0111,\n")
    assert "1 new person noted" in visitor.does(path, verb="list", file=(csv, "list.csv"))
    with seeded_db.read() as session:
        rows = session.scalars(select(Submission).where(Submission.call_id == number)).all()
        assert {row.candidate.name: row.consent for row in rows} == {
            "Marta Quill": "verbal",
            "Jonah Pell": "none",
            "Nia Stroud": "signed",
        }


def test_nobody_this_time_by_the_link(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    number = called(seeded_db, seeded.packers, [VETERANS])
    said = somebody(app).does(link(seeded_db, number, VETERANS), verb="nobody")
    assert "nobody this time" in said
    with seeded_db.read() as session:
        assert session.scalars(select(CallAsk.state).where(CallAsk.call_id == number)).one() == "nobody"


@pytest.mark.parametrize("words", ["", "   ", "we will look", "x" * 30_000, "<b>1</b>\n" * 4000])
def test_a_list_without_names_is_refused_in_a_sentence(
    app: Flask, seeded_db: Database, seeded: Seeded, words: str
) -> None:
    number = called(seeded_db, seeded.packers, [VETERANS])
    said = somebody(app).does(link(seeded_db, number, VETERANS), verb="list", list=words)
    assert "No names were found in this list" in said


def test_a_file_of_another_kind_is_refused(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    number = called(seeded_db, seeded.packers, [VETERANS])
    path = link(seeded_db, number, VETERANS)
    for content in (b"PK\3\4zip", b"%PDF-1.7", b"a\x00b", b"x" * 200_000):
        said = somebody(app).does(path, verb="list", file=(io.BytesIO(content), "list.csv"))
        assert "list" in said
        assert "Noted from you" not in said


def test_the_link_of_a_call_accepts_and_declines_nothing(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    number = called(seeded_db, seeded.packers, [VETERANS])
    path = link(seeded_db, number, VETERANS)
    for verb in ("accept", "decline", "hired", "", "x"):
        assert "answers a call for people" in somebody(app).does(path, verb=verb, names="A B", reason="other")
    assert somebody(app).get("/answer/" + "a" * 40).status_code == 410


def test_first_is_told_where_both_names_may_be_read(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    number = called(seeded_db, seeded.packers, [VETERANS, NEWCOMERS])
    line = "Marta Quill, 312-555-0111, marta.quill@mail.example"
    take_in(seeded_db, reply(letter_of(seeded_db, number, VETERANS), f"{line}, signed release\n"))
    take_in(seeded_db, reply(letter_of(seeded_db, number, NEWCOMERS), f"{line}\n"))
    with seeded_db.begin() as session:
        pairs = select(Pair).where(Pair.kind == "candidate").order_by(Pair.id.desc())
        identities.decide(session, session.scalars(pairs).first().id, "same", "Rosa")  # ty: ignore
    dora = signed_in(app, seeded_db, DORA)
    assert "sent first" not in dora.text(f"/calls/{number}")
    with seeded_db.begin() as session:
        for row in session.scalars(select(Submission).where(Submission.call_id == number)):
            consent.record(session, row.candidate_id, "signed", "them", on=row.at.date())
    page = dora.text(f"/calls/{number}")
    assert "sent first" in page
    assert f"{VETERANS} had sent this person before" in page
    assert "gives no claim by itself" in page


def test_a_step_is_a_click_with_consent_and_told_to_who_sent_the_person(
    app: Flask, seeded_db: Database, call_id: int
) -> None:
    dora = signed_in(app, seeded_db, DORA)
    with seeded_db.read() as session:
        rows = {row.candidate.name: row.id for row in session.scalars(select(Submission)) if row.call_id == call_id}
    form = dora.text(f"/candidacies/{rows['Anya Dorsey']}/change")
    assert "needs the person&#39;s consent first" in form or "needs the person's consent first" in form
    assert "Record the person" in dora.does(f"/candidacies/{rows['Anya Dorsey']}/change", status="submitted")
    dora.does(f"/candidacies/{rows['Marta Quill']}/change", status="interviewing")
    letter = letter_of(seeded_db, call_id, VETERANS, "candidate_news")
    assert "Marta Quill: interviewing" in letter.text
    assert "hired" in dora.does(f"/candidacies/{rows['Marta Quill']}/change", status="hired")
    assert "10 still open" in dora.text(f"/calls/{call_id}")
    assert "A hire is changed on its placement" in dora.text(f"/candidacies/{rows['Marta Quill']}/change")


def test_another_organisation_changes_no_candidate(app: Flask, seeded_db: Database, call_id: int) -> None:
    with seeded_db.read() as session:
        anya = session.scalars(select(Candidate).where(Candidate.name == "Anya Dorsey")).one()
        row = session.scalars(select(Submission.id).where(Submission.candidate_id == anya.id)).first()
    sam = signed_in(app, seeded_db, SAM)
    assert sam.get(f"/candidacies/{row}/change").status_code == 404
    assert sam.post(f"/candidacies/{row}/change", status="withdrawn").status_code == 404
    assert sam.get(f"/candidates/{anya.id}").status_code == 404


def test_closing_and_another_deadline(app: Flask, seeded_db: Database, call_id: int) -> None:
    dora: Person = signed_in(app, seeded_db, DORA)
    assert "The call is closed" in dora.does(f"/calls/{call_id}/close")
    assert "is closed" in dora.does(f"/calls/{call_id}/extend", deadline=_day(seeded_db, 9))
    assert "open again" in dora.does(f"/calls/{call_id}/reopen")
    assert "new deadline holds" in dora.does(f"/calls/{call_id}/extend", deadline=_day(seeded_db, 20))
    assert "packing operator" in dora.text("/calls")
