"""Every screen of the web view."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from service.web import (
    agreements,
    answer,
    calls,
    candidacies,
    erase,
    groups,
    health,
    inbox,
    initiatives,
    learnt,
    lessons,
    messages,
    monday,
    outbox,
    partner_lists,
    partners,
    placements,
    profiles,
    quarantine,
    record_changes,
    records,
    referrals,
    reports,
    requests,
    review,
    sheets,
    sign_in,
    statements,
    suggestions,
    upload,
    users,
)

_SCREENS = (
    sign_in,
    inbox,
    messages,
    referrals,
    suggestions,
    learnt,
    requests,
    calls,
    candidacies,
    review,
    groups,
    partners,
    profiles,
    partner_lists,
    agreements,
    lessons,
    records,
    record_changes,
    erase,
    placements,
    statements,
    sheets,
    quarantine,
    outbox,
    upload,
    monday,
    initiatives,
    reports,
    health,
    users,
    answer,
)
BLUEPRINTS: tuple[Blueprint, ...] = tuple(screen.blueprint for screen in _SCREENS)


def first_page() -> ResponseReturnValue:
    return redirect(url_for("inbox.overview"))
