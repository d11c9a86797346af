"""Requests: why employers are handed on, counted by reason; and one opened by hand for an employer that doesn't fit."""

import re

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service import requests, visibility
from service.models import Employer
from service.queries.referral import covers
from service.web.files import table
from service.web.reports import chosen_period
from service.web.site import WrongInput, back, done, in_a_sentence, reading, viewer, writing
from service.web.words import spoken
from terms.statuses import DeclineReason

blueprint = Blueprint("requests", __name__)
_WANTED = re.compile(r"(?:(\d{1,5})\s*(?:x|×)?\s+)?(\S.{0,199})")


@blueprint.get("/requests")
def overview() -> ResponseReturnValue:
    """By reason: handed on, declined, and what still waits for a partner; each opens its records."""
    period = chosen_period()
    with reading() as session:
        lines = requests.by_reason(session, viewer(), *period.instants)
        ids = [row.id for line in lines for row in line.all]
        return render_template(
            "web/requests.html",
            period=period,
            lines=lines,
            chosen=request.args.get("reason", ""),
            cover=covers(session, viewer(), ids),
        )


@blueprint.get("/requests.<any(csv, xlsx):form>")
def as_table(form: str) -> ResponseReturnValue:
    period = chosen_period()
    with reading() as session:
        rows = [
            [spoken(line.reason), len(line.handed_on), len(line.declined), len(line.waiting)]
            for line in requests.by_reason(session, viewer(), *period.instants)
        ]
    return table(("reason", "handed on", "declined", "waiting"), rows, f"requests.{form}")


@blueprint.get("/employers/<int:employer_id>/request")
def form(employer_id: int) -> ResponseReturnValue:
    with reading() as session:
        found = visibility.get(session, viewer(), Employer, employer_id)
        _may_ask(visibility.knows_employer(session, viewer(), employer_id))
        return render_template("web/request_form.html", employer=found, reasons=list(DeclineReason))


def _may_ask(knows: bool) -> None:
    if not (knows and viewer().may_decide):
        raise visibility.NotVisible("There is no such page.")


@blueprint.post("/employers/<int:employer_id>/request")
def open_one(employer_id: int) -> ResponseReturnValue:
    wanted = [_wanted(line) for line in request.form.get("wanted", "").splitlines() if line.strip()]
    with writing() as session:
        found = visibility.get(session, viewer(), Employer, employer_id)
        _may_ask(visibility.knows_employer(session, viewer(), employer_id))
        with in_a_sentence():
            referral = requests.open_for(
                session,
                found,
                wanted,
                request.form.get("reason", ""),
                request.form.get("words", "").strip(),
                viewer().label,
                organisation_id=viewer().organisation_id,
            )
        referral_id = referral.id
    done("The request is open; these partners could help.")
    return back(url_for("referrals.referral", referral_id=referral_id))


def _wanted(line: str) -> tuple[int | None, str]:
    found = _WANTED.fullmatch(line.strip())
    if found is None:
        raise WrongInput(f"“{line.strip()[:60]}” is no need; one looks like: 12 packing operators.")
    return int(found[1]) if found[1] else None, found[2].strip()
