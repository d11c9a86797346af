"""Copy-sheets: what waits to be entered in another system, a placement in that form's order, and its number there."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service import copy_sheets, visibility
from service.models import Placement
from service.web.files import table
from service.web.site import back, done, in_a_sentence, reading, viewer, writing

blueprint = Blueprint("sheets", __name__)


@blueprint.get("/sheets")
def listing() -> ResponseReturnValue:
    with reading() as session:
        rows = session.scalars(copy_sheets.visible(viewer())).all()
        counts = {row.id: len(copy_sheets.waiting(session, viewer(), row)) for row in rows}
        return render_template("web/sheets.html", rows=rows, counts=counts)


@blueprint.get("/sheets/new")
def new_form() -> ResponseReturnValue:
    return render_template("web/sheet_form.html", sheet=None, lines="", fields=list(copy_sheets.FIELDS))


@blueprint.post("/sheets/new")
def new() -> ResponseReturnValue:
    with writing() as session, in_a_sentence():
        sheet_id = copy_sheets.save(session, viewer(), None, _name(), request.form.get("columns", "")).id
    done("The form is kept.")
    return back(url_for("sheets.sheet", sheet_id=sheet_id))


def _name() -> str:
    return " ".join(request.form.get("name", "").split())


@blueprint.get("/sheets/<int:sheet_id>")
def sheet(sheet_id: int) -> ResponseReturnValue:
    with reading() as session:
        found = copy_sheets.find(session, viewer(), sheet_id)
        return render_template(
            "web/sheet.html",
            sheet=found,
            waiting=copy_sheets.waiting(session, viewer(), found),
            entries=copy_sheets.entries(session, viewer(), found),
        )


@blueprint.get("/sheets/<int:sheet_id>.<any(csv, xlsx):form>")
def as_table(sheet_id: int, form: str) -> ResponseReturnValue:
    """What waits, under the form's own headings."""
    with reading() as session:
        found = copy_sheets.find(session, viewer(), sheet_id)
        waiting = copy_sheets.waiting(session, viewer(), found)
        rows = [[value for _, value in copy_sheets.filled(viewer(), found, one)] for one in waiting]
        columns, name = [column["label"] for column in found.columns], found.name
    return table(columns, rows, f"{name}.{form}")


@blueprint.get("/sheets/<int:sheet_id>/change")
def change_form(sheet_id: int) -> ResponseReturnValue:
    with reading() as session:
        found = copy_sheets.find(session, viewer(), sheet_id)
        return render_template(
            "web/sheet_form.html",
            sheet=found,
            lines=copy_sheets.text_of(found),
            fields=list(copy_sheets.FIELDS),
        )


@blueprint.post("/sheets/<int:sheet_id>/change")
def change(sheet_id: int) -> ResponseReturnValue:
    with writing() as session:
        found = copy_sheets.find(session, viewer(), sheet_id)
        with in_a_sentence():
            copy_sheets.save(session, viewer(), found, _name(), request.form.get("columns", ""))
    done("Changed.")
    return back(url_for("sheets.sheet", sheet_id=sheet_id))


@blueprint.get("/sheets/<int:sheet_id>/placements/<int:placement_id>")
def placement(sheet_id: int, placement_id: int) -> ResponseReturnValue:
    with reading() as session:
        found = copy_sheets.find(session, viewer(), sheet_id)
        placed = visibility.get(session, viewer(), Placement, placement_id)
        entries = copy_sheets.entries(session, viewer(), found)
        return render_template(
            "web/sheet_placement.html",
            sheet=found,
            placement=placed,
            filled=copy_sheets.filled(viewer(), found, placed),
            entry=next((entry for entry in entries if entry.placement_id == placement_id), None),
        )


@blueprint.post("/sheets/<int:sheet_id>/placements/<int:placement_id>")
def enter(sheet_id: int, placement_id: int) -> ResponseReturnValue:
    with writing() as session:
        found = copy_sheets.find(session, viewer(), sheet_id)
        placed = visibility.get(session, viewer(), Placement, placement_id)
        with in_a_sentence():
            entry = copy_sheets.enter(session, viewer(), found, placed, request.form.get("number", ""))
        words = f"Entered in {found.name} as {entry.external_id}."
    done(words, url_for("sheets.take_back", sheet_id=sheet_id, placement_id=placement_id))
    return back(url_for("sheets.sheet", sheet_id=sheet_id))


@blueprint.post("/sheets/<int:sheet_id>/placements/<int:placement_id>/take-back")
def take_back(sheet_id: int, placement_id: int) -> ResponseReturnValue:
    with writing() as session:
        found = copy_sheets.find(session, viewer(), sheet_id)
        visibility.get(session, viewer(), Placement, placement_id)
        copy_sheets.take_back(session, found, placement_id)
    done("It waits to be entered again.")
    return back(url_for("sheets.sheet", sheet_id=sheet_id))
