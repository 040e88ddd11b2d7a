"""An engine to talk to, and small pictures to send."""

import asyncio
import base64
import io
import json
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from app.contract.parameters import Parameters
from app.engine.service import Engine, create_app
from app.model.services import BUILTIN_MODEL

KEY = "a key of the test"
SIDE = 48


def png(pixels: np.ndarray, **options: Any) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", **options)
    return out.getvalue()


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def photo(side: int = SIDE) -> np.ndarray:
    """Stripes and noise: something that a filler can copy from, every pixel different."""
    noise = np.random.default_rng(7).integers(0, 40, (side, side, 3))
    stripes = (np.arange(side) // 6 % 2 * 120)[None, :, None]
    return (noise + stripes + 40).astype(np.uint8)


def square_mask(side: int = SIDE) -> np.ndarray:
    """White in the middle third."""
    mask = np.zeros((side, side), np.uint8)
    mask[side // 3 : 2 * side // 3, side // 3 : 2 * side // 3] = 255
    return mask


@dataclass
class Samples:
    """What tests send."""

    key: str = KEY
    photo: Callable[..., np.ndarray] = photo
    square_mask: Callable[..., np.ndarray] = square_mask
    png: Callable[..., bytes] = png
    text: Callable[[bytes], str] = text

    def body(self, **request: Any) -> dict[str, Any]:
        """A body that the engine takes, with fields of `request` changed."""
        parameters = Parameters(
            prompt="fill", model_name=BUILTIN_MODEL, image_num=1, mask_blur=0, seed=3
        )
        extra, settings = parameters.wire()
        pictures = {
            "image_base64": text(png(photo())),
            "mask_image_base64": text(png(square_mask())),
        }
        return {"extra": extra, "request": {**settings, **pictures, **request}}

    def slow_body(self) -> Any:
        """Of a task that takes long enough to be caught running."""
        pictures = {
            "image_base64": text(png(photo(700))),
            "mask_image_base64": text(png(square_mask(700))),
        }
        return self.body(**pictures, image_num=8)


@pytest.fixture(scope="session")
def samples() -> Samples:
    return Samples()


class Caller:
    """A client of an engine, and the engine itself."""

    def __init__(self, engine: Engine, client: httpx.AsyncClient) -> None:
        self.engine = engine
        self.client = client

    async def submit(self, body: Any) -> httpx.Response:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await self.client.post(
            "/v3/async/inpainting", content=content, headers={"Content-Type": "application/json"}
        )

    async def accepted(self, body: Any) -> str:
        response = await self.submit(body)
        assert response.status_code == 200, response.text
        return str(response.json()["task_id"])

    async def status(self, task_id: str) -> dict[str, Any]:
        response = await self.client.get("/v3/async/task-result", params={"task_id": task_id})
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def settled(self, task_id: str) -> dict[str, Any]:
        """The task's result once it succeeded or failed."""
        return await self.until(
            task_id, lambda task: task["status"] in {"TASK_STATUS_SUCCEED", "TASK_STATUS_FAILED"}
        )

    async def until(
        self, task_id: str, reached: Callable[[dict[str, Any]], bool], pause_s: float = 0.01
    ) -> dict[str, Any]:
        deadline = time.monotonic() + 60
        while not reached((result := await self.status(task_id))["task"]):
            assert time.monotonic() < deadline, result
            await asyncio.sleep(pause_s)
        return result

    async def pictures(self, body: Any) -> list[np.ndarray]:
        """What comes of a body, decoded."""
        result = await self.settled(await self.accepted(body))
        assert result["task"]["status"] == "TASK_STATUS_SUCCEED", result
        files = [await self.client.get(image["image_url"]) for image in result["images"]]
        return [np.asarray(Image.open(io.BytesIO(file.content))) for file in files]


async def call(scenario: Callable[[Caller], Awaitable[Any]], **settings: Any) -> Any:
    engine = create_app(api_key=KEY, **settings)
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(engine.app),
        base_url="http://engine",
        headers={"Authorization": f"Bearer {KEY}"},
        timeout=60,
    )
    try:
        async with client:
            return await scenario(Caller(engine, client))
    finally:
        await engine.aclose()


@pytest.fixture
def engine() -> Callable[..., Any]:
    """Run a scenario against an engine of its own; keywords go to `create_app`."""

    def run(scenario: Callable[[Caller], Awaitable[Any]], **settings: Any) -> Any:
        return asyncio.run(call(scenario, **settings))

    return run


class Live:
    """An engine that stays for all tests of a module. Its tasks wait for ever."""

    def __init__(self, runner: asyncio.Runner, caller: Caller) -> None:
        self._runner = runner
        self._caller = caller

    def refusal(self, body: Any) -> tuple[int, dict[str, Any]]:
        response = self._runner.run(self._caller.submit(body))
        return response.status_code, response.json()

    def accepts(self, body: Any) -> bool:
        async def submit_and_stop() -> bool:
            response = await self._caller.submit(body)
            if response.status_code != 200:
                return False
            task_id = response.json()["task_id"]
            stopped = await self._caller.client.delete(f"/engine/tasks/{task_id}")
            return stopped.status_code == 204

        return self._runner.run(submit_and_stop())

    def get(self, path: str, **parameters: str) -> httpx.Response:
        return self._runner.run(self._caller.client.get(path, params=parameters))


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    with asyncio.Runner() as runner:
        engine = create_app(api_key=KEY, fillers=0)
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(engine.app),
            base_url="http://engine",
            headers={"Authorization": f"Bearer {KEY}"},
        )
        yield Live(runner, Caller(engine, client))
        runner.run(client.aclose())
        runner.run(engine.aclose())
