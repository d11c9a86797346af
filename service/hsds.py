"""Partner directories in the Human Services Data Specification 3.x (Open Referral), as JSON, in and out.

HSDS has no occupations, industries or populations: they travel as attributes with a taxonomy term (SOC 2018, NAICS
2022, CIP 2020, Open Eligibility where that has a code, else Loopin's own words). `assured_date` is our "confirmed on",
`capacities` (3.1) our capacity. Several organisations in one file are a page of the HSDS API.
"""

import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from matching.industries import industry_of
from service.workdays import iso_day
from terms.kinds import Pathway, Population, ServiceKind

SOC, NAICS, CIP, ELIGIBILITY, OWN = "SOC 2018", "NAICS 2022", "CIP 2020", "Open Eligibility", "Loopin"
TAXONOMIES: Mapping[str, str] = {
    SOC: "Standard Occupational Classification: what the service trains or places people for",
    NAICS: "North American Industry Classification System: industries that the service knows",
    CIP: "Classification of Instructional Programs: training programmes",
    ELIGIBILITY: "Open Eligibility: human situations and services",
    OWN: "Populations, kinds of service and pathways that the others have no code for",
}
_SITUATIONS = {Population.VETERANS: "20010", Population.REFUGEES: "20013", Population.PEOPLE_WITH_DISABILITIES: "20017"}
_SERVICES = {ServiceKind.HIRE_SUPPORT: "1358", ServiceKind.TRAINING: "1365"}
_BY_CODE = {code: str(word) for table in (_SITUATIONS, _SERVICES) for word, code in table.items()}
_CLOSED = ("inactive", "defunct", "temporarily closed")
_PEOPLE = "people who can be presented"
_SOC_CODE, _CIP_CODE, _NAICS_CODE = (
    re.compile(r"\d\d-\d{4}"),
    re.compile(r"\d\d\.\d\d(?:\d\d)?"),
    re.compile(r"\d{2,6}"),
)


class NoHsds(ValueError):
    """Not in the form of HSDS; the message is one sentence."""


def number(*names: str) -> str:
    """The UUID of a record: the same each time, so that a reader knows it again."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "urn:loopin:" + ":".join(names)))


def from_directory(directory: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The contract's directory as a page of HSDS organizations. `on`: the day on which capacities without a day of
    their own are said to have been updated."""
    found = [_organization(entry, on) for entry in directory["partners"]]
    return {
        "total_items": len(found),
        "total_pages": 1,
        "page_number": 1,
        "size": len(found),
        "first_page": True,
        "last_page": True,
        "empty": not found,
        "contents": found,
    }


def _organization(entry: Mapping[str, Any], on: date) -> dict[str, Any]:
    name = entry["name"]
    said = {
        "id": number(name),
        "name": name,
        "alternate_name": "; ".join(entry["aliases"]),
        "description": entry["description"] or name,
        "email": next(iter(entry["addresses"]), ""),
        "website": next((f"https://{domain}" for domain in entry["domains"]), ""),
        "parent_organization_id": number(entry["parent"]) if entry.get("parent") else "",
        "contacts": [{"id": number(name, "contact", address), "email": address} for address in entry["addresses"]],
        "services": [_service(name, service, on) for service in entry["services"]],
        "attributes": [_attribute((name,), OWN, entry["kind"], entry["kind"], "organization type")],
    }
    return {key: value for key, value in said.items() if value}


def _service(owner: str, entry: Mapping[str, Any], on: date) -> dict[str, Any]:
    place = (owner, "service", entry["name"])
    updated = entry.get("capacity_on") or entry.get("confirmed_on") or on.isoformat()
    said = {
        "id": number(*place),
        "name": entry["name"],
        "description": entry["description"],
        "status": "inactive" if entry["closed"] else "active",
        "assured_date": entry["confirmed_on"],
        "assurer_email": _address(entry["confirmed_by"]),
        "eligibility_description": _eligibility(entry["requires"]),
        "service_areas": [{"id": number(*place, "area", area), "name": area} for area in entry["areas"]],
        "languages": [{"id": number(*place, "language", name), "name": name} for name in entry["languages"]],
        "capacities": [] if entry["capacity"] is None else [_capacity(place, entry["capacity"], updated)],
        "attributes": list(_attributes(place, entry)),
    }
    return {key: value for key, value in said.items() if value}


