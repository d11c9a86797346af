"""Which openings wait for a partner: of a need that nobody serves all, of a large one those that no share covers."""

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from service.models import Need, Party, Referral, Suggestion
from terms.statuses import ReferralStatus

SETTLED = frozenset(
    {ReferralStatus.DISCARDED, ReferralStatus.DUPLICATE, ReferralStatus.CLOSED, ReferralStatus.WITHDRAWN}
)


def is_open(referral: Referral) -> bool:
    """A referral waits for a partner when nobody was asked, when everybody who was asked has declined, or when the
    partners of a large need cover only a part of it."""
    if referral.status in SETTLED:
        return False
    return any(waits(need) for need in referral.needs) if referral.needs else not _active(referral)


def waits(need: Need) -> bool:
    """Whether the need, or a part of it, has no partner yet."""
    if need.state != "open" or need.referral.status in SETTLED:
        return False
    asked = any(_serves(party, need) for party in _active(need.referral))
    return not asked or unasked(need) != 0


def only_open(needs: Select[Need]) -> Select[Need]:
    """Of these needs those that wait for a partner, as `waits` says, oldest first."""
    taken = (Suggestion.state == "accepted", Suggestion.organisation_id == Party.organisation_id)
    active = (Party.referral_id == Need.referral_id, Party.role == "receiving", Party.answer != "declined")
    other = aliased(Need)
    for_some = (
        exists().where(*taken, Suggestion.need_id == other.id, other.referral_id == Party.referral_id).correlate(Party)
    )
    for_all_of_it = (
        exists().where(*taken, Suggestion.need_id == Need.id, Suggestion.openings.is_(None)).correlate(Party, Need)
    )
    serves_all = exists().where(*active, or_(~for_some, for_all_of_it))
    shared = (
        select(func.coalesce(func.sum(Suggestion.openings), 0))
        .where(*active, *taken, Suggestion.need_id == Need.id)
        .correlate(Need)
        .scalar_subquery()
    )
    total = func.coalesce(Need.left, Need.openings)
    waiting = needs.join(Referral, Referral.id == Need.referral_id).where(
        Need.state == "open",
        Referral.status.not_in(sorted(SETTLED)),
        ~serves_all,
        or_(shared == 0, shared < total),
    )
    return waiting.order_by(Need.created_at, Need.id)


def unasked(need: Need) -> int | None:
    """Openings for which no partner was asked; None where nobody was asked and the mail doesn't say how many."""
    total = need.left if need.left is not None else need.openings
    asked = [party for party in _active(need.referral) if _serves(party, need)]
    if not asked:
        return total
    shares = _shares(need)
    if total is None or any(shares.get(party.organisation_id) is None for party in asked):
        return 0  # somebody was asked for all of it
    return max(total - sum(shares[party.organisation_id] or 0 for party in asked), 0)


def called_for(need: Need) -> int | None:
    """How many openings a call for people is about: those that no partner has taken a share of, else all that are left;
    None where nobody said how many."""
    return unasked(need) or (need.left if need.left is not None else need.openings)


def shares_of(need: Need) -> list[tuple[str, int]]:
    """The partners of a large need that were asked for a part of it, and how many openings each."""
    asked = {party.organisation_id: party.organisation.name for party in _active(need.referral)}
    taken = [(asked.get(number), count) for number, count in _shares(need).items()]
    return sorted((name, count) for name, count in taken if name and count)


def _active(referral: Referral) -> list[Party]:
    return [party for party in referral.parties if party.role == "receiving" and party.answer != "declined"]


def _serves(party: Party, need: Need) -> bool:
    """A partner that was introduced for other needs of the referral alone doesn't cover this one."""
    introduced_for = {other.id for other in need.referral.needs if party.organisation_id in _shares(other)}
    return not introduced_for or need.id in introduced_for


def _shares(need: Need) -> dict[int, int | None]:
    return {row.organisation_id: row.openings for row in need.suggestions if row.state == "accepted"}
