"""Values as plain JSON and back, apart from all reading: whoever only takes what was read imports no reader."""

import dataclasses
import types
import typing
from functools import lru_cache
from typing import Any

from mail.values import Introduction, Offer


def to_json(value: Any) -> Any:
    """Every field of a value under its own name, tuples as lists."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    return {name: to_json(getattr(value, name)) for name in _names_of(type(value))}


@lru_cache(maxsize=64)
def _names_of(kind: Any) -> tuple[str, ...]:
    return tuple(item.name for item in dataclasses.fields(kind))


def introduction_from_json(data: dict[str, Any]) -> Introduction:
    """The value again. Unknown keys are left aside (an occupation is the service's); missing ones are defaults."""
    return _built(Introduction, data)


def offer_from_json(data: dict[str, Any] | None) -> Offer:
    """What a reply offers; nothing where the mail is no reply."""
    return _built(Offer, data or {})


def _built(kind: Any, data: Any) -> Any:
    """A value of type `kind` out of plain JSON."""
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        if data is None:
            return None
        return _built(next(inner for inner in typing.get_args(kind) if inner is not type(None)), data)
    if origin is tuple:
        return tuple(_built(typing.get_args(kind)[0], item) for item in data or ())
    if not dataclasses.is_dataclass(kind):
        return data
    given = {name: _built(hint, data[name]) for name, hint in _hints(kind).items() if name in data}
    return kind(**given)


@lru_cache(maxsize=64)
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)
