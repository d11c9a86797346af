"""Who is who, ours and its peers in one table: python -m bench.link [DATA/link] [--without-peers] [--many 100000]

DATA is a folder of sets (records.csv, truth.csv, meta.json), or LOOPIN_BENCH_DATA/link. Peers run in environments of
their own, made at the first run under --environments (~/.cache/loopin-bench): their pins don't agree with ours.
--many links so many invented employers inside themselves, names alone, and so many people by name, birth date and zip;
splink beside it where they are not too many for it. Seconds are those of the wall and of all processors together.
"""

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import venv
from argparse import ArgumentParser
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bench import many
from bench.link_scores import figures

PEERS = Path(__file__).parent / "peers"
PEERS_MOST = 200_000
"""Records that a peer is given: a million names took splink more than twenty gigabytes."""
NEEDS = {"splink": ("splink", "pandas"), "rapidfuzz": ("rapidfuzz",)}


@dataclass(frozen=True)
class Run:
    """What a command did with a file: pairs (probability, whether it is one), seconds, those of all processors
    together, peak megabytes of its largest process."""

    pairs: list[tuple[float, bool]]
    seconds: float
    busy: float
    megabytes: float
    failed: str = ""


def environment(peer: str, home: Path) -> Path:
    """The Python of a peer's own environment."""
    folder = home / peer
    if not (folder / "bin" / "python").exists():
        venv.create(folder, with_pip=True)
        subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "-q", *NEEDS[peer]], check=True)
    return folder / "bin" / "python"


def command(who: str, kind: str, records: Path, out: Path, home: Path) -> list[str]:
    if who == "loopin":
        return [sys.executable, "-m", "matching.linkage", kind, str(records), "-o", str(out)]
    return [str(environment(who, home)), str(PEERS / f"{who}_link.py"), kind, str(records), str(out)]


def run(who: str, kind: str, records: Path, truth: dict[str, str], home: Path) -> Run:
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "pairs.csv"
        words = command(who, kind, records, out, home)
        started = time.perf_counter()
        done = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        said = done.stderr.read() if done.stderr else ""
        _, status, usage = os.wait4(done.pid, 0)
        seconds = time.perf_counter() - started
        took = seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
        if status or not out.exists():
            return Run([], *took, said.strip().splitlines()[-1] if said.strip() else "failed")
        with out.open(newline="", encoding="utf-8") as file:
            rows = [(r["left_id"], r["right_id"], float(r["probability"])) for r in csv.DictReader(file)]
    pairs = [(p, truth[a] == truth[b]) for a, b, p in rows]
    return Run(pairs, *took)


def line(name: str, who: str, found: Run, total: int) -> str:
    if found.failed:
        return f"{name:<16}{who:<11}{found.failed[:80]}"
    f = figures(found.pairs, total)
    return (
        f"{name:<16}{who:<11}{f['f1_at_half']:>10.4f}{f['best_f1']:>9.4f}{f['recall_at_p99']:>8.4f}"
        f"{f['calibration_error']:>13.4f}{found.seconds:>9.1f}{found.busy:>8.1f}{found.megabytes:>8.0f}"
    )


def true_pairs(truth: dict[str, str]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(truth.values()).values())


def one_set(folder: Path, home: Path, peers: list[str]) -> None:
    kind = json.loads((folder / "meta.json").read_text())["kind"]
    with (folder / "truth.csv").open(newline="") as file:
        truth = {row["id"]: row["cluster"] for row in csv.DictReader(file)}
    for who in ["loopin", *peers]:
        found = run(who, kind, folder / "records.csv", truth, home)
        print(line(folder.name, who, found, true_pairs(truth)), flush=True)


def many_records(kind: str, number: int, home: Path, peers: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.csv"
        many.write(kind, number, str(path))
        with path.open(newline="") as file:
            truth = {row["id"]: row["cluster"] for row in csv.DictReader(file)}
        for who in ["loopin", *[peer for peer in peers if peer == "splink" and number <= PEERS_MOST]]:
            found, what = run(who, kind, path, truth, home), "names" if kind == "employers" else "people"
            print(line(f"{number:,} {what}", who, found, true_pairs(truth)), flush=True)


def main() -> None:
    parser = ArgumentParser(prog="python -m bench.link", description=__doc__)
    parser.add_argument("data", nargs="?", default=os.environ.get("LOOPIN_BENCH_DATA", ""))
    parser.add_argument("--environments", type=Path, default=Path.home() / ".cache" / "loopin-bench")
    parser.add_argument("--without-peers", action="store_true")
    parser.add_argument("--many", type=int, action="append", default=[])
    given = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    peers = [] if given.without_peers else list(NEEDS)
    head = f"{'set':<16}{'by':<11}{'F1 at 0.5':>10}{'best F1':>9}{'r@p99':>8}{'calibration':>13}"
    print(f"{head}{'seconds':>9}{'CPU s':>8}{'MB':>8}")
    home = Path(given.data) if given.data else None
    if home and (home / "link").is_dir():
        home = home / "link"
    for meta in sorted(home.glob("*/meta.json")) if home else []:
        one_set(meta.parent, given.environments, peers)
    for number in given.many:
        for kind in many.HEADERS:
            many_records(kind, number, given.environments, peers)


if __name__ == "__main__":
    main()
