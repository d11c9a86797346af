"""Refit from decisions and answers; a new model is taken only where it is better on what was kept aside."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import answers, identities, suggestions
from service.models import Candidate, Employer, Pair, Setting

LEAST = 200
"""Decisions below which the shipped weights are kept: with 50 labels a learnt model was worse (MATCHING.md)."""


def learn(session: Session) -> Iterator[str]:
    """One sentence for each model: how many answers there are, and whether a new one was taken."""
    for kind in ("employer", "candidate"):
        yield _links(session, kind)
    yield _partners(session)


def _links(session: Session, kind: str) -> str:
    decided = session.scalars(select(Pair).where(Pair.kind == kind, Pair.decision.in_(("same", "not_same")))).all()
    if len(decided) < LEAST:
        return f"{kind}s: {len(decided)} decisions; learning begins at {LEAST}, the shipped weights stay."
    from matching.learning_links import refit

    model = Employer if kind == "employer" else Candidate
    examples = [
        (
            identities.record_of(session.get_one(model, pair.left_id)),
            identities.record_of(session.get_one(model, pair.right_id)),
            pair.decision == "same",
        )
        for pair in decided
    ]
    found = refit(examples)
    if found.parameters is not None:
        _keep(session, f"weights:{kind}", found.parameters)
    return f"{kind}s: {found.words}"


def _partners(session: Session) -> str:
    found = suggestions.refit(session)
    if found is None:
        return f"partners: {len(answers.history(session))} answers; no refitted model is better, the weights stay."
    _keep(session, "weights:partners", found)
    return f"partners: {found.answers} answers; the refitted model is better and was taken. {'; '.join(found.words)}"


def _keep(session: Session, name: str, taken: Any) -> None:
    """The newest parameters that were taken, as JSON."""
    row = session.scalar(select(Setting).where(Setting.name == name))
    value = json.dumps(taken.to_json())
    if row is None:
        session.add(Setting(name=name, value=value))
    else:
        row.value = value
