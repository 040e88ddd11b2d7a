"""What of a JSON value a field can take, told at once: the window asks it at every start.

As strict as `app.contract.checking`, which takes long to import; a test holds both to the same.
"""

import math
from collections.abc import Mapping
from typing import Any

from app.contract.fields import Field, fields_of

_TYPES: Mapping[str, set[type]] = {
    "text": {str},
    "choice": {str},
    "whole": {int},
    "switch": {int},
    "real": {int, float},
}


def is_sound(field: Field, value: object) -> bool:
    """Whether `field` takes `value`, as `json.loads` has read it."""
    if value is None:
        return field.nullable
    if field.kind == "list":
        return isinstance(value, list) and _has_room(field, value) and _are_sound(field, value)
    if type(value) not in _TYPES[field.kind]:
        return False
    if field.kind == "text":
        return _has_room(field, value)
    return value in field.choices if field.choices else _is_within(field, value)


def sound(field: Field, value: Any) -> Any:
    """A value that `is_sound` as the record holds it."""
    if field.kind == "list":
        assert field.item is not None
        parts = fields_of(field.item)
        return tuple(
            field.item.made(**{name: sound(part, entry[name]) for name, part in parts.items()})
            for entry in value
        )
    return float(value) if field.kind == "real" and value is not None else value


def _are_sound(field: Field, entries: list[object]) -> bool:
    assert field.item is not None
    parts = fields_of(field.item)
    return all(
        isinstance(entry, dict)
        and all(name in entry and is_sound(part, entry[name]) for name, part in parts.items())
        for entry in entries
    )


def _has_room(field: Field, value: Any) -> bool:
    longest = math.inf if field.max_length is None else field.max_length
    return field.min_length <= len(value) <= longest


def _is_within(field: Field, value: Any) -> bool:
    low = -math.inf if field.minimum is None else field.minimum
    high = math.inf if field.maximum is None else field.maximum
    if isinstance(value, float) and not math.isfinite(value):
        return False
    is_high_enough = low < value if field.above_minimum else low <= value
    return bool(is_high_enough and value <= high)
