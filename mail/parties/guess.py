"""A partner directory guessed from one mail, where none was given: who forwards and who is addressed are partners."""

import re
from collections.abc import Sequence

from mail.directory import Directory, Partner
from mail.excerpts import Excerpt, excerpts
from mail.parties.employers import read_employer
from mail.parties.roles import cast, is_free
from mail.prose.organisations import domain_fit, is_role, phrases
from mail.values import Address, ParsedMessage, Thread

_TRACKER = re.compile(r"(?i)^(?:track(?:er|ing)?|referrals?|intake|log|loopin|desk|crm)\d*(?:\+|@)")


def guessed_directory(parsed: ParsedMessage, thread: Thread, tracker: frozenset[str] = frozenset()) -> Directory:
    """Partners by domain: the sender's, those addressed in a forward, those of To and Cc beside the employer's.

    Each is named by the phrase of the mail that fits its domain, else by the domain itself.
    """
    texts = excerpts(parsed, thread)
    addressed = [*parsed.to, *parsed.cc]
    trackers = tracker | {a.address for a in addressed if _TRACKER.match(a.address)}
    sender = _domain(parsed.sender)
    domains = [sender] if sender else []
    if thread.forward_kind is not None:
        inner = [_domain(turn.sender) for turn in thread.turns]
        domains += [_domain(a) for a in addressed if a.address not in trackers]
        domains += [domain for domain in inner[:-1] if domain != inner[-1]]
    else:
        known = Directory(tuple(_partner(domain, texts) for domain in domains if domain), trackers)
        employer = read_employer(texts, cast(parsed, thread, known), known)
        domains += [
            _domain(a) for a in addressed if a.address not in trackers and _domain(a) not in employer.domains[:1]
        ]
    partners = tuple(_partner(domain, texts) for domain in dict.fromkeys(domains) if domain)
    return Directory(partners, trackers)


def _domain(address: Address) -> str:
    return "" if not address.address or is_free(address.address) else address.domain


def _partner(domain: str, texts: Sequence[Excerpt]) -> Partner:
    best, name = 0.5, ""
    for excerpt in texts:
        for phrase in phrases(excerpt):
            fit = domain_fit(phrase.key, domain)
            if not is_role(phrase.words) and (fit, len(phrase.words)) > (best, len(name)):
                best, name = fit, phrase.words
    return Partner(name or domain.rpartition(".")[0].replace("-", " ").title(), domains=(domain,))
