"""What a date is for, by the words beside it: a start of work, a meeting, a deadline, an opening."""

import re

_START = re.compile(
    r"(?i)\b(?:start(?:s|ing|ed)?|be (?:hired|staffed|filled)|begin(?:s|ning)?|commenc\w+|mobiliz\w+|effective|first "
    r"(?:\w+ )?(?:day|session|"
    r"class|shift|weekend|week|night)|forms? up|day one|target date|date to|aim(?:ing)? for|on ?board(?:s|ing|ed)?|"
    r"reports?(?! back)|"
    r"let'?s say|(?:hire|employment) date|as early as|(?:staff|everybody|everyone|crew|teachers) returns?|"
    r"reporting|"
    r"as of|available|join(?:s|ing)?(?: us)?|kick(?:s|ing)? (?:off|in)|(?:working|productive|running|at work|"
    r"in uniform|through the door) by|"
    r"(?:hop|aim|shoot)(?:ing|es) for|target(?:ing)?|(?:rolls?|goes|"
    r"heads|ships) out|"
    r"runs?(?: from)?|launch\w*|goes live|go live|in place|in (?:the )?seats?|come(?! (?:from|with|up|back|out|by|"
    r"over|through))\b|on (?:the )?(?:floor|line|job|clock|road|property|site|premises)|be (?:there|here|ready|at "
    r"(?:the|our)|"
    r"working)|"
    r"(?:have|want|need|get|take|bring|hire|like|love|use) (?:them|him|her|someone|somebody|everyone|everybody|all|"
    r"both|people|these)(?: \w+){0,4}|"
    r"needed|desired start|timelines?|training (?:is|runs|starts|begins)|target(?:ed)?(?: date)?|openings? begin|"
    r"work begins|orientation|"
    r"empez\w+|empie[zc]\w+|comenz\w+|comien[zc]\w+|present(?:arse|arían|en|an)|inici\w+|arranc\w+|entr(?:an|ar|en|"
    r"e|aría|arían|ada)|a partir del?|"
    r"desde el|fecha de inicio|primer (?:día|turno)|ingres\w+|incorpor\w+|para el|pierwszy dzień|"
    r"praca (?:rusza|startuje)|startuj\w+|dołącz\w+|zaczyn\w+|zaczą\w+|zaczę\w+|rozpocz\w+|start|początek|"
    r"przyj(?:ść|dą|dzie)|staw(?:ić|ią) się|od|praca od|"
    r"najchętniej)\b"
)
_BY = re.compile(
    r"(?i)\b(?:by|on or (?:around|about|before)|not later than|from|the week (?:of|starting|beginning)|not before|"
    r"no earlier than|effective|no later than|as of|"
    r"a partir del?|desde|od|starting|"
    r"beginning|del)\s+(?:the\s+|el\s+|"
    r"dnia\s+|"
    r"about\s+)?(?:[^\W\d_]+,?\s+)?$"
)
_BY_APART = re.compile(
    r"(?i)\b(?:by|from|starting|beginning|no later than|na|od|para|desde)\s(?!\d)[^.;:()\d,]{3,40}(?:\(|,\s)$"
)
"""A date in brackets or behind a comma says the day before it again: "by Memorial Day weekend (May 23)"."""
_HIRE = re.compile(
    r"(?i)\b(?:needs?|wants?|wanted|expected|takes?|have|gets?|uses?|likes?|hir(?:e|es|ing)|looking for|add(?:ing)?|"
    r"openings?|recruit(?:ing)?|"
    r"seek(?:s|ing)?|"
    r"fill(?:ing)?|busca\w*|necesita\w*|szuka\w*|potrzebuj\w+)\b"
)
_THEN = re.compile(
    r"(?i)^\s*,?\s*(?:and |so )?(?:that'?s|which is|is) (?:(?:when|the (?:day|one|date|monday|target) (?:he|she|"
    r"they|we|i)|the day|also when)\b[^.;]{0,40}\b(?:start|begin|"
    r"want|payroll|in mind|picked|set|chose|"
    r"need)|(?:also )?(?:the|their) first (?:paid )?(?:day|shift))"
)
_NEEDED_THEN = re.compile(
    r"(?i)^,? (?:she|he|they|we|i)(?:['’]d)? (?:really )?(?:needs?|wants?|will need|"
    r"would like|must have|like)\b"
)
_BY_THEN = re.compile(r"(?i)\b(?:by|from|for|on)\s+(?:\w+day,?\s+)?$")
_SAID = re.compile(r"(?i)\b(?:they|he|she) (?:said|says|mentioned|(?:is|are) thinking|(?:has|have) in mind)\s+$")
_WHEN = re.compile(
    r"(?i)\b(?:start|begin)(?:s|ing)? (?:when|once|as soon as) (?:we|they|it|the \w+) (?:opens?|launch\w*|go(?:es)? "
    r"live) (?:on )?(?:\w+day,? )?$"
)
_IDEAL = re.compile(
    r"(?i)^\s*,?\s*(?:if (?:at all )?possible|at the latest|would be (?:great|ideal|perfect|best)|would suit|suits|"
    r"works (?:best|for)|ideally|or "
    r"(?:sooner|earlier|later|before|after|so))\b"
)
_OTHER = re.compile(
    r"(?i)\b(?:meet(?:s|ing|ings)?|met|call(?:s|ed)?(?! cent)|interview\w*|tour\w*|visit\w*|walk|open house|fair|expo|"
    r"event|"
    r"webinar|graduat\w+|finish(?:es|ed|ing)?|complet\w+|deadline|appl(?:y|ications?)|confirm\w*|rsvp|register|"
    r"sign up|shout|"
    r"send|sent|resum\w*|résum\w*|names?|answer|reply|respond|hear (?:back )?from|let (?:me|us|them) know|decid\w+|"
    r"decision|vacation|leave|away|out of (?:the )?office|until|till|through|last day|leaves|leaving|expires?|ends?|"
    r"ended|"
    r"closes?|closed|opens?|opened|opening|grand opening|ribbon|doors|permit|inspection|lease|(?<!be )hired|placed|"
    r"started|"
    r"spoke|talked|wrote|emailed|e-mailed|posted|received|visited|toured|announced|since|"
    r"lunch|breakfast|coffee|board meeting|committee|newsletter|invoice|due|report back|proposal|contract (?:is "
    r")?signed|signed|born|birthday|test|exam|picked|selected|chosen|identified|trained|certified|cleared|badged|"
    r"fingerprint\w+|appointment|screening|"
    r"reuni\w+|llamad\w+|llam\w+|entrevist\w+|visit\w+|cita|feria|hasta|antes del?|abr(?:e|imos|irá)|inaugur\w+|"
    r"vence|termin(?:a|an|ó|e|ar|amos)|vacaciones|mand(?:ar\w*|o|a|an|é|ó|en)|env(?:ia|ie|ió|ío|íe|ía)\w*|"
    r"spotkan\w+|rozmow\w+|do dnia|otwiera\w*|otwarc\w+|targi|urlop\w*|kończ\w+|(?<!praca )rusza\w*|dzwoni\w*|"
    r"zadzwoni\w*)\b"
)


