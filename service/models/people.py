"""Employers with their contacts, and candidates with their consent."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.models.base import Base
from service.queue import utcnow


class Employer(Base):
    """A place of work. `merged_into_id` points to the record that stands for this one until the merge is undone."""

    __tablename__ = "employer"

    name: Mapped[str] = mapped_column(index=True)
    aliases: Mapped[list[str]] = mapped_column(default=list)
    domains: Mapped[list[str]] = mapped_column(default=list)
    phones: Mapped[list[str]] = mapped_column(default=list)
    website: Mapped[str] = mapped_column(default="")
    overview: Mapped[str] = mapped_column(default="")
    street: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="")
    zip: Mapped[str] = mapped_column(default="")
    industry: Mapped[str] = mapped_column(default="")
    confirmed: Mapped[bool] = mapped_column(default=False)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id"), index=True)
    first_message_id: Mapped[int | None]  # no foreign key: mails point here already
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    contacts: Mapped[list["EmployerContact"]] = relationship(back_populates="employer", cascade="all, delete-orphan")


class EmployerContact(Base):
    __tablename__ = "employer_contact"

    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="", index=True)
    phones: Mapped[list[str]] = mapped_column(default=list)

    employer: Mapped[Employer] = relationship(back_populates="contacts")


class Candidate(Base):
    """A person who looks for work, as one organisation knows them. Other organisations see initials until consent.

    Records of two organisations are never joined by the machine (S43, MATCHING.md).
    """

    __tablename__ = "candidate"

    name: Mapped[str]
    given_name: Mapped[str] = mapped_column(default="")
    family_name: Mapped[str] = mapped_column(default="")
    emails: Mapped[list[str]] = mapped_column(default=list)
    phones: Mapped[list[str]] = mapped_column(default=list)
    date_of_birth: Mapped[date | None]
    city: Mapped[str] = mapped_column(default="")
    zip: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    consent: Mapped[str] = mapped_column(String(8), default="none")  # terms.statuses.ConsentState
    consent_on: Mapped[date | None]
    consent_scope: Mapped[str] = mapped_column(default="")
    consent_until: Mapped[date | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("candidate.id"), index=True)
    first_message_id: Mapped[int | None]  # no foreign key: mails point here already
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    @property
    def initials(self) -> str:
        return " ".join(f"{word[0]}." for word in self.name.split()[:3] if word) or "?"


class MatchKey(Base):
    """The index by which a record finds those that may be the same: see matching.blocking."""

    __tablename__ = "match_key"
    __table_args__ = (UniqueConstraint("kind", "key", "record_id"),)

    kind: Mapped[str] = mapped_column(String(9))  # employer, candidate
    key: Mapped[str] = mapped_column(String(80))
    record_id: Mapped[int] = mapped_column(index=True)


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
    decision: Mapped[str] = mapped_column(String(8), default="", index=True)
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=utcnow)


class Merge(Base):
    """One record standing for another: a link with a snapshot of both and of every row that was moved."""

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
