"""Reply tokens: nobody can make, change, lengthen or outlive one, and they are found only where they were put."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.message import parse_message
from mail.token import (
    BadToken,
    ExpiredToken,
    FoundToken,
    Token,
    TokenKind,
    find_tokens,
    message_id,
    read,
    reply_address,
    seal,
    subject_tag,
    without_tags,
)

KEY, OLD_KEY, FOREIGN_KEY = b"k" * 32, b"o" * 32, b"f" * 32
TODAY = date(2026, 11, 25)
TOKEN = Token(TokenKind.REFERRAL, 1234, 56, TODAY + timedelta(days=90))
TEXT = seal([KEY], TOKEN)
TOKENS = st.builds(
    Token,
    st.sampled_from(TokenKind),
    st.integers(0, 2**63 - 1),
    st.integers(0, 2**63 - 1),
    st.dates(date(2024, 1, 1), date(2150, 1, 1)),
)


@given(TOKENS)
def test_a_token_comes_back_as_it_was(token: Token) -> None:
    text = seal([KEY], token)
    assert read([KEY], text, token.expires) == token
    assert read([KEY], text.upper(), token.expires) == token
    assert subject_tag(text)[3:-1] == text
    assert len(text) <= 60


def test_keys_can_rotate() -> None:
    assert read([KEY, OLD_KEY], seal([OLD_KEY], TOKEN), TODAY) == TOKEN
    assert read([KEY, OLD_KEY], seal([KEY, OLD_KEY], TOKEN), TODAY) == TOKEN


def test_a_token_of_another_key_is_bad() -> None:
    with pytest.raises(BadToken):
        read([KEY, OLD_KEY], seal([FOREIGN_KEY], TOKEN), TODAY)


def test_a_token_is_good_on_its_last_day_and_no_longer() -> None:
    assert read([KEY], TEXT, TOKEN.expires)
    with pytest.raises(ExpiredToken, match="was good until 2027-02-23"):
        read([KEY], TEXT, TOKEN.expires + timedelta(days=1))


@given(st.integers(0, len(TEXT) - 1), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_no_letter_of_a_token_can_be_changed(position: int, letter: str) -> None:
    changed = TEXT[:position] + letter + TEXT[position + 1 :]
    if changed != TEXT:
        with pytest.raises(BadToken):
            read([KEY], changed, TODAY)


@given(st.text(max_size=80))
def test_guesses_are_bad(guess: str) -> None:
    with pytest.raises(BadToken):
        read([KEY], guess, TODAY)


@pytest.mark.parametrize("text", [TEXT[:-1], TEXT + "a", TEXT + TEXT, TEXT[1:], "", "a" * 36])
def test_another_length_is_bad(text: str) -> None:
    with pytest.raises(BadToken):
        read([KEY], text, TODAY)


def test_kind_record_and_recipient_cannot_be_swapped() -> None:
    """Two tokens differ in their seals wherever they differ in what they say."""
    others = [
        Token(TokenKind.SUGGESTION, 1234, 56, TOKEN.expires),
        Token(TokenKind.REFERRAL, 1235, 56, TOKEN.expires),
        Token(TokenKind.REFERRAL, 1234, 57, TOKEN.expires),
        Token(TokenKind.REFERRAL, 56, 1234, TOKEN.expires),
    ]
    seals = {seal([KEY], token)[-26:] for token in [TOKEN, *others]}
    assert len(seals) == 5


def answer(*headers: str, body: str = "Accepted.") -> str:
    return "\r\n".join(["From: ann@cara.example", *headers, "", body])


def found(mail: str, *envelope: str) -> tuple[FoundToken, ...]:
    return find_tokens(parse_message(mail.encode()), envelope)


@pytest.mark.parametrize(
    ("header", "where"),
    [
        (f"To: {reply_address('intake@hub.example', TEXT)}", "address"),
        (f"Cc: Loopin <{reply_address('intake@hub.example', TEXT).upper()}>", "address"),
        (f"In-Reply-To: {message_id(TEXT, '7', 'hub.example')}", "thread"),
        (f"References: <a@b.example>\r\n {message_id(TEXT, '7', 'hub.example')}", "thread"),
        (f"Subject: RE: AW: {subject_tag(TEXT)} Ten openings", "subject"),
        (f"Subject: =?utf-8?q?Re=3A_=5BL-{TEXT}=5D_caf=C3=A9?=", "subject"),
    ],
)
def test_a_token_is_found_wherever_we_put_it(header: str, where: str) -> None:
    assert found(answer(header)) == (FoundToken(TEXT, where),)


def test_a_token_in_the_envelope_only_is_found() -> None:
    assert found(answer("To: undisclosed"), reply_address("intake@hub.example", TEXT)) == (FoundToken(TEXT, "address"),)


def test_a_token_in_quoted_history_or_a_body_does_not_count() -> None:
    quoted = f"Yes.\r\n\r\n> To: {reply_address('intake@hub.example', TEXT)}\r\n> Subject: {subject_tag(TEXT)}\r\n"
    assert found(answer("Subject: Re: openings", body=quoted)) == ()


def test_the_letter_that_was_answered_comes_before_older_ones() -> None:
    older = seal([KEY], Token(TokenKind.REFERRAL, 1, 1, TOKEN.expires))
    references = f"References: {message_id(older, '1', 'hub.example')} {message_id(TEXT, '2', 'hub.example')}"
    assert [each.text for each in found(answer(references))] == [TEXT, older]


def test_a_crowd_of_tokens_are_not_all_read() -> None:
    many = " ".join(f"<l-{'a' * 34}{first}{second}.1@x.example>" for first in "abcdefgh" for second in "abcdefgh")
    assert len(found(answer("References: " + many))) <= 20


def test_a_long_tracker_name_gets_no_plus_address() -> None:
    assert reply_address("i" * 30 + "@hub.example", TEXT) == "i" * 30 + "@hub.example"


def test_people_see_subjects_without_tags() -> None:
    assert without_tags(f"Re: {subject_tag(TEXT)}  Ten openings") == "Re: Ten openings"
