"""Which job, first day and wage of a sentence go with which of the people it tells hired."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from mail.prose.layout import Segment
from mail.prose.money import find_wages
from mail.prose.nouns import title_of
from mail.prose.titles import find_titles
from mail.prose.titles_es_pl import find_titles_abroad
from mail.replies.days import told_days
from mail.values import Hired

_FOR_JOB = re.compile(
    r"(?i)(?:\b(?:as|for|into|como|para|de|jako|na(?: stanowisko)?|w charakterze)(?: an?| the| our| el| la|"
    r" un[ao]?)?|\(|,|:|\||\b(?:the|an?|another|our|one|un[ao]?)(?: new(?:est)?)?|\b(?:two|three|four|five|six|seven|"
    r"eight|nine|ten|\d{1,2}|dos|tres|cuatro|dwóch|dwie|dwa|trzech|trzy)(?: (?:more|new|of the|of your|of our))?|"
    r"\bto) ?$"
)
_FOLLOWED_BY_NAME = re.compile(r"[^.;:]{0,40}[,:(–—-]\s*$")
_AT_ONCE = re.compile(r"[\s,;(–—:-]*(?:(?:and|y|e|i|oraz|&|as well as|plus)\s)?\s*")
_NUMBERED_JOB = re.compile(r"[\s,(–—:-]*(?:(?:as|como|jako|for|our|the|an?|una?|new) )*$")


@dataclass(frozen=True, slots=True)
class Placed:
    """A person told hired, by his number among them, with where his name stands in the sentence."""

    index: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Value:
    """A job, a day or a wage with its place."""

    start: int
    end: int
    said: str | float


@dataclass(frozen=True, slots=True)
class _Group:
    """People of one breath ("Ann Lee and Bo Kim"): what is said behind them is said of all of them."""

    people: tuple[Placed, ...]
    start: int
    end: int


def with_terms(
    hired: list[Hired],
    placed: Sequence[Placed],
    others: Sequence[tuple[int, int]],
    segment: Segment,
    headline: str,
    sent: date,
    language: str,
) -> None:
    """Give each of `placed` what the sentence says of him, else what its label or heading says of all.

    `others` are places of names of whom the sentence tells something else; what stands behind those is not given on.
    """
    groups = _groups(placed, others, segment.text)
    stops = sorted([*(start for start, _ in others), len(segment.text)])
    names = [*((person.start, person.end) for person in placed), *others]
    heading = headline.replace("\n", " ")
    for field, values, above in (
        ("need", _jobs(segment.text, names, language), _jobs(f"{segment.label}:", [], language)),
        ("start_date", _days(segment.text, sent), _days(segment.label, sent) or _days(heading, sent)),
        ("wage", _wages(segment.text), _wages(segment.label) or _wages(heading)),
    ):
        for number, group in enumerate(groups):
            following = groups[number + 1].start if number + 1 < len(groups) else len(segment.text)
            stop = min([following, *(stop for stop in stops if stop >= group.end)])
            said = _said_of(group, values, stop, number, groups, segment.text, job=field == "need")
            value = said if said is not None else above[0].said if above else None
            for person in group.people:
                if value is not None and getattr(hired[person.index], field) is None:
                    hired[person.index] = replace(hired[person.index], **{field: value})


def pays(text: str) -> bool:
    """Whether words name a wage."""
    return bool(find_wages(text))


def said_later(hired: list[Hired], last: Sequence[int], segment: Segment, sent: date) -> None:
    """ "All three start Monday, $20 an hour": a sentence without names speaks of those hired just before."""
    days, wages = _days(segment.text, sent), _wages(segment.text)
    titles = find_titles(segment.text) if days or wages else []
    opening = [title for title in titles if not segment.text[: title.start].strip(" *_-–(") or len(last) == 1]
    job = title_of(opening[0].title) if opening and (wages or not opening[0].start) else None
    for index in last:
        one = hired[index]
        hired[index] = replace(
            one,
            need=one.need or job,
            start_date=one.start_date or (str(days[0].said) if days else None),
            wage=one.wage if one.wage is not None else (float(wages[0].said) if wages else None),
        )


def _groups(placed: Sequence[Placed], others: Sequence[tuple[int, int]], text: str) -> list[_Group]:
    groups: list[_Group] = []
    for person in placed:
        last = groups[-1] if groups else None
        if last and _AT_ONCE.fullmatch(text[last.end : person.start]) and not _between(others, last.end, person.start):
            groups[-1] = _Group((*last.people, person), last.start, person.end)
        else:
            groups.append(_Group((person,), person.start, person.end))
    return groups


def _between(places: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(start <= place < end for place, _ in places)


def _said_of(
    group: _Group, values: Sequence[_Value], stop: int, number: int, groups: Sequence[_Group], text: str, *, job: bool
) -> str | float | None:
    """Behind the group and before the next; a job also right before it; else the one value that is said of all."""
    own = [value for value in values if group.end <= value.start < stop]
    if job and number + 1 < len(groups):  # "two cooks, Ann and Bo, and a dishwasher, Cy"
        own = [value for value in own if _belongs(value, group, groups[number + 1].start, text)]
    if own:
        return own[0].said
    before = groups[number - 1].end if number else 0
    ahead = [value for value in values if before <= value.start < group.start]
    if job:
        ahead = [value for value in ahead if number == 0 or not _belongs(value, groups[number - 1], group.start, text)]
    elif number:
        ahead = []
    if ahead:
        return ahead[-1].said
    shared = {value.said for value in values}
    return shared.pop() if len(shared) == 1 and not _told_apart(groups, text) else None


def _belongs(value: _Value, group: _Group, following: int, text: str) -> bool:
    """Whether a job between two groups is the first one's: said right behind it, or with no name right behind."""
    right_behind = _NUMBERED_JOB.fullmatch(text[group.end : value.start]) is not None
    return right_behind or not _FOLLOWED_BY_NAME.fullmatch(text[value.end : following])


