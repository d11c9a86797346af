"""Candidates whom a partner offers: out of tables, attached lists, bullets and prose, and who is none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from mail.excerpts import Excerpt, numbered
from mail.parties.persons import Person
from mail.parties.releases import said_in, said_in_row, with_consent, without
from mail.parties.roles import Cast
from mail.parties.rosters import Row, rows
from mail.prose import names
from mail.prose.layout import segments
from mail.prose.names import NameSpan
from mail.prose.phones import find_phones, phones_in
from mail.prose.positions import is_title
from mail.values import Candidate, Fact

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_GONE = re.compile(
    r"(?i)\b(?:withdr[ae]w|withdrawn|withdrawing|no longer (?:available|interested|looking)|not available|"
    r"unavailable|on hold|hold (?:\w+ ){0,4}back|holding (?:\w+ ){0,3}back|held back|not (?:ready|sending|"
    r"referring|yet|this time)|"
    r"(?:placed|working|hired|employed|job|something|work|position) elsewhere|elsewhere|already (?:has|have|"
    r"found|got|hired|placed|working|started|took|employed)|found (?:a |another |other )?(?:job|work|"
    r"something)|took (?:a|another) job|do not (?:call|contact|send)|removed|dropped out|left out|leaving out|"
    r"took something|scratch (?:that|him|"
    r"her|them)|never mind|(?:don't|don’t|do not) count|not counting|starts (?:at|with|a|his|her) |got (?:a|"
    r"another) job|got hired|"
    r"moved away|ineligible|not eligible|disqualified|declined|can't send|cannot send|won't be sending|took "
    r"(?:him|her|them) off|crossed (?:him|her|them) off|ya (?:consigui|encontr|tiene trabajo|no est|"
    r"trabaja)\w*|lo quité|la quité|quitad[oa]|se retiró|no disponible|"
    r"zrezygnował\w*|ma już pracę|już pracuje|znalazł\w* pracę|niedostępn\w+)\b"
)
_STAFF = re.compile(
    r"(?i)\b(?:mentor|colleague|co-?worker|coach|case ?manager|job developer|supervisor|instructor|teacher|"
    r"interpreter|counselor|sponsor|parole|probation|reference|references|contact (?:is|person|for)|"
    r"emergency|"
    r"my (?:boss|assistant|director|team)|our (?:director|coordinator|driver|recruiter)|compañer[oa]|colega|"
    r"mentora?|instructor[a]?|koleżank\w+|kolega|opiekun|trener\w*)\b[^.;\n]{0,24}$"
)
_OFFER = re.compile(
    r"(?i)\b(?:candidates?|put(?:ting)? (?:\w+ ){0,3}forward|here (?:is|are|'s|’s)|have (?:\w+ ){0,4}(?:for "
    r"(?:you|the)|ready|people|names|candidates|vets|clients|graduates)|got (?:one|two|three|a|an|\d+|some|"
    r"people|somebody|someone)|"
    r"(?:attached|following|first|new|another) (?:list|names|people|candidates|group|batch)|names? (?:for|"
    r"below|attached)|list (?:of|for|attached|below)|refer(?:ring|rals?)?(?! (?:him|her|them|to)\b)|"
    r"recommend\w*|consider|"
    r"suggest\w*|present(?:ing)?|propos(?:e|ing)|forwarding|r[eé]sum[eé]s?|submit(?:ting)?|send(?:ing)? "
    r"(?:you|over|\w+ (?:people|names|candidates))|"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:\w+ ){0,3}(?:for (?:the|you|your)|names|people|"
    r"candidates|men|women|folks|clients|graduates|participants|veterans|vets|guys)|"
    r"introduce (?:you )?to|meet|interested in|would be (?:a )?(?:great|good|perfect|strong)|strong ones|"
    r"candidat[oa]s?|le (?:presento|mando|env[ií]o)|les (?:presento|mando|env[ií]o)|te (?:presento|mando|"
    r"env[ií]o)|recomiendo|person[as]{1,2} (?:que|para|list)|lista|"
    r"kandydat\w*|polecam|przesyłam|lista|osob[aęy]|chętn\w+)\b"
)
_BOSS = re.compile(
    r"(?i)[*_]{0,2},? {0,2}\(?(?:the |their |co-?)?(?:owner|president|ceo|(?:\w+ ){0,2}manager|(?:\w+ "
    r"){0,2}director|vp|vice president|hr|"
    r"human resources|recruiter|dueñ[oa]|gerente|propietari[oa]|właściciel\w*|prezes|kierowni\w+)(?!\w)"
)
_OFFERED = re.compile(
    r"(?i)\b(?:(?:one|two|three|another|a) (?:good |strong |great )?(?:person|people|candidates?|clients?|"
    r"members?|graduates?|participants?|vet(?:eran)?s?|somebody|someone) (?:\w+ )?(?:already|ready|for "
    r"(?:you|this|the)|interested)|"
    r"from our side|who(?:['’]d| would) (?:take|like|be)|(?:i|we) (?:already )?have (?:one|two|somebody|"
    r"someone) (?:for|ready|who|already)|interested in the|candidat[oa]|kandydat\w*)\b"
)
_ALONG = re.compile(
    r"(?i)\b(?:(?:one|two|three|\d) (?:\w+ )?names?|bring(?:ing)?|along with|as well as|and (?:also|his|her)|"
    r"together with|"
    r"so (?:is|does|would|could)|also|another (?:is|would be)|could (?:start|come)|can (?:start|come)|is ready|"
    r"certified|licensed|available|experience\w*|también|además|również|też)\b"
)
_BULLET = re.compile(
    r"^[ \t>]{0,12}(?:[•◦▪‣●○■□–—·-]{1,3}[ \t]{0,6}|\*[ \t]{1,6}|o[ \t]{2,6}|\(?\d{1,2}[.)][ \t]{0,4}|"
    r"[a-h]\)[ \t]{0,4})(?=\S)"
)
_PARTED = re.compile(r"[*_]{0,2}\s*(?:[,;:(|–—-]|\.(?: |$)|$|\d)")
_HEAD = re.compile(
    r"^[\s*_\"']{0,4}(?P<name>[^,;:()|\d\t–—]{4,60}?)\s*(?:\*|_)?(?=[,;:(|\t–—]|\s-\s|\s{2,}|$|\s\(?\+?\d)"
)


@dataclass(slots=True)
class Found:
    """A candidate as found, with the facts ("name", "email", "phones[0]")."""

    candidate: Candidate
    facts: list[Fact] = field(default_factory=list)
    offered: bool = True  # by the list they stand in or by the words of their own sentence


@dataclass(frozen=True, slots=True)
class ReadCandidates:
    candidates: tuple[Candidate, ...] = ()
    facts: tuple[Fact, ...] = ()
    not_candidates: tuple[str, ...] = ()
    listed: bool = False  # out of a list, or offered by their own sentence


def read_candidates(
    newest: Sequence[Excerpt],
    attached: Sequence[Excerpt],
    people: Sequence[tuple[Excerpt, list[Person], Person]],
    cast: Cast,
    source: str | None,
    employer_domains: Sequence[str] = (),
    *,
    asked: bool = False,
) -> ReadCandidates:
    """The people whom the newest words and the attached lists offer, each once, with the partner who offers them.

    `asked`: the mail answers a call for people, so that a name on a line of its own is an offer.
    """
    found: list[Found] = []
    gone: list[str] = []
    for excerpt in (*attached, *newest):
        found += _of_rows(excerpt, source, gone)
    for excerpt in attached:
        found += _of_items(excerpt, cast, source, gone, anywhere=True)
    offered = (
        asked
        or any(_OFFER.search(excerpt.text) or _OFFERED.search(excerpt.text) for excerpt in newest)
        or _names_several(people, newest, cast, source)
    )
    for excerpt in newest:
        anywhere = offered or _lists_people(excerpt, cast)
        found += _of_items(excerpt, cast, source, gone, anywhere=anywhere, asked=asked)
    listed = bool(found)
    if offered and not listed:  # people of prose only where no list offers any
        for excerpt, persons, _ in people:
            body = next((new for new in newest if new.part == excerpt.part), None)
            if body is not None:
                inside = [person for person in persons if person.span.start < len(body.text)]
                found += _of_prose(inside, cast, source, gone, employer_domains)
    if found:
        gone += [person.name for _, persons, _ in people for person in persons if _is_own_staff(person)]
    return _gathered(found, gone, cast, listed, [excerpt.text for excerpt in newest])


_OWN_STAFF = re.compile(
    r"(?i)\b(?:mentor|coach|case ?manager|caseworker|job developer|interpreter|counselor|sponsor|parole officer|"
    r"probation officer|mentora?|consejer[ao]|intérprete|trener\w*|opiekun)\b[^.;\n]{0,14}$"
)


def _is_own_staff(person: Person) -> bool:
    """Who is called the offered people's coach or the like is neither offered nor the employer's."""
    return bool(_OWN_STAFF.search(person.excerpt.text[max(0, person.span.start - 40) : person.span.start]))


def _names_several(
    people: Sequence[tuple[Excerpt, list[Person], Person]], newest: Sequence[Excerpt], cast: Cast, source: str | None
) -> bool:
    """A partner who names two people or more with numbers or addresses, none with a position, offers them."""
    parts = {excerpt.part for excerpt in newest}
    reachable = [
        person
        for excerpt, named, _ in people
        for person in named
        if excerpt.part in parts and (person.phones or person.emails) and not person.title and not person.short
        and not _in_headers(person.name, cast)
    ]  # fmt: skip
    return source is not None and len(reachable) > 1


def _gathered(
    found: Sequence[Found], gone: Sequence[str], cast: Cast, listed: bool, texts: Sequence[str]
) -> ReadCandidates:
    kept: list[Found] = []
    known = [party.partner for party in cast.everyone if party.partner]
    partners = {names.fold(name) for partner in known for name in (partner.name, *partner.aliases)}
    for item in found:
        name = item.candidate.name
        if (
            _in_headers(name, cast)
            or names.fold(name) in partners
            or any(names.same_person(name, other) for other in gone)
        ):
            continue
        if not any(names.tokens(name) == names.tokens(other.candidate.name) for other in kept):
            kept.append(item)
    facts: list[Fact] = []
    for index, item in enumerate(kept):
        facts += numbered(item.facts, f"candidates[{index}]")
    return ReadCandidates(
        with_consent([item.candidate for item in kept], texts),
        tuple(facts),
        tuple(gone),
        any(item.offered for item in kept),
    )


def _in_headers(name: str, cast: Cast) -> bool:
    return any(
        party.name and len(names.tokens(party.name)) > 1 and names.same_person(party.name, name)
        for party in cast.everyone
    )


def _found(excerpt: Excerpt, span: NameSpan, words: str, start: int, source: str | None, need: str | None) -> Found:
    """A candidate whose details stand in `words`, which begin at `start` of the excerpt."""
    phones, email = phones_in(words), _EMAIL.search(words)
    facts = [excerpt.fact("name", span.name, span.start, span.end, 0.92)]
    for index, phone in enumerate(p for p in find_phones(words) if p.number in phones):
        facts.append(excerpt.fact(f"phones[{index}]", phone.number, start + phone.start, start + phone.end, 0.93))
    address = email[0].lower().rstrip(".") if email else ""
    if email:
        facts.append(excerpt.fact("email", address, start + email.start(), start + email.start() + len(address), 0.95))
    return Found(Candidate(span.name, address, phones, source, need, said_in(words) or None), facts)


def _of_rows(excerpt: Excerpt, source: str | None, gone: list[str]) -> list[Found]:
    found = []
    for row in rows(excerpt):
        name = row.name
        if not name or not _nameable(name):
            continue
        told = row.words
        for cell in filter(None, (row.cells.get("release"), row.cells.get("consent"))):
            told = told.replace(cell, "")
        if _GONE.search(without(told)):
            gone.append(name)
            continue
        start, end = _name_in_row(row)
        span = NameSpan(start, end, name, True)
        words = row.words.replace(",", "|").replace(";", "|")  # of equal length, so that numbers stand apart
        item = _found(excerpt, span, words, row.start, source, row.cells.get("job") or None)
        item.candidate = replace(item.candidate, consent=said_in_row(row) or item.candidate.consent)
        found.append(item)
    return found


def _nameable(name: str) -> bool:
    return len(name.split()) <= 6 and not any(letter.isdigit() or letter in "@/$" for letter in name)


def _name_in_row(row: Row) -> tuple[int, int]:
    """Where the name's words stand: first and last name lie in two cells."""
    said = [row.cells[key] for key in ("name", "first", "last") if row.cells.get(key)]
    places = [(row.words.find(words), len(words)) for words in said if words and row.words.find(words) >= 0]
    if not places:
        return row.start, row.end
    begin = min(place for place, _ in places)
    end = max(place + length for place, length in places)
    return (row.start + begin, row.start + end) if len(places) < 2 or end - begin < 80 else (row.start, row.end)


