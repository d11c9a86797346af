"""Who may commit, who opens transactions, and in which drawer each sharp library lies: what import-linter can't see."""

import ast
from fnmatch import fnmatch

import pytest

from tests.house.source import called, imported, sources

COMMITS = ("service/db.py",)
DOORS = ("service/app.py", "service/api*", "service/cli*", "service/worker*", "service/doors*", "service/web/*")
WEB = ("service/app.py", "service/api*", "service/auth.py", "service/web/*", "service/cli*")
DRAWERS = {
    "imapclient": ("mail/imap.py",),
    "smtplib": ("mail/smtp.py",),
    "sklearn": ("matching/*",),
    "sqlalchemy": ("service/*",),
    "flask": WEB,
    "flask_wtf": WEB,
    "waitress": ("service/cli*", "service/web/*", "service/server.py"),
}
OPENS = {"begin"}
ENDS = {"commit"}
MAKES_SESSIONS = {"Session", "sessionmaker", "scoped_session", "create_engine"}


def within(name: str, places: tuple[str, ...]) -> bool:
    """A star stands for anything, slashes too."""
    return any(fnmatch(name, place) for place in places)


def trespassers(names: set[str], places: tuple[str, ...]) -> list[str]:
    """Files of the service that call one of `names` and are not among `places`."""
    return [
        f"{source.name} calls {name}()"
        for source in sources("service")
        if not within(source.name, places)
        for name in sorted(names & set(called(source.tree)))
    ]


def test_only_the_database_commits() -> None:
    assert trespassers(ENDS, COMMITS) == []


def test_only_the_database_makes_sessions() -> None:
    assert trespassers(MAKES_SESSIONS, (*COMMITS, "service/migrations/*")) == []


def test_only_doors_open_transactions() -> None:
    assert trespassers(OPENS, (*COMMITS, *DOORS, "service/migrations/*")) == []


@pytest.mark.parametrize("library", DRAWERS)
def test_sharp_libraries_lie_in_one_drawer(library: str) -> None:
    found = [source.name for source in sources() if library in set(imported(source.tree))]
    assert [name for name in found if not within(name, DRAWERS[library])] == []


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("session.commit()", "commit"),
        ("with db.begin() as s: pass", "begin"),
        ("def f():\n  return Session()", "Session"),
    ],
)
def test_a_planted_violation_is_seen(code: str, name: str) -> None:
    assert name in set(called(ast.parse(code)))


def test_a_planted_import_is_seen() -> None:
    assert set(imported(ast.parse("def f():\n  from sklearn.x import y\n  import smtplib"))) == {"sklearn", "smtplib"}
