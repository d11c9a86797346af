"""Commands that take mail in and work through it: ingest, fetch, lmtp, work, replay, quarantine."""

import json
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import click

from service.cli import Problem, opening
from service.config import Settings
from service.db import Database


def _say_counts(db: Any, message_ids: list[int]) -> None:
    """The contract's count line: last on stdout."""
    from service import intake

    with db.read() as session:
        click.echo(json.dumps(intake.counts(session, message_ids)))


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--trust", type=click.Choice(["none", "known", "member"]), default="known", show_default=True)
@click.option("--tell", is_flag=True, help="Write letters too; says first how many would go to whom.")
@click.option("--yes", is_flag=True, help="With --tell: don't ask.")
def ingest_command(paths: tuple[Path, ...], trust: str, tell: bool, yes: bool) -> None:
    """Take in PATHS as through the mailbox and read them to the end. Makes records but no letters unless --tell."""
    from mail.boxes import UnreadableBox, messages
    from service.reading import Reader

    settings = opening.settings()
    opening.logging(quiet=True)
    for path in paths:
        if not path.exists():
            raise Problem(f"{path} cannot be read: no such file or folder.", 65)
    with Reader() as reader, opening.database(settings) as db:
        reader.start()  # it gets ready while the rest is loaded and the mails are stored
        from service import worker
        from service.doors import acceptor

        accept = acceptor(db, vouched=trust, tell=tell)
        handed: list[tuple[int, bool]] = []
        left_out: list[str] = []
        try:
            for path in paths:
                handed += [accept(raw) for raw in messages(path, left_out.append)]
        except UnreadableBox as error:
            raise Problem(str(error), 65) from error
        _say_left_out(left_out)
        new = [message_id for message_id, is_new in handed if is_new]
        if tell:
            _hold_until_agreed(db, settings, reader, yes)
        else:
            worker.drain(db, settings, reader, send=False)
        _say_ingested(db, handed, new)


def _say_left_out(sentences: list[str], most: int = 3) -> None:
    """What lay beside the mails and is none: the first few by name, the rest by number."""
    for sentence in sentences[:most]:
        click.echo(sentence, err=True)
    if len(sentences) > most:
        click.echo(f"... and {len(sentences) - most} more files that are no mail.", err=True)


def _say_ingested(db: Any, handed: list[tuple[int, bool]], new: list[int]) -> None:
    """What was there before counts as a duplicate; the parts add up to the messages handed in."""
    from service import intake

    with db.read() as session:
        line = intake.counts(session, new)
    line["messages"] = len(handed)
    line["duplicate"] += len(handed) - len(new)
    click.echo(json.dumps(line))


def _hold_until_agreed(db: Any, settings: Any, reader: Any, yes: bool) -> None:
    """Read with letters held back, say what would go to whom, and let them go only after a yes."""
    from sqlalchemy import func, select

    from service import worker
    from service.models import OutboundLetter

    with db.read() as session:
        last = session.scalar(select(func.max(OutboundLetter.id))) or 0
    db.info["hold_letters"] = True
    worker.drain(db, settings, reader, send=False)
    with db.read() as session:
        letters = session.scalars(select(OutboundLetter).where(OutboundLetter.id > last)).all()
        to = Counter(letter.recipient for letter in letters)
    click.echo(f"{len(letters)} letters would go to {len(to)} people:", err=True)
    for recipient, count in to.most_common():
        click.echo(f"  {recipient}: {count}", err=True)
    agreed = bool(letters) and (yes or _agreed())
    with db.begin() as session:
        for letter in session.scalars(select(OutboundLetter).where(OutboundLetter.id > last)):
            letter.held = False
            if not agreed:
                letter.state, letter.error = "cancelled", "not wanted at ingest"


def _agreed() -> bool:
    try:
        return click.confirm("Send them?", err=True)
    except click.Abort:
        return False


@click.command("fetch")
@click.option("--once", is_flag=True, help="Take in what waits, read it to the end, and stop.")
def fetch_command(once: bool) -> None:
    """Watch the mailbox of LOOPIN_IMAP_HOST by IDLE and poll."""
    from mail.mailbox import MailboxRefused, MailboxUnreachable
    from service.doors import mailbox

    settings = opening.settings()
    if not settings.imap_host:
        raise Problem("LOOPIN_IMAP_HOST is not set, so there is no mailbox to watch.", 78)
    opening.logging()
    with opening.database(settings) as db:
        _refuse_demo(db)
        if not once:
            mailbox.run(settings, db, opening.until_stopped())
            return
        from service import worker
        from service.reading import Reader

        try:
            taken = mailbox.take_all(settings, db)
        except MailboxUnreachable as error:
            raise Problem(str(error), 69) from error
        except MailboxRefused as error:
            raise Problem(str(error), 78) from error
        with Reader() as reader:
            worker.drain(db, settings, reader)
        _say_counts(db, taken)


