"""Files in and out: who is who in a list, or between a new list and the known one, without a database.

python -m matching.linkage employers NEW.csv [KNOWN.csv] -o PAIRS.csv
"""

import csv
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain, combinations
from pathlib import Path
from typing import IO

from matching.batch import Groups, Progress, grouped
from matching.compare import Levels, form_frequencies, form_levels
from matching.comparing import WORTH_A_PROCESS, compared
from matching.explain import Reason, reasons
from matching.forked import in_parts, usual
from matching.frequencies import Frequencies
from matching.model import REVIEW, Match, judged
from matching.parameters_file import Parameters, shipped
from matching.records import CandidateRecord, Record
from matching.related import form_relation
from matching.scoring import SecondLook, adapted_base, bare_share, evidence, second_look, sigmoid
from matching.tables import PAIR_COLUMNS, UnreadableTable, read_records, safe


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
    processes: int = 1,
) -> int:
    """Writes the pairs of the contract to a path or an open file (None: stdout); returns how many.

    `kind` is "employers" or "candidates"; what is written is the same for any number of processes. Raises
    UnreadableTable with the sentence for the person, OSError where the output can't be written or a process was killed.
    Nothing is written before both files were read whole.
    """
    new = list(read_records(kind, new_csv_path))
    known = list(read_records(kind, known_csv_path)) if known_csv_path is not None else None
    linked = scored(new, known, progress, None, processes)
    if isinstance(out, str | Path):
        with Path(out).open("w", encoding="utf-8", newline="") as file:
            return _write(linked, file, processes)
    return _write(linked, out or sys.stdout, processes)


def _write(linked: "Linked", file: IO[str], processes: int) -> int:
    """The pairs in their order, a stretch of them a process; the stretches of others wait in files of their own."""
    write_header(file)
    file.flush()  # a forked process that flushes must find nothing of ours to write once more
    parts = processes if len(linked.second.scores) >= WORTH_A_PROCESS else 1
    with ExitStack() as stack:
        files = [file, *(stack.enter_context(_aside()) for _ in range(1, parts))]

        def part_of(part: int, parts: int) -> int:
            written = write_pairs(linked.pairs(part, parts), files[part])
            files[part].flush()
            return written

        counts = in_parts(part_of, parts)
        for aside in files[1:]:
            aside.seek(0)
            shutil.copyfileobj(aside, file, 1 << 20)
    return sum(counts)


def _aside() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8", newline="")


def write_header(file: IO[str]) -> None:
    csv.writer(file, lineterminator="\n").writerow(PAIR_COLUMNS)


def write_pairs(pairs: Iterable[Pair], file: IO[str]) -> int:
    """Rows of the contract, each written as it comes."""
    writer = csv.writer(file, lineterminator="\n")
    written = 0
    for pair in pairs:
        found = pair.match
        ids = safe(pair.left_id), safe(pair.right_id)
        writer.writerow((*ids, f"{found.probability:.4f}", found.decision, safe(found.why_text)))
        written += 1
    return written


def link(
    new: Sequence[Record],
    known: Sequence[Record] | None = None,
    progress: Progress | None = None,
    parameters: Parameters | None = None,
) -> Iterator[Pair]:
    """Pairs with a probability of at least REVIEW, inside `new` or between `new` and `known`."""
    return scored(new, known, progress, parameters).pairs()


@dataclass(frozen=True, slots=True)
class Linked:
    """A collection whose pairs have their scores, ready to be told."""

    records: Sequence[Record]
    groups: Groups
    frequencies: Frequencies
    parameters: Parameters
    base: float
    second: SecondLook

    def pairs(self, part: int = 0, parts: int = 1) -> Iterator[Pair]:
        """Equal records, then pairs of different ones; of these one of so many stretches, the first with the equal."""
        told: dict[tuple, tuple[Reason, ...]] = {}
        scores = self.second.pairs(part, parts)
        for i, j, score, levels in scores if part else chain(self._equal(), scores):
            if sigmoid(score) >= REVIEW:
                seen = tuple(levels.items())
                if seen not in told:
                    told[seen] = reasons(levels, self.parameters.weights)
                related = form_relation(self.groups.forms[i], self.groups.forms[j], levels)
                found = judged(told[seen], related, self.parameters, sigmoid(score))
                yield from _written(self.records, self.groups, i, j, found)

    def _equal(self) -> Iterator[tuple[int, int, float, Levels]]:
        for i, size in enumerate(self.groups.sizes()):
            if size > 1:
                form = self.groups.forms[i]
                levels = form_levels(form, form, self.frequencies)
                yield i, i, self.second.line.of(self.base + self.parameters.evidence(levels)), levels


def scored(
    new: Sequence[Record],
    known: Sequence[Record] | None,
    progress: Progress | None = None,
    parameters: Parameters | None = None,
    processes: int = 1,
) -> Linked:
    """All pairs that are worth it compared, and the base of this collection found."""
    records = [*new, *(known or ())]
    people = bool(records) and isinstance(records[0], CandidateRecord)
    parameters = parameters or shipped("candidates" if people else "employers")
    groups = grouped(records, None if known is None else len(new), progress, processes)
    frequencies = form_frequencies(zip(groups.forms, groups.sizes(), strict=True))
    bare = bare_share(groups)
    if not groups.sifted:  # fitted on lists of up to some thousands: in larger ones equal names are oftener chance
        parameters = parameters.for_list(bare)
    found = compared(groups, frequencies, processes, progress)
    odds = evidence(found, parameters)
    base = adapted_base(odds, bare, parameters.adapting, groups.sifted)
    second = second_look(groups, found, base, frequencies, parameters, odds)
    if not groups.sifted:  # where pairs were sifted out, too few are left below even odds
        second = second.settled(groups, parameters.settling)
    return Linked(records, groups, frequencies, parameters, base, second)


def _written(records: Sequence[Record], groups: Groups, i: int, j: int, found: Match) -> Iterator[Pair]:
    """Every pair of records that two groups, or one group with itself, stand for."""
    if groups.two:
        members = [(a, b) for a in groups.new[i] for b in groups.known[j]]
        members += [(a, b) for a in groups.new[j] for b in groups.known[i]] if i != j else []
    elif i == j:
        members = list(combinations(groups.new[i], 2))
    else:
        members = [(a, b) for a in groups.new[i] for b in groups.new[j]]
    for a, b in members:
        yield Pair(records[a].id, records[b].id, found)


def main(arguments: list[str]) -> int:
    """A plain command line beside `loopin link`, for benchmarks."""
    import argparse

    parser = argparse.ArgumentParser(prog="python -m matching.linkage", description=__doc__)
    parser.add_argument("kind", choices=("employers", "candidates"))
    parser.add_argument("new")
    parser.add_argument("known", nargs="?")
    parser.add_argument("-o", "--out")
    parser.add_argument("--processes", type=int, default=usual())
    given = parser.parse_args(arguments)
    try:
        link_files(given.kind, given.new, given.known, given.out, None, given.processes)
    except UnreadableTable as error:
        print(error, file=sys.stderr)
        return 65
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
