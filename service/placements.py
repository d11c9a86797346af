"""A person entered on a job: reported, started, retained, ended; who has credit, and how a contested one is settled."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import outbox, referrals, shared_placements
from service.models import AuditEntry, Candidate, Credit, Need, Placement, Referral, Submission, utcnow
from terms.statuses import PLACEMENT_STEPS, CandidateStatus, CreditState, PlacementStatus

P = PlacementStatus


class IllegalPlacementStep(ValueError):
    """A step that the life cycle of a placement does not know."""


class UnknownPlacement(LookupError):
    """No placement or credit of that number."""


def find(session: Session, placement_id: int) -> Placement:
    """Raises UnknownPlacement."""
    placement = session.get(Placement, placement_id)
    if placement is None:
        raise UnknownPlacement(f"There is no placement {placement_id}.")
    return placement


def report_hire(
    session: Session,
    referral: Referral,
    candidate: Candidate,
    who: str,
    *,
    need: Need | None = None,
    start_on: date | None = None,
    wage: float | None = None,
    credited: Iterable[tuple[int, str]] = (),
    message_id: int | None = None,
    said_at: datetime | None = None,
) -> Placement:
    """Somebody says so: one placement for one candidate at one employer, whoever says it first; each claim is a credit.

    A second organisation's claim for the same candidate and employer joins the placement as its own credit (S8).
    `credited` holds (organisation id, role). `said_at`: when the mail that says so was written; a start no later than
    that day has happened.
    """
    new = Placement(
        referral_id=referral.id,
        need_id=need.id if need else None,
        employer_id=referral.employer_id,
        candidate_id=candidate.id,
        candidate=candidate,
        employer=referral.employer,
        need=need,
        start_on=start_on,
        wage=wage,
        message_id=message_id,
        reported_at=said_at or utcnow(),
        status=str(P.STARTED if start_on and said_at and start_on <= said_at.date() else P.HIRE_REPORTED),
    )
    placement = _known(session, new)
    if placement is None:
        placement = new
        session.add(placement)
        _fill_one(need)
    placement.start_on = placement.start_on or start_on
    placement.wage = placement.wage or wage
    session.flush()
    for organisation_id, role in credited:
        claim(session, placement, organisation_id, role, message_id, said_at=said_at)
    submission = submitted(session, referral.id, candidate.id)
    if submission is not None:
        submission.status = str(CandidateStatus.HIRED)
    return placement


def _known(session: Session, said: Placement) -> Placement | None:
    """The living placement of which this tells again: of its own referral, of one on which they were hired already, or
    about as long ago."""
    alike = select(Placement).where(
        Placement.candidate_id == said.candidate_id,
        Placement.employer_id == said.employer_id,
        Placement.status.not_in((str(P.ENDED), str(P.VOID))),
    )
    with session.no_autoflush:
        known = session.scalars(alike.order_by(Placement.id)).all()
        submission = submitted(session, said.referral_id, said.candidate_id)
        told = submission is not None and submission.status == CandidateStatus.HIRED
        here = [row for row in known if row.referral_id == said.referral_id]
        near = [row for row in known if shared_placements.meet(row, said)]
        return next(iter([*here, *near, *(known[-1:] if told else [])]), None)


def submitted(session: Session, referral_id: int | None, candidate_id: int) -> Submission | None:
    """A candidate on a referral."""
    on = (Submission.referral_id == referral_id, Submission.candidate_id == candidate_id)
    return session.scalar(select(Submission).where(*on))


def claims(referral: Referral, senders: Iterable[int | None], *, besides: Iterable[int] = ()) -> list[tuple[int, str]]:
    """Who claims credit for a hire: who sent the candidate (and `besides`), and who opened the employer's door. Each is
    a claim until the other side confirms it."""
    sent = dict.fromkeys([*(sender for sender in senders if sender is not None), *besides])
    opened = (p.organisation_id for p in referral.parties if p.role == "referring" and p.organisation_id not in sent)
    return [*((number, "sent_candidate") for number in sent), *((number, "opened_employer") for number in opened)]


def _fill_one(need: Need | None) -> None:
    if need is not None and need.left is not None:
        need.left = max(0, need.left - 1)
        need.state = "filled" if need.left == 0 else need.state


def _not_filled(session: Session, placement: Placement) -> None:
    """The hire did not stand: the opening is open again, the candidate where they were before."""
    need = placement.need
    if need is not None and need.left is not None and need.openings is not None:
        need.left = min(need.openings, need.left + 1)
        need.state = "open" if need.state == "filled" else need.state
    submission = submitted(session, placement.referral_id, placement.candidate_id)
    if submission is not None and submission.status == CandidateStatus.HIRED:
        submission.status = str(CandidateStatus.OFFERED)


def claim(
    session: Session,
    placement: Placement,
    organisation_id: int,
    role: str,
    message_id: int | None = None,
    *,
    said_at: datetime | None = None,
) -> Credit | None:
    """An organisation's claim with the mail that proves it; None where it stands already."""
    if any(credit.organisation_id == organisation_id and credit.role == role for credit in placement.credits):
        return None
    credit = Credit(organisation_id=organisation_id, role=role, message_id=message_id, claimed_at=said_at or utcnow())
    placement.credits.append(credit)
    session.flush()
    return credit


