"""What a mail becomes: an ordered table of named rules, the first that holds wins; the name is kept with the mail."""

import re
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mail.values import Ask, Introduction
from service import (
    call_answers,
    call_lists,
    calls,
    outbox,
    own_mail,
    profile_answers,
    recording,
    referrals,
    requests,
    threads,
    updates,
)
from service.case import Case
from service.models import CallAsk, InboundMessage, Referral, utcnow
from service.queries import in_touch
from terms.kinds import MailKind
from terms.statuses import ReferralStatus


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


def _forged(session: Session, case: Case) -> bool:
    """The domain itself disowns the mail (dmarc=fail): a person sees it, whatever it says."""
    return case.sender.refused


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


def _answers_a_call(session: Session, case: Case) -> bool:
    """An organisation that was asked for people answers, or writes again in that thread."""
    return case.trust.level in {"T3", "T4"} and _ask(session, case) is not None


def _ask(session: Session, case: Case) -> CallAsk | None:
    letter = call_answers.letter_answered(session, case.document, case.trust.answered)
    return call_answers.ask_of(session, letter, case.thread, case.sender_id)


def _answers_anothers_call(session: Session, case: Case) -> bool:
    """By a person whom the call did not reach, or from an address that proves nothing."""
    if case.trust.level == "T0":
        return False
    return call_answers.letter_answered(session, case.document, case.trust.answered) is not None


def _lists_for_a_call(session: Session, case: Case) -> bool:
    """A list that is no reply, from an organisation that was asked for people: not one for a referral of its own."""
    known = case.trust.level in {"T3", "T4"} or (case.trust.level == "T1" and case.sender_id is not None)
    if not known or case.thread is not None:
        return False
    return call_lists.meant(session, case.message, case.said, case.sender_id) is not None


def _call_list(session: Session, case: Case) -> str:
    """An answer where the job of one call is named by a sender who is believed; else a person says for which it is."""
    found = call_lists.meant(session, case.message, case.said, case.sender_id)
    assert found is not None
    if found.sure and case.trust.level in {"T3", "T4"}:
        _belongs(session, case, found.asks[0].call.need.referral)
        call_answers.take(session, found.asks[0], case.message, case.said, case.who)
        return "update"
    count = len(case.said.candidates)
    referral = call_lists.ask_which(session, case.message, found.asks, count, case.who)
    _belongs(session, case, referral)
    return "draft"


def _answers_about_a_page(session: Session, case: Case) -> bool:
    """A partner that was asked whether its page is right, or somebody who answers for it."""
    if case.trust.level == "T0":
        return False
    return profile_answers.letter_answered(session, case.document, case.trust.answered) is not None


def _page_answer(session: Session, case: Case) -> str:
    letter = profile_answers.letter_answered(session, case.document, case.trust.answered)
    assert letter is not None
    believed = case.trust.level in {"T3", "T4"} and case.sender_id == letter.organisation_id
    asks = profile_answers.take(session, letter, case.message, case.who, believed=believed)
    return "draft" if asks else "update"


def _duplicate(session: Session, case: Case) -> str:
    return "duplicate"


def _no_referral(session: Session, case: Case) -> str:
    """An absence or a bounce in a thread is seen there, and stops its clock; it changes nothing else."""
    if case.thread is not None and _away_from_a_call(session, case):
        return "not_a_referral"
    if case.thread is not None and case.said.kind in {MailKind.AUTO_REPLY, MailKind.BOUNCE}:
        words = "out of office" if case.said.kind == MailKind.AUTO_REPLY else "a mail came back"
        referrals.note(session, case.thread, str(case.said.kind), words, case.who, message_id=case.message.id)
        case.thread.due = None
    return "not_a_referral"


def _away_from_a_call(session: Session, case: Case) -> bool:
    """Who was asked for people is out of office, or the letter came back: the need's own clock goes on."""
    letter = call_answers.letter_answered(session, case.document, case.trust.answered)
    ask = session.get(CallAsk, letter.news.get("ask")) if letter else None
    if ask is None or case.said.kind not in {MailKind.AUTO_REPLY, MailKind.BOUNCE}:
        return False
    what = "out of office" if case.said.kind == MailKind.AUTO_REPLY else "the letter came back"
    calls.away(session, ask, case.message, what, case.who)
    return True


def _call_answer(session: Session, case: Case) -> str:
    """The list, the "nobody" or the word of a partner that was asked for people."""
    ask = _ask(session, case)
    assert ask is not None
    _belongs(session, case, ask.call.need.referral)
    call_answers.take(session, ask, case.message, case.said, case.who)
    return "update"


