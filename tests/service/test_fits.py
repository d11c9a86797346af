"""Who fits a need, which needs fit a candidate (S1, S43): by consent first, then by work; openings left (S40)."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from service import candidacies, consent, importing, recording, referrals
from service.db import Database
from service.models import Candidate, Need, Organisation, Placement, Referral, Submission, Suggestion
from service.openings import called_for
from service.placements import step as placement_step
from service.queries.fits import candidates_for, needs_for
from service.queries.openings import openings
from service.visibility import Viewer
from tests.service.call_mails import called, letter_of
from tests.service.seed import Seeded
from tests.service.web import signed_in

COLLEGE, VETERANS, NEWCOMERS = "Northfield College", "Harbor Veterans Desk", "Prairie Newcomers Office"
IVO, SAM = "ivo@northfield.example", "sam@harborvets.example"


@pytest.fixture
def people(seeded_db: Database, seeded: Seeded) -> dict[str, int]:
    """Three packers and a nurse: the college's own, one of the veterans' desk who agreed, one who did not."""
    rows = {
        "Ola Finch": (COLLEGE, "packing operator", "none"),
        "Vic Amber": (VETERANS, "packer", "signed"),
        "Ned Sallow": (VETERANS, "packing operator", "none"),
        "Una Reeve": (COLLEGE, "registered nurse", "signed"),
    }
    with seeded_db.begin() as session:
        for name, (organisation, work, state) in rows.items():
            given, family = name.split()
            session.add(
                Candidate(
                    name=name,
                    given_name=given,
                    family_name=family,
                    phones=[f"+1312555018{len(name)}"],
                    organisation_id=seeded.organisations[organisation],
                    work=[work],
                    consent=state,
                    city="Northfield",
                )
            )
        session.flush()
        return {row.name: row.id for row in session.scalars(select(Candidate).where(Candidate.name.in_(rows)))}


def need_of(db: Database, referral_id: int) -> int:
    with db.read() as session:
        return session.scalars(select(Need.id).where(Need.referral_id == referral_id).order_by(Need.id)).first() or 0


def viewer(organisation_id: int | None, role: str = "coordinator") -> Viewer:
    return Viewer(1, "Ivo", IVO, role, organisation_id)


def fitting(db: Database, need_id: int, who: Viewer) -> list[str]:
    with db.read() as session:
        return [one.candidate.name for one in candidates_for(session, who, session.get_one(Need, need_id))]


def test_own_candidates_and_those_shared_by_consent_are_offered_and_no_others(
    seeded_db: Database, seeded: Seeded, people: dict[str, int]
) -> None:
    need = need_of(seeded_db, seeded.packers)
    found = fitting(seeded_db, need, viewer(seeded.organisations[COLLEGE]))
    assert {"Ola Finch", "Vic Amber"} <= set(found)
    assert not {"Ned Sallow", "Una Reeve"} & set(found)
    assert fitting(seeded_db, need, viewer(None, "hub")) == ["Vic Amber"]


def test_consent_that_ended_or_was_taken_back_shares_nobody(
    seeded_db: Database, seeded: Seeded, people: dict[str, int]
) -> None:
    need, college = need_of(seeded_db, seeded.packers), viewer(seeded.organisations[COLLEGE])
    with seeded_db.begin() as session:
        session.get_one(Candidate, people["Vic Amber"]).consent_until = date.today() - timedelta(days=1)
    assert "Vic Amber" not in fitting(seeded_db, need, college)
    with seeded_db.begin() as session:
        consent.record(session, people["Vic Amber"], "verbal", "Sam", on=date(2026, 11, 2))
    assert "Vic Amber" in fitting(seeded_db, need, college)
    with seeded_db.begin() as session:
        consent.record(session, people["Vic Amber"], "none", "Sam")
    assert "Vic Amber" not in fitting(seeded_db, need, college)


def test_a_release_for_one_need_counts_for_no_other(
    seeded_db: Database, seeded: Seeded, people: dict[str, int]
) -> None:
    with seeded_db.begin() as session:
        row = recording.submit(
            session,
            session.get_one(Referral, seeded.welders),
            session.get_one(Candidate, people["Ned Sallow"]),
            None,
            seeded.organisations[VETERANS],
            None,
        )
        row.consent = "signed"
    found = fitting(seeded_db, need_of(seeded_db, seeded.packers), viewer(seeded.organisations[COLLEGE]))
    assert "Ned Sallow" not in found


def test_page_api_and_letters_keep_the_wall(
    app: Flask, seeded_db: Database, seeded: Seeded, people: dict[str, int]
) -> None:
    need = need_of(seeded_db, seeded.packers)
    call = called(seeded_db, seeded.packers, [VETERANS])
    ivo = signed_in(app, seeded_db, IVO)
    shown = [
        ivo.text(f"/suggestions/needs/{need}"),
        ivo.get(f"/api/v1/needs/{need}/candidates").get_data(as_text=True),
    ]
    for text in shown:
        assert "Vic Amber" in text
        assert "same occupation" in text
        assert "555" not in text.split("Vic Amber")[1][:400]
    for text in [*shown, ivo.text("/candidates"), letter_of(seeded_db, call, VETERANS).text]:
        assert "Sallow" not in text
        assert "N. S." not in text
    sam = signed_in(app, seeded_db, SAM)
    assert sam.get(f"/suggestions/needs/{need}").status_code == 404
    assert sam.get(f"/api/v1/needs/{need}/candidates").status_code == 404
    assert ivo.get(f"/api/v1/candidates/{people['Ned Sallow']}/needs").status_code == 404


def test_a_candidates_page_lists_open_needs_that_fit(
    app: Flask, seeded_db: Database, seeded: Seeded, people: dict[str, int]
) -> None:
    ivo = signed_in(app, seeded_db, IVO)
    page = ivo.text(f"/candidates/{people['Ola Finch']}")
    assert "Open needs that fit" in page
    assert "packing operator" in page
    assert "MIG welder" not in page
    items = ivo.get(f"/api/v1/candidates/{people['Ola Finch']}/needs").get_json()["items"]
    assert items[0]["title"] == "packing operator"
    with seeded_db.read() as session:
        other = session.get_one(Candidate, people["Ned Sallow"])
        assert needs_for(session, viewer(seeded.organisations[COLLEGE]), other) == []


def test_what_somebody_seeks_is_recorded_by_their_own_organisation(
    app: Flask, seeded_db: Database, seeded: Seeded, people: dict[str, int]
) -> None:
    ivo = signed_in(app, seeded_db, IVO)
    path = f"/candidates/{people['Una Reeve']}/work"
    ivo.does(path, work="nurse; forklift operator", city="Northfield", zip="60093", languages="polish")
    page = ivo.text(f"/candidates/{people['Una Reeve']}")
    assert "nurse; forklift operator" in page
    assert "forklift operator" in page.split("Open needs that fit")[1]
    assert signed_in(app, seeded_db, SAM).post(path, work="x").status_code == 404


def test_ones_own_candidate_is_proposed_and_another_ones_is_not(
    app: Flask, seeded_db: Database, seeded: Seeded, people: dict[str, int]
) -> None:
    need = need_of(seeded_db, seeded.packers)
    ivo = signed_in(app, seeded_db, IVO)
    assert "Proposed" in ivo.does(f"/candidacies/needs/{need}/propose", candidate=people["Ola Finch"])
    assert ivo.post(f"/candidacies/needs/{need}/propose", candidate=people["Vic Amber"]).status_code == 404
    with seeded_db.read() as session:
        rows = session.scalars(select(Submission).where(Submission.need_id == need)).all()
        assert ("Ola Finch", "proposed") in {(row.candidate.name, row.status) for row in rows}
    assert "Ola Finch" not in fitting(seeded_db, need, viewer(seeded.organisations[COLLEGE]))


def test_a_list_of_candidates_brings_work_and_languages(db: Database, tmp_path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        "name,work,languages,city\nOla Finch,packer; forklift operator,Polish,Northfield\n", encoding="utf-8"
    )
    with db.begin() as session:
        importing.take(session, "candidates", file, organisation=COLLEGE)
        known = session.scalars(select(Candidate)).one()
        assert (known.work, known.languages) == (["packer", "forklift operator"], ["Polish"])


def forklift_need(db: Database) -> int:
    """Twelve forklift operators, put to two partners that take part."""
    with db.begin() as session:
        rows = {row.name: row.id for row in session.scalars(select(Organisation))}
        referral = Referral(kind="introduction", status="introduced", subject="Forklift operators")
        referral.needs = [Need(title="forklift operator", openings=12, left=12, populations=[], requirements=[])]
        session.add(referral)
        session.flush()
        for name in (COLLEGE, VETERANS):
            referrals.join(session, referral, rows[name], "receiving")
        for number, (name, count) in enumerate(((COLLEGE, 5), (VETERANS, 4))):
            for place in range(count):
                person = Candidate(name=f"Person{number} Number{place}", organisation_id=rows[name])
                session.add(person)
                session.flush()
                recording.submit(session, referral, person, referral.needs[0], rows[name], None)
        return referral.needs[0].id


def test_twelve_openings_five_and_four_filled_three_are_left(db: Database) -> None:
    need_id = forklift_need(db)
    with db.begin() as session:
        for row in session.scalars(select(Submission)).all():
            candidacies.step(session, row, "hired", "Rosa")
    with db.read() as session:
        need = session.get_one(Need, need_id)
        found = openings(session, [need])[need_id]
        assert (found.total, found.left, found.others) == (12, 3, 0)
        assert found.by == ((COLLEGE, 5), (VETERANS, 4))
        assert called_for(need) == 3


def test_a_hire_that_is_void_opens_its_place_again(db: Database) -> None:
    need_id = forklift_need(db)
    with db.begin() as session:
        row = session.scalars(select(Submission)).first()
        assert row is not None
        candidacies.step(session, row, "hired", "Rosa")
        assert session.get_one(Need, need_id).left == 11
        placement = session.scalars(select(Placement)).one()
        placement_step(session, placement.id, "void", "Rosa", reason="never came")
        assert (session.get_one(Need, need_id).left, row.status) == (12, "offered")


def test_shares_of_two_partners_leave_three_for_a_call(db: Database) -> None:
    need_id = forklift_need(db)
    with db.begin() as session:
        rows = {row.name: row.id for row in session.scalars(select(Organisation))}
        for rank, (name, count) in enumerate(((COLLEGE, 5), (VETERANS, 4)), 1):
            asked = {"need_id": need_id, "organisation_id": rows[name], "openings": count, "state": "accepted"}
            session.add(Suggestion(rank=rank, score=0.5, why=[], why_not=[], **asked))
    with db.read() as session:
        need = session.get_one(Need, need_id)
        found = openings(session, [need])[need_id]
        assert (found.shares, found.unasked) == (((VETERANS, 4), (COLLEGE, 5)), 3)
        assert called_for(need) == 3


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("did not show up", "no_show"),
        ("no-show", "no_show"),
        ("withdrew", "withdrawn"),
        ("took another job", "declined"),
        ("turned the offer down", "declined"),
        ("not selected", "not_selected"),
    ],
)
def test_why_somebody_was_not_hired_is_a_step_of_its_own(words: str, status: str) -> None:
    assert candidacies.fate(words) == status


def test_steps_that_do_not_follow_are_refused(db: Database) -> None:
    forklift_need(db)
    with db.begin() as session:
        row = session.scalars(select(Submission)).first()
        assert row is not None
        with pytest.raises(candidacies.IllegalCandidateStep, match="consent first"):
            candidacies.step(session, row, "submitted", "Rosa")
        candidacies.step(session, row, "interviewing", "Rosa")
        with pytest.raises(candidacies.IllegalCandidateStep, match="can't become consented"):
            candidacies.step(session, row, "consented", "Rosa")
        candidacies.step(session, row, "no_show", "Rosa")
        candidacies.step(session, row, "interviewing", "Rosa")  # they came after all
        assert row.status == "interviewing"
