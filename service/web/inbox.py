"""Inbox: list left, mail right; one key a verb."""

from datetime import UTC, datetime

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from service import drafts, intake, profile_answers, referrals, visibility
from service.models import InboundMessage, Referral, utcnow
from service.queries import inbox as query
from service.queries.referral import possible_originals
from service.web.audit import looked_at_words
from service.web.refusals import SENTENCES
from service.web.site import (
    WrongInput,
    answers,
    back,
    done,
    in_a_sentence,
    later,
    page_number,
    reading,
    viewer,
    whole_number,
    writing,
    wrong,
)
from terms.statuses import ReferralStatus

blueprint = Blueprint("inbox", __name__)
REASONS = ("Not about a referral", "Newsletter or announcement", "Only a thank-you or a date", "Private", "Spam")


def _show() -> str:
    show = request.values.get("show", "new")
    return show if show in query.SHOWS else "new"


@blueprint.get("/inbox")
def overview() -> ResponseReturnValue:
    return _page(None)


@blueprint.get("/inbox/<int:message_id>")
def message(message_id: int) -> ResponseReturnValue:
    return _page(message_id)


def _page(message_id: int | None) -> ResponseReturnValue:
    """The whole screen; without a mail named, its first one is open (on a narrow screen only the list is shown)."""
    show, uncover = _show(), request.args.get("names") == "shown"
    words = request.args.get("q", "").strip()[:100] if show == "all" else ""
    with reading() as session:
        found = query.rows(session, viewer(), show, page_number(), words=words)
        chosen = message_id or (found[0].message.id if found else None)
        opened = query.opened(session, viewer(), chosen, uncover) if chosen else None
        originals = possible_originals(session, viewer(), opened.row.referral) if opened and opened.row.referral else []
        page = render_template(
            "web/inbox.html",
            show=show,
            shows=query.SHOWS,
            rows=found[: query.PAGE],
            more=len(found) > query.PAGE,
            page=page_number(),
            words=words,
            opened=opened,
            named=message_id is not None,
            originals=originals,
            reasons=REASONS,
            uncovered=uncover,
            fresh=utcnow().isoformat(),
        )
    if opened and message_id:
        looked_at_words(opened.row.message, uncover)
    return page


@blueprint.get("/inbox/arrivals")
def arrivals() -> ResponseReturnValue:
    """What was read since the list was shown: asked for every few seconds; 204 when there is nothing."""
    try:
        after = datetime.fromisoformat(request.args.get("after", "")).astimezone(UTC)
    except (ValueError, OverflowError):
        abort(400)
    show, fresh = _show(), utcnow().isoformat()
    with reading() as session:
        found = query.rows(session, viewer(), show, after=after) if show != "snoozed" else []
        if not found:
            return Response(status=204)
        return render_template("web/_arrivals.html", rows=found, show=show, fresh=fresh)


def _next(session: Session, message_id: int, show: str) -> str:
    """After a decision: the next mail down the list, else the one above, else the list."""
    above, below = query.neighbours(
        session, viewer(), show, visibility.get(session, viewer(), InboundMessage, message_id)
    )
    following = below or above
    return (
        url_for("inbox.message", message_id=following, show=show) if following else url_for("inbox.overview", show=show)
    )


def _looked(session: Session, message_id: int) -> tuple[InboundMessage, Referral | None]:
    message = visibility.get(session, viewer(), InboundMessage, message_id)
    message.looked_at, message.looked_by = utcnow(), viewer().label
    referral = visibility.get(session, viewer(), Referral, message.referral_id) if message.referral_id else None
    return message, referral


def _accept(session: Session, message_id: int, settled: dict[int, str]) -> str:
    """A draft counts from now on, a question is answered; what was recorded already is only ticked off. The sentence
    for the page."""
    message, referral = _looked(session, message_id)
    if message.result == "draft" and message.rule == profile_answers.RULE:
        partner = profile_answers.settle(session, message, settled, _services(), viewer().label)
        return f"Answered; {partner.name}’s page is brought up to date."
    if message.result == "draft" and referral is not None:
        if drafts.settle(session, referral.id, viewer().label, settled):
            return f"Referral {referral.id} counts now; the letters wait in the outbox."
        return f"Answered; referral {referral.id} is {referral.status.replace('_', ' ')}."
    return f"Done with “{message.subject or 'the mail'}”."


def _services() -> dict[int, int]:
    """Which service is meant, by question."""
    given = {name.removeprefix("service-"): value for name, value in request.form.items()}
    return {int(name): int(value) for name, value in given.items() if f"{name}{value}".isdecimal() and len(value) < 10}


