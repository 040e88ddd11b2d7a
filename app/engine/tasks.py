"""The engine's tasks: accepted, waiting, running, finished, and forgotten in time.

All bounds are here: how many tasks wait, how much memory they and their results take, and how
long results live. The worker processes do the work; this only keeps the books.
"""

import asyncio
import functools
import logging
import math
import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.contract.reasons import Reason
from app.contract.responses import TaskStatus
from app.engine.process import Worker, WorkerDied
from app.engine.refusals import Refusal
from app.worker.frames import Frame

log = logging.getLogger(__name__)

_LONGEST_RETRY_S = 60
_USUAL_RETRY_S = 5
_TELLING_FRACTION = 0.05
"""Below this much progress nothing can be said about the time left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the engine keeps at most.

    `waiting_bytes` bounds the pictures of tasks that wait, `result_bytes` those of finished
    ones: the oldest task is forgotten first. A finished task lives for `ttl_s` seconds.
    """

    waiting: int = 16
    waiting_bytes: int = 256 * 2**20
    result_bytes: int = 512 * 2**20
    finished: int = 256
    ttl_s: float = 3600


@dataclass(slots=True, eq=False, kw_only=True)
class Task:
    """One task; times are the clock's."""

    id: str
    order: Frame
    status: TaskStatus = TaskStatus.QUEUED
    reason: str = ""
    fraction: float = 0
    started: float = 0
    finished: float = 0
    pictures: dict[str, bytes] = field(default_factory=dict)
    """The result files by their unguessable names."""

    @property
    def seed(self) -> int:
        return int(self.order.data["seed"])

    @property
    def image_type(self) -> str:
        return str(self.order.data["image_type"])

    @property
    def size(self) -> int:
        """Bytes of all results."""
        return sum(map(len, self.pictures.values()))


class Tasks:
    """Runs tasks, as many at a time as there are workers."""

    def __init__(
        self, workers: Sequence[Worker], limits: Limits, clock: Callable[[], float]
    ) -> None:
        self._workers = tuple(workers)
        self._idle = list(workers)
        self._limits = limits
        self._clock = clock
        self._waiting: dict[str, Task] = {}
        self._running: dict[str, tuple[Task, asyncio.Task[None]]] = {}
        self._finished: dict[str, Task] = {}
        self._is_closed = False

    def check_room(self, size: int = 0) -> None:
        """Raise a `Refusal` when no task of `size` bytes can be taken now."""
        limits = self._limits
        waiting_bytes = sum(task.order.size for task in self._waiting.values())
        is_full = len(self._waiting) >= limits.waiting or (
            bool(self._waiting) and waiting_bytes + size > limits.waiting_bytes
        )
        if is_full or self._is_closed:
            raise Refusal(
                Reason.RATE_LIMIT_EXCEEDED,
                "too many tasks are waiting",
                retry_after_s=self._next_free_s(),
            )

    def accept(self, order: Frame) -> Task:
        """Queue an order that was checked."""
        self.check_room(order.size)
        task = Task(id=uuid.uuid4().hex, order=order)
        self._waiting[task.id] = task
        self._start_next()
        return task

    def find(self, task_id: str) -> Task:
        """The task; raises a `Refusal` when it never was or is forgotten."""
        self._forget_old()
        running, _ = self._running.get(task_id, (None, None))
        if running is not None and running.finished:
            running = None  # its worker will be free in a moment, and it may be forgotten
        task = self._waiting.get(task_id) or self._finished.get(task_id) or running
        if task is None:
            raise Refusal(Reason.TASK_NOT_FOUND, "no such task")
        return task

    def picture(self, name: str) -> tuple[bytes, str] | None:
        """A result by its name, with its image type; None when it is gone."""
        self._forget_old()
        for task in self._finished.values():
            if name in task.pictures:
                return task.pictures[name], task.image_type
        return None

    def eta_s(self, task: Task) -> int:
        """Seconds that a running task still needs, as far as its pace so far tells; else 0."""
        if task.status is not TaskStatus.PROCESSING or task.fraction < _TELLING_FRACTION:
            return 0
        elapsed = self._clock() - task.started
        return math.ceil(elapsed * (1 - task.fraction) / task.fraction)

    def ttl_s(self, task: Task) -> int:
        """Seconds that a finished task will still be kept."""
        return math.ceil(task.finished + self._limits.ttl_s - self._clock())

    async def stop(self, task_id: str) -> None:
        """End a task and forget it; when this returns, its process is gone."""
        self.find(task_id)
        self._waiting.pop(task_id, None)
        if task_id in self._running:
            _, run = self._running[task_id]
            run.cancel()
            await asyncio.wait([run])
        self._finished.pop(task_id, None)

    async def aclose(self) -> None:
        """End all tasks and all workers."""
        self._is_closed = True
        self._waiting.clear()
        runs = [run for _, run in self._running.values()]
        for run in runs:
            run.cancel()
        if runs:
            await asyncio.wait(runs)
        for worker in self._workers:
            await worker.aclose()

    def _start_next(self) -> None:
        while self._idle and self._waiting:
            worker = self._idle.pop()
            task = self._waiting.pop(next(iter(self._waiting)))
            run = asyncio.get_running_loop().create_task(self._run(worker, task))
            self._running[task.id] = task, run
            run.add_done_callback(functools.partial(self._go_on, worker, task))

    async def _run(self, worker: Worker, task: Task) -> None:
        task.status, task.started = TaskStatus.PROCESSING, self._clock()

        def hear(frame: Frame) -> None:
            task.fraction = max(task.fraction, frame.data["fraction"])

        try:
            answer = await worker.ask(Frame("fill", task.order.data, task.order.parts), hear)
        except WorkerDied as error:
            log.warning("a worker died: %s", error)
            answer = Frame("broken")
        self._finish(task, answer)

    def _finish(self, task: Task, answer: Frame) -> None:
        """Note how a task ended, all in one step: nobody may see it half finished."""
        if answer.kind == "done":
            task.pictures = {secrets.token_urlsafe(24): file for file in answer.parts}
            task.status, task.fraction = TaskStatus.SUCCEED, 1
        else:
            task.status = TaskStatus.FAILED
            task.reason = answer.data.get("reason", "the engine failed on this picture")
        task.order = Frame("order", task.order.data)  # its pictures are not needed any more
        task.finished = self._clock()
        self._finished[task.id] = task
        self._forget_old()

    def _go_on(self, worker: Worker, task: Task, run: asyncio.Task[None]) -> None:
        """Free the worker of a task that ended; one that was cancelled is simply dropped."""
        del self._running[task.id]
        self._idle.append(worker)
        if not run.cancelled() and (error := run.exception()):
            log.error("a task broke", exc_info=error)
            self._finish(task, Frame("broken"))
        if not self._is_closed:
            self._start_next()

    def _forget_old(self) -> None:
        """Drop what is too old or too much, oldest first; the newest task always stays."""
        now, limits = self._clock(), self._limits
        kept = sum(task.size for task in self._finished.values())
        for task in list(self._finished.values()):
            is_newest = len(self._finished) == 1
            is_too_much = kept > limits.result_bytes or len(self._finished) > limits.finished
            if now >= task.finished + limits.ttl_s or (is_too_much and not is_newest):
                kept -= self._finished.pop(task.id).size

    def _next_free_s(self) -> int:
        waits = [self.eta_s(task) for task, _ in self._running.values()]
        known = [wait for wait in waits if wait]
        return min(_LONGEST_RETRY_S, min(known, default=_USUAL_RETRY_S))
