"""The CSV of `loopin link`: rows in with clear errors, pairs out that open safely in a spreadsheet."""

import csv
from collections.abc import Iterator
from pathlib import Path

from matching.records import CANDIDATE_COLUMNS, EMPLOYER_COLUMNS, Record, candidate_of, employer_of

TELLING = {
    "employers": ("name", "aliases", "domain", "phone", "street"),
    "candidates": ("given_name", "family_name", "email", "phone", "date_of_birth"),
}
COLUMNS = {"employers": EMPLOYER_COLUMNS, "candidates": CANDIDATE_COLUMNS}
PAIR_COLUMNS = ("left_id", "right_id", "probability", "decision", "why")
csv.field_size_limit(1 << 20)


class UnreadableTable(ValueError):
    """A file that can't be linked; its text is the one sentence for the person who gave it."""


def read_records(kind: str, path: str | Path) -> Iterator[Record]:
    """Rows of a CSV file as records, one at a time. Raises UnreadableTable, ValueError for a kind that is none.

    UTF-8 with or without a byte order mark, comma or semicolon or tab between the columns of the header.
    """
    if kind not in COLUMNS:
        raise ValueError(f"{kind} is neither employers nor candidates")
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            yield from _records(kind, str(path), file)
    except OSError as error:
        raise UnreadableTable(f"{path} can't be opened: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UnreadableTable(f"{path} is not UTF-8 text (byte {error.start + 1}): save it as CSV UTF-8") from error
    except csv.Error as error:
        raise UnreadableTable(f"{path} is no CSV file: {error}") from error


def _records(kind: str, path: str, file) -> Iterator[Record]:
    header = file.readline()
    if not header.strip():
        raise UnreadableTable(f"{path} is empty: the first line must name the columns, {','.join(COLUMNS[kind])}")
    if "\0" in header:
        raise UnreadableTable(f"{path} is no CSV file: it holds NUL characters")
    delimiter = max(",;\t", key=header.count)
    columns = [column.strip().lower() for column in next(csv.reader([header], delimiter=delimiter))]
    _check(kind, path, columns)
    of = employer_of if kind == "employers" else candidate_of
    seen: set[str] = set()
    rows = csv.reader(file, delimiter=delimiter)
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(columns):
            raise UnreadableTable(f"{path}, line {rows.line_num + 1}: {len(row)} values for {len(columns)} columns")
        record = of(dict(zip(columns, row, strict=False)))
        if not record.id:
            raise UnreadableTable(f"{path}, line {rows.line_num + 1}: the id is empty")
        if record.id in seen:
            raise UnreadableTable(f"{path}, line {rows.line_num + 1}: the id {record.id[:40]!r} was used before")
        seen.add(record.id)
        yield record


def _check(kind: str, path: str, columns: list[str]) -> None:
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    if twice:
        raise UnreadableTable(f"{path} names the column {twice[0]} twice")
    if "id" not in columns:
        raise UnreadableTable(
            f"{path} has no column id; {kind} need {','.join(COLUMNS[kind])} (any but id may be absent)"
        )
    if not set(columns) & set(TELLING[kind]):
        raise UnreadableTable(f"{path} has nothing to compare {kind} by: one of {', '.join(TELLING[kind])} is needed")


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
