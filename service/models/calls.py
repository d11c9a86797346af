"""Talent calls: a need sent to chosen partners with a deadline, and what each of them answered (S9)."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.models.base import Base
from service.models.organisations import Organisation
from service.models.referrals import Need
from service.queue import utcnow


class TalentCall(Base):
    """A call for people who are ready for a need. `organisation_id` is who calls, None where the hub does.

    `offers_opening`: it asks for no people but offers the openings themselves to delegates (S14).
    `names_employer` False: the letters and the partner's page keep the employer to themselves. Open until `closed_at`,
    also behind the deadline: late lists are taken and marked.
    """

    __tablename__ = "talent_call"

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    opened_by: Mapped[str]
    subject: Mapped[str]
    words: Mapped[str]
    names_employer: Mapped[bool] = mapped_column(default=True)
    offers_opening: Mapped[bool] = mapped_column(default=False, server_default=false())
    opened_at: Mapped[datetime] = mapped_column(default=utcnow)
    deadline: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(default="")

    need: Mapped[Need] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    asks: Mapped[list["CallAsk"]] = relationship(
        back_populates="call", cascade="all, delete-orphan", order_by="CallAsk.id"
    )

    def ask_of(self, organisation_id: int | None) -> "CallAsk | None":
        """This organisation's part in the call."""
        return next((ask for ask in self.asks if ask.organisation_id == organisation_id), None)


class CallAsk(Base):
    """A partner that was asked, and its answer: this row is also what lets it see the call, and no more of it.

    `state`: asked, listed (people were sent), taken (`openings` of what was offered, None: all), nobody. `remind_at` is
    when the next reminder is due, None when there is none: it has answered, is away, or was reminded twice.
    """

    __tablename__ = "call_ask"
    __table_args__ = (UniqueConstraint("call_id", "organisation_id"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("talent_call.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    recipient: Mapped[str]
    state: Mapped[str] = mapped_column(String(8), default="asked")
    openings: Mapped[int | None]
    words: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    answered_at: Mapped[datetime | None]
    remind_at: Mapped[datetime | None] = mapped_column(index=True)
    away: Mapped[bool] = mapped_column(default=False)

    call: Mapped[TalentCall] = relationship(back_populates="asks")
    organisation: Mapped[Organisation] = relationship()

    @property
    def late(self) -> bool:
        return self.answered_at is not None and self.answered_at > self.call.deadline
