"""Which need a wage, a start or a count belongs to: the titles before it, a title named again, "both", "the rest", "except"."""

import re

from mail.drafts import Draft, content_words
from mail.sentence import Sentence

_EACH = re.compile(r"(?i)^[^.;]{0,25}\b(?:each|both|all|apiece|for (?:both|all|either)|cada uno|każd\w+|ambos|todos)\b")
_CORRECTION = re.compile(
    r"(?i)\b(?:make (?:that|it)|correction|(?:sorry|actually|scratch that|i mean|rather|oops)[,:—-]*|(?:it'?s|is|are|that'?s) (?:now|actually)|now|up to|down to|bumped (?:it |that )?(?:up )?to|"
    r"changed? (?:it |that )?to|instead of|not \w+ but|que sean|mejor|perdón|corrección|jednak|poprawka)\b"
)


def named_again(sentence: Sentence, drafts: list[Draft]) -> list[tuple[int, int, Draft]]:
    """Needs that the sentence names again, by whole title, head or a word that tells them apart: (start, end, draft)."""
    found: list[tuple[int, int, Draft]] = []
    for draft in drafts:
        span = _span(sentence.masked, draft, drafts)
        if span is not None:
            found.append((*span, draft))
    return sorted(found, key=lambda item: item[0])


def _span(text: str, draft: Draft, drafts: list[Draft]) -> tuple[int, int] | None:
    others = [other.words for other in drafts if other is not draft]
    own = [word for word in draft.words if not any(word in words for words in others)]
    shared = [word for word in draft.words if word not in own]
    for match in re.finditer(r"[^\W\d_][\w'’-]*", text):
        word = match[0].lower()
        words = content_words(match[0])
        if any(word_ in own for word_ in words) or (
            len(word) == 3 and any(o.startswith(word) and len(o) > 8 for o in own)
        ):
            return match.start(), match.end()
        if draft.head in words and (not shared or len(drafts) == 1):
            return match.start(), match.end()
    return None


def spread_wages(
    sentence: Sentence, subjects: list[tuple[int, int, Draft]], drafts: list[Draft], topic: list[Draft]
) -> None:
    """Give each wage of the sentence to the needs it is said of."""
    last = -1
    for index, wage in enumerate(sentence.wages):
        if sentence.later or wage.unit is None:
            continue
        before = [draft for _, end, draft in subjects if last <= end <= wage.start]
        targets = before or _ahead(subjects, wage.end, sentence, index)
        if not targets and index and subjects:
            targets = _respectively(sentence, subjects, index)
        if not subjects or not targets and not index:
            targets = targets or _all_meant(sentence, drafts, topic, "wage_min")
        if before and _EACH.match(sentence.text[wage.end :]):
            targets = [draft for _, end, draft in subjects if end <= wage.start]
        for draft in targets:
            if not draft.has("wage_min") or _fresh(draft, sentence):
                _say_wage(draft, sentence, index)
        last = wage.end


def _say_wage(draft: Draft, sentence: Sentence, index: int) -> None:
    wage = sentence.wages[index]
    words = sentence.text[wage.start : wage.end]
    sure = 0.93 if wage.sure else 0.8
    at = sentence.offset + wage.start
    draft.say("wage_min", wage.low, sentence.part, at, words, sure)
    draft.say("wage_max", wage.high, sentence.part, at, words, sure)
    draft.say("wage_unit", wage.unit, sentence.part, at, words, sure)


def _fresh(draft: Draft, sentence: Sentence) -> bool:
    """A newer text or a correction may replace what an older one said."""
    facts = draft.facts.get("wage_min") or draft.facts.get("start_date") or []
    older = bool(facts) and facts[0].part != sentence.part
    return older or bool(_CORRECTION.search(sentence.text))


def _ahead(subjects: list[tuple[int, int, Draft]], end: int, sentence: Sentence, index: int) -> list[Draft]:
    """ "$18/hr line cooks", "pays $20 for welders": the title that follows at once."""
    limit = sentence.wages[index + 1].start if index + 1 < len(sentence.wages) else len(sentence.text)
    for start, _, draft in subjects:
        if (
            end <= start < limit
            and start - end < 40
            and "." not in sentence.text[end:start]
            and ";" not in sentence.text[end:start]
        ):
            return [draft]
    return []


