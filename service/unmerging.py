"""Undoing a merge: each record gets back its own values and links; what came since goes where its evidence says.

Evidence is what mails say: the employer or the person that a mail names, compared with both records as they were.
What names neither clearly stays where it is and is asked: see `Merge.asks` and `settle`.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service import merges, shared_placements
from service.models import Base, Employer, EmployerContact, Merge, Pair, Placement, Referral, Submission, utcnow
from service.whose import Sides, Whose, whose_row, whose_value

Known = merges.Known


def undo(session: Session, merge_id: int, who: str) -> Merge:
    """Two records again. Raises LookupError for no such merge, ValueError where it is undone already, where a later
    merge stands on it, or where the person was erased."""
    link = session.get(Merge, merge_id)
    if link is None:
        raise LookupError(f"There is no merge {merge_id}.")
    if link.undone_at is not None:
        raise ValueError(f"Merge {merge_id} was undone on {link.undone_at:%d %b %Y} already.")
    if not link.snapshot:
        raise ValueError("The person was erased; there is nothing left to part.")
    model = merges.Employer if link.kind == "employer" else merges.Candidate
    kept, merged = session.get_one(model, link.kept_id), session.get_one(model, link.merged_id)
    _refuse_what_stands_on_it(session, link, kept, merged)
    sides = Sides(link.kind, link.kept_id, link.merged_id, link.snapshot["kept"], link.snapshot["merged"])
    merged.merged_into_id = None
    shared_placements.part(session, link.snapshot.get("placements", []))
    since = _since(session, link)
    _move_back(session, link)
    asks = _part_rows(session, link, sides, since)
    asks += _part_values(session, link, sides, kept, merged)
    link.undone_by, link.undone_at, link.asks = who, utcnow(), asks
    if link.pair_id is not None:
        pair = session.get_one(Pair, link.pair_id)
        pair.decision, pair.decided_by, pair.decided_at, pair.bulk_id = "", "", None, None
    session.flush()
    merges.forget_loaded(session, kept, merged)
    return link


def _refuse_what_stands_on_it(session: Session, link: Merge, kept: Known, merged: Known) -> None:
    if kept.merged_into_id is not None:
        raise ValueError("The record was merged into another one since; undo that first.")
    theirs = merges.cluster(session, merged)
    later = session.scalars(
        select(Merge)
        .join(Pair, Pair.id == Merge.pair_id)
        .where(
            Merge.kind == link.kind,
            Merge.kept_id == link.kept_id,
            Merge.id > link.id,
            Merge.undone_at.is_(None),
            or_(Pair.left_id.in_(theirs), Pair.right_id.in_(theirs)),
        )
        .order_by(Merge.id)
    ).first()
    if later is not None:
        raise ValueError(f"Record {later.merged_id} was joined because of this one; undo that first.")


def _tables(kind: str) -> dict[str, tuple[type[Base], str]]:
    return {model.__tablename__: (model, column) for model, column in merges.MOVED[kind]}


def _since(session: Session, link: Merge) -> list[tuple[str, Any]]:
    """(table, row) of what points to the kept record now and did not belong to either when they were joined. Of merges
    from before snapshots said so nothing is known to have come since: all of it stays."""
    if "own" not in link.snapshot:
        return []
    known = {(table, row_id) for table, row_id in (*link.snapshot["moved"], *link.snapshot["own"])}
    standing = select(Merge).where(Merge.kept_id == link.kept_id, Merge.kind == link.kind, Merge.undone_at.is_(None))
    for other in session.scalars(standing):
        known |= {(table, row_id) for table, row_id in other.snapshot.get("moved", [])}
    rows = []
    for table, (model, column) in _tables(link.kind).items():
        found = session.scalars(select(model).where(getattr(model, column) == link.kept_id).order_by(model.id))
        rows += [(table, row) for row in found if (table, row.id) not in known]
    return rows


def _move_back(session: Session, link: Merge) -> None:
    tables = _tables(link.kind)
    for table, row_id in link.snapshot["moved"]:
        model, column = tables[table]
        row = session.get(model, row_id)
        if row is not None and getattr(row, column) == link.kept_id:
            setattr(row, column, link.merged_id)
    session.flush()


def _part_rows(session: Session, link: Merge, sides: Sides, since: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    """Rows that came since go to the side that their evidence names; what is unclear stays, and is asked."""
    asks = []
    order = {Referral: 0, Submission: 0, EmployerContact: 1, Placement: 2}
    for table, row in sorted(since, key=lambda found: (order.get(type(found[1]), 3), found[1].id)):
        if type(row) not in order:
            continue
        side = whose_row(session, row, sides)
        if side is Whose.MERGED and _can_go(session, row, link.merged_id):
            setattr(row, _tables(link.kind)[table][1], link.merged_id)
            session.flush()
        elif side is Whose.UNCLEAR:
            asks.append({"table": table, "id": row.id})
    return asks


def _can_go(session: Session, row: Any, record_id: int) -> bool:
    if not isinstance(row, Submission):
        return True
    same = (Submission.referral_id == row.referral_id, Submission.candidate_id == record_id)
    return session.scalar(select(Submission.id).where(*same)) is None


def _part_values(session: Session, link: Merge, sides: Sides, kept: Known, merged: Known) -> list[dict[str, Any]]:
    """Each field its value from before; an edit stays with the record whose value was shown when it was made."""
    after, now = link.snapshot["result"], merges.values(kept)
    asks = []
    for field, was in sides.kept.items():
        if field == "merged_into_id":
            continue
        if isinstance(was, list):
            asks += _part_list(session, sides, field, after[field], kept, merged)
        elif now[field] == after[field]:
            setattr(kept, field, _typed(kept, field, was))
        elif after[field] == sides.merged[field] != was:
            setattr(merged, field, getattr(kept, field))
            setattr(kept, field, _typed(kept, field, was))
    return asks


def _part_list(
    session: Session, sides: Sides, field: str, after: list[str], kept: Known, merged: Known
) -> list[dict[str, Any]]:
    now = getattr(kept, field)
    gone = set(after) - set(now)
    mine = [value for value in sides.kept[field] if value not in gone]
    theirs = [value for value in sides.merged[field] if value not in gone]
    asks = []
    for value in now:
        if value in after or value in mine:
            continue
        side = whose_value(session, field, value, sides)
        (theirs if side is Whose.MERGED else mine).append(value)
        if side is Whose.UNCLEAR:
            asks.append({"field": field, "value": value})
    setattr(kept, field, mine)
    setattr(merged, field, list(dict.fromkeys(theirs)))
    return asks


def _typed(record: Known, field: str, was: Any) -> Any:
    kind = getattr(type(record), field).type.python_type
    if was and kind is datetime:
        return datetime.fromisoformat(was)
    return date.fromisoformat(was) if was and kind is date else was


def settle(session: Session, merge_id: int, number: int, side: str) -> Merge:
    """A person says whose a thing is that came while two records were one: "kept" or "merged".

    Raises LookupError, ValueError.
    """
    link = session.get(Merge, merge_id)
    if link is None or link.undone_at is None or not 0 <= number < len(link.asks):
        raise LookupError("That was settled already.")
    if side not in {"kept", "merged"}:
        raise ValueError("Say to which of the two it belongs.")
    asked = link.asks[number]
    if side == "merged":
        _hand_over(session, link, asked)
    link.asks = [one for position, one in enumerate(link.asks) if position != number]
    session.flush()
    return link


def _hand_over(session: Session, link: Merge, asked: dict[str, Any]) -> None:
    model = merges.Employer if link.kind == "employer" else merges.Candidate
    kept, merged = session.get_one(model, link.kept_id), session.get_one(model, link.merged_id)
    if "field" in asked:
        field, value = asked["field"], asked["value"]
        setattr(kept, field, [one for one in getattr(kept, field) if one != value])
        setattr(merged, field, list(dict.fromkeys((*getattr(merged, field), value))))
        return
    row_model, column = _tables(link.kind)[asked["table"]]
    row = session.get(row_model, asked["id"])
    if row is not None and getattr(row, column) == link.kept_id and _can_go(session, row, link.merged_id):
        setattr(row, column, link.merged_id)
    session.flush()
    if isinstance(kept, Employer):
        merges.forget_loaded(session, kept, merged)
