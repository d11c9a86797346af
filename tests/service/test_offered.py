"""A delegate offers an opening to others (S14): need without contact, a yes introduces, the parent counts."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from mail.replies.shares import share_taken
from service import auth, calls, letters, partners, visibility
from service.app import create_app
from service.db import Database
from service.models import CallAsk, Need, Organisation, OutboundLetter, Referral, Suggestion, TalentCall
from service.openings import unasked
from service.visibility import Viewer
from tests.service.call_mails import letter_of, reply, take_in
from tests.service.conftest import settings_for
from tests.service.post import employer_name, raw
from tests.service.web import Person, signed_in

COUNCIL, COLLEGE, VETERANS = "Lakeside Jobs Council", "Northfield College", "Harbor Veterans Desk"
BOARD = "Lakeshore Workforce Board"
PIA = f"pia@{employer_name(12).lower()}.example"


@pytest.fixture
def call_id(db: Database) -> int:
    """Lakeside has an order that it can't fill alone, and offers it to the two other delegates of the board."""
    name = employer_name(12)
    text = (
        f"Hello,\n\n{name} Logistics needs 12 forklift operators at $21.50 an hour in Joliet. Contact there is Pia "
        f"Lund, {PIA}. We can't fill that from our own list.\n\nDora Hale\nLakeside Jobs Council\n"
    )
    assert (
        take_in(db, raw(text, to="tracker@hub.example", cc="", subject="Who can help: forklift operators")) != "other"
    )
    with db.begin() as session:
        board = {"name": BOARD, "kind": "workforce_board", "domains": ["lakeshoreboard.example"]}
        below = [{"name": one, "parent": BOARD} for one in (COUNCIL, COLLEGE, VETERANS)]
        partners.import_directory(session, {"partners": [board, *below]})
        for email, who, organisation in (
            ("dora@lakesidejobs.example", "Dora Hale", COUNCIL),
            ("ivo@northfield.example", "Ivo Brandt", COLLEGE),
            ("vera@harborvets.example", "Vera Moss", VETERANS),
            ("bo@lakeshoreboard.example", "Bo Ray", BOARD),
        ):
            found = partners.by_name(session, organisation)
            assert found
            auth.add_user(session, email, who, "coordinator", found.id, "test")
        need = session.scalars(select(Need)).one()
        council = partners.by_name(session, COUNCIL)
        assert council
        draft = calls.draft(session, need, 8, "Dora Hale", COUNCIL, offers_opening=True)
        beside = calls.delegates_beside(session, council.id)
        names = {o.name: o.id for o in session.scalars(select(Organisation).where(Organisation.id.in_(beside)))}
        assert set(names) == {COLLEGE, VETERANS}
        to = {names[COLLEGE]: "ivo@northfield.example", names[VETERANS]: "vera@harborvets.example"}
        written = calls.Draft(draft.subject, draft.words, draft.deadline, to, True, True)
        dora = "Dora Hale <dora@lakesidejobs.example>"
        return calls.open_call(session, need.id, written, dora, name="Dora Hale", organisation_id=council.id).id


def viewer(db: Database, name: str) -> Viewer:
    with db.read() as session:
        found = partners.by_name(session, name)
        assert found
        return Viewer(9, "", "x@y.example", "coordinator", found.id)


def asks(db: Database) -> dict[str, tuple[str, int | None]]:
    with db.read() as session:
        return {row.organisation.name: (row.state, row.openings) for row in session.scalars(select(CallAsk))}


def introductions(db: Database) -> list[tuple[set[str], str]]:
    with db.read() as session:
        rows = session.scalars(
            select(OutboundLetter).where(OutboundLetter.kind == "introduction").order_by(OutboundLetter.id)
        )
        return [({row.recipient, *row.also_to}, letters.render(session, row).text) for row in rows]


def left(db: Database) -> int | None:
    with db.read() as session:
        return unasked(session.scalars(select(Need)).one())


def sees(db: Database, name: str) -> bool:
    """Whether an organisation may open the referral, and with it the employer's contacts."""
    with db.read() as session:
        number = session.scalars(select(Referral.id)).one()
        return session.scalar(visibility.referrals(viewer(db, name)).where(Referral.id == number)) is not None


def test_they_see_the_need_and_neither_employer_nor_contact(db: Database, call_id: int) -> None:
    for name in (COLLEGE, VETERANS):
        text = letter_of(db, call_id, name).text
        for line in ("forklift operator", "Joliet", "we take five", "1 other partner"):
            assert line in text
        for hidden in (employer_name(12), "Pia", PIA):
            assert hidden not in text
        assert not sees(db, name)


def test_a_yes_by_mail_introduces_and_the_rest_stays_open(db: Database, call_id: int) -> None:
    assert take_in(db, reply(letter_of(db, call_id, COLLEGE), "Yes, we can take five of them.\n\nIvo")) == "update"
    assert asks(db) == {COLLEGE: ("taken", 5), VETERANS: ("asked", None)}
    ((to, text),) = introductions(db)
    assert to == {PIA, "ivo@northfield.example"}
    assert "5 × forklift operator" in text and "Pia Lund" in text
    assert (sees(db, COLLEGE), sees(db, VETERANS), left(db)) == (True, False, 7)
    with db.read() as session:
        referral = session.scalars(select(Referral)).one()
        assert referral.status == "accepted"
    assert (
        take_in(db, reply(letter_of(db, call_id, VETERANS), "Yes, we can take the rest of them.\n\nVera")) == "update"
    )
    assert (asks(db)[VETERANS], left(db)) == (("taken", 7), 0)
    with db.read() as session:
        assert session.get_one(TalentCall, call_id).closed_at is not None
        told = session.scalars(select(OutboundLetter).where(OutboundLetter.kind == "call_end")).one()
        assert "- Northfield College: takes 5" in letters.render(session, told).text


