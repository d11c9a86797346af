"""What holds of every parser whatever it is given: what was written comes back, nothing is lost, places are true."""

import io
import json
import string
from datetime import date, datetime
from email.header import Header
from html import escape
from urllib.parse import quote

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.document import read_document
from mail.excerpts import Excerpt
from mail.message import parse_message, unflow
from mail.mime.addresses import address_list, one_sender
from mail.mime.charsets import decode, decode_header, mend_twice_encoded
from mail.mime.clientdates import shown_date
from mail.mime.files import lines_of
from mail.mime.html import html_to_text
from mail.mime.invitation import invited_words
from mail.mime.links import unwrap
from mail.mime.sealed import opened, rtf_to_text, signed_content
from mail.needs import TextPart, read_needs
from mail.outcome import read_status
from mail.parties.rosters import rows
from mail.people import signature_contact
from mail.prose.phones import find_phones
from mail.prose.tables import tables_in
from mail.quoting.shown import shown_addresses
from mail.quoting.signature import split_signature
from mail.replies.report import Report
from mail.text import without_banner, without_footers, without_list_footer
from mail.thread import take_apart
from mail.values import Address, Attachment

QUICK = settings(deadline=None, max_examples=60)
SENT = date(2026, 3, 13)
names = st.from_regex(r"[A-Z][a-z]{1,8}( [A-Z]\.)? [A-Z][a-z]{2,10}", fullmatch=True)
boxes = st.from_regex(r"[a-z]{1,8}([.+][a-z0-9]{1,5})?@[a-z]{1,9}\.example", fullmatch=True)
people = st.builds(Address, names, boxes)
words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
phrases = st.lists(words, min_size=1, max_size=8).map(" ".join)
pieces = st.sampled_from(
    [
        *(
            "From: ",
            "Sent: ",
            "To: ",
            "Cc: ",
            "Subject: ",
            "> ",
            ">> ",
            "| ",
            "\n",
            "\n\n",
            "-- ",
            "--",
            "_____",
            " | ",
        ),
        *("Jo Poe", "Quarry Foods", "jo@quarry.example", "312-555-0100", "fax", "Thanks, ", "Best,\n", "wrote:", "On "),
        *("Mon, Mar 2, 2026", "9:00 AM", "3/2/26", "we need ", "3 ", "welders", " at $21", "-23", "/hr", " in Cicero"),
        *(
            "hired ",
            "declined",
            "next week",
            "March 3rd",
            "Position: ",
            "Openings: ",
            "Name,Phone",
            ",",
            ";",
            "\t",
            "*",
            "(",
            ")",
        ),
        *(
            "[EXTERNAL] ",
            "CAUTION: ",
            "confidential",
            "unsubscribe",
            "Sent from my iPhone",
            "é",
            "ł",
            "\u202e",
            "😀",
            "¿",
            "'",
            '"',
        ),
    ]
)
mixtures = st.lists(pieces, max_size=60).map("".join)
anything = st.one_of(st.text(max_size=300), mixtures)


@QUICK
@given(st.lists(people, min_size=1, max_size=6), st.booleans())
def test_a_list_of_recipients_comes_back(everyone: list[Address], last_first: bool) -> None:
    def shown(person: Address) -> str:
        first, _, last = person.name.rpartition(" ")
        return f'"{last}, {first}" <{person.address}>' if last_first else f"{person.name} <{person.address}>"

    expected = [(person.address, " ".join(sorted(person.name.split()))) for person in everyone]
    found = address_list([", ".join(map(shown, everyone))])
    assert [(one.address, " ".join(sorted(one.name.replace(",", "").split()))) for one in found] == expected
    assert [one.address for one in shown_addresses("; ".join(map(shown, everyone)))] == [
        one.address for one in everyone
    ]


@QUICK
@given(anything)
def test_a_sender_is_written_in_the_header_or_there_is_none(value: str) -> None:
    assert one_sender([value]).address in value.lower()
    assert all(one.address in value.lower() for one in address_list([value]))


@QUICK
@given(st.lists(st.text('ąćęłńóśźżéúñ日本😀ab,.<>"=?_', min_size=1, max_size=12), min_size=1, max_size=8).map(" ".join))
def test_an_encoded_header_comes_back(text: str) -> None:
    assert decode_header(Header(text, "utf-8", maxlinelen=40).encode()) == " ".join(text.split())


@QUICK
@given(
    st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "koi8-r", "windows-1252", "no-such", "idna", "", None])
)
def test_any_bytes_under_any_label_are_words(text: str, label: str | None) -> None:
    assert isinstance(decode(text.encode("utf-8", "ignore"), label)[0], str)


POLISH, SPANISH, CZECH, ROMANIAN = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "áéíóúñüÁÉÑ¿¡", "áčďéěíňóřšťúůýžŠČŘŽ", "ăâîșțĂÂÎȘȚ"
LETTERS = [POLISH, SPANISH, CZECH, ROMANIAN, "äöüßÄÖÜ", "àâæçéèêëïîôœùûüÀÂÇÉÈÊ"]


