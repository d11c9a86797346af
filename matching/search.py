"""An inverted index small enough to read: weighted postings in numpy arrays, one score per document for a query."""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


Rows = dict[str, tuple["array[int]", "array[float]"]]
"""Per term the documents that have it and its weight in each: eight bytes a posting, read by numpy as they are."""


def _empty() -> tuple["array[int]", "array[float]"]:
    return array("i"), array("f")


class Index:
    """Documents are bags of terms; `scores(query)` is one number per document, in the order given.

    `bm25` weighs a term by Okapi BM25 (k1, b), `cosine` by TF-IDF with unit length, so that scores are
    0 to 1, `likelihood` by naive Bayes.
    """

    def __init__(self, size: int, rows: "Rows", idf: Mapping[str, float]) -> None:
        self.size = size
        self.idf = idf
        self._rows = rows

    def _posting(self, term: str) -> "tuple[np.ndarray, np.ndarray] | None":
        """Documents and weights of a term."""
        import numpy as np

        found = self._rows.get(term)
        if found is None:
            return None
        return np.frombuffer(found[0], dtype=np.int32), np.frombuffer(found[1], dtype=np.float32)

    @classmethod
    def bm25(cls, documents: Sequence[Mapping[str, float]], k1: float = 1.2, b: float = 0.75) -> "Index":
        lengths = [sum(document.values()) for document in documents]
        mean = sum(lengths) / max(len(lengths), 1) or 1.0
        idf = _idf(documents)
        rows: Rows = defaultdict(_empty)
        for number, document in enumerate(documents):
            base = k1 * (1 - b + b * lengths[number] / mean)
            for term, count in document.items():
                numbers, weights = rows[term]
                numbers.append(number)
                weights.append(idf[term] * count * (k1 + 1) / (count + base))
        return cls(len(documents), rows, idf)

    @classmethod
    def cosine(cls, documents: Sequence[Mapping[str, float]]) -> "Index":
        idf = _idf(documents)
        rows: Rows = defaultdict(_empty)
        for number, document in enumerate(documents):
            weighted = {term: (1 + math.log(count)) * idf[term] for term, count in document.items()}
            norm = math.sqrt(sum(value * value for value in weighted.values())) or 1.0
            for term, value in weighted.items():
                numbers, weights = rows[term]
                numbers.append(number)
                weights.append(value / norm)
        return cls(len(documents), rows, idf)

    @classmethod
    def likelihood(
        cls, documents: Sequence[Mapping[str, float]], smoothing: float = 0.3, faint: float = 20.0
    ) -> "Index":
        """Naive Bayes, Jelinek-Mercer smoothing: how much likelier a term is in a document than anywhere, in log."""
        overall: Counter[str] = Counter()
        for document in documents:
            overall.update(document)
        size = sum(overall.values()) or 1.0
        rows: Rows = defaultdict(_empty)
        for number, document in enumerate(documents):
            length = sum(document.values()) + faint
            for term, count in document.items():
                ratio = (1 - smoothing) * (count / length) / (smoothing * overall[term] / size)
                numbers, weights = rows[term]
                numbers.append(number)
                weights.append(math.log1p(ratio))
        return cls(len(documents), rows, {})

    def scores(self, query: Mapping[str, float]) -> "np.ndarray":
        """Sum of query weight times document weight over shared terms; terms nobody knows count nothing."""
        import numpy as np

        total = np.zeros(self.size, dtype=np.float32)
        for term, weight in query.items():
            found = self._posting(term)
            if found is not None:
                total[found[0]] += np.float32(weight) * found[1]
        return total

    def unit(self, terms: Iterable[str]) -> dict[str, float]:
        """A query vector of length one for a `cosine` index; unknown terms weigh as the rarest, and so lower the
        score."""
        rarest = math.log(self.size + 1.0) + 1.0
        weighted = {term: (1 + math.log(n)) * self.idf.get(term, rarest) for term, n in Counter(terms).items()}
        norm = math.sqrt(sum(value * value for value in weighted.values())) or 1.0
        return {term: value / norm for term, value in weighted.items()}


def _idf(documents: Sequence[Mapping[str, float]]) -> dict[str, float]:
    seen: Counter[str] = Counter()
    for document in documents:
        seen.update(document.keys())
    return {term: math.log(1 + (len(documents) - n + 0.5) / (n + 0.5)) for term, n in seen.items()}
