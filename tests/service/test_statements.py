"""Monthly statements of credit: issued once, each line with its mail, ten working days to object, then confirmed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from service import letters, placements, statements
from service.db import Database
from service.models import AuditEntry, Credit, CreditStatement, InboundMessage, Organisation, OutboundLetter, Placement
from service.visibility import Viewer
from tests.service.test_placements import both_claim_one_hire
from tests.service.web import signed_in

DECEMBER = datetime(2026, 12, 1, 15, tzinfo=UTC)  # a Tuesday morning in Chicago
HUB = Viewer(1, "Rosa Lind", "hub@hub.example", "hub", None)


@pytest.fixture
def told(db: Database) -> Iterator[Database]:
    """Two claims of two organisations, of mails of November."""
    both_claim_one_hire(db)
    yield db


def named(session: Session, name: str) -> Organisation:
    return session.scalars(select(Organisation).where(Organisation.name == name)).one()


def test_a_month_is_told_once_to_each_with_credit(told: Database) -> None:
    with told.begin() as session:
        assert statements.monthly(session, DECEMBER - timedelta(hours=6)) == 0  # before eight in the morning
        assert statements.monthly(session, DECEMBER) == 3
        assert statements.monthly(session, DECEMBER + timedelta(days=1)) == 0
        rows = session.scalars(select(CreditStatement)).all()
        assert {row.month for row in rows} == {"2026-11"}
        assert {row.object_until for row in rows} == {date(2026, 12, 15)}
        sent = session.scalars(select(OutboundLetter).where(OutboundLetter.kind == "statement")).all()
        assert len(sent) == 3


def test_the_letter_names_the_own_candidate_the_mail_and_the_last_day(told: Database) -> None:
    with told.begin() as session:
        statements.monthly(session, DECEMBER)
        own = named(session, "Northfield College")
        letter = session.scalars(
            select(OutboundLetter).where(OutboundLetter.kind == "statement", OutboundLetter.organisation_id == own.id)
        ).one()
        said = letters.render(session, letter)
        assert said.subject == "Your credits of November 2026"
        assert "Nora Feld at Quarry Street Cold Storage" in said.text
        assert "Northfield College, sent candidate (claimed, by a mail of Nov 2)" in said.text
        assert "Claims of others on the same placements:" in said.text
        assert "until Tuesday, December 15" in said.text
        assert "month=2026-11" in said.text
        others = session.scalars(
            select(OutboundLetter).where(
                OutboundLetter.kind == "statement",
                OutboundLetter.organisation_id == named(session, "Lakeside Jobs Council").id,
            )
        ).one()
        assert "Nora" not in letters.render(session, others).text
        assert "N. F. at" in letters.render(session, others).text


def test_what_nobody_objects_to_is_confirmed_after_ten_working_days(told: Database) -> None:
    with told.begin() as session:
        statements.monthly(session, DECEMBER)
        contested = session.scalars(select(Credit).where(Credit.role == "sent_candidate")).first()
        assert contested is not None
        placements.contest_credit(session, contested.id, "We sent her.", "Sam")
        assert statements.confirm_unopposed(session, datetime(2026, 12, 15, 20, tzinfo=UTC)) == 0
        number = statements.confirm_unopposed(session, datetime(2026, 12, 16, 20, tzinfo=UTC))
        states = [credit.state for credit in session.scalars(select(Credit))]
        assert states.count("confirmed") == number == len(states) - 1
        assert contested.state == "contested"
        said = session.scalars(select(AuditEntry.what).where(AuditEntry.who == "the clock")).all()
        assert len([words for words in said if "nobody objected" in words]) == number
        assert statements.confirm_unopposed(session, datetime(2026, 12, 17, 20, tzinfo=UTC)) == 0


def test_a_claim_that_comes_late_opens_the_month_again(sqlite_db: Database) -> None:
    both_claim_one_hire(sqlite_db)
    with sqlite_db.begin() as session:
        statements.monthly(session, DECEMBER)
        placement = session.scalars(select(Placement)).first()
        veterans = named(session, "Harbor Veterans Desk")
        assert placement is not None
        late = placements.claim(
            session, placement, veterans.id, "supported", said_at=datetime(2026, 11, 30, 12, tzinfo=UTC)
        )
        assert late is not None
        assert statements.monthly(session, DECEMBER + timedelta(days=2)) == 1
        statement = statements.of(session, HUB, veterans, "2026-11")
        assert late.id in {line.credit.id for line in statement.own}
        assert statement.issued is not None
        assert statement.issued.object_until == date(2026, 12, 17)


def test_old_mail_that_tells_nobody_waits_for_a_click(sqlite_db: Database) -> None:
    both_claim_one_hire(sqlite_db)
    with sqlite_db.begin() as session:
        for message in session.scalars(select(InboundMessage)):
            message.tell = False
        for credit in session.scalars(select(Credit)):
            credit.claimed_at = datetime(2026, 10, 12, tzinfo=UTC)
        session.flush()
        assert statements.monthly(session, DECEMBER) == 0
        assert statements.issue(session, "2026-10", "Rosa") == 3
        assert {row.issued_by for row in session.scalars(select(CreditStatement))} == {"Rosa"}
        with pytest.raises(statements.NotOver, match="not over yet"):
            statements.issue(session, statements.month_of(session, DECEMBER + timedelta(days=4000)), "Rosa")
        with pytest.raises(statements.NotOver, match="looks like"):
            statements.issue(session, "October", "Rosa")


def test_pages_show_a_month_to_its_organisation_and_to_the_hub(app: Flask, seeded_db: Database) -> None:
    with seeded_db.begin() as session:
        month = statements.month_of(session, datetime.now(UTC))
        ids = {row.name: row.id for row in session.scalars(select(Organisation))}
    own = signed_in(app, seeded_db, "ivo@northfield.example")
    page = own.text("/statements")
    assert "Not issued yet" in page
    assert "Marisol Vega" in page
    assert "mail of " in page
    table = own.text(f"/statements/file?month={month}")
    assert "Marisol Vega,Brightwater Packing" in table
    hub = signed_in(app, seeded_db, "hub@hub.example")
    overview = hub.text("/statements")
    assert "Northfield College" in overview
    shown = hub.text(f"/statements?organisation={ids['Northfield College']}")
    assert "M. V." in shown
    assert "Marisol" not in shown
    assert "Marisol" not in hub.text(f"/statements/file?organisation={ids['Northfield College']}")
    assert hub.get("/statements?month=October").status_code == 400
    assert "not over yet" in hub.does("/statements/issue", month=month)
    for who in ("sam@harborvets.example", "dora@lakesidejobs.example"):
        stranger = signed_in(app, seeded_db, who)
        assert stranger.get(f"/statements?organisation={ids['Northfield College']}").status_code == 404
        assert stranger.post("/statements/issue", month=month).status_code == 404
        assert "Marisol" not in stranger.text("/statements")
    assert signed_in(app, seeded_db, "site@hub.example").get("/statements").status_code == 404
