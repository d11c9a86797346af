"""What a mail's headers prove of its sender: the verdict, the tokens it carries, why it must not be answered."""

from functools import cache

from mail.automatic import automatic
from mail.message import parse_message
from mail.resolver import Resolver, dns_resolver
from mail.sender import judge, raw_headers
from mail.token import find_tokens
from service.config import Settings
from service.intake import Evidence


@cache
def _resolver() -> Resolver:
    return dns_resolver()


def evidence_of(content: bytes, settings: Settings, envelope_from: str | None = None) -> Evidence:
    """Only DNS is asked, and that only where LOOPIN_MAIL_TRUST is "own". Raises UnreadableMessage."""
    resolver = _resolver() if settings.mail_trust == "own" else None
    verdict = judge(content, trust=settings.mail_trust, resolver=resolver)
    own = settings.tracker_addresses
    return Evidence(
        authenticated=verdict.authenticated,
        refused=verdict.dmarc_fail,
        reason=verdict.reason,
        tokens=find_tokens(parse_message(content)),
        automatic=automatic(raw_headers(content), own=own, envelope_from=envelope_from) or "",
    )
