"""Partners for a need that the referring organisation can't meet: ranked with reasons, accepted with an introduction,
declined with a reason; every answer teaches."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import answers, letters, outbox, partners, referrals, tokens
from service.db import settings_of
from service.models import (
    LearntModel,
    Need,
    Organisation,
    OutboundLetter,
    Party,
    Referral,
    Setting,
    Suggestion,
    ThreadEntry,
    utcnow,
)
from service.openings import is_open, unasked, waits
from service.workdays import after_working_days
from terms.statuses import DeclineReason, ReferralStatus

SHOWN = 5


class UnknownSuggestion(LookupError):
    """No suggestion of that number, or one that was answered already."""


@dataclass(frozen=True, slots=True)
class IntroductionDraft:
    """A three-way introduction to be edited by a person before it goes: addresses, subject, plain text."""

    to: list[str]
    cc: list[str] = field(default_factory=list)
    subject: str = ""
    text: str = ""


def coder(session: Session) -> Any:
    """Occupations by the O*NET folder of the settings or of `loopin import occupations`, else by the built-in table."""
    imported = session.scalar(select(Setting.value).where(Setting.name == "occupations"))
    return _coder(settings_of(session).occupations or imported or "")


@lru_cache(maxsize=1)
def _coder(folder: str) -> Any:
    from matching.occupations import Coder

    return Coder(Path(folder) if folder else None)


_ranked_by: dict[str, Any] = {}


def suggester(session: Session) -> Any:
    """Built once for each state of directory and answers."""
    from matching.partners import Partner
    from matching.suggest import Suggester

    learnt = session.scalar(select(LearntModel).where(LearntModel.in_use, LearntModel.kind == "partners"))
    asks = answers.open_asks(session)
    version = f"{partners.known(session).version}-{answers.answered(session)}-{learnt.id if learnt else 0}-{asks}"
    if version not in _ranked_by:
        known = [Partner.from_json(entry) for entry in _both_sides(partners.known(session).data["partners"])]
        _ranked_by.clear()
        weights = learnt.parameters if learnt else None
        told = answers.history(session)
        _ranked_by[version] = Suggester(known, coder(session), history=told, weights=weights, open_asks=asks)
    return _ranked_by[version]


def _both_sides(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The directory's partners, each with the agreements that stand under the other party's name too."""
    theirs: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        for agreement in entry["agreements"]:
            theirs.setdefault(agreement["with"], []).append({**agreement, "with": entry["name"]})
    return [{**entry, "agreements": [*entry["agreements"], *theirs.get(entry["name"], ())]} for entry in entries]


def refit(session: Session) -> Any:
    """Weights refitted from all answers, None where there are too few or the ones in use are as good on the newest."""
    from matching.refit import refit as refitted

    ranks = suggester(session)
    return refitted(ranks.examples(answers.history(session)), ranks.weights)


def learnt(session: Session) -> dict[str, list[str]]:
    """By partner what its answers have taught, in words, occupations by their titles."""
    from matching.past import learnt as in_words

    ranks = suggester(session)
    return {
        partner: [_titled(ranks.coder, line) for line in in_words(known)]
        for partner, known in ranks.experience.partners.items()
    }


def believed(session: Session) -> str:
    """How far profiles are believed by what partners answered, in a sentence."""
    return suggester(session).experience.promises.words


def _titled(coder: Any, line: str) -> str:
    return re.sub(r"\b\d{2}-\d{4}\b", lambda code: f"{coder.title_of(code[0])} ({code[0]})", line)


def fewest() -> int:
    """Answers before a refit is tried."""
    from matching.refit import FEWEST

    return FEWEST


def asked(session: Session, need: Need) -> Any:
    """matching.needs.NeedAsked, without the partners that answered already or take part."""
    from matching.needs import NeedAsked

    answered = [row.organisation.name for row in _of(session, need.id) if row.state in {"accepted", "declined"}]
    parties = [party.organisation.name for party in need.referral.parties]
    told = {**answers.need_json(session, need), "excluded": [*answered, *parties]}
    if (open_now := unasked(need)) is not None:
        told["openings"] = open_now
    return NeedAsked.from_json(told)


