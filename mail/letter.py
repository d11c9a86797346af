"""A letter and its bytes: threading, the marks of automatic mail, a plain and an HTML part."""

import quopri
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.generator import BytesGenerator
from email.header import Header
from email.message import Message
from email.policy import compat32
from email.utils import format_datetime
from functools import cache
from hashlib import sha256
from io import BytesIO
from typing import Any

from mail.values import Address

LOOP_HEADER = "X-Loopin-Letter"
TOKEN_HEADER = "X-Loopin-Token"  # noqa: S105
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_LONGEST_NAME = 150
_LONGEST_SUBJECT = 500
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_MESSAGE_ID = re.compile(r"<[^\s<>]{1,900}>")


class BadLetter(ValueError):
    """A letter that cannot be written; the message says which part and why."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. Automatic letters go to one recipient; one that a person sent by hand shows all parties in To and Cc.

    `text` and `html` are whole documents (html may be ""); `message_id`, `in_reply_to` and `references` are in angle
    brackets; `list_id` is a domain-like name ("referrals.hub.example"); `token` is repeated in a header of our own.
    Every header is cleaned of line breaks and other control characters here, when the letter is made.
    """

    to: tuple[Address, ...]
    subject: str
    text: str
    html: str
    message_id: str
    from_: Address
    reply_to: tuple[Address, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    cc: tuple[Address, ...] = ()
    list_id: str = ""
    automatic: bool = True
    token: str = ""
    date: datetime | None = None

    def __post_init__(self) -> None:
        for name in ("subject", "message_id", "in_reply_to", "list_id", "token"):
            object.__setattr__(self, name, clean(getattr(self, name)))
        for name in ("to", "cc", "reply_to"):
            object.__setattr__(self, name, tuple(_checked(address) for address in getattr(self, name)))
        object.__setattr__(self, "subject", self.subject[:_LONGEST_SUBJECT])
        object.__setattr__(self, "from_", _checked(self.from_))
        object.__setattr__(self, "references", tuple(clean(reference) for reference in self.references))
        if not self.to:
            raise BadLetter("A letter needs somebody to go to.")
        if self.automatic and len(self.recipients) > 1:
            raise BadLetter("An automatic letter goes to one recipient.")
        if not _MESSAGE_ID.fullmatch(self.message_id):
            raise BadLetter(f"{self.message_id!r} is no Message-ID.")

    @property
    def recipients(self) -> tuple[str, ...]:
        """The addresses of the envelope, each once."""
        return tuple(dict.fromkeys(address.address for address in (*self.to, *self.cc)))

    def to_bytes(self) -> bytes:
        """The letter as it goes on the wire: 7-bit, CRLF, lines under 998 octets (RFC 5322 2.1.1)."""
        message = Message(policy=compat32)
        for name, value in _headers(self):
            message[name] = value
        _fill(message, self)
        out = BytesIO()
        BytesGenerator(out, mangle_from_=False, policy=compat32.clone(linesep="\r\n")).flatten(message)
        return out.getvalue()


def clean(value: str) -> str:
    """A header's value in one line: CR, LF, other controls and marks that turn the writing direction become a space."""
    return _BREAKS.sub(" ", value).encode("utf-8", "replace").decode().strip()


def _checked(address: Address) -> Address:
    cleaned = replace(address, name=clean(address.name)[:_LONGEST_NAME])
    if not _ADDRESS.fullmatch(cleaned.address):
        raise BadLetter(f"{clean(address.address)!r} is no address that a letter can go to.")
    return cleaned


def _headers(letter: Letter) -> list[tuple[str, str]]:
    """In the order in which they stand; empty ones are left out."""
    rows = [
        ("Date", format_datetime(letter.date or datetime.now(UTC))),
        ("From", _addresses((letter.from_,), "From")),
        ("To", _addresses(letter.to, "To")),
        ("Cc", _addresses(letter.cc, "Cc")),
        ("Reply-To", _addresses(letter.reply_to, "Reply-To")),
        ("Subject", _encoded(letter.subject, "Subject")),
        ("Message-ID", letter.message_id),
        ("In-Reply-To", _identifiers(letter.in_reply_to)),
        ("References", _identifiers(" ".join(letter.references))),
        ("List-Id", f"<{letter.list_id}>" if letter.list_id else ""),
        (TOKEN_HEADER, letter.token),
    ]
    if letter.automatic:
        rows += [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")]
    rows.append((LOOP_HEADER, "automatic" if letter.automatic else "by hand"))
    return [(name, value) for name, value in rows if value]


def _identifiers(value: str) -> str:
    """The Message-IDs in it, one a line; only the first and the last twenty, as RFC 5537 3.4.4 trims References."""
    found = _MESSAGE_ID.findall(value)
    return "\r\n ".join(found if len(found) <= 21 else [found[0], *found[-20:]])


def _addresses(addresses: tuple[Address, ...], header: str) -> str:
    return ",\r\n ".join(_address(address, header) for address in addresses)


def _address(address: Address, header: str) -> str:
    if not address.name:
        return address.address
    if _is_plain(address.name):
        quoted = address.name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address.address}>'
    return f"{_encoded(address.name, header)} <{address.address}>"


def _encoded(value: str, header: str) -> str:
    """Folded, in RFC 2047 words where plain ASCII would not do."""
    encoding = "us-ascii" if _is_plain(value) else "utf-8"
    return Header(value, encoding, header_name=header, maxlinelen=76).encode(linesep="\r\n")


def _is_plain(value: str) -> bool:
    """ASCII that can be folded and that no reader takes for encoded words, also not inside quotes."""
    return value.isascii() and "=?" not in value and max(map(len, value.split()), default=0) < 60


def _fill(message: Message, letter: Letter) -> None:
    """Text, or both forms; the last alternative is the one that clients prefer (RFC 2046 5.1.4)."""
    message["MIME-Version"] = "1.0"
    if not letter.html:
        _write(message, letter.text, "plain")
        return
    boundary = sha256(letter.message_id.encode()).hexdigest()[:32]
    message.add_header("Content-Type", "multipart/alternative", boundary=f"=_{boundary}")
    for text, subtype in ((letter.text, "plain"), (_inliner().inline(letter.html), "html")):
        part = Message(policy=compat32)
        _write(part, text, subtype)
        message.attach(part)


def _write(part: Message, text: str, subtype: str) -> None:
    """Quoted-printable: legible in the raw, and no relay needs to wrap it, which would break a DKIM signature."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    part.add_header("Content-Type", f"text/{subtype}", charset="utf-8")
    part.add_header("Content-Transfer-Encoding", "quoted-printable")
    part.set_payload(quopri.encodestring(lines.encode("utf-8", "replace")).decode("ascii"))


@cache
def _inliner() -> Any:
    """Styles into the elements, as Outlook and Gmail want it; nothing is fetched."""
    import css_inline

    return css_inline.CSSInliner(load_remote_stylesheets=False)
