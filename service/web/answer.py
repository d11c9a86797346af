"""The page behind the link of a letter: a partner answers without an account. GET shows, POST acts (C19)."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from service import links, referrals
from service.covering import covers
from service.models import CallAsk, Referral, Submission
from service.openings import called_for
from service.visibility import Viewer
from service.web.site import done, public, reading, site, whole_number, writing, wrong
from terms.statuses import DeclineReason

blueprint = Blueprint("answer", __name__)
OFFER_VERBS = ("take", "pass")
CALL_VERBS = ("list", "nobody", *OFFER_VERBS)
MOST_BYTES = 100_000
SAID = {
    "accept": "Thank you: accepted.",
    "decline": "Thank you: declined.",
    "hired": "Thank you: the hires are reported.",
    "take": "Thank you: a mail introduces you and the employer to each other.",
    "pass": "Thank you: noted, not this time.",
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
    if known.ask_id is not None:
        return _show_call(session, known, token)
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


def _show_call(session: Session, known: links.AnswerToken, token: str) -> ResponseReturnValue:
    """The call in a few lines, what this partner sent so far, and a place for a list."""
    ask = session.get(CallAsk, known.ask_id)
    if ask is None:
        raise links.BadToken("This call is not there any more.")
    sent = select(Submission).where(
        Submission.call_id == ask.call_id, Submission.organisation_id == ask.organisation_id
    )
    return render_template(
        "web/answer_call.html",
        token=token,
        known=known,
        ask=ask,
        call=ask.call,
        need=ask.call.need,
        employer=ask.call.need.referral.employer if ask.call.names_employer else None,
        left=called_for(ask.call.need),
        people=session.scalars(sent.order_by(Submission.id)).all(),
        partner=Viewer(0, "", known.recipient, "viewer", known.organisation_id),
    )


@blueprint.post("/answer/<token>")
@public
def act(token: str) -> ResponseReturnValue:
    """One of accept, decline, hired; what can't be done is said on the same page."""
    verb = request.form.get("verb", "")
    try:
        with writing() as session:
            said = _call_answer(session, token, verb) if verb in CALL_VERBS else _answer(session, token, verb)
    except links.BadToken as error:
        return _gone(error)
    except (links.AnsweredAlready, referrals.IllegalStep, ValueError) as error:
        wrong(str(error))
    else:
        done(said)
    return redirect(url_for("answer.page", token=token), code=303)


def _answer(session: Session, token: str, verb: str) -> str:
    links.answer(
        session,
        site().settings,
        token,
        verb,
        reason=request.form.get("reason", ""),
        words=request.form.get("words", "").strip()[:500],
        names=[name.strip()[:120] for name in request.form.get("names", "").splitlines()][:50],
    )
    return SAID[verb]


def _call_answer(session: Session, token: str, verb: str) -> str:
    """A list that was typed, pasted or chosen as a CSV file, or nobody."""
    if verb in OFFER_VERBS:
        openings = whole_number("openings") if request.form.get("openings", "").strip() else None
        said = request.form.get("words", "").strip()[:500]
        takes = verb == "take"
        links.answer_offer(session, site().settings, token, takes=takes, openings=openings, words=said)
        return SAID[verb]
    words, file = request.form.get("list", ""), request.files.get("file")
    if file is not None and file.filename:
        words = _text_of(file.stream.read(MOST_BYTES + 1))
    consent = request.form.get("consent", "")
    taken = links.answer_call(session, site().settings, token, words, consent, nobody=verb == "nobody")
    if verb == "nobody":
        return "Thank you: noted, nobody this time."
    people = f"{len(taken.new) or 'no'} new {'person' if len(taken.new) == 1 else 'people'} noted."
    again = f" {taken.again} had been sent before." if taken.again else ""
    return f"Thank you: {people}{again} Please look over them below."


def _text_of(content: bytes) -> str:
    """A text file's words. Raises ValueError for a file of another kind, or one that is too large."""
    if len(content) > MOST_BYTES:
        raise ValueError("That list is too large: 100 kB at most. Send it as a reply to the letter instead.")
    if b"\x00" in content[:2000] or content[:2] == b"PK" or content[:4] == b"%PDF":
        raise ValueError("Here a list is a CSV or text file. Send Excel, Word or PDF as a reply to the letter.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
