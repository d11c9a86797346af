"""An all-day entry as an iCalendar file (RFC 5545), which every calendar program takes."""

from datetime import UTC, date, datetime, timedelta

LONGEST = 74  # octets of a line, so that the space in front of a folded one fits too (RFC 5545 3.1)


def entry(uid: str, name: str, first: date, last: date | None, place: str, address: str) -> str:
    """One event from `first` to `last`, both included; `address` is the page that tells more."""
    end = (last or first) + timedelta(days=1)  # DTEND is the day after (3.6.1)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Loopin//EN",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{datetime.now(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{end:%Y%m%d}",
        f"SUMMARY:{_escaped(name)}",
        *([f"LOCATION:{_escaped(place)}"] if place else []),
        f"URL:{address}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _escaped(text: str) -> str:
    """Commas, semicolons and backslashes mean something (3.3.11)."""
    for character in "\\;,":
        text = text.replace(character, f"\\{character}")
    return " ".join(text.split())


def _folded(line: str) -> str:
    """Broken between characters where it grows too long for one line."""
    folded, length = "", 0
    for character in line:
        size = len(character.encode())
        if length + size > LONGEST:
            folded, length = f"{folded}\r\n ", 0
        folded, length = folded + character, length + size
    return folded
