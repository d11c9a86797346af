"""Where a person's words end and the signature begins."""

import re

_DELIMITER = re.compile(r"^\s{0,3}(?:--|—|__|-- -|--\*?)\s*$")
_PHONE = re.compile(r"\+?\(?\d[\d\s().\-–/]{6,}\d")
_CONTACT = re.compile(
    r"[^\s@]{1,64}@[^\s@]{1,64}\.\w|\bwww\.|https?://|\b(?:tel|phone|cell|mobile|office|direct|fax|ext|móvil|movil|"
    r"teléfono|telefono|"
    r"kom|telefon|linkedin)\b",
    re.I,
)
_POSITION = re.compile(
    r"\b(?:manager|director|coordinator|specialist|president|officer|owner|recruiter|supervisor|representative|"
    r"administrator|"
    r"executive|consultant|analyst|engineer|gerente|director[ae]?|coordinador[a]?|kierownik|dyrektor|specjalista|"
    r"koordynator)\b",
    re.I,
)
_CLOSING = re.compile(
    r"^\W{0,3}(?:(?:kind|best|warm|warmest|many|with|my)\s+)?(?:thanks|thank you|thx|regards|wishes|sincerely|cheers|"
    r"best|respectfully|"
    r"cordially|yours|take care|talk soon|gracias|muchas gracias|saludos|atentamente|un saludo|un abrazo|"
    r"cordialmente|pozdrawiam|"
    r"z poważaniem|z pozdrowieniami|dzięki|dziękuję|cordialement|bien à vous|mit freundlichen grüßen|viele grüße|"
    r"saluti|"
    r"cordiali saluti|atenciosamente|abraços)\b[^.?]{0,30}[,.!]?\s*$",
    re.I,
)
_NOTE = re.compile(r"^\s*(?:\[\d+\]|\d+[.)]\s|[-*•]\s)")
_MOST_LINES = 14
_LONGEST_LINE = 100


def split_signature(lines: list[str], sender_name: str = "") -> tuple[list[str], list[str]]:
    """(words, signature) of one author's lines.

    "-- " decides; else the last line that is the author's name with short lines only below it; else a closing
    ("Regards,") with short lines below; else a last paragraph that tells how to reach somebody. What is doubtful
    stays with the words.
    """
    trimmed = list(lines)
    while trimmed and not trimmed[-1].strip():
        trimmed.pop()
    for index in range(len(trimmed) - 1, max(-1, len(trimmed) - 40), -1):
        if _DELIMITER.match(trimmed[index]):
            return trimmed[:index], trimmed[index:]
    for find in (_by_name, _by_closing, _by_contact):
        start = find(trimmed, sender_name)
        if start:
            return trimmed[:start], trimmed[start:]
    return trimmed, []


def _by_name(lines: list[str], sender_name: str) -> int | None:
    parts = {part.casefold() for part in re.findall(r"[^\W\d_]{2,}", sender_name)}
    if not parts:
        return None
    for index in range(len(lines) - 1, max(-1, len(lines) - _MOST_LINES - 1), -1):
        words = re.findall(r"[^\W\d_]{2,}", lines[index])
        named = (
            words and words[0].casefold() in parts and (len(words) == 1 or _goes_on_as_name(lines[index], words, parts))
        )
        if named and len(lines[index]) < _LONGEST_LINE and _short_below(lines, index):
            return index
    return None


def _goes_on_as_name(line: str, words: list[str], parts: set[str]) -> bool:
    """ "Dana Whitlock, Plant Manager" and "Dana | 312 555 0100" are names; "Dana said yes" is a sentence."""
    if words[1].casefold() in parts or (len(words) == 2 and words[1][0].isupper()):
        return True
    return bool(re.match(r"\W*[^\W\d_]+\s?[,|(–-]", line)) and not line.rstrip().endswith((".", "?", "!"))


def _by_closing(lines: list[str], sender_name: str) -> int | None:
    for index in range(len(lines) - 2, max(-1, len(lines) - _MOST_LINES - 1), -1):
        if (
            _CLOSING.match(lines[index])
            and _short_below(lines, index)
            and any(line.strip() for line in lines[index + 1 :])
        ):
            return index + 1
    return None


def _by_contact(lines: list[str], sender_name: str) -> int | None:
    """A last paragraph of two to nine short lines without prose, of which two tell who or how to reach somebody."""
    start = len(lines)
    while start > 0 and lines[start - 1].strip():
        start -= 1
    block = lines[start:]
    if (
        start == 0
        or not 2 <= len(block) <= 9
        or any(_NOTE.match(line) or is_prose(line) or len(line) > 80 for line in block)
    ):
        return None
    telling = sum(bool(_PHONE.search(line) or _CONTACT.search(line) or _POSITION.search(line)) for line in block)
    return start if telling >= 2 else None


def _short_below(lines: list[str], index: int) -> bool:
    below = [line for line in lines[index + 1 :] if line.strip()]
    return len(below) <= _MOST_LINES and not any(len(line) > _LONGEST_LINE or is_prose(line) for line in below)


def is_prose(line: str) -> bool:
    """A line that reads like a sentence, or the middle of one."""
    words = line.split()
    if len(words) < 5 or "|" in line or _PHONE.search(line) or "@" in line:
        return False
    lower = sum(word[0].islower() for word in words)
    return (len(words) >= 8 and lower * 2 > len(words)) or (lower >= 4 and line.rstrip().endswith((".", "?", "!", ",")))
