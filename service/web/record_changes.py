"""Single fields of employers and candidates: a form a field, a history, and an undo of each change."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from service import editing, identities, visibility
from service.models import Candidate, Employer, RecordChange
from service.web.site import back, done, in_a_sentence, reading, viewer, writing

blueprint = Blueprint("record_changes", __name__)
HINTS = {
    "aliases": "Other spellings, d/b/a names, short forms; several with a semicolon between them. "
    "Mails that use one mean this employer.",
    "domains": "Domains of its own mail or website; several with a semicolon between them.",
    "phones": "Several with a semicolon between them.",
    "emails": "Several with a semicolon between them.",
    "industry": "A NAICS code, or a word for it.",
}


def may_change(session: Session, record: Employer | Candidate) -> bool:
    """An employer: who refers or receives it, and the hub; a candidate: their own organisation, and the hub where none
    is known."""
    if not viewer().may_decide:
        return False
    if isinstance(record, Employer):
        return visibility.knows_employer(session, viewer(), record.id)
    own = viewer().organisation_id is not None and record.organisation_id == viewer().organisation_id
    return record.erased_at is None and (own or (record.organisation_id is None and viewer().is_hub))


def _found(session: Session, kind: str, record_id: int) -> Employer | Candidate:
    """The record, if one may change it. Raises NotVisible."""
    model: type[Employer] | type[Candidate] = Employer if kind == "employers" else Candidate
    known = session.get(model, record_id)
    standing = identities.standing_for(session, known) if known else None
    found = visibility.get(session, viewer(), model, standing.id if standing else record_id)
    found = visibility.known_to(viewer(), found) if isinstance(found, Candidate) else found
    if not may_change(session, found):
        raise visibility.NotVisible("There is no such page.")
    return found


def page_of(record: Employer | Candidate) -> str:
    if isinstance(record, Employer):
        return url_for("records.employer", employer_id=record.id)
    return url_for("records.candidate", candidate_id=record.id)


@blueprint.get("/employers/<int:employer_id>/change/<field>")
def employer_form(employer_id: int, field: str) -> ResponseReturnValue:
    return _form("employers", employer_id, field)


@blueprint.get("/candidates/<int:candidate_id>/change/<field>")
def candidate_form(candidate_id: int, field: str) -> ResponseReturnValue:
    return _form("candidates", candidate_id, field)


def _form(kind: str, record_id: int, field: str) -> ResponseReturnValue:
    with reading() as session:
        record = _found(session, kind, record_id)
        if field not in editing.fields_of(record):
            abort(404)
        return render_template(
            "web/record_change.html",
            record=record,
            page=page_of(record),
            field=field,
            name=editing.fields_of(record)[field],
            value=editing.as_text(record, field),
            hint=HINTS.get(field, ""),
            longest=editing.LONGEST,
        )


@blueprint.post("/employers/<int:employer_id>/change/<field>")
def change_employer(employer_id: int, field: str) -> ResponseReturnValue:
    return _change("employers", employer_id, field)


@blueprint.post("/candidates/<int:candidate_id>/change/<field>")
def change_candidate(candidate_id: int, field: str) -> ResponseReturnValue:
    return _change("candidates", candidate_id, field)


def _change(kind: str, record_id: int, field: str) -> ResponseReturnValue:
    with writing() as session:
        record = _found(session, kind, record_id)
        if field not in editing.fields_of(record):
            abort(404)
        with in_a_sentence():
            made = editing.change(session, record, field, request.form.get("value", ""), viewer().label)
            session.flush()
        page, name = page_of(record), editing.fields_of(record)[field]
    if made is not None:
        done(f"{name} changed.", url_for("record_changes.undo", change_id=made.id))
    return back(page)


@blueprint.post("/employers/<int:employer_id>/confirm")
def confirm(employer_id: int) -> ResponseReturnValue:
    """What was read from a mail is right; with right=no that is taken back."""
    is_right = request.form.get("right") != "no"
    with writing() as session:
        employer = _found(session, "employers", employer_id)
        assert isinstance(employer, Employer)
        editing.confirm(session, employer, is_right, viewer().label)
        page = page_of(employer)
    if is_right:
        done("Confirmed.", url_for("record_changes.confirm", employer_id=employer_id), right="no", back=page)
    else:
        done("Taken back.")
    return back(page)


@blueprint.post("/changes/<int:change_id>/undo")
def undo(change_id: int) -> ResponseReturnValue:
    with writing() as session:
        made = session.get(RecordChange, change_id)
        record = editing.record_of_change(session, made) if made else None
        if record is None or not may_change(session, record):
            raise visibility.NotVisible("There is no such change.")
        with in_a_sentence():
            editing.undo(session, change_id, viewer().label)
        page = page_of(record)
    done("Undone.")
    return back(page)