def is_shared(placement: Placement) -> bool:
    """Confirmed credits to two or more organisations (FIELD.md, Metric definitions)."""
    sure = {CreditState.CONFIRMED, CreditState.SETTLED}
    return len({credit.organisation_id for credit in placement.credits if credit.state in sure}) > 1


def step(
    session: Session,
    placement_id: int,
    status: str,
    who: str,
    *,
    on: date | None = None,
    reason: str = "",
    message_id: int | None = None,
) -> None:
    """Take a step of the life cycle. Raises IllegalPlacementStep, UnknownPlacement."""
    placement, wanted = find(session, placement_id), PlacementStatus(status)
    if wanted == placement.status:
        return
    if wanted not in PLACEMENT_STEPS[PlacementStatus(placement.status)]:
        was = placement.status.replace("_", " ")
        raise IllegalPlacementStep(f"Placement {placement_id} is {was}; it can't become {status.replace('_', ' ')}.")
    placement.status_before, placement.status = placement.status, str(wanted)
    if wanted is P.VOID:
        _not_filled(session, placement)
    elif placement.status_before == P.VOID and wanted is not P.DISPUTED:
        _fill_one(placement.need)
    if wanted is P.STARTED and on is not None:
        placement.start_on = on
    if wanted in {P.ENDED, P.VOID}:
        placement.ended_on, placement.end_reason = on or referrals.said_at(session, message_id).date(), reason
    if placement.referral_id is not None:
        referral = referrals.find(session, placement.referral_id)
        words = f"{placement.candidate.initials} {str(wanted).replace('_', ' ')}"
        event = referrals.note(session, referral, str(wanted), words, who, message_id=message_id)
        outbox.tell_parties(session, referral, str(wanted), event)


def verify(session: Session, placement_id: int, source: str, on: date, who: str) -> None:
    """Say how it is known that the person started: employer, payroll, pay stub, offer letter, attestation."""
    placement = find(session, placement_id)
    placement.verified_source, placement.verified_on, placement.verified_by = source, on, who


def _credit(session: Session, credit_id: int) -> Credit:
    credit = session.get(Credit, credit_id)
    if credit is None:
        raise UnknownPlacement(f"There is no credit {credit_id}.")
    return credit


def confirm_credit(session: Session, credit_id: int, who: str) -> None:
    """The other organisation agrees. Raises UnknownPlacement, IllegalPlacementStep."""
    credit = _credit(session, credit_id)
    if credit.state == CreditState.CONTESTED:
        raise IllegalPlacementStep("A contested credit is settled by the hub, with a note.")
    credit.state, credit.settled_at = str(CreditState.CONFIRMED), utcnow()


def contest_credit(session: Session, credit_id: int, note: str, who: str) -> None:
    """The other organisation objects; the hub settles it. Raises UnknownPlacement."""
    credit = _credit(session, credit_id)
    credit.state, credit.note = str(CreditState.CONTESTED), f"{who}: {note}"
    _note(session, credit, "credit_contested", note, who)


def settle_credit(session: Session, credit_id: int, keep: bool, note: str, who: str) -> None:
    """The hub's word, with a note. Raises UnknownPlacement, ValueError."""
    credit = _credit(session, credit_id)
    if credit.state != CreditState.CONTESTED:
        raise IllegalPlacementStep("Only a contested credit is settled.")
    if not note.strip():
        raise ValueError("A contested credit is settled with a note that says why.")
    _note(session, credit, "credit_stands" if keep else "credit_removed", note, who)
    if keep:
        credit.state, credit.settled_at, credit.note = str(CreditState.SETTLED), utcnow(), f"{who}: {note}"
    else:
        credit.placement.credits.remove(credit)


def _note(session: Session, credit: Credit, what: str, note: str, who: str) -> None:
    """The word stays where it is looked for: in the history of the referral and in the audit log."""
    placement = credit.placement
    name = credit.organisation.name
    role = credit.role.replace("_", " ")
    said = {"credit_contested": "contested", "credit_stands": "stands", "credit_removed": "does not stand"}[what]
    words = f"credit of {name} ({role}) on placement {placement.id} {said}: {note.strip()}"
    if placement.referral_id is not None:
        referrals.note(session, referrals.find(session, placement.referral_id), what, words, who)
    details = {"organisation": name, "role": role, "note": note.strip()}
    session.add(AuditEntry(who=who, what=what.replace("_", " "), record=f"placement {placement.id}", details=details))
