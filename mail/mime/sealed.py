"""What stands in a wrapper: Outlook's winmail.dat, opaque S/MIME signatures, and notices of encrypted-mail portals."""

import logging
import re

from mail.mime.html import html_to_text
from mail.values import Attachment

_LONGEST_NOTICE = 100_000  # characters of HTML
_TAG = re.compile(r"<[/!a-zA-Z][^<>]*>")

_PORTAL = re.compile(
    r"(?:you(?:'ve| have) received|this is) (?:a|an) (?:secure|encrypted|protected) (?:e-?mail|message)"
    r"|(?:view|read|open) (?:the|this|your) (?:secure|encrypted|protected) (?:e-?mail|message)"
    r"|sent you (?:a|an) (?:secure|encrypted|protected) (?:e-?mail|message)|via gmail confidential mode"
    r"|enviado un (?:mensaje|correo) (?:seguro|cifrado|encriptado|protegido)"
    r"|wysłał(?:a|\(a\))?(?: \w{1,20}){0,3} (?:zaszyfrowaną|chronioną|bezpieczną) wiadomość"
    r"|click here to read (?:the|your) (?:secure )?message|registered envelope|secured? by (?:proofpoint|zix|virtru|"
    r"mimecast)",
    re.I,
)
_PORTAL_FILES = re.compile(
    r"^(?:message(?:_v\d)?\.rpmsg|securedoc\w*\.html?|message_zdm\.html?|smimemessage\.html?)$", re.I
)


def sealed_reason(
    headers: tuple[tuple[str, str], ...], plain: str, html: str, attachments: tuple[Attachment, ...]
) -> str:
    """One sentence where the mail is encrypted in its text, or only says that its words wait in a portal, else ""."""
    if plain.lstrip().startswith("-----BEGIN PGP MESSAGE-----"):
        return "The mail is encrypted with PGP, so its words could not be read."
    by_file = any(_PORTAL_FILES.match(file.name) for file in attachments)
    by_words = _announces(plain, html)
    by_header = any(name == "content-class" and value.startswith("rpmsg") for name, value in headers)
    if by_file or by_header or by_words:
        return "The mail only announces an encrypted message that waits in a portal, so its words could not be read."
    return ""


def _announces(plain: str, html: str) -> bool:
    """Words of a portal beside a link, and few others. Most portals send HTML alone."""
    if plain.strip() or not html:
        return len(plain) < 4000 and "http" in plain and bool(_PORTAL.search(plain))
    if len(html) > _LONGEST_NOTICE or "http" not in html or not _PORTAL.search(" ".join(_TAG.sub(" ", html).split())):
        return False
    return len(html_to_text(html)[0]) < 4000


def opened(content: bytes) -> tuple[str, str, list[Attachment], str]:
    """The plain words, HTML and files in a winmail.dat, and a note where it could not be opened."""
    logging.getLogger("tnefparse").setLevel(logging.CRITICAL)
    from tnefparse import TNEF

    try:
        tnef = TNEF(content, do_checksum=False)
        files = [Attachment(_safe_name(file.long_filename() or file.name), "", file.data) for file in tnef.attachments]
        plain, html = _as_text(tnef.body), _as_text(getattr(tnef, "htmlbody", None))
        if not plain and not html:
            plain = rtf_words(tnef._rtfbody or b"")  # its own `rtfbody` unpacks without any bound
    except Exception as error:  # a parser of others over hostile bytes: whatever it raises is a file that can't be read
        return (
            "",
            "",
            [Attachment("winmail.dat", "application/ms-tnef", content)],
            f"winmail.dat could not be opened: {type(error).__name__}.",
        )
    if not (plain or html or files):
        return (
            "",
            "",
            [Attachment("winmail.dat", "application/ms-tnef", content)],
            "winmail.dat holds nothing readable.",
        )
    return plain, html, files, ""


def _as_text(body: object) -> str:
    if isinstance(body, list):
        body = body[0] if body else ""
    if isinstance(body, bytes):
        from mail.mime.charsets import decode

        return decode(body.rstrip(b"\x00"), None)[0].replace("\r\n", "\n")
    return str(body or "").replace("\r\n", "\n")


def _safe_name(name: object) -> str:
    text = _as_text(name)
    return text.replace("\\", "/").rpartition("/")[2].strip("\x00 ")[:200]


