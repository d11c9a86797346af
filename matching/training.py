"""What a service's own words lead to: its name and description read as a training programme (CIP) and as an
occupation.

A programme leads to the occupations of the CIP-SOC crosswalk (NCES, BLS) where the operator's folder brings it, else of
our own short list. On a state's public list of training providers, going by way of the programme was worth 14 points of
NDCG@5 with the crosswalk and 4 with our list (bench/suggest.py).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from matching.cues import tokens
from matching.occupations import Coder, Occupation, scaled, share, title_terms
from matching.partners import Service
from matching.search import Index

if TYPE_CHECKING:
    import numpy as np

_KEPT = 12  # programmes or occupations kept for a service: 6 loses two points of NDCG@5, 25 one
_SHARPNESS = 4.0
_DIRECT = 0.3  # weight of occupations read directly, beside those by way of a programme
_WORTH_ASKING = 0.2  # likelihood from which an occupation is proposed to the partner
_FULL_TEXT = 1500  # characters of a description that are read: what follows is legal matter and timetables


@lru_cache(maxsize=2)
def training_of(coder: Coder) -> "Training":
    """The coder's training, built once: directories change, occupations don't."""
    return Training(coder)


class Training:
    """Reads services; built once from the coder's sources."""

    def __init__(self, coder: Coder) -> None:
        self.coder = coder
        self.programmes = sorted(coder.sources.programmes)
        self._leads = [
            [coder.position[code] for code in coder.sources.programmes[cip].codes if code in coder.position]
            for cip in self.programmes
        ]
        self._names = Index.cosine([title_terms(coder.sources.programmes[cip].title) for cip in self.programmes])
        self._documents = Index.bm25([self._document(cip) for cip in self.programmes])

    def leads_to(self, name: str, description: str) -> "np.ndarray":
        """Per occupation of the coder 0 to 1: how likely the service prepares for it."""
        import numpy as np

        description = description[:_FULL_TEXT]
        words = {word: 1 + math.log(n) for word, n in Counter(tokens(f"{name} {name} {description}")).items()}
        if not words:
            return np.zeros(len(self.coder.codes), dtype=np.float32)
        direct = share(self.coder.nearest(name) + scaled(self.coder.documents.scores(words)), _KEPT, _SHARPNESS)
        if not self.programmes:
            return direct
        near = self._names.scores(self._names.unit(title_terms(name).elements()))
        likely = share(near + 0.5 * scaled(self._documents.scores(words)), _KEPT, _SHARPNESS)
        total = _DIRECT * direct
        for number in np.flatnonzero(likely):
            total[self._leads[number]] += likely[number]
        return np.minimum(total, 1.0)

    def propose(self, service: Service, limit: int = 5) -> list[Occupation]:
        """Codes that a partner may confirm for a service: what it named in words first, then what its description
        leads to.

        Codes that are declared already aren't proposed again.
        """
        found: dict[str, float] = {}
        for trade in service.trades:
            for code in self.coder.prepared_for(trade):
                found[code] = 1.0
            for occupation in self.coder.code(trade, 1):
                found[occupation.code] = max(occupation.confidence, found.get(occupation.code, 0.0))
        likely = self.leads_to(service.name, service.description)
        for number in (-likely).argsort(kind="stable")[:limit]:
            code = self.coder.codes[number]
            if likely[number] >= _WORTH_ASKING:
                found[code] = max(float(likely[number]), found.get(code, 0.0))
        ranked = sorted(found.items(), key=lambda pair: -pair[1])
        fresh = [pair for pair in ranked if pair[0] not in service.occupations][:limit]
        return [Occupation(code, self.coder.title_of(code), sure) for code, sure in fresh]

    def _document(self, cip: str) -> Mapping[str, float]:
        programme = self.coder.sources.programmes[cip]
        bag: dict[str, float] = defaultdict(float)
        for word in tokens(f"{programme.title} {' '.join(programme.words)}"):
            bag[word] += 6.0
        for code in programme.codes:
            for word, count in self.coder.bags.get(code, {}).items():
                bag[word] += count / len(programme.codes)
        return bag
