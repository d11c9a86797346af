"""Lessons from corrections: what readers of mail get of them, in which mails they had a say, and how they are said."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from mail.lessons import HOLDS, OPEN_END, spelled
from mail.values import Introduction
from service import outbox
from service.db import settings_of
from service.models import Correction, InboundMessage, Lesson, LessonUse, Organisation, utcnow
from service.visibility import NotVisible, Viewer
from terms.kinds import LessonKind

STATES = ("waiting", "active", "revoked")
_LIKELY = (LessonKind.REFERRING, LessonKind.RECEIVING)
WAITING = 0.6
"""How sure a habit is that was seen once: it fills nothing and stands first among the likely answers."""


def listing(viewer: Viewer) -> Any:
    """A select of the lessons that somebody may see and change: one's own organisation's; all to the hub."""
    found = select(Lesson).order_by(Lesson.id.desc())
    return found if viewer.is_hub else found.where(Lesson.organisation_id == (viewer.organisation_id or 0))


def find(session: Session, viewer: Viewer, lesson_id: int) -> Lesson:
    """Raises NotVisible."""
    lesson = session.scalar(listing(viewer).where(Lesson.id == lesson_id))
    if lesson is None:
        raise NotVisible(f"There is no lesson {lesson_id} here.")
    return lesson


def corrections(viewer: Viewer) -> Any:
    """A select of the corrections of one's own organisation's mails, the newest first; all to the hub."""
    found = select(Correction).order_by(Correction.id.desc())
    return found if viewer.is_hub else found.where(Correction.organisation_id == (viewer.organisation_id or 0))


def as_json(session: Session) -> list[dict[str, Any]]:
    """The lessons as the reader takes them with the directory (mail.directory.Lesson)."""
    wanted = or_(Lesson.state == "active", (Lesson.state == "waiting") & Lesson.kind.in_(_LIKELY))
    names = dict(session.execute(select(Organisation.id, Organisation.name)).all())
    rows = session.scalars(select(Lesson).where(wanted, Lesson.kind != LessonKind.SIGN).order_by(Lesson.id))
    return [_json(session, row, names) for row in rows if row.everywhere or row.sender or row.organisation_id]


def _json(session: Session, lesson: Lesson, names: dict[int, str]) -> dict[str, Any]:
    return {
        "id": lesson.id,
        "kind": lesson.kind,
        "trigger": lesson.trigger,
        "value": lesson.value,
        "field": lesson.field,
        "organisation": "" if lesson.everywhere else names.get(lesson.organisation_id or 0, ""),
        "sender": lesson.sender,
        "sure": round(max(lesson.sure, HOLDS), 2) if lesson.state == "active" else WAITING,
        "source": source(session, lesson),
    }


_known: dict[str, tuple[str, list[dict[str, Any]]]] = {}


def known(session: Session, directory_version: str) -> tuple[str, list[dict[str, Any]]]:
    """(version of directory and lessons together, the lessons); read anew only after a change of either."""
    place, now = str(session.get_bind().engine.url), f"{directory_version} {version(session)}"
    if place not in _known or _known[place][0] != now:
        _known[place] = now, as_json(session)
    return _known[place]


def version(session: Session) -> str:
    """Changes whenever some lesson does."""
    found = select(func.count(Lesson.id), func.max(Lesson.id), func.max(Lesson.changed_at))
    return "-".join(str(value) for value in session.execute(found).one())


def source(session: Session, lesson: Lesson) -> str:
    """ "a correction by Rosa Lind on Nov 3, 2026" """
    day = lesson.taught_at.astimezone(settings_of(session).zone)
    return f"a correction by {person(lesson.taught_by)} on {day:%b} {day.day}, {day.year}"


def person(label: str) -> str:
    """ "Rosa Lind" of "Rosa Lind <rosa@hub.example>", "rosa" of an address alone."""
    name, _, address = label.partition("<")
    return name.strip() or address.partition("@")[0].strip(" <>") or "somebody"


def used(session: Session, message: InboundMessage, said: Introduction) -> None:
    """Write down which lessons had a say in a mail, as it was read last."""
    if session.scalar(select(Lesson.id).limit(1)) is None:
        return  # nobody has taught anything yet
    session.execute(delete(LessonUse).where(LessonUse.message_id == message.id))
    known = set(session.scalars(select(Lesson.id).where(Lesson.id.in_({told.lesson for told in said.learnt}))))
    had = {(told.lesson, told.field[:60]) for told in said.learnt if told.lesson in known}
    had |= {(number, "sender") for number in _signs(session, message)}
    had |= set(_coded_by(session, outbox.organisation_of(session, message), said))
    session.add_all(LessonUse(lesson_id=number, message_id=message.id, field=field) for number, field in sorted(had))
    session.flush()


def _coded_by(session: Session, organisation_id: int | None, said: Introduction) -> Iterator[tuple[int, str]]:
    for index, need in enumerate(said.needs):
        lesson = occupation(session, organisation_id, need.title)
        if lesson is not None:
            yield lesson.id, f"needs[{index}].occupation"


def _signs(session: Session, message: InboundMessage) -> list[int]:
    """The lessons by which the sender's organisation was recognised: of the address itself, or of its domain."""
    address = message.sender_address
    labels = address.rpartition("@")[2].split(".")
    places = [address, *(".".join(labels[start:]) for start in range(len(labels) - 1))]
    found = select(Lesson.id).where(
        Lesson.kind == LessonKind.SIGN, Lesson.state == "active", Lesson.trigger.in_(places)
    )
    return list(session.scalars(found)) if address else []


