"""Whole mails that tell a want without asking, and whose employer or sender hardly shows."""

import pytest

from mail.directory import Directory, Partner
from mail.document import read_document

NETWORK = Directory(
    (
        Partner("Hilltop Works", ("HW", "Hilltop"), ("hilltop.example",)),
        Partner("Canal Street College", ("CSC", "the College"), ("canal.example",)),
    ),
    frozenset({"track@hub.example"}),
)
DANA = "Dana Reyes <dana@hilltop.example>"
MARGE = "Marge Toliver <marge@hollandcanning.example>"


def introduction(text: str, cc: str = MARGE, sender: str = DANA) -> dict:
    head = f"From: {sender}\r\nTo: Sam Cole <sam@canal.example>\r\nCc: {cc}, track@hub.example\r\nSubject: hello\r\n"
    head += "Date: Mon, 9 Mar 2026 09:00:00 -0500\r\n\r\n"
    return read_document((head + text).encode(), NETWORK)["introduction"]


@pytest.mark.parametrize(
    "text",
    [
        "Sam, Marge at Holland has work for five more. Packers, $18, March 16.",
        "Sam, Marge can't keep up: her second shift is short five packers.",
        "Sam, five of Marge's packers quit and nobody replaces them. Five packers would start at $18.",
        "Sam, Marge would take five packers tomorrow.",
    ],
)
def test_a_want_that_is_told_is_an_introduction(text: str):
    found = introduction(f"{text}\r\n\r\nDana\r\n")
    assert found["kind"] == "introduction"
    assert [(need["title"], need["openings"]) for need in found["needs"]] == [("packer", 5)]


@pytest.mark.parametrize(
    "text",
    [
        "Sam, Marge is fully staffed, she just wanted to say hello.",
        "Sam, Marge and I had a short lunch on Friday, it was lovely to catch up.",
        "Sam, Marge hired three packers last fall and trained 40 people last year.",
        "Sam, Marge lost 30 packers to the flood in 1998, the paper has the story.",
    ],
)
def test_chatter_with_an_employer_stays_chatter(text: str):
    assert introduction(f"{text}\r\n\r\nDana\r\n")["needs"] == []


@pytest.mark.parametrize(
    ("text", "cc", "name"),
    [
        ("Sam, pat (copied) needs two platers at $21.", "pat@bluefinplating.example", "Bluefinplating"),
        ("Sam, meet Kim Park of Walter Scott. Walter Scott needs three drivers.", "kim@walterscott.example",
         "Walter Scott"),
        ("Sam, Jackson Park Nursing is short four aides; Joan is copied.", "Joan Baker <joan@jackson-park.example>",
         "Jackson Park Nursing"),
        ("Sam, Marge needs two drivers, not four as I wrote on Monday.", MARGE, "Hollandcanning"),
        ("Sam, Mabel's on Niagara Street could use two cooks. Ask for Joe, 716-555-0177.", MARGE.replace(
            "hollandcanning", "mabels"), "Mabel's"),
    ],
)  # fmt: skip
def test_employers_by_domain_short_name_and_person_like_name(text: str, cc: str, name: str):
    assert introduction(f"{text}\r\n\r\nDana\r\n", cc)["employer"]["name"] == name


@pytest.mark.parametrize("line", ["Hilltop Works", "Employer Services | Hilltop Works", "Coordinator, Hilltop Works"])
def test_a_signature_names_the_partner_whose_domain_nobody_listed(line: str):
    words = f"Sam, Marge at Holland Canning is down two packers.\r\n\r\nTom Reed\r\n{line}\r\n716-555-0155\r\n"
    found = introduction(words, sender="Tom Reed <tom@htw-mail.example>")
    assert found["referring_org"] == "Hilltop Works"
    assert [contact["name"] for contact in found["contacts"]] == ["Marge Toliver"]
