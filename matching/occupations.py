"""Job title to occupation: SOC 2018 codes with a confidence, from Loopin's own table or the O*NET folder when given.

Titles are compared in seven ways (title_views); a phrase of a mail is reduced to its title first, slips of the keyboard
are mended where a word is unknown.
"""

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matching.cues import fold, grams, title_words, tokens
from matching.occupation_sources import Entry, Sources, builtin, from_folder
from matching.search import Index
from matching.spelling import Spelling
from matching.title_views import TitleViews, scaled

if TYPE_CHECKING:
    import numpy as np


_REMEMBERED = 4096  # titles whose coding is kept: directories and histories repeat them


_CONTEXT, _CONTEXT_READ, _READINGS = 4.0, 1500, 10
"""Weight of the words around a title, how many characters of them are read, and how many readings they decide
between."""

_SOC = re.compile(r"\s*\d{2}-\d{4}(?:\.\d{2})?\s*$")
_CIP = re.compile(r"\s*(?:CIP\s?)?(\d{2}\.\d{4})\s*$", re.IGNORECASE)
_NONSENSE = 0.15  # how much of a title must be known to be taken for one


@dataclass(frozen=True, slots=True)
class Occupation:
    """A SOC 2018 occupation that a title may mean; `confidence` 0 to 1."""

    code: str
    title: str
    confidence: float

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "title": self.title, "confidence": round(self.confidence, 3)}


class Coder:
    """Codes titles and texts. Building it reads the table (0.3 s) or the folder (some seconds); a title takes
    milliseconds.

    `codes` are all known SOC codes in order, `position` their places in it; every vector here has one number for
    each.
    """

    def __init__(self, folder: Path | None = None, sources: Sources | None = None) -> None:
        """Raises OccupationsUnreadable where the folder is no O*NET text database. `sources`: those that were read
        already."""
        self.sources = sources or (from_folder(Path(folder)) if folder else builtin())
        self.codes: tuple[str, ...] = tuple(sorted(self.sources.entries))
        self.position = {code: number for number, code in enumerate(self.codes)}
        self.bags = {code: _document(self.sources.entries[code]) for code in self.codes}
        self.documents = Index.bm25([self.bags[code] for code in self.codes])
        self._groups: dict[str, list[str]] = {}
        for code in self.codes:
            self._groups.setdefault(code[:4], []).append(code)
        entries = [self.sources.entries[code] for code in self.codes]
        self.views = TitleViews(entries, [_work(entry) for entry in entries])
        self._spelling = Spelling(word for form in self.views.known_forms for word in form.split())
        self._coded: dict[tuple[str, int, str], list[Occupation]] = {}

    def title_of(self, code: str) -> str:
        """The occupation's official title, the code itself where it is unknown."""
        entry = self.sources.entries.get(code[:7])
        return entry.title if entry else code

    def group_of(self, code: str) -> list[str]:
        """The known codes of the SOC minor group (51-4xxx) of a code."""
        return self._groups.get(code[:4], [])

    def nearest(self, words: str) -> "np.ndarray":
        """Per occupation 0 to 1: likeness of its nearest title."""
        return self.views.nearest(words)

    def scores(self, phrase: str) -> "np.ndarray":
        """Evidence per occupation, in log-odds up to what they have in common, for a title or a short phrase."""
        return self.views.evidence(self.mended(title_words(phrase)))

    def mended(self, words: str) -> str:
        """Words folded, with slips of the keyboard mended where a known word is near."""
        return self._spelling.mend(fold(words))

    def why(self, title: str, code: str) -> str:
        """By what a title is taken for this occupation, in words for a person."""
        if self.is_programme(title):
            return "training leads to it"
        if _SOC.match(title):
            return ""
        words = self.mended(title_words(title))
        known = self.views.known_by(words, self.position[code])
        return "known by this title" if known == words else f'like "{known}"' if known else "by its letters alone"

    def forget(self) -> None:
        """Drops the codings that are kept: the views were given other weights."""
        self._coded = {}

    def prepared_for(self, number: str) -> tuple[str, ...]:
        """SOC codes that a training programme leads to, by its CIP code ("48.0508", "CIP 48.0508"); of those of its
        series (48.05) where the very one isn't known. () for what is no CIP code or an unknown one."""
        cip = _CIP.match(number)
        if cip is None:
            return ()
        programmes = self.sources.programmes
        exact = programmes.get(cip.group(1))
        near = [exact] if exact else [p for own, p in programmes.items() if own.startswith(cip.group(1)[:5])]
        return tuple(dict.fromkeys(code for p in near for code in p.codes if code in self.position))

    def is_programme(self, number: str) -> bool:
        """Whether this is the CIP code of a training programme, known or not."""
        return _CIP.match(number) is not None

    def code(self, title: str, limit: int = 5, context: str = "") -> list[Occupation]:
        """The occupations that a title, or a phrase of a mail that holds one, most likely means; best first, [] for
        no idea. A SOC code is itself, a CIP code shares its certainty among the occupations that it leads to.

        `context` are other words about the work (duties, the employer): they decide between readings of the title.
        """
        if not fold(title):
            return []
        asked = (title, limit, context)
        if asked not in self._coded:
            if len(self._coded) > _REMEMBERED:
                self.forget()
            self._coded[asked] = self._code(title, limit, context)
        return self._coded[asked]

    def _code(self, title: str, limit: int, context: str) -> list[Occupation]:
        import numpy as np

        given = [title.strip()[:7]] if _SOC.match(title) and title.strip()[:7] in self.position else []
        led = given or self.prepared_for(title)
        if led or self.is_programme(title):
            return [Occupation(code, self.title_of(code), 1 / len(led)) for code in led[:limit]]
        words = self.mended(title_words(title))
        known = self.views.known(words)
        if known < _NONSENSE:
            return []
        total = self.views.evidence(words)
        if context:
            around = {word: 1 + math.log(n) for word, n in Counter(tokens(context[:_CONTEXT_READ])).items()}
            best = total.argsort()[::-1][:_READINGS]
            total[best] += _CONTEXT * scaled(self.documents.scores(around)[best])
        odds = np.exp(total - total.max())
        sure = known * odds / odds.sum()
        return [
            Occupation(self.codes[n], self.sources.entries[self.codes[n]].title, float(sure[n]))
            for n in total.argsort()[::-1][:limit]
        ]


def share(evidence: "np.ndarray", kept: int, sharpness: float) -> "np.ndarray":
    """Evidence as shares of 1 among the `kept` strongest (softmax), 0 for the rest."""
    import numpy as np

    kept = min(kept, len(evidence))
    best = np.argpartition(-evidence, kept - 1)[:kept]
    odds = np.exp(sharpness * (evidence[best] - evidence[best].max()))
    shares = np.zeros(len(evidence), dtype=np.float32)
    shares[best] = odds / odds.sum()
    return shares


def title_terms(title: str) -> Counter[str]:
    """The terms by which titles are compared: character grams, and stems, which count double."""
    terms = Counter(grams(title))
    for word in tokens(title):
        terms["=" + word] += 2
    return terms


def _document(entry: Entry) -> dict[str, float]:
    """Stems of an occupation's titles, by their weight, and of its work."""
    bag: dict[str, float] = defaultdict(float, _work(entry))
    for title, weight in entry.titles.items():
        for word in set(tokens(title)):
            bag[word] += weight
    return bag


def _work(entry: Entry) -> dict[str, float]:
    """Stems of what the work is: tools, certificates, tasks, description."""
    return dict(Counter(word for text in (*entry.words, *entry.tasks, entry.description) for word in tokens(text)))