def _respectively(sentence: Sentence, subjects: list[tuple[int, int, Draft]], index: int) -> list[Draft]:
    """ "cooks and dishwashers at $18 and $16": as many wages in a row as titles before them."""
    earlier = [draft for _, end, draft in subjects if end <= sentence.wages[0].start]
    if len(earlier) == len(sentence.wages) and len(earlier) > 1:
        first = earlier[0]
        if index == 1:
            _say_wage(first, sentence, 0)
            for draft in earlier[1:]:
                draft.values.pop("wage_min", None)
        return [earlier[index]]
    return []


def _all_meant(sentence: Sentence, drafts: list[Draft], topic: list[Draft], name: str) -> list[Draft]:
    """The needs that a sentence without a title speaks of: all, the rest, or those still without the value."""
    lacking = [draft for draft in drafts if not draft.has(name) and not (name == "start_date" and draft.no_start)]
    group = sentence.group
    if group is not None and group["rest"]:
        return lacking
    recent = [draft for draft in topic if draft in lacking]
    if group is not None:
        return lacking if name == "start_date" or len(recent) != 1 else lacking
    return recent if name == "wage_min" and recent else lacking


def spread_starts(
    sentence: Sentence, subjects: list[tuple[int, int, Draft]], drafts: list[Draft], topic: list[Draft]
) -> None:
    """Give each start date of the sentence to the needs it is said of; mark those that start at any time."""
    listed = sentence.segment.bullet or "start" in sentence.segment.label.lower()
    found = [day for day in sentence.dates if day.starts or (day.starts is None and listed and subjects)]
    if sentence.later:
        return
    last = 0
    for day in found:
        for draft in _starting(sentence, subjects, drafts, topic, last, day.start):
            if not draft.has("start_date") or _fresh_start(draft, sentence):
                words = sentence.text[day.start : day.end]
                draft.say(
                    "start_date",
                    day.date,
                    sentence.part,
                    sentence.offset + day.start,
                    words,
                    0.9 if day.starts else 0.75,
                )
        last = day.end
    whenever = sentence.no_start
    if whenever is not None:
        _mark_whenever(sentence, subjects, topic, whenever)


def _fresh_start(draft: Draft, sentence: Sentence) -> bool:
    return draft.facts["start_date"][0].part != sentence.part or bool(_CORRECTION.search(sentence.text))


def _starting(
    sentence: Sentence,
    subjects: list[tuple[int, int, Draft]],
    drafts: list[Draft],
    topic: list[Draft],
    last: int,
    at: int,
) -> list[Draft]:
    excepted = sentence.excepts
    if excepted is not None and subjects:
        named = [draft for start, _, draft in subjects if start > excepted.start()]
        return [draft for draft in drafts if draft not in named and not draft.has("start_date")]
    clause = max(last, sentence.text.rfind(";", 0, at) + 1)
    before = [draft for _, end, draft in subjects if clause <= end <= at]
    group = sentence.group
    if group is not None and clause <= group.start() < at and (group["rest"] or not before):
        return _all_meant(sentence, drafts, topic, "start_date")
    if before:
        return before
    if subjects and not last and clause == 0:
        after = [draft for start, _, draft in subjects if start > at]
        return after or [draft for _, _, draft in subjects]
    return _all_meant(sentence, drafts, topic, "start_date") if not subjects else [draft for *_, draft in subjects][-1:]


def _mark_whenever(
    sentence: Sentence, subjects: list[tuple[int, int, Draft]], topic: list[Draft], match: re.Match[str]
) -> None:
    """ "Spotters I would take yesterday": no date of the others may be given to them."""
    clause = sentence.text.rfind(";", 0, match.start()) + 1
    before = [draft for _, end, draft in subjects if clause <= end <= match.start()]
    named = before[-1:] if before and not sentence.segment.bullet else before
    if not subjects:
        named = topic[-1:] if re.search(r"(?i)\b(?:he|she|that one|this one)\b", sentence.text) else []
    for draft in named:
        if not draft.has("start_date"):
            draft.no_start = True


def corrected_count(text: str) -> bool:
    """Whether a number in the text mends an earlier one: "make that six"."""
    return bool(_CORRECTION.search(text))
