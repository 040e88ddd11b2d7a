"""The jobs under way: started, followed and halted, each in a task of its own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from app.jobs.acts import give_up
from app.jobs.steps import Listener
from app.jobs.traffic import Traffic
from app.jobs.ways import broken_off, not_sent
from app.model.errors import AppError, SetAside
from app.model.job import JobState
from app.session.entry import WAITING, Entry
from app.session.job_list import JobList

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from app.jobs.ports import Ports
    from app.jobs.steps import Work
    from app.model.services import Service

Spawn = Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]]
Then = Callable[[Entry], Coroutine[Any, Any, None]]


class JobRuns(JobList):
    """The list, and how its jobs run. No job is ever run twice at a time.

    `ports` is called in a thread, as it may open the journal, and may raise an `AppError`.
    `paused(Service, AppError)` tells that a service refuses its key.
    """

    paused = Signal(object, object)

    def __init__(
        self,
        ports: Callable[[Service], Ports],
        spawn: Spawn,
        parent: QObject | None = None,
        traffic: Traffic | None = None,
    ) -> None:
        super().__init__(parent)
        self._ports = ports
        self._spawn = spawn
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._stopping: set[str] = set()
        self.traffic = traffic or Traffic()
        """What all jobs share; its limits may be changed at any time."""
        self.traffic.gate.on_refused(self.paused.emit)

    def _start(self, entry: Entry) -> None:
        self._put(entry)
        if entry.is_running:
            self._tasks[entry.id] = self._spawn(self._run(entry.work))

    def _go_on(self, entry: Entry, *, task_id: str | None) -> None:
        """Run a job again from where it stands."""
        attempts = entry.attempt.number if entry.attempt else 0
        work = replace(
            entry.work, state=entry.noted, attempts=attempts, task_id=task_id, have=entry.have
        )
        now = time.monotonic()
        again = replace(entry, work=work, progress=WAITING, is_unwanted=False)
        self._start(replace(again, started=now, finished=None))

    async def _run(self, work: Work) -> None:
        from app.jobs.runner import run

        try:
            ports = await asyncio.to_thread(self._ports, work.service)
            await run(work, ports, self.traffic, self._listener(work.id))
        except AppError as error:  # what cannot be read or recorded is not sent
            self._end(work.id, not_sent(self.entry(work.id).state), error)
        except Exception:  # a bug, which the owner of the task hears of
            self._end(work.id, broken_off(self.entry(work.id).state), None)
            raise

    def _listener(self, job_id: str) -> Listener:
        return Listener(
            follow=partial(self._follow, job_id),
            noted=lambda state: self._change(job_id, noted=state),
            report=lambda progress: self._change(job_id, progress=progress),
            deliver=self._deliver,
            loaded=lambda job: self._change(job_id, job=job),
            announced=lambda attempt: self._change(job_id, attempt=attempt),
        )

    def _follow(
        self, job_id: str, state: JobState, task_id: str | None, error: AppError | None
    ) -> None:
        if task_id is not None:
            self._change(job_id, task_id=task_id)
        if state.is_final:
            self._end(job_id, state, error)
        else:
            self._change(job_id, state=state)
        if state is JobState.PREPARED and self.entry(job_id).is_unwanted:
            self._halt(job_id, self._give_up)  # the service has not taken it after all

    def _halt(self, job_id: str, then: Then) -> None:
        """Cancel a job that runs; until its last step is taken it counts as running."""
        self._stopping.add(job_id)
        self._tasks[job_id].cancel()
        self._spawn(self._halted(job_id, then))

    async def _halted(self, job_id: str, then: Then) -> None:
        """See a cancelled job to its end; another try that had not begun leaves it as it was."""
        try:
            await asyncio.wait({self._tasks[job_id]})
            entry = self.entry(job_id)
            if entry.is_running and entry.state.is_final:
                self._end(job_id, entry.state, entry.error)
            elif entry.is_running:
                await then(entry)
        finally:
            self._stopping.discard(job_id)

    async def _leave(self, entry: Entry) -> None:
        self._end(entry.id, entry.state, SetAside())

    async def _give_up(self, entry: Entry) -> None:
        failure: AppError | None = None
        try:
            ports = await asyncio.to_thread(self._ports, entry.service)
            if entry.noted is not None:
                await give_up(entry.id, entry.task_id, ports)
                self._change(entry.id, noted=JobState.CANCELLED)
        except AppError as error:
            failure = error
        self._end(entry.id, JobState.CANCELLED, failure)
