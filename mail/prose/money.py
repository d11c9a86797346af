"""Wages in prose: "$46-51k", "19 to 23", "$17.25 flat", "eighteen dollars an hour", "25 la hora", "24–27 $ za godz.".

Money that is no wage (a bonus, a budget, a fee, a per diem, tuition, a raise after some months) is told apart by the
words beside it.
"""

import re
from dataclasses import dataclass

from mail.prose.numbers import value_of
from mail.prose.pay_units import ADVERBS, UNITS, unit_of

_WORDS = (
    r"(?:(?:twenty|thirty|forty|fifty)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen)"
)
_NUMBER = r"\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,2})?|\d{1,6}(?:[.,]\d{1,2})?(?!\d)"
_SIGN = r"(?:US|USD)?\s?\$\s?"
_AMOUNT = rf"(?:{_SIGN})?(?:{_NUMBER})\s?(?:(?:[kK]|thousand|grand|mil|tys\.?)(?!\w))?"
_TO = r"\s*(?:&|-|–|—|to|and|or|a|y|o|do|i|hasta|through|up to)\s*"
_CURRENCY = r"(?:\s?(?:\$(?!\s?\d)|USD|dollars?|bucks|dólares|dolares|dolarów|dolary|dolara|dol\.))"
_PER = r"(?:/|per|an|a|the|each|every|por|la|al|a la|el|za|na|per each|x)"
_UNIT = (
    r"(?P<unit>\s*(?:(?:"
    + "|".join(ADVERBS.values())
    + rf")(?![\w])|{_PER}\s*(?:"
    + "|".join(UNITS.values())
    + r")(?!\w)|p/?h(?!\w)|ph(?!\w)))"
)
_WAGE = re.compile(
    rf"(?<![\w.,/#$-])(?:(?P<low>{_AMOUNT})(?P<part>\s+and (?:a half|a quarter|"
    rf"three quarters)(?!\w))?{_CURRENCY}?(?:{_UNIT[:-1].replace('<unit>', '<unit1>')}))?"
    rf"(?:{_TO}(?P<high>{_AMOUNT}))?(?P<currency>{_CURRENCY})?{_UNIT}?)"
    rf"|(?<!\w)(?P<words>{_WORDS})(?:\s+(?:to|or)\s+(?P<words2>{_WORDS}))?(?P<cents>\s+(?:dollars and (?:fifty|"
    rf"twenty-five|seventy-five) cents|fifty|and a half|twenty five|seventy five|and a "
    rf"quarter|seventy-five|twenty-five))?"
    rf"(?P<wcurrency>\s+(?:dollars|bucks))?{_UNIT.replace('<unit>', '<wunit>')}?",
    re.IGNORECASE,
)
_NOT_PAY_AFTER = re.compile(
    r"(?i)^[^.;:,$+]{0,12}?\b(?:bonus|bono|premii|premia|per diem|sign-?on|signing|retention|referral|budget|grant|"
    r"reimburse\w*|million|mln|billion|donation|fee|fees|deposit|allowance|differential|tuition|toward|towards|"
    r"stipend for|"
    r"discount|voucher|gift card|gift cert|card|insurance|in (?:sales|revenue|funding|tools|equipment|grants?)|"
    r"a seat|per seat|per student|per participant|"
    r"una vez|extra|premium|match|credit|raise|more (?:an|per)|shift diff|on top|for (?:boots|tools|uniforms?|gas|"
    r"parking|lunch))"
)
_NOT_PAY_BEFORE = re.compile(
    r"(?i)(?:\b(?:bonus(?:es)?(?: of)?|bono de|per diem(?: of)?|budget(?: is| of)?|"
    r"total\b(?!,)[^.;$]{0,25}|grant(?: of)?|"
    r"not|instead of|rather than|fee(?: of| is)?|"
    r"costs?(?: of)?|worth|"
    r"plus(?: an?)?|adds?(?: about| roughly)?|reimbursement(?: of)?|tuition(?: of| is)?|used to pay|paid us|charges?|"
    r"rent(?: is)?|save[ds]?|"
    r"raise of|"
    r"differential(?: of| is)?|deposit(?: of)?|sponsor\w*|donat\w+|investment of|invest\w*|gets an?|extra|additional|"
    r"dodatek|premia|up from|goes (?:up )?to|going (?:up )?to|"
    r"rises? to|raised to|bumps? (?:up )?to|moves? (?:up )?to|then|becomes|competitors? pays?|others? pay|foremen "
    r"make|stipend of up to)\s*:?\s*)$"
)
_RAISE_AFTER = re.compile(
    r"(?i)^[\s,(]*(?:an hour |per hour |/hr |an hr )?(?:after|once|upon|following|at|when "
    r"they)\s+(?:the\s+)?(?:(?:first\s+)?(?:\d{1,3}|thirty|sixty|ninety|six|three|one|two)[\s-]*(?:days?|months?|"
    r"years?|"
    r"weeks?|mos?)|"
    r"probation|training|certif\w+|completi\w+|they (?:finish|pass|graduate)|full rate|passing)"
)
_PAY_CUE = re.compile(
    r"(?i)(?:@|\bat|\bpay(?:s|ing)?|\bpaid|\bearns?|\bearning|\bmakes?|\bgets?|\bwages?|\brate|\bsalary|\bstart(?:s|"
    r"ing)?(?: out)?(?: at| around)?|\bfor|\bis|"
    r"\bbase|\bgana[n]?|\bpago|\bpaga(?:mos|n)?|\bsueldo|\ba|\bpo|\bza|\bstawka|\bpłac\w+|\bhourly|\bbetween|\bentre|"
    r"\bfrom|\bde|\bod|\bof|\bbe)"
    r"(?:['’]s)?\s*:?\s*(?:about|around|roughly|approximately|\w+ly|up to|a|de|od|at)?\s*$"
)


