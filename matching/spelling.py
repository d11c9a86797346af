"""Slips of the keyboard in job titles: a word that no title has becomes the one known word that is one slip away."""

from collections import Counter
from collections.abc import Iterable, Iterator

from matching.short_forms import SHORT_FORMS

_SHORTEST = 5  # shorter words have too many neighbours one slip away
_LONGEST = 24


class Spelling:
    """Knows the words of all titles. One slip is a letter too many, missing, changed, or two swapped; hardly anybody
    slips on the first one."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = Counter(words)
        self._holes: dict[str, str] = {}
        for word, count in self._known.items():
            if count > 1 and _SHORTEST <= len(word) <= _LONGEST:
                for hole in _holes(word):
                    other = self._holes.get(hole)
                    if other is None or self._known[other] < count:
                        self._holes[hole] = word

    def mend(self, phrase: str) -> str:
        """The phrase with its unknown words mended where a known one is near; else as it was."""
        return " ".join(self._mended(word) for word in phrase.split())

    def _mended(self, word: str) -> str:
        if word in self._known or word in SHORT_FORMS or not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
            return word
        if word.endswith("s") and word[:-1] in self._known:
            return word
        near = (self._holes.get(hole) for hole in (word, *_holes(word)))
        found = max((w for w in near if w and w[0] == word[0]), key=lambda w: self._known[w], default=None)
        if found is None and word.endswith("s"):
            return self._mended(word[:-1])
        return found or word


def _holes(word: str) -> Iterator[str]:
    """The word with each letter left out in turn."""
    return (word[:place] + word[place + 1 :] for place in range(len(word)))
