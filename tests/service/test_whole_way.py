"""The whole way, as a partner and a coordinator see it: mailbox, worker, page, relay, each a real process."""

import os
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from mail.values import RawMessage
from service import auth, migrations, partners
from service.db import Database
from service.doors import acceptor
from service.models import Heartbeat, InboundMessage, OutboundLetter, Referral
from tests.network import SmtpSink
from tests.servers import Dovecot, free_port, wait_for
from tests.service.conftest import DIRECTORY, SERVER, TRACKER, settings_for
from tests.service.post import employer_name, introduction, raw


def environment(**given: object) -> dict[str, str]:
    """This machine's own, without LOOPIN_ settings, and what the test sets."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("LOOPIN_")}
    chosen = {
        "SECRET_KEY": "a key of the tests",
        "TRACKER_ADDRESSES": TRACKER,
        "MAIL_TRUST": f"id:{SERVER}",
        "HOLD_MINUTES": 0,
        **given,
    }
    return {**own, "PYTHONDONTWRITEBYTECODE": "", **{f"LOOPIN_{name}": str(value) for name, value in chosen.items()}}


@contextmanager
def loopin(*arguments: str, env: dict[str, str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A loopin command running in a folder; ended with the test."""
    log = (folder / f"{arguments[0]}.log").open("ab")
    command = [sys.executable, "-m", "service.cli", *arguments]
    process = subprocess.Popen(command, env={**env, "PYTHONPATH": str(Path.cwd())}, cwd=folder, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Callable[[], Database]]:
    """A migrated database with the three partners, in a file that processes share."""
    url = f"sqlite:///{tmp_path / 'loopin.db'}"
    db = Database(url, settings_for(url))
    migrations.upgrade(db)
    with db.begin() as session:
        partners.import_directory(session, DIRECTORY)
    yield lambda: db
    db.close()


def query(db: Database, statement: Any) -> Any:
    with db.read() as session:
        return session.scalar(statement)


@pytest.mark.timeout(150)
def test_a_mail_into_the_mailbox_is_on_the_page_and_answered(
    network: Callable[[], Database], dovecot: Dovecot, mailbox_user: str, smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    db, port = network(), free_port()
    env = environment(
        DATABASE_URL=db.url,
        IMAP_HOST="127.0.0.1",
        IMAP_PORT=dovecot.imap_port,
        IMAP_USER=mailbox_user,
        IMAP_PASSWORD="secret",
        IMAP_TLS="none",
        SMTP_HOST="127.0.0.1",
        SMTP_PORT=smtp_sink.port,
        SMTP_TLS="none",
        BASE_URL=f"http://127.0.0.1:{port}",
    )
    with loopin("run", "--port", str(port), env=env, folder=tmp_path) as service:
        wait_for(lambda: _page(port, "/readyz") is not None, 30)
        wait_for(lambda: query(db, select(func.count()).select_from(_heartbeat("mailbox"))), 30)
        look = signed_in(db, port)
        dovecot.deliver(introduction(7, message_id="<first@lakesidejobs.example>"), mailbox_user)
        wait_for(lambda: f"{employer_name(7)} Logistics" in look("/inbox"), 40, 0.25)
        smtp_sink.wait(1, 40)
        reply = raw(
            "Hi Dora,\n\nyes, we can take this one. I will call Pia today.\n\nIvo",
            sender="Ivo Brandt <ivo@northfield.example>",
            to="Pia Lund <pia@elsewhere.example>",
            subject="Re: forklift operators",
            answers="<first@lakesidejobs.example>",
        )
        dovecot.deliver(reply, mailbox_user)
        receipt, news = smtp_sink.wait(2, 40)
        assert service.poll() is None
    assert (receipt.recipients, receipt.header("Auto-Submitted")) == (("dora@lakesidejobs.example",), "auto-generated")
    assert news.recipients == ("dora@lakesidejobs.example",)
    assert "accepted" in news.header("Subject")
    assert query(db, select(Referral.status)) == "accepted"


def _heartbeat(part: str) -> Any:
    return select(Heartbeat.id).where(Heartbeat.part == part, Heartbeat.trouble == "").subquery()


def _page(port: int, path: str) -> str | None:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:
            return response.read().decode()
    except (urllib.error.URLError, ConnectionError):
        return None


def signed_in(db: Database, port: int) -> Callable[[str], str]:
    """Follow the mailed link, press its button, and get what reads pages."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    settings = settings_for(db.url, base_url=f"http://127.0.0.1:{port}")
    with db.begin() as session:
        link = auth.sign_in_link(session, settings)
    form = browser.open(link, timeout=10).read().decode()
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form))
    browser.open(link, urllib.parse.urlencode(fields).encode(), timeout=10).read()
    return lambda path: browser.open(f"http://127.0.0.1:{port}{path}", timeout=10).read().decode()


@pytest.mark.timeout(180)
def test_kill_9_of_the_worker_loses_and_doubles_nothing(network: Callable[[], Database], tmp_path: Path) -> None:
    mails, kills = 24, 3
    db = network()
    accept = acceptor(db)
    for number in range(mails):
        accept(RawMessage(introduction(number), f"test:{number}"))
    env = environment(DATABASE_URL=db.url)
    done = select(func.count()).select_from(InboundMessage).where(InboundMessage.state != "open")
    for kill in range(kills):
        with loopin("work", env=env, folder=tmp_path) as worker:
            wait_for(lambda kill=kill: query(db, done) >= (kill + 1) * mails // (kills + 2), 30)
            worker.kill()
    with loopin("work", env=env, folder=tmp_path):
        wait_for(lambda: query(db, done) == mails, 90)
    assert query(db, select(func.count()).select_from(Referral)) == mails
    assert query(db, select(func.count(func.distinct(Referral.employer_id)))) == mails
    assert query(db, select(func.count()).select_from(OutboundLetter)) == 1
    with db.read() as session:
        assert set(session.scalars(select(InboundMessage.result))) == {"referral"}