def refresh(session: Session, need_id: int) -> list[Suggestion]:
    """Rank partners for a need anew; answers that were given stay, and who answered isn't suggested again."""
    need = session.get_one(Need, need_id)
    known = {row.organisation_id: row for row in _of(session, need_id)}
    found = suggester(session).suggest(asked(session, need), limit=SHOWN)
    ids = {" ".join(o.name.split()): o.id for o in session.scalars(select(Organisation))}
    shown = set()
    for rank, suggestion in enumerate(found, 1):
        organisation_id = ids[suggestion.partner]
        row = known.get(organisation_id) or Suggestion(need_id=need_id, organisation_id=organisation_id)
        if row.state in {"accepted", "declined"}:
            continue
        row.rank, row.score, row.state, row.service = rank, float(suggestion.score), "offered", suggestion.service
        row.why = [{"words": reason.words, "weight": round(reason.weight, 2)} for reason in suggestion.why]
        row.why_not = [{"words": reason.words, "weight": round(reason.weight, 2)} for reason in suggestion.why_not]
        session.add(row)
        shown.add(organisation_id)
    for organisation_id, row in known.items():
        if row.state == "offered" and organisation_id not in shown:
            row.state = "gone"
    session.flush()
    return [row for row in _of(session, need_id) if row.state == "offered"]


def _of(session: Session, need_id: int) -> list[Suggestion]:
    return list(session.scalars(select(Suggestion).where(Suggestion.need_id == need_id).order_by(Suggestion.rank)))


def refresh_open_needs(session: Session, referral: Referral) -> None:
    """Suggestions for each need of a referral that waits for a partner."""
    if not is_open(referral):
        return
    for need in referral.needs:
        if waits(need):
            refresh(session, need.id)


def _offered(session: Session, suggestion_id: int) -> Suggestion:
    suggestion = session.get(Suggestion, suggestion_id)
    if suggestion is None:
        raise UnknownSuggestion(f"There is no suggestion {suggestion_id}.")
    if suggestion.state in {"accepted", "declined"}:
        raise UnknownSuggestion(f"This suggestion was {suggestion.state} already.")
    return suggestion


def draft_introduction(
    session: Session, suggestion_id: int, name: str, email: str, *, openings: int | None = None
) -> IntroductionDraft:
    """The mail that puts referrer, employer and partner in touch, for a person to edit. `openings`: of a large need,
    how many this partner is asked for. Raises UnknownSuggestion."""
    suggestion = _offered(session, suggestion_id)
    return introduction_of(
        session, suggestion.need, suggestion.organisation, suggestion.service, name, email, openings=openings
    )


def introduction_of(
    session: Session, need: Need, partner: Organisation, service: str, name: str, email: str, *, openings: int | None
) -> IntroductionDraft:
    """The same for a partner and the name of its service, whether or not it was suggested."""
    referral = need.referral
    contacts = referral.employer.contacts if referral.employer else []
    there = outbox.recipient_of(session, referral, partner.id)
    referring = next((p.organisation for p in referral.parties if p.role == "referring"), None)
    referrer = outbox.recipient_of(session, referral, referring.id) if referring else None
    to = [address for address in (next((c.email for c in contacts if c.email), None), there) if address]
    cc = [address for address in (referrer, *partners.trackers(session)[:1]) if address and address not in to]
    told = letters.Told(
        referral=referral,
        need=need,
        partner=partner,
        service=next((one for one in partner.services if one.name == service), None),
        contacts=contacts,
        partner_person=outbox.name_of(session, there) if there else "",
        partner_address=there or "",
        openings=_share(need, openings),
        answer_by=after_working_days(utcnow(), referrals.FIRST_ANSWER_DAYS),
        name=name or email,
        organisation=referring.name if referring else "",
        tracker=next(iter(partners.trackers(session)), ""),
    )
    employer = referral.employer.name if referral.employer else "an employer"
    return IntroductionDraft(to, cc, f"Introduction: {employer} and {partner.name}", letters.introduction_text(told))


def accept(
    session: Session,
    suggestion_id: int,
    draft: IntroductionDraft,
    who: str,
    *,
    name: str,
    email: str,
    openings: int | None = None,
) -> OutboundLetter:
    """Send the introduction and make the partner a party that is to act; after a decline, in a referral of its own.

    `openings`: of a large need, how many this partner is asked for; the rest waits for others.
    Raises UnknownSuggestion, ValueError for a draft that goes to nobody and for more openings than there are.
    """
    suggestion = _offered(session, suggestion_id)
    if not draft.to:
        raise ValueError("An introduction needs somebody to go to.")
    referral = take(session, suggestion, openings, who)
    letter = OutboundLetter(
        event=event_of(suggestion),
        kind="introduction",
        recipient=draft.to[0],
        also_to=draft.to[1:],
        also_cc=draft.cc,
        organisation_id=suggestion.organisation_id,
        referral_id=referral.id,
        message_id=outbox.new_message_id(settings_of(session)),
        automatic=False,
        news={"name": name, "email": email},
        subject=draft.subject,
        text=draft.text,
        due=utcnow(),
    )
    session.add(letter)
    session.flush()
    letter.message_id = tokens.message_id(settings_of(session), letter)
    session.add(ThreadEntry(message_id=letter.message_id, referral_id=referral.id))
    return letter


