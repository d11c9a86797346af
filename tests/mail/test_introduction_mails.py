"""Our own mails, read whole: sets by several hands, each value looked at."""

import json
from collections import Counter
from pathlib import Path

import pytest

from mail.directory import Directory
from mail.document import read_document
from mail.prose.names import fold

MAILS = Path(__file__).parent / "mails"
SETS = (
    "introductions",
    "introductions_more",
    "introductions_third",
    "introductions_fourth",
    "introductions_fifth",
    "introductions_sixth",
    "introductions_seventh",
    "introductions_eighth",
    "introductions_ninth",
    "introductions_tenth",
    "introductions_eleventh",
    "introductions_twelfth",
    "introductions_thirteenth",
    "introductions_fourteenth",
)
KEPT = ("introductions_fifteenth",)
"""Read for the first time when the rules were done: how many are whole is told in the folder, not asked of them."""
NO_REFERRAL = {"other", "auto_reply", "bounce"}


def read(folder: Path, stem: str) -> dict:
    return read_document((folder / f"{stem}.eml").read_bytes(), Directory.from_file(folder / "partners.json"))


def spelled(*values) -> set[str]:
    flat = [name for value in values for name in (value if isinstance(value, list) else [value]) if name]
    return {plain(name) for name in flat}


def plain(name: str) -> str:
    words = fold(name).replace("&", " and ").replace(",", " ").replace(".", " ").split()
    return " ".join(word for word in words if word not in ("inc", "llc", "co", "company", "corp", "corporation"))


def problems(expected: dict, got: dict) -> list[str]:
    """What a coordinator would have to correct in roles, employer, people and news (needs have their own tests)."""
    found = []
    if got["kind"] not in {expected["kind"], *expected.get("kind_accept", [])}:
        return [f"kind {got['kind']}"]
    if expected["kind"] in NO_REFERRAL:
        return found
    employer = expected.get("employer") or {}
    if plain((got["employer"] or {}).get("name") or "") not in spelled(
        employer.get("name"), employer.get("accept", [])
    ):
        found.append(f"employer {got['employer']}")
    if expected["kind"] != "status_update":
        if got["referring_org"] != expected["referring_org"]:
            found.append(f"referring {got['referring_org']}")
        if set(got["receiving_orgs"]) != set(expected.get("receiving_orgs", got["receiving_orgs"])):
            found.append(f"receiving {got['receiving_orgs']}")
        found += people("contacts", expected.get("contacts", got["contacts"]), got["contacts"])
        found += people("candidates", expected["candidates"], got["candidates"])
    status, said = expected.get("status"), got["status"] or {}
    if status:
        for key in ("hired", "not_hired"):
            wanted = {plain(person["name"]) for person in status[key]}
            extra = {plain(person["name"]) for person in status.get(f"{key}_optional", [])}
            names = {plain(person["name"]) for person in said.get(key, [])}
            if wanted - names or names - wanted - extra:
                found.append(f"{key} {sorted(names)}")
        steps = {status["referral"], *status.get("referral_accept", [])}
        if status["referral"] and said.get("referral") not in steps:
            found.append(f"referral {said.get('referral')}")
    return found


def people(what: str, expected: list[dict], got: list[dict]) -> list[str]:
    found, rest = [], list(got)
    for person in expected:
        names = spelled(person["name"], person.get("name_accept", []))
        hit = next((other for other in rest if plain(other["name"]) in names), None)
        if hit is None:
            found.append(f"{what}: no {person['name']}")
            continue
        rest.remove(hit)
        if person.get("email") and hit["email"] != person["email"]:
            found.append(f"{what}: {person['name']} at {hit['email']}")
        if set(person.get("phones", [])) != set(hit["phones"]):
            found.append(f"{what}: {person['name']} on {hit['phones']}")
    return found + [f"{what}: {other['name']} is none" for other in rest]


@pytest.mark.parametrize("name", SETS)
def test_four_in_five_mails_need_no_correction(name: str) -> None:
    folder = MAILS / name
    stems = [path.stem for path in sorted(folder.glob("*.eml"))]
    wrong = {}
    for stem in stems:
        expected = json.loads((folder / f"{stem}.expected.json").read_text(encoding="utf-8"))["introduction"]
        found = problems(expected, read(folder, stem)["introduction"])
        if found:
            wrong[stem] = found
    assert len(wrong) <= len(stems) * 0.2, wrong


@pytest.mark.parametrize("name", (*SETS, *KEPT))
def test_no_mail_that_is_none_makes_a_referral(name: str) -> None:
    folder = MAILS / name
    for path in sorted(folder.glob("*.eml")):
        expected = json.loads((folder / f"{path.stem}.expected.json").read_text(encoding="utf-8"))["introduction"]
        if expected["kind"] in NO_REFERRAL:
            got = read(folder, path.stem)["introduction"]
            assert got["kind"] in NO_REFERRAL, path.stem
            assert not got["needs"] and not got["candidates"] and not got["status"], path.stem


@pytest.mark.parametrize("name", (*SETS, *KEPT))
def test_every_fact_lights_up_its_own_words(name: str) -> None:
    folder = MAILS / name
    counted = Counter()
    for path in sorted(folder.glob("*.eml")):
        document = read(folder, path.stem)
        texts = {"subject": document["subject"], "message": document["message"]}
        texts |= {f"chain[{index}]": turn["body"] for index, turn in enumerate(document["chain"])}
        for fact in document["introduction"]["facts"]:
            if fact["part"] in texts:
                words = texts[fact["part"]][fact["start"] : fact["end"]]
                assert words == fact["words"], (path.stem, fact)
                counted[fact["field"].split(".")[-1]] += 1
            assert 0 < fact["confidence"] <= 1
    assert counted["name"] > 10


def test_reading_twice_gives_the_same() -> None:
    folder = MAILS / "introductions"
    stems = [path.stem for path in sorted(folder.glob("*.eml"))]
    first = [read(folder, stem) for stem in stems]
    assert [read(folder, stem) for stem in reversed(stems)] == first[::-1]
