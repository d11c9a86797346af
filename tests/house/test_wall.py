"""The leaves can be imported where flask, sqlalchemy and the service are refused, and cheaply."""

import subprocess
import sys

import pytest

from tests.house.source import ROOT, sources

BEHIND_A_WALL = """
import importlib, sys

class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"flask", "sqlalchemy", "alembic", "service"} | set(sys.argv[2:]):
            raise ImportError(f"the wall refuses {name}")

sys.meta_path.insert(0, Wall())
for module in sys.argv[1].split(","):
    importlib.import_module(module)
"""
HEAVY = ("sklearn", "scipy", "numpy", "dateparser", "openpyxl", "pypdf")
READERS = ("mail.jobs.sentence", "mail.thread", "mail.parties.employers", "mail.replies.hires")


def modules(package: str) -> list[str]:
    names = [source.name.removesuffix(".py").replace("/", ".") for source in sources(package)]
    return [name.removesuffix(".__init__") for name in names]


def behind_a_wall(names: list[str], *refused: str) -> str:
    """What the interpreter says on standard error: nothing, where every module can be imported."""
    command = [sys.executable, "-c", BEHIND_A_WALL, ",".join(names), *refused]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stderr


@pytest.mark.parametrize(("leaf", "other"), [("mail", "matching"), ("matching", "mail"), ("terms", "mail")])
def test_a_leaf_needs_neither_trunk_nor_the_other_leaf(leaf: str, other: str) -> None:
    assert behind_a_wall(modules(leaf), other) == ""


def test_the_wall_holds() -> None:
    assert "the wall refuses sqlalchemy" in behind_a_wall(["service.db"], "nothing") or "the wall refuses service" in (
        behind_a_wall(["service.db"])
    )


@pytest.mark.parametrize("package", ["mail", "matching", "service"])
def test_importing_a_package_loads_nothing_heavy(package: str) -> None:
    code = f"import sys, {package}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_worker_loads_no_reader_of_mails() -> None:
    """Its child does: their patterns cost a fifth of a second to compile, and only the child needs them."""
    code = f"import sys, service.worker; print([name for name in {READERS!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
