"""loopin parse: one mail in, one JSON document out, inside the worker's bounds."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from mail.values import UnreadableMessage
from service.cli import Problem
from service.reading import SECONDS, Reader, ReaderUnavailable

STRUCTURE = "mail.document:read_structure"
WHOLE = "mail.document:read_document"
_ALONE = 8.0  # seconds of reading: with the start of both processes a mail is answered within the worker's ten


@click.command("parse")
@click.argument("file", default="-", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--directory", type=click.Path(path_type=Path), help="The partner directory, as JSON.")
@click.option("--occupations", type=click.Path(path_type=Path), help="Folder of the O*NET text database.")
@click.option("--structure", is_flag=True, help='Leave "introduction" out.')
@click.option("--paths", is_flag=True, help="Read a path a line on stdin; write one JSON line each, in order.")
def parse_command(file: Path, directory: Path | None, occupations: Path | None, structure: bool, paths: bool) -> None:
    """Read FILE (or stdin) and print what a careful human reads in it."""
    known = _directory(directory)
    coder = None if structure else _Coder(occupations)
    with Reader(reads=STRUCTURE if structure else WHOLE, seconds=SECONDS if paths else _ALONE) as reader:
        if paths:
            for line in sys.stdin:
                document = _of_path(reader, Path(line.rstrip("\n")), known)
                print(json.dumps(_coded(document, coder), ensure_ascii=True), flush=True)
            return
        content = _content(file)
        document = _read(reader, content, known)
        print(json.dumps(_coded(document, coder), ensure_ascii=False, indent=1))


def _directory(path: Path | None) -> dict[str, Any] | None:
    from mail.directory import Directory

    if path is None:
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        Directory.from_json(data if isinstance(data, dict) else {})
    except (OSError, ValueError) as error:
        raise Problem(f"{path} is no partner directory: {error}", 65) from error
    return data


def _content(file: Path) -> bytes:
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise Problem(f"{file} can't be opened: {error.strerror}.", 65) from error
    if not content.strip():
        raise Problem(f"{'Standard input' if str(file) == '-' else file} is empty; it is no mail.", 65)
    return content


def _of_path(reader: Reader, path: Path, known: dict[str, Any] | None) -> dict[str, Any]:
    try:
        content = path.read_bytes()
    except OSError as error:
        return _unread(f"The file can't be opened: {error.strerror}.")
    return _read(reader, content, known)


def _read(reader: Reader, content: bytes, known: dict[str, Any] | None) -> dict[str, Any]:
    try:
        return reader.read(content, known, directory_version="given")
    except UnreadableMessage as error:
        return _unread(str(error))
    except ReaderUnavailable as error:
        raise Problem(str(error), 75) from error


def _unread(sentence: str) -> dict[str, Any]:
    return {"error": sentence, "introduction": {"kind": "other"}}


class _Coder:
    """Occupations for the needs, loaded at the first need."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._coder: Any = None

    def best(self, title: str) -> dict[str, Any] | None:
        if self._coder is None:
            from matching.occupation_sources import OccupationsUnreadable
            from matching.occupations import Coder

            try:
                self._coder = Coder(self._folder)
            except (OccupationsUnreadable, OSError) as error:
                raise Problem(str(error), 65) from error
        found = self._coder.code(title, limit=1)
        return found[0].to_json() if found else None


def _coded(document: dict[str, Any], coder: _Coder | None) -> dict[str, Any]:
    """The occupation of each need: put together here, since mail and matching don't know each other."""
    needs = (document.get("introduction") or {}).get("needs") or ()
    for need in needs:
        if coder is not None and need.get("title"):
            need["occupation"] = coder.best(need["title"])
    return document
