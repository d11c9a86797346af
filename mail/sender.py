"""Who really sent a mail: the strict From, and whether its domain stands behind it. The levels of trust build on this.

A mail is authenticated where DMARC passes; or, where the domain publishes no DMARC, where DKIM or SPF passes for the
same organisation. The setting says whose word on that counts: our mail server's, or our own check.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import compat32

from mail.proof.authentication import GOOGLE, NoResults, Results, results_of, server_of
from mail.proof.automatic import automatic
from mail.proof.domains import aligned, organisational_domain
from mail.proof.resolver import NoAnswerNow, Resolver
from mail.proof.signatures import key_names, policy_names, policy_of, signed_by
from mail.proof.strictfrom import NoStrictFrom, strict_from

__all__ = ["BadTrust", "Verdict", "automatic", "judge", "names_to_ask", "organisational_domain"]
__all__ += ["proposed_trust", "raw_headers", "trust_of"]

_MOST_HEADER_BYTES = 256_000


class BadTrust(ValueError):
    """A setting for trust that does not exist; the message names those that do."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a mail's sender.

    `address` and `domain` are of the strict From, "" without one (TRUST.md: T0). `dmarc_fail`: the domain disowns this
    mail (T0). `temporary`: DNS gave no answer, asking again may change the verdict. `reason` is one sentence, kept with
    the mail. `sent_by` is the address of a Sender header that differs: somebody wrote for somebody.
    """

    address: str = ""
    domain: str = ""
    authenticated: bool = False
    dmarc_fail: bool = False
    reason: str = ""
    temporary: bool = False
    sent_by: str = ""


def trust_of(setting: str) -> tuple[str, str | None]:
    """("none" | "own" | "header" | "microsoft365", the server's id for "header"). Raises BadTrust."""
    name, _, identifier = setting.strip().partition(":")
    if name == "google":
        return "header", GOOGLE
    if name == "id" and identifier.strip():
        return "header", identifier.strip()
    if name in ("own", "none", "microsoft365") and not identifier:
        return name, None
    raise BadTrust(f"{setting!r} is no source of trust: own, id:AUTHSERV-ID, microsoft365, google or none")


def judge(
    content: bytes, *, trust: str, resolver: Resolver | None = None, own_domains: Collection[str] = ()
) -> Verdict:
    """The verdict on a mail's sender. `trust` is the setting MAIL_TRUST; raises BadTrust for an unknown one.

    `resolver` is asked for "own" only; `names_to_ask` names beforehand all that it will be asked. `own_domains`: those
    of our Exchange Online tenant, whose inside mail bears Microsoft's own mark instead of results.
    """
    source, identifier = trust_of(trust)
    headers = raw_headers(content)
    try:
        address = strict_from([value for name, value in headers if name == "from"])
    except NoStrictFrom as error:
        return Verdict(reason=str(error))
    domain = address.rpartition("@")[2]
    if source == "none":
        found = Verdict(reason="Nobody's word on senders is trusted here.")
    elif source == "own":
        found = _own_check(content, headers, domain, resolver)
    elif source == "microsoft365" and _inside_tenant(headers, domain, own_domains):
        found = Verdict(authenticated=True, reason="Sent inside the own Microsoft 365 organisation.")
    else:
        found = _by_server(headers, domain, identifier)
    return Verdict(
        address,
        domain,
        found.authenticated,
        found.dmarc_fail,
        found.reason,
        found.temporary,
        _sent_by(headers, address),
    )


def proposed_trust(content: bytes) -> tuple[str, str]:
    """The setting that a mail of our own, sent to the tracker from outside, speaks for; and why, in a sentence.

    Only ever of such a test mail: what stands in anybody else's was written by anybody.
    """
    values = [value for name, value in raw_headers(content) if name == "authentication-results"]
    if not values:
        return "own", "The mail server writes no Authentication-Results: check signatures here."
    identifier = server_of(values[0])
    if identifier == GOOGLE:
        return "google", "The mail came in through Google."
    if identifier:
        return f"id:{identifier}", f"The mail server that took the mail in calls itself {identifier}."
    return "microsoft365", "The mail has the results of Exchange Online, which writes them without a name."


def names_to_ask(content: bytes) -> tuple[str, ...]:
    """The TXT names that `judge` with trust "own" may look up for this mail; none where it has no strict From."""
    headers = raw_headers(content)
    try:
        domain = strict_from([value for name, value in headers if name == "from"]).rpartition("@")[2]
    except NoStrictFrom:
        return ()
    return (*policy_names(domain), *key_names(headers, domain))


def raw_headers(content: bytes) -> list[tuple[str, str]]:
    """(lower-case name, value as it stands) of the first 256 kB of headers, topmost first.

    By the parser that also reads the mail, so that both see the same From.
    """
    beginning = content[:_MOST_HEADER_BYTES].lstrip(b"\xef\xbb\xbf\r\n")
    message = BytesParser(policy=compat32).parsebytes(beginning, headersonly=True)
    return [(name.lower(), str(value)) for name, value in message.raw_items()]


def _sent_by(headers: Sequence[tuple[str, str]], address: str) -> str:
    try:
        sender = strict_from([value for name, value in headers if name == "sender"])
    except NoStrictFrom:
        return ""
    return "" if sender == address else sender


def _by_server(headers: Sequence[tuple[str, str]], domain: str, identifier: str | None) -> Verdict:
    try:
        results = results_of(headers, identifier)
    except NoResults as error:
        return Verdict(reason=str(error))
    return _from_results(results, domain, identifier or "Exchange Online")


def _from_results(results: Results, domain: str, server: str) -> Verdict:
    """DMARC's word where there is one on this very domain; else what is aligned."""
    about = {result for result, about in results.dmarc if about == domain}
    others = {result for result, about in results.dmarc if about != domain}
    if "fail" in about | others:
        return Verdict(dmarc_fail=True, reason=f"{server} says dmarc=fail for {domain}.")
    if about == {"pass"} and not others:
        return Verdict(authenticated=True, reason=f"{server} says dmarc=pass for {domain}.")
    if about | others <= {"none", "bestguesspass"}:
        for method, domains in (("dkim", results.dkim), ("spf", results.spf)):
            passed = next((each for each in domains if aligned(each, domain)), "")
            if passed:
                return Verdict(authenticated=True, reason=f"{server} says {method}=pass for {passed}.")
    return Verdict(reason=f"{server} found nothing that vouches for {domain}.")


def _inside_tenant(headers: Sequence[tuple[str, str]], domain: str, own_domains: Collection[str]) -> bool:
    """Exchange Online takes headers of this name out of mail from outside, and gives such mail results."""
    marks = [value.strip() for name, value in headers if name == "x-ms-exchange-organization-authas"]
    results = any(name == "authentication-results" for name, _ in headers)
    return marks == ["Internal"] and not results and domain in {own.lower() for own in own_domains}


def _own_check(content: bytes, headers: Sequence[tuple[str, str]], domain: str, resolver: Resolver | None) -> Verdict:
    """DKIM and DMARC's policy. Without SPF, a domain that asks to refuse what fails is believed by signature only."""
    if resolver is None:
        raise ValueError("the own check of senders needs a resolver")
    try:
        policy = policy_of(domain, resolver)
        signer = signed_by(content, headers, domain, resolver, strict=bool(policy and policy.strict))
    except NoAnswerNow as error:
        return Verdict(reason=str(error), temporary=True)
    if signer:
        return Verdict(authenticated=True, reason=f"Its DKIM signature of {signer} is valid.")
    if policy and policy.p in ("quarantine", "reject"):
        reason = f"No valid DKIM signature of {domain}, which asks to refuse such mail (p={policy.p})."
        return Verdict(dmarc_fail=True, reason=reason)
    return Verdict(reason=f"No valid DKIM signature of {domain}.")
