"""Lines that name whom a reply quotes: "On Tuesday, Jane Doe <j@x> wrote:" in the languages of mail clients."""

import re

from mail.mime.clientdates import shown_date
from mail.mime.clients import MONTH_OR_DAY, OPENER, WROTE
from mail.quoting.lines import Head, Line
from mail.quoting.shown import ADDRESS, shown_addresses
from mail.values import Address

_LONGEST = 400
_MOST_WRAPPED = 6
_COLON = re.compile(r"[:：][\s*_]*$")
_ENDS = re.compile(
    r"(?:[:：]|>|\]|wrote|napisał|écrit|scritto|escribió|skrev|schrieb)[\s*_]*(?:[-–—]{2,}|:)?[\s*_]*$", re.I
)
_YEAR_OR_TIME = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}[:.h]\d{2}|\d{1,2}/\d{1,2}/\d{2}|[年월日]")
_STARTS_DATED = re.compile(r"^[\W_]{0,3}(?:\d{1,4}[-/. ]|\d{1,2}:\d\d)")
# A date behind an opener; "Dana", "Le" and "El" are also names.
_DATE_NEXT = re.compile(rf"\W{{0,3}}(?:(?:{MONTH_OR_DAY.pattern}|[^\W\d_]{{1,4}})[.,]{{0,2}}\s+){{0,3}}?\d", re.I)
_DATED_EARLY = re.compile(r"^.{0,16}?\d")
# "2016-03-03 17:21 GMT+01:00 Jane Doe": Gmail before 2017, its address lost on the way.
_BARE = re.compile(r"\d{4}[-/]\d\d?[-/]\d\d?[ ,]+\d\d?:\d\d (?:GMT|UTC)[+-]\d\d:?\d\d [^\W\d_][^\d<>:]{1,60}:?")
_ENDS_BRACKETED = re.compile(r"[<(\[][^<>()\[\]]{0,80}@[^<>()\[\]]{1,120}[>)\]]+[\s:*_]*$")
# What every first line of an attribution has: a digit, an address, a colon at its end, or a CJK verb.
_HINT = re.compile(r"[\d<@]|[:：][\s*_]*$|写道|寫道|wrote$|przez|użytkownik|Użytkownik")
_NAME_FIRST = re.compile(r"[\"“„«]?[^<>\n]{1,60}<[^<>@\s]{1,64}@[^<>\s]{1,255}>,")
_FIELD_LINE = re.compile(r"^\W{0,3}[^\W\d_][^\W\d_ -]{1,14}:\W{0,3}\s\S")
_GROUPWISE = re.compile(r"^>>>\s(.{3,200}?)\s>>>")
_BRACKETED = re.compile(
    r"(?:\"[^\"]{1,120}\"|«[^»]{1,120}»|„[^”\"]{1,120}[”\"]|“[^”]{1,120}”|"
    r"[^<>\"]{0,160}?)\s*[<(\[]\s*(?:mailto:)?(?:[^<>@]{0,80}[<\s])?" + ADDRESS.pattern + r"[^>)\]]{0,200}[>)\]]+"
)


def wrote(lines: list[Line], position: int) -> Head | None:
    """The attribution that begins at this line, wrapped over up to six lines, or None."""
    line = lines[position]
    words = line.words.strip()
    groupwise = _GROUPWISE.match(line.words)
    if groupwise:
        return _head(position, position + 1, line.depth, groupwise[1])
    if not _may_begin(words) and not _is_name_above_address(lines, position):
        return None
    joined, end = "", position
    while end < min(len(lines), position + _MOST_WRAPPED):
        piece = lines[end].words.strip()
        if end > position and (
            (not piece and not joined.endswith("<") and not _open_bracket_next(lines, end))
            or (lines[end].depth < line.depth and line.depth and not _tail(piece))
        ):
            return None
        if end > position and _FIELD_LINE.match(piece):
            return None
        joined = f"{joined} {piece.lstrip('> ')}".strip() if end > position else piece
        end += 1
        if len(joined) > _LONGEST:
            return None
        if _complete(joined, lines, end):
            return _head(position, end, line.depth, joined)
    return None


