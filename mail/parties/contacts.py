"""The employer's people: who wrote for it, who is addressed, who is named with a number, an address or a position."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mail.excerpts import Excerpt, from_header, numbered
from mail.parties.employers import ReadEmployer
from mail.parties.forms import Form
from mail.parties.persons import Person
from mail.parties.roles import Cast, Party, is_free, is_function
from mail.prose import names
from mail.prose.organisations import domain_fit, is_role, key_of
from mail.prose.polish_cases import nominative_title
from mail.prose.positions import in_signature, is_title
from mail.values import Contact, Fact


@dataclass(slots=True)
class _Draft:
    contact: Contact
    facts: list[Fact] = field(default_factory=list)
    weight: float = 0.0


def read_contacts(
    texts: Sequence[Excerpt],
    people: Sequence[tuple[Excerpt, list[Person], Person]],
    cast: Cast,
    employer: ReadEmployer,
    form: Form | None,
    others: Sequence[str],
) -> tuple[tuple[Contact, ...], tuple[Fact, ...]]:
    """The employer's contacts with their facts ("contacts[0].name"). `others` are candidates and the like."""
    drafts: list[_Draft] = []
    if form is not None:
        drafts.append(_of_form(form))
    else:
        drafts += _of_headers(texts, people, cast, employer)
    drafts += _of_words(people, cast, employer, drafts, others)
    drafts = _joined(drafts)
    _mailbox(drafts, cast, employer)
    for draft in drafts:
        _apposition(draft, people)
    facts: list[Fact] = []
    for index, draft in enumerate(drafts):
        facts += numbered(draft.facts, f"contacts[{index}]")
    return tuple(draft.contact for draft in drafts), tuple(facts)


def _mailbox(drafts: Sequence[_Draft], cast: Cast, employer: ReadEmployer) -> None:
    """The employer's office mailbox that is addressed is where its only contact without an address is reached."""
    without = [draft for draft in drafts if not draft.contact.email]
    offices = [
        p for p in (*cast.to, *cast.cc, cast.sender) if p.stranger and p.function and p.domain in employer.domains
    ]
    if len(drafts) == 1 and without and offices:
        without[0].contact = replace(without[0].contact, email=offices[0].address)
        without[0].facts.append(from_header("email", offices[0].address, offices[0].address, 0.7))


def _apposition(draft: _Draft, people: Sequence[tuple[Excerpt, list[Person], Person]]) -> None:
    """ "Ann Lee, mayor domo of Elm Farm": what stands between the name and the employer's is the position."""
    head = draft.contact.org.split()[0] if draft.contact.org else ""
    if draft.contact.title or not head or not draft.contact.name:
        return
    between = re.compile(
        rf"{re.escape(draft.contact.name)},? (?:is |es |jest )?(?:the |la |el |an? )?(?P<title>[a-z][^,.;:()]{{2,40}}?)"
        rf" (?:of|at|for|de|del|en|w|z|firmy) (?:the |la |el |[A-Z]\w+ )?{re.escape(head)}"
    )
    for excerpt, _, _ in people:
        match = between.search(excerpt.text.replace("\n", " "))
        if match and not re.match(
            r"(?:who|with|from|y|and|has|needs?|wants?|runs?|owns?|called|leads?|works?)\b", match["title"]
        ):
            draft.contact = replace(draft.contact, title=match["title"])
            draft.facts.append(excerpt.fact("title", match["title"], match.start("title"), match.end("title"), 0.7))
            return


def _of_form(form: Form) -> _Draft:
    values = {key: segment.text.strip(" *_") for key, segment in form.values.items()}
    from mail.prose.phones import phones_in

    contact = Contact(
        name=names.clean(values.get("contact", "")),
        title=values.get("title", ""),
        org=values.get("company", ""),
        email=values.get("email", "").lower().split(" ")[0],
        phones=phones_in(values.get("phone", "")),
    )
    places = {"name": "contact", "title": "title", "email": "email", "phones[0]": "phone"}
    facts = [
        form.excerpt.fact(name, segment.text.strip(), segment.start, segment.start + len(segment.text.rstrip()), 0.95)
        for name, key in places.items()
        if (segment := form.values.get(key)) is not None
    ]
    return _Draft(contact, facts)


