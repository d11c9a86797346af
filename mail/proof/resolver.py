"""TXT records for the sender check: asked of DNS, or answered from what was asked before.

Mail is read in a child without network. So the names are collected first (`mail.sender.names_to_ask`), asked outside
(`answers`), and handed in (`from_answers`).
"""

from collections.abc import Callable, Iterable, Mapping

Resolver = Callable[[str], tuple[str, ...]]
"""TXT records of a name, each as one text; () where there are none. Raises NoAnswerNow."""

_LONGEST_RECORD = 4096


class NoAnswerNow(Exception):
    """DNS did not answer; it may later. The message is a sentence."""


def dns_resolver(nameservers: Iterable[str] = (), port: int = 53, seconds: float = 5.0) -> Resolver:
    """Ask the machine's own name servers, or those given by address. `seconds` bounds one name with all tries."""
    import dns.exception
    import dns.name
    import dns.resolver

    servers = list(nameservers)
    resolver = dns.resolver.Resolver(configure=not servers)
    resolver.lifetime = seconds
    if servers:
        resolver.nameservers, resolver.port = servers, port

    def ask(name: str) -> tuple[str, ...]:
        try:
            found = resolver.resolve(name, "TXT", search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.name.LabelTooLong, dns.name.NameTooLong):
            return ()
        except (dns.name.EmptyLabel, dns.name.BadEscape, UnicodeError):
            return ()
        except dns.exception.DNSException as error:
            raise NoAnswerNow(f"DNS gave no answer for {name}: {type(error).__name__}.") from error
        texts = (b"".join(record.strings).decode("utf-8", "replace") for record in found)
        return tuple(text for text in texts if len(text) <= _LONGEST_RECORD)

    return ask


def answers(names: Iterable[str], resolver: Resolver) -> dict[str, tuple[str, ...] | None]:
    """Each name with its TXT records; None where there was no answer."""
    found: dict[str, tuple[str, ...] | None] = {}
    for name in names:
        try:
            found[name] = resolver(name)
        except NoAnswerNow:
            found[name] = None
    return found


def from_answers(found: Mapping[str, tuple[str, ...] | None]) -> Resolver:
    """A resolver that knows only these; any other name has no answer now."""

    def look_up(name: str) -> tuple[str, ...]:
        texts = found.get(name)
        if texts is None:
            raise NoAnswerNow(f"DNS gave no answer for {name}.")
        return texts

    return look_up
