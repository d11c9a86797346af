"""What kind of mail it is: an ordered table of named predicates, of which the first that holds decides."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from terms.kinds import MailKind


@dataclass(frozen=True, slots=True)
class Signs:
    """What was found in a mail, as far as it tells what kind it is."""

    verdict: str = "person"  # of mail.classify: person, auto_reply, bounce, newsletter, list, calendar
    text: str = ""  # the newest words with the subject
    forward: bool = False
    reply: bool = False
    sender_is_employer: bool = False
    sender_is_partner: bool = False
    needs_new: int = 0  # needs in the newest words or in a forwarded mail
    needs_detailed: int = 0  # of these, with count, wage or start
    needs_quoted: int = 0  # needs that stand only in quoted mail
    employer: bool = False
    contacts: int = 0
    body: str = ""  # the newest words alone
    candidates: int = 0
    candidates_listed: bool = False
    candidates_reachable: bool = False  # one of them with a number or an address
    people_reported: bool = False
    referral_reported: str | None = None
    openings_left: bool = False
    partners_addressed: int = 0  # partners in To, where there is none in Cc, not the sender's own
    partners_in_to: int = 0
    partners_new: int = 0  # of these, in no quoted header
    partners_named_to_take: int = 0
    employer_addressed: bool = False
    only_tracker: bool = False
    through_list: bool = False


_INTRODUCES = re.compile(
    r"(?i)\b(?:meet|introduc\w+|intro\b|connect\w*|put(?:ting)? (?:you|the two|him|her|them) (?:in touch|"
    r"together|in one)|adding|looping|loop in|bringing (?!you\b)(?:\S+ ){1,8}?in(?:to)? (?:on )?this|"
    r"copying|cc'?ing|cc'?d|in touch|hand(?:ing|ed)? (?:\w+ "
    r"){0,4}(?:over|off|to)|over to (?:you|the two)|take it from here|"
    r"should know each other|les presento|te presento|para que se conozcan|presentación|pongo en contacto|"
    r"poznajcie|łączę|przedstawiam|kontaktuję)\b"
)
_ADDS = re.compile(
    r"(?:\b(?i:adding|looping(?: in)?|bringing(?: in)?|pulling in|copying|cc'?ing|introducing|"
    r"i(?:'d| would) like to introduce|"
    r"want to bring in)) "
    r"(?:[A-ZÁÉÍÓÚÑŁŚŻ][\w'’-]+ ){1,3}(?i:from|at|of|with|here|to (?:this|the))\b"
)
_WANTS = re.compile(
    r"(?i)\b(?:hir(?:e|es|ing)|openings?|positions?|needs?|wants?|looking for|jobs?|recruit\w*|vacanc\w+|"
    r"employ(?:s|ing)?|"
    r"short[- ](?:staffed|handed|of|on|by|\d+|an?|one|two|three|four|five|six)|(?:is|are|runs?|running) short|work for|"
    r"room for|could use|would (?:take|start|train)|[’']d (?:take|start|train)|lost (?:her|his|their)|"
    r"down (?:to )?(?:\d+|two|three|four|five|six)|"
    r"contrat\w+|vacantes?|puestos?|busca\w*|necesita\w*|zatrudni\w*|szuka\w*|"
    r"potrzebuj\w*)\b"
)
_TRADE = re.compile(
    r"(?i)\b(?:invoice|overdue|remit\w*|payment|past due|collection|secure link|click here|unsubscribe|"
    r"discount|free trial|subscription|quote|limited time|"
    r"crypto|bitcoin|seo|rankings?|gift card|wire transfer|password|verify your|factura|pago|faktura|płatnoś\w+)\b"
)
_WORK = re.compile(
    r"(?i)\b(?:hir(?:e|es|ed|ing)|workers?|employees?|staff\w*|openings?|jobs?|positions?|applicants?|"
    r"candidates?|recruit\w*|people|help wanted|referr\w+|"
    r"contrat\w+|emplead[oa]s?|trabajador[ae]s?|personal|gente|puestos?|vacantes?|pracownik\w*|ludzi|"
    r"prac[ayęy]|zatrudni\w*)\b"
)
_ASKS = re.compile(
    r"(?i)\b(?:who (?:does|has|trains|teaches|can|could|runs|works|would|else|is|might|do (?:we|you))|does "
    r"(?:any|anyone|anybody|somebody)|do (?:any|we have|you know|you have)|any(?:one|body|"
    r"\s?partners?)\b[^.?!]{0,60}\?|is there (?:any|a partner|somebody|anyone)|which (?:partner|of you|"
    r"organi[sz]ation|one)|"
    r"(?:find|know|recommend|suggest|point me to|looking for) (?:\w+ ){0,3}(?:a partner|somebody|someone|"
    r"anyone|an organi[sz]ation|a (?:training )?provider|a program|who)|if (?:you|your (?:organi[sz]ation|"
    r"agency|program|center)) (?:do|has|have|can|could|does)|where (?:do|can|should) (?:i|we) (?:send|refer)|"
    r"(?:quién|quien|alguien|algún|cuál)\b|¿(?:hay|tienen|conocen|saben)|kto (?:ma|szkoli|może|prowadzi)|czy "
    r"ktoś|ktoś (?:ma|z was)|kogo (?:poleca|znacie))"
)
_EVENT = re.compile(
    r"(?i)\b(?:job fair|career fair|hiring (?:event|fair|expo)|open house|webinar|workshop|save the date|"
    r"rsvp|register(?: (?:here|now|at|by|today))?:?|networking|luncheon|roadshow|conference|agenda|minutes|"
    r"partner meeting|monthly meeting|staff meeting|weekly (?:call|meeting)|tables? (?:are|available|\$)|"
    r"feria de (?:empleo|trabajo)|reunión|taller de|inscr[íi]b\w+|targi pracy|spotkanie|zaproszenie|warsztaty)\b"
)
_FLYER = re.compile(
    r"(?i)\b(?:please (?:post|share|distribute|forward (?:this )?to|circulate)|share (?:this |it )?with your|"
    r"spread the word|flyer|save the date|rsvp|register|announc\w+|invit(?:e|ed|ation|ing)|meeting (?:moves|"
    r"moved|is)|difund\w+|compart\w+ con|proszę (?:o )?udostępni\w+)\b"
)


def _event(signs: Signs) -> bool:
    """Announces an event: words of an event, and nobody's need is passed on."""
    hits = len({match.lower() for match in _EVENT.findall(signs.text)}) + bool(_FLYER.search(signs.text))
    if signs.people_reported or signs.candidates or (signs.reply and signs.referral_reported):
        return False
    return (hits >= 2 and (not signs.needs_detailed or hits >= 4)) or (
        hits >= 1 and not signs.needs_new and not signs.reply
    )


