"""Reports: the figures as FIELD.md defines them, each over its own records, for a period and the one before."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import Session, load_only, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from service import agreements, visibility
from service.models import Credit, InitiativeReferral, Organisation, Party, Placement, Referral
from service.placements import is_shared
from service.visibility import Viewer
from terms.statuses import PlacementStatus, ReferralStatus

DEFINITIONS = (
    "referrals made = distinct referrals with a sent introduction, by introducing organisation, by date of the "
    "introduction mail (not of import)",
    "acknowledged = first action by the receiving organisation",
    "acceptance rate = accepted / (accepted + declined), with no-answer-seen and expired beside it, never inside",
    "time to acknowledge, accept, start = medians of calendar days",
    "placements = started and verified, reported beside",
    "shared placement = placement with confirmed credits to two or more organisations",
    "without agreement = shared placements whose organisations have none that was signed and held on the first day",
    "still there at 30 / 90 / 180 days from start = same employer",
    "repeat employer (local measure) = share of employer sites served this programme year (July to June) that were "
    "also served in the three before",
    "A bounce or an out-of-office stops every clock.",
)
P, S = PlacementStatus, ReferralStatus
NEVER_SENT = {S.DRAFT, S.DISCARDED, S.DUPLICATE}
ENTERED = {P.STARTED, P.RETAINED_30, P.RETAINED_90, P.RETAINED_180, P.ENDED}
STAYED = {30: P.RETAINED_30, 90: P.RETAINED_90, 180: P.RETAINED_180}
ORDER = [P.STARTED, P.RETAINED_30, P.RETAINED_90, P.RETAINED_180]
BACK_YEARS = 3


class WrongPeriod(ValueError):
    """A period that ends before it begins, or is longer than can be counted."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days in the network's own time zone, both included."""

    first: date
    last: date
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if not date(1990, 1, 1) <= self.first <= self.last <= date(2200, 1, 1):
            raise WrongPeriod("The period has to begin before it ends.")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Period":
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1), self.zone)

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """From the first instant, up to but without the last one."""
        end = self.last + timedelta(days=1)
        return datetime.combine(self.first, time(), self.zone), datetime.combine(end, time(), self.zone)

    def day_of(self, instant: datetime) -> date:
        return instant.astimezone(self.zone).date()


def programme_year(day: date, zone: ZoneInfo) -> Period:
    """July to June."""
    year = day.year if day.month >= 7 else day.year - 1
    return Period(date(year, 7, 1), date(year + 1, 6, 30), zone)


