"""Positions of people ("Director of Plant Operations", "dueña", "właściciel"), beside a name or in a signature."""

import re

from mail.prose.names import NameSpan
from mail.prose.polish_cases import BENT_TITLES

HEADS = (
    r"manager|mgr|director|owner|co-?owner|president|vice president|vp|svp|avp|ceo|coo|cfo|chief|head|"
    r"supervisor|superintendent|foreman|forewoman|recruiter|recruiting|recruitment|"
    r"coordinator|lead|leader|officer|administrator|executive|specialist|generalist|representative|rep|"
    r"controller|comptroller|principal|founder|co-?founder|partner|chef|chair|"
    r"grower|secretary|treasurer|buyer|planner|engineer|analyst|assistant|associate|consultant|advisor|"
    r"adviser|liaison|trainer|scheduler|dispatcher|bookkeeper|accountant|"
    r"human resources|hr|people operations|talent acquisition|personnel|staffing|operations|proprietor|boss|"
    r"captain|pastor|dean|nurse|broker|"
    r"housekeeper|butcher|brewmaster|brewer|curator|librarian|registrar|warden|matron|dueñ[oa]|ama de llaves|"
    r"mayordomo|capataz|propietari[oa]|gerente|encargad[oa]|jef[ea]|director[a]?|administrador[a]?|"
    r"supervisor[a]?|"
    r"coordinador[a]?|responsable|reclutador[a]?|recursos humanos|"
    r"super|aide|keeper|instructor|innkeeper|caretaker|landlord|[a-z]+-in-(?:charge|chief)|"
    rf"{BENT_TITLES}|"
    r"kierownik|kierowniczka|właściciel(?:ka)?|współwłaściciel(?:ka)?|dyrektor(?:ka)?|prezes|menedżer(?:ka)?|"
    r"koordynator(?:ka)?|szef(?:owa)?|kadrow[ay]|mistrz"
)
_WORD = r"[\w&/'’-]+"
_TITLE = (
    rf"(?:(?:{_WORD}|,(?= [A-Z])) ){{0,4}}(?:{HEADS})(?:[/&-](?:{HEADS}))?(?!\w)(?:(?: of| for| de(?: la| "
    rf"los| las)?| del|,| and| "
    rf"&| i) (?:the )?{_WORD}(?: (?:and |& |de )?(?=[A-ZÁÉÍÓÚÑŁŚ]){_WORD}){{0,3}}"
    r"| (?:operacyjn|handlow|generaln|techniczn|finansow|personaln|administracyjn)\w+| (?:produkcji|zmiany|biura|"
    r"magazynu|"
    r"sprzedaży|kadr|floty|sklepu|restauracji|hotelu|zakładu|warsztatu|kuchni|budowy)(?!\w))?"
)
_HAS_HEAD = re.compile(rf"(?i)(?<!\w)(?:{HEADS})(?!\w)")
_ARTICLE = r"(?:the|their|our|its|his|her|an?|la|el|su|los|nuestr[oa]|jest|[\w&'’. -]{2,40}['’]s)"
_AFTER = (
    re.compile(
        rf"(?i)^,? (?:\([^)]*\),? )?(?:is|es|jest|to|,|has been|was named|works as|as)(?:,)? (?:now "
        rf")?(?:{_ARTICLE} )?(?P<title>{_TITLE})"
    ),
    re.compile(rf"(?i)^(?:,| -| –|:) ?(?:(?:who is|who's|quien es) )?(?:{_ARTICLE} )?(?P<title>{_TITLE})"),
    re.compile(
        rf"(?i)^[ *]{{1,4}}\((?:{_ARTICLE} )?(?P<title>{_TITLE})(?=[,;)]| (?:of|at|for|on|in|with|de|en|w|z)\b)"
    ),
    re.compile(rf"(?i)^['’]?s (?:{_ARTICLE} )(?P<title>{_TITLE})"),
    re.compile(rf"(?i)^ (?:their|the|our|la|el|su) (?P<title>{_TITLE})"),
    re.compile(rf"(?i)^,? (?:she|he|ella|él|ona|on)(?: is|['’]?s| es| jest) (?:{_ARTICLE} )?(?P<title>{_TITLE})"),
)
_BEFORE = re.compile(
    rf"(?i)(?:{_ARTICLE} |^|[.,;:(?!] ?|\n)(?P<title>{_TITLE})(?:['’]s name)?(?: (?:in|at|for|of|en|de|w) (?:the "
    rf")?(?-i:[A-ZÁÉÍÓÚÑŁŚŻ])\w+)?(?: there| here| allí| tam)?(?:,| is(?: named| called)?| es| se llama| to| "
    rf"jest| nazywa się|:| -| –|)? $"
)
_ASIDE = re.compile(r"[ *]{1,3}\([^()]{1,30}\)(?=,)")
_NAMED = re.compile(r"(?i)\b(?:(?:her|his|their) name is|se llama|(?:jej|jego) imię to|nazywa się) $")
_SPOKEN_OF = re.compile(rf"(?i)\b(?:the|their|our|its|el|la|su) (?P<title>(?:{_WORD} ){{0,2}}(?:{HEADS}))(?!\w)")
_OWNS = re.compile(r"(?i)^,? (?:who |and i )?(?:owns?|es dueñ[oa]|jest właściciel\w*)\b(?! up)")
_HONORIFIC = re.compile(
    r"(?i)\b(?:mr|mrs|ms|dr|prof|rev|sgt|capt|col|maj|lt|sr|sra|don|doña|pan|pani|panem|panią|pana)\.?"
    r"(?: \(ret\.?\))? $"
)
_NOT_FIRST = frozenset(
    "after looking seeking short hiring hoping trying still also ready happy sure and or in on at for about with "
    "from by one two three four five six seven eight nine ten twelve dozen another more needs wants short".split()
)
"""No position begins with these: "she is after three assistant keepers"."""
_STOP = re.compile(
    r"(?i)(?: (?:at|in|with|who|and (?:she|he|they|has|can|is)|en|w|from|for [A-Z]|since|here|there|over|"
    r"on)\b.*| \(.*|[.;:].*)$"
)
_LEAD = re.compile(
    r"(?i)^(?:(?:so|that|when|now|then|but|the|their|our|its|an?|his|her|your|my|la|el|su|is|es|and|as|new|"
    r"longtime|contact|called|write to|ask for|to|with) )+"
)


