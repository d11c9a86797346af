"""What our own mail server found out about a sender: the topmost Authentication-Results header, and no other.

Anybody can write such a header into a mail; the receiving server puts its own on top and takes out those that bear its
name (RFC 8601 5). So only the topmost with exactly our server's id is read. Exchange Online writes none: its form is
read by its own rules, and only where it is the topmost of all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LONGEST = 16_384
GOOGLE = "mx.google.com"
_WORD = re.compile(r"[A-Za-z0-9._@+-]{1,255}")


@dataclass(frozen=True, slots=True)
class Results:
    """`dmarc`: each result with the domain it is about; `dkim` and `spf`: the domains that passed. All lower case."""

    dmarc: tuple[tuple[str, str], ...] = ()
    dkim: tuple[str, ...] = ()
    spf: tuple[str, ...] = ()


class NoResults(Exception):
    """No header that may be believed; the message says why."""


def results_of(headers: Sequence[tuple[str, str]], authserv_id: str | None) -> Results:
    """The verdict of the server with this id; None for Exchange Online's form without id. Raises NoResults.

    `headers` are (name, raw value), topmost first.
    """
    values = [value for name, value in headers if name.lower() == "authentication-results"]
    if authserv_id is None:
        return _without_id(values)
    for value in values:
        if server_of(value) == authserv_id.lower():
            return _with_id(value)
    raise NoResults(f"No Authentication-Results of {authserv_id} in this mail.")


def server_of(value: str) -> str:
    """The server's id: the word before the first semicolon, without comment and version (RFC 8601 2.2); "" without."""
    words = _without_comments(value[:_LONGEST]).partition(";")[0].split()
    return words[0].strip('"').lower() if words and "=" not in words[0] else ""


def _with_id(value: str) -> Results:
    """Strictly by the RFC's grammar: a sender chooses some of what stands here, such as the local part of MAIL FROM."""
    import authres

    if len(value) > _LONGEST or value.count("(") > 200:
        raise NoResults("The Authentication-Results header is too long.")
    line = " ".join(value.split())
    try:
        header = authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {line}")
    except (authres.AuthResError, RecursionError, ValueError, LookupError) as error:
        raise NoResults(f"The Authentication-Results header cannot be read: {_first_words(error)}") from error
    found = []
    for result in header.results:
        properties = [(f"{each.type}.{each.name}".lower(), str(each.value)) for each in result.properties]
        found.append((str(result.method).lower(), str(result.result).lower(), properties))
    return _results(found)


def _without_id(values: Sequence[str]) -> Results:
    """Exchange Online: `spf=pass (...) smtp.mailfrom=d; dkim=pass (...) header.d=d;dmarc=pass header.from=d`."""
    if not values:
        raise NoResults("No Authentication-Results of Exchange Online: it writes none for mail inside an organisation.")
    if len(values[0]) > _LONGEST:
        raise NoResults("The Authentication-Results header is too long.")
    found = []
    for part in _without_comments(values[0]).split(";"):
        pairs = [pair.partition("=") for pair in part.split()]
        if not pairs:
            continue
        if not all(sign and _WORD.fullmatch(name) and _WORD.fullmatch(word) for name, sign, word in pairs):
            raise NoResults("The topmost Authentication-Results is not of Exchange Online's form.")
        (method, _, result), properties = pairs[0], pairs[1:]
        found.append((method.lower(), result.lower(), [(name.lower(), word) for name, _, word in properties]))
    methods = [method for method, _, _ in found]
    if len(methods) != len(set(methods)):
        raise NoResults("The topmost Authentication-Results names a method twice.")
    return _results(found)


def _results(found: list[tuple[str, str, list[tuple[str, str]]]]) -> Results:
    dmarc, dkim, spf = [], [], []
    for method, result, properties in found:
        named = dict(reversed(properties))
        if method == "dmarc":
            dmarc.append((result, named.get("header.from", "").lower()))
        elif method == "dkim" and result == "pass":
            dkim.append(named.get("header.d") or named.get("header.i", "").rpartition("@")[2])
        elif method == "spf" and result == "pass":
            spf.append(named.get("smtp.mailfrom", "").rpartition("@")[2])
    return Results(tuple(dmarc), _domains(dkim), _domains(spf))


def _domains(values: list[str]) -> tuple[str, ...]:
    return tuple(value.lower() for value in values if value)


def _without_comments(value: str) -> str:
    """Comments nest (RFC 5322 3.2.2); a quoted string may hold a bracket. One that never closes swallows the rest."""
    out, depth, quoted, escaped = [], 0, False, False
    for char in value:
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == '"' and not depth:
            quoted = not quoted
        elif not quoted and char == "(":
            depth += 1
            continue
        elif not quoted and char == ")" and depth:
            depth -= 1
            continue
        if not depth:
            out.append(char)
    return "".join(out)


def _first_words(error: Exception) -> str:
    return " ".join(str(error).split())[:120] + "."
