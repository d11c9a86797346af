"""A partner as an entry of the contract's directory file, and as rows: each way, and what an entry would change."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.models import Agreement, Organisation, OrganisationSign, PartnerService, Placement
from service.workdays import iso_day
from terms.kinds import PartnerKind, Population
from terms.words import FREE_MAIL_DOMAINS

SIGNS = (("alias", "aliases"), ("domain", "domains"), ("address", "addresses"))
LISTS = ("occupations", "programmes", "industries", "populations", "requires", "areas", "languages", "pathways")
"""What a service lists; empty always means "not said"."""
MOST_PEOPLE = 100_000


def problem(entry: Any) -> str:
    """Why an entry can't be taken in, in words; "" where it can."""
    if not isinstance(entry, Mapping) or not str(entry.get("name") or "").strip():
        return "it has no name"
    for domain in entry.get("domains") or ():
        if "." not in str(domain) or "@" in str(domain):
            return f"{domain!r} is no mail domain"
        if str(domain).lower() in FREE_MAIL_DOMAINS:
            return f"{domain} is a free-mail domain; list single addresses instead"
    for address in entry.get("addresses") or ():
        if "@" not in str(address):
            return f"{address!r} is no e-mail address"
    services = entry.get("services") or ()
    if not isinstance(services, list | tuple):
        return "its services are no list"
    return next((f"a service {words}" for one in services if (words := _service_problem(one))), "")


def _service_problem(service: Any) -> str:
    if not isinstance(service, Mapping):
        return "is no object"
    wrong = next((key for key in LISTS if not isinstance(service.get(key) or (), list | tuple)), "")
    return f"has {wrong} that are no list" if wrong else ""


def left_out(entry: Mapping[str, Any]) -> list[str]:
    """Populations that are none of ours, in words: they are left out, the rest of the entry is taken in."""
    said = [
        str(value)
        for service in entry.get("services") or ()
        for key in ("populations", "requires")
        for value in service.get(key) or ()
    ]
    strange = dict.fromkeys(value for value in said if population(value) not in set(Population))
    return [f"{value!r} is no population known here and was left out" for value in strange]


def population(value: str) -> str:
    """A population as terms.kinds has it: "Returning citizens" is returning_citizens."""
    return value.strip().lower().replace(" ", "_").replace("-", "_")


def kind_of(kind: str) -> str:
    return kind if kind in set(PartnerKind) else kind.strip().lower().replace(" ", "_")[:40] or "other"


def fill(session: Session, organisation: Organisation, entry: Mapping[str, Any]) -> None:
    """What the entry says replaces what was there; what it doesn't speak of stays. Names and addresses are added."""
    organisation.kind = kind_of(str(entry.get("kind") or organisation.kind or "other"))
    organisation.description = str(entry.get("description") or organisation.description or "")
    organisation.member = bool(entry.get("member", True))
    organisation.confirmed_on = iso_day(entry.get("confirmed_on")) or organisation.confirmed_on
    if entry.get("parent"):
        organisation.parent_id = session.scalar(select(Organisation.id).where(Organisation.name == entry["parent"]))
    add_signs(organisation, entry)
    if "services" in entry:
        _fill_services(organisation, entry["services"] or ())
    session.flush()


def replace(session: Session, organisation: Organisation, entry: Mapping[str, Any]) -> None:
    """Make the partner exactly what the entry says: for taking an import back."""
    organisation.kind, organisation.description = str(entry["kind"]), str(entry["description"])
    organisation.confirmed_on, organisation.parent_id = None, None
    organisation.signs.clear()
    organisation.services.clear()
    session.flush()
    fill(session, organisation, entry)
    fill_agreements(session, organisation, entry.get("agreements") or ())


def add_signs(organisation: Organisation, entry: Mapping[str, Any]) -> None:
    known = {(sign.kind, sign.value.lower()) for sign in organisation.signs}
    for kind, key in SIGNS:
        for value in entry.get(key) or ():
            value = str(value).strip() if kind == "alias" else str(value).strip().lower()
            if value and (kind, value.lower()) not in known:
                organisation.signs.append(OrganisationSign(kind=kind, value=value))
                known.add((kind, value.lower()))


def _fill_services(organisation: Organisation, entries: Iterable[Mapping[str, Any]]) -> None:
    """Services by name: known ones are brought up to date, those that the list lacks go."""
    known = {service.name.casefold(): service for service in organisation.services}
    kept = []
    for entry in entries:
        name = str(entry.get("name") or "service").strip()
        service = known.pop(name.casefold(), None) or PartnerService(name=name)
        _fill_service(service, entry)
        kept.append(service)
    organisation.services[:] = kept


