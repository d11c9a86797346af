"""Which need a wage belongs to: the titles before it, "each", as many in a row, by shift."""

import re
from itertools import pairwise

from mail.jobs.drafts import Draft
from mail.jobs.sentence import Sentence
from mail.jobs.spread import Subjects, all_meant, corrected_count, fresh, tight_ahead

_EACH = re.compile(r"(?i)^[^.;]{0,25}\b(?:each|both|all|apiece|for (?:both|all|either)|cada uno|każd\w+|ambos|todos)\b")


def spread_wages(sentence: Sentence, subjects: Subjects, drafts: list[Draft], topic: list[Draft]) -> None:
    """Give each wage of the sentence to the needs it is said of."""
    if not subjects and _one_each(sentence, drafts):
        return
    last, spoken = -1, []
    for index, wage in enumerate(sentence.wages):
        if sentence.later_at(wage.start) or wage.unit is None:
            continue
        targets = _wage_targets(sentence, subjects, index, last)
        group = sentence.last_group(max(last, 0), wage.start)
        if group is not None and group["rest"] and last >= 0:
            targets = [draft for draft in drafts if not draft.has("wage_min")]
        if not targets and not subjects:
            targets = all_meant(sentence, drafts, topic, "wage_min")
        if not targets and spoken:
            _go_on(sentence, index, spoken)
        for draft in targets:
            if not draft.has("wage_min") or fresh(draft, sentence, "wage_min"):
                _say_wage(draft, sentence, index)
        last, spoken = wage.end, targets
    _widen_by_shift(sentence, subjects)


def _one_each(sentence: Sentence, drafts: list[Draft]) -> bool:
    """ "Rates: $24 and $17.90": as many wages in a row as needs without one, said without their names."""
    lacking = [draft for draft in drafts if not draft.has("wage_min")]
    if len(lacking) < 2 or len(sentence.wages) != len(lacking) or not _joined(sentence):
        return False
    for index, draft in enumerate(lacking):
        _say_wage(draft, sentence, index)
    return True


def _joined(sentence: Sentence) -> bool:
    """Whether only commas and "and" part the wages of a sentence."""
    joints = [sentence.text[one.end : other.start] for one, other in pairwise(sentence.wages)]
    return all(re.fullmatch(r"(?i)\s*(?:,|and|y|i|/|&|,\s*and)\s*", joint) for joint in joints)


def _go_on(sentence: Sentence, index: int, spoken: list[Draft]) -> None:
    """A second wage of the same needs: a correction replaces the first, another condition widens the range."""
    wage, before = sentence.wages[index], sentence.wages[index - 1]
    between = sentence.text[before.end : wage.start]
    for draft in spoken:
        if corrected_count(between):
            _say_wage(draft, sentence, index)
        elif _CONDITION.match(between) and _CONDITION.match(sentence.text[wage.end :]) and before.unit == wage.unit:
            words = sentence.text[wage.start : wage.end]
            name, value = ("wage_min", wage.low) if wage.low < before.low else ("wage_max", wage.high)
            draft.say(name, value, sentence.part, sentence.offset + wage.start, words, 0.75)


_CONDITION = re.compile(
    r"(?i)^\s*(?:an hour |/hr |per hour )?(?:if|for (?:those|people|someone|the)|with|without|once|when)\b"
)
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
    tight = tight_ahead(sentence, subjects, wage.end)
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


def _say_wage(draft: Draft, sentence: Sentence, index: int) -> None:
    wage = sentence.wages[index]
    words = sentence.text[wage.start : wage.end]
    sure = 0.93 if wage.sure else 0.8
    at = sentence.offset + wage.start
    draft.say("wage_min", wage.low, sentence.part, at, words, sure)
    draft.say("wage_max", wage.high, sentence.part, at, words, sure)
    draft.say("wage_unit", wage.unit, sentence.part, at, words, sure)


def _ahead(subjects: Subjects, end: int, sentence: Sentence, index: int) -> list[Draft]:
    """ "$18/hr line cooks": the title that follows at once."""
    limit = sentence.wages[index + 1].start if index + 1 < len(sentence.wages) else len(sentence.text)
    for start, _, draft in subjects:
        between = sentence.text[end:start]
        if end <= start < limit and start - end < 40 and not re.search(r"[.;,)]", between):
            return [draft]
    return []


def _in_a_row(sentence: Sentence, subjects: Subjects, index: int) -> Draft | None:
    """ "cooks and dishwashers at $18 and $16": as many wages in a row as titles before them."""
    wages = sentence.wages
    earlier = [draft for _, end, draft in subjects if end <= wages[0].start]
    if len(wages) < 2 or len(earlier) != len(wages) or any(start > wages[0].start for start, *_ in subjects):
        return None
    if _joined(sentence):
        return earlier[index]
    return None
