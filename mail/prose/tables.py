"""Tables in texts: rows of cells parted by "|", tabs, commas, semicolons or wide gaps, with what each column means.

Texts come from prose, from HTML tables ("a | b | c") and from attached CSV, text, XLSX and PDF lists alike.
"""

import csv
import re
from dataclasses import dataclass, field
from functools import lru_cache

_COLUMNS = {
    "title": r"(?:(?:first|second|third|fourth|1st|2nd|3rd|4th|other|another|additional|next) )?"
        r"(?:job |open |position )?(?:title|position|role|job|occupation|classification|posting|"
        r"description)s?(?: title| name| needed| available)?|opening|what|who|puesto|cargo|vacante|ocupación|"
        r"trabajo|posición|stanowisko|zawód|praca|kogo",
    "openings": r"(?:(?:#|no\.?|number|num|qty|quantity|count|total|how many|hc)(?: of| open| needed)?(?: (?:openings?|"
        r"positions?|hires?|people|heads?|vacancies|spots?|slots?|jobs?|seats?|needed|open))*)|open(?:ings)?|"
        r"vacanc(?:y|ies)|headcount|needed|need|spots|slots|hires|"
    r"cantidad|cuántos|cuantos|vacantes|plazas|número|núm\.?|no\. de vacantes|ilość|liczba(?: miejsc| osób)?|ile|ilu",
    "wage": r"rate of pay|(?:(?:hourly|starting|base|start|annual|weekly|pay|wage|hr)[ /-]*)*(?:pay|wages?|rate|salary|"
            r"compensation|comp|\$|hourly|range|per hour|/ ?hr|/ ?hour)(?: ?(?:rate|range|scale|per hour|/ ?hr|/ "
            r"?hour|hourly|\(\$?(?:/?hr|hourly|per hour|usd)\)|\$))*|sueldo|salario|pago|paga|tarifa|por hora|stawka|"
            r"płaca|wynagrodzenie|zarobki",
    "wage_min": r"(?:(?:hourly|annual|pay|wage|rate|salary|starting) )*(?:min(?:imum)?\.?|from|low|start(?:ing)? at)"
        r"(?: (?:hourly|pay|wage|rate|salary|/ ?hr))*|desde|od",
    "wage_max": r"(?:(?:hourly|annual|pay|wage|rate|salary|top) )*(?:max(?:imum)?\.?|to|high|up to)(?: (?:hourly|pay|"
        r"wage|rate|salary|/ ?hr))*|hasta|do",
    "shift": r"(?:work )?(?:shifts?|hours|schedule)(?: ?/ ?(?:hours|schedule|days))?|turno|horario|zmiana|godziny",
    "location": r"(?:job |work ?)?(?:location|site|worksite|where|city|town|plant|facility|branch|store|address|work "
        r"?place|area)s?|lugar|ubicación|sede|planta|ciudad|dirección|miejsce(?: pracy)?|lokalizacja|miasto|adres",
    "start_date": r"(?:(?:desired|target|planned|anticipated|expected|estimated|job) )?(?:start(?:s|ing)?|begin(?:s)?|"
        r"available)(?: ?(?:date|by|on))?|when|report(?:ing)?(?: date| on)?|date needed|needed by|needed on|fecha(?: "
        r"de inicio| de ingreso)?|"
        r"inicio|ingreso|data(?: rozpoczęcia)?|początek|rozpoczęcie|od kiedy",
    "requirements": r"(?:min(?:imum)?\.? )?(?:requirements?|qualifications?|skills?|must have|experience|credentials?|"
        r"license)|requisitos|wymagania",
    "populations": r"(?:target |priority )?(?:populations?|groups?|preference|interested in hiring)(?: of interest)?",
    "pathway": r"(?:job |position |employment )?(?:type|pathway|program)|tipo|rodzaj",
    "status": r"status|state|filled\??|open\?|closed\??|estado|estatus",
    "person": r"(?:first|last|full|candidate|participant|client|applicant|customer)?[ /]*names?|nombre(?: completo)?|"
        r"apellidos?|imię|nazwisko|candidate|participant|phone|tel[eé]fono|telefon|cell|mobile|e-?mail|correo",
}  # fmt: skip
_PATTERNS = {key: re.compile(rf"(?i)^(?:{words})$") for key, words in _COLUMNS.items()}
_CLOSED = re.compile(
    r"(?i)^\s*(?:closed|filled|on hold|hold|cancel\w*|inactive|no|complete[d]?|done|yes - filled|cerrad\w+|"
    r"cubiert\w+|obsadzon\w+|zamknięt\w+)"
)
_SHUT = re.compile(
    r"(?i)^\W*(?:closed|filled|cancel(?:l?ed)?|cubiert[ao]s?|obsadzon[aey])(?!\w| (?:by|from|with|orders?))"
)
_GAP = re.compile(r" {2,}|\t")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text and where it stands in the text."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` names what the header says of each column, "" where nothing known; `rows` without the header."""

    columns: tuple[str, ...]
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    start: int
    end: int

    def records(self) -> list[dict[str, Cell]]:
        """The rows by column name; rows whose status says closed or filled are left out."""
        found = []
        for row in self.rows:
            record: dict[str, Cell] = {}
            for name, cell in zip(self.columns, row, strict=False):
                if name and cell.text and name not in record:
                    record[name] = cell
            shut = "status" in record and _CLOSED.match(record["status"].text)
            shut = shut or any(_SHUT.match(cell.text) for cell in row) or _none_open(record)
            if not shut:
                found.append(record)
        return found

    def heading(self, name: str) -> str:
        """The header's own words for a column."""
        return self.header[self.columns.index(name)].text if name in self.columns and self.header else ""


