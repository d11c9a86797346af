"""Life cycles as tables one can read: which step may follow which (FIELD.md, Life cycles)."""

from enum import StrEnum


class ReferralStatus(StrEnum):
    DRAFT = "draft"
    DISCARDED = "discarded"
    INTRODUCED = "introduced"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    NO_ANSWER_SEEN = "no_answer_seen"
    EXPIRED = "expired"
    REROUTED = "rerouted"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    CLOSED = "closed"
    DUPLICATE = "duplicate"


class DeclineReason(StrEnum):
    CANNOT_MEET_OCCUPATION = "cannot_meet_occupation"
    NO_CAPACITY = "no_capacity"
    OUTSIDE_AREA = "outside_area"
    POPULATION_NOT_SERVED = "population_not_served"
    APPRENTICESHIP_NOT_FIT = "apprenticeship_not_fit"
    ALREADY_IN_TOUCH = "already_in_touch"
    EMPLOYER_NOT_READY = "employer_not_ready"
    AGREEMENT_MISSING = "agreement_missing"
    OTHER = "other"


class Outcome(StrEnum):
    """What came of a referral; a referral is closed with one of these."""

    PLACED = "placed"
    PARTLY_FILLED = "partly_filled"
    SERVICE_DELIVERED = "service_delivered"
    FILLED_ELSEWHERE = "filled_elsewhere"
    EMPLOYER_WITHDREW = "employer_withdrew"
    NO_SUITABLE_CANDIDATES = "no_suitable_candidates"
    NO_RESPONSE = "no_response"
    DUPLICATE_OF = "duplicate_of"


class CandidateStatus(StrEnum):
    """A candidate on a need."""

    PROPOSED = "proposed"
    CONSENTED = "consented"
    SUBMITTED = "submitted"
    INTERVIEWING = "interviewing"
    OFFERED = "offered"
    HIRED = "hired"
    NOT_SELECTED = "not_selected"
    DECLINED = "declined"
    NO_SHOW = "no_show"
    WITHDRAWN = "withdrawn"


class PlacementStatus(StrEnum):
    HIRE_REPORTED = "hire_reported"
    STARTED = "started"
    RETAINED_30 = "retained_30"
    RETAINED_90 = "retained_90"
    RETAINED_180 = "retained_180"
    ENDED = "ended"
    DISPUTED = "disputed"
    VOID = "void"


class CreditState(StrEnum):
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    CONTESTED = "contested"
    SETTLED = "settled"


class ConsentState(StrEnum):
    NONE = "none"
    VERBAL = "verbal"
    SIGNED = "signed"


_OPEN = {
    ReferralStatus.INTRODUCED,
    ReferralStatus.ACKNOWLEDGED,
    ReferralStatus.ACCEPTED,
    ReferralStatus.IN_PROGRESS,
    ReferralStatus.ON_HOLD,
}
_R = ReferralStatus

