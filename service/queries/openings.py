"""Openings of a need: how many were asked for, who filled how many, how many are left (S40)."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.models import Need, Organisation, Placement, Submission
from service.openings import shares_of, unasked
from terms.statuses import PlacementStatus


@dataclass(frozen=True, slots=True)
class Openings:
    """`left` is what the need says; `by` who sent the people that were hired, most first; `others` filled without a
    name of ours: a mail said how many are left. `total` None: nobody said how many. `shares`: the partners of a large
    need with the openings that each was asked for; `unasked` what they leave without a partner."""

    total: int | None
    left: int | None
    by: tuple[tuple[str, int], ...] = ()
    shares: tuple[tuple[str, int], ...] = ()
    unasked: int | None = None

    @property
    def hired(self) -> int:
        return sum(count for _, count in self.by)

    @property
    def others(self) -> int:
        if self.total is None or self.left is None:
            return 0
        return max(0, self.total - self.left - self.hired)


def openings(session: Session, needs: Collection[Need]) -> dict[int, Openings]:
    """For each need; a person whom two organisations sent counts for the one whose record stands."""
    sent = (
        select(Placement.need_id, Organisation.name, func.count(func.distinct(Placement.id)))
        .join(
            Submission,
            (Submission.referral_id == Placement.referral_id) & (Submission.candidate_id == Placement.candidate_id),
        )
        .join(Organisation, Organisation.id == Submission.organisation_id)
        .where(Placement.need_id.in_([need.id for need in needs]), Placement.status != str(PlacementStatus.VOID))
        .group_by(Placement.need_id, Organisation.name)
        .order_by(func.count(func.distinct(Placement.id)).desc(), Organisation.name)
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for need_id, name, count in session.execute(sent):
        found.setdefault(int(need_id or 0), []).append((name, count))
    return {need.id: _of(need, tuple(found.get(need.id, ()))) for need in needs}


def _of(need: Need, by: tuple[tuple[str, int], ...]) -> Openings:
    shares = tuple(shares_of(need))
    return Openings(need.openings, _left(need), by, shares, unasked(need) if shares else None)


def _left(need: Need) -> int | None:
    return need.left if need.left is not None else need.openings
