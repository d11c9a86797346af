"""read_introduction: what a careful human reads in a mail, each value with its words, place and confidence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mail import names
from mail.candidates import ReadCandidates, read_candidates
from mail.classify import verdict
from mail.contacts import read_contacts
from mail.directory import Directory, Partner
from mail.employers import ReadEmployer, employer_domains, organisation_spans, read_employer, stranger_org
from mail.excerpts import Excerpt, day_of, excerpts, from_header, numbered, readable
from mail.forms import Form, find_form
from mail.guess import guessed_directory
from mail.kind import Signs, kind_of
from mail.language import language_of
from mail.needs import ReadNeed, TextPart, read_needs
from mail.outcome import SHARED, ReadStatus, read_status
from mail.persons import Person, persons
from mail.questions import asks_of
from mail.receivers import named_to_take, receiving
from mail.roles import Cast, Mention, Party, cast, mentions
from mail.rosters import attached_texts
from mail.values import Contact, Employer, Fact, Introduction, ParsedMessage, Status, Thread
from terms.kinds import NO_REFERRAL, MailKind

_SILENT = frozenset({"bounce", "auto_reply", "newsletter", "calendar"})
_LONG_AGO = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Everything found in a mail before its kind is known."""

    texts: tuple[Excerpt, ...]
    body: Excerpt
    attached: tuple[Excerpt, ...]
    cast: Cast
    directory: Directory
    people: tuple[tuple[Excerpt, list[Person], Person], ...]
    form: Form | None
    employer: ReadEmployer
    needs_new: list[ReadNeed]
    needs_quoted: list[ReadNeed]
    candidates: ReadCandidates
    contacts: tuple[Contact, ...]
    contact_facts: tuple[Fact, ...]
    status: ReadStatus
    language: str

    @property
    def own(self) -> Partner | None:
        return self.cast.sender.partner


def read_introduction(parsed: ParsedMessage, thread: Thread, directory: Directory | None) -> Introduction:
    """The introduction of a mail; of kind other, auto_reply or bounce and empty where it is none. Never raises for its words."""
    judged = verdict(parsed, thread)
    if judged.name in _SILENT:
        kind, _ = kind_of(Signs(verdict=judged.name))
        return Introduction(kind=kind, language=language_of(thread.message))
    known = directory or Directory()
    if not known.partners:
        known = guessed_directory(parsed, thread, known.tracker)
    reading = _read(parsed, thread, known)
    kind, _ = kind_of(_signs(reading, thread, parsed, judged.name))
    if kind in NO_REFERRAL:
        return Introduction(kind=kind, language=reading.language)
    return _assembled(kind, reading)


def _read(parsed: ParsedMessage, thread: Thread, directory: Directory) -> _Reading:
    texts = excerpts(parsed, thread)
    everybody = cast(parsed, thread, directory)
    attached = attached_texts(parsed)
    body = Excerpt(
        "message", readable(thread.reply_text or thread.message), thread.message, parsed.sender, texts[0].sent
    )
    language = language_of(
        thread.message + "\n" + (thread.turns[0].text if thread.turns and thread.forward_kind else "")
    )
    form = find_form(texts)
    employer = read_employer((*texts, *attached), everybody, directory)
    domains = tuple(employer_domains(texts, everybody, directory))
    people = tuple(
        (text, *persons(text, everybody, organisation_spans(text, employer, domains, directory))) for text in texts
    )
    sent = day_of(parsed.date) or _LONG_AGO
    new, quoted = _needs(texts, attached, everybody, thread, sent, employer)
    own = everybody.sender.partner.name if everybody.sender.partner else None
    candidates = read_candidates((body,), attached, people, everybody, own, employer.domains)
    others = [candidate.name for candidate in candidates.candidates] + list(candidates.not_candidates)
    contacts, contact_facts = read_contacts(texts, people, everybody, employer, form, others)
    staff = [names.clean(party.name) for party in everybody.everyone if len(party.name.split()) > 1]
    known = _known_names(people, thread)
    titles = [need.need.title for need in quoted or new]
    named = [person.span for text, found, _ in people if text.part == "message" for person in found if not person.short]
    status = (
        read_status(body, named, known, staff, titles, language, sent, directory, own, _replies(parsed, thread))
        if thread.forward_kind is None
        else ReadStatus(Status())
    )
    return _Reading(
        texts,
        body,
        attached,
        everybody,
        directory,
        people,
        form,
        employer,
        new,
        quoted,
        candidates,
        contacts,
        contact_facts,
        status,
        language,
    )


