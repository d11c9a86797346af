"""Lists of people: rows of tables, CSV and spreadsheet attachments, by what their headings mean."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from mail import names
from mail.excerpts import Excerpt, readable
from mail.values import Address, Attachment, ParsedMessage

_HEADINGS = {
    "first": r"first(?: ?name)?|given(?: name)?|fname|nombres?(?: de pila)?|imię|imiona?",
    "last": r"last(?: ?name)?|surname|family(?: name)?|lname|apellidos?|nazwisko",
    "name": r"(?:full |candidate(?:'s)? |participant(?:'s)? |client(?:'s)? |applicant(?:'s)? )?names?|"
    r"candidates?|students?|graduates?|trainees?|learners?|members?|residents?|veterans?|participants?|"
    r"clients?|applicants?|job ?seekers?|nombre(?: completo| y apellidos?)|"
    r"candidat[oa]s?|participantes?|imię i nazwisko|kandydat(?:ka)?|who|person",
    "phone": r"(?:cell|mobile|home|contact|best|primary)?[ -]?(?:phone|telephone|tel|cell|mobile|ph)(?: "
    r"?(?:number|no|#|num))?\.?s?|number|teléfono|telefono|celular|móvil|tel\.|telefon|nr telefonu|"
    r"komórka",
    "email": r"(?:contact )?e-?mail(?: address)?s?|correo(?: electrónico| electronico)?|mail",
    "release": r"(?:signed )?(?:releases?|roi|release of information|waivers?)(?: form)?(?: signed| on file)?\??|"
    r"signed(?: (?:consent|release)(?: form)?)?\??|zgoda podpisana|consentimiento firmado",
    "consent": r"(?:\w+ )?consent(?:s|ed)?(?: (?:form|given|status|to share))?\??|permission(?: to share)?\??|"
    r"ok(?:ay)? to share\??|consentimiento|autorizaci[oó]n|zgoda",
    "job": r"job(?: title)?|position|role|for|applying for|interested in|target|occupation|trade|puesto|vacante|"
    r"trabajo|stanowisko|desired (?:job|position)",
    "note": r"notes?|comments?|status|remarks?|availability|available|estado|notas?|comentarios?|uwagi|status",
}
_PATTERNS = {key: re.compile(rf"(?i)^(?:{pattern})$") for key, pattern in _HEADINGS.items()}
_MOST_ROWS = 500
_MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list of people: cells by meaning, the whole row's words, its place in the excerpt."""

    excerpt: Excerpt
    cells: dict[str, str]
    words: str
    start: int
    end: int

    @property
    def name(self) -> str:
        if self.cells.get("first") and self.cells.get("last"):
            return names.clean(f"{self.cells['first']} {self.cells['last']}")
        return names.clean(self.cells.get("name") or self.cells.get("first") or self.cells.get("last") or "")


def rows(excerpt: Excerpt) -> list[Row]:
    """The rows of the tables of a excerpt: cells parted by "|", tabs, commas or semicolons under a row of headings."""
    found: list[Row] = []
    headings: list[str] | None = None
    separator = ""
    for start, line in _lines(excerpt.text):
        cells = _cells(line, separator) if headings else []
        if headings is not None and len(cells) >= 2 and len(cells) >= len(headings) - 3:
            meant = {h: c.strip(" *_") for h, c in zip(headings, cells, strict=False) if h}
            found.append(Row(excerpt, meant, line, start, start + len(line)))
            if len(found) >= _MOST_ROWS:
                break
            continue
        headings, separator = _headings(line)
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line.rstrip("\r")
        start += len(line) + 1


def _headings(line: str) -> tuple[list[str] | None, str]:
    """What the cells of a heading row mean; a row of headings names a person and something else."""
    if len(line) > 1000:
        return None, ""
    for separator in ("|", "\t", ";", ","):
        if separator not in line:
            continue
        meanings = [_meaning(cell) for cell in _cells(line, separator)]
        if {"name", "first", "last"} & set(meanings) and len(meanings) >= 2 and sum(map(bool, meanings)) >= 2:
            return meanings, separator
    return None, ""


