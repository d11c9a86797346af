"""Who sees what, asked in one place (TRUST.md, Who sees what): by rows of record, organisation and role."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Select, exists, false, or_, select
from sqlalchemy.orm import Session, aliased

from service.models import (
    Base,
    CallAsk,
    Candidate,
    Credit,
    Employer,
    InboundMessage,
    Need,
    OutboundLetter,
    Pair,
    Participant,
    Party,
    Placement,
    Referral,
    Submission,
    Suggestion,
    TalentCall,
)

Record = TypeVar("Record", bound=Base)


class NotVisible(LookupError):
    """No such record, or none that this person may see: the two are not told apart (404)."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person who looks."""

    user_id: int
    name: str
    email: str
    role: str  # viewer, coordinator, admin, hub, site_admin
    organisation_id: int | None

    @property
    def is_hub(self) -> bool:
        return self.role == "hub"

    @property
    def may_decide(self) -> bool:
        return self.role in {"coordinator", "admin", "hub"}

    @property
    def may_administer(self) -> bool:
        return self.role in {"admin", "hub", "site_admin"}

    @property
    def label(self) -> str:
        return f"{self.name} <{self.email}>" if self.name else self.email


def referrals(viewer: Viewer) -> Select[Referral]:
    """Referrals in which the viewer's organisation is a party; a private one only to who referred. All to the hub."""
    found = select(Referral)
    if viewer.is_hub:
        return found
    party = exists().where(
        Party.referral_id == Referral.id,
        Party.organisation_id == viewer.organisation_id,
        or_(Referral.private.is_(False), Party.role == "referring"),
    )
    return found.where(party)


def _referral_ids(viewer: Viewer) -> Select[int]:
    return referrals(viewer).with_only_columns(Referral.id)


def needs(viewer: Viewer) -> Select[Need]:
    return select(Need).where(Need.referral_id.in_(_referral_ids(viewer)))


def employers(viewer: Viewer) -> Select[Employer]:
    """Names and sites are known to every member; contacts only to parties (`knows_employer`)."""
    found = select(Employer).where(Employer.merged_into_id.is_(None))
    return found if viewer.is_hub or viewer.organisation_id else found.where(false())


def knows_employer(session: Session, viewer: Viewer, employer_id: int) -> bool:
    """May this person see the employer's contacts: as hub, or as party of a referral with that employer."""
    if viewer.is_hub:
        return True
    return session.scalar(select(referrals(viewer).where(Referral.employer_id == employer_id).exists())) or False


def candidates(viewer: Viewer) -> Select[Candidate]:
    """One's own, and those submitted to a referral that one may see; the name goes through `candidate_name`."""
    found = select(Candidate).where(Candidate.merged_into_id.is_(None))
    if viewer.is_hub:
        return found
    submitted = exists().where(
        Submission.candidate_id == Candidate.id, Submission.referral_id.in_(_referral_ids(viewer))
    )
    return found.where(
        or_(_own(viewer, Candidate.organisation_id), Candidate.id.in_(_standing_for_own(viewer)), submitted)
    )


def _standing_for_own(viewer: Viewer) -> Select[int]:
    """Records that stand for one of the viewer's own since a person said that the two are one."""
    upwards = (
        select(Candidate.merged_into_id.label("id"))
        .where(_own(viewer, Candidate.organisation_id), Candidate.merged_into_id.is_not(None))
        .cte("upwards", recursive=True)
    )
    upwards = upwards.union(
        select(Candidate.merged_into_id)
        .join(upwards, Candidate.id == upwards.c.id)
        .where(Candidate.merged_into_id.is_not(None))
    )
    return select(upwards.c.id)


def known_to(viewer: Viewer, candidate: Candidate) -> Candidate:
    """The record by which the viewer's organisation knows this person: of two that were joined each sees its own."""
    if viewer.organisation_id is None or candidate.organisation_id == viewer.organisation_id:
        return candidate
    own = (known_to(viewer, one) for one in candidate.joined)
    return next((one for one in own if one.organisation_id == viewer.organisation_id), candidate)


def _own(viewer: Viewer, column: Any) -> Any:
    return column == viewer.organisation_id if viewer.organisation_id else false()


def candidate_name(viewer: Viewer, candidate: Candidate, on: Submission | None = None) -> str:
    """The full name to the candidate's own organisation and where consent covers it, else initials."""
    known = known_to(viewer, candidate)
    return known.name if may_see_details(viewer, known, on) else candidate.initials


def may_see_details(viewer: Viewer, candidate: Candidate, on: Submission | None = None) -> bool:
    """Name, phone numbers and addresses of this very record; `on` a need also where the organisation that sent the
    candidate says that they agreed to be named there."""
    own = viewer.organisation_id is not None and viewer.organisation_id == candidate.organisation_id
    return own or consented(candidate) or (on is not None and agreed(on))


def agreed(submission: Submission) -> bool:
    """Consent to be named on this need: the person's own record, or a release that the sending organisation attests."""
    return submission.consent != "none" or consented(submission.candidate)


