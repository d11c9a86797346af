"""Job title to occupation: SOC 2018 codes with a confidence, from Loopin's own table or the O*NET folder when given.

    python -m matching.occupations "class A driver"
    python -m matching.occupations --occupations FOLDER --many < titles.txt

Two views are summed, after an exact look at the titles: the nearest titles by TF-IDF of stems and character grams,
and BM25 over one document an occupation (titles, words of the work, tasks). Where both name the same occupation it is
right far more often.
"""

import argparse
import json
import math
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matching.cues import fold, grams, title_words, tokens
from matching.occupation_sources import Entry, OccupationsUnreadable, Sources, builtin, from_folder
from matching.search import Index
from matching.spelling import Spelling

if TYPE_CHECKING:
    import numpy as np


_REMEMBERED = 4096  # titles whose coding is kept: directories and histories repeat them


_DOCUMENT, _NEIGHBOURS, _WORDS = 1.0, 0.2, 0.7
"""Weights of the views beside the nearest title; chosen on reported titles that score_titles doesn't hold out."""


_CONTEXT, _CONTEXT_READ = 0.3, 1500
_SHARPNESS, _UNKNOWN = 5.0, 1.0
"""Evidence to confidence: calibration error 0.06 on the same titles; evidence of 1.0 is as good as none."""


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

    def __init__(self, folder: Path | None = None) -> None:
        """Raises OccupationsUnreadable where the folder is no O*NET text database."""
        self.sources: Sources = from_folder(Path(folder)) if folder else builtin()
        self.codes: tuple[str, ...] = tuple(sorted(self.sources.entries))
        self.position = {code: number for number, code in enumerate(self.codes)}
        self.bags = {code: _document(self.sources.entries[code]) for code in self.codes}
        self.documents = Index.bm25([self.bags[code] for code in self.codes])
        self._words = Index.likelihood([_title_words(self.sources.entries[code]) for code in self.codes])
        self._groups: dict[str, list[str]] = {}
        for code in self.codes:
            self._groups.setdefault(code[:4], []).append(code)
        self._index_titles()
        self._spelling = Spelling(
            word for code in self.codes for title in self.sources.entries[code].titles for word in fold(title).split()
        )
        self._coded: dict[tuple[str, int, str], list[Occupation]] = {}

    def _index_titles(self) -> None:
        import numpy as np

        owners: dict[str, dict[int, float]] = {}
        for code in self.codes:
            for title, weight in self.sources.entries[code].titles.items():
                for form in _forms(title):
                    held = owners.setdefault(form, {})
                    held[self.position[code]] = max(weight, held.get(self.position[code], 0.0))
        self._exact: dict[str, dict[int, float]] = {}
        for form, held in owners.items():
            known = self._exact.setdefault(_key(form), {})
            for position, weight in held.items():
                known[position] = max(weight, known.get(position, 0.0))
        pairs = sorted((position, form) for form, held in owners.items() for position in held)
        positions = np.array([position for position, _ in pairs])
        self._starts = np.searchsorted(positions, np.arange(len(self.codes)))
        self._titles = Index.cosine([title_terms(form) for _, form in pairs])

    def title_of(self, code: str) -> str:
        """The occupation's official title, the code itself where it is unknown."""
        entry = self.sources.entries.get(code[:7])
        return entry.title if entry else code

    def group_of(self, code: str) -> list[str]:
        """The known codes of the SOC minor group (51-4xxx) of a code."""
        return self._groups.get(code[:4], [])

    def nearest(self, words: str) -> "np.ndarray":
        """Per occupation 0 to 1: likeness of its nearest title."""
        import numpy as np

        return np.maximum.reduceat(self._near(words), self._starts)

    def _near(self, words: str) -> "np.ndarray":
        return self._titles.scores(self._titles.unit(title_terms(words).elements()))

    def scores(self, phrase: str) -> "np.ndarray":
        """Evidence per occupation, 0 and up, for a title or a short phrase: four views, weighed, and an exact title
        on top."""
        import numpy as np

        words = self._spelling.mend(title_words(phrase))
        stems = tokens(words)
        near = self._near(words)
        total = np.maximum.reduceat(near, self._starts)
        total += _DOCUMENT * scaled(self.documents.scores(Counter(stems)))
        total += _NEIGHBOURS * scaled(np.add.reduceat(np.where(near > 0.3, near, 0) ** 4, self._starts))
        total += _WORDS * scaled(self._words.scores(_headed(stems)))
        for position, weight in self._exact.get(_key(words), {}).items():
            total[position] += 0.4 + 0.2 * weight
        return total

    def code(self, title: str, limit: int = 5, context: str = "") -> list[Occupation]:
        """The occupations that a title, or a phrase of a mail that holds one, most likely means; best first, [] for
        no idea.

        `context` are other words about the work (duties, the employer): they decide between readings of the title.
        """
        if not fold(title):
            return []
        asked = (title, limit, context)
        if asked not in self._coded:
            if len(self._coded) > _REMEMBERED:
                self._coded.clear()
            self._coded[asked] = self._code(title, limit, context)
        return self._coded[asked]

    def _code(self, title: str, limit: int, context: str) -> list[Occupation]:
        total = self.scores(title)
        best = total.argsort()[::-1][: max(limit, 10)]
        if context:
            around = {word: 1 + math.log(n) for word, n in Counter(tokens(context[:_CONTEXT_READ])).items()}
            total[best] += _CONTEXT * scaled(self.documents.scores(around)[best])
            best = best[total[best].argsort()[::-1]]
        top = [(int(n), float(total[n])) for n in best if total[n] > 0.05]
        odds = [math.exp(_SHARPNESS * value) for _, value in top]
        rest = math.exp(_SHARPNESS * _UNKNOWN)
        return [
            Occupation(self.codes[n], self.sources.entries[self.codes[n]].title, odds[i] / (sum(odds) + rest))
            for i, (n, _) in enumerate(top[:limit])
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


def scaled(scores: "np.ndarray") -> "np.ndarray":
    """Scores as shares of the best one."""
    return scores / max(float(scores.max(initial=0.0)), 1e-6)


def _headed(stems: list[str]) -> dict[str, float]:
    """Stems of a title, its last word once more as its head: a "bus driver supervisor" is a supervisor."""
    terms: dict[str, float] = dict(Counter(stems))
    if stems:
        terms["head:" + stems[-1]] = 0.5
    return terms


def _title_words(entry: Entry) -> dict[str, float]:
    bag: dict[str, float] = defaultdict(float)
    for title, weight in entry.titles.items():
        for term, count in _headed(tokens(title)).items():
            bag[term] += weight * (1.0 if term.startswith("head:") else count)
    return bag


def _forms(title: str) -> list[str]:
    """A title as looked up: without its brackets, and what stands in them where it is a short form."""
    return [form for form in {fold(title), fold(title.partition("(")[2].rstrip(")"))} if form]


def _key(title: str) -> str:
    return " ".join(tokens(title)) or fold(title)


def title_terms(title: str) -> Counter[str]:
    """The terms by which titles are compared: character grams, and stems, which count double."""
    terms = Counter(grams(title))
    for word in tokens(title):
        terms["=" + word] += 2
    return terms


def _document(entry: Entry) -> dict[str, float]:
    bag: dict[str, float] = defaultdict(float)
    for title, weight in entry.titles.items():
        for word in set(tokens(title)):
            bag[word] += weight
    for text in (*entry.words, *entry.tasks, entry.description):
        for word in tokens(text):
            bag[word] += 1.0
    return bag


def main(arguments: list[str] | None = None) -> int:
    """`loopin code`: a title, or with --many a title a line on stdin and a list a line out. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="loopin code", description="Job title to SOC occupations, as JSON.")
    parser.add_argument("title", nargs="?")
    parser.add_argument("--occupations", type=Path, help="folder of the O*NET text database")
    parser.add_argument("--many", action="store_true", help="a title a line on stdin, a list a line out")
    asked = parser.parse_args(arguments)
    if not asked.many and not asked.title:
        parser.error("give a title, or --many and titles on stdin")
    try:
        coder = Coder(asked.occupations)
    except (OccupationsUnreadable, OSError) as error:
        print(f"loopin code: {error}", file=sys.stderr)
        return 65
    for line in sys.stdin if asked.many else [asked.title]:
        print(json.dumps([found.to_json() for found in coder.code(line.strip())], ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
