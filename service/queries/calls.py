"""Talent calls: the list, and one of them as a person may see it: who was asked, who answered, who was sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from service import identities, visibility
from service.models import CallAsk, Need, Organisation, OutboundLetter, Submission, TalentCall, utcnow
from service.queries.openings import Openings, openings
from service.queries.referral import parts
from service.visibility import Viewer

PAGE = 50
SHOWS = {"open": "Open", "past": "Past their day", "closed": "Closed", "all": "All"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was sent. `earlier` names who sent the same person before, `first` says that others came later:
    both only where consent lets the viewer read every name concerned."""

    submission: Submission
    named: bool
    late: bool
    first: bool = False
    earlier: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A partner that was asked, with the people it sent: those whose names or organisation may be seen beside each
    other, and how many there are in all."""

    ask: CallAsk
    people: Sequence[Person]
    count: int
    letter: OutboundLetter | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A call as one person may see it. `whole` False: only their own organisation's part. `unnamed`: people without
    consent, of whom it isn't shown who sent them."""

    call: TalentCall
    need: Need
    openings: Openings
    whole: bool
    may_change: bool
    answers: Sequence[Answered]
    unnamed: Sequence[Person]

    @property
    def count(self) -> int:
        return sum(answer.count for answer in self.answers)

    @property
    def waiting(self) -> int:
        return sum(answer.ask.state == "asked" for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Line:
    """A call in the list: how many were asked and answered, how many people came, what is left."""

    call: TalentCall
    whole: bool
    asked: int
    answered: int
    people: int
    openings: Openings


def listing(session: Session, viewer: Viewer, show: str, limit: int = PAGE, offset: int = 0) -> list[Line]:
    """Calls of one saved view, the next deadline first."""
    rows = session.scalars(_listed(viewer, show).limit(limit).offset(offset)).all()
    counted = openings(session, [call.need for call in rows])
    sent = select(Submission).where(Submission.call_id.in_([call.id for call in rows]))
    people = session.scalars(sent).all()
    found = []
    for call in rows:
        whole = visibility.sees_whole_call(session, viewer, call)
        asks = [ask for ask in call.asks if whole or ask.organisation_id == viewer.organisation_id]
        own = [
            one for one in people if one.call_id == call.id and (whole or one.organisation_id == viewer.organisation_id)
        ]
        answered = sum(ask.state != "asked" for ask in asks)
        found.append(Line(call, whole, len(asks), answered, len(own), counted[call.need_id]))
    return found


@dataclass(frozen=True, slots=True)
class Below:
    """An opening that a delegate offered to others, as its parent sees it: no employer, no people. `taken`: who takes
    how many; `filled` of `total` openings, None where nobody said how many there are."""

    call: TalentCall
    asked: int
    taken: Sequence[tuple[str, int | None]]
    total: int | None
    filled: int | None


def has_delegates(session: Session, viewer: Viewer) -> bool:
    """Whether there is somebody below whose offers this person may count."""
    if viewer.is_hub:
        return True
    below = select(Organisation.id).where(Organisation.parent_id == (viewer.organisation_id or 0))
    return session.scalar(below.limit(1)) is not None


def offered_below(session: Session, viewer: Viewer, limit: int = 200) -> list[Below]:
    """Openings offered by the delegates of the viewer's organisation (of every one to the hub), newest first."""
    found = select(TalentCall).where(TalentCall.offers_opening)
    if not viewer.is_hub:
        own = select(Organisation.id).where(Organisation.parent_id == (viewer.organisation_id or 0))
        found = found.where(TalentCall.organisation_id.in_(own))
    whole = (
        joinedload(TalentCall.need),
        joinedload(TalentCall.organisation),
        selectinload(TalentCall.asks).joinedload(CallAsk.organisation),
    )
    rows = session.scalars(found.options(*whole).order_by(TalentCall.id.desc()).limit(limit)).unique().all()
    return [_below(call) for call in rows]


def _below(call: TalentCall) -> Below:
    need = call.need
    taken = [(ask.organisation.name, ask.openings) for ask in call.asks if ask.state == "taken"]
    filled = need.openings - need.left if need.openings is not None and need.left is not None else None
    return Below(call, len(call.asks), taken, need.openings, filled)


def _listed(viewer: Viewer, show: str) -> Select[TalentCall]:
    found = visibility.calls(viewer).options(
        selectinload(TalentCall.asks), joinedload(TalentCall.need).joinedload(Need.referral)
    )
    if show == "open":
        return found.where(TalentCall.closed_at.is_(None), TalentCall.deadline >= utcnow()).order_by(
            TalentCall.deadline
        )
    if show == "past":
        found = found.where(TalentCall.closed_at.is_(None), TalentCall.deadline < utcnow())
        return found.order_by(TalentCall.deadline.desc())
    if show == "closed":
        found = found.where(TalentCall.closed_at.is_not(None))
    return found.order_by(TalentCall.id.desc())


def opened(session: Session, viewer: Viewer, call_id: int) -> Opened:
    """Raises NotVisible."""
    call = visibility.get(session, viewer, TalentCall, call_id)
    whole = visibility.sees_whole_call(session, viewer, call)
    asks = [ask for ask in call.asks if whole or ask.organisation_id == viewer.organisation_id]
    people = _people(session, viewer, call, whole)
    letters = _letters(session, call)
    answers = []
    for ask in asks:
        sent = [one for one in people if one.submission.organisation_id == ask.organisation_id]
        beside = [one for one in sent if one.named or viewer.is_hub]
        answers.append(Answered(ask, beside, len(sent), letters.get(ask.organisation_id)))
    shown = {id(one) for answer in answers for one in answer.people}
    return Opened(
        call=call,
        need=call.need,
        openings=openings(session, [call.need])[call.need_id],
        whole=whole,
        may_change=may_call(viewer, call.need),
        answers=answers,
        unnamed=sorted(
            (one for one in people if id(one) not in shown), key=lambda one: one.submission.candidate.initials
        ),
    )


def may_call(viewer: Viewer, need: Need) -> bool:
    """The hub, and who refers or receives on the need's referral."""
    mine = parts(viewer, need.referral) & {"referring", "receiving"}
    return viewer.may_decide and (viewer.is_hub or bool(mine))


def of_need(session: Session, viewer: Viewer, need_ids: Iterable[int]) -> dict[int, list[TalentCall]]:
    """The calls for these needs that this person may see, newest first."""
    found: dict[int, list[TalentCall]] = {}
    rows = visibility.calls(viewer).where(TalentCall.need_id.in_(list(need_ids))).order_by(TalentCall.id.desc())
    for call in session.scalars(rows.options(selectinload(TalentCall.asks))):
        found.setdefault(call.need_id, []).append(call)
    return found


def _letters(session: Session, call: TalentCall) -> dict[int, OutboundLetter]:
    events = [f"call:{call.id}:{ask.organisation_id}" for ask in call.asks]
    rows = session.scalars(select(OutboundLetter).where(OutboundLetter.event.in_(events)))
    return {row.organisation_id: row for row in rows if row.organisation_id is not None}


def _people(session: Session, viewer: Viewer, call: TalentCall, whole: bool) -> list[Person]:
    found = select(Submission).where(Submission.call_id == call.id).order_by(Submission.at, Submission.id)
    rows = session.scalars(found.options(joinedload(Submission.candidate), joinedload(Submission.organisation))).all()
    seen = [row for row in rows if whole or row.organisation_id == viewer.organisation_id]
    sent: dict[int, list[Submission]] = {}
    for row in seen:
        sent.setdefault(identities.standing_for(session, row.candidate).id, []).append(row)
    people = []
    for group in sent.values():
        readable = len(group) > 1 and all(_named(viewer, row) for row in group)
        for row in group:
            earlier = group[0].organisation.name if readable and row is not group[0] and group[0].organisation else ""
            first = readable and row is group[0]
            people.append(Person(row, _named(viewer, row), _late(row.at, call), first, earlier))
    return sorted(people, key=lambda one: (one.submission.at, one.submission.id))


def _named(viewer: Viewer, row: Submission) -> bool:
    return visibility.may_see_details(viewer, visibility.known_to(viewer, row.candidate), row)


def _late(at: datetime, call: TalentCall) -> bool:
    return at > call.deadline
