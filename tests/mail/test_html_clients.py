"""Forwards in the HTML of many clients: the same author, day, subject and words out of every one."""

from pathlib import Path

import pytest

from mail.document import read_document

PAGES = sorted((Path(__file__).parent / "mails" / "html_forwards").glob("*.html"))
HEAD = (
    "From: Pat Lee <pat@quarry.example>\nTo: intake@tracker.example\nSubject: Fwd: Welders\n"
    "Date: Fri, 13 Mar 2026 10:11:12 -0500\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
)
WITHOUT_RECIPIENTS = ("groupwise", "front")  # which these do not show


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_forward_in_html_is_undone(page: Path) -> None:
    document = read_document(HEAD.encode() + page.read_bytes(), structure=True)

    original = document["original"]
    assert document["message"].split("\n")[0] in ("See below.", "Mira abajo.", "Zobacz niżej.")
    assert original["from"]["address"] == "dana@ironvale.example"
    assert original["from"]["name"] in ("Dana Whitlock", "")
    assert original["date"].startswith("2026-03-12T16:05")
    assert original["subject"] == "Welders"
    assert original["body"] == "We need four welders."
    assert len(document["chain"]) == 1
    if page.stem not in WITHOUT_RECIPIENTS:
        assert original["to"][0]["address"] == "pat@quarry.example"
