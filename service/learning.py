"""Refit from decisions and answers; a new model is taken only where it is better on what was kept aside."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import answers, identities, suggestions
from service.db import settings_of
from service.models import AuditEntry, Candidate, Employer, LearntModel, Pair, Setting, utcnow

PARTNERS = "partners"
NIGHT = (2, 5)  # hours
_LAST_NIGHT = "learnt_on"
LEAST = 200
"""Decisions below which the shipped weights are kept: with 50 labels a learnt model was worse (MATCHING.md)."""


class UnknownModel(LookupError):
    """A model that never was taken."""


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
    count, found = len(answers.history(session)), suggestions.refit(session)
    return take(session, count, found)


def take(session: Session, count: int, found: Any) -> str:
    """Use what a refit from `count` answers found, a matching.refit.Model, or say why not, in a sentence."""
    if found is None:
        return f"partners: {count} answers; no refitted model is better, the weights stay."
    for row in models_of(session):
        row.in_use = False
    told = found.to_json()
    session.add(
        LearntModel(
            kind=PARTNERS,
            parameters=told["weights"],
            words=list(found.words),
            answers=found.answers,
            old_loss=found.old_loss,
            new_loss=found.new_loss,
        )
    )
    session.flush()
    return f"partners: {found.answers} answers; the refitted model is better and was taken. {'; '.join(found.words)}"


def models_of(session: Session) -> Sequence[LearntModel]:
    """All that were taken, newest first."""
    return session.scalars(
        select(LearntModel).where(LearntModel.kind == PARTNERS).order_by(LearntModel.id.desc())
    ).all()


def put_back(session: Session, model_id: int | None, who: str) -> None:
    """Use an earlier model again, or with None the shipped weights. Raises UnknownModel."""
    rows = models_of(session)
    wanted = next((row for row in rows if row.id == model_id), None)
    if model_id is not None and wanted is None:
        raise UnknownModel("There is no such model.")
    for row in rows:
        if row.in_use and row is not wanted:
            row.in_use, row.put_back_at, row.put_back_by = False, utcnow(), who
    if wanted is not None:
        wanted.in_use, wanted.put_back_at, wanted.put_back_by = True, None, ""
    what = f"model of {wanted.taken_at:%Y-%m-%d}" if wanted else "shipped weights"
    session.add(AuditEntry(who=who, what=f"put back the {what}", record="learning"))


def is_due(session: Session, now: datetime) -> bool:
    """Once a night, between two and five in the network's own time."""
    local = now.astimezone(settings_of(session).zone)
    last = session.scalar(select(Setting.value).where(Setting.name == _LAST_NIGHT))
    return NIGHT[0] <= local.hour < NIGHT[1] and last != str(local.date())


def nightly(session: Session, now: datetime, count: int, found: Any) -> str:
    """Note that tonight's refit was tried, and take it where it is better."""
    today = str(now.astimezone(settings_of(session).zone).date())
    row = session.scalar(select(Setting).where(Setting.name == _LAST_NIGHT))
    if row is None:
        session.add(Setting(name=_LAST_NIGHT, value=today))
    else:
        row.value = today
    return take(session, count, found)


def _keep(session: Session, name: str, taken: Any) -> None:
    """The newest parameters that were taken, as JSON."""
    row = session.scalar(select(Setting).where(Setting.name == name))
    value = json.dumps(taken.to_json())
    if row is None:
        session.add(Setting(name=name, value=value))
    else:
        row.value = value