def _of_items(
    excerpt: Excerpt, cast: Cast, source: str | None, gone: list[str], *, anywhere: bool, asked: bool = False
) -> list[Found]:
    """Bullets and numbered items (or lines of "Name, phone") that begin with a name, with the lines under each."""
    items = [one for item in _items(excerpt) for one in _each(*item)]
    found = []
    for span, words, start, bullet in items:
        reachable = bool(phones_in(words) or _EMAIL.search(words))
        alone = asked and span.known and not words[len(span.name) :].strip(" *_.,;")
        if not anywhere or not (bullet or reachable or alone):
            continue
        if not (span.known or reachable or bullet):
            continue
        if _GONE.search(without(words)):
            gone.append(span.name)
            continue
        before, after = excerpt.text[max(0, span.start - 40) : span.start], excerpt.text[span.end : span.end + 40]
        if _STAFF.search(before) or _BOSS.match(after) or _in_headers(span.name, cast):
            continue
        found.append(_found(excerpt, span, words, start, source, None))
    return (
        found
        if asked or len(found) > 1 or any(find_phones(words) or _EMAIL.search(words) for _, words, _, _ in items)
        else []
    )


_REACHED = re.compile(r"[\s,:–—-]{0,3}\(?(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|[\s,:(–—-]{0,3}[\w.+-]{1,64}@")


