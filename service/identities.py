"""Who is who at intake: what joins by itself, what waits for review, decisions and merges."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from matching.employer_names import name_forms
from matching.model import Match
from service import implied, key_index, likeness, merges, tombstones, unmerging, visibility
from service.merges import standing_for
from service.models import Candidate, Employer, Merge, Pair, utcnow
from service.plain_records import Known, kind_of
from terms.words import FREE_MAIL_DOMAINS

ASKED = 0.15
"""From this chance on two records are put to a person, or where one is a branch or agency of the other."""


class Contradiction(ValueError):
    """A decision that an earlier "not the same" forbids; the message names it."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The record that a mention stands for, whether it is new, and how many doubtful pairs it opened."""

    record: Known
    new: bool
    doubtful: int = 0


def near(session: Session, known: Known) -> list[Known]:
    """Records that may be the same, by the key index; merged ones as what they were merged into."""
    me = standing_for(session, known).id
    nearest: dict[int, Known] = {}
    for record in key_index.holders(session, known):
        standing = standing_for(session, record)
        if standing.id != me:
            seen = record if _of_one_organisation(known, record) else standing
            nearest[seen.id] = seen
    return list(nearest.values())


def _of_one_organisation(one: Known, other: Known) -> bool:
    """Of candidates that were joined across organisations each organisation goes on with its own record."""
    return isinstance(one, Candidate) and isinstance(other, Candidate) and one.organisation_id == other.organisation_id


def resolve(session: Session, mention: Known) -> Resolved:
    """The known record that a mention surely means, else the mention itself as a new record, with its doubtful pairs.

    Employers join by themselves when that is sure. Candidates only inside one organisation: to join those of two would
    tell each that the other serves this person. Raises tombstones.Erased for a person who was erased.
    """
    if isinstance(mention, Candidate):
        tombstones.refuse(session, mention)
    session.add(mention)
    session.flush()
    key_index.index(session, mention)
    ranked = _ranked(session, mention)
    for found, other in ranked:
        if _surely(found, mention, other) and _may_join(mention, other):
            _absorb(session, other, mention)
            return Resolved(standing_for(session, other), new=False)
    doubtful = [(found, other) for found, other in ranked if _doubtful(found)]
    for found, other in doubtful:
        open_pair(session, mention, other, found)
    return Resolved(mention, new=True, doubtful=len(doubtful))


def _doubtful(found: Match) -> bool:
    return found.decision in {"same", "review"} and (found.probability >= ASKED or bool(found.relation))


def _ranked(session: Session, known: Known) -> list[tuple[Match, Known]]:
    """Records that may be the same, with how likely that is, the likeliest first."""
    weights = likeness.learnt(session, kind_of(known))
    found = [(likeness.compared(session, known, other, weights), other) for other in near(session, known)]
    return sorted(found, key=lambda one: -one[0].probability)


def look_again(session: Session, candidate: Candidate) -> None:
    """After a person's consent changed: open pairs with other organisations' records are judged anew, word for word or
    by hashes as it now is, and new ones may come up."""
    ids = merges.cluster(session, standing_for(session, candidate))
    _judge_anew(session, or_(Pair.left_id.in_(ids), Pair.right_id.in_(ids)))
    for found, other in _ranked(session, candidate):
        if _doubtful(found) and merges.of_two_organisations(candidate, other):
            open_pair(session, candidate, other, found)


def _judge_anew(session: Session, *which: Any) -> None:
    weights = likeness.learnt(session, "candidate")
    waiting = select(Pair).where(Pair.kind == "candidate", Pair.decision.in_(("", "not_sure")), *which)
    for pair in session.scalars(waiting).all():
        left, right = session.get_one(Candidate, pair.left_id), session.get_one(Candidate, pair.right_id)
        if merges.of_two_organisations(left, right):
            _judge(pair, likeness.compared(session, left, right, weights), visibility.walled(left, right))


