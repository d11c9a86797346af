"""The web view on a port of its own, with the seeded network in it, for the machine's own Chromium."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from waitress.server import create_server

from service import auth
from service.app import create_app
from service.config import Settings
from service.db import Database
from tests.service.conftest import settings_for
from tests.service.seed import Seeded, seeded_copy

if TYPE_CHECKING:
    from playwright.sync_api import Page

HUB = "hub@hub.example"


@dataclass(frozen=True)
class LiveSite:
    """A running web view. `link` signs in the hub's coordinator once."""

    url: str
    db: Database
    settings: Settings
    seeded: Seeded

    def link(self) -> str:
        with self.db.begin() as session:
            return auth.sign_in_link(session, self.settings, HUB)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveSite]:
    database, seeded = seeded_copy(tmp_path)
    settings = settings_for(database, hold_minutes=10)
    db = Database(database, settings)
    server = create_server(create_app(settings, db), host="127.0.0.1", port=0, threads=6)
    url = f"http://127.0.0.1:{server.effective_port}"
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield LiveSite(url, db, settings.model_copy(update={"base_url": url}), seeded)
    server.close()
    db.close()


@pytest.fixture
def hub(live: LiveSite, page: "Page") -> "Page":
    """A page of the hub's coordinator; the test fails at the end when the browser had something to complain of."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(live.link())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/inbox")
    yield page
    assert said == []
