"""Monthly statements of credit: each organisation's claims with the mail that proves them, ten working days to object.

Issued on the first morning of a month for the one before. What nobody objected to in time is confirmed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, aliased

from service import outbox, visibility
from service.db import settings_of
from service.models import AuditEntry, Credit, CreditStatement, InboundMessage, Organisation, Placement, utcnow
from service.visibility import Viewer
from service.workdays import after_working_days
from terms.statuses import CreditState, PlacementStatus

DAYS_TO_OBJECT = 10  # working days
MORNING = 8
IN_A_LETTER = 40
THE_CLOCK = "the clock"
_VOID = str(PlacementStatus.VOID)


class NotOver(ValueError):
    """A statement that is asked for before its month is over, or of no month at all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One credit: who is placed where (as the organisation may read it), who has which part, by which mail."""

    credit: Credit
    candidate: str
    employer: str
    others: Sequence[str]
    message: InboundMessage | None


@dataclass(frozen=True, slots=True)
class Statement:
    """An organisation's month: its own claims, and those of others on the same placements, to which it may object."""

    organisation: Organisation
    month: str
    issued: CreditStatement | None
    own: Sequence[Line]
    others: Sequence[Line]


def month_of(session: Session, instant: datetime) -> str:
    """The month in the network's own time zone, as 2026-10."""
    return f"{instant.astimezone(settings_of(session).zone):%Y-%m}"


def before(month: str) -> str:
    """The month before. Raises NotOver for what is no month."""
    return f"{_first(month) - timedelta(days=1):%Y-%m}"


def after(month: str) -> str:
    """The month after. Raises NotOver for what is no month."""
    return f"{_first(month) + timedelta(days=31):%Y-%m}"


def _first(month: str) -> date:
    try:
        found = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise NotOver("A month looks like 2026-10.") from error
    if not 1990 <= found.year <= 2200:
        raise NotOver("A month looks like 2026-10.")
    return found


def _end(session: Session, month: str) -> datetime:
    """The first instant after a month."""
    return datetime.combine(_first(after(month)), time(), settings_of(session).zone)


def of(session: Session, reader: Viewer, organisation: Organisation, month: str) -> Statement:
    """As it was issued, with names as the reader may read them; of a month that is not issued yet as it would be now.
    Raises NotOver."""
    _first(month)
    issued = session.scalar(
        select(CreditStatement).where(
            CreditStatement.organisation_id == organisation.id, CreditStatement.month == month
        )
    )
    credits = session.scalars(_credits(session, organisation.id, month, issued)).all()
    mine = [credit for credit in credits if credit.organisation_id == organisation.id]
    theirs = [credit for credit in credits if credit.organisation_id != organisation.id]
    own, others = ([_line(session, reader, credit) for credit in part] for part in (mine, theirs))
    return Statement(organisation, month, issued, own, others)


def _credits(session: Session, organisation_id: int, month: str, issued: CreditStatement | None) -> Select[Credit]:
    """Its own credits of that statement, and those of others that were told with them on the same placements."""
    own = aliased(Credit)
    on_its_own = exists().where(own.placement_id == Credit.placement_id, own.organisation_id == organisation_id)
    found = select(Credit).join(Placement).where(on_its_own, Placement.status != _VOID).order_by(Credit.id)
    if issued is not None:
        stated = select(CreditStatement.id).where(CreditStatement.month == month)
        return found.where(Credit.statement_id.in_(stated))
    return found.where(Credit.statement_id.is_(None), Credit.claimed_at < _end(session, month))


def _line(session: Session, reader: Viewer, credit: Credit) -> Line:
    placement = credit.placement
    others = {c.organisation.name for c in placement.credits if c.organisation_id != credit.organisation_id}
    return Line(
        credit=credit,
        candidate=visibility.candidate_name(reader, placement.candidate),
        employer=placement.employer.name if placement.employer else "an employer",
        others=sorted(others),
        message=session.get(InboundMessage, credit.message_id) if credit.message_id else None,
    )


def monthly(session: Session, now: datetime) -> int:
    """On the first morning of a month: statements of the one before, of what was told by mail that tells; how many."""
    if now.astimezone(settings_of(session).zone).hour < MORNING:
        return 0
    month = before(month_of(session, now))
    untold = exists().where(InboundMessage.id == Credit.message_id, InboundMessage.tell.is_(False))
    return _issue(session, month, now, THE_CLOCK, ~untold)


