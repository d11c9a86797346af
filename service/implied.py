"""Pairs that other decisions answer: once A = B and A != C are said, neither A and B nor B and C are asked about."""

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service import merges
from service.models import Merge, Pair


def settle(session: Session, kind: str, record_ids: Iterable[int]) -> None:
    """Bring the open pairs around these records, and those that followed from other decisions, in step."""
    model = merges.Employer if kind == "employer" else merges.Candidate
    clusters: dict[int, frozenset[int]] = {}

    def cluster_of(record_id: int) -> frozenset[int]:
        if record_id not in clusters:
            found = frozenset(merges.cluster(session, merges.standing_for(session, session.get_one(model, record_id))))
            clusters.update(dict.fromkeys(found, found))
        return clusters[record_id]

    ids = frozenset().union(*(cluster_of(record_id) for record_id in record_ids))
    around = select(Pair).where(
        Pair.kind == kind,
        or_(Pair.left_id.in_(ids), Pair.right_id.in_(ids)),
        or_(Pair.decision == "", Pair.follows_id.is_not(None)),
    )
    for pair in session.scalars(around.order_by(Pair.id)).all():
        _follow(pair, _cause(session, pair, cluster_of(pair.left_id), cluster_of(pair.right_id)))
    session.flush()


def _cause(session: Session, pair: Pair, ours: frozenset[int], theirs: frozenset[int]) -> Pair | None:
    """The decision that answers a pair: the latest merge of one group, or a "not the same" between two."""
    if ours == theirs:
        link = select(Merge).where(
            Merge.kind == pair.kind,
            Merge.undone_at.is_(None),
            Merge.pair_id.is_not(None),
            Merge.pair_id != pair.id,
            Merge.merged_id.in_(ours),
        )
        latest = session.scalars(link.order_by(Merge.id.desc()).limit(1)).first()
        return session.get(Pair, latest.pair_id) if latest is not None else None
    said = select(Pair).where(
        Pair.kind == pair.kind,
        Pair.decision == "not_same",
        Pair.follows_id.is_(None),
        Pair.id != pair.id,
        or_(Pair.left_id.in_(ours) & Pair.right_id.in_(theirs), Pair.left_id.in_(theirs) & Pair.right_id.in_(ours)),
    )
    return session.scalars(said.order_by(Pair.id).limit(1)).first()


def _follow(pair: Pair, cause: Pair | None) -> None:
    if cause is None:
        pair.decision, pair.decided_by, pair.decided_at, pair.follows_id, pair.note = "", "", None, None, ""
        return
    pair.decision, pair.follows_id = cause.decision, cause.id
    pair.decided_by, pair.decided_at, pair.note = cause.decided_by, cause.decided_at, f"follows from pair {cause.id}"
