"""People named in a text with the phone numbers and addresses that stand beside them there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from mail.excerpts import Excerpt, joined_lines
from mail.parties.roles import Cast
from mail.prose import names
from mail.prose.language import language_of
from mail.prose.names import NameSpan
from mail.prose.phones import Phone, find_phones
from mail.prose.polish_cases import cases, nominative
from mail.prose.positions import beside, is_title

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_OWN = re.compile(r"(?i)\b(?:my|me|mine|reach us|us at|call us|mi|mój|moja|mnie)\b[^.;!?\n]{0,24}$")
_PRONOUN = re.compile(
    r"(?i)(?<!\w)(?P<who>she|he|ella|él|ona|on)(?= (?:is|has been|works as|es|jest)\b|['’]?s (?:the|their|our|an?|a) )"
)
_ASK_FOR = re.compile(
    r"(?i:\b(?:ask for|contact (?:is|person is)?|call|talk to|speak (?:to|with)|spoke (?:to|with)|reach(?: "
    r"out to)?|see|text|pregunt\w+ por|hablar con|llam\w+ a|pytać o|dzwonić do)) "
    r"(?i:(?:mr|mrs|ms|don|doña|pan|pani)\.? )?(?P<name>[^\W\d_]{3,20})(?=[ ,:(-])"
)
_DOES = re.compile(
    r"(?:^|[.?!;,\n] )(?P<name>[^\W\d_]{3,15}) (?:runs|owns|manages|does|handles|leads|heads|is the|does the)(?!\w)"
)
_FROM_ORG = re.compile(r"(?<![\w@.])(?P<name>[a-ząćęłńóśźżáéíóúñ]{3,15}) (?:from|at|of|with|de|z) (?=[A-ZŁŚŻ][\w'’-]+)")
_NOTICE = re.compile(
    r"(?i)\b(?:intended recipient|confidential|protected health|in error|not monitored|unsubscribe|do not reply)\b"
)


_MOST = 200  # people and numbers of one text
_MOST_TRIES = 5  # mentions of a person beside which a position is looked for


@dataclass(slots=True)
class Person:
    """Somebody named in a excerpt; `span` is their first mention by full name there (or first name, where `short`)."""

    excerpt: Excerpt
    span: NameSpan
    short: bool = False
    phones: list[Phone] = field(default_factory=list)
    emails: list[tuple[str, int, int]] = field(default_factory=list)
    title: tuple[str, int, int] | None = None

    @property
    def name(self) -> str:
        return self.span.name


def persons(excerpt: Excerpt, cast: Cast, organisations: Sequence[tuple[int, int]] = ()) -> tuple[list[Person], Person]:
    """The people of an excerpt in order, and what belongs to its author: numbers and addresses beside no other name.

    `organisations` are the places of names that are an organisation's.
    """
    author = Person(excerpt, NameSpan(0, 0, names.clean(excerpt.sender.name), True))
    writer = cast.turns[excerpt.depth][0] if 0 <= excerpt.depth < len(cast.turns) else cast.sender
    found: list[Person] = []
    mentions = _mentions(excerpt, cast, found, organisations)
    lines = joined_lines(excerpt.text)
    tried: dict[int, int] = {}
    for start, end, person in mentions:
        tried[id(person)] = tried.get(id(person), 0) + 1
        if tried[id(person)] > _MOST_TRIES:
            continue
        person.title = person.title or _title(lines, NameSpan(start, end, person.name, True))
    _pronouns(lines, mentions)
    _attach(excerpt, mentions, author, by_partner=writer.partner is not None)
    return found, author


def _title(lines: Sequence[tuple[int, str]], span: NameSpan) -> tuple[str, int, int] | None:
    start, line = next(((s, ln) for s, ln in lines if s <= span.start < s + len(ln) + 1), (0, ""))
    found = beside(line, NameSpan(span.start - start, span.end - start, span.name, span.known))
    return (found[0], found[1] + start, found[2] + start) if found else None


def _pronouns(lines: Sequence[tuple[int, str]], mentions: Sequence[tuple[int, int, Person]]) -> None:
    """ "She has been Executive Director": the position of whom the words named last."""
    for start, line in lines:
        for match in _PRONOUN.finditer(line):
            before = [mention for mention in mentions if mention[1] <= start + match.start()]
            if before and before[-1][2].title is None:
                span = NameSpan(match.start(), match.end("who"), "", True)
                found = beside(line, span)
                if found:
                    before[-1][2].title = (found[0], found[1] + start, found[2] + start)


def _mentions(
    excerpt: Excerpt, cast: Cast, found: list[Person], organisations: Sequence[tuple[int, int]]
) -> list[tuple[int, int, Person]]:
    """Every mention in order; first names count for people of the headers or of the same text."""
    mentions = []
    low = names.typed_low(excerpt.text)
    polish = language_of(excerpt.text) == "pl"
    for start, line in joined_lines(excerpt.text):
        for span in names.find_low(line) if low else names.find(line) if len(found) < _MOST else []:
            name = nominative(span.name, line[max(0, span.start - 24) : span.start]) if polish else span.name
            placed = NameSpan(span.start + start, span.end + start, name, span.known)
            if any(begin < placed.end and placed.start < end for begin, end in organisations):
                continue
            if not placed.known and is_title(placed.name):
                continue
            person = next((p for p in found if names.same_person(p.name, placed.name)), None)
            if person is None:
                person = Person(excerpt, placed)
                found.append(person)
            mentions.append((placed.start, placed.end, person))
        if len(mentions) > 4 * _MOST:
            break
    mentions += [*_asked_for(excerpt, found), *_by_address(excerpt, found, cast), *_of_organisation(excerpt, found)]
    mentions += _short_mentions(excerpt, cast, found, mentions)
    found += [person for person in {id(p): p for _, _, p in mentions}.values() if person.short]
    return sorted(mentions, key=lambda mention: mention[0])


def _of_organisation(excerpt: Excerpt, found: list[Person]) -> list[tuple[int, int, Person]]:
    """ "borys from Elm Freight": a given name without a capital before an organisation, with a number somewhere."""
    mentions = []
    patterns = (_FROM_ORG, _DOES) if names.typed_low(excerpt.text) else (_FROM_ORG,)
    for match in chain.from_iterable(pattern.finditer(excerpt.text) for pattern in patterns):
        name = match["name"].capitalize()
        given = names.is_given(name) and name.lower() not in names.NOT_NAMES and find_phones(excerpt.text)
        if not given or any(names.same_person(person.name, name) for person in found):
            continue
        person = Person(excerpt, NameSpan(match.start("name"), match.end("name"), name, True))
        found.append(person)
        again = re.finditer(rf"(?i)(?<!\w){re.escape(name)}(?!\w)", excerpt.text)
        mentions += [(place.start(), place.end(), person) for place in again]
    return mentions


def _by_address(excerpt: Excerpt, found: list[Person], cast: Cast) -> list[tuple[int, int, Person]]:
    """ "His son Casper does the books, casper@...": somebody of one name, which an address of the text spells."""
    mentions = []
    for match in islice(_EMAIL.finditer(excerpt.text), _MOST):
        first = re.split(r"[._\d-]", names.fold(match[0].partition("@")[0]))[0]
        if len(first) < 3 or first in names.NOT_NAMES or _by_local_part(match[0].lower(), [(0, 0, p) for p in found]):
            continue
        if any(party.address == match[0].lower() for party in cast.everyone):
            continue
        spelled = re.escape(first.capitalize())
        case = "(?i)" if names.typed_low(excerpt.text) else ""
        word = re.search(rf"{case}(?<![\w@.]){spelled}(?![\w@.])", excerpt.text)
        if word:
            inside = next((p for p in found if p.span.start <= word.start() < p.span.end), None)
            person = inside or Person(excerpt, NameSpan(word.start(), word.end(), word[0].capitalize(), True))
            found += [] if inside else [person]
            mentions.append((match.start(), match.start(), person))
    return mentions


def _asked_for(excerpt: Excerpt, found: list[Person]) -> list[tuple[int, int, Person]]:
    """ "Ask for Rosa, 555-0100": somebody of one name, where a number stands beside it."""
    mentions = []
    for match in _ASK_FOR.finditer(excerpt.text):
        name = match["name"][:1].upper() + match["name"][1:]
        known = any(names.same_person(person.name, name) for person in found)
        if known or name.lower() in names.NOT_NAMES or not find_phones(excerpt.text[match.end() : match.end() + 40]):
            continue
        person = Person(excerpt, NameSpan(match.start("name"), match.end("name"), name, True))
        found.append(person)
        mentions.append((person.span.start, person.span.end, person))
    return mentions


def _short_mentions(
    excerpt: Excerpt, cast: Cast, found: list[Person], full: list[tuple[int, int, Person]]
) -> list[tuple[int, int, Person]]:
    known: dict[str, Person] = {}
    for person in found:
        for word in (person.name.split()[0], person.name.split()[-1]):
            known.setdefault(word, person)
    for party in cast.everyone:
        name = names.clean(party.name)
        if name and not party.tracker and name[:1].isupper() and (names.looks_personal(name) or names.is_given(name)):
            words = name.split()
            short = Person(excerpt, NameSpan(0, 0, name, True), short=True)
            person = next((p for p in found if names.same_person(p.name, name)), short)
            for word in {words[0], words[-1]}:
                known.setdefault(word, person)
    if not known:
        return []
    if language_of(excerpt.text) == "pl":
        known |= {bent: person for word, person in list(known.items()) for bent in cases(word) if bent not in known}
    pattern = re.compile(
        rf"(?<![\w@.-])(?:{'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})(?![\w@]|\.\w)"
    )
    taken = [(start, end) for start, end, _ in full]
    mentions = []
    for match in pattern.finditer(excerpt.text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        person = known[match[0]]
        if person.short and person.span.end == 0:
            person.span = NameSpan(match.start(), match.end(), person.name, True)
        mentions.append((match.start(), match.end(), person))
    return mentions


def _attach(excerpt: Excerpt, mentions: list[tuple[int, int, Person]], author: Person, *, by_partner: bool) -> None:
    text = excerpt.text
    lines = joined_lines(text)
    for phone in find_phones(text)[:_MOST]:
        line_start, line = next((s, ln) for s, ln in reversed(lines) if s <= phone.start)
        if _NOTICE.search(line):
            continue
        owner = _beside_address(text, phone.start, mentions) or _owner(
            text, phone.start, phone.end, line_start, mentions, author
        )
        if owner is author and by_partner and phone.start < excerpt.signed:
            owner = _spoken_of(text, phone.start, line_start, mentions, author) or author
        if all(other.number != phone.number for other in owner.phones):
            owner.phones.append(phone)
    for match in islice(_EMAIL.finditer(text), _MOST):
        address = match[0].lower().rstrip(".")
        line_start, _ = next((s, ln) for s, ln in reversed(lines) if s <= match.start())
        owner = _by_local_part(address, mentions) or _owner(
            text, match.start(), match.end(), line_start, mentions, author
        )
        owner.emails.append((address, match.start(), match.start() + len(address)))


def _owner(
    text: str, start: int, end: int, line_start: int, mentions: list[tuple[int, int, Person]], author: Person
) -> Person:
    """The last name before it on the line, else the last name above in the paragraph, else the author."""
    spoken = text.count('"', line_start, start) % 2 == 1 or "“" in text[line_start:start]
    if not spoken and _OWN.search(text[max(line_start, start - 40) : start]):
        return author
    before = [mention for mention in mentions if mention[1] <= start]
    if _YOURS.search(text[max(line_start, start - 40) : start]):
        opening = [mention for mention in mentions if mention[0] - _sentence_start(text, start) in range(3)]
        if opening:
            return opening[0][2]
    if before and before[-1][0] >= line_start:
        return before[-1][2]
    after = re.match(r"[ \t]{0,3}(?:(?:is|\(|-|–|,|for|es)[ \t]{0,2})?", text[end : end + 6])
    if after:
        near = end + after.end() + 2
        following = [m for m in mentions if end <= m[0] <= near and "\n" not in text[end : m[0]]]
        if following:
            return following[0][2]
    paragraph = max(text.rfind("\n\n", 0, start), start - 400)
    if before and before[-1][0] >= paragraph:
        return before[-1][2]
    return author


_YOURS = re.compile(
    r"(?i)\b(?:your|tu|su|twój|pani|pana) (?:\w+ )?(?:number|cell|phone|número|celular|numer)\b[^.;!?\n]{0,16}$"
)
"""Spoken to whom the sentence calls by name first: "Armando, tu número es"."""


def _sentence_start(text: str, place: int) -> int:
    stop = max(text.rfind(sign, 0, place) for sign in (". ", "! ", "? ", "\n\n", ".\n"))
    return stop + 2 if stop >= 0 else 0


def _beside_address(text: str, start: int, mentions: list[tuple[int, int, Person]]) -> Person | None:
    """Whose address stands right before the number."""
    before = re.search(
        r"([\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)[,;/| ]{1,4}(?:or |and |cell |tel\.? )?$",
        text[max(0, start - 100) : start],
    )
    return _by_local_part(before[1].lower(), mentions) if before else None


def _spoken_of(
    text: str, start: int, line_start: int, mentions: list[tuple[int, int, Person]], author: Person
) -> Person | None:
    """In a partner's words a number that nobody is named beside is that of the person spoken of last, by full name."""
    if _OWN.search(text[max(line_start, start - 40) : start]):
        return None
    before = [person for _, end, person in mentions if end <= start and not person.short]
    return before[-1] if before and not names.same_person(before[-1].name, author.name) else None


def _by_local_part(address: str, mentions: list[tuple[int, int, Person]]) -> Person | None:
    """The person whose name the address spells."""
    local = re.sub(r"[^a-z]", "", names.fold(address.partition("@")[0]))
    for _, _, person in mentions:
        words = names.tokens(person.name)
        if words and any(len(word) >= 3 and word.replace("-", "") in local for word in (words[0], words[-1])):
            return person
    return None
