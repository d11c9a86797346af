"""What an organisation chose for itself: how often letters come, and how it is named to others in touch (S6, S10)."""

from datetime import date

from sqlalchemy.orm import Session

from service import partners
from service.models import AuditEntry, Organisation

LETTERS = ("at_once", "daily", "weekly")
SHOWN_AS = ("named", "ask_the_hub", "hidden")


class WrongChoice(ValueError):
    """A choice that there isn't; the message names those there are."""


def choose(session: Session, organisation: Organisation, letters: str, shown_as: str, who: str) -> None:
    """Raises WrongChoice."""
    if letters not in LETTERS:
        raise WrongChoice("Letters come at once, daily or weekly.")
    if shown_as not in SHOWN_AS:
        raise WrongChoice("An organisation is named, asks to go through the hub, or is hidden.")
    organisation.letters, organisation.shown_as = letters, shown_as
    details = {"letters": letters, "shown_as": shown_as}
    session.add(AuditEntry(who=who, what="chose", record=f"organisation {organisation.id}", details=details))


def confirm(session: Session, organisation: Organisation, on: date, who: str) -> None:
    """Everything that the directory says of it is right on this day."""
    organisation.confirmed_on = on
    for service in organisation.services:
        service.confirmed_on, service.confirmed_by = on, who
    session.add(AuditEntry(who=who, what="confirmed a partner's lines", record=f"organisation {organisation.id}"))
    partners.touch(session)
