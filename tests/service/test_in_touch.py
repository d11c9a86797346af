"""Coordinate first: active within half a year, this site loudly, other sites quietly, each shown as it chose."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from service import editing
from service.db import Database
from service.models import Employer, Organisation, Pair, Party, Referral, utcnow
from service.queries.in_touch import ACTIVE_DAYS, notices, sites_of


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