def issue(session: Session, month: str, who: str) -> int:
    """The hub's word: statements of a month to every organisation that has credits of it, also from old mail that was
    taken in without telling anybody; how many. Raises NotOver."""
    if _end(session, month) > utcnow():
        raise NotOver("That month is not over yet.")
    return _issue(session, month, utcnow(), who)


def _issue(session: Session, month: str, now: datetime, who: str, *narrowed: ColumnElement[bool]) -> int:
    """A credit stands on one statement: what is told late stands on that of the month in which it is known."""
    waiting = (
        select(Credit)
        .join(Placement)
        .where(
            Credit.statement_id.is_(None),
            Credit.claimed_at < _end(session, month),
            Placement.status != _VOID,
            *narrowed,
        )
    )
    made: dict[int, CreditStatement] = {}
    for credit in session.scalars(waiting.order_by(Credit.id)).all():
        if credit.organisation_id not in made:
            made[credit.organisation_id] = _statement(session, credit.organisation_id, month, now, who)
        credit.statement_id = made[credit.organisation_id].id
    session.flush()
    for organisation_id in sorted(made):
        _tell(session, session.get_one(Organisation, organisation_id), month)
    return len(made)


def _statement(session: Session, organisation_id: int, month: str, now: datetime, who: str) -> CreditStatement:
    """The month's statement, opened anew where something came to it since: there are ten working days again."""
    known = select(CreditStatement).where(
        CreditStatement.organisation_id == organisation_id, CreditStatement.month == month
    )
    statement = session.scalar(known)
    if statement is None:
        statement = CreditStatement(organisation_id=organisation_id, month=month)
        session.add(statement)
    statement.issued_at, statement.issued_by = now, who
    local = now.astimezone(settings_of(session).zone)
    statement.object_until = after_working_days(local, DAYS_TO_OBJECT).date()
    session.flush()
    return statement


def _tell(session: Session, organisation: Organisation, month: str) -> None:
    statement = of(session, Viewer(0, "", "", "coordinator", organisation.id), organisation, month)
    recipient = outbox.recipient_of(session, None, organisation.id)
    if recipient is None or statement.issued is None:
        return
    outbox.write(
        session,
        event=f"statement:{statement.issued.id}:{statement.issued.issued_at:%Y-%m-%d}",
        kind="statement",
        recipient=recipient,
        organisation_id=organisation.id,
        news={
            "month": f"{_first(month):%B %Y}",
            "path": f"/statements?month={month}&organisation={organisation.id}",
            "until": f"{statement.issued.object_until:%A, %B %-d}",
            "own": _in_words(session, statement.own),
            "others": _in_words(session, statement.others),
            "more": max(0, len(statement.own) - IN_A_LETTER) + max(0, len(statement.others) - IN_A_LETTER),
        },
    )


def _in_words(session: Session, lines: Sequence[Line]) -> list[str]:
    return [in_words(line, settings_of(session).zone) for line in lines[:IN_A_LETTER]]


def in_words(line: Line, zone: ZoneInfo) -> str:
    """ "N. F. at Alder Dock, started Nov 16: Northfield College, sent candidate (claimed, by a mail of Nov 17)"."""
    credit, placement = line.credit, line.credit.placement
    start = f", {placement.start_on:%b %-d}" if placement.start_on else ""
    sent = line.message.sent_at or line.message.received_at if line.message else None
    proof = f", by a mail of {sent.astimezone(zone):%b %-d}" if sent else ""
    part = f"{credit.organisation.name}, {credit.role.replace('_', ' ')} ({credit.state}{proof})"
    return f"{line.candidate} at {line.employer}{start}: {part}"


def confirm_unopposed(session: Session, now: datetime) -> int:
    """Claims that stood on a statement for ten working days and nobody objected to; how many."""
    today = now.astimezone(settings_of(session).zone).date()
    silent = (
        select(Credit)
        .join(CreditStatement, CreditStatement.id == Credit.statement_id)
        .where(Credit.state == CreditState.CLAIMED, CreditStatement.object_until < today)
    )
    found = session.scalars(silent).all()
    for credit in found:
        credit.state, credit.settled_at = str(CreditState.CONFIRMED), now
        session.add(
            AuditEntry(
                who=THE_CLOCK,
                what="credit confirmed: nobody objected in ten working days",
                record=f"placement {credit.placement_id}",
                details={"organisation": credit.organisation.name, "role": credit.role},
            )
        )
    return len(found)
