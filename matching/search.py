"""An inverted index small enough to read: weighted postings in numpy arrays, one score per document for a query."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


class _Postings:
    """Per term the documents that have it and its weight in each, in two arrays ordered by term."""

    def __init__(self, documents: Iterable[Mapping[str, float]]) -> None:
        import numpy as np

        self._places: dict[str, int] = {}
        terms, weights, sizes = array("i"), array("f"), []
        for document in documents:
            terms.extend([self._places.setdefault(term, len(self._places)) for term in document])
            weights.extend(document.values())
            sizes.append(len(document))
        numbers = np.asarray(terms, dtype=np.int32)
        order = np.argsort(numbers, kind="stable")
        self._documents = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)[order]
        self._weights = np.asarray(weights, dtype=np.float32)[order]
        self._ends = np.cumsum(np.bincount(numbers, minlength=len(self._places)))

    def get(self, term: str) -> "tuple[np.ndarray, np.ndarray] | None":
        place = self._places.get(term)
        if place is None:
            return None
        held = slice(self._ends[place - 1] if place else 0, self._ends[place])
        return self._documents[held], self._weights[held]


class Index:
    """Documents are bags of terms; `scores(query)` is one number per document, in the order given.

    `bm25` weighs a term by Okapi BM25 (k1, b), `cosine` by TF-IDF with unit length, so that scores are
    0 to 1, `likelihood` by naive Bayes.
    """

    def __init__(self, size: int, idf: Mapping[str, float], weighted: Iterable[Mapping[str, float]]) -> None:
        """`weighted` are the documents with each term's weight."""
        self.size = size
        self.idf = idf
        self._postings = _Postings(weighted)

    @classmethod
    def bm25(cls, documents: Sequence[Mapping[str, float]], k1: float = 1.2, b: float = 0.75) -> "Index":
        lengths = [sum(document.values()) for document in documents]
        mean = sum(lengths) / max(len(lengths), 1) or 1.0
        idf = _idf(documents)

        def weighted(document: Mapping[str, float], length: float) -> dict[str, float]:
            base = k1 * (1 - b + b * length / mean)
            return {term: idf[term] * count * (k1 + 1) / (count + base) for term, count in document.items()}

        return cls(len(documents), idf, map(weighted, documents, lengths))

    @classmethod
    def cosine(cls, documents: Sequence[Mapping[str, float]]) -> "Index":
        idf = _idf(documents)
        return cls(len(documents), idf, (_unit(document, idf, 0.0) for document in documents))

    @classmethod
    def likelihood(
        cls, documents: Sequence[Mapping[str, float]], smoothing: float = 0.3, faint: float = 20.0
    ) -> "Index":
        """Naive Bayes, Jelinek-Mercer smoothing: how much likelier a term is in a document than anywhere, in log."""
        overall: Counter[str] = Counter()
        for document in documents:
            overall.update(document)
        size = sum(overall.values()) or 1.0

        def weighted(document: Mapping[str, float]) -> dict[str, float]:
            length = sum(document.values()) + faint
            return {
                term: math.log1p((1 - smoothing) * (count / length) / (smoothing * overall[term] / size))
                for term, count in document.items()
            }

        return cls(len(documents), {}, map(weighted, documents))

    def scores(self, query: Mapping[str, float]) -> "np.ndarray":
        """Sum of query weight times document weight over shared terms; terms nobody knows count nothing."""
        import numpy as np

        total = np.zeros(self.size, dtype=np.float32)
        for term, weight in query.items():
            found = self._postings.get(term)
            if found is not None:
                total[found[0]] += np.float32(weight) * found[1]
        return total

    def unit(self, terms: Iterable[str]) -> dict[str, float]:
        """A query vector of length one for a `cosine` index; unknown terms weigh as the rarest, and so lower the
        score."""
        rarest = math.log(self.size + 1.0) + 1.0
        return _unit(Counter(terms), self.idf, rarest)


def _unit(document: Mapping[str, float], idf: Mapping[str, float], rarest: float) -> dict[str, float]:
    """The terms with their TF-IDF, as a vector of length one. `rarest` is the IDF of terms that `idf` does not know."""
    get = idf.get
    weighted = {
        term: get(term, rarest) if count == 1 else (1 + math.log(count)) * get(term, rarest)
        for term, count in document.items()
    }
    norm = math.sqrt(sum([value * value for value in weighted.values()])) or 1.0
    return {term: value / norm for term, value in weighted.items()}


def _idf(documents: Sequence[Mapping[str, float]]) -> dict[str, float]:
    seen = Counter(chain.from_iterable(documents))
    return {term: math.log(1 + (len(documents) - n + 0.5) / (n + 0.5)) for term, n in seen.items()}
