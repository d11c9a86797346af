"""MIME within bounds: charsets, wrappers, attached mails, and what may not be read."""

import base64
import struct

import pytest
from compressed_rtf import compress

from mail.message import is_message, parse_message, unflow
from mail.thread import take_apart
from mail.values import UnreadableMessage

HEAD = (
    b"From: Dana Whitlock <dana@ironvale.example>\r\nTo: pat@quarry.example\r\nSubject: Welders\r\n"
    b"MIME-Version: 1.0\r\n"
)


def plain(content: bytes, label: str, encoding: str = "8bit") -> bytes:
    return HEAD + f"Content-Type: text/plain{label}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + content


def mixed(*parts: bytes, kind: str = "mixed") -> bytes:
    body = b"".join(b"--frontier\r\n" + part + b"\r\n" for part in parts)
    return HEAD + f'Content-Type: multipart/{kind}; boundary="frontier"\r\n\r\n'.encode() + body + b"--frontier--\r\n"


def page(words: bytes) -> bytes:
    return HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n<html><body>" + words


def part(kind: str, content: bytes, name: str = "", encoding: str = "7bit") -> bytes:
    lines = [f"Content-Type: {kind}", f"Content-Transfer-Encoding: {encoding}"]
    if name:
        lines.append(f'Content-Disposition: attachment; filename="{name}"')
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


@pytest.mark.parametrize(
    ("content", "label"),
    [
        ("señal – ok".encode("windows-1252"), "; charset=us-ascii"),
        ("señal – ok".encode("windows-1252"), "; charset=iso-8859-1"),
        ("señal – ok".encode("windows-1252"), ""),
        ("señal – ok".encode(), ""),
        ("señal – ok".encode(), "; charset=us-ascii"),
        ("señal – ok".encode("windows-1252"), "; charset=utf-8"),
        ("señal – ok".encode(), "; charset=x-unheard-of"),
        ("señal – ok".encode(), "; charset=punycode"),
        ("seÃ±al â€“ ok".encode(), "; charset=utf-8"),
    ],
)
def test_a_charset_that_is_missing_wrong_or_lying_is_seen_through(content: bytes, label: str) -> None:
    assert parse_message(plain(content, label)).text == "señal – ok"


def test_a_capital_whose_second_half_became_a_blank_is_put_right() -> None:
    assert parse_message(plain("Å\xa0alje: Ana".encode(), "; charset=utf-8")).text == "Šalje: Ana"
    assert parse_message(plain("Odense Å\xa0og byen".encode(), "; charset=utf-8")).text.startswith("Odense Å")
    assert parse_message(plain("MERGE Î\xa0".encode(), "; charset=utf-8")).text == "MERGE Î\xa0"


def test_a_charset_that_was_not_believed_is_noted() -> None:
    assert parse_message(plain(b"se\xf1al", "; charset=utf-8")).notes == (
        "The text is not in utf-8, as its label says.",
    )


def test_base64_and_quoted_printable_may_break_anywhere() -> None:
    words = "Potrzebujemy dwóch spawaczy.\r\n"
    broken = base64.encodebytes(words.encode() * 9)
    soft = b"Potrzebujemy dw=C3=\r\n=B3ch spawa=\r\nczy.\r\n"

    assert parse_message(plain(broken, "; charset=utf-8", "base64")).text.count("dwóch") == 9
    assert parse_message(plain(soft, "; charset=utf-8", "quoted-printable")).text == "Potrzebujemy dwóch spawaczy.\n"


def test_flowed_lines_are_joined_within_their_quote() -> None:
    flowed = "We need \nfour welders.\n> you asked \n> how many\n-- \nDana"

    assert unflow(flowed) == "We need four welders.\n> you asked how many\n-- \nDana"
    assert unflow("Donau \ndampf", delsp=True) == "Donaudampf"


@pytest.mark.parametrize(
    "raw",
    [
        b"From: dana@ironvale.example, pat@quarry.example",
        b"From: dana@ironvale.example\r\nFrom: pat@quarry.example",
        b"From: Friends: dana@ironvale.example;",
        b"From: =?utf-8?Q?dana=40ironvale.example?=",
        b"From: Whitlock, Dana <dana@ironvale.example>",
        b"Reply-To: dana@ironvale.example",
    ],
)
def test_there_is_one_strict_sender_or_none(raw: bytes) -> None:
    parsed = parse_message(raw + b"\r\nSubject: Welders\r\n\r\nhi")

    assert parsed.sender.address == ""


def test_an_encoded_word_never_becomes_the_address() -> None:
    parsed = parse_message(b"From: =?utf-8?Q?boss=40quarry.example?= <dana@ironvale.example>\r\n\r\nhi")

    assert (parsed.sender.name, parsed.sender.address) == ("boss@quarry.example", "dana@ironvale.example")


