"""An introduction that was read becomes records: employer, contacts, needs, candidates, parties, questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from rapidfuzz import fuzz, utils
from sqlalchemy import select
from sqlalchemy.orm import Session

from mail.values import Contact, Introduction
from mail.values import Need as ReadNeed
from service import identities, lessons, partners, referrals, suggestions, tombstones
from service.models import (
    Candidate,
    Employer,
    EmployerContact,
    InboundMessage,
    Need,
    Organisation,
    OrganisationSign,
    Referral,
    Submission,
)
from service.workdays import iso_day
from terms.statuses import OPEN_REFERRAL, ReferralStatus

SAME_NEED = 85  # token_set_ratio of two titles, 0 to 100
SAME_INTRODUCTION = timedelta(days=21)
"""Two organisations that introduce one employer with a like need within three weeks tell of the same introduction."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The referral that an introduction became or joined."""

    referral: Referral
    new: bool


@dataclass(frozen=True, slots=True)
class Home:
    """Where an introduction belongs: its employer, and the referral that is known of it already."""

    employer: Employer | None
    referral: Referral | None


def home_of(session: Session, message: InboundMessage, said: Introduction, thread: Referral | None) -> Home:
    """Its thread, else the same introduction by another organisation, else a referral of its own."""
    employer = _employer(session, message, said)
    return Home(employer, thread or _same_introduction(session, message, said, employer))


def record(
    session: Session, message: InboundMessage, said: Introduction, sender_id: int | None, home: Home
) -> Recorded:
    """Make a referral of it, or join it to the one that is known."""
    employer, known = home.employer, home.referral
    referral = known or _new(session, message, said, employer)
    if referral.employer is None and employer is not None:
        referral.employer = employer
    _add_contacts(session, referral.employer, said.contacts)
    add_needs(session, referral, said.needs, sender_id)
    _add_parties(session, referral, said, sender_id)
    add_candidates(session, referral, message, said, sender_id)
    session.flush()
    return Recorded(referral, new=known is None)


def _new(session: Session, message: InboundMessage, said: Introduction, employer: Employer | None) -> Referral:
    referral = Referral(
        kind=said.kind,
        status=str(ReferralStatus.DRAFT),
        subject=message.subject[:500],
        employer=employer,
        first_message_id=message.id,
        private=message.private,
        collaboration="shared placement" if said.shared_placement else "",
    )
    session.add(referral)
    session.flush()
    return referral


def _employer(session: Session, message: InboundMessage, said: Introduction) -> Employer | None:
    if said.employer is None or not said.employer.name:
        return None
    emails = [contact.email for contact in said.contacts if contact.email]
    mention = Employer(
        name=said.employer.name[:300],
        aliases=[],
        domains=_not_of_partners(session, identities.own_domains([*emails, *_domain_of(said.employer.website)])),
        phones=list(dict.fromkeys(phone for contact in said.contacts for phone in contact.phones)),
        website=said.employer.website,
        overview=said.employer.overview,
        first_message_id=message.id,
    )
    resolved = identities.resolve(session, mention).record
    assert isinstance(resolved, Employer)
    return resolved


def _domain_of(website: str) -> list[str]:
    host = website.partition("://")[2] or website
    return [f"@{host.split('/')[0].removeprefix('www.')}"] if host else []


def _not_of_partners(session: Session, domains: list[str]) -> list[str]:
    """A partner's own domain never identifies an employer."""
    taken = set(
        session.scalars(
            select(OrganisationSign.value).where(OrganisationSign.kind == "domain", OrganisationSign.value.in_(domains))
        )
    )
    return [domain for domain in domains if domain not in taken]


