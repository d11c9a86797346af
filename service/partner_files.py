"""Partner lists in whatever form they come: the directory file, HSDS 3.x as JSON or as CSV files in a ZIP, a table.

A table has a row a service, or a row a partner; which of its columns is which is guessed from their names, and a person
may say otherwise.
"""

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service import hsds, hsds_tables, tables
from service.partner_entries import LISTS
from service.partners import UnreadableList

FIELDS: Mapping[str, str] = {
    "name": "organization; organisation; partner; agency; provider; organization name; agency name; provider name",
    "aliases": "also called; alternate name; acronym; aka; short name",
    "domains": "domain; mail domain; website; web; url",
    "addresses": "address; email; e-mail; mail; contact email",
    "kind": "type; partner kind; organization type",
    "description": "about; mission; what it does",
    "parent": "part of; parent organization",
    "service": "service name; program; programme; program name; offering",
    "service_kind": "service type; kind of service",
    "service_description": "program description; details; what is offered",
    "occupations": "occupation; jobs; job titles; soc; soc codes; trades",
    "programmes": "cip; cip codes; programs of study",
    "industries": "industry; sector; sectors; naics",
    "populations": "population; population served; serves; target population",
    "requires": "eligibility; must be",
    "areas": "area; service area; location; county; neighborhoods; where",
    "languages": "language; languages spoken",
    "pathways": "pathway",
    "capacity": "room; slots; openings; seats; people",
    "confirmed_on": "confirmed; last confirmed; assured date; updated; verified on",
}
"""Columns of a table of partners, with what others call them; the first is the only one that is needed."""

COLUMNS = tuple(FIELDS)
_SIGNS = ("aliases", "domains", "addresses")
_OWN = ("name", "kind", "description", "parent")


