"""Review: two records that may be the same, side by side, with why, and what a merge would move."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matching.explain import Change
from service import claims, editing, identities, merges, visibility
from service.bulk import Shared
from service.claims import Claims
from service.models import (
    Candidate,
    Credit,
    Employer,
    InboundMessage,
    Merge,
    Organisation,
    Pair,
    Placement,
    Referral,
    Submission,
)
from service.plain_records import kind_of
from service.queries import consequences
from service.queries.consequences import Ask, Credited
from service.visibility import Viewer

PAGE = 50
FIELDS: dict[str, tuple[tuple[str, str], ...]] = {
    "employer": tuple(editing.EMPLOYER_FIELDS.items()),
    "candidate": (*editing.CANDIDATE_FIELDS.items(), ("consent", "Consent")),
}
PICKED = {"name", "website", "street", "city", "state", "zip", "industry", "date_of_birth"}


@dataclass(frozen=True, slots=True)
class Compared:
    """A field of both. `verdict`: agrees, differs, one (only one side knows it)."""

    field: str
    label: str
    left: str
    right: str
    verdict: str
    pick: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records with what hangs on it."""

    record: Employer | Candidate
    title: str
    organisation: Organisation | None
    first_mail: InboundMessage | None
    referrals: int
    placements: int
    credits: int


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of the waterfall: what moved the odds, from where (`left`, in hundredths of the width) and how far.

    `without` is the chance that there would be if this were not so; None for the first and the last bar.
    """

    words: str
    weight: float
    left: float
    width: float
    without: float | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    pair: Pair
    steps: Sequence[Step]
    left: Side
    right: Side
    fields: Sequence[Compared]
    merge: Merge | None
    forbids: Pair | None  # the "not the same" that "same" would overrule
    following: int | None
    changes: Sequence[Change]
    now: float
    across: bool  # two organisations: each keeps its own values
    walled: bool  # and not both have consent, so that hashes alone were compared
    credited: Sequence[Credited]
    shared: Sequence[Shared]
    maybe: Sequence[Claims]  # placements that may be one, at employers that are two records
    undone: Merge | None
    asks: Sequence[Ask]


def listing(viewer: Viewer, show: str, kind: str = "") -> Any:
    """Open pairs, the surest first; or those decided, the latest first."""
    found = visibility.pairs(viewer)
    if kind:
        found = found.where(Pair.kind == kind)
    if show == "decided":
        return found.where(Pair.decision != "").order_by(Pair.decided_at.desc())
    return found.where(Pair.decision == "").order_by(Pair.probability.desc(), Pair.id)


def titles(session: Session, viewer: Viewer, pairs: Sequence[Pair]) -> dict[int, tuple[str, str]]:
    """The two names of each pair."""
    models = {"employer": Employer, "candidate": Candidate}
    return {
        pair.id: (
            _title(viewer, session.get_one(models[pair.kind], pair.left_id)),
            _title(viewer, session.get_one(models[pair.kind], pair.right_id)),
        )
        for pair in pairs
    }


def _title(viewer: Viewer, record: Employer | Candidate) -> str:
    return record.name if isinstance(record, Employer) else visibility.candidate_name(viewer, record)


def opened(session: Session, viewer: Viewer, pair_id: int) -> Opened:
    """Raises NotVisible."""
    pair = visibility.get(session, viewer, Pair, pair_id)
    model = Employer if pair.kind == "employer" else Candidate
    left, right = session.get_one(model, pair.left_id), session.get_one(model, pair.right_id)
    merge = session.scalar(select(Merge).where(Merge.pair_id == pair_id, Merge.undone_at.is_(None)))
    before = merge.snapshot if merge else {}
    values = [_values(viewer, record, before, merge) for record in (left, right)]
    hidden = any(_hides(viewer, record) for record in (left, right))
    now, changes = consequences.would_change(session, pair, left, right)
    across = merges.of_two_organisations(left, right)
    undone, asks = consequences.asks(session, pair)
    credited, shared = consequences.credits(session, pair, left, right)
    return Opened(
        pair=pair,
        steps=waterfall(pair.probability, pair.why),
        left=_side(session, viewer, left),
        right=_side(session, viewer, right),
        fields=[
            _compare(field, label, *(value[field] for value in values), picking=not across, hidden=hidden)
            for field, label in FIELDS[pair.kind]
        ],
        merge=merge,
        forbids=_forbids(session, pair, left, right),
        following=session.scalar(
            listing(viewer, "open", pair.kind).where(Pair.id != pair_id).with_only_columns(Pair.id).limit(1)
        ),
        changes=changes,
        now=now,
        across=across,
        walled=visibility.walled(left, right),
        credited=credited,
        shared=shared,
        maybe=_maybe(session, viewer, pair),
        undone=undone,
        asks=asks,
    )


def _forbids(session: Session, pair: Pair, left: Any, right: Any) -> Pair | None:
    if pair.decision and not pair.follows_id:
        return None
    return identities.contradiction(session, pair, *(identities.standing_for(session, one) for one in (left, right)))


def _maybe(session: Session, viewer: Viewer, pair: Pair) -> list[Claims]:
    if pair.kind != "candidate" or pair.decision == "same":
        return []
    return [
        one for one in claims.suggested(session, viewer, [pair.id]) if one.kept.employer_id != one.other.employer_id
    ]


def waterfall(probability: float, why: Sequence[dict[str, Any]]) -> list[Step]:
    """From what is usual for two such records, reason by reason, to the chance in the end, in log-odds."""
    reasons = [(str(reason.get("words") or reason.get("reason")), float(reason.get("weight") or 0)) for reason in why]
    end = _log_odds(probability)
    at = end - sum(weight for _, weight in reasons)
    moves = [("any two records with a key in common", 0.0, at)]
    for words, weight in reasons:
        moves.append((words, at, at + weight))
        at += weight
    moves.append(("all together", 0.0, end))
    lowest = min(min(start, stop) for _, start, stop in moves)
    span = max(max(start, stop) for _, start, stop in moves) - lowest or 1.0
    last = len(moves) - 1
    return [
        Step(
            words,
            stop - start,
            round(100 * (min(start, stop) - lowest) / span, 1),
            round(max(100 * abs(stop - start) / span, 0.6), 1),
            None if number in {0, last} else 1 / (1 + math.exp(stop - start - end)),
        )
        for number, (words, start, stop) in enumerate(moves)
    ]


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(bounded / (1 - bounded))


def _values(
    viewer: Viewer, record: Employer | Candidate, before: dict[str, Any], merge: Merge | None
) -> dict[str, str]:
    """A record's fields as text: of a merged pair, as they were before; of a candidate, what the viewer may read."""
    snapshot = before.get("kept" if merge and merge.kept_id == record.id else "merged", {})
    hidden = _hides(viewer, record)
    found = {}
    for field, _ in FIELDS[kind_of(record)]:
        value = snapshot.get(field, getattr(record, field))
        text = ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)
        found[field] = _hidden(record, field, text) if hidden else text
    return found


