"""Whom a sentence of a report names: full names, first names of a quoted list, "all three"."""

import re
from dataclasses import dataclass

from mail.prose import names
from mail.prose.layout import Segment
from mail.prose.numbers import value_of
from mail.replies.report import Report

_GIVEN = re.compile(r"(?<![\w@.-])(?-i:[A-ZÁÉÍÓÚÑŁŚŻ])[a-záéíóúñąćęłńóśźż]{2,15}(?![\w@-])")
_TOLD_AFTER = re.compile(
    r"(?i) (?:starts?|started|began|begins|accepted|said yes|got the|quit|left|(?:was|is|has been) hired|"
    r"didn['’]t|did not|no[- ]show|empieza|empezó|zaczyna)\b"
)
_TOLD_BEFORE = re.compile(r"(?i)\b(?:hired|hiring|took|brought on|contrat\w+ a|zatrudni\w+) $")
_GREETED = re.compile(r"(?:(?:\w+ ){0,2}\w+ ?[,:–—!-]+ )?")


@dataclass(frozen=True, slots=True)
class Who:
    name: str
    start: int
    end: int


_SPEAKS = re.compile(
    r" (?:(?:says|said)(?! (?:yes|no)\b)|tells|told|(?:reports|reported)(?! (?:for|to)\b)|writes|wrote|"
    r"called(?! (?:in|off|out|back)\b)|asks|asked|thinks|dice|mówi|pisze)\b(?!(?: \w+){0,2} (?:he|she)\b)"
)
"""Who says it is not whom it is said of."""


def named_in(segment: Segment, report: Report) -> list[Who]:
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
        if first <= span.start < segment.end and not any(names.same_person(span.name, other) for other in report.staff):
            found.append(Who(span.name, span.start, span.end))
    taken = [(item.start, item.end) for item in found]
    for name in dict.fromkeys([*known, *(span.name for span in named)]):
        if not any(word in text for word in name.split()) or any(names.same_person(name, other) for other in staff):
            continue
        for word in (name.split()[0], name.split()[-1]):
            if word not in text:
                continue
            places = [
                match
                for match in re.finditer(rf"(?<![\w@-]){re.escape(word)}(?![\w@-])", text)
                if not any(start <= first + match.start() < end for start, end in taken)
            ]
            found += [Who(name, first + match.start(), first + match.end()) for match in places]
            taken += [(first + match.start(), first + match.end()) for match in places]
            if places:
                break
    clamped = [Who(item.name, max(item.start, begin), max(item.end, begin)) for item in found]
    told = [item for item in clamped if not _SPEAKS.match(newest.text[item.end : item.end + 30])]
    return sorted(told, key=lambda item: item.start)


def alone(segment: Segment, report: Report) -> list[Who]:
    """ "Hired! Dana starts Monday": a given name alone, where a report has no list to resolve it; no greeting."""
    found: list[Who] = []
    greeted = _GREETED.match(segment.text)
    for match in _GIVEN.finditer(segment.text, greeted.end() if greeted else 0):
        word = match[0]
        given = names.is_given(word) and word.lower() not in names.NOT_NAMES
        told = _TOLD_AFTER.match(segment.text[match.end() :]) or _TOLD_BEFORE.search(segment.text[: match.start()])
        if given and told and not any(names.same_person(word, other) for other in report.staff):
            found.append(Who(word, segment.start + match.start(), segment.start + match.end()))
    return found


def everybody(segment: Segment, report: Report) -> list[Who]:
    """ "We hired all three": the people of the quoted list, where as many stand there as the words say."""
    said = _ALL.search(segment.text)
    if not said or segment.text.rstrip().endswith("?"):
        return []
    listed = [name for name in report.known if not any(names.same_person(name, other) for other in report.staff)]
    number = 2 if said["both"] else value_of(said["number"] or "", report.language)
    if len(listed) < 2 or len(listed) > 12 or (number or len(listed)) != len(listed):
        return []
    start, end = segment.start + said.start(), segment.start + said.end()
    return [Who(name, start, end) for name in listed]


_ALL = re.compile(
    r"(?i)(?<!\w)(?:(?P<both>both|(?:l[oa]s|a l[oa]s) dos|ob(?:aj|ie|oje|u))(?= (?:of them|were|are|was|accepted|"
    r"started|start|showed|got|said|have|passed|did|zosta\w+|zaczyna\w+|empiezan|entraron)|\s*[.,;!]|$)|(?:all|"
    r"all of the|l[oa]s|a l[oa]s|wszys\w+|cał\w+) (?P<number>\w+)(?! \w+s\b)|all of them|everyone you sent|"
    r"everybody you sent|all your people|wszys(?:cy|tkich)|tod[oa]s)(?!\w)"
)
