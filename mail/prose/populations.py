"""Groups that an employer asks for, and the road into work that a need offers, in English, Spanish and Polish."""

import re
from dataclasses import dataclass

from terms.kinds import Pathway, Population

_POPULATIONS = {
    Population.VETERANS: (
        r"veterans?|vets|ex-military|former military|military (?:families|spouses?|background)|service ?members?|"
        r"transitioning service|veteranos?|weteran\w*"
    ),
    Population.REFUGEES: (
        r"refugees?|asylees?|asylum[- ]seekers?|new arrivals?|newly arrived|newcomers?|humanitarian parolees?|"
        r"refugiad[oa]s?|recién llegad[oa]s?|uchodźc\w+|uchodzc\w+"
    ),
    Population.PEOPLE_WITH_DISABILITIES: (
        r"(?:people|persons?|individuals?|workers?|candidates?|applicants?|someone|somebody|adults?|job "
        r"seekers?) (?:who (?:have|has) |with (?:a |an )?)(?:intellectual |developmental |physical |cognitive "
        r")?disabilit(?:y|ies)|"
        r"disabled (?:people|workers?|applicants?|candidates?)|disabilit(?:y|ies) (?:hiring|inclusion|community)|deaf|"
        r"hard[- ]of[- ]hearing|blind|neurodivers\w+|neurodivergent|autis\w+|wheelchair users?|supported employment|"
        r"personas con discapacidad\w*|discapacitad[oa]s?|osob\w+ (?:z )?niepełnosprawn\w+|niepełnosprawn\w+"
    ),
    Population.RETURNING_CITIZENS: (
        r"returning citizens?|re-?entry|formerly incarcerated|justice[- ](?:involved|impacted)|(?:in|through|with|of) "
        r"(?:homelessness or )?the (?:criminal )?justice system|second[- "
        r"]chance(?: hiring| employer| workers?| people| candidates?)?|(?:people|folks|men|women|someone|guys) "
        r"(?:coming|who came|who come) (?:home|out|back)(?: from (?:prison|jail|idoc|incarceration))?|"
        r"(?:with (?:a |criminal )?|a )?(?:criminal )?(?:records?|backgrounds?) (?:is |are )?(?:ok|okay|fine|welcome|"
        r"friendly|no problem)|(?:people|folks|men|women|guys|someone|anyone|anybody|somebody|those|applicants|"
        r"candidates) with (?:a "
        r")?(?:criminal )?(?:records?|backgrounds?|convictions?)|(?:people|folks|men|women|guys|someone|anyone|"
        r"anybody|somebody|those) with a "
        r"past|ex-offenders?|felon\w*(?: is| are)? (?:ok|"
        r"okay|friendly|"
        r"welcome)|(?:did|done|served) time|(?:have|has|had|was|were) (?:been )?(?:inside|locked up|incarcerated)|"
        r"ex-?cons?|came home from prison|"
        r"ex-?convictos?|salido de (?:prisión|la cárcel)|antecedentes(?: penales)?|(?:po|z) (?:więzieni\w+|wyrok\w+|"
        r"zakład\w+ karn\w+)|były\w* więź\w+"
    ),
    Population.YOUTH: (
        r"youth|young (?:people|adults?|workers?|folks|men|women)|teens?|teenagers?|opportunity youth|high[- "
        r"]school(?:ers?| students?| seniors?| juniors?)|students? (?:ages?|aged)|age[sd]? 1[4-8] ?(?:to|-|–|through) "
        r"?2[0-5]|1[4-8] ?(?:to|-|–) ?2[0-5][- ]year[- ]olds?|1[4-9] (?:and|or|to|through) 1[5-9][- ]year[- "
        r"]olds?|(?:sixteen|seventeen)[- ]year[- ]olds?|1[4-8] ?(?:to|-|–) ?2[0-5](?:[- ]year[- ]olds?)? (?:crowd|"
        r"group|cohort|folks|kids|people|range)|under 2[1-5]|jóvenes|juventud|młodzież\w*|młod(?:zi|ych) "
        r"(?:ludzi|osób|pracownik\w+|doros\w+)"
    ),
    Population.ENGLISH_LEARNERS: (
        r"english (?:language )?learners?|esl\b|ells?\b|limited[- ]english|english (?:is )?(?:as )?(?:a |their "
        r")?second language|(?:people )?(?:still )?learning english|aprendi\w+ inglés|ucząc\w+ się angielskiego"
    ),
    Population.OLDER_WORKERS: (
        r"older (?:workers?|adults?|person|man|woman|folks|people|job ?seekers?|applicants?|candidates?)|mature "
        r"(?:workers?|"
        r"adults?|applicants?|job seekers?)|seniors? (?:workers?|job ?seekers?|citizens?)|(?:over|above|past) "
        r"(?:50|55|60|fifty|fifty-five)|(?:50|55)(?:\+| and (?:over|older|up)| plus| or over| or older)|"
        r"retirees?|retired (?:people|folks|teachers|workers)|"
        r"adultos mayores|mayores de (?:50|55)|personas mayores|jubilad[oa]s?|starsz(?:ych|e|ym|ymi|y) (?:pracownik\w*|"
        r"osob\w*|osób|stolarz\w*|ludzi)|osob\w+ starsz\w+|(?<!do )osób starszych|emeryt\w+|po (?:50|"
        r"pięćdziesiątce)|50 "
        r"?plus"
    ),
    Population.DISLOCATED_WORKERS: (
        r"dislocated workers?|laid[- ]off (?:workers?|people|employees|folks)|displaced workers?|(?:people|"
        r"workers|folks) (?:who (?:lost|were)|from the) (?:their jobs|laid off|plant closing|closed plant)|"
        r"despedid[oa]s|zwolnion\w+"
    ),
}  # fmt: skip
_GROUP = re.compile(
    r"(?i)(?<![\w-])(?:"
    + "|".join(f"(?P<{population.name}>{words})" for population, words in _POPULATIONS.items())
    + r")(?!\w)"
)
_NOT_ASKED = re.compile(
    r"(?i)\b(?:we (?:serve|work with|only (?:take|serve)|train|place|help|support)|our(?: \w+){0,3}|isn'?t a "
    r"population|not a population|don'?t (?:serve|work with)|doesn'?t (?:serve|work with)|no veterans? status|"
    r"i have (?:no|\w+)|all (?:the|of the|of our)|is an?|was an?|as an?|a (?:lot|few|number) of our|i'm an?|himself "
    r"an?|herself an?|"
    r"proud|support(?:s|ing)?|nasz\w+|mamy|somos|nuestr\w+)\s+$"
)
_ORGANISATION = re.compile(r"^\s+(?:[A-Z][\w&]+|of [A-Z])|^['’]s?\s+[A-Z]")
_BOX = re.compile(r"\[[ xX✓✔]?\]|☐|☒|☑")


