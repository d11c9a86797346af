"""Methods tried for "who can help", side by side, in one command.

    python bench/suggest.py --dir DIR [--occupations FOLDER]

DIR holds partners.json and needs.jsonl with the suitable partners ("relevant": {name: 2 or 1}). Printed: NDCG@5 over
all, short and long needs, hit@5 (a partner of grade 2 among five), coverage, and milliseconds a need without
building.
"""

import argparse
import json
import math
import os
import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from matching.bridge import Bridge, wanted
from matching.cues import grams, tokens
from matching.features import WEIGHTS
from matching.needs import NeedAsked
from matching.occupations import Coder, scaled, share
from matching.partners import Partner, Service, read_directory
from matching.search import Index
from matching.suggest import Suggester
from matching.training import Training

if TYPE_CHECKING:
    import numpy as np

Method = Callable[[NeedAsked], "np.ndarray"]
"""Scores of all services for a need."""


def gain(grades: list[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))


def text_of(need: NeedAsked) -> str:
    return f"{need.title} {need.text}"


def word_methods(services: list[Service]) -> Iterator[tuple[str, Method]]:
    """What a search engine would do: no occupations at all."""
    texts = [f"{service.name} {service.description}" for service in services]
    by_word = Index.cosine([Counter(text.lower().split()) for text in texts])
    by_gram = Index.cosine([Counter(grams(text, (3, 4, 5))) for text in texts])
    by_stem = Index.bm25([Counter(tokens(text)) for text in texts])
    yield "TF-IDF words", lambda need: by_word.scores(by_word.unit(text_of(need).lower().split()))
    yield "TF-IDF characters 3-5", lambda need: by_gram.scores(by_gram.unit(grams(text_of(need), (3, 4, 5))))
    yield "BM25, stemmed", lambda need: by_stem.scores(Counter(tokens(text_of(need))))


def bridges(services: list[Service], coder: Coder) -> Iterator[tuple[str, Method]]:
    """Need and service brought to occupations, in the steps in which the bridge was built."""
    import numpy as np

    training = Training(coder)
    whole = Bridge(services, coder)
    direct = np.array([direct_reading(service, coder) for service in services])
    programme = np.array([training.leads_to(service.name, service.description) for service in services])

    def of_need(need: NeedAsked) -> "np.ndarray":
        found = np.zeros(len(coder.codes), dtype=np.float32)
        for code, weight in wanted(need, coder).codes:
            found[coder.position[code]] += weight
        return found

    yield "occupations directly, same code only", lambda need: direct @ of_need(need)
    yield "by way of programmes, same code only", lambda need: programme @ of_need(need)
    yield "and related occupations (the bridge)", lambda need: whole.match(wanted(need, coder))
    yield "expanded BM25 alone", lambda need: whole.text_match(need, wanted(need, coder))
    yield (
        "bridge and expanded BM25, weighted sum",
        lambda need: whole.match(wanted(need, coder)) + 0.07 * whole.text_match(need, wanted(need, coder)),
    )
    yield (
        "bridge and expanded BM25, ranks fused",
        lambda need: fused(whole.match(wanted(need, coder)), whole.text_match(need, wanted(need, coder))),
    )


def whole_and_parts(partners: Sequence[Partner], coder: Coder) -> Iterator[tuple[str, Suggester]]:
    """What `loopin suggest` does, and that with one piece left out."""
    yield "loopin suggest (walls, signals, reasons)", Suggester(partners, coder)
    yield "  without the words' likeness", Suggester(partners, coder, weights={**WEIGHTS, "text": 0.0})
    yield "  without occupations", Suggester(partners, coder, weights={**WEIGHTS, "occupation": 0.0})
    no_way = Coder(sources=replace(coder.sources, programmes={}))
    yield "  without programmes", Suggester(partners, no_way)
    for view in coder.views.weights:
        less = copy(coder)
        less.views = copy(coder.views)
        less.views.weights = {name: weight for name, weight in coder.views.weights.items() if name != view}
        less.forget()
        yield f"  titles coded without the view {view!r}", Suggester(partners, less)


