"""Submits that break on the way, or get no clear answer."""

import json

import pytest

from app.model.errors import AnswerLost, Unreachable
from tests.api.conftest import LARGE, Caller, refusal
from tests.support import faults
from tests.support.service import KEY, Service

SURELY_NOT = [faults.reset_before_body, faults.stalled_upload, faults.refused_early]


@pytest.mark.parametrize("fault", SURELY_NOT, ids=lambda fault: fault.__name__)
def test_a_break_on_the_way_out_is_certain_and_not_repeated(
    call: Caller, service: Service, fault: faults.Fault
) -> None:
    service.inject("submit", fault)
    with pytest.raises(Unreachable):
        call.submit(upload=LARGE)
    assert service.ledger.hits(fault.__name__) == 1
    assert len(service.ledger.at("submit")) == 1
    assert not service.ledger.tasks
    assert all(out < total for out, total in call.sent)


LOST = [
    faults.lost_response,
    faults.lost_response_reset,
    faults.hang,
    faults.cut_answer,
    faults.cut_json,
    faults.drip,
    faults.endless,
    faults.bomb,
    faults.huge_header,
    faults.created_then(500, refusal("INTERNAL")),
    faults.created_then(502, faults.PAGE),
    faults.created_then(504),
    faults.created_then(408),
    faults.created_then(200, faults.PAGE),
    faults.created_then(200, {}),
    faults.created_then(200, {"task_id": None}),
    faults.created_then(200, {"task_id": 12}),
    faults.created_then(200, {"task_id": ""}),
    faults.created_then(200, {"task_id": "../../etc/passwd"}),
    faults.created_then(200, {"task_id": "\u202eabc"}),
    faults.created_then(200, b"[" * 100_000),
    faults.created_then(200, b'{"task_id": ' + b"9" * 5000 + b"}"),
    faults.created_then(200, b"\xff\xfe\x00"),
    faults.created_then(204),
]


@pytest.mark.parametrize("fault", LOST, ids=lambda fault: fault.__name__)
def test_no_clear_answer_to_a_whole_request_is_lost_and_not_repeated(
    call: Caller, service: Service, fault: faults.Fault
) -> None:
    service.inject("submit", fault)
    with pytest.raises(AnswerLost):
        call.submit()
    assert service.ledger.hits(fault.__name__) == 1
    assert len(service.ledger.at("submit")) == 1
    assert call.sent[-1][0] == call.sent[-1][1]


def test_a_lost_answer_tells_what_was_said(call: Caller, service: Service) -> None:
    service.inject("submit", faults.created_then(500, refusal("INTERNAL", "out of \u202ememory")))
    with pytest.raises(AnswerLost) as caught:
        call.submit()
    assert caught.value.detail == "500 INTERNAL out of memory"
    assert caught.value.kind == "trouble"
    assert json.loads(caught.value.raw)["reason"] == "INTERNAL"


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.lost_response, "silence"),
        (faults.hang, "silence"),
        (faults.cut_answer, "cut"),
        (faults.drip, "cut"),
        (faults.created_then(502, faults.PAGE), "trouble"),
        (faults.created_then(200, {"task_id": None}), "unreadable"),
        (faults.bomb, "unreadable"),
        (faults.created_then(200, faults.PAGE), "elsewhere"),
        (faults.answering(403, faults.PAGE), "elsewhere"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_lost_answer_says_what_came_instead(
    call: Caller, service: Service, fault: faults.Fault, kind: str
) -> None:
    service.inject("submit", fault)
    with pytest.raises(AnswerLost) as caught:
        call.submit()
    assert caught.value.kind == kind
    assert caught.value.is_charge_unlikely == (kind == "elsewhere")
    assert len(caught.value.raw) <= 64 * 1024


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (b'{"task_id": "abc-1.2:3_4", "mess', "abc-1.2:3_4"),
        (b'{"task_id": "abc-1', ""),
        (b'{"task_id": "../../etc"', ""),
        (b'{"task_id": "a", "x": {"task_id": "b"', ""),
        (b'{"task_id" :"a", "data": {"task_id": "a"', "a"),
        (b'{"task_id": "' + b"a" * 201 + b'"', ""),
    ],
)
def test_an_id_is_salvaged_only_where_it_is_whole_and_the_only_one(
    call: Caller, service: Service, said: bytes, found: str
) -> None:
    service.inject("submit", faults.created_then(200, said))
    with pytest.raises(AnswerLost) as caught:
        call.submit()
    assert caught.value.task_id == found
    assert caught.value.raw == said


def test_a_key_in_a_lost_answer_is_masked_even_where_it_was_cut(
    call: Caller, service: Service
) -> None:
    said = f'{{"a": "{KEY}", "b": "{KEY[:-3]}'.encode()
    service.inject("submit", faults.created_then(200, said))
    with pytest.raises(AnswerLost) as caught:
        call.submit()
    assert caught.value.raw == b'{"a": "***", "b": "'


def test_an_answer_is_kept_as_it_came(call: Caller) -> None:
    assert json.loads(call.accepted().answer) == {"task_id": "task-1"}