def _each(span: NameSpan, words: str, start: int, bullet: bool) -> Iterator[tuple[NameSpan, str, int, bool]]:
    """An item that names two people with a number or an address each is two items."""
    heads = [other for other in names.find(words) if other.start and _REACHED.match(words, other.end)]
    if not _REACHED.match(words, len(span.name)):
        heads = []
    cuts = [0, *(other.start for other in heads), len(words)]
    for number, (begin, end) in enumerate(pairwise(cuts)):
        head = heads[number - 1] if number else None
        one = NameSpan(start + head.start, start + head.end, head.name, head.known) if head else span
        yield one, words[begin:end], start + begin, bullet


def _lists_people(excerpt: Excerpt, cast: Cast) -> bool:
    """Two items or more that begin with names, bullets or with a number each, none of them with a position."""
    items = [(words, bullet) for span, words, _, bullet in _items(excerpt) if not _in_headers(span.name, cast)]
    reachable = [bool(phones_in(words) or _EMAIL.search(words)) for words, _ in items]
    bullets = sum(bullet for _, bullet in items)
    listed = (bullets > 1 and any(reachable)) or sum(reachable) > 1
    return listed and not any(is_title(words.split("\n")[0][:80]) for words, _ in items)


def _items(excerpt: Excerpt) -> list[tuple[NameSpan, str, int, bool]]:
    """(name, words of the item, where they begin, whether a bullet is there) of lines that begin with a name."""
    found: list[tuple[NameSpan, str, int, bool]] = []
    tables = {row.start for row in rows(excerpt)}
    item: tuple[NameSpan, int, bool] | None = None
    end = start = 0
    for raw in [*excerpt.text.split("\n"), ""]:
        bullet = _BULLET.match(raw)
        lead = bullet.end() if bullet else 0
        span = None if start in tables else _head_name(start + lead, raw[lead:], bool(bullet))
        if item is not None and (span or bullet or not raw.strip(" >")):
            found.append((item[0], excerpt.text[item[1] : end], item[1], item[2]))
            item = None
        if span is not None:
            item = (span, span.start, bool(bullet))
        end = start + len(raw)
        start = end + 1
    return found


