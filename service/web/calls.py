"""Talent calls: the list, a new one with a preview of its letters, and one call with everything that came back."""

import re
from datetime import date

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from service import calls, letters, suggestions, visibility
from service.models import CallAsk, Need, Organisation, TalentCall, utcnow
from service.queries import calls as query
from service.queries.openings import openings
from service.queries.referral import covers
from service.web.site import WrongInput, back, day, done, on_own, page_number, reading, site, viewer, writing
from service.workdays import to_working_day

blueprint = Blueprint("calls", __name__)
DAYS = 7


@blueprint.get("/calls")
def listing() -> ResponseReturnValue:
    show = request.args.get("show", "open")
    if show not in query.SHOWS:
        abort(404)
    with reading() as session:
        rows = query.listing(session, viewer(), show, query.PAGE + 1, (page_number() - 1) * query.PAGE)
        return render_template(
            "web/calls.html",
            rows=rows[: query.PAGE],
            more=len(rows) > query.PAGE,
            page=page_number(),
            show=show,
            shows=query.SHOWS,
            has_delegates=query.has_delegates(session, viewer()),
        )


@blueprint.get("/openings")
def openings_offered() -> ResponseReturnValue:
    """For a parent and the hub: openings that delegates offered to others, taken and filled. Nobody's people."""
    with reading() as session:
        return render_template("web/openings.html", rows=query.offered_below(session, viewer()))


@blueprint.get("/calls/<int:call_id>")
def call(call_id: int) -> ResponseReturnValue:
    with reading() as session:
        found = query.opened(session, viewer(), call_id)
        referral_id = found.need.referral_id
        return render_template(
            "web/call.html",
            opened=found,
            call=found.call,
            need=found.need,
            referral=found.need.referral,
            cover=covers(session, viewer(), [referral_id])[referral_id],
        )


def _need(session: Session, need_id: int) -> Need:
    """The need, if this person may call for it. Raises NotVisible, WrongInput."""
    found = visibility.get(session, viewer(), Need, need_id)
    if not query.may_call(viewer(), found):
        raise WrongInput("Only the organisations that refer or receive may call for people.")
    return found


@blueprint.get("/calls/needs/<int:need_id>/new")
def new(need_id: int) -> ResponseReturnValue:
    """Partners to choose from, the suggested ones chosen, and the words of the letter to edit; with ?offer= the opening
    itself is offered, and the delegates beside one's own are chosen."""
    offers = bool(request.args.get("offer"))
    with reading() as session:
        need = _need(session, need_id)
        organisation = session.get(Organisation, viewer().organisation_id or 0)
        name = organisation.name if organisation else ""
        draft = calls.draft(session, need, DAYS, viewer().name, name, offers_opening=offers)
        offered = _offered(session, need, offers=offers)
        wanted = set(request.args.getlist("ask"))
        beside = calls.delegates_beside(session, viewer().organisation_id)
        chosen = {
            one.organisation.id: one.recipient
            for one in offered
            if one.recipient
            and (str(one.organisation.id) in wanted if wanted else one.organisation.id in beside if offers else one.why)
        }
        return _form(session, need, offered, chosen, draft)


def _offered(session: Session, need: Need, *, offers: bool) -> list[calls.Askable]:
    """Whom a call may go to; for an opening that is offered, delegates beside one's own come first."""
    found = calls.askable(session, need)
    beside = calls.delegates_beside(session, viewer().organisation_id) if offers else set()
    return sorted(found, key=lambda one: one.organisation.id not in beside)


def _form(
    session: Session,
    need: Need,
    offered: list[calls.Askable],
    chosen: dict[int, str],
    draft: calls.Draft,
    preview: letters.Rendered | None = None,
    introduction: suggestions.IntroductionDraft | None = None,
) -> ResponseReturnValue:
    return render_template(
        "web/call_new.html",
        need=need,
        referral=need.referral,
        offered=offered,
        chosen=chosen,
        draft=draft,
        preview=preview,
        introduction=introduction,
        openings=openings(session, [need])[need.id],
        cover=covers(session, viewer(), [need.referral_id])[need.referral_id],
    )


