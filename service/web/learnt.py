"""What answers have taught: the weights that are in use, what is known of each partner in words, and a way back."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from service import answers, learning, suggestions, visibility
from service.models import Organisation
from service.web.profiles import may_change
from service.web.site import WrongInput, back, done, hub_only, reading, viewer, writing

blueprint = Blueprint("learnt", __name__)


@blueprint.get("/learning")
def overview() -> ResponseReturnValue:
    hub_only()
    with reading() as session:
        ids = {" ".join(one.name.split()): one.id for one in session.scalars(select(Organisation))}
        told = suggestions.learnt(session)
        return render_template(
            "web/learnt.html",
            models=learning.models_of(session),
            links=[
                (kind, learning.models_of(session, kind), learning.last_try(session, kind)) for kind in learning.LINKS
            ],
            least=learning.LEAST,
            partners=[(ids.get(name, 0), name, words) for name, words in sorted(told.items()) if words],
            believed=suggestions.believed(session),
            count=len(answers.history(session)),
            fewest=suggestions.fewest(),
        )


@blueprint.get("/partners/<int:partner_id>/learnt")
def of_partner(partner_id: int) -> ResponseReturnValue:
    """For the partner's own people, and the hub."""
    with reading() as session:
        found = session.get(Organisation, partner_id)
        if found is None or not may_change(partner_id):
            raise visibility.NotVisible("There is no such page.")
        told = suggestions.learnt(session).get(" ".join(found.name.split()), [])
        return render_template("web/learnt_partner.html", partner=found, words=told)


@blueprint.post("/learning/put-back")
def put_back() -> ResponseReturnValue:
    """Use an earlier model again, or the shipped weights."""
    hub_only()
    value = request.form.get("model", "")
    number = int(value) if value.isdecimal() and len(value) < 10 else None
    kind = request.form.get("kind", learning.PARTNERS)
    if kind not in {learning.PARTNERS, *learning.LINKS}:
        raise WrongInput("There is no such model.")
    with writing() as session:
        learning.put_back(session, number, viewer().label, kind)
    done("Put back: it is used from now on.")
    return back(url_for("learnt.overview"))
