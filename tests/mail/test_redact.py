"""A mail that is kept without a person: headers, encoded texts, HTML, files; other mails stay as they are."""

import base64
from email.message import EmailMessage

from mail.message import parse_message
from mail.redact import GONE, redact


def cover(text: str) -> str:
    return text.replace("Nora Feld", "████ ████").replace("nora@inbox.example", "█" * 18)


def a_mail(text: str, subject: str = "List", html: str = "", file: bytes = b"") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Ivo Brandt <ivo@northfield.example>", "tracker@hub.example"
    mail["Subject"], mail["Message-ID"] = subject, "<list@northfield.example>"
    mail.set_content(text, cte="base64")
    if html:
        mail.add_alternative(html, subtype="html", cte="quoted-printable")
    if file:
        mail.add_attachment(file, maintype="application", subtype="pdf", filename="Nora Feld.pdf")
    return mail.as_bytes()


def test_a_mail_that_names_nobody_keeps_its_bytes() -> None:
    content = a_mail("Twelve openings at Quarry Street.", html="<p>Twelve openings</p>")
    assert redact(content, cover) == content


def test_words_go_from_headers_and_encoded_texts() -> None:
    parsed = parse_message(redact(a_mail("We send Nora Feld (nora@inbox.example).", subject="Nora Feld"), cover))
    assert "████ ████ (██████████████████)" in parsed.text
    assert "Feld" not in parsed.subject
    assert parsed.message_id == "<list@northfield.example>"


def test_a_name_with_tags_between_goes_with_its_part() -> None:
    content = redact(a_mail("Please see below.", html="<p><b>Nora</b>&nbsp;Feld</p>"), cover)
    assert b"Nora" not in content
    assert GONE in parse_message(content).html


def test_files_of_a_mail_that_names_the_person_go() -> None:
    content = redact(a_mail("We send Nora Feld.", file=b"%PDF-1.4 resume of Nora Feld"), cover)
    parsed = parse_message(content)
    assert b"Feld" not in content
    assert base64.b64encode(b"%PDF-1.4 resume")[:16] not in content
    assert GONE in parsed.text or any(GONE.encode() in one.content for one in parsed.attachments)


def test_what_can_not_be_covered_part_by_part_is_left_with_its_headers() -> None:
    broken = b"From: ivo@northfield.example\nContent-Type: multipart/mixed; boundary=x\n\nNora Feld before any part"
    content = redact(broken, cover)
    assert b"Nora" not in content
    assert b"ivo@northfield.example" in content
