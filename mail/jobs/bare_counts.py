"""Counts without a noun: "6 for the other building", "five of each", "They need nine", "make that six"."""

import re

from mail.jobs.drafts import Draft
from mail.jobs.sentence import Sentence
from mail.jobs.spread import Subjects, corrected_count
from mail.prose.demand import is_governed
from mail.prose.numbers import Count, find_counts

_ELLIPSIS = re.compile(
    r"(?i)^\s*(?:more\s+|others?\s+|of (?:them|those)\s+)?(?:for|in|at|on|en|para|w|na|do)\s+(?:the\s+|our\s+|el\s+|"
    r"la\s+)?[^\W\d_]{2}"
)


def siblings(
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
        if any(titled.mention.count == count for titled in sentence.titles):
            continue
        both = sentence.masked[count.start : count.end].lower() == "both"
        if not before or both or count.article or not count.value or not _ELLIPSIS.match(sentence.masked[count.end :]):
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


_EACH = re.compile(r"(?i)^\s*(?:of each|each|apiece|de cada uno|po każdym)\b")
_ENDS = re.compile(
    r"(?i)^\s*(?:of (?:them|those|these)|more|now|in all|total|altogether|right away|tomorrow|today|"
    r"this week|"
    r"on the spot|to (?:start|begin)|"
    r"(?:local |young |new |more |good |willing )?(?:teen(?:ager)?s|¦+-olds|youngsters|youth|adults|kids|"
    r"students|men|women|people|folks|hands|persons|workers|beginners|newcomers|"
    r"veterans))?\s*(?:[,.;!?(–—¦-]|$|at\b|in\b|by\b|starting\b|beginning\b)"
)
_SAME = re.compile(
    r"(?i)[,;(–—-]\s*(?:but |and )?(?:(?:it |that |which )?(?:should (?:be|have been|say|read)|make (?:it|that))|"
    r"(?:as of )?(?:today|now|this morning),? (?:it|that)(?:['’]s| is))\s"
)
"""Words that mend a count in the sentence that says it: "I wrote 4 drivers, it should be 6"."""
_MENDS = re.compile(
    r"(?i)\b(?:should (?:be|have been|say|read)|make (?:that|it)|it['’]?s|it is|now|to|que sean|sean|"
    r"actually|need|needs|want|"
    r"wants)\s+(?=[\w-]+\b)"
)


def of_each(sentence: Sentence, subjects: Subjects) -> None:
    """ "aides and attendants, five of each": the count of every title before it."""
    for count in find_counts(sentence.masked, sentence.language):
        before = [draft for _, end, draft in subjects if end <= count.start]
        if len(before) > 1 and not count.article and count.value and _EACH.match(sentence.masked[count.end :]):
            for draft in before:
                if not draft.has("openings") or draft.facts["openings"][0].confidence < 0.7:
                    _say(draft, sentence, count, 0.85)


def governed_count(sentence: Sentence) -> Count | None:
    """The count of a sentence that asks for so many, without saying of what: "They need nine"."""
    for count in find_counts(sentence.masked, sentence.language):
        before, behind = sentence.masked[: count.start], sentence.masked[count.end :]
        titled = any(title.mention.count == count for title in sentence.titles)
        if (
            not titled
            and not count.article
            and count.value
            and _ENDS.match(behind)
            and is_governed(before, sentence.language)
            and not sentence.later_at(count.start)
        ):
            return count
    return None


_POSITIONS = re.compile(
    r"(?i)^\s+(?:\w+ ){0,2}?(?:positions?|openings?|vacancies|vacancy|spots?|slots?|puestos|vacantes|plazas|miejsca|"
    r"miejsc|etaty)\b"
    r"(?!\s+(?:in|on|at)\s+(?:the|a|our)\s+(?:last|past|same))"
)
_STATES = re.compile(
    r"(?i)^\W*(?:(?:we|they|there|i|he|she)(?:['’]ve)?\s+(?:currently\s+)?(?:have|has|are|is|got)(?: got)?\s+|"
    r"(?:total|number)?\W*|hay |son |tenemos |mamy |są )$"
)


def stated_count(sentence: Sentence) -> Count | None:
    """ "We have 7 open positions.", "Two vacancies.": the number of a need named before it."""
    if sentence.titles:
        return None
    for count in find_counts(sentence.masked, sentence.language):
        before, behind = sentence.masked[: count.start], sentence.masked[count.end :]
        if not count.article and count.value and _STATES.match(before) and _POSITIONS.match(behind):
            return None if sentence.later_at(count.start) else count
    return None


def take_count(draft: Draft, sentence: Sentence, count: Count, promoted: bool = False) -> None:
    """Give a need the count of a sentence without a noun, if it has none that is surer."""
    facts = draft.facts.get("openings")
    if (
        promoted
        or not facts
        or facts[0].confidence < 0.7
        or facts[0].part != sentence.part
        or corrected_count(sentence.text)
    ):
        _say(draft, sentence, count, 0.8)


def mend_count(sentence: Sentence, subjects: Subjects, topic: list[Draft]) -> None:
    """ "make that six": a corrected number without a title mends the need spoken of last."""
    target = [draft for *_, draft in subjects] or topic[-1:]
    if len(target) != 1 or not corrected_count(sentence.text):
        return
    match = _MENDS.search(sentence.masked)
    if match is None or (sentence.titles and not _SAME.search(sentence.masked)):
        return
    for count in find_counts(sentence.masked, sentence.language):
        if count.value is not None and not count.article and match.end() == count.start:
            _say(target[0], sentence, count, 0.85)


def _say(draft: Draft, sentence: Sentence, count: Count, sure: float) -> None:
    words = sentence.text[count.start : count.end]
    draft.say("openings", count.value, sentence.part, sentence.offset + count.start, words, sure)
