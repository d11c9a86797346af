"""Job title to occupation on titles hidden from the folder: each view left out, and whether confidence is true.

    python -m bench.titles --occupations FOLDER [--split N] [--fit]

Every split hides another fifth of O*NET's reported titles, wherever they stand, and asks for them as they are and as
mails have them. Printed: share of right occupations at the first place and among five, milliseconds a title, and by
bands of confidence how many first places were right. `--fit` prints weights for matching/title_views.py, fitted on
the other splits (conditional logit), instead.
"""

import argparse
import csv
import hashlib
import os
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from matching.cues import fold, title_words
from matching.occupation_sources import Entry, Sources, from_folder
from matching.occupations import Coder
from matching.title_views import WEIGHTS, stems

if TYPE_CHECKING:
    import numpy as np

_SPLITS, _HIDDEN = 5, 52  # of 256 a split
_BANDS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.95, 1.01)
_BEFORE = ("need {n} {t}", "we are hiring {n} {t}", "looking for {n} {t}", "{t}, {n} openings", "{n} {t} positions")
_AFTER = ("", " for third shift", " in Joliet", " at $21 an hour", " right away", " at our new plant")


@dataclass(frozen=True, slots=True)
class Asked:
    """A hidden title, as it is or as a mail has it, with the codes that any source gives it."""

    words: str
    plain: bool
    codes: frozenset[str]


def bare(title: str) -> str:
    return fold(re.sub(r"\([^()]{0,200}\)", " ", title))


def reported_titles(folder: Path) -> frozenset[str]:
    """What people told O*NET they are called."""
    with (folder / "Sample of Reported Titles.txt").open(newline="", encoding="utf-8-sig") as lines:
        return frozenset(bare(row["Reported Job Title"]) for row in csv.DictReader(lines, delimiter="\t"))


def split(sources: Sources, reported: frozenset[str], number: int) -> tuple[Sources, list[Asked]]:
    """The sources without the hidden titles, and these."""
    codes: dict[str, set[str]] = defaultdict(set)
    for entry in sources.entries.values():
        for title in entry.titles:
            codes[bare(title)].add(entry.code)
    official = {bare(entry.title) for entry in sources.entries.values()}
    pool = sorted(title for title in reported - official if len(title) > 2)
    hidden = [t for t in pool if hashlib.sha256(f"{number}:{t}".encode()).digest()[0] < _HIDDEN]
    gone = set(hidden)
    kept = {code: _without(entry, gone) for code, entry in sources.entries.items()}
    rng = random.Random(number)
    asked = [Asked(title, True, frozenset(codes[title])) for title in hidden]
    asked += [Asked(in_a_mail(title, rng), False, frozenset(codes[title])) for title in hidden]
    return replace(sources, entries=kept), asked


def _without(entry: Entry, gone: set[str]) -> Entry:
    titles = {title: weight for title, weight in entry.titles.items() if bare(title) not in gone}
    return replace(entry, titles=titles or {entry.title: 3.0})


def in_a_mail(title: str, rng: random.Random) -> str:
    """With a slip in every third, in the plural, in a phrase."""
    if rng.random() < 0.33 and len(title) > 6:
        at = rng.randrange(1, len(title) - 2)
        swapped = title[:at] + title[at + 1] + title[at] + title[at + 2 :]
        title = rng.choice([swapped, title[:at] + title[at + 1 :], title[:at] + title[at] + title[at:]])
    if rng.random() < 0.6 and not title.endswith("s"):
        title += "s"
    return rng.choice(_BEFORE).format(n=rng.randint(2, 30), t=title) + rng.choice(_AFTER)


def score(coder: Coder, asked: Sequence[Asked]) -> str:
    """First place and among five, plain and in mails, and milliseconds."""
    right: dict[tuple[bool, int], list[bool]] = defaultdict(list)
    start = time.process_time()
    for one in asked:
        found = [occupation.code for occupation in coder.code(one.words)]
        for top in (1, 5):
            right[one.plain, top].append(not one.codes.isdisjoint(found[:top]))
    each = 1000 * (time.process_time() - start) / len(asked)
    shares = [100 * sum(right[key]) / len(right[key]) for key in ((True, 1), (True, 5), (False, 1), (False, 5))]
    return "  ".join(f"{share:5.1f}" for share in shares) + f"  {each:5.2f}"


