"""Which organisation of a mail is the employer: no partner, no tracker, no mail provider, and its need it is."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mail.directory import Directory
from mail.excerpts import Excerpt
from mail.parties.companies import details
from mail.parties.lowered import lower_case, spelled
from mail.parties.roles import Cast, is_free, mentions
from mail.prose.name_words import NOT_NAMES, ORG_WORDS, SPANISH_KINDS
from mail.prose.names import is_given, is_org_like, tokens
from mail.prose.organisations import Phrase, alone_on_line, domain_fit, is_person, is_role, key_of, phrases
from mail.prose.places import find_places
from mail.values import Employer, Fact

_EMAIL = re.compile(r"(?<![\w.+-])([\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)")
_NEEDS = (
    r"needs?|wants?|is looking|are looking|is asking|are asking|looks? for|looking for|is hiring|are hiring|"
    r"is staffing|is "
    r"seeking|seeks?|has (?:\w+ ){0,2}(?:money for|work for|room for|openings?|jobs|positions|vacanc\w+)|"
    r"would like|would love|would sponsor|could use|can use|will need|will be hiring|will hire|has to "
    r"(?:hire|fill|bring)|is short|are short|is ramping|is (?:re)?opening|is expanding|is bringing|opens|"
    r"plans to hire|"
    r"is still (?:short|looking)|must hire|requires?|is adding|called (?:because|us|me)|asked (?:for|us|me|"
    r"whether|if)|is ready to|is growing|are growing|is trying|"
    r"(?:ha )?contrat[óa]\w*|busca\w*|necesita\w*|requiere\w*|abre|solicita\w*|quiere\w*|szuka\w*|"
    r"potrzebuj\w*|poszukuj\w*|zatrudni\w*|chce\w*"
)
_AFTER = (
    (
        re.compile(
            rf"^(?:,? \(?[^.;:!?\n()]{{0,40}}\)?,?| \([^()\n]{{0,110}}\),?)? ?(?:just |also |still |really |"
            rf"now |currently |todavía |"
            rf"aún |ciągle )?(?:{_NEEDS})\b"
        ),
        2.0,
    ),
    (re.compile(rf"^ ?(?:just |also |still |really |now |currently )?(?:{_NEEDS})\b"), 2.0),
    (
        re.compile(
            r"^(?:'s|’s)? (?:hired|took|made (?:an )?offers?|offered|interviewed|froze|paused|closed|picked|"
            r"selected|referral|job|order|openings?|list|account|introduction|people|"
            r"folks|file|case|lead|request|position|covered|sorted|handled|filled)\b"
        ),
        1.5,
    ),
    (re.compile(r"^ ?\((?:in |near )?[A-Z][a-z]+[^)@\d]{0,24}\)"), 1.0),
    (re.compile(r"^,? (?:is |are )?(?:located |based )?(?:in|en|w|we|over in|out in|out of) (?:the )?[A-ZŁŚŻ]"), 1.0),
    (re.compile(r"^(?:'s|’s) "), 0.7),
    (re.compile(r"^ (?:has|have) (?:made|been|run|\d|about|over|\w+teen|\w+ty)\b"), 1.0),
)
_BEFORE = (
    (re.compile(r"(?i)\b(?:our|my|a|their|this) (?:client|customer)s?(?: is| called| named|,|:)?\s*$"), 6.0),
    (
        re.compile(
            r"(?i)\b(?:employer|company|business|firm|empresa|negocio|firm[aęy]|member|contractor|"
            r"grantee)(?: is| called| named| llamad[ao]|,|:)?(?: the| la| el)?\s*$"
        ),
        2.0,
    ),
    (
        re.compile(
            r"(?i)\b(?:owns?|runs?|manages?|founded|opened|owner of|president of|manager (?:of|at|for)|"
            r"director (?:of|at|for)|(?:leads|handles|does|heads|oversees) \w+ (?:at|for)|dueñ[oa] de|"
            r"propietari[oa] de|prowadzi(?: firmę)?|właściciel\w*)\s+(?:the |la |el )?$"
        ),
        1.5,
    ),
    (re.compile(r"(?i)\b(?:at|with|from|en|w|z|ze|u)\s+(?:the |la |el |firmy |firmie )?$"), 1.0),
    (
        re.compile(
            r"(?i)\b(?:for|para|dla|about|sobre|re|on|of|de|intro|introducing|introduction|presentación|meet|"
            r"over|to|a|between)\s*:?\s+(?:the |la |el )?$"
        ),
        0.7,
    ),
    (re.compile(r"(?i)\b(?:meet|met|visited|toured|tour of|called)\s+$"), 0.5),
    (
        re.compile(r"(?i)\b(?:declin\w+|pass on|say no to|turn down|accept\w*|take on|take|help|serve)\s+(?:the )?$"),
        1.0,
    ),
)
_PARENT_AFTER = re.compile(
    r"(?i)^,? (?:a|an|part of|is a|which is a|una?)\b[^.;]{0,30}\b(?:division|subsidiary|unit|brand|"
    r"affiliate|site|filial)\b"
)
_PARENT_BEFORE = re.compile(
    r"(?i)\b(?:(?:division|subsidiary|unit|brand|affiliate|part|client|filial) of|owned by|parent company(?: "
    r"is)?|payroll (?:says|is)|formerly|the old|used to be|f/?k/?a|antes)\s+(?:the )?$"
)
_CLIENT = re.compile(
    r"(?i)\b(?:our|my|a|their|this|the|nuestro|nasz) (?:client|customer|cliente|klient)s?(?: is| called| "
    r"named|,|:)?\s*$"
)
_SAYS_CLIENT = re.compile(r"(?i)client|customer|klient")
_OPENS = re.compile(r"(?:^|[:–-] ?)$")
_STREET = re.compile(r" (?:Street|St|Avenue|Ave|Boulevard|Blvd|Road|Rd|Drive|Lane|Parkway|Pkwy|Highway|Hwy)\.?$")
_ON_STREET = re.compile(r"(?i)\b(?:on|off|along|down|of|near|at|and) (?:the )?(?:\w+ )?$")
_BLANKS = re.compile(r" {2,}")
_IN_PLACE = re.compile(r"[^\W\d_a-zà-ÿ][\w&'’.-]* (?:in|en|w|we) (?:the |el |la )?$")
_AT_PLACE = re.compile(r"(?:^|\W)(?:[Ii]n|[Nn]ear|past|off|outside) (?:the )?$")
_LABELLED = re.compile(r"(?:^|\n)[ \t>*]*([^\n:]{2,40}):[ \t]*\*?$")
_BREAKS = re.compile(r"[\n\t>]")
_AGENCY = re.compile(
    r"(?i)\b(?:staffing|temps?|recruiters?|talent solutions|personnel services|workforce solutions|"
    r"employment agency|headhunters?)\b"
)
_FORM_NAME = re.compile(
    r"(?i)^(?:company|business|employer|organi[sz]ation|firm|empresa|negocio|compañía|firma|nazwa firmy|"
    r"legal name)(?: ?/? ?(?:name|nombre))?$|^name of (?:company|business|employer)$|^nombre de la empresa$"
)
_LEGAL_END = re.compile(r"(?i)[, ]+(?:inc|llc|l\.l\.c|ltd|co|corp|corporation|company|llp|lp|nfp|s\.a)\.?$")


@dataclass(frozen=True, slots=True)
class ReadEmployer:
    """The employer as read. `domains` are its mail domains, best first; `rivals` are other likely names."""

    employer: Employer | None
    facts: tuple[Fact, ...] = ()
    domains: tuple[str, ...] = ()
    confidence: float = 0.0
    rivals: tuple[str, ...] = ()


def read_employer(texts: Sequence[Excerpt], cast: Cast, directory: Directory) -> ReadEmployer:
    """The employer, its website and a sentence about it, out of the headers' domains and the words."""
    domains = employer_domains(texts, cast, directory)
    scores: dict[tuple[str, ...], float] = defaultdict(float)
    seen: dict[tuple[str, ...], list[Phrase]] = defaultdict(list)
    for excerpt in texts:
        for phrase, weight in _weighed(excerpt, cast, directory):
            seen[phrase.key].append(phrase)
            scores[phrase.key] += weight
    of_clients = any(_SAYS_CLIENT.search(excerpt.text) for excerpt in texts)
    for key in scores:
        fits = [domain_fit(key, domain) * weight for domain, weight in domains.items()]
        best = 0.0 if _only_a_place(seen[key]) else max(fits, default=0.0)
        client = of_clients and any(_CLIENT.search(_before(phrase)) for phrase in seen[key])
        scores[key] = min(scores[key], 6.0) + (best * 2.5 if best >= 1.2 else 0) + (12.0 if client else 0)
    body = {key for key, found in seen.items() if any(phrase.excerpt.part != "subject" for phrase in found)}
    for key in scores:
        if key not in body and any(scores[other] >= 0.5 for other in body):
            scores[key] -= 0.6
    clusters = _clusters(scores, domains)
    if not clusters or clusters[0][1] < 0.3 or (_headed(domains) and clusters[0][1] < 2.0):
        return _from_domain(domains, texts)
    key, score = clusters[0]
    key = _without_place(key, seen, domains)
    name, phrase = _fullest(key, seen, domains)
    confidence = _confidence(score, clusters)
    own = (
        tuple(d for d in domains if domain_fit(key, d) >= 0.5)
        or tuple(d for d, weight in domains.items() if weight >= 4.0)[:1]
    )
    employer = Employer(name, *details(name, own, texts)[:2])
    facts = [
        phrase.excerpt.fact("employer.name", name, phrase.start, phrase.end, confidence),
        *details(name, own, texts)[2],
    ]
    rivals = tuple(_fullest(other, seen, domains)[0] for other, rival in clusters[1:3] if rival > score * 0.6)
    return ReadEmployer(employer, tuple(facts), own, confidence, rivals)


