"""The door out against a relay that can misbehave: what is said of a letter is what SMTP lets anyone know."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.smtp import Deferred, Refused, RelaySettings, Unknown, _with_end, check, send
from tests.network import SmtpSink, TcpProxy
from tests.servers import LOOPBACK, free_port

LETTER = b"From: t@hub.example\r\nTo: ann@cara.example\r\nMessage-ID: <1@hub.example>\r\n\r\n.Dot\r\n..\r\nEnd\r\n"


def relay(port: int, **changes: object) -> RelaySettings:
    return RelaySettings(LOOPBACK, port, **{"tls": "none", "timeout": 5.0, **changes})


def test_a_letter_arrives_byte_for_byte(smtp_sink: SmtpSink) -> None:
    sent = send(relay(smtp_sink.port), LETTER, "t@hub.example", "ann@cara.example")
    [received] = smtp_sink.letters
    assert received.content == LETTER
    assert (received.sender, received.recipients) == ("t@hub.example", ("ann@cara.example",))
    assert sent.answer == "250 2.0.0 queued"


@pytest.mark.parametrize(
    ("mode", "outcome", "sentence"),
    [
        ("defer", Deferred, "The relay answered: 451 4.3.0 try later"),
        ("reject", Refused, "The relay answered: 550 5.7.1 refused"),
        ("refuse-rcpt ann", Refused, "The relay answered: 550 5.1.1 no such user"),
        ("cut-before", Deferred, "The relay broke off before the letter was handed over"),
        ("cut", Unknown, "The relay broke off after the letter was handed over"),
        (
            "slow 2",
            Unknown,
            "The relay broke off after the letter was handed over: Connection unexpectedly",
        ),
    ],
)
def test_each_outcome_is_told_apart(smtp_sink: SmtpSink, mode: str, outcome: type[Exception], sentence: str) -> None:
    smtp_sink.mode = mode
    with pytest.raises(outcome) as raised:
        send(relay(smtp_sink.port, timeout=0.7), LETTER, "t@hub.example", "ann@cara.example")
    assert str(raised.value).startswith(sentence)


def test_one_of_several_recipients_is_enough(smtp_sink: SmtpSink) -> None:
    smtp_sink.mode = "refuse-rcpt gone"
    sent = send(relay(smtp_sink.port), LETTER, "t@hub.example", ["ann@cara.example", "gone@cara.example"])
    assert sent.refused == {"gone@cara.example": "550 5.1.1 no such user"}
    assert smtp_sink.letters[0].recipients == ("ann@cara.example",)


def test_a_relay_that_is_not_there_is_no_letters_fault() -> None:
    with pytest.raises(Deferred, match="cannot be reached"):
        send(relay(free_port()), LETTER, "t@hub.example", "ann@cara.example")


def test_a_relay_without_encryption_gets_nothing(smtp_sink: SmtpSink) -> None:
    with pytest.raises(Deferred, match="cannot be reached: STARTTLS"):
        send(relay(smtp_sink.port, tls="starttls"), LETTER, "t@hub.example", "ann@cara.example")
    assert not smtp_sink.letters


def test_a_relay_that_takes_no_sign_in_is_no_letters_fault(smtp_sink: SmtpSink) -> None:
    with pytest.raises(Deferred, match="did not let us in"):
        send(relay(smtp_sink.port, user="u", password="p"), LETTER, "t@hub.example", "ann@cara.example")


def test_a_line_that_falls_silent_before_the_text_defers(smtp_sink: SmtpSink, proxy: Callable[[int], TcpProxy]) -> None:
    line = proxy(smtp_sink.port)
    line.mode = "stall"
    with pytest.raises(Deferred, match="timed out"):
        send(relay(line.port, timeout=0.4), LETTER, "t@hub.example", "ann@cara.example")


def test_the_relay_can_be_tried_without_a_letter(smtp_sink: SmtpSink) -> None:
    assert check(relay(smtp_sink.port))
    assert not smtp_sink.letters


@given(st.lists(st.sampled_from([b".", b"..", b"a", b"", b".a", b"a."]), max_size=8))
def test_what_ends_the_letter_stands_only_at_its_end(lines: list[bytes]) -> None:
    body = b"".join(line + b"\r\n" for line in lines)
    sent = _with_end(b"S: x\r\n\r\n" + body)
    head, end, rest = sent.partition(b"\r\n.\r\n")
    assert (end, rest) == (b"\r\n.\r\n", b"")
    assert b"".join(line.removeprefix(b".") + b"\r\n" for line in head.split(b"\r\n")) == b"S: x\r\n\r\n" + body