def _of_headers(
    texts: Sequence[Excerpt],
    people: Sequence[tuple[Excerpt, list[Person], Person]],
    cast: Cast,
    employer: ReadEmployer,
) -> list[_Draft]:
    """Strangers of the employer's domain (or of free mail, where they wrote) in From, To and Cc, and authors below."""
    parties = [turn[0] for turn in cast.turns] + [cast.sender, *cast.to, *cast.cc]
    known_by_turn = {turn[0].address for turn in cast.turns} | {cast.sender.address}
    drafts = []
    for party in parties:
        if not party.stranger or not party.address or not _of_employer(party, cast, employer):
            continue
        authored = party.address in known_by_turn
        if party.function and not (authored and names.looks_personal(party.name)):
            continue
        if any(draft.contact.email == party.address for draft in drafts):
            continue
        drafts.append(_of_party(party, people, employer))
    return drafts


def _of_employer(party: Party, cast: Cast, employer: ReadEmployer) -> bool:
    if is_free(party.address):
        return party.place.endswith("from")
    if employer.domains:
        return party.domain in employer.domains
    strangers = {p.domain for p in cast.everyone if p.stranger and not is_free(p.address)}
    return len(strangers) == 1


def _of_party(party: Party, people: Sequence[tuple[Excerpt, list[Person], Person]], employer: ReadEmployer) -> _Draft:
    """A header's person with what their own words and the others' say of them."""
    name = names.clean(party.name) if party.name and "@" not in party.name else ""
    draft = _Draft(Contact(name=name, org=_org(employer), email=party.address))
    draft.facts.append(from_header("email", party.address, party.address, 0.97))
    for excerpt, persons, author in people:
        own = excerpt.sender.address == party.address
        for person in persons:
            if _is_them(person, name, party, own):
                _take(draft, person)
        if own:
            _take(draft, author)
            _sign(draft, excerpt, employer)
    if not draft.contact.name:
        _name_from_greeting(draft, people, party)
    if name and not any(fact.field == "name" for fact in draft.facts):
        draft.facts.insert(0, from_header("name", draft.contact.name, party.name, 0.95))
    return draft


def _is_them(person: Person, name: str, party: Party, own: bool) -> bool:
    if name and names.same_person(person.name, name):
        return True
    if (
        own
        and name
        and person.span.start >= person.excerpt.signed - 80
        and set(names.tokens(name)) & set(names.tokens(person.name))
    ):
        return True
    local = re.sub(r"[^a-z]", "", names.fold(party.address.partition("@")[0]))
    words = names.tokens(person.name)
    spelled = len(words) > 1 and words[-1].replace("-", "") in local and len(words[-1]) > 2
    spelled = spelled or (len(words) > 1 and local in (words[0], words[-1]))
    return spelled and (not name or len(name.split()) == 1)


def _take(draft: _Draft, person: Person) -> None:
    """Add what a text says of the person."""
    contact = draft.contact
    fuller = len(person.name.split()) > len(contact.name.split()) or _initialled(contact.name)
    if person.span.end > person.span.start and (fuller or not any(f.field == "name" for f in draft.facts)):
        contact = replace(contact, name=person.name if fuller or not contact.name else contact.name)
        draft.facts = [fact for fact in draft.facts if fact.field != "name"]
        draft.facts.insert(0, person.excerpt.fact("name", contact.name, person.span.start, person.span.end, 0.95))
    for phone in person.phones:
        if phone.kind == "phone" and phone.number not in contact.phones:
            draft.facts.append(
                person.excerpt.fact(f"phones[{len(contact.phones)}]", phone.number, phone.start, phone.end, 0.93)
            )
            contact = replace(contact, phones=(*contact.phones, phone.number))
    for address, start, end in person.emails:
        if not contact.email and not is_function(address):
            contact = replace(contact, email=address)
            draft.facts.append(person.excerpt.fact("email", address, start, end, 0.95))
    title = nominative_title(_without_org(person.title[0], contact.org)) if person.title else ""
    if person.title and title and not contact.title:
        contact = replace(contact, title=title)
        said = len(person.title[0]) if title not in person.title[0] else len(title)
        draft.facts.append(person.excerpt.fact("title", title, person.title[1], person.title[1] + said, 0.85))
    draft.contact = contact