@dataclass(frozen=True, slots=True)
class Scope:
    """What part of the network is counted: referrals that an organisation made and placements with its credit; what
    an initiative, event or programme brought. None: all."""

    organisation_id: int | None = None
    initiative_id: int | None = None


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Records:
    """What was counted: referrals introduced in the period, and placements by the day of start (or report)."""

    period: Period
    referrals: Sequence[Referral]
    placements: Sequence[Placement]
    to_count: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with the records behind it. `text` is how it is shown; `note` stands beside it."""

    key: str
    name: str
    text: str
    value: float | None
    records: Sequence[Referral] | Sequence[Placement]
    note: str = ""

    @property
    def of_placements(self) -> bool:
        return self.key in PLACEMENT_FIGURES


PLACEMENT_FIGURES = frozenset(
    {"placements", "reported", "shared", "unsigned", "time_to_start", "still_30", "still_90", "still_180"}
)


def records(
    session: Session, viewer: Viewer, period: Period, scope: Scope = EVERYTHING, *, to_count: bool = False
) -> Records:
    """What the viewer may see of a period. `to_count` loads no more of each than the figures need."""
    start, end = period.instants
    made = _made(viewer, period, scope)
    placed = visibility.placements(viewer).where(Placement.status.not_in((str(P.VOID), str(P.DISPUTED))))
    if scope.organisation_id:
        placed = placed.where(
            exists().where(Credit.placement_id == Placement.id, Credit.organisation_id == scope.organisation_id)
        )
    if scope.initiative_id:
        placed = placed.where(Placement.referral_id.in_(_marked(scope.initiative_id)))
    placed = placed.where(
        or_(
            Placement.start_on.between(period.first, period.last),
            and_(Placement.start_on.is_(None), Placement.reported_at >= start, Placement.reported_at < end),
        )
    )
    return Records(
        period,
        session.scalars(_lean(made, to_count).order_by(Referral.introduced_at)).all(),
        session.scalars(placed.options(*_of_placements(to_count)).order_by(Placement.id)).all(),
        to_count,
    )


def _lean(made: Select[Referral], to_count: bool) -> Select[Referral]:
    counted = (Referral.status, Referral.introduced_at, Referral.acknowledged_at, Referral.accepted_at)
    return made.options(load_only(*counted)) if to_count else made


def _of_placements(to_count: bool) -> list[ORMOption]:
    if not to_count:
        return [selectinload(Placement.credits)]
    counted = (
        Placement.status,
        Placement.start_on,
        Placement.ended_on,
        Placement.verified_source,
        Placement.referral_id,
        Placement.agreement_id,
        Placement.reported_at,
    )
    credits = selectinload(Placement.credits).load_only(Credit.placement_id, Credit.organisation_id, Credit.state)
    return [load_only(*counted), credits]


def _marked(initiative_id: int) -> Select[int]:
    return select(InitiativeReferral.referral_id).where(InitiativeReferral.initiative_id == initiative_id)


def _made(viewer: Viewer, period: Period, scope: Scope) -> Select[Referral]:
    """Referrals with a sent introduction, by the date of the introduction mail."""
    start, end = period.instants
    made = visibility.referrals(viewer).where(
        Referral.introduced_at >= start,
        Referral.introduced_at < end,
        Referral.status.not_in([str(s) for s in NEVER_SENT]),
    )
    if scope.initiative_id:
        made = made.where(Referral.id.in_(_marked(scope.initiative_id)))
    if scope.organisation_id:
        own = (Party.referral_id == Referral.id, Party.role == "referring")
        made = made.where(exists().where(*own, Party.organisation_id == scope.organisation_id))
    return made


def figures(session: Session, viewer: Viewer, found: Records, scope: Scope = EVERYTHING) -> list[Figure]:
    """Every headline number of a period, in the order of the definitions."""
    return [
        *_referral_figures(found),
        *_time_figures(found),
        *_placement_figures(session, found),
        _repeat_employers(session, viewer, found, scope),
    ]


def _referral_figures(found: Records) -> list[Figure]:
    made = found.referrals
    acknowledged = [r for r in made if r.acknowledged_at]
    accepted, declined = [r for r in made if r.accepted_at], [r for r in made if was_declined(r)]
    silent, expired = [r for r in made if r.status == S.NO_ANSWER_SEEN], [r for r in made if r.status == S.EXPIRED]
    return [
        Figure("made", "Referrals made", str(len(made)), len(made), made),
        Figure("acknowledged", "Acknowledged", str(len(acknowledged)), len(acknowledged), acknowledged),
        Figure(
            "acceptance",
            "Acceptance rate",
            *_share(len(accepted), len(accepted) + len(declined)),
            records=[*accepted, *declined],
            note=f"{len(accepted)} accepted, {len(declined)} declined",
        ),
        Figure("no_answer", "No answer seen", str(len(silent)), len(silent), silent, f"and {len(expired)} expired"),
    ]


def was_declined(referral: Referral) -> bool:
    return referral.accepted_at is None and referral.status in {S.DECLINED, S.REROUTED}


def _share(part: int, whole: int) -> tuple[str, float | None]:
    return (f"{round(100 * part / whole)} %", part / whole) if whole else ("–", None)


def _time_figures(found: Records) -> list[Figure]:
    return [
        _median_figure("time_to_acknowledge", "Days to acknowledge", found, lambda r: r.acknowledged_at),
        _median_figure("time_to_accept", "Days to accept", found, lambda r: r.accepted_at),
        _days_to_start(found),
    ]


def _median_figure(key: str, name: str, found: Records, at: Callable[[Referral], datetime | None]) -> Figure:
    timed = [(r, instant) for r in found.referrals if (instant := at(r)) and r.introduced_at]
    days = [
        max(0, (found.period.day_of(instant) - found.period.day_of(r.introduced_at or instant)).days)
        for r, instant in timed
    ]
    return Figure(key, name, *_median(days), records=[r for r, _ in timed], note=_of(len(days), "referral"))


def _days_to_start(found: Records) -> Figure:
    """From the introduction mail to the day of start, of placements whose referral is among those made."""
    introduced = {r.id: found.period.day_of(r.introduced_at) for r in found.referrals if r.introduced_at}
    timed = [p for p in found.placements if p.start_on and p.status in ENTERED and p.referral_id in introduced]
    days = [max(0, (p.start_on - introduced[p.referral_id]).days) for p in timed if p.start_on and p.referral_id]
    return Figure("time_to_start", "Days to start", *_median(days), records=timed, note=_of(len(days), "placement"))


def _median(days: Sequence[int]) -> tuple[str, float | None]:
    return (f"{median(days):g}", float(median(days))) if days else ("–", None)


def _of(count: int, noun: str) -> str:
    return f"median of {count} {noun}{'' if count == 1 else 's'}"


def counted(placements: Iterable[Placement]) -> list[Placement]:
    """Placements that count: started and verified."""
    return [p for p in placements if p.status in ENTERED and p.verified_source]


def _placement_figures(session: Session, found: Records) -> list[Figure]:
    sure = counted(found.placements)
    known = {p.id for p in sure}
    reported = [p for p in found.placements if p.id not in known]
    shared = [p for p in sure if is_shared(p)]
    standing = agreements.standings(session, shared)
    unsigned = [p for p in shared if not standing[p.id].holds]
    return [
        Figure("placements", "Placements", str(len(sure)), len(sure), sure, "started and verified"),
        Figure("reported", "Reported", str(len(reported)), len(reported), reported, "not started or not verified yet"),
        Figure("shared", "Shared placements", str(len(shared)), len(shared), shared),
        Figure("unsigned", "Without agreement", str(len(unsigned)), len(unsigned), unsigned, "of the shared ones"),
        *(_still_there(sure, days) for days in STAYED),
    ]


def _still_there(sure: Sequence[Placement], days: int) -> Figure:
    """Of those who started so many days ago: how many are said to be with the same employer still."""
    today = date.today()  # noqa: DTZ011
    due = [p for p in sure if p.start_on and p.start_on + timedelta(days=days) <= today]
    stayed = [p for p in due if _stayed(p, days)]
    return Figure(
        f"still_{days}",
        f"Still there at {days} days",
        *_share(len(stayed), len(due)),
        records=stayed,
        note=f"{len(stayed)} of {len(due)}",
    )


def _stayed(placement: Placement, days: int) -> bool:
    if placement.status == P.ENDED:
        return bool(
            placement.ended_on and placement.start_on and (placement.ended_on - placement.start_on).days >= days
        )
    return ORDER.index(P(placement.status)) >= ORDER.index(STAYED[days])


def _repeat_employers(session: Session, viewer: Viewer, found: Records, scope: Scope) -> Figure:
    period = found.period
    year = programme_year(period.last, period.zone)
    earlier = Period(date(year.first.year - BACK_YEARS, 7, 1), year.first - timedelta(days=1), period.zone)
    served, known = _made(viewer, year, scope), _made(viewer, earlier, scope)
    sites = set(session.scalars(served.with_only_columns(Referral.employer_id).distinct())) - {None}
    before = set(session.scalars(known.with_only_columns(Referral.employer_id).distinct())) - {None}
    again = served.where(Referral.employer_id.in_(known.with_only_columns(Referral.employer_id)))
    records = () if found.to_count else session.scalars(again.order_by(Referral.introduced_at)).all()
    count = len(sites & before)
    note = f"{count} of {len(sites)} sites, July {year.first.year} to June {year.last.year}"
    return Figure("repeat", "Repeat employers", *_share(count, len(sites)), records=records, note=note)


@dataclass(frozen=True, slots=True)
class Line:
    """One organisation's own figures; never ranked."""

    organisation: Organisation
    made: int
    received: int
    accepted: int
    placements: int
    shared: int


