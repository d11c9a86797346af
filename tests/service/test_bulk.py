"""Many pairs joined at once: previewed, one decision, undone as one; what was said before is never overruled."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from service import bulk, key_index
from service.db import Database
from service.models import Candidate, Employer, Organisation, Pair
from service.queries import groups
from service.visibility import Viewer
from tests.service.test_placements import both_claim_one_hire
from tests.service.test_unmerging import exported

HUB = Viewer(1, "Hub", "hub@hub.example", "hub", None)


def employers(session: Session, *names: str) -> list[int]:
    made = [Employer(name=name, aliases=[], domains=[], phones=[]) for name in names]
    session.add_all(made)
    session.flush()
    for record in made:
        key_index.index(session, record)
    return [record.id for record in made]


def pair(session: Session, left: int, right: int, probability: float, **given: str) -> Pair:
    made = Pair(left_id=left, right_id=right, probability=probability, **{"kind": "employer", **given})
    session.add(made)
    session.flush()
    return made


def test_all_above_a_score_are_joined_as_one_and_undone_as_one(db: Database, tmp_path: Path) -> None:
    with db.begin() as session:
        a, b, c, d, e = employers(session, "Alder Inn", "Alder Inn LLC", "The Alder Inn", "Birch Cafe", "Birch Café")
        for left, right, chance in ((a, b, 0.97), (b, c, 0.95), (d, e, 0.93), (c, d, 0.4)):
            pair(session, left, right, chance)
    before = exported(db, tmp_path)
    with db.begin() as session:
        above = groups.above(session, HUB, "employer", 0.9)
        planned = bulk.plan(session, "employer", above)
        assert (len(planned.join), planned.groups, planned.left_out) == (3, [[a, b, c], [d, e]], [])
        made = bulk.join(session, "employer", above, "Rosa", source="score", least=0.9)
        assert made.joined == 3
        standing = bulk.Standing(session, "employer")
        assert [standing.of(one) for one in (a, b, c, d, e)] == [a, a, a, d, d]
    with db.begin() as session:
        bulk.undo(session, made.id, "Rosa")
        assert {(one.decision, one.bulk_id) for one in session.scalars(select(Pair))} == {("", None)}
        with pytest.raises(ValueError, match="already"):
            bulk.undo(session, made.id, "Rosa")
    assert exported(db, tmp_path) == before


def test_what_was_said_before_is_left_out_with_its_reason(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        a, b, c, d = employers(session, "Alder Inn", "Alder Inn Annex", "Alder Inns", "Alder Staffing")
        pair(session, a, c, 0.9, decision="not_same")
        pair(session, a, b, 0.99)
        breaks = pair(session, b, c, 0.98)
        related = pair(session, c, d, 0.97, relation="staffing agency")
        unsure = pair(session, a, d, 0.96, decision="not_sure")
        planned = bulk.plan(session, "employer", groups.above(session, HUB, "employer", 0.9))
        assert [(one.left_id, one.right_id) for one in planned.join] == [(a, b)]
        why = {one.pair.id: one.why for one in planned.left_out}
    assert "not the same" in why[breaks.id]
    assert why[related.id] == "related, not the same: staffing agency"
    assert "not sure" in why[unsure.id]


def test_candidates_of_two_organisations_are_never_among_them(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        owners = session.scalars(select(Organisation.id).order_by(Organisation.id).limit(2)).all()
        people = [
            Candidate(name="Nora Feld", given_name="Nora", family_name="Feld", organisation_id=owner)
            for owner in owners
        ]
        session.add_all(people)
        session.flush()
        across = pair(session, people[0].id, people[1].id, 0.99, kind="candidate")
        planned = bulk.plan(session, "candidate", [across])
        assert (planned.join, [one.pair.id for one in planned.left_out]) == ([], [across.id])
        with pytest.raises(ValueError, match="None of these pairs"):
            bulk.join(session, "candidate", [across], "Rosa", source="score", least=0.9)


def test_the_preview_says_which_credits_change(sqlite_db: Database) -> None:
    both_claim_one_hire(sqlite_db)
    with sqlite_db.begin() as session:
        for person in session.scalars(select(Candidate)):
            person.organisation_id = 1
        planned = bulk.plan(session, "candidate", session.scalars(select(Pair)).all())
        (shared,) = planned.shared
        assert set(shared.after) == {"Northfield College", "Harbor Veterans Desk", "Lakeside Jobs Council"}


def test_groups_hold_together_on_average_and_a_contradiction_is_shown(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        a, b, c, d = employers(session, "Alder Inn", "Alder Inn LLC", "Alder Mills", "Alder Mill")
        pair(session, a, b, 0.95)
        pair(session, b, c, 0.6)
        pair(session, c, d, 0.95)
        found = groups.found(session, HUB, "employer", 0.5)
        assert [[one.id for one in group.members] for group in found.groups] == [[a, b], [c, d]]
        pair(session, a, c, 0.5, decision="not_same", decided_by="Rosa")
        (chain,) = groups.found(session, HUB, "employer", 0.5).chains
        assert [one.id for one in chain.records] == [a, b, c]
