"""One text read from top to bottom: titles become needs, and values go to the needs they are said of."""

import re
from dataclasses import dataclass, field
from datetime import date

from mail.jobs.bare_counts import governed_count, mend_count, of_each, stated_count, take_count
from mail.jobs.drafts import Draft
from mail.jobs.naming import need_of, subjects_of
from mail.jobs.records import Records, names_a_person, read_records
from mail.jobs.sentence import Sentence, Titled, read_sentence
from mail.jobs.spread import Subjects
from mail.jobs.spread_starts import spread_starts
from mail.jobs.spread_wages import spread_wages
from mail.jobs.where import local_places
from mail.prose.conditions import find_requirements, find_shift
from mail.prose.dates import find_dates
from mail.prose.demand import asks
from mail.prose.layout import Segment, segments, sentences
from mail.prose.numbers import Count, find_counts
from mail.prose.places import find_places
from mail.prose.tables import column_of
from mail.prose.titles import find_titles
from mail.prose.titles_es_pl import find_titles_abroad

_CLOSING = re.compile(
    r"(?i)^[\s*_]*(?:(?:many |kind |warm |best |with kind |with warm |warmest )?(?:regards|wishes)|best|all (?:the|"
    r"my) best|thanks(?: (?:again|so much|a (?:lot|million)|all|everyone))?|thank you(?: (?:all|both|so much|very "
    r"much))?|thx|"
    r"cheers|sincerely|yours(?: truly)?|respectfully|cordially|warmly|take care|saludos(?: cordiales)?|atentamente|"
    r"un (?:abrazo|saludo)|gracias|muchas gracias|pozdrawiam(?: serdecznie)?|z poważaniem|"
    r"--|—|sent from my .{2,30}|get outlook for .*)[\s,.!*_]*$"
)
_MOST_NEEDS = 100
"""A mail with more needs is no mail; each sentence is compared with the needs so far."""
_GREETING = re.compile(
    r"(?i)^(?:dear|hi|hello|hey|all|team|good (?:morning|afternoon|evening)|hola|estimad[oa]s?|buen[oa]s|querid[oa]s?|"
    r"szanown\w+|dzień dobry|cześć|pani?e?|witam)\b[^.!?]{0,60}[:,]?$"
)
_NAMES_ONLY = re.compile(r"^[A-ZÁÉÍÓÚŁŚŻ][^\s:]{0,20}(?:(?:,| and| y| i| &)? [A-ZÁÉÍÓÚŁŚŻ][^\s:]{0,20}){0,4}:$")
_AFTERTHOUGHT = re.compile(r"(?i)^[\s*]*p\.?\s?s\.?\b")


@dataclass(slots=True)
class Passage:
    """A text to read, and the sentences found in it once it was read. `signed` holds the lines below its closing."""

    name: str
    text: str
    sent: date
    language: str
    author_partner: bool = False
    employer: str = ""
    others: frozenset[str] = frozenset()
    sentences: list[tuple[Sentence, Subjects]] = field(default_factory=list)
    signed: list[Segment] = field(default_factory=list)


def read_passage(passage: Passage, drafts: list[Draft]) -> None:
    """Add the passage's needs to `drafts`, and mend older ones by it."""
    written = _with_titled_labels(_without_signature(passage), passage)
    taken = read_records(passage.text, written, Records(passage.name, passage.sent, passage.language, drafts))
    led, topic, usual, here = False, [], 0.0, None
    doubtful: list[tuple[Titled, Sentence]] = []
    owed: Owed | None = None
    pending: list[Sentence] = []
    for index, segment in enumerate(written):
        if segment.start in taken or (segment.label and names_a_person(segment.label)):
            continue
        if len(drafts) > _MOST_NEEDS:
            break
        own_line = _alone(written, index)
        under = asks(segment.label, passage.language) if segment.label else led
        after = _next_of_block(written, index)
        sentence = read_sentence(segment, passage.name, passage.sent, passage.language, under, own_line, usual, after)
        usual = next((wage.low for wage in sentence.wages if wage.unit == "hour" and wage.sure), usual)
        known = len(drafts)
        subjects = subjects_of(sentence, drafts)
        here = _heading_place(sentence, own_line, here)
        if here is not None:
            _place(drafts[known:], here, passage.name)
        _label_place(segment, [draft for *_, draft in subjects], passage)
        unsure = _doubtful(sentence, subjects)
        subjects += _owed_title(owed, sentence, subjects, drafts)
        subjects += _count_alone(sentence, subjects, drafts, topic, unsure or doubtful)
        doubtful = unsure
        owed = _owed(sentence, subjects)
        if not drafts or (sentence.group and not sentence.group["rest"] and not subjects):
            pending.append(sentence)
        _spread(sentence, subjects, drafts, topic)
        passage.sentences.append((sentence, subjects))
        topic = [draft for *_, draft in subjects] or topic
        led = _leads(sentence, own_line, led)
    _late(pending, drafts)


