"""What a service for tests remembers: requests, tasks, charges, and what should not have been."""

import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from typing import Any

from tests.support.wire import Request

_SECRET_HEADERS = ("authorization", "proxy-authorization", "cookie")


@dataclass
class Task:
    """One task: what was asked for, and when its result was asked for."""

    id: str
    content: dict[str, Any]
    digest: str
    polls: list[float] = field(default_factory=list)

    @property
    def pictures(self) -> int:
        """How many pictures were charged for it, when it was made."""
        return int(self.content["request"]["image_num"])

    @property
    def poll_gap(self) -> float:
        """The shortest time between two questions about it."""
        times = sorted(self.polls)
        return min((after - before for before, after in pairwise(times)), default=inf)


@dataclass
class Ledger:
    """Everything that reached the service, in order.

    `notes` is what pictures were sent that should be otherwise, `leaks` what went where it must
    not: credentials to other hosts than the API, and the `key` anywhere but in its header.
    `version` grows with each change.
    """

    key: Callable[[], str | None] = lambda: None
    requests: list[Request] = field(default_factory=list)
    tasks: dict[str, Task] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    version: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    def at(self, place: str) -> list[Request]:
        """The requests to one place: submit, poll, models, user, image, sink or other."""
        return [request for request in self.requests if request.place == place]

    def hits(self, fault: str) -> int:
        """How often a fault really happened: a test without a hit proves nothing."""
        return self.faults.count(fault)

    @property
    def charged(self) -> int:
        """The pictures that were charged for."""
        return sum(task.pictures for task in self.tasks.values())

    @property
    def charged_twice(self) -> list[str]:
        """Tasks for a body that had been charged for before."""
        seen: set[str] = set()
        again = []
        for task in self.tasks.values():
            if task.digest in seen:
                again.append(task.id)
            seen.add(task.digest)
        return again

    def add_request(self, request: Request) -> None:
        """Note a request as it arrives, before its body."""
        self.leaks.extend(f"{leak} at {request.place}" for leak in self._leaks(request))
        self.note(lambda: self.requests.append(request))

    def _leaks(self, request: Request) -> Iterator[str]:
        key = self.key()
        is_api = request.place not in {"image", "sink"}
        for name, value in request.headers.items():
            if name in _SECRET_HEADERS and not (is_api and name == "authorization"):
                yield name
            elif key and key in value and name != "authorization":
                yield f"the key in {name}"
        if key and key in request.target:
            yield "the key in the address"

    @property
    def poll_gap(self) -> float:
        """The shortest time between two questions about one task, in seconds."""
        return min((task.poll_gap for task in self.tasks.values()), default=inf)

    def add_task(self, body: bytes, content: dict[str, Any]) -> str:
        """Note a new task; its id."""
        task_id = f"task-{len(self.tasks) + 1}"
        task = Task(task_id, content, hashlib.sha256(body).hexdigest())
        if (key := self.key()) and key.encode() in body:
            self.leaks.append("the key in a body")
        self.note(lambda: self.tasks.update({task_id: task}))
        return task_id

    def note(self, change: Callable[[], object]) -> None:
        """Change the ledger and wake who waits for it."""
        with self.changed:
            change()
            self.version += 1
            self.changed.notify_all()

    def until(self, condition: Callable[["Ledger"], bool]) -> None:
        """Wait until the ledger is as `condition` says."""
        with self.changed:
            assert self.changed.wait_for(lambda: condition(self), timeout=10)

    def summary(self) -> dict[str, Any]:
        """The ledger as JSON, without pictures and bodies."""
        gap = self.poll_gap
        return {
            "requests": dict(Counter(request.place for request in self.requests)),
            "tasks": {
                task.id: {
                    "pictures": task.pictures,
                    "digest": task.digest,
                    "polls": len(task.polls),
                }
                for task in self.tasks.values()
            },
            "charged": self.charged,
            "charged_twice": self.charged_twice,
            "leaks": self.leaks,
            "notes": self.notes,
            "faults": dict(Counter(self.faults)),
            "poll_gap": None if gap == inf else gap,
        }