def _none_open(record: dict[str, Cell]) -> bool:
    return "openings" in record and record["openings"].text.strip() in ("0", "none", "zero")


@dataclass(slots=True)
class _Rows:
    header: list[Cell]
    columns: list[str]
    separator: str
    rows: list[list[Cell]] = field(default_factory=list)
    start: int = 0
    end: int = 0


@lru_cache(maxsize=2048)
def column_of(heading: str) -> str:
    """What a column's or a form line's heading means: a key of the need, "person", "status", or ""."""
    plain = re.sub(r"\s+", " ", heading.strip(" *_:#\ufeff\"'?").replace("_", " "))
    plain = re.sub(r"(?i)^of ", "", plain)
    plain = re.sub(r"\s*\((?:[^)]{0,20})\)\s*$", "", plain) or plain
    if heading.strip() in ("#", "No.", "no."):
        return "openings"
    return next((key for key, pattern in _PATTERNS.items() if pattern.match(plain)), "")


def tables_in(text: str) -> list[Table]:
    """The tables of a text whose header names a job and something about it, in order."""
    found: list[_Rows] = []
    open_table: _Rows | None = None
    offset = 0
    for raw in text.split("\n"):
        line = raw.rstrip("\r")
        if open_table is not None:
            cells = _cells(line, offset, open_table.separator)
            if len(cells) >= 2 and any(cell.text for cell in cells):
                open_table.rows.append(cells)
                open_table.end = offset + len(line)
            elif line.strip():
                open_table = None
        if open_table is None:
            open_table = _header(line, offset)
            if open_table is not None:
                found.append(open_table)
        offset += len(raw) + 1
    return [_table(rows) for rows in found if rows.rows and "person" not in rows.columns]


def _table(rows: _Rows) -> Table:
    """A column "Positions" or "Jobs" that holds numbers only is a count beside another title."""
    for index, column in enumerate(rows.columns):
        cells = [row[index].text for row in rows.rows if index < len(row) and row[index].text]
        if column == "title" and cells and all(cell.isdigit() for cell in cells):
            rows.columns[index] = "openings"
            other = next(
                (i for i, cell in enumerate(rows.header) if i != index and column_of(cell.text) == "title"), None
            )
            if other is not None:
                rows.columns[other] = "title"
    return Table(tuple(rows.columns), tuple(rows.header), tuple(tuple(row) for row in rows.rows), rows.start, rows.end)


def _header(line: str, offset: int) -> _Rows | None:
    for separator in ("|", "\t", ";", ",", "gap"):
        if (separator if separator != "gap" else "  ") not in line:
            continue
        cells = _cells(line, offset, separator)
        while cells and not cells[-1].text:
            cells.pop()
        if len(cells) < 2 or any(len(cell.text) > 60 for cell in cells):
            continue
        columns = [column_of(cell.text) for cell in cells]
        known = {column for column in columns if column}
        if "title" in known and len(known) >= 2 and len(cells) <= 30 and 2 * sum(map(bool, columns)) >= len(cells):
            return _Rows(cells, _settled(columns, cells), separator, start=offset, end=offset + len(line))
    return None


_RUNNING = re.compile(r"(?i)^(?:#|no\.?|nr\.?|number|núm\.?|id)$")


def _settled(columns: list[str], cells: list[Cell]) -> list[str]:
    """Of two columns of one meaning the first counts, but a column "No." is no count beside one that is named so."""
    better = [
        index
        for index, name in enumerate(columns)
        if name == "openings" and not _RUNNING.match(cells[index].text.strip())
    ]
    seen: set[str] = set()
    settled = []
    for index, column in enumerate(columns):
        running = column == "openings" and better and index not in better
        settled.append("" if column in seen or running else column)
        seen |= set() if running else {column}
    return settled


def _cells(line: str, offset: int, separator: str) -> list[Cell]:
    if separator in (",", ";"):
        return _quoted(line, offset, separator)
    if separator == "gap":
        if not line.strip():
            return []
        return [Cell(text.strip(), offset + start) for start, text in _split(line, _GAP)]
    return (
        [Cell(text.strip(" *\t"), offset + start) for start, text in _split(line, re.compile(re.escape(separator)))]
        if separator in line
        else []
    )


def _split(line: str, separator: re.Pattern[str]) -> list[tuple[int, str]]:
    """Pieces with the place of their first character that is no blank."""
    pieces, start = [], len(line) - len(line.lstrip()) if separator is _GAP else 0
    for match in separator.finditer(line.rstrip(), start):
        pieces.append((start, line[start : match.start()]))
        start = match.end()
    pieces.append((start, line[start:].rstrip()))
    return [(start + len(text) - len(text.lstrip(" *\t")), text) for start, text in pieces]


def _quoted(line: str, offset: int, separator: str) -> list[Cell]:
    if separator not in line or len(line) > 4000:
        return []
    cells, position = [], 0
    try:
        texts = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:  # a lone carriage return or NUL: no row of a list
        return []
    for text in texts:
        at = line.find(text.strip(), position) if text.strip() else position
        at = position if at < 0 else at
        cells.append(Cell(text.strip(), offset + at))
        position = at + len(text.strip())
    return cells
