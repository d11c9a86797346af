"""The numbers beside the entries of the menu."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from service import visibility
from service.health import quarantined
from service.models import InboundMessage, Need, Pair, Referral, Suggestion
from service.queries.inbox import shown
from service.visibility import Viewer

MOST = 100


@dataclass(frozen=True, slots=True)
class Counts:
    inbox: int
    review: int
    suggestions: int
    quarantine: int

    @property
    def digest(self) -> str:
        return f"{self.inbox}-{self.review}-{self.suggestions}-{self.quarantine}"


def counts(session: Session, viewer: Viewer) -> Counts:
    """What waits for this person."""
    return Counts(
        inbox=_size(session, shown(viewer, "new").with_only_columns(InboundMessage.id)),
        review=_size(session, visibility.pairs(viewer).where(Pair.decision == "").with_only_columns(Pair.id)),
        suggestions=_size(
            session,
            visibility.needs(viewer)
            .join(Referral, Referral.id == Need.referral_id)
            .where(
                Need.id.in_(select(Suggestion.need_id).where(Suggestion.state == "offered")),
                Referral.status.not_in(("draft", "discarded", "duplicate", "closed")),
            )
            .with_only_columns(Need.id),
        ),
        quarantine=quarantined(session) if viewer.is_hub else 0,
    )


def _size(session: Session, found: Select[Any]) -> int:
    """Up to MOST: beyond it the number says no more, and counting on would cost every page."""
    return session.scalar(select(func.count()).select_from(found.order_by(None).limit(MOST).subquery())) or 0
