"""What may be done about jobs: sent, cancelled, tried again, taken off the list."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from app.jobs.acts import check_id, hide
from app.jobs.ways import can_stop
from app.model.errors import AlreadySent, AppError
from app.model.job import JobState
from app.session.entry import Entry
from app.session.job_runs import JobRuns

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from app.contract.parameters import Parameters
    from app.jobs.resuming import Archive
    from app.model.picture import Picture, Plane
    from app.model.services import Service
    from app.model.snapshot import Snapshot

__all__ = ["Entry", "JobQueue"]


class JobQueue(JobRuns):
    """The jobs, and all that may be done about them.

    `failed(AppError)` tells what was asked and cannot be done, `balance_told(Service, before, now)`
    what an account held before a job, and holds now.

    Whatever is clicked twice is done once: a job that runs is neither retried nor sent again, and
    the journal lets no job take a step twice.
    """

    failed = Signal(object)
    balance_told = Signal(object, object, object)

    # Asked for by the artist.

    def submit(
        self, service: Service, parameters: Parameters, picture: Picture, mask: Snapshot
    ) -> None:
        """Start a job. A bad value is told through `failed`."""
        self._act(self._submit, service, parameters, picture, mask)

    def restore(self, archive: Callable[[], Archive]) -> None:
        """Go on with the jobs of earlier runs; `archive` is asked in a thread, once recovered."""
        self._act(self._restore, archive)

    def cancel(self, job_id: str) -> None:
        """Stop a job that runs. What a service has, it finishes: that is told, and collected."""
        entry = self.entry(job_id)
        if not entry.is_running or job_id in self._stopping:
            return
        asks = entry.work.task_id is not None
        if can_stop(entry.state, entry.progress, entry.service, asks=asks):
            self._halt(job_id, self._give_up)
        else:
            self._change(job_id, is_unwanted=True)
            self.failed.emit(AlreadySent())

    def set_aside(self, job_id: str) -> None:
        """Watch a task no longer for now; the service goes on with it, and it can be retried."""
        entry = self.entry(job_id)
        if entry.can_be_set_aside and job_id not in self._stopping:
            self._halt(job_id, self._leave)

    def retry(self, job_id: str) -> None:
        """Ask for the task again if there is one, or send the same job if surely none was made;
        one that the service gave up is begun anew, as a new job."""
        entry = self.entry(job_id)
        match entry.way:
            case "ask" if not entry.is_running:
                self._go_on(entry, task_id=entry.task_id)
            case "send" if not entry.is_running:
                self._go_on(entry, task_id=None)
            case "anew" if not entry.is_running:
                self._act(self._begin_anew, entry)

    def send_again(self, job_id: str) -> None:
        """Send an unknown job once more: the artist agrees that it may be charged twice."""
        entry = self.entry(job_id)
        if entry.state is JobState.UNKNOWN and not entry.is_running:
            self._go_on(entry, task_id=None)

    def adopt_task_id(self, job_id: str, text: str) -> None:
        """Ask for an unknown job under an id that the artist has found out."""
        entry = self.entry(job_id)
        if entry.state is JobState.UNKNOWN and not entry.is_running:
            self._act(self._adopt, entry, text.strip())

    def check_balance(self, job_id: str) -> None:
        """Ask what the account holds now: only a hint, as other jobs are charged to it too."""
        self._act(self._check_balance, self.entry(job_id))

    def remove(self, job_id: str) -> None:
        """Take an ended job off the list, for later runs too; its files stay."""
        entry = self.entry(job_id)
        if not entry.is_running:
            self._drop(job_id)
            self._tasks.pop(job_id, None)
            if entry.noted is not None:
                self._act(self._hide, entry)

    def resume(self, service: Service, *, by_hand: bool = False) -> None:
        """Let jobs go on that wait for a key: when it is another one now, or by hand."""
        self._act(self._resume, service, by_hand)

    # How it is done.

    async def _submit(
        self, service: Service, parameters: Parameters, picture: Picture, mask: Snapshot
    ) -> None:
        plane = await asyncio.to_thread(mask.plane)
        self._start(await self._made(service, parameters, picture, plane))

    async def _made(
        self, service: Service, parameters: Parameters, picture: Picture, mask: Plane
    ) -> Entry:
        # Here, as numpy and Pillow must not be loaded on the way to the first job.
        from app.jobs.prepare import new_job
        from app.jobs.runner import new_work

        job = await asyncio.to_thread(new_job, service, parameters, picture, mask)
        ports = await asyncio.to_thread(self._ports, service)
        return Entry.new(new_work(job, ports), job)

    async def _restore(self, archive: Callable[[], Archive]) -> None:
        from app.jobs.recalling import recall
        from app.jobs.resuming import left_over

        kept = await asyncio.to_thread(archive)
        earlier = await asyncio.to_thread(left_over, kept)
        news = [one for one in earlier if one.work.id not in self._entries]
        for one in news:
            self._start(Entry.restored(one))
        for one in news:
            await recall(one, kept, lambda job: self._change(job.id, job=job), self._show)

    async def _begin_anew(self, entry: Entry) -> None:
        job = entry.job
        if job is None:
            job = await asyncio.to_thread(entry.work.load)
        anew = await self._made(job.service, job.parameters, job.picture, job.mask)
        if entry.id in self._entries:  # else it was asked for twice
            self.remove(entry.id)
            self._start(anew)

    async def _adopt(self, entry: Entry, task_id: str) -> None:
        ports = await asyncio.to_thread(self._ports, entry.service)
        await check_id(task_id, entry.task_id, entry.service, ports)
        if self._entries.get(entry.id) is entry:
            self._go_on(entry, task_id=task_id)

    async def _check_balance(self, entry: Entry) -> None:
        ports = await asyncio.to_thread(self._ports, entry.service)
        before = entry.attempt.balance if entry.attempt else None
        self.balance_told.emit(entry.service, before, (await ports.backend.user()).balance)

    async def _hide(self, entry: Entry) -> None:
        ports = await asyncio.to_thread(self._ports, entry.service)
        await hide(entry.id, entry.noted, ports)

    async def _resume(self, service: Service, by_hand: bool) -> None:
        ports = await asyncio.to_thread(self._ports, service)
        self.traffic.gate.open(service, None if by_hand else ports.backend.fingerprint)

    def _act(self, act: Callable[..., Coroutine[Any, Any, None]], *about: Any) -> None:
        self._spawn(self._told(partial(act, *about)))

    async def _told(self, act: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """See an act through; what cannot be done is told."""
        try:
            await act()
        except AppError as error:
            self.failed.emit(error)
