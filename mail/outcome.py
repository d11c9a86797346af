"""What a report says became of a referral: accepted, declined because, on hold until, closed."""

import re
from dataclasses import dataclass, replace
from datetime import date

from mail.dates import find_dates
from mail.directory import Directory
from mail.excerpts import Excerpt
from mail.hires import People, read_people
from mail.layout import segments
from mail.names import NameSpan
from mail.remaining import read_remaining
from mail.values import Fact, Status
from terms.statuses import DeclineReason, Outcome, ReferralStatus

_THIS = (
    r"(?:it|this(?: one)?|that one|these|them|those|the (?:referral|introduction|lead|order|request|job|jobs|"
    r"employer|account)|[A-Z][\w&'’.-]*(?: [A-Z][\w&'’.-]*){0,4}(?: (?:referral|on|lead|order|job|jobs))?)"
)
_CLOSED = re.compile(
    r"(?i:\b(?:(?:(?:i|we) (?:must|have to|need to|will|can|should)|please|you can|you may|can you|go ahead "
    r"and|time to) close (?:it|this|the|out)|clos(?:e|ing|ed) (?:this|the|our|it)(?: (?:one|out|referral|"
    r"order|request|requisition|file))?(?! \w+ (?:deal|sale))|"
    r"(?:has|have|been|is|are|was|were|got|all|both|already) filled|filled (?:both|all|the|every|it|them|"
    r"this|that|our|internally|in-house|from)|position(?:s)? (?:is|are) (?:now )?(?:filled|closed)|no longer "
    r"(?:need|hiring|looking|recruiting|have (?:the|any) opening)|"
    r"went with (?:a|an|another|somebody|someone)|hired through (?:an|another|a)|withdr[ae]w\w* (?:the|our|"
    r"its|their) (?:order|request|job|opening|posting)|cancel(?:l?ed|ling|ing)? (?:the|our|this|its|their) "
    r"(?:order|request|hiring|opening|posting|expansion|search|project)|"
    r"ya (?:cubrimos|cubrieron|llenamos|no (?:necesit|busc)\w+|está[n]? cubiert\w+)|(?:cerramos|cerrar|"
    r"cierren|cerrado) (?:este|esta|el|la)|se cubrieron|puestos? cubiertos?|"
    r"(?:zamykamy|zamknąć|zamykam|można zamknąć)|obsadzon\w+|nieaktualn\w+|już nie (?:szuka|potrzebuj)\w+)\b)"
)
_DECLINED = re.compile(
    r"(?:(?i:\b(?:(?:have|has|had|going|need|want|like) to (?:say no|pass|decline|turn (?:this|it|you) down)|"
    r"must (?:decline|pass|say no)|say(?:ing)? no to|(?:we|i)(?:'ll|’ll| will) (?:have to )?(?:pass|decline|"
    r"sit this one out)|respectfully decline|we decline|declin(?:e|es|ing) (?:the|this|it)|passing on)\b)"
    r"|(?<!they )(?<!he )(?<!who )(?<!it )(?i:\b(?:can(?:'t|’t|not)|are(?:n't|n’t| not) able to|am not able "
    r"to|unable to|will not be able to|won't be able to|won’t be able to|could not|couldn't|couldn’t) (?:\w+ "
    r"){0,4}?(?:take|help|serve|accept|meet|fill|do|support|handle|cover|assist|staff|send|supply|work "
    r"with)\b)"
    r"|(?i:\b(?:not (?:a|the right|our) (?:good |great )?(?:fit|match|lane|field)|isn't (?:something|one) we|"
    r"is not (?:something|one) we|isn't for us|is not for us|not for us|have nobody|have no one (?:for|who)|"
    r"no (?:le |les |lo |la )?podemos|no vamos a poder|no podremos|no nos es posible|tenemos que (?:decir "
    r"que no|declinar|rechazar)|nie (?:możemy|damy rady|jesteśmy w stanie|podejmiemy|przyjmiemy|weźmiemy)|"
    r"musimy odmówić|rezygnujemy)\b))"
)
_ALREADY = re.compile(
    r"(?i:\b(?:already|been) (?:work\w+|in touch|in contact|talking|serv\w+|partner\w+)(?: \w+){0,2} with\b|"
    r"\bnot (?:a )?new (?:lead|employer|contact|to us)\b|\bleave (?:it|this|that) with you\b)"
)
_LACKS = re.compile(
    r"(?:\b(?i:we|i|our \w+)|\b[A-Z][\w&]+) (?i:(?:do|does|did|have|has)(?:n't|n’t| not)) (?i:(?:currently |"
    r"really |ever )?(?:offer\w*|train|teach|taught|have (?:any|anyone|anybody|a|the|enough)|know (?:anyone|"
    r"anybody|who)|do|run|serve|place|cover|work (?:with|in)|had))\b"
    r"|(?i:\b(?:we|i) (?:have|'ve got|’ve got) (?:no|nobody|no one|none|zero)\b|\bnobody (?:here|at|in|on|"
    r"of)\b|\bno (?:tenemos|contamos con|ofrecemos)\b|\bnie (?:mamy|szkolimy|prowadzimy)\b)"
)
_HOLD = re.compile(
    r"(?i)\b(?:(?:on|put (?:\w+ ){0,3}on) hold|hold (?:everyone|everybody|everything|off|all|this|that|the|"
    r"on|them|it)|holding off|paus(?:e|ed|ing)|fr[oe]{1,2}ze?n?(?= |ing)|froze|frozen|hiring freeze|"
    r"postpon\w+|push(?:ed|ing)? (?:\w+ ){0,3}(?:back|out|to)|delay\w*|on ice|wait (?:until|till|with|for)|"
    r"suspend\w*|not (?:\w+ ){0,2}(?:until|before)|table this|"
    r"en pausa|en espera|paus(?:ar|amos|ó|aron)|pospon\w+|pospuso|aplaz\w+|congel\w+|deten\w+|suspend\w+|"
    r"wstrzym\w+|zawies\w+|odłoży\w+|odkłada\w+|przesun\w+|poczeka\w+|for now|pick (?:this|it|things) "
    r"(?:back )?up|at the moment|por ahora|por el momento|na razie|chwilowo)(?!\w)"
)
_ACCEPTED = re.compile(
    r"(?i)\b(?:accepts? (?:the|this|your|it|that)|accept(?:ed|ing) (?:the|this|your) (?:referral|"
    r"introduction|request|lead)|(?:we|i|\w+)(?:'ll|’ll| will| can| would| would love to|'d love to|'d be "
    r"happy to| are happy to| am happy to| can definitely| can certainly)? ?(?:gladly )?take (?:it|this|"
    r"these|them|that|both|all|the (?:referral|lead|job|jobs|order)|on )|"
    r"sure thing|send (?:him|her|them|it|this) (?:my|our) way|sign us up|we(?:'re|’re| are) game|happy to(?: "
    r"(?:help|take|do|work|support|jump in|assist|reach out|connect))?|(?:glad|happy|pleased|delighted|"
    r"excited|thrilled) to (?:help|take|do|work|support|jump|assist|reach|connect|serve|be|talk|meet|place|"
    r"fill|send|try)|count (?:us|me) in|(?:we're|we’re|we are|i'm|i am|i’m) (?:in\b|on it|on this|all over)|"
    r"you can count on us|this is (?:right )?(?:up our alley|our lane|ours|for us)|right up our alley|(?:we|"
    r"i) (?:have|'ve|’ve) (?:already )?(?:reached out|called|been in touch|spoken|scheduled|set up)|consider "
    r"it (?:done|accepted|ours)|"
    r"we(?:'ll|’ll| will) (?:handle|work|run with|own|follow up|be in touch|get (?:started|going|on))|yes,? "
    r"(?:we|i|please|gladly|absolutely|of course|send|put us down)|absolutely|(?:i|we)(?:'m|’m| am| are)? "
    r"(?:am |are )?calling \w+ (?:today|tomorrow|now|this)|"
    r"(?:lo|la|los|las) (?:aceptamos|tomamos|atendemos)|aceptamos|aceptado|con (?:mucho )?gusto|nos "
    r"encargamos|cuent(?:a|e|en) con nosotros|sí,? (?:podemos|claro|con)|claro que sí|de acuerdo|podemos "
    r"(?:atender|ayudar|tomar)|"
    r"przyjmujemy|przyjmuję|bierzemy|chętnie (?:pomożemy|weźmiemy|przyjmiemy|się)|zajmiemy się|zajmę się|"
    r"tak,? (?:weźmiemy|bierzemy|możemy|chętnie))(?!\w)"
)
_SEEN = re.compile(
    r"(?i)\b(?:got it|received|thanks for (?:the|sending|this|thinking)|will (?:review|look (?:at|into)|take "
    r"a look|get back)|let me (?:check|look|see)|looking into|recibido|lo reviso|déjame ver|otrzymał\w+|"
    r"dziękuję za|sprawdzę)(?!\w)"
)
_WORKING = re.compile(
    r"(?i)\b(?:interview\w*|tour\w*|visited|met with|candidates? (?:are|is|were)|sent (?:\w+ ){0,3}(?:people|"
    r"candidates|names|resumes|résumés)|no (?:offers?|decision|hires?) (?:yet|to)|working on|screening|"
    r"waiting (?:on|for|to hear)|entrevist\w+|rozmow\w+|w trakcie)\b"
)
_NEGATED = re.compile(r"(?i)(?:\b(?:not|cannot|never|unable|no|nie)|n['’]t)\b[^.;,]{0,40}$")
_NEVER = re.compile(
    r"(?i)\b(?:20[12]\d|last (?:year|spring|summer|fall|winter|time|month)|before|back (?:in|then)|years? "
    r"ago|el año pasado|w zeszłym roku|kiedyś|once)\b"
)
_IF = re.compile(
    r"(?i)^\W*(?:if|unless|in case|when|could|can|would|will|do|does|did|are|is|may|should|¿|si|cuando|czy|"
    r"jeśli|gdyby)\b"
)

