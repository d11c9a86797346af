"""Whether words ask for people: cues of demand, and against it (filled, hired, lost, on staff, next year)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from mail.prose.trades import word_set

_FOR = {
    "en": r"""(?:hire|take|employ|use|bring on|place) [^.;:¦]{3,60}?(?= as )|
        (?<!my )(?<!his )(?<!her )(?<!their )title (?:is|will be|would be)|reqs?|
        (?:can't|cannot|can not|couldn't|unable to|struggl\w+ to|trouble) (?:find|get|hire|keep|finding|hiring)|
        ask(?:s|ed)? (?:us |me )?(?:whether|if) (?:we|you) (?:know|have)|(?:would |'d )?(?:like|wish|wishes|want|wants|
        plan|plans|hope|hopes|looking|going) to (?:employ|hire|engage|take on|recruit)|needs?|needed|
        (?:called|phoned|rang|wrote|e-?mailed)(?: us| me| in)? about(?! (?:the|our|your|my|his|her|their|that|an?)
         )(?=[^.;]{2,50}[:,¦\d])|
        needing|wants?|wanting|wanted|looking (?:for|to (?:hire|add|bring|fill))|looks? for|looking|hire|
        hiring|hires|seeks?|seeking|search(?:ing)? for|recruit(?:s|ing)?(?! (?:specialist|manager|lead))|
        short(?: of|on| by)?|without|set aside|reserved|(?:'re|are|is|'s|am|'m) down|down by|shy|
        (?:has|have|got|'s) (?:plenty of |enough |steady )?work for|
        (?:(?:could|can|would|will|must|has to|have
        to|needs? to|wants? to) put(?= (?:¦|\d+|a|an|two|three|four|five|six|seven|eight|nine|ten)(?!\w)))|
        could (?:(?:really |also |well )?use|do with)|can use|
        (?:would|'d) be (?:glad|happy|grateful|thrilled) (?:of|with|for|to (?:get|have|see|take))|
        (?<!we )(?<!i )(?<!we)(?<!i)(?:would|'d|will|'ll) (?:gladly |happily |even )?(?:train|teach|pay|start)
        (?= (?:¦|\d+|a|an|two|three|four|five|six|seven|eight|nine|ten)(?!\w)|\s*$)|
        would (?:gladly )?take|will take|i'?d take|'d take|openings?|
        vacanc(?:y|ies)|positions?|fill(?:ing)?(?! out)|bring(?:ing)? (?:on|in|aboard)|add(?:ing)?|
        taking on|take on|staff(?:ing)? (?:up|for)|budget(?:ed)? for|(?:is|are) for|approval for|approved for|room for|
        in the market for|ask is|the ask|request(?:ing|s)?|sponsor(?:ing|s)?|(?:find|get|send) (?:me|us|
        them|her|him|somebody|someone)|consider|would (?:also )?(?:like|love|welcome)|'d (?:also )?(?:like|
        love|welcome)|ready to hire|replace|replacing|must have|requires?|requiring|slots?(?: for)?|
        spots?(?: for)?|seats?(?: for)?|jobs?(?: for)?|roles?(?: for)?|headcount for|on the lookout for|
        trying to (?:find|hire|fill|get)|interested in (?:hiring|finding)|plan(?:s|ning)? (?:to hire|
        on hiring)|open reqs?|start(?:ing)? with|ramp(?:ing)? up|fund(?:s|ing)?|hosts?|hosting|
        contracts? for|orders? for|requests? for|headcount|pay(?:s|ing)? for|approved|expanding by|
        put(?:ting)? on(?= (?:¦|a|an|another|some|\d+|two|three|four|five|six|seven|eight|nine|
        ten)(?!\w))|growing by|desperate for|begging for|scrambling for|missing|(?:'s|is|are|'re|am|'m) after|
        shopping for|still (?:open|short)|wish list|shopping list|(?:job|position|role|opening|need|ask|
        priority|hire|vacancy|the one|first|second|third|other|last|crew|team|staff|shift|group|list|
        what (?:they|he|she|we|i)(?: really| all|do)? (?:want|need|like|has|have|got)s?)\b[^.;,]{0,40}\b(?:is|are|
        would be)(?: for)?(?: an?)?""",
    "es": r"""busc(?:a|an|o|amos|ando|aba)|necesit(?:a|an|o|amos|aría|arían|aríamos|ando)|requier(?:e|en|o)|
        requerimos|contrat(?:ar|aría|arán|ará|amos|ando)|solicit(?:a|an|o|amos)|ocup(?:a|an|o|amos)|faltan?|
        hac(?:e|en) falta|quier(?:e|en|o)|queremos|quisiera(?:mos)?|vacantes?|puestos?|plazas?|para cubrir|
        se (?:busca|buscan|necesita|necesitan|solicita|solicitan)|incorporar|sumar|tom(?:ar|aría|aríamos)(?: a)?|
        (?:anda|andan|está|están|estamos|ando|andamos) (?:muy )?cort[oa]s? de|se (?:quedó|quedaron|queda|quedan) sin""",
    "pl": r"""szuka(?:m|my|ją)?|poszukuj(?:e|ę|emy|ą)|potrzeb(?:uje|uję|ujemy|ują|ny|na|ni|ne)|potrzeba|
        zatrudni(?:ę|my|ć|ą|)|przyjm(?:ę|iemy|ie|ą)|brakuje(?: nam| mi)?|chc(?:e|ę|emy|ą|iałby|iałbym|
        ieliby|ielibyśmy)(?: zatrudnić)?|wakat\w*|miejsc\w*|rekrutuj\w+|dam pracę|praca dla|etat\w*|
        (?:został[aoy]?|zostali|zostaje|zostają) bez|przyda(?:łby|łoby|dzą|łaby|łoby) się""",
}  # fmt: skip
_AGAINST = {
    "en": r"""(?:do|does|did|would|will|is|are|am|was|were|has|have|can|could)(?:n'?t| not) (?:really |currently |
        actually )?(?:need|want|looking|look|hire|hiring|have|require|help|recruit|send|take)|
        no longer (?:need|hiring|looking)|no need for|not (?:hiring|looking for|interested in|recruiting)|
        no more|instead of|rather than|hired|(?:bring|send|offer|refer|submit|present|propos|
        forward)ing you|(?:send|offer) you|recommend|inherited|took over|acquired|gave|gives|supplied|turns? out|
        graduates?|        produced|turned out|placed|lost|loses|losing|lose|laid off|let go|graduated|trained|sent|
        interviewed|met|saw|talked to|spoke (?:to|with)|employs?|employing|on staff|currently (?:have|has|
        employs?)|works? as|worked as|working as|used to|retired|was an?|were|is (?:an?|our|the|my|their)|
        (?<!')\bam an?|knows?|already (?:have|has|filled|found|hired|got)|ignore|filled|covered|skip|forget|
        have(?: got)?|has(?: got)?|had|i've|we've|got(?! (?:openings?|approval|budget|a need|room))|gets|
        brought|put|took an?|accepted|from our|like our|
        works? with|working with|reports? to|manages?|supervises?|leads|runs?|
        owns|ask for|call(?! it)|contact|email|e-mail|trains|teach(?:es)?|by our|of our|of my|promoted|
        thought (?:\w+ ){1,3}(?:needed|wanted)|(?:we|i) (?:can|could) (?:also )?(?:train|teach|prepare|certify)|
        started|joined|tested|signed up|enrolled|finish(?:ed|es)?|completed|supply|offers?|offering|serves?|
        prepares?|coach(?:es|ing)?|thank(?:s|ed|ing)?|it took|(?:story|article|piece|movie|book|show) (?:is |was )?
        (?:about|on)""",
    "es": r"""no (?:necesita\w*|busca\w*|requier\w+|contrat\w+)|contrat(?:ó|aron|é)|tien(?:e|en|es)|tenemos|tengo|
        tuv\w+|perd\w+|trabaj(?:a|an|ó|aba|aban) (?:como|de)|es (?:un|una|la|el)|era|son|fue|conoc\w+|
        recomiendo|ofrezco|ofrecemos|present[oa]|entrevist\w+|nuestr[oa]s|mis?|se (?:(?:nos|le|les|
        me) )?(?:fueron|fue|jubilaron)|
        renunci(?:ó|aron)|ya (?:tiene|
        tenemos|contrat\w+|cubr\w+)|cubiert\w+|
        llam\w+ a|hable con|mand\w+""",
    "pl": r"""nie (?:szuka\w*|potrzebuj\w+|trzeba|zatrudnia\w*)|zatrudnił\w*|mają(?: już)?|mamy|mam|ma|miał\w*|są|
        jest|był\w*|pracuj(?:e|ą|ę) jako|pracował\w*|odszed\w*|odeszł\w*|już (?:mamy|ma|jest|są)|znam|macie|
        polecam\w*|przesyłam\w*|wysyłam\w*|kandydat\w+|zwolni\w+|naszych|moich""",
}  # fmt: skip
_AFTER_FOR = {
    "en": r"(?:is|are|was)? ?(?:still )?(?:needed|wanted|short|open(?!ing)|vacant|unfilled|urgent|openings?|"
    r"positions?|to hire|(?:is|are) the trouble|are the hard ones|asap)",
    "es": r"(?:son |es )?(?:urgente|vacantes?|(?:(?:los|las|lo) )?que (?:(?:le|les|nos|me) )?(?:falta|hace)\w*)",
    "pl": r"(?:potrzebn\w+|poszukiwan\w+|(?:też |także )?(?:by )?się przyda\w*|(?:też |także )?by się przydał\w*|"
    r"pilnie|mile widzian\w+)",
}
_AFTER_AGAINST = {
    "en": r"""(?:(?:is|are|was|were|have been|has been|got|'s|'re) )?(?:already |all |now |both )?(?:filled|
        (?:that |who |whom )?you (?:sent|referred|placed|gave|trained|introduced)|
        (?:who |that )?(?:asked (?:me|us|about|if|whether)|applied|welcomed|won|told|said|thanked|came|attended|spoke|
        helped|showed up|passed|accepted|declined|moved|went|drove|visited|called|wrote|joined)|
        (?:(?:on|at|in) (?:\w+ ){1,3})?(?:are|is|were|was) (?:our|your|my|from)|
        covered|set|taken(?! on)|hired|placed|done|on (?:hold|my books|our books|the books|staff|payroll)|
        ready(?: (?:now|to|for))?|available|job[- ]ready|left|quit|retired|(?:and [\w ]{0,16})?(?:took|
        came by|stopped by|visited)|graduated|who (?:are|is) (?:ready|looking|done|available)|who (?:have |
        has )?(?:finished|completed|graduated)|here (?:now|already)|for you\b|looking for work|
        (?:will be|are|is|about|due|set|going) (?:soon )?(?:eligible |about |due |set |ready )?(?:to retire|retiring)|
        ourselves|we can (?:find|fill|handle|cover) ourselves|working (?:here|there|for)|in (?:class|the pipeline)|
        will have to wait|can wait|not (?:yet|now|until)|next year|for next (?:spring|fall|summer|winter|
        season)|for (?:later|another day|some other time)|some ?day|in the (?:fall|spring) maybe|(?:is|
        are) (?:no longer|not) (?:needed|open))""",
    "es": r"(?:se graduaron|terminaron|vinieron|llegaron|empezaron|ya trabajan|nos ayudaron)|"
    r"(?:ya )?(?:están?|fueron|quedan?) (?:cubiert\w+|list\w+|ocupad\w+)|el año que viene",
    "pl": r"(?:już )?(?:obsadzon\w+|zajęt\w+|gotow\w+|mamy)",
}
_LATER = re.compile(
    r"(?i)\b(?:isn'?t budgeted|not budgeted|unbudgeted|not (?:yet )?(?:approved|funded|open|posted)|next year|for next "
    r"(?:spring|fall|summer|winter|season)|for (?:later|another day|some other time)|some ?day|down "
    r"the (?:road|line)|don'?t recruit|do not recruit|hold off|not hiring (?:un)?till?|aren'?t hiring|no jobs yet|"
    r"nothing yet|(?:next|this|"
    r"last|by the) (?:fall|winter|spring|summer) (?:maybe|perhaps|we may)|"
    r"(?:may|might|could) (?:also )?(?:need|add|hire|open)\b.{0,60}\b(?:later|next|eventually|year|fall|winter|"
    r"spring|summer|phase|if)|pending (?:approval|budget|funding)|if the (?:grant|contract|budget|bond)|in (?:2027|"
    r"2028|2029|2030)|by (?:the end of )?20\d\d|projected|"
    r"last (?:year|month|week|summer|fall|winter|spring|season|time)|(?:back )?in (?:19|20)[012]\d|(?:months?|weeks?|"
    r"years?|days?) ago|so far this year|in december|previous(?:ly)?|earlier this year|our first (?:class|cohort)|"
    r"the first (?:two|three|class|cohort)\b[^.;]{0,20}\b(?:had|were|was|graduated|finished|went)|"
    r"el año (?:pasado|que viene|próximo)|la temporada pasada|hace (?:un|dos|tres|\d+) (?:años?|meses|semanas)|w "
    r"zeszłym|w przyszłym roku|w ubiegłym|rok temu)\b"
)
_GONE = re.compile(
    r"(?i)\b(?:filled|covered|taken care of|no longer (?:need|needed|open)|ignore|forget|skip|scratch|drop|closed|"
    r"cancel(?:l?ed)?|pulled|don'?t (?:bother|worry) (?:with|about)|already (?:have|found|hired|filled)|cubiert\w+|"
    r"obsadzon\w+|not (?:needed|the|doing)|off the list|on hold|we (?:can|will|'ll) (?:find|fill|keep|take|handle|"
    r"cover))\b"
)


def _one_line(words: str) -> str:
    return re.sub(r"\n\s*", "", words)


def _compile(words: str) -> re.Pattern[str]:
    return re.compile(r"(?i)(?:(?<!\w)|(?='))(?:" + _one_line(words) + r")(?!\w)")


FOR = {language: _compile(words) for language, words in _FOR.items()}
AGAINST = {language: _compile(words) for language, words in _AGAINST.items()}
AFTER_FOR = {language: re.compile(r"(?i)^[\s,]*(?:" + words + r")(?!\w)") for language, words in _AFTER_FOR.items()}
AFTER_AGAINST = {
    language: re.compile(r"(?i)^[\s,]*(?:" + _one_line(words) + r")(?!\w)")
    for language, words in _AFTER_AGAINST.items()
}
_CLAUSE = re.compile(
    r"(?i)[;:—]\s|\s[–—-]\s|,? \b(?:but|so|because|since|while|pero|porque|ale|bo)\b |,? \band (?=(?:i|we|he|she|"
    r"they|it|there|then|now)\b)|\b(?:who|which|that|whose|que|który|która|którzy|które)\b "
)
_BREAK = re.compile(r"[;]|,? but |, (?:only|just) (?=the )|, so |\bpero\b|\bale\b|(?<=[a-z]): ")


@dataclass(frozen=True, slots=True)
class Cue:
    """What the words round a title say: `pull` above 0 asks for people, below 0 tells of people who are there."""

    pull: float
    gone: bool = False  # words before the title say that it is filled or not wanted
    filled: bool = False  # words behind it do


_LATER_BEHIND = re.compile(r"(?i)\b(?:hold|books|wait|yet|until|next year|hired|placed|left|quit|retired|taken)\b")
_IF_ANY = re.compile(
    r"(?i)\bif (?:you|we|they|he|she) (?:have|has|know|knows|find|finds) (?:of )?(?:one|any|some\w*)\b"
)
_REACH = 400
"""Characters before a title in which a word that governs it may stand."""


def cue(text: str, start: int, end: int, language: str) -> Cue:
    """The nearest cue before start:end in its clause, and the words right behind it."""
    text, start, end = text[max(0, start - _REACH) :], min(start, _REACH), end - max(0, start - _REACH)
    clause = max((match.end() for match in _BREAK.finditer(text, 0, start)), default=0)
    before = _IF_ANY.sub(" ", text[clause:start].replace("’", "'"))
    after = text[end : end + 60].replace("’", "'")
    pull, nearest = _nearest(before, language)
    if pull == 0 and clause:
        pull = max(_nearest(text[:clause].replace("’", "'"), language)[0], 0)
    if AFTER_FOR[language].match(after):
        pull = max(pull, 0) + 2.0
    behind = AFTER_AGAINST[language].match(after)
    if behind and (pull <= 0 or _GONE.search(behind[0]) or _LATER_BEHIND.search(behind[0])):
        pull = min(pull, 0) - 3.0
    gone_before = pull < 0 and bool(_GONE.search(nearest))
    return Cue(pull, gone_before, bool(behind and _GONE.search(behind[0])))


_ADVERB = re.compile(
    r"(?i)^\s*(?:about|around|roughly|at least|up to|maybe|some|another|only|just|now|like|also|for|of|to hire|to "
    r"fill)?\s*$"
)


def is_governed(before: str, language: str) -> bool:
    """Whether a text ends with words that ask for people, but for an adverb or a determiner."""
    near = before[-80:]
    last = max((match.end() for match in FOR[language].finditer(near)), default=-1)
    return last >= 0 and bool(_ADVERB.match(near[last:]))


def _nearest(text: str, language: str) -> tuple[float, str]:
    """How the last cue of the text pulls, and its words; of two that end together the longer one counts."""
    asked = max(((match.end(), -match.start()) for match in FOR[language].finditer(text)), default=(-1, 0))
    best, against, words = 0.0, (-1, 0), ""
    for match in AGAINST[language].finditer(text):
        against, words = (match.end(), -match.start()), text[match.start() : match.end() + 12]
        best = -1.5 if match[0].strip().lower() in _WEAK else -3.0
    if asked[0] > against[0] or (asked[0] == against[0] and asked[1] > against[1]):
        return 2.0, ""
    return (best, words) if against[0] >= 0 else (0.0, "")


_WEAK = word_set("""
have has i've we've our my had got tenemos tiene tengo mamy mam ma gets were son są jest offers offer offering train
training
""")


def is_later(text: str, at: int | None = None) -> bool:
    """Whether a sentence, or its clause round `at`, speaks of hiring that is past or not yet decided."""
    if not _tells_of_later(text):
        return False
    start, end = (0, len(text)) if at is None else clause_of(text, at)
    return _tells_of_later(text[start:end])


@lru_cache(maxsize=256)
def _tells_of_later(text: str) -> bool:
    return bool(_LATER.search(text.replace("’", "'")))


def clause_of(text: str, at: int) -> tuple[int, int]:
    """The bounds of the clause that holds the character `at`."""
    breaks = [(match.start(), match.end()) for match in _CLAUSE.finditer(text)]
    start = max((end for _, end in breaks if end <= at), default=0)
    end = min((start_ for start_, _ in breaks if start_ > at), default=len(text))
    return start, end


def asks(text: str, language: str) -> bool:
    """Whether a lead-in or heading asks for people: "We need:", "Openings", "Lo que busca"."""
    return bool(FOR[language].search(text.replace("’", "'"))) or bool(_LEAD.search(text))


_LEAD = re.compile(
    r"(?i)\b(?:now hiring|(?:employment|job|career|work) opportunit(?:y|ies)|open positions|current openings|workforce "
    r"(?:details|needs)|hiring needs?|staffing needs?|"
    r"job orders?|numbers for|here'?s (?:the|what|our)|here (?:is|are)|the list|what (?:we|they|he|she) (?:have|has|"
    r"got|need)|details|specifics|asking for|breakdown|as follows|following|vacantes|personal|lista|oferty|"
    r"stanowiska|następujące|siguientes)\b"
)
