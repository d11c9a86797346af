"""Monday page: what came, who acts next, unanswered needs, the resource list; five minutes, one printed page."""

from collections import Counter
from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from service import referrals, suggestions, visibility
from service.models import InboundMessage, Need, Organisation, PartnerService, Party, Placement, Referral, utcnow
from service.queries.referral import covers, listing
from service.web.partners import confirmed_on, is_stale
from service.web.site import reading, viewer

blueprint = Blueprint("monday", __name__)


@blueprint.get("/monday")
def page() -> ResponseReturnValue:
    since = utcnow() - timedelta(days=7)
    with reading() as session:
        load = (selectinload(Referral.parties).joinedload(Party.organisation), selectinload(Referral.needs))
        came = visibility.referrals(viewer()).where(
            Referral.created_at > since, Referral.status.not_in(("discarded", "duplicate"))
        )
        new = session.scalars(came.options(*load).order_by(Referral.id)).all()
        mails = visibility.messages(viewer()).where(InboundMessage.received_at > since, InboundMessage.state == "done")
        results = session.execute(
            mails.with_only_columns(InboundMessage.result, func.count()).group_by(InboundMessage.result).order_by(None)
        ).all()
        acting = session.scalars(listing(viewer(), "open").limit(200)).all()
        needs = session.scalars(
            visibility.needs(viewer())
            .where(Need.state == "open")
            .options(selectinload(Need.referral))
            .order_by(Need.created_at)
        ).all()
        placed = session.scalars(visibility.placements(viewer()).where(Placement.reported_at > since)).all()
        return render_template(
            "web/monday.html",
            since=since,
            new=new,
            results=dict(results),
            acting=[(row, referrals.next_act(row)) for row in acting if row.due or row.status in {"draft", "declined"}],
            late=Counter(referrals.next_act(row).who for row in acting if row.due and row.due < utcnow()),
            needs=[need for need in needs if suggestions.is_open(need.referral)],
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
