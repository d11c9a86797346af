"""Commands that need no database: link, suggest, code; and learn, which refits from decisions and answers."""

import sys
from pathlib import Path

import click

from service.cli import Problem, opening


@click.command("link")
@click.argument("kind", type=click.Choice(["employers", "candidates"]))
@click.argument("new", type=click.Path(path_type=Path))
@click.argument("known", required=False, type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Where the pairs go; else stdout.")
def link_command(kind: str, new: Path, known: Path | None, out: Path | None) -> None:
    """Pairs of NEW (and KNOWN) that are the same, with a calibrated probability and why."""
    from matching.linkage import link_files
    from matching.tables import UnreadableTable

    try:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress

            with Progress(console=Console(stderr=True)) as bar:
                task = bar.add_task(f"linking {kind}", total=None)

                def progress(done: int, total: int) -> None:
                    bar.update(task, completed=done, total=total)

                link_files(kind, new, known, out, progress)
        else:
            link_files(kind, new, known, out)
    except (UnreadableTable, OSError) as error:
        raise Problem(str(error), 65) from error


@click.command("suggest", context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def suggest_command(arguments: tuple[str, ...]) -> None:
    """Partners for a need, ranked, with reasons: --directory PARTNERS.json [--many] [NEED.json or -]."""
    from matching.suggest import main

    sys.exit(main(list(arguments)))


@click.command("code", context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def code_command(arguments: tuple[str, ...]) -> None:
    """A job title to SOC occupations: [TITLE] [--occupations FOLDER] [--many]."""
    from matching.occupations import main

    sys.exit(main(list(arguments)))


@click.command("learn")
def learn_command() -> None:
    """Refit from decisions and answers; says whether the new model is better and was taken."""
    from service import learning

    settings = opening.settings()
    with opening.database(settings) as db, db.begin() as session:
        for line in learning.learn(session):
            click.echo(line)
