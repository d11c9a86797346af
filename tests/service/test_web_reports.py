"""The figures, as their printed definitions say, on records made for each."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from service import reports
from service.db import Database
from service.models import Candidate, Credit, Employer, Organisation, Party, Placement, Referral
from service.reports import Period
from service.visibility import Viewer
from tests.service.web import signed_in

HUB = Viewer(1, "Rosa", "hub@hub.example", "hub", None)
ZONE = ZoneInfo("America/Chicago")
AUTUMN = Period(date(2025, 9, 1), date(2025, 11, 30), ZONE)


@pytest.fixture
def session(sqlite_db: Database) -> Iterator[Session]:
    with sqlite_db.begin() as session:
        yield session


def referral(session: Session, introduced: str, status: str = "introduced", **more: Any) -> Referral:
    """One referral from Lakeside to Northfield, introduced at noon UTC of that day."""
    ids = {o.name: o.id for o in session.scalars(select(Organisation))}
    at = datetime.fromisoformat(f"{introduced}T18:00:00+00:00") if introduced else None
    found = Referral(kind="introduction", status=status, introduced_at=at, **more)
    found.parties = [
        Party(organisation_id=ids["Lakeside Jobs Council"], role="referring"),
        Party(organisation_id=ids["Northfield College"], role="receiving"),
    ]
    session.add(found)
    session.flush()
    return found


def placement(
    session: Session, start: date | None, status: str = "started", verified: bool = True, **more: Any
) -> Placement:
    person = Candidate(name="Ada Moss")
    session.add(person)
    session.flush()
    source = "employer" if verified else ""
    found = Placement(candidate_id=person.id, status=status, start_on=start, verified_source=source, **more)
    session.add(found)
    session.flush()
    return found


def credit(session: Session, placed: Placement, name: str, state: str) -> None:
    organisation = session.scalars(select(Organisation).where(Organisation.name == name)).one()
    placed.credits.append(Credit(organisation_id=organisation.id, role="sent_candidate", state=state))
    session.flush()


def figure(session: Session, key: str, period: Period = AUTUMN, organisation_id: int | None = None) -> reports.Figure:
    scope = reports.Scope(organisation_id)
    found = reports.records(session, HUB, period, scope)
    return next(f for f in reports.figures(session, HUB, found, scope) if f.key == key)


def test_referrals_made_count_by_the_date_of_the_introduction_and_once(session: Session) -> None:
    referral(session, "2025-09-01")
    referral(session, "2025-11-30")
    referral(session, "2025-12-01")
    referral(session, "2025-10-01", status="draft")
    referral(session, "2025-10-01", status="duplicate")
    referral(session, "2025-10-01", status="discarded")
    assert figure(session, "made").value == 2


def test_a_day_ends_where_the_network_lives(session: Session) -> None:
    late = referral(session, "2025-11-30")
    late.introduced_at = datetime(2025, 12, 1, 3, tzinfo=UTC)  # nine in the evening in Chicago
    session.flush()
    assert figure(session, "made").value == 1


def test_acceptance_leaves_silence_outside(session: Session) -> None:
    noon = datetime(2025, 10, 3, 18, tzinfo=UTC)
    referral(session, "2025-10-01", status="in_progress", accepted_at=noon)
    referral(session, "2025-10-01", status="closed", accepted_at=noon)
    referral(session, "2025-10-01", status="accepted", accepted_at=noon)
    referral(session, "2025-10-01", status="declined")
    referral(session, "2025-10-01", status="no_answer_seen")
    referral(session, "2025-10-01", status="expired")
    rate = figure(session, "acceptance")
    assert (rate.text, rate.value) == ("75 %", 0.75)
    assert len(rate.records) == 4
    assert figure(session, "no_answer").note == "and 1 expired"


def test_times_are_medians_of_calendar_days(session: Session) -> None:
    for days in (0, 2, 9):
        then = datetime(2025, 10, 1, 18, tzinfo=UTC) + timedelta(days=days)
        referral(session, "2025-10-01", acknowledged_at=then)
    referral(session, "2025-10-01")
    assert figure(session, "time_to_acknowledge").text == "2"
    assert figure(session, "time_to_accept").text == "–"


def test_placements_are_started_and_verified_and_the_reported_stand_beside(session: Session) -> None:
    placement(session, date(2025, 10, 6))
    placement(session, date(2025, 10, 6), verified=False)
    placement(session, date(2025, 10, 6), status="hire_reported", verified=False)
    placement(session, date(2025, 10, 6), status="void")
    placement(session, date(2026, 1, 5))
    assert figure(session, "placements").value == 1
    assert figure(session, "reported").value == 2


def test_a_shared_placement_has_confirmed_credit_to_two(session: Session) -> None:
    sure, doubtful = placement(session, date(2025, 10, 6)), placement(session, date(2025, 10, 6))
    credit(session, sure, "Lakeside Jobs Council", "confirmed")
    credit(session, sure, "Northfield College", "settled")
    credit(session, doubtful, "Lakeside Jobs Council", "confirmed")
    credit(session, doubtful, "Northfield College", "claimed")
    assert figure(session, "shared").value == 1
    ids = {o.name: o.id for o in session.scalars(select(Organisation))}
    for name in ("Lakeside Jobs Council", "Northfield College"):
        assert figure(session, "shared", organisation_id=ids[name]).value == 1


def test_still_there_asks_only_those_who_could_be(session: Session) -> None:
    today = date.today()
    period = Period(today - timedelta(days=400), today, ZONE)
    placement(session, today - timedelta(days=100), status="retained_90")
    placement(session, today - timedelta(days=100), status="started")
    placement(session, today - timedelta(days=200), status="ended", ended_on=today - timedelta(days=105))
    placement(session, today - timedelta(days=10))
    assert figure(session, "still_90", period).note == "2 of 3"
    assert figure(session, "still_180", period).note == "0 of 1"


def test_repeat_employers_were_served_in_the_three_years_before(session: Session) -> None:
    sites = [Employer(name=name) for name in ("One", "Two", "Three")]
    session.add_all(sites)
    session.flush()
    one, two, three = (site.id for site in sites)
    for introduced, site in (("2025-09-10", one), ("2025-09-11", two), ("2025-09-12", three)):
        referral(session, introduced, employer_id=site)
    referral(session, "2023-05-01", employer_id=one)
    referral(session, "2022-06-30", employer_id=two)  # a day before the three years begin
    assert figure(session, "repeat").note == "1 of 3 sites, July 2025 to June 2026"


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(reports.WrongPeriod):
        Period(date(2025, 2, 1), date(2025, 1, 1), ZONE)


def test_each_number_opens_its_records_and_definitions_are_printed(app: Flask, seeded_db: Database) -> None:
    hub = signed_in(app, seeded_db, "hub@hub.example")
    page = hub.text("/reports?from=2026-01-01&to=2027-12-31")
    for definition in reports.DEFINITIONS:
        assert definition in page
    for key in ("made", "acceptance", "time_to_accept", "placements", "reported", "shared", "still_30", "repeat"):
        assert f"/reports/{key}?" in page
        assert hub.get(f"/reports/{key}?from=2026-01-01&to=2027-12-31").status_code == 200
        csv = hub.get(f"/reports/{key}.csv?from=2026-01-01&to=2027-12-31")
        assert csv.mimetype == "text/csv"
    assert "Brightwater Packing" in hub.text("/reports/made?from=2026-01-01&to=2027-12-31")
    assert "has to begin before it ends" in hub.get("/reports?from=2027-01-01&to=2026-01-01").get_data(as_text=True)
    assert "takes a date" in hub.get("/reports?from=yesterday").get_data(as_text=True)