def _same_introduction(
    session: Session, message: InboundMessage, said: Introduction, employer: Employer | None
) -> Referral | None:
    """An open referral for the same employer with a like need, from about the same time."""
    if employer is None or employer.id is None:
        return None
    recent = session.scalars(
        select(Referral)
        .where(
            Referral.employer_id == employer.id,
            Referral.status.in_([*OPEN_REFERRAL, ReferralStatus.DRAFT, ReferralStatus.NO_ANSWER_SEEN]),
        )
        .order_by(Referral.id.desc())
        .limit(20)
    )
    for referral in recent:
        if _about_the_same_time(session, referral, message) and _alike(referral.needs, said):
            return referral
    return None


def _about_the_same_time(session: Session, referral: Referral, message: InboundMessage) -> bool:
    first = session.get(InboundMessage, referral.first_message_id) if referral.first_message_id else None
    began = first.sent_at if first else referral.introduced_at
    return began is not None and message.sent_at is not None and abs(began - message.sent_at) <= SAME_INTRODUCTION


def _alike(known: Iterable[Need], said: Introduction) -> bool:
    """Candidates sent to an employer belong to its open referral; an introduction must share a need with it."""
    if said.kind == "candidate_referral" or not said.needs:
        return True
    return any(same_title(need.title, read.title) for need in known for read in said.needs)


def same_title(one: str, other: str) -> bool:
    return fuzz.token_set_ratio(one, other, processor=utils.default_process) >= SAME_NEED


def _add_contacts(session: Session, employer: Employer | None, contacts: Iterable[Contact]) -> None:
    if employer is None:
        return
    for contact in contacts:
        known = next((row for row in employer.contacts if _same_contact(row, contact)), None)
        if known is None and _was_erased(session, employer, contact):
            continue
        if known is None:
            known = EmployerContact(name=contact.name, title="", email="", phones=[])
            employer.contacts.append(known)
        known.name = known.name if len(known.name) >= len(contact.name) else contact.name
        known.title = contact.title or known.title
        known.email = known.email or contact.email
        known.phones = list(dict.fromkeys((*known.phones, *contact.phones)))
    session.flush()


def _was_erased(session: Session, employer: Employer, contact: Contact) -> bool:
    mention = EmployerContact(
        employer_id=employer.id, name=contact.name, email=contact.email or "", phones=list(contact.phones)
    )
    return tombstones.is_erased(session, mention)


def _same_contact(row: EmployerContact, contact: Contact) -> bool:
    if row.email and contact.email:
        return row.email.casefold() == contact.email.casefold()
    return bool(row.name) and fuzz.token_set_ratio(row.name, contact.name, processor=utils.default_process) >= 95


def add_needs(session: Session, referral: Referral, needs: Iterable[ReadNeed], organisation_id: int | None) -> None:
    """New needs are added; what a later mail says of a known one fills gaps and, being newer, changes openings."""
    for read in needs:
        known = next((need for need in referral.needs if same_title(need.title, read.title)), None)
        if known is None:
            referral.needs.append(_need(session, read, organisation_id))
            continue
        if read.openings is not None and read.openings != known.openings:
            filled = (known.openings or 0) - (known.left if known.left is not None else known.openings or 0)
            known.openings, known.left = read.openings, max(0, read.openings - filled)
        for field in ("wage_min", "wage_max", "wage_unit", "location", "pathway", "shift"):
            setattr(known, field, getattr(known, field) or getattr(read, field))
        known.start_on = known.start_on or iso_day(read.start_date)
        known.populations = list(dict.fromkeys((*known.populations, *read.populations)))
    session.flush()


def _need(session: Session, read: ReadNeed, organisation_id: int | None) -> Need:
    receiving = partners.by_name(session, read.receiving_org)
    need = Need(
        title=read.title[:200],
        openings=read.openings,
        left=read.openings,
        wage_min=read.wage_min,
        wage_max=read.wage_max if read.wage_max is not None else read.wage_min,
        wage_unit=read.wage_unit,
        location=read.location,
        start_on=iso_day(read.start_date),
        pathway=read.pathway,
        shift=read.shift,
        populations=list(read.populations),
        requirements=list(read.requirements),
        receiving_id=receiving.id if receiving else None,
    )
    give_occupation(session, need, organisation_id)
    return need


