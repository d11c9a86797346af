"""`loopin suggest` without a database: JSON in, JSON out, one clear sentence where something can't be read."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from matching import suggest

DIRECTORY = {
    "tracker": ["in@hub.example"],
    "partners": [
        {"name": "Sparks Lab", "services": [{"name": "Welding", "kind": "training", "occupations": ["51-4121"]}]},
        {"name": "Ladle Works", "services": [{"name": "Kitchen", "kind": "training", "occupations": ["cook"]}]},
    ],
}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    path = tmp_path / "partners.json"
    path.write_text(json.dumps(DIRECTORY), encoding="utf-8")
    return path


def test_a_need_on_stdin_gets_its_partners(
    directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"title": "line cook", "openings": 2}'))

    assert suggest.main(["--directory", str(directory)]) == 0

    found = json.loads(capsys.readouterr().out)
    assert [entry["partner"] for entry in found] == ["Ladle Works", "Sparks Lab"]
    assert {"reason", "weight"} == set(found[0]["why"][0])


def test_many_needs_get_a_line_each_in_order(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    history = tmp_path / "answers.jsonl"
    answer = {"need": {"title": "cook"}, "partner": "Ladle Works", "answer": "declined", "reason": "other"}
    history.write_text(json.dumps(answer) + "\n", encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"title": "welder"}\n\n{"title": "cook"}\n'))

    assert suggest.main(["--directory", str(directory), "--history", str(history), "--many"]) == 0

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line[0]["partner"] for line in lines] == ["Sparks Lab", "Ladle Works"]


def test_with_a_history_the_needs_of_one_run_share_out_the_requests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    service = {"name": "Welding", "kind": "training", "occupations": ["51-4121"]}
    listed = [{"name": name, "services": [service]} for name in ("Sparks Lab", "Arc House", "Torch Hall")]
    path, history = tmp_path / "partners.json", tmp_path / "answers.jsonl"
    path.write_text(json.dumps({"partners": listed}), encoding="utf-8")
    answer = {"need": {"title": "welder"}, "partner": "Sparks Lab", "answer": "accepted"}
    history.write_text(json.dumps(answer) + "\n", encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"title": "welder"}\n' * 12))

    assert suggest.main(["--directory", str(path), "--history", str(history), "--many"]) == 0

    first = [json.loads(line)[0]["partner"] for line in capsys.readouterr().out.splitlines()]
    assert sorted(first.count(name) for name in set(first)) in ([4, 4, 4], [3, 4, 5], [2, 5, 5], [3, 3, 6])


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        ("{", "is no JSON"),
        ('{"partners": 3}', 'needs a list "partners"'),
        ('{"partners": [{}]}', "has no name"),
    ],
)
def test_a_directory_that_cant_be_read_is_65_and_one_sentence(
    tmp_path: Path, broken: str, sentence: str, capsys: pytest.CaptureFixture
) -> None:
    path = tmp_path / "partners.json"
    path.write_text(broken, encoding="utf-8")

    assert suggest.main(["--directory", str(path), "-"]) == 65

    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1


def test_a_need_that_cant_be_read_is_named(
    directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"title": "welder"}\n{"openings": 3}\n'))

    assert suggest.main(["--directory", str(directory), "--many"]) == 65
    assert "need 2" in capsys.readouterr().err


def test_scikit_learn_is_not_loaded_and_numpy_only_where_something_is_asked(directory: Path) -> None:
    program = (
        "import sys, matching.suggest; assert 'numpy' not in sys.modules; "
        f"sys.exit(matching.suggest.main(['--directory', {str(directory)!r}]) or 'sklearn' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], input='{"title": "welder"}', capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stderr
