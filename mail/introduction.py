"""read_introduction: what a careful human reads in a mail, each value with its words, place and confidence."""

from collections.abc import Sequence
from dataclasses import replace

from mail.calibration import calibrated, sure
from mail.classify import Verdict, verdict
from mail.directory import Directory, Lesson, Partner
from mail.excerpts import Excerpt, from_header, numbered
from mail.jobs.drafts import content_words
from mail.kind import Signs, kind_of
from mail.lessons import applied, has_form, holding, kind_by_habit, unsaid, with_habit
from mail.needs import ReadNeed
from mail.parties.candidates import ReadCandidates
from mail.parties.contacts import read_contacts
from mail.parties.employers import stranger_org
from mail.parties.guess import guessed_directory
from mail.parties.receivers import receiving, taken_by
from mail.parties.roles import Mention, Party, mentions
from mail.prose.language import language_of
from mail.prose.layout import one_line
from mail.questions import asks_of
from mail.reading import Reading, read_all, signs_of
from mail.replies.verdicts import SHARED
from mail.values import Employer, Fact, Introduction, Learnt, Offer, ParsedMessage, Status, Thread
from terms.kinds import NO_REFERRAL, LessonKind, MailKind

SILENT = frozenset({"bounce", "auto_reply", "newsletter", "calendar"})
"""Verdicts of mail.classify on mails whose words are not read."""


def read_introduction(
    parsed: ParsedMessage, thread: Thread, directory: Directory | None, attached: Sequence[Excerpt] = ()
) -> Introduction:
    """The introduction of a mail; empty, of kind other, auto_reply or bounce, where it is none.

    `attached` are the words of its attachments (mail.parties.rosters.attached_texts).
    """
    return read_mail(parsed, thread, directory, attached)[0]


def read_mail(
    parsed: ParsedMessage,
    thread: Thread,
    directory: Directory | None,
    attached: Sequence[Excerpt] = (),
    judged: Verdict | None = None,
) -> tuple[Introduction, Offer | None]:
    """The introduction of a mail, and what a reply offers where it answers a call for people. `judged` is the verdict
    on the mail, where it is known already."""
    judged = judged or verdict(parsed, thread)
    lessons = directory.lessons if directory else ()
    if judged.name in SILENT and not _wanted(judged.name, lessons, parsed):
        kind, _ = kind_of(Signs(verdict=judged.name))
        return Introduction(kind=kind, language=language_of(thread.message)), None
    known = directory or Directory()
    if not known.partners:
        known = guessed_directory(parsed, thread, known.tracker)
    reading = read_all(parsed, thread, known, tuple(attached))
    sender = reading.cast.sender
    held = holding(lessons, sender.partner.name if sender.partner else "", sender.address) if lessons else ()
    reading, learnt = _without_unsaid(reading, held) if held else (reading, [])
    signs = signs_of(reading, thread, parsed, judged.name)
    kind, _ = kind_of(signs)
    kind, habits, asks = kind_by_habit(held, kind, signs, parsed.subject)
    if kind in NO_REFERRAL:
        return Introduction(kind=kind, language=reading.language, learnt=(*learnt, *habits)), reading.offer
    return with_habit(applied(_assembled(kind, reading), held), (*learnt, *habits), asks), reading.offer


def _wanted(judged: str, lessons: Sequence[Lesson], parsed: ParsedMessage) -> bool:
    """Newsletters of a sender whose mails of this form were found to be referrals are read all the same."""
    return judged == "newsletter" and any(
        lesson.kind == LessonKind.MAIL
        and lesson.value == "referral"
        and lesson.sender == parsed.sender.address
        and has_form(parsed.subject, lesson.trigger)
        for lesson in lessons
    )


def _without_unsaid(reading: Reading, held: Sequence[Lesson]) -> tuple[Reading, list[Learnt]]:
    """The reading without what stands in lines that were learnt to say nothing."""
    texts = (*reading.texts, *reading.attached)
    new, learnt = unsaid(reading.needs_new, held, texts)
    quoted, more = unsaid(reading.needs_quoted, held, texts)
    return replace(reading, needs_new=new, needs_quoted=quoted), [*learnt, *more]


def _assembled(kind: MailKind, reading: Reading) -> Introduction:
    """The introduction of a mail that is a referral, candidates, news or a request."""
    own, employer = reading.own, reading.employer
    receivers = _receivers(kind, reading)
    needs = _needs_of(kind, reading, [partner for partner, _ in receivers])
    candidates = _candidates_of(kind, reading)
    contacts, contact_facts = reading.contacts, reading.contact_facts
    if candidates is not reading.candidates:
        contacts, contact_facts = read_contacts(
            reading.texts, reading.people, reading.cast, employer, reading.form, candidates.not_candidates
        )
    status, status_facts = _status_of(kind, reading)
    referring, sender_org = _senders(kind, reading)
    facts = [*_role_facts(reading, referring, receivers), *employer.facts, *contact_facts]
    for index, need in enumerate(needs):
        facts += numbered(need.facts, f"needs[{index}]")
    facts += [*candidates.facts, *status_facts]
    named = [partner.name for partner, _ in receivers]
    sure_facts = calibrated(facts)
    asks = asks_of(
        kind,
        employer=employer.employer.name if employer.employer else "",
        employer_confidence=sure("employer.name", employer.confidence),
        rivals=employer.rivals,
        referring=referring,
        receiving=named,
        named_partners=_named_partners(reading),
        needs=[need.need for need in needs],
        contacts=contacts,
        candidates=candidates.candidates,
        facts=sure_facts,
    )
    return Introduction(
        kind=kind,
        referring_org=referring,
        receiving_orgs=tuple(named),
        other_orgs=_others(reading, {referring, sender_org, own.name if own else None, *named}),
        sender_org=sender_org,
        employer=employer.employer or (Employer() if kind is not MailKind.STATUS_UPDATE else None),
        contacts=contacts,
        needs=tuple(need.need for need in needs),
        candidates=candidates.candidates,
        status=status,
        shared_placement=bool(SHARED.search(one_line(reading.body.text))),
        language=reading.language,
        facts=sure_facts,
        questions=tuple(ask.words for ask in asks),
        asks=asks,
    )