def give_occupation(session: Session, need: Need, organisation_id: int | None) -> None:
    """The occupation of a need by its title: as somebody of the organisation said it, else as the coder finds it."""
    coder = suggestions.coder(session)
    lesson = lessons.occupation(session, organisation_id, need.title)
    best = next(iter(coder.code(need.title, limit=1)), None) if lesson is None else None
    need.occupation_code = lesson.code if lesson else best.code if best else ""
    need.occupation_title = coder.title_of(need.occupation_code) if need.occupation_code else ""
    need.occupation_confidence = 1.0 if lesson else round(best.confidence, 3) if best else None


def _add_parties(session: Session, referral: Referral, said: Introduction, sender_id: int | None) -> None:
    referring = partners.by_name(session, said.referring_org)
    referring_id = referring.id if referring else sender_id
    roles: list[tuple[int | None, str]] = [(referring_id, "referring")]
    roles += [(_id(partners.by_name(session, name)), "receiving") for name in said.receiving_orgs]
    roles += [(_id(partners.by_name(session, name)), "copied") for name in said.other_orgs]
    taking_part = {party.organisation_id for party in referral.parties}
    for organisation_id, role in roles:
        if organisation_id is None or (role == "copied" and organisation_id in taking_part):
            continue
        if role == "referring" and any(
            party.organisation_id == organisation_id and party.role == "receiving" for party in referral.parties
        ):
            continue  # who was asked and now passes names on is no second referrer
        referrals.join(session, referral, organisation_id, role)
        taking_part.add(organisation_id)


def _id(organisation: Organisation | None) -> int | None:
    return organisation.id if organisation else None


def add_candidates(
    session: Session, referral: Referral, message: InboundMessage, said: Introduction, sender_id: int | None
) -> None:
    """Each candidate as its organisation knows them, submitted to the referral once."""
    for read in said.candidates:
        organisation = partners.by_name(session, read.source_org)
        organisation_id = organisation.id if organisation else sender_id
        candidate = candidate_of(session, read.name, read.email, read.phones, organisation_id, message.id)
        learn_work(candidate, read.need)
        need = next((need for need in referral.needs if read.need and same_title(need.title, read.need)), None)
        submit(session, referral, candidate, need or _only(referral.needs), organisation_id, message.id)


def _only(needs: list[Need]) -> Need | None:
    return needs[0] if len(needs) == 1 else None


def candidate_of(
    session: Session,
    name: str,
    email: str,
    phones: Iterable[str],
    organisation_id: int | None,
    message_id: int | None,
) -> Candidate:
    """The candidate that this organisation means, known or new."""
    words = name.split()
    mention = Candidate(
        name=name[:200],
        given_name=" ".join(words[:1]),
        family_name=" ".join(words[1:]),
        emails=[email.lower()] if email else [],
        phones=list(phones),
        organisation_id=organisation_id,
        first_message_id=message_id,
    )
    resolved = identities.resolve(session, mention).record
    assert isinstance(resolved, Candidate)
    return resolved


def learn_work(candidate: Candidate, title: str | None) -> None:
    """A job that a list names beside a person is work that they seek."""
    words = " ".join((title or "").split())[:120]
    if words and words.casefold() not in {known.casefold() for known in candidate.work}:
        candidate.work = [*candidate.work, words][-20:]


def submit(
    session: Session,
    referral: Referral,
    candidate: Candidate,
    need: Need | None,
    organisation_id: int | None,
    message_id: int | None,
) -> Submission:
    known = session.scalar(
        select(Submission).where(Submission.referral_id == referral.id, Submission.candidate_id == candidate.id)
    )
    if known is not None:
        known.need_id = known.need_id or (need.id if need else None)
        return known
    submission = Submission(
        referral_id=referral.id,
        candidate_id=candidate.id,
        need_id=need.id if need else None,
        organisation_id=organisation_id,
        message_id=message_id,
    )
    session.add(submission)
    session.flush()
    return submission
