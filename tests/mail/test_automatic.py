"""Mail that must never be answered, as real clients and servers write it; and people's mail that may."""

import pytest

from mail.letter import Letter
from mail.message import parse_message
from mail.proof.automatic import automatic
from mail.values import Address

OWN = ("intake@hub.example",)
PERSON = ("From: Ann Oduya <ann@college.example>", "To: intake@hub.example", "Subject: Re: openings")


def reason(*headers: str, envelope_from: str | None = None) -> str | None:
    content = "\r\n".join([*headers, "", "Words."]).encode()
    return automatic(parse_message(content).headers, own=OWN, envelope_from=envelope_from)


@pytest.mark.parametrize(
    "headers",
    [
        (),
        ("Auto-Submitted: no",),
        ("Auto-Submitted: No (a person pressed the button)",),
        ("X-Auto-Response-Suppress: DR, RN, NRN",),
        ("Precedence: normal",),
        ("Return-Path: <ann@college.example>",),
        ("Content-Type: text/plain; charset=utf-8",),
        ("X-Auto-Response-Suppress: ",),
    ],
)
def test_a_persons_mail_may_be_answered(headers: tuple[str, ...]) -> None:
    assert reason(*PERSON, *headers, envelope_from="ann@college.example") is None


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        (("Auto-Submitted: auto-replied",), "answering machine"),
        (("Auto-Submitted: auto-generated; owner=x",), "answering machine"),
        (("Auto-Submitted: auto-notified",), "answering machine"),
        (("X-Auto-Response-Suppress: All",), "asks for no automatic answers"),
        (("X-Auto-Response-Suppress: DR, OOF, AutoReply",), "asks for no automatic answers"),
        (("X-Autoreply: yes",), "answering machine"),
        (("X-Autorespond: vacation",), "answering machine"),
        (("Precedence: auto_reply",), "answering machine"),
        (("Precedence: bulk",), "list"),
        (("Precedence: Junk",), "list"),
        (("List-Id: Job developers <jobs.board.example>",), "list"),
        (("List-Unsubscribe: <mailto:leave@board.example>",), "list"),
        (("Return-Path: <>",), "null sender"),
        (("X-Failed-Recipients: bo@college.example",), "could not be delivered"),
        (("Content-Type: multipart/report; report-type=delivery-status; boundary=x",), "could not be delivered"),
        (("Content-Type: multipart/report; report-type=disposition-notification; boundary=x",), "receipt"),
        (("X-Loopin-Letter: automatic",), "own letters"),
    ],
)
def test_a_machines_mail_may_not(headers: tuple[str, ...], words: str) -> None:
    assert words in (reason(*PERSON, *headers) or "")


@pytest.mark.parametrize(
    ("sender", "words"),
    [
        ("Mail Delivery Subsystem <MAILER-DAEMON@mx.college.example>", "machine's address"),
        ("postmaster@college.example", "machine's address"),
        ("Jobs <no-reply@board.example>", "machine's address"),
        ("noreply+x1@board.example", "machine's address"),
        ("bounces+123=intake@board.example", "machine's address"),
        ("Loopin <intake@hub.example>", "own letters"),
        ("intake+l-abc@hub.example", "own letters"),
    ],
)
def test_nor_a_machines_address(sender: str, words: str) -> None:
    assert words in (reason(f"From: {sender}") or "")


@pytest.mark.parametrize("sender", ["Noreen Ply <noreen@college.example>", "Ann (postmaster's office) <ann@x.example>"])
def test_people_with_such_names_are_people(sender: str) -> None:
    assert reason(f"From: {sender}") is None


def test_the_null_sender_of_the_envelope_counts() -> None:
    assert "null sender" in (reason(*PERSON, envelope_from="") or "")


def test_where_the_tracker_is_a_group_its_own_list_is_no_list() -> None:
    """Google Groups puts List-Id and Precedence on all mail to a shared mailbox."""
    group = ("List-Id: <intake.hub.example>", "Precedence: list", "List-Unsubscribe: <https://groups.example/x>")
    assert reason(*PERSON, *group) is None
    assert reason(*PERSON, *group, "List-Id: <jobs.board.example>")


def test_our_own_letters_are_known_when_they_come_back() -> None:
    letter = Letter(
        (Address("", "ann@college.example"),), "Hi", "Hi", "", "<1@hub.example>", Address("", "other@hub.example")
    )
    assert automatic(parse_message(letter.to_bytes()).headers) == "This is one of Loopin's own letters."
