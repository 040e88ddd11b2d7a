"""Task results: asked for once, understood loosely, and ended; the task itself is stopped."""

import tracemalloc

import pytest

from app.api.exchange import MAX_JSON
from app.contract.responses import TaskStatus
from app.model.errors import (
    AppError,
    BadAnswer,
    JobFailed,
    RateLimited,
    ServiceDown,
    TaskNotFound,
    Unauthorized,
    Unreachable,
)
from tests.api.conftest import Caller
from tests.api.polls import poll, result
from tests.support import faults
from tests.support.service import KEY, Service


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