def _hides(viewer: Viewer, record: Employer | Candidate) -> bool:
    return isinstance(record, Candidate) and not visibility.may_see_details(viewer, record)


def _hidden(record: Any, field: str, text: str) -> str:
    if field == "consent":
        return text
    return record.initials if field == "name" else "known, hidden" if text else ""


def _compare(field: str, label: str, left: str, right: str, *, picking: bool, hidden: bool) -> Compared:
    same = left.casefold() == right.casefold()
    verdict = "" if not (left or right) else "agrees" if same else "differs" if left and right else "one"
    if hidden and left and right and field != "consent":
        verdict = "hidden"
    return Compared(field, label, left, right, verdict, picking and verdict == "differs" and field in PICKED)


def _side(session: Session, viewer: Viewer, record: Employer | Candidate) -> Side:
    employer = isinstance(record, Employer)
    placed = Placement.employer_id == record.id if employer else Placement.candidate_id == record.id
    on = select(func.count()).select_from(Referral if employer else Submission)
    on = on.where(Referral.employer_id == record.id if employer else Submission.candidate_id == record.id)
    credits = select(func.count()).select_from(Credit).join(Placement).where(placed)
    first = visibility.messages(viewer).where(InboundMessage.id == (record.first_message_id or 0))
    return Side(
        record=record,
        title=_title(viewer, record),
        organisation=session.get(Organisation, record.organisation_id)
        if isinstance(record, Candidate) and record.organisation_id
        else None,
        first_mail=session.scalar(first),
        referrals=session.scalar(on) or 0,
        placements=session.scalar(select(func.count()).select_from(Placement).where(placed)) or 0,
        credits=session.scalar(credits) or 0,
    )
