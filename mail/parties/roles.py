"""Who is who in a mail: each person with the partner they belong to, who refers, who receives.

A partner is known by a mailbox, by a domain that is its own, by its name in a signature where a domain is shared or
says nothing, and by its name or alias in the words.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from mail.directory import Directory, Partner
from mail.prose.names import fold, same_person, tokens
from mail.values import Address, ParsedMessage, Thread
from terms.words import FREE_MAIL_DOMAINS

_FUNCTION = re.compile(
    r"(?i)^(?:(?:no|do-?not)[._-]?reply|donotreply|info|office|admin|contact|hello|hr|humanresources|jobs?|"
    r"careers?|hiring|recruit(?:ing|ment)|hotline|"
    r"support|help|helpdesk|service|sales|billing|accounting|contabilidad|accounts?|frontdesk|frontoffice|"
    r"dispatch|mail|team|staff|notifications?|webmaster|"
    r"postmaster|mailer-daemon|news|newsletter|brief|events?|marketing|intake|referrals?|track|tracker|biz|"
    r"business|biuro|kontakt|rekrutacja|"
    r"talentprograms|talent|reception|oficina|ventas|empleos?|rh|kadry|forms?|portal|website|web)\d*$"
)
_STREET = re.compile(
    r"^\s*(?:street|st\b|avenue|ave\b|av\b|blvd|boulevard|road|rd\b|drive|dr\b|lane|ln\b|parkway|pkwy|metra|"
    r"station|stop|line|bridge|mall|plaza|corridor|neighborhood)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Party:
    """A person or mailbox of a mail's headers. `place` is "from", "to", "cc", or "chain[0].from" and so on."""

    name: str
    address: str
    place: str
    partner: Partner | None = None
    tracker: bool = False

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]

    @property
    def function(self) -> bool:
        """A mailbox of an office, not of a person."""
        return is_function(self.address)

    @property
    def stranger(self) -> bool:
        """Neither a partner nor the tracker."""
        return self.partner is None and not self.tracker and bool(self.address or self.name)


@dataclass(frozen=True, slots=True)
class Mention:
    """A partner named in a text."""

    partner: Partner
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in the headers of the mail and of the mails inside it."""

    sender: Party
    to: tuple[Party, ...]
    cc: tuple[Party, ...]
    turns: tuple[tuple[Party, tuple[Party, ...], tuple[Party, ...]], ...] = field(default=())
    through_list: bool = False

    @property
    def everyone(self) -> list[Party]:
        parties = [self.sender, *self.to, *self.cc]
        for sender, to, cc in self.turns:
            parties += [sender, *to, *cc]
        return parties

    def of_partner(self, name: str) -> Partner | None:
        """The partner whose person bears this name or first name in the headers, if there is exactly one."""
        found = {p.partner.name: p.partner for p in self.everyone if p.partner and p.name and same_person(p.name, name)}
        return next(iter(found.values())) if len(found) == 1 else None


def is_function(address: str) -> bool:
    return bool(_FUNCTION.match(address.partition("@")[0]))


def is_free(address: str) -> bool:
    """An address whose domain says nothing about its owner's organisation."""
    return address.rpartition("@")[2] in FREE_MAIL_DOMAINS


def cast(parsed: ParsedMessage, thread: Thread, directory: Directory) -> Cast:
    """Who wrote, who was addressed, in the mail and in each mail inside it, with the partner of each."""
    sender, through_list = _real_sender(parsed)
    list_id = parsed.header("list-id").lower()
    words = {sender.address: f"{thread.message}\n{thread.signature}"}
    for turn in thread.turns:
        words.setdefault(turn.sender.address, turn.text)
    everything = "\n".join(words.values())

    def party(address: Address, place: str) -> Party:
        tracker = directory.is_tracker(address.address) or _is_list(address.address, list_id)
        partner = None if tracker else _partner_of(address, words.get(address.address, ""), everything, directory)
        return Party(address.name, address.address, place, partner, tracker)

    def parties(addresses: tuple[Address, ...], place: str) -> tuple[Party, ...]:
        return tuple(party(address, place) for address in addresses)

    turns = tuple(
        (party(turn.sender, f"chain[{i}].from"), parties(turn.to, f"chain[{i}].to"), parties(turn.cc, f"chain[{i}].cc"))
        for i, turn in enumerate(thread.turns)
    )
    return Cast(party(sender, "from"), parties(parsed.to, "to"), parties(parsed.cc, "cc"), turns, through_list)


def _is_list(address: str, list_id: str) -> bool:
    """A mailing list's own address: jobs@lists.example with the List-Id <jobs.lists.example>."""
    return bool(list_id) and "@" in address and address.replace("@", ".") in list_id


