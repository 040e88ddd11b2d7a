"""What can go wrong with the answer about a task: correct answers, changed."""

import json
from collections.abc import Callable
from typing import Any

from tests.support.faults.http import envelope
from tests.support.faults.registry import fault
from tests.support.wire import Call

Answer = dict[str, Any]
Change = Callable[..., None]
"""Changes a correct answer in place; may take the call by name, and parameters."""


def changes(name: str) -> Callable[[Change], Change]:
    """Enter a change as `poll.<name>`."""

    def enter(change: Change) -> Change:
        async def changed(call: Call, **parameters: Any) -> None:
            status, data = await call.correct()
            answer = json.loads(data)
            if status == 200:
                change(answer, call, **parameters)
            await call.answer(status, answer)

        fault(f"poll.{name}")(changed)
        return change

    return enter


def _refuses(name: str, status: int, reason: str) -> None:
    async def refused(call: Call, *, message: str = "words") -> None:
        await call.body()
        await call.answer(status, envelope(status, reason, message))

    fault(f"poll.{name}")(refused)


_refuses("not_found", 404, "TASK_NOT_FOUND")
_refuses("result_failed", 500, "GET_RESULT_FAILED")
_refuses("status_failed", 500, "QUERY_TASK_STATUS_FAILED")
_refuses("task_failed", 500, "TASK_FAILED")
_refuses("key_invalid", 403, "INVALID_API_KEY")
_refuses("key_missing", 400, "MISSING_API_KEY")
_refuses("not_allowed", 403, "API_NOT_ALLOWED")
_refuses("limit", 429, "RATE_LIMIT_EXCEEDED")
_refuses("refused", 400, "SOMETHING_NEW")


def _unfinished(answer: Answer, status: str, **facts: Any) -> None:
    answer["task"] |= {"status": status, **facts}
    answer["images"] = []


# The task itself.


@changes("failed")
def failed(answer: Answer, call: Call, *, reason: str = "out of memory") -> None:
    """The task failed."""
    _unfinished(answer, "TASK_STATUS_FAILED", reason=reason)


@changes("failed_empty")
def failed_empty(answer: Answer, call: Call) -> None:
    """The task failed without a reason."""
    _unfinished(answer, "TASK_STATUS_FAILED", reason=None)


@changes("failed_html")
def failed_html(answer: Answer, call: Call) -> None:
    """The task failed; its reason is markup that would fetch a picture elsewhere."""
    sink = call.service.sink_url
    reason = f"<h1>No</h1><img src='{sink}/track.png'><a href='{sink}'>here</a>\u202e\x00"
    _unfinished(answer, "TASK_STATUS_FAILED", reason=reason)


@changes("failed_huge")
def failed_huge(answer: Answer, call: Call) -> None:
    """The task failed; its reason is a megabyte."""
    _unfinished(answer, "TASK_STATUS_FAILED", reason="why " * 2**18)


@changes("queued_forever")
def queued_forever(answer: Answer, call: Call) -> None:
    """The task waits for its turn."""
    _unfinished(answer, "TASK_STATUS_QUEUED", progress_percent=0)


@changes("stuck_99")
def stuck_99(answer: Answer, call: Call) -> None:
    """The task is nearly done, and stays so."""
    _unfinished(answer, "TASK_STATUS_PROCESSING", progress_percent=99)


@changes("no_progress")
def no_progress(answer: Answer, call: Call) -> None:
    """The task is under way, and tells nothing."""
    _unfinished(answer, "TASK_STATUS_PROCESSING", progress_percent=0)


_WILD = (-5, 1e12, "much", None, [], {"a": 1}, True, "12.5", 40, 20)


@changes("progress_wild")
def progress_wild(answer: Answer, call: Call) -> None:
    """Progress that makes no sense, another each time."""
    turn = len(call.service.ledger.tasks[answer["task"]["task_id"]].polls)
    _unfinished(answer, "TASK_STATUS_PROCESSING", progress_percent=_WILD[turn % len(_WILD)])