def test_who_says_yes_when_all_are_taken_is_told_so(db: Database, call_id: int) -> None:
    take_in(db, reply(letter_of(db, call_id, COLLEGE), "Yes, we take all of them.\n\nIvo"))
    assert left(db) == 0
    take_in(db, reply(letter_of(db, call_id, VETERANS), "Yes, we can take four.\n\nVera"))
    assert asks(db)[VETERANS][0] == "asked"
    with db.read() as session:
        gone = session.scalars(select(OutboundLetter).where(OutboundLetter.kind == "offer_gone")).one()
        assert "taken before your answer" in letters.render(session, gone).text
    assert (len(introductions(db)), sees(db, VETERANS)) == (1, False)


@pytest.mark.parametrize(
    ("words", "state"), [("Sorry, not this time.", "nobody"), ("Which shifts are these?", "asked")]
)
def test_a_no_and_a_question_change_nothing_else(db: Database, call_id: int, words: str, state: str) -> None:
    take_in(db, reply(letter_of(db, call_id, COLLEGE), words))
    assert asks(db)[COLLEGE] == (state, None)
    assert (introductions(db), left(db), sees(db, COLLEGE)) == ([], 12, False)


def test_an_employer_without_an_address_is_asked_about(db: Database, call_id: int) -> None:
    with db.begin() as session:
        for contact in session.scalars(select(Referral)).one().employer.contacts:  # ty: ignore[unresolved-attribute]
            contact.email = ""
    take_in(db, reply(letter_of(db, call_id, COLLEGE), "Yes, we take three.\n\nIvo"))
    assert (introductions(db), asks(db)[COLLEGE]) == ([], ("taken", 3))
    with db.read() as session:
        (question,) = [
            q for q in session.scalars(select(Referral)).one().questions if "no address of the employer" in q.words
        ]
        assert COLLEGE in question.words
        assert [row.state for row in session.scalars(select(Suggestion)) if row.organisation.name == COLLEGE] == [
            "accepted"
        ]


@pytest.fixture
def app(db: Database) -> Flask:
    return create_app(settings_for(db.url), db)


def by_link(app: Flask, db: Database, call_id: int, name: str) -> tuple[Person, str]:
    found = re.search(r"/answer/\S+", letter_of(db, call_id, name).text)
    assert found
    return Person(app.test_client()), found[0]


def test_a_yes_by_the_link(app: Flask, db: Database, call_id: int) -> None:
    ivo, path = by_link(app, db, call_id, COLLEGE)
    page = ivo.text(path)
    assert "12 openings" in page and employer_name(12) not in page and "Send the list" not in page
    assert "A mail introduces you" in ivo.does(path, verb="take", openings="5")
    assert (asks(db)[COLLEGE], left(db)) == (("taken", 5), 7)
    assert "You have said yes already" in ivo.does(path, verb="take", openings="2")
    vera, path = by_link(app, db, call_id, VETERANS)
    vera.does(path, verb="pass")
    assert asks(db)[VETERANS] == ("nobody", None)


def test_the_delegate_previews_offers_and_the_parent_counts(app: Flask, db: Database, call_id: int) -> None:
    dora = signed_in(app, db, "dora@lakesidejobs.example")
    with db.read() as session:
        need_id = session.scalars(select(Need.id)).one()
    assert "Offer it to other delegates" in dora.text(f"/suggestions/needs/{need_id}")
    form = dora.text(f"/calls/needs/{need_id}/new?offer=1")
    assert form.count(" checked") == 2
    fields = {"ask": ["1"], "to-1": "ivo@northfield.example", "deadline": "2099-01-01"}
    with db.read() as session:
        college = partners.by_name(session, COLLEGE)
        day = session.get_one(TalentCall, call_id).deadline.date().isoformat()
        assert college
        fields = {"ask": str(college.id), f"to-{college.id}": "ivo@northfield.example", "deadline": day, "offers": "1"}
    page = dora.post(f"/calls/needs/{need_id}/preview", subject="An opening", words="Please look.", **fields)
    assert "The introduction that a yes sends" in page.get_data(as_text=True)
    take_in(db, reply(letter_of(db, call_id, COLLEGE), "Yes, we can take five of them.\n\nIvo"))
    bo = signed_in(app, db, "bo@lakeshoreboard.example")
    counted = bo.text("/openings")
    for line in ("12 × forklift operator", COUNCIL, f"{COLLEGE}: 5", "0 of 12", "2 partners"):
        assert line in counted
    assert employer_name(12) not in counted
    ivo = signed_in(app, db, "ivo@northfield.example")
    assert "No delegate has offered" in ivo.text("/openings")
    told = ivo.get("/api/v1/calls").json["items"]
    assert [(one["offers_opening"], [ask["takes"] for ask in one["asks"]]) for one in told] == [(True, [5, None])]
    vera = signed_in(app, db, "vera@harborvets.example")
    assert employer_name(12) not in vera.text(f"/calls/{call_id}")
    assert [ask["organisation"] for ask in vera.get("/api/v1/calls").json["items"][0]["asks"]] == [VETERANS]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("Yes, we can take five of the twelve.", 5),
        ("We'll take up to 4.", 4),
        ("Yes, 3 of them.", 3),
        ("We take it.", None),
        ("We take all of them, 312-555-0142.", None),
        ("Sí, podemos tomar cinco.", 5),
        ("Tak, bierzemy cztery.", 4),
        ("Yes, we can take a dozen.", 12),
    ],
)
def test_how_many_a_yes_takes(words: str, count: int | None) -> None:
    assert share_taken(words) == count
