"""Which need a start belongs to: the titles before it, "all", "the rest", "except", "as soon as possible"."""

import re

from mail.jobs.drafts import Draft
from mail.jobs.sentence import Sentence
from mail.jobs.spread import Subjects, all_meant, fresh, tight_ahead
from mail.prose.dates import Found
from mail.prose.places import find_places

_ONLY = re.compile(r"^[\s:,–—(@-]*$")


def spread_starts(sentence: Sentence, subjects: Subjects, drafts: list[Draft], topic: list[Draft]) -> None:
    """Give each start date of the sentence to the needs it is said of; mark those that start at any time."""
    last, begun = 0, False
    for day in sentence.dates:
        goes_on = begun and any(last <= start < day.start for start, *_ in subjects)
        if day.starts or (day.starts is None and (goes_on or _plainly(sentence, subjects, day))):
            begun = True
            for draft in _starting(sentence, subjects, drafts, topic, last, day.start, day.end):
                _say_start(draft, sentence, day, any(draft is other for *_, other in subjects))
        last = day.end if day.starts is not False else last
    if subjects and _SAME.search(sentence.text):
        _same_start(sentence, subjects, drafts)
    whenever = sentence.no_start if drafts else None
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


def _say_start(draft: Draft, sentence: Sentence, day: Found, named: bool) -> None:
    """Give the need its start. What is said of it by name goes before what is said of all, and the start of people
    before that of a school year or a season."""
    before = sentence.text[: day.start]
    if sentence.later_at(day.start) or (day.date <= sentence.sent and re.search(r"(?i)\bas of\s+$", before)):
        return
    sure = 0.7 if _EVENT.search(before) else 0.85 if day.starts else 0.75
    sure += 0.05 if named else 0
    old = draft.facts["start_date"][0].confidence if draft.has("start_date") else 0.0
    if not old or fresh(draft, sentence, "start_date") or (sure > old and (named or old <= 0.7)):
        words = sentence.text[day.start : day.end]
        draft.say("start_date", day.date, sentence.part, sentence.offset + day.start, words, sure)


_START_LABEL = re.compile(
    r"(?i)\b(?:^when$|^fecha$|^kiedy$|start|begin|(?:hire|report|employment) date|onboard|"
    r"inicio|ingreso|początek|data)"
)


_START_LINE = re.compile(r"(?i)^\s*(?:(?:new )?start(?: date)?|begin|inicio|ingreso|początek)\s*:")


_SENTENCE = re.compile(
    r"(?i)\b(?:is|are|was|were|be|been|will|have|has|had|can|could|would|do|did|we|i|you|they|he|she|until|since|"
    r"before|"
    r"after|on|meet\w*|call|visit\w*|interview\w*|reply|respond|deadline|apply|fair|event|due|last|dated?)\b|['’](?:s|"
    r"re|ll)\b"
)
"""Words of a whole sentence, or of a date that is no start."""


def _in_fragment(sentence: Sentence, day: Found) -> bool:
    """ "$27, Niles, March 16.": the last of terms without a verb."""
    text = sentence.text
    if text[day.end :].strip(" .!") or not re.search(r"[,;–—-]\s+(?:still\s+)?$", text[: day.start]):
        return False
    return not _SENTENCE.search(text) and (bool(sentence.wages) or bool(find_places(text)))


def _plainly(sentence: Sentence, subjects: Subjects, day: Found) -> bool:
    """A date without a word of starting: in a "Start:" line, in a list's item, or right behind a title."""
    at = day.start
    if _START_LABEL.search(sentence.segment.label):
        return True
    if (sentence.segment.bullet and subjects) or re.search(
        r"(?i)(?:\balso|,\s+(?:all|both))(?: on)?\s+$", sentence.text[:at]
    ):
        return True
    if sentence.segment.bullet and not sentence.text[: day.start].strip() and len(sentence.text) < 60:
        return True
    if len(re.findall(r"[^\W\d_]+", sentence.masked)) <= 2 and not sentence.segment.label:
        return True
    behind = any(end <= at and _ONLY.match(sentence.text[end:at]) for _, end, _ in subjects)
    return behind or _in_fragment(sentence, day)


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
    tight = tight_ahead(sentence, subjects, end)
    if tight:
        return tight
    if _START_LABEL.search(sentence.segment.label) or _START_LINE.match(sentence.text):
        return all_meant(sentence, drafts, topic, "start_date")
    clause = max(last, sentence.text.rfind(";", 0, at) + 1)
    before = [draft for _, stop, draft in subjects if clause <= stop <= at]
    group = sentence.last_group(clause, at)
    spoken = max((stop for _, stop, _ in subjects if stop <= at), default=0)
    nearer = group is not None and spoken < group.start() and "," in sentence.text[spoken : group.start()]
    if group is not None and (group["rest"] or nearer or not before):
        return all_meant(sentence, drafts, topic, "start_date")
    if before:
        return before
    if subjects and not last and clause == 0:
        own = _with_own_date(sentence, subjects, end)
        after = [draft for start, _, draft in subjects if start > at and draft not in own]
        if own and not after:
            return [draft for draft in all_meant(sentence, drafts, topic, "start_date") if draft not in own]
        return after or [draft for *_, draft in subjects]
    return [draft for *_, draft in subjects][-1:] if subjects else all_meant(sentence, drafts, topic, "start_date")


def _with_own_date(sentence: Sentence, subjects: Subjects, end: int) -> list[Draft]:
    """Needs named behind a date that have a date of their own behind them: "Start Oct 12, millwright Oct 5"."""
    later = [day.start for day in sentence.dates if day.start > end]
    return [draft for start, stop, draft in subjects if start > end and any(stop <= at < stop + 12 for at in later)]


def _mark_whenever(
    sentence: Sentence, subjects: Subjects, drafts: list[Draft], topic: list[Draft], match: re.Match[str]
) -> None:
    """ "the clerk could come tomorrow", "others immediately": no date of the others may be given to them."""
    clause = sentence.text.rfind(";", 0, match.start()) + 1
    before = [draft for _, end, draft in subjects if clause <= end <= match.start()]
    named = before[-1:] if not sentence.segment.bullet else before
    group = sentence.group
    if group is not None and group["rest"] and group.start() < match.start():
        named = [draft for draft in drafts if not draft.has("start_date")]
    elif not subjects and re.search(r"(?i)\b(?:he|she|that one|this one)\b", sentence.text):
        named = topic[-1:]
    for draft in named:
        if len(subjects) > 1 and match.start() - _last_end(subjects, draft) < 25 and _given_here(draft, sentence):
            del draft.values["start_date"], draft.facts["start_date"]
        if not draft.has("start_date"):
            draft.no_start = True


def _last_end(subjects: Subjects, draft: Draft) -> int:
    """Where the sentence's last words for a need end."""
    return max((end for _, end, subject in subjects if subject is draft), default=-100)


def _given_here(draft: Draft, sentence: Sentence) -> bool:
    """Whether the need's start was read from this very sentence: "they start May 1, the clerk can wait"."""
    facts = draft.facts.get("start_date")
    return bool(facts) and facts[0].part == sentence.part and 0 <= facts[0].start - sentence.offset < len(sentence.text)