@blueprint.post("/calls/needs/<int:need_id>/preview")
def preview(need_id: int) -> ResponseReturnValue:
    """The letter as it would go, with everybody who would get it. Nothing is written."""
    with reading() as session:
        need = _need(session, need_id)
        draft = _typed()
        calls.check(need, draft, site().settings.zone)
        offered = _offered(session, need, offers=draft.offers_opening)
        as_call = TalentCall(
            need=need,
            subject=draft.subject,
            words=draft.words,
            offers_opening=draft.offers_opening,
            deadline=calls.end_of(draft.deadline, site().settings.zone),
            asks=[CallAsk(recipient=address) for address in draft.recipients.values()],
        )
        rendered = letters.call_preview(session, as_call)
        first = next((one.organisation for one in offered if one.organisation.id in draft.recipients), None)
        introduction = _introduction(session, need, first) if draft.offers_opening and first else None
        return _form(session, need, offered, dict(draft.recipients), draft, rendered, introduction)


def _introduction(session: Session, need: Need, partner: Organisation) -> suggestions.IntroductionDraft:
    """What goes out with the first yes, as it would to this partner."""
    return suggestions.introduction_of(session, need, partner, "", viewer().name, viewer().email, openings=None)


@blueprint.post("/calls/needs/<int:need_id>")
def send(need_id: int) -> ResponseReturnValue:
    """The letters go into the outbox, where each can still be held."""
    with writing() as session:
        _need(session, need_id)
        draft, who = _typed(), viewer()
        opened = calls.open_call(session, need_id, draft, who.label, name=who.name, organisation_id=who.organisation_id)
        call_id, count = opened.id, len(opened.asks)
    done(f"{count} letter{'' if count == 1 else 's'} {'is' if count == 1 else 'are'} in the outbox.")
    return back(url_for("calls.call", call_id=call_id))


def _typed() -> calls.Draft:
    """The call as the person left it. Raises WrongInput naming the address that is none."""
    recipients = {}
    for number in request.form.getlist("ask"):
        if not number.isdecimal() or len(number) > 9:
            continue
        address = request.form.get(f"to-{number}", "").strip().lower()
        if not re.fullmatch(r"[^@\s,;<>]{1,64}@[^@\s,;<>]{1,200}", address):
            raise WrongInput(
                f"“{address}” is no e-mail address." if address else "A partner that is asked needs an address."
            )
        recipients[int(number)] = address
    deadline = day(request.form.get("deadline", ""), "the deadline")
    if deadline is None:
        raise WrongInput("A call needs a deadline.")
    words = request.form.get("words", "").replace("\r\n", "\n")
    named, offers = bool(request.form.get("names_employer")), bool(request.form.get("offers"))
    return calls.Draft(request.form.get("subject", ""), words, deadline, recipients, named, offers)


def _mine(session: Session, call_id: int) -> TalentCall:
    """The call, if this person may change it. Raises NotVisible, WrongInput."""
    found = visibility.get(session, viewer(), TalentCall, call_id)
    visibility.get(session, viewer(), Need, found.need_id)
    _need(session, found.need_id)
    return found


@blueprint.post("/calls/<int:call_id>/close")
@on_own(_mine, "call_id", "calls.call", undo="calls.reopen")
def close(session: Session, call: TalentCall) -> str:
    calls.close(session, call.id, viewer().label)
    return "The call is closed."


@blueprint.post("/calls/<int:call_id>/reopen")
@on_own(_mine, "call_id", "calls.call")
def reopen(session: Session, call: TalentCall) -> str:
    calls.reopen(session, call.id, viewer().label)
    return "The call is open again."


@blueprint.post("/calls/<int:call_id>/extend")
@on_own(_mine, "call_id", "calls.call")
def extend(session: Session, call: TalentCall) -> str:
    calls.extend(session, call.id, _deadline(), viewer().label)
    return "The new deadline holds; who has not answered is reminded in time."


def _deadline() -> date:
    found = day(request.form.get("deadline", ""), "the deadline")
    return found or to_working_day(utcnow().astimezone(site().settings.zone).date())
