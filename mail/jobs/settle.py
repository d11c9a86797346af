"""What holds for the needs of a mail as a whole is given out at the end: the place of work, populations."""

import re

from mail.jobs.drafts import Draft
from mail.jobs.passage import Passage
from mail.jobs.sentence import Sentence
from mail.jobs.spread import Subjects
from mail.jobs.where import best_place
from mail.prose.populations import find_populations
from mail.prose.trades import word_set

_EVERYONE = re.compile(r"(?i)\b(?:all|both|either|everyone|any of|these)\b")


def settle(drafts: list[Draft], passages: list[Passage]) -> None:
    """Give the place of work and the populations to the needs, from all passages together."""
    if not drafts:
        return
    _drop_collectives(drafts)
    best = best_place(drafts, passages)
    if best is not None and best[0] >= 0.5:
        for draft in drafts:
            if not draft.has("location"):
                draft.say("location", best[1].name, best[2], best[3], best[4], min(0.95, 0.6 + 0.09 * best[0]))
    _share_record_place(drafts)
    for passage in passages:
        _populations(drafts, passage)
    _single_openings(drafts)


def _populations(drafts: list[Draft], passage: Passage) -> None:
    for sentence, subjects in passage.sentences:
        label = f"{sentence.segment.label}: " if sentence.segment.label else ""
        for group in find_populations(label + sentence.text):
            start, end = group.start - len(label), group.end - len(label)
            if start < 0 or sentence.later_at(start):
                continue
            for draft in _served(sentence, subjects, drafts, start):
                words = sentence.text[start:end]
                draft.add("populations", str(group.population), sentence.part, sentence.offset + start, words)


def _served(sentence: Sentence, subjects: Subjects, drafts: list[Draft], at: int) -> list[Draft]:
    """The needs for which a group is asked: those the sentence names outside of later brackets, else all."""
    bracket = sentence.text.find("(", at)
    own = [draft for start, _, draft in subjects if (bracket < 0 or start < bracket) and not draft.gone]
    excepted = sentence.excepts
    if excepted is not None and own and at < excepted.start():
        return [draft for draft in drafts if draft not in own]
    return drafts if not own or _EVERYONE.search(sentence.text) else own


def _single_openings(drafts: list[Draft]) -> None:
    """A singular title in a list is one opening."""
    for draft in drafts:
        if draft.listed and not draft.has("openings"):
            fact = draft.facts["title"][0]
            draft.say("openings", 1, fact.part, fact.start, fact.words, 0.6)


def _share_record_place(drafts: list[Draft]) -> None:
    """Where only some needs have a place, and all of these the same, the others have it too."""
    known = {draft.values["location"]: draft for draft in drafts if draft.has("location")}
    if len(known) != 1:
        return
    fact = next(iter(known.values())).facts["location"][0]
    for draft in drafts:
        if not draft.has("location"):
            draft.say("location", fact.value, fact.part, fact.start, fact.words, 0.7)


_COLLECTIVE = word_set("crew staff team worker employee person associate")


def _drop_collectives(drafts: list[Draft]) -> None:
    """ "We need event staff: 25 servers, 6 bartenders": the word for all is no need beside those that it sums up."""
    for draft in [draft for draft in drafts if draft.head in _COLLECTIVE and not draft.has("wage_min")]:
        counted = draft.has("openings") and draft.facts["openings"][0].confidence > 0.8
        others = [other for other in drafts if other is not draft and other.part == draft.part and not other.gone]
        sums_up = draft.sentence.rstrip().endswith(":") or draft.head in ("crew", "staff", "team")
        if counted or not sums_up or not others:
            continue
        draft.gone = True
        for other in others:
            if draft.has("start_date") and not other.has("start_date") and not other.no_start:
                other.values["start_date"], other.facts["start_date"] = (
                    draft.values["start_date"],
                    draft.facts["start_date"],
                )
