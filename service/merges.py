"""A merge is a link with a snapshot: what was where before, so that it can be undone at any time."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from service import shared_placements
from service.models import (
    Base,
    Candidate,
    Employer,
    EmployerContact,
    Merge,
    Pair,
    Placement,
    Referral,
    Submission,
    utcnow,
)

Known = Employer | Candidate

MOVED: dict[str, tuple[tuple[type[Base], str], ...]] = {
    "employer": ((Referral, "employer_id"), (Placement, "employer_id"), (EmployerContact, "employer_id")),
    "candidate": ((Submission, "candidate_id"), (Placement, "candidate_id")),
}
"""Rows that point to a record and follow it into the one that it is merged into."""

LISTS = ("aliases", "domains", "phones", "emails")


def merge(session: Session, pair: Pair, left: Known, right: Known, who: str, keep: dict[str, str]) -> Merge:
    """The older record stands for both. `keep` says for a field whose value is taken: "left" or "right"."""
    kept, merged = sorted((left, right), key=lambda record: record.id)
    snapshot: dict[str, Any] = {"kept": values(kept), "merged": values(merged), "moved": []}
    _take_fields(kept, merged, {field: left if side == "left" else right for field, side in keep.items()})
    for model, column in MOVED[pair.kind]:
        for row in session.scalars(select(model).where(getattr(model, column) == merged.id)).all():
            if _would_collide(session, row, kept):
                continue
            setattr(row, column, kept.id)
            snapshot["moved"].append([model.__tablename__, row.id])
    merged.merged_into_id = kept.id
    session.flush()
    if isinstance(kept, Candidate):
        snapshot["placements"] = shared_placements.join_those_of(session, kept.id)
    snapshot["result"] = values(kept)
    link = Merge(kind=pair.kind, kept_id=kept.id, merged_id=merged.id, pair_id=pair.id, snapshot=snapshot, by=who)
    session.add(link)
    session.flush()
    return link


def _would_collide(session: Session, row: Any, kept: Known) -> bool:
    """One person twice on one referral stays two submissions: each names the organisation that sent them."""
    if not isinstance(row, Submission):
        return False
    twin = select(Submission.id).where(Submission.referral_id == row.referral_id, Submission.candidate_id == kept.id)
    return session.scalar(twin) is not None


def _take_fields(kept: Known, merged: Known, chosen: dict[str, Known]) -> None:
    """Chosen fields from their side, lists united, empty fields filled."""
    for field, value in values(merged).items():
        own = getattr(kept, field)
        if field in chosen:
            taken = getattr(chosen[field], field)
            setattr(kept, field, taken)
        elif field in LISTS:
            setattr(kept, field, list(dict.fromkeys((*own, *value))))
        elif own in ("", None) and field not in {"merged_into_id", "organisation_id"}:
            setattr(kept, field, getattr(merged, field))
    if isinstance(kept, Employer) and merged.name.casefold() != kept.name.casefold():
        kept.aliases = list(dict.fromkeys((*kept.aliases, merged.name)))


def values(record: Known) -> dict[str, Any]:
    """A record's own fields as JSON."""
    skipped = {"id", "created_at", "first_message_id"}
    found = {
        column.key: getattr(record, column.key)
        for column in inspect(type(record)).column_attrs
        if column.key not in skipped
    }
    return {key: value.isoformat() if isinstance(value, date | datetime) else value for key, value in found.items()}


def undo(session: Session, merge_id: int, who: str) -> Merge:
    """Both records get back what they had; an edit made since stays, and so do rows that came since.

    Raises LookupError for no such merge, ValueError where it is undone already or a later merge stands on it.
    """
    link = session.get(Merge, merge_id)
    if link is None:
        raise LookupError(f"There is no merge {merge_id}.")
    if link.undone_at is not None:
        raise ValueError(f"Merge {merge_id} was undone on {link.undone_at:%d %b %Y} already.")
    model: type[Known] = Employer if link.kind == "employer" else Candidate
    kept, merged = session.get_one(model, link.kept_id), session.get_one(model, link.merged_id)
    if kept.merged_into_id is not None:
        raise ValueError("The record was merged into another one since; undo that first.")
    _give_back(kept, link.snapshot["kept"], link.snapshot["result"])
    merged.merged_into_id = None
    tables = {model.__tablename__: (model, column) for model, column in MOVED[link.kind]}
    for table, row_id in link.snapshot["moved"]:
        row_model, column = tables[table]
        row = session.get(row_model, row_id)
        if row is not None and getattr(row, column) == kept.id:
            setattr(row, column, merged.id)
    shared_placements.part(session, link.snapshot.get("placements", []))
    link.undone_by, link.undone_at = who, utcnow()
    if link.pair_id is not None:
        pair = session.get_one(Pair, link.pair_id)
        pair.decision, pair.decided_by, pair.decided_at = "", "", None
    session.flush()
    return link


def _give_back(record: Known, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Each field its value from before the merge, unless somebody changed it since."""
    now = values(record)
    for field, was in before.items():
        if now[field] == after[field]:
            column = getattr(type(record), field)
            parse = date.fromisoformat if was and column.type.python_type is date else lambda value: value
            setattr(record, field, parse(was))


def cluster(session: Session, record: Known) -> set[int]:
    """The ids of every record that stands merged into this one, itself included."""
    model = type(record)
    found, todo = {record.id}, [record.id]
    while todo:
        todo = list(session.scalars(select(model.id).where(model.merged_into_id.in_(todo))))
        found.update(todo)
    return found
