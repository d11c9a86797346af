"""Monday page: what came, who acts next, unanswered needs, the resource list; five minutes, one printed page."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from service import referrals, visibility
from service.models import InboundMessage, Need, Organisation, PartnerService, Party, Placement, Referral, utcnow
from service.openings import only_open
from service.queries.referral import covers, listing
from service.web.partners import confirmed_on, is_stale
from service.web.site import reading, viewer

blueprint = Blueprint("monday", __name__)
MOST = 100  # lines of a list: more is no Monday page


@blueprint.get("/monday")
def page() -> ResponseReturnValue:
    since = utcnow() - timedelta(days=7)
    with reading() as session:
        load = (selectinload(Referral.parties).joinedload(Party.organisation), selectinload(Referral.needs))
        came = visibility.referrals(viewer()).where(
            func.coalesce(Referral.introduced_at, Referral.created_at) > since,
            Referral.status.not_in(("discarded", "duplicate")),
        )
        new = session.scalars(
            came.options(*load, selectinload(Referral.employer)).order_by(Referral.id.desc()).limit(MOST)
        ).all()
        mails = visibility.messages(viewer()).where(
            func.coalesce(InboundMessage.sent_at, InboundMessage.received_at) > since, InboundMessage.state == "done"
        )
        results = session.execute(
            mails.with_only_columns(InboundMessage.result, func.count()).group_by(InboundMessage.result).order_by(None)
        ).all()
        acting = session.scalars(listing(viewer(), "open").limit(MOST)).all()
        waiting = only_open(visibility.needs(viewer()))
        needs = session.scalars(
            waiting.options(selectinload(Need.referral).selectinload(Referral.employer)).limit(MOST)
        ).all()
        placed = _count(session, visibility.placements(viewer()).where(Placement.reported_at > since))
        late = _count(session, listing(viewer(), "late"))
        return render_template(
            "web/monday.html",
            since=since,
            new=new,
            came=_count(session, came),
            most=MOST,
            results=dict(results),
            acting=[(row, referrals.next_act(row)) for row in acting if row.due or row.status in {"draft", "declined"}],
            late=late,
            needs=needs,
            unanswered=_count(session, waiting),
            placed=placed,
            partners=session.scalars(
                select(Organisation)
                .join(PartnerService)
                .distinct()
                .options(selectinload(Organisation.services))
                .order_by(Organisation.name)
            ).all(),
            is_stale=is_stale,
            confirmed_on=confirmed_on,
            cover=covers(session, viewer(), [row.id for row in (*new, *acting)]),
        )


def _count(session: Session, found: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0
