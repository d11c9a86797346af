"""Exceptions whose message is written for a person: shown in one sentence on the page that the form came from."""

from mail.letter import BadLetter
from service import (
    auth,
    batches,
    by_hand,
    choices,
    consent,
    corrections,
    identities,
    links,
    outbox,
    partners,
    placements,
    profile_links,
    profiles,
    referrals,
    reports,
    requests,
    suggestions,
)
from service.web import site

SENTENCES: tuple[type[Exception], ...] = (
    site.WrongInput,
    auth.BadLink,
    auth.TooManyAttempts,
    auth.WrongUser,
    batches.UnknownBatch,
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
    profile_links.NoAddress,
    profiles.WrongLine,
    referrals.IllegalStep,
    referrals.UnknownReferral,
    reports.WrongPeriod,
    requests.WrongRequest,
    suggestions.UnknownSuggestion,
    BadLetter,
)
