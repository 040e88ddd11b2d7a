"""What the artist may have done about a job, with the disk and the service."""

import asyncio

from app.contract.text import is_task_id
from app.jobs.ports import Ports
from app.model.errors import InvalidInput
from app.model.job import UNDER_WAY, JobState
from app.model.services import Service


async def give_up(job_id: str, task_id: str | None, ports: Ports) -> None:
    """Record that a job is given up of which nothing was made, or which the engine can stop."""
    if task_id is not None:
        await ports.backend.stop(task_id)
    await asyncio.to_thread(ports.journal.note, job_id, JobState.CANCELLED)


async def hide(job_id: str, noted: JobState | None, ports: Ports) -> None:
    """Take a job off the list for good; one that was set aside is given up by that."""
    if noted in UNDER_WAY:
        await asyncio.to_thread(ports.journal.note, job_id, JobState.CANCELLED)
    await asyncio.to_thread(ports.journal.hide, job_id)


async def check_id(text: str, own: str | None, service: Service, ports: Ports) -> None:
    """Raise `InvalidInput` unless `text` may be the id of an unknown job's task.

    `own` is the id that was found in the job's own answer, which the journal knows already.
    """
    if not is_task_id(text):
        raise InvalidInput("task_id", "not_an_id")
    has_task = ports.journal.has_task
    if text != own and await asyncio.to_thread(has_task, service.base_url, text):
        raise InvalidInput("task_id", "taken")