Owed = tuple[Sentence, Count]
"""A sentence that asks for so many without saying of what, and the count."""


def _owed(sentence: Sentence, subjects: Subjects) -> Owed | None:
    """ "Marge has work for five more.": the next sentence may open with the title."""
    count = None if subjects or sentence.titles else governed_count(sentence)
    return None if count is None else (sentence, count)


def _owed_title(owed: Owed | None, sentence: Sentence, subjects: Subjects, drafts: list[Draft]) -> Subjects:
    """ "Packers, $18, Lockport": the title that the sentence before owed, with its count."""
    titled = sentence.titles[0] if sentence.titles else None
    if owed is None or subjects or titled is None or titled.mention.start > 3 or titled.mention.count is not None:
        return []
    if (
        titled.cue.filled
        or sentence.later_at(titled.mention.start)
        or not (titled.mention.plural or owed[1].value == 1)
    ):
        return []
    if not _STANDS_ALONE.match(sentence.masked, titled.mention.end):
        return []
    draft = need_of(titled, sentence)
    drafts.append(draft)
    take_count(draft, *owed, promoted=True)
    return [(titled.mention.start, titled.mention.end, draft)]


_STANDS_ALONE = re.compile(r"\s*(?:[,.;:(@¦–—-]|$|at |for |to |in |on )")


def _heading_place(sentence: Sentence, own_line: bool, here: Segment | None) -> Segment | None:
    """A heading that is a place ("Orland Park", "Elgin plant:") holds for the list below it, up to the next prose."""
    text = sentence.text.strip(" *_:")
    if (
        own_line
        and not sentence.titles
        and len(text) < 40
        and not sentence.segment.bullet
        and not sentence.segment.label
    ):
        places = find_places(text, label=True)
        named = places and places[0].weight < 5 and len(text) - (places[0].end - places[0].start) < 16
        return sentence.segment if named and places[0].name != text else None
    return here if sentence.segment.bullet or (own_line and sentence.titles) else None


def _label_place(segment: Segment, drafts: list[Draft], passage: Passage) -> None:
    """ "Elmhurst campus: 5 unit clerks": a label that is a place."""
    places = find_places(segment.label, label=True) if segment.label and drafts else ()
    if places and places[0].name != segment.label and len(segment.label) < 40 and segment.label_start >= 0:
        words = segment.label[places[0].start : places[0].end]
        for draft in drafts:
            if not draft.has("location"):
                draft.say("location", places[0].name, passage.name, segment.label_start + places[0].start, words, 0.88)


def _place(drafts: list[Draft], heading: Segment, part: str) -> None:
    place = find_places(heading.text.strip(" *_:"), label=True)[0]
    for draft in drafts:
        if not draft.has("location"):
            draft.say("location", place.name, part, heading.start, heading.text.strip(), 0.88)


def _without_signature(passage: Passage) -> list[Segment]:
    """The segments above the closing words, and a P.S. below them; the rest is kept as `signed`."""
    written: list[Segment] = []
    closed = False
    for segment in segments(passage.text):
        if closed and not _AFTERTHOUGHT.match(segment.text):
            passage.signed.append(segment)
            continue
        closed = bool(_CLOSING.match(segment.text)) and bool(written)
        if not closed:
            written.append(segment)
    return written


def _with_titled_labels(written: list[Segment], passage: Passage) -> list[Segment]:
    """ "Crane operators: 6 at $29": where a line's label is a title, the whole line is read, sentence by sentence."""
    result: list[Segment] = []
    for segment in written:
        if _is_titled(segment, passage):
            text = passage.text[segment.label_start : segment.end].replace("\n", " ").replace("\t", " ")
            at, block, line = segment.label_start, segment.block, segment.line
            result += [Segment(piece, at + offset, block, line, segment.bullet) for offset, piece in sentences(text)]
        else:
            result.append(segment)
    return result


