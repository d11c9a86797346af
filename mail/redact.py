"""A mail without the words by which a person would be known: for mails that are kept after somebody was erased."""

import email
import html
import re
from collections.abc import Callable
from email.header import Header
from email.message import Message

from mail.mime.charsets import decode, decode_header

Cover = Callable[[str], str]
GONE = "[removed: it named a person who was erased]"
_TAG = re.compile(r"<[^<>]{0,2000}>")
_KEPT_WHEN_ALL_GOES = ("From", "To", "Cc", "Date", "Message-ID", "In-Reply-To", "References", "Subject")


def redact(content: bytes, cover: Cover) -> bytes:
    """The mail with `cover` laid over headers and texts. Files in it go whole: their words can't be changed in place.

    The very same bytes where nothing in it is covered and no file hangs on it. Signatures no longer hold afterwards.
    """
    message = email.message_from_bytes(content)
    try:
        changed = [_headers(part, cover) | _leaf(part, cover) for part in message.walk()]
    except RecursionError:
        return _bytes(_only_headers(message, cover))
    if not any(changed):
        return content
    message.preamble = message.epilogue = None
    made = _bytes(message)
    return made if not _still_there(made, cover) else _bytes(_only_headers(message, cover))


def _bytes(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except (UnicodeError, LookupError, ValueError, AttributeError, TypeError):
        return _only_headers(message, str).as_bytes()


def _headers(part: Message, cover: Cover) -> bool:
    changed = False
    for name in dict.fromkeys(part.keys()):
        values = part.get_all(name, [])
        read = [decode_header(str(value)) for value in values]
        covered = [cover(text) for text in read]
        if covered == read:
            continue
        changed = True
        del part[name]
        for text in covered:
            plain = name.lower() in {"content-type", "content-disposition"}
            part[name] = _ascii(text) if plain else Header(text, "utf-8", header_name=name).encode()
    return changed


def _ascii(text: str) -> str:
    return text.encode("ascii", "replace").decode()


def _leaf(part: Message, cover: Cover) -> bool:
    if part.is_multipart():
        return False
    kind = part.get_content_type()
    if part.get_content_maintype() != "text":
        _replace(part, GONE)
        return True
    try:
        payload, charset = part.get_payload(decode=True), part.get_content_charset()
    except (ValueError, LookupError, AssertionError, TypeError):
        payload, charset = b"", None
    text, _ = decode(payload if isinstance(payload, bytes) else b"", charset)
    covered = cover(text)
    if kind == "text/html" and _still_covers(html.unescape(_TAG.sub(" ", covered)), cover):
        covered = GONE
    if covered == text:
        return False
    _replace(part, covered, kind.partition("/")[2])
    return True


def _still_covers(text: str, cover: Cover) -> bool:
    text = " ".join(text.split())
    return cover(text) != text


def _replace(part: Message, text: str, subtype: str = "plain") -> None:
    for name in ("Content-Type", "Content-Transfer-Encoding", "Content-Disposition"):
        del part[name]
    part.set_payload(text.encode("utf-8", "replace").decode(), "utf-8")
    part.replace_header("Content-Type", f'text/{subtype}; charset="utf-8"')


def _still_there(content: bytes, cover: Cover) -> bool:
    text = content.decode("latin-1")
    return cover(text) != text


def _only_headers(message: Message, cover: Cover) -> Message:
    """What is left of a mail that can't be covered part by part."""
    bare = Message()
    for name in _KEPT_WHEN_ALL_GOES:
        if name in message:
            bare[name] = _ascii(cover(decode_header(str(message[name])))).replace("\n", " ").replace("\r", " ")
    bare.set_payload(GONE, "utf-8")
    return bare
