"""Health: the dot of each page spelt out; and the pulse by which open pages keep their menu fresh."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from service.health import health
from service.visibility import NotVisible
from service.web.site import reading, site, viewer
from service.web.words import rail

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def page() -> ResponseReturnValue:
    if viewer().role not in {"hub", "site_admin"}:
        raise NotVisible("There is no such page.")
    with reading() as session:
        return render_template("web/health.html", health=health(session, site().settings))


@blueprint.get("/pulse")
def pulse() -> ResponseReturnValue:
    """The menu again, where a number or the dot changed; 204 where nothing did."""
    counted, found = rail()
    if request.args.get("was") == f"{counted.digest}-{found.state}":
        return Response(status=204)
    return render_template("web/_menu.html", here_is=request.args.get("at", ""))
