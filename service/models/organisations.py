"""Organisations of the network with how they are recognised, what they offer, and what they agreed on; their people."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.models.base import Base
from service.queue import utcnow


class Organisation(Base):
    """A partner. `member` ones may create referrals by mail (T3); others stand in the directory only."""

    __tablename__ = "organisation"

    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(40), default="other")
    description: Mapped[str] = mapped_column(default="")
    member: Mapped[bool] = mapped_column(default=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    confirmed_on: Mapped[date | None]
    letters: Mapped[str] = mapped_column(String(10), default="at_once")  # at_once, daily, weekly
    shown_as: Mapped[str] = mapped_column(String(12), default="named")  # named, ask_the_hub, hidden (S10)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    signs: Mapped[list["OrganisationSign"]] = relationship(back_populates="organisation", cascade="all, delete-orphan")
    services: Mapped[list["PartnerService"]] = relationship(
        back_populates="organisation", cascade="all, delete-orphan", order_by="PartnerService.id"
    )

    def values(self, kind: str) -> list[str]:
        """Its aliases, domains or addresses."""
        return [sign.value for sign in self.signs if sign.kind == kind]


class OrganisationSign(Base):
    """How an organisation is recognised: kind is alias, domain or address. `source` says who taught it."""

    __tablename__ = "organisation_sign"
    __table_args__ = (UniqueConstraint("organisation_id", "kind", "value"), Index(None, "kind", "value"))

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    value: Mapped[str]
    source: Mapped[str] = mapped_column(String(20), default="import")

    organisation: Mapped[Organisation] = relationship(back_populates="signs")


class PartnerService(Base):
    """What a partner offers. `kind` is one of terms.kinds.ServiceKind, or a word of the partner's own.

    `occupations` are SOC codes that it confirmed, and words where it named a trade; `programmes` CIP codes of training;
    `requires` populations to which people must belong by the partner's own rule. Empty always means "not said".
    """

    __tablename__ = "partner_service"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(String(40), default="")
    description: Mapped[str] = mapped_column(default="")
    occupations: Mapped[list[str]] = mapped_column(default=list)
    industries: Mapped[list[str]] = mapped_column(default=list)
    populations: Mapped[list[str]] = mapped_column(default=list)
    areas: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[list[str]] = mapped_column(default=list)
    refused: Mapped[list[str]] = mapped_column(default=list)  # codes that were proposed and are not its
    programmes: Mapped[list[str]] = mapped_column(default=list)
    requires: Mapped[list[str]] = mapped_column(default=list)
    pathways: Mapped[list[str]] = mapped_column(default=list)
    agreement_required: Mapped[bool] = mapped_column(default=False)
    capacity: Mapped[int | None]
    capacity_on: Mapped[date | None]
    confirmed_on: Mapped[date | None]
    confirmed_by: Mapped[str] = mapped_column(default="")
    closed: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped[Organisation] = relationship(back_populates="services")


class ProfileQuestion(Base):
    """What a partner wrote of its page, and a person must settle: a line that would be other (`field` and `values` as a
    form sends them; empty where its words say no more than that something is), in the partner's own `words`.

    `answer`: "" while it waits, then yes or no.
    """

    __tablename__ = "profile_question"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("partner_service.id", ondelete="SET NULL"))
    message_id: Mapped[int] = mapped_column(ForeignKey("inbound_message.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(String(20), default="")
    values: Mapped[list[str]] = mapped_column(default=list)
    words: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    answer: Mapped[str] = mapped_column(String(3), default="")
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str] = mapped_column(default="")

    organisation: Mapped[Organisation] = relationship()
    service: Mapped[PartnerService | None] = relationship()


class Agreement(Base):
    """MOU, LOI or delegate contract between two organisations (S12, S27), with the document itself where it was given.

    `status` as it was said: draft, under review, signed, expired; `standing` is what it is on a day.
    """

    __tablename__ = "agreement"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    with_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    with_name: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(String(40), default="MOU")
    status: Mapped[str] = mapped_column(String(20), default="draft")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    scope: Mapped[list[str]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(default="")
    document_name: Mapped[str] = mapped_column(default="", server_default="")
    document: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    partner: Mapped[Organisation | None] = relationship(foreign_keys=[with_id])

    @property
    def parties(self) -> tuple[str, str]:
        return self.organisation.name, self.partner.name if self.partner else self.with_name

    def standing(self, on: date) -> str:
        """A signed one that hasn't begun is under review, one whose last day has passed is expired."""
        if self.status != "signed":
            return self.status
        if self.ends_on is not None and self.ends_on < on:
            return "expired"
        return "under review" if self.starts_on is not None and self.starts_on > on else "signed"


class ImportBatch(Base):
    """One list that was taken in, with what was there before, so that it can be undone. `before` and `after` hold
    contract entries by name; a name without an entry before is one that the list added."""

    __tablename__ = "import_batch"

    kind: Mapped[str] = mapped_column(String(12), default="partners")
    source: Mapped[str]
    who: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=utcnow)
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(default="")


class LearntModel(Base):
    """Parameters that a refit found better on what came later, and were taken. One of a kind is in use, or none: then
    the shipped ones are. `words` say what was learnt; the losses are of the old and the new ones on the newest part."""

    __tablename__ = "learnt_model"

    kind: Mapped[str] = mapped_column(String(12), index=True)  # partners
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    words: Mapped[list[str]] = mapped_column(default=list)
    answers: Mapped[int]
    old_loss: Mapped[float]
    new_loss: Mapped[float]
    taken_at: Mapped[datetime] = mapped_column(default=utcnow)
    in_use: Mapped[bool] = mapped_column(default=True)
    put_back_at: Mapped[datetime | None]
    put_back_by: Mapped[str] = mapped_column(default="")


class User(Base):
    """Somebody who signs in. Roles: viewer, coordinator, admin (of the organisation), hub, site_admin."""

    __tablename__ = "user_account"

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(String(12), default="viewer")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    disabled: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped[Organisation | None] = relationship()


class WebSession(Base):
    """A signed-in browser. The cookie holds a random key, the table its hash, so a session can be revoked."""

    __tablename__ = "web_session"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    expires_at: Mapped[datetime]


class SpentToken(Base):
    """A single-use token that has been used: sign-in links, "hired" links."""

    __tablename__ = "spent_token"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    spent_at: Mapped[datetime] = mapped_column(default=utcnow)


class Attempt(Base):
    """Something that is limited by rate, kept in the database: kind is sign_in, bad_token or mail."""

    __tablename__ = "attempt"
    __table_args__ = (Index(None, "kind", "who", "at"),)

    kind: Mapped[str] = mapped_column(String(12))
    who: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=utcnow)


class AuditEntry(Base):
    """Who did or looked at what. Append-only."""

    __tablename__ = "audit_entry"

    at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
    who: Mapped[str]
    what: Mapped[str]
    record: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Setting(Base):
    """What is learnt at run time and belongs to the whole network: the tracker's addresses, the demo mark."""

    __tablename__ = "setting"
    __table_args__ = (UniqueConstraint("name", "value"),)

    name: Mapped[str] = mapped_column(String(40))
    value: Mapped[str]