def _capacity(place: tuple[str, ...], available: int, updated: str) -> dict[str, Any]:
    unit = {"id": number("unit", _PEOPLE), "name": _PEOPLE}
    return {"id": number(*place, "capacity"), "unit": unit, "available": available, "updated": f"{updated}T00:00:00Z"}


def _address(label: str) -> str:
    return label.partition("<")[2].rstrip(">") if "<" in label else label if "@" in label else ""


def _eligibility(requires: Iterable[str]) -> str:
    said = [word.replace("_", " ") for word in requires]
    return f"Only {' or '.join(said)}" if said else ""


def _attributes(place: tuple[str, ...], entry: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    if entry["kind"]:
        yield _word(place, entry["kind"], _SERVICES, "service type")
    for occupation in entry["occupations"]:
        code = _SOC_CODE.match(occupation)
        yield _attribute(place, SOC if code else OWN, code[0] if code else "", occupation, "occupation")
    for industry in entry["industries"]:
        yield _attribute(place, NAICS, industry_of(industry), industry, "industry")
    for programme in entry["programmes"]:
        yield _attribute(place, CIP, programme, programme, "programme")
    for kind in ("populations", "requires"):
        for word in entry[kind]:
            yield _word(place, word, _SITUATIONS, "intended audience" if kind == "populations" else "eligibility")
    for pathway in entry["pathways"]:
        yield _attribute(place, OWN, pathway, pathway.replace("_", " "), "pathway")


def _word(place: tuple[str, ...], word: str, codes: Mapping[Any, str], link_type: str) -> dict[str, Any]:
    """A word of ours, under its Open Eligibility code where that has one."""
    code = codes.get(word)
    return _attribute(place, ELIGIBILITY if code else OWN, code or word, word.replace("_", " "), link_type)


def _attribute(place: tuple[str, ...], taxonomy: str, code: str, name: str, link_type: str) -> dict[str, Any]:
    term = {
        "id": number("term", taxonomy, code, name),
        "code": code,
        "name": name,
        "description": name,
        "taxonomy": taxonomy,
        "taxonomy_detail": {"id": number("taxonomy", taxonomy), "name": taxonomy, "description": TAXONOMIES[taxonomy]},
    }
    return {
        "id": number(*place, link_type, taxonomy, code, name),
        "link_type": link_type,
        "link_entity": "service" if "service" in place[1:2] else "organization",
        "taxonomy_term": term,
    }


def to_directory(data: Any) -> dict[str, Any]:
    """HSDS as the contract's directory: a page, a list or one of organizations, or of services that name theirs.

    Raises NoHsds.
    """
    records = data.get("contents") if isinstance(data, Mapping) and "contents" in data else data
    records = records if isinstance(records, list) else [records]
    organizations: dict[str, dict[str, Any]] = {}
    for record in records:
        if not isinstance(record, Mapping) or not record.get("name"):
            raise NoHsds("This is neither a partner directory nor HSDS: each organization or service needs a name.")
        if "status" in record or "organization" in record:
            owner = record.get("organization")
            if not isinstance(owner, Mapping) or not owner.get("name"):
                raise NoHsds(f"The service {str(record['name'])[:80]} doesn't say which organization it belongs to.")
            held = organizations.setdefault(str(owner.get("id") or owner["name"]), {**owner, "services": []})
            held["services"].append(record)
        else:
            organizations[str(record.get("id") or record["name"])] = dict(record)
    names = {key: str(one["name"]) for key, one in organizations.items()}
    return {"partners": [_entry(one, names) for one in organizations.values()]}


def _entry(record: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    addresses = [record.get("email"), *(contact.get("email") for contact in _several(record, "contacts"))]
    words = [word for word in (_read(one) for one in _several(record, "attributes")) if word]
    aliases = str(record.get("alternate_name") or "").split(";")
    host = re.sub(r"^https?://(?:www\.)?", "", str(record.get("website") or record.get("url") or "")).partition("/")[0]
    return {
        "name": str(record["name"]).strip(),
        "aliases": [alias.strip() for alias in aliases if alias.strip()],
        "domains": [host.lower()] if "." in host else [],
        "addresses": list(dict.fromkeys(str(address).lower() for address in addresses if address and "@" in address)),
        "description": str(record.get("description") or ""),
        "kind": next((code for kind, code in words if kind == "organization type"), ""),
        "parent": names.get(str(record.get("parent_organization_id") or ""), ""),
        "services": [_service_entry(service) for service in _several(record, "services")],
    }


def _service_entry(record: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    for kind, value in filter(None, (_read(one) for one in _several(record, "attributes"))):
        found.setdefault(kind, []).append(value)
    capacity = next(iter(_several(record, "capacities") or _several(record, "service_capacities")), {})
    return {
        "name": str(record.get("name") or "service").strip(),
        "description": str(record.get("description") or ""),
        "kind": next(iter(found.get("service type", ())), ""),
        "occupations": found.get("occupation", []),
        "industries": found.get("industry", []),
        "programmes": found.get("programme", []),
        "populations": found.get("population", []),
        "requires": found.get("eligibility", []),
        "pathways": found.get("pathway", []),
        "areas": [str(area["name"]) for area in _several(record, "service_areas") if area.get("name")],
        "languages": [str(one["name"]) for one in _several(record, "languages") if one.get("name")],
        "capacity": str(capacity.get("available", "")).partition(".")[0] or None,
        "capacity_on": str(capacity.get("updated") or "")[:10] or None,
        "closed": str(record.get("status") or "active") in _CLOSED,
        "confirmed_on": _day(record.get("assured_date")),
        "confirmed_by": str(record.get("assurer_email") or ""),
    }


def _day(value: Any) -> str | None:
    found = iso_day(str(value or "")[:10])
    return found.isoformat() if found else None


def _several(record: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = record.get(key)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _read(attribute: Mapping[str, Any]) -> tuple[str, str] | None:
    """What an attribute says of a service, as (field, value); None for what we keep no field for."""
    term = attribute.get("taxonomy_term")
    if not isinstance(term, Mapping):
        return None
    detail = term.get("taxonomy_detail")
    taxonomy = str(term.get("taxonomy") or (detail.get("name") if isinstance(detail, Mapping) else "") or "").upper()
    code, name, link = str(term.get("code") or ""), str(term.get("name") or "").strip(), attribute.get("link_type")
    if ("SOC" in taxonomy or "O*NET" in taxonomy) and _SOC_CODE.match(code):
        return "occupation", code[:7]
    if "NAICS" in taxonomy:
        return "industry", name or code
    if "CIP" in taxonomy and _CIP_CODE.match(code):
        return "programme", code
    word = _BY_CODE.get(code, "") if "ELIGIBILITY" in taxonomy else ""
    return _own_word(word or (code or name).lower().replace(" ", "_"), str(link or ""), name)


def _own_word(word: str, link: str, name: str) -> tuple[str, str] | None:
    if word in set(Population):
        return ("eligibility" if link == "eligibility" else "population"), word
    if word in set(ServiceKind) and link != "pathway":
        return "service type", word
    if link == "occupation":
        return "occupation", name
    if word in set(Pathway) or link == "pathway":
        return ("pathway", word) if word in set(Pathway) else None
    return ("organization type", word) if link == "organization type" else None
