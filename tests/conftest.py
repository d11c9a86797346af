"""For all tests: names what this machine lacks, and with LOOPIN_REQUIRE_ALL=1 lets no test be skipped."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from uuid import uuid4

import pytest
from playwright.sync_api import Page

from tests.network import NameServer, SmtpSink, TcpProxy
from tests.servers import Dovecot, Missing, Postgres

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Taken out of the environment: the service refuses LOOPIN_ names that it does not know.
REQUIRE_ALL = os.environ.pop("LOOPIN_REQUIRE_ALL", "") not in ("", "0")


def missing() -> list[str]:
    """What the tests would use and this machine has not, each with the package that brings it."""
    postgres = shutil.which("initdb") or next(Path("/usr/lib/postgresql").glob("*/bin/initdb"), None)
    dovecot = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    found = {
        "Chromium (package chromium)": shutil.which("chromium") or shutil.which("chromium-browser"),
        "Dovecot (packages dovecot-imapd, dovecot-lmtpd)": dovecot,
        "PostgreSQL (package postgresql)": postgres,
    }
    return [name for name, path in found.items() if not path]


def skipped_for_want_of_a_machine(reporter: pytest.TerminalReporter) -> list[pytest.TestReport]:
    """Skips other than those of benchmarks, which wait for data that no machine is asked to have."""
    return [report for report in reporter.stats.get("skipped", []) if "LOOPIN_BENCH_DATA" not in str(report.longrepr)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name in missing():
        terminalreporter.write_line(f"missing on this machine: {name}")
    skipped = skipped_for_want_of_a_machine(terminalreporter)
    if REQUIRE_ALL and skipped:
        terminalreporter.write_line(f"LOOPIN_REQUIRE_ALL: {len(skipped)} tests were skipped, and none may be", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if REQUIRE_ALL and reporter and skipped_for_want_of_a_machine(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


class Server(Protocol):
    def start(self) -> Any: ...

    def stop(self) -> None: ...


S = TypeVar("S", bound=Server)


def running(server: S) -> Iterator[S]:
    """The server, started; stopped at the end, also where it did not come up. Skips where its program is missing."""
    try:
        server.start()
        yield server
    except Missing as missing_program:
        pytest.skip(str(missing_program))
    finally:
        server.stop()


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """One for each worker: take a user of your own (`mailbox_user`), and don't stop it; use `own_dovecot` for that."""
    yield from running(Dovecot())


@pytest.fixture
def own_dovecot() -> Iterator[Dovecot]:
    """A Dovecot that this test may kill."""
    yield from running(Dovecot())


@pytest.fixture
def mailbox_user() -> str:
    """A new, empty mailbox in whatever Dovecot; the password is "secret"."""
    return f"u{uuid4().hex[:12]}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One cluster for each worker: make databases of your own in it."""
    yield from running(Postgres())


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """A new, empty database."""
    name = f"test_{uuid4().hex[:12]}"
    yield postgres.database(name)
    postgres.drop(name)


@pytest.fixture
def smtp_sink() -> Iterator[SmtpSink]:
    yield from running(SmtpSink())


@pytest.fixture
def name_server() -> Iterator[NameServer]:
    yield from running(NameServer())


@pytest.fixture
def proxy() -> Iterator[Callable[[int], TcpProxy]]:
    """proxy(port): a line to that port that can go bad."""
    lines: list[TcpProxy] = []

    def line(target: int) -> TcpProxy:
        lines.append(TcpProxy(target).start())
        return lines[-1]

    yield line
    for each in lines:
        each.stop()


CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """The machine's own Chromium, headless."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        pytest.skip("Chromium is not installed (package chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM_OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """A page in a profile of its own."""
    context = browser.new_context(locale="en-US", timezone_id="America/Chicago")
    yield context.new_page()
    context.close()
