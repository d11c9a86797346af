"""The words of letters, rendered when a letter is due: what happened, who else was told, what is asked by when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mail.letter import Letter
from mail.values import Address
from service import tokens
from service.config import Settings
from service.db import settings_of
from service.folders import TEMPLATES
from service.models import (
    Employer,
    EmployerContact,
    Event,
    InboundMessage,
    Need,
    Organisation,
    OutboundLetter,
    PartnerService,
    Referral,
    Submission,
    TalentCall,
)
from service.openings import called_for
from service.spoken import money, phone

_LINK = re.compile(r"https?://[^\s<>\"]{1,500}")
SUBJECT_TAG = re.compile(r"\[L-(\d{1,9})\]")
"""The referral's number at the end of a subject: it threads an answer when every other mark was lost, and no more."""


@dataclass(frozen=True, slots=True)
class Rendered:
    subject: str
    text: str
    html: str


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / "mail"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"linked": _linked, "money": money, "phone": phone, "given": given_name}
    return environment


def _linked(text: str) -> Markup:
    """Addresses as links; everything else escaped."""
    pieces, at = [], 0
    for found in _LINK.finditer(text):
        pieces += [escape(text[at : found.start()]), Markup('<a href="{0}">{0}</a>').format(found[0])]
        at = found.end()
    return Markup("").join([*pieces, escape(text[at:])])


def render(session: Session, letter: OutboundLetter) -> Rendered:
    """Subject, text and HTML of a letter as it would go now; one that a person wrote goes in that person's words."""
    settings = settings_of(session)
    if letter.text:
        subject, text = letter.subject, letter.text
    else:
        whole = _templates().get_template(f"{letter.kind}.txt").render(_known(session, settings, letter))
        subject, _, text = whole.strip().partition("\n\n")
        subject = subject.removeprefix("Subject: ")
    if letter.referral_id is not None and not SUBJECT_TAG.search(subject):
        subject = f"{subject} [L-{letter.referral_id}]"
    html = _templates().get_template("letter.html").render(paragraphs=text.strip().split("\n\n"), subject=subject)
    return Rendered(" ".join(subject.split()), text.strip() + "\n", html)


def _known(session: Session, settings: Settings, letter: OutboundLetter) -> dict[str, Any]:
    """What a letter's template may speak of."""
    referral = session.get(Referral, letter.referral_id) if letter.referral_id else None
    message_id = letter.news.get("message")
    message = session.get(InboundMessage, message_id) if message_id else None
    events = session.scalars(select(Event).where(Event.id.in_(letter.news.get("events", []))).order_by(Event.id)).all()
    organisation = session.get(Organisation, letter.organisation_id) if letter.organisation_id else None
    call = session.get(TalentCall, letter.news["call"]) if letter.news.get("call") else None
    return {
        "letter": letter,
        "referral": referral,
        "message": message,
        "events": [(event, _said(session, event)) for event in events],
        "organisation": organisation.name if organisation else "",
        "services": organisation.services if organisation else [],
        "told": _told(session, letter, events),
        "news": letter.news,
        "call": call,
        "left": called_for(call.need) if call else None,
        "people": _people(session, letter, events),
        "sent": _sent(session, call) if call and letter.kind == "call_end" else {},
        "answer_url": tokens.answer_url(settings, letter),
        "profile_url": tokens.profile_url(settings, letter),
        "base_url": settings.base_url,
        "zone": settings.zone,
    }


def _said(session: Session, event: Event) -> str:
    """The sender's own sentence behind an event, when the mail that brought it had one."""
    return str(event.details.get("said") or "")


def _people(session: Session, letter: OutboundLetter, events: Sequence[Event]) -> dict[int, list[Submission]]:
    """For each event the people it is about, to the organisation that sent them alone."""
    found: dict[int, list[Submission]] = {}
    for event in events:
        ids = [*event.details.get("submissions", []), event.details.get("submission", 0)]
        own = (Submission.id.in_(ids), Submission.organisation_id == letter.organisation_id)
        found[event.id] = list(session.scalars(select(Submission).where(*own).order_by(Submission.id)))
    return found


def _sent(session: Session, call: TalentCall) -> dict[int, int]:
    """How many people each organisation sent to a call."""
    counted = select(Submission.organisation_id, func.count()).where(Submission.call_id == call.id)
    return dict(session.execute(counted.group_by(Submission.organisation_id)).all())


