"""The engine's own documentation, written from the contract's fields: OpenAPI and one page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from app import __version__
from app.contract import calls
from app.contract.fields import Field, fields_of
from app.contract.request import Embedding, Lora
from app.contract.responses import ErrorBody, ModelList, Submitted, TaskResult, User
from app.contract.wire import Body, Extra, Request
from app.engine.abilities import DESCRIPTION, IGNORED_FIELDS, REFUSED_FIELDS
from app.engine.guard import RESULTS
from app.engine.refusals import REASONS

_REFERENCE = "#/components/schemas/{model}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the engine, as the pages tell it. `query` maps parameters to what they do."""

    method: str
    path: str
    about: str
    query: Mapping[str, str]
    body: type[BaseModel] | None = None
    answer: type[BaseModel] | None = None
    needs_key: bool = True


CALLS = (
    Call(
        method="POST",
        path=calls.SUBMIT,
        about="Check a request and queue it; the answer is the task's id.",
        query={},
        body=Body,
        answer=Submitted,
    ),
    Call(
        method="GET",
        path=calls.TASK_RESULT,
        about="Where a task stands, and its pictures when it is done.",
        query={calls.TASK_ID: "the id that the submit answered"},
        answer=TaskResult,
    ),
    Call(
        method="GET",
        path=calls.MODELS,
        about="The models that a request may name.",
        query={
            calls.FILTER_TYPES: "checkpoint, lora, vae, textualinversion, controlnet, upscaler; "
            "one or several with commas",
            calls.FILTER_INPAINTING: "true, false, 1 or 0",
            calls.FILTER_SDXL: "true, false, 1 or 0",
            calls.FILTER_VISIBILITY: "public or private",
            calls.FILTER_QUERY: "text in a name or tag",
            calls.PAGE_LIMIT: f"1 to {calls.MAX_PAGE}",
            calls.PAGE_CURSOR: "the next_cursor of the page before",
        },
        answer=ModelList,
    ),
    Call(
        method="GET", path=calls.USER, about="The account; nothing costs here.", query={},
        answer=User,
    ),
    Call(
        method="GET",
        path=RESULTS + "{name}",
        about="A finished picture, as linked by the task result, until it expires.",
        query={},
        needs_key=False,
    ),
    Call(
        method="DELETE",
        path=calls.STOP,
        about="Not part of the contract: end a task at once and forget it.",
        query={},
    ),
)  # fmt: skip


def openapi() -> dict[str, Any]:
    """The OpenAPI description, with the schemas that pydantic makes of the contract."""
    models: list[type[BaseModel]] = [
        ErrorBody,
        *(m for call in CALLS for m in (call.body, call.answer) if m),
    ]
    wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [(m, "validation") for m in models]
    _, schemas = models_json_schema(wanted, ref_template=_REFERENCE)
    paths: dict[str, dict[str, Any]] = {}
    for call in CALLS:
        paths.setdefault(call.path, {})[call.method.lower()] = _operation(call)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Maskwright engine", "version": __version__, "description": DESCRIPTION,
        },
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }  # fmt: skip


def page() -> str:
    """The page at `/docs`: complete in itself, with no script and nothing from elsewhere."""
    calls = "".join(_call_section(call) for call in CALLS)
    reasons = _table(("Reason", "Status"), ((one, str(one.status)) for one in REASONS))
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Maskwright engine</title>'
        "<style>body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;"
        "padding:0 1rem;color:#222;background:#fff}table{border-collapse:collapse}"
        "td,th{border:1px solid #ccc;padding:.2rem .5rem;text-align:left;vertical-align:top}"
        "code{background:#f2f2f2;padding:0 .2rem}</style>"
        f"<h1>Maskwright engine {escape(__version__)}</h1><p>{escape(DESCRIPTION)}</p>"
        "<p>Calls need the header <code>Authorization: Bearer KEY</code> unless said otherwise. "
        'The same as data: <a href="/openapi.json">openapi.json</a>.</p>'
        f"{calls}<h2>Refusals</h2>"
        "<p>The body of a refusal is <code>{code, reason, message, metadata}</code>; "
        f"<code>metadata.field</code> names the field.</p>{reasons}</html>"
    )


def _operation(call: Call) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": call.about,
        "parameters": [*_parameters(call)],
        "responses": {
            "200" if call.method != "DELETE" else "204": _response("done", call.answer),
            "default": _response("refused", ErrorBody),
        },
    }
    if call.needs_key:
        operation["security"] = [{"key": []}]
    if call.body:
        operation["requestBody"] = {"required": True, **_content(call.body)}
    return operation


def _parameters(call: Call) -> Iterator[dict[str, Any]]:
    text = {"schema": {"type": "string"}}
    for part in call.path.split("/"):
        if part.startswith("{"):
            yield {"name": part.strip("{}"), "in": "path", "required": True, **text}
    for name, about in call.query.items():
        yield {"name": name, "in": "query", "description": about, **text}


def _response(about: str, model: type[BaseModel] | None) -> dict[str, Any]:
    return {"description": about, **(_content(model) if model else {})}


def _content(model: type[BaseModel]) -> dict[str, Any]:
    schema = {"$ref": _REFERENCE.format(model=model.__name__)}
    return {"content": {"application/json": {"schema": schema}}}


def _call_section(call: Call) -> str:
    key = "" if call.needs_key else " No key needed."
    section = f"<h2><code>{call.method} {escape(call.path)}</code></h2><p>{call.about}{key}</p>"
    if call.query:
        section += _table(("Parameter", ""), call.query.items())
    if call.body:
        for title, model in (
            ("extra", Extra),
            ("request", Request),
            ("request.loras[]", Lora),
            ("request.embeddings[]", Embedding),
        ):
            section += f"<h3><code>{title}</code></h3>" + _table(
                ("Field", "Takes", "Default", "Here", ""),
                (_field_row(field, title == "request") for field in fields_of(model).values()),
            )
    return section


def _field_row(field: Field, is_setting: bool) -> tuple[str, ...]:
    default = "required" if field.required else repr(field.default)
    here = ""
    if is_setting:
        here = "ignored" if field.name in IGNORED_FIELDS else "honoured"
        here = "refused unless empty" if field.name in REFUSED_FIELDS else here
    return field.name, _takes(field), default, here, field.help


def _takes(field: Field) -> str:
    if field.choices:
        return ", ".join(map(str, field.choices))
    if field.kind in {"text", "list"}:
        most = "" if field.max_length is None else f" to {field.max_length}"
        return f"{field.kind}, {field.min_length}{most or ' or more'}"
    low = f"{'above' if field.above_minimum else 'from'} {field.minimum}"
    high = "" if field.maximum is None else f" to {field.maximum}"
    null = " or null" if field.nullable else ""
    return f"{'integer' if field.kind == 'whole' else 'number'} {low}{high}{null}"


def _table(head: tuple[str, ...], rows: Any) -> str:
    lines = "".join(
        f"<tr>{''.join(f'<td>{escape(str(v))}</td>' for v in row)}</tr>" for row in rows
    )
    titles = "".join(f"<th>{escape(title)}</th>" for title in head)
    return f"<table><tr>{titles}</tr>{lines}</table>"
