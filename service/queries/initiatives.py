"""Initiatives, events and programmes with what they brought, as far as the person asking may see it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service import initiatives, reports, visibility
from service.models import Initiative, InitiativeReferral, Need, Placement, Referral, utcnow
from service.visibility import Viewer

SHOWN = ("made", "accepted", "placements", "reported", "shared", "still_90")
"""The figures that stand on an initiative's own page; the reports page has all of them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One of the list, with counts: referrals, openings asked for, placements that count, and those only reported."""

    initiative: Initiative
    referrals: int
    openings: int
    placements: int
    reported: int


def rows(session: Session, viewer: Viewer, kind: str = "") -> list[Row]:
    """Those of a kind, or all."""
    made = visibility.referrals(viewer).where(Referral.status.not_in([str(s) for s in reports.NEVER_SENT]))
    sent = made.with_only_columns(Referral.id).subquery()
    marked = select(InitiativeReferral.initiative_id).join(sent, sent.c.id == InitiativeReferral.referral_id)
    referrals = _counts(session, marked.add_columns(func.count()))
    openings = _counts(
        session,
        marked.join(Need, Need.referral_id == sent.c.id).add_columns(func.sum(func.coalesce(Need.openings, 1))),
    )
    placed = visibility.placements(viewer).where(Placement.status.not_in(("void", "disputed"))).subquery()
    of_one = select(InitiativeReferral.initiative_id).join(
        placed, placed.c.referral_id == InitiativeReferral.referral_id
    )
    sure = placed.c.verified_source != "", placed.c.status.in_([str(s) for s in reports.ENTERED])
    placements, all_placed = (_counts(session, one.add_columns(func.count())) for one in (of_one.where(*sure), of_one))
    return [
        Row(
            one,
            referrals.get(one.id, 0),
            openings.get(one.id, 0),
            placements.get(one.id, 0),
            all_placed.get(one.id, 0) - placements.get(one.id, 0),
        )
        for one in initiatives.listing(session)
        if not kind or one.kind == kind
    ]


def _counts(session: Session, found: Any) -> dict[int, int]:
    return {row[0]: int(row[1]) for row in session.execute(found.group_by(InitiativeReferral.initiative_id))}


@dataclass(frozen=True, slots=True)
class Opened:
    """One initiative: what it brought over all its time, each organisation's share, and its referrals."""

    initiative: Initiative
    period: reports.Period
    figures: list[reports.Figure]
    lines: list[reports.Line]
    marks: list[InitiativeReferral]


def opened(session: Session, viewer: Viewer, initiative_id: int, zone: ZoneInfo) -> Opened:
    """Raises NotVisible."""
    found = initiatives.find(session, initiative_id)
    period = reports.Period(date(2000, 1, 1), utcnow().astimezone(zone).date() + timedelta(days=366), zone)
    counted = reports.records(session, viewer, period, scope := reports.Scope(initiative_id=initiative_id))
    seen = visibility.referrals(viewer).with_only_columns(Referral.id)
    marks = select(InitiativeReferral).where(
        InitiativeReferral.initiative_id == initiative_id, InitiativeReferral.referral_id.in_(seen)
    )
    return Opened(
        found,
        period,
        [figure for figure in reports.figures(session, viewer, counted, scope) if figure.key in SHOWN],
        reports.by_organisation(session, viewer, counted, scope),
        list(session.scalars(marks.order_by(InitiativeReferral.id.desc()))),
    )