def event_of(suggestion: Suggestion) -> str:
    """What the introduction of this suggestion is called in the outbox."""
    return f"introduction:{suggestion.id}"


def take(session: Session, suggestion: Suggestion, openings: int | None, who: str) -> Referral:
    """The suggestion is accepted: its partner is a party that is to act. The referral in which it takes part.

    Raises ValueError for more openings than there are.
    """
    suggestion.openings = _share(suggestion.need, openings)
    suggestion.state, suggestion.answered_by, suggestion.answered_at = "accepted", who, utcnow()
    return _referral_for(session, suggestion, who)


def _share(need: Need, openings: int | None) -> int | None:
    """The partner's share, None where it is asked for all that is open."""
    open_now = unasked(need)
    if openings is None or open_now is None or openings == (need.left if need.left is not None else need.openings):
        return None
    if not 0 < openings <= open_now:
        raise ValueError(f"{open_now} openings wait for a partner; ask for some of those.")
    return openings


def _referral_for(session: Session, suggestion: Suggestion, who: str) -> Referral:
    """The referral that the partner takes part in: the need's own, or a child where that one was declined."""
    need, referral = suggestion.need, suggestion.need.referral
    part = f" for {suggestion.openings} of the openings" if suggestion.openings else ""
    words = f"introduced to {suggestion.organisation.name}{part}"
    if referral.status in {ReferralStatus.DECLINED, ReferralStatus.EXPIRED, ReferralStatus.NO_ANSWER_SEEN}:
        referrals.step(session, referral.id, ReferralStatus.REROUTED, who, words=words)
        referral = _child(session, need, referral)
    referral.private = False  # who is introduced takes part in it
    referrals.join(session, referral, suggestion.organisation_id, "receiving")
    if referral.status == ReferralStatus.DRAFT:
        referrals.introduce(session, referral, who, at=utcnow(), message_id=None)
    referrals.note(session, referral, "suggestion_accepted", words, who)
    return referral


def _child(session: Session, need: Need, parent: Referral) -> Referral:
    child = Referral(
        kind=parent.kind,
        status=str(ReferralStatus.DRAFT),
        subject=parent.subject,
        employer_id=parent.employer_id,
        parent_id=parent.id,
        channel=parent.channel,
    )
    child.parties = [
        Party(organisation_id=party.organisation_id, role=party.role)
        for party in parent.parties
        if party.role != "receiving"
    ]
    copied = ("title", "wage_min", "wage_max", "wage_unit", "location", "start_on", "pathway", "shift")
    copied += (
        "populations",
        "requirements",
        "industry",
        "languages",
        "occupation_code",
        "occupation_title",
        "occupation_confidence",
    )
    open_now = need.left if need.left is not None else need.openings
    child.needs = [Need(openings=open_now, left=open_now, **{key: getattr(need, key) for key in copied})]
    session.add(child)
    session.flush()
    return child


def decline(session: Session, suggestion_id: int, reason: str, words: str, who: str) -> None:
    """Not this partner, and why: kept, and the next ones move up. Raises UnknownSuggestion, ValueError."""
    suggestion = _offered(session, suggestion_id)
    if reason not in set(DeclineReason):
        raise ValueError("A suggestion is declined with one of the reasons: " + ", ".join(DeclineReason) + ".")
    suggestion.state, suggestion.reason, suggestion.reason_words = "declined", reason, words
    suggestion.answered_by, suggestion.answered_at = who, utcnow()
    referrals.note(
        session,
        suggestion.need.referral,
        "suggestion_declined",
        f"not {suggestion.organisation.name}: {words or reason.replace('_', ' ')}",
        who,
    )
    partners.note_decline(session, suggestion.organisation, suggestion.service, reason)
    session.flush()
    refresh(session, suggestion.need_id)