def _is_name_above_address(lines: list[Line], position: int) -> bool:
    """ "Jane Doe", and on the next line "<j@x> wrote:"."""
    below = lines[position + 1].words.strip(" >") if position + 1 < len(lines) else ""
    return below.startswith("<") and len(lines[position].words) < 60 and _COLON.search(below) is not None


def _tail(piece: str) -> bool:
    return bool(_COLON.search(piece))


def _open_bracket_next(lines: list[Line], blank: int) -> bool:
    """ "Some One", an empty line, "<": the form that one web client breaks its attribution into."""
    return blank + 1 < len(lines) and lines[blank + 1].words.strip().startswith("<")


def _may_begin(words: str) -> bool:
    """Cheap test of the first line: an opener with a date, a date, a weekday, or a name that ends in a verb."""
    if len(words) > _LONGEST or not _HINT.search(words):
        return False
    if _STARTS_DATED.match(words) and _YEAR_OR_TIME.search(words):
        return True
    if WROTE.search(words) or (words.endswith((">:", ">")) and _DATED_EARLY.match(words) and ADDRESS.search(words)):
        return True
    if _NAME_FIRST.match(words) and _YEAR_OR_TIME.search(words):
        return True
    opener = OPENER.match(words)
    if opener:
        return bool(
            _DATE_NEXT.match(words, opener.end()) or ADDRESS.search(words) or MONTH_OR_DAY.match(words, opener.end())
        )
    return bool(MONTH_OR_DAY.match(words) and _DATE_NEXT.match(words)) or (
        words.endswith(("<", ">", ",")) and bool(_YEAR_OR_TIME.search(words) or ADDRESS.search(words))
    )


def _complete(joined: str, lines: list[Line], end: int) -> bool:
    """Whether the words so far are a whole attribution."""
    dated = bool(_YEAR_OR_TIME.search(joined)) and bool(re.search(r"\d", joined))
    address = ADDRESS.search(joined)
    verb = WROTE.search(joined)
    if verb:
        closed = _COLON.search(joined) or (joined.rstrip("-–— *_").endswith(verb[0]) and (dated or address))
        if not closed or (not _COLON.search(joined) and _goes_on_below(lines, end)):
            return False
        return bool(dated or address or (_quoted_next(lines, end) and len(joined.split()) <= 8))
    if not dated or not (_ENDS.search(joined) or _BARE.fullmatch(joined)):
        return False
    if joined.count("<") != joined.count(">"):
        return False
    if end < len(lines) and WROTE.match(lines[end].words.strip(" >")):
        return False
    if _BARE.fullmatch(joined):
        return True
    if not address or len(joined) > 240 or not shown_date(joined[: address.start()]):
        return False
    return bool(_DATED_EARLY.match(joined) and _ENDS_BRACKETED.search(joined))


def _goes_on_below(lines: list[Line], end: int) -> bool:
    """A verb at the end of a line, and below it the date in brackets, or the name with its colon."""
    below = lines[end].words.strip(" >") if end < len(lines) else ""
    return (
        bool(_COLON.search(below)) and len(below) < 90 and (below.startswith("(") or ADDRESS.search(below) is not None)
    )


def _quoted_next(lines: list[Line], end: int) -> bool:
    depth = lines[end - 1].depth
    for line in lines[end : end + 3]:
        if line.words.strip() or line.depth > depth:
            return line.depth > depth
    return False


def _head(start: int, end: int, depth: int, joined: str) -> Head:
    sender, date_raw = _who_and_when(joined)
    return Head(start, end, depth, "wrote", sender=sender, date_raw=date_raw)