def _is_titled(segment: Segment, passage: Passage) -> bool:
    label = segment.label
    if not label or segment.label_start < 0 or column_of(label):
        return False
    titled = find_titles(label) if passage.language == "en" else find_titles_abroad(label, label, passage.language)
    if not titled or titled[-1].end < len(label.rstrip(" )")) - 6:
        return False
    counts = find_counts(segment.text[:40], passage.language)
    counted = re.match(r"[\s(]*[\d$]|(?i:up to|about|start)", segment.text) or (counts and counts[0].start < 2)
    return bool(counted) or bool(find_dates(segment.text[:24], passage.sent))


def _next_of_block(written: list[Segment], index: int) -> str:
    """The sentence that goes on from this one in the same paragraph."""
    following = written[index + 1] if index + 1 < len(written) else None
    return following.text if following is not None and following.block == written[index].block else ""


def _alone(written: list[Segment], index: int) -> bool:
    segment = written[index]
    return len(segment.text) < 160 and not any(
        other.line == segment.line for other in written[max(0, index - 1) : index + 2] if other is not segment
    )


def _leads(sentence: Sentence, own_line: bool, led: bool) -> bool:
    """Whether what follows stands under words that ask for people."""
    text = sentence.text.rstrip(" *_")
    first = sentence.titles[0].mention.start if sentence.titles else 9
    if sentence.segment.bullet or (own_line and sentence.titles) or (led and first < 4 and len(text) < 80):
        return led
    heading = own_line and len(text) < 60 and not text.endswith((".", "!", "?", ","))
    if own_line and (_GREETING.match(text) or (len(text) < 40 and _NAMES_ONLY.match(text) and not sentence.lead)):
        return False
    leads = text.endswith((":", " following?", " these?")) or (heading and sentence.lead)
    return leads and not sentence.later_at(0)


def _spread(
    sentence: Sentence, subjects: list[tuple[int, int, Draft]], drafts: list[Draft], topic: list[Draft]
) -> None:
    local_places(sentence, subjects)
    spread_wages(sentence, subjects, drafts, topic)
    spread_starts(sentence, subjects, drafts, topic)
    own = [draft for *_, draft in subjects]
    if not own and not topic:
        return
    shift = find_shift(sentence.text) if own else None
    for draft in own:
        if shift is not None and not draft.has("shift") and (len(own) == 1 or sentence.group):
            draft.say("shift", shift[0].strip(), sentence.part, sentence.offset + shift.start(), shift[0])
    for match in find_requirements(sentence.text):
        for draft in own or (topic if sentence.segment.block == (topic[0].block if topic else -1) else []):
            draft.add("requirements", match[0].strip(), sentence.part, sentence.offset + match.start(), match[0])


def _count_alone(
    sentence: Sentence,
    subjects: Subjects,
    drafts: list[Draft],
    topic: list[Draft],
    doubtful: list[tuple[Titled, Sentence]],
) -> Subjects:
    """ "They need nine": the count of the need spoken of, or of a title that was in doubt until now."""
    of_each(sentence, subjects)
    mend_count(sentence, subjects, topic or drafts)
    count = governed_count(sentence) or stated_count(sentence)
    if count is None:
        return []
    doubtful = [item for item in doubtful if item[1] is not sentence or item[0].mention.end <= count.start]
    leading = bool(subjects) and count.end <= subjects[0][0]
    if doubtful and (not subjects or leading or doubtful[-1][1] is sentence):
        draft = need_of(*doubtful[-1])
        drafts.append(draft)
        take_count(draft, sentence, count, promoted=True)
        titled, where = doubtful[-1]
        named = titled.mention if where is sentence else count
        return [(named.start, named.end, draft)]
    spoken = {id(draft): draft for draft in topic}
    target = spoken if leading and topic else {id(draft): draft for *_, draft in subjects} or spoken
    if len(target) == 1:
        draft = next(iter(target.values()))
        take_count(draft, sentence, count)
        return [(count.start, count.end, draft)] if leading and topic else []
    return []


def _doubtful(sentence: Sentence, subjects: Subjects) -> list[tuple[Titled, Sentence]]:
    """Plural titles without a count that did not become needs."""
    known = {start for start, *_ in subjects}
    return [
        (titled, sentence)
        for titled in sentence.titles
        if titled.mention.start not in known
        and titled.mention.plural
        and (titled.mention.count is None or titled.cue.pull < 0)
        and titled.mention.determiner != "no"
    ]


def _late(pending: list[Sentence], drafts: list[Draft]) -> None:
    """Wages and starts said before any title hold for the needs that came after and have none of their own."""
    for sentence in pending:
        spread_wages(sentence, [], drafts, [])
        spread_starts(sentence, [], drafts, [])