def _refuse_demo(db: Any) -> None:
    """A demo's fictional partners never meet real mail."""
    from service.demo_database import is_demo

    with db.read() as session:
        if is_demo(session):
            raise Problem(
                "This database is a demo; it takes no real mail. Set LOOPIN_DATABASE_URL to a new one and start again.",
                78,
            )


@click.command("lmtp")
def lmtp_command() -> None:
    """Listen on LOOPIN_LMTP_LISTEN for mail from a mail server in the house."""
    from mail.lmtp import BadAddress, serve
    from service.doors import acceptor

    settings = opening.settings()
    if not settings.lmtp_listen:
        raise Problem("LOOPIN_LMTP_LISTEN is not set.", 78)
    opening.logging()
    with opening.database(settings) as db:
        _refuse_demo(db)
        try:
            serve(settings.lmtp_listen, acceptor(db), opening.until_stopped())
        except BadAddress as error:
            raise Problem(str(error), 78) from error


@click.command("work")
@click.option("--once", is_flag=True, help="Read and send what is due, print the count line, and stop.")
@click.option("--mailbox", is_flag=True, help="Watch the mailbox too, in this process.")
def work_command(once: bool, mailbox: bool) -> None:
    """Read stored mail, make the changes, send what is due."""
    from sqlalchemy import select

    from service import worker
    from service.models import InboundMessage
    from service.reading import Reader

    settings = opening.settings()
    opening.logging()
    with opening.database(settings) as db:
        if settings.smtp_host or mailbox:
            _refuse_demo(db)
        if not once:
            stop = opening.until_stopped()
            watching = _watch_beside(settings, db, stop) if mailbox else None
            worker.run(db, settings, stop)
            if watching is not None:
                watching.join(timeout=5)
            return
        with db.read() as session:
            waiting = list(session.scalars(select(InboundMessage.id).where(InboundMessage.state == "open")))
        with Reader() as reader:
            worker.drain(db, settings, reader)
        _say_counts(db, waiting)


def _watch_beside(settings: Settings, db: Database, stop: threading.Event) -> threading.Thread:
    """The mailbox in a thread of the worker: a process of its own holds 50 MB for a connection that mostly waits."""
    from service.doors import mailbox

    if not settings.imap_host:
        raise Problem("LOOPIN_IMAP_HOST is not set, so there is no mailbox to watch.", 78)

    def watch() -> None:
        try:
            mailbox.run(settings, db, stop)
        finally:
            stop.set()  # without its mailbox the worker would look well and hear nothing

    thread = threading.Thread(target=watch, name="mailbox", daemon=True)
    thread.start()
    return thread


@click.command("replay")
@click.argument("ids", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="All that is in quarantine.")
def replay_command(ids: tuple[int, ...], everything: bool) -> None:
    """Read mails in quarantine again, by their IDS or all of them."""
    from service import intake, worker
    from service.reading import Reader

    if not ids and not everything:
        raise click.UsageError("Name the mails by their ids, or say --all.")
    settings = opening.settings()
    with opening.database(settings) as db, Reader() as reader:
        chosen = [row.id for row in _quarantined(db)] if everything else list(ids)
        try:
            with db.begin() as session:
                for message_id in chosen:
                    intake.replay(session, message_id, "operator")
        except (LookupError, ValueError) as error:
            raise Problem(str(error), 65) from error
        worker.drain(db, settings, reader, send=False)
        _say_counts(db, chosen)


@click.command("quarantine")
def quarantine_command() -> None:
    """List what could not be read or believed: id, when, from whom, why."""
    settings = opening.settings()
    with opening.database(settings) as db:
        rows = _quarantined(db)
        for row in rows:
            sender = row.sender_address or "unknown sender"
            click.echo(f"{row.id}\t{row.received_at:%Y-%m-%d %H:%M}\t{sender}\t{row.error}")
        click.echo(f"{len(rows)} in quarantine", err=True)


def _quarantined(db: Any) -> list[Any]:
    from sqlalchemy import select

    from service.models import InboundMessage

    with db.read() as session:
        return list(
            session.scalars(
                select(InboundMessage).where(InboundMessage.state == "quarantined").order_by(InboundMessage.id)
            )
        )