def test_a_mail_attached_as_a_mail_is_the_original() -> None:
    inner = HEAD + b"Date: Thu, 12 Mar 2026 16:05:11 -0500\r\n\r\nWe need four welders.\r\n"
    content = mixed(part("text/plain", b"See this."), part("message/rfc822", inner, "Welders.eml"))

    thread = take_apart(parse_message(content))

    assert (thread.forward_kind, thread.message) == ("attachment", "See this.")
    assert (thread.turns[0].sender.name, thread.turns[0].date) == ("Dana Whitlock", "2026-03-12T16:05:11-05:00")
    assert thread.turns[0].body == "We need four welders."


def test_several_eml_files_and_a_mail_in_base64_are_opened() -> None:
    inner = HEAD + b"\r\nWe need four welders.\r\n"
    coded = base64.encodebytes(inner)
    content = mixed(
        part("text/plain", b"Two for you."),
        part("application/octet-stream", coded, "first.eml", "base64"),
        part("message/rfc822", coded, "second.eml", "base64"),
    )

    assert [turn.body for turn in take_apart(parse_message(content)).turns] == ["We need four welders."] * 2


def test_a_forward_inside_an_attached_mail_follows_it_in_the_chain() -> None:
    inner = (
        HEAD
        + b"\r\nPat, look.\r\n\r\n---------- Forwarded message ---------\r\nFrom: Rae Poe <rae@midline.example>\r\n"
        + b"Date: Wed, Mar 11, 2026 at 9:05 AM\r\nSubject: Welders\r\n\r\nFour, please.\r\n"
    )
    content = mixed(part("text/plain", b"See this."), part("message/rfc822", inner))

    turns = take_apart(parse_message(content)).turns

    assert [turn.sender.address for turn in turns] == ["dana@ironvale.example", "rae@midline.example"]
    assert turns[0].text == "Pat, look."


def test_the_parts_of_an_alternative_may_differ_in_what_they_keep() -> None:
    table = (
        b"<p>The list:</p><table><tr><td>Job</td><td>How many</td></tr><tr><td>Welder</td><td>4</td></tr>"
        b"<tr><td>Fitter</td><td>2</td></tr></table>"
    )
    column = b"The list:\r\n\r\nJob\r\n\r\nHow many\r\n\r\nWelder\r\n\r\n4\r\n\r\nFitter\r\n\r\n2\r\n"
    content = mixed(part("text/plain", column), part("text/html", table), kind="alternative")

    assert "Welder | 4\nFitter | 2" in take_apart(parse_message(content)).message


def test_a_plain_part_that_only_asks_for_html_is_passed_over() -> None:
    stub = b"Your mail client does not support HTML."
    page = b"<p>We need four welders for the second shift, starting on Monday at our Cicero shop.</p>"
    content = mixed(part("text/plain", stub), part("text/html", page), kind="alternative")

    assert take_apart(parse_message(content)).message.startswith("We need four welders")


def test_a_signed_wrapper_is_looked_through_and_its_signature_is_no_attachment() -> None:
    content = mixed(
        part("text/plain", b"We need four welders."),
        part("application/pkcs7-signature", b"MIIB", "smime.p7s", "base64"),
        kind="signed",
    )
    parsed = parse_message(content)

    assert parsed.text == "We need four welders."
    assert parsed.attachments == ()


def test_an_opaque_signature_is_opened() -> None:
    inner = b"Content-Type: text/plain\r\n\r\nWe need four welders."
    content = HEAD + b"Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\n"
    content += b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(signed_data(inner))

    assert parse_message(content).text == "We need four welders."


def der(tag: int, *content: bytes) -> bytes:
    body = b"".join(content)
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8 or 1, "big")
    return bytes([tag]) + (size if len(body) < 128 else bytes([0x80 | len(size)]) + size) + body


def signed_data(inner: bytes) -> bytes:
    """A CMS ContentInfo with SignedData around `inner` and no signers (RFC 5652, 5)."""
    data, signed = bytes.fromhex("2a864886f70d010701"), bytes.fromhex("2a864886f70d010702")
    encapsulated = der(0x30, der(0x06, data), der(0xA0, der(0x04, inner)))
    body = der(0x30, der(0x02, b"\x01"), der(0x31), encapsulated, der(0x31))
    return der(0x30, der(0x06, signed), der(0xA0, body))