def _head_name(start: int, words: str, bullet: bool) -> NameSpan | None:
    """The name with which a line begins, parted from what follows by a mark, a number or the line's end."""
    spans = names.find(words)
    if spans and not words[: spans[0].start].strip(" *_>\"'") and (bullet or _PARTED.match(words[spans[0].end :])):
        span = spans[0]
        return NameSpan(span.start + start, span.end + start, span.name, span.known)
    head = _HEAD.match(words)
    if bullet and head and names.looks_personal(head["name"]) and head["name"][:1].isupper():
        name = head["name"].strip(" *_\"'")
        place = start + words.find(name)
        return NameSpan(place, place + len(name), names.clean(name), False)
    return None


def _of_prose(
    persons: Sequence[Person], cast: Cast, source: str | None, gone: list[str], employer_domains: Sequence[str]
) -> list[Found]:
    """People of the prose with a number or an address of their own, or named right behind words of offering."""
    found = []
    for person in persons:
        if person.short or _in_headers(person.name, cast):
            continue
        text = person.excerpt.text
        sentence = _sentence(text, person.span.start)
        before = text[max(0, person.span.start - 60) : person.span.start]
        if _GONE.search(sentence):
            gone.append(person.name)
            continue
        if _STAFF.search(before):
            continue
        reachable = person.phones or person.emails
        if not reachable and not (person.span.known and (_OFFER.search(sentence) or _ALONG.search(sentence))):
            continue
        if person.title or any(address.rpartition("@")[2] in employer_domains for address, _, _ in person.emails):
            continue
        item = _of_person(person, source)
        item.offered = bool(_OFFERED.search(sentence))
        found.append(item)
    return found


def _of_person(person: Person, source: str | None) -> Found:
    facts = [person.excerpt.fact("name", person.name, person.span.start, person.span.end, 0.85)]
    phones = [phone for phone in person.phones if phone.kind == "phone"]
    for index, phone in enumerate(phones):
        facts.append(person.excerpt.fact(f"phones[{index}]", phone.number, phone.start, phone.end, 0.9))
    address = person.emails[0][0] if person.emails else ""
    if person.emails:
        facts.append(person.excerpt.fact("email", *person.emails[0], 0.93))
    return Found(Candidate(person.name, address, tuple(phone.number for phone in phones), source), facts)


def _sentence(text: str, place: int) -> str:
    for segment in segments(text):
        if segment.start <= place < segment.end:
            return segment.text
    return text[max(0, place - 80) : place + 80]
