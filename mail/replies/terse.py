"""Answers of a few words: "accepted", "we can't, no capacity", "talking".

People answer a nudge or an introduction from a phone; the verdict then opens the sentence, behind a name at most.
"""

import re

from mail.prose.layout import segments
from terms.statuses import ReferralStatus

MOST_WORDS = 30
"""A verdict that opens a longer sentence is told, not given."""

_CALL = re.compile(
    r"^\W{0,3}(?:(?:hi|hey|hello|hola|cześć|dear)\s+)?(?:[A-ZÀ-Ż][\w'’-]{1,20}(?:\s(?:and|y|"
    r"i)\s\w{1,20})?\s*[,:–-]\s*)?",
    re.I,
)
_WE = r"(?:(?:we|i)(?:\s(?:will|can|could|do|would|gladly|happily|both|all)|'ll|’ll)?\s+)?"
_KIND_WORD = r"(?:sorry|thanks|thank you|yes|yep|sure|ok|okay|no|sí|tak|nie|lo siento|przepraszam)"
_CANT = r"(?:can'?t|can’t|cannot|couldn'?t|won'?t|won’t|are not able to|aren'?t able to)"
_HOW_MANY = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|some|both|all)"


def _opens(lines: str) -> re.Pattern[str]:
    """A pattern that must open the sentence; one alternative a line, ".." goes on with the line above."""
    joined = "\n".join(line.strip() for line in lines.splitlines() if line.strip()).replace("\n..", "")
    return re.compile(rf"(?i)(?:{_KIND_WORD}\W+(?:but\s+)?)?(?:{joined.replace(chr(10), '|')})(?!\w)")


TABLE: tuple[tuple[ReferralStatus, re.Pattern[str]], ...] = (
    (
        ReferralStatus.DECLINED,
        _opens(rf"""
            declin(?:ed|ing)
            {_WE}(?:decline|pass|must pass|have to (?:pass|say no|decline))
            (?:we|i)\s{_CANT}(?=\W*$|[,;:.–-]|\s(?:take|help|do|serve|fill|staff|place|meet|right now|at the moment|
            ..this))
            (?:{_CANT})\s(?:take|help|do|serve|fill|staff|place|meet)
            (?:we(?:'re|’re| are)\s)?(?:no|not enough|out of|zero|at)\s(?:capacity|room|bandwidth|openings|seats|staff)
            (?:it(?:'s|’s| is)\s)?(?:not|outside|out of)\s(?:in\s)?our\s(?:service\s)?(?:area|region|county|side|
            ..territory)
            (?:too|way too)\sfar\b
            not (?:for us|our (?:thing|trade|field|population|people)|a fit)
            (?:we(?:'re|’re| are)\s)?(?:full|booked|maxed out|swamped)
            no podemos|no tenemos (?:cupo|capacidad|lugar|gente)|sin (?:cupo|capacidad|lugar)
            fuera de nuestra (?:zona|área)
            nie (?:możemy|damy rady|weźmiemy|obsługujemy)|brak (?:miejsc|mocy|ludzi)|odmawiamy|za daleko
        """),
    ),
    (
        ReferralStatus.ACCEPTED,
        _opens(rf"""
            {_WE}accept(?:ed|ing)?
            (?:we|i)(?:'ll|’ll|\s(?:will|can|could|would))\s(?:gladly\s|happily\s)?(?:take|do|fill|send|cover|handle|
            ..place)\s(?:{_HOW_MANY}|it|this|that|them|these|those|
            ..the\s(?:\w+\s){{0,2}}(?:referral|lead|jobs?|order|openings?|positions?|people|work))
            (?:can|will)\s(?:take|do|fill|cover)\s(?:{_HOW_MANY}|it|this|them)
            (?:we(?:'re|’re| are)\s|count us\s)in
            (?:we(?:'re|’re| are)|i(?:'m|’m| am))?\s?on it
            (?:glad|happy|delighted) to (?:help|take|do)
            aceptad[oa]s?|aceptamos|acepto|(?:lo|la|los|las) tomamos|cuenten con nosotros
            przyjęt[eayo]\w*|przyjmujemy|bierzemy|akceptujemy|zgadzamy się|weźmiemy
        """),
    ),
    (
        ReferralStatus.ON_HOLD,
        _opens("""
            (?:put (?:it|this|us) |we(?:'re|’re| are) |it(?:'s|’s| is) )?on hold
            en pausa|en espera
            wstrzyman\\w+|zawieszon\\w+
        """),
    ),
    (
        ReferralStatus.IN_PROGRESS,
        _opens("""
            (?:we(?:'re|’re| are) |still |already )?(?:talking|in touch|in contact|interviewing|meeting)(?: (?:to|with)
            .. \\w+)?
            (?:done |talked |spoke |spoken |handled |settled )?by phone
            (?:we |i )?(?:spoke|talked|met|called)(?: (?:to|with))?
            (?:all )?done
            hablando|en contacto|por teléfono
            rozmawiamy|jesteśmy w kontakcie|telefonicznie
        """),
    ),
    (
        ReferralStatus.ACKNOWLEDGED,
        _opens("""
            (?:i |we )?(?:got|received|have) (?:it|this|your (?:mail|email|e-mail|note|message))
            (?:will|i'll|i’ll|we'll|we’ll|let me) (?:look|check|see|get back|have a look|think)
            recibido|enterad[oa]s?
            otrzymał\\w+|dostał\\w+
        """),
    ),
)
"""Ordered: a refusal outweighs a kind word before it."""


def terse_verdict(text: str) -> tuple[str, int, int] | None:
    """The status and the place of the words that give it, or None. Questions give none."""
    pieces = [piece for piece in segments(text) if piece.text.strip()][:6]
    for status, pattern in TABLE:
        for piece in pieces:
            if piece.text.rstrip().endswith("?") or len(piece.text.split()) > MOST_WORDS:
                continue
            call = _CALL.match(piece.text)
            found = pattern.match(piece.text, call.end() if call else 0) or pattern.match(piece.text.lstrip())
            if found:
                return str(status), piece.start + found.start(), piece.start + found.end()
    return None
