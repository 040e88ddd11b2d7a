"""What can go wrong with a submit alone."""

import json

from tests.support.faults.http import PAGE, envelope
from tests.support.faults.registry import fault
from tests.support.wire import Call, Fault

_REFUSALS = {
    "invalid_body": (400, "INVALID_REQUEST_BODY"),
    "file_too_large": (400, "IMAGE_FILE_EXCEEDS_MAX_SIZE"),
    "image_format": (400, "INVALID_IMAGE_FORMAT"),
    "image_resolution": (400, "IMAGE_EXCEEDS_MAX_RESOLUTION"),
    "image_size": (400, "INVALID_IMAGE_SIZE"),
    "model_not_found": (404, "MODEL_NOT_FOUND"),
    "illegal_prompt": (400, "ILLEGAL_PROMPT"),
    "illegal_image": (400, "ILLEGAL_IMAGE_CONTENT"),
    "balance": (400, "BILLING_BALANCE_NOT_ENOUGH"),
    "balance_402": (402, "BILLING_BALANCE_NOT_ENOUGH"),
    "balance_403": (403, "NOT_ENOUGH_BALANCE"),
    "key_missing": (400, "MISSING_API_KEY"),
    "key_invalid": (403, "INVALID_API_KEY"),
    "key_failed": (401, "FAILED_TO_AUTH"),
    "not_allowed": (403, "API_NOT_ALLOWED"),
    "verify": (403, "NEED_REAL_NAME_VERIFY"),
    "feature": (403, "FEATURE_NOT_ALLOWED"),
    "retired": (404, "API_NOT_FOUND"),
    "create_failed": (500, "CREATE_TASK_FAILED"),
    "billing_failed": (500, "BILLING_FAILED"),
    "limit": (429, "RATE_LIMIT_EXCEEDED"),
}
"""Refusals in the contract's words; no task is made."""


def _refuses(name: str, status: int, reason: str) -> None:
    async def refused(call: Call, *, message: str = "words", **metadata: str) -> None:
        await call.body()
        await call.answer(status, envelope(status, reason, message, **metadata))

    fault(f"submit.{name}")(refused)


for _name, (_status, _reason) in _REFUSALS.items():
    _refuses(_name, _status, _reason)


_IDS: dict[str, object] = {
    "null": None,
    "number": 12,
    "empty": "",
    "list": ["task-1"],
    "true": True,
    "path": "../../etc/passwd",
    "control": "task\x1b[31m\x00-1",
    "bidi": "\u202etask-1",
    "surrogate": "task-\ud800",
    "space": "task 1",
    "newline": "task-1\n",
    "unicode": "t\u00e2che-1",
    "markup": "<b>task</b>",
    "huge": "x" * 1024**2,
}
"""What is no task id; the task was made."""


def _names(name: str, task_id: object) -> None:
    async def misnamed(call: Call) -> None:
        call.create(await call.body())
        await call.answer(200, {"task_id": task_id})

    fault(f"submit.task_id_{name}")(misnamed)


for _name, _task_id in _IDS.items():
    _names(_name, _task_id)


@fault("submit.task_id_missing")
async def task_id_missing(call: Call) -> None:
    """The task is made; the answer speaks of other things."""
    call.create(await call.body())
    await call.answer(200, {"id": "task-1", "data": {"status": "ok"}})


@fault("submit.task_id_duplicate")
async def task_id_duplicate(call: Call, *, task_id: str) -> None:
    """The task is made; the answer has the id of another one, which is ours already."""
    call.create(await call.body())
    await call.answer(200, {"task_id": task_id})


@fault("submit.legacy")
async def legacy(call: Call) -> None:
    """A correct answer of the older form."""
    task_id = call.create(await call.body())
    await call.answer(200, {"code": 0, "msg": "", "data": {"task_id": task_id}})


def created_then(status: int, body: object = b"") -> Fault:
    """The task is made, and the answer does not say so."""

    async def created(call: Call) -> None:
        call.create(await call.body())
        await call.answer(status, body)

    return created


@fault("submit.created_then_N")
async def created_then_status(
    call: Call, number: int, *, reason: str = "", body: str = "json"
) -> None:
    """The task is made; the answer says that something failed."""
    call.create(await call.body())
    words: dict[str, object] = {"json": envelope(number, reason), "page": PAGE, "empty": b""}
    await call.answer(number, words[body])


@fault("submit.created_then_truncated")
async def cut_answer(call: Call, *, keep_id: bool = False) -> None:
    """The task is made; the answer breaks off in the middle of its id, or right after it."""
    task_id = call.create(await call.body())
    text = json.dumps({"task_id": task_id, "more": "x" * 40})
    end = text.index(task_id) + (len(task_id) + 1 if keep_id else 3)
    await call.send(call.head(200, len(text)) + text[:end].encode())
    call.close()


async def cut_json(call: Call) -> None:
    """As `cut_answer`, though for HTTP all is well."""
    call.create(await call.body())
    await call.answer(200, b'{"task_id": "task')


@fault("submit.created_then_html")
async def created_then_html(call: Call) -> None:
    """The task is made; a page comes back."""
    call.create(await call.body())
    await call.answer(200, PAGE, {"Content-Type": "text/html"})
