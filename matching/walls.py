"""What a partner can't get past, as a table of named predicates: each says in a sentence why this partner isn't
suggested."""

from collections.abc import Callable
from datetime import date

from matching import region
from matching.needs import NeedAsked
from matching.partners import Partner, Service

FAR_MILES = 25.0
"""Beyond this a known area doesn't reach a known place: about the longest commute by public transport that is asked
of anyone."""
STALE_WALL_DAYS = 540
FULL_DAYS = 60
CLOSED = frozenset({"inactive", "defunct", "closed", "temporarily closed"})

Wall = Callable[[NeedAsked, Partner, Service, date], str]


def excluded(need: NeedAsked, partner: Partner, service: Service, today: date) -> str:
    gone = {name.casefold() for name in need.excluded}
    return "was asked before or is to be left out" if partner.name.casefold() in gone else ""


def own_need(need: NeedAsked, partner: Partner, service: Service, today: date) -> str:
    same = need.referring_org and need.referring_org.casefold() == partner.name.casefold()
    return "is the organisation that asks" if same else ""


def closed(need: NeedAsked, partner: Partner, service: Service, today: date) -> str:
    return f"{service.name or 'the service'} is {service.status}" if service.status.lower() in CLOSED else ""


def stale(need: NeedAsked, partner: Partner, service: Service, today: date) -> str:
    when = partner.confirmed_on
    if when is None or (today - when).days <= STALE_WALL_DAYS:
        return ""
    return f"nobody has confirmed its profile since {when.isoformat()}"


def long_full(service: Service, today: date) -> bool:
    """Said so long ago that it has no room that it may have some again: it isn't known any more."""
    return service.capacity == 0 and service.capacity_on is not None and (today - service.capacity_on).days > FULL_DAYS


def full(need: NeedAsked, partner: Partner, service: Service, today: date) -> str:
    return "has no room at present" if service.capacity == 0 and not long_full(service, today) else ""


def too_far(need: NeedAsked, partner: Partner, service: Service, today: date) -> str:
    place = region.find(need.location) if need.location else None
    near = region.reach(service.areas, place) if place else None
    if near is None or near.miles <= FAR_MILES:
        return ""
    return f"works in {near.area}, {near.miles:.0f} miles from {need.location}"


def eligibility(need: NeedAsked, partner: Partner, service: Service, today: date) -> str:
    if not service.requires or not need.populations or set(service.requires) & set(need.populations):
        return ""
    return f"may serve only {' or '.join(service.requires).replace('_', ' ')}"


def pathway(need: NeedAsked, partner: Partner, service: Service, today: date) -> str:
    if not need.pathway or not service.pathways or need.pathway in service.pathways:
        return ""
    return f"offers {' and '.join(service.pathways).replace('_', ' ')}, not {need.pathway.replace('_', ' ')}"


def unsigned(need: NeedAsked, partner: Partner, service: Service, today: date) -> str:
    if not (need.agreement_required or service.agreement_required) or not need.referring_org:
        return ""
    with_it = partner.agreement_with(need.referring_org, today)
    if with_it and with_it.holds(today):
        return ""
    return f"needs a signed agreement with {need.referring_org}"


WALLS: tuple[tuple[str, Wall], ...] = (
    ("excluded", excluded),
    ("own_need", own_need),
    ("closed", closed),
    ("stale", stale),
    ("capacity", full),
    ("area", too_far),
    ("eligibility", eligibility),
    ("pathway", pathway),
    ("agreement", unsigned),
)
"""Name and predicate, asked in this order; the name is kept with the suggestion that wasn't made."""


def wall(need: NeedAsked, partner: Partner, service: Service, today: date) -> tuple[str, str] | None:
    """The first wall between need and service as (name, sentence), None where the way is free."""
    for name, stands in WALLS:
        sentence = stands(need, partner, service, today)
        if sentence:
            return name, sentence
    return None
