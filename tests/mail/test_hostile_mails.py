"""Every attack of hostile.py is answered with a document, soon, and its own words are still read where it has some."""

import json
import time

import pytest

from mail.document import read_document
from tests.mail.hostile import ATTACKS
from tests.mail.hostile_files import FILES

SIZE = 8_000


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_an_attack_is_answered(name: str) -> None:
    mail = ATTACKS[name](SIZE)
    start = time.process_time()

    document = read_document(mail)

    assert time.process_time() - start < 5
    assert json.loads(json.dumps(document)) == document
    assert document.get("error", "").count(".") <= 1
    assert document["introduction"]["kind"]


@pytest.mark.parametrize("name", sorted(set(FILES) - {"signature in a signature", "signature of claims"}))
def test_a_mail_is_read_whatever_file_hangs_on_it(name: str) -> None:
    needs = read_document(FILES[name](SIZE))["introduction"]["needs"]

    assert ("welder", 2, 21) in [(need["title"], need["openings"], need["wage_min"]) for need in needs]


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("sheet of rows", 1_500_000, "list.xlsx unpacks to more than a list can hold and was not read."),
        ("sheet of entities", SIZE, "list.xlsx could not be read (ParseError)."),
        ("Word file of tags", 1_500_000, "list.docx unpacks to more than a list can hold and was not read."),
        ("PDF of blanks", 20_000, "list.pdf unpacks to more than a list can hold and was not read."),
        ("PDF cut", SIZE, "list.pdf could not be read"),
        ("list of rows", 3_000_000, "list.csv is larger than 2 MB and was not read."),
        ("winmail.dat broken", SIZE, "winmail.dat holds nothing readable."),
    ],
)
def test_a_file_that_is_not_read_is_told_in_a_sentence(name: str, size: int, words: str) -> None:
    assert words in " ".join(read_document(ATTACKS[name](size))["notes"])


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("HTML attributes of one name each", 400_000),  # the parser compares each with all before
        ("Word file of angles", 100_000),  # a pattern tried at each of them
        ("PDF of words", 200_000),  # a page takes a second where its commands are many
        ("one line of at signs", 800_000),  # as a signature of one line
        ("mails quoted in turn", 900_000),  # each within its bound, all beyond it
        ("lists beside", 900_000),
    ],
)
def test_what_once_took_too_long_is_read_soon(name: str, size: int) -> None:
    mail = ATTACKS[name](size)
    start = time.process_time()

    read_document(mail)

    assert time.process_time() - start < 8
