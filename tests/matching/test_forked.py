"""Work in parts: in order, the same in any number of processes, and no process is left behind."""

import csv
import io
import multiprocessing
import os
import signal
from pathlib import Path
from random import Random

import pytest

from bench.many import employers
from matching import comparing, linkage, pairing
from matching.forked import in_parts, usual


def test_parts_come_in_order_each_from_a_process_of_its_own() -> None:
    found = in_parts(lambda part, parts: (part, parts, os.getpid()), 3)
    assert [(part, parts) for part, parts, _ in found] == [(0, 3), (1, 3), (2, 3)]
    assert found[0][2] == os.getpid()
    assert len({pid for _, _, pid in found}) == 3
    assert multiprocessing.active_children() == []


def test_what_a_part_raises_is_raised_here() -> None:
    def work(part: int, parts: int) -> int:
        if part == 1:
            raise ValueError("the second part has no list")
        return part

    with pytest.raises(ValueError, match="no list"):
        in_parts(work, 2)
    assert multiprocessing.active_children() == []


def test_a_killed_process_is_told_in_one_sentence() -> None:
    def work(part: int, parts: int) -> int:
        if part == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return part

    with pytest.raises(ChildProcessError, match="--processes 1"):
        in_parts(work, 2)


def test_at_least_one_process_is_usual() -> None:
    assert usual() >= 1


@pytest.mark.parametrize("processes", [2, 3])
def test_a_list_is_linked_alike_by_any_number_of_processes(
    processes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (comparing, linkage):
        monkeypatch.setattr(module, "WORTH_A_PROCESS", 10)
    monkeypatch.setattr(comparing, "CHUNK", 37)
    monkeypatch.setattr(pairing, "MANY", 100)
    path = tmp_path / "employers.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = [(number, name) for number, name, _ in employers(400)]
        Random(3).shuffle(rows)
        csv.writer(file).writerows([("id", "name"), *rows, ("again", rows[0][1])])
    alone, together = io.StringIO(), io.StringIO()
    written = linkage.link_files("employers", path, None, alone)
    assert linkage.link_files("employers", path, None, together, None, processes) == written > 100
    assert together.getvalue() == alone.getvalue()
