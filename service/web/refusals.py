"""Exceptions whose message is written for a person: shown in one sentence on the page that the form came from."""

from mail.letter import BadLetter
from service import (
    auth,
    by_hand,
    choices,
    consent,
    corrections,
    identities,
    links,
    outbox,
    partners,
    placements,
    referrals,
    reports,
    suggestions,
)
from service.web import site

SENTENCES: tuple[type[Exception], ...] = (
    site.WrongInput,
    auth.BadLink,
    auth.TooManyAttempts,
    auth.WrongUser,
    by_hand.NotInQuarantine,
    choices.WrongChoice,
    consent.WrongConsent,
    corrections.WrongValue,
    identities.Contradiction,
    links.AnsweredAlready,
    outbox.UnknownLetter,
    partners.UnreadableList,
    placements.IllegalPlacementStep,
    placements.UnknownPlacement,
    referrals.IllegalStep,
    referrals.UnknownReferral,
    reports.WrongPeriod,
    suggestions.UnknownSuggestion,
    BadLetter,
)
