"""A merge is a link with a snapshot: what was where before, so that it can be undone at any time."""

from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from service import shared_placements
from service.models import (
    Base,
    Candidate,
    Employer,
    EmployerContact,
    EmployerTie,
    Merge,
    Pair,
    Placement,
    Referral,
    Submission,
)

Known = Employer | Candidate
One = TypeVar("One", bound=Known)

MOVED: dict[str, tuple[tuple[type[Base], str], ...]] = {
    "employer": (
        (Referral, "employer_id"),
        (Placement, "employer_id"),
        (EmployerContact, "employer_id"),
        (EmployerTie, "employer_id"),
        (Employer, "parent_id"),
    ),
    "candidate": ((Submission, "candidate_id"), (Placement, "candidate_id")),
}
"""Rows that point to a record and follow it into the one that it is merged into."""

LISTS = ("aliases", "domains", "phones", "emails", "work", "languages")
_NEVER_TAKEN = frozenset({"merged_into_id", "organisation_id", "erased_at"})


def merge(session: Session, pair: Pair, left: Known, right: Known, who: str, keep: dict[str, str]) -> Merge:
    """The older record stands for both. `keep` says for a field whose value is taken: "left" or "right".

    Of two candidates of two organisations each keeps its own values: that they are one does not hand what one
    organisation knows to the other.
    """
    kept, merged = sorted((left, right), key=lambda record: record.id)
    snapshot: dict[str, Any] = {"kept": values(kept), "merged": values(merged), "moved": [], "own": []}
    if not of_two_organisations(kept, merged):
        _take_fields(kept, merged, {field: left if side == "left" else right for field, side in keep.items()})
    for model, column in MOVED[pair.kind]:
        own = select(model.id).where(getattr(model, column) == kept.id).order_by(model.id)
        snapshot["own"] += [[model.__tablename__, row_id] for row_id in session.scalars(own)]
        for row in session.scalars(select(model).where(getattr(model, column) == merged.id).order_by(model.id)).all():
            if not _would_collide(session, row, kept):
                setattr(row, column, kept.id)
                snapshot["moved"].append([model.__tablename__, row.id])
    merged.merged_into_id = kept.id
    session.flush()
    by = Placement.candidate_id if isinstance(kept, Candidate) else Placement.employer_id
    snapshot["placements"] = shared_placements.join_those_of(session, by, kept.id)
    snapshot["result"] = values(kept)
    link = Merge(kind=pair.kind, kept_id=kept.id, merged_id=merged.id, pair_id=pair.id, snapshot=snapshot, by=who)
    session.add(link)
    session.flush()
    forget_loaded(session, kept, merged)
    return link


def of_two_organisations(one: Known, other: Known) -> bool:
    """Candidates whom two organisations serve, or one of whom nobody knows who serves."""
    return isinstance(one, Candidate) and isinstance(other, Candidate) and one.organisation_id != other.organisation_id


def forget_loaded(session: Session, *records: Known) -> None:
    """What was loaded of what hangs on these records has changed."""
    for record in records:
        session.expire(record, ["contacts"] if isinstance(record, Employer) else ["joined"])


def _would_collide(session: Session, row: Any, kept: Known) -> bool:
    """One person twice on one referral stays two submissions: each names the organisation that sent them."""
    if isinstance(row, Submission):
        same = (Submission.referral_id == row.referral_id, Submission.candidate_id == kept.id)
        return session.scalar(select(Submission.id).where(*same)) is not None
    if isinstance(row, EmployerTie):
        tie = (EmployerTie.organisation_id == row.organisation_id, EmployerTie.employer_id == kept.id)
        return session.scalar(select(EmployerTie.id).where(*tie)) is not None
    return isinstance(row, Employer) and row.id == kept.id


def _take_fields(kept: Known, merged: Known, chosen: dict[str, Known]) -> None:
    """Chosen fields from their side, lists united, empty fields filled; every spelling stays known as an alias."""
    names = (kept.name, merged.name)
    if "name" in chosen and isinstance(kept, Candidate):
        chosen = {**chosen, "given_name": chosen["name"], "family_name": chosen["name"]}
    for field, value in values(merged).items():
        own = getattr(kept, field)
        if field in chosen:
            setattr(kept, field, getattr(chosen[field], field))
        elif field in LISTS:
            setattr(kept, field, list(dict.fromkeys((*own, *value))))
        elif own in ("", None) and field not in _NEVER_TAKEN and not (field == "parent_id" and value == kept.id):
            setattr(kept, field, getattr(merged, field))
    if isinstance(kept, Employer):
        spellings = {kept.name.casefold(), *(alias.casefold() for alias in kept.aliases)}
        kept.aliases = [*kept.aliases, *(name for name in names if name.casefold() not in spellings)]


def values(record: Known) -> dict[str, Any]:
    """A record's own fields as JSON."""
    skipped = {"id", "created_at", "first_message_id"}
    found = {
        column.key: getattr(record, column.key)
        for column in inspect(type(record)).column_attrs
        if column.key not in skipped
    }
    return {key: value.isoformat() if isinstance(value, date | datetime) else value for key, value in found.items()}


def cluster(session: Session, record: Known) -> set[int]:
    """The ids of every record that stands merged into this one, itself included."""
    model = type(record)
    found, todo = {record.id}, [record.id]
    while todo:
        todo = list(session.scalars(select(model.id).where(model.merged_into_id.in_(todo))))
        found.update(todo)
    return found


def standing_for(session: Session, known: One) -> One:
    """The record that this one was merged into, itself where it was not."""
    while known.merged_into_id is not None:
        known = session.get_one(type(known), known.merged_into_id)
    return known