def _candidates_of(kind: MailKind, reading: Reading) -> ReadCandidates:
    """Whom the mail offers; in an introduction only lists count, for a person of its prose is rather the employer's."""
    offers = kind is MailKind.CANDIDATE_REFERRAL or (kind is MailKind.INTRODUCTION and reading.candidates.listed)
    offers = offers or not reading.candidates.candidates
    return reading.candidates if offers else ReadCandidates()


def _receivers(kind: MailKind, reading: Reading) -> list[tuple[Partner, Party | Mention]]:
    if kind is MailKind.INTRODUCTION:
        return receiving(reading.cast, reading.texts, reading.directory, reading.own)
    if kind is MailKind.CANDIDATE_REFERRAL:
        return [(party.partner, party) for party in reading.cast.to if party.partner and party.partner != reading.own]
    return []


def _needs_of(kind: MailKind, reading: Reading, receivers: Sequence[Partner]) -> list[ReadNeed]:
    """The needs that this mail opens; a report opens none, candidates only those that the newest words name."""
    if kind is MailKind.STATUS_UPDATE:
        return []
    needs = reading.needs_new or (reading.needs_quoted if kind is not MailKind.CANDIDATE_REFERRAL else [])
    if kind is MailKind.CANDIDATE_REFERRAL:
        needs = [need for need in needs if _of_opening(need, reading)]
    if not reading.needs_new and len(needs) > 1:
        said = content_words(reading.body.text)
        needs = [need for need in needs if content_words(need.need.title) & said] or needs
    if any(_detailed(need) and _part(need) != "message" for need in needs):
        # a forwarder's "he wants joiners" only sums up
        needs = [need for need in needs if _detailed(need) or _part(need) != "message"]
    return [_received(need, reading, receivers) for need in needs]


def _detailed(need: ReadNeed) -> bool:
    return bool(need.need.openings or need.need.wage_min)


def _part(need: ReadNeed) -> str:
    return next((fact.part for fact in need.facts if fact.field == "title"), "")


def _of_opening(need: ReadNeed, reading: Reading) -> bool:
    """In a mail that offers people, a need is one with a wage, or with more openings than people are offered."""
    offered = reading.candidates
    title = next((fact for fact in need.facts if fact.field == "title"), None)
    for fact in offered.facts:
        if title is None:
            break
        text = next((t.shown for t in (*reading.texts, *reading.attached) if t.part == fact.part), "")
        between = text[fact.end : title.start] if fact.part == title.part and fact.end <= title.start else "\n\n"
        if fact.field.endswith(".name") and "\n\n" not in between:
            return False
    return bool(need.need.wage_min) or (need.need.openings or 0) > len(offered.candidates)


def _received(need: ReadNeed, reading: Reading, receivers: Sequence[Partner]) -> ReadNeed:
    """The need with the partner who is to take it: the only one, or the one whom the words give it."""
    taker = receivers[0] if len(receivers) == 1 else None
    if len(receivers) > 1:
        taker = taken_by(need.need.title, reading.texts[0], reading.cast, reading.directory, receivers)
    if taker is None:
        return need
    return replace(need, need=replace(need.need, receiving_org=taker.name))


def _status_of(kind: MailKind, reading: Reading) -> tuple[Status | None, tuple[Fact, ...]]:
    if kind is MailKind.STATUS_UPDATE:
        return reading.status.status, reading.status.facts
    return None, ()


def _senders(kind: MailKind, reading: Reading) -> tuple[str | None, str | None]:
    """(referring organisation, organisation that reports)."""
    name = reading.own.name if reading.own else None
    if kind is MailKind.STATUS_UPDATE:
        return None, name
    return name or stranger_org(reading.texts[0], reading.cast, reading.employer), None


def _role_facts(
    reading: Reading, referring: str | None, receivers: Sequence[tuple[Partner, Party | Mention]]
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


def _others(reading: Reading, taken: set[str | None]) -> tuple[str, ...]:
    """Partners of the headers that neither refer nor receive."""
    found = [party.partner.name for party in reading.cast.everyone if party.partner]
    return tuple(dict.fromkeys(name for name in found if name not in taken))


def _named_partners(reading: Reading) -> list[str]:
    found = [party.partner.name for party in reading.cast.everyone if party.partner]
    found += [mention.partner.name for mention in mentions(reading.texts[0].text, reading.directory)]
    return list(dict.fromkeys(found))
