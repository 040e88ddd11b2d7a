"""Records of declared fields, which cost nothing until somebody wants them checked."""

from __future__ import annotations

from inspect import get_annotations
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


class Record:
    """A frozen record of the fields that its class and its bases declare.

    Parsing and construction by keyword check, by the models of `app.contract.checking`. Those need
    pydantic, which takes longer to import than the window to appear: so what is all defaults,
    or `made`, does without.
    """

    def __init__(self, **values: Any) -> None:
        if values or not is_complete(type(self)):
            from app.contract.checking import checked

            values = checked(type(self), values)
        vars(self).update(values)

    @classmethod
    def made(cls, **values: Any) -> Self:
        """A record of `values` as they are; what it lacks has its default."""
        record = cls.__new__(cls)
        vars(record).update(values)
        return record

    @classmethod
    def read_json(cls, text: str | bytes) -> Self:
        """The record in a JSON text; raises pydantic's `ValidationError`."""
        from app.contract.checking import read_json

        return cls.made(**read_json(cls, text))

    def edited(self, **changes: object) -> Self:
        """A copy with `changes`, unchecked. Unknown names raise `KeyError`."""
        for name in changes:
            if name not in declared(type(self)):
                raise KeyError(name)
        return self.made(**{**vars(self), **changes})

    def values(self) -> dict[str, Any]:
        """The values of all fields by name."""
        return {name: getattr(self, name) for name in declared(type(self))}

    def to_json(self) -> dict[str, Any]:
        """The record as plain values for a JSON file."""
        return {name: _plain(value) for name, value in self.values().items()}

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is not to be changed")

    def __eq__(self, other: object) -> bool:
        if other is self:
            return True
        return type(other) is type(self) and self.values() == other.values()

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in self.values().items())
        return f"{type(self).__name__}({values})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from app.contract.checking import schema_of

        return schema_of(cls, handler)


def declared(owner: type) -> dict[str, Any]:
    """The annotations of the fields that `owner` and its bases declare, in that order."""
    return {
        name: annotation
        for base in reversed(owner.__mro__)
        for name, annotation in get_annotations(base).items()
        if not isinstance(annotation, str)  # pydantic's own, of what is no field
    }


def is_complete(owner: type) -> bool:
    """Whether every field has a default."""
    return all(hasattr(owner, name) for name in declared(owner))


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return value.to_json() if isinstance(value, Record) else value
