"""Learning from decisions and answers: said in sentences, kept only when better, used from then on."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.parameters_file import shipped
from service import identities, learning
from service.db import Database
from service.models import Employer, Pair, Setting
from tests.service.post import employer_name


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
