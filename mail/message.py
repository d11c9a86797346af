"""MIME within bounds: the bytes of a mail as headers, words, attachments and attached mails."""

import re
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from mail.mime.addresses import address_list, one_sender
from mail.mime.charsets import decode, decode_header
from mail.mime.clientdates import header_date
from mail.mime.html import LONGEST as LONGEST_HTML
from mail.mime.html import html_to_text
from mail.mime.sealed import opened, sealed_reason
from mail.values import Attachment, ParsedMessage, UnreadableMessage

MOST_HEADER_BYTES = 256_000
MOST_MULTIPARTS = 100
MOST_PARTS = 500
_DEEPEST_ATTACHED = 8
_LONG = 1_000_000  # bytes
_MOST_LINES = 1_500_000  # of a mail with parts; 35 MB of base64 have half a million, and each line costs a string
_LONGEST_TEXT = 1_000_000  # characters of plain text that are read

_BLANK_LINE = re.compile(rb"\r?\n\r?\n|\r\r")
_LINE_END = re.compile(r"\r{0,3}\n|\r")  # some relays make CR CR LF of CR LF
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9_.-]{0,76}[ \t]*:")
_MULTIPART = re.compile(rb"content-type:\s{0,9}(?:multipart|message)/", re.I)
_LONGEST_FIELD = 4_000  # of Content-Type and Content-Disposition, whose parameters the standard library splits slowly
_BOUNDARY = re.compile(rb"boundary\s{0,9}=\s{0,9}(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.I)
_DELIMITER = re.compile(rb"^--([^\r\n]{1,200})", re.M)
_WRAPPINGS = frozenset({
    "application/pgp-encrypted", "application/pgp-signature", "application/pkcs7-signature",
    "application/x-pkcs7-signature",
})  # fmt: skip
_EML_NAME = re.compile(r"\.(?:eml|mht)$", re.I)


@dataclass(slots=True)
class _Found:
    """What the walk over the parts has gathered so far."""

    attachments: list[Attachment] = field(default_factory=list)
    attached: list[ParsedMessage] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sealed: str = ""
    parts: int = 0

    def note(self, words: str) -> None:
        if words and words not in self.notes:
            self.notes.append(words)


def is_message(content: bytes) -> bool:
    """Whether the bytes begin like a mail: a header field within the first lines (an mbox "From " line may precede)."""
    lines = content[:4000].lstrip(b"\xef\xbb\xbf\r\n\t ").split(b"\n", 3)
    return bool(
        _FIELD.match(lines[0])
        or (lines[0].startswith((b"From ", b">From ")) and len(lines) > 1 and _FIELD.match(lines[1]))
    )


def parse_message(content: bytes) -> ParsedMessage:
    """Headers and parts of a mail. Linear in its size.

    Raises UnreadableMessage with one sentence where it is empty, no mail, or beyond the bounds: 256 kB of headers,
    100 multiparts, 500 parts.
    """
    return _parse(content, 0)


def _parse(content: bytes, depth: int) -> ParsedMessage:
    content = content.lstrip(b"\xef\xbb\xbf\r\n")
    if not content.strip():
        raise UnreadableMessage("The mail is empty.")
    if not is_message(content):
        raise UnreadableMessage("This is no e-mail: it does not begin with header lines.")
    _check_bounds(content)
    try:
        message = _message_of(content)
    except RecursionError:
        raise UnreadableMessage("The mail nests its parts too deeply.") from None
    found = _Found()
    plain, html = _words(message, found, depth)
    if not plain.strip() and not html:
        plain = _invitation(found)
    return _assembled(message, plain, html, found)


def _message_of(content: bytes) -> Message:
    """The parsed message; a long body without parts is not split into lines only to be joined again."""
    if len(content) > _LONG:
        end = _BLANK_LINE.search(content, 0, MOST_HEADER_BYTES + 4)
        head = BytesParser(policy=compat32).parsebytes(content[: end.end()] if end else content, headersonly=True)
        if end and head.get_content_maintype() not in ("multipart", "message"):
            head.set_payload(content[end.end() :].decode("ascii", "surrogateescape"))
            return head
        if content.count(b"\n") > _MOST_LINES:
            raise UnreadableMessage("The mail has more than a million and a half lines.")
    return BytesParser(policy=compat32).parsebytes(content)


def _check_bounds(content: bytes) -> None:
    end = _BLANK_LINE.search(content, 0, MOST_HEADER_BYTES + 4)
    if end is None and len(content) > MOST_HEADER_BYTES:
        raise UnreadableMessage("The mail has more than 256 kB of headers.")
    boundaries = set()
    for count, _ in enumerate(_MULTIPART.finditer(content), 1):
        if count > MOST_MULTIPARTS:
            raise UnreadableMessage(f"The mail nests more than {MOST_MULTIPARTS} multiparts.")
    for count, match in enumerate(_BOUNDARY.finditer(content)):
        if count > MOST_MULTIPARTS * 5:
            break
        boundaries.add(match[1] or match[2])
    if boundaries and sum(line[1].rstrip() in boundaries for line in _DELIMITER.finditer(content)) > MOST_PARTS:
        raise UnreadableMessage(f"The mail has more than {MOST_PARTS} parts.")


def _assembled(message: Message, plain: str, html: str, found: _Found) -> ParsedMessage:
    raw = [(name.lower(), str(value)) for name, value in message.raw_items()]
    headers = tuple((name, decode_header(value)) for name, value in raw)
    first = dict(reversed(headers))
    if len(html) > LONGEST_HTML:
        html = html[:LONGEST_HTML]
        found.note("The HTML part is longer than 500 kB; the rest was not read.")
    return ParsedMessage(
        message_id=first.get("message-id", ""),
        date=header_date(first.get("date", "")),
        subject=first.get("subject", ""),
        sender=one_sender([value for name, value in raw if name == "from"]),
        to=address_list([value for name, value in raw if name == "to"]),
        cc=address_list([value for name, value in raw if name == "cc"]),
        headers=headers,
        text=plain[:_LONGEST_TEXT],
        html=html,
        attachments=tuple(found.attachments),
        attached=tuple(found.attached),
        notes=tuple(found.notes),
        sealed=found.sealed or sealed_reason(headers, plain, html, tuple(found.attachments)),
        content_type=_content_type(message),
        reply_to=address_list([value for name, value in raw if name == "reply-to"]),
    )


def _invitation(found: _Found) -> str:
    """What a calendar wrote that sends no words beside its entry."""
    entry = next((file.content for file in found.attachments if file.content_type == "text/calendar"), b"")
    if not entry:
        return ""
    from mail.mime.invitation import invited_words

    return invited_words(entry)


def _content_type(part: Message) -> str:
    return part.get_content_type().lower()


def _words(part: Message, found: _Found, depth: int) -> tuple[str, str]:
    """The plain and the HTML words of a part and all below it; everything else goes into `found`."""
    found.parts += 1
    if found.parts > MOST_PARTS:
        raise UnreadableMessage(f"The mail has more than {MOST_PARTS} parts.")
    _shorten_fields(part)
    kind = _content_type(part)
    if kind == "message/delivery-status":  # a block of headers for each recipient, and no words
        return "", ""
    if part.is_multipart() and kind != "message/rfc822":
        return _multipart_words(part, kind, found, depth)
    if kind in ("message/rfc822", "message/global", "text/rfc822-headers"):
        return _attach_message(part, found, depth)
    return _leaf_words(part, kind, found, depth)


def _shorten_fields(part: Message) -> None:
    for name in ("content-type", "content-disposition"):
        value = part.get(name)
        if value is not None and len(str(value)) > _LONGEST_FIELD:
            part.replace_header(name, str(value)[:_LONGEST_FIELD])


def _multipart_words(part: Message, kind: str, found: _Found, depth: int) -> tuple[str, str]:
    if kind == "multipart/encrypted":
        found.sealed = "The mail is encrypted, so its words could not be read."
    children = [_words(child, found, depth) for child in part.get_payload() if isinstance(child, Message)]
    if kind == "multipart/alternative":
        plain = next((text for text, _ in reversed(children) if text.strip()), "")
        return plain, next((html for _, html in reversed(children) if html), "")
    if kind in ("multipart/report", "multipart/signed"):
        return next((child for child in children if any(child)), ("", ""))
    return _joined([child for child in children if any(child)])


def _joined(children: list[tuple[str, str]]) -> tuple[str, str]:
    """Texts that stand one after the other, as Apple Mail writes around a picture and lists write their footer."""
    if len(children) == 1:
        return children[0]
    plain = "\n\n".join(text if text.strip() else html_to_text(html)[0] for text, html in children)
    if not any(html for _, html in children):
        return plain, ""
    return plain, "\n".join(html or _as_html(text) for text, html in children)


def _as_html(text: str) -> str:
    return "<pre>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</pre>"


def _leaf_words(part: Message, kind: str, found: _Found, depth: int) -> tuple[str, str]:
    name, inline = "", True
    if part.get("content-disposition") or "name" in str(part.get("content-type")).lower():
        name = _file_name(part)
        inline = (part.get_content_disposition() or "inline") == "inline" and (not name or found.parts == 1)
    if kind in ("text/plain", "text/html", "text/enriched") and inline:
        text = _text(part, found)
        return (text, "") if kind != "text/html" else ("", text)
    content = _payload(part, found)
    if kind == "application/ms-tnef" or name.lower() == "winmail.dat":
        return _open_tnef(content, found)
    if kind in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        return _open_pkcs7(part, content, found, depth)
    if name.lower().endswith(".msg") or kind == "application/vnd.ms-outlook":
        return _open_msg(name, kind, content, found, depth)
    if _EML_NAME.search(name) and is_message(content) and depth < _DEEPEST_ATTACHED:
        _attach(content, Attachment(name, kind, content), found, depth)
        return "", ""
    if kind in _WRAPPINGS:
        return "", ""
    if content or name:
        found.attachments.append(Attachment(name, kind, content))
    return "", ""


def _attach_message(part: Message, found: _Found, depth: int) -> tuple[str, str]:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    try:
        content = inner.as_bytes(policy=compat32) if isinstance(inner, Message) else _payload(part, found)
    except (UnicodeEncodeError, LookupError, KeyError, ValueError):
        found.note("An attached mail could not be decoded.")
        return "", ""
    encoding = str(part.get("content-transfer-encoding") or "").strip().lower()
    if encoding == "base64" and isinstance(inner, Message):  # forbidden by RFC 2046, 5.2.1, and sent all the same
        content = _debase64(inner, content)
    file = Attachment(_file_name(part) or "message.eml", "message/rfc822", content)
    if depth < _DEEPEST_ATTACHED and is_message(content):
        _attach(content, file, found, depth)
    elif content.strip():
        found.attachments.append(file)
    return "", ""


def _attach(content: bytes, file: Attachment, found: _Found, depth: int) -> None:
    """A mail in the mail; one that can't be read stays a file, and keeps nobody from reading the mail around it."""
    try:
        found.attached.append(_parse(content, depth + 1))
    except UnreadableMessage as error:
        found.note(f"{file.name} could not be read: {error}")
        found.attachments.append(file)


def _debase64(inner: Message, content: bytes) -> bytes:
    import base64
    import binascii

    if inner.keys():
        return content
    try:
        return base64.b64decode(content.strip())
    except binascii.Error:
        return content


def _open_tnef(content: bytes, found: _Found) -> tuple[str, str]:
    """Outlook's winmail.dat: its words, and the files in it as attachments."""
    plain, html, files, note = opened(content)
    found.attachments.extend(files)
    found.note(note)
    return plain, html


def _open_msg(name: str, kind: str, content: bytes, found: _Found, depth: int) -> tuple[str, str]:
    """A message saved by Outlook reads like one attached as a mail."""
    from mail.mime.outlook import NOT_INSTALLED, installed, mail_of

    shown = name or "An attachment"
    inner = None
    if not installed():
        found.note(NOT_INSTALLED.format(name=shown))
    elif depth < _DEEPEST_ATTACHED:
        inner = mail_of(content)
        found.note("" if inner else f"{shown} could not be opened as a message of Outlook.")
    file = Attachment(name, kind, content)
    if inner:
        _attach(inner, file, found, depth)
    else:
        found.attachments.append(file)
    return "", ""


def _open_pkcs7(part: Message, content: bytes, found: _Found, depth: int) -> tuple[str, str]:
    """An opaque signature is opened (RFC 8551, 3.5.2); what is encrypted stays closed, and the sender is to be told."""
    from mail.mime.sealed import signed_content

    inner = signed_content(content)
    if inner is None or depth >= _DEEPEST_ATTACHED:
        found.sealed = "The mail is encrypted with S/MIME, so its words could not be read."
        found.attachments.append(Attachment(_file_name(part) or "smime.p7m", "application/pkcs7-mime", content))
        return "", ""
    _check_bounds(inner)
    return _words(BytesParser(policy=compat32).parsebytes(inner), found, depth + 1)


def _text(part: Message, found: _Found) -> str:
    content = _payload(part, found)[: _LONGEST_TEXT * 4]
    parameters = {
        name: value[2] if isinstance(value, tuple) else value for name, value in part.get_params(failobj=[])[1:]
    }
    text, note = decode(content, parameters.get("charset"))
    found.note(note)
    text = _LINE_END.sub("\n", text).replace("\x00", "")
    if parameters.get("format", "").lower() == "flowed":
        text = unflow(text, parameters.get("delsp", "").lower() == "yes")
    return text


def _payload(part: Message, found: _Found) -> bytes:
    """The decoded bytes of a leaf; what its transfer encoding breaks is noted, not raised."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        found.note("A part could not be decoded.")
        return b""
    if part.defects:
        found.note("A part is damaged in transfer.")
    return payload if isinstance(payload, bytes) else b""


def _file_name(part: Message) -> str:
    """The file name of a part without any path (RFC 2231, RFC 2047 or raw)."""
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        name = ""
    name = decode_header(str(name)).replace("\\", "/").rpartition("/")[2]
    return re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", name).strip()[:200]


def unflow(text: str, delsp: bool = False) -> str:
    """format=flowed (RFC 3676): soft breaks joined within one quote depth; stuffed spaces taken off; quotes kept."""
    out: list[str] = []
    run: list[str] = []  # pieces of the paragraph that is open
    open_depth = -1  # its quote depth, -1 where none is open
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:]
        words = words[1:] if words.startswith(" ") else words
        if depth != open_depth or words == "-- ":
            out += ["".join(run)] if run else []
            run = [">" * depth + " " if depth else ""]
        soft = words.endswith(" ") and words != "-- "
        run.append(words[:-1] if soft and delsp else words)
        open_depth = depth if soft else -1
        if not soft:
            out.append("".join(run))
            run = []
    return "\n".join([*out, "".join(run)] if run else out)