def occupation(session: Session, organisation_id: int | None, title: str) -> Lesson | None:
    """The lesson that gives a title its occupation for an organisation's mails."""
    own = or_(Lesson.everywhere.is_(True), Lesson.organisation_id == (organisation_id or 0))
    found = session.scalars(
        select(Lesson)
        .where(Lesson.kind == LessonKind.TITLE, Lesson.state == "active", Lesson.code != "", own)
        .order_by(Lesson.everywhere, Lesson.id.desc())
    )
    return next((row for row in found if spelled(title) in (row.trigger, spelled(row.value))), None)


def changed(lesson: Lesson, who: str) -> None:
    """Whoever reads mail takes it anew."""
    lesson.changed_by, lesson.changed_at = who, utcnow()


def holds_for(lesson: Lesson) -> str:
    """Whose mails it is used on."""
    if lesson.kind == LessonKind.SIGN or lesson.everywhere:
        return "every organisation"
    return lesson.sender or (lesson.organisation.name if lesson.organisation else "nobody")


def words(lesson: Lesson) -> str:
    """What was learnt, in a sentence."""
    if lesson.kind == LessonKind.MAIL:
        series = lesson.trigger.replace(OPEN_END, " …")
        no = "no " if lesson.value == "other" else ""
        return f"Mails from {lesson.sender} with a subject like “{series}” are {no}referrals."
    return _SAID[LessonKind(lesson.kind)].format(
        of=lesson.sender,
        written=lesson.written or lesson.trigger,
        value=lesson.value,
        coded=f" ({lesson.code})" if lesson.code else "",
        field=_FIELDS.get(lesson.field, lesson.field),
        unit=_A.get(lesson.value, lesson.value),
        email=lesson.trigger.partition(" ")[0],
        trigger=lesson.trigger,
    )


_SAID = {
    LessonKind.NOT_SAID: "The line “{written}” names no {field}.",
    LessonKind.TITLE: "“{written}” is the job “{value}”{coded}.",
    LessonKind.EMPLOYER: "“{written}” is the employer {value}.",
    LessonKind.CONTACT: "“{written}” of {email} is {value}.",
    LessonKind.REFERRING: "{of} introduces for {value}.",
    LessonKind.RECEIVING: "Where a mail from {of} names nobody, it is for {value}.",
    LessonKind.LOCATION: "Where a mail from {of} names no place, the place is {value}.",
    LessonKind.WAGE_UNIT: "Where {of} writes a bare figure, it is the pay for {unit}.",
    LessonKind.SIGN: "Mail from {trigger} is from {value}.",
}
_FIELDS = {"title": "need", "openings": "number of openings", "start_date": "start", "location": "place"}
_A = {"hour": "an hour", "week": "a week", "year": "a year"}
