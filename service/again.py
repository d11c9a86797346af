"""A mail read again after lessons changed: its records follow in what lessons had said of it, and in nothing else.

What a person or a later mail has changed since is left as it is.
"""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from mail.lessons import spelled
from mail.plain import introduction_from_json
from mail.values import Introduction, Learnt
from service import drafts, identities, outbox, partners, recording, referrals
from service.models import Employer, InboundMessage, Need, Referral
from terms.kinds import NO_REFERRAL, MailKind
from terms.statuses import ReferralStatus

WHO = "read again"
_INDEX = re.compile(r"\[(\d{1,4})\]")


def apply(session: Session, message: InboundMessage, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Bring the mail's referral from one reading to the other."""
    referral = session.get_one(Referral, message.referral_id)
    old, new = _introduction(before), _introduction(after)
    gone = [told for told in old.learnt if told not in new.learnt and told.value != told.instead]
    come = [told for told in new.learnt if told not in old.learnt and told.value != told.instead]
    if not gone and not come:
        return
    for told in gone:
        _set(session, referral, message, old, told.field, told.value, told.instead)
    for told in come:
        _set(session, referral, message, new, told.field, told.instead, told.value)
    if any(told.field.startswith("needs.") for told in (*gone, *come)):
        _needs(session, referral, message, new, come)
    if new.kind in NO_REFERRAL and referral.status == ReferralStatus.DRAFT:
        drafts.put_aside(session, referral, "", WHO)
    words = "; ".join(f"{told.instead or told.field}" for told in (*gone, *come))
    referrals.note(session, referral, "read_again", f"what was learnt has changed: {words}", WHO, message_id=message.id)


def _introduction(reading: Mapping[str, Any]) -> Introduction:
    return introduction_from_json(reading.get("introduction") or {"kind": str(MailKind.OTHER)})


def _set(
    session: Session,
    referral: Referral,
    message: InboundMessage,
    said: Introduction,
    field: str,
    was: str | None,
    now: str | None,
) -> None:
    """One value, where it still is what it was."""
    name = _INDEX.sub("", field)
    index = int(found[1]) if (found := _INDEX.search(field)) else 0
    if name in {"needs.title", "needs.location", "needs.wage_unit"} and index < len(said.needs):
        column = name.removeprefix("needs.")
        title = was if column == "title" else said.needs[index].title
        _set_need(session, referral, message, str(title), column, was, now)
    elif name == "employer.name" and referral.employer and spelled(referral.employer.name) == spelled(was or ""):
        resolved = identities.resolve(session, Employer(name=now or "", domains=list(referral.employer.domains)))
        assert isinstance(resolved.record, Employer)
        referral.employer = resolved.record
    elif name in {"receiving_orgs", "referring_org"}:
        _set_party(session, referral, "receiving" if name == "receiving_orgs" else "referring", was, now)
    elif name in {"contacts.name", "contacts.title"} and referral.employer:
        for contact in referral.employer.contacts:
            if getattr(contact, name.removeprefix("contacts.")) == was:
                setattr(contact, name.removeprefix("contacts."), now or "")


def _set_need(
    session: Session,
    referral: Referral,
    message: InboundMessage,
    title: str,
    column: str,
    was: str | None,
    now: str | None,
) -> None:
    need = next((need for need in referral.needs if spelled(need.title) == spelled(title)), None)
    if need is None or (getattr(need, column) or None) != (was or None):
        return
    setattr(need, column, now)
    if column == "title":
        recording.give_occupation(session, need, outbox.organisation_of(session, message))


def _set_party(session: Session, referral: Referral, role: str, was: str | None, now: str | None) -> None:
    for party in list(referral.parties):
        if was and party.role == role and party.organisation.name == was and not party.answer:
            referral.parties.remove(party)
    organisation = partners.by_name(session, now)
    if organisation is not None:
        referrals.join(session, referral, organisation.id, role)


def _needs(
    session: Session, referral: Referral, message: InboundMessage, new: Introduction, come: list[Learnt]
) -> None:
    """Needs and values of lines that say something again are added; those of lines that say nothing are taken out."""
    idle = {spelled(str(told.instead)) for told in come if told.field == "needs.title"}
    for need in list(referral.needs):
        if spelled(need.title) in idle and _untouched(need):
            referral.needs.remove(need)
    recording.add_needs(session, referral, new.needs, outbox.organisation_of(session, message))


def _untouched(need: Need) -> bool:
    return need.state == "open" and need.left == need.openings
