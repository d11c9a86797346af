"""How sure it is that two records are one: a sum of log-odds, one a field, calibrated, with its reasons in words."""

from dataclasses import dataclass

from matching.compare import Levels, form_levels, levels
from matching.explain import Change, Reason, reasons, what_would_change
from matching.forms import form_of
from matching.frequencies import NOTHING_COUNTED, Frequencies
from matching.parameters_file import Parameters, shipped
from matching.records import EmployerRecord, Record
from matching.related import form_relation
from matching.scoring import sigmoid

REVIEW = 0.05
"""Pairs below are nobody's business."""


@dataclass(frozen=True, slots=True)
class Match:
    """`decision` is "same", "review" or "" for the rest; `relation` says what two different records have to do with
    each other; `why` is the waterfall."""

    probability: float
    decision: str
    relation: str | None
    why: tuple[Reason, ...]

    @property
    def why_text(self) -> str:
        """ "same phone +7.1; similar name +4.0; other city -1.2"."""
        return "; ".join(f"{reason.words} {reason.weight:+.1f}" for reason in self.why)


def match(a: Record, b: Record, frequencies: Frequencies | None = None, parameters: Parameters | None = None) -> Match:
    """Whether two records of one kind are the same. Symmetric; raises TypeError for an employer and a candidate."""
    parameters = parameters or shipped("employers" if isinstance(a, EmployerRecord) else "candidates")
    one, two = form_of(a), form_of(b)
    found = form_levels(one, two, frequencies or NOTHING_COUNTED)
    probability = sigmoid(parameters.base + parameters.evidence(found)) if comparable(found) else 0.0
    return judged(reasons(found, parameters.weights), form_relation(one, two, found), parameters, probability)


def changes(
    a: Record, b: Record, frequencies: Frequencies | None = None, parameters: Parameters | None = None
) -> tuple[Change, ...]:
    """What would change the answer: the probability were a field the same, or other, strongest first."""
    parameters = parameters or shipped("employers" if isinstance(a, EmployerRecord) else "candidates")
    probability = match(a, b, frequencies, parameters).probability
    return what_would_change(levels(a, b, frequencies), parameters.weights, probability)


_TELLING = ("name", "given name", "family name", "domain", "phone", "e-mail")


def comparable(found: Levels) -> bool:
    """Two records that have nothing telling in common to compare are nobody's match."""
    return any(found.get(field, "missing") not in {"missing", "one missing"} for field in _TELLING)


def judged(why: tuple[Reason, ...], related: str | None, parameters: Parameters, probability: float) -> Match:
    """A match from a probability and its reasons: related records are never joined by themselves, whatever it is."""
    decision = ""
    if probability >= REVIEW:
        decision = "same" if probability >= parameters.same and related is None else "review"
    return Match(probability, decision, related, why)
