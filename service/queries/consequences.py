"""What hangs on a decision over two records: what would change it, credits before and after, what an undo left open."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.explain import Change
from service import bulk, identities, likeness, shared_placements
from service.models import (
    EmployerContact,
    Merge,
    Organisation,
    Pair,
    Placement,
    Referral,
    Submission,
)


@dataclass(frozen=True, slots=True)
class Credited:
    """On how many placements an organisation has credit, of those that hang on the two records."""

    organisation: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that came while two records were one; `number` is its place in the list of what is asked."""

    merge_id: int
    number: int
    words: str
    referral_id: int | None = None


def would_change(session: Session, pair: Pair, left: Any, right: Any) -> tuple[float, Sequence[Change]]:
    """The chance as both records stand now, and what a call could find out with the chance that there would be then."""
    if pair.decision or identities.standing_for(session, left) is identities.standing_for(session, right):
        return pair.probability, ()
    return likeness.would_change(session, left, right)


def credits(session: Session, pair: Pair, left: Any, right: Any) -> tuple[list[Credited], list[bulk.Shared]]:
    """Each organisation's placements before and after, and the placements that become one."""
    kept, merged = sorted(identities.standing_for(session, record).id for record in (left, right))
    column = Placement.employer_id if pair.kind == "employer" else Placement.candidate_id
    rows = shared_placements.living(session, column, {kept, merged})
    joined = shared_placements.twins(rows, {(pair.kind, merged): kept}) if kept != merged else []
    before = Counter(pair_of for row in rows for pair_of in _organisations(row))
    after = Counter(before)
    for one, other in joined:
        after.subtract(_organisations(one) & _organisations(other))
    names = {row.id: row.name for row in session.scalars(select(Organisation).where(Organisation.id.in_(before)))}
    return (
        [Credited(names[one], before[one], after[one]) for one in sorted(before, key=names.__getitem__)],
        [bulk.shared(session, one, other) for one, other in joined],
    )


def _organisations(placement: Placement) -> set[int]:
    return {credit.organisation_id for credit in placement.credits}


def asks(session: Session, pair: Pair) -> tuple[Merge | None, list[Ask]]:
    """The undone merge of this pair that left something open, and what."""
    undone = session.scalars(
        select(Merge).where(Merge.pair_id == pair.id, Merge.undone_at.is_not(None)).order_by(Merge.id.desc())
    ).first()
    if undone is None:
        return None, []
    return undone, [_ask(session, undone.id, number, one) for number, one in enumerate(undone.asks)]


_FIELDS = {"aliases": "the spelling", "domains": "the domain", "phones": "the number", "emails": "the address"}


def _ask(session: Session, merge_id: int, number: int, one: dict[str, Any]) -> Ask:
    if "field" in one:
        return Ask(merge_id, number, f"{_FIELDS.get(one['field'], one['field'])} {one['value']}")
    models = (Referral, Submission, Placement, EmployerContact)
    row = session.get(next(model for model in models if model.__tablename__ == one["table"]), one["id"])
    if isinstance(row, Referral):
        return Ask(merge_id, number, f"referral {row.id}", row.id)
    if isinstance(row, Submission):
        return Ask(merge_id, number, f"the submission to referral {row.referral_id}", row.referral_id)
    if isinstance(row, Placement):
        return Ask(merge_id, number, f"placement {row.id}", row.referral_id)
    contact = f"the contact {row.name or row.email}" if isinstance(row, EmployerContact) else "something that is gone"
    return Ask(merge_id, number, contact)


def waiting(session: Session, pairs: Sequence[Pair]) -> set[int]:
    """Which of these pairs have something open since their merge was undone."""
    ids = [pair.id for pair in pairs]
    rows = session.scalars(select(Merge).where(Merge.pair_id.in_(ids), Merge.undone_at.is_not(None)))
    return {row.pair_id for row in rows if row.asks and row.pair_id is not None}