def _real_sender(parsed: ParsedMessage) -> tuple[Address, bool]:
    """The person behind a list's rewritten From: the Reply-To or X-Original-From that a list leaves."""
    rewritten = re.search(r"(?i)\svia\s", parsed.sender.name) and (
        parsed.header("list-id") or parsed.header("x-original-from") or parsed.header("mailing-list")
    )
    if not rewritten:
        return parsed.sender, bool(parsed.header("list-id"))
    for name in ("x-original-from", "x-original-sender", "reply-to"):
        found = re.search(r"([\w.+-]+@[\w.-]+)", parsed.header(name))
        if found and found[1].lower() not in {address.address for address in (parsed.sender, *parsed.to)}:
            shown = re.sub(r"(?i)\s+via\s+.*$", "", parsed.sender.name).strip("'\" ")
            return Address(shown, found[1].lower()), True
    return parsed.sender, True


def _partner_of(address: Address, own_words: str, everything: str, directory: Directory) -> Partner | None:
    """By address, then by the unit in the signature or beside the name, then by any words where a domain is shared."""
    if not address.address and not address.name:
        return None
    found = directory.by_address(address.address) if address.address else ()
    if len(found) == 1:
        return found[0]
    if found:
        for text in (own_words[-600:], address.name, everything):
            named = [mention.partner for mention in mentions(text, directory) if mention.partner in found]
            if named:
                return named[-1]
        return found[0]
    if own_words and (is_free(address.address) or not address.address):
        return _signed_as(own_words, directory)
    return _signed_alone(own_words, directory) if own_words else None


def _signed_as(text: str, directory: Directory) -> Partner | None:
    """The partner that a free-mail writer signs for: named in full in the last lines of their words."""
    tail = "\n".join([line for line in text.splitlines() if line.strip()][-6:])
    named = [
        mention.partner for mention in mentions(tail, directory) if fold(mention.words) == fold(mention.partner.name)
    ]
    return named[-1] if named else None


def _signed_alone(text: str, directory: Directory) -> Partner | None:
    """The partner of a writer whose domain the directory lacks: its full name is a line of the signature, or part."""
    tail = [line for line in text.splitlines() if line.strip()][-6:]
    names = {fold(partner.name): partner for partner in directory.partners}
    pieces = [fold(piece.strip(" \t*_>,")) for line in tail[1:] for piece in (line, *_PARTED.split(line))]
    found = [names[piece] for piece in pieces if piece in names]
    return found[-1] if found else None


_PARTED = re.compile(r"[|·•,–—/]|\s-\s")
"""What parts a unit from its house on a line of a signature: "Employer Services | Hilltop Works"."""


@lru_cache(maxsize=16)
def _patterns(directory: Directory) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None, dict[str, Partner]]:
    """Names and long aliases in any case, and short aliases (acronyms, single words) only as they are spelled."""
    owners: dict[str, Partner] = {}
    loose, strict = set(), set()
    for partner in directory.partners:
        for name in (partner.name, *partner.aliases):
            name = re.sub(r"\s+", " ", name.strip())
            owners.setdefault(_key(name), partner)
            words = re.sub(r"(?i)^(?:the|la|el|los|las)\s+", "", name).split()
            (loose if len(words) > 1 and len(name) > 7 else strict).add(name)
    return _alternatives(loose, re.IGNORECASE), _alternatives(strict, re.NOFLAG), owners


def _alternatives(names: set[str], flags: re.RegexFlag) -> re.Pattern[str] | None:
    if not names:
        return None
    ordered = sorted(names, key=len, reverse=True)
    spelled = [re.escape(name).replace(r"\ ", r"\s+").replace(r"\&", "(?:&|and|y)") for name in ordered]
    return re.compile(rf"(?<![\w@.&-])(?:{'|'.join(spelled)})(?![\w@&]|-\w|\.\w)", flags)


def _key(name: str) -> str:
    return re.sub(r"\s+", " ", fold(name).replace("&", "and"))


@lru_cache(maxsize=64)
def mentions(text: str, directory: Directory) -> tuple[Mention, ...]:
    """The partners named in a text, by name or alias, in order; a street that bears a partner's name is none."""
    loose, strict, owners = _patterns(directory)
    found: list[Mention] = []
    for pattern in (loose, strict):
        for match in pattern.finditer(text) if pattern else ():
            partner = owners.get(_key(match[0]).replace(" y ", " and ")) or owners.get(_key(match[0]))
            if partner is None or _STREET.match(text[match.end() : match.end() + 20]):
                continue
            if not any(mention.start < match.end() and match.start() < mention.end for mention in found):
                found.append(Mention(partner, match.start(), match.end(), match[0]))
    return tuple(sorted(found, key=lambda mention: mention.start))


def first_names(cast: Cast) -> dict[str, Party]:
    """The folded first name of every partner's person in the headers, where one person bears it."""
    found: dict[str, list[Party]] = {}
    for party in cast.everyone:
        words = tokens(party.name)
        if words and not party.tracker:
            found.setdefault(words[0], [])
            if all(other.address != party.address for other in found[words[0]]):
                found[words[0]].append(party)
    return {name: parties[0] for name, parties in found.items() if len(parties) == 1}
