"""The key index on both databases: found among many, bounded where a key is common, written anew by its migration."""

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from matching.blocking import keys
from matching.nearest import COMPARED
from service import key_index
from service.db import Database
from service.models import Candidate, Employer, MatchKey
from service.plain_records import record_of


def a_mention(name: str) -> Employer:
    return Employer(name=name, aliases=[], domains=[], phones=[], street="", city="", state="", zip="")


def employer(session: Session, name: str) -> Employer:
    known = a_mention(name)
    session.add(known)
    session.flush()
    key_index.index(session, known)
    return known


def test_a_misspelt_name_is_found_among_many(db: Database) -> None:
    with db.begin() as session:
        meant = employer(session, "Stouckfoxbrait Software Holdings")
        for number in range(COMPARED * 4):
            employer(session, f"Alder {chr(97 + number % 26)}olt{number} Software")
        asked = a_mention("Stiuckfoxbrait Software")
        assert meant in key_index.holders(session, asked)


def test_a_name_that_very_many_share_is_looked_up_within_bounds(db: Database) -> None:
    with db.begin() as session:
        many = [employer(session, "Midway Quarry") for _ in range(COMPARED * 5)]
        found = key_index.holders(session, many[0])
        assert len(found) == COMPARED
        assert many[0] not in found


def test_a_person_is_found_by_birth_date_and_sound(db: Database) -> None:
    with db.begin() as session:
        people = [
            Candidate(
                name=f"{given} Okonjo",
                given_name=given,
                family_name="Okonjo",
                emails=[],
                phones=[],
                city="",
                zip="60601",
            )
            for given in ("Adaeze", "Adaese")
        ]
        for person in people:
            session.add(person)
            session.flush()
            key_index.index(session, person)
        assert key_index.holders(session, people[0]) == [people[1]]


def test_a_forgotten_record_is_not_found(db: Database) -> None:
    with db.begin() as session:
        one, two = employer(session, "Quarry Street Bakery"), employer(session, "Quarry Street Bakery LLC")
        assert key_index.holders(session, one) == [two]
        key_index.forget(session, two)
        assert key_index.holders(session, one) == []


def test_the_migration_writes_the_keys_anew(sqlite_db: Database) -> None:
    from importlib import import_module

    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    written = import_module("service.migrations.versions.0010_the_key_index_written_anew")
    with sqlite_db.begin() as session:
        known, erased = employer(session, "Quarry Street Bakery"), employer(session, "Midway Foods")
        session.execute(delete(MatchKey))
        session.execute(insert(MatchKey), [{"kind": "employer", "key": "w:old", "record_id": known.id}])
        with Operations.context(MigrationContext.configure(session.connection())):
            written.upgrade()
        held = set(session.execute(select(MatchKey.record_id, MatchKey.key)).all())
        assert held == {(known.id, key) for key in keys(record_of(known))}
        assert erased.id not in {record_id for record_id, _ in held}
