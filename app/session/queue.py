"""The jobs of this session: started, watched, stopped, and what came of them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.model.errors import AppError
from app.model.job import Job, JobState, Progress, Result

if TYPE_CHECKING:
    from app.contract.parameters import Parameters
    from app.jobs.ports import Ports
    from app.model.picture import Picture, Plane
    from app.model.services import Service

AT_ONCE = 3
"""Jobs that talk to their service at the same time; the others wait their turn."""

Spawn = Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Entry:
    """A job as it stands now.

    `state` and `task_id` are what the journal holds, once `is_recorded`, unless the disk refused
    them (see `jobs.runner.Follow`). `results` are on disk, in the order of their index. `started`
    and `finished` are readings of `time.monotonic`.
    """

    job: Job
    state: JobState
    progress: Progress
    results: tuple[Result, ...] = ()
    error: AppError | None = None
    task_id: str | None = None
    is_recorded: bool = False
    started: float
    finished: float | None = None

    @property
    def is_running(self) -> bool:
        return self.finished is None

    @property
    def can_retry(self) -> bool:
        """Whether another try is surely safe: no task was made, or it is there to be asked for."""
        if self.is_running or self.state is JobState.UNKNOWN:
            return False
        return self.state is not JobState.DONE


class JobQueue(QObject):
    """All jobs since the program started, oldest first.

    Signals: `job_added(id)`, `job_changed(id)`, `result_added(Result)` once it is on disk,
    `job_removed(id)`, and `failed(AppError)` for a job that could not even be made.

    `ports` is called in a thread, as it may open the journal, and may raise an `AppError`.
    """

    job_added = Signal(str)
    job_changed = Signal(str)
    job_removed = Signal(str)
    result_added = Signal(object)
    failed = Signal(object)

    def __init__(
        self, ports: Callable[[Service], Ports], spawn: Spawn, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ports = ports
        self._spawn = spawn
        self._entries: dict[str, Entry] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._stopping: set[str] = set()
        self._turn = asyncio.Semaphore(AT_ONCE)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entries.values())

    @property
    def running(self) -> int:
        """How many jobs have not ended."""
        return sum(entry.is_running for entry in self._entries.values())

    @property
    def newest_result(self) -> Result | None:
        """The last result of the newest job that has any."""
        last = (entry.results[-1] for entry in reversed(self.entries) if entry.results)
        return next(last, None)

    def entry(self, job_id: str) -> Entry:
        """The job of that id; raises `KeyError`."""
        return self._entries[job_id]

    def submit(
        self, service: Service, parameters: Parameters, picture: Picture, mask: Plane
    ) -> None:
        """Start a job. `mask` must not change afterwards. A bad value is told through `failed`."""
        self._spawn(self._submit(service, parameters, picture, mask))

    def cancel(self, job_id: str) -> None:
        """Stop a job that runs. What a service has begun, it may finish and charge for."""
        if self.entry(job_id).is_running and job_id not in self._stopping:
            self._stopping.add(job_id)
            self._tasks[job_id].cancel()
            self._spawn(self._abandon(job_id, self._tasks[job_id]))

    def retry(self, job_id: str) -> None:
        """Ask for the task again if there is one, else start the same job anew."""
        entry = self.entry(job_id)
        if not entry.can_retry:
            return
        if entry.task_id and entry.state in {JobState.LOST, JobState.PARTIAL}:
            waiting = Progress(step="waiting")
            self._start(replace(entry, progress=waiting, started=time.monotonic(), finished=None))
            return
        job = entry.job
        self.remove(job_id)
        self.submit(job.service, job.parameters, job.picture, job.mask)

    def remove(self, job_id: str) -> None:
        """Take an ended job off the list; its files stay."""
        if not self.entry(job_id).is_running:
            del self._entries[job_id]
            self._tasks.pop(job_id, None)
            self.job_removed.emit(job_id)

    async def _submit(
        self, service: Service, parameters: Parameters, picture: Picture, mask: Plane
    ) -> None:
        # Here, as numpy and Pillow must not be loaded on the way to the first job.
        from app.jobs.prepare import new_job

        try:
            job = await asyncio.to_thread(new_job, service, parameters, picture, mask)
        except AppError as error:
            self.failed.emit(error)
            return
        self._start(
            Entry(
                job=job,
                state=JobState.PREPARED,
                progress=Progress(step="waiting"),
                started=time.monotonic(),
            )
        )

    def _start(self, entry: Entry) -> None:
        known = entry.job.id in self._entries
        self._entries[entry.job.id] = entry
        (self.job_changed if known else self.job_added).emit(entry.job.id)
        self._tasks[entry.job.id] = self._spawn(self._run(entry))

    async def _run(self, entry: Entry) -> None:
        from app.jobs.runner import resume, run

        job = entry.job
        listeners: dict[str, Any] = {
            "follow": partial(self._follow, job.id),
            "report": lambda progress: self._change(job.id, progress=progress),
            "deliver": self._deliver,
        }
        async with self._turn:
            try:
                ports = await asyncio.to_thread(self._ports, job.service)
                if entry.task_id is None:
                    await run(job, ports, **listeners)
                else:
                    have = {result.index for result in entry.results}
                    await resume(job, entry.task_id, ports, have=have, **listeners)
            except AppError as error:  # the disk refused the record: nothing was sent
                self._end(job.id, JobState.NOT_SENT, error)
            except Exception:  # a bug, which the owner of the task hears of
                self._end(job.id, _broken_off(self.entry(job.id).state), None)
                raise

    async def _abandon(self, job_id: str, task: asyncio.Task[None]) -> None:
        """See a cancelled job to its end; a task that was asked for again stays set aside."""
        await asyncio.wait({task})
        entry = self.entry(job_id)
        if entry.is_running and entry.state.is_final:
            self._end(job_id, entry.state, entry.error)
        elif entry.is_running:
            await self._give_up(entry)
        self._stopping.discard(job_id)

    async def _give_up(self, entry: Entry) -> None:
        """Record that a job is given up; one that was on its way out may be charged."""
        job_id, state = entry.job.id, _given_up(entry)
        try:
            ports = await asyncio.to_thread(self._ports, entry.job.service)
            if entry.task_id is not None:
                await ports.backend.stop(entry.task_id)
            if entry.is_recorded:
                await asyncio.to_thread(ports.journal.note, job_id, state)
        except AppError as error:
            self._end(job_id, state, error)
        else:
            self._end(job_id, state, None)

    def _follow(
        self, job_id: str, state: JobState, task_id: str | None, error: AppError | None
    ) -> None:
        if task_id is not None:
            self._change(job_id, task_id=task_id)
        if state.is_final:
            self._end(job_id, state, error)
        else:
            self._change(job_id, state=state, is_recorded=True)

    def _deliver(self, result: Result) -> None:
        entry = self.entry(result.job_id)
        results = sorted((*entry.results, result), key=lambda one: one.index)
        self._change(result.job_id, results=tuple(results))
        self.result_added.emit(result)

    def _end(self, job_id: str, state: JobState, error: AppError | None) -> None:
        self._change(job_id, state=state, error=error, finished=time.monotonic())

    def _change(self, job_id: str, **changes: Any) -> None:
        self._entries[job_id] = replace(self._entries[job_id], **changes)
        self.job_changed.emit(job_id)


def _given_up(entry: Entry) -> JobState:
    """What a job that was stopped is from now on: may it be carried out, and charged?"""
    if entry.state is not JobState.SUBMITTING or entry.job.service.is_builtin:
        return JobState.CANCELLED  # the built-in engine drops a request together with its caller
    # A request that was not wholly out has started nothing (`Backend.submit`).
    return JobState.UNKNOWN if entry.progress.fraction == 1.0 else JobState.CANCELLED


def _broken_off(state: JobState) -> JobState:
    """What a job that a bug ended in `state` is from now on."""
    ends = {JobState.PREPARED: JobState.NOT_SENT, JobState.SUBMITTING: JobState.UNKNOWN}
    return ends.get(state, JobState.LOST)