def renew_index(session: Session) -> None:
    """Where the secret key has changed since the hashed keys of people were written: write them and judge open pairs
    of two organisations anew."""
    if key_index.is_stale(session):
        key_index.renew(session)
        _judge_anew(session)


def _surely(found: Match, mention: Known, other: Known) -> bool:
    """Sure by the model; or an employer of the very same name, legal form and spelling aside, against which nothing
    speaks. The model is made for lists of a whole city, where one name stands for many sites; in a network's own mail
    a company that is named twice is the same one."""
    if found.decision != "review" or found.relation:
        return found.decision == "same"
    if not isinstance(mention, Employer) or not isinstance(other, Employer):
        return False
    known = {form.tokens for form in name_forms(other.name, tuple(other.aliases))}
    named = {form.tokens for form in name_forms(mention.name)}
    told_apart = any(reason.weight < 0 for reason in found.why)
    return not told_apart and bool(known & named)


def _may_join(mention: Known, other: Known) -> bool:
    if isinstance(mention, Candidate) and isinstance(other, Candidate):
        return mention.organisation_id is not None and mention.organisation_id == other.organisation_id
    return True


def _absorb(session: Session, known: Known, mention: Known) -> None:
    """What the mention adds to a known record is learnt; the mention itself goes."""
    key_index.forget(session, mention)
    session.delete(mention)
    session.flush()
    if isinstance(known, Employer) and isinstance(mention, Employer):
        spellings = [known.name, *known.aliases]
        if mention.name and mention.name.casefold() not in {spelling.casefold() for spelling in spellings}:
            known.aliases = [*known.aliases, mention.name]
        known.domains = _union(known.domains, mention.domains)
        for field in ("website", "overview", "street", "city", "state", "zip"):
            setattr(known, field, getattr(known, field) or getattr(mention, field))
    elif isinstance(known, Candidate) and isinstance(mention, Candidate):
        known.emails = _union(known.emails, mention.emails)
    known.phones = _union(known.phones, mention.phones)
    key_index.index(session, known)


def _union(known: Sequence[str], more: Sequence[str]) -> list[str]:
    return list(dict.fromkeys((*known, *more)))


def own_domains(addresses: Sequence[str]) -> list[str]:
    """The domains of these addresses that say something about an organisation."""
    domains = (address.rpartition("@")[2].lower() for address in addresses)
    return list(dict.fromkeys(domain for domain in domains if domain and domain not in FREE_MAIL_DOMAINS))


def open_pair(session: Session, one: Known, other: Known, found: Match) -> Pair | None:
    """A doubtful pair for review; None where it was asked already, of these two or of records that stand as them."""
    kind = kind_of(one)
    ours, theirs = merges.cluster(session, one), merges.cluster(session, other)
    if session.scalar(_between(kind, ours, theirs).limit(1)) is not None:
        return None
    left, right = sorted((one.id, other.id))
    pair = Pair(
        kind=kind,
        left_id=left,
        right_id=right,
    )
    _judge(pair, found, visibility.walled(one, other))
    session.add(pair)
    session.flush()
    return pair


def _judge(pair: Pair, found: Match, veiled: bool) -> None:
    pair.probability, pair.relation, pair.veiled = found.probability, found.relation or "", veiled
    pair.why = [{"words": reason.words, "weight": round(reason.weight, 2)} for reason in found.why]


def _between(kind: str, ours: Collection[int], theirs: Collection[int]) -> Select[Pair]:
    """Pairs of a record of the one group with one of the other."""
    return select(Pair).where(
        Pair.kind == kind,
        or_(
            Pair.left_id.in_(ours) & Pair.right_id.in_(theirs),
            Pair.left_id.in_(theirs) & Pair.right_id.in_(ours),
        ),
    )


