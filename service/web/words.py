"""How values are said on a page: days, statuses, confidence, addresses of static files. Installed into Jinja."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app, g, url_for

from service.health import Health, health
from service.models import utcnow
from service.queries.counts import Counts, counts
from service.queries.inbox import told
from service.spoken import money, phone
from service.visibility import Viewer, candidate_name, known_to, may_see_details
from service.web.site import reading, site

_TONES = {
    "ask": "draft no_answer_seen contested disputed unknown held late",
    "bad": "quarantined failed declined",
    "good": "accepted in_progress closed started hired listed consented"
    " retained_30 retained_90 retained_180 confirmed settled sent signed"
    " filled taken",
    "mute": "nobody not_selected no_show"
    " withdrawn discarded duplicate expired rerouted void ended cancelled not_a_referral mute",
}
TONES = {value: tone for tone, values in _TONES.items() for value in values.split()}
SPOKEN = {
    "not_a_referral": "not a referral",
    "hire_reported": "hire reported",
    "listed": "sent a list",
    "nobody": "nobody this time",
    "taken": "takes it",
    "asked": "no answer yet",
    "retained_30": "still there at 30 days",
    "retained_90": "still there at 90 days",
    "retained_180": "still there at 180 days",
    "on_the_job_training": "on-the-job training",
    "site_admin": "site administrator",
    "T4": "replied with their own link",
    "T3": "member organisation, authenticated",
    "T2": "took part in this thread",
    "T1": "authenticated, but not a member",
    "T0": "could not be authenticated",
}


def install(app: Flask) -> None:
    for said in (
        spoken,
        tone,
        when,
        day,
        ago,
        until,
        percent,
        money,
        sure,
        wage,
        count,
        order,
        phone,
        phones,
        person,
        told,
    ):
        app.jinja_env.filters[said.__name__] = said
    for name, value in {"asset": asset, "now": utcnow, "candidate": shown_candidate}.items():
        app.jinja_env.globals[name] = cast(Any, value)
    app.context_processor(lambda: {"viewer": g.get("viewer"), "settings": site().settings, "rail": rail})


def shown_candidate(candidate: Any, on: Any = None) -> Mapping[str, Any]:
    """What this person may read of a candidate (`on` a need): name or initials, whether details go with it, and who
    serves them."""
    known = known_to(g.viewer, candidate)
    return {
        "name": candidate_name(g.viewer, candidate, on),
        "open": may_see_details(g.viewer, known, on),
        "others_open": g.viewer.is_hub or may_see_details(g.viewer, candidate, on),
        "known": known,
    }


def rail() -> tuple[Counts, Health]:
    """What the menu shows beside its entries, in a short session of its own."""
    viewer: Viewer = g.viewer
    with reading() as session:
        return counts(session, viewer), health(session, site().settings)


@cache
def _digest(path: Path, _changed: float) -> str:
    return sha256(path.read_bytes()).hexdigest()[:10]


def asset(name: str) -> str:
    """A static file's address, with the hash of what is in it: kept by browsers until it changes."""
    path = Path(site_static()) / name
    return url_for("static", filename=name, v=_digest(path, path.stat().st_mtime))


def site_static() -> str:
    return current_app.static_folder or ""


def spoken(value: Any) -> str:
    """A word of the code as a person says it."""
    value = "" if value is None else str(value)
    return SPOKEN.get(value, value.replace("_", " "))


def tone(value: Any) -> str:
    return TONES.get(str(value), "plain")


def _local(value: datetime) -> datetime:
    return value.astimezone(site().settings.zone)


def when(value: datetime | None) -> str:
    """Nov 5, 2:40 pm; with the year when it is another one."""
    if value is None:
        return ""
    local = _local(value)
    year = f" {local.year}" if local.year != _local(utcnow()).year else ""
    clock = f"{local.hour % 12 or 12}:{local.minute:02d} {'am' if local.hour < 12 else 'pm'}"
    return f"{local:%b} {local.day}{year}, {clock}"


def day(value: date | datetime | None) -> str:
    """Nov 5, or Nov 5, 2024 when it is another year."""
    if value is None:
        return ""
    local = _local(value) if isinstance(value, datetime) else value
    year = f", {local.year}" if local.year != _local(utcnow()).year else ""
    return f"{local:%b} {local.day}{year}"


def ago(value: datetime | None) -> str:
    """2 min, 3 h, 5 d: how long since; the day itself after two weeks."""
    if value is None:
        return ""
    span = utcnow() - value
    if span < timedelta(minutes=1):
        return "now"
    if span < timedelta(hours=1):
        return f"{int(span.total_seconds() // 60)} min"
    if span < timedelta(days=1):
        return f"{int(span.total_seconds() // 3600)} h"
    return f"{span.days} d" if span < timedelta(days=14) else day(value)


def until(value: datetime | None) -> str:
    """By when, in words: today, tomorrow, in 3 days, 2 days late."""
    if value is None:
        return ""
    days = (_local(value).date() - _local(utcnow()).date()).days
    if days < 0:
        return f"{-days} day{'s' if days < -1 else ''} late"
    return "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"


def percent(value: float | None) -> str:
    return "" if value is None else f"{round(value * 100)} %"


def sure(confidence: float) -> str:
    """In three words, for the colour of what is lit up."""
    return "sure" if confidence >= 0.9 else "likely" if confidence >= 0.6 else "unsure"


def wage(need: Any) -> str:
    """$18.50 to $20 an hour."""
    ends = [money(value) for value in dict.fromkeys((need.wage_min, need.wage_max)) if value is not None]
    unit = {"hour": " an hour", "week": " a week", "year": " a year"}.get(need.wage_unit or "", "")
    return " to ".join(ends) + unit if ends else ""


def count(number: int, one: str, many: str = "") -> str:
    """3 mails, 1 mail, no mails."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def order(need: Any) -> str:
    """12 × packing operator; the title alone where the mail does not say how many."""
    return f"{need.openings} × {need.title}" if need.openings else need.title


def phones(listed: str) -> str:
    """The same for several with commas between them."""
    return ", ".join(phone(one) for one in listed.split(", "))


def person(label: str) -> str:
    """The name out of "Name <address>"."""
    return label.partition(" <")[0] or label
