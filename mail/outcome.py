"""What a report says became of a referral: accepted, declined because, on hold until, closed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mail.directory import Directory
from mail.excerpts import Excerpt
from mail.jobs.drafts import content_words
from mail.prose.dates import find_dates
from mail.prose.layout import one_line, segments
from mail.replies.hires import People, read_people
from mail.replies.reasons import tidy
from mail.replies.refusals import REASONS
from mail.replies.remaining import read_remaining
from mail.replies.report import Report
from mail.replies.sense import sensed
from mail.replies.terse import terse_verdict
from mail.replies.verdicts import (
    ACCEPTED,
    ACKNOWLEDGED,
    ALREADY,
    APOLOGY,
    CLOSED,
    DECLINED,
    IN_PROGRESS,
    LACKS,
    ON_HOLD,
    UNDECIDED,
)
from mail.values import Fact, Status
from terms.statuses import DeclineReason, Outcome, ReferralStatus

_NEGATED = re.compile(r"(?i)(?:\b(?:not|cannot|never|unable|no|nie)|n['’]t)\b[^.;,]{0,40}$")
_NEVER = re.compile(
    r"(?i)\b(?:20[12]\d|last (?:year|spring|summer|fall|winter|time|month)|back (?:in|then)|years? "
    r"ago|el año pasado|w zeszłym roku|kiedyś|once)\b"
)
_IF = re.compile(
    r"(?i)^\W*(?!(?:will|can) do\b)(?:if|unless|in case|when|could|can|would|will|do|does|did|are|is|may|should|¿|si|"
    r"cuando|czy|jeśli|gdyby)\b"
)


@dataclass(frozen=True, slots=True)
class ReadStatus:
    """A status with its facts; `said` is False where the words report nothing."""

    status: Status
    facts: tuple[Fact, ...] = ()
    people: bool = False

    @property
    def said(self) -> bool:
        return self.status != Status()


def read_status(report: Report, directory: Directory) -> ReadStatus:
    """What the words report of people, openings and the referral."""
    newest, own, sent = report.newest, report.own, report.sent
    people = read_people(report, directory)
    telling = report.reply or people.any
    left, left_facts = read_remaining(newest, report.titles, report.language) if telling else ([], [])
    found = _referral(newest, people, bool(left), own, report.titles) if telling else (None, None)
    heard = (
        sensed(newest.text[: newest.signed or None], partner=own is not None)
        if _unread(report, people, found)
        else None
    )
    if heard:
        found = heard.step, (heard.start, heard.end)
    status = Status(
        referral=found[0],
        interviewed=tuple(people.interviewed),
        hired=tuple(people.hired),
        not_hired=tuple(people.not_hired),
        retained=tuple(people.retained),
        ended=tuple(people.ended),
        openings_left=tuple(left),
        guessed=heard is not None,
    )
    facts = [*people.facts, *left_facts]
    if found[1] is not None:
        start, end = found[1]
        facts.append(
            newest.fact("status.referral", found[0], start, end, round(heard.probability * 0.8, 2) if heard else 0.85)
        )
        status = _with_reason(status, newest, start, end, sent)
    if status.hired and not left and status.referral == ReferralStatus.CLOSED:
        status = replace(status, outcome=Outcome.PLACED)
    return ReadStatus(status, tuple(facts), people.any)


def _unread(report: Report, people: People, found: tuple[str | None, tuple[int, int] | None]) -> bool:
    """Whether no rule understood an answer that tells of nobody."""
    return report.reply and not people.any and found[0] is None


def _referral(
    newest: Excerpt, people: People, left: bool, own: str | None, titles: Sequence[str]
) -> tuple[str | None, tuple[int, int] | None]:
    """The referral's step and the words that say it, the strongest first."""
    if (people.hired or people.ended) and left:
        return ReferralStatus.IN_PROGRESS, None
    if people.retained:
        return None, None
    if people.ended and not people.hired:
        return ReferralStatus.IN_PROGRESS, None
    later = [(ReferralStatus.DECLINED, DECLINED), (ReferralStatus.ON_HOLD, ON_HOLD)]
    # A partner's "leave it with you or close it" declines; an employer's "can't take anybody for now" holds its order.
    ordered = (
        [*later[:1], (ReferralStatus.CLOSED, CLOSED), *later[1:]]
        if own
        else [(ReferralStatus.CLOSED, CLOSED), *reversed(later)]
    )
    if people.any:
        ordered = [step for step in ordered if step[0] != ReferralStatus.DECLINED]
    for status, pattern in ordered:
        span = None if people.hired and status != ReferralStatus.CLOSED else _first(newest, pattern)
        if span is None and own and status == ReferralStatus.DECLINED:
            span = _first(newest, ALREADY)
        some = _partly(newest, titles, span) if span and own and status == ReferralStatus.DECLINED else None
        if some:
            return ReferralStatus.ACCEPTED, some
        weak = span and own and _FOR_NOW.fullmatch(one_line(newest.text[span[0] : span[1]]))
        if weak and (lacks := _first(newest, LACKS)):
            return ReferralStatus.DECLINED, lacks
        if span and not (left and status == ReferralStatus.CLOSED):
            return status, span
    if people.interviewed or people.not_hired or people.hired:
        return ReferralStatus.IN_PROGRESS, None
    undecided = _first(newest, UNDECIDED)
    if undecided and not (own is None or left):
        return ReferralStatus.ACKNOWLEDGED, undecided
    span = _first(newest, ACCEPTED)
    if span:
        return ReferralStatus.ACCEPTED, span
    if own and _would(newest):
        return ReferralStatus.ACKNOWLEDGED, _would(newest)
    span = _first(newest, LACKS) if own else None
    if span:
        return ReferralStatus.DECLINED, span
    span = _first(newest, IN_PROGRESS)
    if span or left:
        return ReferralStatus.IN_PROGRESS, span
    span = _first(newest, ACKNOWLEDGED)
    if span and len(newest.text) < 400:
        return ReferralStatus.ACKNOWLEDGED, span
    terse = terse_verdict(newest.text)
    if terse:
        return terse[0], terse[1:]
    span = _first(newest, APOLOGY) if own and titles and len(newest.text) < 500 else None
    return (ReferralStatus.DECLINED, span) if span else (None, None)