@dataclass(frozen=True, slots=True)
class Group:
    """A population named at a place of the text."""

    start: int
    end: int
    population: Population


_HINTS = tuple(
    (
        "vet milit service weteran refug asyl arriv newcom parole llegad uchod disab deaf hearing blind neuro autis "
        "wheelchair supported discap niepełn return entry incarc justice second chance record background convict "
        "offend felon time inside locked ex-con excon prison prisión cárcel anteced więz wyrok karn coming came come "
        "youth young teen high student age 1 sixteen seventeen under jóven juvent młod english esl ell ingl angiel "
        "older mature senior over above past 50 55 retire mayor jubil starsz emeryt dislocat laid displac lost from "
        "despedid zwoln pięćdz "
    ).split()
)
"""Pieces of every wording above: most sentences have none, and are not searched further."""


def find_populations(text: str) -> list[Group]:
    """The populations that a sentence asks for, in order; a name of an organisation or an unticked box is none."""
    found = []
    low = text.lower()
    if not any(hint in low for hint in _HINTS):
        return []
    boxes = list(_BOX.finditer(text))
    before_words = bool(boxes) and not re.search(r"[^\W\d_]", text[: boxes[0].start()].rpartition(":")[2])
    for match in _GROUP.finditer(text):
        before = text[: match.start()]
        if boxes:
            if not _is_ticked(boxes, match, before_words):
                continue
        elif _NOT_ASKED.search(before[-50:]) or _named(match, text):
            continue
        found.append(Group(match.start(), match.end(), Population[match.lastgroup or ""]))
    return found


