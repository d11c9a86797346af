"""Why somebody was not hired, or is gone: what a sentence says of him beside the bare verdict and the day."""

import re
from collections.abc import Sequence

from mail.replies.days import ToldDay

LONGEST = 140
_BRACKET = re.compile(r"\s*\(([^)]{3,140})\)")
_BECAUSE = re.compile(
    r"(?i)(?:\bbecause(?: of)?|\bsince(?= (?:he|she|they|his|her|the))|\bdue to|\bas (?=he|she|they)|\bporque|"
    r"\bpor(?=\s)"
    r"|\bya que|\bbo\b|\bponieważ|\bgdyż)\s+(?P<why>[^.;]{3,140})"
)
_BARE = re.compile(
    r"(?i)[\s,;:–—-]*(?:(?:and|but|so|who|he|she|they|y|pero|quien|i|ale|który|która) )?(?:(?:is|was|were|has|have|"
    r"had|got|been|also|just|unfortunately|sadly|to be)\s+)*(?:not (?:be )?(?:hired|selected|chosen|accepted|offered|"
    r"picked)|(?:wasn|weren|isn)['’]t (?:hired|selected|chosen|picked)|no longer (?:works?|working|with|there|here|"
    r"employed)(?: (?:us|here|there|for us|with us))?|let go|go|gone|fired|terminated|laid off|dismissed|rejected|"
    r"left(?: us| the job| the company| here)?|quit|resigned|separated|ended|a no|no(?=\W*$)|hired|walked off|"
    r"didn['’]t work out|did not work out|last day(?: was)?|['’]s last day(?: was)?|no (?:fue|"
    r"fueron) (?:contratad\w+|seleccionad\w+)|se fue|se salió|renunció|odszedł|odeszła|nie (?:został|"
    r"została) przyjęt\w+)(?!\w)"
)
_ON = re.compile(r"(?i)(?:\s(?:on|in|at|since|by|el|en|w|we|dnia|od|last|early|late|mid))+\s*$")
_MONTH = re.compile(
    r"(?i)\s(?:on|in|last|early in|late in|en|w) (?:january|february|march|april|may|june|july|august|september|"
    r"october|november|december|week|month|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|"
    r"noviembre|diciembre|styczniu|lutym|marcu|kwietniu|maju|czerwcu|lipcu|sierpniu|wrześniu|październiku|"
    r"listopadzie|grudniu)(?!\w)"
)
_JOINED = re.compile(r"(?i)[\s,.;:–—-]*(?:(?:and|y|e|i|oraz|&|both|either|or|nor)\b[\s,]*)*")
_STOP = re.compile(r"[.;!?](?:\s|$)|\)\s*$")
_LABELLED = re.compile(r"[^:–—-]{0,30}(?::|\s[–—-]\s)\s*(?=\S)")


_FROM = re.compile(
    r"\s*(?:from|at|with|of|z|ze|de|w|en|in) (?:the )?(?-i:[A-ZÁÉÍÓÚÑŁŚŻ])[\w&'’-]*(?: (?:(?:&|and|"
    r"of) )?(?-i:[A-ZÁÉÍÓÚÑŁŚŻ])"
    r"[\w&'’-]*){0,3}(?=\s*[,;:–—-])"
)
"""Whom he left: "left Wrenfield Upholstery, his back"."""
_FOR_WHAT = re.compile(
    r"(?i)^(?:for|due to|because of|on account of|over|por|z powodu|przez)\s+(?!us\b|now\b|the time)"
)


def reason_of(words: str, days: Sequence[ToldDay], *, labelled: bool = False) -> str | None:
    """The reason in the words behind a name (with the days in them), or None where they give no more than the verdict.

    In brackets right behind the name, behind "because", or what is left without verdict and day; `labelled`: the name
    is the label of a line, so that all of the line is about him.
    """
    bracket = _BRACKET.match(words)
    if bracket and not _BARE.fullmatch(bracket[1]):
        return tidy(bracket[1])
    because = _BECAUSE.search(words)
    if because:
        return tidy(because["why"])
    said = words
    for day in reversed(days):
        said = _ON.sub(" ", said[: day.start]) + said[day.end :]
    said = _MONTH.sub(" ", said)
    stop = _STOP.search(said)
    said = said[: stop.start()] if stop else said
    label = None if labelled else _LABELLED.match(said)
    said = said[label.end() :] if label else said
    while (bare := _BARE.match(said) or _FROM.match(said)) and bare.end():
        said = said[bare.end() :]
    said = re.sub(r"(?i)^[\s,;:–—()-]*(?:(?:and|but|so|y|pero|i|ale|because|for us|there)\b[\s,]*)?", "", said)
    said = _ON.sub("", said[:LONGEST].rstrip(" ,.;:–—-()"))
    said = _FOR_WHAT.sub("", said.strip())
    return tidy(said) if len(said.strip()) > 2 and re.search(r"[^\W\d_]{2}", said) else None


def says_nothing(words: str) -> bool:
    """Whether words between two names only join them."""
    return _JOINED.fullmatch(words) is not None


def tidy(words: str) -> str:
    """Words of a mail without its line breaks."""
    return re.sub(r"\s+", " ", words).strip(" ,")
