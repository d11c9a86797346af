"""The loopin command. Each subcommand lives in its own module and is imported only when it is called."""

import importlib
from collections.abc import Iterator, MutableMapping

import click

VERSION = "0.1.0"
COMMANDS = {
    "run": ("serve", "The whole service: web, mailbox and worker under one supervisor."),
    "web": ("serve", "The web view alone."),
    "work": ("mails", "Read stored mail, make the changes, send what is due."),
    "fetch": ("mails", "Watch the mailbox; --once takes in what waits."),
    "lmtp": ("mails", "Take mail in from a mail server in the house."),
    "ingest": ("mails", "Take in .eml files, Maildirs, mbox files and folders of them."),
    "replay": ("mails", "Read again what could not be read."),
    "quarantine": ("mails", "List what could not be read, with reasons."),
    "parse": ("reading", "One mail in, one JSON document out."),
    "link": ("match", "Who is who in two files, or inside one."),
    "suggest": ("match", "Partners for a need, ranked, with reasons."),
    "code": ("match", "A job title to SOC occupations."),
    "learn": ("match", "Refit from decisions and answers."),
    "import": ("data", "Take in partners, employers or candidates from a file."),
    "export": ("data", "Write partners, employers, candidates, referrals or placements to a file."),
    "erase": ("erase", "Erase a person; numbers and a keyed hash stay."),
    "backup": ("data", "A consistent copy of a live database."),
    "restore": ("data", "Put a backup in the place of the database."),
    "doctor": ("doctor", "Check the whole path and say what to mend."),
    "demo": ("serve", "Feed the demo's mails in (used by `loopin run --demo`)."),
}
HIDDEN = {"demo"}


class _Lazy(MutableMapping[str, click.Command]):
    """Commands by name, each imported when it is asked for: `loopin --help` imports none."""

    def __init__(self) -> None:
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._loaded:
            module, _ = COMMANDS[name]
            found = importlib.import_module(f"service.cli.{module}")
            self._loaded[name] = getattr(found, f"{name}_command")
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _Group(click.Group):
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, words) for name, (_, words) in COMMANDS.items() if name not in HIDDEN]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class Problem(click.ClickException):
    """One clear line on stderr and an exit status of the contract: 65 data, 69 service, 75 later, 78 configuration."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.exit_code = status  # ty: ignore[invalid-attribute-access]

    def show(self, file: object = None) -> None:
        click.echo(f"loopin: {self.message}", err=True)


@click.group(cls=_Group, commands=_Lazy(), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="loopin")
def main() -> None:
    """Loopin: introductions by e-mail become referrals that are counted.

    Settings are read from LOOPIN_* variables or a .env file; see docs/settings.md.
    """