def _told(session: Session, letter: OutboundLetter, events: Sequence[Event]) -> str:
    """Who else hears of it: the organisations that get a letter about the same events."""
    if not events or letter.referral_id is None:
        return ""
    others = session.scalars(
        select(Organisation.name)
        .join(OutboundLetter, OutboundLetter.organisation_id == Organisation.id)
        .where(
            OutboundLetter.referral_id == letter.referral_id,
            OutboundLetter.kind == "news",
            OutboundLetter.event.in_([f"event:{event.id}" for event in events]),
            OutboundLetter.id != letter.id,
        )
    )
    return ", ".join(dict.fromkeys(others))


@dataclass(frozen=True, slots=True)
class Told:
    """What an introduction tells each side of the other. `openings`: the share that this partner is asked for, None
    for all; `answer_by`: when the partner should have written."""

    referral: Referral
    need: Need
    partner: Organisation
    service: PartnerService | None
    contacts: Sequence[EmployerContact]
    partner_person: str
    partner_address: str
    openings: int | None
    answer_by: datetime
    name: str
    organisation: str
    tracker: str

    @property
    def employer(self) -> str:
        return self.referral.employer.name if self.referral.employer else "the employer"

    @property
    def contact(self) -> EmployerContact | None:
        """Whom to meet at the employer: somebody with a name, with an address before one without."""
        named = [one for one in self.contacts if one.name]
        return next((one for one in named if one.email), next(iter(named), None))

    @property
    def greeted(self) -> str:
        """ "Wanda and Ivo": given names where both are known, else nobody is named."""
        there = self.contact.name if self.contact and self.contact.email else ""
        names = [given_name(one) for one in (there, self.partner_person)]
        return " and ".join(names) if all(names) else ""


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "rev", "sr", "sra", "pan", "pani"})


def given_name(name: str) -> str:
    """The first word of a full name that is no title; "" where there is none that is surely a given name."""
    words = [word for word in name.replace(",", " ").split() if word.rstrip(".").lower() not in _TITLES]
    plain = bool(words) and "," not in name and words[0].isalpha() and words[0].istitle() and len(words[0]) > 1
    return words[0] if plain else ""


def introduction_text(told: Told) -> str:
    """A three-way introduction as the best introducers write it: who is who, company overview, workforce details, who
    writes first and by when."""
    return _templates().get_template("introduction.txt").render(told=told, need=told.need, referral=told.referral)


def call_words(*, need: Need, employer: Employer | None, name: str, organisation: str, offers: bool) -> str:
    """What a talent call says of the need, for a person to edit; deadline and link are added to each letter. One that
    `offers` the opening asks for no people, and doesn't name the employer."""
    words = _templates().get_template("call_words.txt")
    return words.render(employer=employer, need=need, name=name, organisation=organisation, offers=offers).strip()


def call_preview(session: Session, call: TalentCall) -> Rendered:
    """The letter of a call that isn't written yet: the same to each partner but for the link."""
    settings = settings_of(session)
    known = {
        "call": call,
        "left": called_for(call.need),
        "zone": settings.zone,
        "answer_url": f"{settings.base_url}/answer/…",
    }
    whole = _templates().get_template("talent_call.txt").render(known).strip()
    subject, _, text = whole.partition("\n\n")
    return Rendered(f"{subject.removeprefix('Subject: ')} [L-{call.need.referral_id}]", text, "")


def to_mail(session: Session, letter: OutboundLetter) -> Letter:
    """The letter as mail: one recipient, or all parties in the open where a person sent it by hand."""
    settings, rendered = settings_of(session), render(session, letter)
    tracker = Address("", settings.from_address)
    by_hand = not letter.automatic
    name = str(letter.news.get("name") or "")
    sender = Address(f"{name} via Loopin" if name else "Loopin", settings.from_address)
    introducer = str(letter.news.get("email") or "")
    reply_to = (Address(name, introducer), tracker) if by_hand and "@" in introducer else (tracker,)
    return Letter(
        to=tuple(Address("", address) for address in (letter.recipient, *letter.also_to)),
        cc=tuple(Address("", address) for address in letter.also_cc),
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        message_id=letter.message_id,
        from_=sender,
        reply_to=reply_to,
        in_reply_to=letter.in_reply_to,
        references=(letter.in_reply_to,) if letter.in_reply_to else (),
        list_id="" if by_hand else f"loopin.{settings.from_address.rpartition('@')[2]}",
        automatic=letter.automatic,
    )
