"""The words of an invitation that came as a calendar entry only (RFC 5545)."""

import re

_LONGEST = 200_000
_FOLD = re.compile(r"\n[ \t]")
_PROPERTY = re.compile(r"^(SUMMARY|LOCATION|DESCRIPTION)(?:;[^:\n]{0,200})?:([^\n]{0,20000})$", re.M)
_ESCAPED = re.compile(r"\\([nN,;\\])")


def invited_words(content: bytes) -> str:
    """Summary, place and description of the first entry, a paragraph each; "" where there are none."""
    text = _FOLD.sub("", content[:_LONGEST].decode("utf-8", "replace").replace("\r\n", "\n"))
    _, _, entry = text.partition("BEGIN:VEVENT")
    said: dict[str, str] = {}
    for name, value in _PROPERTY.findall(entry.partition("END:VEVENT")[0]):
        said.setdefault(name, _ESCAPED.sub(_unescaped, value).strip())
    return "\n\n".join(said[name] for name in ("SUMMARY", "LOCATION", "DESCRIPTION") if said.get(name))


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]
