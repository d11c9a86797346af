"""Job title to occupation: SOC 2018 codes with a confidence, from Loopin's own table or the O*NET folder when given.

    python -m matching.occupations "class A driver"
    python -m matching.occupations --occupations FOLDER --many < titles.txt

Two views are summed, after an exact look at the titles: the nearest titles by TF-IDF of stems and character grams, and BM25
over one document an occupation (titles, words of the work, tasks). Where both name the same occupation it is right far more often.
"""

import argparse
import json
import math
import sys
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matching.cues import fold, grams, title_words, tokens
from matching.occupation_sources import Entry, OccupationsUnreadable, Sources, builtin, from_folder
from matching.search import Index

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Occupation:
    """A SOC 2018 occupation that a title may mean; `confidence` 0 to 1."""

    code: str
    title: str
    confidence: float

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "title": self.title, "confidence": round(self.confidence, 3)}


class Coder:
    """Codes titles and texts. Building it reads the table (0.1 s) or the folder (some seconds); coding a title takes milliseconds."""

    def __init__(self, folder: Path | None = None) -> None:
        """Raises OccupationsUnreadable where the folder is no O*NET text database."""
        self.sources: Sources = from_folder(Path(folder)) if folder else builtin()
        self.codes: tuple[str, ...] = tuple(sorted(self.sources.entries))
        self._position = {code: number for number, code in enumerate(self.codes)}
        self._exact: dict[str, dict[int, float]] = {}
        self._index_titles()
        self._documents = Index.bm25([_document(self.sources.entries[code]) for code in self.codes])
        self.code = lru_cache(maxsize=4096)(self._code)  # ty: ignore[invalid-assignment]

    def _index_titles(self) -> None:
        import numpy as np

        owners: dict[str, dict[int, float]] = {}
        for code in self.codes:
            for title, weight in self.sources.entries[code].titles.items():
                for form in _forms(title):
                    held = owners.setdefault(form, {})
                    held[self._position[code]] = max(weight, held.get(self._position[code], 0.0))
        self._exact = {" ".join(tokens(form)) or form: {} for form in owners}
        for form, held in owners.items():
            known = self._exact[" ".join(tokens(form)) or form]
            for position, weight in held.items():
                known[position] = max(weight, known.get(position, 0.0))
        pairs = [(form, position) for form, held in owners.items() for position in held]
        self._title_codes = np.array([position for _, position in pairs], dtype=np.int32)
        self._titles = Index.cosine([_title_terms(form) for form, _ in pairs])

    def title_of(self, code: str) -> str:
        """The occupation's official title, the code itself where it is unknown."""
        entry = self.sources.entries.get(code[:7])
        return entry.title if entry else code

    def scores(self, phrase: str) -> "np.ndarray":
        """Evidence per occupation (order of `codes`), 0 and up, for a title or a short phrase."""
        import numpy as np

        words = title_words(phrase)
        nearest = np.zeros(len(self.codes), dtype=np.float32)
        near = self._titles.scores(self._titles.unit(_title_terms(words).elements()))
        np.maximum.at(nearest, self._title_codes, near)
        document = self._documents.scores(Counter(tokens(words)))
        if document.max(initial=0.0) > 0:
            document = document / document.max()
        total = nearest + 0.5 * document
        for position, weight in self._exact.get(" ".join(tokens(words)), {}).items():
            total[position] += 0.4 + 0.2 * weight
        return total

    def code_text(self, name: str, description: str, limit: int = 6) -> list[Occupation]:
        """Occupations that a service with this name and description leads to, most likely first."""
        import numpy as np

        total = self.scores(name)
        words = Counter(tokens(f"{name} {name} {description}"))
        document = self._documents.scores({word: 1 + math.log(count) for word, count in words.items()})
        total = total + document / max(float(document.max(initial=0.0)), 1e-6)
        best = np.argsort(-total)[:limit]
        odds = [math.exp(4.0 * float(total[n])) for n in best]
        titles = self.sources.entries
        return [
            Occupation(self.codes[n], titles[self.codes[n]].title, odds[i] / odds[0])
            for i, n in enumerate(best)
            if total[n] > 0.3
        ]

    def _code(self, title: str, limit: int = 5) -> list[Occupation]:
        """The occupations that a title, or a phrase of a mail that holds one, most likely means; best first, [] for no idea."""
        if not fold(title):
            return []
        total = self.scores(title)
        best = total.argsort()[::-1][: max(limit, 10)]
        top = [(int(n), float(total[n])) for n in best if total[n] > 0.05]
        odds = [math.exp(8.0 * value) for _, value in top]
        rest = math.exp(8.0 * 0.45)
        return [
            Occupation(self.codes[n], self.sources.entries[self.codes[n]].title, odds[i] / (sum(odds) + rest))
            for i, (n, _) in enumerate(top[:limit])
        ]


def _forms(title: str) -> list[str]:
    """A title as looked up: without its brackets, and what stands in them where it is a short form."""
    return [form for form in {fold(title), fold(title.partition("(")[2].rstrip(")"))} if form]


def _title_terms(title: str) -> Counter[str]:
    terms = Counter(grams(title))
    for word in tokens(title):
        terms["=" + word] += 2
    return terms


def _document(entry: Entry) -> Counter[str]:
    bag: Counter[str] = Counter()
    for title, weight in entry.titles.items():
        for word in set(tokens(title)):
            bag[word] += weight
    for text in (*entry.words, *entry.tasks, entry.description):
        bag.update(tokens(text))
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
