"""What a report says of people: hired, not hired, interviewed, still there, gone; with job, date, wage, reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mail.directory import Directory
from mail.excerpts import Excerpt
from mail.prose import names
from mail.prose.layout import Segment, one_line, segments
from mail.prose.numbers import value_of
from mail.replies.credit import credit
from mail.replies.days import told_days
from mail.replies.fates import DONE, ENDED, HEADINGS, HIRED, INTERVIEWED, NOT_HIRED, PLANNED, PLANNED_AT_ALL, RETAINED
from mail.replies.reasons import reason_of, says_nothing
from mail.replies.report import Report
from mail.values import Fact, Hired, Named

_ANSWER = re.compile(r"(?i)\s*(?:(?P<yes>yes|sí|tak|hired)|(?:no|nie))\b")
_GIVEN = re.compile(r"(?<![\w@.-])(?-i:[A-ZÁÉÍÓÚÑŁŚŻ])[a-záéíóúñąćęłńóśźż]{2,15}(?![\w@-])")
_TOLD_AFTER = re.compile(
    r"(?i) (?:starts?|started|began|begins|accepted|said yes|got the|quit|left|(?:was|is|has been) hired|"
    r"didn['’]t|did not|no[- ]show|empieza|empezó|zaczyna)\b"
)
_TOLD_BEFORE = re.compile(r"(?i)\b(?:hired|hiring|took|brought on|contrat\w+ a|zatrudni\w+) $")
_GREETED = re.compile(r"(?:(?:\w+ ){0,2}\w+ ?[,:–—!-]+ )?")
_SAID = re.compile(
    r"(?i)\s*[:–-]\s*(?:(?P<yes>yes|sí|tak)|(?:no|nie))\b(?![ -]show|,? (?:still|she|he|and|sigue|nadal))"
)
_SPLIT = re.compile(
    r"(?:;|,? (?:but|while|whereas|however|pero|mientras|ale|natomiast|zaś) |\s[–—]\s(?=[A-Z])|, (?=[A-Z]\w+ "
    r"(?:was|is|did|has|had|will|accepted|got)\b))"
)
_DAYS = re.compile(
    r"(?i)\b(?P<days>30|60|90|120|180|365|thirty|sixty|ninety)[- ]?(?:days?|días|dni)\b|\b(?P<months>one|two|"
    r"three|six|twelve|1|"
    r"2|3|6|12)[- ]months?\b"
)
_MONTHS = {"one": 30, "1": 30, "two": 60, "2": 60, "three": 90, "3": 90, "six": 180, "6": 180, "twelve": 365, "12": 365}
_KINDS = (
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


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    start: int
    end: int


def read_people(report: Report, directory: Directory) -> People:
    """The people of the newest words by what became of them."""
    from mail.replies.terms_of_hire import said_later

    people = People()
    newest = report.newest
    heading = headline = ""
    last: list[int] = []
    row = ("", -9)  # what the line above told of the name with which it began
    days = _days(newest.text)
    for segment in segments(newest.text):
        leads = segment.label_start < 0 or segment.start - segment.label_start <= len(segment.label) + 4
        kind = _heading(segment.label, leads) if segment.label else ""
        found = _names(segment, report)
        if not found and report.reply:
            found = _alone(segment, report.staff) or ([] if people.any else _everybody(segment, report))
        heads = segment.text.rstrip().endswith(":")
        kinds = {verdict for verdict, _, _ in _predicates(segment.text)} if found or heads else set()
        told = kind or (kinds.pop() if len(kinds) == 1 else "") or (_heading(segment.text) if heads else "")
        if len(found) == 1 and segment.label and (answer := _ANSWER.match(segment.text)):
            kind = told = "hired" if answer["yes"] else "not_hired"
        none = _NONE.search(segment.text) is not None
        if not found:
            if last and HIRED.search(segment.text):
                said_later(people.hired, last, segment, report.sent)
            _credit(people, segment, newest.text, last, report, directory)
        else:
            before = len(people.hired)
            leads = found[0].start <= segment.start + 2
            alike = row[0] if leads and segment.line == row[1] + 1 else ""
            _told(people, found, segment, report, kind, told or alike or heading, headline, days)
            row = (told or alike, segment.line) if leads else ("", -9)
            last = list(range(before, len(people.hired))) or last
            _credit(people, segment, newest.text, last, report, directory)
        if (heads and told) or none:
            heading, headline = ("not_hired", "") if none else (told, segment.text)
    return people


def _told(
    people: People,
    found: Sequence["_Named"],
    segment: Segment,
    report: Report,
    kind: str,
    otherwise: str,
    headline: str,
    days: int | None,
) -> None:
    """What a segment tells of the people in it, clause by clause, with jobs, days and wages of the hired."""
    from mail.replies.terms_of_hire import Placed, with_terms

    subject: list[_Named] = []
    before = len(people.hired)
    for start, end in _clauses(segment):
        inside = [name for name in found if start <= name.start < end] or subject
        subject = inside[-1:]
        words = segment.text[start - segment.start : end - segment.start]
        for verdict, group in _verdicts(inside, words, start, kind, otherwise):
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


def _once(found: Sequence["_Named"]) -> list["_Named"]:
    return list({one.name: one for one in reversed(found)}.values())[::-1]


_NONE = re.compile(
    r"(?i)\b(?:none|neither|nobody|no one|not one)\b(?: of (?:them|these|those|the (?:\w+ )?\w+|"
    r"your \w+))?\b[^.;:]{0,40}"
    r"\b(?:com(?:e|ing|es)|hired?|hiring|work(?:ed|ing)? out|fit|fits|start\w*|stay\w*|accepted|offers?|made it|"
    r"join\w*|"
    r"for us|right for)\b"
)
"""Said of all whom the next sentences name: "none of them is coming to us"."""


def _heading(label: str, leads: bool = True) -> str:
    """What a label or heading says of the names behind it."""
    label = label.strip(" *_:")
    whole = next((kind for kind, pattern in HEADINGS if pattern.fullmatch(label)), "")
    kinds = set() if whole or not leads else {kind for kind, _, _ in _predicates(label)}
    return whole or (kinds.pop() if len(kinds) == 1 else "")


def _predicates(words: str) -> list[tuple[str, int, int]]:
    """(kind, start, end) of every predicate, the most telling kind first; what is only planned counts for nothing."""
    found = []
    for kind, pattern in _KINDS:
        for match in pattern.finditer(words):
            planned = kind in ("hired", "interviewed") and PLANNED.search(words[: match.end() + 20])
            if planned and _STARTS.match(match[0]):
                planned = PLANNED_AT_ALL.search(words[: match.end() + 20])
            if planned and not DONE.search(match[0]):
                continue
            if not any(start <= match.start() < end for _, start, end in found):
                found.append((kind, match.start(), match.end()))
    return found


_STARTS = re.compile(r"(?i)(?:starts?|begins?|joins?|empieza\w*|zaczyna\w*)$")


def _verdicts(
    inside: Sequence["_Named"], words: str, offset: int, label: str, otherwise: str
) -> list[tuple[str, list["_Named"]]]:
    """What a clause says of its names: the predicate right behind a name, else the last before it, else the first."""
    if label:
        return [(label, list(inside))] if inside else []
    predicates = _predicates(words)
    groups: list[tuple[str, list[_Named]]] = []
    for item in inside:
        verdict = _verdict(item, inside, words, offset, predicates) or ("" if predicates else otherwise)
        if verdict and groups and groups[-1][0] == verdict:
            groups[-1][1].append(item)
        elif verdict:
            groups.append((verdict, [item]))
    return groups


def _verdict(
    item: "_Named", inside: Sequence["_Named"], words: str, offset: int, predicates: Sequence[tuple[str, int, int]]
) -> str:
    """Of "passed on Ann" the name behind is the object: it is not said of the names before."""
    start, end = item.start - offset, item.end - offset
    answer = _SAID.match(words[end:])
    if answer:
        return "hired" if answer["yes"] else "not_hired"
    for kind, begin, _ in predicates:
        if kind == "hired" and end <= begin <= end + 12 and _HIRES_ANOTHER.match(words, begin):
            return ""
        if end <= begin <= end + 25 and not re.search(r",|;| (?:and|y|e|i|oraz) ", words[end:begin]):
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


_HIRES_ANOTHER = re.compile(
    r"(?:(?i:just|has|have|had|already) )?(?i:hired|took|takes|brought|picked|chose|selected|hires|contrató|"
    r"zatrudnił\w?)(?i: on| in| a)? (?:(?i:mr|ms|mrs)\.? )?[A-ZÁÉÍÓÚŁŚŻ]"
)
"""Who hires somebody is not hired: "Constance hired Teddy"."""


_SPEAKS = re.compile(
    r" (?:says|said|tells|told|(?:reports|reported)(?! (?:for|to)\b)|writes|wrote|called|asks|asked|thinks|dice|mówi|"
    r"pisze)\b(?!(?: \w+){0,2} (?:he|she)\b)"
)
"""Who says it is not whom it is said of."""


def _clauses(segment: Segment) -> list[tuple[int, int]]:
    cuts = [0, *(match.end() for match in _SPLIT.finditer(segment.text)), len(segment.text)]
    return [(segment.start + a, segment.start + b) for a, b in pairwise(cuts) if b > a]


def _names(segment: Segment, report: Report) -> list[_Named]:
    """Full names of the segment, and first or family names that a quoted list resolves."""
    newest, named, known, staff = report.newest, report.named, report.known, report.staff
    found = []
    begin = segment.start
    label_start = newest.text.rfind(segment.label, 0, begin) if segment.label else begin
    labelled = (0 <= label_start < begin and names.is_given(segment.label.split()[0])) or names.looks_personal(
        segment.label
    )
    first = label_start if labelled else begin
    text = newest.text[first : segment.end].replace("\n", " ")
    for span in named:
        if first <= span.start < segment.end and not any(names.same_person(span.name, other) for other in staff):
            found.append(_Named(span.name, span.start, span.end))
    taken = [(item.start, item.end) for item in found]
    for name in dict.fromkeys([*known, *(span.name for span in named)]):
        if any(names.same_person(name, other) for other in staff):
            continue
        for word in (name.split()[0], name.split()[-1]):
            places = [
                match
                for match in re.finditer(rf"(?<![\w@-]){re.escape(word)}(?![\w@-])", text)
                if not any(start <= first + match.start() < end for start, end in taken)
            ]
            found += [_Named(name, first + match.start(), first + match.end()) for match in places]
            taken += [(first + match.start(), first + match.end()) for match in places]
            if places:
                break
    clamped = [_Named(item.name, max(item.start, begin), max(item.end, begin)) for item in found]
    told = [item for item in clamped if not _SPEAKS.match(newest.text[item.end : item.end + 30])]
    return sorted(told, key=lambda item: item.start)


def _alone(segment: Segment, staff: Sequence[str]) -> list[_Named]:
    """ "Hired! Dana starts Monday": a given name alone, where a report has no list to resolve it; no greeting."""
    found: list[_Named] = []
    if not _predicates(segment.text):
        return found
    greeted = _GREETED.match(segment.text)
    for match in _GIVEN.finditer(segment.text, greeted.end() if greeted else 0):
        word = match[0]
        given = names.is_given(word) and word.lower() not in names.NOT_NAMES
        told = _TOLD_AFTER.match(segment.text[match.end() :]) or _TOLD_BEFORE.search(segment.text[: match.start()])
        if given and told and not any(names.same_person(word, other) for other in staff):
            found.append(_Named(word, segment.start + match.start(), segment.start + match.end()))
    return found


def _everybody(segment: Segment, report: Report) -> list[_Named]:
    """ "We hired all three": the people of the quoted list, where as many stand there as the words say."""
    said = _ALL.search(segment.text)
    if not said or not _predicates(segment.text) or segment.text.rstrip().endswith("?"):
        return []
    listed = [name for name in report.known if not any(names.same_person(name, other) for other in report.staff)]
    number = 2 if said["both"] else value_of(said["number"] or "", report.language)
    if len(listed) < 2 or len(listed) > 12 or (number or len(listed)) != len(listed):
        return []
    start, end = segment.start + said.start(), segment.start + said.end()
    return [_Named(name, start, end) for name in listed]


_ALL = re.compile(
    r"(?i)(?<!\w)(?:(?P<both>both|(?:l[oa]s|a l[oa]s) dos|ob(?:aj|ie|oje|u))(?= (?:of them|were|are|was|accepted|"
    r"started|"
    r"start|showed|got|said|have|passed|did|zosta\w+|zaczyna\w+|empiezan|entraron)|\s*[.,;!]|$)"
    r"|(?:all|all of the|l[oa]s|a l[oa]s|wszys\w+|cał\w+) (?P<number>\w+)(?! \w+s\b)"
    r"|all of them|everyone you sent|everybody you sent|all your people|wszys(?:cy|tkich)|tod[oa]s)(?!\w)"
)


def _report(
    people: People,
    verdict: str,
    inside: Sequence[_Named],
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


def _reasons(inside: Sequence[_Named], clause_end: int, report: Report) -> dict[str, tuple[str | None, str | None]]:
    """Reason and day by name; people of one breath share those said behind the last of them."""
    found: dict[str, tuple[str | None, str | None]] = {}
    shared: tuple[str | None, str | None] = (None, None)
    for position in range(len(inside) - 1, -1, -1):
        item = inside[position]
        end = inside[position + 1].start if position + 1 < len(inside) else max(clause_end, item.end)
        words = report.newest.text[item.end : end].replace("\n", " ")
        if position + 1 == len(inside) or not says_nothing(words):
            told = told_days(words, report.sent, gone_by=True)
            reason = reason_of(words, told, labelled=item.start == item.end)
            shared = (reason, told[0].day.isoformat() if told else None)
        found[item.name] = shared
    return found


def _fact(people: People, path: str, item: _Named, newest: Excerpt) -> None:
    start, end = item.start, item.end
    if newest.text[start:end] == "" or item.name.split()[0] not in newest.text[start:end]:
        found = newest.text.find(item.name.split()[0])
        start, end = (found, found + len(item.name.split()[0])) if found >= 0 else (start, end)
    people.facts.append(newest.fact(f"status.{path}", item.name, start, end, 0.9))


def _days(text: str) -> int | None:
    match = _DAYS.search(text)
    if not match:
        return None
    if match["days"] and not match["days"].isdigit():
        return value_of(match["days"])
    return int(match["days"]) if match["days"] else _MONTHS[match["months"].lower()]


def _credit(
    people: People, segment: Segment, text: str, last: Sequence[int], report: Report, directory: Directory
) -> None:
    if people.hired:
        for start, end in _clauses(segment):
            credit(people.hired, last, one_line(text[start:end]), directory, report.own)
