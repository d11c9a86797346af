"""Seven ways of comparing a title with the titles and the work of an occupation, and their sum: evidence in log-odds.

The weights are fitted by `python -m bench.titles --fit`, on reported titles of O*NET that were hidden from the views:
conditional logit, so that evidence turns into a likelihood by softmax.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from matching.cues import fold, grams, stem, words_of
from matching.occupation_sources import Entry
from matching.search import Index
from matching.short_forms import JOINTS, STOP_WORDS

if TYPE_CHECKING:
    import numpy as np

WEIGHTS: Mapping[str, float] = {
    "words": 0.097,
    "work": 0.208,
    "letters": 3.06,
    "joined": 1.86,
    "group": 0.104,
    "nearest": 1.04,
    "same": 1.40,
}
_SIZES, _JOINED = (3, 4, 5), 5  # characters of a gram inside a word, and across words
_VERBATIM = 2.0  # beside what is fitted: a title that is known needs no guess, and hidden titles can't show it


class TitleViews:
    """Indexes of all occupations, in the order of `entries`; `weights` may leave views out (a trial); `known_forms` are
    all titles as they are looked up.

    `words`: naive Bayes over stems, pairs of neighbours and the head; `group`: the same for the SOC minor group;
    `work`: BM25 over tasks, tools and description; `letters`, `joined`: BM25 over character grams of the words and of
    the title without blanks ("fork lift", "forklift"); `nearest`: likeness of the titles by stems, summed; `same`: the
    very title.
    """

    def __init__(self, entries: Sequence[Entry], bags: Sequence[Mapping[str, float]]) -> None:
        """`bags`: stems of the work of each entry, for the view of that name."""
        import numpy as np

        self.weights: Mapping[str, float] = WEIGHTS
        words, letters, joined, titles, owners = [], [], [], [], []
        self.known_forms: list[str] = []
        self._same: dict[str, dict[int, float]] = defaultdict(dict)
        for number, entry in enumerate(entries):
            own = [(form, weight) for title, weight in entry.titles.items() for form in forms(title)]
            words.append(_sum((cues(form), weight) for form, weight in own))
            letters.append(_grams(own))
            joined.append(_sum((_across(form), weight) for form, weight in own))
            for form, weight in own:
                titles.append(Counter(stems(form)))
                owners.append(number)
                self.known_forms.append(form)
                self._hold(form, number, weight)
        groups: dict[str, list[int]] = {}
        for number, entry in enumerate(entries):
            groups.setdefault(entry.code[:4], []).append(number)
        self._group = np.zeros(len(entries), dtype=np.int64)
        for place, numbers in enumerate(groups.values()):
            self._group[numbers] = place
        self._words = Index.likelihood(words)
        self._groups = Index.likelihood([_sum((words[n], 1.0) for n in numbers) for numbers in groups.values()])
        self._letters, self._joined, self._work = Index.bm25(letters), Index.bm25(joined), Index.bm25(bags)
        self._titles = Index.cosine(titles)
        self._starts = np.searchsorted(np.array(owners), np.arange(len(entries)))

    def _hold(self, form: str, number: int, weight: float) -> None:
        held = self._same[one_word(form)]
        held[number] = max(weight, held.get(number, 0.0))

    def near(self, words: str) -> "np.ndarray":
        """Per title 0 to 1: likeness by stems."""
        return self._titles.scores(self._titles.unit(stems(words)))

    def nearest(self, words: str) -> "np.ndarray":
        """Per occupation 0 to 1: likeness of its nearest title."""
        import numpy as np

        return np.maximum.reduceat(self.near(words), self._starts)

    def known_by(self, title: str, number: int) -> str:
        """The title of an occupation that is nearest to a folded title, "" where none shares a word with it."""
        first = self._starts[number]
        last = self._starts[number + 1] if number + 1 < len(self._starts) else None
        near = self.near(title)[first:last]
        return self.known_forms[first + int(near.argmax())] if near.max(initial=0.0) > 0 else ""

    def seen(self, title: str, work: Iterable[str]) -> "dict[str, np.ndarray]":
        """Each view's numbers for a folded title; `work` are the stems to look for in the work."""
        import numpy as np

        heard = Counter(cues(title))
        same = np.zeros(len(self._group), dtype=np.float32)
        for number, weight in self._same.get(one_word(title), {}).items():
            same[number] = 0.4 + 0.2 * weight
        return {
            "words": self._words.scores(heard),
            "work": self._work.scores(Counter(work)),
            "letters": scaled(self._letters.scores(Counter(grams(title, _SIZES)))),
            "joined": scaled(self._joined.scores(Counter(_across(title)))),
            "group": self._groups.scores(heard)[self._group],
            "nearest": np.log1p(np.add.reduceat(self.near(title) ** 2, self._starts)),
            "same": same,
        }

    def known(self, title: str) -> float:
        """How much of a folded title is known, 0 to 1: a word that titles have counts 1, another at most a half, by its
        character grams."""
        words = [word for word in words_of(title) if word not in STOP_WORDS]
        return sum(map(self._known, words)) / len(words) if words else 0.0

    def _known(self, word: str) -> float:
        if stem(word) in self._titles.idf:
            return 1.0
        parts = list(grams(word, _SIZES))
        return 0.5 * (sum(part in self._letters.idf for part in parts) / len(parts)) ** 2

    def evidence(self, title: str) -> "np.ndarray":
        """Log-odds per occupation, up to what they have in common."""
        seen = self.seen(title, stems(title))
        total = seen["same"] * _VERBATIM
        for name, weight in self.weights.items():
            total = total + weight * seen[name]
        return total


