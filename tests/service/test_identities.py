"""Who is who: what joins by itself, what waits, decisions that are kept, merges that can be undone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.blocking import keys
from matching.model import match
from service import identities, key_index, merges
from service.db import Database
from service.models import Employer, EmployerContact, MatchKey, Pair, Referral
from service.plain_records import record_of


def employer(session: Session, name: str, **given: object) -> identities.Resolved:
    return identities.resolve(session, Employer(name=name, **{"aliases": [], "domains": [], "phones": [], **given}))


def a_doubtful_pair(session: Session) -> Pair:
    """Two spellings that a person has to look at."""
    first = employer(session, "Quarry Street Cold Storage", city="Joliet").record
    second = Employer(name="Quarry St. Storage", aliases=[], domains=[], phones=["+13125550123"], city="Peoria")
    session.add(second)
    session.flush()
    key_index.index(session, second)
    pair = Pair(kind="employer", left_id=first.id, right_id=second.id, probability=0.6)
    session.add(pair)
    session.flush()
    return pair


def test_sure_employers_join_and_their_spelling_is_learnt(db: Database) -> None:
    with db.begin() as session:
        first = employer(session, "Quarry Street Cold Storage", domains=["quarrycold.example"])
        again = employer(session, "Quarry Street Cold Storage, LLC", domains=["quarrycold.example"])
        assert (first.new, again.new) == (True, False)
        assert again.record.id == first.record.id
        assert "Quarry Street Cold Storage, LLC" in first.record.aliases


def test_a_common_word_joins_nobody(db: Database) -> None:
    with db.begin() as session:
        names = ["Midway Cleaning Services", "Lakeview Cleaning Services", "Pilsen Cleaning Services"]
        assert all(employer(session, name).new for name in names)


def test_a_decision_is_kept_and_a_merge_can_be_undone(db: Database) -> None:
    with db.begin() as session:
        pair = a_doubtful_pair(session)
        left, right = session.get_one(Employer, pair.left_id), session.get_one(Employer, pair.right_id)
        right.contacts.append(EmployerContact(name="Pia Lund"))
        session.add(Referral(kind="introduction", status="introduced", employer_id=right.id))
        session.flush()
        before = merges.values(left), merges.values(right)
        link = identities.decide(session, pair.id, "same", "tester")
        assert link is not None
        session.refresh(left, ["contacts"])
        assert (right.merged_into_id, left.phones, [c.name for c in left.contacts]) == (
            left.id,
            ["+13125550123"],
            ["Pia Lund"],
        )
        identities.undo_merge(session, link.id, "tester")
        assert (merges.values(left), merges.values(right)) == before
        assert session.scalars(select(Referral.employer_id)).one() == right.id
        assert session.get_one(Pair, pair.id).decision == ""


def test_an_edit_after_the_merge_survives_its_undoing(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        pair = a_doubtful_pair(session)
        link = identities.decide(session, pair.id, "same", "tester")
        assert link is not None
        kept = session.get_one(Employer, link.kept_id)
        kept.website = "https://quarry.example"
        identities.undo_merge(session, link.id, "tester")
        assert (kept.website, kept.phones) == ("https://quarry.example", [])


def test_not_the_same_is_never_asked_again(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        pair = a_doubtful_pair(session)
        identities.decide(session, pair.id, "not_same", "tester")
        left, right = session.get_one(Employer, pair.left_id), session.get_one(Employer, pair.right_id)
        found = match(record_of(left), record_of(right))
        assert identities.open_pair(session, right, left, found) is None


def test_a_chain_does_not_overrule_not_the_same(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        made = [
            Employer(name=name, aliases=[], domains=[], phones=[]) for name in ("Alder Inn", "Alder Hotel", "Alder")
        ]
        session.add_all(made)
        session.flush()
        a, b, c = (record.id for record in made)
        pairs = [Pair(kind="employer", left_id=x, right_id=y, probability=0.6) for x, y in ((a, b), (b, c), (a, c))]
        session.add_all(pairs)
        session.flush()
        identities.decide(session, pairs[2].id, "not_same", "Rosa")
        identities.decide(session, pairs[0].id, "same", "tester")
        with pytest.raises(identities.Contradiction, match="Rosa"):
            identities.decide(session, pairs[1].id, "same", "tester")


def test_an_undo_is_refused_while_a_later_merge_stands_on_it(sqlite_db: Database) -> None:
    with sqlite_db.begin() as session:
        pair = a_doubtful_pair(session)
        link = identities.decide(session, pair.id, "same", "tester")
        assert link is not None
        identities.undo_merge(session, link.id, "tester")
        with pytest.raises(ValueError, match="undone"):
            identities.undo_merge(session, link.id, "tester")


words = st.sampled_from(["Quarry", "Street", "Alder", "Cold", "Storage", "Bakery", "Midway", "Foods", "LLC", "The"])
names = st.lists(words, min_size=1, max_size=4).map(" ".join)


@given(st.lists(names, min_size=1, max_size=6))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_key_index_is_what_a_rebuild_would_make_it(sqlite_db: Database, chosen: list[str]) -> None:
    with sqlite_db.begin() as session:
        for name in chosen:
            employer(session, name)
        records = {row.id: row for row in session.scalars(select(Employer))}
        indexed: dict[int, set[str]] = {record_id: set() for record_id in records}
        for row in session.scalars(select(MatchKey).where(MatchKey.kind == "employer")):
            indexed[row.record_id].add(row.key)
        assert indexed == {i: set(keys(record_of(record))) for i, record in records.items()}
        session.rollback()