REASONS: tuple[tuple[DeclineReason, re.Pattern[str]], ...] = (
    (
        DeclineReason.ALREADY_IN_TOUCH,
        re.compile(
            r"(?i)\balready (?:work\w*|in (?:touch|contact)|talking|serv\w+|have (?:a|an) (?:relationship|"
            r"account)|placing|partner\w*)|ya (?:trabajamos|estamos en contacto|los atendemos)|już "
            r"(?:współpracuj\w+|mamy kontakt|jesteśmy w kontakcie)"
        ),
    ),
    (
        DeclineReason.AGREEMENT_MISSING,
        re.compile(r"(?i)\b(?:mou|loi|agreement|memorandum|convenio|umow[aęy]|porozumieni\w+)\b"),
    ),
    (
        DeclineReason.APPRENTICESHIP_NOT_FIT,
        re.compile(
            r"(?i)\bapprentic\w+[^.]{0,60}(?:not|isn't|wrong|too)|(?:not|isn't|wrong|"
            r"too)[^.]{0,60}apprentic\w+|aprendi(?:z|ces)\w*"
        ),
    ),
    (
        DeclineReason.EMPLOYER_NOT_READY,
        re.compile(
            r"(?i)\b(?:employer|they|he|she|company|owner|nobody there|no one there) (?:(?:is|are|was|"
            r"were)(?:n't|n’t| not) (?:ready|returning|responding|answering)|(?:never|hasn't|has not|haven't|"
            r"didn't) (?:call|return|answer|respond|repl)\w*)|not returning (?:our )?calls|no contesta\w*|"
            r"nie odpowiada\w*"
        ),
    ),
    (
        DeclineReason.OUTSIDE_AREA,
        re.compile(
            r"(?i)\b(?:too far|far (?:from|away|out)|(?:\w+ )?hours? (?:from|away|each way|by bus|one way)|"
            r"distance|commut\w+|outside (?:of )?(?:our|the|my) (?:area|county|region|service|territory|"
            r"boundar\w+|district|city)|out of (?:our|the) (?:area|county|region|territory)|not in our "
            r"(?:area|county|territory)|only serve[s]? (?:\w+ ){0,3}(?:county|city|residents|side)|no (?:bus|"
            r"transit|train|transportation)|bus (?:line|doesn't|does not|route)|can't get (?:there|out)|"
            r"lejos|fuera de (?:nuestra|la) (?:área|zona|región)|daleko|dojazd\w*|poza (?:naszym|"
            r"obszarem))\b"
        ),
    ),
    (
        DeclineReason.POPULATION_NOT_SERVED,
        re.compile(
            r"(?i)\b(?:(?:don't|don’t|do not|doesn't|can't|cannot|only) (?:serve|work with|enroll|"
            r"take)[^.]{0,60}(?:veterans?|youth|refugees?|adults?|teens?|under|over|age|disabilit\w+|"
            r"seniors?|minors?|returning|people who|women|men)|(?:under|over) (?:16|18|21|24|50|55)\b|our "
            r"(?:program|funding|grant) (?:only|is (?:only )?for)|not (?:a|the) population|solo (?:atendemos|"
            r"servimos) a|tylko (?:osob|senior|młod)\w*)"
        ),
    ),
    (
        DeclineReason.NO_CAPACITY,
        re.compile(
            r"(?i)\b(?:capacity|short[- ]?(?:staffed|handed)|full (?:up|case ?load|right now|until|through)|"
            r"case ?loads?|bandwidth|overloaded|swamped|stretched|out (?:until|on leave|sick|through)|on "
            r"leave|vacation|maternity|too busy|no (?:staff|time)|wait ?list|empty|nobody (?:left|free|"
            r"available)|understaffed|one person down|booked|capacidad|no damos abasto|sin personal|llenos|"
            r"brak (?:mocy|rąk|ludzi|kadry)|urlop\w*|przepełnien\w+|mocy przerobow\w+)\b"
        ),
    ),
    (
        DeclineReason.CANNOT_MEET_OCCUPATION,
        re.compile(
            r"(?i)\b(?:(?:don't|don’t|do not|doesn't|does not|can't|can’t|cannot|never) (?:train|teach|have "
            r"(?:any|a|the)?|offer|do|place|work in|cover|run)|no (?:one|body) (?:\w+ ){0,2}(?:with|who|that|"
            r"certified|licensed)|have (?:no|nobody|no one|zero|none)|not (?:our|a) (?:field|lane|trade|area "
            r"of|specialty|fit)|we only|nothing to do with|no (?:welders|drivers|cooks|nurses|\w+ers)\b|no "
            r"(?:tenemos|contamos|ofrecemos|capacitamos|entrenamos)|ni curso|nie (?:mamy|szkolimy|uczymy|"
            r"prowadzimy))"
        ),
    ),
)
"""Why a referral is declined, first that fits; what fits none is "other"."""


