"""One text read from top to bottom: each sentence's titles become needs, its values go to the needs they are said of."""

import re
from dataclasses import dataclass, field
from datetime import date

from mail.dates import find_dates
from mail.conditions import find_requirements, find_shift
from mail.demand import asks
from mail.drafts import Draft, content_words
from mail.layout import Segment, segments, sentences
from mail.numbers import find_counts
from mail.populations import pathway
from mail.records import Records, read_records
from mail.sentence import Sentence, Titled, read_sentence
from mail.spread import corrected_count, named_again, spread_starts, spread_wages
from mail.tables import column_of
from mail.titles import find_titles
from mail.titles_es_pl import find_titles_abroad
from mail.where import local_places
from mail.trades import word_set

THRESHOLD = 2.5
_CLOSING = re.compile(
    r"(?i)^[\s*_]*(?:(?:many |kind |warm |best |with kind |with warm |warmest )?(?:regards|wishes)|best|all (?:the|my) best|thanks(?: (?:again|so much|a (?:lot|million)|all|everyone))?|thank you(?: (?:all|both|so much|very much))?|thx|"
    r"cheers|sincerely|yours(?: truly)?|respectfully|cordially|warmly|take care|saludos(?: cordiales)?|atentamente|un (?:abrazo|saludo)|gracias|muchas gracias|pozdrawiam(?: serdecznie)?|z poważaniem|"
    r"--|—|sent from my .{2,30}|get outlook for .*)[\s,.!*_]*$"
)
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
    sentences: list[tuple[Sentence, list[Draft]]] = field(default_factory=list)
    signed: list[Segment] = field(default_factory=list)


def read_passage(passage: Passage, drafts: list[Draft]) -> None:
    """Add the passage's needs to `drafts`, and mend older ones by it."""
    written = _with_titled_labels(_without_signature(passage), passage)
    taken = read_records(passage.text, written, Records(passage.name, passage.sent, passage.language, drafts))
    led, topic, usual = False, [], 0.0
    pending: list[Sentence] = []
    for index, segment in enumerate(written):
        if segment.start in taken:
            continue
        own_line = _alone(written, index)
        under = asks(segment.label, passage.language) if segment.label else led
        sentence = read_sentence(segment, passage.name, passage.sent, passage.language, under, own_line, usual)
        usual = next((wage.low for wage in sentence.wages if wage.unit == "hour" and wage.sure), usual)
        subjects = _subjects(sentence, drafts)
        if not drafts or sentence.group and not sentence.group["rest"] and not subjects:
            pending.append(sentence)
        _spread(sentence, subjects, drafts, topic)
        _mend_counts(sentence, subjects, topic or drafts)
        passage.sentences.append((sentence, [draft for *_, draft in subjects]))
        topic = [draft for *_, draft in subjects] or topic
        led = _leads(sentence, own_line, led)
    _late(pending, drafts)


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
    counted = re.match(r"[\s(]*[\d$]|(?i:[\w-]+,|an? |one|up to|about|start)", segment.text)
    return bool(counted) or bool(find_dates(segment.text[:24], passage.sent))


def _alone(written: list[Segment], index: int) -> bool:
    segment = written[index]
    return len(segment.text) < 160 and not any(
        other.line == segment.line for other in written[max(0, index - 1) : index + 2] if other is not segment
    )


def _leads(sentence: Sentence, own_line: bool, led: bool) -> bool:
    """Whether what follows stands under words that ask for people."""
    text = sentence.text.rstrip(" *_")
    if sentence.segment.bullet or (own_line and sentence.titles):
        return led
    heading = own_line and len(text) < 60 and not text.endswith((".", "!", "?", ","))
    return not sentence.later_at(0) and (text.endswith(":") or (sentence.lead and heading))


def _subjects(sentence: Sentence, drafts: list[Draft]) -> list[tuple[int, int, Draft]]:
    """The needs that the sentence speaks of, new ones made: (start, end, draft) in order."""
    found: list[tuple[int, int, Draft]] = []
    fresh = False
    for titled in sentence.titles:
        draft = _matching(titled, drafts)
        if draft is not None:
            _again(draft, titled, sentence)
        elif titled.score >= THRESHOLD:
            draft = _new(titled, sentence)
            drafts.append(draft)
            fresh = True
        if draft is not None:
            found.append((titled.mention.start, titled.mention.end, draft))
    found += _siblings(sentence, found, drafts)
    if not fresh or sentence.excepts is not None:
        known = [draft for *_, draft in found]
        again = [item for item in named_again(sentence, drafts) if item[2] not in known]
        found += again if not found or sentence.wages or sentence.dates or sentence.excepts is not None else []
    return sorted(found, key=lambda item: item[0])


_ELLIPSIS = re.compile(
    r"(?i)^\s*(?:more\s+|others?\s+|of (?:them|those)\s+)?(?:for|in|at|on|en|para|w|na|do)\s+(?:the\s+|our\s+|el\s+|la\s+)?[^\W\d_]{2}"
)


def _siblings(
    sentence: Sentence, found: list[tuple[int, int, Draft]], drafts: list[Draft]
) -> list[tuple[int, int, Draft]]:
    """ "9 janitors for one building and 6 for the other": a count without a noun is one more need of the same title."""
    added: list[tuple[int, int, Draft]] = []
    counts = [count for count in find_counts(sentence.masked, sentence.language) if not count.article and count.value]
    known = {draft.values.get("openings") for *_, draft in found}
    if sum(count.value or 0 for count in counts if _ELLIPSIS.match(sentence.masked[count.end :])) in known:
        return []
    for count in counts:
        before = [item for item in found if item[1] <= count.start]
        if not before or count.article or not count.value or not _ELLIPSIS.match(sentence.masked[count.end :]):
            continue
        draft = before[-1][2]
        if not re.search(r"(?i)(?:[,:;–—-]|\b(?:and|plus|y|i|oraz))\s*$", sentence.masked[: count.start]):
            continue
        if draft.has("openings"):
            draft = _sibling(draft)
            drafts.append(draft)
        words = sentence.text[count.start : count.end]
        draft.say("openings", count.value, sentence.part, sentence.offset + count.start, words, 0.85)
        added.append((count.start, count.end, draft))
    return added


