"""What a reply's expected values ask of its status, value by value: tests of replies and a look at a whole folder.

`python -m tests.mail.reported FOLDER...` prints what is read wrong in the status of each mail.
"""

import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

from mail.directory import Directory
from mail.document import read_document
from mail.excerpts import Excerpt
from mail.outcome import read_status
from mail.prose.names import find, fold
from mail.replies.report import Report
from mail.values import Address, Status

SENT = date(2026, 9, 17)
NO_REFERRAL = {"other", "auto_reply", "bounce"}
OF_PEOPLE = {
    "hired": ("need", "start_date", "wage", "orgs"),
    "not_hired": ("reason",),
    "interviewed": (),
    "retained": ("days",),
    "ended": ("date", "reason"),
}
OF_WHOLE = {"reason_code": "reason", "resume_date": "resume_date", "outcome": "outcome"}


def wrong(expected: dict[str, Any], got: dict[str, Any]) -> list[str]:
    """What the status of an introduction has wrong; of the values of people only those that are expected are judged."""
    if got["kind"] not in {expected["kind"], *expected.get("kind_accept", [])}:
        return [f"kind {got['kind']}"]
    if got["kind"] in NO_REFERRAL:
        return []
    wanted, said = expected.get("status") or {}, got["status"] or {}
    found = []
    steps = {wanted.get("referral"), *wanted.get("referral_accept", [])}
    if wanted.get("referral") and said.get("referral") not in steps:
        found.append(f"referral {said.get('referral')}")
    if said.get("referral") == wanted.get("referral"):
        for key, field in OF_WHOLE.items():
            if key in wanted and said.get(field) not in {wanted[key], *wanted.get(f"{key}_accept", [])}:
                found.append(f"{key} {said.get(field)}")
    for listed, values in OF_PEOPLE.items():
        found += _people(listed, wanted, said.get(listed) or [], values)
    left = {(_title(one["title"]), one["openings"]) for one in said.get("openings_left") or []}
    asked = [{(_title(t), one["openings"]) for t in [one["title"], *one.get("title_accept", [])]}
             for one in wanted.get("openings_left", [])]  # fmt: skip
    if any(not one & left for one in asked) or len(left) != len(asked):
        found.append(f"openings_left {sorted(left)}")
    return found


def _people(listed: str, wanted: dict[str, Any], said: list[dict[str, Any]], values: tuple[str, ...]) -> list[str]:
    found = []
    rest = {fold(person["name"]): person for person in said}
    for person in wanted.get(listed, []):
        hit = rest.pop(fold(person["name"]), None)
        if hit is None:
            found.append(f"{listed}: no {person['name']}")
            continue
        found += [
            f"{listed}: {person['name']}'s {value} {hit.get(value)}"
            for value in values
            if value in person and not _same(value, person, hit.get(value))
        ]
    spare = {fold(person["name"]) for person in wanted.get(f"{listed}_optional", [])}
    return found + [f"{listed}: {name} is none" for name in rest if name not in spare]


def _same(value: str, person: dict[str, Any], said: Any) -> bool:
    accepted = [person[value], *person.get(f"{value}_accept", [])]
    if value == "need":
        return any(_title(one) == _title(said) for one in accepted)
    if value == "orgs":
        return any(sorted(one) == sorted(said or []) for one in accepted)
    if value == "reason":
        return any(one == said or fold(str(one)) == fold(str(said)) for one in accepted)
    return said in accepted


def _title(title: str | None) -> str:
    return " ".join(sorted(re.sub(r"(?<=\w\w\w)s$", "", word) for word in fold(title or "").split()))


def read(folder: Path, stem: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The expected introduction of a mail and the one that is read."""
    expected = json.loads((folder / f"{stem}.expected.json").read_text(encoding="utf-8"))["introduction"]
    document = read_document((folder / f"{stem}.eml").read_bytes(), Directory.from_file(folder / "partners.json"))
    return expected, document["introduction"]


def status(
    text: str,
    own: str | None = "Harbor Steps",
    titles: tuple[str, ...] = ("pallet assembler", "forklift driver"),
    lang: str = "en",
    known: tuple[str, ...] = (),
) -> Status:
    """What a sentence of an answer reports, read alone on Thursday, 17 September 2026. `own`: who writes."""
    said = Excerpt("message", text, text, Address("", "someone@harborsteps.example"), SENT)
    report = Report(said, tuple(find(text)), known, (), titles, lang, SENT, own, True)
    return read_status(report, Directory()).status


def main(folders: list[str]) -> None:
    for folder in map(Path, folders):
        for path in sorted(folder.glob("*.eml")):
            for problem in wrong(*read(folder, path.stem)):
                print(f"{folder.name}/{path.stem}: {problem}")


if __name__ == "__main__":
    main(sys.argv[1:])
