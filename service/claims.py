"""Claims of two organisations that may be one placement: which, how likely and why; a person's word on it.

Each organisation's report counts one, the ecosystem one (S8). The word is the decision that the two people are one, so
that it goes back with that; where the claims name two sites of one employer the placements are joined all the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matching.model import Match
from matching.placements import SURE, SharedPlacement, shared_placement
from service import bulk, identities, likeness, merges, shared_placements
from service.models import Candidate, Employer, Merge, Pair, Placement
from service.visibility import Viewer


class NoSuchClaims(LookupError):
    """Two placements that are not, or no longer, taken for one."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Two placements that may be one; `pair` is the open question whether their candidates are one person."""

    kept: Placement
    other: Placement
    pair: Pair
    found: SharedPlacement


def suggested(session: Session, viewer: Viewer, only: Iterable[int] | None = None) -> list[Claims]:
    """What the hub is asked, the likeliest first; `only` those of these pairs of candidates. Nothing to others: who
    else serves a person is not theirs to know."""
    if not viewer.is_hub:
        return []
    waiting = select(Pair).where(Pair.kind == "candidate", Pair.decision.in_(("", "not_sure")))
    if only is not None:
        waiting = waiting.where(Pair.id.in_(list(only)))
    found = [one for pair in _placed(session, session.scalars(waiting).all()) for one in _of_pair(session, pair)]
    return sorted(found, key=lambda one: (-one.found.probability, one.kept.id, one.other.id))


def _placed(session: Session, pairs: Sequence[Pair]) -> list[Pair]:
    """Those both of whose candidates have a placement."""
    living = select(Placement.candidate_id).where(Placement.status.not_in(shared_placements.GONE)).distinct()
    placed, standing = set(session.scalars(living)), bulk.Standing(session, "candidate")
    return [pair for pair in pairs if {standing.of(pair.left_id), standing.of(pair.right_id)} <= placed]


def _of_pair(session: Session, pair: Pair) -> list[Claims]:
    left, right = (_standing(session, record_id) for record_id in (pair.left_id, pair.right_id))
    if left.id == right.id or not merges.of_two_organisations(left, right):
        return []
    person = Match(pair.probability, "review", pair.relation or None, ())
    claims = []
    theirs = [shared_placements.living(session, Placement.candidate_id, [one.id]) for one in (left, right)]
    for one in theirs[0]:
        for other in theirs[1]:
            found = _alike(session, one, other, person)
            if found is not None and found.suggest:
                kept, joined = sorted((one, other), key=lambda row: row.id)
                claims.append(Claims(kept, joined, pair, found))
    return claims


def _alike(session: Session, one: Placement, other: Placement, person: Match) -> SharedPlacement | None:
    if one.employer is None or other.employer is None:
        return None
    claims = shared_placements.claim_of(one), shared_placements.claim_of(other)
    return shared_placement(*claims, candidate=person, employer=_employers(session, one.employer, other.employer))


def _employers(session: Session, one: Employer, other: Employer) -> Match:
    """How two employers stand to each other: as somebody said, else as they compare."""
    if one.id == other.id:
        return SURE
    if one.parent_id == other.id or other.parent_id == one.id or (one.parent_id and one.parent_id == other.parent_id):
        return Match(0.0, "review", "branch", ())
    ours, theirs = merges.cluster(session, one), merges.cluster(session, other)
    apart = select(Pair.id).where(
        Pair.kind == "employer",
        Pair.decision == "not_same",
        or_(
            Pair.left_id.in_(ours) & Pair.right_id.in_(theirs),
            Pair.left_id.in_(theirs) & Pair.right_id.in_(ours),
        ),
    )
    found = likeness.compared(session, one, other, likeness.learnt(session, "employer"))
    return Match(0.0, "", found.relation, ()) if session.scalar(apart.limit(1)) is not None else found


def _standing(session: Session, record_id: int) -> Candidate:
    return identities.standing_for(session, session.get_one(Candidate, record_id))


def accept(session: Session, viewer: Viewer, kept_id: int, other_id: int, note: str = "") -> Pair:
    """One placement with the credits of both: their candidates are one person. Undone by `identities.reopen` of the
    pair that is returned. Raises NoSuchClaims, identities.Contradiction."""
    claims = next(
        (one for one in suggested(session, viewer) if (one.kept.id, one.other.id) == (kept_id, other_id)), None
    )
    if claims is None:
        raise NoSuchClaims("These two placements are not taken for one any more.")
    words = f"one placement: {'; '.join(reason.words for reason in claims.found.why[1:])}"
    link = identities.decide(session, claims.pair.id, "same", viewer.label, note=f"{note or words}"[:500])
    if link is not None:
        _join(session, link, claims)
    return claims.pair


def _join(session: Session, link: Merge, claims: Claims) -> None:
    """Two sites of one employer: the claims are joined though the employers stay two, and part with the same merge."""
    living: Sequence[int] = [
        row.id for row in shared_placements.living(session, Placement.candidate_id, [link.kept_id])
    ]
    if claims.kept.id in living and claims.other.id in living:
        done = shared_placements.join(session, claims.kept, claims.other)
        link.snapshot = {**link.snapshot, "placements": [*link.snapshot["placements"], done]}
        session.flush()
