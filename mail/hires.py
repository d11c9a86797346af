"""What a report says of people: hired, not hired, interviewed, still there, gone; with job, date, wage, reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from mail import names
from mail.dates import find_dates
from mail.directory import Directory
from mail.excerpts import Excerpt
from mail.layout import Segment, segments
from mail.money import find_wages
from mail.names import NameSpan
from mail.roles import mentions
from mail.values import Fact, Hired, Named

NOT_HIRED = re.compile(
    r"(?i)\b(?:not (?:be )?(?:hired|hiring|selected|chosen|offered|picked|moving forward|going forward|"
    r"accepted|a (?:good |great )?(?:fit|match))|(?:was|were|is|are)(?:n't|n’t| not) (?:hired|selected|"
    r"chosen|offered|picked|a (?:good |great )?(?:fit|match)|right)|"
    r"did(?:n't|n’t| not) (?:work out|show|get|make it|make the|pass|take|hire|select|come|appear|turn up|go "
    r"with|offer|clear|choose|pick|want|accept)|no[- ]shows?|failed|turned (?:it|them|us|him|her|the (?:job|"
    r"offer)|that) ?down|turned down|"
    r"declined(?: (?:the|our|it))?|(?:won't|won’t|will not|wouldn't|can't|can’t|cannot|could not|couldn't) "
    r"(?:take|hire|be (?:hired|hiring)|move|use|offer|bring)|passed on|passing on|pass on|rejected|not "
    r"interested|no offer for|took (?:a|another) (?:different |other |better )?(?:job|offer|position)|"
    r"withdrew|backed out|"
    r"no (?:lo|la|los|las|le|les) (?:tomaron|contrat\w+|acept\w+|seleccion\w+|quis\w+)|no (?:fue|fueron|"
    r"quedó|quedaron|pasó|se present\w+|lleg[óo]\w*|acept\w+)|rechaz\w+|"
    r"a [A-ZÁÉÍÓÚ]\w+ no(?=[,.; ])|but not|no a(?= [A-Z])|nie (?:został\w*|przyję\w+|przysz\w+|przesz\w+|"
    r"dosta\w+|zatrudni\w+|pojawi\w+|nadaje|stawi\w+)|odrzuc\w+|zrezygnował\w*)(?!\w)"
)
ENDED = re.compile(
    r"(?i)\b(?:left (?:after|on|in|the|us|for|because|work|last)|quit|resigned|(?:was|were|been|got) (?:let "
    r"go|fired|terminated|laid off|dismissed)|let (?:him|her|them) go|no longer (?:there|works?|working|with|"
    r"employed)|walked off|stopped (?:showing|coming)|"
    r"gone|only lasted|lasted|renunció|se fue|dejó (?:el|su|de)|(?:fue |lo |la )despid\w+|ya no (?:trabaja|"
    r"está)|odsz\w+|odesz\w+|zwoln\w+|już nie pracuje)(?!\w)"
)
RETAINED = re.compile(
    r"(?i)\b(?:still (?:there|here|employed|working|works|with|on (?:the job|board|payroll)|at|doing|going)|"
    r"retained|remains?(?: employed| there| on)|has stayed|have stayed|stayed|(?:is|are) still|going strong|"
    r"made it (?:to|past|through)|reached (?:\d+|30|60|90)|(?:hit|passed) (?:the )?\d+ days?|"
    r"continues?|sigue[n]?(?: ahí| allí| trabajando| en)?|contin[uú]an?|nadal (?:pracuj\w+|tam)|wciąż "
    r"(?:pracuj\w+|tam)|dalej pracuj\w+)(?!\w)"
)
HIRED = re.compile(
    r"(?i)\b(?:(?:were?|was|been|got|being|is|are) (?:hired|placed|brought on|offered and accepted|taken on)|"
    r"(?:have|has|had)? ?(?:just )?hired|hires?(?= ?:)|hiring(?= (?:[A-Z]|both|him|her|them))|(?:new|our) "
    r"hires?|"
    r"offers? (?:were |was )?(?:made and )?accepted|accepted (?:the |our |an |their |his |her )?(?:offers?|"
    r"jobs?|positions?)|said yes|got the (?:job|jobs|offer|position)|(?:made|extended) offers?(?= (?:and "
    r"they|that were accepted))|(?:took|take|taking|bringing|brought|picked)(?: on)?(?= (?:[A-Z]|both|all|"
    r"him|her|them))|"
    r"started|starts?|starting|began|begins?|on ?board(?:ed|ing)?|joined|joins|placements?(?= ?:)|placed|"
    r"went with|filled (?:\w+ ){0,4}with|"
    r"contrat(?:ó|aron|amos|ad[oa]s?|é)|empez(?:ó|aron)|empieza[n]?|comenz(?:ó|aron)|entr(?:ó|aron) a "
    r"trabajar|quedó contratad[oa]|aceptó|aceptaron|"
    r"zatrudni(?:li|ł|ła|liśmy|łem|łam|ono|on[yaei])|przyję(?:t[yaei]|li|liśmy|to)|zaczyna(?:ją)?|zaczę(?:li|"
    r"ła)|zaczął|dostał(?:a)? pracę)(?!\w)"
)
INTERVIEWED = re.compile(
    r"(?i)\b(?:(?:were|was|been|have|has|had|we|they|she|he|i)? ?(?:already )?interviewed|interviews? "
    r"(?:done|completed|held|went)|met(?: with)?(?= (?-i:[A-ZÁÉÍÓÚ]))|met with|had (?:an? |his |her |their "
    r")?(?:\w+ )?(?:interviews?|tour|trial)|second (?:round|interview)|ride-?along|finalists?|"
    r"entrevist(?:ó|aron|amos|é|ad[oa]s?)|rozmow(?:a|y|ach|ę)(?: kwalifikacyjn\w+)?|po rozmowie)(?!\w)"
)
_FUTURE = re.compile(
    r"(?i)\b(?:will|would|going to|next (?:week|month|\w+day)|tomorrow|scheduled|could|can|should|hopes?|"
    r"want(?:s)? to|to be|waiting|pending|offer (?:was )?(?:made|is out|extended|pending)|no offers?|va a|"
    r"van a|mañana|próxim\w+|ma|będzie|będą)\b"
)
_DONE = re.compile(r"(?i)\bhired|accepted|contrat|zatrudni|interviewed\b")
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
) -> People:
    """The people of the newest words by what became of them. `named` are the names in them, `known` those of
    quoted lists (first names are resolved among them), `staff` the people of the headers, on whom nobody reports;
    `own` the sender's partner."""
    people = People()
    heading = ""
    last: list[int] = []
    whole_days = _days(newest.text)
    for segment in segments(newest.text):
        kind = _kind(segment.label) if segment.label else ""
        found = _names(segment, newest, named, known, staff)
        heads = segment.text.rstrip().endswith(":")
        kinds = {verdict for verdict, _, _ in _predicates(segment.text)} if found or heads else set()
        told = kind or (kinds.pop() if len(kinds) == 1 else "")
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


