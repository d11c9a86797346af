"""Answers to a talent call as mail programs send them: the letter quoted below, lists in the words or as files."""

import csv
import io
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Any

from sqlalchemy import select

from mail.directory import Directory
from mail.document import read_document
from mail.values import RawMessage
from service import calls, intake, letters, partners
from service.case import Evidence
from service.db import Database
from service.models import CallAsk, Need, Organisation, OutboundLetter, Referral, TalentCall, utcnow
from tests.service.conftest import SERVER, TRACKER

MAILS = Path(__file__).with_name("mails")


def file(name: str) -> str:
    """The words of a reply, as a file of this folder keeps them."""
    return (MAILS / name).read_text(encoding="utf-8")


def called(
    db: Database, referral_id: int, names: Sequence[str], *, days: int = 8, title: str = "", employer: bool = True
) -> int:
    """A call of the hub for the referral's first need (or the one of that title), to these organisations."""
    with db.begin() as session:
        needs = session.scalars(select(Need).where(Need.referral_id == referral_id).order_by(Need.id)).all()
        need = next(need for need in needs if not title or need.title == title)
        rows = session.scalars(select(Organisation).where(Organisation.name.in_(names))).all()
        draft = calls.draft(session, need, days, "Rosa Lind", "the hub")
        chosen = {row.id: f"{row.name.split()[0].lower()}@{row.values('domain')[0]}" for row in rows}
        written = calls.Draft(draft.subject, draft.words, draft.deadline, chosen, employer)
        return calls.open_call(session, need.id, written, "Rosa Lind <hub@hub.example>", name="Rosa Lind").id


def letter_of(db: Database, call_id: int, name: str, kind: str = "talent_call") -> OutboundLetter:
    """The letter to this organisation, with the words that it goes out with."""
    with db.read() as session:
        ask = session.scalar(
            select(CallAsk).join(Organisation).where(CallAsk.call_id == call_id, Organisation.name == name)
        )
        assert ask is not None
        rows = select(OutboundLetter).where(OutboundLetter.kind == kind, OutboundLetter.recipient == ask.recipient)
        found = session.scalars(rows.order_by(OutboundLetter.id.desc())).first()
        assert found is not None
        found.text = letters.render(session, found).text
        return found


def reply(
    letter: OutboundLetter,
    text: str,
    *,
    sender: str = "",
    attached: Sequence[tuple[str, bytes]] = (),
    cc: str = "",
    passed: bool = True,
) -> bytes:
    """A plain answer with the letter quoted, as a partner's mail program makes it."""
    who = sender or f"Partner Staff <{letter.recipient}>"
    domain = who.rpartition("@")[2].rstrip(">")
    mail = EmailMessage()
    if passed:
        mail["Authentication-Results"] = f"{SERVER}; dmarc=pass header.from={domain}"
    mail["From"], mail["To"], mail["Subject"] = who, TRACKER, f"Re: {letter.subject or 'People wanted'}"
    if cc:
        mail["Cc"] = cc
    mail["Date"] = format_datetime(utcnow())
    mail["Message-ID"] = make_msgid(domain=domain)
    mail["In-Reply-To"] = mail["References"] = letter.message_id
    quoted = "\n".join(f"> {line}" for line in letter.text.splitlines())
    mail.set_content(f"{text}\n\nOn Monday, November 30, 2026, Loopin <{TRACKER}> wrote:\n\n{quoted}\n")
    for name, content in attached:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def csv_of(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def take_in(db: Database, content: bytes, *, authenticated: bool = True, source: str = "test") -> str:
    """Read and apply one mail as the worker does; what became of it."""
    with db.begin() as session:
        message_id, _ = intake.store(session, RawMessage(content, source))
        directory = Directory.from_json(partners.known(session).data)
    document: dict[str, Any] = read_document(content, directory)
    address = document["from"]["address"]
    with db.begin() as session:
        evidence = Evidence(address, authenticated, False, "dmarc=pass" if authenticated else "nobody vouches for it")
        return intake.apply(session, message_id, document, evidence)


def referral_of(db: Database, call_id: int) -> Referral:
    with db.read() as session:
        return session.get_one(TalentCall, call_id).need.referral
