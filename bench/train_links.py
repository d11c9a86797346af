"""Fits the shipped parameters of who is who and scores them: python -m bench.train_links [DATA/link] [--write]

--employers or --candidates for one of them. Training data: invented collections (bench/noise_*.py), each with a
character of its own, and the labelled sets of a folder that is named or in LOOPIN_BENCH_DATA. For each set the figure
that counts is that of a model fitted without it; beside it, figures of invented collections that were kept aside.
"""

import csv
import json
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

from bench import noise_archives, noise_candidates, noise_employers, noise_sites
from bench.link_scores import figures
from bench.settle_links import Heard, settling
from matching.batch import Groups, grouped
from matching.compare import frequencies_of
from matching.comparing import Compared, compared
from matching.fitting import Collection, fit
from matching.frequencies import Frequencies
from matching.linkage import link
from matching.neighbours import Neighbours
from matching.parameters_file import BARE, FOLDER, Adapting, Others, Parameters
from matching.records import EmployerRecord, Record, candidate_of, employer_of
from matching.scoring import adapted_base, bare_share, evidence, second_look, shared_base, sigmoid, valley_base

NOISE = {
    "employers": {"employers": noise_employers.collection, "sites": noise_sites.collection},
    "candidates": {"people": noise_candidates.collection, "archives": noise_archives.collection},
}
"""Worlds of each kind of record."""
COLLECTIONS = 80
"""Invented collections of each world."""
LABELLED, LABELLED_SETTLES = 8.0, 20.0
"""What a labelled set counts beside an invented one, for the weights and for what the shape of scores moves."""
ASIDE = range(9000, 9012)
"""Those that no model is fitted on."""
SIZES = (250, 500, 1000)
NAMES_ALONE = 60
NAMES_SIZES = (500, 1000, 2500)
MOST = 1200
"""Pairs of each answer that are taken from a collection."""


@dataclass
class Labelled:
    """A collection with truth: its pairs compared, which of them are one, and the share that has only names."""

    name: str
    kind: str
    records: list[Record]
    truth: list
    groups: Groups
    frequencies: Frequencies
    compared: Compared
    same: list[bool]
    bare: float

    def one(self, i: int, j: int) -> bool:
        """Whether two groups of equal records are one."""
        return self.truth[self.groups.new[i][0]] == self.truth[self.groups.new[j][0]]


def labelled(name: str, kind: str, records: list[Record], truth: list) -> Labelled:
    frequencies = frequencies_of(records)
    groups = grouped(records)
    owner = [truth[members[0]] for members in groups.new]
    same = [owner[i] == owner[j] for i, j in zip(groups.left.tolist(), groups.right.tolist(), strict=True)]
    found = compared(groups, frequencies)
    return Labelled(name, kind, records, truth, groups, frequencies, found, same, bare_share(groups))


def invented(kind: str, world: str, number: int) -> Labelled:
    records, truth = NOISE[kind][world](Random(number), SIZES[number % len(SIZES)])
    return labelled(f"{world} {number}", kind, list(records), truth)


def invented_names(number: int) -> Labelled:
    """A list of employers that has nothing but names."""
    records, truth = noise_employers.collection(Random(5000 + number), NAMES_SIZES[number % len(NAMES_SIZES)], True)
    return labelled(f"invented names {number}", "employers", list(records), truth)


def names_of(data: Labelled) -> Labelled:
    """The names of a set alone."""
    records: list[Record] = [EmployerRecord(r.id, r.name) for r in data.records if isinstance(r, EmployerRecord)]
    return labelled(f"{data.name}, names alone", data.kind, records, data.truth)


def from_folder(folder: Path) -> Labelled:
    kind = json.loads((folder / "meta.json").read_text())["kind"]
    with (folder / "records.csv").open(newline="") as file:
        records = [(employer_of if kind == "employers" else candidate_of)(row) for row in csv.DictReader(file)]
    with (folder / "truth.csv").open(newline="") as file:
        cluster = {row["id"]: row["cluster"] for row in csv.DictReader(file)}
    return labelled(folder.name, kind, records, [cluster[record.id] for record in records])


