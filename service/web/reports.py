"""Reports: headline numbers against the period before, each opening its records; CSV of each."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from service import initiatives, reports, visibility
from service.models import Organisation, Placement, Referral, utcnow
from service.queries.referral import covers
from service.web.files import table
from service.web.site import day, reading, site, viewer
from service.web.words import spoken

blueprint = Blueprint("reports", __name__)


def chosen_period() -> reports.Period:
    """From the URL; the programme year until today where it says nothing."""
    zone = site().settings.zone
    today = utcnow().astimezone(zone).date()
    first = day(request.args.get("from", ""), "from") or reports.programme_year(today, zone).first
    return reports.Period(first, day(request.args.get("to", ""), "to") or max(first, today), zone)


def _number(name: str) -> int | None:
    value = request.args.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 10 else None


def chosen_scope() -> reports.Scope:
    """From the URL: an organisation, an initiative, both or all."""
    return reports.Scope(_number("organisation"), _number("initiative"))


@blueprint.get("/reports")
def overview() -> ResponseReturnValue:
    period, scope = chosen_period(), chosen_scope()
    with reading() as session:
        found = reports.records(session, viewer(), period, scope, to_count=True)
        before = reports.records(session, viewer(), period.before, scope, to_count=True)
        earlier = {f.key: f for f in reports.figures(session, viewer(), before, scope)}
        return render_template(
            "web/reports.html",
            period=period,
            figures=[(f, earlier[f.key]) for f in reports.figures(session, viewer(), found, scope)],
            lines=reports.by_organisation(session, viewer(), found, scope),
            funnel=reports.funnel(found),
            definitions=reports.DEFINITIONS,
            organisations=session.scalars(select(Organisation).order_by(Organisation.name)).all(),
            initiatives=initiatives.listing(session),
            scope=scope,
            chosen={"organisation": scope.organisation_id, "initiative": scope.initiative_id},
            periods=_usual(period),
        )


def _usual(period: reports.Period) -> list[tuple[str, date, date]]:
    """Periods that people ask for."""
    today = utcnow().astimezone(period.zone).date()
    year = reports.programme_year(today, period.zone).first
    last = reports.programme_year(year - timedelta(days=1), period.zone)
    month = today.replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    return [
        ("This month", month, today),
        ("Last month", before, month - timedelta(days=1)),
        ("This programme year", year, today),
        ("Last programme year", last.first, last.last),
    ]


def _figure(session: Session, key: str) -> reports.Figure:
    found = reports.records(session, viewer(), chosen_period(), scope := chosen_scope())
    figure = next((f for f in reports.figures(session, viewer(), found, scope) if f.key == key), None)
    if figure is None:
        raise visibility.NotVisible("There is no such figure.")
    return figure


@blueprint.get("/reports/<key>")
def records(key: str) -> ResponseReturnValue:
    with reading() as session:
        figure = _figure(session, key)
        ids = [r.id for r in figure.records[:500] if isinstance(r, Referral)]
        return render_template(
            "web/report_records.html",
            figure=figure,
            period=chosen_period(),
            chosen={
                name: request.args[name]
                for name in ("from", "to", "organisation", "initiative")
                if name in request.args
            },
            cover=covers(session, viewer(), ids),
        )


@blueprint.get("/reports/<key>.<any(csv, xlsx):ending>")
def as_file(key: str, ending: str) -> ResponseReturnValue:
    with reading() as session:
        figure = _figure(session, key)
        if figure.of_placements:
            columns, rows = _placement_rows([p for p in figure.records if isinstance(p, Placement)])
        else:
            columns, rows = _referral_rows([r for r in figure.records if isinstance(r, Referral)])
    return table(columns, rows, f"{figure.key}.{ending}")


def _referral_rows(found: list[Referral]) -> tuple[list[str], list[list[object]]]:
    columns = [
        "referral",
        "introduced",
        "referring",
        "employer",
        "receiving",
        "needs",
        "status",
        "acknowledged",
        "accepted",
    ]
    zone = site().settings.zone
    return columns, [
        [
            r.id,
            _date(r.introduced_at, zone),
            "; ".join(r.party_names("referring")),
            r.employer.name if r.employer else "",
            "; ".join(r.party_names("receiving")),
            "; ".join(f"{n.openings or ''} {n.title}".strip() for n in r.needs),
            spoken(r.status),
            _date(r.acknowledged_at, zone),
            _date(r.accepted_at, zone),
        ]
        for r in found
    ]


def _date(instant: datetime | None, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).date().isoformat() if instant else ""


def _placement_rows(found: list[Placement]) -> tuple[list[str], list[list[object]]]:
    columns = ["placement", "candidate", "employer", "job", "status", "start", "verified by", "verified on", "credits"]
    return columns, [
        [
            p.id,
            visibility.candidate_name(viewer(), p.candidate),
            p.employer.name if p.employer else "",
            p.need.title if p.need else "",
            spoken(p.status),
            p.start_on.isoformat() if p.start_on else "",
            p.verified_source,
            p.verified_on.isoformat() if p.verified_on else "",
            "; ".join(f"{c.organisation.name}: {spoken(c.role)}, {spoken(c.state)}" for c in p.credits),
        ]
        for p in found
    ]
