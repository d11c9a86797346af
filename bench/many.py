"""Big files of invented records for trials of scale: python -m bench.many employers 1000000 OUT.csv

Names alone for employers (what a list of a million is like); names, birth date and zip for candidates. Half of the
records are other spellings of the other half.
"""

import csv
import sys
from dataclasses import replace
from random import Random

from bench import noise_candidates, noise_employers
from bench.noise import Zipf, syllables
from matching.frequencies import shipped


def employers(number: int, seed: int = 7):
    """(id, name, cluster) of so many records: 60,000 invented words, trades and places as companies have them."""
    random = Random(seed)
    like = replace(noise_employers.character(random), mess=0.7, cities=tuple(noise_employers.CITIES))
    like = replace(like, trades=noise_employers.TRADES)
    names = Zipf([*shipped("family_name"), *(syllables(random) for _ in range(60_000))], 0.5)
    for position in range(0, number, 2):
        who = noise_employers.employer(random, names, like)
        for k in (position, position + 1):
            yield f"e{k}", noise_employers.written_name(random, who, like.mess), position


def candidates(number: int, seed: int = 7):
    """(id, given name, family name, birth date, zip, cluster)."""
    random = Random(seed)
    like = replace(noise_candidates.character(random), mess=0.8, nicknames=0.05, zips=100)
    like = replace(
        like, filled=dict.fromkeys(like.filled, 0.0) | {"given": 1.0, "family": 1.0, "born": 1.0, "zip": 1.0}
    )
    givens = Zipf([*shipped("given_name"), *(syllables(random) for _ in range(5000))])
    families = Zipf([*shipped("family_name"), *(syllables(random) for _ in range(60_000))], 0.6)
    for position in range(0, number, 2):
        who = noise_candidates.person(random, givens, families, like)
        for k in (position, position + 1):
            found = noise_candidates.written(random, who, f"c{k}", like)
            yield found.id, found.given_name, found.family_name, found.date_of_birth, found.zip, position


HEADERS = {
    "employers": ("id", "name", "cluster"),
    "candidates": ("id", "given_name", "family_name", "date_of_birth", "zip", "cluster"),
}


def write(kind: str, number: int, path: str) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
        writer = csv.writer(file)
        writer.writerow(HEADERS[kind])
        writer.writerows(employers(number) if kind == "employers" else candidates(number))


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), sys.argv[3])
