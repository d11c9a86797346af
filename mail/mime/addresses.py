"""Addresses: the strict From, the lists of To and Cc, and addresses as mail clients show them in a quoted header."""

import re

from mail.mime.charsets import decode_header
from mail.values import Address

_MOST = 2_000  # addresses read of one header
_SPEC = re.compile(r"[^\s<>()\[\],;:\\\"@\x00-\x1f\x7f]{1,128}@[^\s<>()\[\],;:\\\"@\x00-\x1f\x7f]{1,255}")
_COMMENT = re.compile(r"\((?:[^()\\]|\\.){0,500}\)")


def one_sender(raw_values: list[str]) -> Address:
    """The one mailbox of the one From header, parsed before any encoded word is decoded (RFC 5322, 3.6.2).

    Address() where there are none, several headers, a list, a group, or an address that hides in an encoded word.
    """
    if len(raw_values) != 1:
        return Address()
    pieces = _split(_COMMENT.sub(" ", raw_values[0].replace("\x00", "\x01")), ",;")
    if len(pieces) != 1:
        return Address()
    name, spec = _name_and_spec(pieces[0])
    if not _SPEC.fullmatch(spec) or "=?" in spec:
        return Address()
    return Address(_clean_name(decode_header(name)), spec.lower())


def address_list(raw_values: list[str]) -> tuple[Address, ...]:
    """Every mailbox of To or Cc headers, leniently: groups opened, what has no address and no name left out."""
    found = []
    for raw in raw_values:
        for piece in _split(raw, ",;")[:_MOST]:
            name, spec = _name_and_spec(_ungrouped(piece))
            spec = spec if _SPEC.fullmatch(spec) and "=?" not in spec else ""
            shown = _clean_name(decode_header(name))
            if spec or shown:
                found.append(Address(shown, spec.lower()))
    return tuple(found[:_MOST])


def _ungrouped(piece: str) -> str:
    head, colon, rest = piece.partition(":")
    return rest if colon and "@" not in head and '"' not in head and "<" not in head else piece


def _split(value: str, separators: str) -> list[str]:
    """Pieces between separators that stand outside quotes and angle brackets."""
    pieces, start, quoted, angle = [], 0, False, False
    escaped = False
    for position, char in enumerate(value):
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif char == "<":
            angle = True
        elif char == ">":
            angle = False
        elif char in separators and not angle:
            pieces.append(value[start:position])
            start = position + 1
    pieces.append(value[start:])
    return [piece.strip() for piece in pieces if piece.strip()]


def _name_and_spec(piece: str) -> tuple[str, str]:
    """`Name <a@b>`, `<a@b>`, `a@b` or `a@b (Name)`; the last pair of brackets counts, and nothing may follow it."""
    piece = piece.strip()
    if piece.endswith(">"):
        name, _, spec = piece[:-1].rpartition("<")
        return name.strip(), spec.strip()
    if "<" in piece:
        return piece, ""
    if piece.endswith(")") and "(" in piece:
        spec, _, name = piece[:-1].partition("(")
        return name.strip(), spec.strip()
    return ("", piece) if "@" in piece and " " not in piece else (piece, "")


def _clean_name(name: str) -> str:
    name = name.strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return name.strip().strip("'").strip()
