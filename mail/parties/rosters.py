"""Lists of people: rows of tables, CSV and spreadsheet attachments, by what their headings mean; all attached lists."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from mail.excerpts import Excerpt, readable
from mail.mime.files import MOST_ROWS, lines_of
from mail.prose import names
from mail.values import Address, ParsedMessage

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
_PERSON = re.compile(rf"(?i)^(?:{'|'.join(_HEADINGS[key] for key in ('first', 'last', 'name'))})$")
_MARKS = " *_\ufeff\"'"
_MOST_FILES = 20
_MOST_TOGETHER = 80_000  # characters of all lists of a mail


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
            if len(found) >= MOST_ROWS:
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
        cells = _cells(line, separator)
        if not any(_PERSON.match(cell.strip(_MARKS)) for cell in cells):
            continue
        meanings = [_meaning(cell) for cell in cells]
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
    cell = cell.strip(_MARKS)
    return next((key for key, pattern in _PATTERNS.items() if pattern.match(cell)), "")


def attached_texts(parsed: ParsedMessage) -> tuple[tuple[Excerpt, ...], tuple[str, ...]]:
    """The words of attached lists, and a sentence for each list that could not be read."""
    found, notes, room = [], [], _MOST_TOGETHER
    for attachment in parsed.attachments[:_MOST_FILES]:
        lines, note = lines_of(attachment)
        notes += [note] if note else []
        text = "\n".join(line for _, line in lines)
        if text.strip() and room > 0:
            places = tuple(place for place, _ in lines)
            excerpt = Excerpt(f"attachment:{attachment.name}", readable(text)[:room], text, Address(), places=places)
            room -= len(excerpt.text)
            found.append(excerpt)
    return tuple(found), tuple(notes)
