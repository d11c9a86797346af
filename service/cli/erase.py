"""The erase command: a person goes, numbers stay; and what a restore owes to those who were erased."""

from pathlib import Path

import click

from service.cli import Problem, opening
from service.db import Database


@click.command("erase")
@click.argument("what", type=click.Choice(["candidate", "contact"]))
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why, in a sentence; it is kept, without the person's name.")
@click.option("--only-here", is_flag=True, help="The records of this candidate's own organisation alone.")
@click.option("--dry-run", is_flag=True, help="Say what would go; change nothing.")
def erase_command(what: str, number: int, reason: str, only_here: bool, dry_run: bool) -> None:
    """Erase a person: the records, their words in mails and letters, what learning would read of them.

    Placements stay as numbers. A keyed hash stays, so that a replay, an import or an older backup brings nobody back.
    """
    from service import erasing, tombstones

    settings = opening.settings()
    with opening.database(settings) as db:
        try:
            with db.begin() as session, session.begin_nested() as trial:
                if what == "candidate":
                    done = erasing.erase_candidate(session, number, reason, "the operator", everywhere=not only_here)
                else:
                    done = erasing.erase_contact(session, number, reason, "the operator")
                if dry_run:
                    trial.rollback()
        except (LookupError, ValueError) as error:
            raise Problem(str(error), 65) from error
    if not dry_run:
        tombstones.append(settings, done.lines)
    words = "would be " if dry_run else ""
    click.echo(
        f"{done.records} records {words}erased, words blacked out in {done.mails} mails and {done.rows} other rows; "
        f"{done.placements} placements stay as numbers"
    )


def tombstones_of(db: Database) -> list[dict]:
    """Those of the copy beside the database, and of the database itself where it can still be read."""
    from sqlalchemy import inspect
    from sqlalchemy.exc import SQLAlchemyError

    from service import erasing, tombstones

    beside = tombstones.read(db.info["settings"])
    if db.is_sqlite and not Path(db.url.removeprefix("sqlite:///")).exists():
        return beside
    try:
        with db.read() as session:
            there = inspect(session.connection()).has_table("tombstone")
            return [*beside, *(erasing.lines(session) if there else [])]
    except SQLAlchemyError:
        click.echo("The database that is replaced can't be read; who was erased is read from beside it.", err=True)
        return beside


def erase_again(db: Database, lines: list[dict]) -> int:
    """How many people a backup had brought back."""
    from service import erasing

    with db.begin() as session:
        return erasing.again(session, lines, "the restore")
