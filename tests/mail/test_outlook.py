"""Messages saved by Outlook as .msg files read like mails attached as mails."""

import sys

import pytest
from compressed_rtf import compress

from mail.document import read_document
from mail.mime.outlook import mail_of
from tests.mail.hostile_base import attached
from tests.mail.outlook_files import attached_message, file, message, recipient, saved

SENT = 134_178_231_110_000_000  # 12 March 2026, 21:05:11 UTC, as Windows counts
WORDS = "Pat,\r\n\r\nwe need four welders at $24 an hour in Cicero.\r\n\r\nDana"
DANA = {0x0C1A: "Dana Whitlock", 0x0C1F: "dana@ironvale.example", 0x0037: "Welders", 0x0039: SENT}
PAT, KIM = recipient("Pat Lee", "pat@quarry.example"), recipient("Poe, Kim", "kim@quarry.example", 2)


def mail_with(content: bytes) -> dict:
    return read_document(attached("Welders.msg", content))


def test_a_saved_message_is_the_original() -> None:
    document = mail_with(saved(message({**DANA, 0x1000: WORDS}, PAT, KIM, file("jobs.csv", b"job,openings\r\n"))))

    original = document["original"]
    assert document["forward_kind"] == "attachment"
    assert original["from"] == {"name": "Dana Whitlock", "address": "dana@ironvale.example"}
    assert original["to"] == [{"name": "Pat Lee", "address": "pat@quarry.example"}]
    assert original["cc"] == [{"name": "Poe, Kim", "address": "kim@quarry.example"}]
    assert (original["subject"], original["date"]) == ("Welders", "2026-03-12T21:05:11+00:00")
    assert original["body"] == WORDS.replace("\r\n", "\n")
    assert document["notes"] == []


def test_the_headers_that_a_message_came_with_are_surer_than_its_properties() -> None:
    headers = (
        "From: Dana W <dana.w@ironvale.example>\r\nTo: pat@quarry.example\r\nDate: Thu, 12 Mar 2026 16:05:11 -0500\r\n"
    )
    original = mail_with(saved(message({**DANA, 0x1000: WORDS, 0x007D: headers})))["original"]

    assert original["from"]["address"] == "dana.w@ironvale.example"
    assert original["date"] == "2026-03-12T16:05:11-05:00"


def test_an_address_of_exchange_is_none() -> None:
    original = mail_with(saved(message({**DANA, 0x0C1F: "/O=QUARRY/CN=DANA", 0x1000: WORDS})))["original"]

    assert original["from"]["address"] == ""


@pytest.mark.parametrize(
    "words",
    [
        {0x1013: b"<html><body><p>We need four welders.</p></body></html>", 0x3FDE: 65001},
        {0x1009: compress(rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 We need four welders.\par}", compressed=True)},
    ],
    ids=["html", "rtf"],
)
def test_words_are_read_as_outlook_keeps_them(words: dict[int, bytes | int]) -> None:
    assert mail_with(saved(message({**DANA, **words}, PAT)))["original"]["body"] == "We need four welders."


def test_a_message_in_a_message_follows_it() -> None:
    inner = message({**DANA, 0x1000: "Four welders."}, PAT, embedded=True)
    outer = message({0x0C1A: "Pat Lee", 0x0C1F: "pat@quarry.example", 0x1000: "See below."}, attached_message(inner))

    chain = mail_with(saved(outer))["chain"]
    assert [turn["from"]["address"] for turn in chain] == ["pat@quarry.example", "dana@ironvale.example"]
    assert chain[1]["body"] == "Four welders."


def test_what_is_no_message_of_outlook_is_told_and_kept() -> None:
    document = mail_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))

    assert document["notes"] == ["Welders.msg could not be opened as a message of Outlook."]
    assert [file["name"] for file in document["attachments"]] == ["Welders.msg"]
    assert mail_of(b"From: a@b.example\n\nhi") is None


def test_without_the_extra_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "oxmsg", None)  # as where it is not installed

    assert mail_with(saved(message({**DANA, 0x1000: WORDS})))["notes"] == [
        "Welders.msg is a message saved by Outlook; it can be read where the extra is installed: loopin[msg]."
    ]


def test_an_attached_mail_that_cannot_be_read_keeps_nobody_from_the_mail_around_it() -> None:
    bomb = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nhi\n" * 600
    document = read_document(attached("bomb.eml", bomb))

    assert document["message"].startswith("Pat, Quarry Foods needs two welders")
    assert document["notes"] == ["bomb.eml could not be read: The mail has more than 500 parts."]