def thinned(data: Labelled, weight: float) -> Collection:
    """At most MOST pairs of each answer: each collection has a base of its own, which what is left out may move."""
    random = Random(data.name)
    one = [k for k, same in enumerate(data.same) if same]
    two = [k for k, same in enumerate(data.same) if not same]
    kept = random.sample(one, min(MOST, len(one))) + random.sample(two, min(MOST, len(two)))
    levels, same = [data.compared.kinds[data.compared.of[k]] for k in kept], [data.same[k] for k in kept]
    return Collection(levels, same, weight * 2000 / max(1000, len(kept)))


def train(
    kind: str, data: list[Labelled], weights: list[float], alone: Parameters | None = None, of_names: bool = False
) -> Parameters:
    """Weights of levels, then how a collection finds its base, then the second look at what the others say, then how
    the shape of all scores moves them. Unless they are all there is (`of_names`), lists of companies' names teach the
    weights hardly anything: most lists have more, and names then decide less."""
    import numpy as np

    told = [1.0 if of_names or kind == "candidates" else 1.0 - 0.95 * part.bare for part in data]
    thin = [thinned(part, weight * share) for part, weight, share in zip(data, weights, told, strict=True)]
    fitted = fit(kind, thin)
    first = Parameters(0.0, 0.95, fitted.weights, Adapting(0, 0, 1, 0, 0, 0, -40, 40), Others(0, 1, 1, {}))
    usable = [k for k, part in enumerate(data) if sum(part.same) > 10]
    data, trust = [data[k] for k in usable], [weights[k] for k in usable]
    scores = [evidence(part.compared, first).astype(float) for part in data]
    bases = [_balanced(score, part.same) for score, part in zip(scores, data, strict=True)]
    shares = [np.log(sum(part.same) / (len(part.same) - sum(part.same) + 1)) for part in data]
    adapting = _adapting(scores, np.array(bases), np.array(shares), np.array([part.bare for part in data]), trust)
    based = [adapted_base(score, part.bare, adapting) for score, part in zip(scores, data, strict=True)]
    seconds = [
        _second(*each) for each in zip(data, [s + b for s, b in zip(scores, based, strict=True)], trust, strict=True)
    ]
    others = fit("others", seconds, stiffness=3.0)
    heard = Others(
        round(float(np.median(others.bases)), 3), round(others.slopes[0], 3), round(others.slopes[1], 3), others.weights
    )
    ready = Parameters(round(float(np.quantile(bases, 0.3)), 3), 0.95, fitted.weights, adapting, heard, alone)
    if (
        of_names
    ):  # the shape of a list of names alone tells nothing that holds elsewhere: a set left out got worse by it
        return ready
    lists = [each for each in zip(data, scores, based, trust, strict=True) if not alone or each[0].bare < BARE]
    return replace(ready, settling=settling([_heard(*each, ready) for each in lists]))


def _heard(data: Labelled, scores, base: float, weight: float, parameters: Parameters) -> Heard:
    """All pairs of a collection after the second look."""
    look = second_look(data.groups, data.compared, base, data.frequencies, parameters, scores)
    pairs = list(look.pairs())
    return Heard(
        [score for _, _, score, _ in pairs],
        [data.groups.pairs(i, j) for i, j, _, _ in pairs],
        [data.one(i, j) for i, j, _, _ in pairs],
        len(data.records),
        LABELLED_SETTLES if weight > 1 else 1.0,
    )


def _adapting(scores: list, bases, shares, bares, weights: list[float]) -> Adapting:
    """The neutral base and how it moves where names are all there is; then how far each of the two guesses of a base is
    to be trusted: ridge regression over the collections."""
    import numpy as np
    from sklearn.linear_model import Ridge

    line = Ridge(alpha=0.5).fit(bares[:, None], bases - shares, weights)
    neutral, bare = round(float(line.intercept_), 3), round(float(line.coef_[0]), 3)
    least, most = (round(float(np.quantile(bases, part)), 3) for part in (0.03, 0.97))
    guesses = []
    for found, share in zip(scores, bares, strict=True):
        guess = shared_base(found, neutral + bare * share, least, most)
        guesses.append((guess, valley_base(found, guess), share))
    ridge = Ridge(alpha=3.0).fit(np.array(guesses), bases, weights)
    share, valley, lift = (round(float(value), 3) for value in ridge.coef_)
    return Adapting(neutral, bare, share, valley, lift, round(float(ridge.intercept_), 3), least, most)


