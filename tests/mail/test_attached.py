"""Lists attached to a mail: their words in the document, and where in the file each value stands."""

import io
from email.message import EmailMessage

import openpyxl

from mail.directory import Directory, Partner
from mail.document import read_document

DIRECTORY = Directory(
    (
        Partner("Lakeside Jobs Council", domains=("lakesidejobs.example",)),
        Partner("Northfield College", domains=("northfield.example",)),
    )
)
WORDS = (
    "Ivo,\n\nplease meet Wanda Quist (wanda@brightwater.example) at Brightwater Packing. They are hiring, the list is "
    "attached.\n\nDora Hale\nLakeside Jobs Council\n"
)


def mail_with(content: bytes, name: str) -> dict:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Dora Hale <dora@lakesidejobs.example>", "Ivo Brandt <ivo@northfield.example>"
    mail["Subject"], mail["Date"] = "Brightwater Packing openings", "Mon, 02 Nov 2026 09:00:00 -0600"
    mail.set_content(WORDS)
    mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return read_document(mail.as_bytes(), DIRECTORY)


def sheet(*rows: tuple) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def place_of(document: dict, field: str) -> tuple[str, str]:
    """The words that the fact's start and end give in the attachment's text, and the place of their line."""
    fact = next(fact for fact in document["introduction"]["facts"] if fact["field"] == field)
    file = next(file for file in document["attachments"] if f"attachment:{file['name']}" == fact["part"])
    line = file["text"].count("\n", 0, fact["start"])
    return file["text"][fact["start"] : fact["end"]], file["places"][line]


def test_a_value_of_a_sheet_has_its_row_as_the_sheet_counts_them() -> None:
    rows = (
        ("Openings",),
        (),
        ("Job title", "Openings", "Pay"),
        ("Packer", 12, "$18.50/hr"),
        ("Welder", 2, "$27/hr"),
    )
    document = mail_with(sheet(*rows), "openings.xlsx")
    assert place_of(document, "needs[0].openings") == ("12", "row 4")
    assert place_of(document, "needs[1].wage_min") == ("$27/hr", "row 5")


def test_a_sheets_empty_columns_are_left_out() -> None:
    document = mail_with(sheet(("Job title", "Openings"), ("Packer", 12)), "openings.xlsx")
    assert document["attachments"][0]["text"] == "Job title | Openings\nPacker | 12\n"


def test_a_value_of_a_csv_has_its_row() -> None:
    document = mail_with(b"Job title,Openings,Pay\nPacker,12,$18.50/hr\n", "openings.csv")
    assert place_of(document, "needs[0].openings") == ("12", "row 2")


def test_an_attachment_that_gave_no_value_is_not_copied() -> None:
    document = mail_with(b"Parking is behind the building.\n", "directions.txt")
    assert "text" not in document["attachments"][0]