def _needs(
    texts: Sequence[Excerpt],
    attached: Sequence[Excerpt],
    everybody: Cast,
    thread: Thread,
    sent: date,
    employer: ReadEmployer,
) -> tuple[list[ReadNeed], list[ReadNeed]]:
    """Needs of the newest words (with those of a forwarded mail), and needs that only quoted mail tells."""
    forward = thread.forward_kind is not None
    top, *below = [text for text in texts if text.part != "subject"]
    subject = next(text for text in texts if text.part == "subject")
    name = employer.employer.name if employer.employer else None
    parts = [_part(top, everybody)]
    if forward:
        parts += [_part(text, everybody) for text in below]
    replied = not forward and bool(below)
    parts += [] if replied else [TextPart("subject", subject.text)]
    parts += [*(TextPart(text.part, text.text) for text in attached)]
    new = read_needs(parts, sent=sent, employer=name)
    quoted = (
        [] if forward or not below else read_needs([_part(text, everybody) for text in below], sent=sent, employer=name)
    )
    placed = {text.part: text for text in (*texts, *attached)}
    return [_placed(need, placed) for need in new], [_placed(need, placed) for need in quoted]


def _part(text: Excerpt, everybody: Cast) -> TextPart:
    author = everybody.turns[text.depth][0] if 0 <= text.depth < len(everybody.turns) else everybody.sender
    return TextPart(text.part, text.text, text.sent, author.partner is not None)


def _placed(need: ReadNeed, texts: dict[str, Excerpt]) -> ReadNeed:
    """The need with its facts placed in the texts as the parse document shows them."""
    facts = []
    for fact in need.facts:
        text = texts.get(fact.part)
        moved = text.fact(fact.field, fact.value, fact.start, fact.end, fact.confidence) if text else fact
        facts.append(moved)
    return replace(need, facts=tuple(facts))


def _replies(parsed: ParsedMessage, thread: Thread) -> bool:
    return thread.forward_kind is None and (bool(thread.turns) or bool(parsed.header("in-reply-to")))


def _known_names(people: Sequence[tuple[Excerpt, list[Person], Person]], thread: Thread) -> list[str]:
    """Full names of quoted mail, by which first names of the newest words are resolved."""
    found = []
    for text, named, _ in people:
        if text.depth >= 0 and thread.forward_kind is None:
            found += [person.name for person in named if not person.short]
    return list(dict.fromkeys(found))


def _signs(reading: _Reading, thread: Thread, parsed: ParsedMessage, judged: str) -> Signs:
    everybody = reading.cast
    own = reading.own
    to = [party for party in everybody.to if not party.tracker]
    partners = {party.partner.name for party in to if party.partner and party.partner != own}
    below = {p.partner.name for sender, t, c in everybody.turns for p in (sender, *t, *c) if p.partner}
    detailed = [n for n in reading.needs_new if n.need.openings or n.need.wage_min or n.need.start_date]
    taking = named_to_take(reading.texts[0], everybody, reading.directory, own)
    employer_domains = set(reading.employer.domains)
    return Signs(
        verdict=judged,
        text=f"{reading.body.text}\n{parsed.subject}\n"
        + (thread.turns[0].text if thread.forward_kind and thread.turns else ""),
        forward=thread.forward_kind is not None,
        reply=_replies(parsed, thread),
        sender_is_employer=everybody.sender.stranger and everybody.sender.domain in employer_domains,
        sender_is_partner=own is not None,
        needs_new=len(reading.needs_new),
        needs_detailed=len(detailed),
        needs_quoted=len(reading.needs_quoted),
        employer=reading.employer.employer is not None,
        contacts=len(reading.contacts),
        candidates=len(reading.candidates.candidates),
        candidates_listed=reading.candidates.listed,
        candidates_reachable=any(c.phones or c.email for c in reading.candidates.candidates),
        people_reported=reading.status.people,
        referral_reported=reading.status.status.referral,
        openings_left=bool(reading.status.status.openings_left),
        partners_addressed=len(partners),
        partners_new=len(partners - below) if everybody.turns else 0,
        body=reading.body.text,
        partners_named_to_take=len(taking),
        employer_addressed=any(p.stranger and p.domain in employer_domains for p in to),
        only_tracker=not to or all(party.partner == own and own is not None for party in to),
        through_list=everybody.through_list or judged == "list",
    )


