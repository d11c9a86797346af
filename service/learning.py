"""Refit from decisions and answers; a new model is taken only where it is better on what was kept aside."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import answers, suggestions
from service.db import settings_of
from service.models import AuditEntry, Candidate, Employer, LearntModel, Pair, Setting, utcnow
from service.plain_records import record_of

PARTNERS = "partners"
LINKS = ("employer", "candidate")
NIGHT = (2, 5)  # hours
_LAST_NIGHT = "learnt_on"
LEAST = 200
"""Decisions below which the shipped weights are kept: with 50 labels a learnt model was worse (MATCHING.md)."""


class UnknownModel(LookupError):
    """A model that never was taken."""


def learn(session: Session) -> Iterator[str]:
    """One sentence for each model: how many answers there are, and whether a new one was taken."""
    for kind in LINKS:
        yield take_links(session, kind, refit_links(session, kind))
    yield _partners(session)


def refit_links(session: Session, kind: str) -> Any:
    """What the decisions over pairs of a kind teach, a matching.learning_links.Refit; nothing below LEAST decisions.
    Pairs that only hashes may compare teach nothing."""
    told = (Pair.kind == kind, Pair.decision.in_(("same", "not_same")), Pair.veiled.is_(False))
    decided = session.scalars(select(Pair).where(*told)).all()
    from matching.learning_links import Refit, refit

    if len(decided) < LEAST:
        return Refit(None, len(decided), 0.0, 0.0, 0.0, 0.0)
    model = Employer if kind == "employer" else Candidate
    return refit(
        [
            (
                record_of(session.get_one(model, pair.left_id)),
                record_of(session.get_one(model, pair.right_id)),
                pair.decision == "same",
            )
            for pair in decided
        ]
    )


def take_links(session: Session, kind: str, found: Any) -> str:
    """Use new weights of pairs where they are better on decisions kept aside; both figures in a sentence, kept for the
    page too."""
    if found.decisions < LEAST:
        return f"{kind}s: {found.decisions} decisions; learning begins at {LEAST}, the shipped weights stay."
    if found.parameters is not None:
        for row in models_of(session, kind):
            row.in_use = False
        session.add(
            LearntModel(
                kind=kind,
                parameters=found.parameters.to_json(),
                words=[found.words],
                answers=found.decisions,
                old_loss=found.loss_before,
                new_loss=found.loss_after,
            )
        )
    _remember(session, f"tried:{kind}", f"{utcnow():%Y-%m-%d}: {found.words}")
    return f"{kind}s: {found.words}"


def last_try(session: Session, kind: str) -> str:
    """The day and the figures of the latest refit, taken or not; empty before the first."""
    return session.scalar(select(Setting.value).where(Setting.name == f"tried:{kind}")) or ""


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


def models_of(session: Session, kind: str = PARTNERS) -> Sequence[LearntModel]:
    """All that were taken, newest first."""
    return session.scalars(select(LearntModel).where(LearntModel.kind == kind).order_by(LearntModel.id.desc())).all()


def put_back(session: Session, model_id: int | None, who: str, kind: str = PARTNERS) -> None:
    """Use an earlier model again, or with None the shipped weights. Raises UnknownModel."""
    rows = models_of(session, kind)
    wanted = next((row for row in rows if row.id == model_id), None)
    if model_id is not None and wanted is None:
        raise UnknownModel("There is no such model.")
    for row in rows:
        if row.in_use and row is not wanted:
            row.in_use, row.put_back_at, row.put_back_by = False, utcnow(), who
    if wanted is not None:
        wanted.in_use, wanted.put_back_at, wanted.put_back_by = True, None, ""
    what = f"model of {wanted.taken_at:%Y-%m-%d}" if wanted else "shipped weights"
    session.add(AuditEntry(who=who, what=f"put back the {what}", record=f"learning {kind}"))


def is_due(session: Session, now: datetime) -> bool:
    """Once a night, between two and five in the network's own time."""
    local = now.astimezone(settings_of(session).zone)
    last = session.scalar(select(Setting.value).where(Setting.name == _LAST_NIGHT))
    return NIGHT[0] <= local.hour < NIGHT[1] and last != str(local.date())


def nightly(session: Session, now: datetime, count: int, found: Any, links: Mapping[str, Any]) -> str:
    """Note that tonight's refits were tried, and take those that are better."""
    _remember(session, _LAST_NIGHT, str(now.astimezone(settings_of(session).zone).date()))
    said = [take_links(session, kind, refitted) for kind, refitted in links.items()]
    return " ".join([*said, take(session, count, found)])


def _remember(session: Session, name: str, value: str) -> None:
    row = session.scalar(select(Setting).where(Setting.name == name))
    if row is None:
        session.add(Setting(name=name, value=value))
    else:
        row.value = value
