"""Why an organisation hands an employer on: what it says of itself in the words with which it asks or introduces."""

import re
from dataclasses import dataclass

from mail.prose.layout import segments
from mail.replies.refusals import REASONS
from terms.statuses import DeclineReason

OUTWARD = frozenset(
    {
        DeclineReason.CANNOT_MEET_OCCUPATION,
        DeclineReason.APPRENTICESHIP_NOT_FIT,
        DeclineReason.OUTSIDE_AREA,
        DeclineReason.POPULATION_NOT_SERVED,
        DeclineReason.NO_CAPACITY,
        DeclineReason.AGREEMENT_MISSING,
    }
)
"""Reasons that lie in whoever hands on; that the employer isn't ready is none."""
_LONGEST = 6000
_APPRENTICE = re.compile(r"(?i)apprentic|aprendi[zc]|praktyk|czeladni")
_WRONG = re.compile(
    r"(?i)\b(?:wrong (?:tool|fit|road|way|answer|program\w*)|(?:not|isn['’]t|never) (?:\w+ ){0,3}fit|doesn['’]t fit|"
    r"not (?:a|the) (?:good |best |right )?(?:match|answer|tool|way|road)|won['’]t work|rather than|"
    r"instead of|no es (?:lo mejor|adecuad\w+)|no (?:encaja|conviene)|nie (?:pasuje|nadaje))\b"
)
_OURS = re.compile(
    r"(?i)\b(?:we|us|our|ours|ourselves|i|my|me|myself|nosotros|nuestr\w+|nos|podemos|tenemos|my|nasz\w*|mamy|"
    r"możemy|szkolimy|uczymy)\b"
)
_ABLE = re.compile(
    r"(?i)\b(?:can(?:not|['’]t)|couldn['’]t|unable|not able|don['’]t|do not|doesn['’]t|haven['’]t|have (?:no|nobody|"
    r"no one)|have none|no (?:one|body)|nobody|isn['’]t|aren['’]t|not our|not in our|not something we|outside|beyond|"
    r"too far|never|no longer|full|swamped|no room|no podemos|no tenemos|no ofrecemos|nie (?:mamy|możemy|"
    r"szkolimy|uczymy|prowadzimy)|brak)\b"
)
_ASKS = re.compile(r"(?i)\W*(?:can|could|would|do|does|don|is|are|will|won|who|which|how|why|puede|quién|czy|kto)\b")
_PLACE = re.compile(
    r"(?i)\b(?:can(?:not|['’]t)|couldn['’]t|unable to|not able to|don['’]t|do not|no podemos|"
    r"nie możemy) (?:\w+ ){0,2}"
    r"(?:fill|place|meet|help|serve|staff|supply|send|find|match|provide|handle|take|do|llenar|cubrir|colocar|ayudar|"
    r"pomóc|obsadzić|znaleźć)\b"
)


@dataclass(frozen=True, slots=True)
class HandingOn:
    """The reason's code, the sentence that gives it, and where that begins in the text."""

    reason: str
    words: str
    start: int


def why(text: str) -> HandingOn | None:
    """Why the writer doesn't serve this employer, None where the text doesn't say so.

    `text` is what the sender wrote above a forward. A sentence counts where the writer speaks of itself and of what it
    can't do, or where it speaks of apprenticeships and of a wrong fit; a question doesn't.
    """
    pieces = segments(text[:_LONGEST])
    about_apprentices = bool(_APPRENTICE.search(text[:_LONGEST]))
    for piece in pieces:
        if piece.text.rstrip().endswith("?") and _ASKS.match(piece.text):
            continue
        if about_apprentices and _WRONG.search(piece.text):
            return HandingOn(DeclineReason.APPRENTICESHIP_NOT_FIT, piece.text.strip(), piece.start)
        code = _own_reason(piece.text)
        if code:
            return HandingOn(code, piece.text.strip(), piece.start)
    return None


def _own_reason(sentence: str) -> str:
    if not (_OURS.search(sentence) and _ABLE.search(sentence)):
        return ""
    found = next((code for code, pattern in REASONS if code in OUTWARD and pattern.search(sentence)), "")
    return found or (DeclineReason.CANNOT_MEET_OCCUPATION if _PLACE.search(sentence) else "")
