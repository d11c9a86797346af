"""Outbox: letters that wait, were sent or failed; hold, send now, cancel; each with its words before it goes."""

import re

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from service import letters, outbox, visibility
from service.models import OutboundLetter
from service.web.site import back, done, hub_only, page_number, reading, viewer, writing

blueprint = Blueprint("outbox", __name__)
PAGE = 50
_LINK = re.compile(r"(/answer/)[a-z2-7]{30,60}")  # good for its recipient alone
SHOWS = {"waiting": "Waiting", "held": "Held", "sent": "Sent", "failed": "Failed", "cancelled": "Cancelled"}


@blueprint.get("/outbox")
def listing() -> ResponseReturnValue:
    show = request.args.get("show", "waiting")
    if show not in SHOWS:
        abort(404)
    with reading() as session:
        rows = session.scalars(_of(show).limit(PAGE + 1).offset((page_number() - 1) * PAGE)).all()
        return render_template(
            "web/outbox.html", letters=rows[:PAGE], more=len(rows) > PAGE, page=page_number(), show=show, shows=SHOWS
        )


def _of(show: str) -> Select[OutboundLetter]:
    found = visibility.letters(viewer())
    if show == "waiting":
        waiting = found.where(OutboundLetter.state.in_(("open", "sending")), OutboundLetter.held.is_(False))
        return waiting.order_by(OutboundLetter.due)
    if show == "held":
        return found.where(OutboundLetter.state == "open", OutboundLetter.held.is_(True)).order_by(OutboundLetter.id)
    states = {"failed": ("failed", "unknown")}.get(show, (show,))
    return found.where(OutboundLetter.state.in_(states)).order_by(OutboundLetter.id.desc())


@blueprint.get("/outbox/<int:letter_id>")
def letter(letter_id: int) -> ResponseReturnValue:
    with reading() as session:
        found = visibility.get(session, viewer(), OutboundLetter, letter_id)
        rendered = letters.render(session, found)
        own = viewer().organisation_id is not None and viewer().organisation_id == found.organisation_id
        return render_template(
            "web/letter.html",
            letter=found,
            subject=rendered.subject,
            text=_LINK.sub(r"\1… (the link is in the letter itself)", rendered.text) if own or viewer().is_hub else "",
        )


def _act(letter_id: int, what: str) -> None:
    """Hold, release or cancel: the hub, or who is a party of the letter's referral and may decide."""
    with writing() as session:
        visibility.get(session, viewer(), OutboundLetter, letter_id)
        {"hold": outbox.hold, "release": outbox.release, "cancel": outbox.cancel}[what](
            session, letter_id, viewer().label
        )


@blueprint.post("/outbox/<int:letter_id>/hold")
def hold(letter_id: int) -> ResponseReturnValue:
    hub_only()
    _act(letter_id, "hold")
    done("Held until you let it go.", url_for("outbox.release", letter_id=letter_id))
    return back(url_for("outbox.listing", show="held"))


@blueprint.post("/outbox/<int:letter_id>/release")
def release(letter_id: int) -> ResponseReturnValue:
    hub_only()
    _act(letter_id, "release")
    done("It goes out now.")
    return back(url_for("outbox.listing"))


@blueprint.post("/outbox/<int:letter_id>/cancel")
def cancel(letter_id: int) -> ResponseReturnValue:
    hub_only()
    _act(letter_id, "cancel")
    done("Cancelled; it will not be sent.")
    return back(url_for("outbox.listing"))
