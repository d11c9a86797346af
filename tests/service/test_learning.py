"""Learning from decisions and answers: said in sentences, kept only when better, used from then on."""

import json
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.parameters_file import shipped
from service import answers, identities, learning, referrals, suggestions
from service.db import Database
from service.models import Employer, Pair, Setting, Suggestion
from service.suggestions import IntroductionDraft
from tests.service.post import employer_name
from tests.service.said import Mail, arrive
from tests.service.test_intake import FORKLIFT


def decided_pairs(session: Session, count: int) -> None:
    """Spellings of one company that were joined, and companies of a like name that were parted."""
    for number in range(count):
        name = employer_name(number)
        other = f"{name} Foods" if number % 2 else f"{employer_name(number + 777)} Foods"
        pair = [Employer(name=text, aliases=[], domains=[], phones=[]) for text in (f"{name} Foods, Inc.", other)]
        session.add_all(pair)
        session.flush()
        decision = "same" if number % 2 else "not_same"
        session.add(Pair(kind="employer", left_id=pair[0].id, right_id=pair[1].id, probability=0.6, decision=decision))


def test_few_decisions_leave_the_shipped_weights(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        decided_pairs(session, 10)
        lines = list(learning.learn(session))
    assert lines[0].startswith("employers: 10 decisions")
    assert any(line.startswith("partners:") for line in lines)


def test_many_decisions_are_learnt_from_and_both_figures_told(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        decided_pairs(session, 240)
        line = next(iter(learning.learn(session)))
        assert line.startswith("employers: ")
        assert identities.resolve(session, Employer(name="Zanzibar Works", aliases=[], domains=[], phones=[])).new


def test_learnt_weights_are_used(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        session.add(Setting(name="weights:employer", value=json.dumps(shipped("employers").to_json())))
        session.flush()
        assert identities.learnt(session, "employer") == shipped("employers")
        assert identities.learnt(session, "candidate") is None
        assert session.scalars(select(Setting.name)).all()


def test_a_partners_own_no_outweighs_the_coordinators_click(sqlite_db: Database) -> None:
    arrive(sqlite_db, Mail(replace(FORKLIFT, kind="request", receiving_orgs=()), to=("tracker@hub.example",), cc=()))
    with sqlite_db.begin() as session:
        offered = session.scalars(select(Suggestion).order_by(Suggestion.rank)).first()
        assert offered is not None
        draft = IntroductionDraft(["ivo@northfield.example"], [], "Introduction", "Please meet.")
        suggestions.accept(session, offered.id, draft, "Rosa", name="Rosa", email="rosa@hub.example")
        assert [answer.accepted for answer in answers.history(session)] == [True]
        assert answers.open_asks(session) == {offered.organisation.name: 1}
        referrals.step(
            session,
            offered.need.referral_id,
            "declined",
            "Ivo",
            organisation_id=offered.organisation_id,
            reason="no_capacity",
        )
        told = answers.history(session)[0]
    assert (told.accepted, told.reason) == (False, "no_capacity")
