"""Sign-in by a mailed link. Opening the link shows a button; only the button signs in (link scanners open links)."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from service import auth
from service.web.site import done, inside, open_to_viewers, public, reading, site, viewer, writing

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
@public
def ask() -> ResponseReturnValue:
    return render_template("web/sign_in.html", sent=False, error="", email="")


@blueprint.post("/sign-in")
@public
def send() -> ResponseReturnValue:
    """The same answer whether or not somebody has that address."""
    email = request.form.get("email", "").strip()[:200]
    try:
        with writing() as database:
            auth.ask_for_link(database, site().settings, email, request.remote_addr or "")
    except auth.TooManyAttempts as error:
        return render_template("web/sign_in.html", sent=False, error=str(error), email=email), 429
    return render_template("web/sign_in.html", sent=True, error="", email=email)


@blueprint.get("/sign-in/<token>")
@public
def link(token: str) -> ResponseReturnValue:
    try:
        with reading() as database:
            user = auth.read_link(database, site().settings, token)
    except auth.BadLink as error:
        return render_template("web/sign_in.html", sent=False, error=str(error), email=""), 410
    return render_template("web/sign_in_link.html", token=token, user=user)


@blueprint.post("/sign-in/<token>")
@public
def enter(token: str) -> ResponseReturnValue:
    following = inside(session.get("next", ""))
    try:
        with writing() as database:
            key = auth.sign_in(database, site().settings, token)
    except auth.BadLink as error:
        return render_template("web/sign_in.html", sent=False, error=str(error), email=""), 410
    session.clear()
    session["key"], session.permanent = key, True
    return redirect(following or url_for("inbox.overview"), code=303)


@blueprint.post("/sign-out")
@open_to_viewers
def leave() -> ResponseReturnValue:
    with writing() as database:
        auth.sign_out(database, session.get("key", ""))
    session.clear()
    return redirect(url_for("sign_in.ask"), code=303)


@blueprint.post("/sign-out/everywhere")
@open_to_viewers
def leave_everywhere() -> ResponseReturnValue:
    with writing() as database:
        auth.revoke_all(database, viewer().user_id)
    session.clear()
    done("Signed out on every device.")
    return redirect(url_for("sign_in.ask"), code=303)
