"""Mails made to break a reader: everything is answered, in time that grows with size only."""

import json
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mail.document import read_document
from mail.mime.html import html_to_text

HEAD = "From: a@b.example\r\nSubject: x\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n"
TEXT = {
    "quote marks": "> ",
    "quoted attributions": '> On Thu, Apr 30, 2020 at 10:07 AM, "s" <s@e.example> wrote:\n',
    "senders": "From: a <a@b.example>\n",
    "headers": "From: a <a@b.example>\nSubject: x\nTo: y\n\n",
    "recipients": "To: a b <a@b.example>,\n",
    "openers": "On Mon, Jan 1, 2020 at 10:00 AM\n",
    "verbs": "x wrote:\n",
    "at signs": "a@b.",
    "colons": "a:\n",
    "dashes": "-----\n",
    "dividers": "----- Forwarded message -----\n",
    "banners": "[EXTERNAL] caution\n",
    "disclaimers": "This email is confidential and intended for the\n",
    "links": "https://safelinks.protection.outlook.com/?url=",
    "phones": "312-555-0100 | ",
    "bars": "|a|b\n",
    "notes": "To: x\nSubject: y\n",
    "spaces": " ",
    "twice encoded": "Ã©",
}
HTML = ["<div>", "<blockquote type=cite>a", "<table><tr><td>a", "<ul><li>", "<b></p>", "<!--", "&lt;", "<a href=x>"]


def seconds(kind: str, piece: str, size: int) -> float:
    mail = (HEAD.format(kind=kind) + piece * (size // len(piece))).encode()
    start = time.process_time()
    json.dumps(read_document(mail, structure=True))
    return time.process_time() - start


@pytest.mark.parametrize("name", sorted(TEXT))
def test_a_text_of_one_piece_is_read_in_linear_time(name: str) -> None:
    assert seconds("text/plain", TEXT[name], 100_000) < 4


@pytest.mark.parametrize("piece", HTML)
def test_a_page_of_one_tag_is_read_in_linear_time(piece: str) -> None:
    assert seconds("text/html", piece, 200_000) < 4


@pytest.mark.parametrize(
    "header",
    [
        b"From: " + b"(" * 90_000,
        b"From: " + b"(a)" * 60_000 + b" a@b.example",
        b"To: " + b"a b <a@b.example>, " * 9_000,
        b"Subject: " + b"=?utf-8?q?a?= " * 9_000,
        b"Content-Type: text/plain; " + b"a=b; " * 40_000,
        b"Date: " + b"1" * 90_000,
    ],
    ids=["brackets", "comments", "recipients", "encoded words", "parameters", "date"],
)
def test_a_long_header_is_read_in_linear_time(header: bytes) -> None:
    start = time.process_time()
    json.dumps(read_document(header + b"\r\n\r\nhi", structure=True))
    assert time.process_time() - start < 4


@settings(deadline=None)
@given(st.binary(max_size=400))
@example(b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n--b--")
@example(b"From: a@b.example\nContent-Type: text/plain; charset*=x''y\n\n\xff\xfe")
def test_any_bytes_get_a_document(content: bytes) -> None:
    for whole in (content, b"From: a@b.example\nSubject: x\n" + content):
        document = read_document(whole, structure=True)
        assert json.loads(json.dumps(document)) == document


pieces = st.sampled_from(
    [
        *("From: ", "To: ", "Subject: ", "Date: ", "On ", "wrote:", "<a@b.example>", "> ", "\n", "\n\n", "-----", "--"),
        *("Forwarded message", "Mon, Jan 1, 2020", "10:00 AM", "Sent from my iPhone", "[EXTERNAL]", "Dana Whitlock"),
        *(";", ",", ":", "|", "312-555-0100"),
    ]
)


@settings(deadline=None)
@given(st.lists(pieces, max_size=40).map("".join))
def test_any_mixture_of_header_words_is_taken_apart(text: str) -> None:
    document = read_document((HEAD.format(kind="text/plain") + text).encode(), structure=True)

    assert all(turn["body"] is not None for turn in document["chain"])


tags = st.sampled_from(
    [
        *("<p>", "</p>", "<table>", "<tr>", "<td>", "</table>", "<blockquote type=cite>", "</blockquote>", "<ol>"),
        *("<li>", "word ", "<pre>\n", "&nbsp;", "<br>"),
    ]
)


@settings(deadline=None)
@given(st.lists(tags, max_size=40).map("".join))
def test_no_word_of_a_page_is_lost(page: str) -> None:
    assert html_to_text(page)[0].count("word") == page.count("word")
