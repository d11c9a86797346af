"""Many pairs joined at once: what would happen first, then as one decision, undone as one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import identities, merges, shared_placements
from service.models import Bulk, Candidate, Employer, Merge, Organisation, Pair, Placement, utcnow

MODELS: dict[str, type[Employer] | type[Candidate]] = {"employer": Employer, "candidate": Candidate}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A pair that is not joined with the others, and why not."""

    pair: Pair
    why: str


@dataclass(frozen=True, slots=True)
class Shared:
    """Two placements that become one, with the organisations that have credit before and after, and why in words."""

    kept: Placement
    other: Placement
    before: tuple[Sequence[str], Sequence[str]]
    after: Sequence[str]
    why: Sequence[str] = ()


@dataclass(slots=True)
class Plan:
    """What joining would do. `groups` hold the records that become one, the one that stands for them first."""

    kind: str
    join: list[Pair] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    groups: list[list[int]] = field(default_factory=list)
    moved: dict[str, int] = field(default_factory=dict)
    shared: list[Shared] = field(default_factory=list)


class Standing:
    """For each record the one that stands for it, as decisions would make it, and which of these must stay apart."""

    def __init__(self, session: Session, kind: str) -> None:
        model = MODELS[kind]
        found = select(model.id, model.merged_into_id).where(model.merged_into_id.is_not(None))
        self.into: dict[int, int] = {merged: into for merged, into in session.execute(found) if into is not None}
        self.apart: dict[int, set[int]] = {}
        decided = select(Pair.left_id, Pair.right_id).where(Pair.kind == kind, Pair.decision == "not_same")
        for left, right in session.execute(decided):
            one, other = self.of(left), self.of(right)
            self.apart.setdefault(one, set()).add(other)
            self.apart.setdefault(other, set()).add(one)

    def of(self, record_id: int) -> int:
        while record_id in self.into:
            record_id = self.into[record_id]
        return record_id

    def join(self, one: int, other: int) -> None:
        """The older one stands for both, and must stay apart from whatever either must."""
        kept, merged = sorted((self.of(one), self.of(other)))
        if kept == merged:
            return
        self.into[merged] = kept
        for third in self.apart.pop(merged, set()):
            self.apart[third].discard(merged)
            self.apart[third].add(kept)
            self.apart.setdefault(kept, set()).add(third)


def plan(session: Session, kind: str, pairs: Iterable[Pair]) -> Plan:
    """Join these pairs, the surest first; those that can't be are left out with the reason. Changes nothing."""
    found, standing = Plan(kind), Standing(session, kind)
    before = dict(standing.into)
    for pair in sorted(pairs, key=lambda one: (-one.probability, one.id)):
        why = _why_not(session, pair, standing)
        if why:
            found.left_out.append(LeftOut(pair, why))
        elif pair.decision != "same":
            found.join.append(pair)
            standing.join(pair.left_id, pair.right_id)
    joined = {record_id: standing.of(record_id) for record_id in standing.into if record_id not in before}
    groups: dict[int, list[int]] = {}
    for merged, kept in sorted(joined.items()):
        groups.setdefault(kept, [kept]).append(merged)
    found.groups = list(groups.values())
    found.moved = _moved(session, kind, list(joined))
    found.shared = _shared(session, kind, joined)
    return found


def _why_not(session: Session, pair: Pair, standing: Standing) -> str:
    model = MODELS[pair.kind]
    left, right = session.get_one(model, pair.left_id), session.get_one(model, pair.right_id)
    if pair.decision == "not_same":
        return "was decided: not the same"
    if pair.decision == "not_sure":
        return "somebody looked and was not sure"
    if merges.of_two_organisations(left, right):
        return "candidates of two organisations are looked at one by one"
    if pair.relation:
        return f"related, not the same: {pair.relation}"
    one, other = standing.of(pair.left_id), standing.of(pair.right_id)
    if other in standing.apart.get(one, ()):
        return "would join two of which somebody said that they are not the same"
    return ""


def _moved(session: Session, kind: str, merged: list[int]) -> dict[str, int]:
    """How many rows of each table would come under another record."""
    counts = {}
    for model, column in merges.MOVED[kind]:
        rows = session.scalars(select(model.id).where(getattr(model, column).in_(merged))).all()
        if rows:
            counts[model.__tablename__.replace("_", " ")] = len(rows)
    return counts


def _shared(session: Session, kind: str, joined: dict[int, int]) -> list[Shared]:
    column = Placement.employer_id if kind == "employer" else Placement.candidate_id
    rows = shared_placements.living(session, column, {*joined, *joined.values()})
    names = {(kind, merged): kept for merged, kept in joined.items()}
    return [shared(session, kept, other) for kept, other in shared_placements.twins(rows, names)]


def shared(session: Session, kept: Placement, other: Placement) -> Shared:
    """The credits of two placements before and after they are one."""
    before = (_credited(session, kept.credits), _credited(session, other.credits))
    after = _credited(session, [*kept.credits, *shared_placements.moving(kept, other)])
    found = shared_placements.why_one(kept, other)
    return Shared(kept, other, before, after, [reason.words for reason in found.why] if found else ())


def _credited(session: Session, credits: Iterable) -> list[str]:
    ids = dict.fromkeys(credit.organisation_id for credit in credits)
    return [session.get_one(Organisation, organisation_id).name for organisation_id in ids]


def join(session: Session, kind: str, pairs: Iterable[Pair], who: str, *, source: str, least: float) -> Bulk:
    """One decision over these pairs: each that can be is "same". Raises ValueError where none can be."""
    planned = plan(session, kind, pairs)
    if not planned.join:
        raise ValueError("None of these pairs can be joined any more.")
    made = Bulk(
        kind=kind,
        source=source,
        least=least,
        joined=len(planned.join),
        left_out=[{"pair": one.pair.id, "why": one.why} for one in planned.left_out],
        by=who,
    )
    session.add(made)
    session.flush()
    for pair in planned.join:
        identities.decide(session, pair.id, "same", who, note=f"with {len(planned.join)} pairs at once")
        pair.bulk_id = made.id
    session.flush()
    return made


def undo(session: Session, bulk_id: int, who: str) -> Bulk:
    """All of it again as it was, the last merge first. Raises LookupError, ValueError."""
    made = session.get(Bulk, bulk_id)
    if made is None:
        raise LookupError(f"There is no decision {bulk_id} over many pairs.")
    if made.undone_at is not None:
        raise ValueError(f"That was undone on {made.undone_at:%d %b %Y} already.")
    pairs = session.scalars(select(Pair).where(Pair.bulk_id == bulk_id)).all()
    links = select(Merge).where(Merge.pair_id.in_([pair.id for pair in pairs]), Merge.undone_at.is_(None))
    for link in session.scalars(links.order_by(Merge.id.desc())).all():
        identities.undo_merge(session, link.id, who)
    for pair in pairs:
        identities.reopen(session, pair.id, who)
        pair.note = ""
    made.undone_by, made.undone_at = who, utcnow()
    session.flush()
    return made
