"""Partner suggestions: ranked cards with reasons; accepting opens the introduction as a draft to edit."""

import re
from collections.abc import Sequence
from email.utils import getaddresses
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session, selectinload

from mail.letter import BadLetter, Letter
from mail.values import Address
from service import calls, outbox, ranking, suggestions, visibility
from service.letters import SUBJECT_TAG
from service.models import Need, Organisation, OutboundLetter, Referral, Suggestion
from service.openings import only_open, unasked, waits
from service.queries import fits
from service.queries.calls import may_call
from service.queries.referral import covers
from service.web.files import download
from service.web.site import WrongInput, back, done, in_a_sentence, reading, site, viewer, writing
from terms.statuses import DeclineReason

blueprint = Blueprint("suggestions", __name__)


@blueprint.get("/suggestions")
def listing() -> ResponseReturnValue:
    """Open needs that wait for a partner, oldest first."""
    with reading() as session:
        waiting = only_open(visibility.needs(viewer())).where(Referral.status != "expired")
        whole = selectinload(Need.referral).selectinload(Referral.employer)
        needs = session.scalars(waiting.options(whole).limit(50)).all()
        shown = _of(session, [need.id for need in needs])
        return render_template("web/suggestions.html", needs=[(need, shown.get(need.id, [])) for need in needs])


def _of(session: Session, need_ids: Sequence[int]) -> dict[int, list[Suggestion]]:
    """By need what was suggested and still is, or was answered; best first."""
    rows = visibility.suggestions(viewer()).where(Suggestion.need_id.in_(need_ids), Suggestion.state != "gone")
    partner = selectinload(Suggestion.organisation).selectinload(Organisation.services)
    found: dict[int, list[Suggestion]] = {}
    for row in session.scalars(rows.options(partner).order_by(Suggestion.rank)):
        found.setdefault(row.need_id, []).append(row)
    return found


@blueprint.get("/suggestions/needs/<int:need_id>")
def need(need_id: int) -> ResponseReturnValue:
    with reading() as session:
        found = visibility.get(session, viewer(), Need, need_id)
        shown = _of(session, [need_id]).get(need_id, [])
        offered = [one for one in shown if one.state == "offered"] if waits(found) else []
        screened = ranking.screens(session, found)
        return render_template(
            "web/suggestions_need.html",
            need=found,
            referral=found.referral,
            open_now=unasked(found),
            offered=offered,
            screens=screened,
            standings=ranking.standings(session, found, offered),
            shares=ranking.shares(found, offered),
            answered=[one for one in shown if one.state in ("accepted", "declined")],
            reasons=list(DeclineReason),
            people=fits.candidates_for(session, viewer(), found),
            may_call=may_call(viewer(), found),
            may_offer=bool(calls.delegates_beside(session, viewer().organisation_id)),
            cover=covers(session, viewer(), [found.referral_id])[found.referral_id],
        )


@blueprint.get("/suggestions/needs/<int:need_id>/others")
def others(need_id: int) -> ResponseReturnValue:
    """Why the other partners of the directory aren't suggested: who ranks lower, and who is behind a wall."""
    with reading() as session:
        found = visibility.get(session, viewer(), Need, need_id)
        return render_template("web/suggestions_others.html", need=found, others=ranking.not_suggested(session, found))


@blueprint.post("/suggestions/needs/<int:need_id>/refresh")
def refresh(need_id: int) -> ResponseReturnValue:
    with writing() as session:
        visibility.get(session, viewer(), Need, need_id)
        found = suggestions.refresh(session, need_id)
    done(f"Ranked anew: {len(found)} suggestion{'' if len(found) == 1 else 's'}.")
    return back(url_for("suggestions.need", need_id=need_id))


def _mine(session: Session, suggestion_id: int) -> Suggestion:
    """A suggestion for a need that one sees; a partner that is suggested only looks. Raises NotVisible."""
    found = visibility.get(session, viewer(), Suggestion, suggestion_id)
    visibility.get(session, viewer(), Need, found.need_id)
    return found


@blueprint.get("/suggestions/<int:suggestion_id>/introduction")
def introduction(suggestion_id: int) -> ResponseReturnValue:
    """The three-way introduction as a draft: who will get it, and every word of it, to edit."""
    with reading() as session:
        found = _mine(session, suggestion_id)
        openings = _openings(request.args.get("openings", ""))
        draft = suggestions.draft_introduction(session, suggestion_id, viewer().name, viewer().email, openings=openings)
        employer = found.need.referral.employer
        return render_template(
            "web/introduction.html",
            suggestion=found,
            need=found.need,
            openings=openings,
            open_now=unasked(found.need),
            draft=draft,
            mailto=_mailto(draft, found.need.referral),
            partner_on_it=bool(outbox.recipient_of(session, found.need.referral, found.organisation_id)),
            employer_on_it=bool(employer) and any(contact.email in draft.to for contact in employer.contacts),
        )


def _openings(value: str) -> int | None:
    """How many of the openings a partner is asked for, None for all of them. Raises WrongInput."""
    if not value.strip():
        return None
    if not value.strip().isdecimal() or len(value.strip()) > 5 or not int(value):
        raise WrongInput("Openings take a whole number, or nothing for all of them.")
    return int(value)


