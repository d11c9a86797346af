"""What happens because time passed: nudges, the week's digest, clean-up of counters."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service import outbox, referrals
from service.db import settings_of
from service.models import Attempt, InboundMessage, Organisation, Party, Referral, WebSession
from service.openings import is_open, unasked, waits
from service.queries import in_touch
from service.workdays import after_working_days
from terms.statuses import OPEN_REFERRAL, ReferralStatus

NUDGES = 2  # then NO ANSWER SEEN: they may be talking by phone, so only a person expires it
MORNING = 8


def nudge(session: Session, now: datetime) -> None:
    """Ask the owner of each referral whose clock has run out; after two nudges it is "no answer seen"."""
    late = session.scalars(
        select(Referral)
        .where(
            Referral.due <= now,
            Referral.status.in_((ReferralStatus.INTRODUCED, ReferralStatus.ACKNOWLEDGED, ReferralStatus.ACCEPTED)),
        )
        .limit(100)
    )
    for referral in late.all():
        if referral.nudges >= NUDGES and referral.status == ReferralStatus.INTRODUCED:
            referrals.step(session, referral.id, ReferralStatus.NO_ANSWER_SEEN, "the clock")
            continue
        referral.nudges += 1
        referral.due = after_working_days(now, referrals.FIRST_ANSWER_DAYS)
        if referral.private or not _began_by_mail_that_tells(session, referral):
            continue
        for party in referral.parties:
            recipient = party.role == "receiving" and outbox.recipient_of(session, referral, party.organisation_id)
            if recipient:
                outbox.write(
                    session,
                    event=f"nudge:{referral.id}:{referral.nudges}",
                    kind="nudge",
                    recipient=recipient,
                    referral=referral,
                    organisation_id=party.organisation_id,
                )


def _began_by_mail_that_tells(session: Session, referral: Referral) -> bool:
    """Old mail makes records but no letters, also no nudges."""
    first = session.get(InboundMessage, referral.first_message_id) if referral.first_message_id else None
    return first is None or first.tell


def weekly_digest(session: Session, now: datetime) -> None:
    """On Friday morning each organisation that takes part in something gets one mail, once."""
    local = now.astimezone(settings_of(session).zone)
    if local.weekday() != outbox.FRIDAY or local.hour < MORNING:
        return
    week = f"{local:%G-W%V}"
    unanswered = [line for referral in _open(session) if is_open(referral) for line in _need_lines(referral)]
    for organisation in session.scalars(select(Organisation).where(Organisation.member)).all():
        news = digest_of(session, organisation.id, now, unanswered)
        recipient = _digest_recipient(session, organisation.id)
        told = outbox.gathered(session, recipient) if recipient and organisation.letters == "weekly" else None
        if recipient and (news["came"] or news["acts"] or told):
            written = outbox.write(
                session,
                event=f"digest:{week}",
                kind="digest",
                recipient=recipient,
                organisation_id=organisation.id,
                news={**news, "until": f"{local:%B %-d}", "events": told.news["events"] if told else []},
            )
            if written and told:
                told.state, told.error = "cancelled", "went with the week's digest"


def digest_of(session: Session, organisation_id: int, now: datetime, unanswered: list[str]) -> dict[str, Any]:
    """What came in the last seven days, what waits for this organisation, needs that nobody has taken."""
    own = select(Party.referral_id).where(Party.organisation_id == organisation_id)
    rows = session.scalars(
        select(Referral).where(Referral.id.in_(own), Referral.private.is_(False), Referral.status.in_(OPEN_REFERRAL))
    ).all()
    asked = [r for r in rows if any(p.organisation_id == organisation_id and p.role == "receiving" for p in r.parties)]
    waiting = {ReferralStatus.INTRODUCED, ReferralStatus.ACKNOWLEDGED}
    week_ago = now - timedelta(days=7)
    new = [referral for referral in rows if (referral.introduced_at or referral.created_at) > week_ago]
    return {
        "came": [_line(referral) for referral in new],
        "acts": [_line(referral) for referral in asked if referral.status in waiting],
        "unanswered": unanswered[:10],
        "coordinate": [line for referral in new for line in _others(session, referral, organisation_id)],
    }


def _others(session: Session, referral: Referral, organisation_id: int) -> list[str]:
    """To who introduced an employer: who was in touch with it before (S10)."""
    referring = {party.organisation_id for party in referral.parties if party.role == "referring"}
    if referral.employer is None or organisation_id not in referring:
        return []
    return [f"{referral.employer.name}: {words}" for words in in_touch.first_of_all(session, referral)]


def _open(session: Session) -> list[Referral]:
    return list(
        session.scalars(
            select(Referral).where(
                Referral.private.is_(False), Referral.status.in_((*OPEN_REFERRAL, ReferralStatus.DECLINED))
            )
        )
    )


def _line(referral: Referral) -> str:
    employer = referral.employer.name if referral.employer else referral.subject
    needs = ", ".join(f"{need.left or need.openings or ''} {need.title}".strip() for need in referral.needs)
    return f"{employer}: {needs or referral.kind.replace('_', ' ')} ({referral.status.replace('_', ' ')})"


def _need_lines(referral: Referral) -> list[str]:
    employer = referral.employer.name if referral.employer else referral.subject
    return [f"{unasked(need) or ''} {need.title}, {employer}".strip() for need in referral.needs if waits(need)]


def _digest_recipient(session: Session, organisation_id: int) -> str | None:
    """The organisation's coordinator, else its address, else whoever stood on its latest mail."""
    latest = session.scalar(
        select(Referral)
        .join(Referral.parties)
        .where(Party.organisation_id == organisation_id)
        .order_by(Referral.id.desc())
        .limit(1)
    )
    return outbox.recipient_of(session, latest, organisation_id) if latest else None


def clean_up(session: Session, now: datetime) -> None:
    """Counters older than a day and sessions that ended."""
    session.execute(delete(Attempt).where(Attempt.at < now - timedelta(days=1)))
    session.execute(delete(WebSession).where(WebSession.expires_at < now))