def _partly(newest: Excerpt, titles: Sequence[str], declined: tuple[int, int]) -> tuple[int, int] | None:
    """The words that take some of the needs where others are refused: "we can do the cooks; drivers we cannot"."""
    accepted = _first(newest, ACCEPTED) if len(titles) > 1 else None
    if accepted is None:
        return None
    refused, taken = _titles_beside(newest, titles, declined), _titles_beside(newest, titles, accepted)
    apart = refused and len(refused) < len(titles) and refused.isdisjoint(taken)
    return accepted if apart else None


def _titles_beside(newest: Excerpt, titles: Sequence[str], span: tuple[int, int]) -> set[str]:
    """The titles of which a word stands in the clause around a place."""
    text = one_line(newest.text)
    start = max((cut.end() for cut in _CLAUSE.finditer(text, 0, span[0])), default=0)
    following = _CLAUSE.search(text, span[1])
    words = content_words(text[start : following.start() if following else len(text)])
    return {title for title in titles if content_words(title) & words}


_CLAUSE = re.compile(r"[.;:!?–—] |,? (?:but|though|while|pero|aunque|ale|natomiast) |, (?=(?:the|not|no|los|las)\b)")


def _first(newest: Excerpt, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    """The first sentence that says it, of those that neither ask nor tell an old story."""
    if not pattern.search(one_line(newest.text)):
        return None
    for segment in segments(newest.text):
        if _asks(segment.text) or (_IF.match(segment.text) and pattern is not ON_HOLD):
            continue
        arranging = pattern is not IN_PROGRESS and _arranges(segment.text)
        for match in pattern.finditer(segment.text):
            before = segment.text[: match.start()]
            if pattern is ACCEPTED and (_NEGATED.search(before) or _OF_OTHERS.search(before)):
                continue
            if _NEVER.search(segment.text[: match.end()]) or (arranging and not _REACHES_OUT.search(match[0])):
                continue
            return segment.start + match.start(), segment.start + match.end()
    return None


def _arranges(sentence: str) -> bool:
    """What one says of a meeting's time or room says nothing of a referral, unless it is a call to the employer."""
    return _ARRANGES.search(sentence) is not None and not _ABOUT_WORK.search(sentence)


_ARRANGES = re.compile(
    r"(?i)\b(?:\d{1,2}(?::\d\d)? ?[ap]\.?m|o['’]clock|meetings?|lunch|coffee|breakfast|dinner|zoom|webinar|workshop|"
    r"agenda|attachment|link|projector|room|lobby|(?:the|a|our|your|this) call|(?:mon|tues|wednes|thurs|fri)day at|"
    r"reunión|spotkani\w+)\b"
)
_ABOUT_WORK = re.compile(
    r"(?i)\b(?:jobs?|openings?|positions?|hir(?:e|es|ed|ing)|referrals?|candidates?|people|clients?|introductions?|"
    r"employer|participants?|referred|trabajo|vacantes?|personas|pracy|ludzi|osoby)\b"
)
_REACHES_OUT = re.compile(
    r"(?i)call|contact|phone|ring|visit|reach|spoke|talk|mail|appointment|tour|message|accept|decline|llam|dzwon"
)

_FOR_NOW = re.compile(r"(?i)for now|at the moment|por ahora|por el momento|na razie|chwilowo")
"""With these alone a partner that says what it has not declines."""


def _would(newest: Excerpt) -> tuple[int, int] | None:
    """Where the words would take it on a condition: "if he drops that rule we might take it"."""
    for segment in segments(newest.text):
        match = ACCEPTED.search(segment.text)
        if match and _ON_CONDITION.search(segment.text) and not _asks(segment.text):
            return segment.start + match.start(), segment.start + match.end()
    return None


_ON_CONDITION = re.compile(
    r"(?i)\b(?:if|unless|provided|as long as|might|maybe|perhaps|could|would|si|siempre que|quizás|tal vez|jeśli|"
    r"gdyby|może|pod warunkiem)\b"
)


def _asks(sentence: str) -> bool:
    """Whether a sentence is a question; a tag does not make it one: "let's wait until June, ok?"."""
    said = sentence.rstrip()
    return said.endswith("?") and not _TAG.search(said)


_TAG = re.compile(
    r"(?i)[,;.] ?(?:¿ ?)?(?:sí|no|ok|okay|right|alright|verdad|vale|de acuerdo|te parece|le parece|dobrze|tak|yes|"
    r"deal|fair|fair enough|sound good|sounds good|hm+)\?$"
)
_OF_OTHERS = re.compile(
    r"(?i)\b(?:you|they|he|she|who|anyone|anybody|someone|somebody)(?:['’](?:ll|d|re))?(?: (?:can|could|will|"
    r"would|might|to))? $"
)


def _with_reason(status: Status, newest: Excerpt, start: int, end: int, sent: date) -> Status:
    if status.referral == ReferralStatus.DECLINED:
        code, words = decline_reason(newest.text, start)
        return replace(status, reason=code, reason_words=words)
    if status.referral == ReferralStatus.ON_HOLD:
        return replace(status, resume_date=_resume(newest, start, sent), reason_words=_sentence(newest.text, start))
    if status.referral == ReferralStatus.CLOSED and not status.hired:
        return replace(status, outcome=_outcome(newest.text), reason_words=_sentence(newest.text, start))
    return status


def decline_reason(text: str, place: int) -> tuple[str, str]:
    """The code and the sentence that gives the reason: the declining one, those behind it, then those before it."""
    pieces = segments(text)
    index = next((i for i, s in enumerate(pieces) if s.start <= place < s.end), 0)
    for number in [index, *range(index + 1, min(index + 4, len(pieces))), *range(index - 1, max(-1, index - 3), -1)]:
        for code, pattern in REASONS:
            if pattern.search(pieces[number].text):
                return code, tidy(pieces[number].text)
    told = next((piece for piece in pieces if _APPRENTICES.search(piece.text)), None)
    if told is not None:
        return DeclineReason.APPRENTICESHIP_NOT_FIT, tidy(told.text)
    return DeclineReason.OTHER, tidy(pieces[index].text) if pieces else ""


def _sentence(text: str, place: int) -> str:
    return next((tidy(s.text) for s in segments(text) if s.start <= place < s.end), "")


_APPRENTICES = re.compile(r"(?i)\b(?:apprentic|aprendi[zc]|czeladni|praktykant)")
_AGAIN = re.compile(
    r"(?i)\b(?:again|resume\w*|restart\w*|until|after|pick (?:this|it) up|revisit|reopen\w*|back (?:on|to)|"
    r"hasta|volvemos|reanud\w+|retom\w+|a partir|wznowi\w+|wróc\w+|wracamy|dopiero|do dnia|po)\b"
)


def _resume(newest: Excerpt, start: int, sent: date) -> str | None:
    """The date on which it goes on: named in the holding sentence or later, beside "until", "again", "resume"."""
    for segment in segments(newest.text):
        if segment.end <= start or not _AGAIN.search(segment.text):
            continue
        dates = [found.date for found in find_dates(segment.text, sent) if found.date > sent]
        if dates:
            return dates[0].isoformat()
    return None


def _outcome(text: str) -> str:
    if re.search(
        r"(?i)\b(?:fill(?:ed|ing)|staffing firm|agency|union hall|went with|hired (?:through|from)|internally|"
        r"cubri\w+|obsadz\w+)\b",
        text,
    ):
        return Outcome.FILLED_ELSEWHERE
    if re.search(
        r"(?i)\b(?:no longer|withdr\w+|cancel\w+|moved|closing|budget|off the table|plans (?:have )?changed|"
        r"going ahead|being built|fell through|scrapped|called off|ya no|nie szuka|nieaktualn\w+)\b",
        text,
    ):
        return Outcome.EMPLOYER_WITHDREW
    if re.search(r"(?i)\b(?:no (?:suitable|qualified)|nobody (?:fit|qualified)|couldn't find)\b", text):
        return Outcome.NO_SUITABLE_CANDIDATES
    if re.search(r"(?i)\b(?:no (?:answer|response)|never (?:heard|answered|called)|haven't heard)\b", text):
        return Outcome.NO_RESPONSE
    return Outcome.SERVICE_DELIVERED
