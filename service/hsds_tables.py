"""HSDS 3.x as a Tabular Data Package: a ZIP of CSV files, one an object, with datapackage.json, in and out.

File and column names are those of the specification's own package descriptor; objects refer to each other by id.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from service.hsds import NoHsds
from service.tables import safe

MOST_BYTES = 40 * 1024 * 1024
"""Of all files of a package together once unpacked; a directory of 50,000 services has about 30 MB."""

FILES: Mapping[str, tuple[str, ...]] = {
    "organizations.csv": (
        "id", "name", "alternate_name", "description", "email", "website", "parent_organization_id",
    ),
    "contacts.csv": ("id", "organization_id", "email"),
    "services.csv": (
        "id", "organization_id", "name", "description", "status", "eligibility_description", "assured_date",
        "assurer_email",
    ),
    "service_areas.csv": ("id", "service_id", "name"),
    "languages.csv": ("id", "service_id", "name"),
    "service_capacity.csv": ("id", "service_id", "unit_id", "available", "updated"),
    "units.csv": ("id", "name"),
    "attributes.csv": ("id", "link_id", "taxonomy_term_id", "link_type", "link_entity"),
    "taxonomy_terms.csv": ("id", "code", "name", "description", "taxonomy", "taxonomy_id"),
    "taxonomies.csv": ("id", "name", "description"),
}  # fmt: skip
_EMBEDDED = (
    ("contacts.csv", "contacts"),
    ("service_areas.csv", "service_areas"),
    ("languages.csv", "languages"),
    ("service_capacity.csv", "capacities"),
)


def pack(page: Mapping[str, Any]) -> bytes:
    """A page of HSDS organizations as a ZIP; cells open safely in a spreadsheet."""
    rows: dict[str, dict[str, Mapping[str, Any]]] = {name: {} for name in FILES}
    for organization in page["contents"]:
        _add(rows, "organizations.csv", organization)
        for contact in organization.get("contacts", ()):
            _add(rows, "contacts.csv", {**contact, "organization_id": organization["id"]})
        _add_attributes(rows, organization)
        for service in organization.get("services", ()):
            _add_service(rows, {**service, "organization_id": organization["id"]})
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, columns in FILES.items():
            archive.writestr(name, _csv(columns, rows[name].values()))
        archive.writestr("datapackage.json", json.dumps(_descriptor(), indent=1))
    return target.getvalue()


def _add(rows: dict[str, dict[str, Mapping[str, Any]]], name: str, record: Mapping[str, Any]) -> None:
    rows[name][record["id"]] = record


def _add_service(rows: dict[str, dict[str, Mapping[str, Any]]], service: Mapping[str, Any]) -> None:
    _add(rows, "services.csv", service)
    for name, key in _EMBEDDED[1:]:
        for record in service.get(key, ()):
            unit = record.get("unit") or {}
            if unit:
                _add(rows, "units.csv", unit)
            _add(rows, name, {**record, "service_id": service["id"], "unit_id": unit.get("id", "")})
    _add_attributes(rows, service)


def _add_attributes(rows: dict[str, dict[str, Mapping[str, Any]]], record: Mapping[str, Any]) -> None:
    for attribute in record.get("attributes", ()):
        term = attribute["taxonomy_term"]
        taxonomy = term["taxonomy_detail"]
        _add(rows, "taxonomies.csv", taxonomy)
        _add(rows, "taxonomy_terms.csv", {**term, "taxonomy_id": taxonomy["id"]})
        _add(rows, "attributes.csv", {**attribute, "link_id": record["id"], "taxonomy_term_id": term["id"]})


def _csv(columns: tuple[str, ...], records: Iterable[Mapping[str, Any]]) -> str:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(columns)
    writer.writerows([safe(record.get(column)) for column in columns] for record in records)
    return target.getvalue()


def _descriptor() -> dict[str, Any]:
    """The package's contents for readers of Frictionless Data packages."""
    return {
        "name": "human_services_data",
        "title": "Human Services Data Specification",
        "profile": "tabular-data-package",
        "version": "3.1",
        "resources": [
            {
                "name": name.removesuffix(".csv"),
                "path": name,
                "format": "csv",
                "mediatype": "text/csv",
                "profile": "tabular-data-resource",
                "schema": {"fields": [{"name": column, "type": "string"} for column in columns], "primaryKey": "id"},
            }
            for name, columns in FILES.items()
        ],
    }


def unpack(content: bytes) -> dict[str, Any]:
    """A ZIP of HSDS files as a page of organizations. Raises NoHsds with one sentence."""
    found = _read(content)
    if "organizations.csv" not in found:
        raise NoHsds("The ZIP holds no organizations.csv, so it is no HSDS package.")
    terms = {row["id"]: row for row in found.get("taxonomy_terms.csv", ())}
    taxonomies = {row["id"]: row for row in found.get("taxonomies.csv", ())}
    held: dict[str, dict[str, list[Any]]] = {}
    for row in found.get("attributes.csv", ()):
        term: dict[str, Any] = dict(terms.get(row.get("taxonomy_term_id", ""), {}))
        term["taxonomy_detail"] = taxonomies.get(str(term.get("taxonomy_id", "")), {})
        held.setdefault(row.get("link_id", ""), {}).setdefault("attributes", []).append({**row, "taxonomy_term": term})
    for name, key in _EMBEDDED:
        for row in found.get(name, ()):
            owner = row.get("service_id") or row.get("organization_id") or ""
            held.setdefault(owner, {}).setdefault(key, []).append(row)
    for row in found.get("services.csv", ()):
        held.setdefault(row.get("organization_id", ""), {}).setdefault("services", []).append(
            {**row, **held.get(row["id"], {})}
        )
    return {"contents": [{**row, **held.get(row["id"], {})} for row in found["organizations.csv"]]}


_NAMES = {"service_capacities.csv": "service_capacity.csv", "unit.csv": "units.csv"}


def _read(content: bytes) -> dict[str, list[dict[str, str]]]:
    """Rows of each file that we know, by the file's name. Raises NoHsds."""
    found: dict[str, list[dict[str, str]]] = {}
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in archive.infolist():
                name = info.filename.rpartition("/")[2].lower()
                name = _NAMES.get(name, name)
                if name not in FILES or info.flag_bits & 1:
                    continue
                left -= info.file_size
                if left < 0:
                    raise NoHsds("The files of this package are too large together: 40 MB at most.")
                with archive.open(info) as file:
                    found[name] = _rows(file.read(info.file_size))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise NoHsds("This ZIP can't be opened.") from error
    return found


def _rows(content: bytes) -> list[dict[str, str]]:
    try:
        text = content.decode("utf-8-sig")
        found = csv.DictReader(io.StringIO(text, newline=""))
        return [_row(row) for row in found if row.get("id")]
    except (UnicodeDecodeError, csv.Error) as error:
        raise NoHsds("A file of this package is no CSV in UTF-8.") from error


def _row(row: Mapping[str, Any]) -> dict[str, str]:
    """Text by column; the apostrophe before a formula that `safe` wrote goes again."""
    return {
        name: value[1:] if value[:1] == "'" and value[1:2] in set("=+-@") else value
        for name, value in row.items()
        if isinstance(name, str) and isinstance(value, str)
    }
