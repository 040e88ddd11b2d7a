"""Task results, models and the account: read forgivingly, tried again where that may help."""

import asyncio
import contextlib
import json
import socket
import tracemalloc
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.api.answers import read
from app.api.exchange import MAX_JSON, Reply
from app.contract.kinds import ModelType
from app.contract.responses import Answer, ModelList, Submitted, TaskResult, TaskStatus, User
from app.model.errors import (
    AppError,
    BadAnswer,
    JobFailed,
    RateLimited,
    ServiceDown,
    TaskNotFound,
    Unauthorized,
    Unreachable,
    WrongAddress,
)
from tests.api.conftest import Caller
from tests.support import faults
from tests.support.service import KEY, Service


def result(status: str = "SUCCEED", **more: Any) -> dict[str, Any]:
    return {"task": {"task_id": "t-1", "status": f"TASK_STATUS_{status}"}, **more}


def poll(call: Caller, service: Service, *answers: faults.Fault, **options: Any) -> TaskResult:
    service.inject("poll", *answers)
    return call(lambda client: client.task_result("t-1"), **options)


# Task results.


def test_a_poll_asks_for_its_task_with_the_key(call: Caller, service: Service) -> None:
    poll(call, service, faults.answering(200, result("QUEUED")))
    (request,) = service.ledger.requests
    assert (request.method, request.path) == ("GET", "/v3/async/task-result")
    assert request.query == {"task_id": "t-1"}
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.headers["content-type"] == "application/json"


def test_loose_types_are_understood(call: Caller, service: Service) -> None:
    answer = result(
        "SUCCEEDED",
        extra={"seed": "158881667"},
        images=[{"image_url": "https://x.test/1.png", "image_url_ttl": "3600"}],
        videos=None,
    )
    got = poll(call, service, faults.answering(200, answer))
    assert got.task.status is TaskStatus.SUCCEED
    assert got.extra.seed == 158881667
    assert got.images[0].image_url_ttl == 3600


