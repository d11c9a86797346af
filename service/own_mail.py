"""An introduction that somebody sends from their own mail program accepts the suggestion that it was written for."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from mail.values import Introduction, Need
from service import partners, recording, referrals, suggestions
from service.models import InboundMessage, OutboundLetter, Participant, Referral, Suggestion
from service.openings import unasked
from terms.kinds import MailKind


def accepted_by(
    session: Session, message: InboundMessage, said: Introduction, thread: Referral | None, who: str
) -> tuple[Referral | None, Introduction]:
    """The referral that a believed introduction belongs to, and what it says beside the need it introduces for.

    Where it brings in a partner that was suggested, the suggestion is accepted by it: once, whether or not somebody
    clicked before. How many openings the mail speaks of is that partner's share, not a correction of the need.
    """
    if thread is None or said.kind != MailKind.INTRODUCTION:
        return thread, said
    for suggestion in _suggested(session, message, said, thread):
        read = next((one for one in said.needs if recording.same_title(suggestion.need.title, one.title)), None)
        thread = _accepted(session, suggestion, read, who)
        said = replace(
            said, needs=tuple(one for one in said.needs if one is not read and not _is_position(one, thread))
        )
    return thread, said


def _is_position(read: Need, thread: Referral) -> bool:
    """What a contact of the employer is, which an introduction names beside them, is no job to be filled."""
    contacts = thread.employer.contacts if thread.employer else ()
    return any(contact.title and recording.same_title(contact.title, read.title) for contact in contacts)


def _suggested(session: Session, message: InboundMessage, said: Introduction, thread: Referral) -> list[Suggestion]:
    """The suggestions of this referral whose partners stand on the mail or are named as who receives."""
    on_it = select(Participant.organisation_id).where(
        Participant.message_id == message.id, Participant.field != "from", Participant.organisation_id.is_not(None)
    )
    named = {found.id for name in said.receiving_orgs if (found := partners.by_name(session, name))}
    referring = {party.organisation_id for party in thread.parties if party.role == "referring"}
    brought_in = {*session.scalars(on_it), *named} - referring
    rows = [row for need in thread.needs for row in need.suggestions if row.organisation_id in brought_in]
    about = [row for row in rows if any(recording.same_title(row.need.title, read.title) for read in said.needs)]
    likely = about or rows
    return [row for row in likely if row.state in {"offered", "gone", "accepted"}]


def _accepted(session: Session, suggestion: Suggestion, read: Need | None, who: str) -> Referral:
    """The referral in which the partner takes part; accepts the suggestion if nobody has."""
    if suggestion.state == "accepted":
        letter = select(OutboundLetter.referral_id).where(OutboundLetter.event == suggestions.event_of(suggestion))
        number = session.scalar(letter)
        return referrals.find(session, number) if number else suggestion.need.referral
    open_now = unasked(suggestion.need) or 0
    said = read.openings if read else None
    return suggestions.take(session, suggestion, said if said and said < open_now else None, who)
