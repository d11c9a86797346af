"""What the headers of a mail prove, as plain JSON: the part of judging a sender that must run inside bounds.

The DKIM body hash and the parsing are work on hostile bytes, so they are done by the child that reads mails; DNS is
asked outside of it. `inspect` first names what it must know of DNS, and is called again with the answers.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from mail.message import parse_message
from mail.proof.automatic import automatic
from mail.proof.resolver import from_answers
from mail.sender import judge, names_to_ask, raw_headers
from mail.token import find_tokens


def inspect(
    content: bytes,
    *,
    trust: str,
    own: Sequence[str] = (),
    envelope_to: Sequence[str] = (),
    envelope_from: str | None = None,
    answers: Mapping[str, Sequence[str] | None] | None = None,
) -> dict[str, Any]:
    """{"ask": [names]} where `trust` is "own" and DNS has not answered yet, else the evidence.

    `own` are the tracker's addresses; mail inside their domain's Microsoft 365 tenant bears that tenant's own mark.
    Raises UnreadableMessage.
    """
    if trust == "own" and answers is None:
        names = names_to_ask(content)
        if names:
            return {"ask": list(names)}
    known = {name: None if found is None else tuple(found) for name, found in (answers or {}).items()}
    domains = {address.rpartition("@")[2] for address in own}
    verdict = judge(content, trust=trust, resolver=from_answers(known), own_domains=domains)
    parsed = parse_message(content)
    return {
        "address": verdict.address,
        "authenticated": verdict.authenticated,
        "refused": verdict.dmarc_fail,
        "temporary": verdict.temporary,
        "reason": verdict.reason,
        "tokens": [[found.text, found.where] for found in find_tokens(parsed, envelope_to)],
        "automatic": automatic(raw_headers(content), own=own, envelope_from=envelope_from) or "",
    }
