"""Erasing a person: records become empty rows that still count, words go from mails and letters, a tombstone stays.

TRUST.md: erasing purges snapshots, raw words, letters, the key index and what learning would read; a replay, an import
or an older backup doesn't bring the person back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from service import blackening, blackout, identities, key_index, merges, tombstones
from service.models import (
    AuditEntry,
    Candidate,
    Credit,
    Employer,
    EmployerContact,
    InboundMessage,
    MatchKey,
    Merge,
    Organisation,
    Pair,
    Placement,
    RecordChange,
    Referral,
    SheetEntry,
    Submission,
    Tombstone,
    utcnow,
)

NAME = "Erased person"


@dataclass(slots=True)
class Erasure:
    """What was, or would be, erased. `lines` are the tombstones for the copy beside the database."""

    records: int = 0
    mails: int = 0
    rows: int = 0
    placements: int = 0
    lines: list[dict[str, Any]] = field(default_factory=list)


def records_of(session: Session, candidate: Candidate, *, everywhere: bool) -> list[Candidate]:
    """The records of one organisation that are this person; `everywhere` those of every organisation, also where no
    decision joined them but address, number or birth date say that it is the same person."""
    standing = identities.standing_for(session, candidate)
    ids = merges.cluster(session, standing)
    found = [session.get_one(Candidate, record_id) for record_id in sorted(ids)]
    if not everywhere:
        return [one for one in found if one.organisation_id == candidate.organisation_id]
    others = session.scalars(select(Candidate).where(Candidate.erased_at.is_(None))).all()
    traits = {one.id: {trait for trait in tombstones.traits_of(one).found if _is_strong(trait)} for one in others}
    known = set().union(*(traits.get(record_id, set()) for record_id in ids))
    while alike := [one for one in others if one.id not in ids and traits[one.id] & known]:
        for one in alike:
            ids |= merges.cluster(session, identities.standing_for(session, one))
        known = known.union(*(traits.get(record_id, set()) for record_id in ids))
    return [session.get_one(Candidate, record_id) for record_id in sorted(ids)]


def _is_strong(trait: tuple[str, str]) -> bool:
    return trait[0] in tombstones.STRONG


def erase_candidate(session: Session, candidate_id: int, reason: str, who: str, *, everywhere: bool = False) -> Erasure:
    """Erase a person. Raises LookupError for no such candidate, ValueError without a reason or where it was done."""
    candidate = session.get(Candidate, candidate_id)
    if candidate is None:
        raise LookupError(f"There is no candidate {candidate_id}.")
    if candidate.erased_at is not None:
        raise ValueError(f"Candidate {candidate_id} was erased on {candidate.erased_at:%d %b %Y} already.")
    if not reason.strip():
        raise ValueError("Say why this person is erased.")
    records = records_of(session, candidate, everywhere=everywhere)
    _part_from_others(session, records, who)
    people = [_person_of(record) for record in records]
    done = Erasure(records=len(records))
    for record in records:
        stones = tombstones.bury(session, record, None if everywhere else record.organisation_id)
        done.lines += tombstones.as_lines(session, stones)
    ids = [record.id for record in records]
    referrals = _referrals_of(session, ids)
    placements = session.scalars(select(Placement.id).where(Placement.candidate_id.in_(ids))).all()
    done.placements = len(placements)
    # the number of another system's entry would still lead to the person there
    session.execute(delete(SheetEntry).where(SheetEntry.placement_id.in_(placements)))
    wide = blackout.widely(people, _spare(session, referrals))
    sure = blackout.surely(people, names=not _namesake(session, records))
    done.mails = blackening.mails(session, _messages_of(session, ids), wide, sure)
    done.rows = blackening.sweep(session, referrals, ids, wide, sure)
    _forget_sameness(session, "candidate", ids)
    for record in records:
        _empty(record)
    what = {"reason": wide(reason), "records": ids, "mails": done.mails, "everywhere": everywhere}
    session.add(AuditEntry(who=who, what="erased a person", record=f"candidate {candidate_id}", details=what))
    session.flush()
    return done


def _person_of(record: Candidate) -> blackout.Person:
    whole = f"{record.given_name} {record.family_name}".strip()
    names = list(dict.fromkeys(name for name in (record.name, whole) if name))
    return blackout.Person(names, list(record.emails), list(record.phones))


def _part_from_others(session: Session, records: Sequence[Candidate], who: str) -> None:
    """A record of another organisation that was joined with one of these stands alone again first."""
    ids = {record.id for record in records}
    links = select(Merge).where(
        Merge.kind == "candidate",
        Merge.undone_at.is_(None),
        or_(Merge.kept_id.in_(ids), Merge.merged_id.in_(ids)),
    )
    for link in session.scalars(links.order_by(Merge.id.desc())).all():
        if not {link.kept_id, link.merged_id} <= ids:
            identities.undo_merge(session, link.id, who)


def _referrals_of(session: Session, ids: list[int]) -> set[int]:
    found = set(session.scalars(select(Submission.referral_id).where(Submission.candidate_id.in_(ids))))
    placed = select(Placement.referral_id).where(Placement.candidate_id.in_(ids), Placement.referral_id.is_not(None))
    return found | {referral_id for referral_id in session.scalars(placed) if referral_id is not None}


def _messages_of(session: Session, ids: list[int]) -> set[int]:
    """Mails that are known to speak of these records: those they were read from, and the threads they stand on."""
    chosen = (
        select(Candidate.first_message_id).where(Candidate.id.in_(ids)),
        select(Submission.message_id).where(Submission.candidate_id.in_(ids)),
        select(Placement.message_id).where(Placement.candidate_id.in_(ids)),
        select(Credit.message_id).join(Placement).where(Placement.candidate_id.in_(ids)),
        select(InboundMessage.id).where(InboundMessage.referral_id.in_(_referrals_of(session, ids))),
    )
    return {message_id for query in chosen for message_id in session.scalars(query) if message_id is not None}


def _spare(session: Session, referrals: set[int]) -> str:
    """Names of organisations and of these referrals' employers, whose words are no candidate's."""
    names = [row.name for row in session.scalars(select(Organisation))]
    rows = select(Employer.name).join(Referral, Referral.employer_id == Employer.id).where(Referral.id.in_(referrals))
    return " ".join([*names, *session.scalars(rows)])


def _namesake(session: Session, records: Sequence[Candidate]) -> bool:
    """Is there somebody else of that very name? Then a name alone, in a mail about neither, tells nothing."""
    names = {record.name.casefold() for record in records}
    others = select(Candidate.name).where(Candidate.id.not_in([record.id for record in records]))
    return any(name.casefold() in names for name in session.scalars(others))


def _forget_sameness(session: Session, kind: str, ids: list[int]) -> None:
    """Keys, pairs with their reasons, snapshots and changes by hand go; that a merge was, and by whom, stays."""
    session.execute(delete(RecordChange).where(RecordChange.kind == kind, RecordChange.record_id.in_(ids)))
    session.execute(delete(MatchKey).where(MatchKey.kind == kind, MatchKey.record_id.in_(ids)))
    links = select(Merge).where(Merge.kind == kind, or_(Merge.kept_id.in_(ids), Merge.merged_id.in_(ids)))
    for link in session.scalars(links).all():
        link.snapshot, link.asks, link.pair_id = {}, [], None
    session.flush()
    theirs = select(Pair.id).where(Pair.kind == kind, or_(Pair.left_id.in_(ids), Pair.right_id.in_(ids)))
    gone = session.scalars(theirs).all()
    left = session.scalars(select(Pair).where(Pair.follows_id.in_(gone), Pair.id.not_in(gone))).all()
    for pair in left:
        pair.follows_id, pair.decision, pair.decided_by, pair.decided_at = None, "", "", None
    session.flush()
    session.execute(delete(Pair).where(Pair.id.in_(gone)))
    if left:
        identities.settle(session, kind, [record_id for pair in left for record_id in (pair.left_id, pair.right_id)])


def _empty(record: Candidate) -> None:
    record.name, record.given_name, record.family_name, record.emails, record.phones = NAME, "", "", [], []
    record.date_of_birth, record.city, record.zip, record.first_message_id = None, "", "", None
    record.work, record.languages = [], []
    record.consent, record.consent_on, record.consent_until, record.consent_scope = "none", None, None, ""
    record.erased_at = utcnow()


def erase_contact(session: Session, contact_id: int, reason: str, who: str) -> Erasure:
    """Erase a person at an employer, also where the same address is known of another one. Raises LookupError,
    ValueError without a reason."""
    contact = session.get(EmployerContact, contact_id)
    if contact is None:
        raise LookupError(f"There is no contact {contact_id}.")
    if not reason.strip():
        raise ValueError("Say why this person is erased.")
    alike = [one for one in session.scalars(select(EmployerContact)).all() if _same_contact(one, contact)]
    employers = list({one.employer_id: one.employer for one in alike}.values())
    people = [blackout.Person([one.name] if one.name else [], [one.email], list(one.phones)) for one in alike]
    done = Erasure(records=len(alike))
    for one in alike:
        done.lines += tombstones.as_lines(session, tombstones.bury(session, one, None))
    at = [employer.id for employer in employers]
    referrals = set(session.scalars(select(Referral.id).where(Referral.employer_id.in_(at))))
    mails = set(session.scalars(select(InboundMessage.id).where(InboundMessage.referral_id.in_(referrals))))
    wide, sure = blackout.widely(people, _spare(session, referrals)), blackout.surely(people, names=False)
    done.mails = blackening.mails(session, mails, wide, sure)
    done.rows = blackening.sweep(session, referrals, [], wide, sure)
    for employer in employers:
        _take_numbers(session, employer, alike)
        for one in [one for one in alike if one.employer_id == employer.id]:
            employer.contacts.remove(one)
    what = {"reason": wide(reason), "mails": done.mails}
    session.add(AuditEntry(who=who, what="erased a person", record=f"employer {at[0]}", details=what))
    session.flush()
    return done


def _same_contact(one: EmployerContact, other: EmployerContact) -> bool:
    """By the address anywhere, by the name at the same employer."""
    by_mail = bool(one.email) and one.email.casefold() == other.email.casefold()
    by_name = one.employer_id == other.employer_id and one.name.casefold() == other.name.casefold()
    return one.id == other.id or by_mail or (bool(one.name) and by_name)


def _take_numbers(session: Session, employer: Employer, gone: Sequence[EmployerContact]) -> None:
    """Their numbers are the employer's no longer, here and in snapshots, unless somebody else there has them too."""
    kept = {phone for one in employer.contacts if one not in gone for phone in one.phones}
    theirs = {phone for one in gone for phone in one.phones} - kept
    employer.phones = [phone for phone in employer.phones if phone not in theirs]
    ids = merges.cluster(session, employer)
    for link in session.scalars(select(Merge).where(Merge.kind == "employer", Merge.kept_id.in_(ids))).all():
        link.snapshot = _without(link.snapshot, theirs)
        link.asks = [one for one in link.asks if one.get("value") not in theirs]
    told = select(RecordChange).where(RecordChange.kind == "employer", RecordChange.record_id.in_(ids))
    for made in session.scalars(told).all():
        made.before, made.after = _without(made.before, theirs), _without(made.after, theirs)
    key_index.index(session, employer)


def _without(value: Any, gone: set[str]) -> Any:
    if isinstance(value, list):
        return [_without(one, gone) for one in value if not (isinstance(one, str) and one in gone)]
    return {key: _without(one, gone) for key, one in value.items()} if isinstance(value, dict) else value


def again(session: Session, lines: Iterable[dict[str, Any]], who: str) -> int:
    """After an older backup was put back: whoever was erased since is erased once more; how many."""
    tombstones.put_back(session, lines)
    done = 0
    for candidate in session.scalars(select(Candidate).where(Candidate.erased_at.is_(None))).all():
        if candidate.erased_at is None and tombstones.is_erased(session, candidate):
            erase_candidate(session, candidate.id, "erased before this backup was put back", who)
            done += 1
    for contact_id in session.scalars(select(EmployerContact.id)).all():
        contact = session.get(EmployerContact, contact_id)
        if contact is not None and tombstones.is_erased(session, contact):
            erase_contact(session, contact_id, "erased before this backup was put back", who)
            done += 1
    return done


def lines(session: Session) -> list[dict[str, Any]]:
    """All tombstones, for carrying them over a restore."""
    return tombstones.as_lines(session, session.scalars(select(Tombstone)).all())
