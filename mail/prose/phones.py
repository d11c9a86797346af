"""Phone numbers of North America (and others that begin with +) in any text, fax and switchboard told apart."""

import re
from dataclasses import dataclass

_NUMBER = re.compile(
    r"(?<![\w.,$/-])(?:\+?1[ .-]?)?(?:\(\d{3}\)|\d{3})(?:[ .\-–‑]{0,3}|/|\n)\d{3}(?:[ .\-–‑]{1,3}|\n)\d{4}(?!\d)"
    r"(?:,?\s?(?:x|ext\.?|extension)\s?\d{1,6})?"
    r"|(?<![\w.])\+(?!1\D?\d{3})\d{1,3}[ .-]?(?:\d[ .-]?){6,11}\d(?!\d)|(?<![\w.,$/-])[2-9]\d{2}[2-9]\d{6}(?!\d)"
)
_FAX_BEFORE = re.compile(r"(?i)(?:\bfax|\bfacsimile|\bfaks|(?:^|[\s|(,;·•/])f)[.:#)]*\s*(?:no\.?|number|is)?\s*:?\s*$")
_FAX_AFTER = re.compile(r"(?i)^[ \t]*(?:[-–][ \t]*)?(?:\(?(?:fax|faks|facsimile)\)?|\(f\))[ \t]*(?:$|[\n,;|)])")
_SWITCHBOARD_AFTER = re.compile(r"(?i)^[ \t]*\(?(?:main|switchboard|reception|toll[- ]free)\)?[ \t]*(?:$|[\n,;|)])")
_SWITCHBOARD = re.compile(
    r"(?i)\b(?:main(?: line| number| office)?|switchboard|front desk|general|toll[- ]free|reception|hotline|"
    r"centralita|conmutador|recepción|centrala|recepcja)[.,:)]?\s*(?:line|number|is|:)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in a text, in E.164. `kind` is "fax", "switchboard" or "phone"."""

    start: int
    end: int
    number: str
    kind: str


def find_phones(text: str) -> list[Phone]:
    """The phone numbers of a text, in order."""
    found = []
    for match in _NUMBER.finditer(text):
        number = e164(match[0])
        if number:
            before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 16]
            found.append(Phone(match.start(), match.end(), number, _kind(before, after)))
    return found


def e164(said: str) -> str:
    """The number as +1..., "" where it has too few digits for one."""
    digits = re.sub(r"\D", "", re.split(r"(?i)\s*,?\s*(?:x|ext\.?|extension)\s*\d", said)[0])
    if said.strip().startswith("+") and not digits.startswith("1"):
        return f"+{digits}" if 8 <= len(digits) <= 15 else ""
    if len(digits) == 10:
        return f"+1{digits}"
    return f"+{digits}" if len(digits) == 11 and digits[0] == "1" else ""


def _kind(before: str, after: str) -> str:
    line = before.rsplit("\n", 1)[-1]
    if _FAX_BEFORE.search(line) or _FAX_AFTER.match(after):
        return "fax"
    return "switchboard" if _SWITCHBOARD.search(line) or _SWITCHBOARD_AFTER.match(after) else "phone"


def phones_in(text: str) -> tuple[str, ...]:
    """The numbers at which a person answers, each once: fax left out, a switchboard only where nothing else stands."""
    found = find_phones(text)
    kept = [phone for phone in found if phone.kind == "phone"] or [
        phone for phone in found if phone.kind == "switchboard"
    ]
    return tuple(dict.fromkeys(phone.number for phone in kept))
