"""Which need a wage or a start belongs to: the titles before it, a title named again, "both", "the rest", "except"."""

import re
from itertools import pairwise

from mail.dates import Found
from mail.drafts import Draft, content_words, shared_word
from mail.sentence import Sentence

Subjects = list[tuple[int, int, Draft]]
"""Where a sentence names a need: (start, end, draft), in order."""

_EACH = re.compile(r"(?i)^[^.;]{0,25}\b(?:each|both|all|apiece|for (?:both|all|either)|cada uno|każd\w+|ambos|todos)\b")
_CORRECTION = re.compile(
    r"(?i)\b(?:make (?:that|it)|correction|(?:sorry|actually|scratch that|i mean|rather|oops)[,:—-]*|"
    r"(?:it'?s|is|are|that'?s) (?:now|actually)|now|up to|down to|bumped (?:it |that )?(?:up )?to|"
    r"changed? (?:it |that )?to|went up to|instead of|not \w+ but|que sean|mejor|perdón|corrección|jednak|poprawka)\b"
)
_TIGHT = re.compile(
    r"(?i)^\s*[,(]?\s*(?:for|in|at|to|on|en|para|dla|w|a)\s+(?:the\s+|our\s+|both\s+|los\s+|las\s+|el\s+|la\s+)?$"
)
_LISTED = re.compile(r"(?i)^\s*(?:,|and|y|i|&|or|/|,\s*and)\s*(?:the\s+|for\s+(?:the\s+)?|for the\s+)?$")
_ONLY = re.compile(r"^[\s:,–—(@-]*$")


def named_again(sentence: Sentence, drafts: list[Draft]) -> Subjects:
    """Needs that the sentence names again: by head, by a word that tells them apart, or by a place of their own."""
    found: Subjects = []
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
        word, words = match[0].lower(), content_words(match[0])
        if any(piece in own for piece in words) or (
            len(word) == 3 and any(o.startswith(word) and len(o) > 8 for o in own)
        ):
            return match.start(), match.end()
        if shared_word(draft.head) in words and (not shared or len(drafts) == 1):
            return match.start(), match.end()
    return _place_span(text, draft, drafts)


def _place_span(text: str, draft: Draft, drafts: list[Draft]) -> tuple[int, int] | None:
    """ "The Lombard office": a place that only some of the needs have stands for them."""
    place = (draft.values.get("location") or "").split(",")[0]
    if not place or all((other.values.get("location") or "").split(",")[0] == place for other in drafts):
        return None
    at = text.find(place)
    return (at, at + len(place)) if at >= 0 else None


def spread_wages(sentence: Sentence, subjects: Subjects, drafts: list[Draft], topic: list[Draft]) -> None:
    """Give each wage of the sentence to the needs it is said of."""
    last = -1
    for index, wage in enumerate(sentence.wages):
        if sentence.later_at(wage.start) or wage.unit is None:
            continue
        targets = _wage_targets(sentence, subjects, index, last)
        if not targets and not subjects:
            targets = _all_meant(sentence, drafts, topic, "wage_min")
        for draft in targets:
            if not draft.has("wage_min") or _fresh(draft, sentence, "wage_min"):
                _say_wage(draft, sentence, index)
        last = wage.end
    _widen_by_shift(sentence, subjects)


_BY_SHIFT = re.compile(
    r"(?i)^\s*(?:on |for )?(?:the )?(?:days?|nights?|swing|overnights?|weekends?|evenings?|graveyard|(?:1st|2nd|3rd|"
    r"first|second|third)(?: shift)?)\b"
)


def _widen_by_shift(sentence: Sentence, subjects: Subjects) -> None:
    """ "$18 days / $20 overnight": the wages of one need by shift are the ends of its range."""
    drafts = {id(draft): draft for *_, draft in subjects}
    wages = [wage for wage in sentence.wages if _BY_SHIFT.match(sentence.text[wage.end :]) and wage.unit]
    if len(drafts) != 1 or len(wages) < 2 or len({wage.unit for wage in wages}) > 1:
        return
    draft = next(iter(drafts.values()))
    low, high = min(wages, key=lambda wage: wage.low), max(wages, key=lambda wage: wage.high)
    for name, wage, value in (("wage_min", low, low.low), ("wage_max", high, high.high)):
        draft.say(name, value, sentence.part, sentence.offset + wage.start, sentence.text[wage.start : wage.end], 0.75)


def _wage_targets(sentence: Sentence, subjects: Subjects, index: int, last: int) -> list[Draft]:
    wage = sentence.wages[index]
    tight = _tight_ahead(sentence, subjects, wage.end)
    if tight:
        return tight
    before = [item for item in subjects if last <= item[1] <= wage.start]
    if before and _EACH.match(sentence.text[wage.end :]):
        return [draft for _, end, draft in subjects if end <= wage.start]
    in_a_row = _in_a_row(sentence, subjects, index)
    if in_a_row is not None:
        return [in_a_row]
    return _last_group(before) or _ahead(subjects, wage.end, sentence, index)