def decide(
    session: Session, pair_id: int, decision: str, who: str, *, keep: dict[str, str] | None = None, note: str = ""
) -> Merge | None:
    """A person's word on a pair: "same" merges (`keep` picks fields: {"name": "left"}), "not_same" parts for good,
    "not_sure" leaves it open. Raises LookupError, ValueError, Contradiction."""
    pair = session.get(Pair, pair_id)
    if pair is None:
        raise LookupError(f"There is no pair {pair_id}.")
    if decision not in {"same", "not_same", "not_sure"}:
        raise ValueError("A pair is same, not_same or not_sure.")
    model = Employer if pair.kind == "employer" else Candidate
    left = standing_for(session, session.get_one(model, pair.left_id))
    right = standing_for(session, session.get_one(model, pair.right_id))
    if decision == "same" and left.id != right.id:
        apart = contradiction(session, pair, left, right)
        if apart is not None:
            raise Contradiction(
                f"{apart.decided_by} said on {apart.decided_at:%d %b %Y} that two of them are not the same; undo that."
            )
    if decision == "not_same" and left.id == right.id:
        raise Contradiction("The two stand as one record, by other decisions; undo one of those first.")
    pair.decision, pair.decided_by, pair.decided_at, pair.note = decision, who, utcnow(), note
    pair.follows_id = None
    link = None
    if decision == "same" and left.id != right.id:
        link = merges.merge(session, pair, left, right, who, keep or {})
        key_index.index(session, session.get_one(model, link.kept_id))
    if decision != "not_sure":
        implied.settle(session, pair.kind, (left.id, right.id))
    return link


def contradiction(session: Session, pair: Pair, left: Known, right: Known) -> Pair | None:
    """The "not the same" that joining these two would overrule: A = B and B = C can't stand beside A != C."""
    between = _between(pair.kind, merges.cluster(session, left), merges.cluster(session, right))
    return session.scalar(between.where(Pair.decision == "not_same", Pair.id != pair.id).limit(1))


def undo_merge(session: Session, merge_id: int, who: str) -> Merge:
    """Two again; what came since goes where its evidence says. Raises LookupError, ValueError."""
    undone = unmerging.undo(session, merge_id, who)
    _index_both(session, undone)
    settle(session, undone.kind, (undone.kept_id, undone.merged_id))
    return undone


def settle(session: Session, kind: str, record_ids: Collection[int]) -> None:
    """After a decision was taken back: pairs that followed from it, and those that are open again are judged as they
    may be compared now."""
    implied.settle(session, kind, record_ids)
    if kind == "candidate":
        ids: set[int] = set()
        for record_id in record_ids:
            ids |= merges.cluster(session, standing_for(session, session.get_one(Candidate, record_id)))
        _judge_anew(session, or_(Pair.left_id.in_(ids), Pair.right_id.in_(ids)))


def settle_ask(session: Session, merge_id: int, number: int, side: str) -> Merge:
    """Whose a thing is that came while two records were one. Raises LookupError, ValueError."""
    link = unmerging.settle(session, merge_id, number, side)
    _index_both(session, link)
    return link


def _index_both(session: Session, link: Merge) -> None:
    model = Employer if link.kind == "employer" else Candidate
    for record_id in (link.kept_id, link.merged_id):
        key_index.index(session, session.get_one(model, record_id))


def reopen(session: Session, pair_id: int, who: str) -> None:
    """Take a decision back; a merge that came of it is undone. Raises LookupError."""
    pair = session.get(Pair, pair_id)
    if pair is None:
        raise LookupError(f"There is no pair {pair_id}.")
    standing = select(Merge).where(Merge.pair_id == pair_id, Merge.undone_at.is_(None))
    for row in session.scalars(standing).all():
        undo_merge(session, row.id, who)
    pair.decision, pair.decided_by, pair.decided_at, pair.bulk_id, pair.follows_id = "", "", None, None, None
    settle(session, pair.kind, (pair.left_id, pair.right_id))