def _who_and_when(joined: str) -> tuple[Address, str]:
    text = joined.strip(" *_-–—").replace("&lt;", "<").replace("&gt;", ">").replace("，", ", ")
    opener = OPENER.match(text)
    if opener and _DATE_NEXT.match(text, opener.end()):
        text = text[opener.end() :]
    bracketed = _BRACKETED.search(text)
    if bracketed:
        before, inside, after = text[: bracketed.start()], bracketed[0], text[bracketed.end() :]
        cut = inside.rfind("<") if "<" in inside else max(inside.rfind("("), inside.rfind("["))
        when, name = _split_name(before + inside[: inside.index(inside[cut])] if cut >= 0 else before)
        address = ADDRESS.search(inside)
        after = WROTE.sub(" ", after).strip(" :：,*")
        return Address(name, address[0].lower() if address else ""), _dated(when) or _dated(after) or _dated(text)
    verb = WROTE.search(text)
    head = text[: verb.start()] if verb else text
    tail = text[verb.end() :] if verb else ""
    bare = ADDRESS.search(text)
    if bare:
        when, name = _split_name(text[: bare.start()])
        return Address(name, bare[0].lower()), _dated(when) or _dated(tail)
    when, name = _split_name(head)
    if not name and verb and _dated(when):
        return Address(_name_alone(tail), ""), _dated(when)
    if not _dated(when) and _dated(tail):
        return Address(name or _names(head), ""), _dated(tail)
    return Address(name, ""), _dated(when)


def _names(text: str) -> str:
    found = shown_addresses(text)
    return found[0].name if found else ""


def _split_name(text: str) -> tuple[str, str]:
    """(date, name) of "Mon, Feb 1, 2016 at 6:32 PM, Jane Doe": the name is what follows the last dated word."""
    text = text.strip(" ,<([")
    quoted = re.search(r"(?:\"([^\"]{1,120})\"|«\s?([^»]{1,120}?)\s?»|„([^”\"]{1,120})[”\"]|“([^”]{1,120})”)\s*$", text)
    if quoted:
        return text[: quoted.start()].strip(" ,"), next(part for part in quoted.groups() if part)
    words = text.split(" ")
    last = -1
    for index, word in enumerate(words):
        if _dated_word(word) or (index - 1 == last >= 0 and word.strip(",.").lower() in _HALVES):
            last = index
    return " ".join(words[: last + 1]).strip(" ,"), _name_alone(" ".join(words[last + 1 :]))


def _name_alone(text: str) -> str:
    """The name without the verb and the "user" that some languages put before it."""
    verbs = list(WROTE.finditer(text))
    text = (text[verbs[-1].end() :] if verbs else text).strip(" ,:*_'")
    return _USER.sub("", text).strip(" ,:*_'")


def _dated_word(word: str) -> bool:
    bare = word.strip(",.()")
    return bool(re.search(r"\d", bare)) or bare.upper() in _ZONE_WORDS or bare.lower() in _DAY_WORDS


_ZONE_WORDS = frozenset({
    "AM", "PM", "UTC", "GMT", "CET", "CEST", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "EET", "EEST",
    "MEZ", "MESZ", "A.M", "P.M", "UHR",
})  # fmt: skip
_HALVES = frozenset(["p", "m", "a", "p.m", "a.m", "μ.μ", "π.μ", "μμ", "πμ", "nachm", "vorm"])
_USER = re.compile(
    r"^(?:użytkownik|пользователь|користувач|používateľ|uživatel|odesílatel|odosielateľ|kasutaja|korisnik|"
    r"felhasználó|keltezéssel,?|"
    r"ο χρήστης|user|heeft|from|von|de|od|от|від|időpontban|tarihinde)\s+",
    re.I,
)
_DAY_WORDS = frozenset(["nachm", "vorm", "г", "р", "h", "uhr", "годині"])


def _dated(text: str) -> str:
    """The dated stretch of a text, without the little words around it; "" where no date can be read."""
    text = text.strip(" ,:：*()")
    first = re.search(r"\d|[^\W\d_]{2,}", text)
    text = text[first.start() :] if first else ""
    text = re.sub(
        r"\s*(?:użytkownik|пользователь|používateľ|heeft|időpontban|følgende den|den)\s*$", "", text, flags=re.I
    ).strip(" ,")
    text = re.sub(r"^(?:følgende )?den\s+(?=\d)", "", text)
    return text if shown_date(text) else ""
