"""Files that go out of the web view: always downloads, tables safe to open in a spreadsheet."""

import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from flask import Response

from service import tables

_NAME = re.compile(r"[^A-Za-z0-9._ -]+")
_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(content: bytes, content_type: str, name: str) -> Response:
    """A file that no browser shows or runs, under a harmless name."""
    safe = _NAME.sub("_", name.rpartition("/")[2].rpartition("\\")[2]).strip(" .")[:100] or "file"
    return Response(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{safe}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> Response:
    """Rows as .csv or .xlsx, by the name's ending; no cell is a formula."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{Path(name).suffix}"
        tables.write(path, columns, rows)
        return download(path.read_bytes(), _TYPES[path.suffix], name)
