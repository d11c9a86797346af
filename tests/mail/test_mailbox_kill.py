"""The mailbox door killed without warning, again and again, while mail comes in: nothing lost, nothing twice."""

import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from mail.mailbox import TAKEN
from tests.mailboxes import flags, letter, settings_for
from tests.servers import Dovecot, wait_for

DOOR = '''
"""A door process with a store on disk: the bytes unique by their hash, committed before accept returns."""
import hashlib, sqlite3, sys, threading
from datetime import date
from mail.imap import MailboxSettings, Position, watch

path, port, user = sys.argv[1], int(sys.argv[2]), sys.argv[3]

def run(sql, *values):
    with sqlite3.connect(path, timeout=10) as db:
        db.execute("pragma synchronous = full")
        return db.execute(sql, values).fetchall()

class State:
    def position(self, uidvalidity):
        found = run("select uidvalidity, floor, last from place where uidvalidity = ?", uidvalidity)
        return Position(*found[0]) if found else None
    def since(self):
        return date(2000, 1, 1)
    def begin(self, position, since):
        run("insert into place values (?, ?, ?)", position.uidvalidity, position.floor, position.last)
    def remember(self, uidvalidity, uid):
        run("update place set last = ? where uidvalidity = ?", uid, uidvalidity)
    def failed(self, uidvalidity, uid, reason):
        raise SystemExit(reason)
    def quarantine(self, raw, reason):
        raise SystemExit(reason)

def accept(raw):
    run("insert or ignore into mail values (?, ?)", hashlib.sha256(raw.content).hexdigest(), raw.content)
    run("insert into calls values (?)", raw.source)

settings = MailboxSettings("127.0.0.1", port, user, "secret", tls="none", poll=1.0)
watch(settings, accept, State(), threading.Event(), lambda trouble: None)
'''


def test_killed_twelve_times_it_loses_nothing(dovecot: Dovecot, mailbox_user: str, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    (tmp_path / "door.py").write_text(DOOR)
    with sqlite3.connect(path) as db:
        db.execute("pragma journal_mode = wal")
        db.execute("create table mail (hash text primary key, content blob)")
        db.execute("create table place (uidvalidity int primary key, floor int, last int)")
        db.execute("create table calls (source text)")
    command = [sys.executable, str(tmp_path / "door.py"), str(path), str(dovecot.imap_port), mailbox_user]
    door = subprocess.Popen(command, env={"PYTHONPATH": str(Path.cwd())})
    interrupted = 0
    for start in range(0, 120, 10):
        for number in range(start, start + 10):
            dovecot.deliver(letter(f"Mail {number:03}"), mailbox_user)
        wait_for(lambda start=start: _count(path, "mail") > start, step=0.002)
        time.sleep(start % 7 / 200)
        door.kill()
        door.wait()
        interrupted += _count(path, "mail") < start + 10
        door = subprocess.Popen(command, env={"PYTHONPATH": str(Path.cwd())})
    try:
        wait_for(lambda: _count(path, "mail") == 120, 20)
        wait_for(lambda: flags(settings_for(dovecot.imap_port, mailbox_user)) == [{TAKEN}] * 120)
    finally:
        door.kill()
        door.wait()
    assert interrupted >= 3, "the kills came too late to prove anything"
    assert _count(path, "calls") <= 120 + 12


def _count(path: Path, table: str) -> int:
    with sqlite3.connect(path, timeout=10) as db:
        return db.execute(f"select count(*) from {table}").fetchone()[0]