_RTF = re.compile(
    r"\\'([0-9a-fA-F]{2})|\\u(-?\d{1,6}) ?\??|\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\([^a-zA-Z])|([{}])|[\r\n]+|"
    r"([^\\{}\r\n]+)"
)
_RTF_SKIPPED = frozenset({
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "htmltag", "mhtmltag", "generator", "header",
    "footer",
})  # fmt: skip


_MOST_PACKED = 150_000  # bytes; unpacked in Python at a microsecond a byte


def rtf_words(packed: bytes) -> str:
    """The words of the compressed RTF in which Outlook keeps a formatted mail ([MS-OXRTFCP])."""
    from compressed_rtf import decompress

    if not packed or len(packed) > _MOST_PACKED:
        return ""
    return rtf_to_text(decompress(packed + b"\x00").decode("latin-1"))


def rtf_to_text(rtf: str) -> str:
    """The words of an RTF body, paragraphs as lines; tables of fonts and colours left out."""
    out: list[str] = []
    skip = [False]
    starred = False
    for hexed, code, word, _, symbol, brace, words in _RTF.findall(rtf[:2_000_000]):
        if brace == "{":
            skip.append(skip[-1])
        elif brace == "}":
            skip = skip[:-1] if len(skip) > 1 else skip
        elif symbol == "*":
            starred = True
            continue
        elif word and (starred or word in _RTF_SKIPPED):
            skip[-1] = True
        elif not skip[-1]:
            out.append(_rtf_words(hexed, code, word, symbol, words))
        starred = False
    return "".join(out).strip()


def _rtf_words(hexed: str, code: str, word: str, symbol: str, words: str) -> str:
    if hexed:
        return bytes([int(hexed, 16)]).decode("windows-1252", "replace")
    if code:
        return chr(int(code) % 0x10000) if not 0xD800 <= int(code) % 0x10000 < 0xE000 else "\ufffd"
    if word:
        return {"par": "\n", "line": "\n", "tab": "\t", "cell": " | ", "row": "\n", "bullet": "•"}.get(word, "")
    return {"~": " ", "_": "-", "\\": "\\"}.get(symbol, symbol if symbol in "{}" else "") or words


_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")  # 1.2.840.113549.1.7.2


def signed_content(der: bytes) -> bytes | None:
    """The mail inside an opaque CMS signature (RFC 5652, 5.1), None where the bytes are no signature with content."""
    try:
        kind, body, _ = _element(der, 0)
        oid_kind, oid, after = _element(body, 0)
        if kind != 0x30 or oid_kind != 0x06 or oid != _SIGNED_DATA:
            return None
        _, explicit, _ = _element(body, after)
        _, signed, _ = _element(explicit, 0)
        _, _, after = _element(signed, 0)  # version
        _, _, after = _element(signed, after)  # digest algorithms
        _, encapsulated, _ = _element(signed, after)
        _, _, after = _element(encapsulated, 0)  # content type
        _, wrapped, _ = _element(encapsulated, after)
        return _octets(wrapped)
    except (IndexError, ValueError):
        return None


def _octets(data: bytes) -> bytes:
    """An OCTET STRING, or the pieces of a constructed one."""
    kind, body, _ = _element(data, 0)
    if kind == 0x04:
        return body
    if kind != 0x24:
        raise ValueError("no octet string")
    out, position = [], 0
    while position < len(body) and body[position : position + 2] != b"\x00\x00":
        kind, piece, position = _element(body, position)
        if kind != 0x04:
            raise ValueError("no octet string")
        out.append(piece)
    return b"".join(out)


def _element(data: bytes, start: int) -> tuple[int, bytes, int]:
    """Tag, content and end of the BER element at `start`; an indefinite length reaches to the end of `data`."""
    tag, first = data[start], data[start + 1]
    if first == 0x80:
        return tag, data[start + 2 :], len(data)
    if first < 0x80:
        begin, length = start + 2, first
    else:
        size = first & 0x7F
        if size > 4:
            raise ValueError("an element longer than any mail")
        begin, length = start + 2 + size, int.from_bytes(data[start + 2 : start + 2 + size], "big")
    if begin + length > len(data):
        raise ValueError("an element that ends after its data")
    return tag, data[begin : begin + length], begin + length
