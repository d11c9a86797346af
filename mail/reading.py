"""Everything found in a mail before its kind is known: people, employer, needs, candidates, news."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mail.directory import Directory, Partner
from mail.excerpts import Excerpt, day_of, excerpts, readable, written_text
from mail.kind import Signs
from mail.needs import ReadNeed, TextPart, read_needs
from mail.offers import offer_of
from mail.outcome import ReadStatus, read_status
from mail.parties.candidates import ReadCandidates, read_candidates
from mail.parties.contacts import read_contacts
from mail.parties.employers import ReadEmployer, employer_domains, organisation_spans, read_employer
from mail.parties.forms import Form, find_form
from mail.parties.persons import Person, persons
from mail.parties.receivers import named_to_take
from mail.parties.roles import Cast, Party, cast
from mail.prose import names
from mail.prose.language import language_of
from mail.prose.layout import one_line
from mail.replies.asked import questions
from mail.replies.report import Report, takes_a_job
from mail.values import Candidate, Contact, Fact, Offer, ParsedMessage, Thread

_LONG_AGO = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Reading:
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
    offer: Offer | None = None  # what it answers where it may answer a call for people

    @property
    def own(self) -> Partner | None:
        return self.cast.sender.partner


def read_all(
    parsed: ParsedMessage, thread: Thread, directory: Directory, attached: tuple[Excerpt, ...] = ()
) -> Reading:
    """Read every part of a mail for every value, whatever it will turn out to be."""
    texts = excerpts(parsed, thread)
    everybody = cast(parsed, thread, directory)
    written = readable(written_text(thread, parsed.sender))
    body = Excerpt("message", written, thread.message, parsed.sender, texts[0].sent)
    spoken = thread.turns[0].text if thread.turns and thread.forward_kind else ""
    language = language_of(f"{thread.message}\n{spoken}")
    form = find_form(texts)
    employer = read_employer((*texts, *attached), everybody, directory)
    people = _people(texts, everybody, employer, directory)
    sent = day_of(parsed.date) or _LONG_AGO
    new, quoted = _needs(texts, attached, everybody, thread, sent, employer, directory)
    own = everybody.sender.partner.name if everybody.sender.partner else None
    candidates = read_candidates((body,), attached, people, everybody, own, employer.domains)
    others = [candidate.name for candidate in candidates.candidates] + list(candidates.not_candidates)
    contacts, contact_facts = read_contacts(texts, people, everybody, employer, form, others)
    titles = tuple(need.need.title for need in quoted or new)
    status = _reported(body, texts, people, everybody, parsed, thread, titles, language, directory)
    offered = offer_of(body, attached, people, everybody, own, status.status) if replies(parsed, thread) else None
    return Reading(
        texts, body, attached, everybody, directory, people, form, employer,
        new, quoted, candidates, contacts, contact_facts, status, language, offered,
    )  # fmt: skip


def _people(
    texts: Sequence[Excerpt], everybody: Cast, employer: ReadEmployer, directory: Directory
) -> tuple[tuple[Excerpt, list[Person], Person], ...]:
    """For each text the people named in it and its author."""
    domains = tuple(employer_domains(texts, everybody, directory))
    return tuple(
        (text, *persons(text, everybody, organisation_spans(text, employer, domains, directory))) for text in texts
    )


def _needs(
    texts: Sequence[Excerpt],
    attached: Sequence[Excerpt],
    everybody: Cast,
    thread: Thread,
    sent: date,
    employer: ReadEmployer,
    directory: Directory,
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
    new = read_needs(parts, sent=sent, employer=name, directory=directory)
    quoted = (
        []
        if forward or not below
        else read_needs([_part(text, everybody) for text in below], sent=sent, employer=name, directory=directory)
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


def replies(parsed: ParsedMessage, thread: Thread) -> bool:
    """Whether the mail answers one: it quotes, or says so in its headers or, for want of these, in its subject."""
    answers = bool(thread.turns) or bool(parsed.header("in-reply-to")) or bool(_ANSWERS.match(parsed.subject))
    return thread.forward_kind is None and answers


_ANSWERS = re.compile(r"(?i)\s*(?:re|aw|odp|sv|antw)\s?(?:\[\d+\])?:")


def _reported(
    body: Excerpt,
    texts: Sequence[Excerpt],
    people: Sequence[tuple[Excerpt, list[Person], Person]],
    everybody: Cast,
    parsed: ParsedMessage,
    thread: Thread,
    titles: tuple[str, ...],
    language: str,
    directory: Directory,
) -> ReadStatus:
    """What the newest words report; where a forward says nothing itself, what the forwarded mail reports."""
    titled = [person.name for _, named, _ in people for person in named if person.title and not _got(person)]
    headed = [names.clean(party.name) for party in everybody.everyone if len(party.name.split()) > 1]
    staff = tuple(dict.fromkeys([*headed, *titled]))
    forward = thread.forward_kind is not None
    known = () if forward else _known(people, 0)
    own = everybody.sender.partner.name if everybody.sender.partner else None
    sent = body.sent or _LONG_AGO
    asked = questions(thread.text) if thread.turns and not forward else ()
    report = Report(
        body, _named(people, "message"), known, staff, titles, language, sent, own, replies(parsed, thread), asked
    )
    found = read_status(report, directory)
    below = [text for text in texts if text.depth == 0]
    if not forward or found.said or not below or not everybody.turns:
        return found
    first = everybody.turns[0][0]
    words = Excerpt("chain[0]", below[0].text[: below[0].signed], below[0].shown, below[0].sender, below[0].sent, 0)
    author = first.partner.name if first.partner else None
    answer = len(thread.turns) > 1 or thread.turns[0].subject.lower().startswith(
        ("re:", "aw:", "odp:", "rv: re", "re :")
    )
    told = Report(
        words, _named(people, "chain[0]"), _known(people, 1), staff, (), language, below[0].sent or sent, author, answer
    )
    return read_status(told, directory)


def _named(people: Sequence[tuple[Excerpt, list[Person], Person]], part: str) -> tuple[names.NameSpan, ...]:
    """The full names of a text, but for those whose position or address it gives: nobody reports on a contact."""
    found = [person for text, named, _ in people if text.part == part for person in named]
    staff = (person for person in found if person.emails or (person.title and not _got(person)))
    apart = {person.span for person in staff}
    return tuple(person.span for person in found if not person.short and person.span not in apart)


def _got(person: Person) -> bool:
    return takes_a_job(person.excerpt.text, person.span.start, person.span.end)


def _known(people: Sequence[tuple[Excerpt, list[Person], Person]], depth: int) -> tuple[str, ...]:
    """Full names of quoted mail, by which first names of newer words are resolved."""
    found = [person.name for text, named, _ in people if text.depth >= depth for person in named if not person.short]
    return tuple(dict.fromkeys(found))


def _partners(parties: Sequence[Party], own: Partner | None) -> set[str]:
    return {party.partner.name for party in parties if party.partner and party.partner != own}


def _step_reported(reading: Reading, offered: Sequence[Candidate]) -> str | None:
    """The step of the referral that the mail tells of. A guessed one counts only where nothing else is told, and where
    there is something that it may be about."""
    status = reading.status.status
    told = reading.needs_new or offered or status.openings_left
    about = reading.needs_quoted or reading.employer.employer is not None
    return None if status.guessed and (told or not about) else status.referral


def _offered(reading: Reading) -> list[Candidate]:
    """The candidates but for those of whom the mail reports, unless it says how they are reached."""
    status = reading.status.status
    told = (*status.hired, *status.not_hired, *status.interviewed, *status.retained, *status.ended)
    reported = {names.fold(person.name) for person in told}
    found = reading.candidates.candidates
    return [one for one in found if one.phones or one.email or names.fold(one.name) not in reported]


def signs_of(reading: Reading, thread: Thread, parsed: ParsedMessage, judged: str) -> Signs:
    """What the reading tells of the mail's kind."""
    everybody = reading.cast
    own = reading.own
    to = [party for party in everybody.to if not party.tracker]
    partners = _partners(everybody.to, own) or _partners(everybody.cc, own)
    below = {p.partner.name for sender, t, c in everybody.turns for p in (sender, *t, *c) if p.partner}
    detailed = [n for n in reading.needs_new if n.need.openings or n.need.wage_min or n.need.start_date]
    taking = named_to_take(reading.texts[0], everybody, reading.directory, own)
    employer_domains = set(reading.employer.domains)
    offered = _offered(reading)
    forwarded = thread.turns[0].text if thread.forward_kind and thread.turns else ""
    return Signs(
        verdict=judged,
        text=one_line(f"{reading.body.text}\n{parsed.subject}\n{forwarded}"),
        forward=thread.forward_kind is not None,
        reply=replies(parsed, thread),
        sender_is_employer=everybody.sender.stranger and everybody.sender.domain in employer_domains,
        sender_is_partner=own is not None,
        needs_new=len(reading.needs_new),
        needs_detailed=len(detailed),
        needs_quoted=len(reading.needs_quoted),
        employer=reading.employer.employer is not None,
        contacts=len(reading.contacts) + bool(reading.employer.domains),
        candidates=len(offered),
        candidates_listed=reading.candidates.listed and bool(offered),
        candidates_reachable=any(c.phones or c.email for c in offered),
        people_reported=reading.status.people,
        referral_reported=_step_reported(reading, offered),
        openings_left=bool(reading.status.status.openings_left),
        partners_addressed=len(partners),
        partners_in_to=len(_partners(everybody.to, own)),
        partners_new=len(partners - below) if everybody.turns else 0,
        body=one_line(reading.body.text),
        partners_named_to_take=len(taking),
        employer_addressed=any(p.stranger and p.domain in employer_domains for p in to),
        only_tracker=all(party.address == everybody.sender.address for party in to),
        through_list=everybody.through_list or judged == "list",
    )
