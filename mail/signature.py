"""Where a person's words end and the signature begins."""

import re

_DELIMITER = re.compile(r"^\s{0,3}(?:-- ?|—|__|--\s)\s*$")
_PHONE = re.compile(r"(?:\+?\d[\d\s().\-–/]{6,}\d)")
_SIGNALS = re.compile(
    r"@|www\.|https?://|\||\b(?:tel|phone|cell|mobile|office|direct|fax|ph|ext|móvil|teléfono|kom|manager|director|coordinator|specialist|inc|llc)\b",
    re.I,
)
_MOST_LINES = 14


def split_signature(lines: list[str], sender_name: str = "") -> tuple[list[str], list[str]]:
    """(words, signature) of one author's lines. "-- " decides; else a block of short last lines that begins with the
    sender's name or tells phone, title or address. What is doubtful stays with the words."""
    trimmed = list(lines)
    while trimmed and not trimmed[-1].strip():
        trimmed.pop()
    for index in range(len(trimmed) - 1, max(-1, len(trimmed) - 40), -1):
        if _DELIMITER.match(trimmed[index]):
            return trimmed[:index], trimmed[index:]
    start = _by_name(trimmed, sender_name)
    if start is None:
        start = _by_signals(trimmed)
    return (trimmed[:start], trimmed[start:]) if start is not None else (trimmed, [])


def _by_name(lines: list[str], sender_name: str) -> int | None:
    """The last line that is the sender's name, with short lines only below it."""
    parts = {part.casefold() for part in re.findall(r"[^\W\d_]{2,}", sender_name)}
    if not parts:
        return None
    for index in range(len(lines) - 1, max(0, len(lines) - _MOST_LINES), -1):
        words = re.findall(r"[^\W\d_]{2,}", lines[index])
        if 0 < len(words) <= 6 and len(lines[index]) < 60 and words[0].casefold() in parts:
            below = [line for line in lines[index + 1 :] if line.strip()]
            if all(len(line) < 100 for line in below):
                return index
    return None


def _by_signals(lines: list[str]) -> int | None:
    """A last paragraph of two to nine short lines of which two tell how to reach somebody."""
    start = len(lines)
    while start > 0 and lines[start - 1].strip():
        start -= 1
    block = lines[start:]
    if start == 0 or not 2 <= len(block) <= 9 or any(len(line) > 90 for line in block):
        return None
    telling = sum(bool(_PHONE.search(line) or _SIGNALS.search(line)) for line in block)
    return start if telling >= 2 or (telling and len(block) >= 3) else None
