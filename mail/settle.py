"""What holds for needs as a whole is given out at the end: the place of work, populations, shifts."""

import re

from mail.drafts import Draft
from mail.passage import Passage
from mail.places import Place, find_places
from mail.populations import find_populations
from mail.sentence import Sentence


def settle(drafts: list[Draft], passages: list[Passage]) -> None:
    """Give places and populations to the needs, from all passages together."""
    if not drafts:
        return
    for draft in drafts:
        draft.words = draft.words
    _places(drafts, passages)
    _populations(drafts, passages)


def _places(drafts: list[Draft], passages: list[Passage]) -> None:
    best: tuple[float, Place, str, int, str] | None = None
    for age, passage in enumerate(passages):
        for sentence, own in passage.sentences:
            found = _without(find_places(sentence.text), sentence.text, passage.employer)
            _own_places(sentence, own, found)
            for place in found:
                weight = place.weight + (0.8 if own else 0) - (0.4 if passage.author_partner else 0) - 0.01 * age
                if best is None or weight > best[0]:
                    best = (
                        weight,
                        place,
                        passage.name,
                        sentence.offset + place.start,
                        sentence.text[place.start : place.end],
                    )
        if passage.author_partner:
            continue
        for segment in passage.signed:
            for place in find_places(segment.text):
                weight = 0.7 if place.weight >= 1 else 0
                if weight and (best is None or weight > best[0]):
                    best = (
                        weight,
                        place,
                        passage.name,
                        segment.start + place.start,
                        segment.text[place.start : place.end],
                    )
    if best is None or best[0] < 0.5:
        return
    for draft in drafts:
        if not draft.has("location"):
            draft.say("location", best[1].name, best[2], best[3], best[4], min(0.95, 0.6 + 0.09 * best[0]))


def _without(places: list[Place], text: str, employer: str) -> list[Place]:
    """Places that are no part of the employer's own name."""
    at = text.find(employer) if employer else -1
    return [place for place in places if at < 0 or place.end <= at or place.start >= at + len(employer)]


def _own_places(sentence: Sentence, own: list[Draft], places: list[Place]) -> None:
    """Where a sentence names several places, each need gets the one behind it: "3 in Elgin and 2 in Aurora"."""
    sure = [place for place in places if place.weight >= 2]
    spans = [(titled.mention.start, titled.mention.end) for titled in sentence.titles]
    if (
        not own
        or len({place.name for place in sure}) < 2
        and not (len(own) == 1 and len(sure) == 1 and sentence.segment.bullet)
    ):
        return
    if len(spans) != len(own):
        return
    for index, draft in enumerate(own):
        until = spans[index + 1][0] if index + 1 < len(spans) else len(sentence.text)
        for place in sure:
            if spans[index][1] <= place.start < until and not draft.has("location"):
                draft.say(
                    "location",
                    place.name,
                    sentence.part,
                    sentence.offset + place.start,
                    sentence.text[place.start : place.end],
                )


def _populations(drafts: list[Draft], passages: list[Passage]) -> None:
    for passage in passages:
        for sentence, own in passage.sentences:
            for group in find_populations(
                sentence.segment.label + ": " + sentence.text if sentence.segment.label else sentence.text
            ):
                shift = len(sentence.segment.label) + 2 if sentence.segment.label else 0
                start = group.start - shift
                if start < 0 or sentence.later:
                    continue
                everyone = re.search(r"(?i)\b(?:all|both|either|everyone|any of)\b", sentence.text)
                for draft in drafts if everyone or not own else own:
                    words = sentence.text[start : group.end - shift]
                    draft.add("populations", str(group.population), sentence.part, sentence.offset + start, words)
