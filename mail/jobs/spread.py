"""Which needs a sentence speaks of when it gives a value: titles named again, titles joined on, "all", "the rest"."""

import re
from collections import Counter

from mail.jobs.drafts import Draft, content_words, shared_word
from mail.jobs.sentence import Sentence

Subjects = list[tuple[int, int, Draft]]
"""Where a sentence names a need: (start, end, draft), in order."""

_CORRECTION = re.compile(
    r"(?i)\b(?:make (?:that|it)|should (?:be|have been|say|read)|correction|(?:sorry|actually|scratch that|i mean|"
    r"rather|oops)[,:—-]*|"
    r"(?:it'?s|is|are|that'?s) (?:now|actually)|as of (?:today|now|this)|(?:today|this morning),? "
    r"it(?:['’]s| is)|now|up to|down to|bumped (?:it |that )?(?:up "
    r")?to|"
    r"changed? (?:it |that )?to|went up to|instead of|not \w+ but|que sean|mejor|perdón|corrección|jednak|poprawka)\b"
)
_TIGHT = re.compile(
    r"(?i)^\s*[,(]?\s*(?:for|in|at|to|on|en|para|dla|w|a)\s+(?:the\s+|our\s+|both\s+|los\s+|las\s+|el\s+|la\s+)?$"
)
_LISTED = re.compile(r"(?i)^\s*(?:,|and|y|i|&|or|/|,\s*and)\s*(?:the\s+|for\s+(?:the\s+)?|for the\s+)?$")


def named_again(sentence: Sentence, drafts: list[Draft]) -> Subjects:
    """Needs that the sentence names again: by head, by a word that tells them apart, or by a place of their own."""
    bearers = Counter(word for draft in drafts for word in set(draft.words))
    spoken = _spoken(sentence.masked)
    found: Subjects = []
    for draft in drafts:
        own = [word for word in draft.words if bearers[word] == 1]
        span = _span(spoken, draft, own, len(drafts) == 1) or _place_span(sentence.masked, draft, drafts)
        if span is not None:
            found.append((*span, draft))
    return sorted(found, key=lambda item: item[0])


def _spoken(text: str) -> list[tuple[int, int, str, frozenset[str]]]:
    """(start, end, word in lower case, its content words) of every word of a sentence."""
    return [
        (match.start(), match.end(), match[0].lower(), content_words(match[0]))
        for match in re.finditer(r"[^\W\d_][\w'’-]*", text)
    ]


def _span(
    spoken: list[tuple[int, int, str, frozenset[str]]], draft: Draft, own: list[str], alone: bool
) -> tuple[int, int] | None:
    heads = (alone or len(own) == len(draft.words)) and shared_word(draft.head)
    for start, end, word, words in spoken:
        if any(piece in own for piece in words) or (
            len(word) == 3 and any(o.startswith(word) and len(o) > 8 for o in own)
        ):
            return start, end
        if heads and heads in words:
            return start, end
    return None


def _place_span(text: str, draft: Draft, drafts: list[Draft]) -> tuple[int, int] | None:
    """ "The Lombard office": a place that only some of the needs have stands for them."""
    place = (draft.values.get("location") or "").split(",")[0]
    if not place or all((other.values.get("location") or "").split(",")[0] == place for other in drafts):
        return None
    at = text.find(place)
    return (at, at + len(place)) if at >= 0 else None


def tight_ahead(sentence: Sentence, subjects: Subjects, end: int) -> list[Draft]:
    """ "$21 for sewing", "June 15 in Joliet", "$18 for porters and packers": the titles that "for" or "in" joins on."""
    found: list[Draft] = []
    last_start = -1
    for start, stop, draft in subjects:
        if found and start == last_start:
            found.append(draft)
            continue
        joint = sentence.text[end:start] if start >= end else None
        if joint is None or not ((_LISTED if found else _TIGHT).match(joint) or (not found and joint.strip() == "(")):
            if found:
                break
            continue
        found.append(draft)
        end, last_start = stop, start
    return found


def fresh(draft: Draft, sentence: Sentence, name: str) -> bool:
    """A newer text or a correction may replace what an older one said."""
    return draft.facts[name][0].part != sentence.part or bool(_CORRECTION.search(sentence.text))


def all_meant(sentence: Sentence, drafts: list[Draft], topic: list[Draft], name: str) -> list[Draft]:
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


def corrected_count(text: str) -> bool:
    """Whether a number in the text mends an earlier one: "make that six"."""
    return bool(_CORRECTION.search(text))
