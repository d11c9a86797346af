"""The index of matching keys: a record in, a changed record brought in step, and what may be the same found by it.

Two statements whatever the size of the table: how many hold each key, counted no further than says something, and who
holds the rare ones.
"""

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import TextClause, bindparam, delete, insert, select, text
from sqlalchemy.orm import Session

from matching.blocking import keys
from matching.nearest import COMMON, COMPARED, best_spelt, rarest, weighed
from service.models import MatchKey
from service.plain_records import Known, kind_of, record_of


def index(session: Session, known: Known) -> None:
    """Bring the key index in step with a record that is new or has changed."""
    kind, wanted = kind_of(known), set(keys(record_of(known)))
    own = (MatchKey.kind == kind, MatchKey.record_id == known.id)
    held = set(session.scalars(select(MatchKey.key).where(*own)))
    if held - wanted:
        session.execute(delete(MatchKey).where(*own, MatchKey.key.in_(held - wanted)))
    new = [{"kind": kind, "key": key, "record_id": known.id} for key in sorted(wanted - held)]
    if new:
        session.execute(insert(MatchKey), new)


def forget(session: Session, known: Known) -> None:
    """Take a record out of the index."""
    session.execute(delete(MatchKey).where(MatchKey.kind == kind_of(known), MatchKey.record_id == known.id))


def holders(session: Session, known: Known) -> Sequence[Known]:
    """Other records that share its rarest keys and are spelt most like it, at most COMPARED."""
    kind, model = kind_of(known), type(known)
    own = keys(record_of(known))
    if not own:
        return []
    counts = _counts(session, kind, own)
    chosen = rarest(counts)
    rows = session.execute(_SHARING, {"kind": kind, "chosen": chosen, "most": COMMON * len(chosen)})
    weights = weighed(counts, [(key, record_id) for key, record_id in rows if record_id != known.id])
    found = list(weights)
    if len(found) > COMPARED:
        named = session.execute(select(model.id, model.name).where(model.id.in_(found)))
        found = best_spelt(known.name, dict(named.all()), weights)
    return session.scalars(select(model).where(model.id.in_(found))).all() if found else []


_SHARING = (
    select(MatchKey.key, MatchKey.record_id)
    .where(MatchKey.kind == bindparam("kind"), MatchKey.key.in_(bindparam("chosen", expanding=True)))
    .limit(bindparam("most"))
)


def _counts(session: Session, kind: str, own: Sequence[str]) -> dict[str, int]:
    """How many records hold each key, none counted further than one beyond COMMON."""
    named = {f"key{place}": key for place, key in enumerate(own)}
    counted = session.execute(_counting(len(own)), {"kind": kind, "most": COMMON + 1, **named})
    return dict(counted.all())


_COUNTED = """
SELECT CAST(:keyN AS VARCHAR(80)) AS key,
(SELECT count(*) FROM (SELECT 1 FROM match_key WHERE kind = :kind AND key = :keyN LIMIT :most) AS found) AS holders
"""


@lru_cache(maxsize=64)
def _counting(number: int) -> TextClause:
    """One statement for so many keys: each counted by itself, so that a common one costs no more than a rare one."""
    return text("UNION ALL".join(_COUNTED.replace(":keyN", f":key{place}") for place in range(number)))
