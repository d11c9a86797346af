"""What a correction can teach, by field: the spelling, the line or the habit in it, and whether one is enough."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from mail.jobs.drafts import content_words
from mail.lessons import OPEN_END, contact_trigger, has_form, spelled, subject_form
from mail.prose.pay_units import unit_of
from service import standing
from service.models import InboundMessage, Lesson
from service.standing import Stood
from terms.kinds import LessonKind

ALIKE = 75  # rapidfuzz ratio of two spellings of one thing, 0 to 100


@dataclass(frozen=True, slots=True)
class Taught:
    """What a correction says, if it is sound; `sound` ones hold at once. `against`: mails that say otherwise."""

    kind: LessonKind
    value: str
    trigger: str = ""
    written: str = ""
    field: str = ""
    sender: str = ""
    code: str = ""
    sound: bool = False
    against: int = 0


Derive = Callable[[Session, Stood, str, str], Taught | None]


def akin(one: str, other: str) -> bool:
    """Two spellings of one thing: a word in common, words that begin alike, initials, or nearly the same letters."""
    words, others = spelled(one).split(), spelled(other).split()
    if not words or not others:
        return False
    short, long = sorted((words, others), key=len)
    initials = "".join(word[0] for word in long)
    return (
        bool(content_words(one) & content_words(other))
        or (len(short) == 1 and len(short[0]) > 1 and short[0] == initials)
        or all(len(word) > 1 and any(each.startswith(word) for each in long) for word in short)
        or fuzz.ratio(spelled(one), spelled(other)) >= ALIKE
    )


def _title(session: Session, stood: Stood, before: str, after: str) -> Taught | None:
    raw = stood.raw or before
    if not raw or not after or spelled(raw) == spelled(after):
        return None
    return Taught(LessonKind.TITLE, after, spelled(raw), stood.words or raw, sound=akin(raw, after))


def _occupation(session: Session, stood: Stood, before: str, after: str) -> Taught | None:
    """The need's title, with the code that a person chose for it; `after` is "CODE TITLE"."""
    code, _, title = after.partition(" ")
    raw = stood.raw or title
    return Taught(LessonKind.TITLE, title, spelled(raw), stood.words or raw, code=code, sound=True) if code else None


def _employer(session: Session, stood: Stood, before: str, after: str) -> Taught | None:
    raw = stood.raw or before
    if not raw or not after or spelled(raw) == spelled(after):
        return None
    return Taught(LessonKind.EMPLOYER, after, spelled(raw), raw, sound=akin(raw, after))


def _contact(column: str) -> Derive:
    def taught(session: Session, stood: Stood, before: str, after: str) -> Taught | None:
        index = re.search(r"\[(\d+)\]", stood.path)
        email = str(stood.introduction["contacts"][int(index[1])].get("email") or "") if index else ""
        if not email or not after:
            return None
        raw = stood.raw or before
        return Taught(LessonKind.CONTACT, after, contact_trigger(email, raw), raw, field=column, sound=True)

    return taught


def _place(session: Session, stood: Stood, before: str, after: str) -> Taught | None:
    """Where the mail names no place, the sender's habit; where it names a wrong one, nothing is learnt but by line."""
    if before and not after:
        return _unsaid("location")(session, stood, before, after)
    filled = not stood.raw and not stood.words and after
    return Taught(LessonKind.LOCATION, after, sender=stood.sender) if filled and stood.sender else None


def _wage(session: Session, stood: Stood, before: str, after: str) -> Taught | None:
    """The same figures by another unit, where the words give none."""
    if before and not after:
        return _unsaid("wage")(session, stood, before, after)
    (figures, _, unit), (same, _, meant) = before.rpartition(" a "), after.rpartition(" a ")
    if not figures or figures != same or unit == meant or unit_of(stood.words) is not None or not stood.sender:
        return None
    return Taught(LessonKind.WAGE_UNIT, meant, unit, stood.words, sender=stood.sender)


def _unsaid(column: str) -> Derive:
    """The line that the value was read from says nothing of the kind."""

    def taught(session: Session, stood: Stood, before: str, after: str) -> Taught | None:
        if after or len(stood.line.split()) < 2:
            return None
        sound = standing.stood_before(session, stood)
        return Taught(LessonKind.NOT_SAID, "", stood.line, stood.line, field=column, sound=sound)

    return taught


def _party(kind: LessonKind, read: str) -> Derive:
    """An organisation that the mail does not name: the sender's habit."""

    def taught(session: Session, stood: Stood, before: str, after: str) -> Taught | None:
        named = stood.introduction.get(read) and not stood.lesson
        return Taught(kind, after, sender=stood.sender) if after and not named and stood.sender else None

    return taught


def _mail(session: Session, stood: Stood, before: str, after: str) -> Taught | None:
    """Mails of this sender with such a subject; `after` is "referral", or "other" with the reason behind a colon.

    That it counts is sound where a person found it among other mail, not where they were asked.
    """
    form = subject_form(stood.words)
    if not form or not stood.sender:
        return None
    value, _, reason = after.partition(": ")
    sound = (value == "referral" and before != "asked") or reason.lower().startswith("newsletter")
    form = _shared_form(session, stood, value, form)
    against = _counted(session, stood, form) if value == "other" else 0
    return Taught(LessonKind.MAIL, value, form, stood.words, sender=stood.sender, sound=sound, against=against)


def _shared_form(session: Session, stood: Stood, value: str, form: str) -> str:
    """The words with which this subject and another of the sender's that was judged alike begin, if two at least."""
    rows = session.scalars(
        select(Lesson.trigger).where(
            Lesson.kind == LessonKind.MAIL, Lesson.sender == stood.sender, Lesson.value == value
        )
    )
    for known in rows:
        if has_form(stood.words, known):
            return known
        shared = []
        for one, other in zip(known.split(), form.split(), strict=False):
            if one != other:
                break
            shared.append(one)
        if len(shared) > 1:
            return " ".join(shared) + OPEN_END
    return form


def _counted(session: Session, stood: Stood, form: str) -> int:
    """How many mails of the sender with such a subject became referrals."""
    rows = session.execute(
        select(InboundMessage.subject).where(
            InboundMessage.sender_address == stood.sender,
            InboundMessage.result == "referral",
            InboundMessage.id != (stood.message.id if stood.message else 0),
        )
    )
    return sum(has_form(subject, form) for (subject,) in rows)


DERIVE: dict[str, Derive] = {
    "need.title": _title,
    "need.occupation": _occupation,
    "employer.name": _employer,
    "contact.name": _contact("name"),
    "contact.title": _contact("title"),
    "need.location": _place,
    "need.wage": _wage,
    "need.openings": _unsaid("openings"),
    "need.start_on": _unsaid("start_date"),
    "need.shift": _unsaid("shift"),
    "need.remove": _unsaid("title"),
    "party.receiving": _party(LessonKind.RECEIVING, "receiving_orgs"),
    "party.referring": _party(LessonKind.REFERRING, "referring_org"),
    "kind": _mail,
}
"""What each field's correction can teach. A candidate's name teaches nothing: a person is known by their record."""
