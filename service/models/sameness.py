"""Who is who: the key index, pairs with their decisions, merges with their snapshots, tombstones of the erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.models.base import Base
from service.queue import utcnow


class MatchKey(Base):
    """The index by which a record finds those that may be the same: see matching.blocking.

    The row is its own primary key, and on SQLite the table is that index: a record has some twenty of them.
    """

    __tablename__ = "match_key"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id = None  # ty: ignore[invalid-assignment]  # how SQLAlchemy leaves out a column of the base
    kind: Mapped[str] = mapped_column(String(9), primary_key=True)  # employer, candidate
    key: Mapped[str] = mapped_column(String(80), primary_key=True)  # of a candidate a keyed hash: see service.key_index
    record_id: Mapped[int] = mapped_column(primary_key=True, index=True, autoincrement=False)


class Pair(Base):
    """Two records that may be the same. decision: "" (open), same, not_same, not_sure. Asked once, kept for ever."""

    __tablename__ = "pair"
    __table_args__ = (UniqueConstraint("kind", "left_id", "right_id"),)

    kind: Mapped[str] = mapped_column(String(9))
    left_id: Mapped[int] = mapped_column(index=True)  # the smaller id
    right_id: Mapped[int] = mapped_column(index=True)
    probability: Mapped[float] = mapped_column(index=True)
    relation: Mapped[str] = mapped_column(String(40), default="")
    why: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    veiled: Mapped[bool] = mapped_column(default=False)  # compared by keyed hashes alone: no consent covers more
    decision: Mapped[str] = mapped_column(String(8), default="", index=True)
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("pair.id"))  # the decision that answers this one too
    bulk_id: Mapped[int | None] = mapped_column(ForeignKey("bulk.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)


class Merge(Base):
    """One record standing for another: a link with a snapshot of both and of every row that was moved.

    `asks` holds what came while the two were one and names neither of them clearly: a person says whose it is.
    """

    __tablename__ = "merge"

    kind: Mapped[str] = mapped_column(String(9))
    kept_id: Mapped[int] = mapped_column(index=True)
    merged_id: Mapped[int] = mapped_column(index=True)
    pair_id: Mapped[int | None] = mapped_column(ForeignKey("pair.id"))
    snapshot: Mapped[dict[str, Any]] = mapped_column(default=dict)
    by: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=utcnow)
    undone_by: Mapped[str] = mapped_column(default="")
    undone_at: Mapped[datetime | None]
    asks: Mapped[list[dict[str, Any]]] = mapped_column(default=list)


class Bulk(Base):
    """Pairs that one person joined at once, as one decision. `left_out` says which pairs were not joined, and why."""

    __tablename__ = "bulk"

    kind: Mapped[str] = mapped_column(String(9))
    source: Mapped[str] = mapped_column(String(8))  # score, cluster
    least: Mapped[float]
    joined: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    by: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=utcnow)
    undone_by: Mapped[str] = mapped_column(default="")
    undone_at: Mapped[datetime | None]


class Tombstone(Base):
    """One thing by which an erased person would be known again, as a keyed hash. `person` holds those of one together;
    `organisation_id` None: erased everywhere in the network."""

    __tablename__ = "tombstone"
    __table_args__ = (UniqueConstraint("person", "trait", "hash"), Index(None, "hash"))

    kind: Mapped[str] = mapped_column(String(9))  # candidate, contact
    person: Mapped[str] = mapped_column(String(32))
    trait: Mapped[str] = mapped_column(String(8))  # email, phone, born, name
    hash: Mapped[str] = mapped_column(String(64))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(default=utcnow)
