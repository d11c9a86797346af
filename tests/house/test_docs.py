"""The docs say what the program says: every command, option and setting, and none that isn't there."""

import re

import click
import pytest

from service.config import PREFIX, Settings
from tests.house.source import ROOT

COMMANDS = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
EVERY_COMMAND_HAS = {"--help", "--version"}


def cli() -> click.Group:
    return pytest.importorskip("service.cli").main


def commands() -> dict[str, click.Command]:
    """By the words one types: "parse", "import partners"."""
    found: dict[str, click.Command] = {}
    for name, command in cli().commands.items():
        found[name] = command
        if isinstance(command, click.Group):
            found |= {f"{name} {inner}": sub for inner, sub in command.commands.items()}
    return {name: command for name, command in found.items() if not command.hidden}


def test_every_command_is_documented() -> None:
    assert [name for name in commands() if f"loopin {name}" not in COMMANDS] == []


def options(command: click.Command) -> set[str]:
    """The long names of what a person may give."""
    given = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
    return {name for option in given for name in option.opts if name.startswith("--")} - EVERY_COMMAND_HAS


def test_every_option_is_documented() -> None:
    missing = []
    for name, command in commands().items():
        section = COMMANDS.partition(f"\n## `loopin {name.partition(' ')[0]}")[2].partition("\n## ")[0]
        missing += [f"{name} {option}" for option in sorted(options(command)) if option not in section]
    assert missing == []


def test_no_command_is_documented_that_is_not_there() -> None:
    known = {name.partition(" ")[0] for name in commands()}
    told = {word for page in PAGES for word in re.findall(r"(?:`|^    |\n)loopin ([a-z]+)", page.read_text("utf-8"))}
    assert told - known == set()


def test_every_setting_is_documented_with_its_default() -> None:
    missing = []
    for name, field in Settings.model_fields.items():
        row = next((line for line in SETTINGS.splitlines() if line.startswith(f"| `{PREFIX}{name.upper()}` |")), "")
        default = str(field.default) if field.default not in ("", (), None) else ""
        if not row or (default and default not in row):
            missing.append(f"{PREFIX}{name.upper()} ({default or 'no default'})")
    assert missing == []


def test_no_setting_is_documented_that_is_not_there() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    told = {name for page in PAGES for name in re.findall(r"\bLOOPIN_[A-Z_]*[A-Z]", page.read_text("utf-8"))}
    assert {n for n in told - known if not n.startswith(("LOOPIN_BENCH_", "LOOPIN_REQUIRE_"))} == set()


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []
