"""Needs that are told and not asked for: people who left and nobody follows, a shift that has none of a trade.

General reason: an employer in want tells what is wrong. A loss alone is news; a loss that stands is an opening.
"""

import re
from dataclasses import replace

from mail.prose.numbers import Count, find_counts
from mail.prose.titles import Mention

_REACH = 120
"""Characters before and behind a title in which the words stand that tell of it."""
_MAY_TELL = re.compile(
    r"(?i)\b(?:no|lost|los(?:es|ing)|nobody|none|without|replac\w+|if|empty|vacant|idle|unfilled|open|"
    r"never|not|hasn|haven|can|down)\b"
)
_GOES = re.compile(
    r"(?i)^,?(?: (?:who|that|of (?:his|hers|theirs|ours)))?(?: \w+){0,3}? (?:retired?|retires|retiring|quit|quits|left|"
    r"leaves?|leaving|walked (?:out|off)|gave notice|resigned|moved (?:away|on)|went back|gone|died|passed away|out "
    r"(?:sick|on leave|since))\b"
)
_LOSES = re.compile(
    r"(?i)\b(?:lost|loses?|losing|said goodbye to) (?:(?:\w+|a dozen|a couple of) )?(?:of )?"
    r"(?:(?:our|their|his|her|its|the|my) )?(?:\w+ )?$"
)
_STANDS = re.compile(
    r"(?i)\b(?:(?:nobody|no[ -]one|none) (?:\w+ )?(?:follows?|followed|replaces?|replaced|behind|in line|"
    r"lined up|coming|"
    r"comes|steps?|stepped|taken|took|takes|fills?|filled|to (?:follow|replace|take|fill|cover|do|run|"
    r"drive|open|close))|"
    r"(?:has|have|had|was|were)(?:n['’]t| not| never)(?: yet| been| ever){0,2} (?:replaced|filled|able to (?:replace|"
    r"fill|find))|never (?:been )?(?:replaced|filled)|no (?:replacements?|successors?)|"
    r"(?:desk|chair|seat|spot|position|post|station|truck|route|job|slot|place|bench|machine|stool|office)s? (?:\w+ )?"
    r"(?:has|have|is|are|stands?|sits?|stays?|stood|sat)(?: been| still| now| both| all){0,2} (?:empty|"
    r"vacant|open|idle|"
    r"unfilled|parked)|"
    r"(?:can['’]?t|cannot|couldn['’]t|unable to|struggling to) (?:seem to )?(?:replace|fill|find (?:anyone|anybody|"
    r"another|others|new))|\w+ing (?:\w+ ){0,2}?(?:herself|himself|themselves|myself|ourselves|doubles?|overtime)|"
    r"without (?:a )?(?:replacement|successor)s?)\b"
)
_AMONG = re.compile(r"(?i)^ of (?:our|their|his|her|its|the|my|those|these) (?:\w+ ){0,2}$")
_IF_YOU = re.compile(
    r"(?i)\bif (?:you|any(?:one|body)|some(?:one|body)|one of you)(?:['’]ve| have| has| had| knows?|"
    r" could (?:find|send|"
    r"spare)| can (?:find|send|spare)| found| find| got){1,2} (?:(?:got|of) )?(?:\w+ ){0,3}$"
)
_THEN = re.compile(
    r"(?i)^[^.;:]{0,40}, (?:then )?(?:\w+ ){1,3}?(?:would|will|could|can) (?:\w+ )?(?:start|hire|take|use|bring|put|"
    r"interview|keep|employ)\b|"
    r"^[^.;:]{0,40}, (?:then )?\w+['’](?:d|ll) (?:\w+ )?(?:start|hire|take|use|bring|put|interview|keep|employ)\b"
)
_DOWN_TO = re.compile(r"(?i)\bdown to (?:only |just |their last |the last |our last )?$")
_WANTED_ONCE = re.compile(
    r"(?i)\b(?:wanted|asked (?:for|about)|(?:was|were) (?:looking|asking) for|(?:was|were) going to (?:hire|take)|"
    r"thought (?:\w+ ){1,3}(?:needed|wanted)|hoped for|talked about)(?: \w+){0,3} $"
)
_REALLY = re.compile(
    r"(?i)^[^.;:]{0,30}?(?:,|;| -| –| —)? (?:but|only|now|then|until)\b[^.;]{0,30}?\b(?:really|actually|instead|in "
    r"fact|what|now)\b[^.;]{0,24}?\b(?:needs?|wants?|is|are|lacks?|after) "
    r"(?!them|it|him|her|that|those|to|by|for|on|at|in)"
)
_HAS_NO = re.compile(
    r"(?i)(?P<who>\b[\w'’]+) (?:\w+ )?(?:has|have|had|are|is|with) (?:currently |still )?no (?:\w+ ){0,2}$"
)
_FOR_WORK = re.compile(
    r"(?i)^(?: (?:at all|left|yet))?(?: for (?:the|this|its|their|his|her)(?: \w+){0,2} (?:shifts?|season|"
    r"summer|winter|"
    r"spring|fall|school year|year|routes?|line|kitchen|floor|desk|night|nights|mornings?|weekends?|wing|unit|crew|"
    r"truck|trucks|pool|pools|beach|job|contract)| this (?:summer|season|winter|spring|fall|year))\b"
)
_NO_WORK = re.compile(r"(?i)\b(?:clos(?:ed|es)|among|books|because|no longer|don['’]t need|not needed|need no)\b")


def told(masked: str, mention: Mention, after: str) -> Mention | None:
    """The title with its number, where the sentence tells that such people are missing; None where it does not.

    `after` is the sentence that follows: "Two of our drivers retired. Nobody follows them."
    """
    behind = masked[mention.end : mention.end + _REACH]
    before = masked[max(0, mention.start - _REACH) : mention.start]
    lacking = _difference(masked, mention)
    if lacking is not None:
        return replace(mention, count=lacking)
    if not (_MAY_TELL.search(behind) or _MAY_TELL.search(before) or _MAY_TELL.search(after[:_REACH])):
        return None
    mention = _without_rank(_with_count(masked, mention))
    at = mention.start if mention.count is None else min(mention.start, mention.count.start)
    lost = _GOES.match(behind) or _LOSES.search(masked[max(0, at - _REACH) : at])
    if lost and _STANDS.search(f"{behind} {after[:_REACH]}"):
        return mention
    if mention.count is not None and _DOWN_TO.search(masked[max(0, at - _REACH) : at]):
        return replace(mention, count=None, vague=True)
    if _IF_YOU.search(before) and _THEN.match(behind):
        return mention
    return mention if mention.determiner == "no" and _has_none(before, behind) else None


_HELD = re.compile(r"(?i)\b(?:has|have|had|with|got|down to|runs?|on) (?:only |just |about )?$")
_DUE_BEHIND = re.compile(
    r"(?i)^[^.;]{0,30}?\b(?:should (?:be|have)|supposed to (?:be|have)|used to (?:be|have)|it takes|takes|out of|"
    r"instead of|needs?|normally|usually)(?: (?:\w+ )?(?:be|have|has|at least|about))? $"
)
_DUE = re.compile(r"(?i)\b(?:takes|needs?|should (?:have|be)|supposed to (?:have|be)|calls for) (?:at least |about )?$")
_HELD_BEHIND = re.compile(
    r"(?i)^[^.;]{0,40}?,? (?:and|but|while|;) (?:\w+ ){0,2}?(?:has|have|got|are) (?:only |just |at )?$"
)
_NO_MORE_NUMBER = re.compile(r"(?i)^ ?(?:\.|,|;|$|now|left|of them|today)")


def _difference(masked: str, mention: Mention) -> Count | None:
    """ "six sewers where there should be ten", "it takes ten sewers and they have six": four are lacking."""
    count = mention.count
    if count is None or count.article or not count.value or count.start > mention.start:
        return None
    before = masked[max(0, count.start - 40) : count.start]
    held, due = _HELD.search(before), _DUE.search(before)
    if not (held or due):
        return None
    for other in find_counts(masked):
        if other.start < mention.end or not other.value or other.article or other.start > mention.end + 80:
            continue
        between = masked[mention.end : other.start]
        lacking = other.value - count.value if held else count.value - other.value
        said = (_DUE_BEHIND if held else _HELD_BEHIND).match(between) and _NO_MORE_NUMBER.match(masked[other.end :])
        return replace(count, value=lacking) if said and lacking > 0 else None
    return None


def _with_count(masked: str, mention: Mention) -> Mention:
    """ "two of our drivers" are two, where it is told that they are missing."""
    counts = [count for count in find_counts(masked) if count.end <= mention.start] if mention.count is None else []
    if counts and _AMONG.match(masked[counts[-1].end : mention.start][:60]):
        return replace(mention, count=counts[-1])
    return mention


def _without_rank(mention: Mention) -> Mention:
    """ "their last dispatcher" is a dispatcher."""
    first, _, rest = mention.title.partition(" ")
    if not rest or first not in ("last", "only", "longtime", "long-time", "best", "remaining"):
        return mention
    return replace(mention, start=mention.start + len(first) + 1, title=rest)


def _has_none(before: str, behind: str) -> bool:
    """ "The pool has no lifeguards this summer", but not "We have no guards", as a partner answers."""
    has = _HAS_NO.search(before)
    ours = has is not None and has["who"].lower() in ("we", "i", "you", "currently")
    return has is not None and not ours and bool(_FOR_WORK.match(behind)) and not _NO_WORK.search(behind)


_GOES_ABROAD = re.compile(
    r"(?i)\b(?:se (?:(?:le|les|nos|me) )?(?:fueron|fue|jubilaron|jubiló|van|va)|renunci(?:ó|aron)|"
    r"perd(?:ió|ieron|imos)|"
    r"odesz(?:li|ło|ła|edł)|odeszł[ao]|odchodz[ią]\w*|zwolni(?:li|ło|ł|ła) się)\b"
)
_STANDS_ABROAD = re.compile(
    r"(?i)\b(?:no (?:tienen?|hay|tenemos|encuentran?|encontr\w+) (?:a )?(?:quién|quien|nadie|reemplazo)|"
    r"nadie (?:los|las|"
    r"lo|la) (?:reemplaza|cubre|sustituye)\w*|sin reemplazo|nie ma (?:ich |go |jej )?(?:kto|kim|nikogo)|nie mają "
    r"(?:ich |nikogo )?(?:kim|kogo|na)|nikt (?:ich|go|jej) nie)\b"
)


def told_abroad(masked: str, mention: Mention, after: str) -> bool:
    """The same in Spanish and Polish: they left, and there is nobody to follow."""
    around = masked[max(0, mention.start - _REACH) : mention.end + _REACH]
    return bool(_GOES_ABROAD.search(around) and _STANDS_ABROAD.search(f"{around} {after[:_REACH]}"))


def is_given_up(masked: str, mention: Mention) -> bool:
    """ "wanted apprentices, but what she really needs is ...": what was wanted before the words of the real want."""
    before = masked[max(0, mention.start - _REACH) : mention.start]
    return bool(_WANTED_ONCE.search(before) and _REALLY.match(masked[mention.end : mention.end + _REACH]))


_ALL_OVER = re.compile(
    r"(?i)\b(?:state[- ]?wide|nation[- ]?wide|country[- ]?wide|nationally|region[- ]?wide|"
    r"across the (?:state|nation|country|"
    r"industry|region)|since the pandemic|(?:study|report|survey|bureau|economists?) (?:says?|finds?|found|shows?|"
    r"expects?|predicts?|estimates?))\b"
)
_AT_LARGE = re.compile(r"(?i)\bthe (?:state|nation|country|industry|region|county|trade|sector)(?: as a whole)? ")


def is_statistic(masked: str, mention: Mention) -> bool:
    """Whether the number is one of a state or a trade rather than of an employer."""
    if _ALL_OVER.search(masked, max(0, mention.start - _REACH), mention.end + _REACH):
        return True
    many = mention.count is not None and (mention.count.value or 0) >= 100
    return many and bool(_AT_LARGE.search(masked[max(0, mention.start - _REACH) : mention.start]))
