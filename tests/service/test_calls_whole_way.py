"""A talent call the whole way: letters through the relay, answers read by the worker's child, news back (S9)."""

import io
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

import openpyxl
import pytest
from sqlalchemy import select

from mail.values import RawMessage
from service import candidacies, intake, worker
from service.config import Settings
from service.db import Database
from service.models import CallAsk, InboundMessage, Organisation, OutboundLetter, Referral, Submission, utcnow
from service.reading import Reader
from tests.network import Received, SmtpSink
from tests.service.call_mails import called, csv_of, file
from tests.service.conftest import SERVER, TRACKER, settings_for
from tests.service.post import introduction

COLLEGE, VETERANS, COUNCIL = "Northfield College", "Harbor Veterans Desk", "Lakeside Jobs Council"


def sheet_of(rows: list[tuple[str, ...]]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def pdf_of(lines: list[str]) -> bytes:
    """One page with a line of text for each."""
    shown = " ".join(f"({line}) Tj 0 -16 Td" for line in lines)
    stream = f"BT /F1 12 Tf 72 720 Td {shown} ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    return out + head + table + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, len(out))


def answered(letter: Received, text: str, files: dict[str, bytes] | None = None) -> bytes:
    """What the partner's mail program makes of "Reply" to the letter that arrived."""
    got = message_from_bytes(letter.content, policy=policy.default)
    sender = letter.recipients[0]
    mail = EmailMessage()
    domain = sender.rpartition("@")[2]
    mail["Authentication-Results"] = f"{SERVER}; dmarc=pass header.from={domain}"
    mail["From"], mail["To"] = f"Staff Person <{sender}>", str(got["Reply-To"] or TRACKER)
    mail["Subject"], mail["Date"] = f"Re: {got['Subject']}", format_datetime(utcnow())
    mail["Message-ID"] = make_msgid(domain=domain)
    mail["In-Reply-To"] = mail["References"] = str(got["Message-ID"])
    quoted = "\n".join(f"> {line}" for line in words(letter).splitlines())
    mail.set_content(f"{text}\n\nOn Monday, November 30, 2026, Rosa Lind via Loopin <{TRACKER}> wrote:\n\n{quoted}\n")
    for name, content in (files or {}).items():
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def words(letter: Received) -> str:
    body = message_from_bytes(letter.content, policy=policy.default).get_body(("plain",))
    return body.get_content() if body is not None else ""


class Office:
    """The hub's machine: a database, a relay, a reader; mail goes in and letters out as the worker does it."""

    def __init__(self, db: Database, settings: Settings, sink: SmtpSink, reader: Reader) -> None:
        self.db, self.settings, self.sink, self.reader = db, settings, sink, reader

    def take_in(self, content: bytes) -> str:
        with self.db.begin() as session:
            message_id, _ = intake.store(session, RawMessage(content, "test", envelope_to=(TRACKER,)))
        worker.drain(self.db, self.settings, self.reader)
        with self.db.read() as session:
            return session.get_one(InboundMessage, message_id).result

    def letters_to(self, address: str) -> list[Received]:
        worker.drain(self.db, self.settings, self.reader)
        return [letter for letter in self.sink.letters if letter.recipients == (address,)]

    def sent_by(self, name: str) -> dict[str, tuple[str, str]]:
        with self.db.read() as session:
            found = select(Submission).join(Organisation).where(Organisation.name == name)
            return {row.candidate.name: (row.status, row.consent) for row in session.scalars(found)}


@pytest.mark.timeout(150)
def test_a_call_goes_out_and_three_kinds_of_lists_come_back(sqlite_db: Database, smtp_sink: SmtpSink) -> None:
    settings = settings_for(sqlite_db.url, smtp_host="127.0.0.1", smtp_port=smtp_sink.port, smtp_tls="none")
    with Reader() as reader:
        office = Office(sqlite_db, settings, smtp_sink, reader)
        assert office.take_in(introduction(9)) == "referral"
        with sqlite_db.read() as session:
            referral_id = session.scalars(select(Referral.id)).one()
        call_id = called(sqlite_db, referral_id, [COLLEGE, VETERANS])
        (veterans,) = office.letters_to("harbor@harborvets.example")
        (college,) = office.letters_to("northfield@northfield.example")
        assert veterans.header("Auto-Submitted") == "auto-generated"
        assert "Rosa Lind via Loopin" in veterans.header("From")

        assert office.take_in(answered(veterans, file("call_list_plain.txt"))) == "update"
        assert set(office.sent_by(VETERANS).values()) == {("consented", "signed")}
        receipt = office.letters_to("harbor@harborvets.example")[1]
        assert "This was read in your list" in words(receipt)
        assert "Jonah Pell, (312) 555-0112: release signed" in words(receipt)

        table = [("Name", "Phone", "Release"), ("Nia Stroud", "312-555-0131", "signed"), ("Omar Teller", "", "no")]
        pdf = pdf_of(["Name | Phone | Release", "Ida Novak | 312-555-0141 | signed", "Leo Marsh | 312-555-0142 | no"])
        files = {
            "people.xlsx": sheet_of(table),
            "more.csv": csv_of([("name", "phone"), ("Cy Dunmore", "312-555-0150")]),
        }
        office.take_in(answered(college, "Our people are attached.\n\nIvo", files | {"third.pdf": pdf}))
        assert office.sent_by(COLLEGE) == {
            "Nia Stroud": ("consented", "signed"),
            "Omar Teller": ("proposed", "none"),
            "Cy Dunmore": ("proposed", "none"),
            "Ida Novak": ("consented", "signed"),
            "Leo Marsh": ("proposed", "none"),
        }

        hostile = {"list.csv": b"\xff\xfe\x00<script>,=cmd|'/C'\n" * 2000, "bomb.xlsx": b"PK\3\4" + b"\0" * 5000}
        assert office.take_in(answered(veterans, "One more list, attached.", hostile)) == "update"
        assert len(office.sent_by(VETERANS)) == 3

        with sqlite_db.begin() as session:
            assert session.scalars(select(CallAsk.state).where(CallAsk.call_id == call_id)).all() == [
                "listed",
                "listed",
            ]
            rows = session.scalars(select(Submission)).all()
            row = next(row for row in rows if row.candidate.name == "Jonah Pell")
            candidacies.step(session, row, "hired", "Rosa Lind")
        news = office.letters_to("harbor@harborvets.example")[-1]
        assert "Jonah Pell: hired" in words(news)
        (told,) = [one for one in office.letters_to("dora@lakesidejobs.example") if "hired" in one.header("Subject")]
        assert "J. P. hired" in words(told)  # consent for this need names nobody in a letter to others
        assert "Pell" not in words(told)
        with sqlite_db.read() as session:
            kinds = session.scalars(select(OutboundLetter.kind).where(OutboundLetter.state != "sent")).all()
            assert kinds == []
