"""What a report says of people: hired, not hired, interviewed, still there, gone; with job, date, wage, reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from mail.directory import Directory
from mail.excerpts import Excerpt
from mail.parties.roles import mentions
from mail.prose import names
from mail.prose.dates import find_dates
from mail.prose.layout import Segment, segments
from mail.prose.money import find_wages
from mail.prose.names import NameSpan
from mail.replies.fates import DONE, ENDED, HEADINGS, HIRED, INTERVIEWED, NOT_HIRED, PLANNED, PLANNED_AT_ALL, RETAINED
from mail.values import Fact, Hired, Named

_ANSWER = re.compile(r"(?i)\s*(?:(?P<yes>yes|sí|tak|hired)|(?:no|nie))\b")
_GIVEN = re.compile(r"(?<![\w@.-])(?-i:[A-ZÁÉÍÓÚÑŁŚŻ])[a-záéíóúñąćęłńóśźż]{2,15}(?![\w@-])")
_TOLD_AFTER = re.compile(
    r"(?i) (?:starts?|started|began|begins|accepted|said yes|got the|quit|left|(?:was|is|has been) hired|"
    r"didn['’]t|did not|no[- ]show|empieza|empezó|zaczyna)\b"
)
_TOLD_BEFORE = re.compile(r"(?i)\b(?:hired|hiring|took|brought on|contrat\w+ a|zatrudni\w+) $")
_GREETED = re.compile(r"(?:(?:\w+ ){0,2}\w+ ?[,:–—!-]+ )?")
_FOR_JOB = re.compile(
    r"(?i)(?:\b(?:as|for|into|como|para|jako|na)(?: an?| the| our| el| la| un[ao]?)?|\(|,|\b(?:the|an?)) ?$"
)
_SAID = re.compile(r"(?i)\s*[:–-]\s*(?:(?P<yes>yes|sí|tak)|(?:no|nie))\b(?![ -]show)")
_SPLIT = re.compile(
    r"(?:;|,? (?:but|while|whereas|however|pero|mientras|ale|natomiast|zaś) |\s[–—]\s(?=[A-Z])|, (?=[A-Z]\w+ "
    r"(?:was|is|did|has|had|will|accepted|got)\b))"
)
_BECAUSE = re.compile(
    r"(?i)(?:\bbecause(?: of)?|\bsince|\bdue to|\bas (?=he|she|they)|\bporque|\bpor(?=\s)|\bya que|\bbo\b|"
    r"\bponieważ|\bgdyż)\s+(?P<why>[^.;]{3,120})"
)
_DAYS = re.compile(
    r"(?i)\b(?P<days>30|60|90|120|180|365)[- ]?(?:days?|días|dni)\b|\b(?P<months>one|two|three|six|twelve|1|"
    r"2|3|6|12)[- ]months?\b"
)
_MONTHS = {"one": 30, "1": 30, "two": 60, "2": 60, "three": 90, "3": 90, "six": 180, "6": 180, "twelve": 365, "12": 365}
_OURS = re.compile(
    r"(?i)\b(?:is ours|are ours|ours alone|our own placement|es nuestr[oa]|son nuestr[oa]s|jest nasz\w*)\b"
)
_SHARED = re.compile(
    r"(?i)\b(?:shared?|credit\w*|count\w*|both|together with|trained|graduat\w+|compartid\w+|formó|capacitó|"
    r"wspóln\w+|przeszkoli\w+|split)\b"
)
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


def read_people(
    newest: Excerpt,
    named: Sequence[NameSpan],
    known: Sequence[str],
    staff: Sequence[str],
    sent: date,
    directory: Directory,
    own: str | None,
    reply: bool,
) -> People:
    """The people of the newest words by what became of them. `named` are the names in them, `known` those of
    quoted lists (first names are resolved among them), `staff` the people of the headers, on whom nobody reports;
    `own` the sender's partner."""
    people = People()
    heading = ""
    last: list[int] = []
    whole_days = _days(newest.text)
    for segment in segments(newest.text):
        leads = segment.label_start < 0 or segment.start - segment.label_start <= len(segment.label) + 4
        kind = _heading(segment.label, leads) if segment.label else ""
        found = _names(segment, newest, named, known, staff)
        if not found and reply:
            found = _alone(segment, staff)
        heads = segment.text.rstrip().endswith(":")
        kinds = {verdict for verdict, _, _ in _predicates(segment.text)} if found or heads else set()
        told = kind or (kinds.pop() if len(kinds) == 1 else "") or (_heading(segment.text) if heads else "")
        if len(found) == 1 and segment.label and (answer := _ANSWER.match(segment.text)):
            kind = told = "hired" if answer["yes"] else "not_hired"
        if not found:
            if told and heads:
                heading = told
            _late_values(segment, people, last, sent)
            continue
        before = len(people.hired)
        subject: list[_Named] = []
        for clause in _clauses(segment):
            inside = [name for name in found if clause[0] <= name.start < clause[1]] or subject
            subject = inside[-1:]
            words = newest.text[clause[0] : clause[1]]
            for verdict, group in _verdicts(inside, words, clause[0], kind, told or heading):
                _report(people, verdict, group, segment, words, newest, whole_days)
        if segment.label and kind == "":
            _label_need(people, before, segment.label)
        _values(people, before, segment, sent, newest, heading)
        _credit(people, segment, newest.text, directory, own)
        last = list(range(before, len(people.hired))) or last
        if heads and told:
            heading = told
    return people


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
    r" (?:says|said|tells|told|reports|reported|writes|wrote|called|asks|asked|thinks|dice|mówi|"
    r"pisze)\b(?!(?: \w+){0,2} (?:he|she)\b)"
)
"""Who says it is not whom it is said of."""


