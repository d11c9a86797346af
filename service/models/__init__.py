"""Tables, one page a noun. `Base.metadata` holds them all once this package is imported."""

from service.models.base import Base, Instant
from service.models.calls import CallAsk, TalentCall
from service.models.lessons import Correction, Lesson, LessonUse
from service.models.mail import (
    Heartbeat,
    InboundMessage,
    MailboxPlace,
    OutboundLetter,
    Participant,
    ThreadEntry,
)
from service.models.organisations import (
    Agreement,
    Attempt,
    AuditEntry,
    ImportBatch,
    LearntModel,
    Organisation,
    OrganisationSign,
    PartnerService,
    Setting,
    SpentToken,
    User,
    WebSession,
)
from service.models.people import Candidate, Employer, EmployerContact, EmployerTie
from service.models.referrals import (
    Credit,
    Event,
    Need,
    Party,
    Placement,
    Question,
    Referral,
    Submission,
    Suggestion,
)
from service.models.sameness import Bulk, MatchKey, Merge, Pair, Tombstone
from service.queue import Queued, utcnow

__all__ = [
    "Agreement",
    "Attempt",
    "AuditEntry",
    "Base",
    "Bulk",
    "CallAsk",
    "Candidate",
    "Correction",
    "Credit",
    "Employer",
    "EmployerContact",
    "EmployerTie",
    "Event",
    "Heartbeat",
    "ImportBatch",
    "InboundMessage",
    "Instant",
    "LearntModel",
    "Lesson",
    "LessonUse",
    "MailboxPlace",
    "MatchKey",
    "Merge",
    "Need",
    "Organisation",
    "OrganisationSign",
    "OutboundLetter",
    "Pair",
    "Participant",
    "PartnerService",
    "Party",
    "Placement",
    "Question",
    "Queued",
    "Referral",
    "Setting",
    "SpentToken",
    "Submission",
    "Suggestion",
    "TalentCall",
    "ThreadEntry",
    "Tombstone",
    "User",
    "WebSession",
    "utcnow",
]