IN_PORTAL = "The mail only announces an encrypted message that waits in a portal, so its words could not be read."
BOLD_NOTICE = b"<td>Dana has sent you a <b>protected</b> message.</td><a href='https://p.example'>Read"
CONFIDENTIAL = b"dana@ironvale.example has sent you an email via Gmail confidential mode: https://p.example"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            HEAD + b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nMIIB",
            "The mail is encrypted with S/MIME, so its words could not be read.",
        ),
        (
            mixed(
                part("application/pgp-encrypted", b"Version: 1"),
                part("application/octet-stream", b"-----BEGIN PGP MESSAGE-----", "encrypted.asc"),
                kind="encrypted",
            ),
            "The mail is encrypted, so its words could not be read.",
        ),
        (
            plain(b"-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA3\r\n-----END PGP MESSAGE-----\r\n", ""),
            "The mail is encrypted with PGP, so its words could not be read.",
        ),
        (page(BOLD_NOTICE), IN_PORTAL),
        (plain(b"Dana sent you an encrypted message\r\nUnlock it: https://p.example", ""), IN_PORTAL),
        (plain(CONFIDENTIAL, ""), IN_PORTAL),
        (plain(b"Dana le ha enviado un mensaje cifrado: https://p.example", ""), IN_PORTAL),
        (plain("Dana wysłała do Ciebie zaszyfrowaną wiadomość: https://p.example".encode(), ""), IN_PORTAL),
        (
            plain(b"Dana Whitlock has sent you a protected message.\r\nRead it at https://portal.example/m/1", ""),
            IN_PORTAL,
        ),
    ],
)
def test_what_is_sealed_is_said_in_one_sentence(content: bytes, words: str) -> None:
    assert parse_message(content).sealed == words


def tnef(*attributes: tuple[int, int, bytes]) -> bytes:
    """A winmail.dat of (level, attribute id, bytes)."""
    out = struct.pack("<IH", 0x223E9F78, 1)
    for level, identifier, data in attributes:
        out += struct.pack("<BII", level, identifier, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    return out


def test_words_about_a_secure_message_are_no_notice() -> None:
    words = (
        b"<p>Dana has sent you a secure message last week, see https://p.example, and asks again.</p>"
        + b"<p>x y z " * 1000
    )
    assert parse_message(page(words)).sealed == ""


def test_an_invitation_without_words_beside_it_is_read_from_its_entry() -> None:
    entry = (
        b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nDESCRIPTION:zone\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n"
        b"SUMMARY;LANGUAGE=en:Meet Ironvale\r\nDESCRIPTION:We need four welders\\, days\r\n  only.\\nDana\r\n"
        b"LOCATION:Cicero\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    parsed = parse_message(HEAD + b"Content-Type: text/calendar; method=REQUEST\r\n\r\n" + entry)

    assert parsed.text == "Meet Ironvale\n\nCicero\n\nWe need four welders, days only.\nDana"


def test_winmail_dat_gives_its_words_and_files() -> None:
    content = tnef(
        (1, 0x0002800C, b"We need four welders.\x00"),
        (2, 0x00069002, b"\x00" * 14),
        (2, 0x00018010, b"jobs.csv\x00"),
        (2, 0x0006800F, b"job,openings\r\nwelder,4\r\n"),
    )
    parsed = parse_message(mixed(part("application/ms-tnef", base64.encodebytes(content), "winmail.dat", "base64")))

    assert parsed.text == "We need four welders."
    assert [(file.name, file.content) for file in parsed.attachments] == [("jobs.csv", b"job,openings\r\nwelder,4\r\n")]


def test_winmail_dat_gives_the_words_that_outlook_packed() -> None:
    packed = compress(rb"{\rtf1\ansi We need four welders.\par}", compressed=True)
    padded = packed + bytes(-len(packed) % 4)
    content = tnef((1, 0x00069003, struct.pack("<IHHII", 1, 0x0102, 0x1009, 1, len(packed)) + padded))
    parsed = parse_message(mixed(part("application/ms-tnef", base64.encodebytes(content), "winmail.dat", "base64")))

    assert parsed.text == "We need four welders."


def test_a_broken_winmail_dat_is_kept_and_noted() -> None:
    parsed = parse_message(mixed(part("application/ms-tnef", b"\x78\x9f\x3e\x22broken", "winmail.dat")))

    assert [file.name for file in parsed.attachments] == ["winmail.dat"]


def test_file_names_lose_their_path() -> None:
    content = mixed(part("text/plain", b"hi"), part("text/csv", b"a,b", "../../etc/jobs.csv"))

    assert [file.name for file in parse_message(content).attachments] == ["jobs.csv"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\r\n \r\n",
        b"\x89PNG\r\n\x1a\n",
        b'{"subject": "no mail"}',
        b"From: a@b.example\r\n" + b"X: " + b"y" * 300_000 + b"\r\n\r\nhi",
        HEAD
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(150))
        + b"hi",
        HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 5_000,
        mixed(*(part("text/plain", b"hi") for _ in range(600))),
    ],
    ids=["empty", "blank", "picture", "json", "headers", "multiparts", "nesting", "parts"],
)
def test_what_is_no_mail_or_beyond_the_bounds_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(UnreadableMessage) as refused:
        parse_message(content)
    assert str(refused.value).endswith(".")


def test_an_mbox_line_before_the_headers_is_no_harm() -> None:
    assert is_message(b"From dana@ironvale.example Thu Mar 12 16:05:11 2026\nFrom: dana@ironvale.example\n\nhi")
    assert not is_message(b"%PDF-1.7\n%\xe2\xe3")
