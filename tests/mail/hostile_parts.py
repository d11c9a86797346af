"""Mails whose parts, headers, charsets and encodings are made to break a reader."""

import base64
from collections.abc import Callable

from tests.mail.hostile_base import HEAD, WORDS, attached, mixed, plain, repeated


def _parts(size: int) -> bytes:
    return mixed(*[b"Content-Type: text/plain\r\n\r\nx"] * (size // 40))


def _empty_parts(size: int) -> bytes:
    return mixed(*[b"\r\n"] * (size // 10))


def _nested(size: int) -> bytes:
    levels = size // 70
    opened = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level) for level in range(levels)
    )
    return HEAD + opened + b"\r\n" + WORDS


def _nested_in_one_boundary(size: int) -> bytes:
    return HEAD + repeated(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", size) + b"\r\n" + WORDS


def _attached_in_attached(size: int) -> bytes:
    return HEAD + repeated(b"Content-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\n", size) + b"\r\n" + WORDS


def _attached_in_base64(size: int) -> bytes:
    """Each mail holds the next in base64: a third larger with every level."""
    mail = plain(WORDS)
    while len(mail) < size:
        inner = base64.encodebytes(mail)
        mail = HEAD + b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + inner
    return mail


def _many_attached(size: int) -> bytes:
    return mixed(*[b"Content-Type: message/rfc822\r\n\r\n" + plain(WORDS)] * min(490, size // 300))


def _many_long_attached(size: int) -> bytes:
    """Few mails as attachments, each with a long chain of quotes: every one is taken apart."""
    quoted = repeated(b"On Thu, Apr 30, 2020 at 10:07 AM Jo Poe <jo@quarry.example> wrote:\r\n> hi\r\n", size // 40)
    return mixed(*[b"Content-Type: message/rfc822\r\n\r\n" + plain(quoted)] * 40)


def _boundary_prefixes(size: int) -> bytes:
    body = repeated(b"--b1x\r\n--b\r\n--b1 x\r\n-- b1\r\n", size)
    return mixed(b"Content-Type: text/plain\r\n\r\n" + body)


def _boundary_unclosed(size: int) -> bytes:
    body = repeated(WORDS, size)
    return HEAD + b'Content-Type: multipart/mixed; boundary="=_never"\r\n\r\n' + body


def _boundary_of_signs(size: int) -> bytes:
    return HEAD + b'Content-Type: multipart/mixed; boundary="(.*)+[^"\r\n\r\n--(.*)+[^\r\n\r\n' + repeated(WORDS, size)


def _boundary_without_end(size: int) -> bytes:
    return HEAD + b"Content-Type: multipart/mixed; boundary=" + b"a" * size + b"\r\n\r\n" + WORDS


def _boundary_empty(size: int) -> bytes:
    return HEAD + b'Content-Type: multipart/mixed; boundary=""\r\n\r\n' + repeated(b"--\r\n\r\nx\r\n", size)


def _headers(size: int) -> bytes:
    return HEAD + repeated(b"X-Header: value\r\n", size) + b"\r\n" + WORDS


def _short_headers(size: int) -> bytes:
    return HEAD + repeated(b"a:\r\n", size) + b"\r\n" + WORDS


def _folds(size: int) -> bytes:
    return HEAD + b"X-Folded: a" + repeated(b"\r\n b", size) + b"\r\n\r\n" + WORDS


def _folded_blanks(size: int) -> bytes:
    return HEAD + b"References:" + repeated(b"\r\n \t  ", size) + b"\r\n\r\n" + WORDS


def _long_field(name: bytes, piece: bytes) -> Callable[[int], bytes]:
    def made(size: int) -> bytes:
        return HEAD + name + b": " + repeated(piece, min(size, 240_000)) + b"\r\n\r\n" + WORDS

    return made


def _one_line_of_base64(size: int) -> bytes:
    """No line end anywhere: what is meant to be read line by line is one."""
    text = base64.b64encode(repeated(WORDS, size * 3 // 4))
    return HEAD + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n" + text


def _quoted_printable(size: int) -> bytes:
    head = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return HEAD + head + repeated(b"=", size // 2) + repeated(b"=3D=\r\n", size // 2)


def _uuencoded(size: int) -> bytes:
    head = b"Content-Type: text/plain\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 x\r\n"
    return HEAD + head + repeated(b"M" + b"!" * 60 + b"\r\n", size)


def _flowed(size: int) -> bytes:
    return plain(repeated(b"> > flowed \r\n>flowed \r\n", size), b"text/plain; format=flowed; delsp=yes")


def _flowed_in_one(size: int) -> bytes:
    return plain(repeated(b"a \r\n", size), b"text/plain; format=flowed")


def _charset(label: bytes, body: bytes) -> Callable[[int], bytes]:
    return lambda size: plain(repeated(body, size), b"text/plain; charset=" + label)


def _nulls(size: int) -> bytes:
    return plain(b"\x00" * (size // 2) + repeated(b"w\x00e\x00", size // 2))


def _bidi(size: int) -> bytes:
    return plain(repeated("\u202efdp.segaw\u202c \u2066x\u2069 ‏עברית ".encode(), size))


def _homoglyphs(size: int) -> bytes:
    return plain(repeated("Frоm: Dаna <dana@quarry.example>\r\nSubjеct: х\r\n".encode(), size))


def _rich_text(size: int) -> bytes:
    return plain(repeated(b"<bold><nofill>x</bold>", size), b"text/enriched")


def _invitation(size: int) -> bytes:
    body = b"BEGIN:VCALENDAR\r\n" + repeated(
        b"BEGIN:VEVENT\r\nDTSTART:20261301T990000Z\r\nRRULE:FREQ=SECONDLY\r\n", size
    )
    return mixed(b"Content-Type: text/calendar; method=REQUEST\r\n\r\n" + body, kind=b"multipart/alternative")


def _alternatives(size: int) -> bytes:
    return mixed(
        *[b"Content-Type: text/html\r\n\r\n" + repeated(b"<p>x", size // 400)] * 400, kind=b"multipart/alternative"
    )


def _report(size: int) -> bytes:
    fields = repeated(b"Final-Recipient: rfc822; jo@quarry.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n", size)
    return mixed(
        b"Content-Type: message/delivery-status\r\n\r\n" + fields, kind=b"multipart/report; report-type=delivery-status"
    )


def _names(size: int) -> bytes:
    path = "../" * min(1000, size // 10) + "etc/passwd\u202etxt.exe"
    return attached(path.encode("utf-8").decode("latin-1").encode("latin-1", "replace").decode("latin-1"), b"x" * size)


def _parameters_in_pieces(size: int) -> bytes:
    pieces = b"".join(b"; name*%d*=%%41" % number for number in range(min(9_000, size // 16)))
    return HEAD + b"Content-Type: text/plain" + pieces + b"\r\n\r\n" + WORDS


PARTS: dict[str, Callable[[int], bytes]] = {
    "parts": _parts,
    "empty parts": _empty_parts,
    "multiparts nested": _nested,
    "multiparts nested in one boundary": _nested_in_one_boundary,
    "mails attached in each other": _attached_in_attached,
    "mails attached in base64 in each other": _attached_in_base64,
    "mails attached side by side": _many_attached,
    "long mails attached side by side": _many_long_attached,
    "boundaries that begin alike": _boundary_prefixes,
    "a boundary that never comes": _boundary_unclosed,
    "a boundary of pattern signs": _boundary_of_signs,
    "a boundary without end": _boundary_without_end,
    "an empty boundary": _boundary_empty,
    "headers": _headers,
    "short headers": _short_headers,
    "folded header": _folds,
    "folded blanks": _folded_blanks,
    "comments in From": _long_field(b"Sender", b"(a"),
    "encoded words without end": _long_field(b"X-Words", b"=?utf-8?q?"),
    "encoded words in base64": _long_field(b"X-Words", b"=?utf-8?b?w6k=?= "),
    "encoded words in UTF-7": _long_field(b"X-Words", b"=?utf-7?q?+AAA?= "),
    "encoded words in punycode": _long_field(b"X-Words", b"=?punycode?q?a-b-c?= "),
    "recipients in groups": _long_field(b"Cc", b"a:b:c:;,"),
    "recipients in quotes": _long_field(b"Cc", b'"\\",'),
    "angle brackets": _long_field(b"Cc", b"<"),
    "references": _long_field(b"References", b"<a@b.example> "),
    "signatures in headers": _long_field(b"DKIM-Signature", b"v=1; a=; "),
    "verdicts in headers": _long_field(b"Authentication-Results", b"x; dkim=pass (a) "),
    "hops": _long_field(b"Received", b"from a (b [127.0.0.1]) by c; "),
    "parameters in pieces": _parameters_in_pieces,
    "one line of base64": _one_line_of_base64,
    "quoted-printable": _quoted_printable,
    "uuencoded": _uuencoded,
    "flowed": _flowed,
    "flowed in one paragraph": _flowed_in_one,
    "UTF-7": _charset(b"utf-7", b"+AGYA"),
    "a charset that is none": _charset(b"x" * 900, b"\xe9\xff"),
    "a charset that is a codec": _charset(b"zlib", b"x\x9c\xff"),
    "UTF-16 that is none": _charset(b"utf-16", b"\xd8\x00"),
    "UTF-32 that is none": _charset(b"utf-32", b"\xff\xfe\xfd\xfc"),
    "ISO-2022 escapes": _charset(b"iso-2022-jp", b"\x1b$B\x1b(B"),
    "HZ escapes": _charset(b"hz-gb-2312", b"~{<:Ky2;~}"),
    "no charset": _charset(b"us-ascii", bytes(range(128, 256))),
    "UTF-8 twice": _charset(b"utf-8", "Ã©Ã±â€™".encode()),
    "nulls": _nulls,
    "direction marks": _bidi,
    "letters that look alike": _homoglyphs,
    "rich text": _rich_text,
    "invitation": _invitation,
    "alternatives": _alternatives,
    "bounce": _report,
    "file names": _names,
}
