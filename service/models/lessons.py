"""What people corrected, what was learnt from it, and where that was used."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.models.base import Base
from service.models.mail import InboundMessage
from service.models.organisations import Organisation
from service.queue import utcnow


class Lesson(Base):
    """What a correction taught of one organisation's mails, of one sender's, or of everybody's (`everywhere`).

    `kind` is one of terms.kinds.LessonKind; `trigger`, `field` and `value` as in mail.directory.Lesson, `written` the
    words as they stood. `taught` counts corrections that say so, `against` those that say otherwise. `state`: waiting
    (seen too seldom to be used), active, revoked.
    """

    __tablename__ = "lesson"
    __table_args__ = (Index(None, "kind", "trigger"),)

    kind: Mapped[str] = mapped_column(String(12))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    everywhere: Mapped[bool] = mapped_column(default=False)
    sender: Mapped[str] = mapped_column(default="")
    trigger: Mapped[str] = mapped_column(default="")
    written: Mapped[str] = mapped_column(default="")
    field: Mapped[str] = mapped_column(String(20), default="")
    value: Mapped[str] = mapped_column(default="")
    code: Mapped[str] = mapped_column(String(10), default="")  # occupation that a person chose for the title
    state: Mapped[str] = mapped_column(String(8), default="waiting", index=True)
    taught: Mapped[int] = mapped_column(default=1)
    against: Mapped[int] = mapped_column(default=0)
    taught_by: Mapped[str] = mapped_column(default="")
    taught_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_by: Mapped[str] = mapped_column(default="")  # who revoked it, or put it in force, last
    changed_at: Mapped[datetime | None]

    organisation: Mapped[Organisation | None] = relationship()
    corrections: Mapped[list["Correction"]] = relationship(back_populates="lesson", order_by="Correction.id")
    uses: Mapped[list["LessonUse"]] = relationship(
        back_populates="lesson", cascade="all, delete-orphan", order_by="LessonUse.id"
    )

    @property
    def sure(self) -> float:
        """The share of corrections that agree, with three imagined for it and one against: 0.8 after the first."""
        return (self.taught + 3) / (self.taught + self.against + 4)


class Correction(Base):
    """A value that a person changed: what the mail said, in which words, and what it is. Append-only.

    `organisation_id` is whose mail it was. `personal`: a candidate's name, shown as the candidate's name is.
    """

    __tablename__ = "correction"

    at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
    who: Mapped[str]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id"), index=True)
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), index=True)
    field: Mapped[str] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(default="")
    before: Mapped[str] = mapped_column(default="")
    after: Mapped[str] = mapped_column(default="")
    personal: Mapped[bool] = mapped_column(default=False)
    lesson_id: Mapped[int | None] = mapped_column(ForeignKey("lesson.id", ondelete="SET NULL"), index=True)

    lesson: Mapped[Lesson | None] = relationship(back_populates="corrections")
    message: Mapped[InboundMessage | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class LessonUse(Base):
    """A mail in which a lesson had a say, and in which value."""

    __tablename__ = "lesson_use"
    __table_args__ = (UniqueConstraint("lesson_id", "message_id", "field"),)

    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id", ondelete="CASCADE"))
    message_id: Mapped[int] = mapped_column(ForeignKey("inbound_message.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(default=utcnow)

    lesson: Mapped[Lesson] = relationship(back_populates="uses")
    message: Mapped[InboundMessage] = relationship()