def _without_org(title: str, org: str) -> str:
    """ "Director of Nursing at Elm Court" is Director of Nursing."""
    for name in (org, " ".join(org.split()[:2]), org.split()[0] if org else ""):
        place = title.find(name) if name else -1
        if place > 0:
            title = title[:place]
    return re.sub(r"(?i)[\s,]+(?:of|at|for|with|de|de la|del|w|z|en)?[\s,]*(?:the|la|el)?\s*$", "", title).strip()


def _initialled(name: str) -> bool:
    return bool(re.search(r"\s\w\.?$", name))


def _sign(draft: _Draft, excerpt: Excerpt, employer: ReadEmployer) -> None:
    """The position in the person's own signature: behind the name, or on the lines under it."""
    if not draft.contact.name:
        return
    lines = list(re.finditer(r"[^\n]+", excerpt.text))
    tail = lines[-12:]
    for number in range(len(tail) - 1, -1, -1):
        line = tail[number]
        said = line[0].strip(" >*_-–")
        place = _name_place(said, draft.contact.name)
        if place is None:
            continue
        if not re.fullmatch(r"(?i)\W*(?:(?:mr|mrs|ms|dr|prof|rev|ing|lic|inż|mgr)\.?)?\W*", said[: place[0]]):
            continue
        rest = said[place[1] :]
        following = tail[number + 1 : number + 4]
        _title_of(draft, excerpt, line, rest, following, employer)
        return


def _name_place(line: str, name: str) -> tuple[int, int] | None:
    """Where a line of a signature shows the name, titles and nicknames allowed for."""
    words = name.split()
    pattern = (
        r"[^\n]{0,14}?".join(re.escape(word) for word in (words[0], words[-1])) if len(words) > 1 else re.escape(name)
    )
    match = re.search(pattern, line[:80])
    return (match.start(), match.end()) if match else None


def _title_of(
    draft: _Draft,
    excerpt: Excerpt,
    line: re.Match[str],
    rest: str,
    following: Sequence[re.Match[str]],
    employer: ReadEmployer,
) -> None:
    organisation = _org(employer)
    rest = re.sub(r"^(?:,? (?:AuD|RN|PhD|MBA|CPA|Jr|Sr|MD|PHR|[A-Z]{2,4})\b\.?)+(?=,|$|\s*[|·-])", "", rest)
    behind = in_signature(rest, organisation) if re.match(r"\s*[,|·•–(-]", rest) else None
    if behind and (is_title(behind) or (len(behind.split()) <= 5 and key_of(behind) != key_of(organisation))):
        start = excerpt.text.find(behind, line.start())
        _entitle(draft, excerpt, behind.strip("()"), start)
        return
    for position, below in enumerate(following):
        title = in_signature(below[0], organisation)
        if title and (is_title(title) or (position == 0 and is_role(title))):
            _entitle(draft, excerpt, title, excerpt.text.find(title, below.start()))
            return


def _entitle(draft: _Draft, excerpt: Excerpt, title: str, start: int) -> None:
    draft.facts = [fact for fact in draft.facts if fact.field != "title"]
    draft.contact = replace(draft.contact, title=title)
    draft.facts.append(excerpt.fact("title", title, max(start, 0), max(start, 0) + len(title), 0.92))