@dataclass(frozen=True, slots=True)
class ReadStatus:
    """A status with its facts; `said` is False where the words report nothing."""

    status: Status
    facts: tuple[Fact, ...] = ()
    people: bool = False

    @property
    def said(self) -> bool:
        return self.status != Status()


@dataclass(frozen=True, slots=True)
class Report:
    """A text that may report, with what is known around it.

    `named` are the names in it, `known` those of quoted lists (first names are resolved among them), `staff` the people
    of the headers, `titles` the quoted needs, `own` the partner who writes; `reply`: only an answer tells of a referral
    as a whole.
    """

    newest: Excerpt
    named: tuple[NameSpan, ...]
    known: tuple[str, ...]
    staff: tuple[str, ...]
    titles: tuple[str, ...]
    language: str
    sent: date
    own: str | None
    reply: bool


def read_status(report: Report, directory: Directory) -> ReadStatus:
    """What the words report of people, openings and the referral."""
    newest, own, sent = report.newest, report.own, report.sent
    people = read_people(newest, report.named, report.known, report.staff, sent, directory, own)
    telling = report.reply or people.any
    left, left_facts = read_remaining(newest, report.titles, report.language) if telling else ([], [])
    found = _referral(newest, people, bool(left), own) if telling else (None, None)
    status = Status(
        referral=found[0],
        interviewed=tuple(people.interviewed),
        hired=tuple(people.hired),
        not_hired=tuple(people.not_hired),
        retained=tuple(people.retained),
        ended=tuple(people.ended),
        openings_left=tuple(left),
    )
    facts = [*people.facts, *left_facts]
    if found[1] is not None:
        start, end = found[1]
        facts.append(newest.fact("status.referral", found[0], start, end, 0.85))
        status = _with_reason(status, newest, start, end, sent)
    if status.hired and not left and status.referral == ReferralStatus.CLOSED:
        status = replace(status, outcome=Outcome.PLACED)
    return ReadStatus(status, tuple(facts), people.any)


