"""Addresses as mail clients show them above a quoted mail: `Name [mailto:a@b]`, `Doe, Jane <a@b>; ...`, names alone."""

import re

from mail.quoting.notes import plain_name
from mail.values import Address

_PART = r"[^\s<>()\[\],;:\"'“”„«»]"
_LABEL = r"[^\s<>()\[\],;:\"'“”„«»@.]{1,63}"
ADDRESS = re.compile(rf"{_PART}{{1,128}}@(?:{_LABEL}\.){{1,10}}{_LABEL}")
_MAILTO = re.compile(r"\s?[<\[(]\s*mailto:\s*([^>\])]{0,300}?)\s*[>\])]", re.I)
_ON_BEHALF = re.compile(
    r"\s(?:on behalf of|im auftrag von|en nombre de|w imieniu|de la part de|per conto di|em nome de|namens|för|"
    r"via)\s.*$",
    re.I,
)
_QUOTES = " \t'\"“”„«»‘’*,;<([|_"
_CLOSING = " \t'\"“”„«»‘’*>])|_:"
_MOST = 500


def shown_addresses(value: str) -> tuple[Address, ...]:
    """Every mailbox of a shown header value. A name with commas stays one name where an address follows it."""
    value = _MAILTO.sub(_address_of_mailto, value[:20_000]).strip()
    if not value:
        return ()
    found: list[Address] = []
    pieces = _at_semicolons(value)
    for piece in pieces[:_MOST]:
        found.extend(_of_piece(piece, alone=len(pieces) > 1))
    return tuple(found[:_MOST])


def _address_of_mailto(match: re.Match[str]) -> str:
    """`Jane [mailto:j@x]` is `Jane <j@x>`; behind an address that is there already, the link says nothing new."""
    inner = ADDRESS.search(match[1])
    before = match.string[max(0, match.start() - 300) : match.start()]
    known = ADDRESS.search(before.rpartition(" ")[2].rpartition("<")[2])
    if known or inner is None:
        return " "
    return f" <{inner[0]}>"


def _at_semicolons(value: str) -> list[str]:
    if ";" not in value:
        return [value]
    pieces, start, quoted = [], 0, False
    for position, char in enumerate(value):
        if char == '"':
            quoted = not quoted
        elif char == ";" and not quoted:
            pieces.append(value[start:position])
            start = position + 1
    return [piece for piece in [*pieces, value[start:]] if piece.strip()]


def _of_piece(piece: str, alone: bool) -> list[Address]:
    found: list[Address] = []
    end = 0
    for match in ADDRESS.finditer(piece):
        between = piece[end : match.start()]
        bracketed = between.rstrip(" '\"").endswith(("<", "(", "["))
        end = match.end()
        if (
            found
            and not found[-1].name
            and found[-1].address == match[0].strip(".").lower()
            and not between.strip(_QUOTES + "'\")>")
        ):
            continue  # `a@b <a@b>`
        names = _names(between) if bracketed else [*_names_alone(between), ""]
        found.extend(Address(name, "") for name in names[:-1] if name)
        found.append(Address(names[-1] if names else "", match[0].strip(".").lower()))
    rest = piece[end:].strip(_QUOTES + ">)]'\"")
    if not found:
        return [Address(name, "") for name in ([_clean(piece)] if alone else _names_alone(piece)) if name]
    behalf = rest.lower()
    if rest and not _ON_BEHALF.match(" " + rest) and not behalf.startswith("on behalf") and len(rest) < 200:
        found.extend(Address(name, "") for name in _names_alone(rest) if name)
    return _without_echo(found)


def _without_echo(found: list[Address]) -> list[Address]:
    """`Jane <a@b> <a@b>` and a nameless second mention are one mailbox."""
    kept: list[Address] = []
    for address in found:
        if kept and address.address and address.address == kept[-1].address and not address.name:
            continue
        kept.append(address)
    return kept


def _names(before: str) -> list[str]:
    """Names before a bracketed address: the last belongs to it; earlier ones stood in the list without address."""
    name = _ON_BEHALF.sub("", before).strip(_QUOTES).rstrip(_CLOSING + "<([")
    name = name.lstrip(">)] ,;")
    if name.count(",") > 1 or (name.count(",") == 1 and all(len(part.split()) > 1 for part in name.split(","))):
        if '"' in before or "'" in before:
            return [_clean(name)]
        *others, last = name.split(",")
        return [*(_clean(other) for other in others), _clean(last)]
    return [_clean(name)]


def _names_alone(text: str) -> list[str]:
    """Names that no address follows: "Doe, Jane" is one person, "Jane Doe, Rae Poe" are two."""
    text = text.strip(_QUOTES + ">)]'\"")
    parts = [part for part in text.split(",") if part.strip()]
    if len(parts) == 2 and len(parts[0].split()) == 1:
        return [_clean(text)]
    return [_clean(part) for part in parts]


def _clean(name: str) -> str:
    name = " ".join(name.replace('\\"', '"').split())
    name = name.strip(_QUOTES).strip(_CLOSING + "<(").strip()
    return plain_name(f"{name})" if name.count("(") > name.count(")") else name)  # "Doe, Jane (HR)"
