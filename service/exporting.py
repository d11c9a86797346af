"""Lists that go out as files: to the systems that organisations must report to."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from service import hsds, hsds_tables, partner_files, partners, tables
from service.models import Candidate, Employer, Organisation, Placement, Referral, utcnow
from service.placements import is_shared
from service.tables import UnknownForm
from service.visibility import consented

__all__ = ["UnknownForm", "lines", "write"]

COLUMNS: dict[str, tuple[str, ...]] = {
    "partners": partner_files.COLUMNS,
    "employers": ("id", "name", "aliases", "domain", "phone", "street", "city", "state", "zip"),
    "candidates": ("id", "name", "organisation", "consent", "consent_on", "email", "phone"),
    "referrals": ("id", "status", "employer", "referring", "receiving", "needs", "introduced", "accepted", "outcome"),
    "placements": ("id", "candidate", "employer", "need", "status", "start", "wage", "verified", "shared", "credits"),
}


def write(session: Session, what: str, file: Path) -> int:
    """Write a list by the file's ending; how many rows. Raises UnknownForm, OSError."""
    if what == "partners" and file.suffix.lower() in {".json", ".zip"}:
        known = partners.directory(session)
        file.write_bytes(directory_file(known, file.name))
        return len(known["partners"])
    return tables.write(file, COLUMNS[what], lines(session, what))


def directory_file(directory: Mapping[str, Any], name: str) -> bytes:
    """The directory by the ending of a file's name: .hsds.json and .zip in HSDS 3.x, .json as the contract has it."""
    if name.lower().endswith(".zip"):
        return hsds_tables.pack(hsds.from_directory(directory, utcnow().date()))
    page = hsds.from_directory(directory, utcnow().date()) if name.lower().endswith(".hsds.json") else directory
    return (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode()


def lines(session: Session, what: str) -> Iterator[Sequence[Any]]:
    """The rows of a list under COLUMNS, for the operator: candidates without consent as initials."""
    return {
        "partners": _partners,
        "employers": _employers,
        "candidates": _candidates,
        "referrals": _referrals,
        "placements": _placements,
    }[what](session)


def _partners(session: Session) -> Iterator[Sequence[Any]]:
    yield from partner_files.table_rows(partners.directory(session))


def _employers(session: Session) -> Iterator[Sequence[Any]]:
    for row in session.scalars(select(Employer).where(Employer.merged_into_id.is_(None)).order_by(Employer.id)):
        yield row.id, row.name, row.aliases, row.domains, row.phones, row.street, row.city, row.state, row.zip


def _shown(candidate: Candidate) -> str:
    return candidate.name if consented(candidate) else candidate.initials


def _candidates(session: Session) -> Iterator[Sequence[Any]]:
    names = dict(session.execute(select(Organisation.id, Organisation.name)).all())
    for row in session.scalars(
        select(Candidate)
        .where(Candidate.merged_into_id.is_(None), Candidate.erased_at.is_(None))
        .order_by(Candidate.id)
    ):
        open_ = consented(row)
        yield (
            row.id,
            _shown(row),
            names.get(row.organisation_id or 0, ""),
            row.consent,
            row.consent_on,
            row.emails if open_ else "",
            row.phones if open_ else "",
        )


def _referrals(session: Session) -> Iterator[Sequence[Any]]:
    for row in session.scalars(select(Referral).order_by(Referral.id)):
        yield (
            row.id,
            row.status,
            row.employer.name if row.employer else "",
            row.party_names("referring"),
            row.party_names("receiving"),
            [f"{need.openings or ''} {need.title}".strip() for need in row.needs],
            row.introduced_at.date() if row.introduced_at else "",
            row.accepted_at.date() if row.accepted_at else "",
            row.outcome,
        )


def _placements(session: Session) -> Iterator[Sequence[Any]]:
    for row in session.scalars(select(Placement).options(selectinload(Placement.credits)).order_by(Placement.id)):
        yield (
            row.id,
            _shown(row.candidate),
            row.employer.name if row.employer else "",
            row.need.title if row.need else "",
            row.status,
            row.start_on,
            row.wage,
            row.verified_source,
            "yes" if is_shared(row) else "no",
            [f"{credit.organisation.name}, {credit.role.replace('_', ' ')}, {credit.state}" for credit in row.credits],
        )