def _cells(line: str, separator: str) -> list[str]:
    if separator in (",", ";"):
        try:
            return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]
        except csv.Error:  # a stray carriage return or quote: no CSV, but cells all the same
            return [cell.strip() for cell in line.split(separator)]
    return [cell.strip() for cell in line.split(separator)] if separator in line else []


def _meaning(cell: str) -> str:
    cell = cell.strip(" *_\ufeff\"'")
    return next((key for key, pattern in _PATTERNS.items() if pattern.match(cell)), "")


def attached_texts(parsed: ParsedMessage) -> tuple[Excerpt, ...]:
    """The words of attached lists: text and CSV in their charset, sheets as rows with " | ", PDF and Word as lines."""
    found = []
    for attachment in parsed.attachments[:20]:
        lines = _lines_of(attachment)
        text = "\n".join(line for _, line in lines)
        if text.strip():
            places = tuple(place for place, _ in lines)
            found.append(Excerpt(f"attachment:{attachment.name}", readable(text), text, Address(), places=places))
    return tuple(found)


def _lines_of(attachment: Attachment) -> list[tuple[str, str]]:
    """Each line with its place in the file, as a person would name it."""
    name = attachment.name.lower()
    if len(attachment.content) > _MOST_BYTES:
        return []
    if name.endswith((".xlsx", ".xlsm")):
        return _sheet(attachment.content)
    if name.endswith(".pdf"):
        return _pdf(attachment.content)
    if name.endswith(".docx"):
        return _numbered("line", _word(attachment.content))
    if name.endswith((".csv", ".tsv")) or attachment.content_type in ("text/csv", "text/tab-separated-values"):
        return _numbered("row", _decoded(attachment.content))
    return _numbered("line", _decoded(attachment.content)) if name.endswith(".txt") else []


def _numbered(what: str, text: str) -> list[tuple[str, str]]:
    return [(f"{what} {number}", line) for number, line in enumerate(text.split("\n"), 1)]


def _decoded(content: bytes) -> str:
    for charset in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "cp1252"):
        try:
            return content.decode(charset).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1").replace("\r\n", "\n")


def _sheet(content: bytes) -> list[tuple[str, str]]:
    """Rows as they are numbered in the sheet; with its name where there are several."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        return []
    lines = []
    for sheet in book.worksheets[:5]:
        named = f"sheet {sheet.title}, " if len(book.worksheets) > 1 else ""
        rows = [
            ["" if value is None else str(value) for value in values]
            for values in sheet.iter_rows(max_row=_MOST_ROWS, max_col=40, values_only=True)
        ]
        wide = max((column for cells in rows for column, cell in enumerate(cells, 1) if cell), default=0)
        for number, cells in enumerate(rows, 1):
            if any(cells):
                lines += [(f"{named}row {number}", line) for line in " | ".join(cells[:wide]).split("\n")]
        lines.append(("", ""))
    return lines


def _pdf(content: bytes) -> list[tuple[str, str]]:
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        pages = [page.extract_text() or "" for page in reader.pages[:10]]
    except (PyPdfError, ValueError, KeyError, TypeError, OSError, RecursionError):
        return []
    return [(f"page {number}", line) for number, text in enumerate(pages, 1) for line in text.split("\n")]


def _word(content: bytes) -> str:
    """The paragraphs of a .docx, cells of a row parted by " | "."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            info = archive.getinfo("word/document.xml")
            if info.file_size > 10 * _MOST_BYTES:
                return ""
            xml = archive.read(info).decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError):
        return ""
    xml = re.sub(r"</w:p></w:tc>", " | ", xml)
    xml = re.sub(r"</w:p>|</w:tr>|<w:br/>", "\n", xml)
    text = re.sub(r"<[^>]+>", "", xml)
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return text
