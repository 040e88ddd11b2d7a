"""One job from where it stands to saved files, with every step journaled before it is taken."""

import asyncio

from app.contract.responses import TaskResult
from app.jobs.asking import Questions
from app.jobs.collect import Collector
from app.jobs.links import Links
from app.jobs.polling import settled
from app.jobs.ports import Ports
from app.jobs.prepare import encode_upload
from app.jobs.saving import Saving
from app.jobs.sending import Sending
from app.jobs.steps import Listener, Steps, Work
from app.jobs.traffic import Traffic
from app.model.errors import (
    AnswerLost,
    AppError,
    BadAnswer,
    JobFailed,
    NotCreated,
    PictureError,
    RateLimited,
    ServiceDown,
    StorageError,
    TaskNotFound,
    Unreachable,
)
from app.model.job import Accepted, Job, JobState, Progress, Upload


def new_work(job: Job, ports: Ports) -> Work:
    """A job that nothing was done for yet."""
    return Work(
        id=job.id,
        service=job.service,
        load=lambda: job,
        upload=lambda: encode_upload(job, ports.original),
    )


async def run(work: Work, ports: Ports, traffic: Traffic, listener: Listener) -> JobState:
    """Take a job to its end and return its last state; failures are told through the listener.

    With a task id it is asked for and never sent. Raises `StorageError` and `PictureError` only
    before anything is sent: what is not recorded, or cannot be read back now, is not sent, and
    stays what it was. When cancelled it leaves the journal at the state last reached, from which
    it can be run again.
    """
    steps = Steps(work, ports, listener)
    async with traffic.place(work.service, ports.backend):
        if work.task_id is not None:
            return await _see_through(steps, Accepted(task_id=work.task_id), traffic)
        try:
            accepted = await _accepted(steps, traffic)
        except (PictureError, StorageError):
            raise
        except AppError as error:
            return await steps.end_unsubmitted(_unsubmitted(error), error)
        return await _see_through(steps, accepted, traffic)


async def _accepted(steps: Steps, traffic: Traffic) -> Accepted:
    """The job, sent: a new one is put on disk at once, others are read when it is their turn."""
    given: tuple[Job, Upload] | None = None
    if steps.work.state is None:
        given = await _given(steps, traffic)
        await steps.prepare(*given)
    elif steps.work.state is JobState.SUBMITTING:
        await steps.note(JobState.PREPARED)  # what the disk refused when it was known
    steps.report(Progress(step="waiting"))
    async with traffic.turn(steps.work.service):
        job, upload = given or await _given(steps, traffic)
        return await Sending(job, upload, steps, traffic).accepted()


async def _given(steps: Steps, traffic: Traffic) -> tuple[Job, Upload]:
    """The job and what it sends."""
    steps.report(Progress(step="preparing"))
    async with traffic.desk:
        return await _loaded(steps), await asyncio.to_thread(steps.work.upload)


async def _loaded(steps: Steps) -> Job:
    job = await asyncio.to_thread(steps.work.load)
    steps.listener.loaded(job)
    return job


async def _see_through(steps: Steps, accepted: Accepted, traffic: Traffic) -> JobState:
    """From the task's id to its pictures. Whatever is in the way of that sets the job aside: it
    is paid for, and can be asked for again."""
    task_id = accepted.task_id
    try:
        await steps.accept(accepted)
        questions = Questions(task_id, steps.work.service, steps.ports.backend, traffic)
        return await _collected(steps, questions)
    except AnswerLost as error:
        return await steps.end_unsubmitted(JobState.UNKNOWN, error)
    except AppError as error:
        return steps.set_aside(task_id, error)


async def _collected(steps: Steps, questions: Questions) -> JobState:
    kept = await asyncio.to_thread(_kept, steps)
    answer: TaskResult | None = None
    if not kept:
        try:
            answer = await settled(questions, steps.report)
        except JobFailed as error:
            return await steps.note(JobState.FAILED, error=error)
        except TaskNotFound as error:
            return await steps.note(JobState.LOST, error=error)
    return await _saved(steps, questions, answer, kept)


def _kept(steps: Steps) -> frozenset[int]:
    """All that is missing, if all of it was kept as it came: then nobody has to be asked."""
    work = steps.work
    kept = steps.ports.shelf.kept_indices(work.id) - work.have
    if not kept:
        return frozenset()  # as of nearly every job, so that none is read for nothing
    missing = frozenset(range(work.load().parameters.image_num)) - work.have
    return missing if missing <= kept else frozenset()


async def _saved(
    steps: Steps, questions: Questions, answer: TaskResult | None, kept: frozenset[int]
) -> JobState:
    await steps.note(JobState.SAVING)
    job = await _loaded(steps)
    seed = None if answer is None else answer.extra.seed
    async with questions.traffic.desk:
        saving = await asyncio.to_thread(Saving, job, steps.ports, seed)
    links = Links(answer, questions)
    missing = await Collector(job, saving, links, steps, questions.traffic).collect(kept)
    if missing is None:
        return await steps.note(JobState.DONE)
    return await steps.note(JobState.PARTIAL, error=missing)


def _unsubmitted(error: AppError) -> JobState:
    """What a failed submit means for the job: may it have been carried out, and charged?"""
    match error:
        case Unreachable() | RateLimited():
            return JobState.NOT_SENT
        case NotCreated():
            return JobState.NOT_CREATED
        case AnswerLost() | BadAnswer() | ServiceDown():
            return JobState.UNKNOWN
        case _:
            return JobState.REJECTED
