"""Our own look at a mail's DKIM signatures and at its domain's DMARC policy (RFC 6376, RFC 7489).

SPF is not checked here: it asks for the address of the machine that gave us the mail, which a mailbox does not tell.
"""

import base64
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mail.proof.bodyhash import body_hash
from mail.proof.domains import aligned, organisational_domain
from mail.proof.resolver import NoAnswerNow, Resolver

_MOST_SIGNATURES = 5
_LONGEST_SIGNATURE = 4_096
_LONG_FOLD = re.compile(r"\s{40}")  # dkimpy's own patterns take quadratic time on blanks
_MOST_HEADERS = 1_000
_LONGEST_KEY = 2_048  # characters; a key of 8,192 bits has 1,416. A longer one would cost minutes of arithmetic
_TAG = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]{0,20})\s*=([^;]*)(?:;|$)")
_LABELS = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]{0,250}[A-Za-z0-9_])?")
_HEADER_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Policy:
    """What a domain asks of receivers: `p` none, quarantine or reject; `strict`: only DKIM of exactly that domain."""

    p: str
    strict: bool


@dataclass(frozen=True, slots=True)
class _Signature:
    position: int  # among all DKIM-Signature headers, topmost 0
    domain: str
    selector: str
    relaxed_body: bool

    @property
    def key_name(self) -> str:
        return f"{self.selector}._domainkey.{self.domain}"


def key_names(headers: Sequence[tuple[str, str]], domain: str) -> tuple[str, ...]:
    """The names of the DKIM keys that could speak for this domain."""
    return tuple(dict.fromkeys(signature.key_name for signature in _signatures(headers, domain)))


def policy_names(domain: str) -> tuple[str, ...]:
    """Where a domain's DMARC policy may be: its own name, then its organisation's."""
    return tuple(dict.fromkeys(f"_dmarc.{name}" for name in (domain, organisational_domain(domain))))


def policy_of(domain: str, resolver: Resolver) -> Policy | None:
    """None where the domain publishes no DMARC. Raises NoAnswerNow."""
    for name in policy_names(domain):
        records = [text for text in resolver(name) if re.match(r"v\s*=\s*DMARC1\s*(;|$)", text)]
        if len(records) == 1:
            tags = _tags(records[0])
            inherited = name != f"_dmarc.{domain}"
            p = tags.get("sp", tags.get("p", "none")) if inherited else tags.get("p", "none")
            return Policy(p.lower(), tags.get("adkim", "r").lower() == "s")
    return None


def signed_by(
    content: bytes, headers: Sequence[tuple[str, str]], domain: str, resolver: Resolver, *, strict: bool
) -> str | None:
    """The domain of a valid signature that speaks for `domain`, None without one.

    A signature that leaves out part of the body (l=), is made with SHA-1, or with a key in test mode, counts as none.
    Raises NoAnswerNow where no signature is valid and the key of one could not be had.
    """
    unanswered: NoAnswerNow | None = None
    if len(headers) > _MOST_HEADERS:
        return None
    for signature in _signatures(headers, domain):
        if not aligned(signature.domain, domain, strict=strict):
            continue
        try:
            key = _usable_key(resolver(signature.key_name))
        except NoAnswerNow as error:
            unanswered = error
            continue
        if key and _verify(content, signature, key):
            return signature.domain
    if unanswered:
        raise unanswered
    return None


def _signatures(headers: Sequence[tuple[str, str]], domain: str) -> Iterator[_Signature]:
    """The first few that could speak for the domain and sign what they must."""
    values = [value for name, value in headers if name.lower() == "dkim-signature"]
    found = (_signature(position, value) for position, value in enumerate(values))
    usable = [each for each in found if each and aligned(each.domain, domain)]
    yield from usable[:_MOST_SIGNATURES]


def _signature(position: int, value: str) -> _Signature | None:
    if len(value) > _LONGEST_SIGNATURE or not value.isascii() or _LONG_FOLD.search(value):
        return None
    tags = _tags(value)
    signed = {name.strip().lower() for name in tags.get("h", "").split(":")}
    domain, selector = tags.get("d", "").lower(), tags.get("s", "")
    if not _LABELS.fullmatch(domain) or not _LABELS.fullmatch(selector):
        return None
    if "l" in tags or "from" not in signed or tags.get("a", "").lower() not in ("rsa-sha256", "ed25519-sha256"):
        return None
    body = tags.get("c", "simple").lower().partition("/")[2]
    return _Signature(position, domain, selector, body.strip() == "relaxed")


def _tags(value: str) -> dict[str, str]:
    """tag=value; ... with blanks around each taken off."""
    return {match[1]: match[2].strip() for match in _TAG.finditer(" ".join(value.split()))}


def _usable_key(records: Sequence[str]) -> str | None:
    """The one key record, unless it is revoked, in test mode (RFC 6376 3.6.1: as good as unsigned) or monstrous."""
    if len(records) != 1 or len(records[0]) > _LONGEST_KEY:
        return None
    tags = _tags(records[0])
    flags = {flag.strip() for flag in tags.get("t", "").split(":")}
    return records[0] if tags.get("p") and "y" not in flags else None


def _verify(content: bytes, signature: _Signature, key: str) -> bool:
    """dkimpy checks the header's signature, we the body's hash."""
    import dkim

    end = _HEADER_END.search(content)
    head, body = (content[: end.start()], end.end()) if end else (content, len(content))
    answer: Callable[..., bytes] = lambda name, timeout=5: key.encode()  # noqa: E731
    try:
        checked = dkim.DKIM(head + b"\r\n\r\n", minkey=1024)
        tags, signed, all_signatures = checked.verify_headerprep(signature.position)
        claimed = base64.b64decode(re.sub(rb"\s+", b"", tags.pop(b"bh")))  # without it dkimpy leaves the body alone
        good = checked.verify_sig(tags, signed, all_signatures[signature.position], answer)
    except (dkim.DKIMException, ValueError, LookupError, TypeError, ArithmeticError, NameError):
        # what dkimpy raises on signatures and keys that are malformed, beside its own
        return False
    return bool(good) and claimed == body_hash(content, body, relaxed=signature.relaxed_body)
