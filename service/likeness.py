"""How alike two known records are: word for word where that is allowed, by keyed hashes where a wall stands between."""

import json
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.explain import Change
from matching.model import Match, changes, match
from matching.parameters_file import Parameters, read_parameters
from matching.veiled import changes_veiled, match_veiled
from service import visibility
from service.key_index import veil_key
from service.models import LearntModel, Setting
from service.plain_records import Known, kind_of, record_of


def learnt(session: Session, kind: str) -> Parameters | None:
    """The weights that `loopin learn` found better than the shipped ones; None where there are none."""
    newest = select(LearntModel.in_use, LearntModel.parameters).where(LearntModel.kind == kind)
    taken = session.execute(newest.order_by(LearntModel.in_use.desc(), LearntModel.id.desc()).limit(1)).first()
    if taken is not None:
        return _weights(json.dumps(taken.parameters)) if taken.in_use else None
    text = session.scalar(select(Setting.value).where(Setting.name == f"weights:{kind}"))  # before there was a table
    return _weights(text) if text else None


_weights = lru_cache(maxsize=2)(read_parameters)


def compared(session: Session, one: Known, other: Known, weights: Parameters | None) -> Match:
    """Whether two are one, with the reasons; `weights` are those of `learnt`."""
    a, b = _records(one, other)
    if visibility.walled(one, other):
        return match_veiled(a, b, veil_key(session), weights)
    return match(a, b, parameters=weights)


def would_change(session: Session, one: Known, other: Known) -> tuple[float, tuple[Change, ...]]:
    """The chance as both stand now, and what could be found out with the chance that there would be then."""
    weights = learnt(session, kind_of(one))
    found = compared(session, one, other, weights).probability
    a, b = _records(one, other)
    if visibility.walled(one, other):
        return found, changes_veiled(a, b, veil_key(session), weights)
    return found, changes(a, b, parameters=weights)


def _records(one: Known, other: Known) -> tuple[Any, Any]:
    return record_of(one), record_of(other)