def _last_group(before: Subjects) -> list[Draft]:
    """Of "4 movers and 2 drivers, movers $18" only the movers that were named last."""
    group: list[Draft] = []
    for position in range(len(before) - 1, -1, -1):
        draft = before[position][2]
        repeated = any(draft is other for *_, other in before[:position])
        if group and not repeated and len({id(d) for *_, d in before}) < len(before):
            break
        group.append(draft)
        if repeated and position and not any(before[position - 1][2] is other for *_, other in before[: position - 1]):
            break
    return group


def _tight_ahead(sentence: Sentence, subjects: Subjects, end: int) -> list[Draft]:
    """ "$21 for sewing", "June 15 in Joliet", "$18 for porters and packers": the titles that "for" or "in" joins on."""
    found: list[Draft] = []
    last_start = -1
    for start, stop, draft in subjects:
        if found and start == last_start:
            found.append(draft)
            continue
        joint = sentence.text[end:start] if start >= end else None
        if joint is None or not (_LISTED if found else _TIGHT).match(joint):
            if found:
                break
            continue
        found.append(draft)
        end, last_start = stop, start
    return found


def _say_wage(draft: Draft, sentence: Sentence, index: int) -> None:
    wage = sentence.wages[index]
    words = sentence.text[wage.start : wage.end]
    sure = 0.93 if wage.sure else 0.8
    at = sentence.offset + wage.start
    draft.say("wage_min", wage.low, sentence.part, at, words, sure)
    draft.say("wage_max", wage.high, sentence.part, at, words, sure)
    draft.say("wage_unit", wage.unit, sentence.part, at, words, sure)


def _fresh(draft: Draft, sentence: Sentence, name: str) -> bool:
    """A newer text or a correction may replace what an older one said."""
    return draft.facts[name][0].part != sentence.part or bool(_CORRECTION.search(sentence.text))


def _ahead(subjects: Subjects, end: int, sentence: Sentence, index: int) -> list[Draft]:
    """ "$18/hr line cooks": the title that follows at once."""
    limit = sentence.wages[index + 1].start if index + 1 < len(sentence.wages) else len(sentence.text)
    for start, _, draft in subjects:
        between = sentence.text[end:start]
        if end <= start < limit and start - end < 40 and not re.search(r"[.;,]", between):
            return [draft]
    return []


def _in_a_row(sentence: Sentence, subjects: Subjects, index: int) -> Draft | None:
    """ "cooks and dishwashers at $18 and $16": as many wages in a row as titles before them."""
    wages = sentence.wages
    earlier = [draft for _, end, draft in subjects if end <= wages[0].start]
    if len(wages) < 2 or len(earlier) != len(wages) or any(start > wages[0].start for start, *_ in subjects):
        return None
    joints = [sentence.text[one.end : other.start] for one, other in pairwise(wages)]
    if all(re.fullmatch(r"(?i)\s*(?:,|and|y|i|/|&|,\s*and)\s*", joint) for joint in joints):
        return earlier[index]
    return None


def _all_meant(sentence: Sentence, drafts: list[Draft], topic: list[Draft], name: str) -> list[Draft]:
    """The needs that a sentence without a title speaks of: all, the rest, or those still without the value."""
    lacking = [draft for draft in drafts if not draft.no_start or name != "start_date"]
    lacking = [draft for draft in lacking if not draft.has(name) or _replaceable(draft, sentence, name)]
    recent = [draft for draft in topic if draft in lacking]
    if sentence.group is not None:
        return lacking
    return recent if name == "wage_min" and recent else lacking


def _replaceable(draft: Draft, sentence: Sentence, name: str) -> bool:
    """A weak value, or one of an older text: a newer start holds for all, a newer wage for the only need."""
    fact = draft.facts[name][0]
    return fact.confidence <= 0.7 or (name == "start_date" and fact.part != sentence.part)


def spread_starts(sentence: Sentence, subjects: Subjects, drafts: list[Draft], topic: list[Draft]) -> None:
    """Give each start date of the sentence to the needs it is said of; mark those that start at any time."""
    last, begun = 0, False
    for day in sentence.dates:
        goes_on = begun and any(last <= start < day.start for start, *_ in subjects)
        if day.starts or (day.starts is None and (goes_on or _plainly(sentence, subjects, day.start))):
            begun = True
            for draft in _starting(sentence, subjects, drafts, topic, last, day.start, day.end):
                _say_start(draft, sentence, day)
        last = day.end
    if _SAME.search(sentence.text) and subjects:
        _same_start(sentence, subjects, drafts)
    whenever = sentence.no_start
    if whenever is not None:
        _mark_whenever(sentence, subjects, drafts, topic, whenever)


