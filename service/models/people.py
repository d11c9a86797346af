"""Employers with their contacts, and candidates with their consent."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
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
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id"), index=True)  # whose site or branch it is
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


class EmployerTie(Base):
    """What an organisation has with an employer: who leads the relationship there, and until when it wants no notice
    of others in touch (S42)."""

    __tablename__ = "employer_tie"
    __table_args__ = (UniqueConstraint("employer_id", "organisation_id"),)

    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    lead_name: Mapped[str] = mapped_column(default="")
    lead_email: Mapped[str] = mapped_column(default="")
    snoozed_until: Mapped[date | None]


class RecordChange(Base):
    """One field of an employer or a candidate that a person set by hand: what stood there, what stands there since."""

    __tablename__ = "record_change"
    __table_args__ = (Index(None, "kind", "record_id"),)

    kind: Mapped[str] = mapped_column(String(9))  # employer, candidate
    record_id: Mapped[int]
    field: Mapped[str] = mapped_column(String(20))
    before: Mapped[Any] = mapped_column(JSON)
    after: Mapped[Any] = mapped_column(JSON)
    who: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=utcnow)
    undone_by: Mapped[str] = mapped_column(default="")
    undone_at: Mapped[datetime | None]


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
    work: Mapped[list[str]] = mapped_column(default=list)  # jobs sought or done, in the words of lists and people
    languages: Mapped[list[str]] = mapped_column(default=list)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    consent: Mapped[str] = mapped_column(String(8), default="none")  # terms.statuses.ConsentState
    consent_on: Mapped[date | None]
    consent_scope: Mapped[str] = mapped_column(default="")
    consent_until: Mapped[date | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("candidate.id"), index=True)
    first_message_id: Mapped[int | None]  # no foreign key: mails point here already
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    erased_at: Mapped[datetime | None]  # an empty row stays, so that placements are still counted

    joined: Mapped[list["Candidate"]] = relationship(
        remote_side=[merged_into_id], viewonly=True, order_by="Candidate.id"
    )

    @property
    def initials(self) -> str:
        if self.erased_at is not None:
            return self.name
        return " ".join(f"{word[0]}." for word in self.name.split()[:3] if word) or "?"