def _kind(words: str) -> str:
    return next((kind for kind, _, _ in _predicates(words)), "")


def _predicates(words: str) -> list[tuple[str, int, int]]:
    """(kind, start, end) of every predicate, the most telling kind first; what is only planned counts for nothing."""
    found = []
    for kind, pattern in _KINDS:
        for match in pattern.finditer(words):
            planned = kind in ("hired", "interviewed") and _FUTURE.search(words[: match.end() + 20])
            if planned and not _DONE.search(match[0]):
                continue
            if not any(start <= match.start() < end for _, start, end in found):
                found.append((kind, match.start(), match.end()))
    return found


def _verdicts(
    inside: Sequence["_Named"], words: str, offset: int, label: str, otherwise: str
) -> list[tuple[str, list["_Named"]]]:
    """What a clause says of its names: the predicate right behind a name, else the last before it, else the first."""
    if label:
        return [(label, list(inside))] if inside else []
    predicates = _predicates(words)
    groups: list[tuple[str, list[_Named]]] = []
    for item in inside:
        verdict = _verdict(item, words, offset, predicates) or ("" if predicates else otherwise)
        if verdict and groups and groups[-1][0] == verdict:
            groups[-1][1].append(item)
        elif verdict:
            groups.append((verdict, [item]))
    return groups


