"""From a correction to a lesson: what a person changed is kept, and what is sound in it holds from then on.

A spelling, or a line that stands in every mail of a sender, holds from the first correction; a habit from the second.
Corrections that say otherwise count against a lesson, until it holds no more.
"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mail.lessons import HOLDS
from service import lessons, partners
from service.models import (
    Correction,
    InboundMessage,
    Lesson,
    Organisation,
    OrganisationSign,
    Referral,
    User,
    utcnow,
)
from service.standing import Stood
from service.taught import DERIVE, Taught
from terms.kinds import LessonKind

FOR_ALL = (LessonKind.TITLE, LessonKind.EMPLOYER)
"""What the hub may let hold for every organisation: what a thing is called; a habit is somebody's own."""
SPELLINGS = (LessonKind.TITLE, LessonKind.EMPLOYER, LessonKind.CONTACT)


def correct(
    session: Session,
    stood: Stood,
    field: str,
    before: str,
    after: str,
    who: str,
    *,
    referral: Referral | None = None,
    personal: bool = False,
) -> Correction:
    """Keep what a person changed, and learn from it. `field` is "need.title", "employer.name", "party.receiving"..."""
    correction = Correction(
        who=who,
        organisation_id=stood.organisation_id,
        message_id=stood.message.id if stood.message else None,
        referral_id=referral.id if referral else None,
        field=field,
        words=stood.words[:500],
        before=before[:500],
        after=after[:500],
        personal=personal,
    )
    session.add(correction)
    if stood.lesson:
        _speaks_against(session, stood.lesson, who)
    derive = DERIVE.get(field)
    taught = derive(session, stood, before, after) if derive and stood.message is not None else None
    if taught is not None:
        _keep(session, taught, stood.organisation_id, correction)
    session.flush()
    return correction


def _speaks_against(session: Session, lesson_id: int, who: str) -> None:
    """A value that a lesson gave was changed: a lesson that is contradicted too often waits to be said again."""
    lesson = session.get(Lesson, lesson_id)
    if lesson is not None:
        lesson.against += 1
        if lesson.sure < HOLDS and lesson.state == "active":
            lesson.state = "waiting"
        lessons.changed(lesson, who)


def _keep(session: Session, taught: Taught, organisation_id: int | None, correction: Correction) -> None:
    """Count it with the same lesson, or against another one; a spelling has one meaning, the last."""
    who = correction.who
    same = None
    for row in _of_the_same(session, taught, organisation_id):
        if row.value == taught.value:
            same = row
        elif row.kind in SPELLINGS:
            row.state = "revoked"
            lessons.changed(row, who)
        else:
            _speaks_against(session, row.id, who)
    if same is None:
        same = Lesson(
            kind=str(taught.kind),
            organisation_id=organisation_id,
            sender=taught.sender,
            trigger=taught.trigger,
            written=taught.written[:200],
            field=taught.field,
            value=taught.value[:300],
            against=taught.against,
            taught=0,
        )
        session.add(same)
    same.taught = (same.taught or 0) + 1
    same.code = taught.code or same.code or ""
    same.taught_by, same.taught_at = who, utcnow()
    holds = (taught.sound or same.taught > 1) and same.sure >= HOLDS
    same.state = "active" if holds and _may_teach(session, who, organisation_id) else "waiting"
    lessons.changed(same, who)
    correction.lesson = same


def _of_the_same(session: Session, taught: Taught, organisation_id: int | None) -> list[Lesson]:
    """Lessons of the same thing, with this value or another."""
    found = select(Lesson).where(
        Lesson.kind == str(taught.kind),
        Lesson.organisation_id == organisation_id if organisation_id else Lesson.organisation_id.is_(None),
        Lesson.sender == taught.sender,
        Lesson.trigger == taught.trigger,
        Lesson.field == taught.field,
    )
    return list(session.scalars(found))


