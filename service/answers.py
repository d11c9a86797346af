"""What partners answered and what came of it, for learning: the partner's own word before a coordinator's click."""

from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from service.models import Credit, InboundMessage, Need, Organisation, Party, Placement, Referral, Suggestion
from terms.statuses import Outcome, ReferralStatus

_ANSWERS = ("accepted", "declined")
LONGEST = 5000  # characters of a mail that the matcher reads with a need


def history(session: Session) -> list[Any]:
    """matching.answers.Answer for each suggestion that was answered, and for each partner that said yes or no to an
    introduction nobody had suggested; oldest first."""
    from matching.learning import Answer

    rows = session.scalars(
        select(Suggestion)
        .where(Suggestion.state.in_(_ANSWERS))
        .options(joinedload(Suggestion.need), joinedload(Suggestion.organisation))
    ).all()
    suggested = {(row.organisation_id, row.need.referral_id) for row in rows}
    told = [(row.answered_at, _answer(session, row)) for row in rows]
    told += [(party.answered_at, line) for party in _unasked(session, suggested) for line in _own_word(session, party)]
    return [Answer.from_json(line) for at, line in sorted(told, key=lambda one: (one[0] is None, one[0]))]


def answered(session: Session) -> tuple[Any, ...]:
    """Changes with every answer that `history` would give."""
    suggestions = select(func.count(), func.max(Suggestion.answered_at)).where(Suggestion.answered_at.is_not(None))
    accepted = func.count().filter(Party.answer == "accepted")
    parties = select(func.count(), accepted, func.max(Party.answered_at)).where(Party.answer.in_(_ANSWERS))
    return *session.execute(suggestions).one(), *session.execute(parties).one()


def _unasked(session: Session, suggested: set[tuple[int, int]]) -> list[Party]:
    """Who answered for itself an introduction that was not made by a suggestion."""
    found = (
        select(Party)
        .join(Referral, Referral.id == Party.referral_id)
        .where(
            Party.role == "receiving",
            Party.answer.in_(_ANSWERS),
            Party.answered_at.is_not(None),
            Referral.status.not_in((ReferralStatus.DRAFT, ReferralStatus.DISCARDED, ReferralStatus.DUPLICATE)),
        )
        .options(joinedload(Party.referral), joinedload(Party.organisation))
        .order_by(Party.id)
    )
    return [
        party
        for party in session.scalars(found)
        if not {(party.organisation_id, party.referral_id), (party.organisation_id, party.referral.parent_id)}
        & suggested
    ]


def _own_word(session: Session, party: Party) -> list[dict[str, Any]]:
    """A line of ANSWERS.jsonl for each need that the partner was introduced for."""
    asked_at = party.referral.introduced_at
    days = (party.answered_at - asked_at).days if party.answered_at and asked_at else None
    needs = [need for need in party.referral.needs if need.receiving_id in {None, party.organisation_id}]
    return [_line(session, need, party.organisation, party.answer, party.reason, days) for need in needs]


def _answer(session: Session, row: Suggestion) -> dict[str, Any]:
    """Who was asked and declined has declined, whatever a coordinator had hoped."""
    party = _party(session, row)
    declined = party is not None and party.answer == "declined"
    answered_at = (party.answered_at if party else None) or row.answered_at
    reason = party.reason if party and declined else row.reason
    days = max(0, (answered_at - row.created_at).days) if answered_at else None
    return _line(session, row.need, row.organisation, "declined" if declined else row.state, reason, days)


def _line(
    session: Session, need: Need, organisation: Organisation, answer: str, reason: str, days: int | None
) -> dict[str, Any]:
    """A line of ANSWERS.jsonl."""
    placed = _placed(session, need.id, organisation.id)
    return {
        "need": need_json(session, need),
        "partner": organisation.name,
        "answer": answer,
        "reason": reason,
        "days": days,
        "outcome": str(Outcome.PLACED) if placed else None,
        "placed": placed,
    }


def _party(session: Session, row: Suggestion) -> Party | None:
    """The partner's part in the need's referral, or in the one that it was rerouted to."""
    referral_id = row.need.referral_id
    return session.scalar(
        select(Party)
        .join(Referral, Referral.id == Party.referral_id)
        .where(
            or_(Referral.id == referral_id, Referral.parent_id == referral_id),
            Party.organisation_id == row.organisation_id,
            Party.role == "receiving",
        )
        .order_by(Party.id.desc())
        .limit(1)
    )


def _placed(session: Session, need_id: int, organisation_id: int) -> int:
    """People whom this partner sent for this need and who were hired."""
    sent = select(func.count(func.distinct(Placement.id))).join(Credit, Credit.placement_id == Placement.id)
    return (
        session.scalar(
            sent.where(
                Placement.need_id == need_id,
                Placement.status != "void",
                Credit.organisation_id == organisation_id,
                Credit.role == "sent_candidate",
            )
        )
        or 0
    )


def open_asks(session: Session) -> dict[str, int]:
    """How many requests each partner has not answered yet: no partner gets all."""
    rows = session.execute(
        select(Organisation.name, func.count())
        .join(Party, Party.organisation_id == Organisation.id)
        .join(Referral, Referral.id == Party.referral_id)
        .where(Party.role == "receiving", Party.answer == "", Referral.status == ReferralStatus.INTRODUCED)
        .group_by(Organisation.name)
    )
    return dict(rows.all())


def need_json(session: Session, need: Need) -> dict[str, Any]:
    """A need in the contract's form, with the employer, and the words of the mail where they speak of it alone."""
    referral, employer = need.referral, need.referral.employer
    return {
        "title": need.title,
        "openings": need.left if need.left is not None else need.openings,
        "text": " ".join((need.title, referral.subject, *need.requirements, _words(session, referral))),
        "employer": {"name": employer.name, "overview": employer.overview} if employer else "",
        "industry": need.industry or (employer.industry if employer else ""),
        "location": need.location or (employer.city if employer else ""),
        "pathway": need.pathway or "",
        "populations": need.populations,
        "languages": need.languages,
        "requirements": need.requirements,
        "wage_min": need.wage_min,
        "wage_max": need.wage_max,
        "wage_unit": need.wage_unit or "",
        "occupation": {"code": need.occupation_code, "confidence": need.occupation_confidence}
        if need.occupation_code
        else None,
        "referring_org": next(iter(referral.party_names("referring")), ""),
    }


def _words(session: Session, referral: Referral) -> str:
    """What the first mail says, where it asks for one thing only: of several, each would take all words for its own."""
    if len(referral.needs) != 1 or not referral.first_message_id:
        return ""
    message = session.get(InboundMessage, referral.first_message_id)
    reading = (message.reading if message and message.removed_at is None else None) or {}
    told = [str(reading.get("message") or ""), str((reading.get("original") or {}).get("body") or "")]
    return " ".join(told)[:LONGEST]
