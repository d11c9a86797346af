"""Commands that move records: import, export, backup, restore."""

from pathlib import Path

import click

from service.cli import Problem, opening


@click.command("import")
@click.argument("what", type=click.Choice(["partners", "employers", "candidates", "occupations"]))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--organisation", help="For candidates: the organisation that serves them.")
@click.option("--dry-run", is_flag=True, help="Show what would change and which rows are wrong; change nothing.")
def import_command(what: str, file: Path, organisation: str | None, dry_run: bool) -> None:
    """Take in WHAT from FILE: JSON, HSDS (JSON, ZIP), CSV or XLSX for partners, CSV or XLSX for the rest, a folder for
    occupations."""
    from service import importing
    from service.partners import UnreadableList

    settings = opening.settings()
    try:
        with opening.database(settings) as db, db.begin() as session:
            report = importing.take(session, what, file, organisation=organisation, dry_run=dry_run)
    except (UnreadableList, OSError) as error:
        raise Problem(f"{file}: {error}", 65) from error
    for line in (*report.errors, *report.notes):
        click.echo(line, err=True)
    words = "would be " if dry_run else ""
    click.echo(f"{len(report.added)} {words}added, {len(report.changed)} {words}changed, {len(report.errors)} wrong")
    if report.errors and not (report.added or report.changed):
        raise Problem("Nothing could be taken in.", 65)


@click.command("export")
@click.argument("what", type=click.Choice(["partners", "employers", "candidates", "referrals", "placements"]))
@click.argument("file", type=click.Path(path_type=Path))
def export_command(what: str, file: Path) -> None:
    """Write WHAT to FILE, by its ending: .csv, .xlsx; for partners also .json, and .hsds.json or .zip for HSDS. Cells
    open safely in a spreadsheet."""
    from service import exporting

    settings = opening.settings()
    try:
        with opening.database(settings) as db, db.read() as session:
            count = exporting.write(session, what, file)
    except (exporting.UnknownForm, OSError) as error:
        raise Problem(f"{file}: {error}", 65) from error
    click.echo(f"{count} {what} written to {file}")


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def backup_command(file: Path) -> None:
    """A consistent copy of a live database in FILE."""
    from service.backup import BackupFailed, backup

    settings = opening.settings()
    with opening.database(settings) as db:
        try:
            size = backup(db, file)
        except BackupFailed as error:
            raise Problem(str(error), 65) from error
    click.echo(f"{size} bytes written to {file}")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
def restore_command(file: Path) -> None:
    """Put FILE, a backup, in the place of the database. Stop the service first; what was there is kept beside it.

    Whoever was erased since the backup was made is erased again.
    """
    from service import migrations
    from service.backup import BackupFailed, restore
    from service.cli.erase import erase_again, tombstones_of
    from service.db import Database

    settings = opening.settings()
    db = Database(settings.database_url, settings)
    try:
        stones = tombstones_of(db)
        restore(db, file)
        migrations.upgrade(db)
        again = erase_again(db, stones)
    except BackupFailed as error:
        raise Problem(str(error), 65) from error
    click.echo(f"{file} is the database now" + (f"; {again} people in it were erased again" if again else ""))