def _fill_service(service: PartnerService, entry: Mapping[str, Any]) -> None:
    service.kind = str(entry.get("kind") or service.kind or "")
    service.description = str(entry.get("description") or service.description or "")
    for key in LISTS:
        values = [str(value).strip() for value in entry.get(key) or () if str(value).strip()]
        if key in {"populations", "requires"}:
            values = [value for value in map(population, values) if value in set(Population)]
        setattr(service, key, list(dict.fromkeys(values)) if key in entry else list(getattr(service, key) or []))
    service.agreement_required = bool(entry.get("agreement_required", service.agreement_required))
    service.closed = bool(entry.get("closed", service.closed)) or str(entry.get("status") or "active") != "active"
    service.capacity = people(entry.get("capacity")) if "capacity" in entry else service.capacity
    service.capacity_on = iso_day(entry.get("capacity_on")) or service.capacity_on
    service.confirmed_on = iso_day(entry.get("confirmed_on")) or service.confirmed_on
    service.confirmed_by = str(entry.get("confirmed_by") or service.confirmed_by or "")


def people(value: Any) -> int | None:
    """How many people: a number, or HSDS's {"available": n}; None where it isn't said."""
    value = value.get("available") if isinstance(value, Mapping) else value
    text = str(value).strip()
    return min(int(text), MOST_PEOPLE) if text.isdecimal() and len(text) < 10 else None


def fill_agreements(session: Session, organisation: Organisation, rows: Iterable[Mapping[str, Any]]) -> None:
    """The agreements of a partner: listed ones are added or brought up to date, with their document; others go, unless
    a document or a placement hangs on them."""
    known = session.scalars(select(Agreement).where(Agreement.organisation_id == organisation.id)).all()
    by_name = {(row.with_name.casefold(), row.kind.casefold()): row for row in known}
    for entry in rows:
        name, kind = str(entry.get("with") or ""), str(entry.get("kind") or "MOU")
        row = by_name.pop((name.casefold(), kind.casefold()), None) or Agreement(organisation_id=organisation.id)
        row.with_id = session.scalar(select(Organisation.id).where(Organisation.name == name))
        row.with_name, row.kind, row.status = name, kind, str(entry.get("status") or "draft")
        row.starts_on, row.ends_on = iso_day(entry.get("start")), iso_day(entry.get("end"))
        row.scope, row.note = [str(line) for line in entry.get("scope") or ()], str(entry.get("note") or "")
        session.add(row)
    for row in by_name.values():
        used = session.scalar(select(Placement.id).where(Placement.agreement_id == row.id).limit(1))
        if not row.document_name and used is None:
            session.delete(row)
    session.flush()


def entry_of(
    organisation: Organisation, agreements: Iterable[Agreement] = (), names: Mapping[int, str] | None = None
) -> dict[str, Any]:
    """The partner as an entry of the contract's directory. `names`: of organisations by their number."""
    return {
        "name": organisation.name,
        **{key: organisation.values(kind) for kind, key in SIGNS},
        "kind": organisation.kind,
        "description": organisation.description,
        "member": organisation.member,
        "parent": (names or {}).get(organisation.parent_id or 0, ""),
        "confirmed_on": _iso(organisation.confirmed_on),
        "services": [_service_entry(service) for service in organisation.services],
        "agreements": [_agreement_entry(row) for row in agreements],
    }


def _service_entry(service: PartnerService) -> dict[str, Any]:
    return {
        "name": service.name,
        "kind": service.kind,
        "description": service.description,
        **{key: list(getattr(service, key)) for key in LISTS},
        "agreement_required": service.agreement_required,
        "capacity": service.capacity,
        "capacity_on": _iso(service.capacity_on),
        "status": "inactive" if service.closed else "active",
        "closed": service.closed,
        "confirmed_on": _iso(service.confirmed_on),
        "confirmed_by": service.confirmed_by,
    }


def _agreement_entry(row: Agreement) -> dict[str, Any]:
    return {
        "with": row.with_name,
        "kind": row.kind,
        "status": row.status,
        "start": _iso(row.starts_on),
        "end": _iso(row.ends_on),
        "scope": row.scope,
        "note": row.note,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What is other in the second entry, a sentence a line, for the preview of an import."""
    lines = [
        f"{key.replace('_', ' ')}: {_said(before.get(key))} → {_said(after.get(key))}"
        for key in after
        if key not in {"name", "services", "agreements"} and before.get(key) != after.get(key)
    ]
    old = {service["name"]: service for service in before.get("services") or ()}
    new = {service["name"]: service for service in after.get("services") or ()}
    lines += [f"new service: {name}" for name in new if name not in old]
    lines += [f"service gone: {name}" for name in old if name not in new]
    for name in new.keys() & old.keys():
        lines += [f"{name}, {line}" for line in differences(old[name], new[name])]
    if (before.get("agreements") or []) != (after.get("agreements") or []):
        lines.append(f"agreements: {len(before.get('agreements') or [])} → {len(after.get('agreements') or [])}")
    return lines


def _said(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else "" if value is None else str(value)
    return f"{text[:80]}…" if len(text) > 80 else text or "nothing"
