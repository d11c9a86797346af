"""What a list says of consent: for each person a signed release, a spoken word, or that there is none yet.

Only the words of whoever sends the list count; what nothing is said of stays unsaid.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from mail.parties.rosters import Row
from mail.prose import names
from mail.prose.layout import segments
from mail.values import Candidate
from terms.statuses import ConsentState

_TOPIC = re.compile(
    r"(?i)\b(?:releases?|consent(?:s|ed|ing)?|roi|rois|permissions?|waivers?|(?:agree[ds]?|ok|okay|fine|willing|happy|"
    r"allow(?:s|ed)?) (?:\w+ ){0,4}(?:shar\w+|named?|names|pass\w*|contact\w*)|consentimientos?|consint\w+|"
    r"autoriza\w*|zgod\w+|zgadza\w*)(?!\w)"
)
_SIGNED = re.compile(
    r"(?i)\b(?:signed|signatures?|on file|written|in writing|firm(?:ó|ad\w+|aron)|por escrito|podpis\w+)(?!\w)"
)
_NOT = re.compile(
    r"(?i)\b(?:no|not|none|without|never|cannot|unsigned|pending|missing|awaiting|waiting|still (?:need|to)|yet to|"
    r"refus\w+|withh\w+|withdr\w+|revok\w+|sin|todavía no|aún no|falta\w*|nie|bez|brak\w*)(?!\w)|n['’]t(?!\w)"
)
_EXCEPT = re.compile(
    r"(?i)\b(?:except(?:ing)?|apart from|other than|but not|all but|salvo|excepto|menos|oprócz|poza)(?!\w)"
)
_YES = re.compile(r"(?i)^(?:y|yes|x|ok|okay|true|given|done|have|sí|si|tak|✓|✔|☑|1)\b|^[✓✔☑]")
_NO = re.compile(r"(?i)^(?:n|no|none|not|false|pending|missing|nie|0|-|–|—)(?!\w)")


def said_in(words: str) -> str:
    """The consent that a sentence speaks of ("none", "verbal", "signed"), "" where it speaks of none."""
    if not _TOPIC.search(words) and not re.search(r"(?i)\b(?:verbal(?:ly)? (?:ok|okay|yes)|signed form)(?!\w)", words):
        return ""
    if _NOT.search(words):
        return str(ConsentState.NONE)
    return str(ConsentState.SIGNED if _SIGNED.search(words) else ConsentState.VERBAL)


def without(words: str) -> str:
    """The words less the clauses that speak of consent: "not yet" there tells of a release, not of the person."""
    return " ".join(clause for clause in re.split(r"[,;|()\n]", words) if not _TOPIC.search(clause))


def said_in_row(row: Row) -> str:
    """What the cell under "Consent" or "Release" says; a bare yes is a signature only under a heading that says so."""
    for key, state in (("release", ConsentState.SIGNED), ("consent", ConsentState.VERBAL)):
        cell = row.cells.get(key, "").strip()
        if not cell:
            continue
        if _NO.match(cell) or _NOT.search(cell):
            return str(ConsentState.NONE)
        if _SIGNED.search(cell):
            return str(ConsentState.SIGNED)
        if re.match(r"(?i)verbal|oral|spoken|ustn|de palabra", cell):
            return str(ConsentState.VERBAL)
        return str(state) if _YES.match(cell) else said_in(cell)
    return ""


def with_consent(candidates: Sequence[Candidate], texts: Sequence[str]) -> tuple[Candidate, ...]:
    """The candidates with what sentences say of those they name ("Ana has signed"), or of all ("all have signed").

    What a person's own line or row said stands.
    """
    known = {person.name: person.consent or "" for person in candidates}
    for text in texts:
        for segment in segments(text):
            state = said_in(segment.text)
            if state:
                _apply(segment.text, state, known)
    return tuple(replace(person, consent=known[person.name] or None) for person in candidates)


def _apply(sentence: str, state: str, known: dict[str, str]) -> None:
    rule, *exceptions = _EXCEPT.split(sentence, maxsplit=1)
    left_out = [name for name in known if exceptions and _named(name, exceptions[0])]
    named = [name for name in known if _named(name, rule)]
    state = said_in(rule) or state if exceptions else state
    for name in named or [name for name in known if name not in left_out]:
        known[name] = known[name] or state
    for name in left_out:
        known[name] = str(ConsentState.NONE) if state != ConsentState.NONE else known[name]


def _named(name: str, words: str) -> bool:
    """Whether a sentence names this person: the whole name, or a word of it that is long enough."""
    said = set(re.findall(r"\w+", names.fold(words)))
    return any(token in said for token in names.tokens(name) if len(token) > 2)