@dataclass(frozen=True, slots=True)
class PartnerFile:
    """A file as it was understood. `form` is table, directory or hsds; a table keeps its rows until it is mapped."""

    form: str
    data: Mapping[str, Any]
    columns: tuple[str, ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()


def read(content: bytes, name: str = "") -> PartnerFile:
    """Whatever form it has. Raises UnreadableList with one sentence."""
    if content[:2] == b"PK":
        return _table(_workbook(content)) if _is_workbook(content) else _hsds_package(content)
    text = _decoded(content)
    if text.lstrip()[:1] in {"{", "["}:
        return _from_json(text)
    if not text.strip():
        raise UnreadableList("The list is empty.")
    return _table(_csv_rows(text))


def _is_workbook(content: bytes) -> bool:
    return b"xl/workbook.xml" in content


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("windows-1252", errors="replace")


def _from_json(text: str) -> PartnerFile:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableList(f"This is no JSON: {error}.") from error
    if isinstance(data, Mapping) and isinstance(data.get("partners"), list):
        return PartnerFile("directory", data)
    try:
        return PartnerFile("hsds", hsds.to_directory(data))
    except hsds.NoHsds as error:
        raise UnreadableList(str(error)) from error


def _hsds_package(content: bytes) -> PartnerFile:
    try:
        return PartnerFile("hsds", hsds.to_directory(hsds_tables.unpack(content)))
    except hsds.NoHsds as error:
        raise UnreadableList(str(error)) from error


def _csv_rows(text: str) -> tuple[dict[str, str], ...]:
    head = text.lstrip().partition("\n")[0]
    separator = max((",", ";", "\t"), key=head.count)
    try:
        found = csv.DictReader(io.StringIO(text.lstrip(), newline=""), delimiter=separator)
        return tuple(
            {column(name): str(value or "").strip() for name, value in row.items() if isinstance(name, str) and name}
            for row in found
        )
    except csv.Error as error:
        raise UnreadableList(f"This is no table: {error}.") from error


def _workbook(content: bytes) -> tuple[dict[str, str], ...]:
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        try:
            return tuple(tables.rows(Path(file.name)))
        except tables.UnreadableTable as error:
            raise UnreadableList(str(error)) from error


def column(name: str) -> str:
    """A column's name as it is compared: lower case, words with "_" between them."""
    return "_".join(name.strip().lower().split())


def _table(rows: tuple[dict[str, str], ...]) -> PartnerFile:
    if not rows:
        raise UnreadableList("The list has no row under its first one, which names the columns.")
    return PartnerFile("table", {}, tuple(rows[0]), rows)


def as_csv(file: PartnerFile) -> str:
    """The rows of a table as they were read, as CSV."""
    target = io.StringIO()
    writer = csv.DictWriter(target, file.columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(file.rows)
    return target.getvalue()


def guess(columns: Iterable[str]) -> dict[str, str]:
    """Which column is which of FIELDS, by its name: {"agency_name": "name"}. Each field once."""
    known = {
        column(word): field
        for field, words in FIELDS.items()
        for word in (field, field.replace("_", " "), *words.split(";"))
    }
    found: dict[str, str] = {}
    for exact in (True, False):
        for name in columns:
            field = name if exact and name in FIELDS else "" if exact else known.get(name, "")
            if field and name not in found and field not in found.values():
                found[name] = field
    return found


def directory_of(file: PartnerFile, mapping: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The directory that a file holds; of a table by a mapping of its columns, else by `guess`.

    Raises UnreadableList where no column is the partner's name.
    """
    if file.form != "table":
        return dict(file.data)
    chosen = dict(mapping) if mapping is not None else guess(file.columns)
    if "name" not in chosen.values():
        raise UnreadableList("No column is the partner's name. Its first row must name the columns.")
    found: dict[str, dict[str, Any]] = {}
    for line, row in enumerate(file.rows, 2):
        values = {field: row.get(name, "") for name, field in chosen.items()}
        name = " ".join(values["name"].split())
        if name and name.casefold() in found:
            _add(found[name.casefold()], values)
        elif any(values.values()):
            found[name.casefold() or f"row {line}"] = _add({"name": name, "line": line}, values)
    return {"partners": list(found.values())}


def _add(entry: dict[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """A row's own fields, its names and addresses, and its service where it has one."""
    for field in _OWN:
        if values.get(field) and not entry.get(field):
            entry[field] = values[field]
    for field in _SIGNS:
        several = [_domain(value) if field == "domains" else value for value in parts(values.get(field, ""))]
        entry[field] = list(dict.fromkeys((*entry.get(field, ()), *several)))
    service = _service(values)
    if service:
        entry.setdefault("services", []).append(service)
    return entry


def _service(values: Mapping[str, str]) -> dict[str, Any]:
    """The service of a row, {} where the row speaks of none."""
    said: dict[str, Any] = {field: parts(values[field]) for field in LISTS if values.get(field)}
    own = {"name": "service", "kind": "service_kind", "description": "service_description"}
    said |= {key: values[field] for key, field in own.items() if values.get(field)}
    said |= {key: values[key] for key in ("capacity", "confirmed_on") if values.get(key)}
    if said and "name" not in said:
        said["name"] = said.get("kind", "").replace("_", " ").capitalize() or "Services"
    if "kind" in said:
        said["kind"] = column(said["kind"])
    return said


def parts(value: str) -> list[str]:
    """Several values with semicolons, or line breaks, between them."""
    return [part.strip() for part in value.replace("\n", ";").split(";") if part.strip()]


def _domain(value: str) -> str:
    """The domain of a web address."""
    host = value.partition("://")[2] or value
    return host.partition("/")[0].removeprefix("www.").lower()


def table_rows(directory: Mapping[str, Any]) -> Iterable[Sequence[Any]]:
    """A directory as rows under COLUMNS: one a service, one for a partner without any."""
    for entry in directory["partners"]:
        own = [entry[key] for key in ("name", *_SIGNS, "kind", "description", "parent")]
        for service in entry["services"] or [{}]:
            yield [
                *own,
                *(service.get(key, "") for key in ("name", "kind", "description")),
                *(service.get(key, []) for key in LISTS),
                "" if service.get("capacity") is None else service["capacity"],
                service.get("confirmed_on") or "",
            ]