def declaring(
    partners: Sequence[Partner], coder: Coder, needs: Sequence[dict[str, Any]]
) -> Iterator[tuple[str, Suggester]]:
    """Shares of the partners declare codes: the occupations of the titles for which they are known to be right, as
    the tables code these without the need's words."""
    codes: dict[str, set[str]] = defaultdict(set)
    for need in needs:
        for found in coder.code(need["title"], 1):
            for name, grade in need["relevant"].items():
                if grade == 2:
                    codes[name].add(found.code)
    order = random.Random(5).sample(range(len(partners)), len(partners))
    for percent in (25, 50, 75, 100):
        chosen = set(order[: len(partners) * percent // 100])
        told = [_with(p, codes[p.name]) if n in chosen else p for n, p in enumerate(partners)]
        yield f"  {percent} % of partners declare codes", Suggester(told, coder)


def _with(partner: Partner, codes: set[str]) -> Partner:
    services = (replace(partner.services[0], occupations=tuple(sorted(codes))), *partner.services[1:])
    return replace(partner, services=services)


def names_by(suggester: Suggester) -> Callable[[NeedAsked], list[str]]:
    return lambda need: [found.partner for found in suggester.suggest(need, 5)]


def direct_reading(service: Service, coder: Coder) -> "np.ndarray":
    words = {word: 1 + math.log(n) for word, n in Counter(tokens(f"{service.name} {service.description}")).items()}
    return share(coder.nearest(service.name) + scaled(coder.documents.scores(words)), 12, 4.0)


def fused(*scores: "np.ndarray") -> "np.ndarray":
    """Reciprocal rank fusion with equal weights."""
    import numpy as np

    return np.sum([1 / (60 + (-one).argsort(kind="stable").argsort()) for one in scores], axis=0)


def measure(rank: Callable[[NeedAsked], list[str]], needs: list[dict[str, Any]], partners: int) -> str:
    """One row of the table."""
    asked = [NeedAsked.from_json({key: need[key] for key in ("title", "openings", "text")}) for need in needs]
    ndcg, hit, shown = [], [], set()
    start = time.perf_counter()
    ranked = [rank(need)[:5] for need in asked]
    seconds = time.perf_counter() - start
    for need, names in zip(needs, ranked, strict=True):
        grades = [need["relevant"].get(name, 0) for name in names]
        ndcg.append(gain(grades) / gain(sorted(need["relevant"].values(), reverse=True)[:5]))
        hit.append(2 in grades)
        shown.update(names)
    short = statistics.mean(value for value, need in zip(ndcg, needs, strict=True) if need["length"] == "short")
    long = statistics.mean(value for value, need in zip(ndcg, needs, strict=True) if need["length"] == "long")
    return (
        f"{statistics.mean(ndcg):.3f}  {short:.3f}  {long:.3f}  {statistics.mean(hit):.3f}  "
        f"{len(shown) / partners:.2f}  {1000 * seconds / len(needs):7.2f}"
    )


def by_service(method: Method, owners: list[str]) -> Callable[[NeedAsked], list[str]]:
    """Partners by their best service."""

    def rank(need: NeedAsked) -> list[str]:
        order = (-method(need)).argsort(kind="stable")
        return list(dict.fromkeys(owners[row] for row in order))

    return rank


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    data = os.environ.get("LOOPIN_BENCH_DATA")
    parser.add_argument("--dir", type=Path, default=Path(data) / "suggest" if data else None)
    parser.add_argument("--occupations", type=Path, default=Path(data) / "occupations" if data else None)
    asked = parser.parse_args()
    if asked.dir is None or not asked.dir.is_dir():
        print("skipped: give --dir, a folder with partners.json and needs.jsonl", file=sys.stderr)
        return
    partners: tuple[Partner, ...] = read_directory(asked.dir / "partners.json")
    needs = [json.loads(line) for line in (asked.dir / "needs.jsonl").read_text(encoding="utf-8").splitlines()]
    pairs = [(partner.name, service) for partner in partners for service in partner.services]
    owners, services = [name for name, _ in pairs], [service for _, service in pairs]
    coder = Coder(asked.occupations)
    print(f"{'method':42} all    short  long   hit@5  cover  ms")
    for name, method in (*word_methods(services), *bridges(services, coder)):
        print(f"{name:42} {measure(by_service(method, owners), needs, len(partners))}")
    for name, suggester in (*whole_and_parts(partners, coder), *declaring(partners, coder, needs)):
        print(f"{name:42} {measure(names_by(suggester), needs, len(partners))}", flush=True)


if __name__ == "__main__":
    main()
