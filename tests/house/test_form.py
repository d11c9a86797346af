"""The form of the files: each says in its first line what it is for, and none is longer than one can hold in mind."""

import ast
from statistics import median

from tests.house.source import Source, sources

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
GENERATED = "service/migrations/versions/"


def functions(source: Source) -> list[tuple[str, int]]:
    """Name and lines of every function, methods and inner ones too."""
    return [
        (f"{source.name}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def speaks(source: Source) -> bool:
    return source.text.startswith('"""') and bool(ast.get_docstring(source.tree))


def test_every_file_says_what_it_is_for() -> None:
    assert [source.name for source in sources() if source.text.strip() and not speaks(source)] == []


def test_no_file_is_longer_than_400_lines() -> None:
    assert [s.name for s in sources() if GENERATED not in s.name and s.text.count("\n") > LONGEST_FILE] == []


def test_no_function_is_longer_than_60_lines() -> None:
    long = [f for s in sources() if GENERATED not in s.name for f in functions(s) if f[1] > LONGEST_FUNCTION]
    assert long == []


def test_the_usual_function_is_short() -> None:
    assert median(length for source in sources() for _, length in functions(source)) <= 13


def test_no_bare_promises() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "X" * 3)
    assert [f"{s.name}: {word}" for s in sources() for word in words if f"# {word}" in s.text] == []


def test_no_error_is_swallowed_unsaid() -> None:
    """`except Exception: pass` and the like; a handler that returns or says something is another thing."""
    swallowed = [
        f"{source.name}:{node.lineno}"
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
        and all(isinstance(statement, ast.Pass) for statement in node.body)
    ]
    assert swallowed == []
