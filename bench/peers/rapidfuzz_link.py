"""rapidfuzz on one CSV: names as one string, WRatio over all pairs that share a word: kind RECORDS.csv PAIRS.csv

Runs in an environment of its own (bench/link.py makes it). The score by 100 stands for a probability.
"""

import csv
import sys
from collections import defaultdict
from itertools import combinations

from rapidfuzz import fuzz, utils

MOST = 60
"""Records a word may stand in."""


def main(kind: str, records: str, pairs: str) -> None:
    fields = ("name",) if kind == "employers" else ("given_name", "family_name", "date_of_birth")
    with open(records, newline="", encoding="utf-8-sig") as file:  # noqa: PTH123
        rows = list(csv.DictReader(file))
    texts = [utils.default_process(" ".join(row.get(field) or "" for field in fields)) for row in rows]
    holders: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for word in {*text.split(), text[:6]}:
            holders[word].append(place)
    found = {pair for places in holders.values() if len(places) <= MOST for pair in combinations(places, 2)}
    with open(pairs, "w", newline="", encoding="utf-8") as file:  # noqa: PTH123
        writer = csv.writer(file)
        writer.writerow(("left_id", "right_id", "probability"))
        for i, j in sorted(found):
            score = fuzz.WRatio(texts[i], texts[j]) / 100
            if score >= 0.7:
                writer.writerow((rows[i]["id"], rows[j]["id"], f"{score:.4f}"))


if __name__ == "__main__":
    main(*sys.argv[1:4])
