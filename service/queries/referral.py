"""Referrals: the list with its filters, and one of them with everybody's part, needs, history, mails and letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, selectinload

from service import referrals, visibility
from service.covering import Cover, covers
from service.models import (
    Employer,
    Event,
    InboundMessage,
    Need,
    OutboundLetter,
    Party,
    Placement,
    Referral,
    Submission,
    Suggestion,
    utcnow,
)
from service.queries import in_touch
from service.queries.in_touch import Notice
from service.visibility import Viewer
from terms.statuses import OPEN_REFERRAL, REFERRAL_STEPS, ReferralStatus

PAGE = 50
S = ReferralStatus
SHOWS: dict[str, tuple[str, frozenset[ReferralStatus]]] = {
    "open": ("Open", OPEN_REFERRAL | {S.DRAFT, S.DECLINED, S.NO_ANSWER_SEEN}),
    "late": ("Late", OPEN_REFERRAL | {S.NO_ANSWER_SEEN}),
    "draft": ("Drafts", frozenset({S.DRAFT})),
    "closed": ("Closed", frozenset({S.CLOSED, S.WITHDRAWN, S.EXPIRED, S.REROUTED})),
    "all": ("All", frozenset(S) - {S.DISCARDED, S.DUPLICATE}),
    "aside": ("Set aside", frozenset({S.DISCARDED, S.DUPLICATE})),
}
NOT_BY_BUTTON = {S.DUPLICATE, S.REROUTED, S.DISCARDED, S.DRAFT, S.INTRODUCED}
ANSWERS = {S.ACKNOWLEDGED, S.ACCEPTED, S.DECLINED}
ORDER = list(S)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail of the thread; its words only where `open`."""

    message: InboundMessage
    open: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A referral as one person may see it."""

    referral: Referral
    next_act: referrals.NextAct
    steps: Sequence[ReferralStatus]
    may_answer_for: Sequence[Party]
    submissions: Sequence[Submission]
    placements: Sequence[Placement]
    suggestions: Sequence[Suggestion]
    mails: Sequence[Mail]
    letters: Sequence[OutboundLetter]
    children: Sequence[Referral]
    duplicates: Sequence[Referral]
    contacts_open: bool
    others_in_touch: Sequence[Notice]
    cover: Cover

    def letters_of(self, event: Event) -> list[OutboundLetter]:
        """Who was or will be told of a line of the history."""
        return [letter for letter in self.letters if event.id in (letter.news or {}).get("events", [])]


def listing(viewer: Viewer, show: str, words: str = "", organisation_id: int | None = None) -> Select[Referral]:
    """Referrals of one saved view, the most urgent first."""
    found = visibility.referrals(viewer).where(Referral.status.in_([str(status) for status in SHOWS[show][1]]))
    if show == "late":
        found = found.where(Referral.due < utcnow())
    if words:
        found = found.where(_about(words))
    if organisation_id:
        found = found.where(exists().where(Party.referral_id == Referral.id, Party.organisation_id == organisation_id))
    load = (selectinload(Referral.parties).joinedload(Party.organisation), selectinload(Referral.needs))
    order = (
        (Referral.due.is_(None), Referral.due, Referral.id.desc())
        if show in {"open", "late"}
        else (Referral.id.desc(),)
    )
    return found.options(*load, selectinload(Referral.employer)).order_by(*order)


def _about(words: str) -> ColumnElement[bool]:
    """A referral's number, or words in its employer's name or a need; not in a subject, which may name a candidate."""
    if words.lstrip("#").isdecimal() and len(words) < 10:
        return Referral.id == int(words.lstrip("#"))
    like = f"%{words.lower()}%"
    return or_(
        exists().where(Employer.id == Referral.employer_id, func.lower(Employer.name).like(like)),
        exists().where(Need.referral_id == Referral.id, func.lower(Need.title).like(like)),
    )


def opened(session: Session, viewer: Viewer, referral_id: int) -> Opened:
    """Raises NotVisible."""
    referral = visibility.get(session, viewer, Referral, referral_id)
    mails = session.scalars(
        select(InboundMessage).where(InboundMessage.referral_id == referral_id).order_by(InboundMessage.received_at)
    )
    need_ids = [need.id for need in referral.needs]
    return Opened(
        referral=referral,
        next_act=referrals.next_act(referral),
        steps=steps(viewer, referral),
        may_answer_for=answering(viewer, referral),
        submissions=session.scalars(select(Submission).where(Submission.referral_id == referral_id)).all(),
        placements=session.scalars(select(Placement).where(Placement.referral_id == referral_id)).all(),
        suggestions=session.scalars(
            visibility.suggestions(viewer)
            .where(Suggestion.need_id.in_(need_ids), Suggestion.state == "offered")
            .order_by(Suggestion.need_id, Suggestion.rank)
        ).all(),
        mails=[Mail(mail, visibility.may_see_words(session, viewer, mail)) for mail in mails],
        letters=session.scalars(
            visibility.letters(viewer).where(OutboundLetter.referral_id == referral_id).order_by(OutboundLetter.id)
        ).all(),
        children=_related(session, viewer, Referral.parent_id == referral_id),
        duplicates=_related(session, viewer, Referral.duplicate_of_id == referral_id),
        contacts_open=bool(referral.employer_id)
        and visibility.knows_employer(session, viewer, referral.employer_id or 0),
        others_in_touch=in_touch.others(session, referral),
        cover=covers(session, viewer, [referral_id])[referral_id],
    )


def _related(session: Session, viewer: Viewer, condition: ColumnElement[bool]) -> Sequence[Referral]:
    return session.scalars(visibility.referrals(viewer).where(condition).order_by(Referral.id)).all()


def parts(viewer: Viewer, referral: Referral) -> set[str]:
    """The roles of the viewer's own organisation in a referral."""
    return {p.role for p in referral.parties if viewer.organisation_id and p.organisation_id == viewer.organisation_id}


def answering(viewer: Viewer, referral: Referral) -> list[Party]:
    """The receiving organisations that this person may answer for."""
    receiving = [party for party in referral.parties if party.role == "receiving"]
    return receiving if viewer.is_hub else [p for p in receiving if p.organisation_id == viewer.organisation_id]


def steps(viewer: Viewer, referral: Referral) -> list[ReferralStatus]:
    """The next steps that this person may take: the hub all legal ones, a receiving organisation its answer too."""
    if not viewer.may_decide:
        return []
    own = parts(viewer, referral)
    legal = REFERRAL_STEPS[S(referral.status)] - NOT_BY_BUTTON
    if referral.status == S.DECLINED or not answering(viewer, referral):
        legal -= ANSWERS if not viewer.is_hub else frozenset()
    if not viewer.is_hub and not own & {"referring", "receiving"}:
        legal = frozenset()
    return sorted(legal, key=ORDER.index)


def possible_originals(session: Session, viewer: Viewer, referral: Referral) -> Sequence[Referral]:
    """Referrals that this one may be a duplicate of: same employer first, then the newest."""
    found = (
        visibility.referrals(viewer)
        .where(
            Referral.id != referral.id,
            Referral.status.not_in((str(S.DISCARDED), str(S.DUPLICATE))),
            Referral.created_at > utcnow() - timedelta(days=90),
        )
        .options(selectinload(Referral.employer))
    )
    same = func.coalesce(Referral.employer_id == referral.employer_id, False)
    return session.scalars(found.order_by(same.desc(), Referral.id.desc()).limit(6)).all()