def _balanced(scores, same: list[bool]) -> float:
    """The base with which the probabilities of a collection add up to its true pairs."""
    import numpy as np
    from scipy.optimize import brentq

    return float(brentq(lambda base: (1 / (1 + np.exp(-scores - base))).sum() - sum(same), -40, 40, xtol=0.01))


def _second(data: Labelled, scores, weight: float) -> Collection:
    pairs = list(zip(data.groups.left.tolist(), data.groups.right.tolist(), strict=True))
    kept = [k for k, score in enumerate(scores) if score > -4.6]
    near = Neighbours({pairs[k]: sigmoid(scores[k]) for k in kept})
    levels = [near.levels(*pairs[k]) for k in kept]
    return Collection(
        levels, [data.same[k] for k in kept], weight * 1000 / max(500, len(kept)), [float(scores[k]) for k in kept]
    )


def scored(data: Labelled, parameters: Parameters) -> dict[str, float]:
    """Figures of a set that is linked with these parameters."""
    truth = {record.id: cluster for record, cluster in zip(data.records, data.truth, strict=True)}
    total = sum(n * (n - 1) // 2 for n in Counter(data.truth).values())
    found = link(data.records, None, None, parameters)
    return figures([(pair.match.probability, truth[pair.left_id] == truth[pair.right_id]) for pair in found], total)


def main(arguments: list[str]) -> None:
    given = [argument for argument in arguments if not argument.startswith("-")]
    kinds = [kind for kind in NOISE if f"--{kind}" in arguments] or list(NOISE)
    home = given[0] if given else os.environ.get("LOOPIN_BENCH_DATA", "")
    real = [from_folder(path.parent) for path in sorted(Path(home).glob("*/meta.json"))] if home else []
    for kind in kinds:
        with ProcessPoolExecutor(2) as pool:
            worlds = NOISE[kind]
            made = [part for world in worlds for part in pool.map(partial(invented, kind, world), range(COLLECTIONS))]
            aside = {world: list(pool.map(partial(invented, kind, world), ASIDE)) for world in worlds}
            alone = list(pool.map(invented_names, range(NAMES_ALONE))) if kind == "employers" else []
        sets = [data for data in real if data.kind == kind]
        _kind(kind, made, alone, sets, aside, "--write" in arguments)


def _kind(
    kind: str,
    made: list[Labelled],
    alone: list[Labelled],
    sets: list[Labelled],
    aside: dict[str, list[Labelled]],
    write: bool,
) -> None:
    scores: dict[str, dict[str, dict[str, float]]] = {}
    bare = {data.name: names_of(data) for data in sets} if alone else {}
    for left_out in sets:
        parameters = _trained(kind, made, alone, [data for data in sets if data is not left_out], bare)
        _note(scores, "fitted without it", parameters, left_out, bare)
    shipped = _trained(kind, made, alone, sets, bare)
    for data in sets:
        _note(scores, "shipped", shipped, data, bare)
    for world, parts in aside.items():
        found = [scored(part, shipped) for part in parts]
        mean = {name: round(sum(each[name] for each in found) / len(found), 4) for name in found[0]}
        scores[f"invented {world}, {len(found)} kept aside"] = {"shipped": mean}
        print(world, "kept aside", mean, flush=True)
    if write:
        about = f"Who is who among {kind}: log-odds a level a field, by bench/train_links.py; see matching/orders.py."
        (FOLDER / f"{kind}.json").write_text(shipped.as_json(about, scores) + "\n", encoding="utf-8")


def _trained(
    kind: str, made: list[Labelled], alone: list[Labelled], sets: list[Labelled], bare: dict[str, Labelled]
) -> Parameters:
    names = None
    if alone:
        named = [bare[data.name] for data in sets]
        names = train(kind, alone + named, [1.0] * len(alone) + [4.0] * len(named), of_names=True)
    return train(kind, made + sets, [1.0] * len(made) + [LABELLED] * len(sets), names)


def _note(scores: dict, how: str, parameters: Parameters, data: Labelled, bare: dict[str, Labelled]) -> None:
    """The figures of a set, and of its names alone, under these parameters."""
    for each in (data, *([bare[data.name]] if data.name in bare else [])):
        scores.setdefault(each.name, {})[how] = scored(each, parameters)
        print(each.name, how, scores[each.name][how], flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
