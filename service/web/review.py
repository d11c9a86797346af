"""Review: same or not, asked once and remembered; a merge can be undone at any time."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service import identities, visibility
from service.models import Merge, Pair
from service.queries import review as query
from service.queries.consequences import waiting
from service.web.site import back, done, in_a_sentence, page_number, reading, viewer, writing

blueprint = Blueprint("review", __name__)
SHOWS = {"open": "To decide", "decided": "Decided"}
SAID = {
    "same": "Same: joined.",
    "not_same": "Not the same; this pair is never asked again.",
    "not_sure": "Not sure; noted.",
}


@blueprint.get("/review")
def listing() -> ResponseReturnValue:
    show, kind = request.args.get("show", "open"), request.args.get("kind", "")
    if show not in SHOWS or kind not in {"", "employer", "candidate"}:
        abort(404)
    with reading() as session:
        found = query.listing(viewer(), show, kind).limit(query.PAGE + 1).offset((page_number() - 1) * query.PAGE)
        pairs = session.scalars(found).all()
        return render_template(
            "web/review.html",
            pairs=pairs[: query.PAGE],
            titles=query.titles(session, viewer(), pairs),
            waiting=waiting(session, pairs),
            more=len(pairs) > query.PAGE,
            page=page_number(),
            show=show,
            shows=SHOWS,
            kind=kind,
        )


@blueprint.get("/review/<int:pair_id>")
def pair(pair_id: int) -> ResponseReturnValue:
    with reading() as session:
        return render_template("web/review_pair.html", opened=query.opened(session, viewer(), pair_id))


@blueprint.post("/review/<int:pair_id>")
def decide(pair_id: int) -> ResponseReturnValue:
    decision = request.form.get("decision", "")
    keep = {
        name.removeprefix("keep-"): side
        for name, side in request.form.items()
        if name.startswith("keep-") and side in {"left", "right"} and name.removeprefix("keep-") in query.PICKED
    }
    with writing() as session:
        opened = query.opened(session, viewer(), pair_id)
        note = request.form.get("note", "").strip()[:500]
        with in_a_sentence():
            identities.decide(session, pair_id, decision, viewer().label, keep=keep, note=note)
        following = opened.following
    done(SAID[decision], url_for("review.reopen", pair_id=pair_id))
    target = url_for("review.pair", pair_id=following) if following else url_for("review.listing")
    return back(target)


@blueprint.post("/review/<int:pair_id>/reopen")
def reopen(pair_id: int) -> ResponseReturnValue:
    with writing() as session:
        visibility.get(session, viewer(), Pair, pair_id)
        with in_a_sentence():
            identities.reopen(session, pair_id, viewer().label)
    done("The decision was taken back; the two are two again.")
    return back(url_for("review.pair", pair_id=pair_id))


@blueprint.post("/merges/<int:merge_id>/undo")
def undo_merge(merge_id: int) -> ResponseReturnValue:
    with writing() as session:
        merge = session.get(Merge, merge_id)
        if merge is None or merge.pair_id is None:
            abort(404)
        visibility.get(session, viewer(), Pair, merge.pair_id)
        with in_a_sentence():
            identities.undo_merge(session, merge_id, viewer().label)
        pair_id = merge.pair_id
    done("The merge was undone.")
    return back(url_for("review.pair", pair_id=pair_id))


@blueprint.post("/merges/<int:merge_id>/asks/<int:number>")
def settle_ask(merge_id: int, number: int) -> ResponseReturnValue:
    """Whose a thing is that came while the two were one."""
    with writing() as session:
        merge = session.get(Merge, merge_id)
        if merge is None or merge.pair_id is None:
            abort(404)
        visibility.get(session, viewer(), Pair, merge.pair_id)
        side = request.form.get("side", "")
        with in_a_sentence():
            identities.settle_ask(session, merge_id, number, side)
        pair_id = merge.pair_id
    done("Settled.")
    return back(url_for("review.pair", pair_id=pair_id))
