"""What a partner offers, line by line: changed by its own people or the hub, confirmed with a date; the system proposes
occupation codes from the partner's own words, and a person takes or refuses them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from service import partners, suggestions
from service.models import AuditEntry, Organisation, PartnerService
from service.partner_entries import MOST_PEOPLE
from terms.kinds import Pathway, Population

MOST_LINES, LONGEST = 60, 200
_SOC = re.compile(r"\d{2}-\d{4}")
_CIP = re.compile(r"\d{2}(?:\.\d{2}(?:\d{2})?)?")


class WrongLine(ValueError):
    """A value that a line of the profile can't take; the message says what it takes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a service's profile: how it is called, in which form it is typed, and a hint."""

    name: str
    form: str  # text, words (several, one a line), choice, choices, number, yes
    hint: str = ""


LINES: Mapping[str, Line] = {
    "name": Line("Name", "text"),
    "kind": Line("Kind", "choice", "Who presents candidates is “hire support”."),
    "description": Line("What it is", "long", "In your own words; occupations are proposed from them."),
    "occupations": Line("Occupations", "words", "One a line: a SOC code such as 53-7051, or a job title."),
    "programmes": Line("Training programmes", "words", "CIP codes, one a line, such as 48.0508 for welding."),
    "industries": Line("Industries", "words", "One a line: a NAICS code such as 493, or words such as warehousing."),
    "populations": Line("Whom it serves", "populations"),
    "requires": Line("Serves nobody else", "populations", "Only where your own rules or funding say so."),
    "areas": Line("Where", "words", "One a line: community areas, suburbs, counties, ZIP codes."),
    "languages": Line("Languages", "words", "One a line."),
    "pathways": Line("Pathways", "pathways", "None: whatever the need is."),
    "agreement_required": Line("Needs a signed agreement", "yes"),
    "capacity": Line(
        "Room for", "number", "How many people it could present now; empty if that isn't known, 0 for full."
    ),
    "closed": Line("Closed", "yes", "A closed service is not suggested."),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """An occupation that a service's own words suggest, for its people to confirm. `confidence` 0 to 1."""

    service_id: int
    code: str
    title: str
    confidence: float


def add(
    session: Session, organisation: Organisation, name: str, kind: str, description: str, who: str
) -> PartnerService:
    """A new service. Raises WrongLine."""
    service = PartnerService(name="", kind="", description="")
    for field, value in (("name", name), ("kind", kind), ("description", description)):
        _set(service, field, [value])
    if any(one.name.casefold() == service.name.casefold() for one in organisation.services):
        raise WrongLine(f"There is a service called {service.name} already.")
    organisation.services.append(service)
    session.flush()
    _note(session, service, "added a service", who)
    return service


def change(session: Session, service: PartnerService, field: str, values: Sequence[str], who: str) -> None:
    """Set one line of a service. `values` as a form sends them. Raises WrongLine."""
    if field not in LINES:
        raise WrongLine("There is no such line in a profile.")
    before = getattr(service, field)
    _set(service, field, values)
    if field == "capacity":
        service.capacity_on = date.today()  # noqa: DTZ011
    if before != getattr(service, field):
        details = {"field": field, "before": before, "after": getattr(service, field)}
        _note(session, service, "changed a service", who, details)


def _set(service: PartnerService, field: str, values: Sequence[str]) -> None:
    form = LINES[field].form
    single = values[0].strip() if values else ""
    if form == "yes":
        setattr(service, field, single == "yes")
    elif form == "number":
        setattr(service, field, _people(single))
    elif form in {"populations", "pathways"}:
        setattr(service, field, _chosen(values, Population if form == "populations" else Pathway))
    elif form == "words":
        setattr(service, field, _words(field, values))
    else:
        if field == "name" and not single:
            raise WrongLine("A service has a name.")
        setattr(service, field, single[: 2000 if form == "long" else LONGEST])


def _people(value: str) -> int | None:
    if not value:
        return None
    if not value.isdecimal() or len(value) > 9 or int(value) > MOST_PEOPLE:
        raise WrongLine("Room takes a whole number of people, or nothing where it isn't known.")
    return int(value)


def _chosen(values: Iterable[str], among: Any) -> list[str]:
    return [word for word in among if word in set(values)]


def _words(field: str, values: Iterable[str]) -> list[str]:
    lines = [" ".join(line.split())[:LONGEST] for value in values for line in re.split(r"[;\n]", value)]
    found = list(dict.fromkeys(line for line in lines if line))[:MOST_LINES]
    if field == "programmes" and (wrong := [line for line in found if not _CIP.fullmatch(line)]):
        raise WrongLine(f"“{wrong[0]}” is no CIP code; one looks like 48.0508.")
    return found


def remove(session: Session, service: PartnerService, who: str) -> None:
    """The service is gone from the directory; what was suggested by it stays as it was."""
    _note(session, service, "removed a service", who, {"name": service.name})
    service.organisation.services.remove(service)
    session.flush()


def confirm(session: Session, service: PartnerService, on: date, who: str) -> None:
    """What the profile says of this service is right on this day."""
    service.confirmed_on, service.confirmed_by = on, who
    _note(session, service, "confirmed a service", who)


def proposals(session: Session, services: Iterable[PartnerService]) -> list[Proposal]:
    """Occupations that the services' own words suggest and that nobody has taken or refused, likeliest first."""
    from matching.partners import Partner
    from matching.training import training_of

    training = training_of(suggestions.coder(session))
    found = []
    for row in services:
        entry = {"name": row.name, "kind": row.kind, "description": row.description, "occupations": row.occupations}
        service = Partner.from_json({"name": "one", "services": [entry]}).services[0]
        found += [
            Proposal(row.id, occupation.code, occupation.title, occupation.confidence)
            for occupation in training.propose(service)
            if occupation.code not in row.refused
        ]
    return found


def answer_proposals(
    session: Session, service: PartnerService, taken: Iterable[str], refused: Iterable[str], who: str
) -> None:
    """Codes that the partner's people say are theirs, and those that aren't: neither is proposed again."""
    known = suggestions.coder(session).position
    good = [code for code in taken if code in known]
    bad = [code for code in refused if code in known and code not in good]
    service.occupations = list(dict.fromkeys((*service.occupations, *good)))
    service.refused = list(dict.fromkeys((*service.refused, *bad)))
    _note(session, service, "answered proposed occupations", who, {"taken": good, "refused": bad})


def called(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """Titles of SOC codes and of CIP codes, "" for those that are unknown."""
    coder = suggestions.coder(session)
    titles = {}
    for code in codes:
        if _SOC.match(code):
            title = coder.title_of(code)
            titles[code] = "" if title == code else title
        elif _CIP.fullmatch(code):
            programme = coder.sources.programmes.get(code)
            titles[code] = programme.title if programme else ""
    return titles


def _note(
    session: Session, service: PartnerService, what: str, who: str, details: Mapping[str, Any] | None = None
) -> None:
    record = f"organisation {service.organisation_id}"
    session.add(AuditEntry(who=who, what=what, record=record, details={"service": service.name, **(details or {})}))
    partners.touch(session)
