"""The web view: one Flask app over settings and database, with security headers, errors and health pages."""

import hmac
import logging
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from jinja2 import FileSystemLoader, StrictUndefined
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map

from service import auth
from service.api import blueprint as api
from service.api_calls import blueprint as api_calls
from service.config import Settings
from service.db import Database
from service.folders import STATIC, TEMPLATES
from service.health import health, metrics
from service.visibility import NotVisible
from service.web import screens, words
from service.web.refusals import SENTENCES as REFUSALS
from service.web.site import Site, inside, public, reading, site, wrong

UPLOAD_BYTES = 40 * 1024 * 1024
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
API = {"api", "api_calls"}
SAFE = {"GET", "HEAD", "OPTIONS"}
SENTENCES = {
    400: "That request could not be understood.",
    401: "Sign in first.",
    403: "Your account may look, but not change this.",
    404: "There is nothing here that you may see.",
    405: "That page does not take this kind of request.",
    413: "That file is too large: 40 MB at most.",
    429: "Too many tries. Wait a quarter of an hour, then try again.",
    500: "Something went wrong on our side. It was written down; nothing that you did before is lost.",
}


class RecordNumber(IntegerConverter):
    """A number that a database can hold; a larger one names no record."""

    def __init__(self, url_map: Map, *args: Any, **options: Any) -> None:
        super().__init__(url_map, *args, **{"max": 2**31 - 1, **options})


_log = logging.getLogger("loopin.web")
csrf = CSRFProtect()


def create_app(settings: Settings, db: Database) -> Flask:
    """The WSGI app. Opens no connection until it is asked for a page."""
    app = Flask("service", template_folder=None, static_folder=str(STATIC), static_url_path="/static")
    app.config.update(
        SECRET_KEY=settings.secret(),
        MAX_CONTENT_LENGTH=UPLOAD_BYTES,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        SESSION_COOKIE_NAME="loopin",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https://"),
        PERMANENT_SESSION_LIFETIME=auth.SESSION_DAYS * 86_400,
        WTF_CSRF_TIME_LIMIT=None,  # the token lives as long as the session that it is bound to
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,  # static files are asked for with their hash
    )
    app.extensions["loopin"] = Site(settings, db)
    app.url_map.converters["int"] = RecordNumber
    app.jinja_loader = FileSystemLoader(TEMPLATES)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    words.install(app)
    csrf.init_app(app)
    app.before_request(_who_looks)
    app.after_request(_headers)
    _health_pages(app)
    app.add_url_rule("/", "home", screens.first_page)
    for blueprint in screens.BLUEPRINTS:
        app.register_blueprint(blueprint)
    for blueprint in (api, api_calls):
        csrf.exempt(blueprint)
        app.register_blueprint(blueprint)
    _errors(app)
    return app


def _who_looks() -> ResponseReturnValue | None:
    """Nothing but pages marked public is shown to nobody; who may not decide may not POST."""
    view = site_view()
    g.viewer, g.by_bearer = None, False
    if request.blueprint not in API and any("\x00" in value for value in request.values.values()):
        return _say(400)
    if view is None or request.endpoint == "static":
        return None
    key = session.get("key", "")
    bearer = request.headers.get("Authorization", "")
    if request.blueprint in API and bearer.startswith("Bearer "):
        key, g.by_bearer = bearer.removeprefix("Bearer ").strip(), True
    if key:
        with reading() as database:
            g.viewer = auth.viewer_of(database, key)
    if getattr(view, "is_public", False):
        return None
    if g.viewer is None:
        return _ask_to_sign_in()
    if request.method not in SAFE and not g.viewer.may_decide and not getattr(view, "for_viewers", False):
        return _say(403)
    return None


def site_view() -> object | None:
    return current_app.view_functions.get(request.endpoint) if request.endpoint else None


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.blueprint in API:
        return _say(401)
    if request.headers.get("HX-Request"):
        return Response(status=204, headers={"HX-Redirect": url_for("sign_in.ask")})
    if request.method == "GET":
        session["next"] = inside(request.full_path.rstrip("?"))
    return redirect(url_for("sign_in.ask"), code=303)


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if site().settings.base_url.startswith("https://"):
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def _health_pages(app: Flask) -> None:
    """For supervisors and watchers: no sign-in, no names."""
    app.add_url_rule("/livez", "livez", public(lambda: Response("ok\n", mimetype="text/plain")))
    app.add_url_rule("/readyz", "readyz", public(_readyz))
    app.add_url_rule("/healthz", "healthz", public(_healthz))
    app.add_url_rule("/metrics", "metrics", public(_metrics))
    app.add_url_rule("/favicon.ico", "favicon", public(lambda: app.send_static_file("favicon.ico")))


def _readyz() -> ResponseReturnValue:
    with reading() as database:
        database.connection().exec_driver_sql("SELECT 1 FROM referral WHERE 1 = 0")
    return Response("ready\n", mimetype="text/plain")


def _healthz() -> ResponseReturnValue:
    with reading() as database:
        found = health(database, site().settings)
    parts = {part.name: {"state": part.state, "words": part.words} for part in found.parts if not part.private}
    return jsonify(status=found.state, parts=parts), 503 if found.state == "bad" else 200


def _metrics() -> ResponseReturnValue:
    token = site().settings.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(token.encode(), given.encode()):
        return Response("/metrics needs the bearer token LOOPIN_METRICS_TOKEN.\n", 401, mimetype="text/plain")
    with reading() as database:
        return Response(metrics(database, site().settings), content_type="text/plain; version=0.0.4; charset=utf-8")


def _errors(app: Flask) -> None:
    app.register_error_handler(NotVisible, lambda error: _say(404))
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, lambda error: _say(error.code or 500))
    app.register_error_handler(Exception, _crash)
    for sentence in REFUSALS:
        app.register_error_handler(sentence, _refused)


def _refused(error: Exception) -> ResponseReturnValue:
    """A use case said no, in one sentence: say it on the page that the form came from."""
    if request.blueprint in API or request.method == "GET":
        return _say(400, str(error))
    wrong(str(error))
    return redirect(inside(request.form.get("back", "")) or _page_before() or url_for("home"), code=303)


def _page_before() -> str:
    """The page of ours that the request came from; "" when it came from elsewhere. The scheme may be a proxy's."""
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc != request.host:
        return ""
    return inside(came_from.path + (f"?{came_from.query}" if came_from.query else ""))


def _stale_form(error: CSRFError) -> ResponseReturnValue:
    return _say(
        400, "This form was open too long, or cookies are off. Go back, load the page again, and send it once more."
    )


def _crash(error: Exception) -> ResponseReturnValue:
    _log.exception("%s %s failed", request.method, request.path, exc_info=error)
    return _say(500)


def _say(code: int, sentence: str = "") -> ResponseReturnValue:
    """An error in one clear sentence: a page, or JSON from the API. `g.viewer` may be missing when the database is."""
    sentence = sentence or SENTENCES.get(code, SENTENCES[500 if code >= 500 else 400])
    if request.path.startswith("/api/"):
        return jsonify(error=sentence), code
    g.setdefault("viewer", None)
    return render_template("web/error.html", sentence=sentence, code=code), code
