"""Whatever a service says, or does not say."""

import asyncio
import contextlib
import json
import socket
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.api.answers import read
from app.api.exchange import Reply
from app.contract.responses import Answer, ModelList, Submitted, TaskResult, User
from app.model.errors import AppError, Unreachable
from tests.api.conftest import Caller
from tests.support import faults
from tests.support.service import Service

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["task", "task_id", "data", "status", "images", "models", "pagination", "type",
             "next_cursor", "sd_name", "reason", "message", "metadata", "code", "extra", "seed"]
        ),
        inner,
        max_size=6,
    ),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([Submitted, TaskResult, ModelList, User, Answer]),
    st.sampled_from([200, 201, 204, 301, 400, 403, 404, 429, 500, 599]),
    anything.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=60),
)
def test_any_answer_is_a_record_or_an_error_of_ours(
    kind: type[Answer], status: int, data: bytes
) -> None:
    with contextlib.suppress(AppError):
        assert isinstance(read(kind, Reply(status, httpx.Headers(), data)), kind)


def test_a_service_that_is_away_is_told(call: Caller) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(Unreachable) as caught:
            call(
                lambda client: client.task_result("t"),
                base_url=f"http://127.0.0.1:{free.getsockname()[1]}",
            )
    assert caught.value.kind == "refused"


def test_a_call_can_be_cancelled(call: Caller, service: Service) -> None:
    service.inject("poll", faults.silent)

    async def cancel(client: Any) -> None:
        task = asyncio.create_task(client.task_result("t-1"))
        await asyncio.to_thread(service.ledger.until, lambda ledger: ledger.at("poll"))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    call(cancel)
