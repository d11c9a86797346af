"""Placements: who entered on which job, who has credit, what is confirmed, contested, verified."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, selectinload

from service import agreements, claims, placements, visibility
from service.models import Agreement, Credit, Placement, Referral, utcnow
from service.web.site import WrongInput, back, day, done, hub_only, in_a_sentence, page_number, reading, viewer, writing
from terms.statuses import PLACEMENT_STEPS, CreditState, PlacementStatus

blueprint = Blueprint("placements", __name__)
PAGE = 50
SHOWS = {
    "all": "All",
    "shared": "Shared",
    "reported": "Only reported",
    "unverified": "Not verified",
    "unsigned": "Without agreement",
    "contested": "Contested",
    "maybe": "Maybe one",
}
HUB_ONLY = frozenset({"maybe"})
SOURCES = ("employer", "payroll", "pay stub", "offer letter", "provider's attestation")
STARTED = ("started", "retained_30", "retained_90", "retained_180")


@blueprint.get("/placements")
def listing() -> ResponseReturnValue:
    show = request.args.get("show", "all")
    shows = {key: name for key, name in SHOWS.items() if viewer().is_hub or key not in HUB_ONLY}
    if show not in shows:
        abort(404)
    if show == "maybe":
        return _maybe_one(shows)
    with reading() as session:
        whole = (
            selectinload(Placement.credits).selectinload(Credit.organisation),
            *map(selectinload, (Placement.candidate, Placement.employer, Placement.need, Placement.agreement)),
        )
        found = visibility.placements(viewer()).options(*whole).order_by(Placement.id.desc())
        rows = session.scalars(_narrowed(found, show).limit(PAGE + 1).offset((page_number() - 1) * PAGE)).all()
        return render_template(
            "web/placements.html",
            placements=rows[:PAGE],
            is_shared=placements.is_shared,
            agreements=agreements.standings(session, rows[:PAGE]),
            more=len(rows) > PAGE,
            page=page_number(),
            show=show,
            shows=shows,
        )


def _maybe_one(shows: dict[str, str]) -> str:
    """Claims of two organisations that may be one placement with two credits."""
    with reading() as session:
        return render_template("web/placements_maybe.html", claims=claims.suggested(session, viewer()), shows=shows)


@blueprint.post("/placements/<int:placement_id>/one-with/<int:number>")
def one_with(placement_id: int, number: int) -> ResponseReturnValue:
    """A person's word that two claims are one placement."""
    hub_only()
    with writing() as session, in_a_sentence():
        note = request.form.get("note", "").strip()[:500]
        pair_id = claims.accept(session, viewer(), placement_id, number, note).id
    done("One placement, with credit to both.", url_for("review.reopen", pair_id=pair_id))
    return back(url_for("placements.placement", placement_id=placement_id))


def _narrowed(found: Select[Placement], show: str) -> Select[Placement]:
    credited = select(func.count(Credit.organisation_id.distinct())).where(Credit.placement_id == Placement.id)
    if show == "shared":
        return found.where(credited.scalar_subquery() > 1)
    if show == "reported":
        return found.where(Placement.status == PlacementStatus.HIRE_REPORTED)
    if show == "unverified":
        return found.where(Placement.status.in_(STARTED), Placement.verified_source == "")
    if show == "unsigned":
        return found.where(agreements.unsigned())
    if show == "contested":
        return found.where(exists().where(Credit.placement_id == Placement.id, Credit.state == CreditState.CONTESTED))
    return found


@blueprint.get("/placements/<int:placement_id>")
def placement(placement_id: int) -> ResponseReturnValue:
    with reading() as session:
        found = visibility.get(session, viewer(), Placement, placement_id)
        mine = visibility.referrals(viewer()).where(Referral.id == (found.referral_id or 0))
        return render_template(
            "web/placement.html",
            placement=found,
            referral=session.scalar(mine),
            is_shared=placements.is_shared(found),
            agreement=(standing := agreements.standings(session, [found]).get(found.id)),
            may_see_agreement=_may_see(session, standing),
            steps=[s for s in PlacementStatus if s in PLACEMENT_STEPS[PlacementStatus(found.status)]]
            if _may_change(found)
            else [],
            sources=SOURCES,
            today=utcnow().date(),
            may_answer=_may_answer,
        )


def _may_see(session: Session, standing: agreements.Standing | None) -> bool:
    """Whether the agreement's own page is for this person."""
    number = standing.agreement.id if standing and standing.agreement else 0
    return session.scalar(agreements.visible(viewer()).where(Agreement.id == number)) is not None


