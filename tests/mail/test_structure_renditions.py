"""Every mail of this folder reads the same however a client, gateway or list would have sent it."""

import json
import os
import re
from pathlib import Path

import pytest

from mail.document import read_document
from tests.mail.renditions import RENDITIONS, expected_nested

MAILS = Path(__file__).parent / "mails" / "structure"
BENCH = os.environ.get("LOOPIN_BENCH_DATA", "")
CASES = sorted(MAILS.glob("*.eml"))
PREFIX = re.compile(r"^(?:\s*[^\W\d_]{1,4}:)+\s*")


def words(text: str | None) -> str:
    text = re.sub(r"(?m)^(?:[>|] ?)+", "", (text or "").replace("\u202f", " ").replace("\ufeff", ""))
    return " ".join(text.split())


def wrong(expected: dict, document: dict) -> list[str]:
    """The fields of a document that are not as expected."""
    found = [] if document["forwarded"] == expected["forwarded"] else ["forwarded"]
    if "message" in expected and words(expected["message"]) != words(document["message"]):
        found.append("message")
    if "reply" in expected and words(expected["reply"]["text"]) != words(document["reply"]["text"]):
        found.append("reply")
    for key in ("original", "quoted_original"):
        if key in expected:
            found += [f"{key}.{name}" for name in wrong_mail(expected[key], document[key] or {})]
    for position, link in enumerate(expected.get("chain", [])):
        got = document["chain"][position] if position < len(document["chain"]) else {"from": {}}
        if got["from"].get("address") != link["from"]["address"]:
            found.append(f"chain[{position}]")
    return found


def wrong_mail(expected: dict, got: dict) -> list[str]:
    found = []
    if got.get("from") != expected["from"]:
        found.append("from")
    for key in ("to", "cc"):
        if key in expected and got.get(key) != expected[key]:
            found.append(key)
    if "subject" in expected and PREFIX.sub("", got.get("subject", "")) != expected["subject"]:
        found.append("subject")
    if not got.get("date", "").startswith(expected["date"]["ymd"]):
        found.append("date")
    if words(got.get("body")) != words(expected["body"]):
        found.append("body")
    return found


def expected_of(mail: Path) -> dict:
    return json.loads(mail.with_name(f"{mail.stem}.expected.json").read_text(encoding="utf-8"))["expected"]


@pytest.mark.parametrize("mail", CASES, ids=lambda mail: mail.stem)
def test_a_mail_is_taken_apart(mail: Path) -> None:
    assert wrong(expected_of(mail), read_document(mail.read_bytes(), structure=True)) == []


@pytest.mark.parametrize(
    ("mail", "rendition"),
    [
        pytest.param(mail, rendition, id=f"{mail.stem}-{rendition}")
        for mail in CASES
        for rendition in sorted(RENDITIONS)
        if rendition != "nested" or expected_of(mail)["forwarded"]  # only a forward is forwarded on
    ],
)
def test_a_rendition_reads_like_the_mail_itself(mail: Path, rendition: str) -> None:
    expected = expected_of(mail)
    if rendition == "nested":
        expected = expected_nested(expected)

    document = read_document(RENDITIONS[rendition](mail.read_bytes()), structure=True)

    assert wrong(expected, document) == []


# Not a case where no folder of cases is named: no test is made to be skipped.
if BENCH:

    @pytest.mark.parametrize("rendition", sorted(set(RENDITIONS) - {"nested"}))
    def test_renditions_of_the_benchmark_stay_within_two_points(rendition: str) -> None:
        mails = sorted((Path(BENCH) / "structure" / "crisp").glob("*.eml"))
        whole = 0
        for mail in mails:
            expected = json.loads(mail.with_name(f"{mail.name[:-4]}.expected.json").read_text())["expected"]
            document = read_document(RENDITIONS[rendition](mail.read_bytes()), structure=True)
            whole += document["forwarded"] == expected["forwarded"] and words(
                (document["original"] or {}).get("body")
            ) == words((expected.get("original") or {}).get("body"))
        assert whole >= 0.97 * len(mails)
