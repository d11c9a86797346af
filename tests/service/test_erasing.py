"""An erased person is gone from records, mails, letters and snapshots, still counts, and never comes back."""

import json
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import inspect, select
from sqlalchemy.orm import undefer

from mail.values import Candidate as ReadCandidate
from mail.values import Hired, Introduction, RawMessage, Status
from service import backup, erasing, identities, importing, intake, tombstones
from service.case import Evidence
from service.cli import main
from service.db import Database
from service.models import (
    Base,
    Candidate,
    CopySheet,
    Employer,
    EmployerContact,
    InboundMessage,
    MatchKey,
    Merge,
    Organisation,
    Pair,
    Placement,
    SheetEntry,
)
from tests.service.said import Mail, arrive
from tests.service.test_intake import FORKLIFT
from tests.service.test_placements import both_claim_one_hire

LIST = "We send Nora Feld (nora@inbox.example, 312 555 0101) and Teddy Okafor.\nNora can start on Monday."


def handed_in(db: Database, mail: Mail) -> int:
    """A real mail with the given reading."""
    raw = EmailMessage()
    raw["From"], raw["To"], raw["Subject"], raw["Message-ID"] = mail.sender, mail.to[0], mail.subject, mail.message_id
    raw.set_content(mail.text, cte="base64")
    with db.begin() as session:
        message_id, _ = intake.store(session, RawMessage(raw.as_bytes(), "test"))
    with db.begin() as session:
        address = mail.document()["from"]["address"]
        evidence = Evidence(address, authenticated=True, refused=False, reason="dmarc=pass")
        intake.apply(session, message_id, mail.document(), evidence)
    return message_id


def a_list(first: Mail, *names: str, sender: str = "Ivo Brandt <ivo@northfield.example>", org: str = "") -> Mail:
    organisation = org or "Northfield College"
    hers = ("nora@inbox.example", ("+13125550101",))
    people = tuple(ReadCandidate(n, *(hers if "feld" in n.lower() else ("", ())), organisation) for n in names)
    said = Introduction(kind="candidate_referral", referring_org=organisation, candidates=people)
    to = ("Dora Hale <dora@lakesidejobs.example>",)
    return Mail(said, sender, to, subject="Nora Feld and another", text=LIST, answers=first.message_id)


def placed(db: Database) -> tuple[int, int, Mail]:
    """Nora was sent on a list and hired: (candidate, the list's mail, the introduction)."""
    first = Mail(FORKLIFT)
    arrive(db, first)
    list_id = handed_in(db, a_list(first, "Nora Feld", "Teddy Okafor"))
    hired = Introduction(
        kind="status_update",
        sender_org="Northfield College",
        status=Status(hired=(Hired("Nora Feld", "forklift operator", "2026-11-16"),)),
    )
    text = "Nora Feld starts Monday."
    arrive(db, Mail(hired, "Ivo Brandt <ivo@northfield.example>", FIRST_TO, text=text, answers=first.message_id))
    with db.read() as session:
        nora = session.scalars(select(Candidate).where(Candidate.name == "Nora Feld")).one()
    return nora.id, list_id, first


FIRST_TO = ("Dora Hale <dora@lakesidejobs.example>",)


def everything(db: Database) -> str:
    """All that the database holds, as text; mails with their texts decoded."""
    found = []
    with db.read() as session:
        for mapper in Base.registry.mappers:
            for row in session.scalars(select(mapper.class_).options(undefer("*"))):
                found += [repr(getattr(row, column.key)) for column in inspect(type(row)).column_attrs]
                if isinstance(row, InboundMessage):
                    from mail.message import parse_message

                    found.append(parse_message(row.content).text if b"From:" in row.content else "")
    return "\n".join(found)


def erase(db: Database, candidate_id: int, *, everywhere: bool = True) -> erasing.Erasure:
    with db.begin() as session:
        return erasing.erase_candidate(session, candidate_id, "she asked for it", "Rosa", everywhere=everywhere)


def test_the_person_is_gone_and_the_placement_still_counts(db: Database) -> None:
    nora, list_id, _ = placed(db)
    assert "Feld" in everything(db)
    with db.begin() as session:
        sheet = CopySheet(name="The board's own system", columns=[])
        session.add(sheet)
        session.flush()
        hers = session.scalars(select(Placement.id)).one()
        session.add(SheetEntry(sheet_id=sheet.id, placement_id=hers, external_id="CC-4711"))
    done = erase(db, nora)
    whole = everything(db)
    for word in ("Nora", "Feld", "nora@inbox.example", "5550101", "555 0101", "CC-4711"):
        assert word not in whole, [line for line in whole.splitlines() if word in line]
    assert "Teddy Okafor" in whole
    assert (done.records, done.placements) == (1, 1)
    with db.read() as session:
        assert session.get_one(Candidate, nora).name == erasing.NAME
        placement = session.scalars(select(Placement)).one()
        assert (placement.candidate_id, len(placement.credits)) == (nora, 2)
        assert (
            session.scalars(select(MatchKey).where(MatchKey.record_id == nora, MatchKey.kind == "candidate")).all()
            == []
        )
        reading = session.get_one(InboundMessage, list_id, options=[undefer(InboundMessage.reading)]).reading
    assert reading is not None
    assert len(reading["message"]) == len(LIST)


