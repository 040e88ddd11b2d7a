"""The fields of the contract, told in one shape that panels, commands and servers can read."""

from collections.abc import Mapping
from functools import cache
from types import NoneType
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

from app.contract.about import About
from app.contract.hints import Hint
from app.contract.record import Record, declared

Kind = Literal["text", "whole", "real", "choice", "switch", "list"]


class Field(NamedTuple):
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
    item: type[Record] | None = None

    @property
    def lowest(self) -> float:
        """The smallest value that an editor with this field's step can offer."""
        assert self.minimum is not None, f"{self.name} has no lower bound"
        return self.minimum + self.hint.step if self.above_minimum else self.minimum


class FieldProblem(NamedTuple):
    """A value that the contract refuses.

    `field` is the wire name, with a dotted path inside lists (`loras.0.strength`); `kind` is
    pydantic's error type (`greater_than_equal`, `string_too_short`, `literal_error`, …); `limit`
    is the bound that was broken, where there is one; `text` is a plain English sentence.
    """

    field: str
    kind: str
    limit: Any
    text: str


def fields_of(owner: type) -> Mapping[str, Field]:
    """The fields that `owner` declares by wire name, in the order of declaration."""
    return _fields_of(owner)


@cache  # which mypy lets take no subclass of a class that compares
def _fields_of(owner: type) -> Mapping[str, Field]:
    return {
        name: _field(name, annotation, getattr(owner, name, _REQUIRED))
        for name, annotation in declared(owner).items()
    }


def _field(name: str, annotation: Any, default: Any) -> Field:
    accepted, told = _opened(annotation)
    nullable = NoneType in get_args(accepted)
    if nullable:
        accepted, more = _opened(next(one for one in get_args(accepted) if one is not NoneType))
        told += more
    about = {
        key: fact for part in told if isinstance(part, About) for key, fact in part.told().items()
    }
    kind, choices, item = _kind(accepted)
    if kind == "whole" and (about.get("ge"), about.get("le")) == (0, 1):
        kind, choices = "switch", (0, 1)
    return Field(
        name=name,
        kind=kind,
        title=about.get("title", name),
        help=about.get("description", ""),
        default=None if default is _REQUIRED else default,
        required=default is _REQUIRED,
        nullable=nullable,
        hint=next((part for part in told if isinstance(part, Hint)), Hint()),
        minimum=about.get("ge", about.get("gt")),
        maximum=about.get("le"),
        above_minimum="gt" in about,
        min_length=about.get("min_length", 0),
        max_length=about.get("max_length"),
        choices=choices,
        item=item,
    )


def _opened(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """What an annotation accepts, and what else it tells."""
    if get_origin(annotation) is Annotated:
        return annotation.__origin__, annotation.__metadata__
    return annotation, ()


def _kind(accepted: Any) -> tuple[Kind, tuple[Any, ...], type[Record] | None]:
    if get_origin(accepted) is Literal:
        return "choice", get_args(accepted), None
    if get_origin(accepted) is tuple:
        return "list", (), get_args(accepted)[0]
    kinds: dict[Any, Kind] = {str: "text", int: "whole", float: "real"}
    return kinds[accepted], (), None


_REQUIRED = object()
