"""The inbox: which mails wait for a coordinator, and one of them with everything that the decision needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, selectinload

from service import lessons, lit, profile_answers, visibility
from service.covering import Cover, cover_names, covers
from service.models import (
    Employer,
    Event,
    InboundMessage,
    Lesson,
    Participant,
    Party,
    ProfileQuestion,
    Question,
    Referral,
    Submission,
    utcnow,
)
from service.visibility import Viewer
from terms.statuses import ReferralStatus

SHOWS = {"new": "To look at", "questions": "Questions", "all": "All", "snoozed": "Snoozed"}
PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    message: InboundMessage
    referral: Referral | None
    subject: str
    gist: str
    questions: int
    page: Sequence[ProfileQuestion] = ()  # what it leaves to be settled of a partner's page

    @property
    def is_draft(self) -> bool:
        return self.referral is not None and self.referral.status == ReferralStatus.DRAFT

    @property
    def asks(self) -> bool:
        """This mail's question waits for a coordinator, whether or not its referral counts already."""
        return self.message.result == "draft" and self.questions > 0


@dataclass(frozen=True, slots=True)
class Opened:
    """A mail with what was read from it and what became of it."""

    row: Row
    participants: Sequence[Participant]
    subject: Sequence[lit.Piece]
    passages: Sequence[lit.Passage]
    groups: Sequence[lit.Group]
    events: Sequence[Event]
    cover: Cover
    words_open: bool
    attachments: Sequence[dict[str, Any]]
    left_out: Sequence[lit.Told] = ()
    lessons: frozenset[int] = frozenset()


def shown(viewer: Viewer, show: str, words: str = "") -> Select[InboundMessage]:
    """The mails of one saved view, newest first; with words: those with them in the sender or the employer.

    Subjects are not searched: a hit would tell of a candidate whose name the reader may not see.
    """
    found = visibility.messages(viewer).outerjoin(Referral, Referral.id == InboundMessage.referral_id)
    awake = or_(Referral.id.is_(None), Referral.snoozed_until.is_(None), Referral.snoozed_until <= utcnow())
    if show == "new":
        found = found.where(
            InboundMessage.state == "done",
            InboundMessage.looked_at.is_(None),
            InboundMessage.result.in_(("referral", "draft", "update")),
            awake,
        )
    elif show == "questions":
        asked = exists().where(Question.referral_id == Referral.id, Question.settled_at.is_(None))
        page = exists().where(ProfileQuestion.message_id == InboundMessage.id, ProfileQuestion.settled_at.is_(None))
        waits = or_(Referral.status == ReferralStatus.DRAFT, asked, page)
        found = found.where(InboundMessage.result == "draft", waits, awake)
    elif show == "snoozed":
        found = found.where(Referral.snoozed_until > utcnow())
    else:
        found = found.where(InboundMessage.state == "done")
    if words:
        columns = (InboundMessage.sender_name, InboundMessage.sender_address, Employer.name)
        found = found.outerjoin(Employer, Employer.id == Referral.employer_id)
        found = found.where(or_(*(func.lower(column).like(f"%{words.lower()}%") for column in columns)))
    return found.order_by(InboundMessage.received_at.desc(), InboundMessage.id.desc())


def rows(
    session: Session, viewer: Viewer, show: str, page: int = 1, after: datetime | None = None, words: str = ""
) -> list[Row]:
    """One page of a saved view; with `after`, only what was read since."""
    found = shown(viewer, show, words).limit(PAGE + 1).offset((page - 1) * PAGE)
    if after is not None:
        found = found.where(InboundMessage.done_at > after)
    messages = session.scalars(found).all()
    return _rows(session, viewer, messages)


def _rows(session: Session, viewer: Viewer, messages: Sequence[InboundMessage]) -> list[Row]:
    ids = {message.referral_id for message in messages if message.referral_id}
    load = (selectinload(Referral.parties).joinedload(Party.organisation), selectinload(Referral.needs))
    found = session.scalars(
        visibility.referrals(viewer).where(Referral.id.in_(ids)).options(*load, selectinload(Referral.questions))
    )
    referrals = {referral.id: referral for referral in found}
    covered = covers(session, viewer, ids)
    numbers = [message.id for message in messages]
    said, pages = _said(session, numbers), profile_answers.waiting(session, numbers)
    return [
        _row(message, referrals.get(message.referral_id or 0), covered, said, pages.get(message.id, ()))
        for message in messages
    ]


def _row(
    message: InboundMessage,
    referral: Referral | None,
    covered: dict[int, Cover],
    said: dict[int, str],
    page: Sequence[ProfileQuestion],
) -> Row:
    cover = covered.get(message.referral_id or 0, Cover())
    waiting = [q for q in referral.questions if q.settled_at is None] if referral else []
    if message.result == "update" and message.id in said:
        gist = cover(said[message.id])
    elif message.rule == profile_answers.RULE:
        gist = f"{page[0].organisation.name}: something on its page is other" if page else "What the directory says"
    else:
        gist = gist_of(referral) if referral else ""
    return Row(message, referral, cover(message.subject) or "(no subject)", gist, len(waiting) + len(page), page)


def gist_of(referral: Referral) -> str:
    """Employer to receiving organisations, and what is needed, in one line."""
    employer = referral.employer.name if referral.employer else "Employer not known"
    receiving = ", ".join(referral.party_names("receiving"))
    needs = [f"{need.openings} × {need.title}" if need.openings else need.title for need in referral.needs[:3]]
    more = f" and {len(referral.needs) - 3} more" if len(referral.needs) > 3 else ""
    return " · ".join(filter(None, [f"{employer} → {receiving}" if receiving else employer, ", ".join(needs) + more]))


