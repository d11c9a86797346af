"""The strict From: one address that is what it shows, read before any encoded word is decoded (RFC 5322 3.6.2)."""

import re
from dataclasses import dataclass, field

from mail.mime.charsets import decode_header
from mail.proof.domains import aligned

_LONGEST = 2_000
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_SPEC = re.compile(rf"{_ATOM}(?:\.{_ATOM}){{0,31}}@{_LABEL}(?:\.{_LABEL}){{1,30}}")
_SHOWN = re.compile(r"[\w.+'-]{1,64}\s?[@\uff20\ufe6b]\s?([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class NoStrictFrom(ValueError):
    """The mail does not say, in one way only, who sent it. The message is a sentence for the coordinator."""


@dataclass(slots=True)
class _Pieces:
    """What stands outside quotes and comments, inside angle brackets, and as a name to be read by people."""

    bare: list[str] = field(default_factory=list)
    angle: list[str] | None = None
    shown: list[str] = field(default_factory=list)


def strict_from(values: list[str]) -> str:
    """The address, lower case, of the raw values of all From headers. Raises NoStrictFrom.

    No list, no group, no comment or quote inside the address, ASCII only; and a name that shows an address of another
    organisation is refused: people read the name.
    """
    if len(values) != 1:
        raise NoStrictFrom("The mail has no From header." if not values else "The mail has more than one From header.")
    value = re.sub(r"\r?\n(?=[ \t])", "", values[0]).strip()
    if len(value) > _LONGEST:
        raise NoStrictFrom("The From header is too long.")
    if _CONTROL.search(value):
        raise NoStrictFrom("The From header has control characters in it.")
    pieces = _pieces(value)
    spec = "".join(pieces.bare if pieces.angle is None else pieces.angle).strip()
    if "=?" in spec or not _SPEC.fullmatch(spec) or spec[-1].isdigit():
        raise NoStrictFrom("The From header has no plain address in it.")
    _refuse_other_address(decode_header("".join(pieces.shown)), spec.lower())
    return spec.lower()


def _pieces(value: str) -> _Pieces:
    """One walk, each character once. Raises NoStrictFrom at what makes it a list, a group, or ambiguous."""
    pieces = _Pieces()
    quoted, inside, closed, depth, escaped = False, False, False, 0, False
    for char in value:
        goal = pieces.angle if inside and pieces.angle is not None else pieces.bare
        if escaped:
            escaped = False
            pieces.shown.append(char)
        elif char == "\\" and (quoted or depth):
            escaped = True
        elif quoted:
            quoted = char != '"'
            pieces.shown.append(char)
        elif char == "(" and not inside:
            depth += 1
            goal.append(" ")
        elif depth:
            depth -= char == ")"
            pieces.shown.append(char)
        elif char == '"' and not inside:
            quoted, closed = True, _still_open(closed)
            goal.append(char)
        elif char == "<" and not inside:
            inside, pieces.angle = True, [] if pieces.angle is None else _more_than_one()
        elif char == ">" and inside:
            inside, closed = False, True
        elif char in ',;:<>"()\\':
            _more_than_one()
        else:
            closed = closed if char in " \t" else _still_open(closed)
            goal.append(char)
            if not inside:
                pieces.shown.append(char)
    if quoted or inside or depth:
        raise NoStrictFrom("The From header is not closed: a quote, bracket or comment has no end.")
    return pieces


def _still_open(closed: bool) -> bool:
    if closed:
        raise NoStrictFrom("The From header goes on after its address.")
    return False


def _more_than_one() -> list[str]:
    raise NoStrictFrom("The From header holds a list or a group, not one address.")


def _refuse_other_address(name: str, spec: str) -> None:
    domain = spec.rpartition("@")[2]
    for match in _SHOWN.finditer(name):
        if match[0].lower() != spec and not (match[1].isascii() and aligned(match[1], domain)):
            raise NoStrictFrom("The name in the From header shows an address of somebody else.")
