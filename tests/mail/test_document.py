"""The JSON document: its keys, its way back to values, and one sentence where a mail can't be read."""

import json
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from mail.document import read_document, read_structure
from mail.plain import introduction_from_json, to_json
from mail.values import Candidate, Contact, Employer, Fact, Introduction, Need, Status

MAILS = Path(__file__).parent / "mails" / "structure"
ROOT = Path(__file__).parents[2]
KEYS = {
    "message_id",
    "date",
    "subject",
    "from",
    "to",
    "cc",
    "forwarded",
    "forward_kind",
    "message",
    "original",
    "chain",
}

words = st.text(max_size=20)
maybe = st.none() | words
numbers = st.none() | st.integers(0, 500)
facts = st.builds(
    Fact,
    field=words,
    value=st.none() | words | st.integers() | st.booleans(),
    confidence=st.floats(0, 1),
    part=words,
    start=st.integers(0, 99),
    end=st.integers(0, 99),
    words=words,
)
introductions = st.builds(
    Introduction,
    kind=words,
    referring_org=maybe,
    receiving_orgs=st.lists(words, max_size=2).map(tuple),
    employer=st.none() | st.builds(Employer, name=words, website=words, overview=words),
    contacts=st.lists(st.builds(Contact, name=words, phones=st.lists(words, max_size=2).map(tuple)), max_size=2).map(
        tuple
    ),
    needs=st.lists(st.builds(Need, title=words, openings=numbers, location=maybe), max_size=3).map(tuple),
    candidates=st.lists(st.builds(Candidate, name=words, need=maybe), max_size=2).map(tuple),
    status=st.none() | st.builds(Status, referral=maybe, reason=maybe),
    shared_placement=st.booleans(),
    facts=st.lists(facts, max_size=3).map(tuple),
    questions=st.lists(words, max_size=2).map(tuple),
)


@settings(deadline=None)
@given(introductions)
def test_an_introduction_survives_its_json(introduction: Introduction) -> None:
    assert introduction_from_json(json.loads(json.dumps(to_json(introduction)))) == introduction


def test_keys_that_the_service_added_are_left_aside() -> None:
    data = to_json(Introduction("introduction", needs=(Need("welder"),)))
    data["needs"][0]["occupation"] = {"code": "51-4121"}
    del data["facts"]

    assert introduction_from_json(data) == Introduction("introduction", needs=(Need("welder"),))


def test_the_document_has_the_keys_of_the_contract() -> None:
    document = read_document((MAILS / "gmail_forward.eml").read_bytes(), structure=True)

    assert set(document) >= KEYS | {"reply", "quoted_original", "contacts"}
    assert document["original"] == document["chain"][0]
    assert document["quoted_original"] is None
    assert document["date"] == "2026-03-13T09:11:12-05:00"


def test_a_reply_gives_its_newest_words_and_the_rest() -> None:
    document = read_document((MAILS / "gmail_reply.eml").read_bytes(), structure=True)

    assert document["original"] is None
    assert document["quoted_original"]["from"]["address"] == "dana@ironvale.example"
    assert document["reply"]["text"] == "Dana, count on us for two of them."
    assert document["reply"]["quoted"].startswith("On Thu, Mar 12, 2026")


def test_a_mail_that_cannot_be_read_gets_a_document_all_the_same() -> None:
    assert read_structure(b"") == read_document(b"", structure=True)
    assert read_document(b"") == {"error": "The mail is empty.", "introduction": {"kind": "other"}}


def test_paths_are_answered_line_by_line_in_order() -> None:
    paths = [str(MAILS / "gmail_forward.eml"), "/no/such/mail.eml", str(MAILS / "gmail_reply.eml")]
    done = subprocess.run(
        [sys.executable, "-m", "mail", "--structure"],
        input="\n".join(paths) + "\n",
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=True,
    )
    first, second, third = map(json.loads, done.stdout.splitlines())

    assert first["forwarded"] is True
    assert second["error"].startswith("The file can't be opened")
    assert third["forwarded"] is False
