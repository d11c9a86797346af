"""Which of English, Spanish and Polish a text is written in, by its small words."""

import re
from functools import lru_cache

_SMALL = {
    "en": "the a an and of to in is are for you we they with that this on at it be have has our your can will from "
    "please thanks hi need needs he she or not but as by me my us her his their any if do would so",
    "es": "el la los las de del y en que para por con una un se su sus es son no lo al como más mas busca buscan "
    "buscamos solicita estimado estimada sueldo puesto turno "
    "necesita necesitamos hola gracias pero le les nos tiene esta este está señor señora horas hora sin empezar",
    "pl": "i w z na do się nie jest są dla od po za że to o jak czy mamy szuka szukam pan pani panie dzień dobry "
    "oraz ale przez tym przy też już nam ich który która potrzebuje potrzebujemy szukamy poszukujemy witam stawka "
    "pracy praca godzinę proszę pozdrawiam u ma",
}
_LANGUAGES: dict[str, list[str]] = {}
for _language, _words in _SMALL.items():
    for _small in _words.split():
        _LANGUAGES.setdefault(_small, []).append(_language)
_NOT_ENGLISH = frozenset(_LANGUAGES) - frozenset(_SMALL["en"].split())
_WORD = re.compile(r"[^\W\d_]+")
_SPANISH_SIGNS = re.compile(r"[ñ¿¡]")
_POLISH_LETTERS = re.compile(r"[ąęłśźżń]")


@lru_cache(maxsize=256)
def language_of(text: str, default: str = "en") -> str:
    """ "en", "es" or "pl"; `default` where the words are too few to tell."""
    low = text[:4000].lower()
    words = _WORD.findall(low)
    if default == "en" and low.isascii() and _NOT_ENGLISH.isdisjoint(words):
        return default
    scores = dict.fromkeys(_SMALL, 0.0)
    for word in words:
        for language in _LANGUAGES.get(word, ()):
            scores[language] += 1
    if not low.isascii():
        scores["pl"] += len(_POLISH_LETTERS.findall(low)) / 3
        scores["es"] += len(_SPANISH_SIGNS.findall(low))
    best = max(scores, key=lambda language: scores[language])
    others = max(score for language, score in scores.items() if language != best)
    if scores[best] < 1.5 or scores[best] == others:
        return default
    return best if best == default or scores[best] >= scores[default] + 1.5 else default
