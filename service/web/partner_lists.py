"""Lists of partners: in with a mapping of columns, a preview and an undo; out as CSV, XLSX, JSON and HSDS."""

import json
from collections.abc import Mapping

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service import batches, exporting, partner_files, partners
from service.web.files import download, table
from service.web.site import WrongInput, back, done, hub_only, reading, viewer, writing

blueprint = Blueprint("partner_lists", __name__)
LARGEST_FILE = 10 * 1024 * 1024
LARGEST_TEXT = 900 * 1024
"""Between preview and import a list travels in the page, as text; `loopin import` takes larger ones."""
_TYPES = {"zip": "application/zip", "json": "application/json"}


@blueprint.get("/partners/import")
def choose() -> ResponseReturnValue:
    hub_only()
    with reading() as session:
        return render_template(
            "web/partners_import.html", imports=batches.newest(session), columns=partner_files.COLUMNS
        )


@blueprint.post("/partners/import")
def take_in() -> ResponseReturnValue:
    """First a dry run, shown with the columns as they were understood; then, with the same list, the import."""
    hub_only()
    content, name = _sent()
    found = partner_files.read(content, name)
    mapping = _mapping(found)
    certain = request.form.get("certain") == "yes"
    unmapped = found.form == "table" and "name" not in mapping.values()
    report = None
    if not unmapped:
        directory = partner_files.directory_of(found, mapping)
        with writing() as session:
            report = partners.import_directory(
                session, directory, dry_run=not certain, who=viewer().label if certain else "", source=name
            )
    if certain and report is not None:
        undo = url_for("partner_lists.undo", batch_id=report.batch_id) if report.batch_id else ""
        done(f"Imported: {len(report.added)} added, {len(report.changed)} brought up to date.", undo=undo)
        return back(url_for("partners.listing"))
    text = _as_text(found)
    return render_template(
        "web/partners_preview.html",
        report=report,
        found=found,
        mapping=mapping,
        fields=partner_files.FIELDS,
        content=text,
        name=name,
    )


def _sent() -> tuple[bytes, str]:
    """The list that was sent and what it is called. Raises WrongInput."""
    file = request.files.get("file")
    if file is not None and file.filename:
        content = file.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise WrongInput("That file is too large: 10 MB at most.")
        return content, file.filename.rpartition("/")[2].rpartition("\\")[2][:100]
    text = request.form.get("content", "")
    if not text.strip():
        raise WrongInput("Choose a file, or paste the list.")
    return text.encode(), request.form.get("name", "")[:100] or "a pasted list"


def _mapping(found: partner_files.PartnerFile) -> dict[str, str]:
    """Columns of a table to our fields: as a person chose them, else as their names tell."""
    if found.form != "table":
        return {}
    if "mapped" not in request.form:
        return partner_files.guess(found.columns)
    chosen = {name: request.form.get(f"column-{number}", "") for number, name in enumerate(found.columns)}
    fields = [field for field in chosen.values() if field]
    twice = next((field for field in fields if fields.count(field) > 1), "")
    if twice:
        raise WrongInput(f"Two columns are said to be the {twice.replace('_', ' ')}.")
    return {name: field for name, field in chosen.items() if field in partner_files.FIELDS}


def _as_text(found: partner_files.PartnerFile) -> str:
    """The list as the page carries it: a table as its rows, all else as the contract's directory."""
    whole = json.dumps(found.data, ensure_ascii=False) if found.form != "table" else partner_files.as_csv(found)
    if len(whole.encode()) > LARGEST_TEXT:
        raise WrongInput("That list is too large for this page; “loopin import partners FILE” takes it.")
    return whole


@blueprint.post("/partners/imports/<int:batch_id>/undo")
def undo(batch_id: int) -> ResponseReturnValue:
    hub_only()
    with writing() as session:
        undone = batches.undo(session, batch_id, viewer().label)
    words = f"Undone: {len(undone.put_back)} put back, {len(undone.removed)} removed."
    done(" ".join((words, *undone.stays[:5])))
    return back(url_for("partner_lists.choose"))


@blueprint.get("/partners.<any(json, zip):form>")
def as_file(form: str) -> Response:
    """The directory as the contract has it; with ?hsds=yes, and always as ZIP, in HSDS 3.x."""
    with reading() as session:
        directory = partners.directory(session)
    name = f"partners.hsds.{form}" if request.args.get("hsds") or form == "zip" else f"partners.{form}"
    return download(exporting.directory_file(_shown(directory), name), _TYPES[form], name)


def _shown(directory: Mapping[str, object]) -> Mapping[str, object]:
    """The directory without the tracker's own addresses, which are no partner's."""
    return {**directory, "tracker": directory["tracker"] if viewer().is_hub else []}


@blueprint.get("/partners.<any(csv, xlsx):form>")
def as_table(form: str) -> Response:
    """The columns of the import, a row a service, safe to open in a spreadsheet."""
    with reading() as session:
        rows = list(partner_files.table_rows(partners.directory(session)))
    return table(partner_files.COLUMNS, rows, f"partners.{form}")
