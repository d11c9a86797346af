"""The shift of a job and what it asks of people, as the mail words it."""

import re

_CLOCK = r"\d{1,2}(?::\d\d)?\s?(?:[ap]\.?\s?m?\.?(?!\w))?"
_SHIFT = re.compile(
    rf"(?i)(?<![\w$])(?:(?:rotating |swing |split |all |any |our )?(?:\d{{1,2}}-hour |(?:first|second|third|1st|2nd|"
    rf"3rd|day|night|evening|overnight|weekend|graveyard|morning|afternoon|late|early|twilight|swing)[ -]?)shifts?"
    rf"|(?:monday|mon|tuesday|tue|sunday|sun|weekdays|m)\s?(?:-|–|to|through|thru)\s?(?:thursday|thu|friday|fri|"
    rf"saturday|sat|f)(?:[, ]+{_CLOCK}\s?(?:-|–|to)\s?{_CLOCK})?"
    rf"|(?:from )?\d{{1,2}}(?::\d\d)?\s?[ap]\.?m?\.?\s?(?:-|–|to|until)\s?\d{{1,2}}(?::\d\d)?\s?[ap]\.?m?\.?(?!\w)|"
    rf"\d{{1,2}}:\d\d\s?(?:-|–|to)\s?\d{{1,2}}:\d\d"
    r"|nights|overnights?|weekends?|full[- ]time|part[- ]time|twelve-hour shifts|four tens|four (?:10|ten)-hour days|"
    r"\d{1,2} hours a week"
    r"|turno (?:de (?:la )?)?(?:noche|día|mañana|tarde|nocturno|diurno|matutino|vespertino)|medio tiempo|tiempo "
    r"completo|fines de semana"
    r"|(?:nocn\w+|dzienn\w+|pierwsz\w+|drug\w+|trzeci\w+|poranna?|popołudniow\w+) zmian\w+|pełny etat|pół etatu|"
    r"weekendy)(?!\w)"
)
_REQUIREMENT = re.compile(
    r"(?i)(?:\b(?:must|have to|has to|need to|required to|should)\s+(?:already\s+)?(?:be|have|hold|pass|speak|read|"
    r"lift|know|own|bring|like)\b[^.;()]{2,70}"
    r"|\b(?:valid|current|clean|active)\s+(?:driver'?s?\s+)?(?:licen[cs]e|record|abstract|card|"
    r"certification)\b[^.;,()]{0,30}"
    r"|\b(?:CDL|class [ABC]|forklift (?:card|certification)|OSHA[- ]?(?:10|30)|ServSafe|BASSET|CPR|PERC card|HAZMAT|"
    r"HS diploma|high school diploma|GED|drug screen|drug test|background check|TWIC card|A\+|EPA "
    r"608)(?:\s+(?:licen[cs]e|card|certification|certificate|required|preferred|a plus|or GED))*"
    r"|\b(?:\d+\+?|one|two|three|five)\s+(?:\+ )?years?(?: of)? (?:experience|[\w ]{0,20}experience)\b[^.;,()]{0,30}|"
    r"\b(?:bilingual|fluent in|speaks?)\s+[^.;,()]{3,40}|\bno (?:experience|diploma|degree|English|résumé|resume) "
    r"(?:needed|required|necessary)\b"
    r"|\bcon (?:licencia|experiencia)\b[^.;,()]{0,40}|\bz (?:doświadczeniem|prawem jazdy|"
    r"uprawnieniami)\b[^.;,()]{0,40})"
)


def find_shift(text: str) -> re.Match[str] | None:
    """The first words of the sentence that name a shift or hours of work."""
    return _SHIFT.search(text)


def find_requirements(text: str) -> list[re.Match[str]]:
    """The words of the sentence that ask something of an applicant, at most four."""
    return list(_REQUIREMENT.finditer(text))[:4]
