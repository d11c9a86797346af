"""The same mail as other clients, gateways and lists would have sent it: wrapped, bannered, re-encoded, nested.

Used by test_renditions.py on this folder's own mails, and as a script on any folder of `NAME.eml` with
`NAME.expected.json`: python tests/mail/renditions.py SOURCE TARGET
"""

import base64
import email
import json
import quopri
import re
import sys
import textwrap
from collections.abc import Callable
from email.policy import compat32
from html import escape
from pathlib import Path

BANNER = """CAUTION: This email originated from outside of the organization. Do not click links or open
attachments unless you recognize the sender and know the content is safe.
"""
BRACKETED = "[EXTERNAL EMAIL] Think before you click links or open attachments."
LIST_FOOTER = """--
You received this message because you are subscribed to the Google Groups "Employer Round Table" group.
To unsubscribe from this group and stop receiving emails from it, send an email to
round-table+unsubscribe@groups.example.
"""
GMAIL_AROUND = """---------- Forwarded message ---------
From: Rosalind Achterberg <rosalind@northfold.example>
Date: Wed, Nov 3, 2021 at 8:02 AM
Subject: Fwd: {subject}
To: <wendell@harborworks.example>


Wendell, the note below is the one I meant.

"""
OUTLOOK_AROUND = """From: Wendell Okonjo <wendell@harborworks.example>
Sent: Thursday, November 4, 2021 4:40 PM
To: Pat Forwarder <pat.forwarder@example.org>
Subject: FW: {subject}

Pat, see what came to us.

"""


def body_of(content: bytes) -> tuple[email.message.Message, str]:
    message = email.message_from_bytes(content, policy=compat32)
    payload = message.get_payload(decode=True) or b""
    text = payload.decode(message.get_content_charset() or "utf-8", "replace")
    return message, text.replace("\r\n", "\n")


def rebuilt(message: email.message.Message, body: bytes, charset: str, encoding: str) -> bytes:
    lines = [
        f"{name}: {value}"
        for name, value in message.raw_items()
        if name.lower() not in ("content-type", "content-transfer-encoding", "mime-version")
    ]
    label = f'; charset="{charset}"' if charset else ""
    lines += ["MIME-Version: 1.0", f"Content-Type: text/plain{label}", f"Content-Transfer-Encoding: {encoding}", "", ""]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + body


def wrapped(content: bytes, width: int = 76) -> bytes:
    """Every line hard-wrapped, header lines too; a quoted line is quoted again on the next."""
    message, text = body_of(content)
    out = []
    for line in text.split("\n"):
        mark = "> " if line.startswith(">") else ""
        words = line[len(mark) :] if mark else line
        if len(line) <= width:
            out.append(line)
        else:
            out += [
                mark + piece
                for piece in textwrap.wrap(words, width - len(mark), break_long_words=False, break_on_hyphens=False)
            ]
    return rebuilt(message, "\n".join(out).encode(), "utf-8", "8bit")


def wrapped_in_brackets(content: bytes) -> bytes:
    """As Gmail wraps: the line ends after the opening bracket of an address."""
    message, text = body_of(content)
    out: list[str] = []
    for line in text.split("\n"):
        if (
            sum(bool(before.endswith("<")) for before in out) < 1
            and len(line) > 60
            and " <" in line[20:]
            and "@" in line
            and not line.startswith(">")
        ):
            cut = line.rindex(" <") + 2
            out += [line[:cut], line[cut:]]
        else:
            out.append(line)
    return rebuilt(message, "\n".join(out).encode(), "utf-8", "8bit")


def bannered(content: bytes) -> bytes:
    message, text = body_of(content)
    return rebuilt(message, f"{BANNER}\n{text}".encode(), "utf-8", "8bit")


def bracketed(content: bytes) -> bytes:
    message, text = body_of(content)
    return rebuilt(message, f"{BRACKETED}\n\n{text}".encode(), "utf-8", "8bit")


def listed(content: bytes) -> bytes:
    message, text = body_of(content)
    return rebuilt(message, f"{text}\n{LIST_FOOTER}".encode(), "utf-8", "8bit")


def in_base64(content: bytes) -> bytes:
    message, text = body_of(content)
    return rebuilt(message, base64.encodebytes(text.replace("\n", "\r\n").encode()), "UTF-8", "base64")


