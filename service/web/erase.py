"""Erasing a person: what would go is shown first; then, with a reason, it goes."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service import erasing, identities, tombstones, visibility
from service.models import Candidate, EmployerContact, Placement, Submission
from service.web.site import back, done, hub_only, in_a_sentence, reading, site, viewer, writing

blueprint = Blueprint("erase", __name__)


@dataclass(frozen=True, slots=True)
class Going:
    """What hangs on the records that would be emptied."""

    records: int
    submissions: int
    placements: int


def _candidate(session: Session, candidate_id: int) -> Candidate:
    """One's own organisation's, or any to the hub; not one that is erased already. Raises NotVisible."""
    known = session.get(Candidate, candidate_id)
    if known is None:
        raise visibility.NotVisible("There is no such candidate.")
    standing = visibility.get(session, viewer(), Candidate, identities.standing_for(session, known).id)
    found = visibility.known_to(viewer(), standing)
    own = viewer().organisation_id is not None and found.organisation_id == viewer().organisation_id
    if not viewer().may_decide or not (own or viewer().is_hub) or found.erased_at is not None:
        raise visibility.NotVisible("There is no such candidate.")
    return found


def _going(session: Session, records: list[Candidate]) -> Going:
    ids = [record.id for record in records]
    on = select(func.count()).select_from(Submission).where(Submission.candidate_id.in_(ids))
    placed = select(func.count()).select_from(Placement).where(Placement.candidate_id.in_(ids))
    return Going(len(records), session.scalar(on) or 0, session.scalar(placed) or 0)


@blueprint.get("/candidates/<int:candidate_id>/erase")
def candidate(candidate_id: int) -> ResponseReturnValue:
    with reading() as session:
        found = _candidate(session, candidate_id)
        return render_template(
            "web/erase.html",
            person=found,
            here=_going(session, erasing.records_of(session, found, everywhere=False)),
            everywhere=_going(session, erasing.records_of(session, found, everywhere=True))
            if viewer().is_hub
            else None,
            contact=None,
        )


@blueprint.post("/candidates/<int:candidate_id>/erase")
def erase_candidate(candidate_id: int) -> ResponseReturnValue:
    everywhere = viewer().is_hub and request.form.get("where") != "here"
    with writing() as session:
        found = _candidate(session, candidate_id)
        with in_a_sentence():
            gone = erasing.erase_candidate(
                session, found.id, request.form.get("reason", "")[:500], viewer().label, everywhere=everywhere
            )
    tombstones.append(site().settings, gone.lines)
    done(_words(gone))
    return back(url_for("records.candidates"))


def _contact(session: Session, contact_id: int) -> EmployerContact:
    hub_only()
    contact = session.get(EmployerContact, contact_id)
    if contact is None:
        raise visibility.NotVisible("There is no such contact.")
    return contact


@blueprint.get("/contacts/<int:contact_id>/erase")
def contact(contact_id: int) -> ResponseReturnValue:
    with reading() as session:
        return render_template(
            "web/erase.html", person=None, here=None, everywhere=None, contact=_contact(session, contact_id)
        )


@blueprint.post("/contacts/<int:contact_id>/erase")
def erase_contact(contact_id: int) -> ResponseReturnValue:
    with writing() as session:
        employer_id = _contact(session, contact_id).employer_id
        with in_a_sentence():
            gone = erasing.erase_contact(session, contact_id, request.form.get("reason", "")[:500], viewer().label)
    tombstones.append(site().settings, gone.lines)
    done(_words(gone))
    return back(url_for("records.employer", employer_id=employer_id))


def _words(gone: erasing.Erasure) -> str:
    mails = f"{gone.mails} mail{'' if gone.mails == 1 else 's'}"
    return f"Erased; words were blacked out in {mails}. The person is not taken in again."
