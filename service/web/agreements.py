"""Agreements: the register, one agreement with Change links and its document, and placements under it."""

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from service import agreements, visibility
from service.models import Agreement, Organisation, Placement
from service.web.files import download
from service.web.profiles import today
from service.web.site import WrongInput, back, done, on_own, reading, viewer, writing

blueprint = Blueprint("agreements", __name__)
SHOWS = {"all": "All", "holds": "In force", "ends": "Ending soon", "open": "Not signed yet", "past": "Expired"}


@blueprint.get("/agreements")
def listing() -> ResponseReturnValue:
    show = request.args.get("show", "all")
    if show not in SHOWS:
        abort(404)
    with reading() as session:
        rows = agreements.listing(session, viewer(), show, today())
        return render_template("web/agreements.html", rows=rows, show=show, shows=SHOWS, today=today())


def _mine(session: Session, agreement_id: int) -> Agreement:
    """An agreement that one may see: a party's, or any to the hub. Raises NotVisible."""
    found = session.scalar(agreements.visible(viewer()).where(Agreement.id == agreement_id))
    if found is None:
        raise visibility.NotVisible("There is no such agreement.")
    return found


@blueprint.get("/agreements/<int:agreement_id>")
def agreement(agreement_id: int) -> ResponseReturnValue:
    with reading() as session:
        found = _mine(session, agreement_id)
        under = visibility.placements(viewer()).where(Placement.agreement_id == agreement_id)
        return render_template(
            "web/agreement.html",
            agreement=found,
            lines=agreements.LINES,
            standing=found.standing(today()),
            placements=session.scalars(under.order_by(Placement.id.desc()).limit(50)).all(),
        )


@blueprint.get("/agreements/new")
def new() -> ResponseReturnValue:
    with reading() as session:
        names = session.scalars(select(Organisation.name).order_by(Organisation.name)).all()
        own = session.get(Organisation, viewer().organisation_id or 0)
        wanted = request.args.get("partner", "")
        partner = session.get(Organisation, int(wanted)) if wanted.isdecimal() and len(wanted) < 10 else None
        return render_template("web/agreement_new.html", names=names, own=own, partner=partner, kinds=agreements.KINDS)


@blueprint.post("/agreements/new")
def add() -> ResponseReturnValue:
    """Between one's own organisation and another; the hub names both."""
    with writing() as session:
        named = select(Organisation).where(Organisation.name == request.form.get("one", "").strip())
        found = session.get(Organisation, viewer().organisation_id or 0)
        if viewer().is_hub:
            found = session.scalar(named)
        if found is None:
            raise WrongInput("Choose one of the partners of the directory.")
        row = agreements.add(
            session, found, request.form.get("other", ""), request.form.get("kind", ""), viewer().label
        )
        number = row.id
    done("Added as a draft. Say what stands in it.")
    return back(url_for("agreements.agreement", agreement_id=number))


@blueprint.get("/agreements/<int:agreement_id>/change/<field>")
def change_form(agreement_id: int, field: str) -> ResponseReturnValue:
    with reading() as session:
        found, line = _mine(session, agreement_id), agreements.LINES.get(field)
        if line is None:
            raise visibility.NotVisible("There is no such line.")
        value = getattr(found, field)
        home = url_for("agreements.agreement", agreement_id=agreement_id)
        return render_template(
            "web/line_change.html",
            crumbs=((url_for("agreements.listing"), "Agreements"), (home, " and ".join(found.parties))),
            of=" and ".join(found.parties),
            line=line,
            value=value.isoformat() if line.form == "day" and value else value,
            choices=agreements.CHOICES.get(field, ()),
            optional=False,
            action=url_for("agreements.change", agreement_id=agreement_id, field=field),
            cancel=home,
        )


@blueprint.post("/agreements/<int:agreement_id>/change/<field>")
@on_own(_mine, "agreement_id", "agreements.agreement")
def change(session: Session, row: Agreement, field: str) -> str:
    agreements.change(session, row, field, request.form.getlist("value"), viewer().label)
    return "Changed."


@blueprint.post("/agreements/<int:agreement_id>/document")
@on_own(_mine, "agreement_id", "agreements.agreement")
def keep_document(session: Session, row: Agreement) -> str:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise WrongInput("Choose the file of the agreement.")
    content = file.stream.read(agreements.MOST_BYTES + 1)
    agreements.keep_document(session, row, file.filename, content, viewer().label)
    return "The document is kept."


@blueprint.get("/agreements/<int:agreement_id>/document")
def document(agreement_id: int) -> Response:
    with reading() as session:
        row = session.get_one(Agreement, _mine(session, agreement_id).id, options=[undefer(Agreement.document)])
        if not row.document:
            raise visibility.NotVisible("There is no document.")
        return download(row.document, "application/octet-stream", row.document_name)


@blueprint.post("/agreements/<int:agreement_id>/remove")
def remove(agreement_id: int) -> ResponseReturnValue:
    with writing() as session:
        agreements.remove(session, _mine(session, agreement_id), viewer().label)
    done("Removed from the register.")
    return back(url_for("agreements.listing"))
