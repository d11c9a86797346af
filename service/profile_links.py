"""The safe link by which a partner looks after its own page of the directory: asked for by a letter, no account."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from mail.token import BadToken, ExpiredToken
from service import outbox, tokens
from service.config import Settings
from service.models import AuditEntry, Organisation, OutboundLetter, PartnerService, utcnow

__all__ = ["BadToken", "ExpiredToken", "NoAddress", "ProfileLink", "ask", "read", "service_of"]


class NoAddress(ValueError):
    """A partner to whom nobody knows how to write."""


@dataclass(frozen=True, slots=True)
class ProfileLink:
    """What a link is good for: one partner's profile, on behalf of whom the letter went to."""

    organisation: Organisation
    recipient: str

    @property
    def who(self) -> str:
        return f"{self.recipient} (by link)"


def ask(session: Session, organisation: Organisation, who: str) -> OutboundLetter | None:
    """A letter with the link; None where one went to them today already. Raises NoAddress."""
    recipient = outbox.recipient_of(session, None, organisation.id)
    if recipient is None:
        raise NoAddress(f"No address of {organisation.name} is known here; add one first.")
    session.add(
        AuditEntry(who=who, what="asked a partner to look at its page", record=f"organisation {organisation.id}")
    )
    return outbox.write(
        session,
        event=f"profile:{organisation.id}:{utcnow().date()}",
        kind="profile",
        recipient=recipient,
        organisation_id=organisation.id,
        news={"asked_by": who},
    )


def read(session: Session, settings: Settings, text: str) -> ProfileLink:
    """Raises BadToken, ExpiredToken: each with a sentence. Changes nothing."""
    letter = session.get(OutboundLetter, tokens.opened(settings, text).recipient)
    organisation = session.get(Organisation, letter.organisation_id) if letter and letter.organisation_id else None
    if letter is None or letter.kind != "profile" or organisation is None:
        raise BadToken("This link does not lead to a partner's page.")
    return ProfileLink(organisation, letter.recipient)


def service_of(link: ProfileLink, service_id: int) -> PartnerService:
    """A service of the link's own partner. Raises BadToken for another one's."""
    found = next((one for one in link.organisation.services if one.id == service_id), None)
    if found is None:
        raise BadToken("This link does not lead to that service.")
    return found