def bands(coder: Coder, asked: Sequence[Asked]) -> Iterator[str]:
    """How often the first place is right, by how sure it claims to be."""
    told = [(found[0].confidence, found[0].code in one.codes) for one in asked if (found := coder.code(one.words, 1))]
    error = 0.0
    for low, high in pairwise(_BANDS):
        inside = [(sure, right) for sure, right in told if low <= sure < high]
        if not inside:
            continue
        claimed, true = (sum(column) / len(inside) for column in zip(*inside, strict=True))
        error += len(inside) / len(told) * abs(claimed - true)
        yield f"{low:.2f} and up: {len(inside):5} titles, claimed {claimed:.2f}, right {true:.2f}"
    yield f"calibration error {error:.3f}; without an answer {len(asked) - len(told)} of {len(asked)}"


def leave_out(coder: Coder, asked: Sequence[Asked]) -> Iterator[tuple[str, str]]:
    whole = coder.views.weights
    yield "all views", score(coder, asked)
    for name in whole:
        coder.views.weights = {view: weight for view, weight in whole.items() if view != name}
        coder.forget()
        yield f"without {name}", score(coder, asked)
    for name in whole:
        coder.views.weights = {name: whole[name]}
        coder.forget()
        yield f"{name} alone", score(coder, asked)
    coder.views.weights = whole
    coder.forget()


def fit(sources: Sources, reported: frozenset[str], numbers: Sequence[int], kept: int = 60) -> Mapping[str, float]:
    """Weights by conditional logit over the `kept` likeliest occupations of every title of these splits."""
    import numpy as np
    from scipy.optimize import minimize

    seen: list[np.ndarray] = []
    right: list[np.ndarray] = []
    for number in numbers:
        reduced, asked = split(sources, reported, number)
        coder = Coder(sources=reduced)
        for one in asked:
            title = coder.mended(title_words(one.words))
            views = coder.views.seen(title, stems(title))
            near = np.argsort(-coder.views.evidence(title))[:kept]
            truth = np.array([coder.codes[place] in one.codes for place in near])
            if truth.any():
                seen.append(np.array([views[name][near] for name in WEIGHTS]))
                right.append(truth)
    cases, gold = np.array(seen, dtype=float), np.array(right)

    def loss(weights: "np.ndarray") -> "tuple[float, np.ndarray]":
        scores = np.tensordot(cases, weights, (1, 0))
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        every, good = odds.sum(axis=1), (odds * gold).sum(axis=1)
        moved = odds / every[:, None] - odds * gold / good[:, None]
        slope = np.einsum("nj,ncj->c", moved, cases) / len(cases)
        return float(np.log(every / good).mean() + 0.0005 * weights @ weights), slope + 0.001 * weights

    found = minimize(loss, np.array(list(WEIGHTS.values())), jac=True, method="L-BFGS-B").x
    return dict(zip(WEIGHTS, found.round(3).tolist(), strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    data = os.environ.get("LOOPIN_BENCH_DATA")
    parser.add_argument("--occupations", type=Path, default=Path(data) / "occupations" if data else None)
    parser.add_argument("--split", type=int, choices=range(_SPLITS), default=0)
    parser.add_argument("--fit", action="store_true", help="print weights fitted on two other splits")
    asked = parser.parse_args()
    if asked.occupations is None or not asked.occupations.is_dir():
        print("skipped: give --occupations, the folder of the O*NET text database", file=sys.stderr)
        return
    sources, reported = from_folder(asked.occupations), reported_titles(asked.occupations)
    if asked.fit:
        print(fit(sources, reported, [(asked.split + step) % _SPLITS for step in (1, 2)]))
        return
    reduced, titles = split(sources, reported, asked.split)
    coder = Coder(sources=reduced)
    print(f"split {asked.split}, {len(titles) // 2} titles: first place and among five, then in mails; ms")
    for name, row in leave_out(coder, titles):
        print(f"{name:20} {row}", flush=True)
    print(*bands(coder, titles), sep="\n")


if __name__ == "__main__":
    main()