def is_title(words: str) -> bool:
    """Whether words name a position."""
    return bool(_HAS_HEAD.search(words)) and len(words.split()) <= 9


def beside(text: str, span: NameSpan) -> tuple[str, int, int] | None:
    """The position that the words beside a name give: "X is their Plant Manager", "X, owner of", "the recruiter, X"."""
    flat = re.sub(r"[\n\t*]", " ", text)
    after = flat[span.end : span.end + 120]
    aside = _ASIDE.match(after)
    for skipped in (0, aside.end() if aside else 0):
        for pattern in _AFTER:
            match = pattern.match(after[skipped:])
            begin = span.end + skipped
            found = _tidy(flat, begin + match.start("title"), begin + match.end("title")) if match else None
            if found:
                return found
    head = flat[max(0, span.start - 220) : span.start]
    if _NAMED.search(head):
        earlier = list(_SPOKEN_OF.finditer(head))
        if earlier:
            offset = max(0, span.start - 220)
            return _tidy(flat, offset + earlier[-1].start("title"), offset + earlier[-1].end("title"))
    owns = _OWNS.match(after)
    if owns:
        return "owner", span.end + owns.start(), span.end + owns.end()
    head = flat[max(0, span.start - 90) : span.start]
    head = _HONORIFIC.sub("", head)
    match = _BEFORE.search(head)
    if match:
        offset = max(0, span.start - 90)
        return _tidy(flat, offset + match.start("title"), offset + match.end("title"))
    return None


def _tidy(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    words = text[start:end]
    for pattern in (_GO_TO, _BEHIND, _POSSESSIVE, _LEAD):
        lead = pattern.match(words)
        if lead is not None:
            words = words[lead.end() :]
    cut = _NEXT.search(words) or None
    words = words[: cut.start()] if cut else words
    words = _STOP.sub("", words).rstrip(" ,.-–(")
    if not words or not is_title(words) or words.split()[0].lower() in _NOT_FIRST or words[0].isdigit():
        return None
    begin = text.find(words, start)
    return words, begin, begin + len(words)


_BEHIND = re.compile(
    r"(?i)^.*(?:\b(?:is|es|jest|called|ask for) (?:the |their |our |la |el )?|(?<!of )(?<!for )(?<!de "
    r")(?<!to )\b(?:the|their|our|its) )(?=\w)"
)
_GO_TO = re.compile(
    r"(?i)^.*\b(?:go|goes|write|apply|send|talk|speak|contact|report|"
    r"reach out) (?:\w+ )?to (?:the|their|our) (?=\w)"
)
_POSSESSIVE = re.compile(r"^[\w&. -]{2,40}['’]s (?=\w)")
_NEXT = re.compile(
    r" and contact\b| (?:is|es|jest)$|,? [\w.+-]*@|,? ?\(?\d|, (?![A-ZÁÉÍÓÚÑŁŚ])|,? (?:de la|del|de|of|at|for|w|z) "
    r"(?=(?:[A-ZÁÉÍÓÚÑŁŚ][\w'’]* ){1,5}(?:Inc|LLC|de [A-Z]))"
)


def in_signature(line: str, organisation: str) -> str | None:
    """The position on a line of a signature, without the organisation that may stand behind it."""
    rest = line.strip(" *_|·•-–\t")
    for name in filter(None, (organisation, organisation.split(",")[0])):
        place = rest.lower().find(name.lower())
        if place >= 0:
            rest = rest[:place]
    rest = re.sub(
        r"(?i)(?:[|·•].*|\s+(?:at|@|of|for|with|en|w)\s*$|\(?\+?\d[\d\s().-]{6,}.*|[\w.+-]+@.*|https?:.*|"
        r"\b(?:tel|cell|phone|office|direct|o|c|m|t)\b\.?:?\s*$)",
        "",
        rest,
    )
    rest = rest.strip(" ,;:|·•-–")
    if not rest or len(rest.split()) > 8 or re.search(r"\d{2,}|[@!?]", rest):
        return None
    return rest