def _referral(
    newest: Excerpt, people: People, left: bool, own: str | None
) -> tuple[str | None, tuple[int, int] | None]:
    """The referral's step and the words that say it, the strongest first."""
    if people.hired and left:
        return ReferralStatus.IN_PROGRESS, None
    if people.retained or (people.ended and not people.hired):
        return None, None
    later = [(ReferralStatus.DECLINED, _DECLINED), (ReferralStatus.ON_HOLD, _HOLD)]
    # A partner's "leave it with you or close it" declines; an employer's "can't take anybody for now" holds its order.
    ordered = (
        [*later[:1], (ReferralStatus.CLOSED, _CLOSED), *later[1:]]
        if own
        else [(ReferralStatus.CLOSED, _CLOSED), *reversed(later)]
    )
    for status, pattern in ordered:
        span = None if people.hired and status != ReferralStatus.CLOSED else _first(newest, pattern)
        if span is None and own and status == ReferralStatus.DECLINED:
            span = _first(newest, _ALREADY)
        if span and not (left and status == ReferralStatus.CLOSED):
            return status, span
    if people.interviewed or people.not_hired or people.hired:
        return ReferralStatus.IN_PROGRESS, None
    span = _first(newest, _ACCEPTED)
    if span:
        return ReferralStatus.ACCEPTED, span
    span = _first(newest, _LACKS) if own else None
    if span:
        return ReferralStatus.DECLINED, span
    span = _first(newest, _WORKING)
    if span or left:
        return ReferralStatus.IN_PROGRESS, span
    span = _first(newest, _SEEN)
    return (ReferralStatus.ACKNOWLEDGED, span) if span and len(newest.text) < 400 else (None, None)