def _without_place(
    key: tuple[str, ...], seen: dict[tuple[str, ...], list[Phrase]], domains: dict[str, float]
) -> tuple[str, ...]:
    """ "Hotel Elm" of "Hotel Elm de Elgin", where it also stands alone and fits the domain as well."""
    words = seen[key][0].words
    for joint in (" de ", " of ", " in ", " w "):
        short = key_of(words.partition(joint)[0]) if joint in words else ()
        spans = {(id(phrase.excerpt), phrase.start) for phrase in seen[key]}
        alone = [phrase for phrase in seen.get(short, ()) if (id(phrase.excerpt), phrase.start) not in spans]
        fits = [domain for domain in domains if domain_fit(short, domain) >= max(0.8, domain_fit(key, domain))]
        if len(short) > 1 and alone and fits:
            return short
    return key


def _only_a_place(found: Sequence[Phrase]) -> bool:
    """Whether every mention stands behind "in" or the like: a firm's town may give its domain the name."""
    return all(_AT_PLACE.search(_before(phrase)[-12:]) and not is_org_like(phrase.words) for phrase in found)


def _headed(domains: dict[str, float]) -> bool:
    """Whether a stranger's domain stands in the headers: then words that do not fit it need weight of their own."""
    return any(weight >= 4.0 for weight in domains.values())