def _assembled(kind: MailKind, reading: _Reading) -> Introduction:
    """The introduction of a mail that is a referral, candidates, news or a request."""
    own, employer = reading.own, reading.employer
    receivers = _receivers(kind, reading)
    needs = _needs_of(kind, reading, [partner.name for partner, _ in receivers])
    candidates = (
        reading.candidates if kind in (MailKind.CANDIDATE_REFERRAL, MailKind.INTRODUCTION) else ReadCandidates()
    )
    status, status_facts = _status_of(kind, reading)
    referring, sender_org = _senders(kind, reading)
    facts = [*_role_facts(reading, referring, receivers), *employer.facts, *reading.contact_facts]
    for index, need in enumerate(needs):
        facts += numbered(need.facts, f"needs[{index}]")
    facts += [*candidates.facts, *status_facts]
    named = [partner.name for partner, _ in receivers]
    asks = asks_of(
        kind,
        employer=employer.employer.name if employer.employer else "",
        employer_confidence=employer.confidence,
        rivals=employer.rivals,
        referring=referring,
        receiving=named,
        named_partners=_named_partners(reading),
        needs=[need.need for need in needs],
        contacts=reading.contacts,
        candidates=candidates.candidates,
    )
    return Introduction(
        kind=kind,
        referring_org=referring,
        receiving_orgs=tuple(named),
        other_orgs=_others(reading, {referring, sender_org, own.name if own else None, *named}),
        sender_org=sender_org,
        employer=employer.employer or (Employer() if kind is not MailKind.STATUS_UPDATE else None),
        contacts=reading.contacts,
        needs=tuple(need.need for need in needs),
        candidates=candidates.candidates,
        status=status,
        shared_placement=bool(SHARED.search(reading.body.text)),
        language=reading.language,
        facts=tuple(facts),
        questions=tuple(ask.words for ask in asks),
        asks=asks,
    )


def _receivers(kind: MailKind, reading: _Reading) -> list[tuple[Partner, Party | Mention]]:
    if kind is MailKind.INTRODUCTION:
        return receiving(reading.cast, reading.texts, reading.directory, reading.own)
    if kind is MailKind.CANDIDATE_REFERRAL:
        return [(party.partner, party) for party in reading.cast.to if party.partner and party.partner != reading.own]
    return []


def _needs_of(kind: MailKind, reading: _Reading, receivers: Sequence[str]) -> list[ReadNeed]:
    """The needs that this mail opens; a report opens none, candidates only those that the newest words name."""
    if kind is MailKind.STATUS_UPDATE:
        return []
    needs = reading.needs_new or (reading.needs_quoted if kind is not MailKind.CANDIDATE_REFERRAL else [])
    kept = [need for need in needs if need.referred] or needs
    if kind is MailKind.CANDIDATE_REFERRAL:
        kept = [need for need in kept if _of_opening(need, reading)]
    return [_received(need, receivers) for need in kept]


def _of_opening(need: ReadNeed, reading: _Reading) -> bool:
    """In a mail that offers people, a need is one with a wage, or with more openings than people are offered."""
    offered = reading.candidates
    title = next((fact for fact in need.facts if fact.field == "title"), None)
    for fact in offered.facts if title else ():
        text = next((t.shown for t in (*reading.texts, *reading.attached) if t.part == fact.part), "")
        between = text[fact.end : title.start] if fact.part == title.part and fact.end <= title.start else "\n\n"
        if fact.field.endswith(".name") and "\n\n" not in between:
            return False
    return bool(need.need.wage_min) or (need.need.openings or 0) > len(offered.candidates)


def _received(need: ReadNeed, receivers: Sequence[str]) -> ReadNeed:
    if need.need.receiving_org is None and len(receivers) == 1:
        return replace(need, need=replace(need.need, receiving_org=receivers[0]))
    return need


def _status_of(kind: MailKind, reading: _Reading) -> tuple[Status | None, tuple[Fact, ...]]:
    if kind is MailKind.STATUS_UPDATE:
        return reading.status.status, reading.status.facts
    return None, ()


def _senders(kind: MailKind, reading: _Reading) -> tuple[str | None, str | None]:
    """(referring organisation, organisation that reports)."""
    name = reading.own.name if reading.own else None
    if kind is MailKind.STATUS_UPDATE:
        return None, name
    return name or stranger_org(reading.texts[0], reading.cast, reading.employer), None


def _role_facts(
    reading: _Reading, referring: str | None, receivers: Sequence[tuple[Partner, Party | Mention]]
) -> list[Fact]:
    sender = reading.cast.sender
    facts = [from_header("referring_org", referring, f"{sender.name} <{sender.address}>", 0.96)] if referring else []
    for index, (partner, where) in enumerate(receivers):
        field = f"receiving_orgs[{index}]"
        if isinstance(where, Mention):
            facts.append(reading.texts[0].fact(field, partner.name, where.start, where.end, 0.75))
        else:
            facts.append(from_header(field, partner.name, f"{where.name} <{where.address}>", 0.94))
    return facts


def _others(reading: _Reading, taken: set[str | None]) -> tuple[str, ...]:
    """Partners of the headers that neither refer nor receive."""
    found = [party.partner.name for party in reading.cast.everyone if party.partner]
    return tuple(dict.fromkeys(name for name in found if name not in taken))


def _named_partners(reading: _Reading) -> list[str]:
    found = [party.partner.name for party in reading.cast.everyone if party.partner]
    found += [mention.partner.name for mention in mentions(reading.texts[0].text, reading.directory)]
    return list(dict.fromkeys(found))
