"""Coordinate first (S10, S42): who else is in touch with an employer, at this site, and more quietly at its others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Text, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from service import merges
from service.models import (
    Employer,
    EmployerTie,
    InboundMessage,
    Need,
    Organisation,
    Pair,
    Participant,
    Party,
    Referral,
    utcnow,
)
from terms.statuses import OPEN_REFERRAL, ReferralStatus
from terms.words import FREE_MAIL_DOMAINS

ACTIVE_DAYS = 183  # S42: two-way contact or an open need in the last six months
S = ReferralStatus
_NEVER_SENT = (str(S.DRAFT), str(S.DISCARDED), str(S.DUPLICATE))
_CHAIN = ("branch", "parent", "site")
MOST_SITES = 200


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence about one organisation; `quiet` where it is in touch with another site alone."""

    words: str
    quiet: bool = False


def others(session: Session, referral: Referral) -> list[Notice]:
    """Of a referral: who else was in touch in the half year before it, unless its own organisations snoozed that."""
    if referral.employer_id is None:
        return []
    since = (referral.introduced_at or referral.created_at) - timedelta(days=ACTIVE_DAYS)
    return notices(session, referral.employer_id, since, {party.organisation_id for party in referral.parties})


def first_of_all(session: Session, referral: Referral) -> list[str]:
    """With whom to coordinate first, of this very site, in sentences for a letter."""
    return [notice.words for notice in others(session, referral) if not notice.quiet]


def notices(session: Session, employer_id: int, since: datetime, own: set[int]) -> list[Notice]:
    """Who has been active since then, this site before others, the latest first, each shown as it chose."""
    if own and _snoozed(session, employer_id, own):
        return []
    here = _active(session, [employer_id], since, own)
    sites = sites_of(session, employer_id)
    elsewhere = _active(session, sites, since, own | set(here)) if sites else {}
    said = [_say(session, employer_id, one, at, quiet=False) for one, at in here.items()]
    said += [_say(session, employer_id, one, at, quiet=True) for one, at in elsewhere.items()]
    return list(dict.fromkeys(notice for notice in said if notice is not None))


def _snoozed(session: Session, employer_id: int, own: set[int]) -> bool:
    tie = exists().where(
        EmployerTie.employer_id == employer_id,
        EmployerTie.organisation_id.in_(own),
        EmployerTie.snoozed_until >= utcnow().date(),
    )
    return bool(session.scalar(select(tie)))


def sites_of(session: Session, employer_id: int) -> list[int]:
    """Other sites of the same chain: by the parent that a person set, by a relation that was found, by a domain of
    one's own that both have."""
    employer = session.get_one(Employer, employer_id)
    head = employer.parent_id or employer.id
    found = set(session.scalars(select(Employer.id).where(or_(Employer.parent_id == head, Employer.id == head))))
    related = select(Pair.left_id, Pair.right_id).where(
        Pair.kind == "employer",
        Pair.relation.in_(_CHAIN),
        Pair.decision != "same",
        or_(Pair.left_id == employer_id, Pair.right_id == employer_id),
    )
    found |= {record_id for pair in session.execute(related) for record_id in pair}
    for domain in (domain for domain in employer.domains if domain not in FREE_MAIL_DOMAINS):
        like = func.lower(cast(Employer.domains, Text)).like(f'%"{domain.lower()}"%')
        found |= set(session.scalars(select(Employer.id).where(like).limit(MOST_SITES)))
    standing = {merges.standing_for(session, session.get_one(Employer, one)).id for one in found}
    return sorted(standing - {employer_id})[:MOST_SITES]


def _active(session: Session, employers: Sequence[int], since: datetime, own: set[int]) -> dict[int, datetime]:
    """Organisations with an introduction, an answer, two-way mail or an open need there, and when that was last."""
    rows = session.execute(
        select(Party.organisation_id, Party.role, Party.answer, Party.answered_at, Referral)
        .join(Referral, Referral.id == Party.referral_id)
        .where(
            Referral.employer_id.in_(employers),
            Referral.private.is_(False),
            Referral.status.not_in(_NEVER_SENT),
            Party.role.in_(("referring", "receiving")),
            Party.organisation_id.not_in(own or {0}),
        )
    ).all()
    last: dict[int, datetime] = {}
    for organisation_id, role, answer, answered_at, referral in rows:
        if role == "receiving" and answer not in {"accepted", "acknowledged"}:
            continue
        at = max((one for one in (_seen(session, referral, organisation_id), answered_at) if one), default=None)
        if at is not None and at > since:
            last[organisation_id] = max(at, last.get(organisation_id, at))
    return dict(sorted(last.items(), key=lambda item: item[1], reverse=True))


def _seen(session: Session, referral: Referral, organisation_id: int) -> datetime | None:
    """The latest sign on this referral: its introduction, a mail of this organisation on it, or a need still open
    of a referral whose introduction has no date."""
    wrote = select(func.max(func.coalesce(InboundMessage.sent_at, InboundMessage.received_at))).where(
        InboundMessage.referral_id == referral.id,
        exists().where(
            Participant.message_id == InboundMessage.id,
            Participant.organisation_id == organisation_id,
            Participant.field == "from",
        ),
    )
    needed = select(func.max(Need.created_at)).where(Need.referral_id == referral.id, Need.state == "open")
    signs: Iterable[datetime | None] = (
        referral.introduced_at,
        session.scalar(wrote),
        session.scalar(needed) if referral.status in OPEN_REFERRAL and referral.introduced_at is None else None,
    )
    return max((sign for sign in signs if sign is not None and sign <= utcnow()), default=None)


def _say(session: Session, employer_id: int, organisation_id: int, at: datetime, *, quiet: bool) -> Notice | None:
    organisation = session.get_one(Organisation, organisation_id)
    if organisation.shown_as == "hidden":
        return None
    days = (utcnow() - at).days
    when = "today" if days <= 0 else f"{days} day{'' if days == 1 else 's'} ago"
    where = "another site of this employer" if quiet else "this employer"
    if organisation.shown_as != "named":
        return Notice(f"Another organisation (ask the hub) was in touch with {where} {when}.", quiet)
    lead = _lead(session, employer_id, organisation_id)
    words = f"{organisation.name} was in touch with {where} {when}."
    return Notice(words + (f" {lead} leads the relationship there." if lead and not quiet else ""), quiet)


def _lead(session: Session, employer_id: int, organisation_id: int) -> str:
    """Who leads the relationship: as the organisation said, else who wrote last for it about this employer."""
    said = select(EmployerTie.lead_name).where(
        EmployerTie.employer_id == employer_id,
        EmployerTie.organisation_id == organisation_id,
        EmployerTie.lead_name != "",
    )
    wrote = (
        select(Participant.name)
        .join(InboundMessage, InboundMessage.id == Participant.message_id)
        .join(Referral, Referral.id == InboundMessage.referral_id)
        .where(
            Referral.employer_id == employer_id,
            Referral.private.is_(False),
            Participant.organisation_id == organisation_id,
            Participant.field == "from",
            Participant.name != "",
        )
        .order_by(InboundMessage.id.desc())
        .limit(1)
    )
    return session.scalar(said) or session.scalar(wrote) or ""