def test_she_never_comes_back_by_the_same_mail_a_new_one_or_an_import(db: Database, tmp_path: Path) -> None:
    nora, _, first = placed(db)
    erase(db, nora)
    handed_in(db, a_list(first, "Nora Feld", "Wanda Kowal"))
    handed_in(db, a_list(first, "NORA FELD", sender="Abe Noll <abe@harborvets.example>", org="Harbor Veterans Desk"))
    file = tmp_path / "people.csv"
    file.write_text("name,email\nFeld Nora,nora@inbox.example\nPia Sand,pia@inbox.example\n")
    with db.begin() as session:
        report = importing.take(session, "candidates", file, organisation="Northfield College")
    assert (report.added, len(report.errors)) == (["Pia Sand"], 1)
    assert "erased" in report.errors[0]
    assert "Wanda Kowal" in everything(db)
    assert "Feld" not in everything(db).replace("Feldspar", "")


def test_somebody_else_of_her_name_may_come(sqlite_db: Database) -> None:
    nora, _, _ = placed(sqlite_db)
    erase(sqlite_db, nora)
    with sqlite_db.begin() as session:
        owner = session.scalars(select(Organisation.id).where(Organisation.name == "Harbor Veterans Desk")).one()
        other = Candidate(name="Nora Feld", given_name="Nora", family_name="Feld", organisation_id=owner)
        other.emails, other.phones = ["n.feld@other.example"], []
        assert identities.resolve(session, other).new
        same_name = Candidate(name="Nora Feld", given_name="Nora", family_name="Feld", organisation_id=owner)
        with pytest.raises(tombstones.Erased):
            identities.resolve(session, same_name)


def test_one_organisation_erases_its_own_record_and_joined_ones_part_first(db: Database) -> None:
    both_claim_one_hire(db)
    with db.begin() as session:
        pair = session.scalars(select(Pair).where(Pair.kind == "candidate")).one()
        assert identities.decide(session, pair.id, "same", "hub") is not None
        theirs, mine = session.scalars(select(Candidate).order_by(Candidate.id)).all()
    erase(db, theirs.id, everywhere=False)
    with db.read() as session:
        assert session.get_one(Candidate, theirs.id).erased_at is not None
        left = session.get_one(Candidate, mine.id)
        assert (left.name, left.merged_into_id, left.emails) == ("Nora A. Feld", None, ["nora@inbox.example"])
        assert [link.snapshot for link in session.scalars(select(Merge))] == [{}]
        assert session.scalars(select(Pair).where(Pair.kind == "candidate")).all() == []


def test_a_contact_goes_with_number_and_address_and_stays_away(db: Database) -> None:
    arrive(db, Mail(FORKLIFT))
    with db.begin() as session:
        contact = session.scalars(select(EmployerContact)).one()
        contact.phones = ["+13125550144"]
        contact.employer.phones = ["+13125550144", "+13125550190"]
        erasing.erase_contact(session, contact.id, "left, and asked for it", "Rosa")
    arrive(db, Mail(FORKLIFT, subject="Again", date="2026-12-24T09:00:00-06:00"))
    whole = everything(db)
    assert "pia@quarrycold.example" not in whole
    assert "Lund" not in whole
    with db.read() as session:
        assert session.scalars(select(EmployerContact)).all() == []
        assert session.scalars(select(Employer.phones)).one() == ["+13125550190"]


def test_an_older_backup_brings_nobody_back(
    sqlite_db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nora, _, _ = placed(sqlite_db)
    backup.backup(sqlite_db, tmp_path / "old.db")
    environment = {
        "LOOPIN_DATABASE_URL": sqlite_db.url,
        "LOOPIN_SECRET_KEY": "a key of the tests",
        "LOOPIN_TRACKER_ADDRESSES": "tracker@hub.example",
    }
    run = CliRunner(env=environment)
    said = run.invoke(main, ["erase", "candidate", str(nora), "--reason", "she asked"])
    assert (said.exit_code, "1 records erased" in said.output) == (0, True), said.output
    said = run.invoke(main, ["restore", str(tmp_path / "old.db")])
    assert "1 people in it were erased again" in said.output
    assert "Feld" not in everything(sqlite_db)


def test_erased_persons_are_known_even_where_the_database_was_lost(sqlite_db: Database, tmp_path: Path) -> None:
    nora, _, _ = placed(sqlite_db)
    backup.backup(sqlite_db, tmp_path / "old.db")
    done = erase(sqlite_db, nora)
    tombstones.append(sqlite_db.info["settings"], done.lines)
    lines = tombstones.read(sqlite_db.info["settings"])
    assert "Feld" not in json.dumps(lines)
    backup.restore(sqlite_db, tmp_path / "old.db")
    with sqlite_db.begin() as session:
        assert erasing.again(session, lines, "the restore") == 1
    assert "Feld" not in everything(sqlite_db)


def test_a_reason_is_asked_and_nobody_is_erased_twice(sqlite_db: Database) -> None:
    nora, _, _ = placed(sqlite_db)
    with sqlite_db.begin() as session:
        with pytest.raises(ValueError, match="Say why"):
            erasing.erase_candidate(session, nora, " ", "Rosa")
        with pytest.raises(LookupError):
            erasing.erase_candidate(session, 999, "x", "Rosa")
        erasing.erase_candidate(session, nora, "Nora Feld asked", "Rosa")
        with pytest.raises(ValueError, match="already"):
            erasing.erase_candidate(session, nora, "again", "Rosa")
    assert "Feld" not in everything(sqlite_db)
