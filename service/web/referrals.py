"""Referrals: the list, and one referral with Change links, steps, history and its thread."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from service import candidacies, corrections, drafts, initiatives, referrals, renaming, requests, visibility
from service.models import Need, Organisation, Referral
from service.queries import calls as call_query
from service.queries import referral as query
from service.queries.openings import openings
from service.web.site import (
    WrongInput,
    answers,
    back,
    day,
    done,
    later,
    on_own,
    page_number,
    reading,
    viewer,
    whole_number,
    writing,
)
from terms.kinds import Pathway, Population
from terms.statuses import DeclineReason, Outcome, ReferralStatus

blueprint = Blueprint("referrals", __name__)
FIELDS = {
    "subject": "Subject",
    "employer.name": "Employer",
    "title": "Job title",
    "openings": "Openings",
    "wage": "Wage",
    "location": "Place",
    "start_on": "Start",
    "pathway": "Pathway",
    "shift": "Shift",
    "populations": "Populations",
    "industry": "Industry",
    "languages": "Languages",
    "requirements": "Requirements",
    "occupation": "Occupation",
    "receiving": "Who takes it",
    "need.add": "A further need",
}
HINTS = {
    "openings": "A number, or nothing when it isn't known.",
    "wage": "Such as 19.50, 19-22 an hour, or 46000 a year.",
    "requirements": "Several with a semicolon between them.",
    "occupation": "A code such as 53-7051, or a job title that has one.",
    "employer.name": "A name that is known already means that employer; another name makes a new record.",
}
ROLES = {
    "referring": "Referring",
    "receiving": "Receiving",
    "copied": "In copy",
    "support_services": "Support services",
    "education": "Education",
    "funding": "Funding",
}


@blueprint.get("/referrals")
def listing() -> ResponseReturnValue:
    show = request.args.get("show", "open")
    if show not in query.SHOWS:
        abort(404)
    words = request.args.get("q", "").strip()[:100]
    with reading() as session:
        found = query.listing(viewer(), show, words).limit(query.PAGE + 1).offset((page_number() - 1) * query.PAGE)
        rows = session.scalars(found).all()
        cover = query.covers(session, viewer(), [row.id for row in rows])
        return render_template(
            "web/referrals.html",
            rows=[(row, referrals.next_act(row), cover[row.id]) for row in rows[: query.PAGE]],
            more=len(rows) > query.PAGE,
            page=page_number(),
            show=show,
            shows=query.SHOWS,
            words=words,
        )


@blueprint.get("/referrals/<int:referral_id>")
def referral(referral_id: int) -> ResponseReturnValue:
    with reading() as session:
        opened = query.opened(session, viewer(), referral_id)
        return render_template(
            "web/referral.html",
            opened=opened,
            referral=opened.referral,
            cover=opened.cover,
            roles=ROLES,
            reasons=list(DeclineReason),
            outcomes=[outcome for outcome in Outcome if outcome is not Outcome.DUPLICATE_OF],
            originals=query.possible_originals(session, viewer(), opened.referral),
            openings=openings(session, opened.referral.needs),
            marks=initiatives.marks(session, referral_id),
            initiatives=initiatives.listing(session),
            calls=call_query.of_need(session, viewer(), [need.id for need in opened.referral.needs]),
            may_step=lambda one: candidacies.may_change(viewer(), one, opened.referral),
        )


def _own(session: Session, referral_id: int) -> Referral:
    """The referral, if this person may change it: not one that is only in copy. Raises NotVisible, WrongInput."""
    found = visibility.get(session, viewer(), Referral, referral_id)
    if not viewer().is_hub and not query.parts(viewer(), found) & {"referring", "receiving"}:
        raise WrongInput("Only the organisations that refer or receive may change this referral.")
    return found


@blueprint.post("/referrals/<int:referral_id>/step")
@on_own(_own, "referral_id", "referrals.referral")
def step(session: Session, found: Referral) -> str:
    status = request.form.get("status", "")
    if status not in query.steps(viewer(), found):
        raise WrongInput("That step can't be taken from here.")
    referrals.step(
        session,
        found.id,
        status,
        viewer().label,
        organisation_id=_answers_for(found, status),
        reason=request.form.get("reason", ""),
        words=request.form.get("words", "").strip()[:2000],
        outcome=request.form.get("outcome", ""),
        resume_on=day(request.form.get("resume_on", ""), "the date"),
    )
    requests.look(session, found, viewer().label)
    return f"Referral {found.id}: {status.replace('_', ' ')}."


def _answers_for(found: Referral, status: str) -> int | None:
    """Which receiving organisation an answer is from; None: all of them."""
    if status not in query.ANSWERS:
        return None
    mine = query.answering(viewer(), found)
    chosen = request.form.get("organisation", "")
    if chosen.isdecimal() and int(chosen) in {party.organisation_id for party in mine}:
        return int(chosen)
    return None if viewer().is_hub else mine[0].organisation_id


def _field(session: Session, found: Referral, field: str) -> tuple[str, str, str]:
    """The kind of a field, its name for the page and its present value. Raises NotVisible."""
    name, _, rest = field.partition(":")
    if name == "party.add" and rest in ROLES:
        return "party", f"{ROLES[rest]} organisation", ""
    if field == "subject":
        return "subject", FIELDS[field], found.subject
    if field == "employer.name":
        return field, FIELDS[field], found.employer.name if found.employer else ""
    if field == "need.add":
        return field, FIELDS[field], ""
    number, _, column = rest.partition(".")
    if name in {"contact", "candidate"}:
        return _person(session, found, name, number, column)
    need = next((need for need in found.needs if name == "need" and str(need.id) == number), None)
    if need is None or column not in FIELDS:
        raise visibility.NotVisible("There is no such field.")
    value = _said_of(need, column)
    shown = "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return column, f"{FIELDS[column]} of need {found.needs.index(need) + 1}", shown


def _said_of(need: Need, column: str) -> Any:
    """In the form in which it may be typed."""
    if column == "receiving":
        return need.receiving.name if need.receiving else ""
    if column == "occupation":
        return need.occupation_code
    return _wage(need) if column == "wage" else getattr(need, column)


def _person(session: Session, found: Referral, name: str, number: str, column: str) -> tuple[str, str, str]:
    """A name or position that may be put right by whoever may read it. Raises NotVisible."""
    contact = renaming.contact_of(found, number) if name == "contact" and column in ("name", "title") else None
    if contact is not None and visibility.knows_employer(session, viewer(), contact.employer_id):
        return "person", "Name" if column == "name" else f"Position of {contact.name}", getattr(contact, column)
    candidate = renaming.candidate_of(session, found, number) if name == "candidate" and column == "name" else None
    if candidate is not None and visibility.may_see_details(viewer(), candidate):
        return "person", "Name", candidate.name
    raise visibility.NotVisible("There is no such field.")


def _wage(need: Need) -> str:
    """In the form in which a wage may be typed."""
    if need.wage_min is None:
        return ""
    span = f"{need.wage_min:g}" if need.wage_max in (None, need.wage_min) else f"{need.wage_min:g}-{need.wage_max:g}"
    return f"{span} a {need.wage_unit or 'hour'}"


@blueprint.get("/referrals/<int:referral_id>/change/<field>")
def change_form(referral_id: int, field: str) -> ResponseReturnValue:
    with reading() as session:
        found = _own(session, referral_id)
        kind, name, value = _field(session, found, field)
        names = session.scalars(select(Organisation.name).order_by(Organisation.name)).all() if kind == "party" else []
        names = found.party_names("receiving") if kind == "receiving" else names
        cover = query.covers(session, viewer(), [referral_id])[referral_id]
        return render_template(
            "web/change.html",
            referral=found,
            field=field,
            kind=kind,
            name=name,
            value=cover(value),
            hint=HINTS.get(kind, ""),
            names=names,
            pathways=list(Pathway),
            populations=list(Population),
        )


def _may_remove(found: Referral, field: str) -> None:
    """Who has answered is taken off by itself or by the hub: its row is what lets it see the referral."""
    number = field.removeprefix("party.remove:")
    row = next((party for party in found.parties if field != number and str(party.id) == number), None)
    if row and row.answer and not viewer().is_hub and row.organisation_id != viewer().organisation_id:
        raise WrongInput(f"{row.organisation.name} has answered; only they or the hub can take them off.")


@blueprint.post("/referrals/<int:referral_id>/change/<field>")
def change(referral_id: int, field: str) -> ResponseReturnValue:
    value = ", ".join(request.form.getlist("value")).strip()[:2000]
    with writing() as session:
        found = _own(session, referral_id)
        _may_remove(found, field)
        if field.startswith(("contact:", "candidate:")):
            _field(session, found, field)
        corrections.change(session, referral_id, field, value, viewer().label)
        requests.look(session, found, viewer().label)
        session.flush()
        still = viewer().is_hub or bool(query.parts(viewer(), found))
    done("Changed.")
    return back(url_for("referrals.referral", referral_id=referral_id) if still else url_for("referrals.listing"))


@blueprint.post("/referrals/<int:referral_id>/confirm")
def confirm(referral_id: int) -> ResponseReturnValue:
    """A draft counts from now on; questions of a referral that counts already are answered."""
    with writing() as session:
        _own(session, referral_id)
        counts = drafts.settle(session, referral_id, viewer().label, answers())
    if counts:
        done(f"Referral {referral_id} counts now.", url_for("referrals.undo_confirm", referral_id=referral_id))
    else:
        done("Answered.")
    return back(url_for("referrals.referral", referral_id=referral_id))


@blueprint.post("/referrals/<int:referral_id>/undo-confirm")
@on_own(_own, "referral_id", "referrals.referral")
def undo_confirm(session: Session, found: Referral) -> str:
    drafts.undo_confirm(session, found.id, viewer().label)
    return "It is a draft again."


@blueprint.post("/referrals/<int:referral_id>/discard")
@on_own(_own, "referral_id", "referrals.referral", undo="referrals.restore")
def discard(session: Session, found: Referral) -> str:
    drafts.discard(session, found.id, request.form.get("reason", "").strip()[:200], viewer().label)
    return "Not a referral."


@blueprint.post("/referrals/<int:referral_id>/restore")
@on_own(_own, "referral_id", "referrals.referral")
def restore(session: Session, found: Referral) -> str:
    drafts.restore(session, found.id, viewer().label)
    return "It is a draft again."


@blueprint.post("/referrals/<int:referral_id>/duplicate")
@on_own(_own, "referral_id", "referrals.referral", undo="referrals.undo_duplicate")
def duplicate(session: Session, found: Referral) -> str:
    of_id = whole_number("referral")
    visibility.get(session, viewer(), Referral, of_id)
    referrals.mark_duplicate(session, found.id, of_id, viewer().label)
    return f"Duplicate of referral {of_id}."


@blueprint.post("/referrals/<int:referral_id>/undo-duplicate")
@on_own(_own, "referral_id", "referrals.referral")
def undo_duplicate(session: Session, found: Referral) -> str:
    referrals.undo_duplicate(session, found.id, viewer().label)
    return "The two are two again."


@blueprint.post("/referrals/<int:referral_id>/snooze")
@on_own(_own, "referral_id", "referrals.referral")
def snooze(session: Session, found: Referral) -> str:
    days = whole_number("days")
    if days > 366:
        raise WrongInput("Snooze for a year at most.")
    if found.status == ReferralStatus.DUPLICATE:
        raise WrongInput("A duplicate can't be snoozed; snooze the referral that it belongs to.")
    referrals.snooze(session, found.id, later(days), viewer().label)
    return f"Snoozed for {days} day{'s' if days > 1 else ''}."
