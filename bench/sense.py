"""What answers mean in words that no rule knows: python -m bench.sense [--write]

Fits mail/replies/sense.json on bench/replies_said.csv (step, who says it, sentence: all of our own) and, as sentences
that say nothing, on what people write in mails of tests/mail/mails that bring no news. Scored on the news and the small
talk of those sets that were not fitted on: twice, on every other set. --write fits on all and writes the file.
"""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import mail.reading
from mail.directory import Directory
from mail.document import read_document
from mail.outcome import ReadStatus, read_status
from mail.prose.layout import segments
from mail.replies import sense
from mail.replies.report import Report

SAID = Path(__file__).with_name("replies_said.csv")
SETS = Path(__file__).parent.parent / "tests" / "mail" / "mails"
LEAST = 2  # sentences in which a word stands before it counts
SMALL = 8  # hundredths below which a weight of a word is left out
STRENGTH = 3.0  # inverse of the penalty


class Said(NamedTuple):
    step: str
    partner: bool
    words: str
    weight: float = 1.0


class Answer(NamedTuple):
    """A mail that answers: its newest words, who writes, and the steps that are right (None: no news)."""

    words: str
    partner: bool
    right: frozenset[str | None]
    reply: bool


def own_sentences() -> list[Said]:
    with SAID.open(encoding="utf-8", newline="") as file:
        return [Said(step, who == "partner", words) for step, who, words in csv.reader(file)]


def answers(folder: Path) -> Iterator[Answer]:
    """The answers of a set, but for those that tell of people, which rules read."""
    seen: list[tuple[Report, ReadStatus]] = []

    def noting(report: Report, directory: Directory) -> ReadStatus:
        seen.append((report, read_status(report, directory)))
        return seen[-1][1]

    mail.reading.read_status = noting
    directory = Directory.from_file(folder / "partners.json")
    for path in sorted(folder.glob("*.eml")):
        expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))["introduction"]
        seen.clear()
        read_document(path.read_bytes(), directory)
        status = expected.get("status") or {}
        news = expected["kind"] == "status_update"
        if not seen or (news and (seen[0][1].people or not status.get("referral"))):
            continue
        report = seen[0][0]
        right = {status["referral"], *status.get("referral_accept", [])} if news else {None}
        words = report.newest.text[: report.newest.signed or None]
        yield Answer(words, report.own is not None, frozenset(right), report.reply)
    mail.reading.read_status = read_status


def nothing_in(found: Sequence[Answer]) -> list[Said]:
    """The sentences of mails that bring no news; they are many, so each counts half."""
    return [
        Said(sense.NOTHING, answer.partner, segment.text, 0.5)
        for answer in found
        if answer.right == {None}
        for segment in segments(answer.words)[:12]
        if len(segment.text.split()) > 2
    ]


def fitted(said: Sequence[Said]) -> sense._Model:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows = [sense.features(one.words, partner=one.partner) for one in said]
    counts = Counter(feature for row in rows for feature in row)
    table = DictVectorizer()
    matrix = table.fit_transform([dict.fromkeys((f for f in sorted(row) if counts[f] >= LEAST), 1) for row in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(matrix, [one.step for one in said], sample_weight=[one.weight for one in said])
    weights = {
        feature: column
        for feature, values in zip(table.get_feature_names_out(), model.coef_.T, strict=True)
        if max(map(abs, column := [round(100 * float(value)) for value in values])) >= SMALL
    }
    return sense._Model(tuple(model.classes_), tuple(round(100 * float(b)) for b in model.intercept_), weights)


def score(found: Sequence[Answer]) -> Counter[str]:
    """How often the model in use is right, wrong or silent about news, and how often it hears news where none is."""
    counted: Counter[str] = Counter()
    for answer in found:
        if not answer.reply:
            continue
        heard = sense.sensed(answer.words, partner=answer.partner)
        step = heard.step if heard else None
        if answer.right == {None}:
            counted["silent on no news" if step is None else "news where none is"] += 1
        else:
            counted["silent" if step is None else "right" if step in answer.right else "wrong"] += 1
    return counted


def main(arguments: list[str]) -> None:
    sets = [list(answers(folder)) for folder in sorted(SETS.glob("introductions*"))]
    own = own_sentences()
    total: Counter[str] = Counter()
    for half in (0, 1):
        known = [answer for found in sets[half::2] for answer in found]
        model = fitted([*own, *nothing_in(known)])
        sense._model = lambda model=model: model
        total += score([answer for found in sets[1 - half :: 2] for answer in found])
    print(dict(sorted(total.items())))
    if "--write" in arguments:
        every = [*own, *nothing_in([answer for found in sets for answer in found])]
        model = fitted(every)
        told = {
            "about": "hundredths of a weight for each step, by words: python -m bench.sense --write",
            "sentences": len(every),
            "on sets held aside": dict(sorted(total.items())),
            "steps": model.steps,
            "bias": model.bias,
        }
        head = json.dumps(told, indent=1, ensure_ascii=False).removesuffix("\n}")
        rows = ",\n".join(f"  {json.dumps(f, ensure_ascii=False)}: {json.dumps(w)}" for f, w in model.weights.items())
        sense.FILE.write_text(f'{head},\n "weights": {{\n{rows}\n }}\n}}\n', encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