def test_an_answer_about_another_task_is_refused(call: Caller, service: Service) -> None:
    other = {"task": {"task_id": "t-2", "status": "TASK_STATUS_SUCCEED"}}
    with pytest.raises(BadAnswer):
        poll(call, service, faults.answering(200, other))


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (404, {"code": 404, "reason": "TASK_NOT_FOUND"}, TaskNotFound),
        (500, {"code": 500, "reason": "GET_RESULT_FAILED"}, ServiceDown),
        (500, {"code": 500, "reason": "TASK_FAILED", "message": "boom"}, JobFailed),
        (403, {"code": 403, "reason": "INVALID_API_KEY"}, Unauthorized),
        (429, b"", RateLimited),
        (503, faults.PAGE, ServiceDown),
        (408, b"", ServiceDown),
        (200, faults.PAGE, BadAnswer),
        (302, b"", BadAnswer),
        (404, b"404 page not found", BadAnswer),
        (200, b'{"task": {"task_id"', BadAnswer),
        (200, b"[]", BadAnswer),
        (200, {"images": []}, BadAnswer),
    ],
)
def test_a_failed_poll_is_typed_and_not_repeated(
    call: Caller, service: Service, status: int, body: object, kind: type[AppError]
) -> None:
    with pytest.raises(AppError) as caught:
        poll(call, service, faults.answering(status, body))
    assert type(caught.value) is kind
    assert len(service.ledger.at("poll")) == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.silent, "timeout"),
        (faults.drip, "timeout"),
        (faults.dropped, "network"),
        (faults.dropped_by_reset, "network"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_broken_poll_ends_in_time(
    call: Caller, service: Service, fault: faults.Fault, kind: str
) -> None:
    with pytest.raises(Unreachable) as caught:
        poll(call, service, fault)
    assert caught.value.kind == kind
    assert service.ledger.hits(fault.__name__) == 1


@pytest.mark.parametrize("fault", [faults.endless, faults.bomb], ids=lambda f: f.__name__)
def test_an_endless_answer_takes_no_memory(
    call: Caller, service: Service, fault: faults.Fault
) -> None:
    tracemalloc.start()
    with pytest.raises(BadAnswer):
        poll(call, service, fault)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert service.ledger.hits(fault.__name__) == 1
    assert peak < 5 * MAX_JSON


def test_a_compressed_answer_is_unpacked(call: Caller, service: Service) -> None:
    assert poll(call, service, faults.compressed(result("QUEUED"))).task.task_id == "t-1"


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_a_damaged_or_unknown_compression_is_no_answer(
    call: Caller, service: Service, encoding: str
) -> None:
    headers = {"Content-Encoding": encoding}
    with pytest.raises(BadAnswer):
        poll(call, service, faults.answering(200, result(), headers))


# The account.


def test_the_balance_is_read(call: Caller) -> None:
    assert call(lambda client: client.user()).balance == pytest.approx(12.34)


def test_reading_is_tried_three_times(call: Caller, service: Service) -> None:
    service.inject("user", faults.answering(500), faults.dropped)
    assert call(lambda client: client.user()).credit_balance == 123_400
    assert len(call.naps) == 2
    service.inject("user", *[faults.answering(503)] * 3)
    with pytest.raises(ServiceDown):
        call(lambda client: client.user())
    assert len(service.ledger.at("user")) == 6


@pytest.mark.parametrize(("said", "tries"), [("3", 2), ("200", 1)])
def test_reading_waits_as_told_but_not_for_minutes(
    call: Caller, service: Service, said: str, tries: int
) -> None:
    service.inject("user", faults.answering(429, b"", {"Retry-After": said}))
    with contextlib.suppress(RateLimited):
        call(lambda client: client.user())
    assert len(service.ledger.at("user")) == tries
    assert call.naps == [3] * (tries - 1)


def test_a_refusal_is_not_asked_again(call: Caller, service: Service) -> None:
    with pytest.raises(Unauthorized):
        call(lambda client: client.user(), key=lambda: "wrong")
    assert len(service.ledger.at("user")) == 1


def test_a_login_page_is_a_wrong_address(call: Caller, service: Service) -> None:
    service.inject("user", faults.answering(200, faults.PAGE))
    with pytest.raises(WrongAddress):
        call(lambda client: client.user())


def test_the_key_never_follows_a_redirect(call: Caller, service: Service) -> None:
    with Service() as sink:
        service.inject("user", faults.answering(307, b"", {"Location": f"{sink.url}/v3/user"}))
        with pytest.raises(WrongAddress):
            call(lambda client: client.user())
        assert sink.ledger.requests == []


def test_a_base_address_may_have_a_path(call: Caller, service: Service) -> None:
    with pytest.raises(WrongAddress):
        call(lambda client: client.user(), base_url=f"{service.url}/proxy/")
    (request,) = service.ledger.requests
    assert request.path == "/proxy/v3/user"


def test_cookies_are_not_kept(call: Caller, service: Service) -> None:
    service.inject("user", faults.answering(200, {}, {"Set-Cookie": "session=1; Path=/"}))

    async def twice(client: Any) -> None:
        await client.user()
        await client.user()

    call(twice)
    assert all("cookie" not in request.headers for request in service.ledger.requests)


# Models.


def entry(name: str, **more: Any) -> dict[str, Any]:
    return {"sd_name": name, "status": 1, **more}


@pytest.mark.parametrize(
    ("kind", "sdxl", "wanted"),
    [
        (ModelType.CHECKPOINT, False, {"filter.types": "checkpoint", "filter.is_inpainting": "1"}),
        (ModelType.CHECKPOINT, True, {"filter.types": "checkpoint", "filter.is_inpainting": "1"}),
        (ModelType.LORA, False, {"filter.types": "lora"}),
        (ModelType.LORA, True, {"filter.types": "lora", "filter.is_sdxl": "true"}),
        (ModelType.VAE, True, {"filter.types": "vae"}),
        (ModelType.TEXTUAL_INVERSION, False, {"filter.types": "textualinversion"}),
    ],
)
def test_each_kind_is_asked_for_with_its_filters(
    call: Caller, service: Service, kind: ModelType, sdxl: bool, wanted: dict[str, str]
) -> None:
    call(lambda client: client.models(kind, sdxl=sdxl))
    (request,) = service.ledger.at("models")
    assert request.query == {"pagination.limit": "100", **wanted}


def names(call: Caller) -> list[str]:
    models = call(lambda client: client.models(ModelType.CHECKPOINT))
    return [model.model_name for model in models]


def test_unavailable_nameless_and_repeated_models_are_left_out(
    call: Caller, service: Service
) -> None:
    service.models = [
        entry("a"),
        entry("gone", status=0),
        entry(""),
        entry("a"),
        {"model_name": "b", "categories": {}, "tags": None},
        {"sd_name": "c.safetensors", "sd_name_in_api": "c"},
    ]
    assert names(call) == ["a", "b", "c"]


def page(*found: str, cursor: object = "") -> dict[str, Any]:
    return {"models": [entry(name) for name in found], "pagination": {"next_cursor": cursor}}


def test_pages_are_followed_to_their_end(call: Caller, service: Service) -> None:
    service.pages = {"": page("a", cursor="c_1"), "c_1": page("b", cursor="c_2"), "c_2": page("c")}
    assert names(call) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "last",
    [
        page("b", cursor="c_1"),
        page("b", cursor="c_0"),
        page(cursor="c_9"),
        {"models": [entry("b")], "pagination": None},
        {"models": [entry("b")]},
        {"models": None, "pagination": {"next_cursor": "c_9"}},
        page("b", cursor=None),
    ],
)
def test_a_strange_end_of_the_list_is_an_end(
    call: Caller, service: Service, last: dict[str, Any]
) -> None:
    service.pages = {"": page("a", cursor="c_0"), "c_0": page("x", cursor="c_1"), "c_1": last}
    assert names(call)[:2] == ["a", "x"]
    assert len(service.ledger.at("models")) == 3


def test_a_list_without_end_is_cut(
    call: Caller, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.api.listing.MAX_PAGES", 7)
    service.pages = {"": page("m0", cursor="0")}
    service.pages |= {str(n): page(f"m{n + 1}", cursor=str(n + 1)) for n in range(20)}
    assert len(names(call)) == 7


def test_one_failed_page_is_asked_for_again(call: Caller, service: Service) -> None:
    service.pages = {"": page("a", cursor="c"), "c": page("b")}
    service.inject("models", faults.answering(200, page("a", cursor="c")), faults.dropped)
    assert names(call) == ["a", "b"]


# Ending a task.


def test_a_service_is_never_asked_to_stop(call: Caller, service: Service) -> None:
    call(lambda client: client.stop("t-1"))
    assert service.ledger.requests == []


def test_the_engine_is_asked_to_stop(call: Caller, service: Service) -> None:
    service.inject("other", faults.answering(204))
    call(lambda client: client.stop("t-1"), can_stop=True)
    (request,) = service.ledger.requests
    assert (request.method, request.path) == ("DELETE", "/engine/tasks/t-1")


def test_stopping_a_task_that_is_gone_is_fine(call: Caller, service: Service) -> None:
    gone = {"code": 404, "reason": "TASK_NOT_FOUND"}
    service.inject("other", faults.answering(404, gone), faults.answering(500))
    call(lambda client: client.stop("t-1"), can_stop=True)
    with pytest.raises(ServiceDown):
        call(lambda client: client.stop("t-1"), can_stop=True)


# Whatever is said.

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
