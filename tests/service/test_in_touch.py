"""Coordinate first: active within half a year, this site loudly, other sites quietly, each shown as it chose."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mail.values import Need
from service import editing, letters, schedule
from service.db import Database
from service.models import Employer, Organisation, OutboundLetter, Pair, Party, Referral, utcnow
from service.queries.in_touch import ACTIVE_DAYS, notices, sites_of
from tests.service.said import Mail, arrive
from tests.service.test_intake import FORKLIFT


def at_work(session: Session, days: int, **given: object) -> tuple[Employer, Organisation]:
    """An employer that an organisation introduced so many days ago."""
    employer = Employer(name="Alder Dock Freight", aliases=[], domains=["alderdock.example"], phones=[], **given)
    session.add(employer)
    session.flush()
    organisation = session.scalars(select(Organisation).order_by(Organisation.id)).first()
    assert organisation is not None
    referral = Referral(kind="introduction", status="closed", employer_id=employer.id)
    referral.introduced_at = utcnow() - timedelta(days=days, hours=1)
    referral.parties = [Party(organisation_id=organisation.id, role="referring")]
    session.add(referral)
    session.flush()
    return employer, organisation


def said(session: Session, employer_id: int, own: int = 2) -> list[tuple[str, bool]]:
    since = utcnow() - timedelta(days=ACTIVE_DAYS)
    return [(notice.words, notice.quiet) for notice in notices(session, employer_id, since, {own})]


@pytest.mark.parametrize(("days", "told"), [(100, True), (300, False)])
def test_active_a_hundred_days_ago_is_told_and_three_hundred_is_not(db: Database, days: int, told: bool) -> None:
    with db.begin() as session:
        employer, organisation = at_work(session, days)
        words = f"{organisation.name} was in touch with this employer {days} days ago."
        assert said(session, employer.id) == ([(words, False)] if told else [])


def test_another_site_of_the_chain_is_a_quieter_notice(db: Database) -> None:
    with db.begin() as session:
        employer, organisation = at_work(session, 10)
        made = [
            Employer(name=name, aliases=[], domains=[], phones=[]) for name in ("Alder North", "Alder South", "Oak")
        ]
        made[2].domains = ["alderdock.example"]
        session.add_all(made)
        session.flush()
        by_parent, by_relation, by_domain = made
        editing.set_parent(session, by_parent, employer, "Rosa")
        session.add(
            Pair(kind="employer", left_id=employer.id, right_id=by_relation.id, probability=0.5, relation="branch")
        )
        session.flush()
        words = f"{organisation.name} was in touch with another site of this employer 10 days ago."
        for site in (by_parent, by_relation, by_domain):
            assert said(session, site.id) == [(words, True)]
        assert sites_of(session, employer.id) == sorted(one.id for one in made)
        with pytest.raises(editing.WrongField):
            editing.set_parent(session, employer, by_parent, "Rosa")


def test_the_lead_is_named_and_a_snooze_keeps_it_quiet(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        employer, organisation = at_work(session, 10)
        editing.set_tie(session, employer.id, organisation.id, lead="Dora Hale")
        assert "Dora Hale leads the relationship there." in said(session, employer.id)[0][0]
        editing.set_tie(session, employer.id, 2, until=utcnow().date() + timedelta(days=30))
        assert said(session, employer.id) == []
        assert said(session, employer.id, own=3) != []
        editing.set_tie(session, employer.id, 2, until=None)
        assert said(session, employer.id) != []


@pytest.mark.parametrize(
    ("shown_as", "starts"), [("ask_the_hub", "Another organisation (ask the hub)"), ("hidden", "")]
)
def test_each_organisation_is_shown_as_it_chose(sqlite_db: Database, shown_as: str, starts: str) -> None:
    with sqlite_db.begin() as session:
        employer, organisation = at_work(session, 10)
        organisation.shown_as = shown_as
        editing.set_tie(session, employer.id, organisation.id, lead="Dora Hale")
        found = said(session, employer.id)
        assert [words.startswith(starts) for words, _ in found] == ([True] if starts else [])
        assert "Dora" not in str(found)
        assert organisation.name not in str(found)


AGAIN = replace(
    FORKLIFT,
    referring_org="Harbor Veterans Desk",
    receiving_orgs=(),
    sender_org="Harbor Veterans Desk",
    needs=(Need("dock supervisor", openings=1),),
)


def introduced_twice(db: Database, shown_as: str, days: int) -> None:
    """Lakeside introduces an employer, so many days later Harbor Veterans does, whose first mail it is."""
    now = utcnow()
    arrive(db, Mail(FORKLIFT, date=(now - timedelta(days=days)).isoformat()))
    with db.begin() as session:
        lakeside = session.scalars(select(Organisation).where(Organisation.name == "Lakeside Jobs Council")).one()
        lakeside.shown_as = shown_as
        for referral in session.scalars(select(Referral)):
            referral.created_at = now - timedelta(days=days)
    arrive(db, Mail(AGAIN, "Sam Pike <sam@harborvets.example>", ("x@y.example",), date=now.isoformat()))


def letter_to_sam(db: Database, kind: str) -> str:
    with db.read() as session:
        found = select(OutboundLetter).where(
            OutboundLetter.kind == kind, OutboundLetter.recipient == "sam@harborvets.example"
        )
        return letters.render(session, session.scalars(found).one()).text


@pytest.mark.parametrize(
    ("shown_as", "days", "says"),
    [
        ("named", 100, "Lakeside Jobs Council was in touch with this employer 100 days ago. Dora Hale leads"),
        ("ask_the_hub", 100, "Another organisation (ask the hub) was in touch with this employer 100 days ago."),
        ("hidden", 100, ""),
        ("named", 300, ""),
    ],
)
def test_who_introduces_it_second_reads_so_in_the_receipt(db: Database, shown_as: str, days: int, says: str) -> None:
    introduced_twice(db, shown_as, days)
    text = letter_to_sam(db, "receipt")
    assert says in text
    assert ("Coordinate with them first." in text) == bool(says)
    assert ("Lakeside" in text) == (shown_as == "named" and bool(says))


def test_the_digest_says_it_to_who_introduced_it_alone(sqlite_db: Database) -> None:
    introduced_twice(sqlite_db, "named", 100)
    with sqlite_db.begin() as session:
        friday = utcnow() + timedelta(days=(4 - utcnow().weekday()) % 7)
        schedule.weekly_digest(session, friday.replace(hour=18))
        told = session.scalars(select(OutboundLetter).where(OutboundLetter.kind == "digest")).all()
        named = {letter.recipient for letter in told if letter.news["coordinate"]}
    assert named == {"sam@harborvets.example"}
    assert "Quarry Street Cold Storage: Lakeside Jobs Council was in touch" in letter_to_sam(sqlite_db, "digest")