def _verdict(item: "_Named", words: str, offset: int, predicates: Sequence[tuple[str, int, int]]) -> str:
    start, end = item.start - offset, item.end - offset
    for kind, begin, _ in predicates:
        if end <= begin <= end + 25 and not re.search(r",|;| (?:and|y|e|i|oraz) ", words[end:begin]):
            return kind
    before = [(begin, kind) for kind, begin, stop in predicates if stop <= start + 1]
    if before:
        return max(before)[1]
    behind = [
        (begin, kind)
        for kind, begin, stop in predicates
        if not re.match(r"(?: a| both| al)? [A-ZÁÉÍÓÚÑŁŚŻ]", words[stop:])
    ]
    return min(behind)[1] if behind else ""


def _clauses(segment: Segment) -> list[tuple[int, int]]:
    cuts = [0, *(match.end() for match in _SPLIT.finditer(segment.text)), len(segment.text)]
    return [(segment.start + a, segment.start + b) for a, b in pairwise(cuts) if b > a]


def _names(
    segment: Segment, newest: Excerpt, named: Sequence[NameSpan], known: Sequence[str], staff: Sequence[str]
) -> list[_Named]:
    """Full names of the segment, and first or family names that a quoted list resolves."""
    found = []
    begin = segment.start
    text = segment.text
    label_start = newest.text.rfind(segment.label, 0, segment.start) if segment.label else segment.start
    for span in named:
        if label_start <= span.start < segment.end and not any(names.same_person(span.name, other) for other in staff):
            found.append(_Named(span.name, max(span.start, begin), max(span.end, begin)))
    taken = [(item.start, item.end) for item in found]
    for name in dict.fromkeys([*known, *(span.name for span in named)]):
        if any(names.same_person(name, other) for other in staff):
            continue
        for word in (name.split()[0], name.split()[-1]):
            places = [
                match
                for match in re.finditer(rf"(?<![\w@-]){re.escape(word)}(?![\w@-])", text)
                if not any(start <= begin + match.start() < end for start, end in taken)
            ]
            found += [_Named(name, begin + match.start(), begin + match.end()) for match in places]
            taken += [(begin + match.start(), begin + match.end()) for match in places]
            if places:
                break
    return sorted(found, key=lambda item: item.start)


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
                people.hired.append(Hired(item.name))
            continue
        target = getattr(people, verdict)
        if any(named.name == item.name for named in target):
            continue
        _fact(people, f"{verdict}[{len(target)}].name", item, newest)
        reason = _reason(own_words, words, single=len(inside) == 1) if verdict in ("not_hired", "ended") else None
        target.append(Named(item.name, reason, (_days(segment.text) or days) if verdict == "retained" else None))


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
    from mail.titles import title_of

    if names.looks_personal(label):
        return
    title = title_of(label)
    for index in range(before, len(people.hired)):
        people.hired[index] = replace(people.hired[index], need=title)


def _values(people: People, before: int, segment: Segment, sent: date, newest: Excerpt, heading: str) -> None:
    """Start, wage and job of those just reported hired, from their own sentence or its heading."""
    from mail.titles import find_titles

    if before == len(people.hired):
        return
    dates = find_dates(segment.text, sent)
    above = newest.text[: segment.start].rstrip().rsplit("\n\n", 1)[-1]
    headline = above[-160:] if heading else ""
    start = (
        dates[0].date if dates else next((found.date for found in find_dates(headline.replace("\n", " "), sent)), None)
    )
    wages = find_wages(segment.text)
    titles = find_titles(segment.text)
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
