"""How partners stand to one need, for its page: room, load, agreement; who is behind a wall; shares of a large one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service import answers, suggestions
from service.models import Agreement, Need, Organisation, Suggestion, utcnow
from service.openings import unasked

LARGE = 5
"""Openings from which a need is offered to several partners."""
_LIKELY = 0.4
"""A partner gets a share of a large need where it is at least so likely to take it as the best one, times this."""
_RECENT = timedelta(days=90)
_RANKED = 30  # partners below those that are shown, of whom the reasons are told


@dataclass(frozen=True, slots=True)
class Standing:
    """Three short lines beside a suggestion; "" where nothing is known."""

    room: str
    load: str
    agreement: str


@dataclass(frozen=True, slots=True)
class NotSuggested:
    """A partner that isn't shown, and why. `wall`: the name of what keeps it out, "" where it only ranks lower."""

    organisation_id: int
    name: str
    wall: str
    words: str


def standings(session: Session, need: Need, rows: Sequence[Suggestion]) -> Mapping[int, Standing]:
    """By suggestion."""
    waiting = answers.open_asks(session)
    recent = dict(
        session.execute(
            select(Suggestion.organisation_id, func.count())
            .where(Suggestion.state == "accepted", Suggestion.answered_at > utcnow() - _RECENT)
            .group_by(Suggestion.organisation_id)
        ).all()
    )
    found = {}
    for row in rows:
        load = _load(waiting.get(row.organisation.name, 0), recent.get(row.organisation_id, 0))
        found[row.id] = Standing(_room(row), load, _agreement(session, need, row))
    return found


def capacity_of(row: Suggestion) -> int | None:
    """Room of the service by which a partner was suggested, None where it isn't known."""
    service = next((one for one in row.organisation.services if one.name == row.service), None)
    return service.capacity if service else None


def _room(row: Suggestion) -> str:
    service = next((one for one in row.organisation.services if one.name == row.service), None)
    if service is None or service.capacity is None:
        return "room not known"
    on = f", as of {service.capacity_on:%b %-d}" if service.capacity_on else ""
    return f"room for {service.capacity}{on}"


def _load(waiting: int, recent: int) -> str:
    if not waiting and not recent:
        return "not asked lately"
    asked = f"asked {'once' if recent == 1 else f'{recent} times'} in 90 days" if recent else ""
    return ", ".join(filter(None, (asked, f"{waiting} without an answer yet" if waiting else "")))


def _agreement(session: Session, need: Need, row: Suggestion) -> str:
    referring = [party.organisation_id for party in need.referral.parties if party.role == "referring"]
    found = session.scalars(
        select(Agreement).where(
            Agreement.organisation_id.in_([row.organisation_id, *referring]),
            Agreement.with_id.in_([row.organisation_id, *referring]),
        )
    ).all()
    with_each_other = [one for one in found if row.organisation_id in {one.organisation_id, one.with_id}]
    if not referring or not with_each_other:
        return "no agreement is known" if referring else ""
    today = utcnow().date()
    best = next((one for one in with_each_other if one.standing(today) == "signed"), with_each_other[0])
    return f"{best.kind} {best.standing(today)}"


def not_suggested(session: Session, need: Need) -> list[NotSuggested]:
    """Partners that aren't shown: those that rank lower with what speaks against them, then those behind a wall."""
    asked = suggestions.asked(session, need)
    ranks = suggestions.suggester(session)
    ids = {" ".join(one.name.split()): one.id for one in session.scalars(select(Organisation))}
    shown = {row.organisation.name for row in need.suggestions if row.state == "offered"}
    lower = [
        NotSuggested(ids[one.partner], one.partner, "", _lower(one.why_not))
        for one in ranks.suggest(asked, limit=_RANKED + len(shown))
        if one.partner not in shown and one.partner in ids
    ]
    walled = [
        NotSuggested(ids[name], name, wall, words)
        for name, wall, words in ranks.refused(asked)
        if wall != "excluded" and name in ids
    ]
    return [*lower, *sorted(walled, key=lambda one: (one.wall, one.name))]


def _lower(why_not: Sequence[Any]) -> str:
    against = [reason.words for reason in why_not if reason.weight < 0] or [reason.words for reason in why_not]
    return "ranks lower" + (f": {'; '.join(against[:2])}" if against else "")


def shares(need: Need, rows: Sequence[Suggestion]) -> Mapping[int, int]:
    """A large need split over the partners that are suggested, by their score and room: openings by suggestion. Nothing
    where one has room for all; who is far less likely than the best gets no share, what is left over stays open."""
    from matching.needs import NeedAsked
    from matching.suggest import Suggestion as Ranked
    from matching.suggest import split

    left = unasked(need) or 0
    likely = [row for row in rows if row.score >= _LIKELY * max(one.score for one in rows)]
    alone = len(likely) == 1 and (capacity_of(likely[0]) or left) >= left
    if left < LARGE or not likely or alone:
        return {}
    ranked = [Ranked(str(row.id), row.score, room=capacity_of(row)) for row in likely]
    return {int(share.partner): share.openings for share in split(NeedAsked(need.title, left), ranked)}


def screens(session: Session, need: Need) -> list[str]:
    """What the order asks that can't be followed, in sentences: screening by a protected class."""
    from matching.screening import flags

    return [flag.sentence for flag in flags(suggestions.asked(session, need))]
