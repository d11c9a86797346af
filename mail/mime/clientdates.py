"""Dates as mail clients write them above a quoted mail, in the languages of their users, as ISO 8601 wall time."""

import re
import unicodedata
from datetime import date
from email.utils import parsedate_to_datetime
from functools import lru_cache

_MONTHS: dict[str, int] = {}
# The first word of each row is for the reader; endings are cut, so one stem serves every case of a noun.
for _number, _stems in enumerate(
    (
        "jan janv januar january enero ene styc sty led ledna janeiro gennaio gen tammik sijecanj sij janua ianuar "
        "ian ocak oca "
        "янв ιαν январ січ січн jaan yanv",
        "feb fev febr february febrero lut luteho lute unor unora fevrier fevereiro febbraio helmik veljac velj vel "
        "subat sub "
        "фев φεβ феврал лют лютог veebr",
        "mar march maerz marzo mars mrz maart mrt brez brezna marec maliskuu maalisk ozujak ozu martie marts març "
        "marco mart "
        "marc marz мар март μαρ бер берез marts marca marcius már",
        "apr april abril abr kwi kwiet dub dubna avr avril aprile huhtik travanj tra nisan nis апр απρ апрел квіт кві "
        "aprilie",
        "may mai mayo maj maja kvet kvetna mei maggio mag maio toukok svibanj svi mayis май μαι μαϊ мая трав тра "
        "majus maijs",
        "jun june junio juni juin czer czerw cze cervna giugno giu junho kesak lipanj lip haziran haz июн ιουν черв "
        "чер "
        "iun iunie",
        "jul july julio juli juil juillet lipca lipiec cervence luglio lug julho heinak srpanj srp temmuz tem июл ιουλ "
        "липн лип iul",
        "aug august agosto ago aout sier sierp sie srpna elok kolovoz kol agustos agu авг αυγ август серп сер "
        "augusztus "
        "ag agos",
        "sep sept september septiembre set setembro wrz wrzes zari settembre syysk rujan ruj eylul eyl сен σεπ сентябр "
        "верес вер szept",
        "oct october octubre okt oktober pazdz paz rijna ottobre ott outubro out lokak ekim eki окт οκτ октябр жовт "
        "жов",
        "nov november noviembre listop lis listopad listopadu novembro marrask studeni stu kasim kas ноя νοε ноябр "
        "листоп лис noiembrie noi",
        "dec december diciembre dic dez dezember grud gru prosince decembre decembro dicembre jouluk prosinac pro "
        "aralik ara дек δεκ "
        "декабр груд гру detsember",
    ),
    1,
):
    _MONTHS.update(dict.fromkeys(_stems.split(), _number))

# Croatian months that mean another month in Czech, Polish and Slovenian; decided by "u 14:25" or Croatian day names.
_CROATIAN = {
    "lis": 10,
    "listopad": 10,
    "listopada": 10,
    "srp": 7,
    "srpnja": 7,
    "tra": 4,
    "travnja": 4,
    "lip": 6,
    "lipnja": 6,
    "ruj": 9,
}
_CROATIAN_MARK = re.compile(r"\bu \d{1,2}:\d\d|\b(?:pon|uto|sri|čet|pet|sub|ned)[,.] ")

_WEEKDAYS = frozenset({
    "mardi", "martes", "marti", "martedi", "maandag", "maanantai", "maanantaina", "sabado", "samedi", "sabato",
    "sunday", "sunnuntai", "saturday", "domingo", "dimanche", "domenica", "perjantai", "perjantaina", "torstai",
    "torstaina", "tiistai", "tiistaina",
})  # fmt: skip

_ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "ut": 0, "wet": 0, "west": 60, "cet": 60, "cest": 120, "mez": 60, "mesz": 120,
    "sec": 60,
    "selc": 120, "eet": 120, "eest": 180, "oesz": 180, "oez": 120, "msk": 180, "est": -300, "edt": -240, "cst": -360,
    "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "bst": 60,
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_TIME = re.compile(r"(?<![\d+−-])(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?!\d|[./-]\d)")
_HOUR_ONLY = re.compile(r"(?<!\d)(\d{1,2})(?=\s?(?:[ap]\.?m\b))", re.I)
_PM = re.compile(r"(?<![^\W\d_])(?:p\.?\s?m\b|nachm|odp|μ\.?μ|нд)|오후|下午|午後", re.I)
_AM = re.compile(r"(?<![^\W\d_])(?:a\.?\s?m\b|vorm|πμ)|오전|上午|午前", re.I)
_OFFSET = re.compile(r"(?:(?:UTC|GMT)\s?)?(?<![\d.])([+\-−])\s?(\d{1,2}):?(\d{2})?(?![\d:/.-])")
_ZONE_WORD = re.compile(r"\b([A-Z]{1,5}|SEČ|SELČ)\b(?!\s?[+\-−]\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.]\s?(\d{1,2})[-/.]\s?(\d{1,2})(?!\d)")
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2})\s+(?:thg|tháng)\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})(?!\d)", re.I)
_CJK = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_NUMBER = re.compile(r"(?<![\d:])(\d{1,2})(?![\d:])")
_SHORT_YEAR = re.compile(r"^\s*[^\W\d_]+-(\d{1,2})-(\d{2})(?!\d)")


