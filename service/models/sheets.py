"""Copy-sheets: placements in the order of another system's form, and what number they got there."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.models.base import Base
from service.models.organisations import Organisation
from service.models.referrals import Placement
from service.queue import utcnow


class CopySheet(Base):
    """The form of a system that an organisation must report to, configured once (S30).

    `columns` are {"label", "field"} with a field of service.copy_sheets.FIELDS, or {"label", "text"} for words that
    are always the same, in the form's own order. `organisation_id` None is the hub's.
    """

    __tablename__ = "copy_sheet"

    name: Mapped[str]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    columns: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    organisation: Mapped[Organisation | None] = relationship()


class SheetEntry(Base):
    """A placement that was entered there, by whom, and under which number of theirs."""

    __tablename__ = "sheet_entry"
    __table_args__ = (UniqueConstraint("sheet_id", "placement_id"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("copy_sheet.id", ondelete="CASCADE"))
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    external_id: Mapped[str]
    who: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=utcnow)

    sheet: Mapped[CopySheet] = relationship()
    placement: Mapped[Placement] = relationship()
