"""Users: the hub adds people, closes accounts and makes tokens for the API; everybody ends their own sessions."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from service import auth
from service.models import AuditEntry, Organisation, User, WebSession, utcnow
from service.visibility import NotVisible
from service.web.site import back, done, open_to_viewers, reading, viewer, writing

blueprint = Blueprint("users", __name__)


def _administers() -> None:
    if viewer().role not in {"hub", "site_admin"}:
        raise NotVisible("There is no such page.")


@blueprint.get("/users")
def listing() -> ResponseReturnValue:
    _administers()
    with reading() as session:
        living = (
            select(WebSession.user_id, func.count())
            .where(WebSession.expires_at > utcnow())
            .group_by(WebSession.user_id)
        )
        return render_template(
            "web/users.html",
            users=session.scalars(select(User).order_by(User.disabled, User.email)).all(),
            sessions=dict(session.execute(living).all()),
            organisations=session.scalars(select(Organisation).order_by(Organisation.name)).all(),
            roles=auth.ROLES,
        )


@blueprint.post("/users")
@open_to_viewers
def add() -> ResponseReturnValue:
    _administers()
    organisation = request.form.get("organisation", "")
    with writing() as session:
        user = auth.add_user(
            session,
            request.form.get("email", ""),
            request.form.get("name", ""),
            request.form.get("role", ""),
            int(organisation) if organisation.isdecimal() and len(organisation) < 10 else None,
            viewer().label,
        )
        email = user.email
    done(f"{email} may sign in now.")
    return back(url_for("users.listing"))


@blueprint.post("/users/<int:user_id>/closed")
@open_to_viewers
def close(user_id: int) -> ResponseReturnValue:
    _administers()
    closed = request.form.get("closed") == "yes"
    if user_id == viewer().user_id:
        raise auth.WrongUser("Nobody closes their own account.")
    with writing() as session:
        email = auth.set_disabled(session, user_id, closed, viewer().label).email
    done(f"{email}: account {'closed and signed out' if closed else 'open again'}.")
    return back(url_for("users.listing"))


@blueprint.post("/users/<int:user_id>/sessions/end")
@open_to_viewers
def end_sessions(user_id: int) -> ResponseReturnValue:
    _administers()
    with writing() as session:
        auth.revoke_all(session, user_id)
    done("Signed out everywhere, API tokens included.")
    return back(url_for("users.listing"))


@blueprint.get("/account")
def account() -> ResponseReturnValue:
    with reading() as session:
        mine = select(WebSession).where(WebSession.user_id == viewer().user_id, WebSession.expires_at > utcnow())
        user = session.get_one(User, viewer().user_id)
        return render_template(
            "web/account.html", user=user, sessions=session.scalars(mine.order_by(WebSession.created_at.desc())).all()
        )


@blueprint.post("/account/token")
@open_to_viewers
def token() -> ResponseReturnValue:
    """A bearer token for the API, shown once; it sees what its owner sees."""
    with writing() as session:
        key = auth.open_session(session, viewer().user_id, auth.TOKEN_DAYS)
        session.add(AuditEntry(who=viewer().label, what="made an API token"))
    done(f"Your token, shown this once: {key}")
    return back(url_for("users.account"))


@blueprint.post("/account/sessions/<int:session_id>/end")
@open_to_viewers
def end_one(session_id: int) -> ResponseReturnValue:
    with writing() as session:
        found = session.get(WebSession, session_id)
        if found is None or found.user_id != viewer().user_id:
            abort(404)
        session.delete(found)
    done("Ended.")
    return back(url_for("users.account"))
