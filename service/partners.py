"""The partner directory: import with row errors, what readers of mail and needs see of it, welcoming a stranger."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from mail.directory import Directory
from service import partner_entries
from service.db import settings_of
from service.models import Agreement, ImportBatch, Organisation, OrganisationSign, PartnerService, Setting, utcnow
from terms.statuses import DeclineReason
from terms.words import FREE_MAIL_DOMAINS


class UnreadableList(ValueError):
    """A list that can't be imported at all; the message is one sentence."""


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do: names added, changed and known as they are, what is other, one line an error."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    details: dict[str, list[str]] = field(default_factory=dict)
    batch_id: int | None = None


@dataclass(slots=True)
class Taken:
    """A list while it is taken in: partners as they were, and as they are now."""

    report: ImportReport
    before: dict[str, Any] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)


def import_directory(
    session: Session, data: Any, *, dry_run: bool = False, who: str = "", source: str = ""
) -> ImportReport:
    """Take in the contract's directory file; its tracker addresses are added. With `who` it is a batch that can be
    undone. Raises UnreadableList."""
    entries = data.get("partners") if isinstance(data, Mapping) else None
    if not isinstance(entries, list):
        raise UnreadableList('A partner directory is an object with a list "partners".')
    taken = Taken(ImportReport())
    with session.begin_nested() as trial:
        for position, entry in enumerate(entries, 1):
            line = entry.get("line") if isinstance(entry, Mapping) else None
            _import_one(session, entry, f"row {line}" if line else f"partner {position}", taken)
        for entry in entries:
            _import_agreements(session, entry)
        remember_trackers(session, data.get("tracker") or ())
        after = _compare(session, taken)
        if who and (taken.report.added or taken.report.changed):
            before = {name: taken.before[name] for name in after if name in taken.before}
            batch = ImportBatch(source=source or "a list", who=who, before=before, after=after)
            session.add(batch)
            session.flush()
            taken.report.batch_id = batch.id
        touch(session)
        if dry_run:
            trial.rollback()
    return taken.report


def _compare(session: Session, taken: Taken) -> dict[str, Any]:
    """Fills the report; the entries of the partners that are new or other than before."""
    after = {}
    for name, organisation in taken.organisations.items():
        entry = entry_of(session, organisation)
        before = taken.before.get(name)
        lines = partner_entries.differences(before or {"name": name}, entry)
        if before is not None and not lines:
            taken.report.same.append(name)
            continue
        (taken.report.added if before is None else taken.report.changed).append(name)
        taken.report.details[name] = lines
        after[name] = entry
    return after


def _import_agreements(session: Session, entry: Any) -> None:
    rows = entry.get("agreements") if isinstance(entry, Mapping) else None
    organisation = _named(session, str(entry.get("name") or "")) if rows else None
    if organisation is not None:
        partner_entries.fill_agreements(session, organisation, [row for row in rows or () if isinstance(row, Mapping)])


def _import_one(session: Session, entry: Any, place: str, taken: "Taken") -> None:
    """One entry; a wrong one is named and left out."""
    problem = partner_entries.problem(entry)
    if problem:
        taken.report.errors.append(f"{place}: {problem}")
        return
    taken.report.notes += [f"{place}: {line}" for line in partner_entries.left_out(entry)]
    name = " ".join(str(entry["name"]).split())
    organisation = _named(session, name)
    if organisation is not None and organisation.name not in taken.before:
        taken.before[organisation.name] = entry_of(session, organisation)
    if organisation is None:
        organisation = Organisation(name=name, kind="other", description="")
        session.add(organisation)
    taken.organisations[organisation.name] = organisation
    partner_entries.fill(session, organisation, entry)


def _named(session: Session, name: str) -> Organisation | None:
    """A partner of that name, however it is spelt in capitals."""
    exact = session.scalar(select(Organisation).where(Organisation.name == name))
    return exact or session.scalar(select(Organisation).where(func.lower(Organisation.name) == name.lower()).limit(1))


def entry_of(session: Session, organisation: Organisation) -> dict[str, Any]:
    """A partner as the directory file has it, with its agreements."""
    rows = session.scalars(select(Agreement).where(Agreement.organisation_id == organisation.id).order_by(Agreement.id))
    parent = session.get(Organisation, organisation.parent_id) if organisation.parent_id else None
    return partner_entries.entry_of(organisation, rows, {parent.id: parent.name} if parent else {})


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
    agreements: dict[int, list[Agreement]] = {}
    for row in session.scalars(select(Agreement).order_by(Agreement.id)):
        agreements.setdefault(row.organisation_id, []).append(row)
    found = select(Organisation).options(selectinload(Organisation.signs), selectinload(Organisation.services))
    rows = session.scalars(found.order_by(Organisation.name)).all()
    names = {organisation.id: organisation.name for organisation in rows}
    return {
        "tracker": list(trackers(session)),
        "partners": [partner_entries.entry_of(row, agreements.get(row.id, ()), names) for row in rows],
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
    met: dict[str, int] = session.info.setdefault("organisations", {})  # one mail names the same few over and over
    found = session.get(Organisation, met[name]) if name in met else _named(session, name)
    if found is not None:
        met[name] = found.id
    return found


def _named(session: Session, name: str) -> Organisation | None:
    found = session.scalar(select(Organisation).where(Organisation.name == name))
    if found is not None:
        return found
    alias = select(OrganisationSign.organisation_id).where(
        OrganisationSign.kind == "alias", func.lower(OrganisationSign.value) == name.lower()
    )
    named = select(Organisation).where(func.lower(Organisation.name) == name.lower())
    organisation_id = session.scalar(alias.limit(1))
    return session.get(Organisation, organisation_id) if organisation_id else session.scalar(named.limit(1))


def note_decline(session: Session, organisation: Organisation, service: str, reason: str) -> None:
    """A decline that speaks of the partner's data changes those, and teaches nothing else: no room now, an agreement
    that is needed first. Where it isn't known which service was meant, nothing is changed."""
    named = [one for one in organisation.services if one.name == service] or organisation.services
    if len(named) != 1:
        return
    if reason == DeclineReason.NO_CAPACITY:
        named[0].capacity, named[0].capacity_on = 0, utcnow().date()
    elif reason == DeclineReason.AGREEMENT_MISSING:
        named[0].agreement_required = True
    else:
        return
    touch(session)


def welcome(session: Session, name: str, kind: str, who: str, *, address: str = "") -> Organisation:
    """A person says that a stranger is a partner: from now on its address, or its own domain, is known (S33, S36)."""
    organisation = by_name(session, name)
    if organisation is None:
        organisation = Organisation(name=name, kind=partner_entries.kind_of(kind))
        session.add(organisation)
        session.flush()
    organisation.member = True
    domain = address.rpartition("@")[2].lower()
    if domain:
        own = domain not in FREE_MAIL_DOMAINS
        sign = {"domains": [domain]} if own else {"addresses": [address]}
        partner_entries.add_signs(organisation, sign)
    touch(session)
    return organisation
