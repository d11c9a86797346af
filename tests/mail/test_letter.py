"""Letters: what stands in their headers, and that nothing of a person's words can become one."""

from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.letter import BadLetter, Letter
from mail.message import parse_message
from mail.values import Address

LETTER = Letter(
    to=(Address("Ann Oduya", "ann@cara.example"),),
    subject="Re: Ten forklift operators",
    text="Hello Ann,\n\nThe college accepted.\n",
    html="<html><head><style>p { color: red }</style></head><body><p>Hello Ann</p></body></html>",
    message_id="<l-1.7@hub.example>",
    from_=Address("Loopin", "intake@hub.example"),
    reply_to=(Address("", "intake+l-1@hub.example"),),
    in_reply_to="<a@cara.example>",
    references=("<0@cara.example>", "<a@cara.example>"),
    list_id="referrals.hub.example",
    token="abc",
)


def test_an_automatic_letter_says_so() -> None:
    message = message_from_bytes(LETTER.to_bytes())
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["List-Id"] == "<referrals.hub.example>"
    assert message["Reply-To"] == "intake+l-1@hub.example"
    assert message["X-Loopin-Letter"] == "automatic"
    assert message["X-Loopin-Token"] == "abc"
    assert message["References"].split() == ["<0@cara.example>", "<a@cara.example>"]
    assert message["Message-ID"] == "<l-1.7@hub.example>"


def test_a_letter_sent_by_hand_shows_all_and_is_not_automatic() -> None:
    by_hand = replace(
        LETTER,
        automatic=False,
        to=(Address("Ann Oduya", "ann@cara.example"), Address("Bo Li", "bo@college.example")),
        cc=(Address("", "intake@hub.example"), Address("Ann again", "ann@cara.example")),
        from_=Address("Zoë Roe via Loopin", "intake@hub.example"),
    )
    message = message_from_bytes(by_hand.to_bytes())
    assert message["Auto-Submitted"] is None
    assert message["X-Auto-Response-Suppress"] is None
    assert by_hand.recipients == ("ann@cara.example", "bo@college.example", "intake@hub.example")
    assert str(make_header(decode_header(message["From"]))) == "Zoë Roe via Loopin <intake@hub.example>"


def test_an_automatic_letter_has_one_recipient() -> None:
    with pytest.raises(BadLetter, match="one recipient"):
        replace(LETTER, cc=(Address("", "bo@college.example"),))


def test_the_text_comes_before_the_html_and_styles_are_inlined() -> None:
    parts = message_from_bytes(LETTER.to_bytes()).get_payload()
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert b'<p style="color: red;">' in parts[1].get_payload(decode=True)


def test_without_html_there_is_one_part() -> None:
    message = message_from_bytes(replace(LETTER, html="").to_bytes())
    assert message.get_content_type() == "text/plain"
    assert message.get_payload(decode=True).decode() == LETTER.text.replace("\n", "\r\n")


def test_our_own_reader_reads_our_letters() -> None:
    parsed = parse_message(LETTER.to_bytes())
    assert parsed.subject == LETTER.subject
    assert parsed.sender == LETTER.from_
    assert parsed.text.strip() == LETTER.text.strip()


def test_twice_the_same_letter_is_twice_the_same_bytes_but_for_the_date() -> None:
    undated = [[line for line in LETTER.to_bytes().splitlines() if not line.startswith(b"Date:")] for _ in range(2)]
    assert undated[0] == undated[1]


@pytest.mark.parametrize(
    "address", ["ann", "ann@x.example\r\nBcc: all@x.example", "a b@x.example", "", "<ann@x.example>"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadLetter):
        replace(LETTER, to=(Address("", address),))


WORDS = st.one_of(st.text(max_size=200), st.text("ab =?\u202e\ud800", max_size=2000))
ALLOWED = {"date", "from", "to", "reply-to", "subject", "message-id", "in-reply-to", "references", "list-id"}
ALLOWED |= {"auto-submitted", "x-auto-response-suppress", "x-loopin-letter", "x-loopin-token", "mime-version"}
ALLOWED |= {"content-type", "content-transfer-encoding"}


@given(subject=WORDS, name=WORDS, text=WORDS, reference=WORDS)
def test_no_words_become_a_header_or_a_recipient(subject: str, name: str, text: str, reference: str) -> None:
    """CR, LF, NUL, separators of Unicode, encoded words, quotes: whatever people and their clients write."""
    letter = replace(
        LETTER, subject=subject, to=(Address(name, "ann@cara.example"),), text=text, html="", in_reply_to=reference
    )
    content = letter.to_bytes()
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) < 998
    assert b"\n" not in content.replace(b"\r\n", b"")
    message = message_from_bytes(content, policy=default)
    assert {header.lower() for header in message} <= ALLOWED
    assert [each.addr_spec for each in message["To"].addresses] == ["ann@cara.example"]
    assert len(message.get_all("Subject") or []) <= 1
    parsed = parse_message(content)
    assert "".join(parsed.subject.split()) == "".join(subject_as_read(subject).split())


def subject_as_read(subject: str) -> str:
    """Controls, line separators and marks of direction became blanks, half characters a question mark."""
    taken_out = {*range(32), *range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A)}
    spaced = "".join(" " if ord(letter) in taken_out else letter for letter in subject)
    return spaced.encode("utf-8", "replace").decode().strip()[:500]
