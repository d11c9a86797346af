"""What partners answered, as a line of ANSWERS.jsonl says it, and which lesson each answer teaches about whom.

An honest decline with a reason doesn't lower a partner in general: "outside our area" teaches about that place,
"can't meet the occupation" about that work, "no capacity" and "no agreement" about the partner's data, "already in
touch" about the employer. "Not looked at" is no answer and isn't here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matching import region
from matching.needs import NeedAsked
from terms.statuses import DeclineReason, Outcome

Trait = tuple[str, str]
"""A property of a need about which something can be learnt: ("minor", "53-3"), ("place", "Cicero"), ("general", "")."""

OCCUPATION = ("major", "minor", "code")
_TAUGHT: Mapping[str, tuple[str, ...]] = {
    DeclineReason.CANNOT_MEET_OCCUPATION: OCCUPATION,
    DeclineReason.OUTSIDE_AREA: ("place", "zone"),
    DeclineReason.POPULATION_NOT_SERVED: ("population",),
    DeclineReason.APPRENTICESHIP_NOT_FIT: ("pathway",),
    DeclineReason.NO_CAPACITY: (),
    DeclineReason.AGREEMENT_MISSING: (),
    DeclineReason.ALREADY_IN_TOUCH: (),
    DeclineReason.EMPLOYER_NOT_READY: (),
}
"""Families of traits that a reason speaks of; a reason that isn't here, or none, speaks of all."""


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
    def from_json(cls, data: Any) -> "Answer":
        """A line of ANSWERS.jsonl. Raises AnswersUnreadable, NeedUnreadable."""
        said = str(data.get("answer") or "") if isinstance(data, Mapping) else ""
        if said not in ("accepted", "declined"):
            raise AnswersUnreadable('an answer needs "answer": "accepted" or "declined"')
        if not isinstance(data.get("need"), Mapping) or not data.get("partner"):
            raise AnswersUnreadable('an answer needs a "need" and a "partner"')
        days, placed = data.get("days"), data.get("placed")
        return cls(
            need=NeedAsked.from_json(data["need"]),
            partner=str(data["partner"]).strip(),
            accepted=said == "accepted",
            reason=str(data.get("reason") or ""),
            days=float(days) if isinstance(days, int | float) else None,
            outcome=str(data.get("outcome") or ""),
            placed=int(placed) if isinstance(placed, int | float) else 0,
        )

    @property
    def worth(self) -> float:
        """1 for a placement, 0.9 for a yes so far, 0.4 for a yes that led to nobody, 0 for a no."""
        if not self.accepted:
            return 0.0
        if self.placed or self.outcome in (Outcome.PLACED, Outcome.PARTLY_FILLED, Outcome.SERVICE_DELIVERED):
            return 1.0
        return 0.4 if self.outcome in (Outcome.NO_SUITABLE_CANDIDATES, Outcome.NO_RESPONSE) else 0.9

    def teaches(self, trait: Trait) -> bool:
        """Whether the answer says something about this trait of its need."""
        if self.accepted:
            return True
        families = _TAUGHT.get(self.reason)
        return families is None or trait[0] in families


def traits(need: NeedAsked, code: str) -> tuple[Trait, ...]:
    """The traits of a need whose likeliest occupation is `code` ("" where unknown), from general to particular."""
    found: list[Trait] = [("general", "")]
    if code:
        found += [("major", code[:2]), ("minor", code[:4]), ("code", code)]
    found.append(("pathway", need.pathway or "job"))
    found += [("population", name) for name in need.populations] or [("population", "anyone")]
    found += _place_traits(need.location)
    found.append(("size", "one or two" if need.openings < 3 else "some" if need.openings < 10 else "many"))
    if need.industry:
        found.append(("industry", need.industry.lower()))
    return tuple(found)


def _place_traits(location: str) -> list[Trait]:
    place = region.find(location) if location else None
    if place is None:
        return [("place", location.lower())] if location else []
    if place.county != "Chicago":
        return [("place", place.name), ("zone", place.county)]
    side = "north" if place.latitude > 41.93 else "south" if place.latitude < 41.83 else "centre and west"
    return [("place", place.name), ("zone", f"Chicago {side}")]


def read_answers(path: Path) -> list[Answer]:
    """ANSWERS.jsonl, oldest first. Raises AnswersUnreadable with the line number, OSError."""
    answers = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if line.strip():
            try:
                answers.append(Answer.from_json(json.loads(line)))
            except ValueError as error:
                raise AnswersUnreadable(f"line {number} of {path} is no answer: {error}") from error
    return answers
