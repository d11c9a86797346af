"""Taking mail in: store it (the door's only duty), then apply what was read, in one transaction.

stored -> read in a bounded child -> judged -> applied: referral, update, duplicate, not_a_referral, draft, quarantined
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mail.directory import Directory
from mail.document import introduction_from_json
from mail.token import FoundToken
from mail.values import Ask, Introduction, RawMessage
from service import outbox, partners, recording, referrals, suggestions, threads, trust, updates
from service.models import InboundMessage, Organisation, Participant, Referral, utcnow
from terms.kinds import MailKind
from terms.statuses import ReferralStatus

RESULTS = ("referral", "update", "duplicate", "not_a_referral", "draft", "quarantined")
OLD = timedelta(days=2)  # mail that lay in the mailbox for longer makes records but no letters


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a mail beside its words. `address` is the strict From, "" without one: nobody else has rights.

    `authenticated` and `refused` (dmarc=fail) are the verdict with its `reason`; `temporary`: DNS gave no answer, and
    asking again may change it; `automatic` says why the mail must not be answered.
    """

    address: str
    authenticated: bool
    refused: bool
    reason: str
    temporary: bool = False
    tokens: tuple[FoundToken, ...] = ()
    automatic: str = ""


@dataclass(slots=True)
class Case:
    """A mail on its way through the rules."""

    message: InboundMessage
    document: Mapping[str, Any]
    said: Introduction
    evidence: Evidence
    directory: Directory
    thread: Referral | None
    sender: trust.Sender
    trust: trust.Trust

    @property
    def who(self) -> str:
        name, address = self.message.sender_name, self.message.sender_address
        return f"{name} <{address}>" if name else address or "an unknown sender"

    @property
    def sender_id(self) -> int | None:
        return self.sender.organisation_id


def store(session: Session, raw: RawMessage, *, vouched: str = "", tell: bool = True) -> tuple[int, bool]:
    """Keep the bytes: (id, is it new). The same bytes are kept once. Only after the commit may a door forget them."""
    digest = hashlib.sha256(raw.content).hexdigest()
    known = session.scalar(select(InboundMessage.id).where(InboundMessage.sha256 == digest))
    if known is not None:
        return known, False
    message = InboundMessage(
        sha256=digest,
        source=raw.source,
        envelope_to=list(raw.envelope_to),
        envelope_from=raw.envelope_from,
        vouched=vouched,
        tell=tell and not _is_old(raw),
        size=raw.whole_size or len(raw.content),
        cut=raw.whole_size is not None,
        content=raw.content,
    )
    session.add(message)
    session.flush()
    return message.id, True


def _is_old(raw: RawMessage) -> bool:
    return raw.arrived is not None and utcnow() - raw.arrived > OLD


def quarantine(session: Session, message_id: int, reason: str, *, rule: str = "unreadable") -> None:
    """A mail that can't be read or believed waits for a person, with the reason."""
    message = session.get_one(InboundMessage, message_id)
    message.state, message.result, message.rule, message.error = "quarantined", "quarantined", rule, reason
    message.done_at = utcnow()


def replay(session: Session, message_id: int, who: str) -> None:
    """Read it again from the start. Raises LookupError; ValueError for a mail that has made records already."""
    message = session.get(InboundMessage, message_id)
    if message is None:
        raise LookupError(f"There is no mail {message_id}.")
    if message.referral_id is not None:
        raise ValueError(f"Mail {message_id} belongs to referral {message.referral_id} already.")
    message.state, message.due, message.attempts, message.error, message.result = "open", utcnow(), 0, "", ""
    session.query(Participant).where(Participant.message_id == message_id).delete()


def apply(session: Session, message_id: int, document: Mapping[str, Any], evidence: Evidence) -> str:
    """Make the records that a mail asks for and the letters that follow; what became of it."""
    message = session.get_one(InboundMessage, message_id)
    if message.state != "open":
        return message.result
    directory = partners.known(session).directory
    _describe(message, document, directory)
    case = _case(session, message, document, evidence, directory)
    message.trust, message.trust_reason = case.trust.level, case.trust.reason
    for name, holds, becomes in RULES:
        if holds(session, case):
            message.rule = name
            _finish(session, case, becomes(session, case))
            break
    return message.result