_MAYBE = re.compile(r"(?i)\d\d|\$|\b(?:dollars|bucks|hour)\b")


@dataclass(frozen=True, slots=True)
class Wage:
    """A wage as said. `unit` is hour, week or year; `sure`: a unit or a sign stands there."""

    start: int
    end: int
    low: float
    high: float
    unit: str | None
    sure: bool
    signed: bool


def find_wages(text: str) -> list[Wage]:
    """The wages of a sentence, in order. Bare numbers ("at 16.60") count only behind a word of pay."""
    if not _MAYBE.search(text):
        return []
    wages, position = [], 0
    while (match := _WAGE.search(text, position)) is not None:
        wage, position = _wage(match, text)
        if wage is not None:
            wages.append(wage)
    return wages


def _wage(match: re.Match[str], text: str) -> tuple[Wage | None, int]:
    """The wage of a match and where to look on: behind the first amount, where two are no range."""
    if match["words"]:
        return _in_words(match, text), match.end()
    low = _amount(match["low"])
    high = _amount(match["high"]) if match["high"] else None
    if match["part"] and match["low"].strip("$ ").isdigit():
        low += _PARTS[match["part"].split(maxsplit=1)[1].lower()]
    said = (match["unit"] or "") + " " + (match["unit1"] or "")
    unit = unit_of(said)
    signed = "$" in match[0] or bool(match["currency"]) or bool(re.search(r"(?i)USD|dollars?|dólares", match[0]))
    thousands = bool(re.search(r"\d\s?(?:k|thousand|grand|mil|tys\.?)(?!\w)", match[0], re.IGNORECASE))
    if high is not None and not _is_range(match, low, high, thousands):
        match_end = match.start("low") + len(match["low"].rstrip())
        joined = re.search(r"(?i)\b(?:and|or|y|i)\b|&", text[match.end("low") : match.start("high")])
        first_unit = unit_of(match["unit1"] or "") or (unit if joined and _plausible(low, unit or "") else None)
        first = _bounded(text, match.start(), match_end, low, low, first_unit, "$" in match["low"], False)
        return first, match.start("high")
    if thousands:
        low = low * 1000 if low < 1000 else low
        high = high * 1000 if high is not None and high < 1000 else high
    end = match.start() + len(match[0].rstrip())
    high = low if high is None else high
    return _bounded(text, match.start(), end, low, high, unit, signed, thousands), match.end()


_PARTS = {"a half": 0.5, "a quarter": 0.25, "three quarters": 0.75}


