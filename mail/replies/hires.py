"""What a report says of people: hired, not hired, interviewed, still there, gone; with job, date, wage, reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from mail.directory import Directory
from mail.excerpts import Excerpt
from mail.prose.layout import Segment, one_line, segments
from mail.replies.asked import answered
from mail.replies.credit import credit
from mail.replies.days import told_days
from mail.replies.fates import (
    DONE,
    ENDED,
    HEADINGS,
    HIRED,
    INTERVIEWED,
    NOT_HIRED,
    OPEN,
    PLANNED,
    PLANNED_AT_ALL,
    RETAINED,
)
from mail.replies.reasons import reason_of, says_nothing
from mail.replies.report import Report
from mail.replies.who import Who, alone, everybody, named_in
from mail.values import Fact, Hired, Named

_ANSWER = re.compile(r"(?i)\s*(?:(?P<yes>yes|sí|tak|hired)|(?:no|nie))\b")
_SAID = re.compile(
    r"(?i)\s*[:–-]\s*(?:(?P<yes>yes|sí|tak)|(?:no|nie))\b(?![ -]show|,? (?:still|she|he|and|sigue|nadal))"
)
_SPLIT = re.compile(
    r"(?:;|,? (?:but|while|whereas|however|pero|mientras|ale|natomiast|zaś) |\s[–—]\s(?=[A-Z])|, (?=[A-Z]\w+ "
    r"(?:was|is|did|has|had|will|accepted|got)\b))"
)
_DAYS = re.compile(
    r"(?i)\b(?P<days>\d{2,3}|thirty|sixty|ninety|treinta|sesenta|noventa)[- ]?(?:days?|días|dni)\b|"
    r"\bday (?P<day>\d{2,3})\b|\b(?P<months>one|two|three|six|twelve|1|2|3|6|12|un|dos|tres|seis|dwa|trzy|"
    r"sześć)[- ](?:months?|meses|mes|miesiące|miesięcy)\b"
)
_SPELLED = {"thirty": 30, "treinta": 30, "sixty": 60, "sesenta": 60, "ninety": 90, "noventa": 90}
_MONTHS = {
    "one": 30, "1": 30, "un": 30, "two": 60, "2": 60, "dos": 60, "dwa": 60, "three": 90, "3": 90, "tres": 90,
    "trzy": 90, "six": 180, "6": 180, "seis": 180, "sześć": 180, "twelve": 365, "12": 365,
}  # fmt: skip
_KINDS = (
    ("open", OPEN),
    ("not_hired", NOT_HIRED),
    ("ended", ENDED),
    ("retained", RETAINED),
    ("hired", HIRED),
    ("interviewed", INTERVIEWED),
)


@dataclass(slots=True)
class People:
    """Who is reported as what, with the facts ("hired[0].name")."""

    hired: list[Hired] = field(default_factory=list)
    not_hired: list[Named] = field(default_factory=list)
    interviewed: list[Named] = field(default_factory=list)
    retained: list[Named] = field(default_factory=list)
    ended: list[Named] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return bool(self.hired or self.not_hired or self.interviewed or self.retained or self.ended)


@dataclass(slots=True)
class _Course:
    """Where reading stands: what was said last of all who follow (`heading`, in the words `headline`), what was
    `announced` of the next sentence's people, whom the `last` sentence told hired, what the line above told of the name
    with which it began (`row`), and lines of people of whom nothing was told yet (`waiting`)."""

    heading: str = ""
    headline: str = ""
    announced: str = ""
    last: list[int] = field(default_factory=list)
    row: tuple[str, int] = ("", -9)
    waiting: list[tuple[list[Who], Segment]] = field(default_factory=list)


def read_people(report: Report, directory: Directory) -> People:
    """The people of the newest words by what became of them."""
    people, course = People(), _Course()
    days = _days(report.newest.text)
    for segment in segments(report.newest.text):
        leads = segment.label_start < 0 or segment.start - segment.label_start <= len(segment.label) + 4
        kind = _heading(segment.label, leads) if segment.label else ""
        inline = _INLINE.match(segment.text)
        kind = (_heading(inline[1]) if inline else "") or kind
        found = named_in(segment, report)
        if not found and report.asked:
            found, verdict = answered(segment, report)
            kind = verdict or kind
        if not found and report.reply and _predicates(segment.text):
            found = alone(segment, report) or ([] if people.any else everybody(segment, report))
        heads = segment.text.rstrip().endswith(":")
        several = not found and _SEVERAL.match(segment.text) is not None
        kinds = {verdict for verdict, _, _ in _predicates(segment.text)} if found or heads or several else set()
        told = kind or (kinds.pop() if len(kinds) == 1 else "") or (_heading(segment.text) if heads else "")
        if len(found) == 1 and segment.label and (answer := _ANSWER.match(segment.text)):
            kind = told = "hired" if answer["yes"] else "not_hired"
        if found:
            _named(people, course, found, segment, report, kind, told, days)
        else:
            _unnamed(people, course, segment, report)
        _credit(people, segment, report.newest.text, course.last, report, directory)
        none = report.reply and _NONE.search(segment.text) is not None
        if (heads and told) or none:
            course.heading, course.headline = ("not_hired", "") if none else (told, segment.text)
        course.announced = told if several and not heads and not segment.text.rstrip().endswith("?") else ""
        course.headline = segment.text if course.announced else course.headline
    return people


_INLINE = re.compile(r"([^\W\d_][^:.;\n]{2,40}): ")
"""A label in the middle of a line: "Hired: Ann Lee. Not hired: Bo Kim"."""
_SEVERAL = re.compile(
    r"(?i)\W*(?:both|all|these|the following|two|three|four|five|six|\d{1,2}|l[oa]s (?:dos|tres|cuatro)|tod[oa]s|"
    r"ob(?:aj|ie|oje)|wszyscy)\b"
)
"""How a sentence begins that tells of people whom the next one names."""


def _named(
    people: People,
    course: _Course,
    found: list[Who],
    segment: Segment,
    report: Report,
    kind: str,
    told: str,
    days: int | None,
) -> None:
    """A segment with people: what it tells of them, or what was told of all before."""
    before = len(people.hired), len(names_of(people))
    leads = found[0].start <= segment.start + 2
    alike = "hired" if leads and course.row == ("hired", segment.line - 1) and "$" in segment.text else ""
    before_all = alike or course.announced or course.heading
    _told(people, found, segment, report, kind, (before_all, told or before_all), course.headline, days)
    course.row = (told or alike, segment.line) if leads else ("", -9)
    course.last = list(range(before[0], len(people.hired))) or course.last
    if before[1] < len(names_of(people)):
        course.waiting = []
        return
    goes_on = course.waiting and segment.line == course.waiting[-1][1].line + 1
    course.waiting = [*(course.waiting if goes_on else []), (found, segment)]


def _unnamed(people: People, course: _Course, segment: Segment, report: Report) -> None:
    """A sentence without names speaks of those told hired just before, or tells it of those waiting."""
    from mail.replies.terms_of_hire import pays, said_later

    begins = course.waiting and HIRED.search(segment.text) and not PLANNED_AT_ALL.search(segment.text)
    if begins and (pays(segment.text) or all(pays(line.text) for _, line in course.waiting)):
        before = len(people.hired)
        for found, line in course.waiting:
            _told(people, found, line, report, "hired", ("", ""), "", None)
        course.last = list(range(before, len(people.hired)))
        course.waiting = []
    if course.last and (HIRED.search(segment.text) or (pays(segment.text) and len(segment.text.split()) < 9)):
        said_later(people.hired, course.last, segment, report.sent)


def names_of(people: People) -> list[str]:
    """Everybody of whom something is told, once for each thing."""
    told = (*people.hired, *people.not_hired, *people.interviewed, *people.retained, *people.ended)
    return [one.name for one in told]


def _told(
    people: People,
    found: Sequence[Who],
    segment: Segment,
    report: Report,
    kind: str,
    otherwise: tuple[str, str],
    headline: str,
    days: int | None,
) -> None:
    """What a segment tells of the people in it, clause by clause, with jobs, days and wages of the hired.

    `otherwise`: what was told of all before, and with what the segment itself tells.
    """
    from mail.replies.terms_of_hire import Placed, with_terms

    subject: list[Who] = []
    before = len(people.hired)
    later = [end for start, end in _clauses(segment) if any(start <= name.start < end for name in found)][-1:]
    said = False
    for start, end in _clauses(segment):
        inside = [name for name in found if start <= name.start < end] or subject
        subject = inside[-1:]
        words = segment.text[start - segment.start : end - segment.start]
        said = said or bool(_predicates(words))
        for verdict, group in _verdicts(inside, words, start, kind, otherwise[said or end in later]):
            if verdict == "open":
                continue
            _report(people, verdict, group, segment, end, report, days)
    numbers = {one.name: index for index, one in enumerate(people.hired) if index >= before}
    hired = [
        Placed(numbers[one.name], one.start - segment.start, one.end - segment.start)
        for one in _once(found)
        if one.name in numbers
    ]
    others = [(one.start - segment.start, one.end - segment.start) for one in found if one.name not in numbers]
    if hired:
        with_terms(people.hired, hired, others, segment, headline, report.sent, report.language)


def _once(found: Sequence[Who]) -> list[Who]:
    return list({one.name: one for one in reversed(found)}.values())[::-1]


_NONE = re.compile(
    r"(?i)\b(?:none|neither|nobody|no one|not one)\b(?: of (?:them|these|those|the (?:\w+ )?\w+|"
    r"your \w+))?\b[^.;:]{0,40}\b(?:com(?:e|ing|es)|hired?|hiring|work(?:ed|ing)? out|fit|fits|start\w*|stay\w*|"
    r"accepted|offers?|made it|join\w*|for us|right for)\b"
)
"""Said of all whom the next sentences name: "none of them is coming to us"."""


def _heading(label: str, leads: bool = True) -> str:
    """What a label or heading says of the names behind it."""
    label = label.strip(" *_:")
    whole = next((kind for kind, pattern in HEADINGS if pattern.fullmatch(label)), "")
    kinds = set() if whole or not leads else {kind for kind, _, _ in _predicates(label)}
    return whole or (kinds.pop() if len(kinds) == 1 else "")


@lru_cache(maxsize=64)
def _predicates(words: str) -> tuple[tuple[str, int, int], ...]:
    """(kind, start, end) of every predicate, the most telling kind first; what is only planned counts for nothing."""
    found: list[tuple[str, int, int]] = []
    for kind, pattern in _KINDS:
        for match in pattern.finditer(words):
            planned = kind in ("hired", "interviewed") and PLANNED.search(words[: match.end() + 20])
            if planned and _STARTS.match(match[0]):
                planned = PLANNED_AT_ALL.search(words[: match.end() + 20])
            if planned and not DONE.search(match[0]):
                continue
            if not any(start <= match.start() < end for _, start, end in found):
                found.append((kind, match.start(), match.end()))
    return tuple(found)


_STARTS = re.compile(
    r"(?i)(?:(?:will be |is |are )?(?:starting|joining|beginning)|starts?|begins?|joins?|will be (?:now )?(?:our|"
    r"their|the) (?:new|newest)|empieza\w*|zaczyna\w*)$"
)


def _verdicts(
    inside: Sequence[Who], words: str, offset: int, label: str, otherwise: str
) -> list[tuple[str, list[Who]]]:
    """What a clause says of its names: the predicate right behind a name, else the last before it, else the first."""
    if label:
        return [(label, list(inside))] if inside else []
    predicates = _predicates(words)
    groups: list[tuple[str, list[Who]]] = []
    for item in inside:
        verdict = _verdict(item, inside, words, offset, predicates) or ("" if predicates else otherwise)
        if verdict and groups and groups[-1][0] == verdict:
            groups[-1][1].append(item)
        elif verdict:
            groups.append((verdict, [item]))
    return groups


def _verdict(
    item: Who, inside: Sequence[Who], words: str, offset: int, predicates: Sequence[tuple[str, int, int]]
) -> str:
    """Of "passed on Ann" the name behind is the object: it is not said of the names before."""
    start, end = item.start - offset, item.end - offset
    if _ADDRESSED.search(words[:start]):
        return "open"
    answer = _SAID.match(words[end:])
    if answer:
        return "hired" if answer["yes"] else "not_hired"
    for kind, begin, _ in predicates:
        if kind == "hired" and end <= begin <= end + 12 and _HIRES_ANOTHER.match(words, begin):
            return ""
        behind = end <= begin <= end + 25 and not _OF_THE_NEXT.match(words, begin)
        if behind and not re.search(r",|;| (?:and|y|e|i|oraz) ", words[end:begin]):
            return kind
    before = [(begin, kind) for kind, begin, stop in predicates if stop <= start + 1]
    if before:
        return max(before)[1]
    behind = [
        (begin, kind)
        for kind, begin, stop in predicates
        if not any(stop <= other.start - offset <= stop + 6 for other in inside)
    ]
    return min(behind)[1] if behind else ""


_ADDRESSED = re.compile(r"(?i)\b(?:tell|ask|remind|text|inform|dígale a|powiedz) $")
_OF_THE_NEXT = re.compile(r"(?i)(?:over|instead of|neither) ")
"""Not said of the name before: "picked Ann over Bo"."""
_HIRES_ANOTHER = re.compile(
    r"(?:(?i:just|has|have|had|already) )?(?i:hired|took|takes|brought|picked|chose|selected|hires|contrató|"
    r"zatrudnił\w?)(?i: on| in| a)? (?:(?i:mr|ms|mrs)\.? )?[A-ZÁÉÍÓÚŁŚŻ]"
)
"""Who hires somebody is not hired: "Constance hired Teddy"."""


def _clauses(segment: Segment) -> list[tuple[int, int]]:
    cuts = [0, *(match.end() for match in _SPLIT.finditer(segment.text)), len(segment.text)]
    return [(segment.start + a, segment.start + b) for a, b in pairwise(cuts) if b > a]


def _report(
    people: People,
    verdict: str,
    inside: Sequence[Who],
    segment: Segment,
    clause_end: int,
    report: Report,
    days: int | None,
) -> None:
    """Note what a clause says of a group of people."""
    why = _reasons(inside, clause_end, report) if verdict in ("not_hired", "ended") else {}
    listed = getattr(people, verdict)
    for item in inside:
        if any(one.name == item.name for one in listed):
            continue
        _fact(people, f"{verdict}[{len(listed)}].name", item, report.newest)
        if verdict == "hired":
            listed.append(Hired(item.name))
            continue
        reason, day = why.get(item.name, (None, None))
        stayed = (_days(segment.text) or days) if verdict == "retained" else None
        listed.append(Named(item.name, reason, stayed, day if verdict == "ended" else None))


def _reasons(inside: Sequence[Who], clause_end: int, report: Report) -> dict[str, tuple[str | None, str | None]]:
    """Reason and day by name; people of one breath share those said behind the last of them."""
    found: dict[str, tuple[str | None, str | None]] = {}
    shared: tuple[str | None, str | None] = (None, None)
    for position in range(len(inside) - 1, -1, -1):
        item = inside[position]
        end = inside[position + 1].start if position + 1 < len(inside) else max(clause_end, item.end)
        words = _own_cell(report.newest.text[item.end : end].replace("\n", " "))
        if position + 1 == len(inside) or not says_nothing(words):
            told = told_days(words, report.sent, gone_by=True)
            reason = reason_of(words, told, labelled=item.start == item.end)
            shared = (reason, told[0].day.isoformat() if told else None)
        found[item.name] = shared
    return found


def _own_cell(words: str) -> str:
    """Of a table's row the cell that tells what became of him."""
    cells = words.split("|")
    return next((cell for cell in cells if _predicates(cell)), "") if len(cells) > 2 else words


def _fact(people: People, path: str, item: Who, newest: Excerpt) -> None:
    start, end = item.start, item.end
    if newest.text[start:end] == "" or item.name.split()[0] not in newest.text[start:end]:
        found = newest.text.find(item.name.split()[0])
        start, end = (found, found + len(item.name.split()[0])) if found >= 0 else (start, end)
    people.facts.append(newest.fact(f"status.{path}", item.name, start, end, 0.9))


def _days(text: str) -> int | None:
    """After how many days somebody is still there; a mark of the follow-up, not any number of days."""
    for match in _DAYS.finditer(text):
        said = (match["days"] or match["day"] or "").lower()
        number = _SPELLED.get(said) or (int(said) if said else _MONTHS[(match["months"] or "").lower()])
        if number in (30, 45, 60, 90, 120, 180, 365):
            return number
    return None


def _credit(
    people: People, segment: Segment, text: str, last: Sequence[int], report: Report, directory: Directory
) -> None:
    if people.hired:
        for start, end in _clauses(segment):
            credit(people.hired, last, one_line(text[start:end]), directory, report.own)
