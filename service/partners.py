"""The partner directory: import with row errors, what readers of mail and needs see of it, welcoming a stranger."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, selectinload

from mail.directory import Directory
from service.db import settings_of
from service.models import Agreement, Organisation, OrganisationSign, PartnerService, Setting, utcnow
from service.workdays import iso_day
from terms.kinds import PartnerKind, Population
from terms.words import FREE_MAIL_DOMAINS

CSV_COLUMNS = ("name", "aliases", "domains", "addresses", "kind", "description", "parent")


class UnreadableList(ValueError):
    """A list that can't be imported at all; the message is one sentence."""


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do: names added and changed, one line an error."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def import_directory(session: Session, data: Any, *, dry_run: bool = False) -> ImportReport:
    """Take in the contract's directory file; its tracker addresses are added. Raises UnreadableList."""
    entries = data.get("partners") if isinstance(data, Mapping) else None
    if not isinstance(entries, list):
        raise UnreadableList('A partner directory is an object with a list "partners".')
    report = ImportReport()
    with session.begin_nested() as trial:
        for position, entry in enumerate(entries, 1):
            _import_one(session, entry, f"partner {position}", report)
        for entry in entries:
            _import_agreements(session, entry)
        remember_trackers(session, data.get("tracker") or ())
        touch(session)
        if dry_run:
            trial.rollback()
    return report


def import_csv(session: Session, content: bytes, *, dry_run: bool = False) -> ImportReport:
    """Partners from a CSV with the columns name, aliases, domains, addresses, kind, description, parent.

    `;` separates several values. Raises UnreadableList.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("windows-1252", errors="replace")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if "name" not in (rows.fieldnames or ()):
        raise UnreadableList("The list has no column called name; its first row must name the columns.")
    report = ImportReport()
    with session.begin_nested() as trial:
        for line, row in enumerate(rows, 2):
            entry = {key: value for key, value in row.items() if key in CSV_COLUMNS and value}
            for key in ("aliases", "domains", "addresses"):
                entry[key] = [part.strip() for part in str(entry.get(key, "")).split(";") if part.strip()]
            _import_one(session, entry, f"row {line}", report)
        touch(session)
        if dry_run:
            trial.rollback()
    return report


def _import_one(session: Session, entry: Any, place: str, report: ImportReport) -> None:
    problem = _problem(entry)
    if problem:
        report.errors.append(f"{place}: {problem}")
        return
    name = str(entry["name"]).strip()
    organisation = session.scalar(select(Organisation).where(Organisation.name == name))
    (report.changed if organisation else report.added).append(name)
    if organisation is None:
        organisation = Organisation(name=name)
        session.add(organisation)
    organisation.kind = _kind(str(entry.get("kind") or organisation.kind or "other"))
    organisation.description = str(entry.get("description") or organisation.description or "")
    organisation.member = True
    if entry.get("parent"):
        organisation.parent_id = session.scalar(select(Organisation.id).where(Organisation.name == entry["parent"]))
    _add_signs(organisation, entry)
    if "services" in entry:
        organisation.services[:] = [_service(service) for service in entry["services"] or ()]
    session.flush()


def _problem(entry: Any) -> str:
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
    return ""


def _kind(kind: str) -> str:
    return kind if kind in set(PartnerKind) else kind.strip().lower().replace(" ", "_")[:40] or "other"


def _add_signs(organisation: Organisation, entry: Mapping[str, Any]) -> None:
    known = {(sign.kind, sign.value.lower()) for sign in organisation.signs}
    for kind, key in (("alias", "aliases"), ("domain", "domains"), ("address", "addresses")):
        for value in entry.get(key) or ():
            value = str(value).strip() if kind == "alias" else str(value).strip().lower()
            if value and (kind, value.lower()) not in known:
                organisation.signs.append(OrganisationSign(kind=kind, value=value))
                known.add((kind, value.lower()))


def _service(entry: Mapping[str, Any]) -> PartnerService:
    def strings(key: str) -> list[str]:
        return [str(value) for value in entry.get(key) or ()]

    capacity = entry.get("capacity")
    return PartnerService(
        name=str(entry.get("name") or "service"),
        kind=str(entry.get("kind") or ""),
        description=str(entry.get("description") or ""),
        occupations=strings("occupations"),
        industries=strings("industries"),
        populations=[value for value in strings("populations") if value in set(Population)],
        areas=strings("areas"),
        languages=strings("languages"),
        capacity=capacity if isinstance(capacity, int) else None,
        confirmed_on=iso_day(entry.get("confirmed_on")),
    )


def _import_agreements(session: Session, entry: Any) -> None:
    agreements = entry.get("agreements") if isinstance(entry, Mapping) else None
    organisation = agreements and session.scalar(select(Organisation).where(Organisation.name == entry.get("name")))
    if not organisation:
        return
    session.execute(delete(Agreement).where(Agreement.organisation_id == organisation.id))
    for row in agreements or ():
        other = session.scalar(select(Organisation.id).where(Organisation.name == row.get("with")))
        session.add(
            Agreement(
                organisation_id=organisation.id,
                with_id=other,
                with_name=str(row.get("with") or ""),
                kind=str(row.get("kind") or "MOU"),
                status=str(row.get("status") or "draft"),
                starts_on=iso_day(row.get("start")),
                ends_on=iso_day(row.get("end")),
                note=str(row.get("note") or ""),
            )
        )


def remember_trackers(session: Session, addresses: Iterable[str]) -> None:
    known = set(trackers(session))
    for address in addresses:
        if str(address).lower() not in known:
            session.add(Setting(name="tracker", value=str(address).lower()))
    session.flush()


def trackers(session: Session) -> tuple[str, ...]:
    """The tracker's own addresses: from the settings and from imported directories."""
    stored = session.scalars(select(Setting.value).where(Setting.name == "tracker"))
    return tuple(dict.fromkeys((*settings_of(session).tracker_addresses, *stored)))


