"""For all tests: names what this machine lacks, and with LOOPIN_REQUIRE_ALL=1 lets no test be skipped."""

import os
import shutil
from pathlib import Path

import pytest

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
