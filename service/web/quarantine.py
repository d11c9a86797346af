"""Quarantine: mail that could not be read or believed, with the reason; read again, made by hand, or put away."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from service import by_hand as making
from service import intake, visibility
from service.models import AuditEntry, InboundMessage, utcnow
from service.web.audit import looked_at_words
from service.web.site import back, done, hub_only, page_number, reading, viewer, writing

blueprint = Blueprint("quarantine", __name__)
blueprint.before_request(hub_only)
PAGE = 50
SHOWN = 20_000  # characters of the raw mail on the page; the download has all of it


@blueprint.get("/quarantine")
def listing() -> ResponseReturnValue:
    with reading() as session:
        waiting = select(InboundMessage).where(InboundMessage.state == "quarantined").order_by(InboundMessage.id.desc())
        rows = session.scalars(waiting.limit(PAGE + 1).offset((page_number() - 1) * PAGE)).all()
        return render_template("web/quarantine.html", messages=rows[:PAGE], more=len(rows) > PAGE, page=page_number())


def _waiting(session: Session, message_id: int) -> InboundMessage:
    found = visibility.get(session, viewer(), InboundMessage, message_id)
    if found.state != "quarantined":
        raise visibility.NotVisible("That mail is not in quarantine any more.")
    return found


@blueprint.get("/quarantine/<int:message_id>")
def message(message_id: int) -> ResponseReturnValue:
    with reading() as session:
        found = _waiting(session, message_id)
        content = session.scalar(select(InboundMessage.content).where(InboundMessage.id == message_id)) or b""
        page = render_template(
            "web/quarantine_mail.html",
            message=found,
            raw=content[:SHOWN].decode("utf-8", "replace").replace("\x00", "�"),
            cut=len(content) > SHOWN,
        )
    looked_at_words(found, uncovered=True)
    return page


@blueprint.post("/quarantine/<int:message_id>/replay")
def replay(message_id: int) -> ResponseReturnValue:
    with writing() as session:
        _waiting(session, message_id)
        intake.replay(session, message_id, viewer().label)
    done("It is read again now; look at the inbox in a moment.")
    return back(url_for("quarantine.listing"))


@blueprint.post("/quarantine/<int:message_id>/by-hand")
def by_hand(message_id: int) -> ResponseReturnValue:
    """A draft from this mail, for a person to fill in."""
    with writing() as session:
        _waiting(session, message_id)
        made = making.make(session, message_id, viewer().label)
        referral_id = made.id
    done("A draft was made from this mail. Fill in what it says.")
    return back(url_for("referrals.referral", referral_id=referral_id))


@blueprint.post("/quarantine/<int:message_id>/not-a-referral")
def put_away(message_id: int) -> ResponseReturnValue:
    reason = request.form.get("reason", "").strip()[:60] or "a person said so"
    with writing() as session:
        found = _waiting(session, message_id)
        found.state, found.result, found.rule, found.done_at = "done", "not_a_referral", reason, utcnow()
        found.looked_at, found.looked_by = utcnow(), viewer().label
        session.add(AuditEntry(who=viewer().label, what="put a quarantined mail away", record=f"message {message_id}"))
    done("Put away: not a referral.", url_for("quarantine.undo", message_id=message_id))
    return back(url_for("quarantine.listing"))


@blueprint.post("/quarantine/<int:message_id>/undo")
def undo(message_id: int) -> ResponseReturnValue:
    with writing() as session:
        found = visibility.get(session, viewer(), InboundMessage, message_id)
        if found.result == "not_a_referral" and found.error:
            found.state, found.result, found.rule, found.done_at, found.looked_at = (
                "quarantined",
                "quarantined",
                "",
                None,
                None,
            )
    done("It is in quarantine again.")
    return back(url_for("quarantine.listing"))