def _describe(message: InboundMessage, document: Mapping[str, Any], directory: Directory) -> None:
    sender = document.get("from") or {}
    message.message_id = str(document.get("message_id") or "")[:500]
    message.subject = str(document.get("subject") or "")[:500]
    message.sender_name = str(sender.get("name") or "")[:200]
    message.sender_address = str(sender.get("address") or "").lower()[:300]
    message.sent_at = _instant(document.get("date"))
    message.reading = dict(document)
    message.words_sha256 = threads.words_hash(document)
    message.private = threads.is_private(document, directory)


def _instant(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
    if found is None:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _case(
    session: Session,
    message: InboundMessage,
    document: Mapping[str, Any],
    evidence: Evidence,
    directory: Directory,
) -> Case:
    said = introduction_from_json(document.get("introduction") or {"kind": str(MailKind.OTHER)})
    threads.record_participants(session, message, document, directory)
    sender = _sender(session, message, said, evidence, directory)
    first = threads.find(session, message, document, None)
    judged = trust.judge(session, sender, evidence.tokens, first.id if first else None, limited=not message.vouched)
    answered = judged.answered.referral_id if judged.answered else None
    thread = threads.find(session, message, document, answered) if answered else first
    return Case(message, document, said, evidence, directory, thread, sender, judged)


def _sender(
    session: Session, message: InboundMessage, said: Introduction, evidence: Evidence, directory: Directory
) -> trust.Sender:
    """Who wrote. An operator's word at a door ("member") makes a member of whoever it is, also of one yet unknown."""
    organisation_id = outbox.organisation_of(session, message)
    if organisation_id is None and message.vouched == "member":
        organisation_id = _organisation_in_words(session, said, message)
    organisation = session.get(Organisation, organisation_id) if organisation_id else None
    vouched = message.vouched == "member" or (message.vouched == "known" and organisation is not None)
    return trust.Sender(
        address=evidence.address,
        authenticated=evidence.authenticated or vouched,
        refused=evidence.refused and not vouched,
        reason=f"vouched for at the door as {message.vouched}" if vouched else evidence.reason,
        organisation_id=organisation_id,
        member=message.vouched == "member" or bool(organisation and organisation.member),
    )


def _organisation_in_words(session: Session, said: Introduction, message: InboundMessage) -> int | None:
    """The organisation that the reader names as the sender's; a new one where it refers and nobody knows it yet."""
    name = said.referring_org or said.sender_org
    found = partners.by_name(session, name)
    if found is None and said.referring_org:
        found = partners.welcome(session, said.referring_org, "other", "ingest", address=message.sender_address)
    return found.id if found else None


# The rules, first that holds wins; the name is kept with the mail.


def _same_mail_again(session: Session, case: Case) -> bool:
    """The same Message-ID and the same words by another route: one effect, both raws kept."""
    if not case.message.message_id:
        return False
    twin = session.scalar(
        select(InboundMessage)
        .where(
            InboundMessage.message_id == case.message.message_id,
            InboundMessage.words_sha256 == case.message.words_sha256,
            InboundMessage.id != case.message.id,
            InboundMessage.state == "done",
            InboundMessage.result != "duplicate",
        )
        .order_by(InboundMessage.id)
        .limit(1)
    )
    if twin is not None:
        case.message.duplicate_of_id, case.message.referral_id = twin.id, twin.referral_id
    return twin is not None


def _from_the_tracker(session: Session, case: Case) -> bool:
    return case.directory.is_tracker(case.message.sender_address)


def _kind_is(*kinds: str) -> Callable[[Session, Case], bool]:
    return lambda session, case: case.said.kind in kinds


def _not_to_be_believed(session: Session, case: Case) -> bool:
    return case.trust.level == "T0"


def _status_without_thread(session: Session, case: Case) -> bool:
    if case.thread is None and case.said.kind == MailKind.STATUS_UPDATE:
        case.thread = _referral_by_employer(session, case)
    return case.thread is None and case.said.kind == MailKind.STATUS_UPDATE


def _referral_by_employer(session: Session, case: Case) -> Referral | None:
    """A reply whose thread was cut off: the one open referral of that employer in which the sender takes part."""
    if case.said.employer is None or case.trust.level not in {"T3", "T4"}:
        return None
    rows = session.scalars(
        select(Referral)
        .join(Referral.employer)
        .join(Referral.parties)
        .where(
            Referral.status.not_in((ReferralStatus.DUPLICATE, ReferralStatus.DISCARDED, ReferralStatus.DRAFT)),
            Referral.parties.any(organisation_id=case.sender_id),
        )
        .distinct()
    ).all()
    wanted = case.said.employer.name
    named = [r for r in rows if r.employer and recording.same_title(r.employer.name, wanted)]
    return named[0] if len(named) == 1 else None


def _a_stranger(session: Session, case: Case) -> bool:
    return case.trust.level == "T1"


def _not_on_this_thread(session: Session, case: Case) -> bool:
    """A member may add only to threads that it takes part in: as a party, or on the headers of its mails."""
    if case.thread is None or case.trust.level != "T3" or case.said.kind != MailKind.STATUS_UPDATE:
        return False
    if case.message.vouched == "member":
        return False
    party = any(party.organisation_id == case.sender_id for party in case.thread.parties)
    return not party and case.message.sender_address not in threads.people_of(session, case.thread.id)


def _always(session: Session, case: Case) -> bool:
    return True


def _duplicate(session: Session, case: Case) -> str:
    return "duplicate"


def _no_referral(session: Session, case: Case) -> str:
    """An absence or a bounce in a thread is seen there, and stops its clock; it changes nothing else."""
    if case.thread is not None and case.said.kind in {MailKind.AUTO_REPLY, MailKind.BOUNCE}:
        words = "out of office" if case.said.kind == MailKind.AUTO_REPLY else "a mail came back"
        referrals.note(session, case.thread, str(case.said.kind), words, case.who, message_id=case.message.id)
        case.thread.due = None
    return "not_a_referral"


def _to_quarantine(session: Session, case: Case) -> str:
    quarantine(session, case.message.id, case.trust.reason, rule=case.message.rule)
    return "quarantined"


def _draft(question: str, field: str) -> Callable[[Session, Case], str]:
    """What can't be acted on yet is a draft that asks; a word on a known thread is a question there."""

    def becomes(session: Session, case: Case) -> str:
        words = question.format(who=case.who)
        if case.thread is not None:
            return _doubtful_word(session, case, case.thread, words)
        recorded = recording.record(session, case.message, case.said, case.sender_id, None)
        _belongs(session, case, recorded.referral)
        answers = [case.said.referring_org or case.said.sender_org or ""] if field == "sender" else []
        if recorded.new:
            referrals.ask(recorded.referral, words, field, [answer for answer in answers if answer])
            _ask_what_is_unsure(recorded.referral, case.said)
        referrals.note(session, recorded.referral, "mail", words, case.who, message_id=case.message.id)
        suggestions.refresh_open_needs(session, recorded.referral)
        return "draft" if recorded.new else "update"

    return becomes


def _doubtful_word(session: Session, case: Case, thread: Referral, words: str) -> str:
    """Nothing is changed; a coordinator may take the writer's word with one click."""
    case.message.referral_id = thread.id
    referrals.note(session, thread, "mail", words, case.who, message_id=case.message.id)
    referrals.ask(thread, f"{words} Take their word?", f"mail:{case.message.id}", ["yes", "no"])
    return "draft"


def _update(session: Session, case: Case) -> str:
    """A reply in a thread: its status, and whatever else it names."""
    referral = case.thread
    assert referral is not None
    _belongs(session, case, referral)
    said = replace(case.said, needs=()) if case.said.kind == MailKind.STATUS_UPDATE else case.said
    recording.add_candidates(session, referral, case.message, said, case.sender_id)
    if referral.status == ReferralStatus.DRAFT:
        referrals.note(session, referral, "mail", "a reply to this draft", case.who, message_id=case.message.id)
        return "update"
    for question in updates.apply(session, referral, case.message, said, case.sender_id, case.who):
        referrals.ask(referral, question)
    referrals.note(session, referral, "mail", case.message.subject, case.who, message_id=case.message.id)
    suggestions.refresh_open_needs(session, referral)
    return "update"


def _referral(session: Session, case: Case) -> str:
    """An introduction, a list of candidates or a request: a new referral, or more of a known one."""
    recorded = recording.record(session, case.message, case.said, case.sender_id, case.thread)
    referral = recorded.referral
    _belongs(session, case, referral)
    if not recorded.new:
        referrals.note(session, referral, "mail", case.message.subject, case.who, message_id=case.message.id)
        updates.acknowledge(session, referral, case.message, case.sender_id, case.who)
        suggestions.refresh_open_needs(session, referral)
        return "update"
    _ask_what_is_unsure(referral, case.said)
    draft = bool(referral.questions)
    if not draft:
        referrals.introduce(session, referral, case.who, at=case.message.sent_at, message_id=case.message.id)
    suggestions.refresh_open_needs(session, referral)
    _receipt(session, case, referral)
    return "draft" if draft else "referral"


RULES: tuple[tuple[str, Callable[[Session, Case], bool], Callable[[Session, Case], str]], ...] = (
    ("the same mail again", _same_mail_again, _duplicate),
    ("from the tracker itself", _from_the_tracker, _no_referral),
    ("a bounce", _kind_is(MailKind.BOUNCE), _no_referral),
    ("an automatic reply", _kind_is(MailKind.AUTO_REPLY), _no_referral),
    ("no introduction in it", _kind_is(MailKind.OTHER), _no_referral),
    ("sender not believed", _not_to_be_believed, _to_quarantine),
    ("a stranger", _a_stranger, _draft("{who} is not known here. Welcome them?", "sender")),
    ("status of an unknown referral", _status_without_thread, _draft("Which referral is this about?", "")),
    ("not a party of this thread", _not_on_this_thread, _draft("{who} takes no part in this referral.", "")),
    ("a status update", _kind_is(MailKind.STATUS_UPDATE), _update),
    ("an introduction", _always, _referral),
)


def _ask_what_is_unsure(referral: Referral, said: Introduction) -> None:
    for asked in said.asks or tuple(Ask(words) for words in said.questions):
        referrals.ask(referral, asked.words, asked.field, list(asked.answers))


def _belongs(session: Session, case: Case, referral: Referral) -> None:
    """The mail, what it answers and what it continues are the referral's thread from now on."""
    case.message.referral_id = referral.id
    own = [case.message.message_id, *threads.references(case.document)]
    threads.remember(session, referral, own)


def _receipt(session: Session, case: Case, referral: Referral) -> None:
    """To a person for their first mail, and when there is a question; never to what must not be answered."""
    if case.evidence.automatic or case.trust.level not in {"T3", "T4"}:
        return
    first = session.scalar(
        select(func.count()).where(
            InboundMessage.sender_address == case.message.sender_address,
            InboundMessage.id != case.message.id,
            InboundMessage.result.in_(("referral", "update", "draft")),
        )
    )
    question = next((question.words for question in referral.questions), "")
    if question:
        outbox.answer_sender(session, case.message, referral, "question", question)
    elif not first:
        outbox.answer_sender(session, case.message, referral, "receipt", "")


def _finish(session: Session, case: Case, result: str) -> None:
    message = case.message
    message.result = result
    if message.state == "open":
        message.state, message.done_at, message.error = "done", utcnow(), ""
    if result == "not_a_referral" and case.thread is not None:
        message.referral_id = case.thread.id
    session.flush()


def counts(session: Session, message_ids: list[int]) -> dict[str, int]:
    """The count line: what became of these messages; its parts add up to `messages`."""
    found = dict.fromkeys(RESULTS, 0)
    for start in range(0, len(message_ids), 500):
        rows = session.execute(
            select(InboundMessage.result, func.count())
            .where(InboundMessage.id.in_(message_ids[start : start + 500]))
            .group_by(InboundMessage.result)
        )
        for result, count in rows:
            if result:
                found[result] += count
    return {"messages": len(message_ids), **found}
