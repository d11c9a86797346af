"""The page behind the link of a letter: a partner answers without an account. GET shows, POST acts (C19)."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from service import links, referrals
from service.covering import covers
from service.models import Referral
from service.visibility import Viewer
from service.web.site import done, public, reading, site, writing, wrong
from terms.statuses import DeclineReason

blueprint = Blueprint("answer", __name__)
SAID = {
    "accept": "Thank you: accepted.",
    "decline": "Thank you: declined.",
    "hired": "Thank you: the hires are reported.",
}


def _gone(error: Exception) -> ResponseReturnValue:
    return render_template(
        "web/error.html", sentence=f"{error} A plain reply to the letter still works.", code=410
    ), 410


@blueprint.get("/answer/<token>")
@public
def page(token: str) -> ResponseReturnValue:
    try:
        with reading() as session:
            known = links.read_answer_token(session, site().settings, token)
            return _show(session, known, token)
    except links.BadToken as error:
        return _gone(error)


def _show(session: Session, known: links.AnswerToken, token: str) -> ResponseReturnValue:
    referral = session.get_one(Referral, known.referral_id)
    partner = Viewer(0, "", known.recipient, "viewer", known.organisation_id)
    return render_template(
        "web/answer.html",
        token=token,
        known=known,
        referral=referral,
        cover=covers(session, partner, [referral.id])[referral.id],
        party=next(
            (p for p in referral.parties if p.organisation_id == known.organisation_id and p.role == "receiving"), None
        ),
        next_act=referrals.next_act(referral),
        reasons=list(DeclineReason),
    )


@blueprint.post("/answer/<token>")
@public
def act(token: str) -> ResponseReturnValue:
    """One of accept, decline, hired; what can't be done is said on the same page."""
    verb = request.form.get("verb", "")
    try:
        with writing() as session:
            links.answer(
                session,
                site().settings,
                token,
                verb,
                reason=request.form.get("reason", ""),
                words=request.form.get("words", "").strip()[:500],
                names=[name.strip()[:120] for name in request.form.get("names", "").splitlines()][:50],
            )
    except links.BadToken as error:
        return _gone(error)
    except (links.AnsweredAlready, referrals.IllegalStep, ValueError) as error:
        wrong(str(error))
    else:
        done(SAID[verb])
    return redirect(url_for("answer.page", token=token), code=303)