def _first(newest: Excerpt, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    """The first sentence that says it, of those that neither ask nor tell an old story."""
    if not pattern.search(newest.text):
        return None
    for segment in segments(newest.text):
        if segment.text.rstrip().endswith("?") or (_IF.match(segment.text) and pattern is not _HOLD):
            continue
        match = pattern.search(segment.text)
        if match and pattern is _ACCEPTED and _NEGATED.search(segment.text[: match.start()]):
            continue
        if match and not _NEVER.search(segment.text[: match.end()]):
            return segment.start + match.start(), segment.start + match.end()
    return None


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
                return code, pieces[number].text.strip()
    return DeclineReason.OTHER, pieces[index].text.strip() if pieces else ""


def _sentence(text: str, place: int) -> str:
    return next((s.text.strip() for s in segments(text) if s.start <= place < s.end), "")


_AGAIN = re.compile(
    r"(?i)\b(?:again|resume\w*|restart\w*|until|after|pick (?:this|it) up|revisit|reopen\w*|back (?:on|to)|"
    r"hasta|reanud\w+|retom\w+|a partir|wznowi\w+|wróc\w+|wracamy|dopiero|do dnia|po)\b"
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
        r"(?i)\b(?:filled|staffing firm|agency|union hall|went with|hired (?:through|from)|internally|"
        r"cubri\w+|obsadz\w+)\b",
        text,
    ):
        return Outcome.FILLED_ELSEWHERE
    if re.search(r"(?i)\b(?:no longer|withdr\w+|cancel\w+|moved|closing|budget|ya no|nie szuka|nieaktualn\w+)\b", text):
        return Outcome.EMPLOYER_WITHDREW
    if re.search(r"(?i)\b(?:no (?:suitable|qualified)|nobody (?:fit|qualified)|couldn't find)\b", text):
        return Outcome.NO_SUITABLE_CANDIDATES
    if re.search(r"(?i)\b(?:no (?:answer|response)|never (?:heard|answered|called)|haven't heard)\b", text):
        return Outcome.NO_RESPONSE
    return Outcome.SERVICE_DELIVERED


SHARED = re.compile(
    r"(?i)\b(?:shared placement|joint placement|share(?:d)? (?:the )?(?:credit|placement)|(?:split|share) "
    r"the credit|credited too|both (?:of (?:us|our)|our|count|get|offices|organi[sz]ations|agencies)|both "
    r"\w+ it|for both of us|credit (?:to|for|goes)|colocación (?:es )?compartida|compartid[ao]|"
    r"wspóln\w+ (?:zatrudnieni\w+|skierowani\w+)|counts? for (?:both|you and)|(?:and|&) \w+ (?:both|each) "
    r"(?:count|get|share)|log the shared)\b"
)
