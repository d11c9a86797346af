"""Messages saved by Outlook as .msg files ([MS-OXMSG]), as the bytes of a mail. Needs the extra `msg`."""

from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO
from typing import Any

from mail.mime.sealed import rtf_words

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOT_INSTALLED = "{name} is a message saved by Outlook; it can be read where the extra is installed: loopin[msg]."
_LARGEST = 10_000_000
_DEEPEST = 4
_TOP, _EMBEDDED, _PART = 32, 24, 8  # bytes before the first property, by kind of storage ([MS-OXMSG] 2.4)
_SUBJECT, _HEADERS, _SENDER, _SENDER_ADDRESS, _SENDER_SMTP = 0x0037, 0x007D, 0x0C1A, 0x0C1F, 0x5D01
_TO, _CC = 1, 2
_KEPT = frozenset({"from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "reply-to"})


def installed() -> bool:
    """Whether the reader of .msg files is there."""
    try:
        import oxmsg  # noqa: F401
    except ImportError:
        return False
    return True


def mail_of(content: bytes) -> bytes | None:
    """The mail in a .msg file with its headers, words and attachments, None where the bytes hold none."""
    if not content.startswith(MARK) or len(content) > _LARGEST:
        return None
    from olefile import OleFileIO
    from oxmsg.storage import Storage

    try:
        with OleFileIO(BytesIO(content)) as ole:
            return _mail(Storage.from_ole(ole), _TOP, 0).as_bytes()
    except Exception:  # a reader of others over hostile bytes: whatever it raises is a file that can't be read
        return None


def _mail(storage: Any, header: int, depth: int) -> EmailMessage:
    from oxmsg.properties import Properties

    properties = Properties(storage, properties_header_offset=header)
    mail = EmailMessage()
    for name, value in _headers(storage, properties).items():
        mail[name] = " ".join(value.split())
    _write_words(mail, properties)
    for part in storage.iter_attachment_storages():
        _attach(mail, part, depth)
    return mail


def _headers(storage: Any, properties: Any) -> dict[str, str]:
    """The headers that the mail came with; where it was never sent, those that its properties tell."""
    from email.parser import HeaderParser

    text = properties.str_prop_value(_HEADERS) or ""
    came = {name.lower(): str(value) for name, value in HeaderParser().parsestr(text).items()}
    found = {name: value for name, value in came.items() if name in _KEPT}
    told = {
        "from": _shown(properties, _SENDER, (_SENDER_SMTP, _SENDER_ADDRESS)),
        "to": _recipients(storage, _TO),
        "cc": _recipients(storage, _CC),
        "subject": properties.str_prop_value(_SUBJECT) or "",
        "date": _date(properties),
    }
    return {**{name: value for name, value in told.items() if value}, **found}


def _shown(properties: Any, name: int, addresses: tuple[int, ...]) -> str:
    """`"Jane Doe" <jane@x>`; an address of Exchange itself ("/O=...") is none."""
    shown = (properties.str_prop_value(name) or "").replace('"', "").strip()
    spoken = (properties.str_prop_value(address) or "" for address in addresses)
    address = next((address for address in spoken if "@" in address), "")
    return f'"{shown}" <{address}>' if address else shown


def _recipients(storage: Any, kind: int) -> str:
    from oxmsg.domain import constants
    from oxmsg.properties import Properties

    found = []
    for recipient in storage.iter_recipient_storages():
        properties = Properties(recipient, properties_header_offset=_PART)
        if (properties.int_prop_value(constants.PID_RECIPIENT_TYPE) or _TO) == kind:
            addresses = (constants.PID_SMTP_ADDRESS, constants.PID_EMAIL_ADDRESS)
            found.append(_shown(properties, constants.PID_DISPLAY_NAME, addresses))
    return ", ".join(found)


def _date(properties: Any) -> str:
    from oxmsg.domain import constants

    sent = properties.date_prop_value(constants.PID_CLIENT_SUBMIT_TIME)
    return format_datetime(sent) if sent else ""


def _write_words(mail: EmailMessage, properties: Any) -> None:
    from oxmsg.domain import constants

    plain = properties.str_prop_value(constants.PID_BODY) or ""
    html = properties.binary_prop_value(constants.PID_HTML) or b""
    if not plain.strip() and not html:
        plain = rtf_words(properties.binary_prop_value(constants.PID_RTF_COMPRESSED) or b"")
    mail.set_content(plain)
    if html:
        mail.add_alternative(html.decode(properties.body_encoding, "replace"), subtype="html")


def _attach(mail: EmailMessage, part: Any, depth: int) -> None:
    """A file, or a message in the message."""
    from oxmsg.attachment import Attachment

    inner = next((storage for storage in part.storages if storage.name == "__substg1.0_3701000D"), None)
    if inner is not None:
        if depth < _DEEPEST:
            mail.add_attachment(_mail(inner, _EMBEDDED, depth + 1))
        return
    file = Attachment(part)
    if file.file_bytes:
        kind, _, subkind = (file.mime_type or "").partition("/")
        known = kind.isalnum() and subkind and kind not in ("message", "multipart")
        kind, subkind = (kind, subkind) if known else ("application", "octet-stream")
        mail.add_attachment(file.file_bytes, maintype=kind, subtype=subkind, filename=file.file_name or "file")
