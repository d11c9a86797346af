"""Whose is what came while two records stood as one: the mails behind it are asked which of the two they name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from matching.model import match
from matching.records import CandidateRecord, EmployerRecord
from service.models import EmployerContact, InboundMessage, Placement, Referral, Submission
from service.plain_records import record_from

CLEARLY = 0.3
"""Difference of two probabilities from which a mention names one of the two."""


class Whose(StrEnum):
    KEPT = "kept"
    MERGED = "merged"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Sides:
    """The two records with their values from before the merge."""

    kind: str
    kept_id: int
    merged_id: int
    kept: Mapping[str, Any]
    merged: Mapping[str, Any]

    def of(self, record_id: int | None) -> Whose:
        return {self.kept_id: Whose.KEPT, self.merged_id: Whose.MERGED}.get(record_id or 0, Whose.UNCLEAR)


def whose_row(session: Session, row: Any, sides: Sides) -> Whose:
    """A referral, submission, placement or contact that came since."""
    if isinstance(row, Placement):
        return _whose_placement(session, row, sides)
    if isinstance(row, Submission):
        return _whose_submission(session, row, sides)
    if isinstance(row, EmployerContact):
        return _whose_contact(session, row, sides)
    mails = select(InboundMessage).where(
        (InboundMessage.referral_id == row.id) | (InboundMessage.id == (row.first_message_id or 0))
    )
    return _agreed(_named(mail, sides) for mail in _read(session, mails))


def _whose_placement(session: Session, row: Placement, sides: Sides) -> Whose:
    """As its referral, or as who was submitted there; else what its own mail says."""
    if sides.kind == "employer":
        referral = session.get(Referral, row.referral_id) if row.referral_id else None
        return sides.of(referral.employer_id if referral else None)
    both = (sides.kept_id, sides.merged_id)
    submitted = select(Submission.candidate_id).where(
        Submission.referral_id == (row.referral_id or 0), Submission.candidate_id.in_(both)
    )
    there = set(session.scalars(submitted))
    if len(there) == 1:
        return sides.of(there.pop())
    mails = select(InboundMessage).where(InboundMessage.id == (row.message_id or 0))
    return _agreed(_named(mail, sides) for mail in _read(session, mails))


def _whose_submission(session: Session, row: Submission, sides: Sides) -> Whose:
    owners = {sides.kept.get("organisation_id"): Whose.KEPT, sides.merged.get("organisation_id"): Whose.MERGED}
    if len(owners) == 2 and row.organisation_id in owners:
        return owners[row.organisation_id]
    mails = select(InboundMessage).where(InboundMessage.id == (row.message_id or 0))
    return _agreed(_named(mail, sides) for mail in _read(session, mails))


def _whose_contact(session: Session, row: EmployerContact, sides: Sides) -> Whose:
    domain = row.email.rpartition("@")[2].lower()
    by_domain = _only(domain in sides.kept["domains"], domain in sides.merged["domains"]) if domain else Whose.UNCLEAR
    return by_domain if by_domain is not Whose.UNCLEAR else _brought_by(session, row.email or row.name, sides)


def whose_value(session: Session, field: str, value: str, sides: Sides) -> Whose:
    """A spelling, domain, phone or address that was learnt since."""
    if field == "aliases":
        said = EmployerRecord(id="", name=value)
        found = _nearer(said, sides)
        if found is not Whose.UNCLEAR:
            return found
    return _brought_by(session, value, sides)


def _brought_by(session: Session, words: str, sides: Sides) -> Whose:
    """The side whose own mails say these words, where only one side's do."""
    if not words:
        return Whose.UNCLEAR
    return _only(*(_said_of(session, words, record_id, sides.kind) for record_id in (sides.kept_id, sides.merged_id)))


def _said_of(session: Session, words: str, record_id: int, kind: str) -> bool:
    if kind == "employer":
        own = select(Referral.id).where(Referral.employer_id == record_id)
        mails = select(InboundMessage).where(InboundMessage.referral_id.in_(own))
    else:
        by = select(Submission.message_id).where(Submission.candidate_id == record_id)
        mails = select(InboundMessage).where(InboundMessage.id.in_(by))
    return any(_holds(mail.reading or {}, words) for mail in _read(session, mails))


def _holds(reading: Any, words: str) -> bool:
    """Are these words anywhere among the values that were read?"""
    if isinstance(reading, str):
        return words.casefold() in reading.casefold()
    inside = reading.values() if isinstance(reading, dict) else reading if isinstance(reading, list) else ()
    return any(_holds(part, words) for part in inside)


def _read(session: Session, mails: Any) -> list[InboundMessage]:
    return list(session.scalars(mails.options(undefer(InboundMessage.reading)).order_by(InboundMessage.id)))


def _named(mail: InboundMessage, sides: Sides) -> Whose:
    said = (mail.reading or {}).get("introduction") or {}
    mentions = _employers(said) if sides.kind == "employer" else _candidates(said)
    return _agreed(_nearer(mention, sides) for mention in mentions)


def _employers(said: Mapping[str, Any]) -> list[EmployerRecord]:
    employer = said.get("employer") or {}
    if not employer.get("name"):
        return []
    people = said.get("contacts") or []
    domains = tuple(str(one.get("email") or "").rpartition("@")[2].lower() for one in people if one.get("email"))
    phones = tuple(phone for one in people for phone in one.get("phones") or ())
    return [EmployerRecord(id="", name=employer["name"], domains=domains, phones=phones)]


def _candidates(said: Mapping[str, Any]) -> list[CandidateRecord]:
    status = said.get("status") or {}
    listed = [said.get("candidates"), *(status.get(part) for part in ("hired", "interviewed", "not_hired"))]
    found = []
    for one in (entry for part in listed for entry in part or ()):
        given, _, family = str(one.get("name") or "").partition(" ")
        emails = (str(one["email"]).lower(),) if one.get("email") else ()
        phones = tuple(one.get("phones") or ())
        found.append(CandidateRecord(id="", given_name=given, family_name=family, emails=emails, phones=phones))
    return found


def _nearer(mention: EmployerRecord | CandidateRecord, sides: Sides) -> Whose:
    """The side that a mention names: by its very spelling, else by how likely each is."""
    if isinstance(mention, EmployerRecord):
        spelt = mention.name.casefold()
        known = [
            spelt in {side["name"].casefold(), *(alias.casefold() for alias in side["aliases"])}
            for side in (sides.kept, sides.merged)
        ]
        by_name = _only(*known)
        if by_name is not Whose.UNCLEAR:
            return by_name
    one, other = (match(mention, record_from(sides.kind, side)).probability for side in (sides.kept, sides.merged))
    if abs(one - other) < CLEARLY:
        return Whose.UNCLEAR
    return Whose.KEPT if one > other else Whose.MERGED


def _only(kept: bool, merged: bool) -> Whose:
    if kept == merged:
        return Whose.UNCLEAR
    return Whose.KEPT if kept else Whose.MERGED


def _agreed(said: Iterable[Whose]) -> Whose:
    """What all that know it say; unclear where they differ or none knows."""
    clear = {one for one in said if one is not Whose.UNCLEAR}
    return clear.pop() if len(clear) == 1 else Whose.UNCLEAR
