"""What a partner answers to "is what the directory says of you still right?": that it is, or which lines are other."""

import re
from dataclasses import dataclass

from mail.prose.layout import segments
from mail.replies.verdicts import any_of

LONGEST = 4000  # characters that are read
_IDLE_WORDS = 3  # a line of so few words without a number, with no verb of change, is a greeting or a name

_RIGHT = any_of(r"""
    yes|yep|yeah|yup|correct|confirmed|i confirm|we confirm|unchanged|as is
    (?:it|that|this|everything|all|all of it|the page|our page|what it says)(?:'s|’s| is| are| looks?)? (?:all )?
    ..(?:still )?(?:right|correct|fine|good|accurate|up to date|current|the same|ok|okay)
    still (?:right|correct|accurate|true|valid|current|good|up to date|the same|stands?|holds?)
    (?:all|looks|everything) (?:good|right|correct|fine|set|up to date|unchanged)
    no changes?(?: from (?:us|our side|our end|me))?
    nothing (?:has |is )?(?:changed|changes|new)|nothing to (?:change|add)
    sí|correcto|todo (?:está |sigue )?(?:bien|correcto|igual|al día)|sin cambios|sigue (?:igual|vigente|correcto)
    tak|zgadza się|wszystko (?:się zgadza|aktualne|w porządku|bez zmian)|bez zmian|aktualne|potwierdzam(?:y)?
""")  # fmt: skip
_BUT = any_of(r"""
    but|except|apart from|other than|however|although|only|no longer|not (?:quite|all|right|correct|any ?more)
    isn(?:'t|’t)|aren(?:'t|’t)|wrong|outdated|out of date|old|instead|pero|excepto|salvo|ya no|menos
    ale|oprócz|poza|już nie|z wyjątkiem|nieaktualn\w+
""")
_NO = re.compile(r"(?i)(?:no|nope|not|nie)\b(?! changes?\b)")
_CLOSED = any_of(r"""
    clos(?:ed|ing|es)|discontinu\w+|cancell?ed|paused|suspended|shut(?:ting)? down|phas(?:ed|ing) out|dropped
    retired|wound down|has ended|(?:have|we) ended|stopp(?:ed|ing) (?:the|our|offering|running|teaching|taking)
    (?:no longer|don(?:'t|’t)|do not|not) (?:run|running|offer\w*|teach\w*|provid\w+|hold\w*|have)
    (?:isn(?:'t|’t)|is not|aren(?:'t|’t)|not) (?:running|offered|open|on offer)
    cerr(?:amos|ado|ada|ó)|ya no (?:ofrecemos|damos|tenemos|hay)|suspendid[oa]s?|cancelad[oa]s?
    zamkn\w+|zawiesi\w+|już nie (?:prowadzimy|oferujemy|mamy)|nie prowadzimy już
""")
_OPEN = any_of(r"""
    re-?open(?:ed|s|ing)?|(?:is|are) (?:open|running|back) again|(?:started|starts|running) again|resum(?:ed|es|ing)
    volvió a abrir|reabrimos|otwieramy (?:ponownie|znowu)|znowu (?:działa|otwart\w+)
""")
_FULL = any_of(r"""
    (?:we|i|it|they)(?:'re|’re|'s|’s| are| is)? (?:now |all |completely )?full
    no (?:more )?(?:room|seats|spots|capacity|space)
    at capacity|booked (?:up|out)|estamos llenos|sin (?:cupo|lugar)|no (?:hay|tenemos) (?:cupo|lugar)
    nie mamy (?:już )?miejsc\w*|komplet|brak miejsc
""")  # fmt: skip
_ROOM = re.compile(
    r"(?i)(?<!\w)(?:room|space|capacity|seats|spots|places|cupo|lugar(?:es)?|miejsc(?:a|e)?)(?: now)?"
    r"(?: is| are|:)?(?: for| of| para| dla)?(?: about| up to| some)? (\d{1,4})(?![\w.,/%-]*\d)|"
    r"(?<!\w)(?:take|present|send|serve|place|train|tomar|atender|presentar|przyjąć|przedstawić)"
    r"(?: on)?(?: about| up to| some| hasta| do)? (\d{1,4})(?![\w.,/%-]*\d)|"
    r"(?<![\w$.,/-])(\d{1,4}) (?:(?:open|free|more|new) )?(?:seats|spots|places|slots|openings|lugares|cupos|miejsc)"
)
_PLEASANTRY = any_of(r"""
    thanks?|thank you|hi|hello|hey|dear|good (?:morning|afternoon|day|evening)|best|regards|cheers|sincerely|have a
    hope|sorry for|talk soon|take care|gracias|hola|saludos|buen(?:os|as)|dziękuj\w+|dzień dobry|pozdrawiam\w*|cześć
""")


@dataclass(frozen=True, slots=True)
class Other:
    """A line of the profile that is other, as the sentence `words` says. `field`: closed ("yes", "no"), capacity (a
    number), or "" where the words say no more than that something is."""

    field: str
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class ProfileAnswer:
    """`right`: the answer says that what it doesn't name is right."""

    right: bool
    others: tuple[Other, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether it says that all is right, and nothing else."""
        return self.right and not self.others


def read_profile_answer(text: str) -> ProfileAnswer:
    """What the newest words of a reply say of the profile. Every sentence that is neither a yes nor a pleasantry is
    kept as something that a person must look at."""
    right, others = False, []
    for words in _sentences(text[:LONGEST]):
        other = _other(words)
        if other is not None:
            others.append(other)
        agrees = _RIGHT.search(words) is not None
        right = right or agrees
        if other is None and not _idle(words, agrees=agrees):
            others.append(Other("", "", words))
    return ProfileAnswer(right, tuple(others))


def _sentences(text: str) -> list[str]:
    parts = (part for segment in segments(text) for part in segment.text.split(";"))
    return [words for part in parts if (words := part.strip(" \t-–—•*,"))]


def _other(words: str) -> Other | None:
    """The line of the profile that a sentence changes."""
    if words.endswith("?"):
        return None
    if _OPEN.search(words):
        return Other("closed", "no", words)
    room = _ROOM.search(words)
    if room:
        return Other("capacity", next(filter(None, room.groups())), words)
    if _FULL.search(words):
        return Other("capacity", "0", words)
    return Other("closed", "yes", words) if _CLOSED.search(words) else None


def _idle(words: str, *, agrees: bool) -> bool:
    """A yes without a but, a greeting, thanks, a name."""
    if words.endswith("?") or _NO.match(words):
        return False
    if agrees:
        return not _BUT.search(words) and len(words.split()) <= 12 and not re.search(r"\d", words)
    few = len(words.split()) <= _IDLE_WORDS and not re.search(r"\d", words) and not _BUT.search(words)
    return few or (_PLEASANTRY.search(words) is not None and len(words.split()) <= 10)
