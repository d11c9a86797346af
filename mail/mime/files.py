"""The words in attached lists: text, CSV, sheets, PDF and Word files, each line with its place, within bounds.

These are files of strangers: what unpacks to more than a list can hold, or breaks its reader, is told in a sentence.
"""

import io
import re
import zipfile

from mail.values import Attachment

MOST_ROWS = 500
_MOST_BYTES = 2_000_000  # of a file that is read
_MOST_UNPACKED = 20_000_000  # bytes of all that stands in a sheet or Word file
_MOST_MEMBERS = 2_000
_MOST_PAGES = 10
_MOST_DRAWN = 300_000  # bytes of drawing commands of all pages; a full page of words has twenty thousand
_LONGEST_CELL = 2_000
_LONGEST_TEXT = 400_000

Lines = list[tuple[str, str]]
"""(place, words) of each line; the place as a person would name it: "row 4", "page 2", "line 7"."""


def lines_of(attachment: Attachment) -> tuple[Lines, str]:
    """The lines of a list, and a sentence where it could not be read; ([], "") for files that are no list."""
    name = attachment.name.lower()
    read = next((reader for endings, reader in _READERS if name.endswith(endings)), None)
    if read is None and attachment.content_type in ("text/csv", "text/tab-separated-values"):
        read = _rows
    if read is None:
        return [], ""
    if len(attachment.content) > _MOST_BYTES:
        return [], f"{attachment.name} is larger than 2 MB and was not read."
    try:
        return read(attachment.content), ""
    except _TooLarge as cut:
        how = "read to its end" if cut.lines else "read"
        return cut.lines, f"{attachment.name} unpacks to more than a list can hold and was not {how}."
    except Exception as error:  # readers of others over hostile bytes: whatever they raise is a file that can't be read
        return [], f"{attachment.name} could not be read ({type(error).__name__})."


class _TooLarge(ValueError):
    """A file that is small as it comes and large once it is unpacked, with the lines read before that was seen."""

    def __init__(self, lines: Lines | None = None) -> None:
        self.lines = lines or []


def _numbered(what: str, text: str) -> Lines:
    return [(f"{what} {number}", line) for number, line in enumerate(text[:_LONGEST_TEXT].split("\n"), 1)]


def _rows(content: bytes) -> Lines:
    return _numbered("row", _decoded(content))


def _plain_lines(content: bytes) -> Lines:
    return _numbered("line", _decoded(content))


def _decoded(content: bytes) -> str:
    for charset in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "cp1252"):
        try:
            return content.decode(charset).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1").replace("\r\n", "\n")


def _check_unpacked(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _MOST_UNPACKED:
        raise _TooLarge


def _sheet(content: bytes) -> Lines:
    """Rows as they are numbered in the sheet; with its name where there are several."""
    import openpyxl

    _check_unpacked(content)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    lines = []
    for sheet in book.worksheets[:5]:
        named = f"sheet {sheet.title}, " if len(book.worksheets) > 1 else ""
        rows = [
            ["" if value is None else str(value)[:_LONGEST_CELL] for value in values]
            for values in sheet.iter_rows(max_row=MOST_ROWS, max_col=40, values_only=True)
        ]
        wide = max((column for cells in rows for column, cell in enumerate(cells, 1) if cell), default=0)
        for number, cells in enumerate(rows, 1):
            if any(cells):
                lines += [(f"{named}row {number}", line) for line in " | ".join(cells[:wide]).split("\n")]
        lines.append(("", ""))
    return lines


def _pdf(content: bytes) -> Lines:
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it finds odd in a file is no matter of ours
    reader = pypdf.PdfReader(io.BytesIO(content))
    lines: Lines = []
    room = _MOST_DRAWN
    for number, page in zip(range(1, _MOST_PAGES + 1), reader.pages, strict=False):
        drawn = page.get_contents()
        if drawn is None:
            continue
        room -= len(drawn.get_data())
        if room < 0:
            raise _TooLarge(lines)
        lines += [(f"page {number}", line) for line in (page.extract_text() or "")[:_LONGEST_TEXT].split("\n")]
    return lines


_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


def _word(content: bytes) -> Lines:
    """The paragraphs of a .docx, cells of a row parted by " | "."""
    _check_unpacked(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("word/document.xml").decode("utf-8", "replace")
    xml = re.sub(r"</w:p></w:tc>", " | ", xml)
    xml = re.sub(r"</w:p>|</w:tr>|<w:br/>", "\n", xml)
    text = re.sub(r"<[^<>]+>", "", xml)
    for entity, letter in _ENTITIES:
        text = text.replace(entity, letter)
    return _numbered("line", text)


_READERS = (
    ((".xlsx", ".xlsm"), _sheet),
    ((".pdf",), _pdf),
    ((".docx",), _word),
    ((".csv", ".tsv"), _rows),
    ((".txt",), _plain_lines),
)