def _reports(signs: Signs) -> bool:
    """Tells what became of a referral, in the newest words, and brings no new need or candidate."""
    if signs.forward:
        passed_on = signs.needs_detailed and signs.partners_addressed
        news = signs.people_reported or (signs.referral_reported and not signs.needs_detailed)
        return bool(news) and not passed_on and not signs.candidates
    if signs.candidates_reachable and not signs.sender_is_employer:
        return False
    if not signs.reply and signs.needs_detailed and not signs.openings_left:
        return False
    if signs.people_reported:
        return not signs.candidates_listed or signs.reply
    if signs.candidates and signs.referral_reported != "declined":
        return False
    if not (signs.referral_reported or signs.openings_left):
        return False
    return signs.reply and not _new_introduction(signs)


def _new_introduction(signs: Signs) -> bool:
    """A need goes to a partner who was not in the thread, or words of introducing bring one in."""
    if signs.people_reported or signs.openings_left or signs.candidates:
        return False
    if signs.sender_is_employer and signs.referral_reported:
        return False
    if signs.sender_is_partner and _ADDS.search(signs.body) and (signs.needs_quoted or signs.needs_new):
        return True
    if signs.needs_detailed and (signs.partners_new or not signs.referral_reported):
        return bool(signs.partners_addressed or signs.partners_named_to_take)
    return bool(signs.partners_new and _INTRODUCES.search(signs.body) and (signs.needs_quoted or signs.employer))


