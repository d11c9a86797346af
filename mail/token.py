"""Reply tokens: what lets an answer to one of our letters act, sealed so that nobody can make or change one.

A token names a kind, a record, a recipient and its last day, with 128 bits of HMAC-SHA-256 over the four. It says what
an answer is about and to whom we wrote; whether the sender may act is for the reader to decide (TRUST.md: level T4).
It travels in the subject, in the plus part of the reply address and in the Message-ID, because each of them is lost
somewhere: Microsoft 365 has plus addresses off by default, some relays rewrite the Message-ID, people edit subjects.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mail.values import ParsedMessage

LIFE = timedelta(days=90)
_EPOCH = date(2024, 1, 1)
_MAC_BYTES = 16
_PURPOSE = b"loopin reply token 1\0"
_TEXT = r"[a-z2-7]{34,60}"
_TAG = re.compile(rf"\[L-({_TEXT})\]", re.IGNORECASE)
_PLUS = re.compile(rf"\+l-({_TEXT})@", re.IGNORECASE)
_IDENTIFIER = re.compile(rf"<l-({_TEXT})\.", re.IGNORECASE)
_MOST_TOKENS = 20
_ADDRESSED = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")


class BadToken(ValueError):
    """No token of ours: forged, cut or changed. The message is a sentence for the coordinator."""


class ExpiredToken(BadToken):
    """Ours, but its day has passed."""


class TokenKind(StrEnum):
    """What an answer may be about; one letter, for it is part of every token."""

    REFERRAL = "r"
    SUGGESTION = "s"
    INTRODUCTION = "i"
    PLACEMENT = "p"
    THREAD = "t"


@dataclass(frozen=True, slots=True)
class Token:
    """`record` and `recipient` are row numbers, 0 to 2**63-1; the token is good up to and including `expires`."""

    kind: TokenKind
    record: int
    recipient: int
    expires: date


@dataclass(frozen=True, slots=True)
class FoundToken:
    """Something that has a token's form, not checked yet, and where it stood: "address", "thread" or "subject"."""

    text: str
    where: str


def seal(keys: Sequence[bytes], token: Token) -> str:
    """The token as 34 to 60 letters and digits, in no case sensitive. The first key seals; the others only open.

    Raises ValueError for numbers or dates that a token cannot hold.
    """
    claim = _claim(token)
    return base64.b32encode(claim + _mac(keys[0], claim)).decode().rstrip("=").lower()


def read(keys: Iterable[bytes], text: str, today: date) -> Token:
    """Open a token. Raises BadToken or ExpiredToken, each with a sentence.

    Every key is tried and every comparison takes the same time, so that the answer's delay tells nothing.
    """
    sealed = _bytes_of(text)
    claim, mac = sealed[:-_MAC_BYTES], sealed[-_MAC_BYTES:]
    good = False
    for key in keys:
        good |= hmac.compare_digest(_mac(key, claim), mac)
    if not good:
        raise BadToken("The reply code in this mail is not one of ours or was changed.")
    token = _token(claim)
    if today > token.expires:
        raise ExpiredToken(f"The reply code in this mail was good until {token.expires.isoformat()}.")
    return token


def subject_tag(text: str) -> str:
    return f"[L-{text}]"


def without_tags(subject: str) -> str:
    """A subject as people read it, without our tags."""
    return " ".join(_TAG.sub(" ", subject).split())


def reply_address(tracker: str, text: str) -> str:
    """tracker@hub.example -> tracker+l-TOKEN@hub.example; the tracker itself where that would pass RFC 5321's 64."""
    local, _, domain = tracker.partition("@")
    tagged = f"{local}+l-{text}"
    return f"{tagged}@{domain}" if len(tagged) <= 64 else tracker


def message_id(text: str, letter: str, domain: str) -> str:
    """The Message-ID of one letter: `letter` tells apart those that carry the same token."""
    return f"<l-{text}.{letter}@{domain}>"


def find_tokens(parsed: ParsedMessage, envelope_to: Iterable[str] = ()) -> tuple[FoundToken, ...]:
    """Every token in the mail's own headers, each once, best place first: address, thread, subject.

    Never in the text: what stands in quoted history was said to somebody else.
    """
    addressed = [*envelope_to, *(value for name, value in parsed.headers if name in _ADDRESSED)]
    thread = [value for name in ("in-reply-to", "references") for key, value in parsed.headers if key == name]
    found: dict[str, str] = {}
    for where, pattern, values in (
        ("address", _PLUS, addressed),
        ("thread", _IDENTIFIER, thread),
        ("subject", _TAG, [parsed.subject]),
    ):
        for value in values:
            # References grows at its end: the last one is the letter that was answered
            for text in reversed(pattern.findall(_joined(value))):
                found.setdefault(text.lower(), where)
    return tuple(FoundToken(text, where) for text, where in found.items())[:_MOST_TOKENS]


def _joined(value: str) -> str:
    """A long Message-ID may be folded inside by a careless relay; a token has no blanks of its own."""
    return re.sub(r"\s", "", value[:65536])


def _mac(key: bytes, claim: bytes) -> bytes:
    return hmac.new(key, _PURPOSE + claim, hashlib.sha256).digest()[:_MAC_BYTES]


def _claim(token: Token) -> bytes:
    days = (token.expires - _EPOCH).days
    if not 0 <= days < 1 << 16:
        raise ValueError(f"a token cannot be good until {token.expires.isoformat()}")
    return token.kind.encode() + days.to_bytes(2, "big") + _varint(token.record) + _varint(token.recipient)


def _token(claim: bytes) -> Token:
    record, rest = _number(claim[3:])
    recipient, rest = _number(rest)
    if rest:
        raise BadToken("The reply code in this mail is longer than ours are.")
    expires = _EPOCH + timedelta(days=int.from_bytes(claim[1:3], "big"))
    return Token(TokenKind(claim[:1].decode()), record, recipient, expires)


def _bytes_of(text: str) -> bytes:
    padded = text.upper() + "=" * (-len(text) % 8)
    try:
        sealed = base64.b32decode(padded)
    except ValueError:
        raise BadToken("The reply code in this mail was cut or changed.") from None
    # base 32 leaves bits over at the end: only one spelling of a token counts
    if len(sealed) < _MAC_BYTES + 5 or base64.b32encode(sealed).decode() != padded:
        raise BadToken("The reply code in this mail was cut or changed.")
    return sealed


def _varint(number: int) -> bytes:
    """Seven bits a byte, lowest first, as in protocol buffers."""
    if not 0 <= number < 1 << 63:
        raise ValueError(f"a token cannot hold the number {number}")
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _number(claim: bytes) -> tuple[int, bytes]:
    number = 0
    for position, byte in enumerate(claim[:9]):
        number |= (byte & 0x7F) << 7 * position
        if byte < 0x80:
            return number, claim[position + 1 :]
    raise BadToken("The reply code in this mail was cut.")
