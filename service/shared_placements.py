"""One placement that two organisations made: the claims on one candidate at one employer become one, with two credits.

It follows from a person's decision that two candidates, or two employers, are one, and goes back with it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.placements import SURE, PlacementClaim, SharedPlacement, at_one_time, shared_placement
from matching.records import CandidateRecord, EmployerRecord
from service.models import Credit, Need, Placement
from service.plain_records import record_of
from terms.statuses import PlacementStatus

GONE = (str(PlacementStatus.VOID), str(PlacementStatus.ENDED))


def living(session: Session, column: Any, record_ids: Iterable[int]) -> Sequence[Placement]:
    """Placements of these candidates or at these employers (`column` says which) that are not ended or void."""
    found = select(Placement).where(column.in_(list(record_ids)), Placement.status.not_in(GONE))
    return session.scalars(found.order_by(Placement.id)).all()


def twins(rows: Iterable[Placement], names: dict[tuple[str, int], int]) -> list[tuple[Placement, Placement]]:
    """(kept, joined to it) among living placements, were candidates and employers one as `names` says: it gives for a
    ("candidate", id) or ("employer", id) the id that stands for it; itself where it is not there."""
    first: dict[tuple[int, int], list[Placement]] = {}
    found = []
    for row in rows:
        if row.employer_id is None:
            continue
        key = (
            names.get(("candidate", row.candidate_id), row.candidate_id),
            names.get(("employer", row.employer_id), row.employer_id),
        )
        kept = next((one for one in first.setdefault(key, []) if meet(one, row)), None)
        if kept is None:
            first[key].append(row)
        else:
            found.append((kept, row))
    return found


def join_those_of(session: Session, column: Any, record_id: int) -> list[dict[str, Any]]:
    """Join the claims on one person at one employer; what was done, as JSON, so that `part` can take it back."""
    return [join(session, kept, other) for kept, other in twins(living(session, column, [record_id]), {})]


def claim_of(placement: Placement) -> PlacementClaim:
    """A stored placement as the claim of the organisation that serves its candidate."""
    owner = placement.candidate.organisation_id
    person = record_of(placement.candidate)
    place = record_of(placement.employer) if placement.employer else EmployerRecord("")
    assert isinstance(person, CandidateRecord)
    assert isinstance(place, EmployerRecord)
    return PlacementClaim(
        id=str(placement.id),
        organisation=f"organisation {owner}" if owner else f"placement {placement.id}",
        candidate=person,
        employer=place,
        started=str(placement.start_on or ""),
        title=placement.need.title if placement.need else "",
        told=str(placement.reported_at.date()),
    )


def meet(one: Placement, other: Placement) -> bool:
    """Of one person at one employer: close enough in time to be one placement."""
    return at_one_time(claim_of(one), claim_of(other))


def why_one(one: Placement, other: Placement) -> SharedPlacement | None:
    """Why two claims are one placement once person and employer are known to be one; None for an organisation's own
    claim, told twice."""
    return shared_placement(claim_of(one), claim_of(other), candidate=SURE, employer=SURE)


def moving(kept: Placement, other: Placement) -> list[Credit]:
    """The credits of the other that the kept one has not yet."""
    held = {(credit.organisation_id, credit.role) for credit in kept.credits}
    return [credit for credit in other.credits if (credit.organisation_id, credit.role) not in held]


def join(session: Session, kept: Placement, other: Placement) -> dict[str, Any]:
    """The other's credits stand on the kept one; the other stays, void, so that nothing is forgotten."""
    moved = moving(kept, other)
    for credit in moved:
        credit.placement = kept
    was, other.status, other.end_reason = other.status, str(PlacementStatus.VOID), f"one with placement {kept.id}"
    done = {"kept": kept.id, "other": other.id, "status": was, "need": _give_back_opening(other)}
    session.flush()
    return {**done, "credits": [credit.id for credit in moved]}


def _give_back_opening(placement: Placement) -> list[Any] | None:
    """One person fills one opening: [left, state] of the need as they were and as they are, None where it stays."""
    need = placement.need
    if need is None or need.left is None or need.openings is None or need.left >= need.openings:
        return None
    before = [need.left, need.state]
    need.left, need.state = need.left + 1, "open"
    return [*before, need.left, need.state]


def part(session: Session, done: list[dict[str, Any]]) -> None:
    """Two placements again, each with the credits that it had; a step taken since stays with the one it was taken
    on."""
    for joined in reversed(done):
        kept, other = session.get_one(Placement, joined["kept"]), session.get_one(Placement, joined["other"])
        moved = joined["credits"]  # numbers; of merges from before that: organisation and role
        for credit in [c for c in kept.credits if c.id in moved or [c.organisation_id, c.role] in moved]:
            credit.placement = other
        if other.status == PlacementStatus.VOID:
            other.status, other.end_reason = joined["status"], ""
            _take_opening_again(other.need, joined.get("need"))
        session.flush()
        session.expire(kept, ["credits"])
        session.expire(other, ["credits"])


def _take_opening_again(need: Need | None, was: list[Any] | None) -> None:
    """The opening that was given back is taken again; exactly as it was where nothing came between."""
    if need is None or was is None or need.left is None:
        return
    if [need.left, need.state] == was[2:]:
        need.left, need.state = was[:2]
    elif need.left:
        need.left -= 1
        need.state = "filled" if need.left == 0 else need.state
