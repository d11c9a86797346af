"""Partners for a need, ranked, with reasons for and against in a coordinator's words.

python -m matching.suggest --directory PARTNERS.json [--occupations FOLDER] [--history ANSWERS.jsonl] [--many]
[NEED.json or -]
"""

import argparse
import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from matching.answers import Answer, AnswersUnreadable, Trait, read_answers, traits
from matching.bridge import Bridge, Wanted, wanted
from matching.features import WEIGHTS, Case, Heard, Signal, signals
from matching.learning import Experience
from matching.needs import NeedAsked, NeedUnreadable
from matching.occupation_sources import OccupationsUnreadable
from matching.occupations import Coder
from matching.partners import DirectoryUnreadable, Partner, Service, read_directory
from matching.past import past
from matching.refit import FEWEST, refit
from matching.screening import flags
from matching.turns import Judged, Load, in_turn
from matching.walls import wall

__all__ = ["NeedAsked", "Reason", "Suggester", "Suggestion", "main", "split"]

SMALL, POOL = 300, 120
"""A network of at most SMALL services is looked at whole; of a larger one the POOL nearest by occupation and words are,
and more only when walls leave too few."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Words for a person and how much they weigh in log-odds; 0 for what isn't known."""

    words: str
    weight: float

    def to_json(self) -> dict[str, Any]:
        return {"reason": self.words, "weight": round(self.weight, 2)}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A partner for a need. `score` 0 to 1: how likely it says yes; `service` the one that fits best."""

    partner: str
    score: float
    why: tuple[Reason, ...] = ()
    why_not: tuple[Reason, ...] = ()
    service: str = ""
    room: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "partner": self.partner,
            "score": round(self.score, 4),
            "why": [reason.to_json() for reason in self.why],
            "why_not": [reason.to_json() for reason in self.why_not],
            "service": self.service,
        }


class Suggester:
    """Ranks the partners of a directory for needs. Building it codes every service; a need takes milliseconds.

    `history`: past answers, oldest first; `open_asks`: requests by partner that aren't answered yet, which count as
    load.
    """

    def __init__(
        self,
        partners: Sequence[Partner],
        coder: Coder,
        history: Iterable[Answer] = (),
        weights: Mapping[str, float] | None = None,
        today: date | None = None,
        open_asks: Mapping[str, int] | None = None,
    ) -> None:
        self.partners = tuple(partners)
        self.coder = coder
        self.weights = dict(weights or WEIGHTS)
        self.today = today or datetime.now().astimezone().date()
        self.open_asks = dict(open_asks or {})
        self.experience = Experience()
        self._rows = [(partner, service) for partner in self.partners for service in _services(partner)]
        self._bridge = Bridge([service for _, service in self._rows], coder)
        self._rows_of: dict[str, list[int]] = {}
        for row, (partner, _) in enumerate(self._rows):
            self._rows_of.setdefault(partner.name, []).append(row)
        for answer in history:
            self.learn(answer)

    def learn(self, answer: Answer) -> None:
        """Takes in one answer at once; only what is known of its partner changes, and how far profiles are
        believed."""
        asked = wanted(answer.need, self.coder)
        rows = self._rows_of.get(answer.partner, [])
        cases = self._cases(answer.need, asked, rows)
        promised = max((self._promise(signals(case)) for case in cases), default=self.weights["start"])
        self.experience.learn(answer, traits(answer.need, asked.best), promised)

    def ask(self, partner: str) -> None:
        """The partner is asked for a need; until it answers that counts as load."""
        self.open_asks[partner] = self.open_asks.get(partner, 0) + 1

    def adopt(self, weights: Mapping[str, float], history: Iterable[Answer]) -> None:
        """Takes other weights (a refit's, or the old ones back) and learns the history anew under them."""
        self.weights = dict(weights)
        self.experience = Experience()
        for answer in history:
            self.learn(answer)

    def suggest(self, need: NeedAsked, limit: int = 10) -> list[Suggestion]:
        """At most `limit` partners, best first, each once, by its best service."""
        asked = wanted(need, self.coder)
        known = traits(need, asked.best)
        share = (self.experience.asked + sum(self.open_asks.values())) / max(len(self._rows_of), 1)
        best: dict[str, Judged] = {}
        pool = SMALL if len(self._rows) <= SMALL else POOL
        for number, case in enumerate(self._cases(need, asked)):
            if number >= pool and len(best) >= limit:
                break
            if wall(need, case.partner, case.service, self.today):
                continue
            judged = self._judge(case, known, share)
            other = best.get(case.partner.name)
            if other is None or other.total < judged.total:
                best[case.partner.name] = judged
        ranked = in_turn(list(best.values()))
        illegal = tuple(Reason(flag.sentence, 0.0) for flag in flags(need))
        return [_suggestion(judged, illegal) for judged in ranked[:limit]]

    def refused(self, need: NeedAsked) -> list[tuple[str, str, str]]:
        """Partners that a wall keeps out of this need by every service: (partner, name of the wall, why), so that
        each can see it."""
        walled: dict[str, tuple[str, str, str]] = {}
        free: set[str] = set()
        for partner, service in self._rows:
            found = wall(need, partner, service, self.today)
            if found:
                walled.setdefault(partner.name, (partner.name, *found))
            else:
                free.add(partner.name)
        return [told for name, told in walled.items() if name not in free]

    def examples(self, answers: Iterable[Answer]) -> list[tuple[dict[str, float], Answer]]:
        """What profile and need said in each answer's case, for a refit; answers of partners that are gone are left
        out."""
        told = []
        for answer in answers:
            asked = wanted(answer.need, self.coder)
            cases = list(self._cases(answer.need, asked, self._rows_of.get(answer.partner, [])))
            if cases:
                best = max((signals(case) for case in cases), key=self._promise)
                told.append(({signal.name: signal.value for signal in best}, answer))
        return told

    def _cases(self, need: NeedAsked, asked: Wanted, rows: Sequence[int] | None = None) -> Iterator[Case]:
        """Services as cases, nearest by occupation and words first; only the `rows` given, where given."""
        if not self._rows or (rows is not None and not rows):
            return
        occupation, text = self._bridge.match(asked), self._bridge.text_match(need, asked)
        if rows is None:
            rough = self.weights["occupation"] * occupation + self.weights["text"] * text
            rows = (-rough).argsort(kind="stable").tolist()
        near, heard = self._bridge.near(asked), Heard.of(need)
        for row in rows:
            partner, service = self._rows[row]
            met = self._bridge.met(row, near)
            own = met.code == asked.best and 0 < len(need.title) < 60
            title = need.title if own else self.coder.title_of(met.code)
            yield Case(need, heard, partner, service, met, float(occupation[row]), float(text[row]), title, self.today)

    def _asked(self, partner: str) -> float:
        return self.experience.asked_lately(partner) + self.open_asks.get(partner, 0)

    def _promise(self, seen: Iterable[Signal]) -> float:
        """Log-odds of a yes by profile and need alone."""
        return self.weights["start"] + sum(self.weights.get(signal.name, 0.0) * signal.value for signal in seen)

    def _judge(self, case: Case, known: Sequence[Trait], share: float) -> Judged:
        seen = signals(case)
        promises = self.experience.promises
        weighed = [(signal, promises.trust * self.weights.get(signal.name, 0.0) * signal.value) for signal in seen]
        wished = any(signal.name == "asked_for" and signal.value for signal in seen)
        load = Load(share if wished else self._asked(case.partner.name), share)
        weighed += past(case.partner.name, known, self.experience, load)
        total = promises.kept(self.weights["start"]) + sum(weight for _, weight in weighed)
        return Judged(case, total, weighed, load.full)


def _suggestion(judged: Judged, illegal: tuple[Reason, ...]) -> Suggestion:
    why, why_not = _reasons(judged.weighed)
    case = judged.case
    score = 1 / (1 + math.exp(-judged.total))
    return Suggestion(case.partner.name, score, why, why_not + illegal, case.service.name, case.service.capacity)


def _services(partner: Partner) -> tuple[Service, ...]:
    """A partner that lists no service is kept, as one of which nothing is known."""
    return partner.services or (Service("", description=partner.description),)


def _reasons(weighed: Sequence[tuple[Signal, float]]) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    told = [(Reason(signal.words, weight)) for signal, weight in weighed if signal.words]
    why = sorted((r for r in told if r.weight > 0.02), key=lambda r: -r.weight)
    why_not = sorted((r for r in told if r.weight <= 0.02), key=lambda r: r.weight)
    return tuple(why), tuple(why_not)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a large need for one partner."""

    partner: str
    openings: int


def split(need: NeedAsked, suggestions: Sequence[Suggestion]) -> tuple[Share, ...]:
    """Openings shared out over suggestions in proportion to their score, none beyond its room. What is left stays
    open."""
    left = need.openings
    shares: dict[str, int] = {suggestion.partner: 0 for suggestion in suggestions}
    while left > 0:
        free = [s for s in suggestions if s.room is None or shares[s.partner] < s.room]
        if not free:
            break
        best = max(free, key=lambda s: s.score / (shares[s.partner] + 1))
        shares[best.partner] += 1
        left -= 1
    return tuple(Share(partner, count) for partner, count in shares.items() if count)


def _needs(asked: argparse.Namespace) -> Iterator[NeedAsked]:
    source = sys.stdin if asked.need == "-" else asked.need.open(encoding="utf-8-sig")
    with source as stream:
        texts = (line for line in stream if line.strip()) if asked.many else [stream.read()]
        for number, text in enumerate(texts, 1):
            try:
                yield NeedAsked.from_json(json.loads(text))
            except ValueError as error:
                raise NeedUnreadable(f"need {number} can't be read: {error}") from error


def main(arguments: list[str] | None = None) -> int:
    """`loopin suggest`. Returns the exit status: 65 with one sentence on stderr for data that can't be read."""
    parser = argparse.ArgumentParser(prog="loopin suggest", description="Partners for a need, ranked, with reasons.")
    parser.add_argument("need", nargs="?", default="-", type=lambda text: text if text == "-" else Path(text))
    parser.add_argument("--directory", type=Path, required=True)
    parser.add_argument("--occupations", type=Path)
    parser.add_argument("--history", type=Path)
    parser.add_argument("--many", action="store_true")
    parser.add_argument("--limit", type=int, default=10)
    asked = parser.parse_args(arguments)
    try:
        history = read_answers(asked.history) if asked.history else []
        suggester = Suggester(read_directory(asked.directory), Coder(asked.occupations), history)
        model = refit(suggester.examples(history)) if len(history) >= FEWEST else None
        if model:
            suggester.adopt(model.weights, history)
        for need in _needs(asked):
            found = suggester.suggest(need, asked.limit)
            if history and found:
                suggester.ask(found[0].partner)
            print(json.dumps([suggestion.to_json() for suggestion in found], ensure_ascii=False), flush=True)
    except (DirectoryUnreadable, OccupationsUnreadable, AnswersUnreadable, NeedUnreadable, OSError) as error:
        print(f"loopin suggest: {error}", file=sys.stderr)
        return 65
    return 0


if __name__ == "__main__":
    sys.exit(main())