def _is_range(match: re.Match[str], low: float, high: float, thousands: bool) -> bool:
    joint = match[0][match.end("low") - match.start() : match.start("high") - match.start()]
    if "$" in match["high"] and "$" not in match["low"] and re.search(r"[-–—]", joint) and not thousands:
        return False
    if re.search(r"(?i)\b(?:and|y|i|a)\b|&", joint) and not _between(match):
        return bool(re.search(r"(?i)\ba\b", joint)) and high > low and high < low * 2.2
    return low < high <= low * 2.6 or thousands


def _between(match: re.Match[str]) -> bool:
    return bool(re.search(r"(?i)(?:between|entre|pomiędzy|między)\s*$", match.string[: match.start()][-14:]))


def _bounded(
    text: str, start: int, end: int, low: float, high: float, unit: str | None, signed: bool, thousands: bool
) -> Wage | None:
    """The wage if its size, its unit and the words beside it allow one."""
    before, after = text[max(0, start - 40) : start], text[end : end + 60]
    sure = signed or unit is not None or thousands
    if unit == "month":
        low, high, unit = low * 12, high * 12, "year"
    if not sure and (not _PAY_CUE.search(before) or not _bare_wage(text[start:end], before, after)):
        return None
    if (
        unit in ("day", "piece")
        or _NOT_PAY_AFTER.match(after)
        or _NOT_PAY_BEFORE.search(before)
        or _RAISE_AFTER.match(after)
    ):
        return None
    unit = unit or _usual_unit(low, signed or thousands)
    if unit is None or not _plausible(low, unit):
        return None
    return Wage(start, end, low, high, unit, sure, signed)


_STRONG_CUE = re.compile(
    r"(?i)(?:@|\bat|\bpay(?:s|ing)?|\bearns?|\bmakes?|\bgets?|\bwages?|\brate|\bsalary|\bhourly|\bbase|\bganan?|\bpago|"
    r"\bpaga(?:mos|n)?|"
    r"\bsueldo|\bstawka|\bpłac\w+|\bpo|\ba)(?:['’]s)?\s*:?\s*(?:about|around|is|of|from|up to)?\s*$"
)


def _bare_wage(said: str, before: str, after: str) -> bool:
    """A number without sign and unit: cents, or two digits that no noun, date or hour follows."""
    if re.search(r"\d[.,]\d\d", said):
        return not re.match(r"\s*(?:a\.?m|p\.?m|am|pm|hours?|%|percent|miles?|million)", after, re.IGNORECASE)
    if not _STRONG_CUE.search(before):
        return False
    return bool(re.fullmatch(r"\d\d(?:\s*(?:-|–|to|a|do)\s*\d\d)?", said.strip())) and not re.match(
        r"\s*(?:[A-Za-z%/:°#-]|\d)", after
    )


def _in_words(match: re.Match[str], text: str) -> Wage | None:
    unit = unit_of(match["wunit"] or "")
    if not match["wcurrency"] and "dollars" not in (match["cents"] or "") and unit != "hour":
        return None
    low = float(value_of(match["words"]) or 0)
    high = float(value_of(match["words2"]) or 0) if match["words2"] else low
    cents = (match["cents"] or "").strip().removeprefix("dollars and ").removesuffix(" cents").replace("y f", "y-f")
    extra = {"fifty": 0.5, "and a half": 0.5, "and a quarter": 0.25, "twenty-five": 0.25, "seventy-five": 0.75}.get(
        cents, 0
    )
    return _bounded(text, match.start(), match.end(), low + extra, high + extra, unit, True, False)


def _usual_unit(low: float, signed: bool) -> str | None:
    if low >= 15000:
        return "year"
    return "hour" if 7 <= low <= 120 else None


def _plausible(low: float, unit: str) -> bool:
    bounds = {"hour": (7, 250), "week": (150, 6000), "year": (8000, 400000)}
    least, most = bounds.get(unit, (1, 0))
    return least <= low <= most


def _amount(said: str) -> float:
    digits = re.sub(r"[^\d.,]", "", said).rstrip(".,")
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        digits = digits.replace(",", ".")
    return float(digits.replace(",", "") or 0)
