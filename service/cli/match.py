"""Commands that need no database: link, suggest, code; and learn, which refits, and shows what corrections taught."""

import sys
from pathlib import Path
from typing import Any

import click

from service.cli import Problem, opening


@click.command("link")
@click.argument("kind", type=click.Choice(["employers", "candidates"]))
@click.argument("new", type=click.Path(path_type=Path))
@click.argument("known", required=False, type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Where the pairs go; else stdout.")
@click.option("--processes", type=click.IntRange(1, 64), help="For a large list; else a core each, at most 4.")
def link_command(kind: str, new: Path, known: Path | None, out: Path | None, processes: int | None) -> None:
    """Pairs of NEW (and KNOWN) that are the same, with a calibrated probability and why."""
    from matching.forked import usual
    from matching.linkage import link_files
    from matching.tables import UnreadableTable

    try:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress

            # no thread that draws: a process with threads can't be forked safely
            with Progress(console=Console(stderr=True), auto_refresh=False) as bar:
                task = bar.add_task(f"linking {kind}", total=None)

                def progress(step: str, done: int, total: int) -> None:
                    bar.update(task, description=step, completed=done, total=total or None, refresh=True)

                link_files(kind, new, known, out, progress, processes or usual())
        else:
            link_files(kind, new, known, out, None, processes or usual())
    except (UnreadableTable, OSError) as error:
        raise Problem(str(error), 65) from error


@click.command("suggest")
@click.argument("need", default="-")
@click.option("--directory", required=True, type=click.Path(), help="The partner directory, as JSON.")
@click.option("--occupations", type=click.Path(), help="Folder of the O*NET text database.")
@click.option("--history", type=click.Path(), help="Past answers, one JSON object a line, oldest first.")
@click.option("--many", is_flag=True, help="A need a line in, a list a line out.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="Most partners a need.")
def suggest_command(
    need: str, directory: str, occupations: str | None, history: str | None, many: bool, limit: int
) -> None:
    """Partners for NEED (a file of JSON, or - for stdin), best first, with reasons for and against."""
    from matching.suggest import main

    given = [need, "--directory", directory, "--limit", str(limit), *(["--many"] if many else [])]
    given += ["--occupations", occupations] if occupations else []
    given += ["--history", history] if history else []
    sys.exit(main(given))


@click.command("code")
@click.argument("title", required=False)
@click.option("--occupations", type=click.Path(), help="Folder of the O*NET text database.")
@click.option("--many", is_flag=True, help="A title a line on stdin, a list a line out.")
@click.option("--words/--json", "words", default=None, help="Lines for a person, or JSON; by default as stdout is.")
def code_command(title: str | None, occupations: str | None, many: bool, words: bool | None) -> None:
    """SOC occupations of a job TITLE, or of a training programme's CIP code, each with its confidence."""
    from matching.coding import main

    if not (title and title.strip()) and not many:
        raise click.UsageError("Give a title, or --many with titles on stdin.")
    in_words = sys.stdout.isatty() if words is None else words
    given = [*(["--many"] if many else []), *(["--words"] if in_words else [])]
    given += ["--", title] if title else []
    sys.exit(main([*(["--occupations", occupations] if occupations else []), *given]))


@click.command("learn")
@click.option("--show", is_flag=True, help="List what corrections taught: number, state, mails, what it says.")
@click.option("--revoke", type=int, metavar="LESSON", help="Use this lesson no more.")
@click.option("--enable", type=int, metavar="LESSON", help="Use this lesson from the next mail on.")
def learn_command(show: bool, revoke: int | None, enable: int | None) -> None:
    """Refit from decisions and answers; or show what corrections taught, and revoke or enable it."""
    from service import learning

    settings = opening.settings()
    with opening.database(settings) as db, db.begin() as session:
        if show or revoke is not None or enable is not None:
            _lessons(session, revoke, enable)
            return
        for line in learning.learn(session):
            click.echo(line)


def _lessons(session: Any, revoke: int | None, enable: int | None) -> None:
    """Change the lessons that were named, then list all, a line each with tabs between."""
    from service import lessons, teaching
    from service.visibility import Viewer

    operator = Viewer(0, "operator", "", "hub", None)
    try:
        for number, state in ((revoke, "revoked"), (enable, "active")):
            if number is not None:
                teaching.put(session, lessons.find(session, operator, number), state, "operator")
    except LookupError as error:
        raise Problem(str(error), 65) from error
    for row in session.scalars(lessons.listing(operator)):
        used = len({use.message_id for use in row.uses})
        click.echo(f"{row.id}\t{row.state}\t{used} mails\t{lessons.holds_for(row)}\t{lessons.words(row)}")
