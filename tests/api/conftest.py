"""A service to talk to, and a short way to say "make a client, call it, close it"."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

import pytest

from app.api.client import ApiClient
from app.api.deadlines import Deadlines
from app.contract.parameters import Parameters
from app.model.job import Accepted, Upload
from tests.support.service import KEY, Service

Value = TypeVar("Value")

QUICK = Deadlines(
    connect=2,
    stall=0.3,
    upload=5,
    answer=0.4,
    task_result=0.5,
    models=2,
    user=0.5,
    picture_stall=0.3,
    picture=0.6,
    picture_at_most=5,
)
"""Deadlines that a test can wait for."""

PARAMETERS = Parameters(prompt="a lake", model_name="m.safetensors", image_num=2)
UPLOAD = Upload(image=b"\x89PNG" + bytes(range(256)) * 40, mask=b"\x89PNG mask")
LARGE = Upload(image=bytes(6_000_000), mask=b"\x89PNG mask")


class Caller:
    """Calls a client of `service` in a loop of its own; keeps what it waited and reported."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.naps: list[float] = []
        self.sent: list[tuple[int, int]] = []

    def __call__(self, call: Callable[[ApiClient], Awaitable[Value]], **options: Any) -> Value:
        async def nap(seconds: float) -> None:
            self.naps.append(seconds)

        async def run() -> Value:
            client = ApiClient(
                **{
                    "base_url": self.service.url,
                    "key": lambda: KEY,
                    "deadlines": QUICK,
                    "sleep": nap,
                    **options,
                }
            )
            try:
                return await call(client)
            finally:
                await client.aclose()

        return asyncio.run(run())

    def submit(
        self, parameters: Parameters = PARAMETERS, upload: Upload = UPLOAD, **options: Any
    ) -> str:
        return self.accepted(parameters, upload, **options).task_id

    def accepted(
        self, parameters: Parameters = PARAMETERS, upload: Upload = UPLOAD, **options: Any
    ) -> Accepted:
        return self(
            lambda client: client.submit(
                parameters, upload, lambda out, total: self.sent.append((out, total))
            ),
            **options,
        )


@pytest.fixture
def service() -> Iterator[Service]:
    with Service(checks_pictures=False) as running:
        yield running


@pytest.fixture
def call(service: Service) -> Caller:
    return Caller(service)


def refusal(reason: str, message: str = "words", **metadata: str) -> dict[str, object]:
    """The body of a refusal."""
    return {"code": 400, "reason": reason, "message": message, "metadata": metadata}
