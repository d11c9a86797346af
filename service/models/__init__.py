"""Tables, one page a noun. `Base.metadata` holds them all once this package is imported."""

from service.models.base import Base, Instant
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
    Organisation,
    OrganisationSign,
    PartnerService,
    Setting,
    SpentToken,
    User,
    WebSession,
)
from service.models.people import Candidate, Employer, EmployerContact, MatchKey, Merge, Pair
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
from service.queue import Queued, utcnow

__all__ = [
    "Agreement",
    "Attempt",
    "AuditEntry",
    "Base",
    "Candidate",
    "Credit",
    "Employer",
    "EmployerContact",
    "Event",
    "Heartbeat",
    "InboundMessage",
    "Instant",
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
    "ThreadEntry",
    "User",
    "WebSession",
    "utcnow",
]