def forms(title: str) -> list[str]:
    """A title as looked up: without its brackets, and what stands in them where it is a short form."""
    plain = fold(title)
    short = fold(title.partition("(")[2].rstrip(")")) if "(" in title else ""
    return [form for form in dict.fromkeys((plain, short)) if form]


def stems(title: str) -> list[str]:
    return [stem(word) for word in words_of(title) if word not in STOP_WORDS]


def cues(title: str) -> list[str]:
    """Stems, pairs of neighbours, first word and head. A "bus driver supervisor" is a supervisor, a "director of
    nursing" a director: the head is the last word before a joint such as "of"."""
    words = words_of(title)
    cut = next((place for place, word in enumerate(words) if place and word in JOINTS), len(words))
    heads = [stem(word) for word in words[:cut] if word not in STOP_WORDS]
    found = [stem(word) for word in words if word not in STOP_WORDS]
    if not found:
        return []
    pairs = [f"{one} {other}" for one, other in pairwise(found)]
    return [*found, *pairs, f"head:{(heads or found)[-1]}", f"first:{found[0]}"]


def one_word(title: str) -> str:
    """Without blanks and plural: "Fork Lift Operators" and "forklift operator" are one."""
    return "".join(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in title.split())


def scaled(scores: "np.ndarray") -> "np.ndarray":
    """Scores as shares of the best one."""
    return scores / max(float(scores.max(initial=0.0)), 1e-6)


def _across(title: str) -> list[str]:
    text = f"^{title.replace(' ', '')}$"
    return [text[start : start + _JOINED] for start in range(max(1, len(text) - _JOINED + 1))]


def _sum(parts: Iterable[tuple[Iterable[str] | Mapping[str, float], float]]) -> dict[str, float]:
    bag: dict[str, float] = defaultdict(float)
    for terms, weight in parts:
        counts = terms if isinstance(terms, Mapping) else dict.fromkeys(terms, 1.0)
        for term, count in counts.items():
            bag[term] += weight * count
    return bag


def _grams(titles: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Grams of words, each word by the weight of the titles that have it."""
    by_word = _sum((set(words_of(form)), weight) for form, weight in titles)
    return _sum((set(grams(word, _SIZES)), weight) for word, weight in by_word.items())
