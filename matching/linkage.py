"""Files in and out: who is who in a list, or between a new list and the known one, without a database.

python -m matching.linkage employers NEW.csv [KNOWN.csv] -o PAIRS.csv
"""

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from matching.batch import candidate_pairs
from matching.blocking import keys
from matching.compare import frequencies_of
from matching.forms import candidate_form, employer_form
from matching.model import REVIEW, Match, match
from matching.records import CandidateRecord, Record
from matching.tables import PAIR_COLUMNS, UnreadableTable, read_records, safe

Progress = Callable[[str, int, int], None]
"""Called with what is done now, how many of it are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Pair:
    left_id: str
    right_id: str
    match: Match


def link_files(
    kind: str,
    new_csv_path: str | Path,
    known_csv_path: str | Path | None = None,
    out: str | Path | IO[str] | None = None,
    progress: Progress | None = None,
) -> int:
    """Writes the pairs of the contract to a path or an open file (None: stdout); returns how many.

    `kind` is "employers" or "candidates". Raises UnreadableTable with the sentence for the person, OSError where the
    output can't be written. Nothing is written before both files were read whole.
    """
    new = list(read_records(kind, new_csv_path))
    known = list(read_records(kind, known_csv_path)) if known_csv_path is not None else None
    pairs = link(new, known, progress)
    if isinstance(out, str | Path):
        with Path(out).open("w", encoding="utf-8", newline="") as file:
            return write_pairs(pairs, file)
    return write_pairs(pairs, out or sys.stdout)


def write_pairs(pairs: Iterable[Pair], file: IO[str]) -> int:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(PAIR_COLUMNS)
    written = 0
    for pair in pairs:
        found = pair.match
        writer.writerow(
            (safe(pair.left_id), safe(pair.right_id), f"{found.probability:.4f}", found.decision, safe(found.why_text))
        )
        written += 1
    return written


def link(new: list[Record], known: list[Record] | None = None, progress: Progress | None = None) -> Iterator[Pair]:
    """Pairs with a probability of at least REVIEW, inside `new` or between `new` and `known`."""
    records = new + (known or [])
    frequencies = frequencies_of(records)
    left, right = candidate_pairs(
        [keys(r) for r in records], [_spelled(r) for r in records], len(new) if known is not None else None
    )
    for done, (i, j) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        found = match(records[i], records[j], frequencies)
        if progress and done % 2000 == 0:
            progress("comparing", done, len(left))
        if found.probability >= REVIEW:
            yield Pair(records[i].id, records[j].id, found)


def _spelled(record: Record) -> str:
    if isinstance(record, CandidateRecord):
        person = candidate_form(record)
        return "".join((*person.family, *person.given))
    names = employer_form(record).names
    return names[0].compact if names else ""


def main(arguments: list[str]) -> int:
    """A plain command line beside `loopin link`, for benchmarks."""
    import argparse

    parser = argparse.ArgumentParser(prog="python -m matching.linkage", description=__doc__)
    parser.add_argument("kind", choices=("employers", "candidates"))
    parser.add_argument("new")
    parser.add_argument("known", nargs="?")
    parser.add_argument("-o", "--out")
    given = parser.parse_args(arguments)
    try:
        link_files(given.kind, given.new, given.known, given.out)
    except UnreadableTable as error:
        print(error, file=sys.stderr)
        return 65
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
