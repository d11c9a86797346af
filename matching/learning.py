"""What answers teach: rates per partner, shrunk, at once; and weights refitted from all answers when that proves better.

An answer that says "no capacity" or "no agreement" tells about the partner's data, not about its fit; "already in touch" and
"employer not ready" tell about the employer. None of them lowers a partner. "Not looked at" is no answer and isn't here.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from matching.needs import NeedAsked
from terms.statuses import DeclineReason, Outcome

HONEST = frozenset(
    {
        DeclineReason.NO_CAPACITY,
        DeclineReason.AGREEMENT_MISSING,
        DeclineReason.ALREADY_IN_TOUCH,
        DeclineReason.EMPLOYER_NOT_READY,
    }
)
"""Declines for a reason that lies outside the fit of need and partner."""


class AnswersUnreadable(ValueError):
    """A line of answers can't be used; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a partner said to a need, and what came of it. `days` until the answer; `placed` people who started."""

    need: NeedAsked
    partner: str
    accepted: bool
    reason: str = ""
    days: float | None = None
    outcome: str = ""
    placed: int = 0

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Answer":
        """A line of ANSWERS.jsonl. Raises AnswersUnreadable."""
        said = str(data.get("answer") or "") if isinstance(data, Mapping) else ""
        if said not in ("accepted", "declined"):
            raise AnswersUnreadable('an answer needs "answer": "accepted" or "declined"')
        if not isinstance(data.get("need"), Mapping) or not data.get("partner"):
            raise AnswersUnreadable('an answer needs a "need" and a "partner"')
        days = data.get("days")
        return cls(
            need=NeedAsked.from_json(data["need"]),
            partner=str(data["partner"]).strip(),
            accepted=said == "accepted",
            reason=str(data.get("reason") or ""),
            days=float(days) if isinstance(days, int | float) else None,
            outcome=str(data.get("outcome") or ""),
            placed=int(data.get("placed") or 0),
        )

    @property
    def worth(self) -> float:
        """1 for a placement, a little less for a yes that led to none, 0 for a no."""
        if not self.accepted:
            return 0.0
        if self.outcome in (Outcome.NO_SUITABLE_CANDIDATES, Outcome.NO_RESPONSE):
            return 0.4
        return 1.0

    @property
    def teaches_fit(self) -> bool:
        return self.accepted or self.reason not in HONEST


@dataclass(slots=True)
class Tally:
    """Answers counted with decay: `good` of `seen`."""

    good: float = 0.0
    seen: float = 0.0

    def add(self, worth: float) -> None:
        self.good += worth
        self.seen += 1.0

    def shrunk(self, prior: float, strength: float) -> float:
        """The rate as if `strength` answers at the prior rate had come before."""
        return (self.good + prior * strength) / (self.seen + strength)


@dataclass(slots=True)
class Experience:
    """What is known from answers: over all, by partner, and by partner and kind of work (SOC major group)."""

    overall: Tally = field(default_factory=Tally)
    partners: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    like: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    days: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    asked: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    placed: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    def learn(self, answer: Answer, group: str) -> None:
        """Takes in one answer, newest last; what is old counts less (`forget`)."""
        self.asked[answer.partner] += 1
        if answer.days is not None:
            self.days[answer.partner].append(answer.days)
        if answer.placed:
            self.placed[answer.partner, group] += answer.placed
        if answer.teaches_fit:
            for tally in (self.overall, self.partners[answer.partner], self.like[answer.partner, group]):
                tally.add(answer.worth)

    def lift(self, partner: str, group: str) -> tuple[float, float]:
        """Log-odds by which the partner says yes more often than all do, and more often still to this kind of work."""
        base = self.overall.shrunk(0.5, 4.0)
        own = self.partners[partner].shrunk(base, 4.0) if partner in self.partners else base
        like = self.like[partner, group].shrunk(own, 3.0) if (partner, group) in self.like else own
        return _logit(own) - _logit(base), _logit(like) - _logit(own)

    def answers_of(self, partner: str) -> float:
        return self.partners[partner].seen if partner in self.partners else 0.0


def _logit(rate: float) -> float:
    rate = min(max(rate, 0.01), 0.99)
    return math.log(rate / (1 - rate))


def experience(answers: Iterable[tuple[Answer, str]]) -> Experience:
    """Experience from answers and the SOC major group of each one's need, oldest first."""
    known = Experience()
    for answer, group in answers:
        known.learn(answer, group)
    return known
