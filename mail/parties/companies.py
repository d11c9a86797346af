"""What a mail tells of an employer besides its name: its website, and the sentences that say what it is."""

import re
from collections.abc import Sequence

from mail.excerpts import Excerpt
from mail.prose.layout import segments
from mail.prose.names import fold
from mail.values import Fact

_URL = re.compile(r"(?i)\b(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})(?:/[\w./-]*)?")
_FORM_SITE = re.compile(r"(?i)^(?:website|web ?site|url|web|sitio web|strona)$")
_HEADING = re.compile(
    r"(?i)^\W*(?:company )?(?:overview|profile|background|about (?:the )?(?:company|employer|them|us))\W*$|"
    r"^\W*(?:la empresa|sobre la empresa|o firmie)\W*$"
)
_ABOUT = re.compile(
    r"(?i)\b(?:makes?|made|makers? of|manufactur\w+|employees|people (?:work|on)|in business|since (?:18|19|"
    r"20)\d\d|founded|family[- ]owned|is an? |est\. ?\d{4}|years|produces?|prints?|builds?|serves?|lleva|"
    r"empleados|rodzinn\w+|działa)\b"
)


def details(name: str, own: tuple[str, ...], texts: Sequence[Excerpt]) -> tuple[str, str, list[Fact]]:
    website, overview, facts = "", "", []
    for excerpt in texts:
        if not website:
            found = _website(excerpt, own)
            if found:
                website = found[0]
                facts.append(excerpt.fact("employer.website", website, found[1], found[2], 0.9))
        if not overview and excerpt.part != "subject":
            span = _overview(excerpt, name)
            if span:
                overview = re.sub(r"\s+", " ", excerpt.text[span[0] : span[1]]).strip()
                facts.append(excerpt.fact("employer.overview", overview, *span, 0.7))
    return website, overview, facts


def _website(excerpt: Excerpt, own: tuple[str, ...]) -> tuple[str, int, int] | None:
    for match in _URL.finditer(excerpt.text):
        host = match[1].lower()
        if excerpt.text[match.start() - 1 : match.start()] == "@" or "@" in match[0]:
            continue
        if any(host == domain or host.endswith("." + domain) for domain in own):
            return match[0].rstrip("./"), match.start(), match.end()
    for segment in segments(excerpt.text):
        if _FORM_SITE.match(segment.label):
            return segment.text.strip(), segment.start, segment.end
    return None


def _overview(excerpt: Excerpt, name: str) -> tuple[int, int] | None:
    """The paragraph under a heading "Company overview", else the sentences that say what the company is."""
    lines = segments(excerpt.text)
    for number, segment in enumerate(lines[:-1]):
        if _HEADING.match(segment.text):
            following = [s for s in lines[number + 1 :] if s.block == lines[number + 1].block]
            return following[0].start, following[-1].end
    head = fold(name.split()[0] if not name.lower().startswith(("the ", "la ", "el ")) else name.split()[1])
    for segment in lines:
        if head in fold(segment.text) and _ABOUT.search(segment.text) and len(segment.text) > 40:
            return segment.start, segment.end
    return None