MAIL_LINK = 1800
"""Characters that every mail program takes in a mailto: address; some cut it at 2,000."""


def _mailto(draft: suggestions.IntroductionDraft, referral: Referral) -> str:
    """The draft in one's own mail program, the tracker in Cc; "" where it is too long for that."""
    fields = {"cc": ",".join(draft.cc), "subject": _tagged(draft.subject, referral), "body": draft.text}
    query = "&".join(f"{name}={quote(value)}" for name, value in fields.items() if value)
    link = f"mailto:{quote(','.join(draft.to), safe='@,')}?{query}"
    return link if len(link) <= MAIL_LINK else ""


def _tagged(subject: str, referral: Referral) -> str:
    """With the referral's number, by which what is sent from elsewhere becomes the answer to the suggestion."""
    return subject if SUBJECT_TAG.search(subject) else f"{subject} [L-{referral.id}]"


def _typed() -> suggestions.IntroductionDraft:
    """The draft as the person left it. Raises WrongInput naming the address that is none."""
    people = {name: _addresses(request.form.get(name, "")) for name in ("to", "cc")}
    text = request.form.get("text", "").replace("\r\n", "\n").strip()
    subject = " ".join(request.form.get("subject", "").split())
    if not people["to"]:
        raise WrongInput("An introduction needs somebody to go to.")
    if not text or not subject:
        raise WrongInput("An introduction needs a subject and some words.")
    return suggestions.IntroductionDraft(people["to"], people["cc"], subject[:300], text[:20_000])


def _addresses(value: str) -> list[str]:
    found = [address.lower() for _, address in getaddresses([value.replace(";", ",").replace("\n", ",")])]
    for address in filter(None, found):
        if not re.fullmatch(r"[^@\s,<>]{1,64}@[^@\s,<>]{1,200}", address):
            raise WrongInput(f"“{address}” is no e-mail address.")
    if len(found) > 20:
        raise WrongInput("An introduction goes to twenty people at most.")
    return list(dict.fromkeys(filter(None, found)))


def _accept(session: Session, suggestion_id: int, draft: suggestions.IntroductionDraft) -> OutboundLetter:
    who, openings = viewer(), _openings(request.form.get("openings", ""))
    with in_a_sentence():
        return suggestions.accept(
            session, suggestion_id, draft, who.label, name=who.name, email=who.email, openings=openings
        )


@blueprint.post("/suggestions/<int:suggestion_id>/accept")
def accept(suggestion_id: int) -> ResponseReturnValue:
    """Send it from here: it goes into the outbox, where it can still be held."""
    return _accepted(suggestion_id, "The introduction to {} is in the outbox.", by_hand=False)


@blueprint.post("/suggestions/<int:suggestion_id>/own-mail")
def own_mail(suggestion_id: int) -> ResponseReturnValue:
    """The person sends it from their own mail program: nothing goes into the outbox, the partner is a party."""
    return _accepted(suggestion_id, "Noted: you introduce {} yourself. Keep the tracker in Cc.", by_hand=True)


def _accepted(suggestion_id: int, said: str, *, by_hand: bool) -> ResponseReturnValue:
    draft, who = _typed(), viewer()
    with writing() as session:
        found = _mine(session, suggestion_id)
        letter = _accept(session, suggestion_id, draft)
        if by_hand:
            outbox.cancel(session, letter.id, f"{who.label}, who sends it from their own mail program")
        referral_id, partner = letter.referral_id or found.need.referral_id, found.organisation.name
    done(said.format(partner))
    return back(url_for("referrals.referral", referral_id=referral_id))


@blueprint.post("/suggestions/<int:suggestion_id>/introduction.eml")
def as_file(suggestion_id: int) -> Response:
    """The draft as a file that a mail program opens for sending (X-Unsent is Outlook's word for it)."""
    draft = _typed()
    with reading() as session:
        subject = _tagged(draft.subject, _mine(session, suggestion_id).need.referral)
        message_id = outbox.new_message_id(site().settings)
    try:
        letter = Letter(
            to=tuple(Address("", address) for address in draft.to),
            cc=tuple(Address("", address) for address in draft.cc),
            subject=subject,
            text=draft.text,
            html="",
            message_id=message_id,
            from_=Address(viewer().name, viewer().email),
            automatic=False,
        )
        content = b"X-Unsent: 1\r\n" + letter.to_bytes()
    except BadLetter as error:
        raise WrongInput(str(error)) from error
    return download(content, "message/rfc822", f"introduction-{suggestion_id}.eml")


@blueprint.post("/suggestions/<int:suggestion_id>/decline")
def decline(suggestion_id: int) -> ResponseReturnValue:
    with writing() as session:
        found = _mine(session, suggestion_id)
        need_id = found.need_id
        words = request.form.get("words", "").strip()[:500]
        with in_a_sentence():
            suggestions.decline(session, suggestion_id, request.form.get("reason", ""), words, viewer().label)
    done("Noted; the next ones move up.")
    return back(url_for("suggestions.need", need_id=need_id))