def consented(candidate: Candidate) -> bool:
    fresh = candidate.consent_until is None or candidate.consent_until >= date.today()  # noqa: DTZ011
    return candidate.consent in {"verbal", "signed"} and fresh


def walled(one: Base, other: Base) -> bool:
    """Candidates of two organisations who have not both agreed to be known to others: what is known of them is not laid
    side by side, not even by the machine; keyed hashes are (MATCHING.md)."""
    if not isinstance(one, Candidate) or not isinstance(other, Candidate):
        return False
    return one.organisation_id != other.organisation_id and not (consented(one) and consented(other))


def calls(viewer: Viewer) -> Select[TalentCall]:
    """One's own calls, those for needs that one sees, and those in which one's organisation was asked: of the last kind
    only one's own part (`sees_whole_call`)."""
    found = select(TalentCall)
    if viewer.is_hub:
        return found
    asked = exists().where(CallAsk.call_id == TalentCall.id, _own(viewer, CallAsk.organisation_id))
    return found.where(or_(TalentCall.need_id.in_(needs(viewer).with_only_columns(Need.id)), asked))


def sees_whole_call(session: Session, viewer: Viewer, call: TalentCall) -> bool:
    """Who takes part in the need's referral sees what every partner answered; who was asked, its own part."""
    return viewer.is_hub or bool(session.scalar(select(needs(viewer).where(Need.id == call.need_id).exists())))


def submissions(viewer: Viewer) -> Select[Submission]:
    """Candidates on needs: of referrals that one sees, and those whom one's own organisation sent."""
    found = select(Submission)
    if viewer.is_hub:
        return found
    sent = _own(viewer, Submission.organisation_id)
    return found.where(or_(Submission.referral_id.in_(_referral_ids(viewer)), sent))


def placements(viewer: Viewer) -> Select[Placement]:
    """Those of visible referrals, and those in which one's organisation has credit."""
    found = select(Placement)
    if viewer.is_hub:
        return found
    credited = exists().where(Credit.placement_id == Placement.id, _own(viewer, Credit.organisation_id))
    return found.where(or_(Placement.referral_id.in_(_referral_ids(viewer)), credited))


def suggestions(viewer: Viewer) -> Select[Suggestion]:
    """Those for needs of visible referrals; a partner sees its own."""
    found = select(Suggestion)
    if viewer.is_hub:
        return found
    own = Suggestion.need_id.in_(needs(viewer).with_only_columns(Need.id))
    return found.where(or_(own, _own(viewer, Suggestion.organisation_id)))


def pairs(viewer: Viewer) -> Select[Pair]:
    """Doubtful pairs across organisations are the hub's; inside one organisation its own coordinators'."""
    found = select(Pair)
    if viewer.is_hub:
        return found
    if not viewer.may_decide or not viewer.organisation_id:
        return found.where(false())
    left, right = aliased(Candidate), aliased(Candidate)
    return (
        found.join(left, left.id == Pair.left_id)
        .join(right, right.id == Pair.right_id)
        .where(
            Pair.kind == "candidate",
            left.organisation_id == viewer.organisation_id,
            right.organisation_id == viewer.organisation_id,
        )
    )


def messages(viewer: Viewer) -> Select[InboundMessage]:
    """Mails whose words one may see: one's organisation stood on their own headers; of a private mail the sender's."""
    found = select(InboundMessage)
    if viewer.is_hub:
        return found
    on_it = exists().where(
        Participant.message_id == InboundMessage.id,
        _own(viewer, Participant.organisation_id),
        or_(InboundMessage.private.is_(False), Participant.field == "from"),
    )
    return found.where(on_it)


def letters(viewer: Viewer) -> Select[OutboundLetter]:
    """Letters to one's own organisation or about referrals one may see; sign-in links to nobody."""
    found = select(OutboundLetter).where(OutboundLetter.kind != "sign_in")
    if viewer.is_hub:
        return found
    return found.where(
        or_(OutboundLetter.referral_id.in_(_referral_ids(viewer)), _own(viewer, OutboundLetter.organisation_id))
    )


_ASK: dict[type, Any] = {
    Referral: referrals,
    Need: needs,
    Employer: employers,
    Candidate: candidates,
    Placement: placements,
    Submission: submissions,
    Suggestion: suggestions,
    TalentCall: calls,
    Pair: pairs,
    InboundMessage: messages,
    OutboundLetter: letters,
}


def get(session: Session, viewer: Viewer, model: type[Record], record_id: int) -> Record:
    """The record, if this person may see it. Raises NotVisible."""
    record = session.scalar(_ASK[model](viewer).where(model.id == record_id))
    if record is None:
        raise NotVisible(f"There is no {model.__name__.lower()} {record_id} here.")
    return record


def may_see_words(session: Session, viewer: Viewer, message: InboundMessage) -> bool:
    """A mail's words are for the organisations on its own headers and for the hub; a removed one's for nobody."""
    if message.removed_at is not None:
        return False
    return bool(session.scalar(select(messages(viewer).where(InboundMessage.id == message.id).exists())))
