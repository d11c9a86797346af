"""Partner profiles: changed line by line, occupations proposed and taken, confirmed; by coordinators and by a link."""

import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from service import letters, partners, profile_links, profiles, tokens
from service.db import Database, settings_of
from service.models import Organisation, OrganisationSign, OutboundLetter, PartnerService
from tests.service.seed import Seeded
from tests.service.web import Person, signed_in, somebody


def college(session: Session) -> Organisation:
    return session.scalars(select(Organisation).where(Organisation.name == "Northfield College")).one()


def described(session: Session) -> PartnerService:
    words = "Students learn to weld: MIG and TIG welding, blueprint reading and metal fabrication, with a certificate."
    return profiles.add(session, college(session), "Welding certificate", "training", words, "Ivo")


def test_occupations_are_proposed_from_a_services_own_words(db: Database) -> None:
    with db.begin() as session:
        service = described(session)
        found = profiles.proposals(session, [service])
        assert "51-4121" in {one.code for one in found}
        version = partners.known(session).version
        profiles.answer_proposals(session, service, ["51-4121"], [one.code for one in found[1:]], "Ivo")
        assert service.occupations == ["51-4121"]
        assert profiles.proposals(session, [service]) == []
        assert partners.known(session).version != version


@pytest.mark.parametrize(
    ("field", "values", "kept"),
    [
        ("occupations", ["51-4121\n fitter ;; "], ["51-4121", "fitter"]),
        ("programmes", ["48.0508"], ["48.0508"]),
        ("capacity", [" 12 "], 12),
        ("capacity", [""], None),
        ("populations", ["youth", "veterans", "x"], ["veterans", "youth"]),
        ("closed", ["yes"], True),
        ("name", ["  Evening welding "], "Evening welding"),
    ],
)
def test_a_line_takes_what_it_is_for(sqlite_db: Database, field: str, values: list[str], kept: object) -> None:
    with sqlite_db.begin() as session:
        service = described(session)
        profiles.change(session, service, field, values, "Ivo")
        assert getattr(service, field) == kept


@pytest.mark.parametrize(
    ("field", "value"),
    [("programmes", "welding"), ("capacity", "many"), ("capacity", "-1"), ("name", " "), ("id", "1")],
)
def test_and_refuses_the_rest_in_a_sentence(sqlite_db: Database, field: str, value: str) -> None:
    with sqlite_db.begin() as session, pytest.raises(profiles.WrongLine) as refused:
        profiles.change(session, described(session), field, [value], "Ivo")
    assert str(refused.value).endswith(".")


def test_a_closed_service_and_a_full_one_reach_the_matcher_so(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        service = described(session)
        profiles.change(session, service, "closed", ["yes"], "Ivo")
        profiles.change(session, service, "requires", ["youth"], "Ivo")
        entry = next(p for p in partners.known(session).data["partners"] if p["name"] == "Northfield College")
    told = next(one for one in entry["services"] if one["name"] == "Welding certificate")
    assert (told["status"], told["requires"]) == ("inactive", ["youth"])


def letter_to_the_college(session: Session) -> OutboundLetter:
    organisation = college(session)
    organisation.signs.append(OrganisationSign(kind="address", value="ivo@northfield.example"))
    session.flush()
    letter = profile_links.ask(session, organisation, "Hub <hub@hub.example>")
    assert letter is not None
    return letter


def test_a_letter_brings_the_link_once_a_day(db: Database) -> None:
    with db.begin() as session:
        letter = letter_to_the_college(session)
        rendered = letters.render(session, letter)
        assert re.search(r"http://loopin\.test/profile/[a-z2-7]{34,60}\b", rendered.text)
        assert "Northfield College" in rendered.subject
        assert profile_links.ask(session, college(session), "Hub") is None


def test_who_can_not_be_written_to_is_said(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session, pytest.raises(profile_links.NoAddress, match="No address"):
        profile_links.ask(session, college(session), "Hub")


def test_a_partner_looks_after_its_page_without_an_account(app: Flask, seeded_db: Database) -> None:
    with seeded_db.begin() as session:
        service_id = described(session).id
        letter = letter_to_the_college(session)
        path = tokens.profile_url(settings_of(session), letter).removeprefix("http://loopin.test")
    person = somebody(app)
    page = person.text(path)
    assert "Welding certificate" in page
    with seeded_db.read() as session:
        assert session.get_one(PartnerService, service_id).confirmed_on is None, "GET changes nothing"
    shown = re.findall(rf'name="shown-{service_id}" value="([^"]+)"', page)
    fields = {f"shown-{service_id}": shown, f"code-{service_id}": ["51-4121"], f"capacity-{service_id}": "9"}
    assert "confirmed as of today" in person.does(path, **fields)
    with seeded_db.read() as session:
        service = session.get_one(PartnerService, service_id)
        assert (service.capacity, service.occupations) == (9, ["51-4121"])
        assert service.confirmed_by == "ivo@northfield.example (by link)"
    assert "whole number" in person.does(path, **{f"capacity-{service_id}": "lots"})


def test_a_referrals_link_opens_no_profile_and_a_profiles_link_no_referral(app: Flask, seeded_db: Database) -> None:
    with seeded_db.begin() as session:
        letter = letter_to_the_college(session)
        settings = settings_of(session)
        profile = tokens.for_letter(settings, letter)
        news = session.scalars(select(OutboundLetter).where(OutboundLetter.referral_id.is_not(None))).first()
        assert news is not None
        referral = tokens.for_letter(settings, news)
    person = somebody(app)
    assert person.get(f"/profile/{referral}").status_code == 410
    assert person.get(f"/answer/{profile}").status_code == 410


@pytest.fixture
def ivo(app: Flask, seeded_db: Database) -> Person:
    """The college's own coordinator."""
    return signed_in(app, seeded_db, "ivo@northfield.example")


def test_a_partners_coordinator_changes_its_own_lines_and_nobody_elses(
    ivo: Person, seeded_db: Database, seeded: Seeded
) -> None:
    own, other = seeded.organisations["Northfield College"], seeded.organisations["Harbor Veterans Desk"]
    page = ivo.does(f"/partners/{own}/services/new", name="Night class", kind="training", description="Baking bread")
    assert "Night class" in page
    with seeded_db.read() as session:
        number = session.scalars(select(PartnerService.id).where(PartnerService.name == "Night class")).one()
    assert "Cicero" in ivo.does(f"/partners/{own}/services/{number}/change/areas", value="Cicero\nBerwyn")
    assert "Confirmed" in ivo.does(f"/partners/{own}/services/{number}/confirm")
    assert ivo.post(f"/partners/{other}/services/{number}/confirm").status_code == 404
    assert ivo.get(f"/partners/{other}/occupations").status_code == 404
    assert "Night class" not in ivo.does(f"/partners/{own}/services/{number}/remove")