def _to_quarantine(session: Session, case: Case) -> str:
    case.message.state, case.message.error, case.message.done_at = "quarantined", case.trust.reason, utcnow()
    return "quarantined"


def _draft(question: str, field: str) -> Callable[[Session, Case], str]:
    """What can't be acted on yet is a draft that asks; a word on a known thread is a question there."""

    def becomes(session: Session, case: Case) -> str:
        words = question.format(who=case.who)
        if case.thread is not None:
            return _doubtful_word(session, case, case.thread, words)
        home = recording.home_of(session, case.message, case.said, None)
        recorded = recording.record(session, case.message, case.said, case.sender_id, home)
        _belongs(session, case, recorded.referral)
        answers = [case.said.referring_org or case.said.sender_org or ""] if field == "sender" else []
        if recorded.new:
            referrals.ask(recorded.referral, words, field, [answer for answer in answers if answer])
            _ask_what_is_unsure(recorded.referral, case.said)
        referrals.note(session, recorded.referral, "mail", words, case.who, message_id=case.message.id)
        _ask_around(session, case, recorded.referral, new=recorded.new)
        return "draft" if recorded.new else "update"

    return becomes


def _ask_around(session: Session, case: Case, referral: Referral, *, new: bool) -> None:
    """Partners for what waits for one; of a new referral also why it was handed on."""
    if new:
        requests.hand_on(session, referral, case.message, case.who)
    else:
        requests.look(session, referral, case.who)


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
    requests.look(session, referral, case.who)
    return "update"


def _referral(session: Session, case: Case) -> str:
    """An introduction, a list of candidates or a request: a new referral, or more of a known one."""
    home = recording.home_of(session, case.message, case.said, case.thread)
    known, said = own_mail.accepted_by(session, case.message, case.said, home.referral, case.who)
    recorded = recording.record(session, case.message, said, case.sender_id, replace(home, referral=known))
    referral = recorded.referral
    _belongs(session, case, referral)
    if not recorded.new:
        referrals.note(session, referral, "mail", case.message.subject, case.who, message_id=case.message.id)
        updates.acknowledge(session, referral, case.message, case.sender_id, case.who)
        requests.look(session, referral, case.who)
        return "update"
    _ask_what_is_unsure(referral, case.said)
    draft = bool(referral.questions)
    if not draft:
        referrals.introduce(session, referral, case.who, at=case.message.sent_at, message_id=case.message.id)
    _ask_around(session, case, referral, new=True)
    _receipt(session, case, referral)
    return "draft" if draft else "referral"


RULES: tuple[tuple[str, Callable[[Session, Case], bool], Callable[[Session, Case], str]], ...] = (
    ("the same mail again", _same_mail_again, _duplicate),
    ("from the tracker itself", _from_the_tracker, _no_referral),
    ("a forged sender", _forged, _to_quarantine),
    ("a bounce", _kind_is(MailKind.BOUNCE), _no_referral),
    ("an automatic reply", _kind_is(MailKind.AUTO_REPLY), _no_referral),
    ("an answer to a talent call", _answers_a_call, _call_answer),
    (
        "a talent call that went to somebody else",
        _answers_anothers_call,
        _draft("{who} answers a talent call that went to somebody else.", ""),
    ),
    (profile_answers.RULE, _answers_about_a_page, _page_answer),
    ("a list for a talent call", _lists_for_a_call, _call_list),
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
        referrals.ask(referral, asked.words, _field_of(referral, said, asked.field), list(asked.answers))


def _field_of(referral: Referral, said: Introduction, field: str) -> str:
    """The field of the record that a question about a value of the mail settles: "need.keep:ID", "need:ID.location"."""
    found = _OF_NEED.fullmatch(field)
    if found is None:
        return field
    title = said.needs[int(found[1])].title
    need = next((need for need in referral.needs if recording.same_title(need.title, title)), None)
    column = {"start_date": "start_on"}.get(found[2], found[2])
    return "" if need is None else f"need.keep:{need.id}" if column == "title" else f"need:{need.id}.{column}"


_OF_NEED = re.compile(r"needs\[(\d+)\]\.(\w+)")


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
    others = {"others": in_touch.first_of_all(session, referral)}
    if question:
        outbox.answer_sender(session, case.message, referral, "question", question, others)
    elif not first:
        outbox.answer_sender(session, case.message, referral, "receipt", "", others)
