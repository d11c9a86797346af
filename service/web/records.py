"""Employers and candidates: lists and pages, with their merge history."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from service import consent as consents
from service import editing, identities, visibility
from service.models import (
    Candidate,
    Employer,
    InboundMessage,
    Merge,
    Organisation,
    Placement,
    Referral,
    Submission,
    utcnow,
)
from service.queries import fits
from service.queries.in_touch import ACTIVE_DAYS, notices
from service.web.record_changes import may_change
from service.web.site import (
    WrongInput,
    back,
    day,
    done,
    in_a_sentence,
    later,
    page_number,
    reading,
    viewer,
    whole_number,
    writing,
)
from terms.statuses import ConsentState

blueprint = Blueprint("records", __name__)
PAGE = 100


@blueprint.get("/employers")
def employers() -> ResponseReturnValue:
    words = request.args.get("q", "").strip()[:100].lower()
    with reading() as session:
        found = visibility.employers(viewer())
        if words:
            named = func.lower(Employer.name).like(f"%{words}%")
            placed = func.lower(Employer.city).like(f"%{words}%")
            found = found.where(or_(named, placed) if viewer().is_hub else named)
        rows = session.scalars(
            found.order_by(func.lower(Employer.name)).limit(PAGE + 1).offset((page_number() - 1) * PAGE)
        ).all()
        counted = session.execute(
            visibility.referrals(viewer())
            .where(
                Referral.employer_id.in_([row.id for row in rows]), Referral.status.not_in(("discarded", "duplicate"))
            )
            .with_only_columns(Referral.employer_id, func.count())
            .group_by(Referral.employer_id)
        ).all()
        return render_template(
            "web/employers.html",
            employers=rows[:PAGE],
            counts=dict(counted),
            more=len(rows) > PAGE,
            page=page_number(),
            words=words,
        )


@blueprint.get("/employers/<int:employer_id>")
def employer(employer_id: int) -> ResponseReturnValue:
    with reading() as session:
        known = session.get(Employer, employer_id)
        standing = identities.standing_for(session, known) if known else None
        found = visibility.get(session, viewer(), Employer, standing.id if standing else employer_id)
        on = (
            visibility.referrals(viewer())
            .where(Referral.employer_id == found.id)
            .order_by(Referral.id.desc())
            .limit(50)
        )
        placed = visibility.placements(viewer()).where(Placement.employer_id == found.id).limit(50)
        return render_template(
            "web/employer.html",
            employer=found,
            contacts_open=visibility.knows_employer(session, viewer(), found.id),
            in_touch=notices(session, found.id, utcnow() - timedelta(days=ACTIVE_DAYS), _own_organisation()),
            tie=editing.tie_of(session, found.id, viewer().organisation_id),
            parent=session.get(Employer, found.parent_id) if found.parent_id else None,
            sites=session.scalars(select(Employer).where(Employer.parent_id == found.id).order_by(Employer.name)).all(),
            referrals=session.scalars(on).all(),
            placements=session.scalars(placed).all(),
            merges=_merges(session, "employer", found.id) if viewer().is_hub else [],
            **_edited(session, found),
            first_mail=_first_mail(session, found.first_message_id),
        )


def _edited(session: Session, record: Employer | Candidate) -> dict[str, Any]:
    """What a page of a record needs to show its fields, who set which by hand, and links to change them."""
    changeable = may_change(session, record)
    return {
        "fields": editing.fields_of(record),
        "typed": editing.in_words,
        "may_change": changeable,
        "changes": editing.history(session, record) if changeable else [],
    }


def _own_organisation() -> set[int]:
    own = viewer().organisation_id
    return set() if own is None else {own}


@blueprint.post("/employers/<int:employer_id>/tie")
def tie(employer_id: int) -> ResponseReturnValue:
    """Who leads the relationship for one's organisation, or no notice of others for a while."""
    with writing() as session:
        found = visibility.get(session, viewer(), Employer, employer_id)
        if not visibility.knows_employer(session, viewer(), found.id):
            raise visibility.NotVisible("There is no such employer.")
        organisation_id = viewer().organisation_id
        if organisation_id is None:
            raise WrongInput("Only an organisation has a relationship with an employer.")
        if "days" in request.form:
            until = later(whole_number("days", least=0)).date() if request.form["days"] != "0" else None
            editing.set_tie(session, found.id, organisation_id, until=until)
        else:
            editing.set_tie(session, found.id, organisation_id, lead=request.form.get("lead", "").strip()[:200])
    done("Recorded.")
    return back(url_for("records.employer", employer_id=employer_id))


