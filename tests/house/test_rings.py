"""No rings: a file that needs another is not needed by it in turn. A package of one noun counts as one."""

from collections.abc import Iterator

import pytest
from grimp import ImportGraph, build_graph

from tests.house.source import PACKAGES


@pytest.fixture(scope="module")
def graph() -> ImportGraph:
    return build_graph(*PACKAGES)


def unit(module: str) -> str:
    """service.web.inbox is part of service.web; a module of mail stands for itself, in whichever folder."""
    return module if module.startswith("mail.") else ".".join(module.split(".")[:2])


def needs(graph: ImportGraph) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for module in graph.modules:
        imported = {unit(each) for each in graph.find_modules_directly_imported_by(module)}
        found.setdefault(unit(module), set()).update(imported - {unit(module)})
    return found


def rings(edges: dict[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """A ring for each module from which one can come back to it, told from its first module in the alphabet."""
    for start in edges:
        paths, seen = [(start,)], set()
        while paths:
            path = paths.pop()
            for after in edges.get(path[-1], set()):
                if after == start and start == min(path):
                    yield (*path, start)
                elif after not in seen:
                    seen.add(after)
                    paths.append((*path, after))


def test_there_are_no_rings(graph: ImportGraph) -> None:
    packages = set(PACKAGES)
    edges = {module: after - packages for module, after in needs(graph).items() if module not in packages}
    assert sorted(rings(edges)) == []


def test_a_planted_ring_is_seen() -> None:
    edges = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set()}
    assert list(rings(edges)) == [("a", "b", "c", "a")]
