"""The plain values that reading a mail yields: addresses, turns of a thread, facts with their words, an introduction.

Everything here is frozen and knows how to become the JSON of the contract; nothing here reads.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


class UnreadableMessage(ValueError):
    """A mail that cannot be read; the message is one sentence for the coordinator."""


@dataclass(frozen=True, slots=True)
class RawMessage:
    """A mail as a door received it, byte for byte.

    `source` says through which door and where it lay there: "imap:INBOX:UIDVALIDITY:UID", "lmtp:127.0.0.1",
    "ingest:PATH" (of an mbox "ingest:PATH#3"), "upload:NAME". `envelope_from` is None where the door does not know it
    and "" for the null return path. `whole_size` is set, in bytes, where the mail was too large to be kept whole:
    `content` then holds the headers and the first 256 kB. `arrived` is when the mailbox server took it, where a door
    knows that: what has lain there for days is old mail.
    """

    content: bytes
    source: str
    envelope_to: tuple[str, ...] = ()
    envelope_from: str | None = None
    whole_size: int | None = None
    arrived: datetime | None = None

    @property
    def oversized(self) -> bool:
        return self.whole_size is not None


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox. `address` is lower-cased and may be empty where a mail shows a name only."""

    name: str = ""
    address: str = ""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part with a file name, or one that no mail client shows inline."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ParsedMessage:
    """A mail's headers and parts, decoded within bounds, before any reading.

    `headers` holds every header once per occurrence: (lower-case name, decoded value), topmost first.
    `text` is the plain part as its author's client sent it (charset, transfer encoding and format=flowed undone);
    `html` the HTML part. `attached` are messages attached as mails (message/rfc822, .eml files), each parsed.
    """

    message_id: str
    date: str  # ISO 8601 with the offset that the mail shows, "" if absent or unreadable
    subject: str
    sender: Address  # the strict From: exactly one address, or Address() where there is none or more than one
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()
    attached: tuple["ParsedMessage", ...] = ()
    notes: tuple[str, ...] = ()  # what was cut or could not be decoded, in words
    sealed: str = ""  # one sentence for the sender where the words could not be read (encrypted, or in a portal)
    content_type: str = "text/plain"  # of the mail as a whole, lower case
    reply_to: tuple[Address, ...] = ()

    def header(self, name: str) -> str:
        """The topmost header of that name, "" if absent."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True, slots=True)
class Turn:
    """One forwarded or quoted mail inside another: its header block as far as shown, and everything below it.

    `text` is what this mail's author wrote (deeper turns and banners taken out); `body` everything below its header.
    """

    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    date: str  # ISO 8601 wall time and, where shown, offset
    date_raw: str
    body: str
    text: str
    forwarded: bool  # a forward, not the quote of a reply


@dataclass(frozen=True, slots=True)
class Thread:
    """A mail taken apart, newest words first. `turns` are outermost first."""

    message: str  # what the sender wrote above a forward or quote, without banner (signature included)
    forward_kind: str | None  # "inline", "attachment" or None
    turns: tuple[Turn, ...]
    reply_text: str  # newest words without signature
    quoted: str  # everything below the newest words of a reply
    signature: str
    text: str = ""  # the whole text that was taken apart, links unwrapped
    links: tuple[tuple[str, str], ...] = ()  # (words, address) of the HTML part's links, unwrapped
    set_aside: tuple[str, ...] = ()  # banners, disclaimers, list and device footers that nobody wrote by hand


@dataclass(frozen=True, slots=True)
class Fact:
    """A value read from the mail, the words it was read from, where they stand, and how sure the reader is.

    `field` is a path into the introduction ("needs[0].openings"); `part` is "subject", "message", "reply", "chain[0]"
    or "attachment:NAME"; `start` and `end` count characters of that part as the parse document gives it (for chain[i]
    its "body"). `confidence` is a calibrated probability.
    """

    field: str
    value: Any
    confidence: float
    part: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A person with what their header, signature or a mention says of them."""

    name: str = ""
    title: str = ""
    org: str = ""
    email: str = ""
    phones: tuple[str, ...] = ()  # E.164, without fax and switchboard numbers
    address: str = ""


@dataclass(frozen=True, slots=True)
class Employer:
    name: str = ""
    website: str = ""
    overview: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """A job order as the mail gives it; None or empty where it does not say."""

    title: str
    openings: int | None = None
    wage_min: float | None = None
    wage_max: float | None = None
    wage_unit: str | None = None  # terms.kinds.WageUnit
    location: str | None = None
    start_date: str | None = None  # ISO date
    receiving_org: str | None = None
    pathway: str | None = None  # terms.kinds.Pathway
    populations: tuple[str, ...] = ()  # terms.kinds.Population
    requirements: tuple[str, ...] = ()
    shift: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    name: str
    email: str = ""
    phones: tuple[str, ...] = ()
    source_org: str | None = None
    need: str | None = None
    consent: str | None = None  # terms.statuses.ConsentState, as the list says; None: it says nothing


@dataclass(frozen=True, slots=True)
class Offer:
    """What a reply answers to a call for people: who is offered, or that nobody is (`nobody`)."""

    candidates: tuple[Candidate, ...] = ()
    nobody: bool = False


@dataclass(frozen=True, slots=True)
class Hired:
    name: str
    need: str | None = None
    start_date: str | None = None
    wage: float | None = None
    orgs: tuple[str, ...] = ()  # organisations that the mail names as having made the placement


@dataclass(frozen=True, slots=True)
class Named:
    """A person in a status with what goes with it: a reason, days of retention, a date."""

    name: str
    reason: str | None = None
    days: int | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class OpeningsLeft:
    title: str
    openings: int


@dataclass(frozen=True, slots=True)
class Status:
    """What a reply says became of a referral. `referral` None: nothing about the referral as a whole."""

    referral: str | None = None  # acknowledged, accepted, declined, in_progress, on_hold, closed
    reason: str | None = None  # terms.statuses.DeclineReason
    reason_words: str | None = None
    resume_date: str | None = None
    outcome: str | None = None  # terms.statuses.Outcome
    interviewed: tuple[Named, ...] = ()
    hired: tuple[Hired, ...] = ()
    not_hired: tuple[Named, ...] = ()
    retained: tuple[Named, ...] = ()
    ended: tuple[Named, ...] = ()
    openings_left: tuple[OpeningsLeft, ...] = ()
    guessed: bool = False  # the step is guessed from the words as a whole: a person must say whether it is right


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to a coordinator. `field` is what its answer settles: "employer.name", "referring", "receiving",
    "need.add", "kind", "needs[0].location", or "" where a person must decide; `answers` are the likely ones, best
    first."""

    words: str
    field: str = ""
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Learnt:
    """A lesson that had a say in a value: `instead` is what the mail alone would have given, `source` who taught it.

    Where both are the same, the mail says it plainly too, and is the surer for it.
    """

    lesson: int
    field: str
    value: str | None
    instead: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a careful human reads in a mail. `kind` is one of terms.kinds.MailKind."""

    kind: str
    referring_org: str | None = None
    receiving_orgs: tuple[str, ...] = ()
    other_orgs: tuple[str, ...] = ()
    sender_org: str | None = None
    employer: Employer | None = None
    contacts: tuple[Contact, ...] = ()
    needs: tuple[Need, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    status: Status | None = None
    shared_placement: bool = False
    language: str = "en"
    facts: tuple[Fact, ...] = field(default=())
    questions: tuple[str, ...] = ()  # the words of `asks`
    asks: tuple[Ask, ...] = ()
    learnt: tuple[Learnt, ...] = ()