def _is_ticked(boxes: list[re.Match[str]], group: re.Match[str], before_words: bool) -> bool:
    """The box that belongs to a group: before its words, or behind them where the line's first box stands so."""
    near = [box for box in boxes if (box.end() <= group.start() if before_words else box.start() >= group.end())]
    if not near:
        return False
    return bool(re.search(r"[xX✓✔☒☑]", (near[-1] if before_words else near[0])[0]))


def _named(match: re.Match[str], text: str) -> bool:
    """A capitalised word inside a longer capitalised name: "Lakefront Refugee Services"."""
    if not match[0][0].isupper():
        return False
    return bool(_ORGANISATION.match(text[match.end() :])) or bool(
        re.search(r"[a-z&]\s+[A-Z][\w]+\s+$|[A-Z][a-z]+\s$", text[: match.start()][-30:])
    )


_APPRENTICE = re.compile(r"(?i)\b(?:apprentic\w+|aprendi(?:z|ces|zaje)|praktyk\w+ zawodow\w+)\b")
_INTERN = re.compile(r"(?i)\b(?:interns?|internships?|pasant\w+|stażyst\w+|staż\w*|practicantes?)\b")
_TRAINEE = re.compile(
    r"(?i)\b(?:trainees?|cohort|academy|boot ?camp|training (?:seats?|slots?|program|cohort|class)|pre-apprentic\w+|"
    r"class seats?|course seats?|training$|kursant\w*)\b"
)
_OJT = re.compile(
    r"(?i)(?:\bOJT\b|on[- ]the[- ]job training (?:contract|agreement|arrangement|funds?|reimburse\w+|subsid\w+|wage|"
    r"slots?|"
    r"positions?|program|dollars|hires?)|(?:under|through|with|as|via) (?:an? )?on[- ]the[- ]job[- ]training)"
)


_AS_APPRENTICE = re.compile(
    r"(?i)\b(?:registered|paid|as|offers?|through) (?:an? |our |the )?(?:\w+ )?apprentic\w+|\bapprenticeship "
    r"(?:spots?|slots?|positions?|openings?|program)"
)
_NO_APPRENTICE = re.compile(
    r"(?i)\b(?:not|n'?t|no|but|instead|rather|next year|later|into the|move into|asked about)\b"
)


def pathway(title: str, sentence: str) -> Pathway:
    """The road into work: by the title first, then by the sentence the need stands in."""
    if re.search(r"(?i)\bpre-?apprentic", title):
        return Pathway.TRAINING
    if _APPRENTICE.search(title):
        return Pathway.APPRENTICESHIP
    if _INTERN.search(title):
        return Pathway.INTERNSHIP
    if _OJT.search(sentence):
        return Pathway.ON_THE_JOB_TRAINING
    if _TRAINEE.search(title):
        return Pathway.TRAINING
    if _AS_APPRENTICE.search(sentence) and not _NO_APPRENTICE.search(sentence):
        return Pathway.APPRENTICESHIP
    if re.search(r"(?i)\b(?:summer |paid )?internships?\b|\bpasantías?\b", sentence):
        return Pathway.INTERNSHIP
    return Pathway.JOB