def header_date(value: str) -> str:
    """A Date header as ISO 8601 with the offset that it shows (RFC 5322, 3.3), "" where it can't be read."""
    if not value or len(value) > 200:
        return ""
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return shown_date(value)


@lru_cache(maxsize=2048)
def shown_date(raw: str, day_first: bool | None = None) -> str:
    """ISO 8601 of a date as a client shows it: the wall time, and the offset where one is shown; "" if unreadable.

    `day_first` decides 02/10/2023; None takes the American order only beside AM or PM, or where the day would be
    above 12 otherwise.
    """
    text = raw.strip()[:160]
    if not any(char.isdigit() for char in text):
        return ""
    found = _day(text, day_first)
    if found is None:
        return ""
    year, month, day, rest = found
    try:
        shown = date(year, month, day).isoformat()
    except ValueError:
        return ""
    clock = _clock(rest)
    return f"{shown}T{clock}{_offset(rest)}" if clock else shown


def _day(text: str, day_first: bool | None) -> tuple[int, int, int, str] | None:
    """Year, month, day, and the text without them."""
    for pattern in (_CJK, _ISO):
        match = pattern.search(text)
        if match:
            return int(match[1]), int(match[2]), int(match[3]), text[: match.start()] + " " + text[match.end() :]
    match = _VIETNAMESE.search(text)
    if match:
        return int(match[3]), int(match[2]), int(match[1]), text[: match.start()] + " " + text[match.end() :]
    worded = _worded_day(text)
    match = None if worded else _NUMERIC.search(text)
    if match:
        first, second, year = int(match[1]), int(match[3]), _full_year(match[4])
        rest = text[: match.start()] + " " + text[match.end() :]
        if _is_day_first(first, second, match[2], day_first, rest):
            return year, second, first, rest
        return year, first, second, rest
    return worded


def _is_day_first(first: int, second: int, separator: str, day_first: bool | None, rest: str) -> bool:
    if first > 12 or second > 12:
        return first > 12
    if separator == ".":
        return True
    if day_first is not None:
        return day_first
    return not (_AM.search(rest) or _PM.search(rest))


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _worded_day(text: str) -> tuple[int, int, int, str] | None:
    """A month in words: the last such word, as Tuesday may look like March ("mar. 27 oct."); the day is beside it."""
    words = [word for word in _WORD.finditer(text) if _month(word[0], text)]
    if not words:
        return None
    word = words[-1]
    year, span = _year_near(text)
    if year is None:
        return None
    rest = _blanked(_blanked(text, *span), *word.span())
    clear = _OFFSET.sub(_spaces, _TIME.sub(_spaces, rest))
    day = min(_NUMBER.finditer(clear), key=lambda number: _distance(number, word), default=None)
    if day is None:
        return None
    return year, _month(word[0], text) or 0, int(day[1]), _blanked(rest, *day.span())


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _distance(number: re.Match[str], word: re.Match[str]) -> int:
    return min(abs(number.start() - word.end()), abs(word.start() - number.end()))


def _year_near(text: str) -> tuple[int | None, tuple[int, int]]:
    match = _YEAR.search(text)
    if match and 1970 <= int(match[1]) <= 2199:
        return int(match[1]), match.span()
    match = _SHORT_YEAR.search(text)
    if match:
        return 2000 + int(match[2]), match.span(2)
    return None, (0, 0)


def _month(word: str, text: str) -> int | None:
    folded = _folded(word)
    if folded in _CROATIAN and _CROATIAN_MARK.search(text):
        return _CROATIAN[folded]
    if folded == "лист" or folded == "лис":
        return 11
    if len(folded) < 3 or folded in _WEEKDAYS:
        return None
    for length in range(len(folded), 2, -1):
        month = _MONTHS.get(folded[:length])
        if month:
            return month
    return None


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)).replace("ı", "i").replace("ł", "l")


def _clock(rest: str) -> str:
    match = _TIME.search(rest)
    if match:
        hour, minute, second = int(match[1]), match[2], match[3]
    else:
        alone = _HOUR_ONLY.search(rest)
        if not alone:
            return ""
        hour, minute, second = int(alone[1]), "00", None
    if _PM.search(rest) and hour < 12:
        hour += 12
    elif _AM.search(rest) and hour == 12:
        hour = 0
    if hour > 23 or int(minute) > 59:
        return ""
    return f"{hour:02}:{minute}" + (f":{second}" if second and int(second) < 60 else "")


def _offset(rest: str) -> str:
    rest = _TIME.sub(" ", rest)
    match = _OFFSET.search(rest)
    if match and int(match[2]) <= 14:
        return f"{'-' if match[1] in '-−' else '+'}{int(match[2]):02}:{match[3] or '00'}"
    for word in _ZONE_WORD.findall(rest):
        minutes = _ZONES.get(_folded(word))
        if minutes is not None:
            return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    return ""
