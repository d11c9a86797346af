"""Job titles in Spanish and Polish: a head noun and what follows it ("chofer de camión", "pomocników na montaż")."""

import re

from mail.prose.demand import is_governed
from mail.prose.numbers import VAGUE, Count, find_counts, value_of
from mail.prose.titles import Mention
from mail.prose.trades import word_set
from mail.prose.trades_es_pl import (
    NOT_POLISH,
    POLISH_EXTENSION,
    POLISH_GENERIC,
    POLISH_HEAD,
    POLISH_LEMMAS,
    POLISH_STOP,
    POLISH_SUFFIXES,
    SPANISH_ADJECTIVES,
    SPANISH_ENDINGS,
    SPANISH_GENERIC,
    SPANISH_HEADS,
    SPANISH_STOP,
)

_WORD = re.compile(r"[^\W_][\w'’/-]*")
_SPANISH_SUFFIX = re.compile(r"(?i)^[a-záéíóúñü]{3,}(?:ero|era|dor|dora|tor|tora|sor|sora|ista|ante)$")
_NOT_SPANISH = word_set("""
vacante restante volante habitante aspirante solicitante participante postulante
enero febrero dinero primero primera tercero tercera numero manera cartera carretera quiera fuera espera cualquiera
compañero compañera pero cero acero genero tercera lista vista pista entrevista revista conquista afuera escalera
madera bandera frontera ladera nevera temporada ahora hora señora computadora comedor alrededor trabajador consumidor
dolor mayor menor mejor peor favor valor color calor director entera sincera verdadero verdadera ligero ligera
considera genera supera financiera financiero extranjero extranjera soltero entero mero doctor autor sector motor
factor tractor restaurante importante durante adelante bastante estudiante instante profesor señor semestre
monitor-de-bebé invernadero matadero comedero lavadero basurero granero tablero letrero sendero florero ropero agujero
mostrador elevador refrigerador congelador generador contenedor computador proveedor servidor ascensor
""")
_AFTER = re.compile(
    r"^\s*\((?P<paren>[\wáéíóú]{1,12})(?: (?:vacantes?|puestos?|plazas?|personas?|etat\w*|miejsc\w*|os[óo]b\w*))?\)|"
    r"^\s*[:–—-]\s*(?P<dash>\d{1,3})(?=\s*(?:[,;.(]|$))|"
    r"^\s*x\s?(?P<times>\d{1,3})(?!\w)"
)


def find_titles_abroad(text: str, masked: str, language: str) -> list[Mention]:
    """The titles of a Spanish ("es") or Polish ("pl") sentence, in order, singular; Polish heads in the nominative."""
    counts = find_counts(masked, language)
    return _spanish(masked, counts) if language == "es" else _polish(masked, counts)


def _spanish(text: str, counts: list[Count]) -> list[Mention]:
    words = list(_WORD.finditer(text))
    mentions: list[Mention] = []
    end = 0
    for index, word in enumerate(words):
        counted = any(0 <= word.start() - count.end <= 2 for count in counts)
        if word.start() < end or not _spanish_head(word[0], counted):
            continue
        last = _spanish_end(text, words, index)
        title = _spanish_title(text[word.start() : words[last].end()])
        head = singular_spanish(word[0].lower())
        if head in SPANISH_GENERIC and last == index:
            continue
        mention = _with_count(text, word.start(), words[last].end(), title, head, counts, "es", head != word[0].lower())
        mentions.append(mention)
        end = mention.end
    return mentions


def _spanish_head(word: str, counted: bool = False) -> bool:
    """A known head; an ending of people's work is enough where a number stands before it."""
    low = re.split(r"[/]", word.lower())[0]
    one = singular_spanish(low)
    return one in SPANISH_HEADS or (counted and one not in _NOT_SPANISH and bool(_SPANISH_SUFFIX.match(one)))


