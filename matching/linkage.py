"""Files in and out: who is who in a list, or between a new list and the known one, without a database.

python -m matching.linkage employers NEW.csv [KNOWN.csv] -o PAIRS.csv
"""

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import IO

from matching.batch import Groups, Progress, grouped
from matching.compare import form_frequencies, form_levels
from matching.explain import Reason, reasons
from matching.model import REVIEW, Match, judged
from matching.parameters_file import Parameters, shipped
from matching.records import CandidateRecord, Record
from matching.related import form_relation
from matching.scoring import adapted_base, bare_share, evidence, second_look, sigmoid
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
    """Rows of the contract, each written as it comes."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(PAIR_COLUMNS)
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
    records = [*new, *(known or ())]
    if not records:
        return
    parameters = parameters or shipped("candidates" if isinstance(records[0], CandidateRecord) else "employers")
    groups = grouped(records, None if known is None else len(new), progress)
    frequencies = form_frequencies(zip(groups.forms, groups.sizes(), strict=True))
    bare = bare_share(groups)
    if not groups.sifted:  # fitted on lists of up to some thousands: in larger ones equal names are oftener chance
        parameters = parameters.for_list(bare)
    found = evidence(groups, frequencies, parameters, progress)
    base = adapted_base(found, bare, parameters.adapting, groups.sifted)

    told: dict[tuple, tuple[Reason, ...]] = {}

    def judge(i: int, j: int, score: float) -> Match:
        levels = form_levels(groups.forms[i], groups.forms[j], frequencies)
        related = form_relation(groups.forms[i], groups.forms[j], levels)
        seen = tuple(levels.items())
        if seen not in told:
            told[seen] = reasons(levels, parameters.weights)
        return judged(told[seen], related, parameters, sigmoid(score))

    for i, form in enumerate(groups.forms):
        if len(groups.new[i]) + len(groups.known[i]) > 1:
            score = base + parameters.evidence(form_levels(form, form, frequencies))
            if sigmoid(score) >= REVIEW:
                yield from _written(records, groups, i, i, judge(i, i, score))
    for i, j, score in second_look(groups, found, base, frequencies, parameters):
        if sigmoid(score) >= REVIEW:
            yield from _written(records, groups, i, j, judge(i, j, score))


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
    given = parser.parse_args(arguments)
    try:
        link_files(given.kind, given.new, given.known, given.out)
    except UnreadableTable as error:
        print(error, file=sys.stderr)
        return 65
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