def _clauses(segment: Segment) -> list[tuple[int, int]]:
    cuts = [0, *(match.end() for match in _SPLIT.finditer(segment.text)), len(segment.text)]
    return [(segment.start + a, segment.start + b) for a, b in pairwise(cuts) if b > a]


def _names(
    segment: Segment, newest: Excerpt, named: Sequence[NameSpan], known: Sequence[str], staff: Sequence[str]
) -> list[_Named]:
    """Full names of the segment, and first or family names that a quoted list resolves."""
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


def _report(
    people: People,
    verdict: str,
    inside: Sequence[_Named],
    segment: Segment,
    words: str,
    newest: Excerpt,
    days: int | None,
) -> None:
    for position, item in enumerate(inside):
        end = inside[position + 1].start if position + 1 < len(inside) else segment.end
        own_words = newest.text[item.end : end]
        if verdict == "hired":
            if all(hired.name != item.name for hired in people.hired):
                _fact(people, f"hired[{len(people.hired)}].name", item, newest)
                people.hired.append(Hired(item.name, _job(own_words)))
            continue
        target = getattr(people, verdict)
        if any(named.name == item.name for named in target):
            continue
        _fact(people, f"{verdict}[{len(target)}].name", item, newest)
        reason = _reason(own_words, words, single=len(inside) == 1) if verdict in ("not_hired", "ended") else None
        target.append(Named(item.name, reason, (_days(segment.text) or days) if verdict == "retained" else None))


def _job(own_words: str) -> str | None:
    """The job in brackets behind a name."""
    from mail.prose.titles import find_titles

    bracket = re.match(r"\s*\(([^)]{3,60})\)", own_words)
    titles = find_titles(bracket[1]) if bracket else []
    return titles[0].title if titles else None


def _fact(people: People, path: str, item: _Named, newest: Excerpt) -> None:
    start, end = item.start, item.end
    if newest.text[start:end] == "" or item.name.split()[0] not in newest.text[start:end]:
        found = newest.text.find(item.name.split()[0])
        start, end = (found, found + len(item.name.split()[0])) if found >= 0 else (start, end)
    people.facts.append(newest.fact(f"status.{path}", item.name, start, end, 0.9))


def _reason(own_words: str, clause: str, *, single: bool) -> str | None:
    """In brackets behind the name, behind "because", or the very words that say it."""
    bracket = re.match(r"\s*\(([^)]{3,120})\)", own_words)
    if bracket:
        return bracket[1].strip()
    because = _BECAUSE.search(own_words)
    if because:
        return because["why"].strip()
    after = re.match(r"[^:–—-]{0,30}(?::|\s[–—-]\s)\s*([^.;]{3,120})", own_words)
    if after:
        return after[1].strip()
    if not single and not own_words.strip(" ,.and"):
        return None
    trailing = re.search(
        r"(?i)\b(?:failed|did ?n[o'’]t show|quit|left|took|moved|no-show|declined|turned)[^.;]{0,100}", own_words
    )
    return trailing[0].strip(" ,.") if trailing else None


def _days(text: str) -> int | None:
    match = _DAYS.search(text)
    if not match:
        return None
    return int(match["days"]) if match["days"] else _MONTHS[match["months"].lower()]


def _label_need(people: People, before: int, label: str) -> None:
    from mail.prose.titles import find_titles, title_of

    if names.looks_personal(label) or not find_titles(label):
        return
    title = title_of(label)
    for index in range(before, len(people.hired)):
        people.hired[index] = replace(people.hired[index], need=title)


def _values(people: People, before: int, segment: Segment, sent: date, newest: Excerpt, heading: str) -> None:
    """Start, wage and job of those just reported hired, from their own sentence or its heading."""
    from mail.prose.titles import find_titles

    if before == len(people.hired):
        return
    dates = find_dates(segment.text, sent)
    above = newest.text[: segment.start].rstrip().rsplit("\n\n", 1)[-1]
    headline = above[-160:] if heading else ""
    start = (
        dates[0].date if dates else next((found.date for found in find_dates(headline.replace("\n", " "), sent)), None)
    )
    wages = find_wages(segment.text)
    titles = [title for title in find_titles(segment.text) if _FOR_JOB.search(segment.text[: title.start])]
    for index in range(before, len(people.hired)):
        hired = people.hired[index]
        people.hired[index] = replace(
            hired,
            start_date=start.isoformat() if start else hired.start_date,
            wage=wages[0].low if wages else hired.wage,
            need=hired.need or (titles[0].title if titles else None),
        )


def _late_values(segment: Segment, people: People, last: Sequence[int], sent: date) -> None:
    """ "All three start Monday, $20 an hour": a sentence without names speaks of those hired just before."""
    if not last or not HIRED.search(segment.text):
        return
    dates, wages = find_dates(segment.text, sent), find_wages(segment.text)
    for index in last:
        hired = people.hired[index]
        people.hired[index] = replace(
            hired,
            start_date=hired.start_date or (dates[0].date.isoformat() if dates else None),
            wage=hired.wage if hired.wage is not None else (wages[0].low if wages else None),
        )


def _credit(people: People, segment: Segment, text: str, directory: Directory, own: str | None) -> None:
    """The partners whom a sentence gives a hire to: named beside the person with a word of credit, or "ours"."""
    for start, end in _clauses(segment):
        words = text[start:end]
        orgs = [mention.partner.name for mention in mentions(words, directory)] if _SHARED.search(words) else []
        if own and _OURS.search(words):
            orgs.append(own)
        if not orgs:
            continue
        for index, hired in enumerate(people.hired):
            if re.search(rf"(?<!\w){re.escape(hired.name.split()[0])}(?!\w)", words):
                people.hired[index] = replace(hired, orgs=tuple(dict.fromkeys((*hired.orgs, *orgs))))