def singular_spanish(word: str) -> str:
    """ "choferes" -> "chofer", "panaderos" -> "panadero", "conductores" -> "conductor"."""
    if word in SPANISH_HEADS:
        return word
    if word.endswith("ces"):
        return word[:-3] + "z"
    if (
        re.search(r"(?:r|l|n|d|j)es$", word) and word[:-2] in SPANISH_HEADS | {"operador", "soldador", "limpiador"}
    ) or word.endswith("dores"):
        return word[:-2]
    if word.endswith("ones"):
        return word[:-4] + "ón"
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def _spanish_end(text: str, words: list[re.Match[str]], index: int) -> int:
    """The last word of the title: adjectives, then "de" with a noun and its adjective."""
    last = index
    while last + 1 < len(words) and last - index < 5:
        following = words[last + 1]
        if text[words[last].end() : following.start()].strip():
            break
        low = following[0].lower()
        adjective = SPANISH_ADJECTIVES.match(low) or SPANISH_ENDINGS.match(low)
        if adjective or (last == index and _spanish_head(low)) or re.fullmatch(r"[A-Z]{1,5}", following[0]):
            last += 1
        elif (low == "a" and last + 1 < len(words) - 1 and words[last + 2][0].lower() in ("domicilio", "mano")) or (
            low == "en" and last == index and _taught(words, index)
        ):
            last += 2
        elif low in ("de", "del") and last + 2 < len(words):
            step = 3 if words[last + 2][0].lower() in ("la", "los", "las", "el") and last + 3 < len(words) else 2
            noun = words[last + step]
            if (
                noun[0].lower() in SPANISH_STOP
                or noun[0][0].isdigit()
                or (noun[0][0].isupper() and not noun[0].isupper())
            ):
                break
            last += step
        else:
            break
    return last


def _taught(words: list[re.Match[str]], index: int) -> bool:
    """ "técnico en refrigeración": a field behind "en", not a place."""
    head = singular_spanish(words[index][0].lower())
    field = words[index + 2][0] if index + 2 < len(words) else ""
    return (
        head in ("técnico", "técnica", "especialista", "ingeniero", "auxiliar")
        and field.islower()
        and field not in SPANISH_STOP
    )


def _spanish_title(said: str) -> str:
    words = [word if word.isupper() and len(word) > 1 else word.lower() for word in said.split()]
    words[0] = "/".join(singular_spanish(piece) for piece in words[0].split("/"))
    if len(words) > 1 and _spanish_head(words[1]):
        words[1] = singular_spanish(words[1])
    elif len(words) > 1 and words[1] not in ("de", "del"):
        words[1] = re.sub(r"(?<=[aeiou])s$|(?<=[lz])es$", "", re.sub(r"ces$", "z", words[1]))
    return " ".join(words)


def _polish(text: str, counts: list[Count]) -> list[Mention]:
    words = list(_WORD.finditer(text))
    known = {match.start(): match for match in POLISH_HEAD.finditer(text)}
    mentions: list[Mention] = []
    end = 0
    for index, word in enumerate(words):
        if word.start() < end:
            continue
        match = known.get(word.start())
        if match is not None and match.end() == word.end():
            lemma = POLISH_LEMMAS[int((match.lastgroup or "h0")[1:])]
        else:
            lemma = _polish_lemma(word, counts)
        if not lemma:
            continue
        last = _polish_end(text, words, index, lemma in POLISH_GENERIC)
        if lemma in ("pracownik", "kierownik", "asystent", "asystentka", "pomoc") and last == index:
            continue
        title = _polish_title(lemma, words[index + 1 : last + 1])
        plural = bool(_POLISH_PLURAL.search(word[0].lower())) and word[0].lower() != lemma
        mention = _with_count(text, word.start(), words[last].end(), title, lemma, counts, "pl", plural)
        mentions.append(mention)
        end = mention.end
    return mentions


_POLISH_PLURAL = re.compile(r"(?:ów|ek|zy|cy|rze|ki|i|y|ami|ach|om)$")


