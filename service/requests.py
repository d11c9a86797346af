"""Requests that open by themselves: a need without a partner, because somebody can't serve it and says why (S3, S31).

A mail that hands an employer on, a partner that declines, an employer that doesn't fit a cohort (S17): each leaves one
event with its coded reason, partners are ranked, and the figures count by reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from mail.replies.handing_on import why
from service import partners, referrals, suggestions, visibility
from service.models import Employer, Event, InboundMessage, Need, Referral, utcnow
from service.openings import is_open
from service.visibility import Viewer
from terms.statuses import DeclineReason, ReferralStatus

OPENED = "request_opened"
HANDED_ON = "handed_on"
MOST_NEEDS = 20


class WrongRequest(ValueError):
    """A request that can't be opened; the message says what it takes."""


def hand_on(session: Session, referral: Referral, message: InboundMessage, who: str) -> None:
    """Keep why whoever writes doesn't serve the employer, where the mail says so; a request opens with it."""
    reading = message.reading or {}
    found = why(str(reading.get("message") or (reading.get("reply") or {}).get("text") or ""))
    if found is not None:
        referral.reason, referral.reason_words = found.reason, found.words[:500]
        details = {"reason": found.reason}
        referrals.note(session, referral, HANDED_ON, found.words[:500], who, message_id=message.id, details=details)
    look(session, referral, who)


def look(session: Session, referral: Referral, who: str) -> None:
    """Where a need waits for a partner: rank partners, and say once for each decline that the request is open."""
    if not is_open(referral):
        return
    declined = [party for party in referral.parties if party.role == "receiving" and party.answer == "declined"]
    last = max(declined, key=lambda party: party.answered_at or party.joined_at, default=None)
    cause = last.id if last else 0
    told = {event.details.get("party") for event in referral.events if event.kind == OPENED}
    if cause in told or not (referral.kind == "request" or last):
        suggestions.refresh_open_needs(session, referral)
        return
    reason = (last.reason if last else referral.reason) or str(DeclineReason.OTHER)
    if last:
        partners.note_decline(session, last.organisation, _service(referral, last.organisation_id), reason)
    suggestions.refresh_open_needs(session, referral)
    words = f"{last.organisation.name} can't: {_spoken(reason)}" if last else _spoken(reason)
    referrals.note(session, referral, OPENED, words, who, details={"reason": reason, "party": cause})


def _service(referral: Referral, organisation_id: int) -> str:
    """By which of its services the partner was suggested."""
    rows = (row for need in referral.needs for row in need.suggestions if row.organisation_id == organisation_id)
    return next((row.service for row in rows if row.service), "")


def _spoken(reason: str) -> str:
    return "nobody serves it yet" if reason == DeclineReason.OTHER else reason.replace("_", " ")


def open_for(
    session: Session,
    employer: Employer,
    wanted: Sequence[tuple[int | None, str]],
    reason: str,
    words: str,
    who: str,
    *,
    organisation_id: int | None,
) -> Referral:
    """A request by hand: the employer doesn't fit what we do (S17), and needs somebody else. `wanted`: how many of
    what. Raises WrongRequest."""
    if reason not in set(DeclineReason):
        raise WrongRequest("A request has one of the reasons: " + ", ".join(DeclineReason) + ".")
    if not wanted:
        raise WrongRequest("Say what the employer needs, one need a line.")
    referral = Referral(
        kind="request",
        status=str(ReferralStatus.DRAFT),
        subject=f"{employer.name}: {_spoken(reason)}",
        employer=employer,
        channel="by hand",
        reason=reason,
        reason_words=words[:500],
    )
    referral.needs = [_need(session, count, title) for count, title in wanted[:MOST_NEEDS]]
    session.add(referral)
    session.flush()
    if organisation_id is not None:
        referrals.join(session, referral, organisation_id, "referring")
    referrals.introduce(session, referral, who, at=utcnow(), message_id=None)
    referrals.note(session, referral, HANDED_ON, words or _spoken(reason), who, details={"reason": reason})
    look(session, referral, who)
    return referral


def _need(session: Session, count: int | None, title: str) -> Need:
    best = next(iter(suggestions.coder(session).code(title, limit=1)), None)
    return Need(
        title=title[:200],
        openings=count,
        left=count,
        occupation_code=best.code if best else "",
        occupation_title=best.title if best else "",
        occupation_confidence=round(best.confidence, 3) if best else None,
    )


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A reason with the referrals that were handed on or declined by it in a period, and those that still wait."""

    reason: str
    handed_on: Sequence[Referral]
    declined: Sequence[Referral]
    waiting: Sequence[Referral]

    @property
    def all(self) -> Sequence[Referral]:
        return list({row.id: row for row in (*self.handed_on, *self.declined)}.values())


def by_reason(session: Session, viewer: Viewer, start: datetime, end: datetime) -> list[ReasonLine]:
    """Per coded reason what was handed on, and what a partner declined, in the period; in the order of the reasons."""
    seen = visibility.referrals(viewer).options(
        selectinload(Referral.events), selectinload(Referral.parties), selectinload(Referral.needs)
    )
    happened = select(Event.referral_id).where(
        Event.at >= start, Event.at < end, Event.kind.in_((HANDED_ON, "declined", "party_declined", OPENED))
    )
    rows = session.scalars(seen.where(Referral.id.in_(happened)).order_by(Referral.id)).all()
    rows = [row for row in rows if row.status not in {ReferralStatus.DISCARDED, ReferralStatus.DUPLICATE}]
    return [line for reason in DeclineReason if (line := _line(rows, str(reason), start, end)).all]


def _line(rows: Iterable[Referral], reason: str, start: datetime, end: datetime) -> ReasonLine:
    on = [row for row in rows if _said(row, {HANDED_ON}, reason, start, end)]
    declined = [row for row in rows if _declined(row, reason, start, end)]
    waiting = [row for row in {row.id: row for row in (*on, *declined)}.values() if is_open(row)]
    return ReasonLine(reason, on, declined, waiting)


def _said(row: Referral, kinds: set[str], reason: str, start: datetime, end: datetime) -> bool:
    meant = (event for event in row.events if event.kind in kinds and event.details.get("reason") == reason)
    return any(start <= event.at < end for event in meant)


def _declined(row: Referral, reason: str, start: datetime, end: datetime) -> bool:
    if _said(row, {"declined"}, reason, start, end):
        return True
    return any(
        party.role == "receiving"
        and party.answer == "declined"
        and party.reason == reason
        and party.answered_at is not None
        and start <= party.answered_at < end
        for party in row.parties
    )
