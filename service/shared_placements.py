"""One placement that two organisations made: the claims on one candidate at one employer become one, with two credits.

It follows from a person's decision that two candidates are one, and goes back with it.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.models import Credit, Placement
from terms.statuses import PlacementStatus

WINDOW = timedelta(days=60)
"""Two hires of one person at one employer that lie further apart are two placements: they left and came back."""

_GONE = (str(PlacementStatus.VOID), str(PlacementStatus.ENDED))


def join_those_of(session: Session, candidate_id: int) -> list[dict[str, Any]]:
    """Join this candidate's claims at each employer; what was done, as JSON, so that `part` can take it back."""
    rows = session.scalars(
        select(Placement)
        .where(Placement.candidate_id == candidate_id, Placement.status.not_in(_GONE))
        .order_by(Placement.id)
    ).all()
    done: list[dict[str, Any]] = []
    kept: dict[int | None, Placement] = {}
    for placement in rows:
        first = kept.setdefault(placement.employer_id, placement)
        if first is not placement and placement.employer_id is not None and _at_one_time(first, placement):
            done.append(_join(session, first, placement))
    return done


def _at_one_time(one: Placement, other: Placement) -> bool:
    first, second = _day(one), _day(other)
    return abs(first - second) <= WINDOW


def _day(placement: Placement) -> date:
    return placement.start_on or placement.reported_at.date()


def _join(session: Session, kept: Placement, other: Placement) -> dict[str, Any]:
    """The other's credits stand on the kept one; the other stays, void, so that nothing is forgotten."""
    moved = []
    held = {(credit.organisation_id, credit.role) for credit in kept.credits}
    for credit in list(other.credits):
        if (credit.organisation_id, credit.role) not in held:
            _move(credit, other, kept)
            moved.append([credit.organisation_id, credit.role])
    was, other.status, other.end_reason = other.status, str(PlacementStatus.VOID), f"one with placement {kept.id}"
    _give_back_opening(other)
    session.flush()
    return {"kept": kept.id, "other": other.id, "status": was, "credits": moved}


def _move(credit: Credit, source: Placement, target: Placement) -> None:
    """A new row in the other's place: a credit that leaves its placement is deleted."""
    columns = ("organisation_id", "role", "state", "message_id", "note", "claimed_at", "settled_at")
    target.credits.append(Credit(**{column: getattr(credit, column) for column in columns}))
    source.credits.remove(credit)


def _give_back_opening(placement: Placement) -> None:
    """One person fills one opening."""
    need = placement.need
    if need is not None and need.left is not None and need.openings is not None and need.left < need.openings:
        need.left, need.state = need.left + 1, "open"


def part(session: Session, done: list[dict[str, Any]]) -> None:
    """Two placements again, each with the credits that it had."""
    for joined in done:
        kept, other = session.get_one(Placement, joined["kept"]), session.get_one(Placement, joined["other"])
        for credit in [c for c in kept.credits if [c.organisation_id, c.role] in joined["credits"]]:
            _move(credit, kept, other)
        other.status, other.end_reason = joined["status"], ""
        if other.need is not None and other.need.left:
            other.need.left -= 1
    session.flush()