def _polish_lemma(word: re.Match[str], counts: list[Count]) -> str:
    """The nominative of a counted noun whose ending is one of people's work; "" for others."""
    low = word[0].lower()
    counted = any(0 <= word.start() - count.end <= 2 for count in counts)
    if (
        not (counted or is_governed(word.string[: word.start()], "pl"))
        or len(low) < 6
        or low in NOT_POLISH
        or low[0] != word[0][0]
    ):
        return ""
    for pattern, ending in POLISH_SUFFIXES:
        match = pattern.search(low)
        if match:
            return low[: match.start()] + ending
    return ""


def _polish_title(lemma: str, words: list[re.Match[str]]) -> str:
    """The head in the nominative; an adjective right behind it too ("pomocników budowlanych": pomocnik budowlany)."""
    rest = [word[0] if word[0].isupper() else word[0].lower() for word in words]
    if rest and rest[0] not in ("danych", "chorych", "starszych"):
        ending = "a" if lemma.endswith("a") and lemma not in ("kierowca", "sprzedawca", "dostawca", "dozorca") else None
        rest[0] = re.sub(
            r"(?<=[nwcżdtr])ych$|(?<=[nwcżdtr])ego$",
            ending or "y",
            re.sub(r"(?<=[kg])ich$|(?<=[kg])iego$", ending or "i", rest[0]),
        )
    return " ".join([lemma, *rest])


_ZERO_ENDING = re.compile(r"[bcdfghklmnprstwzżńś]$(?<!sz)(?<!em)(?<!am)")
"""The genitive plural of many things: maszyn, bram, okien."""


def _polish_end(text: str, words: list[re.Match[str]], index: int, generic: bool) -> int:
    last = index
    while last + 1 < len(words) and last - index < 3:
        following = words[last + 1]
        if text[words[last].end() : following.start()].strip():
            break
        low = following[0].lower()
        if (
            low in ("na", "do")
            and generic
            and last == index
            and last + 2 < len(words)
            and words[last + 2][0].lower() not in POLISH_STOP
        ):
            longer = last + 3 < len(words) and bool(re.search(r"(?:ych|ich|ego)$", words[last + 3][0]))
            return last + 3 if longer else last + 2
        machine = last == index and len(low) > 3 and (low.startswith("operator") or bool(_ZERO_ENDING.search(low)))
        machine = machine or (last == index and words[index][0].lower().startswith("operator") and len(low) > 3)
        if (
            low in POLISH_STOP
            or not (machine or POLISH_EXTENSION.match(following[0]))
            or (following[0][0].isupper() and not following[0].isupper())
        ):
            break
        last += 1
    return last


def _with_count(
    text: str, start: int, end: int, title: str, head: str, counts: list[Count], language: str, plural: bool
) -> Mention:
    """The mention with the number before or behind it."""
    before = text[max(0, start - 30) : start].lower().split()
    determiner = before[-1] if before else ""
    count = None
    for candidate in reversed(counts):
        if candidate.end <= start:
            between = text[candidate.end : start].split()
            if len(between) <= 3 and all(_bridges_abroad(word) for word in between):
                count = candidate
            break
    after = _AFTER.match(text[end : end + 32])
    if after and (count is None or count.article):
        value = value_of(after["paren"] or after["dash"] or after["times"], language)
        if value is not None:
            count, end = Count(end, end + after.end(), value), end + after.end()
    return Mention(start, end, title, head, count, plural, True, determiner, determiner in VAGUE)


def _bridges_abroad(word: str) -> bool:
    return word.lower().strip(",") in word_set("""
de buen buenos buena buenas nuevo nuevos nueva nuevas vacantes puestos plazas para más mas dobrych doświadczonych
doświadczonego dobrego nowych osób na stanowisko jako wykwalifikowanych samodzielnych plaza vacante puesto
experimentados disponibles disponible abiertos abiertas libres etaty etatów etat
miejsca miejsc dla wolne wolnych stanowiska
stanowisk
""")
