"""Mail that is no person's direct word is recognised by its headers first, then by its form."""

import pytest

from mail.classify import verdict
from mail.message import parse_message
from mail.thread import take_apart

INTRODUCTION = "Kim, meet Dana at Ironvale, they need four welders at $24.50.\n\nPat"


def name_of(headers: str, body: str = INTRODUCTION) -> str:
    mail = f"From: Pat Lee <pat@quarry.example>\nTo: kim@northstar.example\n{headers}\n\n{body}"
    parsed = parse_message(mail.encode())
    judged = verdict(parsed, take_apart(parsed))
    assert bool(judged.reason) == (judged.name != "person")
    return judged.name


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ("Subject: Welders", "person"),
        ("Subject: Re: Out there in Cicero\nX-Auto-Response-Suppress: DR, OOF, AutoReply", "person"),
        ("Subject: Welders\nAuto-Submitted: no", "person"),
        ("Subject: Welders\nAuto-Submitted: auto-replied (vacation)", "auto_reply"),
        ("Subject: Welders\nX-Autoreply: yes", "auto_reply"),
        ("Subject: Automatic reply: Welders\nAuto-Submitted: auto-generated", "auto_reply"),
        ("Subject: Respuesta automática: Welders\nPrecedence: bulk", "auto_reply"),
        ("Subject: Welders\nX-Failed-Recipients: dana@ironvale.example", "bounce"),
        ("Subject: Undeliverable: Welders\nReturn-Path: <>", "bounce"),
        (
            "Subject: The Monday Brief\nX-Mailer: Mailchimp Mailer\nList-Unsubscribe: <https://x.example/u>",
            "newsletter",
        ),
        ("Subject: News\nPrecedence: bulk\nList-Unsubscribe: <https://x.example/u>", "newsletter"),
        ("Subject: [round-table] Welders\nList-Post: <mailto:r@l.example>\nPrecedence: list", "list"),
        ("Subject: New form entry\nAuto-Submitted: auto-generated", "notice"),
        ("Subject: Accepted: Plant walk\nContent-Type: text/calendar; method=REPLY", "calendar"),
    ],
)
def test_headers_tell(headers: str, name: str) -> None:
    assert name_of(headers) == name


def test_a_bounce_that_carries_an_introduction_is_a_bounce_and_no_forward() -> None:
    mail = b"""From: MAILER-DAEMON@mx.northstar.example
To: pat@quarry.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.northstar.example

Final-Recipient: rfc822; dana@ironvale.example
Action: failed

--b
Content-Type: message/rfc822

From: Pat Lee <pat@quarry.example>
To: dana@ironvale.example
Subject: Welders

Kim, meet Dana at Ironvale, they need four welders.

--b--
"""
    parsed = parse_message(mail)
    thread = take_apart(parsed)

    assert verdict(parsed, thread).name == "bounce"
    assert (thread.forward_kind, thread.turns) == (None, ())
    assert thread.message.startswith("I'm sorry")


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (
            "Thank you for your message. I am out of the office until March 20 with limited access to email.\n\n"
            "On Thu, Mar 12, 2026 at 4:05 PM Pat Lee <pat@quarry.example> wrote:\n> Kim, meet Dana.",
            "auto_reply",
        ),
        ("Gracias por su mensaje. Estoy fuera de la oficina; con acceso limitado. Regreso el lunes.", "auto_reply"),
        ("I am out of the office on Friday, but yes: send me the four welders.", "person"),
        (INTRODUCTION + "\nThank you for your email!", "person"),
    ],
)
def test_a_vacation_note_without_headers_is_known_by_its_words(body: str, name: str) -> None:
    assert name_of("Subject: Re: Welders", body) == name
