"""Which partners a mail refers an employer to: those addressed, those whom its words tell to take a need."""

import re
from collections.abc import Sequence

from mail.directory import Directory, Partner
from mail.excerpts import Excerpt
from mail.parties.roles import Cast, Mention, Party, first_names, mentions
from mail.prose.layout import segments

_BELONGS = r"['’]s (?:number|name|e-?mail|contact|info|team|people|class|program|school|shop)\b"
_ASIDE = r"(?: \([^)]{0,30}\))?,? (?:(?:at|from|with) [\w&' ]{3,40}? )?"
_READY = (
    r"(?:will |can |could |would |should |(?:is|are) going to |is happy to |has agreed to |agreed to |and "
    r"\w+ |who |to )?"
)
_VERBS = (
    r"(?:takes?|taking|gets?|handles?|covers?|picks? up|owns?|does|do|help|helps|train|trains|fill|fills|"
    r"have|has|places?|"
    r"run|runs|recruits?|look(?:s)? after|serve|serves|step in)\b"
)
_ABROAD = r"\s+(?:se encarga|toma|puede|pueden|lleva|tiene|tienen|forma|capacita|weźmie|bierze|może|mogą|ma|zajmie)\b"
_TAKES = re.compile(rf"(?i)^(?:{_BELONGS}|{_ASIDE}{_READY}{_VERBS}|: |{_ABROAD})")
_REFERRED = (
    r"told (?:him|her|them|\w+) (?:to (?:call|contact|write|e-?mail|try|reach out to|talk to)|about|that)|"
    r"gave (?:him|her|them|\w+)|"
    r"hand(?:ing|ed)? [^.;]{0,60}(?:to|over to)|(?:belongs?|fits?|goes|better) (?:with|to|at)|"
    r"(?:refer(?:red|ring)?|sent|send(?:ing)?|pass(?:ed|ing)?|point(?:ed|ing)?|introduc(?:e|ed|ing)) [^.;]{0,40}to|"
    r"connect(?:ed|ing)? [^.;]{0,40}(?:with|to)|put [^.;]{0,40}(?:in touch )?with|call(?:ing)?|contact|"
    r"adding|looping in|copying|"
    r"(?:i |we )?(?:said|suggested|recommended)|to|for|with|le di (?:el|los)|que llame a|a|dla|do"
)
_SOMEBODY = (
    r"(?:the |our friends (?:at|in) |(?:[A-Z][\w'’-]+ ){0,2}[A-Z]?[\w'’-]+ (?:at|from|over at|of|de|en|z|w) (?:the )?)?"
)
_SENT_TO = re.compile(rf"(?i:\b(?:{_REFERRED}))\s+{_SOMEBODY}$")
_NOT = re.compile(
    r"(?i)\b(?:not|n't|n’t|never|except|instead of|already asked|asked|declined|passed|said no|maybe|perhaps|"
    r"tal vez|quizás|może|thanks to|thank|through|from|via|course of|came from|graduate of)\b[^.;]{0,30}$"
)


def receiving(
    cast: Cast, texts: Sequence[Excerpt], directory: Directory, own: Partner | None
) -> list[tuple[Partner, Party | Mention]]:
    """The receiving partners in order, each with the header or the words that name it."""
    found: dict[str, tuple[Partner, Party | Mention]] = {}
    for party in cast.to:
        if party.partner and party.partner != own:
            found.setdefault(party.partner.name, (party.partner, party))
    message = texts[0]
    for partner, mention in named_to_take(message, cast, directory, own):
        found.setdefault(partner.name, (partner, mention))
    if not found:
        for party in cast.cc:
            if party.partner and party.partner != own and not _was_below(party, cast):
                found.setdefault(party.partner.name, (party.partner, party))
    return list(found.values())


def _was_below(party: Party, cast: Cast) -> bool:
    return any(sender.partner == party.partner for sender, _, _ in cast.turns)


def named_to_take(
    message: Excerpt, cast: Cast, directory: Directory, own: Partner | None
) -> list[tuple[Partner, Mention]]:
    """Partners (or their people) whom the words tell to take a need: "Tessa takes the cooks", "told her to call X"."""
    found: dict[str, tuple[Partner, Mention]] = {}
    text = message.text
    for mention in [*mentions(text, directory), *_people(text, cast)]:
        if mention.partner == own or mention.partner.name in found:
            continue
        words = _segment_before(text, mention.start)
        after = text[mention.end : mention.end + 80].replace("\n", " ")
        if _NOT.search(words):
            continue
        if _TAKES.match(after) or _SENT_TO.search(words):
            found[mention.partner.name] = (mention.partner, mention)
    return list(found.values())


def taken_by(
    title: str, message: Excerpt, cast: Cast, directory: Directory, receivers: Sequence[Partner]
) -> Partner | None:
    """Which of several receivers the words give a need to: "Ann takes the ushers, Harbor House the cleaners"."""
    text = message.text
    last = title.split()[-1].lower() if title else ""
    stem = last[: max(4, len(last) - 1)]
    named = sorted([*mentions(text, directory), *_people(text, cast)], key=lambda mention: mention.start)
    for number, mention in enumerate(named):
        if mention.partner not in receivers or not stem:
            continue
        stop = named[number + 1].start if number + 1 < len(named) else mention.end + 160
        sentence = re.split(r"[.;\n]", text[mention.end : stop])[0]
        taking = _TAKES.match(text[mention.end : mention.end + 80].replace("\n", " ")) or number > 0
        if taking and stem in sentence.lower():
            return mention.partner
    return None


def _people(text: str, cast: Cast) -> list[Mention]:
    """People of partners in To, named by their first name."""
    known = {name: party for name, party in first_names(cast).items() if party.partner and party.place == "to"}
    found = []
    for match in re.finditer(r"(?<![\w@.])[^\W\d_]{2,}(?![\w@])", text):
        party = known.get(match[0].lower())
        if party is not None and party.partner is not None and match[0][0].isupper():
            found.append(Mention(party.partner, match.start(), match.end(), match[0]))
    return found


def _segment_before(text: str, place: int) -> str:
    """The words of the sentence before a place."""
    for segment in segments(text):
        if segment.start <= place < segment.end:
            return text[segment.start : place].replace("\n", " ")
    return text[max(0, place - 60) : place].replace("\n", " ")
