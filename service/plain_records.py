"""A stored employer or candidate as the plain values by which matching compares."""

from collections.abc import Callable, Mapping
from typing import Any

from matching.records import CandidateRecord, EmployerRecord
from service.models import Candidate, Employer

Known = Employer | Candidate


def kind_of(known: Known) -> str:
    return "employer" if isinstance(known, Employer) else "candidate"


def record_of(known: Known) -> EmployerRecord | CandidateRecord:
    """As it stands now."""
    return _record(kind_of(known), str(known.id), lambda field: getattr(known, field))


def record_from(kind: str, values: Mapping[str, Any]) -> EmployerRecord | CandidateRecord:
    """As a merge's snapshot has it."""
    return _record(kind, "", values.__getitem__)


def _record(kind: str, record_id: str, value: Callable[[str], Any]) -> EmployerRecord | CandidateRecord:
    if kind == "employer":
        lists = {field: tuple(value(field)) for field in ("aliases", "domains", "phones")}
        return EmployerRecord(
            id=record_id, **{field: value(field) for field in ("name", "street", "city", "state", "zip")}, **lists
        )
    return CandidateRecord(
        id=record_id,
        given_name=value("given_name"),
        family_name=value("family_name"),
        emails=tuple(value("emails")),
        phones=tuple(value("phones")),
        date_of_birth=str(value("date_of_birth") or ""),
        city=value("city"),
        zip=value("zip"),
    )