def _confidence(score: float, clusters: list[tuple[tuple[str, ...], float]]) -> float:
    rival = clusters[1][1] if len(clusters) > 1 else 0.0
    margin = (score - rival) / max(score, 1.0)
    return round(min(0.97, 0.35 + 0.05 * min(score, 8.0) + 0.3 * margin), 2)


def stranger_org(message: Excerpt, cast: Cast, employer: ReadEmployer) -> str | None:
    """What a sender signs for who is no partner and not the employer: a chamber, an office, an agency."""
    sender = cast.sender
    if not sender.stranger or sender.domain in employer.domains:
        return None
    own = employer.employer.name if employer.employer else ""
    best, name = 0.0, None
    for phrase in phrases(message):
        if is_person(phrase.words) or is_role(phrase.words) or phrase.key == key_of(own):
            continue
        fit = 0.0 if is_free(sender.address) else domain_fit(phrase.key, sender.domain)
        signed = phrase.start >= message.signed and is_org_like(phrase.words) and alone_on_line(phrase)
        weight = fit + (0.6 if signed else 0.0)
        if weight >= 0.5 and weight > best:
            best, name = weight, phrase.words
    return name


def employer_domains(texts: Sequence[Excerpt], cast: Cast, directory: Directory) -> dict[str, float]:
    """Domains of strangers with a weight: who wrote the innermost mail, who is addressed, who is named in the words."""
    weights: dict[str, float] = {}

    def add(address: str, weight: float) -> None:
        domain = address.rpartition("@")[2]
        if domain and not is_free(address) and not directory.is_tracker(address) and not directory.by_address(address):
            weights[domain] = max(weights.get(domain, 0.0), weight)

    strangers = [turn[0] for turn in cast.turns if turn[0].stranger and turn[0].address]
    for depth, party in enumerate(strangers):
        add(party.address, 5.0 if depth == len(strangers) - 1 else 2.0)
    if not cast.through_list:
        for party in (cast.sender, *cast.to):
            add("" if party.tracker else party.address, 4.0)
    for party in cast.cc if not cast.through_list else ():
        add(party.address, 3.0)
    for excerpt in texts:
        for match in _EMAIL.finditer(excerpt.text):
            add(match[1].lower(), 3.0 if excerpt.part == "message" or excerpt.depth >= 0 else 2.0)
    return dict(sorted(weights.items(), key=lambda item: -item[1]))


