"""Every door ends in the same store: kept once, believed as far as the door says, old mail without letters."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from mail.values import RawMessage
from service import intake
from service.cli import main
from service.db import Database
from service.doors import acceptor
from service.models import InboundMessage, OutboundLetter, utcnow
from tests.service.post import introduction


@pytest.fixture
def loopin(sqlite_db: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """The command, on this test's database: what it prints, and its exit status."""
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "DATABASE_URL": sqlite_db.url,
        "SECRET_KEY": "a key of the tests",
        "MAIL_TRUST": "none",
    }.items():
        monkeypatch.setenv(f"LOOPIN_{name}", value)
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


def count(db: Database, model: type) -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_the_same_bytes_are_kept_once(db: Database) -> None:
    accept = acceptor(db)
    first = accept(RawMessage(b"Subject: one\r\n\r\nwords", "imap:INBOX:1:1"))
    again = accept(RawMessage(b"Subject: one\r\n\r\nwords", "upload:one.eml"))
    assert (first[1], again) == (True, (first[0], False))


def test_what_lay_in_the_mailbox_for_days_makes_no_letters(sqlite_db: Database) -> None:
    accept = acceptor(sqlite_db)
    old, _ = accept(RawMessage(b"old", "imap", arrived=utcnow() - timedelta(days=9)))
    new, _ = accept(RawMessage(b"new", "imap", arrived=utcnow()))
    with sqlite_db.read() as session:
        assert [session.get_one(InboundMessage, number).tell for number in (old, new)] == [False, True]


def test_ingest_accounts_for_every_mail_and_twice_changes_nothing(loopin, sqlite_db: Database, tmp_path: Path) -> None:
    folder = tmp_path / "mails"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.eml").write_bytes(introduction(number))
    (folder / "poison.eml").write_bytes(b"\x00\xff" * 200)
    (folder / "notes.txt").write_text("no mail")
    first = loopin("ingest", "--trust", "member", str(folder))
    again = loopin("ingest", "--trust", "member", str(folder))
    lines = [eval(result.stdout.splitlines()[-1]) for result in (first, again)]
    assert lines[0]["messages"] == 4 == sum(lines[0][key] for key in intake.RESULTS)
    assert (lines[0]["referral"], lines[1]["duplicate"]) == (3, 4)
    assert (count(sqlite_db, InboundMessage), count(sqlite_db, OutboundLetter)) == (4, 0)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("ingest", "nowhere.eml"), 65, "nowhere.eml"),
        (("ingest",), 2, "PATHS"),
        (("fetch", "--once"), 78, "LOOPIN_IMAP_HOST"),
        (("parse", "nowhere.eml"), 65, "nowhere.eml"),
        (("replay",), 2, "ids"),
        (("replay", "99"), 65, "no mail 99"),
        (("import", "partners", "nowhere.json"), 65, "nowhere.json"),
        (("restore", "nowhere.db"), 65, "nowhere.db"),
        (("nonsense",), 2, "nonsense"),
    ],
)
def test_wrong_use_gets_one_sentence(loopin, arguments: tuple[str, ...], status: int, words: str) -> None:
    result = loopin(*arguments)
    assert result.exit_code == status
    assert words in result.output
    assert "Traceback" not in result.output


def test_letters_of_an_ingest_go_only_after_a_yes(loopin, sqlite_db: Database, tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(introduction(1))
    result = loopin("ingest", "--trust", "member", "--tell", str(tmp_path / "one.eml"))
    assert "dora@lakesidejobs.example: 1" in result.output
    with sqlite_db.read() as session:
        assert set(session.scalars(select(OutboundLetter.state))) == {"cancelled"}


def test_a_list_with_wrong_rows_takes_the_others(loopin, tmp_path: Path) -> None:
    rows = "name,aliases,domains\nEastside Works,EW,eastside.example\n,,x.example\nHome,,gmail.com\n"
    (tmp_path / "partners.csv").write_text(rows)
    result = loopin("import", "partners", "partners.csv")
    assert result.exit_code == 0
    assert "1 added, 0 changed, 2 wrong" in result.output
    assert "row 3: it has no name" in result.output
    assert "row 4: gmail.com is a free-mail domain" in result.output


def test_an_export_opens_safely_in_a_spreadsheet(loopin, tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text('name,phone\n"=HYPERLINK(""http://x"")",+13125550101\n')
    loopin("import", "employers", "e.csv")
    result = loopin("export", "employers", "out.csv")
    assert result.exit_code == 0
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK" in text
    assert "'+13125550101" in text


def test_a_quarantined_mail_can_be_read_again(loopin, sqlite_db: Database, tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(introduction(1, sender="Max Void <max@elsewhere.example>"))
    loopin("ingest", "--trust", "none", "one.eml")
    listed = loopin("quarantine")
    assert "max@elsewhere.example" in listed.output
    again = loopin("replay", "--all")
    assert again.exit_code == 0
    assert count(sqlite_db, InboundMessage) == 1
