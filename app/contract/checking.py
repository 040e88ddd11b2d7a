"""Records checked by pydantic, which makes its models from what they declare: strict types, no
silent conversion.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, ValidationError, create_model
from pydantic_core import CoreSchema, core_schema

from app.contract.fields import FieldProblem
from app.contract.record import Record, declared


class Wire(BaseModel):
    """A part of the request. Fields that the page does not know are ignored, as services do."""

    model_config = ConfigDict(
        frozen=True, strict=True, allow_inf_nan=False, protected_namespaces=()
    )


def checked(record: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` as a `record` may have them; raises `ValidationError`."""
    return _fields(model_of(record).model_validate(dict(values)))


def read_json(record: type[Record], text: str | bytes) -> dict[str, Any]:
    """What a JSON text holds for a `record`; raises `ValidationError`."""
    return _fields(model_of(record).model_validate_json(text))


def problems(record: Record) -> list[FieldProblem]:
    """What keeps `record` from being sent, in the order of the fields; empty when fine."""
    try:
        checked(type(record), record.values())
    except ValidationError as error:
        return problems_of(error)
    return []


def problems_of(error: ValidationError) -> list[FieldProblem]:
    """The contract's view of a validation error, one entry a field."""
    found: dict[str, FieldProblem] = {}
    for row in error.errors(include_url=False, include_input=False):
        path = ".".join(str(part) for part in row["loc"] if part != "request")
        limit = next(iter(row.get("ctx", {}).values()), None)
        found.setdefault(path, FieldProblem(path, row["type"], limit, row["msg"]))
    return list(found.values())


def model_of(record: type) -> type[Wire]:
    """What checks the fields of `record`, under its name."""
    return _model_of(record)


@cache  # see `fields_of`
def _model_of(record: type) -> type[Wire]:
    fields: dict[str, Any] = {
        name: (annotation, getattr(record, name, ...))
        for name, annotation in declared(record).items()
    }
    return create_model(record.__name__, __base__=Wire, __doc__=record.__doc__, **fields)


def schema_of(record: type[Record], handler: GetCoreSchemaHandler) -> CoreSchema:
    """How pydantic reads and writes a `record` that is part of something else."""
    made = core_schema.no_info_after_validator_function(
        lambda model: record.made(**_fields(model)), handler(model_of(record))
    )
    return core_schema.no_info_before_validator_function(
        lambda value: value.values() if isinstance(value, Record) else value,
        made,
        serialization=core_schema.plain_serializer_function_ser_schema(Record.to_json),
    )


def _fields(model: BaseModel) -> dict[str, Any]:
    return dict(model)