def _said(session: Session, message_ids: list[int]) -> dict[int, str]:
    """What each mail did to its referral, in the words of the history."""
    found = session.execute(
        select(Event.message_id, Event.kind, Event.words)
        .where(Event.message_id.in_(message_ids), Event.kind != "mail")
        .order_by(Event.id.desc())
    )
    return {mail: told(kind, words) for mail, kind, words in found if mail is not None}


def told(kind: str, words: str) -> str:
    """A line of the history in one go: its words, after what it is where they don't say so themselves."""
    if kind.startswith(("call_", "candidate_")):
        return words
    spoken = kind.removeprefix("party_").replace("_", " ")
    return words if spoken in words.lower() else f"{spoken}: {words}" if words else spoken


def opened(session: Session, viewer: Viewer, message_id: int, uncover: bool = False) -> Opened:
    """One mail. The words only to whom they were written, and to the hub. Raises NotVisible."""
    message = visibility.get(session, viewer, InboundMessage, message_id)
    session.refresh(message, ["reading"])
    row = _rows(session, viewer, [message])[0]
    reading = _shown_of(message)
    words_open = visibility.may_see_words(session, viewer, message)
    cover = Cover() if uncover else cover_for(session, viewer, message)
    return Opened(
        row=row,
        participants=session.scalars(
            select(Participant).where(Participant.message_id == message.id).order_by(Participant.id)
        ).all(),
        subject=lit.subject(reading, cover) if reading else [lit.Piece(cover(message.subject))],
        passages=lit.passages(reading, cover) if words_open else [],
        groups=lit.groups(reading),
        events=session.scalars(select(Event).where(Event.message_id == message.id).order_by(Event.id)).all(),
        cover=cover,
        words_open=words_open,
        left_out=lit.left_out(reading),
        lessons=_lessons(session, viewer, reading),
        attachments=[a for a in reading.get("attachments") or [] if isinstance(a, dict)],
    )


def _shown_of(message: InboundMessage) -> dict[str, Any]:
    """The reading, for the page. What somebody writes of their own page is no referral: nothing was taken from it."""
    reading = message.reading or {}
    return {**reading, "introduction": {}} if message.rule == profile_answers.RULE else reading


def _lessons(session: Session, viewer: Viewer, reading: dict[str, Any]) -> frozenset[int]:
    """The lessons that had a say in a mail and whose page this person may open."""
    told = (reading.get("introduction") or {}).get("learnt") or []
    ids = {int(one.get("lesson") or 0) for one in told}
    found = lessons.listing(viewer).where(Lesson.id.in_(ids)).with_only_columns(Lesson.id).order_by(None)
    return frozenset(session.scalars(found)) if ids else frozenset()


def cover_for(session: Session, viewer: Viewer, message: InboundMessage) -> Cover:
    """The names in a mail that the hub reads only after a click: whoever stood on the mail has read them already."""
    on_it = select(Participant.id).where(
        Participant.message_id == message.id, Participant.organisation_id == (viewer.organisation_id or 0)
    )
    if session.scalar(on_it.limit(1)):
        return Cover()
    open_names = {
        submission.candidate.name.casefold()
        for submission in session.scalars(
            select(Submission).where(Submission.referral_id == (message.referral_id or 0))
        )
        if visibility.may_see_details(viewer, submission.candidate, submission)
    }
    said = (message.reading or {}).get("introduction") or {}
    spare = [str((said.get("employer") or {}).get("name") or ""), str(said.get("referring_org") or "")]
    spare += [str(name) for name in said.get("receiving_orgs") or []]
    people = _people(message.reading or {})
    return cover_names(
        ((name, others) for name, others in people if name.casefold() not in open_names), " ".join(spare)
    )


def _people(reading: dict[str, Any]) -> list[tuple[str, list[str]]]:
    introduction = reading.get("introduction") or {}
    status = introduction.get("status") or {}
    found = [*(introduction.get("candidates") or []), *((reading.get("offer") or {}).get("candidates") or [])]
    for kind in ("interviewed", "hired", "not_hired", "retained", "ended"):
        found += status.get(kind) or []
    return [
        (str(person.get("name") or ""), [str(person.get("email") or ""), *map(str, person.get("phones") or [])])
        for person in found
        if isinstance(person, dict) and person.get("name")
    ]


def neighbours(session: Session, viewer: Viewer, show: str, message: InboundMessage) -> tuple[int | None, int | None]:
    """The mails above and below this one in the list."""
    return _beside(session, viewer, show, message, newer=True), _beside(session, viewer, show, message, newer=False)


def _beside(session: Session, viewer: Viewer, show: str, message: InboundMessage, *, newer: bool) -> int | None:
    at, number = InboundMessage.received_at, InboundMessage.id
    if newer:
        found = shown(viewer, show).where(
            or_(at > message.received_at, and_(at == message.received_at, number > message.id))
        )
        found = found.order_by(None).order_by(at, number)
    else:
        found = shown(viewer, show).where(
            or_(at < message.received_at, and_(at == message.received_at, number < message.id))
        )
    return session.scalar(found.with_only_columns(number).limit(1))


def raw(session: Session, viewer: Viewer, message_id: int) -> InboundMessage:
    """The mail with its bytes, for who may see its words. Raises NotVisible."""
    message = visibility.get(session, viewer, InboundMessage, message_id)
    if not visibility.may_see_words(session, viewer, message):
        raise visibility.NotVisible("The words of this mail are not for you.")
    session.refresh(message, ["content"])
    return message