@changes("eta_wild")
def eta_wild(answer: Answer, call: Call) -> None:
    """Estimates that make no sense, another each time."""
    turn = len(call.service.ledger.tasks[answer["task"]["task_id"]].polls)
    _unfinished(answer, "TASK_STATUS_PROCESSING", eta=_WILD[turn % len(_WILD)])


@changes("unknown_status")
def unknown_status(answer: Answer, call: Call, *, status: object = "TASK_STATUS_DREAMING") -> None:
    """The task is in a state that nobody has heard of."""
    _unfinished(answer, "")
    answer["task"]["status"] = status


@changes("status_missing")
def status_missing(answer: Answer, call: Call) -> None:
    """The task is in no state."""
    del answer["task"]["status"]


@changes("status_succeeded")
def status_succeeded(answer: Answer, call: Call) -> None:
    """The other spelling of success."""
    answer["task"]["status"] = "TASK_STATUS_SUCCEEDED"


@changes("status_lower")
def status_lower(answer: Answer, call: Call) -> None:
    """Success in small letters."""
    answer["task"]["status"] = answer["task"]["status"].lower()


@changes("flap")
def flap(answer: Answer, call: Call) -> None:
    """Once done, the task is under way again."""
    _unfinished(answer, "TASK_STATUS_PROCESSING", progress_percent=50)


@changes("wrong_task_id")
def wrong_task_id(answer: Answer, call: Call) -> None:
    """The answer is about another task, which failed."""
    _unfinished(answer, "TASK_STATUS_FAILED", task_id="task-of-others", reason="not yours")


@changes("task_id_left_out")
def task_id_left_out(answer: Answer, call: Call) -> None:
    """The answer does not say which task it is about."""
    del answer["task"]["task_id"]


# Its pictures.


@changes("no_images")
def no_images(answer: Answer, call: Call) -> None:
    """Done, and no word of pictures."""
    del answer["images"]


@changes("empty_images")
def empty_images(answer: Answer, call: Call) -> None:
    """Done, and no pictures."""
    answer["images"] = []


@changes("null_images")
def null_images(answer: Answer, call: Call) -> None:
    """Done, and null instead of pictures."""
    answer["images"] = None


@changes("fewer_images")
def fewer_images(answer: Answer, call: Call) -> None:
    """One picture less than was paid for."""
    del answer["images"][-1:]


@changes("more_images")
def more_images(answer: Answer, call: Call, *, number: int = 1) -> None:
    """More pictures than were asked for."""
    answer["images"] += answer["images"][:1] * number


@changes("duplicate_url")
def duplicate_url(answer: Answer, call: Call) -> None:
    """All pictures have one address."""
    answer["images"] = answer["images"][:1] * len(answer["images"])


@changes("loose_types")
def loose_types(answer: Answer, call: Call) -> None:
    """Numbers as texts, and more than was promised."""
    for image in answer["images"]:
        image |= {"image_url_ttl": "3600", "nsfw_detection_result": {}}
    answer["extra"] = {"seed": "158881667", "has_nsfw_contents": None}
    answer["videos"] = answer["audios"] = None
    answer["task"] |= {"eta": "0", "progress_percent": "100"}


@changes("extra_null")
def extra_null(answer: Answer, call: Call) -> None:
    """No word about the seed."""
    answer["extra"] = None


@changes("type_evil")
def type_evil(answer: Answer, call: Call) -> None:
    """A kind of picture that is a path."""
    for image in answer["images"]:
        image["image_type"] = "../../x.exe"


@changes("images_wrong_types")
def images_wrong_types(answer: Answer, call: Call) -> None:
    """Rows that are no rows before those that are."""
    answer["images"] = [None, 5, "x", [], *answer["images"]]


@fault("poll.clock_skew")
async def clock_skew(call: Call) -> None:
    """A correct answer from a service whose clock is a year off."""
    await call.answer(*await call.correct(), {"Date": "Fri, 01 Jan 2027 00:00:00 GMT"})
