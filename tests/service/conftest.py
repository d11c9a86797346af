"""Databases made by the migrations, on SQLite and on PostgreSQL, with a small network of partners in them."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service import migrations, partners
from service.config import Settings
from service.db import Database

TRACKER = "tracker@hub.example"
SERVER = "mx.hub.example"

DIRECTORY: dict[str, Any] = {
    "tracker": [TRACKER],
    "partners": [
        {
            "name": "Lakeside Jobs Council",
            "aliases": ["Lakeside"],
            "domains": ["lakesidejobs.example"],
            "kind": "workforce_board",
            "services": [
                {"name": "Business desk", "kind": "hire_support", "occupations": ["warehouse worker", "packer"]}
            ],
        },
        {
            "name": "Northfield College",
            "aliases": ["NFC"],
            "domains": ["northfield.example"],
            "kind": "community_college",
            "services": [
                {"name": "Forklift certificate", "kind": "training", "occupations": ["forklift operator"]},
                {"name": "Welding", "kind": "training", "occupations": ["welder"]},
            ],
        },
        {
            "name": "Harbor Veterans Desk",
            "domains": ["harborvets.example"],
            "kind": "veterans_agency",
            "services": [
                {"name": "Placement", "kind": "hire_support", "occupations": ["driver"], "populations": ["veterans"]}
            ],
        },
    ],
}


def settings_for(url: str, **given: Any) -> Settings:
    """As an operator would set them, apart from this machine's own environment."""
    chosen = {
        "database_url": url,
        "secret_key": "a key of the tests",
        "tracker_addresses": TRACKER,
        "hold_minutes": 0,
        "mail_trust": f"id:{SERVER}",
        "base_url": "http://loopin.test",
        **given,
    }
    return Settings(_env_file=None, **chosen)  # ty: ignore[unknown-argument]


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database of today's shape, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "loopin.db"
    db = Database(f"sqlite:///{path}")
    migrations.upgrade(db)
    db.close()
    return path


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    shutil.copy(migrated_file, tmp_path / "loopin.db")
    return f"sqlite:///{tmp_path / 'loopin.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def db(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated database with three partners, on both kinds of server."""
    if request.param == "sqlite":
        url = request.getfixturevalue("sqlite_url")
    else:
        url = settings_for(request.getfixturevalue("postgres_url")).database_url
    yield from _opened(url)


@pytest.fixture
def sqlite_db(sqlite_url: str) -> Iterator[Database]:
    """The same on SQLite alone, where the server makes no difference."""
    yield from _opened(sqlite_url)


def _opened(url: str) -> Iterator[Database]:
    database = Database(url, settings_for(url))
    migrations.upgrade(database)
    with database.begin() as session:
        partners.import_directory(session, DIRECTORY)
    yield database
    database.close()


@pytest.fixture
def copied(tmp_path: Path) -> tuple[str, Any]:
    """A database with a network at work in it (tests.service.seed): its address, and the numbers of its records."""
    from tests.service.seed import seeded_copy

    return seeded_copy(tmp_path)


@pytest.fixture
def seeded(copied: tuple[str, Any]) -> Any:
    return copied[1]


@pytest.fixture
def seeded_db(copied: tuple[str, Any]) -> Iterator[Database]:
    database = Database(copied[0], settings_for(copied[0]))
    yield database
    database.close()


@pytest.fixture
def app(seeded_db: Database) -> Any:
    """The web view over it."""
    from service.app import create_app

    return create_app(settings_for(seeded_db.url, metrics_token="count"), seeded_db)
