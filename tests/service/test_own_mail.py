"""An introduction opened in one's own mail program (.eml, mailto) and sent from there, the tracker in Cc."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from sqlalchemy import func, select

from service import auth, referrals
from service.app import create_app
from service.db import Database
from service.models import Need, OutboundLetter, Referral, Suggestion, utcnow
from service.openings import unasked
from service.queries.referral import opened
from service.visibility import Viewer
from tests.service.call_mails import take_in
from tests.service.conftest import SERVER, TRACKER, settings_for
from tests.service.said import arrive
from tests.service.test_requests import request_mail
from tests.service.web import Person, signed_in

COLLEGE = "Northfield College"
ROSA = "rosa@hub.example"


@pytest.fixture
def rosa(sqlite_db: Database) -> Person:
    """The hub's coordinator at her browser; Lakeside has asked who can help with twelve forklift operators."""
    arrive(sqlite_db, request_mail("Who has people?"))
    with sqlite_db.begin() as session:
        auth.add_user(session, ROSA, "Rosa Lind", "hub", None, "test")
    return signed_in(create_app(settings_for(sqlite_db.url), sqlite_db), sqlite_db, ROSA)


def suggested(db: Database) -> Suggestion:
    with db.read() as session:
        found = session.scalars(select(Suggestion).order_by(Suggestion.rank)).first()
        assert found
        assert (found.organisation.name, found.need.referral_id) == (COLLEGE, found.need.referral.id)
        return found


def sent(mail: EmailMessage, sender: str = f"Rosa Lind <{ROSA}>") -> bytes:
    """As a mail program sends it: its own Message-ID and Date, nothing of ours but what a person sees."""
    out = EmailMessage()
    domain = sender.rpartition("@")[2].rstrip(">")
    out["Authentication-Results"] = f"{SERVER}; dmarc=pass header.from={domain}"
    out["From"], out["To"], out["Cc"], out["Subject"] = sender, mail["To"], mail["Cc"], mail["Subject"]
    out["Date"], out["Message-ID"] = format_datetime(utcnow()), make_msgid(domain=domain)
    out.set_content(mail.get_content())
    return out.as_bytes()


def fields(rosa: Person, number: int, openings: str = "") -> tuple[dict[str, str], str]:
    """What the form holds when the page has been opened, and the link that opens the mail program."""
    page = rosa.text(f"/suggestions/{number}/introduction?openings={openings}")
    value = {name: page.partition(f'name="{name}" type="text" value="')[2].partition('"')[0] for name in ("to", "cc")}
    value["subject"] = page.partition('name="subject" type="text" value="')[2].partition('"')[0]
    value["text"] = page.partition('<textarea id="text" name="text"')[2].partition(">")[2].partition("</textarea>")[0]
    if not value["to"].strip() or COLLEGE not in value["to"]:
        value["to"] = ", ".join(filter(None, (value["to"], "ivo@northfield.example")))
    return {name: unescape(words) for name, words in value.items()}, page.partition('href="mailto:')[2].partition('"')[
        0
    ]