def _offers(signs: Signs) -> bool:
    """Offers people for a need: candidates, and no employer is introduced to a partner besides."""
    if not signs.candidates or (signs.only_tracker and not signs.candidates_listed):
        return False
    if signs.needs_detailed and signs.candidates == 1 and not signs.candidates_listed:
        return False
    introduces = signs.needs_detailed and signs.partners_in_to and (signs.employer_addressed or signs.contacts)
    return not (introduces and not signs.reply)


def _sells(signs: Signs) -> bool:
    """A bill, an offer or worse from somebody whom nobody knows."""
    if signs.sender_is_partner or signs.forward or signs.partners_addressed:
        return False
    return len({match.lower() for match in _TRADE.findall(signs.text)}) >= 2 or not _WORK.search(signs.text)


def _requests(signs: Signs) -> bool:
    """Asks who could help: a need that is sent to nobody in particular."""
    if (signs.only_tracker or signs.through_list) and signs.employer and not signs.reply and _ASKS.search(signs.body):
        return not signs.partners_named_to_take
    if not (signs.needs_new or (signs.employer and signs.needs_quoted) or (signs.employer and signs.contacts)):
        return False
    nobody = not signs.partners_addressed and not signs.partners_named_to_take
    return nobody and (bool(_ASKS.search(signs.text)) or signs.only_tracker or signs.through_list)


def _introduces(signs: Signs) -> bool:
    """Puts an employer with a need in touch with a partner."""
    receiver = bool(signs.partners_addressed or signs.partners_named_to_take)
    if signs.reply and not (signs.needs_detailed and signs.employer):
        return _new_introduction(signs)
    if signs.needs_new and (signs.employer or signs.contacts):
        return True
    if receiver and signs.employer and signs.contacts and _WANTS.search(signs.text):
        return True
    if signs.forward and receiver and signs.employer and (signs.needs_quoted or signs.contacts):
        return True
    return (
        receiver and signs.employer and bool(signs.contacts) and bool(_INTRODUCES.search(signs.body))
    ) or _new_introduction(signs)


TABLE: tuple[tuple[str, Callable[[Signs], bool], MailKind], ...] = (
    ("a mail server returns a mail", lambda signs: signs.verdict == "bounce", MailKind.BOUNCE),
    ("an automatic answer", lambda signs: signs.verdict == "auto_reply", MailKind.AUTO_REPLY),
    ("a calendar's answer", lambda signs: signs.verdict == "calendar", MailKind.OTHER),
    ("a newsletter", lambda signs: signs.verdict == "newsletter", MailKind.OTHER),
    ("a bill or an offer from a stranger", _sells, MailKind.OTHER),
    ("announces an event", _event, MailKind.OTHER),
    (
        "a need goes to a partner new in the thread",
        lambda signs: signs.reply and _new_introduction(signs),
        MailKind.INTRODUCTION,
    ),
    ("tells what became of a referral", _reports, MailKind.STATUS_UPDATE),
    ("offers candidates", _offers, MailKind.CANDIDATE_REFERRAL),
    ("asks who could help", _requests, MailKind.REQUEST),
    ("passes an employer's need on", _introduces, MailKind.INTRODUCTION),
    ("no need, no candidate, no news", lambda signs: True, MailKind.OTHER),
)
"""Ordered: the first predicate that holds names the kind."""


def kind_of(signs: Signs) -> tuple[MailKind, str]:
    """The kind of a mail and the name of the predicate that decided."""
    return next((kind, name) for name, holds, kind in TABLE if holds(signs))
