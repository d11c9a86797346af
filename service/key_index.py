"""The index of matching keys: a record in, a changed record brought in step, and what may be the same found by it.

The keys of a person are kept as keyed hashes, those of an employer as they are. Two statements whatever the size of the
table: how many hold each key, counted no further than says something, and who holds the rare ones.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

from sqlalchemy import Select, TextClause, bindparam, delete, select, text
from sqlalchemy.orm import Session

from matching.blocking import keys
from matching.nearest import COMMON, COMPARED, PEOPLE, best_spelt, rarest, weighed
from matching.veils import hashed
from service.db import settings_of
from service.models import Candidate, Employer, MatchKey, Setting
from service.plain_records import Known, kind_of, record_of

_FINGERPRINT = "index_key"


def veil_key(session: Session) -> bytes:
    """The key of this installation's hashes of people, out of LOOPIN_SECRET_KEY."""
    return hashlib.sha256(b"who is who " + settings_of(session).secret().encode()).digest()


def keys_of(session: Session, known: Known) -> tuple[str, ...]:
    """The keys by which a record stands in the index."""
    found = keys(record_of(known))
    if not isinstance(known, Candidate):
        return found
    key = veil_key(session)
    return tuple(hashed(one, key) for one in found)


def index(session: Session, known: Known) -> None:
    """Bring the key index in step with a record that is new or has changed."""
    given = {"kind": kind_of(known), "record_id": known.id, "asked": json.dumps(keys_of(session, known))}
    is_sqlite = _is_sqlite(session)
    session.execute(_STALE[is_sqlite], given)
    session.execute(_LACKING[is_sqlite], given)


def forget(session: Session, known: Known) -> None:
    """Take a record out of the index."""
    session.execute(delete(MatchKey).where(MatchKey.kind == kind_of(known), MatchKey.record_id == known.id))


def holders(session: Session, known: Known) -> Sequence[Known]:
    """Other records that share its rarest keys: at most COMPARED companies, PEOPLE people."""
    kind, own = kind_of(known), keys_of(session, known)
    if not own:
        return []
    is_sqlite = _is_sqlite(session)
    asked = {"kind": kind, "asked": json.dumps(own), "most": COMMON + 1}
    counts = dict(session.execute(_COUNTS[is_sqlite], asked).all())
    chosen = rarest(counts)
    asked = {"kind": kind, "asked": json.dumps(chosen), "most": COMMON * len(chosen)}
    rows = session.execute(_SHARING[is_sqlite], asked)
    weights = weighed(counts, [(key, record_id) for key, record_id in rows if record_id != known.id])
    found = _nearest(session, known, weights)
    return session.scalars(_these(type(known)), {"ids": found}).all() if found else []


def _nearest(session: Session, known: Known, weights: Mapping[int, float]) -> list[int]:
    """Companies that are spelt most like it. Of people, whose spelling may stand behind a wall, those of the rarest
    keys."""
    if isinstance(known, Candidate):
        return list(weights)[:PEOPLE]
    if len(weights) <= COMPARED:
        return list(weights)
    return best_spelt(known.name, dict(session.execute(_NAMES, {"ids": list(weights)}).all()), weights)


_NAMES = select(Employer.id, Employer.name).where(Employer.id.in_(bindparam("ids", expanding=True)))


@lru_cache(maxsize=2)
def _these(model: type[Known]) -> Select[Known]:
    """Built once: to build and to look it up took longer than to read a row."""
    return select(model).where(model.id.in_(bindparam("ids", expanding=True)))


_EACH = {True: "json_each(:asked)", False: "json_array_elements_text(CAST(:asked AS JSON))"}
"""The keys that are asked for, by whether it is SQLite: one statement for any number, so that it stays prepared."""


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _statements(sql: str) -> dict[bool, TextClause]:
    return {is_sqlite: text(sql.replace("EACH", each)) for is_sqlite, each in _EACH.items()}


# Each key is counted by itself, so that a common one costs no more than a rare one.
_COUNTS = _statements("""
SELECT asked.value, (SELECT count(*) FROM
(SELECT 1 FROM match_key WHERE kind = :kind AND match_key.key = asked.value LIMIT :most) AS found) AS holders
FROM EACH AS asked
""")
_SHARING = _statements("""
SELECT match_key.key, record_id FROM EACH AS asked
JOIN match_key ON kind = :kind AND match_key.key = asked.value LIMIT :most
""")
_STALE = _statements("""
DELETE FROM match_key WHERE kind = :kind AND record_id = :record_id
AND match_key.key NOT IN (SELECT asked.value FROM EACH AS asked)
""")
# "WHERE true": else SQLite takes ON for a join's (https://www.sqlite.org/lang_upsert.html, parsing ambiguity).
_LACKING = _statements("""
INSERT INTO match_key (kind, key, record_id) SELECT :kind, asked.value, :record_id FROM EACH AS asked WHERE true
ON CONFLICT DO NOTHING
""")


def is_stale(session: Session) -> bool:
    """Do the keys of people come from another secret key, or from a version that kept them in the clear?"""
    return session.scalar(select(Setting.value).where(Setting.name == _FINGERPRINT)) != _fingerprint(session)


def _fingerprint(session: Session) -> str:
    return hashed("fingerprint", veil_key(session))


def renew(session: Session) -> None:
    """Write the keys of all people anew under today's secret key."""
    session.execute(delete(MatchKey).where(MatchKey.kind == "candidate"))
    for person in session.scalars(select(Candidate).where(Candidate.erased_at.is_(None)).order_by(Candidate.id)):
        index(session, person)
    session.execute(delete(Setting).where(Setting.name == _FINGERPRINT))
    session.add(Setting(name=_FINGERPRINT, value=_fingerprint(session)))