def by_organisation(session: Session, viewer: Viewer, found: Records, scope: Scope = EVERYTHING) -> list[Line]:
    """In order of name."""
    made = _made(viewer, found.period, scope).with_only_columns(Referral.id)
    parts = select(Party.organisation_id, Party.role, Party.answer).where(
        Party.referral_id.in_(made), Party.role.in_(("referring", "receiving"))
    )
    count = Counter((row[0], row[1]) for row in session.execute(parts))
    accepted = Counter(row[0] for row in session.execute(parts) if row[2] == "accepted")
    placed: dict[int, list[Placement]] = defaultdict(list)
    for placement in counted(found.placements):
        for credited in {credit.organisation_id for credit in placement.credits}:
            placed[credited].append(placement)
    lines = [
        Line(
            organisation,
            count[organisation.id, "referring"],
            count[organisation.id, "receiving"],
            accepted[organisation.id],
            len(placed[organisation.id]),
            sum(map(is_shared, placed[organisation.id])),
        )
        for organisation in session.scalars(select(Organisation).order_by(Organisation.name))
    ]
    return [line for line in lines if line.made or line.received or line.placements]


def funnel(found: Records) -> list[tuple[str, int]]:
    """From introduced to placed, of the referrals made in the period."""
    placed = {p.referral_id for p in counted(found.placements)}
    made = found.referrals
    return [
        ("Introduced", len(made)),
        ("Acknowledged", sum(1 for r in made if r.acknowledged_at)),
        ("Accepted", sum(1 for r in made if r.accepted_at)),
        ("With a placement", sum(1 for r in made if r.id in placed)),
    ]