@blueprint.post("/employers/<int:employer_id>/parent")
def parent(employer_id: int) -> ResponseReturnValue:
    """Whose site this is, by its name or number; nothing takes that back."""
    with writing() as session:
        found = visibility.get(session, viewer(), Employer, employer_id)
        if not visibility.knows_employer(session, viewer(), found.id):
            raise visibility.NotVisible("There is no such employer.")
        above = _called(session, request.form.get("parent", "").strip()[:300])
        with in_a_sentence():
            editing.set_parent(session, found, above, viewer().label)
    done("Recorded.")
    return back(url_for("records.employer", employer_id=employer_id))


def _called(session: Session, words: str) -> Employer | None:
    """The one employer of that number or name; None without words. Raises WrongInput, NotVisible."""
    if not words:
        return None
    if words.isdecimal() and len(words) < 10:
        return visibility.get(session, viewer(), Employer, int(words))
    named = visibility.employers(viewer()).where(func.lower(Employer.name) == words.lower())
    found = session.scalars(named.order_by(Employer.id).limit(6)).all()
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(str(one.id) for one in found)
        raise WrongInput(f"Several employers are called {words}; say which by its number: {numbers}.")
    raise WrongInput(f"No employer is called {words}.")


def _first_mail(session: Session, message_id: int | None) -> InboundMessage | None:
    return session.scalar(visibility.messages(viewer()).where(InboundMessage.id == (message_id or 0)))


@blueprint.get("/candidates")
def candidates() -> ResponseReturnValue:
    """Newest first: an order by name would tell the names that are hidden."""
    with reading() as session:
        found = visibility.candidates(viewer()).where(Candidate.erased_at.is_(None)).order_by(Candidate.id.desc())
        rows = session.scalars(found.limit(PAGE + 1).offset((page_number() - 1) * PAGE)).all()
        return render_template(
            "web/candidates.html",
            candidates=rows[:PAGE],
            organisations={o.id: o for o in session.scalars(select(Organisation))},
            more=len(rows) > PAGE,
            page=page_number(),
        )


@blueprint.get("/candidates/<int:candidate_id>")
def candidate(candidate_id: int) -> ResponseReturnValue:
    with reading() as session:
        found = _candidate(session, candidate_id)
        known = visibility.known_to(viewer(), found)
        mine = set(session.scalars(visibility.referrals(viewer()).with_only_columns(Referral.id)))
        own = viewer().organisation_id is not None and known.organisation_id == viewer().organisation_id
        submissions = visibility.submissions(viewer()).where(Submission.candidate_id.in_({found.id, known.id}))
        return render_template(
            "web/candidate.html",
            person=known,
            may_record=viewer().may_decide
            and known.erased_at is None
            and (own or (known.organisation_id is None and viewer().is_hub)),
            states=list(ConsentState),
            organisation=session.get(Organisation, known.organisation_id) if known.organisation_id else None,
            submissions=session.scalars(submissions.order_by(Submission.id.desc())).all(),
            seen=mine,
            fitting=fits.needs_for(session, viewer(), known),
            placements=session.scalars(visibility.placements(viewer()).where(Placement.candidate_id == found.id)).all(),
            merges=_merges(session, "candidate", found.id) if viewer().is_hub or own else [],
            **_edited(session, known),
            first_mail=_first_mail(session, known.first_message_id),
        )


def _candidate(session: Session, candidate_id: int) -> Candidate:
    """The record that stands for this one, if one may see it. Raises NotVisible."""
    known = session.get(Candidate, candidate_id)
    standing = identities.standing_for(session, known) if known else None
    return visibility.get(session, viewer(), Candidate, standing.id if standing else candidate_id)


def _merges(session: Session, kind: str, record_id: int) -> Sequence[Merge]:
    return session.scalars(select(Merge).where(Merge.kind == kind, Merge.kept_id == record_id).order_by(Merge.id)).all()


@blueprint.post("/candidates/<int:candidate_id>/consent")
def consent(candidate_id: int) -> ResponseReturnValue:
    """By the candidate's own organisation; by the hub only where no organisation is known."""
    with writing() as session:
        found = visibility.known_to(viewer(), _candidate(session, candidate_id))
        unowned = found.organisation_id is None and viewer().is_hub
        if not unowned and (found.organisation_id is None or found.organisation_id != viewer().organisation_id):
            raise visibility.NotVisible("There is no such page.")
        consents.record(
            session,
            found.id,
            request.form.get("state", ""),
            viewer().label,
            on=day(request.form.get("on", ""), "the day of consent"),
            until=day(request.form.get("until", ""), "the end of consent"),
            scope=request.form.get("scope", "").strip()[:200],
        )
    done("Recorded.")
    return back(url_for("records.candidate", candidate_id=candidate_id))
