"""loopin doctor: walk the whole path of a mail and say what to mend."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import click

from service.cli import opening
from service.config import Settings


@click.command("doctor")
def doctor_command() -> None:
    """Check settings, database, mailbox, relay and the reader; exit status 1 where something must be mended."""
    settings = opening.settings()
    bad = False
    for state, words in _findings(settings):
        click.echo(f"{state:5} {words}")
        bad = bad or state == "mend"
    sys.exit(1 if bad else 0)


def _findings(settings: Settings) -> Iterator[tuple[str, str]]:
    """(ok, look or mend; a sentence) for each station, in the order in which a mail meets them."""
    yield from _addresses(settings)
    yield from _database(settings)
    yield from _mailbox(settings)
    yield from _trust(settings)
    yield _reader()
    yield _relay(settings)
    yield _disk(settings)


def _addresses(settings: Settings) -> Iterator[tuple[str, str]]:
    if settings.tracker_addresses:
        yield "ok", f"The tracker's address is {', '.join(settings.tracker_addresses)}."
    else:
        yield "mend", "LOOPIN_TRACKER_ADDRESSES is not set: the tracker can't tell its own address from a partner's."
    if settings.base_url.startswith("http://") and "127.0.0.1" not in settings.base_url:
        yield "look", "LOOPIN_BASE_URL is plain http: sign-in links would travel unsealed."


def _database(settings: Settings) -> Iterator[tuple[str, str]]:
    from sqlalchemy import func, select

    from service.models import InboundMessage, Organisation

    with opening.database(settings) as db, db.read() as session:
        partners = session.scalar(select(func.count(Organisation.id)))
        waiting = session.scalar(select(func.count(InboundMessage.id)).where(InboundMessage.state == "quarantined"))
    yield "ok", f"The database is migrated; {partners} partners are known."
    if not partners:
        yield "mend", "No partner is known: import the directory (loopin import partners FILE)."
    if waiting:
        yield "look", f"{waiting} mails are in quarantine (loopin quarantine)."


def _mailbox(settings: Settings) -> Iterator[tuple[str, str]]:
    if not settings.imap_host:
        yield "look", "LOOPIN_IMAP_HOST is not set: no mailbox is watched."
        return
    from mail.imap import facts
    from mail.mailbox import MailboxError
    from service.doors.mailbox import mailbox_settings

    with opening.database(settings) as db:
        try:
            found: Any = facts(mailbox_settings(settings, db))
        except MailboxError as error:
            yield "mend", f"Mailbox: {error}"
            return
    yield "ok", f"The mailbox answers; {found.messages} mails in {settings.imap_folder}, marks: {found.marks}."
    if not found.idle:
        yield "look", "The mailbox server has no IDLE: new mail is seen within a minute instead of at once."


def _trust(settings: Settings) -> Iterator[tuple[str, str]]:
    """The setting, and what the newest mail of the operator's own speaks for: anybody may write anything in theirs."""
    from sqlalchemy import select

    from mail.sender import proposed_trust
    from service.models import InboundMessage

    if settings.mail_trust == "none":
        yield "look", "LOOPIN_MAIL_TRUST is none: every mail from a known sender becomes a draft, all others wait."
    else:
        yield "ok", f"Verdicts on senders come from {settings.mail_trust}."
    own = select(InboundMessage.content).where(
        InboundMessage.source.like("imap:%"), InboundMessage.sender_address == settings.operator.lower()
    )
    with opening.database(settings) as db, db.read() as session:
        newest = session.scalar(own.order_by(InboundMessage.id.desc()).limit(1)) if settings.operator else None
    if newest is not None:
        proposed, why = proposed_trust(newest)
        if proposed != settings.mail_trust:
            yield "look", f"Your newest mail speaks for LOOPIN_MAIL_TRUST={proposed}: {why}"


def _reader() -> tuple[str, str]:
    from mail.values import UnreadableMessage
    from service.reading import Reader, ReaderUnavailable

    mail = b"From: a@doctor.example\r\nTo: b@doctor.example\r\nSubject: test\r\n\r\nA test mail.\r\n"
    try:
        with Reader() as reader:
            reader.read(mail, None, directory_version="none")
    except (ReaderUnavailable, UnreadableMessage) as error:
        return "mend", f"The reader: {error}"
    return "ok", "The bounded reader reads."


def _relay(settings: Settings) -> tuple[str, str]:
    if not settings.smtp_host:
        return "look", "LOOPIN_SMTP_HOST is not set: letters wait in the outbox."
    from mail import smtp
    from service.db import Database
    from service.doors.oauth import relay_settings

    relay = replace(relay_settings(settings, Database(settings.database_url, settings)), timeout=20)
    try:
        smtp.check(relay)
    except (smtp.Deferred, smtp.Refused) as error:
        return "mend", f"The relay: {error}"
    return "ok", "The relay answers."


def _disk(settings: Settings) -> tuple[str, str]:
    free = shutil.disk_usage(settings.data_folder if settings.data_folder.exists() else ".").free // 2**20
    return ("ok" if free > 500 else "mend"), f"{free} MB are free on the disk."