def directory(session: Session) -> dict[str, Any]:
    """The contract's directory JSON of all organisations, in order of name."""
    agreements: dict[int, list[dict[str, Any]]] = {}
    for row in session.scalars(select(Agreement)):
        agreements.setdefault(row.organisation_id, []).append(
            {"with": row.with_name, "kind": row.kind, "status": row.status, "note": row.note}
        )
    found = select(Organisation).options(selectinload(Organisation.signs), selectinload(Organisation.services))
    return {
        "tracker": list(trackers(session)),
        "partners": [
            {**_as_json(organisation), "agreements": agreements.get(organisation.id, [])}
            for organisation in session.scalars(found.order_by(Organisation.name))
        ],
    }


def _as_json(organisation: Organisation) -> dict[str, Any]:
    return {
        "name": organisation.name,
        "aliases": organisation.values("alias"),
        "domains": organisation.values("domain"),
        "addresses": organisation.values("address"),
        "kind": organisation.kind,
        "description": organisation.description,
        "services": [
            {
                "name": service.name,
                "kind": service.kind,
                "description": service.description,
                "occupations": service.occupations,
                "industries": service.industries,
                "populations": service.populations,
                "areas": service.areas,
                "languages": service.languages,
                "capacity": service.capacity,
                "closed": service.closed,
                "confirmed_on": service.confirmed_on.isoformat() if service.confirmed_on else None,
            }
            for service in organisation.services
        ],
    }


@dataclass(frozen=True, slots=True)
class Known:
    """The directory as readers need it, and the version by which they know whether it has changed."""

    version: str
    data: dict[str, Any]
    directory: Directory


_known: dict[str, Known] = {}


def known(session: Session) -> Known:
    """The directory of this database; read anew only after a change."""
    place = str(session.get_bind().engine.url)
    version = directory_version(session)
    kept = _known.get(place)
    if kept is None or kept.version != version:
        data = directory(session)
        kept = _known[place] = Known(version, data, Directory.from_json(data))
    return kept


def directory_version(session: Session) -> str:
    """Changes whenever something in the directory has changed."""
    counts = session.execute(
        select(
            select(func.count(Organisation.id)).scalar_subquery(),
            select(func.max(OrganisationSign.id)).scalar_subquery(),
            select(func.max(PartnerService.id)).scalar_subquery(),
            select(func.max(Setting.value)).where(Setting.name == "directory_changed").scalar_subquery(),
        )
    ).one()
    return "-".join(str(count) for count in (*counts, *settings_of(session).tracker_addresses))


def touch(session: Session) -> None:
    """Say that the directory has changed, so that every process reads it anew."""
    row = session.scalar(select(Setting).where(Setting.name == "directory_changed"))
    if row is None:
        row = Setting(name="directory_changed", value="")
        session.add(row)
    row.value = utcnow().isoformat()
    session.flush()


def by_name(session: Session, name: str | None) -> Organisation | None:
    """The organisation of that name or alias."""
    if not name:
        return None
    found = session.scalar(select(Organisation).where(Organisation.name == name))
    if found is not None:
        return found
    alias = select(OrganisationSign.organisation_id).where(
        OrganisationSign.kind == "alias", func.lower(OrganisationSign.value) == name.lower()
    )
    named = select(Organisation).where(func.lower(Organisation.name) == name.lower())
    organisation_id = session.scalar(alias.limit(1))
    return session.get(Organisation, organisation_id) if organisation_id else session.scalar(named.limit(1))


def welcome(session: Session, name: str, kind: str, who: str, *, address: str = "") -> Organisation:
    """A person says that a stranger is a partner: from now on its address, or its own domain, is known (S33, S36)."""
    organisation = by_name(session, name)
    if organisation is None:
        organisation = Organisation(name=name, kind=_kind(kind))
        session.add(organisation)
        session.flush()
    organisation.member = True
    domain = address.rpartition("@")[2].lower()
    if domain:
        own = domain not in FREE_MAIL_DOMAINS
        sign = {"domains": [domain]} if own else {"addresses": [address]}
        _add_signs(organisation, sign)
    touch(session)
    return organisation
