"""The fields of the contract, told in one shape that panels, commands and servers can read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from app.contract.hints import Hint

Kind = Literal["text", "whole", "real", "choice", "switch", "list"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: its wire name, what it accepts and how to present it.

    `title` and `help` are English source texts of the translation context "Contract".
    `minimum` and `maximum` are inclusive unless `above_minimum`; None means no bound. For texts
    and lists `min_length` and `max_length` count characters and entries.
    """

    name: str
    kind: Kind
    title: str
    help: str
    default: Any
    required: bool
    nullable: bool
    hint: Hint
    minimum: float | None = None
    maximum: float | None = None
    above_minimum: bool = False
    min_length: int = 0
    max_length: int | None = None
    choices: tuple[Any, ...] = ()
    item: type[BaseModel] | None = None

    @property
    def lowest(self) -> float:
        """The smallest value that an editor with this field's step can offer."""
        assert self.minimum is not None, f"{self.name} has no lower bound"
        return self.minimum + self.hint.step if self.above_minimum else self.minimum


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """A value that the contract refuses.

    `field` is the wire name, with a dotted path inside lists (`loras.0.strength`); `kind` is
    pydantic's error type (`greater_than_equal`, `string_too_short`, `literal_error`, …); `limit`
    is the bound that was broken, where there is one; `text` is a plain English sentence.
    """

    field: str
    kind: str
    limit: Any
    text: str


def problems_of(error: ValidationError) -> list[FieldProblem]:
    """The contract's view of a validation error, one entry a field."""
    found: dict[str, FieldProblem] = {}
    for row in error.errors(include_url=False, include_input=False):
        path = ".".join(str(part) for part in row["loc"] if part != "request")
        limit = next(iter(row.get("ctx", {}).values()), None)
        found.setdefault(path, FieldProblem(path, row["type"], limit, row["msg"]))
    return list(found.values())


@cache
def fields_of(model: type[BaseModel]) -> Mapping[str, Field]:
    """The fields of `model` by wire name, in the order of declaration."""
    return {name: _field(name, info) for name, info in model.model_fields.items()}


def _field(name: str, info: FieldInfo) -> Field:
    annotation = info.annotation
    metadata = list(info.metadata)
    nullable = False
    options = get_args(annotation)
    if NoneType in options:
        nullable = True
        inner = next(option for option in options if option is not NoneType)
        metadata += [part for extra in inner.__metadata__ for part in _flat(extra)]
        annotation = inner.__origin__
    hint = next((part for part in metadata if isinstance(part, Hint)), Hint())
    bounds: dict[str, Any] = {}
    for part in metadata:
        match part:
            case Ge(ge=low):
                bounds["minimum"] = low
            case Gt(gt=low):
                bounds |= {"minimum": low, "above_minimum": True}
            case Le(le=high):
                bounds["maximum"] = high
            case Lt():
                raise TypeError(f"{name}: the contract has no open upper bounds")
            case MinLen(min_length=low):
                bounds["min_length"] = low
            case MaxLen(max_length=high):
                bounds["max_length"] = high
    kind, choices, item = _kind(annotation)
    if kind == "whole" and (bounds.get("minimum"), bounds.get("maximum")) == (0, 1):
        kind, choices = "switch", (0, 1)
    return Field(
        name=name,
        kind=kind,
        title=info.title or name,
        help=info.description or "",
        default=None if info.is_required() else info.default,
        required=info.is_required(),
        nullable=nullable,
        hint=hint,
        choices=choices,
        item=item,
        **bounds,
    )


def _flat(part: object) -> Iterator[object]:
    """The single constraints inside a `Field(...)` that sits within an `Annotated`."""
    if isinstance(part, FieldInfo):
        yield from part.metadata
    else:
        yield part


def _kind(annotation: Any) -> tuple[Kind, tuple[Any, ...], type[BaseModel] | None]:
    if get_origin(annotation) is Literal:
        return "choice", get_args(annotation), None
    if get_origin(annotation) is tuple:
        return "list", (), get_args(annotation)[0]
    kinds: dict[Any, Kind] = {str: "text", int: "whole", float: "real"}
    return kinds[annotation], (), None