@QUICK
@given(st.data(), st.sampled_from(LETTERS))
def test_the_words_of_a_language_are_not_taken_for_twice_encoded(data: st.DataObject, letters: str) -> None:
    text = data.draw(st.text(letters + " abc,.", max_size=80))

    assert mend_twice_encoded(text) == text


FORMATS = [
    "%a, %d %b %Y %H:%M:%S +0000",
    "%A, %B %d, %Y %I:%M %p",
    "%Y-%m-%d %H:%M",
    "%d %B %Y, %H:%M",
    "%b %d, %Y, at %I:%M %p",
    "%d.%m.%Y %H:%M",
]


@QUICK
@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.sampled_from(FORMATS))
def test_a_date_as_a_client_shows_it_comes_back(day: datetime, form: str) -> None:
    assert shown_date(day.strftime(form))[:16] == day.strftime("%Y-%m-%dT%H:%M")


@QUICK
@given(anything)
def test_a_date_is_one_or_nothing(text: str) -> None:
    found = shown_date(text)
    assert not found or datetime.fromisoformat(found)


@QUICK
@given(st.lists(phrases, min_size=1, max_size=6))
def test_the_paragraphs_of_a_page_come_back(paragraphs: list[str]) -> None:
    text, _ = html_to_text("".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs))
    assert text.split("\n\n") == paragraphs


@QUICK
@given(
    st.lists(
        st.lists(st.sampled_from(["Welder", "4", "$21", "Cicero", "day"]), min_size=2, max_size=4),
        min_size=2,
        max_size=5,
    )
)
def test_the_cells_of_a_table_come_back(cells: list[list[str]]) -> None:
    page = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
    text, _ = html_to_text(f"<table><tr><td>x<table>{page}</table></td></tr></table>")
    assert text.split("\n")[-len(cells) :] == [" | ".join(row) for row in cells]


@QUICK
@given(st.from_regex(r"https://[a-z]{2,9}\.example(/[a-z0-9]{1,9}){0,3}(\?[a-z]=[a-z0-9]{1,9})?", fullmatch=True))
def test_a_wrapped_link_comes_back(url: str) -> None:
    safe = f"https://nam01.safelinks.protection.outlook.com/?url={quote(url, safe='')}&data=05&reserved=0"
    defended = f"https://urldefense.com/v3/__{url}__;!!Ab!cd$"
    assert [unwrap(safe), unwrap(defended)] == [url, url]


@QUICK
@given(st.lists(st.lists(st.text(string.ascii_letters, min_size=1, max_size=9), min_size=1, max_size=30), max_size=5))
def test_flowed_paragraphs_come_back(paragraphs: list[list[str]]) -> None:
    flowed = "\n".join(" \n".join([" ".join(part[:5]), *part[5:]]) for part in paragraphs)
    assert unflow(flowed) == "\n".join(" ".join(part) for part in paragraphs)


@QUICK
@given(
    st.integers(201, 989),
    st.integers(0, 99),
    st.sampled_from(["({}) 555-01{}", "{}-555-01{}", "{}.555.01{}", "{}/555-01{}", "+1 {} 555 01{}"]),
)
def test_a_phone_number_comes_back(area: int, last: int, form: str) -> None:
    text = f"Call {form.format(area, f'{last:02}')} today"
    (phone,) = find_phones(text)
    assert phone.number == f"+1{area}55501{last:02}"
    assert text[phone.start : phone.end].endswith(f"{last:02}")


@QUICK
@given(anything, st.sampled_from(["", "Jo Poe"]))
def test_no_line_is_lost_between_words_signature_banner_and_footers(text: str, name: str) -> None:
    lines = text.split("\n")
    said, signature = split_signature(lines, name)
    assert "\n".join([*said, *signature]).rstrip() == text.rstrip() or not text.strip()
    for part in (without_footers, without_list_footer):
        kept, footer = part(lines)
        assert [*kept, *footer] == lines
    kept, banner = without_banner(lines)
    assert sorted("".join([*kept, *banner]).replace(" ", "")) == sorted("".join(lines).replace(" ", ""))
    signature_contact(text, name)


@QUICK
@given(st.lists(people, min_size=1, max_size=5), phrases.filter(lambda text: text[0].isalnum()))
def test_a_chain_of_forwards_comes_back_outermost_first(authors: list[Address], said: str) -> None:
    body = "See this.\n"
    for author in authors:
        body += (
            f"\n---------- Forwarded message ---------\nFrom: {author.name} <{author.address}>\n"
            "Date: Thu, Mar 12, 2026 at 4:05 PM\nSubject: Welders\nTo: Pat Lee <pat@hub.example>\n\n\nBelow.\n"
        )
    head = "From: Pat Lee <pat@hub.example>\nTo: in@tracker.example\nContent-Type: text/plain; charset=utf-8\n\n"
    thread = take_apart(parse_message((head + body).encode()))
    assert [turn.sender for turn in thread.turns] == authors
    assert thread.message == "See this."