REFERRAL_STEPS: dict[ReferralStatus, frozenset[ReferralStatus]] = {
    _R.DRAFT: frozenset({_R.INTRODUCED, _R.DISCARDED, _R.DUPLICATE}),
    _R.DISCARDED: frozenset({_R.DRAFT}),
    _R.INTRODUCED: frozenset(
        {_R.ACKNOWLEDGED, _R.ACCEPTED, _R.DECLINED, _R.WITHDRAWN, _R.NO_ANSWER_SEEN, _R.IN_PROGRESS, _R.ON_HOLD}
        | {_R.CLOSED, _R.DUPLICATE}
    ),
    _R.ACKNOWLEDGED: frozenset(
        {_R.ACCEPTED, _R.DECLINED, _R.WITHDRAWN, _R.IN_PROGRESS, _R.ON_HOLD, _R.CLOSED, _R.DUPLICATE}
    ),
    _R.ACCEPTED: frozenset({_R.IN_PROGRESS, _R.ON_HOLD, _R.DECLINED, _R.WITHDRAWN, _R.CLOSED, _R.DUPLICATE}),
    _R.IN_PROGRESS: frozenset({_R.ON_HOLD, _R.CLOSED, _R.DECLINED, _R.WITHDRAWN, _R.DUPLICATE}),
    _R.ON_HOLD: frozenset({_R.IN_PROGRESS, _R.ACCEPTED, _R.DECLINED, _R.WITHDRAWN, _R.CLOSED, _R.DUPLICATE}),
    _R.DECLINED: frozenset({_R.REROUTED, _R.ACCEPTED, _R.IN_PROGRESS, _R.CLOSED, _R.DUPLICATE}),
    _R.NO_ANSWER_SEEN: frozenset(
        {_R.ACKNOWLEDGED, _R.ACCEPTED, _R.DECLINED, _R.IN_PROGRESS, _R.ON_HOLD, _R.EXPIRED, _R.REROUTED, _R.WITHDRAWN}
        | {_R.CLOSED, _R.DUPLICATE}
    ),
    _R.REROUTED: frozenset({_R.ACCEPTED, _R.CLOSED, _R.DUPLICATE}),
    _R.EXPIRED: frozenset({_R.ACCEPTED, _R.REROUTED, _R.CLOSED, _R.DUPLICATE}),
    _R.WITHDRAWN: frozenset({_R.INTRODUCED, _R.DUPLICATE}),
    _R.CLOSED: frozenset({_R.IN_PROGRESS, _R.DUPLICATE}),
    _R.DUPLICATE: frozenset(),
}
"""What may follow what. A step to where a referral is already is no step; undo of DUPLICATE restores what was."""

OPEN_REFERRAL = frozenset(_OPEN)

_C = CandidateStatus
_GONE = {_C.NOT_SELECTED, _C.DECLINED, _C.NO_SHOW, _C.WITHDRAWN}
CANDIDATE_STEPS: dict[CandidateStatus, frozenset[CandidateStatus]] = {
    _C.PROPOSED: frozenset({_C.CONSENTED, _C.SUBMITTED, _C.INTERVIEWING, _C.OFFERED, _C.HIRED} | _GONE),
    _C.CONSENTED: frozenset({_C.PROPOSED, _C.SUBMITTED, _C.INTERVIEWING, _C.OFFERED, _C.HIRED} | _GONE),
    _C.SUBMITTED: frozenset({_C.INTERVIEWING, _C.OFFERED, _C.HIRED} | _GONE),
    _C.INTERVIEWING: frozenset({_C.OFFERED, _C.HIRED} | _GONE),
    _C.OFFERED: frozenset({_C.INTERVIEWING, _C.HIRED} | _GONE),
    _C.HIRED: frozenset(),
    **{
        gone: frozenset({_C.PROPOSED, _C.CONSENTED, _C.SUBMITTED, _C.INTERVIEWING, _C.OFFERED, _C.HIRED})
        for gone in (_C.NOT_SELECTED, _C.DECLINED, _C.NO_SHOW, _C.WITHDRAWN)
    },
}
"""Who is gone may come back. A hire is taken back by its placement (void), which leads to OFFERED again."""

_P = PlacementStatus
_ENDS = {_P.ENDED, _P.DISPUTED, _P.VOID}
PLACEMENT_STEPS: dict[PlacementStatus, frozenset[PlacementStatus]] = {
    _P.HIRE_REPORTED: frozenset({_P.STARTED, _P.RETAINED_30, _P.RETAINED_90, _P.RETAINED_180} | _ENDS),
    _P.STARTED: frozenset({_P.RETAINED_30, _P.RETAINED_90, _P.RETAINED_180} | _ENDS),
    _P.RETAINED_30: frozenset({_P.RETAINED_90, _P.RETAINED_180} | _ENDS),
    _P.RETAINED_90: frozenset({_P.RETAINED_180} | _ENDS),
    _P.RETAINED_180: frozenset(_ENDS),
    _P.ENDED: frozenset({_P.DISPUTED, _P.VOID}),
    _P.DISPUTED: frozenset({_P.HIRE_REPORTED, _P.STARTED, _P.RETAINED_30, _P.RETAINED_90, _P.RETAINED_180} | _ENDS),
    _P.VOID: frozenset({_P.DISPUTED}),
}
