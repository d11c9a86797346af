"""Mail that came in (a queue), the threads it belongs to, letters that go out (a queue), and the mailbox's place."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.models.base import Base
from service.queue import Queued, utcnow


class InboundMessage(Queued, Base):
    """A mail as it came in. open -> done or quarantined.

    `result` is what became of it: referral, update, duplicate, not_a_referral, draft or quarantined; `rule` the name of
    the rule that said so. `reading` is the parse document. `vouched` is the trust level that the operator gave at a
    door where there is no server to ask ("", none, known, member). `tell` is False for mail that makes no letters.
    """

    __tablename__ = "inbound_message"
    lease = timedelta(seconds=20)  # reading is bounded at 10 s
    most_tries = 3

    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    source: Mapped[str] = mapped_column(default="")
    envelope_to: Mapped[list[str]] = mapped_column(default=list)
    envelope_from: Mapped[str | None]
    vouched: Mapped[str] = mapped_column(String(8), default="")
    tell: Mapped[bool] = mapped_column(default=True)
    received_at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
    done_at: Mapped[datetime | None]
    size: Mapped[int] = mapped_column(default=0)
    cut: Mapped[bool] = mapped_column(default=False)  # over 35 MiB: headers and the first 256 kB were kept
    message_id: Mapped[str] = mapped_column(default="", index=True)
    words_sha256: Mapped[str] = mapped_column(String(64), default="", index=True)
    subject: Mapped[str] = mapped_column(default="")
    sender_name: Mapped[str] = mapped_column(default="")
    sender_address: Mapped[str] = mapped_column(default="", index=True)
    sent_at: Mapped[datetime | None]
    trust: Mapped[str] = mapped_column(String(2), default="")  # T0 to T4
    trust_reason: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(String(16), default="", index=True)
    rule: Mapped[str] = mapped_column(String(60), default="")
    private: Mapped[bool] = mapped_column(default=False)  # Bcc'd, or forwarded to the tracker alone
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id"))
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), index=True)
    reading: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    looked_at: Mapped[datetime | None]  # a coordinator is done with it in the inbox
    looked_by: Mapped[str] = mapped_column(default="")
    removed_at: Mapped[datetime | None]  # taken back by its sender: no words are shown any more
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class ThreadEntry(Base):
    """A Message-ID that belongs to a referral: of mails that came in, of their references, of our own letters."""

    __tablename__ = "thread_entry"
    __table_args__ = (UniqueConstraint("message_id", "referral_id"),)

    message_id: Mapped[str] = mapped_column(index=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"), index=True)


class Participant(Base):
    """An address on a mail's own headers: who may see its words, who already had the news, who may report (T2)."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("message_id", "address"),
        Index(None, "address"),
        Index(None, "organisation_id", "message_id"),
    )

    message_id: Mapped[int] = mapped_column(ForeignKey("inbound_message.id", ondelete="CASCADE"))
    address: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    field: Mapped[str] = mapped_column(String(8))  # from, to, cc
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))


class OutboundLetter(Queued, Base):
    """What we promised to tell. open -> sending -> sent, failed or unknown; `held` ones wait for a click.

    News is kept as a row (`kind` and `news`); words are rendered when the letter is due. An introduction that a person
    sends by hand (`automatic` False) carries its own words.
    """

    __tablename__ = "outbound_letter"
    lease = timedelta(seconds=150)  # a relay may take 120 s for one letter
    most_tries = 8
    __table_args__ = (UniqueConstraint("event", "recipient"), Index(None, "state", "due"))

    event: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(30))
    recipient: Mapped[str]
    also_to: Mapped[list[str]] = mapped_column(default=list)
    also_cc: Mapped[list[str]] = mapped_column(default=list)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), index=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    in_reply_to: Mapped[str] = mapped_column(default="")
    automatic: Mapped[bool] = mapped_column(default=True)
    answer: Mapped[bool] = mapped_column(default=False)  # receipt, question or refusal: one a thread, address and day
    news: Mapped[dict[str, Any]] = mapped_column(default=dict)
    subject: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    html: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
    sent_at: Mapped[datetime | None] = mapped_column(index=True)


class MailboxPlace(Base):
    """Where one UIDVALIDITY of a mailbox folder was left off (mail.mailbox.Position), and failed tries by UID."""

    __tablename__ = "mailbox_place"
    __table_args__ = (UniqueConstraint("mailbox", "uidvalidity"),)

    mailbox: Mapped[str]
    uidvalidity: Mapped[int] = mapped_column(BigInteger)
    floor: Mapped[int] = mapped_column(BigInteger, default=0)
    last: Mapped[int] = mapped_column(BigInteger, default=0)
    since: Mapped[date]
    failures: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Heartbeat(Base):
    """When a part of the service was last well, and what it last complained of."""

    __tablename__ = "heartbeat"

    part: Mapped[str] = mapped_column(String(40), unique=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)
    trouble: Mapped[str] = mapped_column(default="")
