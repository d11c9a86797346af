"""Which place of work belongs to which need: a place said beside a need, else the likeliest place of the whole mail."""

import re

from mail.jobs.drafts import Draft
from mail.jobs.sentence import Sentence
from mail.prose.places import Place, find_places
from mail.prose.unlisted import beside

_SURE = 1.5
_OPENS = re.compile(r"(?i)^\s*(?:(?:and|but)\s+)?(?:(?:for|at|in|our|the)\s+){0,2}(?:\w+\s+(?:in|at|on|out in)\s+)?$")
"""What may stand before a place that begins its sentence: "For River Forest they need three baristas"."""
_JOINED = re.compile(r"(?i)^\s*(?:position|job|spot|opening)?s?\s*(?:for|in|at|en|w)\s+(?:the\s+|our\s+)?$")


def local_places(sentence: Sentence, subjects: list[tuple[int, int, Draft]]) -> None:
    """Give needs the place said beside them: "3 in Elgin and 2 in Aurora", "a coordinator for Hinsdale"."""
    sure = [place for place in find_places(sentence.text) if place.weight >= _SURE] if subjects else []
    names = {place.name for place in sure}
    if not sure:
        return
    if (
        len(names) == 1
        and len(subjects) > 1
        and _OPENS.match(sentence.text[: sure[0].start])
        and sure[0].end <= subjects[0][0]
    ):
        for *_, draft in subjects:
            _say(draft, sentence, sure[0])
        return
    joined = _JOINED.match(sentence.text[subjects[0][1] : sure[0].start])
    if len(names) == 1 and (
        len(subjects) > 1
        or (sure[0].weight < 2 and not joined and not _ends_line(sentence, sure[0]))
        or sure[0].name == "Chicago, IL"
    ):
        return
    if len(names) > 1 and _OPENS.match(sentence.text[: sure[0].start]) and sure[0].end <= subjects[0][0]:
        for start, _, draft in subjects:
            _say(draft, sentence, [place for place in sure if place.end <= start][-1])
        return
    for draft in {id(draft): draft for *_, draft in subjects}.values():
        place = None if draft.has("location") else _beside(sure, subjects, draft, sentence.text)
        if place is not None:
            _say(draft, sentence, place)


def _ends_line(sentence: Sentence, place: Place) -> bool:
    """A place at the end of a short line with a wage: a row of a list."""
    return bool(sentence.wages) and len(sentence.text) < 100 and place.end >= len(sentence.text.rstrip(" .")) - 1


def _say(draft: Draft, sentence: Sentence, place: Place) -> None:
    if not draft.has("location"):
        words = sentence.text[place.start : place.end]
        draft.say("location", place.name, sentence.part, sentence.offset + place.start, words, 0.88)


def _beside(places: list[Place], subjects: list[tuple[int, int, Draft]], draft: Draft, text: str) -> Place | None:
    """The place behind the need and before the next one, else the place right in front of it."""
    ahead: list[Place] = []
    for index, (start, end, subject) in enumerate(subjects):
        if subject is not draft:
            continue
        until = subjects[index + 1][0] if index + 1 < len(subjects) else len(text)
        since = subjects[index - 1][1] if index else 0
        near = [place for place in places if since <= place.start < start and start - place.end < 45]
        behind = [place for place in places if end <= place.start < until]
        leading = bool(near) and not re.search(r"[,;.]", text[near[-1].end : start])
        if behind and not (leading and until < len(text) and index):
            return behind[0]
        ahead += near
    return ahead[-1] if ahead else None


_LEGAL = re.compile(r"(?i)(?:inc|llc|ltd|co|corp|company|corporation|lp|llp)\b")


def best_place(drafts: list[Draft], passages: list) -> tuple[float, Place, str, int, str] | None:  # type: ignore[type-arg]
    """The likeliest place of work of the mail: (weight, place, part, start, words)."""
    best: tuple[float, Place, str, int, str] | None = None
    for age, passage in enumerate(passages):
        for sentence, own in passage.sentences:
            found = find_places(sentence.text, _is_place_label(sentence))
            apposed = beside(passage.employer, sentence.text)
            if apposed and not _LEGAL.match(apposed[2]):
                found += (Place(*apposed, 1.0),)
            for place in _without(found, sentence.text, passage.employer, passage.others):
                weight = place.weight + (0.8 if own else 0) - (0.4 if passage.author_partner else 0) - 0.01 * age
                weight -= 0.9 if not own and _tells_of_a_class(sentence.text, passage.employer) else 0
                if best is None or weight > best[0]:
                    best = (
                        weight,
                        place,
                        passage.name,
                        sentence.offset + place.start,
                        sentence.text[place.start : place.end],
                    )
        for segment in () if passage.author_partner else passage.signed:
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
    return best


_TEACHES = re.compile(
    r"(?i)\b(?:teach(?:es|ing)?|taught|trains|instructs|(?:our|her|his|their|a|the) (?:\w+ )?(?:class|classes|"
    r"courses?)|enseña\w*|capacita\w*|szkoli|uczy)\b"
)


def _tells_of_a_class(text: str, employer: str) -> bool:
    """Where a partner teaches nobody is hired: "Marcus teaches lift trucks in Aurora"."""
    return bool(_TEACHES.search(text)) and not (employer and employer.split()[0] in text)


_PLACE_LABEL = re.compile(
    r"(?i)(?:(?:work|job) ?)?(?:site|location|place|address|city|town)(?: (?:address|city|location))?|worksite|where|"
    r"lugar(?: de trabajo)?|ubicación|dirección|ciudad|miejsce(?: pracy)?|adres|miasto"
)


def _is_place_label(sentence: Sentence) -> bool:
    return bool(_PLACE_LABEL.fullmatch(sentence.segment.label.strip()))


def _without(places: tuple[Place, ...], text: str, employer: str, others: frozenset[str]) -> list[Place]:
    """Places that are no part of the employer's own name, whole or short ("the Novis plant"), and no partner."""
    at = text.find(employer) if employer else -1
    named = frozenset(employer.lower().replace(",", "").split())
    return [
        place
        for place in places
        if (at < 0 or place.end <= at or place.start >= at + len(employer))
        and text[place.start : place.end].lower() not in others
        and not (place.weight < 1.6 and named and named.issuperset(text[place.start : place.end].lower().split()))
    ]
