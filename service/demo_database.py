"""The mark of a demo database: fictional partners in it, so it refuses a real mailbox and a real relay; and what its
coordinator did in the months before the story."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import calls, demo, initiatives, partners, placements
from service.initiatives import Entry
from service.models import (
    Agreement,
    InboundMessage,
    Need,
    Organisation,
    OutboundLetter,
    Placement,
    Setting,
    TalentCall,
    User,
    utcnow,
)
from terms.kinds import InitiativeRole
from terms.statuses import PlacementStatus

MARK = "demo"
PAST = "demo:past/"
"""Where the mails of the months before come from, as `source` has it."""
_COORDINATOR = "the demo's coordinator"
_INITIATIVES = (
    ("Millrace City Business Office", Entry("programme", "Storefront grant")),
    ("Fox Bend Chamber of Commerce", Entry("event", "Energy breakfast", place="Fox Bend Chamber of Commerce")),
)
"""What the mails of the demo name, with who keeps it."""
_DAYS_TO_ANSWER = 6
_ANSWERS_CALL = re.compile(rb"<call\.([\w.-]{1,60}@[\w.-]{1,60})>")
_SEEN_TO = timedelta(days=45)
"""What started longer ago was verified with the employer; the latest starts wait for the visitor."""


def is_demo(session: Session) -> bool:
    return session.scalar(select(Setting.id).where(Setting.name == MARK).limit(1)) is not None


def began(session: Session) -> datetime:
    """When the database became a demo: its mails are dated back from then, the same at every start."""
    return datetime.fromisoformat(session.scalars(select(Setting.value).where(Setting.name == MARK)).one())


def is_empty(session: Session) -> bool:
    """Nothing of anybody's is in it yet."""
    return not any(session.scalar(select(model.id).limit(1)) for model in (Organisation, InboundMessage))


def begin(session: Session) -> None:
    """Mark an empty database and import the fictional directory; a demo that stands already is left as it is."""
    if is_demo(session):
        return
    session.add(Setting(name=MARK, value=utcnow().isoformat()))
    partners.import_directory(session, demo.directory())
    names = {row.name: row.id for row in session.scalars(select(Organisation))}
    for keeper, entry in _INITIATIVES:
        made = initiatives.add(session, entry, names[keeper], _COORDINATOR)
        initiatives.take_part(session, made, names[keeper], InitiativeRole.LEADS, _COORDINATOR)


def past_is_read(session: Session) -> bool:
    waiting = select(InboundMessage.id).where(InboundMessage.source.startswith(PAST), InboundMessage.done_at.is_(None))
    return session.scalar(waiting.limit(1)) is None


def see_to_the_past(session: Session) -> None:
    """What a coordinator did as the months went by: mails ticked off, starts verified with the employer, credits
    confirmed. Once for each mail, so that nothing a visitor does is undone at the next start."""
    mails = select(InboundMessage).where(InboundMessage.source.startswith(PAST), InboundMessage.looked_at.is_(None))
    found = session.scalars(mails).all()
    for mail in found:
        mail.looked_at, mail.looked_by = mail.sent_at, _COORDINATOR
    agreed = _agreed(session)
    for placement in _unverified(session, [mail.referral_id for mail in found if mail.referral_id]):
        if placement.start_on is None or utcnow().date() - placement.start_on < _SEEN_TO:
            continue
        if placement.status == PlacementStatus.HIRE_REPORTED:
            placements.step(session, placement.id, PlacementStatus.STARTED, _COORDINATOR, on=placement.start_on)
        placements.verify(session, placement.id, "employer", placement.start_on + timedelta(days=7), _COORDINATOR)
        held = {credit.organisation_id for credit in placement.credits}
        for credit in placement.credits:
            if credit.role == "sent_candidate" or any(credit.organisation_id in two and two <= held for two in agreed):
                placements.confirm_credit(session, credit.id, _COORDINATOR)


def answering(session: Session, content: bytes) -> bytes | None:
    """A mail of the story that answers the call for people, as a reply to the letter that went to its sender: this
    demo's own letter, whose Message-ID no file can know. None while the mail with the need isn't read yet."""
    found = _ANSWERS_CALL.search(content)
    if found is None:
        return content
    call = _call(session)
    if call is None:
        return None
    asked = select(OutboundLetter.message_id).where(
        OutboundLetter.kind == "talent_call", OutboundLetter.recipient == found[1].decode()
    )
    return content.replace(found[0], session.scalars(asked).one().encode())


def _call(session: Session) -> TalentCall | None:
    """The coordinator's call for people of the story's large need, opened with its first answer."""
    known = session.scalar(select(TalentCall).order_by(TalentCall.id).limit(1))
    told = json.loads((demo.HERE / "call.json").read_text(encoding="utf-8"))
    mail = select(InboundMessage.referral_id).where(InboundMessage.source == f"demo:{told['for']}")
    need = session.scalar(select(Need).where(Need.referral_id == mail.scalar_subquery()).order_by(Need.id))
    if known is not None or need is None:
        return known
    names = {
        row.name: row.id for row in session.scalars(select(Organisation).where(Organisation.name.in_(told["asks"])))
    }
    hub = session.scalar(select(User).where(User.role == "hub").order_by(User.id))
    who = f"{hub.name} <{hub.email}>" if hub else _COORDINATOR
    draft = calls.draft(session, need, _DAYS_TO_ANSWER, hub.name if hub else "", "")
    written = replace(draft, recipients={names[name]: address for name, address in told["asks"].items()})
    call = calls.open_call(session, need.id, written, who, name=hub.name if hub else "")
    _went_out(session, call, demo.story_days(began(session).astimezone(demo.ZONE).date())[-2])
    return call


def _went_out(session: Session, call: TalentCall, day: date) -> None:
    """Its letters are of the story too, though the demo sends nothing."""
    at = datetime.combine(day, time(9, 30), demo.ZONE)
    call.opened_at = at
    for letter in session.scalars(select(OutboundLetter).where(OutboundLetter.kind == "talent_call")):
        letter.state, letter.sent_at = "sent", at
    for ask in call.asks:
        ask.asked_at = at


def _agreed(session: Session) -> list[set[int]]:
    """Pairs of organisations with a signed agreement: between them credit needs no talk."""
    rows = session.scalars(select(Agreement).where(Agreement.status == "signed", Agreement.with_id.is_not(None)))
    return [{row.organisation_id, row.with_id} for row in rows if row.with_id]


def _unverified(session: Session, referral_ids: Sequence[int]) -> Sequence[Placement]:
    found = select(Placement).where(Placement.referral_id.in_(referral_ids), Placement.verified_on.is_(None))
    return session.scalars(found.order_by(Placement.id)).all()
