"""Groups of records that look like one: a score to choose, what joining them would do, and undo of all at once."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from service import bulk, visibility
from service.models import Bulk, Pair
from service.queries import groups as query
from service.queries.review import titles
from service.web.site import WrongInput, back, done, in_a_sentence, reading, viewer, writing

blueprint = Blueprint("groups", __name__)
KINDS = {"employer": "Employers", "candidate": "Candidates"}
USUAL = 0.9


def _kind(given: str | None) -> str:
    kind = given or ("employer" if viewer().is_hub else "candidate")
    if kind not in KINDS:
        abort(404)
    return kind


def _least(given: str | None) -> float:
    """A score from the slider, in hundredths. Raises WrongInput."""
    if not given:
        return USUAL
    if not given.isdecimal() or not 100 * query.LEAST <= int(given) <= 100 * query.MOST:
        raise WrongInput(f"The score is a number from {query.LEAST * 100:.0f} to {query.MOST * 100:.0f}.")
    return int(given) / 100


@blueprint.get("/review/groups")
def listing() -> ResponseReturnValue:
    """The whole page; to the slider's own question only the part below it."""
    kind, least = _kind(request.args.get("kind")), _least(request.args.get("least"))
    template = "web/_groups.html" if request.headers.get("HX-Target") == "found" else "web/groups.html"
    with reading() as session:
        return render_template(
            template,
            found=query.found(session, viewer(), kind, least),
            titles=lambda records: query.titles(viewer(), records),
            bulks=query.bulks(session, viewer(), kind),
            kind=kind,
            kinds=KINDS,
            least=least,
            ends=(query.LEAST, query.MOST),
        )


@blueprint.post("/review/groups")
def accept() -> ResponseReturnValue:
    """The ticked groups become one record each, as one decision."""
    kind, least = _kind(request.form.get("kind")), _least(request.form.get("least"))
    with writing() as session:
        made = _join(session, kind, _numbers(request.form.getlist("group")), "cluster", least)
    return _told(made, kind, least)


@blueprint.get("/review/bulk")
def preview() -> ResponseReturnValue:
    """What joining all pairs above the score would do."""
    kind, least = _kind(request.args.get("kind")), _least(request.args.get("least"))
    with reading() as session:
        planned = bulk.plan(session, kind, query.above(session, viewer(), kind, least))
        left_out = [one.pair for one in planned.left_out]
        model = bulk.MODELS[kind]
        groups = [[session.get_one(model, record_id) for record_id in ids] for ids in planned.groups[: query.SHOWN]]
        return render_template(
            "web/bulk.html",
            plan=planned,
            groups=[query.titles(viewer(), records) for records in groups],
            names=titles(session, viewer(), left_out),
            kind=kind,
            least=least,
        )


@blueprint.post("/review/bulk")
def join() -> ResponseReturnValue:
    """Exactly the pairs that the preview showed."""
    kind, least = _kind(request.form.get("kind")), _least(request.form.get("least"))
    with writing() as session:
        made = _join(session, kind, _numbers([request.form.get("pairs", "")]), "score", least)
    return _told(made, kind, least)


def _numbers(lists: list[str]) -> list[int]:
    """Numbers of pairs, by comma. Raises WrongInput."""
    words = [word for one in lists for word in one.split(",") if word]
    if not words or not all(word.isdecimal() and len(word) < 10 for word in words):
        raise WrongInput("Choose what is to be joined.")
    return [int(word) for word in words]


def _join(session: Session, kind: str, numbers: list[int], source: str, least: float) -> Bulk:
    wanted = visibility.pairs(viewer()).where(Pair.kind == kind, Pair.id.in_(numbers), Pair.decision == "")
    with in_a_sentence():
        pairs = session.scalars(wanted).all()
        return bulk.join(session, kind, pairs, viewer().label, source=source, least=least)


def _told(made: Bulk, kind: str, least: float) -> ResponseReturnValue:
    out = f" {len(made.left_out)} were left out." if made.left_out else ""
    done(
        f"{made.joined} pair{'s' if made.joined > 1 else ''} joined as one decision.{out}",
        url_for("groups.undo", bulk_id=made.id),
    )
    return back(url_for("groups.listing", kind=kind, least=f"{least * 100:.0f}"))


@blueprint.post("/bulk/<int:bulk_id>/undo")
def undo(bulk_id: int) -> ResponseReturnValue:
    with writing() as session:
        made = session.scalar(select(Bulk).where(Bulk.id == bulk_id))
        if made is None or not viewer().may_decide or not query.may_undo(session, viewer(), made):
            raise visibility.NotVisible("There is no such decision.")
        with in_a_sentence():
            bulk.undo(session, bulk_id, viewer().label)
        kind = made.kind
    done("Undone: every pair waits for a word again.")
    return back(url_for("groups.listing", kind=kind))
