"""Referrals with their parties, needs, submissions, questions, history; suggestions; placements with credits."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.models.base import Base
from service.models.organisations import Agreement, Organisation
from service.models.people import Candidate, Employer
from service.queue import utcnow


class Referral(Base):
    """An employer (or candidates for it) sent from one organisation to others. Its life cycle: terms.statuses.

    `status_before` is what DUPLICATE and DISCARDED go back to. `due` is when the next sign of life is expected.
    """

    __tablename__ = "referral"

    kind: Mapped[str] = mapped_column(String(20))  # introduction, candidate_referral, request
    status: Mapped[str] = mapped_column(String(16), index=True)  # terms.statuses.ReferralStatus
    status_before: Mapped[str] = mapped_column(String(16), default="")
    subject: Mapped[str] = mapped_column(default="")
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id"), index=True)
    first_message_id: Mapped[int | None]  # no foreign key: mails point here already
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"))  # rerouted from
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"))
    channel: Mapped[str] = mapped_column(String(10), default="e-mail")  # e-mail, phone, formal system (S29)
    collaboration: Mapped[str] = mapped_column(String(30), default="")  # shared placement, sponsorship, ... (S4)
    private: Mapped[bool] = mapped_column(default=False)
    introduced_at: Mapped[datetime | None] = mapped_column(index=True)
    acknowledged_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    due: Mapped[datetime | None] = mapped_column(index=True)
    nudges: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(30), default="")  # terms.statuses.DeclineReason
    reason_words: Mapped[str] = mapped_column(default="")
    resume_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(String(30), default="")  # terms.statuses.Outcome
    snoozed_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utcnow, index=True)

    employer: Mapped[Employer | None] = relationship()
    parties: Mapped[list["Party"]] = relationship(back_populates="referral", cascade="all, delete-orphan")
    needs: Mapped[list["Need"]] = relationship(
        back_populates="referral", cascade="all, delete-orphan", order_by="Need.id"
    )
    questions: Mapped[list["Question"]] = relationship(
        back_populates="referral", cascade="all, delete-orphan", order_by="Question.id"
    )
    events: Mapped[list["Event"]] = relationship(
        back_populates="referral", cascade="all, delete-orphan", order_by="Event.id"
    )

    def party_names(self, role: str) -> list[str]:
        return [party.organisation.name for party in self.parties if party.role == role]


class Party(Base):
    """An organisation's part in a referral: this row is also what lets it see the referral (TRUST.md)."""

    __tablename__ = "party"
    __table_args__ = (UniqueConstraint("referral_id", "organisation_id", "role"),)

    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))  # referring, receiving, copied, support_services, education, funding
    answer: Mapped[str] = mapped_column(String(12), default="")  # "", acknowledged, accepted, declined
    reason: Mapped[str] = mapped_column(String(30), default="")
    joined_at: Mapped[datetime] = mapped_column(default=utcnow)
    answered_at: Mapped[datetime | None]

    referral: Mapped[Referral] = relationship(back_populates="parties")
    organisation: Mapped[Organisation] = relationship()


class Need(Base):
    """A job order: openings of one occupation. `openings` None: the mail does not say; `left` what remains."""

    __tablename__ = "need"

    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    openings: Mapped[int | None]
    left: Mapped[int | None]
    wage_min: Mapped[float | None]
    wage_max: Mapped[float | None]
    wage_unit: Mapped[str | None] = mapped_column(String(6))
    location: Mapped[str | None]
    start_on: Mapped[date | None]
    pathway: Mapped[str | None] = mapped_column(String(24))
    shift: Mapped[str | None]
    populations: Mapped[list[str]] = mapped_column(default=list)
    requirements: Mapped[list[str]] = mapped_column(default=list)
    industry: Mapped[str] = mapped_column(default="")  # NAICS code or name, where a person said it
    languages: Mapped[list[str]] = mapped_column(default=list)
    receiving_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    occupation_code: Mapped[str] = mapped_column(String(10), default="")
    occupation_title: Mapped[str] = mapped_column(default="")
    occupation_confidence: Mapped[float | None]
    state: Mapped[str] = mapped_column(String(10), default="open")  # open, filled, withdrawn
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    referral: Mapped[Referral] = relationship(back_populates="needs")
    suggestions: Mapped[list["Suggestion"]] = relationship(
        back_populates="need", order_by="Suggestion.rank", passive_deletes=True
    )
    receiving: Mapped[Organisation | None] = relationship()


