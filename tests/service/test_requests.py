"""Requests open by themselves with a reason; large needs are split; a partner can see why it isn't suggested."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from mail.values import Need as ReadNeed
from service import links, partners, ranking, referrals, requests, suggestions, tokens
from service.db import Database, settings_of
from service.models import (
    Employer,
    Need,
    Organisation,
    OutboundLetter,
    PartnerService,
    Party,
    Referral,
    Suggestion,
    utcnow,
)
from service.openings import is_open, only_open, unasked, waits
from service.suggestions import IntroductionDraft
from service.visibility import Viewer
from tests.service.conftest import TRACKER
from tests.service.said import Mail, arrive
from tests.service.seed import Seeded
from tests.service.test_intake import FORKLIFT
from tests.service.web import signed_in

HUB = Viewer(1, "Rosa", "rosa@hub.example", "hub", None)
DRAFT = IntroductionDraft(["ivo@northfield.example"], [], "Introduction", "Please meet.")


def request_mail(words: str, **need: object) -> Mail:
    read = ReadNeed("forklift operator", **{"openings": 12, **need})
    said = replace(FORKLIFT, kind="request", receiving_orgs=(), needs=(read,), facts=())
    return Mail(said, text=words, to=(TRACKER,), cc=(), date=(utcnow() - timedelta(hours=1)).isoformat())


def lines(session: Session) -> dict[str, tuple[int, int, int]]:
    found = requests.by_reason(session, HUB, utcnow() - timedelta(days=2), utcnow() + timedelta(days=1))
    return {line.reason: (len(line.handed_on), len(line.declined), len(line.waiting)) for line in found}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("We can't do forklift operators ourselves. Who takes this one?", "cannot_meet_occupation"),
        ("An apprenticeship is not the best fit for them, they need people in May.", "apprenticeship_not_fit"),
    ],
)
def test_a_mail_that_hands_on_opens_a_request_with_its_reason(db: Database, words: str, reason: str) -> None:
    arrive(db, request_mail(words))
    with db.read() as session:
        referral = session.scalars(select(Referral)).one()
        assert is_open(referral)
        assert (referral.reason, referral.reason_words) == (reason, words.partition(". ")[0].rstrip(".") + ".")
        assert [event.details["reason"] for event in referral.events if event.kind == requests.OPENED] == [reason]
        assert [row.organisation.name for row in referral.needs[0].suggestions][:1] == ["Northfield College"]
        assert lines(session) == {reason: (1, 0, 1)}


def test_a_decline_by_link_opens_the_request_again_and_is_counted_by_its_reason(db: Database) -> None:
    arrive(db, Mail(FORKLIFT))
    with db.begin() as session:
        referral = session.scalars(select(Referral)).one()
        college = next(p.organisation_id for p in referral.parties if p.role == "receiving")
        assert not is_open(referral)
        letter = OutboundLetter(
            event="x", kind="nudge", recipient="ivo@northfield.example", organisation_id=college,
            referral_id=referral.id, message_id="<x@hub.example>",
        )  # fmt: skip
        session.add(letter)
        session.flush()
        token = tokens.for_letter(settings_of(session), letter)
        links.answer(session, settings_of(session), token, "decline", reason="outside_area", words="too far")
        assert is_open(referral)
        opened = [event for event in referral.events if event.kind == requests.OPENED]
        assert [event.details["reason"] for event in opened] == ["outside_area"]
        requests.look(session, referral, "again")
        assert len([event for event in referral.events if event.kind == requests.OPENED]) == 1
        assert lines(session)["outside_area"] == (0, 1, 1)
        assert asked_alike(session)


def test_an_employer_that_is_no_fit_is_handed_on_by_a_click(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    hub = signed_in(app, seeded_db, "hub@hub.example")
    page = hub.does(
        "/employers/1/request", wanted="12 packing operators\nforklift operator", reason="apprenticeship_not_fit"
    )
    assert "12 × packing operators" in page
    with seeded_db.read() as session:
        made = session.scalars(select(Referral).order_by(Referral.id.desc())).first()
        assert made is not None
        assert [(need.openings, need.title) for need in made.needs] == [
            (12, "packing operators"),
            (None, "forklift operator"),
        ]
    assert "apprenticeship not fit" in hub.text("/requests?reason=apprenticeship_not_fit")
    assert "apprenticeship not fit,1,0,1" in hub.get("/requests.csv").get_data(as_text=True)


def test_who_has_no_need_to_tell_is_refused_in_a_sentence(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        employer = Employer(name="Corliss Mill", aliases=[], domains=[], phones=[])
        session.add(employer)
        session.flush()
        for wanted, reason in (([], "other"), ([(1, "cook")], "because")):
            with pytest.raises(requests.WrongRequest):
                requests.open_for(session, employer, wanted, reason, "", "Rosa", organisation_id=None)


def asked_alike(session: Session) -> bool:
    """The question in SQL and the one in Python give the same needs."""
    session.flush()
    session.expire_all()
    found = set(session.scalars(only_open(select(Need))))
    return found == {need for need in session.scalars(select(Need)) if waits(need)}


def large_need(session: Session) -> Need:
    for name, capacity in (("Quarry Road Works", 5), ("Orchard Street Desk", 4)):
        session.add(_partner(name, capacity))
    session.flush()
    return session.scalars(select(Need)).one()


def _partner(name: str, capacity: int) -> Organisation:
    service = PartnerService(name="Placement", kind="hire_support", occupations=["53-7051"], capacity=capacity)
    return Organisation(name=name, kind="training_provider", services=[service])


def test_twelve_forklift_operators_are_split_five_and_four_and_three_stay_open(db: Database) -> None:
    """S40."""
    arrive(db, request_mail("Who has people?"))
    with db.begin() as session:
        need = large_need(session)
        partners.touch(session)
        rows = {row.organisation.name: row for row in suggestions.refresh(session, need.id)}
        chosen = [rows["Quarry Road Works"], rows["Orchard Street Desk"]]
        shared = ranking.shares(need, chosen)
        assert [shared[row.id] for row in chosen] == [5, 4]
        for row in chosen:
            suggestions.accept(
                session, row.id, DRAFT, "Rosa", name="Rosa", email="rosa@hub.example", openings=shared[row.id]
            )
            session.flush()
        assert (unasked(need), waits(need), is_open(need.referral)) == (3, True, True)
        assert asked_alike(session)
        referrals.step(
            session,
            need.referral_id,
            "declined",
            "Ivo",
            organisation_id=chosen[1].organisation_id,
            reason="no_capacity",
        )
        assert unasked(need) == 7
        assert asked_alike(session)
        with pytest.raises(ValueError, match="7 openings wait"):
            later = next(row for row in suggestions.refresh(session, need.id) if row.state == "offered")
            suggestions.accept(session, later.id, DRAFT, "Rosa", name="Rosa", email="rosa@hub.example", openings=8)


def test_who_was_asked_for_all_leaves_nothing_open(db: Database) -> None:
    arrive(db, request_mail("Who has people?"))
    with db.begin() as session:
        need = session.scalars(select(Need)).one()
        row = suggestions.refresh(session, need.id)[0]
        suggestions.accept(session, row.id, DRAFT, "Rosa", name="Rosa", email="rosa@hub.example")
        session.flush()
        assert (unasked(need), waits(need)) == (0, False)
        assert asked_alike(session)


def test_a_partner_introduced_for_one_need_does_not_serve_the_other(sqlite_db: Database) -> None:
    arrive(sqlite_db, request_mail("Who has people?"))
    with sqlite_db.begin() as session:
        referral = session.scalars(select(Referral)).one()
        other = Need(title="welder", openings=2, left=2)
        referral.needs.append(other)
        session.flush()
        row = suggestions.refresh(session, referral.needs[0].id)[0]
        suggestions.accept(session, row.id, DRAFT, "Rosa", name="Rosa", email="rosa@hub.example")
        session.flush()
        assert (waits(referral.needs[0]), waits(other)) == (False, True)
        assert asked_alike(session)


def test_why_a_partner_is_not_suggested_is_told(db: Database) -> None:
    arrive(db, request_mail("Who has people?"))
    with db.begin() as session:
        need = large_need(session)
        session.scalars(select(Organisation).where(Organisation.name == "Quarry Road Works")).one().services[
            0
        ].capacity = 0
        partners.touch(session)
        suggestions.refresh(session, need.id)
        session.expire(need)
        told = {one.name: (one.wall, one.words) for one in ranking.not_suggested(session, need)}
        assert told["Quarry Road Works"] == ("capacity", "has no room at present")


def test_an_order_that_screens_is_flagged_and_not_obeyed(db: Database) -> None:
    arrive(db, request_mail("They want forklift operators, men only, under 40 only."))
    with db.begin() as session:
        need = session.scalars(select(Need)).one()
        assert [words.partition(": ")[2] for words in ranking.screens(session, need)] == [
            "screening by sex can't be followed",
            "screening by age can't be followed",
        ]
        assert suggestions.refresh(session, need.id)


def test_industry_languages_and_populations_reach_the_matcher(sqlite_db: Database) -> None:
    arrive(sqlite_db, request_mail("Spanish speakers preferred.", populations=("veterans",)))
    with sqlite_db.begin() as session:
        need = session.scalars(select(Need)).one()
        need.industry, need.languages = "warehousing", ["Polish"]
        asked = suggestions.asked(session, need)
        assert (asked.industry, asked.languages, asked.populations) == ("warehousing", ("Polish",), ("veterans",))
        assert "Spanish speakers preferred" in asked.text


def test_the_introduction_names_both_sides_the_work_and_who_writes_first(db: Database) -> None:
    arrive(db, request_mail("Who has people?", wage_min=19.5, wage_max=22, wage_unit="hour", location="Cicero"))
    with db.begin() as session:
        need = session.scalars(select(Need)).one()
        row = suggestions.refresh(session, need.id)[0]
        session.add(Party(referral_id=need.referral_id, organisation_id=row.organisation_id, role="copied"))
        session.flush()
        text = suggestions.draft_introduction(
            session, row.id, "Dora Lane", "dora@lakesidejobs.example", openings=5
        ).text
    for words in (
        "I would like you to meet",
        "5 × forklift operator, of 12 in all",
        "Pay: $19.50 to $22 an hour",
        "Cicero",
    ):
        assert words in text, text
    assert TRACKER in text
    assert "\n\n\n" not in text
    assert text.rstrip().endswith("Lakeside Jobs Council")


def test_suggestions_of_a_row_keep_the_service_that_fits(sqlite_db: Database) -> None:
    arrive(sqlite_db, request_mail("Who has people?"))
    with sqlite_db.read() as session:
        assert session.scalars(select(Suggestion).order_by(Suggestion.rank)).first().service == "Forklift certificate"