@blueprint.post("/inbox/<int:message_id>/accept")
def accept(message_id: int) -> ResponseReturnValue:
    with writing() as session:
        target = _next(session, message_id, _show())
        words = _accept(session, message_id, answers())
    done(words, url_for("inbox.undo", message_id=message_id), show=_show())
    return back(target)


@blueprint.post("/inbox/accept")
def accept_many() -> ResponseReturnValue:
    """The ticked mails, each in a transaction of its own: one that can't be accepted does not hold up the rest."""
    chosen = [int(value) for value in request.form.getlist("message") if value.isdecimal() and len(value) < 10][
        : query.PAGE
    ]
    if not chosen:
        raise WrongInput("Tick the mails first.")
    refused = []
    for message_id in chosen:
        try:
            with writing() as session:
                _accept(session, message_id, {})
        except SENTENCES as error:
            refused.append(str(error))
    if len(chosen) > len(refused):
        done(f"{len(chosen) - len(refused)} accepted.")
    if refused:
        wrong(f"{len(refused)} not: {refused[0]}")
    return back(url_for("inbox.overview", show=_show()))


@blueprint.post("/inbox/<int:message_id>/not-a-referral")
def not_a_referral(message_id: int) -> ResponseReturnValue:
    reason = request.form.get("reason", "").strip()[:200] or REASONS[0]
    with writing() as session:
        target = _next(session, message_id, _show())
        _message, referral = _looked(session, message_id)
        if referral is None or referral.status != ReferralStatus.DRAFT:
            raise WrongInput("This mail is part of a referral already. Withdraw the referral on its own page.")
        drafts.discard(session, referral.id, reason, viewer().label)
    done("Not a referral.", url_for("inbox.undo", message_id=message_id), show=_show())
    return back(target)


@blueprint.post("/inbox/<int:message_id>/is-a-referral")
def is_a_referral(message_id: int) -> ResponseReturnValue:
    """Mail that was judged to be none is read again as one, and so are the next ones like it."""
    with writing() as session:
        visibility.get(session, viewer(), InboundMessage, message_id)
        with in_a_sentence():
            intake.is_a_referral(session, message_id, viewer().label)
    done("It is read as a referral now; look at the inbox in a moment.")
    return back(url_for("inbox.message", message_id=message_id, show=_show()))


@blueprint.post("/inbox/<int:message_id>/duplicate")
def duplicate(message_id: int) -> ResponseReturnValue:
    of_id = whole_number("referral")
    with writing() as session:
        target = _next(session, message_id, _show())
        _message, referral = _looked(session, message_id)
        if referral is None:
            raise WrongInput("This mail made no referral.")
        visibility.get(session, viewer(), Referral, of_id)
        referrals.mark_duplicate(session, referral.id, of_id, viewer().label)
    done(f"Duplicate of referral {of_id}.", url_for("inbox.undo", message_id=message_id), show=_show())
    return back(target)


@blueprint.post("/inbox/<int:message_id>/snooze")
def snooze(message_id: int) -> ResponseReturnValue:
    days = whole_number("days")
    if days > 366:
        raise WrongInput("Snooze for a year at most.")
    with writing() as session:
        target = _next(session, message_id, _show())
        message = visibility.get(session, viewer(), InboundMessage, message_id)
        if message.referral_id is None:
            raise WrongInput("This mail made no referral, so there is nothing to snooze.")
        visibility.get(session, viewer(), Referral, message.referral_id)
        referrals.snooze(session, message.referral_id, later(days), viewer().label)
    done(
        f"Comes back in {days} day{'s' if days > 1 else ''}.",
        url_for("inbox.undo", message_id=message_id),
        show=_show(),
    )
    return back(target)


@blueprint.post("/inbox/<int:message_id>/undo")
def undo(message_id: int) -> ResponseReturnValue:
    """Take back whichever decision stands."""
    with writing() as session:
        message = visibility.get(session, viewer(), InboundMessage, message_id)
        referral = visibility.get(session, viewer(), Referral, message.referral_id) if message.referral_id else None
        if referral is not None:
            _take_back(session, message, referral)
        message.looked_at, message.looked_by = None, ""
    done("Taken back.")
    return back(url_for("inbox.message", message_id=message_id, show=_show()))


def _take_back(session: Session, message: InboundMessage, referral: Referral) -> None:
    who = viewer().label
    if referral.snoozed_until and referral.snoozed_until > utcnow():
        referral.snoozed_until = None
        referrals.note(session, referral, "awake", "no longer snoozed", who)
    elif referral.status == ReferralStatus.DISCARDED:
        drafts.restore(session, referral.id, who)
    elif referral.status == ReferralStatus.DUPLICATE:
        referrals.undo_duplicate(session, referral.id, who)
    elif message.result == "draft" and message.looked_at and referral.status == ReferralStatus.INTRODUCED:
        drafts.undo_confirm(session, referral.id, who)
