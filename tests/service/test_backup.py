"""A copy of a live database can be put back, and nothing is read twice afterwards."""

import hashlib
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select

from mail.values import RawMessage
from service import backup, intake, migrations
from service.db import Database
from service.models import InboundMessage
from tests.service.conftest import settings_for
from tests.service.said import Mail, arrive
from tests.service.test_intake import FORKLIFT


def hashes(db: Database) -> str:
    with db.read() as session:
        rows = session.scalars(select(InboundMessage.sha256).order_by(InboundMessage.id)).all()
    return hashlib.sha256("".join(rows).encode()).hexdigest()


def test_a_drill_backup_of_a_live_database_and_back(sqlite_db: Database, tmp_path: Path) -> None:
    arrive(sqlite_db, Mail(FORKLIFT))
    stop = threading.Event()

    def write_on() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with sqlite_db.begin() as session:
                intake.store(session, RawMessage(f"mail {number}".encode(), "test"))

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        size = backup.backup(sqlite_db, tmp_path / "copy.db")
    finally:
        stop.set()
        writer.join()
    copy = Database(f"sqlite:///{tmp_path / 'copy.db'}")
    before = hashes(copy)
    copy.close()
    backup.restore(sqlite_db, tmp_path / "copy.db")
    restored = Database(sqlite_db.url, settings_for(sqlite_db.url))
    assert size > 0
    assert hashes(restored) == before
    with restored.begin() as session:
        raw = session.scalars(select(InboundMessage.content).order_by(InboundMessage.id)).first()
        count = session.scalar(select(func.count(InboundMessage.id)))
        assert raw is not None
        assert intake.store(session, RawMessage(raw, "mailbox again"))[1] is False
        assert session.scalar(select(func.count(InboundMessage.id))) == count
    restored.close()


def test_what_is_no_backup_is_refused_and_nothing_changed(sqlite_db: Database, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.db"
    wrong.write_bytes(b"this is no database at all, only words" * 50)
    before = hashes(sqlite_db)
    with pytest.raises(backup.BackupFailed):
        backup.restore(sqlite_db, wrong)
    with pytest.raises(backup.BackupFailed):
        backup.restore(sqlite_db, tmp_path / "nowhere.db")
    assert hashes(sqlite_db) == before


def test_migrating_twice_changes_nothing(db: Database) -> None:
    assert migrations.upgrade(db) is False
    assert migrations.current(db) == migrations.newest()
