"""What corrections taught, applied to a mail: spellings, lines that say nothing, a sender's habits.

A lesson never overrides what a mail says plainly: a spelling is put right where it stands as it was corrected, a habit
fills what the mail leaves open, and where the mail says the same, the value is the surer for it. Each says so in
`Introduction.learnt`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mail.directory import Lesson
from mail.prose.names import fold
from mail.prose.pay_units import unit_of
from mail.values import Ask, Contact, Employer, Fact, Introduction, Learnt, Need
from terms.kinds import NO_REFERRAL, LessonKind, MailKind

if TYPE_CHECKING:  # what applies a lesson has them loaded; who only keeps lessons needs no reader
    from mail.excerpts import Excerpt
    from mail.kind import Signs
    from mail.needs import ReadNeed

HOLDS = 0.7
"""A habit that is less sure than this fills nothing; it stands first among the likely answers."""

_ORDER = tuple(LessonKind)
_PREFIX = re.compile(r"(?i)^(?:\s*(?:re|fwd?|fw|aw|wg|rv|odp|pd)\s*:|\s*\[[^\]]{0,40}\])+")
_DATES = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|enero|febrero|marzo|abril|mayo|junio|"
    r"julio|agosto|septiembre|octubre|noviembre|diciembre|stycze?n\w*|lut(?:y|ego|ym)|marca|kwie\w+|maja|"
    r"czerw(?:iec|ca|cu)|lip(?:iec|ca|cu)|sierpn\w+|wrzes\w+|pazdz\w+|listopad\w*|grud\w+|\w*\d\w*)\b"
)
OPEN_END = " ..."


def spelled(words: str) -> str:
    """The words as they are compared: no case, accents, punctuation."""
    return " ".join(re.findall(r"[^\W_]+", fold(words)))


def subject_form(subject: str) -> str:
    """What stays the same in the subjects of a series: without prefixes, numbers and dates."""
    return " ".join(re.findall(r"[^\W\d_]+", _DATES.sub(" ", fold(_PREFIX.sub("", subject[:300])))))


def has_form(subject: str, form: str) -> bool:
    """Whether a subject is of this form; one that ends in " ..." is the beginning of all of them."""
    own = subject_form(subject)
    return own.startswith(form.removesuffix(OPEN_END)) if form.endswith(OPEN_END) else own == form


def line_of(text: str, start: int) -> str:
    """The line in which a place lies, as it is compared."""
    return spelled(text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0][:300])


def holding(lessons: Iterable[Lesson], organisation: str, address: str) -> tuple[Lesson, ...]:
    """The lessons for a mail of this organisation and sender, in the order in which they are applied."""
    found = [
        lesson
        for lesson in lessons
        if lesson.organisation in ("", organisation) and lesson.sender in ("", address) and lesson.kind in _ORDER
    ]
    return tuple(sorted(found, key=lambda lesson: (_ORDER.index(LessonKind(lesson.kind)), not lesson.sender)))


def unsaid(
    needs: Iterable["ReadNeed"], held: Iterable[Lesson], texts: Iterable["Excerpt"]
) -> tuple[list["ReadNeed"], list[Learnt]]:
    """The needs without what was read from lines that are known to say nothing; a need that other lines tell stays."""
    lines = {
        (lesson.field, lesson.trigger): lesson
        for lesson in held
        if lesson.kind == LessonKind.NOT_SAID and lesson.sure >= HOLDS
    }
    shown = {text.part: text.shown for text in texts} if lines else {}
    kept: list[ReadNeed] = []
    learnt: list[Learnt] = []
    for need in needs:
        idle = [(fact, lesson) for fact in need.facts if (lesson := lines.get(_place(fact, shown)))]
        titled = next((pair for pair in idle if pair[0].field == "title"), None)
        if titled and not any(_elsewhere(other, titled[0], shown) for other in need.facts):
            learnt.append(_left_out(*titled))
            continue
        for fact, lesson in idle:
            if fact.field != "title":
                need = _without(need, fact.field)
                learnt.append(_left_out(fact, lesson))
        kept.append(need)
    return kept, learnt


def _place(fact: Fact, shown: Mapping[str, str]) -> tuple[str, str]:
    """The field and the line of a fact, as a lesson has them; the three values of a wage are one field."""
    name = "wage" if fact.field.startswith("wage") else fact.field
    return name, line_of(shown.get(fact.part, ""), fact.start)


def _left_out(fact: Fact, lesson: Lesson) -> Learnt:
    return Learnt(lesson.id, f"needs.{fact.field}", None, str(fact.value), lesson.source)


def _elsewhere(other: Fact, title: Fact, shown: Mapping[str, str]) -> bool:
    """A count, wage or start that another line gives to the same need."""
    if not other.field.startswith(("openings", "wage", "start")):
        return False
    text = shown.get(other.part, "")
    return other.part != title.part or line_of(text, other.start) != line_of(shown.get(title.part, ""), title.start)


def _without(need: "ReadNeed", name: str) -> "ReadNeed":
    nothing: Any = () if isinstance(getattr(need.need, name), tuple) else None
    facts = tuple(fact for fact in need.facts if fact.field != name)
    return replace(need, need=replace(need.need, **{name: nothing}), facts=facts)


def kind_by_habit(
    held: Iterable[Lesson], kind: MailKind, signs: "Signs", subject: str
) -> tuple[MailKind, list[Learnt], tuple[Ask, ...]]:
    """The kind, with what was learnt of mails with such a subject. What is a plain introduction, or becomes a referral
    by the lesson alone, is asked about."""
    for lesson in held:
        if lesson.kind != LessonKind.MAIL or lesson.sure < HOLDS or not has_form(subject, lesson.trigger):
            continue
        if lesson.value == "referral" and kind is MailKind.OTHER and signs.verdict not in ("bounce", "auto_reply"):
            meant = MailKind.CANDIDATE_REFERRAL if signs.candidates and not signs.needs_new else MailKind.INTRODUCTION
            asked = Ask(f"Mails like this are referrals ({lesson.source}). Does this one count?", "kind", _YES_NO)
            return meant, [Learnt(lesson.id, "kind", meant, kind, lesson.source)], (asked,)
        if lesson.value == "other" and kind not in NO_REFERRAL and kind is not MailKind.STATUS_UPDATE:
            plain = signs.needs_detailed and signs.employer and signs.partners_addressed
            if not plain:
                return MailKind.OTHER, [Learnt(lesson.id, "kind", "other", kind, lesson.source)], ()
            asked = Ask(f"Mails like this are no referrals ({lesson.source}). Does this one count?", "kind", _NO_YES)
            return kind, [Learnt(lesson.id, "kind", kind, kind, lesson.source)], (asked,)
    return kind, [], ()


_YES_NO, _NO_YES = ("yes", "no"), ("no", "yes")


def applied(said: Introduction, held: Iterable[Lesson]) -> Introduction:
    """The introduction with its spellings put right and what the sender leaves open filled."""
    for lesson in held:
        apply = _APPLY.get(LessonKind(lesson.kind))
        if apply is not None and (lesson.sure >= HOLDS or lesson.kind in _LIKELY):
            said = apply(said, lesson)
    return said


_LIKELY = (LessonKind.REFERRING, LessonKind.RECEIVING)


def _title(said: Introduction, lesson: Lesson) -> Introduction:
    for index, need in enumerate(said.needs):
        written = (spelled(need.title), spelled(_words(said, f"needs[{index}].title")))
        if lesson.trigger in written and spelled(lesson.value) != written[0]:
            said = _set_need(said, index, lesson, "title", lesson.value)
    return said


def _employer(said: Introduction, lesson: Lesson) -> Introduction:
    name = said.employer.name if said.employer else ""
    if not name or spelled(name) not in (lesson.trigger, spelled(lesson.value)):
        return said
    settled = _settled(said, "employer.name", lesson.value, lesson, name)
    return replace(settled, employer=replace(said.employer or Employer(), name=lesson.value))


def _contact(said: Introduction, lesson: Lesson) -> Introduction:
    """By address and by what stood there before: a new person at an old address keeps their name."""
    for index, contact in enumerate(said.contacts):
        before = getattr(contact, lesson.field, None)
        if before is None or not contact.email or contact_trigger(contact.email, before) != lesson.trigger:
            continue
        mended: list[Contact] = list(said.contacts)
        mended[index] = replace(contact, **{lesson.field: lesson.value})
        said = replace(said, contacts=tuple(mended))
        said = _settled(said, f"contacts[{index}].{lesson.field}", lesson.value, lesson, before)
    return said


def contact_trigger(email: str, before: str) -> str:
    return f"{email.lower()} {spelled(before)}".strip()


def _referring(said: Introduction, lesson: Lesson) -> Introduction:
    if said.kind not in _SENT:
        return said
    if said.referring_org is None and lesson.sure >= HOLDS:
        return replace(_settled(said, "referring_org", lesson.value, lesson, None), referring_org=lesson.value)
    return _agreed(said, "referring", "referring_org", said.referring_org, lesson)


def _receiving(said: Introduction, lesson: Lesson) -> Introduction:
    if said.kind not in _SENT:
        return said
    if not said.receiving_orgs and lesson.sure >= HOLDS and lesson.value != said.referring_org:
        said = _settled(said, "receiving_orgs[0]", lesson.value, lesson, None)
        needs = tuple(replace(need, receiving_org=need.receiving_org or lesson.value) for need in said.needs)
        return replace(said, receiving_orgs=(lesson.value,), needs=needs)
    first = said.receiving_orgs[0] if said.receiving_orgs else None
    return _agreed(said, "receiving", "receiving_orgs[0]", first, lesson)


_SENT = (MailKind.INTRODUCTION,)


def _location(said: Introduction, lesson: Lesson) -> Introduction:
    for index, need in enumerate(said.needs):
        if need.location is None:
            said = _set_need(said, index, lesson, "location", lesson.value)
    return said


def _wage_unit(said: Introduction, lesson: Lesson) -> Introduction:
    """Where the words give a figure alone; what they name is left."""
    for index, need in enumerate(said.needs):
        bare = unit_of(_words(said, f"needs[{index}].wage_unit")) is None
        if need.wage_min is not None and bare and need.wage_unit == (lesson.trigger or None):
            said = _set_need(said, index, lesson, "wage_unit", lesson.value)
    return said


_APPLY: dict[LessonKind, Callable[[Introduction, Lesson], Introduction]] = {
    LessonKind.TITLE: _title,
    LessonKind.EMPLOYER: _employer,
    LessonKind.CONTACT: _contact,
    LessonKind.REFERRING: _referring,
    LessonKind.RECEIVING: _receiving,
    LessonKind.LOCATION: _location,
    LessonKind.WAGE_UNIT: _wage_unit,
}


def _set_need(said: Introduction, index: int, lesson: Lesson, name: str, value: str) -> Introduction:
    needs: list[Need] = list(said.needs)
    before = getattr(needs[index], name)
    needs[index] = replace(needs[index], **{name: value})
    return _settled(replace(said, needs=tuple(needs)), f"needs[{index}].{name}", value, lesson, before)


def _words(said: Introduction, field: str) -> str:
    return next((fact.words for fact in said.facts if fact.field == field), "")


_ASKED = {"employer.name": "employer.name", "referring_org": "referring", "receiving_orgs[0]": "receiving"}


def _settled(said: Introduction, field: str, value: str, lesson: Lesson, before: str | None) -> Introduction:
    """The fact with the taught value, as sure as the surer of both; what was asked of it is settled."""
    known = [fact for fact in said.facts if fact.field == field]
    facts = tuple(
        replace(fact, value=value, confidence=max(fact.confidence, lesson.sure)) if fact.field == field else fact
        for fact in said.facts
    )
    if not known:
        facts += (Fact(field, value, lesson.sure, "", 0, 0, ""),)
    asks = tuple(ask for ask in said.asks if ask.field != _ASKED.get(field))
    told = Learnt(lesson.id, field, value, before, lesson.source)
    return _asking(replace(said, facts=facts, learnt=(*said.learnt, told)), asks)


def _agreed(said: Introduction, ask: str, field: str, value: str | None, lesson: Lesson) -> Introduction:
    """What the mail says too is the surer; where it says nothing, the habit stands first among the answers."""
    if value == lesson.value and lesson.sure >= HOLDS:
        return _settled(said, field, lesson.value, lesson, value)
    if value is None:
        asks = [
            replace(each, answers=tuple(dict.fromkeys((lesson.value, *each.answers)))) if each.field == ask else each
            for each in said.asks
        ]
        return _asking(said, asks)
    return said


def _asking(said: Introduction, asks: Iterable[Ask]) -> Introduction:
    asks = tuple(asks)
    return replace(said, asks=asks, questions=tuple(ask.words for ask in asks))


def with_habit(said: Introduction, learnt: Iterable[Learnt], asks: Iterable[Ask]) -> Introduction:
    """The introduction with what was learnt before it was put together, and what is asked of its kind first."""
    return _asking(replace(said, learnt=(*learnt, *said.learnt)), (*asks, *said.asks))