def _name_from_greeting(draft: _Draft, people: Sequence[tuple[Excerpt, list[Person], Person]], party: Party) -> None:
    """A mailbox without a name: the name of the greeting, where the address spells it."""
    local = names.fold(party.address.partition("@")[0])
    for excerpt, _, _ in people:
        match = re.match(
            r"(?:(?:hi|hello|hey|dear|good \w+|hola|estimad[oa]|buen\w+ \w+|szanown\w+|dzień "
            r"dobry)[ ,]+)?(?:(?:mr|ms|mrs|dr|don|doña|señora?|pan\w*)\.? )?([^\W\d_]{2,})",
            excerpt.text.lstrip(), re.IGNORECASE,
        )  # fmt: skip
        if match and names.fold(match[1]) in local:
            start = len(excerpt.text) - len(excerpt.text.lstrip()) + match.start(1)
            name = match[1][:1].upper() + match[1][1:]
            draft.contact = replace(draft.contact, name=name)
            draft.facts.insert(0, excerpt.fact("name", name, start, start + len(match[1]), 0.7))
            return
    parts = [part for part in re.split(r"[._-]", party.address.partition("@")[0]) if part.isalpha()]
    if len(parts) >= 2:
        draft.contact = replace(draft.contact, name=" ".join(part.title() for part in parts))
        draft.facts.insert(0, from_header("name", draft.contact.name, party.address, 0.6))


def _of_words(
    people: Sequence[tuple[Excerpt, list[Person], Person]],
    cast: Cast,
    employer: ReadEmployer,
    drafts: Sequence[_Draft],
    others: Sequence[str],
) -> list[_Draft]:
    """People named in the words with an address or number, or, where nobody has one, with a position."""
    found: list[_Draft] = []
    for excerpt, persons, _ in people:
        for person in persons:
            if any(names.same_person(person.name, other) for other in others):
                continue
            if any(
                names.same_person(person.name, draft.contact.name) for draft in [*drafts, *found] if draft.contact.name
            ):
                continue
            if _belongs_elsewhere(person, cast) or _signs_for_partner(person, excerpt, cast):
                continue
            weight = _weight(person, excerpt, employer)
            if weight >= 1.0:
                draft = _Draft(Contact(org=_org(employer)), weight=weight)
                _take(draft, person)
                found.append(draft)
    if drafts:
        return [draft for draft in found if draft.weight >= 2.0]
    strong = [draft for draft in found if draft.weight >= 2.0]
    return strong or found[:1]


def _belongs_elsewhere(person: Person, cast: Cast) -> bool:
    for party in cast.everyone:
        if party.name and names.same_person(person.name, party.name) and (party.partner or party.tracker):
            return True
    return any(_domain_is_partner(address, cast) for address, _, _ in person.emails)


def _signs_for_partner(person: Person, excerpt: Excerpt, cast: Cast) -> bool:
    """Below a partner's words stands the partner's own name, though the header has another given name for it."""
    author = cast.turns[excerpt.depth][0] if 0 <= excerpt.depth < len(cast.turns) else cast.sender
    signed = author.partner is not None and person.span.start >= excerpt.signed - 80
    return signed and names.tokens(person.name)[-1] in names.tokens(author.name)


def _domain_is_partner(address: str, cast: Cast) -> bool:
    domain = address.rpartition("@")[2]
    return any(party.partner and domain in party.partner.domains for party in cast.everyone)


def _weight(person: Person, excerpt: Excerpt, employer: ReadEmployer) -> float:
    weight = 0.0
    for address, _, _ in person.emails:
        domain = address.rpartition("@")[2]
        own = domain in employer.domains or domain_fit(key_of(_org(employer)), domain) > 0.5
        weight += 3.0 if own else 1.5 if is_free(address) else 1.0
    weight += 2.0 if any(phone.kind == "phone" for phone in person.phones) else 0.0
    weight += 1.0 if person.title else 0.0
    return weight if excerpt.depth < 0 or weight >= 2.0 else 0.0


def _org(employer: ReadEmployer) -> str:
    return employer.employer.name if employer.employer else ""


def _joined(drafts: Sequence[_Draft]) -> list[_Draft]:
    """One draft a person, those without a name left out."""
    kept: list[_Draft] = []
    for draft in drafts:
        if draft.contact.name and not any(names.same_person(draft.contact.name, other.contact.name) for other in kept):
            kept.append(draft)
    return kept
