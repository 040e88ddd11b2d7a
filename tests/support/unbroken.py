"""What a service does that is well: the contract from requests to answers, without a network."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.support import uploads
from tests.support.checking import faults_of
from tests.support.ledger import Ledger
from tests.support.wire import Request

SIGNATURE = "a1b2c3d4e5f6a7b8"
"""What signs the address of a picture; as secret as a key while it lasts."""

STALE = "0000000000000000"
"""A signature that has expired."""

EXPIRED = b"<?xml version='1.0'?><Error><Message>Request has expired</Message></Error>"

API = {"submit", "poll", "models", "user", "other"}
"""The places that want the key."""


class Refusal(Exception):
    """What is answered instead of doing what was asked."""

    def __init__(self, status: int, reason: str, message: str = "refused") -> None:
        super().__init__(reason)
        self.status = status
        envelope = {"code": status, "reason": reason, "message": message, "metadata": {}}
        self.body = json.dumps(envelope).encode()


class Page(Refusal):
    """A refusal in other words than the contract's."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(status, "")
        self.body = body


@dataclass(frozen=True)
class Pace:
    """How many questions about a task are answered with "queued", then with "processing"."""

    queued: int = 0
    working: int = 0

    def status(self, polls: int) -> tuple[str, int]:
        """The status of a task that was asked for so often, and its progress in percent."""
        if polls <= self.queued:
            return "TASK_STATUS_QUEUED", 0
        if polls <= self.queued + self.working:
            return "TASK_STATUS_PROCESSING", 100 * (polls - self.queued) // (self.working + 1)
        return "TASK_STATUS_SUCCEED", 100


class Unbroken:
    """A service as the contract has it, with an account and a ledger.

    Everything public may be changed at any time: the `key` it accepts, the `balance`, the `price`
    of a picture, the `pace` of tasks, the `models` it lists, and `pages`, which scripts that list
    instead (cursor to answer). A task's pictures are the one that was sent. `checks_pictures` off
    takes any bytes for one.
    """

    url = images_url = sink_url = ""

    def __init__(self, key: str | None, *, checks_pictures: bool = True) -> None:
        self.key = key
        self.balance = 123_400
        self.price = 100
        self.pace = Pace()
        self.models: list[dict[str, Any]] = []
        self.pages: dict[str, dict[str, Any]] = {}
        self.ledger = Ledger(lambda: self.key)
        self._checks_pictures = checks_pictures

    def answer_to(self, request: Request, body: bytes) -> tuple[int, bytes]:
        """Do what is asked; the status and the body of the answer."""
        try:
            answer = self._do(request, body)
        except Refusal as refusal:
            return refusal.status, refusal.body
        return 200, answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    def create(self, body: bytes) -> str:
        """Make the task that `body` asks for and charge for it; its id."""
        content = json.loads(body)
        self.balance -= self.price * content["request"]["image_num"]
        return self.ledger.add_task(body, content)

    def picture_url(self, task_id: str, number: int, sign: str = SIGNATURE) -> str:
        """The signed address of a picture."""
        return f"{self.images_url}/{task_id}/{number}.png?X-Amz-Signature={sign}"

    def picture(self, task_id: str) -> bytes:
        """A picture of a task."""
        return base64.b64decode(self.ledger.tasks[task_id].content["request"]["image_base64"])

    def _do(self, request: Request, body: bytes) -> object:
        if request.place in API:
            self._check_key(request)
        actions: Mapping[str, Callable[[], object]] = {
            "submit": lambda: {"task_id": self._submit(body)},
            "poll": lambda: self._result(request.query.get("task_id", "")),
            "models": lambda: self._page(request.query),
            "user": lambda: {"credit_balance": self.balance},
            "image": lambda: self._signed_picture(request),
            "sink": lambda: b"another host",
        }
        action = actions.get(request.place)
        if action is None:
            raise Page(404, b"404 page not found")
        return action()

    def _check_key(self, request: Request) -> None:
        given = request.headers.get("authorization")
        if self.key is None or given == f"Bearer {self.key}":
            return
        if given is None:
            raise Refusal(400, "MISSING_API_KEY", "no key")
        raise Refusal(403, "INVALID_API_KEY", "invalid api-key")

    def _submit(self, body: bytes) -> str:
        if faults := faults_of(body):
            raise Refusal(400, "INVALID_REQUEST_BODY", "; ".join(faults))
        request = json.loads(body)["request"]
        if self._checks_pictures:
            self._check_pictures(request)
        if self.balance < self.price * request["image_num"]:
            raise Refusal(400, "BILLING_BALANCE_NOT_ENOUGH")
        return self.create(body)

    def _check_pictures(self, request: dict[str, Any]) -> None:
        try:
            notes = uploads.checked(request)
        except uploads.Refused as refused:
            raise Refusal(400, str(refused)) from refused
        self.ledger.note(lambda: self.ledger.notes.extend(notes))

    def _result(self, task_id: str) -> dict[str, Any]:
        task = self.ledger.tasks.get(task_id)
        if task is None:
            raise Refusal(404, "TASK_NOT_FOUND")
        status, progress = self.pace.status(len(task.polls))
        urls = (self.picture_url(task_id, n) for n in range(task.pictures))
        images = [{"image_url": u, "image_url_ttl": 3600, "image_type": "png"} for u in urls]
        facts = {"reason": "", "task_type": "IMG_TO_IMG", "eta": 0, "progress_percent": progress}
        return {
            "extra": {"seed": "7"},
            "task": {"task_id": task_id, "status": status, **facts},
            "images": images if status == "TASK_STATUS_SUCCEED" else [],
        }

    def _page(self, query: Mapping[str, str]) -> Mapping[str, Any]:
        cursor = query.get("pagination.cursor", "")
        return self.pages.get(cursor) or {"models": self.models, "pagination": {"next_cursor": ""}}

    def _signed_picture(self, request: Request) -> bytes:
        task_id = request.path.split("/")[1]
        if task_id not in self.ledger.tasks:
            raise Page(404, b"not found")
        if request.query.get("X-Amz-Signature") == STALE:
            raise Page(403, EXPIRED)
        return self.picture(task_id)
