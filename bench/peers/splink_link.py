"""Splink on one CSV, as its users would set it up: python splink_link.py employers|candidates RECORDS.csv PAIRS.csv

Runs in an environment of its own (bench/link.py makes it). Expectation-maximisation without labels, term frequencies on
names, one blocking rule a field.
"""

import sys

import pandas
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

COLUMNS = {
    "employers": "id name domain phone street city state zip".split(),
    "candidates": [
        "id",
        "given_name",
        "family_name",
        "date_of_birth",
        "phone",
        "email",
        "street",
        "city",
        "state",
        "zip",
    ],
}


def settings(kind: str, filled: set[str]) -> SettingsCreator:
    exact = {c for c in ("domain", "phone", "city", "zip", "state", "email") if c in filled}
    comparisons = [cl.ExactMatch(column).configure(term_frequency_adjustments=column != "state") for column in exact]
    names = ("name",) if kind == "employers" else ("given_name", "family_name")
    comparisons += [
        cl.JaroWinklerAtThresholds(c, [0.95, 0.88, 0.8]).configure(term_frequency_adjustments=True) for c in names
    ]
    if "street" in filled:
        comparisons.append(cl.JaroWinklerAtThresholds("street", [0.95, 0.85]))
    if "date_of_birth" in filled:
        comparisons.append(cl.LevenshteinAtThresholds("date_of_birth", [1, 2]))
    rules = ["domain", "phone", "street", "zip", "date_of_birth", "email", *names]
    blocking = [block_on(rule) for rule in rules if rule in filled]
    blocking += [block_on(f"substr({name}, 1, 5)") for name in names]
    return SettingsCreator(
        link_type="dedupe_only", unique_id_column_name="id", comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocking,
    )  # fmt: skip


def main(kind: str, records: str, pairs: str) -> None:
    frame = pandas.read_csv(records, dtype=str)
    frame = frame[[column for column in COLUMNS[kind] if column in frame]].apply(
        lambda column: column if column.name == "id" else column.str.lower().str.strip()
    )
    filled = {column for column in frame if column != "id" and frame[column].notna().any()}
    first = "name" if kind == "employers" else "family_name"
    frame = frame[["id", *sorted(filled)]].assign(start=frame[first].str[:5])
    linker = Linker(DuckDBAPI().register(frame), settings(kind, filled))
    linker.training.estimate_probability_two_random_records_match([block_on(first)], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    if filled == {first}:  # a rule on the one column that is compared would leave nothing to fit
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("start"))
        filled = set()
    for rule in (first, "zip" if "zip" in filled else "street", "phone" if "phone" in filled else first):
        if rule in filled:
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(rule))
    found = linker.inference.predict(threshold_match_probability=0.05).as_pandas_dataframe()
    found = found.rename(columns={"id_l": "left_id", "id_r": "right_id", "match_probability": "probability"})
    found[["left_id", "right_id", "probability"]].to_csv(pairs, index=False)


if __name__ == "__main__":
    main(*sys.argv[1:4])