def _sibling(draft: Draft) -> Draft:
    facts = {name: draft.facts[name] for name in ("title", "pathway") if name in draft.facts}
    values = {name: draft.values[name] for name in facts}
    return Draft(
        draft.title, draft.head, draft.part, draft.block, draft.line, draft.score, values, facts,
        words=draft.words, sentence=draft.sentence,
    )  # fmt: skip


_LEARNERS = word_set("trainee apprentice intern student participant kursant praktykant aprendiz pasante")


def _matching(titled: Titled, drafts: list[Draft]) -> Draft | None:
    mention = titled.mention
    words = content_words(mention.title)
    if mention.head in _LEARNERS and not (mention.count and not mention.count.article):
        learning = [
            draft for draft in drafts if draft.values.get("pathway") in ("training", "apprenticeship", "internship")
        ]
        if len(learning) == 1:
            return learning[0]
    same = [draft for draft in drafts if draft.head == mention.head and (draft.words <= words or words <= draft.words)]
    exact = [draft for draft in same if draft.words == words]
    if exact:
        return exact[-1]
    return same[0] if len(same) == 1 else None


def _new(titled: Titled, sentence: Sentence) -> Draft:
    mention = titled.mention
    draft = Draft(
        mention.title, mention.head, sentence.part, sentence.segment.block, sentence.segment.line, titled.score,
        words=content_words(mention.title), sentence=sentence.text, listed=sentence.segment.bullet and not mention.plural,
    )  # fmt: skip
    at = sentence.offset + mention.start
    words = sentence.text[mention.start : mention.end]
    sure = min(0.97, 0.62 + 0.08 * (titled.score - THRESHOLD) + (0.1 if mention.known else 0))
    draft.say("title", mention.title, sentence.part, at, words, sure)
    road = pathway(mention.title, sentence.text)
    draft.say("pathway", str(road), sentence.part, at, words)
    _count(draft, titled, sentence)
    return draft


def _count(draft: Draft, titled: Titled, sentence: Sentence) -> None:
    count = titled.mention.count
    if count is None or count.value is None:
        return
    words = sentence.text[count.start : count.end]
    draft.say(
        "openings", count.value, sentence.part, sentence.offset + count.start, words, 0.8 if count.article else 0.93
    )


def _again(draft: Draft, titled: Titled, sentence: Sentence) -> None:
    """A title named before: a newer count wins, a first count is taken, words of "filled" take the need away."""
    older = draft.part != sentence.part
    if (titled.cue.filled and (older or draft.sentence != sentence.text)) or (titled.cue.gone and older):
        draft.gone = True
        return
    count = titled.mention.count
    if count is None or count.value is None or (count.article and draft.has("openings")):
        return
    words = content_words(titled.mention.title)
    if draft.words < words and not draft.has("openings") and not draft.has("wage_min"):
        mention = titled.mention
        said = sentence.text[mention.start : mention.end]
        draft.title, draft.words = mention.title, words
        draft.say("title", mention.title, sentence.part, sentence.offset + mention.start, said, 0.9)
    newer = draft.part != sentence.part and titled.score >= THRESHOLD
    if (not draft.has("openings") and titled.cue.pull >= 0) or newer or corrected_count(sentence.text):
        _count(draft, titled, sentence)


def _spread(
    sentence: Sentence, subjects: list[tuple[int, int, Draft]], drafts: list[Draft], topic: list[Draft]
) -> None:
    local_places(sentence, subjects)
    spread_wages(sentence, subjects, drafts, topic)
    spread_starts(sentence, subjects, drafts, topic)
    own = [draft for *_, draft in subjects]
    shift = find_shift(sentence.text)
    for draft in own:
        if shift is not None and not draft.has("shift") and (len(own) == 1 or sentence.group):
            draft.say("shift", shift[0].strip(), sentence.part, sentence.offset + shift.start(), shift[0])
    for match in find_requirements(sentence.text):
        for draft in own or (topic if sentence.segment.block == (topic[0].block if topic else -1) else []):
            draft.add("requirements", match[0].strip(), sentence.part, sentence.offset + match.start(), match[0])


def _mend_counts(sentence: Sentence, subjects: list[tuple[int, int, Draft]], topic: list[Draft]) -> None:
    """ "make that six": a corrected number without a title mends the need spoken of last."""
    if sentence.titles or not corrected_count(sentence.text):
        return
    target = [draft for *_, draft in subjects] or topic[-1:]
    match = re.search(
        r"(?i)\b(?:make (?:that|it)|it'?s|now|to|que sean|sean|actually|need|needs|want|wants)\s+(?=[\w-]+\b)",
        sentence.masked,
    )
    if match is None or len(target) != 1:
        return
    for count in find_counts(sentence.masked, sentence.language):
        if count.value is not None and not count.article and match.end() == count.start:
            words = sentence.text[count.start : count.end]
            target[0].say("openings", count.value, sentence.part, sentence.offset + count.start, words, 0.85)


def _late(pending: list[Sentence], drafts: list[Draft]) -> None:
    """Wages and starts said before any title hold for the needs that came after and have none of their own."""
    for sentence in pending:
        spread_wages(sentence, [], drafts, [])
        spread_starts(sentence, [], drafts, [])
