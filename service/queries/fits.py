"""Candidates who fit a need, and open needs that fit a candidate, with reasons; walls of consent come before matching.

A person of another organisation is considered only where their own record says that they agreed to be shared (S1, S43);
a release that was attested for one need counts for no other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from service import answers, suggestions, visibility
from service.models import Candidate, Need, Organisation, Referral, Submission
from service.visibility import Viewer
from terms.statuses import OPEN_REFERRAL, ConsentState, ReferralStatus

if TYPE_CHECKING:
    from matching.fits import Fit, Seeker
    from matching.needs import NeedAsked

MOST = 1000  # candidates or needs that are looked through, the newest first
SHOWN = 8
LEAST = 0.15  # below it only the broad field of work is the same


@dataclass(frozen=True, slots=True)
class FittingCandidate:
    """A candidate for a need. `organisation` is whose they are; `own`: the viewer's own, who may be proposed."""

    candidate: Candidate
    organisation: Organisation | None
    own: bool
    fit: "Fit"


@dataclass(frozen=True, slots=True)
class FittingNeed:
    need: Need
    fit: "Fit"


def candidates_for(session: Session, viewer: Viewer, need: Need, limit: int = SHOWN) -> list[FittingCandidate]:
    """Own candidates and those shared by consent, best first, without those who are on the referral already."""
    from matching.fits import seekers_for

    on_it = select(Submission.candidate_id).where(Submission.referral_id == need.referral_id)
    found = shared(viewer).where(Candidate.id.not_in(on_it)).order_by(Candidate.id.desc()).limit(MOST)
    people = {str(person.id): person for person in session.scalars(found)}
    fits = seekers_for(
        _asked(session, need), _seekers(session, viewer, people.values()), suggestions.coder(session), limit
    )
    ids = {people[fit.key].organisation_id for fit in fits}
    names = {row.id: row for row in session.scalars(select(Organisation).where(Organisation.id.in_(ids)))}
    return [
        FittingCandidate(person, names.get(person.organisation_id or 0), _is_own(viewer, person), fit)
        for fit in fits
        if fit.score >= LEAST and (person := people[fit.key])
    ]


def shared(viewer: Viewer) -> Select[Candidate]:
    """Candidates who may be offered to this person's organisation: its own, and others by their recorded consent."""
    kept = aliased(Candidate)
    standing = or_(
        Candidate.merged_into_id.is_(None),
        and_(_own(viewer), select(kept.id).where(kept.id == Candidate.merged_into_id, ~_own(viewer, kept)).exists()),
    )
    fresh = or_(Candidate.consent_until.is_(None), Candidate.consent_until >= date.today())  # noqa: DTZ011
    agreed = and_(Candidate.consent.in_((str(ConsentState.VERBAL), str(ConsentState.SIGNED))), fresh)
    return select(Candidate).where(standing, Candidate.erased_at.is_(None), or_(_own(viewer), agreed))


def _own(viewer: Viewer, table: type[Candidate] = Candidate) -> ColumnElement[bool]:
    return table.organisation_id == (viewer.organisation_id or 0)


def _is_own(viewer: Viewer, person: Candidate) -> bool:
    return viewer.organisation_id is not None and person.organisation_id == viewer.organisation_id


def needs_for(session: Session, viewer: Viewer, person: Candidate, limit: int = SHOWN) -> list[FittingNeed]:
    """Open needs that the viewer sees and this person fits; none for a person whose name they may not read."""
    from matching.fits import needs_for as fitting

    if not visibility.may_see_details(viewer, person) or person.erased_at is not None:
        return []
    on = select(Submission.referral_id).where(Submission.candidate_id == person.id)
    open_now = [str(status) for status in (*OPEN_REFERRAL, ReferralStatus.DECLINED, ReferralStatus.NO_ANSWER_SEEN)]
    found = (
        visibility.needs(viewer)
        .join(Referral, Referral.id == Need.referral_id)
        .where(Need.state == "open", Referral.status.in_(open_now), Need.referral_id.not_in(on))
        .options(joinedload(Need.referral).joinedload(Referral.employer))
        .order_by(Need.id.desc())
        .limit(MOST)
    )
    needs = session.scalars(found).all()
    seeker = next(iter(_seekers(session, viewer, [person])))
    fits = fitting(seeker, [_asked(session, need) for need in needs], suggestions.coder(session), limit)
    return [FittingNeed(needs[int(fit.key)], fit) for fit in fits if fit.score >= LEAST]


def _asked(session: Session, need: Need) -> "NeedAsked":
    from matching.needs import NeedAsked

    return NeedAsked.from_json(answers.need_json(session, need))


def _seekers(session: Session, viewer: Viewer, people: Iterable[Candidate]) -> Sequence["Seeker"]:
    """As the matcher sees them: the work they seek by their record, and the jobs they were put forward for by the
    viewer's own organisation or on referrals that the viewer sees."""
    from matching.fits import Seeker

    known = list(people)
    titles: dict[int, list[str]] = {person.id: list(person.work) for person in known}
    seen = (
        visibility.submissions(viewer)
        .where(Submission.candidate_id.in_(list(titles)), Submission.need_id.is_not(None))
        .options(joinedload(Submission.need))
    )
    for row in session.scalars(seen):
        if row.need is not None and row.need.title not in titles[row.candidate_id]:
            titles[row.candidate_id].append(row.need.title)
    return [
        Seeker(str(person.id), tuple(titles[person.id][:10]), person.zip or person.city, tuple(person.languages))
        for person in known
        if titles[person.id] or len(known) == 1
    ]