def as_file(rosa: Person, number: int, openings: str = "", **edited: str) -> EmailMessage:
    form = {**fields(rosa, number, openings)[0], **edited}
    response = rosa.post(f"/suggestions/{number}/introduction.eml", **form, openings=openings)
    assert response.status_code == 200
    found = message_from_bytes(response.data, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def answer(db: Database, introduction: bytes, words: str) -> str:
    """The college answers to all."""
    before = message_from_bytes(introduction)
    mail = EmailMessage()
    mail["Authentication-Results"] = f"{SERVER}; dmarc=pass header.from=northfield.example"
    mail["From"], mail["To"], mail["Cc"] = "Ivo Brandt <ivo@northfield.example>", before["From"], TRACKER
    mail["Subject"], mail["Date"] = f"Re: {before['Subject']}", format_datetime(utcnow())
    mail["Message-ID"] = make_msgid(domain="northfield.example")
    mail["In-Reply-To"] = mail["References"] = before["Message-ID"]
    mail.set_content(words)
    return take_in(db, mail.as_bytes())


def counted(db: Database) -> tuple[int, dict[str, int | None]]:
    """How many referrals there are, and the accepted suggestions with their shares."""
    with db.read() as session:
        rows = session.scalars(select(Suggestion).where(Suggestion.state == "accepted"))
        return session.scalar(select(func.count(Referral.id))) or 0, {r.organisation.name: r.openings for r in rows}


def test_the_mail_itself_accepts_the_suggestion_and_its_answer_is_threaded(sqlite_db: Database, rosa: Person) -> None:
    suggestion = suggested(sqlite_db)
    introduction = sent(as_file(rosa, suggestion.id))
    assert take_in(sqlite_db, introduction) == "update"
    assert counted(sqlite_db) == (1, {COLLEGE: None})
    assert answer(sqlite_db, introduction, "Yes, we take this on.\n\nIvo") == "update"
    with sqlite_db.read() as session:
        referral = session.scalars(select(Referral)).one()
        assert (referral.status, referral.party_names("receiving")) == ("accepted", [COLLEGE])
        assert opened(session, Viewer(1, "", ROSA, "hub", None), referral.id)
        assert not session.scalars(select(OutboundLetter).where(OutboundLetter.kind == "introduction")).all()


def test_who_said_so_before_gets_no_second_referral(sqlite_db: Database, rosa: Person) -> None:
    suggestion = suggested(sqlite_db)
    rosa.does(f"/suggestions/{suggestion.id}/own-mail", **fields(rosa, suggestion.id)[0])
    form, _ = fields_of_accepted(sqlite_db)
    introduction = sent(form)
    assert take_in(sqlite_db, introduction) == "update"
    assert answer(sqlite_db, introduction, "Sorry, we have no capacity before June.\n\nIvo") == "update"
    with sqlite_db.read() as session:
        referral = session.scalars(select(Referral)).one()
        assert referral.status == "declined"
    assert counted(sqlite_db)[0] == 1


def fields_of_accepted(db: Database) -> tuple[EmailMessage, int]:
    """The introduction that was noted as sent by hand, as the person's mail program holds it."""
    with db.read() as session:
        letter = session.scalars(select(OutboundLetter).where(OutboundLetter.kind == "introduction")).one()
        assert letter.state == "cancelled"
        mail = EmailMessage()
        mail["To"] = ", ".join((letter.recipient, *letter.also_to))
        mail["Cc"], mail["Subject"] = ", ".join(letter.also_cc), f"{letter.subject} [L-1]"
        mail.set_content(letter.text)
        return mail, letter.id


def test_a_share_of_a_large_need_stays_a_share(sqlite_db: Database, rosa: Person) -> None:
    suggestion = suggested(sqlite_db)
    assert take_in(sqlite_db, sent(as_file(rosa, suggestion.id, "5"))) == "update"
    assert counted(sqlite_db) == (1, {COLLEGE: 5})
    with sqlite_db.read() as session:
        need = session.scalars(select(Need)).one()
        assert (need.openings, need.left, unasked(need)) == (12, 12, 7)


def test_the_link_of_the_mail_program_says_the_same(sqlite_db: Database, rosa: Person) -> None:
    suggestion = suggested(sqlite_db)
    _, link = fields(rosa, suggestion.id)
    assert link, "the introduction is too long for a mail link"
    parts = urlsplit(f"mailto:{link.replace('&amp;', '&')}")
    said = {name: values[0] for name, values in parse_qs(parts.query).items()}
    mail = EmailMessage()
    mail["To"] = ", ".join(filter(None, (unquote(parts.path), "ivo@northfield.example")))
    mail["Cc"], mail["Subject"] = said["cc"], said["subject"]
    mail.set_content(said["body"])
    assert take_in(sqlite_db, sent(mail)) == "update"
    assert counted(sqlite_db) == (1, {COLLEGE: None})


def test_after_a_decline_the_mail_opens_the_referral_that_a_click_would(sqlite_db: Database, rosa: Person) -> None:
    suggestion = suggested(sqlite_db)
    with sqlite_db.begin() as session:
        veterans = next(o for o in session.scalars(select(Suggestion)) if o.organisation.name != COLLEGE)
        referral = session.get_one(Need, suggestion.need_id).referral
        referrals.join(session, referral, veterans.organisation_id, "receiving")
        referrals.step(session, referral.id, "declined", "Sam", reason="no_capacity")
    introduction = sent(as_file(rosa, suggestion.id))
    assert take_in(sqlite_db, introduction) == "update"
    assert answer(sqlite_db, introduction, "Yes, we take this on.\n\nIvo") == "update"
    with sqlite_db.read() as session:
        first, second = session.scalars(select(Referral).order_by(Referral.id)).all()
        assert (first.status, second.parent_id, second.status) == ("rerouted", first.id, "accepted")


def test_nobody_else_accepts_by_mail(sqlite_db: Database, rosa: Person) -> None:
    suggestion = suggested(sqlite_db)
    take_in(sqlite_db, sent(as_file(rosa, suggestion.id), "Rosa Lind <rosa@elsewhere.example>"))
    assert counted(sqlite_db)[1] == {}
