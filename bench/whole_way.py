"""How fast and how surely mail becomes records: mails a second through `loopin ingest`, and a worker that is killed.

    python bench/whole_way.py [--mails FOLDER [--directory PARTNERS.json]] [--kills 20] [--of 200]

Without a folder it makes introductions of its own (tests/service/post.py). Everything is a real process on a database
file of its own; the rate is of one core where the command is pinned to one (`taskset -c 0 python bench/whole_way.py`).
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import func, select

from mail.values import RawMessage
from service import migrations, partners
from service.config import Settings
from service.db import Database
from service.doors import acceptor
from service.models import InboundMessage, OutboundLetter, Referral
from tests.service.conftest import DIRECTORY, SERVER, TRACKER
from tests.service.post import introduction


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mails", type=Path, default=os.environ.get("LOOPIN_BENCH_DATA"))
    parser.add_argument("--directory", type=Path)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--of", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ingest_rate(Path(folder), asked.mails, asked.directory)
    with tempfile.TemporaryDirectory() as folder:
        killed_worker(Path(folder), asked.of, asked.kills)


def loopin(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "service.cli", *arguments]


def environment(folder: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("LOOPIN_")},
        "PYTHONPATH": str(Path.cwd()),
        "PYTHONDONTWRITEBYTECODE": "",
        "LOOPIN_DATABASE_URL": f"sqlite:///{folder / 'loopin.db'}",
        "LOOPIN_MAIL_TRUST": f"id:{SERVER}",
        "LOOPIN_TRACKER_ADDRESSES": TRACKER,
        "LOOPIN_HOLD_MINUTES": "0",
        "LOOPIN_MAILS_AN_HOUR": "10000",  # one person writes them all
    }


def prepared(folder: Path, directory: Path | None) -> Database:
    url = f"sqlite:///{folder / 'loopin.db'}"
    db = Database(url, Settings(_env_file=None, database_url=url, tracker_addresses=TRACKER))  # ty: ignore
    migrations.upgrade(db)
    with db.begin() as session:
        partners.import_directory(session, json.loads(directory.read_text()) if directory else DIRECTORY)
    return db


def ingest_rate(folder: Path, mails: Path | None, directory: Path | None) -> None:
    """Twice the same mails: the first time read, the second time known."""
    if mails is None:
        mails = folder / "mails"
        mails.mkdir()
        for number in range(200):
            (mails / f"{number:03}.eml").write_bytes(introduction(number))
    elif directory is None:
        directory = mails / "partners.json"
    prepared(folder, directory).close()
    print(f"{'ingest':<34}{'mails':>7}{'seconds':>9}{'mails/s':>9}{'CPU s':>8}")
    for name in ("first time", "second time, all known"):
        before, begun = os.times(), time.monotonic()
        command = loopin("ingest", "--trust", "member", str(mails))
        done = subprocess.run(command, env=environment(folder), cwd=folder, capture_output=True, text=True, check=True)
        seconds, after = time.monotonic() - begun, os.times()
        count = json.loads(done.stdout.splitlines()[-1])
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        print(f"{name:<34}{count['messages']:>7}{seconds:>9.2f}{count['messages'] / seconds:>9.1f}{cpu:>8.2f}")
        print(f"  {json.dumps(count)}", flush=True)


def killed_worker(folder: Path, mails: int, kills: int) -> None:
    """kill -9 at even distances through the run; then nothing may be missing and nothing be there twice."""
    db = prepared(folder, None)
    accept = acceptor(db)
    for number in range(mails):
        accept(RawMessage(introduction(number), f"bench:{number}"))
    for kill in range(kills):
        worker = subprocess.Popen(loopin("work"), env=environment(folder), cwd=folder, stderr=subprocess.DEVNULL)
        wait(db, worker, (kill + 1) * mails // (kills + 1))
        worker.kill()
        worker.wait()
    worker = start(folder)
    wait(db, worker, mails)
    worker.terminate()
    worker.wait()
    with db.read() as session:
        results = dict(
            session.execute(select(InboundMessage.result, func.count()).group_by(InboundMessage.result)).all()
        )
        referrals = session.scalar(select(func.count(Referral.id)))
        letters = session.scalar(select(func.count(OutboundLetter.id)))
        doubled = session.scalar(
            select(func.count()).select_from(
                select(Referral.subject).group_by(Referral.subject).having(func.count() > 1).subquery()
            )
        )
    db.close()
    print(f"\n{kills} kill -9 in {mails} mails: {results}")
    print(f"  referrals {referrals}, of one mail twice {doubled}, receipts {letters} (one person wrote them all)")


def start(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(loopin("work"), env=environment(folder), cwd=folder, stderr=subprocess.DEVNULL)


def wait(db: Database, worker: subprocess.Popen[bytes], done: int) -> None:
    statement = select(func.count()).select_from(InboundMessage).where(InboundMessage.state != "open")
    while worker.poll() is None:
        with db.read() as session:
            if (session.scalar(statement) or 0) >= done:
                return
        time.sleep(0.02)


if __name__ == "__main__":
    main()
