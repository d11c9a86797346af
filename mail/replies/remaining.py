"""Openings that a report says are still open: "still looking for 14 welders", "quedan dos puestos"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from mail.excerpts import Excerpt
from mail.prose.layout import segments
from mail.prose.nouns import is_head, singular, title_of
from mail.prose.numbers import find_counts
from mail.prose.titles_es_pl import find_titles_abroad
from mail.values import Fact, OpeningsLeft

_LEFT = re.compile(
    r"(?i)\b(?:still to (?:be )?(?:f[io]\w+|hire\w*)|still (?:short|wanted|there|waiting|looking|need\w*|open|hiring|"
    r"searching|available|unfilled|have|has)|(?:is|are|that) left|leaves(?= (?:us |me )?(?:with )?(?:\d|an? |one|two|"
    r"three|four|five|six|seven|eight|nine|ten|eleven|twelve))|left to fill|left over|(?:call|make)s? (?:it|"
    r"that) (?=\w+ (?:more )?openings?)|(?:want|need|look\w*)(?: for)? still|still (?:want|wants|needs)|(?:openings?|"
    r"seats?|spots?|positions?|jobs?|slots?|places?) left|left(?= ?[.,:]| to|$)|remain\w*|to go(?=\W*$|[.,;)])|"
    r"yet to fill|unfilled|(?:stay|are|is) (?:still )?open|open(?:ings?)? (?:left|remaining)|need (?:\w+ ){0,2}more|"
    r"more to (?:fill|find|hire)|quedan?|falta(?:n|ndo)?|siguen? abiert\w+|todavía (?:busc|neces)\w+|aún (?:busc|"
    r"neces)\w+|został\w*|zostaj\w+|pozostał\w*|nadal (?:szuk|potrzeb)\w+|jeszcze (?:szuk|potrzeb|brakuje)\w*|"
    r"brakuje|wolne)(?!\w)"
)
_LEFT_LABEL = re.compile(
    r"(?i)^(?:remaining|still (?:open|needed|to fill|looking for)|open(?:ings)?(?: left)?|left(?: to fill)?|"
    r"quedan|faltan|pendientes|zostało|wolne)$"
)
_NOT_LEFT = re.compile(
    r"(?i)\b(?:(?<!s )left for|left (?:after|on|in|the|us|because|last)|no (?:more )?(?:openings|positions) (?:left|"
    r"remain)|remain(?:s|ed)? (?:employed|there|on))\b"
)
_NOUN = re.compile(
    r"(?i)\b(?:more|additional|other|open|abiert[oa]s?|openings?|seats?|jobs?|spots?|positions?|slots?|"
    r"roles?|vacanc(?:y|ies)|puestos?|plazas?|vacantes?|lugares?|miejsc\w*|etat\w*|wolne|stanowisk\w*|still|"
    r"are|is|remain\w*|left|to go|for|de|dla|na|of|the|el|la|los|las|y|i|and)\b"
)
_THE_ONE = re.compile(
    r"(?i)(?:(?<=and )the(?= [a-z]+\s*(?:[.;,]|$))|(?<=and )the"
    r"(?= [a-z]+ [a-z]+ (?:job|position|opening|remain|is|are)?)"
    r"|(?:^|(?<=[;,.] )|(?<=but )|(?<=so )|(?<=and ))"
    r"the(?= (?:[a-z]+ ){1,3}(?:job|position|opening|spot|role|seat)s? (?:is|are|remain)))"
)
_END = re.compile(
    r"(?i)(?:[.;:(!?]|, |\s(?:are|is|still|remain\w*|left|to (?:go|fill|find|hire|place)|open|at|in|with|for (?=the|"
    r"now|this)|but|so|which|starting|from|abiert\w+|en|para|przy|w)(?!\w)|\s(?:and|y|i|plus|oraz) (?=(?:the |an? |"
    r"one |\d|una? |dos |tres |jed)))"
)
_SEAT = re.compile(
    r"(?i)^(?:seats?|openings?|spots?|positions?|jobs?|slots?|puestos?|plazas?|vacantes?|miejsc\w*|chairs?|"
    r"people|person)$"
)


def read_remaining(newest: Excerpt, titles: Sequence[str], language: str) -> tuple[list[OpeningsLeft], list[Fact]]:
    """The openings left with their facts. `titles` are the needs of the quoted mails: "ten seats" are theirs if one."""
    left: list[OpeningsLeft] = []
    facts: list[Fact] = []
    for segment in segments(newest.text):
        labelled = _LEFT_LABEL.match(segment.label) is not None
        if not (labelled or _LEFT.search(segment.text)) or segment.text.rstrip().endswith("?"):
            continue
        for title, count, start, end in _counted(segment.text, language, titles, labelled=labelled):
            if all(other.title != title for other in left):
                facts.append(
                    newest.fact(
                        f"status.openings_left[{len(left)}].openings",
                        count,
                        segment.start + start,
                        segment.start + end,
                        0.85,
                    )
                )
                left.append(OpeningsLeft(title, count))
    return left, facts


def _telling(text: str, *, labelled: bool) -> list[tuple[int, int]]:
    """The clauses that tell of openings left, with the bare lists behind them: "the next course ends" is neither."""
    cuts = [0, *(cut.end() for cut in _NEXT_CLAUSE.finditer(text)), len(text)]
    found: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        said = _LEFT.search(text, start, end) is not None and not _NOT_LEFT.search(text, start, end)
        listing = (labelled or bool(found)) and not _FINITE.search(text, start, end)
        if said or listing or (labelled and start == 0):
            found.append((start, end))
    return found


_NEXT_CLAUSE = re.compile(
    r"(?i)[;,:–—] (?:(?:and|but|so|while|because|which|y|pero|porque|i|ale|bo) )?| (?:and|but|so|while|because|y|"
    r"pero|porque|ale|bo) (?=(?:the next|we|i|he|she|they|our|my|you|if|when|this|that|it|nosotros|el próximo)\b)"
)
_OF_SO_MANY = re.compile(
    r"(?i) (?:of|out of|de|z) (?:(?:the|our|your|those|l[oa]s|tych) )?(?:\d{1,2}|two|three|four|five|six|seven|eight|"
    r"nine|ten|eleven|twelve|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|dwóch|trzech|czterech|pięciu|sześciu|"
    r"siedmiu|ośmiu|dziewięciu|dziesięciu) "
)
_FINITE = re.compile(
    r"(?i)\b(?:is|are|was|were|has|have|had|will|can|could|would|may|do|does|did|ends?|starts?|begins?|opens?|comes?|"
    r"goes|went|gets?|got|left|quit|came|takes?|took|needs?|wants?|knows?|said|says|calls?|called|(?:we|i|he|she|"
    r"they|you) \w+|i['’]m|we['’]re|es|son|está[n]?|tiene[n]?|empieza[n]?|termina[n]?|jest|są|ma|mają|zaczyna\w*|"
    r"kończy\w*)\b"
)
"""A verb that makes a clause of its own."""


def _counted(text: str, language: str, titles: Sequence[str], *, labelled: bool) -> list[tuple[str, int, int, int]]:
    found = []
    clauses = _telling(text, labelled=labelled)
    starts = [(count.start, count.end, count.value) for count in find_counts(text, language) if count.value]
    starts += [(m.start(), m.end(), 1) for m in _THE_ONE.finditer(text)]
    part = 0
    for start, end, value in sorted(starts):
        if _OF_SO_MANY.match(text, end):  # "four of the ten welder jobs"
            part = value
            continue
        value, part = part or value, 0
        if not any(first <= start < last for first, last in clauses):
            continue
        if re.match(
            r"(?i)\s*(?:%|stycz|luteg|marca|kwiet|maja|czerw|lipca|sierp|wrze|paźdz|listop|grud|de (?:ene|feb|mar|"
            r"abr|may|jun|jul|ago|sep|oct|nov|dic)|weeks?|months?|days?|hours?|years?|more (?:weeks?|days?|months?)|"
            r"of (?:them|the|"
            r"your|those)\b|a\.?m|p\.?m|will|in\b)",
            text[end:],
        ):
            continue
        stop = _END.search(text, end)
        phrase = text[end : stop.start() if stop else len(text)]
        title = _title(phrase, titles, text, end, language, labelled=labelled)
        bare_both = text[start:end].lower() == "both" and not _OPENING.search(phrase)
        if title and not bare_both:
            found.append((title, value, start, end))
    return found


def _title(phrase: str, titles: Sequence[str], text: str, end: int, language: str, *, labelled: bool) -> str:
    """The job of "4 more cook positions" or "two openings for cooks"; a bare "seats" is the quoted need, where one."""
    words = re.sub(r"\s+", " ", _NOUN.sub(" ", phrase)).strip(" .,;:-")
    words = "" if words.lower() in ("people", "person", "personas", "osoby", "osób") else words
    if not words and (_SEAT.match(phrase.strip().split(" ")[-1] if phrase.strip() else "") or not phrase.strip()):
        after = re.match(
            r"(?i)\s*(?:\w+ )?(?:openings?|spots?|positions?|jobs?|puestos?|plazas?|miejsc\w*|vacantes?|seats?|slots?) "
            r"(?:left )?(?:for|de|dla|para) ([^.;,]{3,40})",
            text[end : end + 60],
        )
        told = after or _TOLD.search(text, 0, end)
        if told:
            return title_of(told[1])
        return titles[0] if len(titles) == 1 else "opening" if phrase.strip() else ""
    if not words or len(words.split()) > 5 or not any(letter.isalpha() for letter in words):
        return ""
    said = _singulars(words)
    alike = [title for title in titles if said <= _singulars(title)]
    if len(alike) == 1:
        return alike[0]
    abroad = find_titles_abroad(text[:end] + phrase, text[:end] + phrase, language) if language != "en" else []
    if abroad and abroad[-1].end > end:
        return abroad[-1].title
    return title_of(words) if labelled or _is_job(words, phrase, titles) else ""


_TOLD = re.compile(
    r"(?i)\b(?:that|the|this|your|our|same) ((?:[^\W\d_][\w-]* ){0,2}[^\W\d_]{3,}) (?:spots?|jobs?|positions?|"
    r"openings?|seats?|slots?|roles?)\b"
)
"""The job of "for that slitter helper spot, so call it one opening"."""


def _singulars(words: str) -> set[str]:
    return {singular(word.lower()) for word in words.split()}


def _is_job(words: str, phrase: str, titles: Sequence[str]) -> bool:
    """Whether words behind a number are a job: like a quoted need, called an opening, or people by what they do."""
    quoted = _singulars(" ".join(titles))
    if _singulars(words) & quoted or _OPENING.search(phrase) or is_head(words.split()[-1]):
        return True
    return bool(_ABROAD.search(words)) or any(find_titles_abroad(words, words, code) for code in ("es", "pl"))


_OPENING = re.compile(
    r"(?i)\b(?:openings?|seats?|jobs?|spots?|positions?|slots?|roles?|vacanc(?:y|ies)|puestos?|plazas?|vacantes?|"
    r"lugares?|miejsc\w*|etat\w*|stanowisk\w*)\b"
)
_ABROAD = re.compile(
    r"(?i)(?:[^\W\d_]{3,}(?:or[ae]s?|er[oa]s?|istas?|antes?|ników|niczek|arzy|arek|aczy|ystów|istów))$"
)
