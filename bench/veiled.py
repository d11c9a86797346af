"""What is lost when two lists of people are compared by keyed hashes alone: F1 beside that of clear text.

python -m bench.veiled SET [SET ...] [--pairs N]      SET: a folder with records.csv and truth.csv
"""

import argparse
import csv
import secrets
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from matching.batch import grouped
from matching.model import match
from matching.records import CandidateRecord, candidate_of
from matching.veiled import match_veiled


def main() -> None:
    """A row a set and way: pairs compared, precision, recall and F1 at 0.5, of pairs that share a key."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    given = parser.parse_args()
    key = secrets.token_bytes(32)
    print(f"{'set':<24}{'way':<8}{'pairs':>9}{'precision':>11}{'recall':>9}{'F1':>8}")
    for folder in given.sets:
        records, cluster = _read(folder)
        groups = grouped(records)
        pairs = [
            (records[a], records[b])
            for i, j in zip(groups.left.tolist(), groups.right.tolist(), strict=True)
            for a in groups.new[i]
            for b in groups.new[j]
        ]
        pairs += [(records[one[0]], records[other]) for one in groups.new for other in one[1:]]
        sizes = Counter(cluster.values())
        wanted = sum(size * (size - 1) // 2 for size in sizes.values())
        for way, said in (
            ("clear", (match(a, b).probability for a, b in pairs)),
            ("hashed", (match_veiled(a, b, key).probability for a, b in pairs)),
        ):
            _print(folder.name, way, pairs, said, cluster, wanted)


def _read(folder: Path) -> tuple[list[CandidateRecord], dict[str, str]]:
    with (folder / "records.csv").open(newline="") as file:
        records = [candidate_of(row) for row in csv.DictReader(file)]
    with (folder / "truth.csv").open(newline="") as file:
        return records, {row["id"]: row["cluster"] for row in csv.DictReader(file)}


def _print(
    name: str,
    way: str,
    pairs: list[tuple[CandidateRecord, CandidateRecord]],
    said: Iterable[float],
    cluster: dict[str, str],
    wanted: int,
) -> None:
    told = [(a, b) for (a, b), probability in zip(pairs, said, strict=True) if probability >= 0.5]
    right = sum(cluster[a.id] == cluster[b.id] for a, b in told)
    precision, recall = right / max(1, len(told)), right / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"{name:<24}{way:<8}{len(pairs):>9}{precision:>11.3f}{recall:>9.3f}{f1:>8.3f}")


if __name__ == "__main__":
    main()
