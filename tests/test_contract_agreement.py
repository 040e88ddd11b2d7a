"""The panel and the engine read one contract: what one can produce the other accepts."""

import asyncio
import base64
import io
import json
import math
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from app.contract.fields import Field, fields_of
from app.contract.parameters import Parameters
from app.contract.wire import Extra
from app.engine.service import Engine, create_app
from app.model.services import BUILTIN_MODEL

KEY = "key"
NAMES = {"model_name": BUILTIN_MODEL, "sd_vae": "", "loras": (), "embeddings": ()}
"""The engine has one model and nothing else to name; other names are another matter."""

RELAXED = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def picture() -> str:
    out = io.BytesIO()
    Image.new("L", (16, 16)).save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


class Panel:
    """Sends parameters to an engine whose tasks only wait."""

    def __init__(self, runner: asyncio.Runner, engine: Engine) -> None:
        self._runner = runner
        self._engine = engine
        self._picture = picture()

    def send(self, parameters: Parameters) -> dict[str, Any]:
        extra, request = parameters.wire()
        request |= {"image_base64": self._picture, "mask_image_base64": self._picture}
        return self._runner.run(self._submit(json.dumps({"extra": extra, "request": request})))

    async def _submit(self, body: str) -> dict[str, Any]:
        transport = httpx.ASGITransport(self._engine.app)
        headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://engine", headers=headers
        ) as client:
            response = await client.post("/v3/async/inpainting", content=body.encode())
            if response.status_code == 200:
                await client.delete(f"/engine/tasks/{response.json()['task_id']}")
        return dict(response.json())


@pytest.fixture(scope="module")
def panel() -> Iterator[Panel]:
    with asyncio.Runner() as runner:
        engine = create_app(api_key=KEY, fillers=0)
        yield Panel(runner, engine)
        runner.run(engine.aclose())


def inside(field: Field) -> st.SearchStrategy[Any]:
    """Values that an editor of the field can produce."""
    if field.name in NAMES:
        return st.just(NAMES[field.name])
    values: st.SearchStrategy[Any]
    match field.kind:
        case "choice" | "switch":
            values = st.sampled_from(field.choices)
        case "whole":
            values = st.integers(int(field.minimum or 0), int(field.maximum or 2**31 - 1))
        case "real":
            values = st.floats(field.lowest, field.maximum)
        case _:
            characters = st.characters(exclude_categories=("Cs",))
            values = st.text(characters, min_size=field.min_length, max_size=field.max_length)
    return st.none() | values if field.nullable else values


def outside(field: Field) -> list[Any]:
    """Values one step outside the field's range or choices."""
    if field.kind in {"whole", "switch", "real"}:
        assert field.minimum is not None
        step = field.hint.step
        values = [field.minimum if field.above_minimum else field.minimum - step]
        if field.maximum is not None:
            values.append(field.maximum + step)
            values += [math.nextafter(field.maximum, math.inf)] if field.kind == "real" else []
        return values
    if field.kind == "choice":
        return ["", str(field.choices[0]) + " "]
    if field.kind == "list":
        assert field.max_length is not None
        names = {"model_name": "x", "strength": 1.0}
        assert field.item is not None
        item = field.item(**{name: names[name] for name in fields_of(field.item)})
        return [(item,) * (field.max_length + 1)]
    too_long = [] if field.max_length is None else ["x" * (field.max_length + 1)]
    return too_long + ([""] if field.min_length else [])


SETTINGS = fields_of(Parameters)
VALID = st.fixed_dictionaries({name: inside(field) for name, field in SETTINGS.items()})


@RELAXED
@given(VALID)
def test_whatever_the_panel_can_produce_the_engine_accepts(
    panel: Panel, values: dict[str, Any]
) -> None:
    parameters = Parameters().edited(**values)
    assert parameters.problems() == []
    assert "task_id" in panel.send(parameters)


STEPS = [(name, value) for name, field in SETTINGS.items() for value in outside(field)]


@RELAXED
@given(VALID, st.sampled_from(STEPS))
def test_one_step_outside_both_refuse_and_name_the_field(
    panel: Panel, values: dict[str, Any], step: tuple[str, Any]
) -> None:
    name, value = step
    wrong = Parameters().edited(**{**values, name: value})
    assert [problem.field for problem in wrong.problems()] == [name]
    answer = panel.send(wrong)
    # An empty text or 0 that means "off" is left out on the way and so never arrives.
    if value or name not in {"strength", "clip_skip"}:
        part = "extra" if name in fields_of(Extra) else "request"
        assert answer["reason"] == "INVALID_REQUEST_BODY"
        assert answer["metadata"] == {"field": f"{part}.{name}"}


def test_every_setting_has_a_step_outside_or_none_to_take() -> None:
    assert set(SETTINGS) - {name for name, _ in STEPS} == {"sd_vae"}
