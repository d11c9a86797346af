"""What a mail's headers prove of its sender: worked out in the bounded child; only DNS is asked out here."""

from functools import cache

from mail.proof.resolver import Resolver, answers, dns_resolver
from mail.token import FoundToken
from service.case import Evidence
from service.config import Settings
from service.reading import Reader

INSPECT = "mail.inspection:inspect"


@cache
def _resolver() -> Resolver:
    return dns_resolver()


def evidence_of(
    reader: Reader,
    content: bytes,
    settings: Settings,
    *,
    own: tuple[str, ...],
    envelope_to: list[str],
    envelope_from: str | None,
) -> Evidence:
    """The evidence, DNS asked where LOOPIN_MAIL_TRUST is "own". Raises UnreadableMessage, ReaderUnavailable."""
    known = {"trust": settings.mail_trust, "own": own, "envelope_to": envelope_to, "envelope_from": envelope_from}
    found = reader.call(INSPECT, content, **known)
    if "ask" in found:
        found = reader.call(INSPECT, content, **known, answers=answers(found["ask"], _resolver()))
    return Evidence(
        address=found["address"],
        authenticated=found["authenticated"],
        refused=found["refused"],
        temporary=found["temporary"],
        reason=found["reason"],
        tokens=tuple(FoundToken(text, where) for text, where in found["tokens"]),
        automatic=found["automatic"],
    )
