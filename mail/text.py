"""The words a person wrote: the better of plain and HTML, without banners, disclaimers, list and device footers."""

import re

from mail.mime.clients import DEVICE_FOOTER
from mail.mime.html import html_to_text
from mail.mime.links import unwrap, unwrapped
from mail.values import ParsedMessage

# Zero-width and direction marks; U+1427 is what a tracker of opened mails leaves in Gmail.
_INVISIBLE = re.compile("[\u1427\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
_STUB = re.compile(
    r"(?:does not support|doesn't support|cannot display|can't display|unable to (?:read|view)|enable) .{0,40}html|"
    r"html .{0,30}(?:version|viewer|client)",
    re.I,
)
_DATA_TABLE = re.compile(r"<t[dh][\s>]", re.I)


def readable_text(parsed: ParsedMessage) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text to read, and the links of the HTML part.

    The plain part is what its author's client made of the mail; HTML is taken where there is no plain part, where
    that is a stub or lost most of the words, or where it broke a table of data into a column.
    """
    plain = parsed.text
    if not parsed.html:
        return clean(plain), ()
    if plain.strip() and not _may_be_better(parsed.html, plain):
        return clean(plain), ()
    shown, links = html_to_text(parsed.html)
    links = tuple((words, unwrapped(address)) for words, address in links)
    if not plain.strip() or _is_stub(plain, shown) or (" | " in shown and _same_words(plain, shown)):
        return clean(shown), links
    return clean(plain), links


def _may_be_better(html: str, plain: str) -> bool:
    return _DATA_TABLE.search(html) is not None or len(plain) < 200 or bool(_STUB.search(plain[:2000]))


def _is_stub(plain: str, shown: str) -> bool:
    """A plain part that says only that it is none, or that has a third of the words."""
    if len(plain) < 300 and _STUB.search(plain) and not _same_words(plain, shown):
        return True
    return len(plain.split()) * 3 < len(shown.split()) and (len(plain) < 200 or len(shown) > 600)


def _same_words(plain: str, shown: str) -> bool:
    """Four in five of the words of the plain part are in the HTML."""
    words = set(plain.split())
    return len(words - set(shown.replace("|", " ").split())) * 5 <= len(words)


# A text signed in place (RFC 9580, 7): its frame is taken off, and the dashes it escaped are put right.
_PGP_SIGNED = re.compile(r"^-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Za-z-]{1,20}: [^\n]{0,200}\n){0,5}\n", re.M)
_PGP_SIGNATURE = re.compile(
    r"^-----BEGIN PGP SIGNATURE-----\n(?:[^\n]{0,200}\n){0,80}?-----END PGP SIGNATURE-----[ \t]*$", re.M
)
_DASHED = re.compile(r"^- (?=-)", re.M)


def clean(text: str) -> str:
    """Line ends as \\n, invisible characters out, rewritten links unwrapped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "-----BEGIN PGP SIGNED MESSAGE-----" in text:
        text = _DASHED.sub("", _PGP_SIGNATURE.sub("", _PGP_SIGNED.sub("", text)))
    return unwrap(_INVISIBLE.sub("", text)) if not text.isascii() else unwrap(text)


_BANNER_START = re.compile(
    r"^\W{0,6}(?:\[?\s?(?:external|extern|externo|externe|zewnętrzn[ay])\b[^a-z]{0,4}(?:e-?mail|sender|mail|message|"
    r":|\]|$)|caution\b|warning\b.{0,60}(?:external|outside)|attention\b.{0,60}(?:external|outside)|"
    r"this (?:e-?mail|message) (?:originated|came|is|was sent) (?:from )?(?:outside|an external|from outside|"
    r"from an external)|external (?:e-?mail|sender|message)|"
    r"you don't often get e-?mail from|you do not often get e-?mail from|"
    r"some people who received this message don't often get|"
    r"no suele recibir correo|este (?:correo|mensaje) (?:proviene|procede|se originó) .{0,20}(?:fuera|extern)|"
    r"precaución:? .{0,30}extern|"
    r"uwaga:? .{0,40}(?:zewn|spoza)|ta wiadomość pochodzi spoza|achtung:? .{0,30}extern|think before you click)",
    re.I,
)
_BANNER_MORE = re.compile(
    r"click|links?\b|attachment|recogni[sz]e|sender|outside|organi[sz]ation|important|learn|enlaces|adjuntos|łącz|"
    r"załącznik|external|safe|report|phish|why",
    re.I,
)
_DISCLAIMER = re.compile(
    r"^\W{0,6}(?:notice|confidential(?:ity)?(?: notice| statement| note)?\s*[:.\-–—]|disclaimer\b|important notice|"
    r"legal notice|privileged|privacy notice|aviso (?:de confidencialidad|legal)|nota de confidencialidad|"
    r"este (?:mensaje|correo|e-?mail).{0,120}confidencial|informacja poufna|niniejsza wiadomość .{0,100}(?:poufn|"
    r"przeznaczon)|treść tej wiadomości .{0,60}poufn|le informazioni contenute|ce (?:message|"
    r"courriel).{0,100}confidentiel|diese e-?mail .{0,100}vertraulich|"
    r"(?:this|the) (?:e-?mail|message|communication|transmission|electronic)\b.{0,140}(?:confidential|privileged|"
    r"intended|solely|proprietary)|"
    r"the (?:information|contents?) (?:contained )?(?:in|of|transmitted).{0,90}(?:confidential|privileged|intended|"
    r"solely)|if you (?:are|were) not the (?:intended|named|designated)|if you (?:have )?received? this (?:e-?mail|"
    r"message|communication).{0,30}in error|"
    r"please consider the environment|virus-free|avast|scanned by|this e-?mail (?:has been|was) (?:scanned|checked))",
    re.I,
)
_SURE_DISCLAIMER = re.compile(
    r"intended (?:recipient|solely|only|for)|confidential|privileged|unauthori[sz]ed|in error|disclos|delete|virus|"
    r"environment|scanned by|checked by|confidencial|destinatario|poufn|adresat|destinataire|empfänger|riservat|"
    r"prohibited|legally|member fdic",
    re.I,
)
_LIST_FOOTER = re.compile(
    r"^\W{0,4}(?:you received this message because you are subscribed|to unsubscribe\b|"
    r"to view this discussion|unsubscribe\b|"
    r"you are receiving this|you(?:'re| are) (?:subscribed|receiving)|if you (?:no longer|do not|don't) (?:wish|"
    r"want) to receive|manage your (?:preferences|subscription)|_{3,}\s?$(?=\n.*mailing list)|"
    r".{0,60}mailing list(?:(?: --)? <?\S{1,80}>?)?$|you receive all messages sent to this|"
    r".{0,80}/listinfo/\S{1,60}.{0,40}$|"
    r"ha recibido este mensaje porque|"
    r"has recibido este mensaje porque|para (?:anular|cancelar) (?:la|su) suscripción|para darse de baja|"
    r"otrzymujesz tę wiadomość|aby (?:anulować|zrezygnować z) subskrypcj|aby wypisać się|"
    r"update your preferences|view (?:this email )?in (?:your )?browser)",
    re.I,
)


# Lines that belong to the footer below them, and to nothing where there is none.
_FOOTER_HEADING = re.compile(
    r"^\W{0,4}(?:disclaimer|confidentiality(?: notice)?|legal notice|aviso legal|groups\.io links:?)\W{0,4}$|"
    r"^_\._,_\._,_$",
    re.I,
)


def is_device_footer(line: str) -> bool:
    """ "Sent from my iPhone" and what other devices write below a mail."""
    return 4 < len(line.strip()) < 170 and bool(DEVICE_FOOTER.match(line.strip()))


def without_banner(lines: list[str]) -> tuple[list[str], list[str]]:
    """Lines without the banners of gateways among the first ten of them, and the banners' own lines."""
    taken: list[str] = []
    for _ in range(3):
        first = next(
            (i for i in range(min(len(lines), 10)) if lines[i].strip() and _BANNER_START.match(lines[i])), None
        )
        if first is None:
            break
        last, start = _end_of_banner(lines, first), first
        while start > 0 and is_rule(lines[start - 1]):
            start -= 1
        taken += lines[start:last]
        lines = lines[:start] + lines[last:]
    return lines, taken


def _end_of_banner(lines: list[str], first: int) -> int:
    """Banners are one paragraph; the next one belongs to it only where it is a rule or speaks of links and senders."""
    last = first + 1
    while (
        last < min(len(lines), first + 8)
        and lines[last].strip()
        and (_BANNER_MORE.search(lines[last]) or is_rule(lines[last]))
    ):
        last += 1
    while last < len(lines) and (not lines[last].strip() or is_rule(lines[last])):
        last += 1
    return last


def is_rule(line: str) -> bool:
    """A line of dashes, underscores, stars or the like."""
    stripped = line.strip()
    return len(stripped) > 2 and not stripped.strip("-_=*~#|+ ")


def without_footers(lines: list[str]) -> tuple[list[str], list[str]]:
    """Lines without disclaimers and list footers at their end, and what was taken off."""
    cut = len(lines)
    for index in range(len(lines) - 1, max(-1, len(lines) - 60), -1):
        line = lines[index]
        if (
            len(line) > 20
            and (_is_disclaimer(lines, index) or _LIST_FOOTER.match(line))
            and _only_footer_below(lines, index, cut)
        ):
            cut = index
    while 0 < cut < len(lines) and _opens_footer(lines[cut - 1]):
        cut -= 1
    return lines[:cut], lines[cut:]


def _opens_footer(line: str) -> bool:
    return not line.strip(" -") or is_rule(line) or bool(_FOOTER_HEADING.match(line))


def without_list_footer(lines: list[str]) -> tuple[list[str], list[str]]:
    """Lines without what a mailing list or scanner appended to the whole mail, below everything quoted."""
    for index in range(max(0, len(lines) - 14), len(lines)):
        if _LIST_FOOTER.match(lines[index]) and not lines[index].startswith((">", "|")):
            while index > 0 and _opens_footer(lines[index - 1]):
                index -= 1
            return lines[:index], lines[index:]
    return lines, []


def _is_disclaimer(lines: list[str], index: int) -> bool:
    match = _DISCLAIMER.match(lines[index])
    if not match:
        return False
    whole = " ".join(lines[index : index + 6])[:1500]
    return len(whole) > 60 and bool(_SURE_DISCLAIMER.search(whole))


def _only_footer_below(lines: list[str], index: int, cut: int) -> bool:
    """No paragraph between this footer and the one below it looks written by hand: at most two short ones."""
    paragraphs, inside = 0, True
    for line in lines[index + 1 : cut]:
        if not line.strip():
            inside = False
        elif not inside:
            inside = True
            paragraphs += not (_SURE_DISCLAIMER.search(line) or is_rule(line) or "http" in line or len(line) > 200)
    return paragraphs == 0