def _weighed(excerpt: Excerpt, cast: Cast, directory: Directory) -> list[tuple[Phrase, float]]:
    """The excerpt's phrases that may be an employer, each with what the words around it say."""
    taken = [(mention.start, mention.end) for mention in mentions(excerpt.text, directory)]
    called = {name for party in cast.everyone if not party.tracker for name in tokens(party.name)}
    people = (tokens(party.name) for party in cast.everyone if not party.tracker and not is_org_like(party.name))
    firsts = {(name[0],) for name in people if len(name) > 1}
    author = _author(excerpt, cast)
    stranger = author is not None and author.stranger
    tail = excerpt.signed
    result = []
    for phrase in phrases(excerpt):
        if any(start < phrase.end and phrase.start < end for start, end in taken):
            continue
        weight = _context(phrase) + _shape(phrase, excerpt)
        if len(phrase.key) == 1 and phrase.key[0] in called and is_given(phrase.words):
            weight -= 4.0
        elif phrase.key in firsts and not any(domain_fit(phrase.key, party.domain) > 0.4 for party in cast.everyone):
            weight -= 6.0
        if stranger and phrase.start >= tail and not is_role(phrase.words):
            weight += 1.5 if alone_on_line(phrase) else 0.5
        elif not stranger and phrase.start >= tail and excerpt.part != "subject":
            weight -= 1.0
        if excerpt.part == "subject":
            weight += 0.5 + 0.4 * bool(_OPENS.search(excerpt.text[max(0, phrase.start - 4) : phrase.start]))
        result.append((phrase, weight))
    return result


def _author(excerpt: Excerpt, cast: Cast):
    if excerpt.depth >= 0:
        return cast.turns[excerpt.depth][0] if excerpt.depth < len(cast.turns) else None
    return cast.sender


def _before(phrase: Phrase) -> str:
    return re.sub(r"[\n\t>*_]", " ", phrase.excerpt.text[max(0, phrase.start - 60) : phrase.start])


def organisation_spans(
    excerpt: Excerpt, employer: "ReadEmployer", domains: Sequence[str], directory: Directory
) -> list[tuple[int, int]]:
    """Where a text names organisations: partners, the employer, phrases with such a word or a domain's name."""
    spans = [(mention.start, mention.end) for mention in mentions(excerpt.text, directory)]
    own = key_of(employer.employer.name) if employer.employer else ()
    for phrase in phrases(excerpt):
        fits = any(domain_fit(phrase.key, domain) > 0.75 for domain in domains) and not is_person(phrase.words)
        named = bool(own) and (_within(phrase.key, own) or own == phrase.key[: len(own)])
        if fits or named or (is_org_like(phrase.words) and " and " not in phrase.words and " y " not in phrase.words):
            spans.append((phrase.start, phrase.end))
    return spans


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return any(long[start : start + len(short)] == short for start in range(len(long) - len(short) + 1))


