"""A candidate on a need: the page that changes where they stand, and putting one's own candidate on a need."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from service import candidacies, recording, referrals, visibility
from service.models import Candidate, Need, Referral, Submission
from service.visibility import Viewer
from service.web.site import WrongInput, back, done, reading, viewer, writing

blueprint = Blueprint("candidacies", __name__)


def _mine(session: Session, submission_id: int) -> tuple[Submission, Referral]:
    """A candidate on a need whom this person may change. Raises NotVisible, WrongInput."""
    found = visibility.get(session, viewer(), Submission, submission_id)
    referral = session.get_one(Referral, found.referral_id)
    if not candidacies.may_change(viewer(), found, referral):
        raise WrongInput("Only who sent this candidate, or refers or receives, may change where they stand.")
    return found, referral


@blueprint.get("/candidacies/<int:submission_id>/change")
def change_form(submission_id: int) -> ResponseReturnValue:
    with reading() as session:
        found, referral = _mine(session, submission_id)
        return render_template(
            "web/candidacy.html",
            submission=found,
            referral=referral,
            need=found.need,
            steps=candidacies.steps(found),
            agreed=visibility.agreed(found),
            home=_home(session, viewer(), found),
        )


def _home(session: Session, who: Viewer, found: Submission) -> str:
    """Where to go back to: the page that this person may see."""
    if session.scalar(visibility.referrals(who).where(Referral.id == found.referral_id)) is not None:
        return url_for("referrals.referral", referral_id=found.referral_id)
    if found.call_id is not None:
        return url_for("calls.call", call_id=found.call_id)
    return url_for("records.candidate", candidate_id=found.candidate_id)


@blueprint.post("/candidacies/<int:submission_id>/change")
def change(submission_id: int) -> ResponseReturnValue:
    status = request.form.get("status", "")
    with writing() as session:
        found, _ = _mine(session, submission_id)
        if status not in set(candidacies.C):
            raise WrongInput("Choose what became of the candidate.")
        reason = request.form.get("reason", "").strip()[:200]
        candidacies.step(
            session, found, status, viewer().label, reason=reason, by_organisation_id=viewer().organisation_id
        )
        home = _home(session, viewer(), found)
    done(f"Recorded: {status.replace('_', ' ')}.")
    return back(home)


@blueprint.post("/candidacies/needs/<int:need_id>/propose")
def propose(need_id: int) -> ResponseReturnValue:
    """Put a candidate of one's own organisation on a need that one sees."""
    number = request.form.get("candidate", "")
    with writing() as session:
        need = visibility.get(session, viewer(), Need, need_id)
        if not number.isdecimal() or len(number) > 9:
            raise WrongInput("Choose a candidate.")
        person = visibility.known_to(viewer(), visibility.get(session, viewer(), Candidate, int(number)))
        if person.organisation_id is None or person.organisation_id != viewer().organisation_id:
            raise WrongInput("You propose candidates of your own organisation; ask the other one for theirs.")
        row = recording.submit(session, need.referral, person, need, person.organisation_id, None)
        candidacies.by_consent(row)
        words = f"{person.initials} proposed for {need.title}"
        referrals.note(session, need.referral, "candidate_proposed", words, viewer().label)
        referral_id = need.referral_id
    done("Proposed.")
    return back(url_for("referrals.referral", referral_id=referral_id))


@blueprint.post("/candidates/<int:candidate_id>/work")
def describe(candidate_id: int) -> ResponseReturnValue:
    """What one's own candidate seeks: by this they are found for needs, and needs for them."""
    with writing() as session:
        found = visibility.known_to(viewer(), visibility.get(session, viewer(), Candidate, candidate_id))
        unowned = found.organisation_id is None and viewer().is_hub
        if not unowned and (found.organisation_id is None or found.organisation_id != viewer().organisation_id):
            raise visibility.NotVisible("There is no such page.")
        candidacies.describe(
            session,
            found,
            viewer().label,
            work=_several("work"),
            languages=_several("languages"),
            city=request.form.get("city", "").strip(),
            postcode=request.form.get("zip", "").strip(),
        )
    done("Recorded.")
    return back(url_for("records.candidate", candidate_id=candidate_id))


def _several(name: str) -> list[str]:
    return [words.strip() for words in request.form.get(name, "").replace("\n", ";").split(";") if words.strip()]
