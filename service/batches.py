"""Lists that were taken in, one batch each, and how one is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service import partner_entries, partners
from service.models import AuditEntry, ImportBatch, Organisation, Suggestion, utcnow


class UnknownBatch(LookupError):
    """No import of that number, or one that was undone already."""


@dataclass(slots=True)
class Undone:
    """What taking a batch back did: names put back, names removed, and a sentence for each that stays as it is."""

    put_back: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)


def newest(session: Session, limit: int = 20) -> Sequence[ImportBatch]:
    return session.scalars(select(ImportBatch).order_by(ImportBatch.id.desc()).limit(limit)).all()


def undo(session: Session, batch_id: int, who: str) -> Undone:
    """Partners as they were before the list; what somebody has changed since stays. Raises UnknownBatch."""
    batch = session.get(ImportBatch, batch_id)
    if batch is None or batch.undone_at is not None:
        raise UnknownBatch("There is no such import, or it was undone already.")
    undone = Undone()
    for name, after in batch.after.items():
        organisation = session.scalar(select(Organisation).where(Organisation.name == name))
        if organisation is None:
            undone.stays.append(f"{name} is gone already.")
        elif partners.entry_of(session, organisation) != after:
            undone.stays.append(f"{name} was changed since, and stays as it is.")
        elif name in batch.before:
            partner_entries.replace(session, organisation, batch.before[name])
            undone.put_back.append(name)
        else:
            _remove(session, organisation, undone)
    batch.undone_at, batch.undone_by = utcnow(), who
    session.add(AuditEntry(who=who, what="undid an import", record=f"import {batch_id}"))
    partners.touch(session)
    return undone


def _remove(session: Session, organisation: Organisation, undone: Undone) -> None:
    """A partner that the list added goes, unless something refers to it by now."""
    name = organisation.name
    try:
        with session.begin_nested():
            session.execute(
                delete(Suggestion).where(
                    Suggestion.organisation_id == organisation.id, Suggestion.state.in_(("offered", "gone"))
                )
            )
            session.delete(organisation)
            session.flush()
    except IntegrityError:
        undone.stays.append(f"{name} takes part in referrals by now, and stays.")
    else:
        undone.removed.append(name)
