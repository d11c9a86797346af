"""The two kinds of records that are told apart, as plain values; a row of the contract's CSV becomes one."""

from collections.abc import Mapping
from dataclasses import dataclass

EMPLOYER_COLUMNS = ("id", "name", "aliases", "domain", "phone", "street", "city", "state", "zip")
CANDIDATE_COLUMNS = (
    "id",
    "given_name",
    "family_name",
    "email",
    "phone",
    "date_of_birth",
    "street",
    "city",
    "state",
    "zip",
)


@dataclass(frozen=True, slots=True)
class EmployerRecord:
    """An employer as somebody wrote it down: nothing is cleaned yet, and everything but the id may be empty."""

    id: str
    name: str = ""
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""


@dataclass(frozen=True, slots=True)
class CandidateRecord:
    """A person who looks for work. Never a social security number: it isn't kept, so it can't be compared."""

    id: str
    given_name: str = ""
    family_name: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    date_of_birth: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""


Record = EmployerRecord | CandidateRecord


def employer_of(row: Mapping[str, str]) -> EmployerRecord:
    """A row of `id,name,aliases,domain,phone,street,city,state,zip`; `;` separates several values."""
    return EmployerRecord(
        id=_one(row, "id"),
        name=_one(row, "name"),
        aliases=_several(row, "aliases"),
        domains=_several(row, "domain"),
        phones=_several(row, "phone"),
        street=_one(row, "street"),
        city=_one(row, "city"),
        state=_one(row, "state"),
        zip=_one(row, "zip"),
    )


def candidate_of(row: Mapping[str, str]) -> CandidateRecord:
    """A row of `id,given_name,family_name,email,phone,date_of_birth,street,city,state,zip`."""
    return CandidateRecord(
        id=_one(row, "id"),
        given_name=_one(row, "given_name"),
        family_name=_one(row, "family_name"),
        emails=_several(row, "email"),
        phones=_several(row, "phone"),
        date_of_birth=_one(row, "date_of_birth"),
        street=_one(row, "street"),
        city=_one(row, "city"),
        state=_one(row, "state"),
        zip=_one(row, "zip"),
    )


def _one(row: Mapping[str, str], column: str) -> str:
    return (row.get(column) or "").strip()


def _several(row: Mapping[str, str], column: str) -> tuple[str, ...]:
    value = row.get(column) or ""
    return tuple(part.strip() for part in value.split(";") if part.strip())