def starts(text: str, start: int, end: int) -> bool | None:
    """Whether work starts on the date at start:end, by the nearest word of starting or of another purpose."""
    begin = max(text.rfind(";", 0, start), text.rfind("!", 0, start), start - 110, -1) + 1
    before = text[begin:start]
    cues = {
        "start": _last(_START, before),
        "other": _last(_OTHER, _without_starts(before)),
        "hire": _last(_HIRE, before),
    }
    if cues["hire"] >= 0 and _BECAUSE.search(before, cues["hire"]):
        cues["hire"] = -1
    nearest = max(cues, key=lambda name: cues[name])
    if _THEN.match(text[end : end + 80]) or _WHEN.search(before):
        return True
    if _BY_THEN.search(before) and _NEEDED_THEN.match(text[end : end + 30]):
        return True
    if _SAID.search(before) and not text[end:].strip(" .!"):
        return True
    if (nearest != "other" or cues[nearest] < 0) and _IDEAL.match(text[end : end + 30]):
        return True
    if cues[nearest] < 0 or nearest == "hire":
        after = re.split(r"[,;!?]|\.\s", text[end : end + 60])[0]
        if (
            _BY.search(before)
            or _BY_APART.search(before)
            or (nearest == "hire" and cues["hire"] >= 0 and re.search(r"(?i)\b(?:for|on) (?:\w+day,? )?$", before))
        ):
            return True
        if cues[nearest] < 0 and _OTHER.search(after[:30]):
            return False
        return True if cues[nearest] < 0 and _START.search(after) else None
    if nearest == "start":
        return True
    return bool(_EFFECTIVE.search(before[cues["other"] :]))


_EFFECTIVE = re.compile(
    r"(?i)[,:(–—][^,:(–—]{0,30}\b(?:effective|starting|beginning|no later than|a partir del?|od)\s+(?:\w+\s+)?$"
)


_BECAUSE = re.compile(r"(?i)\b(?:because|since|when|while|once|after|porque|bo|ponieważ)\b")


def _without_starts(text: str) -> str:
    """The text with its words of starting blanked: "have everybody through the door" ends nothing."""
    return _START.sub(lambda match: "\n" * len(match[0]), text) if "through" in text else text


def _last(cue: re.Pattern[str], text: str) -> int:
    last = -1
    for match in cue.finditer(text):
        last = match.start()
    return last