def in_legacy_charset(content: bytes) -> bytes:
    """The first old charset that holds all characters, in quoted-printable."""
    message, text = body_of(content)
    text = text.replace("\ufeff", "").replace("\u202f", " ")
    for charset in (
        "iso-8859-1",
        "windows-1252",
        "iso-8859-2",
        "iso-8859-9",
        "koi8-r",
        "koi8-u",
        "windows-1251",
        "iso-2022-jp",
    ):
        try:
            return rebuilt(message, quopri.encodestring(text.encode(charset)), charset, "quoted-printable")
        except UnicodeEncodeError:
            continue
    return rebuilt(message, quopri.encodestring(text.encode()), "utf-8", "quoted-printable")


def unlabelled(content: bytes) -> bytes:
    message, text = body_of(content)
    return rebuilt(message, text.encode(), "us-ascii", "8bit")


def twice_encoded(content: bytes) -> bytes:
    """UTF-8 that a relay took for windows-1252 and encoded again; characters that 1252 lacks stay out of it."""
    message, text = body_of(content)
    try:
        again = text.encode().decode("windows-1252").encode()
    except UnicodeDecodeError:
        again = text.encode()
    return rebuilt(message, again, "utf-8", "8bit")


def as_html(content: bytes, lines: Callable[[list[str]], str]) -> bytes:
    message, text = body_of(content)
    page = f"<html><head><style>p {{margin:0}}</style></head><body>{lines(text.split(chr(10)))}</body></html>"
    made = rebuilt(message, quopri.encodestring(page.encode()), "utf-8", "quoted-printable")
    return made.replace(b"text/plain", b"text/html", 1)


def in_paragraphs(content: bytes) -> bytes:
    """Word's HTML: every line a paragraph without margin, an empty one for an empty line, header words bold."""
    return as_html(
        content, lambda lines: "".join(f'<p class="MsoNormal">{_bold_header(line)}<o:p></o:p></p>' for line in lines)
    )


def _bold_header(line: str) -> str:
    word, colon, value = line.partition(":")
    if colon and value[:1] == " " and len(word) < 16 and word.strip().replace(" ", "").isalpha():
        return f"<b><span lang=EN-US>{escape(word)}:</span></b><span> {escape(value.strip())}</span>"
    return escape(line) or "&nbsp;"


def in_breaks(content: bytes) -> bytes:
    """One block with line breaks, each address a link, as webmails write a forward."""
    address = re.compile(r"[\w.+-]+@[\w.-]+\.\w+")

    def linked(line: str) -> str:
        return address.sub(lambda match: f'<a href="mailto:{match[0]}">{match[0]}</a>', escape(line))

    return as_html(content, lambda lines: '<div dir="ltr">' + "<br>\n".join(map(linked, lines)) + "</div>")


def nested(content: bytes) -> bytes:
    """The forward inside a Gmail forward inside an Outlook forward."""
    message, text = body_of(content)
    subject = str(message["subject"] or "")
    around = (OUTLOOK_AROUND + GMAIL_AROUND).format(subject=subject)
    del message["subject"]
    message["Subject"] = "FW: " + subject
    return rebuilt(message, (around + text.lstrip("\ufeff\n")).encode(), "utf-8", "8bit")


def expected_nested(expected: dict) -> dict:
    """Only what nesting leaves true: the outermost original, and the chain's authors."""
    original = expected.get("original") or {}
    inner = {"from": original["from"]} if (original.get("from") or {}).get("address") else None
    chain = [
        {"from": {"address": "wendell@harborworks.example"}},
        {"from": {"address": "rosalind@northfold.example"}},
    ]
    return {"forwarded": True, "chain": [*chain, inner] if inner else chain}


RENDITIONS = {
    "wrapped": wrapped,
    "wrapped_in_brackets": wrapped_in_brackets,
    "bannered": bannered,
    "bracketed": bracketed,
    "listed": listed,
    "in_base64": in_base64,
    "in_legacy_charset": in_legacy_charset,
    "unlabelled": unlabelled,
    "twice_encoded": twice_encoded,
    "in_paragraphs": in_paragraphs,
    "in_breaks": in_breaks,
    "nested": nested,
}


def main(source: str, target: str) -> None:
    for name, render in RENDITIONS.items():
        folder = Path(target) / name
        folder.mkdir(parents=True, exist_ok=True)
        for mail in sorted(Path(source).glob("*.eml")):
            case = json.loads(mail.with_name(mail.name[:-4] + ".expected.json").read_text())
            if name == "nested":
                if not case["expected"].get("forwarded"):
                    continue
                case["expected"] = expected_nested(case["expected"])
            (folder / mail.name).write_bytes(render(mail.read_bytes()))
            (folder / (mail.name[:-4] + ".expected.json")).write_text(json.dumps(case, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:3])