@QUICK
@given(st.integers(2, 40), st.sampled_from(["welder", "forklift operator", "line cook"]), st.integers(15, 45))
def test_a_plain_need_comes_back(count: int, title: str, wage: int) -> None:
    text = f"We need {count} {title}s at ${wage} an hour."
    (found,) = read_needs([TextPart("message", text)], sent=SENT)
    assert (found.need.title, found.need.openings, found.need.wage_min) == (title, count, wage)
    assert all(text[fact.start : fact.end] == fact.words for fact in found.facts)


@QUICK
@given(anything)
def test_the_facts_of_any_text_point_at_their_words(text: str) -> None:
    for found in read_needs([TextPart("message", text)], sent=SENT):
        assert all(text[fact.start : fact.end] == fact.words for fact in found.facts)
    excerpt = Excerpt("message", text, text, Address("Jo Poe", "jo@quarry.example"), SENT)
    for fact in read_status(Report(excerpt, (), ("Jo Poe",), (), ("welder",), "en", SENT, None, True), None).facts:
        assert text[fact.start : fact.end] == fact.words


@QUICK
@given(st.lists(st.tuples(names, st.integers(0, 99)), min_size=1, max_size=8), st.sampled_from([",", ";", "\t", " | "]))
def test_the_rows_of_a_list_of_people_come_back(listed: list[tuple[str, int]], separator: str) -> None:
    lines = [separator.join(("Name", "Phone"))] + [separator.join((name, f"312-555-01{n:02}")) for name, n in listed]
    text = "\n".join(lines)
    found = rows(Excerpt("attachment:a.csv", text, text, Address()))
    assert [row.cells["name"] for row in found] == [name for name, _ in listed]
    assert all(text[row.start : row.end] == row.words for row in found)
    assert all(text[table.start : table.end] for table in tables_in(text))


@QUICK
@given(
    st.sampled_from(["a.xlsx", "a.pdf", "a.docx", "a.csv", "a.txt", "a.tsv"]), st.binary(max_size=400), st.booleans()
)
def test_any_bytes_as_a_list_give_lines_or_a_sentence(name: str, content: bytes, headed: bool) -> None:
    begin = {"x": b"PK\x03\x04", "f": b"%PDF-1.4\n1 0 obj\n"}.get(name[-1], b"") if headed else b""
    lines, note = lines_of(Attachment(name, "", begin + content))
    assert lines or note.startswith("a.") or not content.strip()


@settings(deadline=None, max_examples=15)
@given(
    st.lists(
        st.lists(st.text(string.ascii_letters + "é ł", min_size=1, max_size=9), min_size=2, max_size=4),
        min_size=1,
        max_size=6,
    )
)
def test_the_cells_of_a_sheet_come_back(cells: list[list[str]]) -> None:
    book, into = openpyxl.Workbook(), io.BytesIO()
    for row in cells:
        book.active.append(row)
    book.save(into)
    lines, note = lines_of(Attachment("a.xlsx", "", into.getvalue()))
    assert not note
    assert [
        [cell.strip() for cell in line.split(" | ")][: len(row)] for (_, line), row in zip(lines, cells, strict=False)
    ] == [[cell.strip() for cell in row] for row in cells]


@QUICK
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\x78\x9f\x3e\x22\x01\x00", b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"]),
)
def test_any_bytes_as_a_wrapper_are_opened_or_left(content: bytes, begin: bytes) -> None:
    plain, html, files, note = opened(begin + content)
    assert plain or html or files or note
    assert signed_content(begin + content) is None or isinstance(signed_content(begin + content), bytes)
    assert isinstance(rtf_to_text(content.decode("latin-1")), str)
    assert isinstance(invited_words(b"BEGIN:VEVENT\n" + content), str)


HEADERS = [
    "Content-Type: multipart/mixed; boundary=b",
    "Content-Type: text/html",
    "Content-Type: message/rfc822",
    "--b",
    "--b--",
]
HEADERS += ["Content-Transfer-Encoding: base64", "From: a@b.example", "", "", "<p>hello", "aGVsbG8=", "=?utf-8?q?=ff?="]
HEADERS += [
    "Content-Type: application/ms-tnef; name=winmail.dat",
    "Content-Disposition: attachment; filename*=utf-8''%ff.eml",
]
HEADERS += [
    "Content-Type: text/calendar; method=REQUEST",
    "Content-Type: text/plain; format=flowed; charset=utf-7",
    "\x00",
]


@QUICK
@given(st.lists(st.sampled_from(HEADERS), max_size=30).map("\n".join))
def test_parts_in_any_order_get_a_whole_document(text: str) -> None:
    document = read_document(b"From: a@b.example\n" + text.encode())
    assert json.loads(json.dumps(document)) == document


@pytest.mark.parametrize("text", ["", "\n", " ", "\x00", ">", "--", "From:", "\ufeff"])
def test_the_shortest_texts_are_read(text: str) -> None:
    assert read_needs([TextPart("message", text)], sent=SENT) == []