_EVENT = re.compile(
    r"(?i)\b(?:school|season|semester|contract|festival|show|event|camp|project|production|term|class(?:es)?|work|"
    r"sezon|temporada|first day (?:with|of|for (?:kids|students)))\b"
    r"[^.;,]{0,24}\b(?:starts?|begins?|kicks off|opens?|runs?|is|empieza|comienza|zaczyna)\s+(?:on\s+)?(?:the\s+)?$"
)


_SAME = re.compile(r"(?i)\bsame (?:start(?:ing)? )?(?:date|day|start)\b|\bla misma fecha\b|\bten sam termin\b")


def _same_start(sentence: Sentence, subjects: Subjects, drafts: list[Draft]) -> None:
    known = next((draft for draft in reversed(drafts) if draft.has("start_date")), None)
    for *_, draft in subjects:
        if known is not None and not draft.has("start_date"):
            match = _SAME.search(sentence.text)
            at, words = (match.start(), match[0]) if match else (0, "")
            draft.say("start_date", known.values["start_date"], sentence.part, sentence.offset + at, words, 0.8)


def _say_start(draft: Draft, sentence: Sentence, day: Found) -> None:
    """The start of a school year or a season is weak: a date that is said of people goes before it."""
    before = sentence.text[: day.start]
    if sentence.later_at(day.start) or (day.date <= sentence.sent and re.search(r"(?i)\bas of\s+$", before)):
        return
    weak = _EVENT.search(before) is not None
    was_weak = draft.has("start_date") and draft.facts["start_date"][0].confidence <= 0.7
    if not draft.has("start_date") or _fresh(draft, sentence, "start_date") or (was_weak and not weak):
        words = sentence.text[day.start : day.end]
        sure = 0.7 if weak else 0.9 if day.starts else 0.75
        draft.say("start_date", day.date, sentence.part, sentence.offset + day.start, words, sure)


def _plainly(sentence: Sentence, subjects: Subjects, at: int) -> bool:
    """A date without a word of starting: in a "Start:" line, in a list's item, or right behind a title."""
    if re.search(r"(?i)\b(?:start|begin|inicio|ingreso|początek|data)", sentence.segment.label):
        return True
    if sentence.segment.bullet and subjects:
        return True
    if len(re.findall(r"[^\W\d_]+", sentence.masked)) <= 2 and not sentence.segment.label:
        return True
    return any(end <= at and _ONLY.match(sentence.text[end:at]) for _, end, _ in subjects)


def _starting(
    sentence: Sentence, subjects: Subjects, drafts: list[Draft], topic: list[Draft], last: int, at: int, end: int
) -> list[Draft]:
    excepted = sentence.excepts
    if excepted is not None and subjects:
        named = [draft for start, _, draft in subjects if start > excepted.start()]
        if excepted.start() < at and last > 0:
            return named
        if named:
            return [draft for draft in drafts if draft not in named and not draft.has("start_date")]
    tight = _tight_ahead(sentence, subjects, end)
    if tight:
        return tight
    clause = max(last, sentence.text.rfind(";", 0, at) + 1)
    before = [draft for _, stop, draft in subjects if clause <= stop <= at]
    group = sentence.last_group(clause, at)
    spoken = max((stop for _, stop, _ in subjects if stop <= at), default=0)
    nearer = group is not None and spoken < group.start() and "," in sentence.text[spoken : group.start()]
    if group is not None and (group["rest"] or nearer or not before):
        return _all_meant(sentence, drafts, topic, "start_date")
    if before:
        return before
    if subjects and not last and clause == 0:
        return [draft for start, _, draft in subjects if start > at] or [draft for *_, draft in subjects]
    return [draft for *_, draft in subjects][-1:] if subjects else _all_meant(sentence, drafts, topic, "start_date")


def _mark_whenever(
    sentence: Sentence, subjects: Subjects, drafts: list[Draft], topic: list[Draft], match: re.Match[str]
) -> None:
    """ "Spotters I would take yesterday", "others immediately": no date of the others may be given to them."""
    clause = sentence.text.rfind(";", 0, match.start()) + 1
    before = [draft for _, end, draft in subjects if clause <= end <= match.start()]
    named = before[-1:] if not sentence.segment.bullet else before
    group = sentence.group
    if group is not None and group["rest"] and group.start() < match.start():
        named = [draft for draft in drafts if not draft.has("start_date")]
    elif not subjects and re.search(r"(?i)\b(?:he|she|that one|this one)\b", sentence.text):
        named = topic[-1:]
    for draft in named:
        if not draft.has("start_date"):
            draft.no_start = True


def corrected_count(text: str) -> bool:
    """Whether a number in the text mends an earlier one: "make that six"."""
    return bool(_CORRECTION.search(text))
