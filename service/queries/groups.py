"""Groups: open pairs put together by average likeness, and the chains that contradict what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matching.clusters import clusters, contradictions
from service import bulk, merges, visibility
from service.models import Bulk, Candidate, Employer, Merge, Pair
from service.visibility import Viewer

LEAST, MOST = 0.5, 0.99
SHOWN = 100
Known = Employer | Candidate


@dataclass(frozen=True, slots=True)
class Group:
    """Records that look like one. `lowest` is the least likely of the pairs that were compared."""

    members: Sequence[Known]
    spellings: Sequence[str]
    mean: float
    lowest: float
    pairs: Sequence[int]

    @property
    def size(self) -> int:
        return len(self.members)


@dataclass(frozen=True, slots=True)
class Chain:
    """A = B and B = C, though somebody said that A is not C."""

    records: Sequence[Known]
    pair: Pair
    open: Sequence[int]


@dataclass(frozen=True, slots=True)
class Found:
    groups: Sequence[Group]
    total: int
    pairs_above: int
    apart: int  # pairs above the score that are looked at one by one
    chains: Sequence[Chain]


def open_pairs(session: Session, viewer: Viewer, kind: str, least: float = 0.0) -> Sequence[Pair]:
    """Pairs of a kind that wait for a word, at least so likely, the surest first."""
    found = visibility.pairs(viewer).where(Pair.kind == kind, Pair.probability >= least, Pair.decision == "")
    return session.scalars(found.order_by(Pair.probability.desc(), Pair.id)).all()


def above(session: Session, viewer: Viewer, kind: str, least: float) -> Sequence[Pair]:
    """The same with those of which somebody was not sure: a preview names them among those that are left out."""
    found = visibility.pairs(viewer).where(
        Pair.kind == kind, Pair.probability >= least, Pair.decision.in_(("", "not_sure"))
    )
    return session.scalars(found.order_by(Pair.probability.desc(), Pair.id)).all()


def found(session: Session, viewer: Viewer, kind: str, least: float) -> Found:
    """Groups whose records are on average at least so likely to be one."""
    pairs, standing = open_pairs(session, viewer, kind), bulk.Standing(session, kind)
    model = bulk.MODELS[kind]
    ids = {record_id for pair in pairs for record_id in (pair.left_id, pair.right_id)}
    records = {row.id: row for row in session.scalars(select(model).where(model.id.in_(ids)))} if ids else {}
    alone = [
        pair
        for pair in pairs
        if pair.relation or merges.of_two_organisations(records[pair.left_id], records[pair.right_id])
    ]
    usable = [pair for pair in pairs if pair not in alone]
    likely: dict[tuple[int, int], float] = {}
    for pair in usable:
        one, other = sorted((standing.of(pair.left_id), standing.of(pair.right_id)))
        likely[one, other] = max(pair.probability, likely.get((one, other), 0.0))
    apart = [(one, other) for one, others in standing.apart.items() for other in others]
    grouped = clusters(likely, different=apart, link=least)
    return Found(
        groups=[_group(session, viewer, model, members, usable, standing) for members in grouped[:SHOWN]],
        total=len(grouped),
        pairs_above=sum(pair.probability >= least for pair in usable),
        apart=sum(pair.probability >= least for pair in alone),
        chains=_chains(session, viewer, kind, [pair for pair in usable if pair.probability >= least]),
    )


def _group(
    session: Session,
    viewer: Viewer,
    model: type[Employer] | type[Candidate],
    members: frozenset[int],
    pairs: Sequence[Pair],
    standing: bulk.Standing,
) -> Group:
    inside = [pair for pair in pairs if {standing.of(pair.left_id), standing.of(pair.right_id)} <= members]
    records = session.scalars(select(model).where(model.id.in_(members)).order_by(model.id)).all()
    names = [name for record in records for name in _names(viewer, record)]
    chances = [pair.probability for pair in inside]
    return Group(
        members=records,
        spellings=list(dict.fromkeys(names)),
        mean=sum(chances) / len(chances),
        lowest=min(chances),
        pairs=[pair.id for pair in inside],
    )


def _names(viewer: Viewer, record: Known) -> list[str]:
    if isinstance(record, Employer):
        return [record.name, *record.aliases]
    return [visibility.candidate_name(viewer, record)]


def _chains(session: Session, viewer: Viewer, kind: str, pairs: Sequence[Pair]) -> list[Chain]:
    """Chains through what was decided and what is likely that a "not the same" forbids."""
    decided = session.scalars(
        visibility.pairs(viewer).where(Pair.kind == kind, Pair.decision.in_(("same", "not_same")))
    ).all()
    parted = {(pair.left_id, pair.right_id): pair for pair in decided if pair.decision == "not_same"}
    likely = {(pair.left_id, pair.right_id): pair.id for pair in pairs}
    same = [(pair.left_id, pair.right_id) for pair in decided if pair.decision == "same"]
    links = select(Merge.kept_id, Merge.merged_id).where(Merge.kind == kind, Merge.undone_at.is_(None))
    same += [(kept, merged) for kept, merged in session.execute(links)]
    model = bulk.MODELS[kind]
    shown = []
    for chain in contradictions([*same, *likely], parted)[:SHOWN]:
        steps = [(min(step), max(step)) for step in pairwise(chain)]
        ends = (chain[0], chain[-1])
        shown.append(
            Chain(
                records=[session.get_one(model, record_id) for record_id in chain],
                pair=parted.get(ends) or parted[ends[::-1]],
                open=[likely[step] for step in steps if step in likely],
            )
        )
    return shown


def titles(viewer: Viewer, records: Sequence[Known]) -> list[str]:
    return [_names(viewer, record)[0] for record in records]


def bulks(session: Session, viewer: Viewer, kind: str) -> list[Bulk]:
    """Decisions over many pairs that this person may see whole, the latest first."""
    rows = session.scalars(select(Bulk).where(Bulk.kind == kind).order_by(Bulk.id.desc()).limit(20)).all()
    return [row for row in rows if may_undo(session, viewer, row)]


def may_undo(session: Session, viewer: Viewer, made: Bulk) -> bool:
    """Whose pairs they all are: the hub's, or inside one's own organisation."""
    every = session.scalar(select(func.count(Pair.id)).where(Pair.bulk_id == made.id)) or 0
    own = visibility.pairs(viewer).where(Pair.bulk_id == made.id).with_only_columns(func.count(Pair.id))
    return viewer.is_hub or (every > 0 and session.scalar(own) == every)
