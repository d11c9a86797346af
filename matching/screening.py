"""Orders that screen by a protected class: they are flagged for the coordinator and never followed.

Title VII, ADEA and ADA, 8 U.S.C. 1324b (citizenship), and the Illinois Human Rights Act (775 ILCS 5, which adds
arrest and conviction records). A preference for a group that programmes serve ("preferably veterans") is none of
these.
"""

import re
from dataclasses import dataclass

from matching.needs import NeedAsked


@dataclass(frozen=True, slots=True)
class Flag:
    """What the order says, and the class that it screens by."""

    words: str
    protected: str

    @property
    def sentence(self) -> str:
        return f'the order says "{self.words}": screening by {self.protected} can\'t be followed'


_ONLY = r"(?:only|required|a must|preferred)"
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "sex",
        re.compile(
            rf"\b(?:(?:men|males?|women|females?|ladies|guys|girls) {_ONLY}|no (?:men|males|women|females|girls)"
            r"|(?:only|just|strictly) (?:men|males|women|females|ladies)|(?:s[oó]lo|solamente) (?:hombres|mujeres)"
            r"|tylko (?:m[eę]żczy[zź]ni|kobiety))\b"
        ),
    ),
    (
        "pregnancy or family",
        re.compile(r"\b(?:not pregnant|no (?:pregnant women|kids|small children)|without children|single only)\b"),
    ),
    (
        "age",
        re.compile(
            r"\b(?:under (?:30|35|40|45|50|55)(?: years| only|$)|no (?:one )?over (?:30|35|40|45|50|55|60)"
            r"|age(?:s|d)? 18 ?(?:-|to) ?\d{2}\b(?! months)"
            r"|young(?:er)? (?:people|workers|men|women|only)|recent graduates only|max(?:imum)? age)\b"
        ),
    ),
    (
        "religion",
        re.compile(
            rf"\b(?:(?:christians?|muslims?|jewish|catholics?) {_ONLY}"
            r"|no (?:muslims|jews|christians)|no head ?scarves)\b"
        ),
    ),
    (
        "race or origin",
        re.compile(
            rf"\b(?:(?:white|black|hispanic|latino|asian|polish|mexican)s? (?:people|workers|guys|applicants) {_ONLY}"
            r"|no (?:blacks|whites|hispanics|mexicans|asians|foreigners|immigrants|accents?)|americans only)\b"
        ),
    ),
    (
        "citizenship",
        re.compile(
            rf"\b(?:u\.?s\.? citizens? {_ONLY}|citizens only"
            r"|must be (?:an? )?(?:u\.?s\.?|american) citizen|no green cards?)\b"
        ),
    ),
    ("native language", re.compile(r"\bnative (?:english )?speakers? (?:only|required)\b")),
    (
        "disability",
        re.compile(r"\b(?:no disabilit(?:y|ies)|able-bodied(?: only)?|no (?:handicapped|disabled)(?: people)?)\b"),
    ),
    (
        "arrest or conviction record",
        re.compile(r"\b(?:no (?:felons?|ex-?offenders?|ex-?cons|criminals)|clean record only)\b"),
    ),
)


def flags(need: NeedAsked) -> tuple[Flag, ...]:
    """Everything in a need's words that screens by a protected class, in the order of the table."""
    text = " ".join((need.title, need.text[:20_000], *need.requirements)).lower()
    return tuple(Flag(found.group(0).strip(), protected) for protected, rule in _RULES if (found := rule.search(text)))
