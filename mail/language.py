"""Which of English, Spanish and Polish a text is written in, by its small words."""

import re
from functools import lru_cache

_SMALL = {
    "en": "the a an and of to in is are for you we they with that this on at it be have has our your can will from "
    "please thanks hi need needs i he she or not but as by me my us her his their any if do would so",
    "es": "el la los las de del y en que para por con una un se su sus es son no lo al como más mas busca buscan "
    "necesita necesitamos hola gracias pero le les nos tiene esta este está señor señora horas hora sin empezar",
    "pl": "i w z na do się nie jest są dla od po za że to o jak czy mamy szuka szukam pan pani panie dzień dobry "
    "oraz ale przez tym przy też już nam ich który która potrzebuje potrzebujemy godzinę proszę pozdrawiam u ma",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_POLISH_LETTERS = re.compile(r"[ąęłśźżń]")


@lru_cache(maxsize=256)
def language_of(text: str, default: str = "en") -> str:
    """ "en", "es" or "pl"; `default` where the words are too few to tell."""
    words = re.findall(r"[^\W\d_]+", text[:4000].lower())
    scores = {language: float(sum(word in small for word in words)) for language, small in _WORDS.items()}
    scores["pl"] += len(_POLISH_LETTERS.findall(text[:4000].lower())) / 3
    scores["es"] += len(re.findall(r"[ñ¿¡]", text[:4000].lower()))
    best = max(scores, key=lambda language: scores[language])
    others = max(score for language, score in scores.items() if language != best)
    if scores[best] < 1.5 or scores[best] == others:
        return default
    return best if best == default or scores[best] >= scores[default] + 1.5 else default