def _may_teach(session: Session, who: str, organisation_id: int | None) -> bool:
    """The hub, and an organisation for its own mails; what another party corrects waits for one of them."""
    address = who.rpartition("<")[2].rstrip("> ").lower()
    user = session.scalar(select(User).where(func.lower(User.email) == address))
    return user is None or user.role == "hub" or (user.organisation_id or 0) == organisation_id


def welcomed(session: Session, organisation: Organisation, message: InboundMessage | None, who: str) -> None:
    """A stranger's organisation was named: by which sign it is known from now on."""
    if message is None or not message.sender_address:
        return
    domain = message.sender_address.rpartition("@")[2]
    values = [sign.value for sign in organisation.signs if sign.kind in ("domain", "address")]
    sign = next((value for value in (message.sender_address, domain) if value in values), None)
    stood = Stood(message, "sender", "", message.sender_address, organisation_id=organisation.id)
    correction = correct(session, stood, "sender", "", organisation.name, who)
    if sign is not None:
        taught = Taught(LessonKind.SIGN, organisation.name, sign, sign, sound=True)
        _keep(session, taught, organisation.id, correction)


def take_back(session: Session, referral: Referral, field: str, who: str) -> None:
    """A correction that was a slip: its lesson is taught once less, and gone with the last."""
    last = session.scalar(
        select(Correction)
        .where(Correction.referral_id == referral.id, Correction.field == field, Correction.lesson_id.is_not(None))
        .order_by(Correction.id.desc())
        .limit(1)
    )
    if last is None or last.lesson is None:
        return
    lesson = last.lesson
    lesson.taught -= 1
    if lesson.taught < 1:
        lesson.state = "revoked"
    last.lesson = None
    lessons.changed(lesson, who)


def put(session: Session, lesson: Lesson, state: str, who: str) -> None:
    """Revoke a lesson, or put it in force. Raises ValueError."""
    if state not in ("active", "revoked"):
        raise ValueError("A lesson is put in force or revoked.")
    if state == "active" and lesson.kind in SPELLINGS:
        taught = Taught(LessonKind(lesson.kind), "", lesson.trigger, field=lesson.field, sender=lesson.sender)
        for other in _of_the_same(session, taught, lesson.organisation_id):
            if other is not lesson and other.state == "active":
                other.state = "revoked"
                lessons.changed(other, who)
    lesson.state = state
    lessons.changed(lesson, who)
    if lesson.kind == LessonKind.SIGN:
        _put_sign(session, lesson, state == "active")
    session.flush()


def _put_sign(session: Session, lesson: Lesson, wanted: bool) -> None:
    """The sign in the partner directory follows the lesson."""
    kind = "address" if "@" in lesson.trigger else "domain"
    signs = select(OrganisationSign).where(
        OrganisationSign.organisation_id == lesson.organisation_id,
        OrganisationSign.kind == kind,
        OrganisationSign.value == lesson.trigger,
    )
    known = session.scalar(signs)
    if wanted and known is None and lesson.organisation is not None:
        lesson.organisation.signs.append(OrganisationSign(kind=kind, value=lesson.trigger, source="lesson"))
    elif not wanted and known is not None:
        session.delete(known)
    partners.touch(session)


def sign_forgotten(session: Session, sign: OrganisationSign, who: str) -> None:
    """A sign was taken out of the directory by hand: the lesson that put it there is revoked with it."""
    taught = Taught(LessonKind.SIGN, "", sign.value)
    for lesson in _of_the_same(session, taught, sign.organisation_id):
        lesson.state = "revoked"
        lessons.changed(lesson, who)


def everywhere(session: Session, lesson: Lesson, wanted: bool, who: str) -> None:
    """The hub says whether it holds for every organisation. Raises ValueError."""
    if lesson.kind not in FOR_ALL:
        raise ValueError("Only what a job or an employer is called can hold for everybody; a habit is somebody's own.")
    lesson.everywhere = wanted
    lessons.changed(lesson, who)
