"""Tables as files: CSV in any usual encoding and XLSX in; CSV and XLSX out, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MOST_ROWS = 500_000


class UnreadableTable(ValueError):
    """A file that is no table; the message is one sentence."""


class UnknownForm(ValueError):
    """A file ending that can't be written."""


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Each row by the names of the first one, all as text. Raises UnreadableTable, OSError."""
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        yield from _xlsx_rows(path)
        return
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("windows-1252", errors="replace")
    head = text[:4000].splitlines()[0] if text.strip() else ""
    if not head:
        raise UnreadableTable("It is empty; its first row must name the columns.")
    separator = max((",", ";", "\t"), key=head.count)
    for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=separator):
        yield {_column(name): (value or "").strip() for name, value in row.items() if name and isinstance(value, str)}


def _column(name: str) -> str:
    return "_".join(name.strip().lower().split())


def _xlsx_rows(path: Path) -> Iterator[dict[str, str]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheet = load_workbook(path, read_only=True, data_only=True).active
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise UnreadableTable("It is no XLSX workbook.") from error
    names: list[str] = []
    for row in sheet.iter_rows(values_only=True, max_row=MOST_ROWS) if sheet else ():
        values = ["" if value is None else str(value).strip() for value in row]
        if not names:
            names = [_column(value) for value in values]
        elif any(values):
            yield {name: value for name, value in zip(names, values, strict=False) if name}


def safe(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula (a leading apostrophe, as OWASP has it)."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return str(value)
    if isinstance(value, list | tuple):
        value = "; ".join(str(item) for item in value)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def write(path: Path, columns: Sequence[str], lines: Iterable[Sequence[Any]]) -> int:
    """Write .csv or .xlsx; how many rows. Raises UnknownForm, OSError."""
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            return write_csv(file, columns, lines)
    if path.suffix.lower() == ".xlsx":
        return _write_xlsx(path, columns, lines)
    raise UnknownForm(f"{path.suffix or 'no ending'}: takes .csv or .xlsx")


def write_csv(file: Any, columns: Sequence[str], lines: Iterable[Sequence[Any]]) -> int:
    writer = csv.writer(file)
    writer.writerow(columns)
    count = 0
    for count, line in enumerate(lines, 1):  # noqa: B007
        writer.writerow([safe(value) for value in line])
    return count


def _write_xlsx(path: Path, columns: Sequence[str], lines: Iterable[Sequence[Any]]) -> int:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Loopin")
    sheet.append(list(columns))
    count = 0
    for count, line in enumerate(lines, 1):  # noqa: B007
        sheet.append([safe(value) for value in line])
    book.save(path)
    return count