def _told_apart(groups: Sequence[_Group], text: str) -> bool:
    """Whether verbs between the groups tell each of them something of its own."""
    return any(_VERB.search(text[one.end : other.start]) is not None for one, other in pairwise(groups))


_VERB = re.compile(
    r"(?i)(?<!\w)(?:starts?|started|began|begins|accepted|joined|joins|signed|took|was|is|has|empieza|empezó|"
    r"entr[óa]|aceptó|zaczyna|zaczął|zaczęła)(?!\w)"
)


def _jobs(text: str, names: Sequence[tuple[int, int]], language: str) -> list[_Value]:
    """The job titles of the text that a word before them makes somebody's job; a name is none."""
    found = [(title.start, title.end, title.title) for title in find_titles(text)]
    if language in ("es", "pl"):
        abroad = find_titles_abroad(text, text, language)
        found = [(title.start, title.end, title.title) for title in abroad] + [
            title for title in found if not any(title[0] < other.end and other.start < title[1] for other in abroad)
        ]
    jobs = []
    for start, end, title in sorted(found):
        if any(start < other_end and other_start < end for other_start, other_end in names):
            continue
        if not names or _FOR_JOB.search(text[:start]):
            jobs.append(_Value(start, end, title_of(title) if language == "en" else title))
    return jobs


def _days(text: str, sent: date) -> list[_Value]:
    """The days on which work begins: yesterday's hiring is none."""
    return [
        _Value(day.start, day.end, day.day.isoformat())
        for day in told_days(text, sent)
        if day.day > sent or re.search(r"\d", text[day.start : day.end]) or _BEGINS.search(text, 0, day.start)
    ]


_BEGINS = re.compile(
    r"(?i)(?<!\w)(?:start\w*|beg[aiu]n\w*|join\w*|first (?:day|shift)|reported|clocked|punched|came in|went in|in at|"
    r"since|here|working|to work|entr[óoa]\w*|empez\w*|comenz\w*|desde|trabaja\w*|zacz\w+|od|rozpocz\w+|"
    r"pracuj\w+)(?!\w)"
)


def _wages(text: str) -> list[_Value]:
    return [_Value(wage.start, wage.end, wage.low) for wage in find_wages(text)]