class Submission(Base):
    """A candidate on a need (or on a referral as a whole), sent by an organisation.

    `call_id`: the talent call that it answers. `consent` is what that organisation says of the person's consent to be
    named on this referral alone, in `consent_words`; the person's own record is the candidate's.
    """

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("referral_id", "candidate_id"),)

    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"), index=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    status: Mapped[str] = mapped_column(String(12), default="proposed")  # terms.statuses.CandidateStatus
    reason: Mapped[str] = mapped_column(default="")
    message_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id"))
    at: Mapped[datetime] = mapped_column(default=utcnow)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("talent_call.id"), index=True)
    consent: Mapped[str] = mapped_column(String(8), default="none")  # terms.statuses.ConsentState
    consent_words: Mapped[str] = mapped_column(default="")

    candidate: Mapped[Candidate] = relationship()
    need: Mapped[Need | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class Question(Base):
    """What a coordinator must settle before a draft counts, with likely answers, best first."""

    __tablename__ = "question"

    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"), index=True)
    words: Mapped[str]
    field: Mapped[str] = mapped_column(default="")  # what its answer changes: corrections.settle
    answers: Mapped[list[str]] = mapped_column(default=list)
    answer: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[datetime | None]

    referral: Mapped[Referral] = relationship(back_populates="questions")


class Event(Base):
    """What happened to a referral: one line of its history, by whom, and by which mail."""

    __tablename__ = "event"

    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)
    kind: Mapped[str] = mapped_column(String(30))
    words: Mapped[str]
    who: Mapped[str] = mapped_column(default="")
    message_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id"))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)

    referral: Mapped[Referral] = relationship(back_populates="events")


class Suggestion(Base):
    """A partner suggested for a need, as it was when shown. state: offered, accepted, declined, gone."""

    __tablename__ = "suggestion"
    __table_args__ = (UniqueConstraint("need_id", "organisation_id"),)

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    rank: Mapped[int]
    score: Mapped[float]
    why: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    why_not: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(String(10), default="offered", index=True)
    reason: Mapped[str] = mapped_column(String(30), default="")
    reason_words: Mapped[str] = mapped_column(default="")
    service: Mapped[str] = mapped_column(default="")  # by which of its services it was suggested
    openings: Mapped[int | None]  # of a large need: how many this partner was asked for; None: all of them
    answered_by: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    need: Mapped[Need] = relationship(back_populates="suggestions")
    organisation: Mapped[Organisation] = relationship()


class Placement(Base):
    """A person who entered on a job. Verified is an attribute with source, date and by whom, not a step."""

    __tablename__ = "placement"
    __table_args__ = (Index(None, "employer_id", "candidate_id"),)

    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), index=True)
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"))
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id"), index=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    status: Mapped[str] = mapped_column(
        String(16), default="hire_reported", index=True
    )  # terms.statuses.PlacementStatus
    status_before: Mapped[str] = mapped_column(String(16), default="")
    start_on: Mapped[date | None]
    wage: Mapped[float | None]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str] = mapped_column(default="")
    verified_by: Mapped[str] = mapped_column(default="")
    verified_source: Mapped[str] = mapped_column(String(30), default="")
    verified_on: Mapped[date | None]
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    scope_line: Mapped[str] = mapped_column(default="", server_default="")  # of that agreement, under which it falls
    message_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id"))
    reported_at: Mapped[datetime] = mapped_column(default=utcnow)

    candidate: Mapped[Candidate] = relationship()
    employer: Mapped[Employer | None] = relationship()
    need: Mapped[Need | None] = relationship()
    agreement: Mapped[Agreement | None] = relationship()
    credits: Mapped[list["Credit"]] = relationship(
        back_populates="placement", cascade="all, delete-orphan", order_by="Credit.id"
    )


class CreditStatement(Base):
    """An organisation's credits of a month as they were told to it: who objects to a claim says so until a day (S8)."""

    __tablename__ = "credit_statement"
    __table_args__ = (UniqueConstraint("organisation_id", "month"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    month: Mapped[str] = mapped_column(String(7))  # 2026-10
    issued_at: Mapped[datetime] = mapped_column(default=utcnow)
    issued_by: Mapped[str] = mapped_column(default="")
    object_until: Mapped[date]


class Credit(Base):
    """An organisation's claim on a placement, with its role and the mail that proves it (S8)."""

    __tablename__ = "credit"
    __table_args__ = (UniqueConstraint("placement_id", "organisation_id", "role"),)

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[str] = mapped_column(
        String(30)
    )  # opened_employer, holds_order, sent_candidate, trained, supported, funded
    state: Mapped[str] = mapped_column(String(10), default="claimed")  # terms.statuses.CreditState
    message_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id"))
    note: Mapped[str] = mapped_column(default="")
    claimed_at: Mapped[datetime] = mapped_column(default=utcnow)
    settled_at: Mapped[datetime | None]
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("credit_statement.id"), index=True)

    placement: Mapped[Placement] = relationship(back_populates="credits")
    statement: Mapped[CreditStatement | None] = relationship()
    organisation: Mapped[Organisation] = relationship()