@blueprint.get("/placements/<int:placement_id>/agreement")
def agreement_form(placement_id: int) -> ResponseReturnValue:
    with reading() as session:
        found = _own(session, placement_id)
        return render_template(
            "web/placement_agreement.html", placement=found, agreements=agreements.candidates_for(session, found)
        )


@blueprint.post("/placements/<int:placement_id>/agreement")
def set_agreement(placement_id: int) -> ResponseReturnValue:
    """Chosen as "agreement:line", the line counted from 1; 0 for none in particular."""
    number, _, place = request.form.get("agreement", "").partition(":")
    with writing() as session:
        found = _own(session, placement_id)
        row = next((one for one in agreements.candidates_for(session, found) if str(one.id) == number), None)
        if number and row is None:
            raise WrongInput("Choose one of the agreements between those with credit.")
        lines = ["", *row.scope] if row else [""]
        line = lines[int(place)] if place.isdecimal() and len(place) < 4 and int(place) < len(lines) else ""
        agreements.place_under(session, found, row, line, viewer().label)
    done("Noted.")
    return back(url_for("placements.placement", placement_id=placement_id))


def _may_change(found: Placement) -> bool:
    """The hub, and organisations with credit."""
    return viewer().may_decide and (
        viewer().is_hub or any(credit.organisation_id == viewer().organisation_id for credit in found.credits)
    )


def _may_answer(credit: Credit) -> bool:
    """A claim is answered by the other organisations of the placement, or by the hub."""
    others = {c.organisation_id for c in credit.placement.credits} - {credit.organisation_id}
    return viewer().may_decide and (viewer().is_hub or viewer().organisation_id in others)


def _own(session: Session, placement_id: int) -> Placement:
    found = visibility.get(session, viewer(), Placement, placement_id)
    if not _may_change(found):
        raise WrongInput("Only the organisations with credit may change this placement.")
    return found


@blueprint.post("/placements/<int:placement_id>/step")
def step(placement_id: int) -> ResponseReturnValue:
    status = request.form.get("status", "")
    with writing() as session:
        _own(session, placement_id)
        if status not in set(PlacementStatus):
            raise WrongInput("Choose what happened.")
        on = day(request.form.get("on", ""), "the date")
        reason = request.form.get("reason", "").strip()[:500]
        placements.step(session, placement_id, status, viewer().label, on=on, reason=reason)
    done(f"Placement {placement_id}: {status.replace('_', ' ')}.")
    return back(url_for("placements.placement", placement_id=placement_id))


@blueprint.post("/placements/<int:placement_id>/verify")
def verify(placement_id: int) -> ResponseReturnValue:
    source = request.form.get("source", "")
    with writing() as session:
        _own(session, placement_id)
        on = day(request.form.get("on", ""), "the date")
        if source not in SOURCES or on is None:
            raise WrongInput("Say how it is known, and since when.")
        placements.verify(session, placement_id, source, on, viewer().label)
    done("Verified.")
    return back(url_for("placements.placement", placement_id=placement_id))


def _credit(session: Session, credit_id: int) -> Credit:
    credit = session.get(Credit, credit_id)
    if credit is None:
        raise visibility.NotVisible("There is no such credit.")
    visibility.get(session, viewer(), Placement, credit.placement_id)
    if not _may_answer(credit):
        raise WrongInput("A claim is answered by another organisation of the placement, or by the hub.")
    return credit


@blueprint.post("/credits/<int:credit_id>/confirm")
def confirm(credit_id: int) -> ResponseReturnValue:
    with writing() as session:
        placement_id = _credit(session, credit_id).placement_id
        placements.confirm_credit(session, credit_id, viewer().label)
    done("Credit confirmed.")
    return back(url_for("placements.placement", placement_id=placement_id))


@blueprint.post("/credits/<int:credit_id>/contest")
def contest(credit_id: int) -> ResponseReturnValue:
    note = request.form.get("note", "").strip()[:500]
    with writing() as session:
        placement_id = _credit(session, credit_id).placement_id
        if not note:
            raise WrongInput("Say why, in a sentence.")
        placements.contest_credit(session, credit_id, note, viewer().label)
    done("Contested; the hub settles it.")
    return back(url_for("placements.placement", placement_id=placement_id))


@blueprint.post("/credits/<int:credit_id>/settle")
def settle(credit_id: int) -> ResponseReturnValue:
    hub_only()
    note = request.form.get("note", "").strip()[:500]
    with writing() as session:
        placement_id = _credit(session, credit_id).placement_id
        with in_a_sentence():
            placements.settle_credit(session, credit_id, request.form.get("keep") == "yes", note, viewer().label)
    done("Settled.")
    return back(url_for("placements.placement", placement_id=placement_id))
