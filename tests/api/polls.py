"""A poll, and what it may be answered."""

from typing import Any

from app.contract.responses import TaskResult
from tests.api.conftest import Caller
from tests.support import faults
from tests.support.service import Service


def result(status: str = "SUCCEED", **more: Any) -> dict[str, Any]:
    return {"task": {"task_id": "t-1", "status": f"TASK_STATUS_{status}"}, **more}


def poll(call: Caller, service: Service, *answers: faults.Fault, **options: Any) -> TaskResult:
    service.inject("poll", *answers)
    return call(lambda client: client.task_result("t-1"), **options)
