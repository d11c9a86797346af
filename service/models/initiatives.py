"""Initiatives, events, programmes and offices that referrals come from, who takes part in them, and in which role."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.models.base import Base
from service.models.organisations import Organisation
from service.models.referrals import Referral
from service.queue import utcnow


class Initiative(Base):
    """What a referral came from besides a mail. `kind` is one of terms.kinds.InitiativeKind.

    `name` and `aliases` are what mails call it: one that names it is marked with it. `organisation_id` keeps the
    entry; None is the hub.
    """

    __tablename__ = "initiative"

    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str]
    aliases: Mapped[list[str]] = mapped_column(default=list)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    organisation: Mapped[Organisation | None] = relationship()
    parts: Mapped[list["InitiativePart"]] = relationship(
        back_populates="initiative", cascade="all, delete-orphan", order_by="InitiativePart.id"
    )


class InitiativePart(Base):
    """An organisation's role in an initiative: terms.kinds.InitiativeRole."""

    __tablename__ = "initiative_part"
    __table_args__ = (UniqueConstraint("initiative_id", "organisation_id", "role"),)

    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))

    initiative: Mapped[Initiative] = relationship(back_populates="parts")
    organisation: Mapped[Organisation] = relationship()


class InitiativeReferral(Base):
    """A referral that an initiative brought: the mail and the words that say so, or the person who marked it."""

    __tablename__ = "initiative_referral"
    __table_args__ = (UniqueConstraint("initiative_id", "referral_id"),)

    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"))
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id"))
    words: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=utcnow)

    initiative: Mapped[Initiative] = relationship()
    referral: Mapped[Referral] = relationship()
