"""Records of settings: each field says what it may be, for checks, sliders and memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, asdict, field, fields, replace
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")


def ranged(default: float, low: float, high: float) -> Any:
    """A number from `low` to `high`, both allowed."""
    return field(default=default, metadata={"range": (low, high)})


def chosen(default: str, choices: tuple[str, ...]) -> Any:
    """One of a few words."""
    return field(default=default, metadata={"choices": choices})


def range_of(record: type[DataclassInstance] | DataclassInstance, name: str) -> tuple[float, float]:
    """What the number called `name` may be, from and to."""
    low, high = next(each for each in fields(record) if each.name == name).metadata["range"]
    return low, high


def check(record: DataclassInstance) -> None:
    """Raise ValueError unless every field is what it may be."""
    for each in fields(record):
        value = getattr(record, each.name)
        if _nearest(each, value) != value:
            raise ValueError(f"{each.name}: {value}")


def edited(record: R, changes: Mapping[str, Any]) -> R:
    """The record with other values; each number goes to the nearest that is allowed."""
    known = {each.name: each for each in fields(record)}
    return replace(record, **{name: _nearest(known[name], to) for name, to in changes.items()})


def remembered(record: R, values: object) -> R:
    """The record with what was remembered; if anything in that makes no sense, the record."""
    if not isinstance(values, Mapping):
        return record
    known = {each.name: values[each.name] for each in fields(record) if each.name in values}
    try:
        read = edited(record, known)
    except (TypeError, ValueError):
        return record
    return read if all(getattr(read, name) == value for name, value in known.items()) else record


def state_of(record: DataclassInstance) -> dict[str, Any]:
    """What is worth remembering, for `remembered`."""
    return asdict(record)


def _nearest(each: Field[Any], value: Any) -> Any:
    if "range" in each.metadata:
        low, high = each.metadata["range"]
        number = float(value)
        if not isfinite(number):
            raise ValueError(f"{each.name}: {value}")
        return min(max(number, low), high)
    choices = each.metadata.get("choices", (False, True))
    if value not in choices:
        raise ValueError(f"{each.name}: {value}")
    return value