def _context(phrase: Phrase) -> float:
    text = phrase.excerpt.text
    before = _BREAKS.sub(" ", text[max(0, phrase.start - 60) : phrase.start]).replace("*", "").replace("_", "")
    after = _BLANKS.sub(" ", _BREAKS.sub(" ", text[phrase.end : phrase.end + 160])).lstrip("*_")
    weight = max((w for pattern, w in _BEFORE if pattern.search(before)), default=0.0)
    weight += max((w for pattern, w in _AFTER if pattern.match(after)), default=0.0)
    if _PARENT_AFTER.match(after):
        weight += 0.5
    if _PARENT_BEFORE.search(before):
        weight -= 3.0
    if _IN_PLACE.search(before[-40:]) or (_AT_PLACE.search(before[-12:]) and not is_org_like(phrase.words)):
        weight -= 2.5
    label = _LABELLED.search(text[max(0, phrase.start - 60) : phrase.start])
    if label and _FORM_NAME.match(label[1].strip(" *")):
        weight += 8.0
    elif label and re.match(
        r"(?i)(?:worksite|city|location|address|contact|name|role|title|position|job)", label[1].strip()
    ):
        weight -= 2.0
    return weight


def _shape(phrase: Phrase, excerpt: Excerpt) -> float:
    """What the phrase itself says: an organisation's word, a person's name, a place, a position."""
    words = phrase.words
    if is_person(words):
        return -4.0
    if is_role(words) or (len(words) < 4 and words.isupper()):
        return -3.0
    weight = 0.0
    if _STREET.search(words) and _ON_STREET.search(_before(phrase)[-20:]):
        return -4.0
    if words.lower() in ORG_WORDS or words.lower() in NOT_NAMES:
        weight -= 2.0
    if is_org_like(words):
        weight += 1.0
    elif len(phrase.key) == 1:
        weight -= 0.6
    if _AGENCY.search(words):
        weight -= 2.0
    places = find_places(words) if not is_org_like(words) else []
    if places and places[0].end - places[0].start >= len(words) - 3:
        weight -= 3.0
    return weight


def _clusters(scores: dict[tuple[str, ...], float], domains: dict[str, float]) -> list[tuple[tuple[str, ...], float]]:
    """Keys that are one name, long and short, as one; best first. A short form lends its score to the long one."""
    roots: dict[tuple[str, ...], float] = {}
    for key in sorted(scores, key=lambda k: (-len(k), -scores[k])):
        home = next((root for root in roots if _same_name(root, key)), None)
        if home is None:
            roots[key] = scores[key]
        else:
            roots[home] = max(roots[home], scores[key]) + 0.3 * max(0.0, min(roots[home], scores[key]))
    return sorted(roots.items(), key=lambda item: -item[1])


def _same_name(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    if len(short) > len(long):
        return False
    if len(short) == 1 and len(long) == 1:
        return short == long
    if long[: len(short)] == short or (long[-len(short) :] == short and len(short) > 1):
        return True
    return len(short) == 1 and len(short[0]) >= 2 and short[0] == "".join(word[0] for word in long)


def _fullest(
    key: tuple[str, ...], seen: dict[tuple[str, ...], list[Phrase]], domains: dict[str, float]
) -> tuple[str, Phrase]:
    """The spelling of the best key, with the legal form where one writes it."""
    options = [phrase for phrase in seen[key] if phrase.words]
    best = max(
        options,
        key=lambda phrase: (
            bool(_LEGAL_END.search(phrase.words)),
            phrase.excerpt.part != "subject",
            phrase.words[:1].isupper() and not phrase.words.isupper(),
        ),
    )
    return _ARTICLE.sub("", best.words.strip()), best


_ARTICLE = re.compile(rf"^(?:La|El|Los|Las) (?=(?i:{'|'.join(sorted(SPANISH_KINDS))}) )")
"""A Spanish sentence's article before what the firm is: "la Carnicería El Roble", but "La Estrella Azul"."""


def _from_domain(domains: dict[str, float], texts: Sequence[Excerpt]) -> ReadEmployer:
    """Nothing but a domain, or words without capitals: the words that spell it, else its own name, unsure."""
    said = lower_case(texts)
    if said is not None:
        own = tuple(domain for domain in domains if domain_fit(key_of(said.value), domain) > 0.6)
        return ReadEmployer(Employer(said.value), (said,), own, said.confidence)
    for domain, weight in domains.items():
        said = spelled(domain, texts) if weight >= 3.0 else None
        if said is not None:
            return ReadEmployer(Employer(said.value), (said,), (domain,), said.confidence)
        if weight >= 3.0:
            name = domain.split(".")[0].replace("-", " ").title()
            return ReadEmployer(Employer(name), (), (domain,), 0.3)
    return ReadEmployer(None, (), tuple(domains))
