"""Lists that come in as files: partners, employers, candidates. Each wrong row is named and the others go on."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import identities, partner_files, partners, tables, tombstones
from service.models import Candidate, Employer, Setting
from service.partners import ImportReport, UnreadableList


def take(
    session: Session, what: str, file: Path, *, organisation: str | None = None, dry_run: bool = False
) -> ImportReport:
    """Take in a list. Raises UnreadableList where nothing of it can be used, OSError where it can't be opened."""
    if what == "occupations":
        return _occupations(session, file, dry_run)
    if what == "partners":
        return _partners(session, file, dry_run)
    make: Callable[[dict[str, str]], Employer | Candidate] = _employer
    if what == "candidates":
        owner = partners.by_name(session, organisation)
        if owner is None:
            raise UnreadableList("Say by --organisation which partner serves these candidates.")
        owner_id = owner.id
        make = lambda row: _candidate(row, owner_id)  # noqa: E731
    return _records(session, file, make, dry_run)


def _partners(session: Session, file: Path, dry_run: bool) -> ImportReport:
    found = partner_files.read(file.read_bytes())
    directory = partner_files.directory_of(found)
    who = "" if dry_run else "loopin import"
    return partners.import_directory(session, directory, dry_run=dry_run, who=who, source=file.name)


def _records(
    session: Session, file: Path, make: Callable[[dict[str, str]], Employer | Candidate], dry_run: bool
) -> ImportReport:
    report = ImportReport()
    with session.begin_nested() as trial:
        try:
            for line, row in enumerate(tables.rows(file), 2):
                try:
                    record = make(row)
                except ValueError as error:
                    report.errors.append(f"row {line}: {error}")
                    continue
                try:
                    resolved = identities.resolve(session, record)
                except tombstones.Erased as error:
                    report.errors.append(f"row {line}: {error}")
                    continue
                (report.added if resolved.new else report.changed).append(resolved.record.name)
        except tables.UnreadableTable as error:
            raise UnreadableList(str(error)) from error
        if dry_run:
            trial.rollback()
    return report


def _several(row: dict[str, str], *columns: str) -> list[str]:
    values = (part.strip() for column in columns for part in row.get(column, "").split(";"))
    return list(dict.fromkeys(value for value in values if value))


def _employer(row: dict[str, str]) -> Employer:
    name = row.get("name") or row.get("employer") or row.get("company") or ""
    if not name:
        raise ValueError("it has no name")
    return Employer(
        name=name,
        aliases=_several(row, "aliases"),
        domains=[domain.lower() for domain in _several(row, "domain", "domains")],
        phones=_several(row, "phone", "phones"),
        street=row.get("street", ""),
        city=row.get("city", ""),
        state=row.get("state", ""),
        zip=row.get("zip", ""),
        confirmed=True,
    )


def _candidate(row: dict[str, str], organisation_id: int) -> Candidate:
    given, family = row.get("given_name", ""), row.get("family_name", "")
    name = row.get("name") or f"{given} {family}".strip()
    if not name:
        raise ValueError("it has no name")
    words = name.split()
    return Candidate(
        name=name,
        given_name=given or words[0],
        family_name=family or " ".join(words[1:]),
        emails=[email.lower() for email in _several(row, "email", "emails")],
        phones=_several(row, "phone", "phones"),
        date_of_birth=_day(row.get("date_of_birth", "")),
        city=row.get("city", ""),
        zip=row.get("zip", ""),
        work=_several(row, "work", "job", "occupation"),
        languages=_several(row, "languages", "language"),
        organisation_id=organisation_id,
        consent=_consent(row.get("consent", "")),
    )


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError as error:
        raise ValueError(f"{value!r} is no date like 1990-05-31") from error


def _consent(value: str) -> str:
    if value.lower() not in {"", "none", "verbal", "signed"}:
        raise ValueError(f"consent is none, verbal or signed, not {value!r}")
    return value.lower() or "none"


def _occupations(session: Session, folder: Path, dry_run: bool) -> ImportReport:
    """Remember the folder of the O*NET text database, once it could be read."""
    from matching.occupation_sources import OccupationsUnreadable
    from matching.occupations import Coder

    try:
        Coder(folder)
    except (OccupationsUnreadable, OSError) as error:
        raise UnreadableList(str(error)) from error
    row = session.scalar(select(Setting).where(Setting.name == "occupations"))
    if not dry_run and row is None:
        session.add(Setting(name="occupations", value=str(folder.resolve())))
    elif not dry_run and row is not None:
        row.value = str(folder.resolve())
    return ImportReport(added=[folder.name])
