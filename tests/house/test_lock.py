"""The locks: every dependency of pyproject.toml is pinned in them with hashes, and they name no address."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.source import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUN = [*PYPROJECT["project"]["dependencies"], *PYPROJECT["project"]["optional-dependencies"]["postgres"]]
DEVELOP = [*RUN, *PYPROJECT["dependency-groups"]["dev"]]
PIN = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", re.M)


def pins(lock: str) -> dict[str, list[str]]:
    """Name to versions: more than one where they differ by version of Python."""
    found: dict[str, list[str]] = {}
    for name, version in PIN.findall((ROOT / lock).read_text()):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


@pytest.mark.parametrize(("lock", "wanted"), [("requirements.txt", RUN), ("requirements-dev.txt", DEVELOP)])
def test_every_dependency_is_locked(lock: str, wanted: list[str]) -> None:
    locked = pins(lock)
    stale = [
        text
        for text in wanted
        for requirement in [Requirement(text)]
        if not any(requirement.specifier.contains(v) for v in locked.get(canonicalize_name(requirement.name), []))
    ]
    assert stale == [], "run `make lock`"


def test_the_lock_for_developers_holds_the_other() -> None:
    develop = pins("requirements-dev.txt")
    assert {
        name: versions for name, versions in pins("requirements.txt").items() if develop.get(name) != versions
    } == {}


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_has_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text and "--index" not in text and "--find-links" not in text
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[a-z])", text.strip()))
