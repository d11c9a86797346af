"""loopin run and its parts: the whole service under one supervisor, the web view, the demo's postman."""

import os
import sys
import threading
from pathlib import Path
from typing import Any

import click

from service.cli import Problem, opening
from service.config import Settings
from service.db import Database

BETWEEN_MAILS = 4.0  # seconds: slow enough to watch, fast enough to stay


@click.command("run")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--demo", is_flag=True, help="The demo, in a database of its own.")
def run_command(host: str, port: int, demo: bool) -> None:
    """Migrate, then web, mailbox and worker as one process tree. Without a mailbox set it is the demo."""
    from service.supervisor import become_supervisor, part

    settings = _settings(host, port, demo)
    with opening.database(settings) as db:
        _check_demo(db, settings)
        link = _sign_in_link(db, settings)
    watching = ("--mailbox",) if settings.imap_host else ()
    parts = [part("web", "web", "--host", host, "--port", str(port)), part("worker", "work", *watching)]
    parts += [part("lmtp", "lmtp")] if settings.lmtp_listen else []
    parts += [part("demo", "demo")] if settings.demo else []
    _greet(settings, link)
    become_supervisor(parts, env=_environment(settings))


def _settings(host: str, port: int, demo: bool) -> Settings:
    """The demo where no mailbox is set and nothing points to a database of one's own."""
    settings = opening.settings(demo=demo or None)
    if not settings.base_url or "base_url" not in settings.model_fields_set:
        shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104
        settings = settings.model_copy(update={"base_url": f"http://{shown}:{port}"})
    own = "database_url" in settings.model_fields_set
    mailbox = settings.imap_host or settings.lmtp_listen
    if mailbox and settings.demo:
        raise Problem("The demo takes no real mail: leave --demo away, or the mailbox settings.", 78)
    if settings.demo or not (mailbox or own or Path("var/loopin.db").exists()):
        url = settings.database_url if own else "sqlite:///var/demo.db"
        settings = settings.model_copy(update={"demo": True, "database_url": url})
    return settings


def _check_demo(db: Database, settings: Settings) -> None:
    """A demo database and real mail never meet."""
    from service import demo_database

    with db.begin() as session:
        marked = demo_database.is_demo(session)
        if marked and (settings.imap_host or settings.smtp_host or settings.lmtp_listen):
            raise Problem(
                "This database is a demo; it takes and sends no real mail. Set LOOPIN_DATABASE_URL to a new database "
                "(sqlite:///var/loopin.db) beside LOOPIN_IMAP_HOST, and start again.",
                78,
            )
        if settings.demo and settings.smtp_host:
            raise Problem("The demo sends no real mail: unset LOOPIN_SMTP_HOST, or set a mailbox too.", 78)
        if settings.demo and not marked and not demo_database.is_empty(session):
            raise Problem("This database holds real records; the demo needs one of its own.", 78)
        if settings.demo:
            demo_database.begin(session)


def _sign_in_link(db: Database, settings: Settings) -> str:
    from service import auth

    with db.begin() as session:
        return auth.sign_in_link(session, settings, "")


def _greet(settings: Settings, link: str) -> None:
    """The URL for everybody, the sign-in link for who sits at the terminal."""
    click.echo(f"Loopin is on {settings.base_url}")
    if settings.demo:
        click.echo("This is the demo: fictional partners, mails that arrive a few seconds apart, nothing is sent.")
        click.echo("For a real mailbox set LOOPIN_IMAP_HOST, LOOPIN_IMAP_USER ... (docs/settings.md) and start again.")
    if sys.stdout.isatty():
        click.echo(f"Sign in: {link}")
    else:
        click.echo("Sign in by mail, or start it on a terminal to be shown a link.")
    sys.stdout.flush()


def _environment(settings: Settings) -> dict[str, str]:
    """What the parts must know beyond the operator's own settings."""
    from service import demo

    given = {"LOOPIN_BASE_URL": settings.base_url, "LOOPIN_DATABASE_URL": settings.database_url}
    if settings.demo:
        given |= {"LOOPIN_DEMO": "true", "LOOPIN_MAIL_TRUST": f"id:{demo.SERVER}"}
    return {**os.environ, **given}


@click.command("web")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--threads", default=6, show_default=True, type=click.IntRange(1, 64))
def web_command(host: str, port: int, threads: int) -> None:
    """The web view alone, for more than one process behind a proxy."""
    from waitress.server import create_server

    from service.app import create_app

    settings = opening.settings()
    opening.logging()
    with opening.database(settings) as db:
        app = create_app(settings, db)
        try:
            server = create_server(app, host=host, port=port, threads=threads, ident="loopin")
        except OSError as error:
            raise Problem(
                f"{host}:{port} can't be listened on: {error.strerror}. Is Loopin running already?", 69
            ) from error
        stop = opening.until_stopped()
        _serve(server, stop)


def _serve(server: Any, stop: Any) -> None:
    """Until stopped: waitress ends by an exception in its loop's thread, so it runs beside the one that waits."""

    loop = threading.Thread(target=server.run, daemon=True)
    loop.start()
    while loop.is_alive() and not stop.wait(0.5):
        pass
    server.close()


def _read(db: Database, stop: threading.Event) -> bool:
    """Wait until the worker has read the past, and see to it as its coordinator did. False when stopped before."""
    from service import demo_database

    while not stop.wait(0.5):
        with db.read() as session:
            done = demo_database.past_is_read(session)
        if done:
            with db.begin() as session:
                demo_database.see_to_the_past(session)
            return True
    return False


def _answering(db: Database, content: bytes, stop: threading.Event) -> bytes | None:
    """The mail as it is handed in, once what it answers is there; None when stopped before."""
    from service import demo_database

    while True:
        with db.begin() as session:
            found = demo_database.answering(session, content)
        if found is not None or stop.wait(0.5):
            return found


@click.command("demo", hidden=True)
def demo_command() -> None:
    """The demo's postman: hands in the past at once, as saved mail, then the story's mails a few seconds apart."""
    from mail.values import RawMessage
    from service import demo_database
    from service.demo import mails, past
    from service.doors import acceptor
    from service.supervisor import become_idle

    settings = opening.settings()
    with opening.database(settings) as db:
        with db.begin() as session:
            demo_database.begin(session)
            began = demo_database.began(session)
        stop = opening.until_stopped()
        accept = acceptor(db, tell=False)
        for mail in past(began):
            accept(RawMessage(mail.content, f"{demo_database.PAST}{mail.name}"))
        if not _read(db, stop):
            return
        accept = acceptor(db)
        for mail in mails(began):
            content = _answering(db, mail.content, stop)
            if content is not None:
                accept(RawMessage(content, f"demo:{mail.name}"))
            if stop.wait(BETWEEN_MAILS):
                return
    become_idle()
