"""Initiatives, events, programmes, offices: what they brought, who takes part, and which referrals are theirs."""

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from service import calendar_file, initiatives, visibility
from service.models import Initiative, Organisation, Referral
from service.queries import initiatives as query
from service.web.files import download, table
from service.web.site import back, day, done, in_a_sentence, reading, site, viewer, whole_number, writing
from service.web.words import spoken
from terms.kinds import InitiativeKind, InitiativeRole

blueprint = Blueprint("initiatives", __name__)
SHOWS = {"all": "All", "initiative": "Initiatives", "event": "Events", "programme": "Programmes", "office": "Offices"}


def may_change(initiative: Initiative) -> bool:
    """The hub, and coordinators of the organisation that keeps the entry."""
    own = viewer().organisation_id is not None and viewer().organisation_id == initiative.organisation_id
    return viewer().is_hub or (viewer().may_decide and own)


def _kept(session: Session, initiative_id: int) -> Initiative:
    """To be changed by this person. Raises NotVisible."""
    found = initiatives.find(session, initiative_id)
    if not may_change(found):
        raise visibility.NotVisible("There is no such page.")
    return found


def _show() -> str:
    show = request.args.get("show", "all")
    if show not in SHOWS:
        abort(404)
    return show


@blueprint.get("/initiatives")
def listing() -> ResponseReturnValue:
    show = _show()
    with reading() as session:
        rows = query.rows(session, viewer(), "" if show == "all" else show)
        return render_template("web/initiatives.html", rows=rows, show=show, shows=SHOWS)


@blueprint.get("/initiatives.<any(csv, xlsx):form>")
def as_table(form: str) -> ResponseReturnValue:
    columns = ("name", "kind", "from", "to", "place", "referrals", "openings", "placements", "only reported")
    with reading() as session:
        rows = [
            [
                row.initiative.name,
                spoken(row.initiative.kind),
                row.initiative.starts_on or "",
                row.initiative.ends_on or "",
                row.initiative.place,
                row.referrals,
                row.openings,
                row.placements,
                row.reported,
            ]
            for row in query.rows(session, viewer())
        ]
    return table(columns, rows, f"initiatives.{form}")


@blueprint.get("/initiatives/<int:initiative_id>")
def initiative(initiative_id: int) -> ResponseReturnValue:
    with reading() as session:
        opened = query.opened(session, viewer(), initiative_id, site().settings.zone)
        return render_template(
            "web/initiative.html",
            opened=opened,
            one=opened.initiative,
            may=may_change(opened.initiative),
            roles=list(InitiativeRole),
            organisations=session.scalars(select(Organisation).order_by(Organisation.name)).all(),
        )


@blueprint.get("/initiatives/<int:initiative_id>.ics")
def as_calendar(initiative_id: int) -> Response:
    """For a calendar: only of one that has a day."""
    with reading() as session:
        found = initiatives.find(session, initiative_id)
        if found.starts_on is None:
            raise visibility.NotVisible("It has no day yet.")
        address = url_for("initiatives.initiative", initiative_id=found.id, _external=True)
        content = calendar_file.entry(
            f"initiative-{found.id}@loopin", found.name, found.starts_on, found.ends_on, found.place, address
        )
    return download(content.encode(), "text/calendar; charset=utf-8", f"{found.name}.ics")


@blueprint.get("/initiatives/new")
def new_form() -> ResponseReturnValue:
    return render_template("web/initiative_form.html", one=None, kinds=list(InitiativeKind))


@blueprint.post("/initiatives/new")
def new() -> ResponseReturnValue:
    entry = _entry()
    with writing() as session, in_a_sentence():
        made = initiatives.add(session, entry, viewer().organisation_id, viewer().label)
        initiative_id = made.id
    done(f"{entry.name} is looked for in mails from now on.")
    return back(url_for("initiatives.initiative", initiative_id=initiative_id))


@blueprint.get("/initiatives/<int:initiative_id>/change")
def change_form(initiative_id: int) -> ResponseReturnValue:
    with reading() as session:
        found = _kept(session, initiative_id)
        return render_template("web/initiative_form.html", one=found, kinds=list(InitiativeKind))


@blueprint.post("/initiatives/<int:initiative_id>/change")
def change(initiative_id: int) -> ResponseReturnValue:
    entry = _entry()
    with writing() as session:
        found = _kept(session, initiative_id)
        with in_a_sentence():
            initiatives.change(session, found, entry, viewer().label)
    done("Changed.")
    return back(url_for("initiatives.initiative", initiative_id=initiative_id))


def _entry() -> initiatives.Entry:
    given = {name: " ".join(value.split()) for name, value in request.form.items()}
    aliases = (" ".join(alias.split()) for alias in request.form.get("aliases", "").replace("\n", ";").split(";"))
    return initiatives.Entry(
        given.get("kind", ""),
        given.get("name", "")[:200],
        tuple(alias[:200] for alias in aliases if alias)[:20],
        day(given.get("starts_on", ""), "the first day"),
        day(given.get("ends_on", ""), "the last day"),
        given.get("place", "")[:200],
        request.form.get("note", "").strip()[:2000],
    )


@blueprint.post("/initiatives/<int:initiative_id>/parts")
def take_part(initiative_id: int) -> ResponseReturnValue:
    with writing() as session:
        found = _kept(session, initiative_id)
        organisation_id = whole_number("organisation")
        with in_a_sentence():
            initiatives.take_part(session, found, organisation_id, request.form.get("role", ""), viewer().label)
    return back(url_for("initiatives.initiative", initiative_id=initiative_id))


@blueprint.post("/initiatives/<int:initiative_id>/parts/<int:part_id>/remove")
def leave(initiative_id: int, part_id: int) -> ResponseReturnValue:
    with writing() as session:
        found = _kept(session, initiative_id)
        with in_a_sentence():
            initiatives.leave(session, found, part_id, viewer().label)
    return back(url_for("initiatives.initiative", initiative_id=initiative_id))


@blueprint.post("/referrals/<int:referral_id>/initiatives")
def mark(referral_id: int) -> ResponseReturnValue:
    with writing() as session:
        visibility.get(session, viewer(), Referral, referral_id)
        initiative_id = whole_number("initiative")
        with in_a_sentence():
            made = initiatives.mark(session, initiative_id, referral_id, viewer().label)
        name = initiatives.find(session, made.initiative_id).name
    done(f"It counts for {name}.", url_for("initiatives.unmark", referral_id=referral_id, initiative_id=initiative_id))
    return back(url_for("referrals.referral", referral_id=referral_id))


@blueprint.post("/referrals/<int:referral_id>/initiatives/<int:initiative_id>/remove")
def unmark(referral_id: int, initiative_id: int) -> ResponseReturnValue:
    with writing() as session:
        visibility.get(session, viewer(), Referral, referral_id)
        with in_a_sentence():
            initiatives.unmark(session, initiative_id, referral_id, viewer().label)
    done("It counts for it no more; mails of this thread that name it don't bring it back.")
    return back(url_for("referrals.referral", referral_id=referral_id))
