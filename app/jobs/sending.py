"""Sending a job: announced before a byte leaves, and again only where none can have arrived.

The service has no way to recognise a request that it had before, so a second one costs twice.
Three things alone are repeated by themselves, up to `RETRIES` times: a request that surely was
not delivered, one that the service turned away for coming too fast, and, as often as it takes,
one that it refused for the key's sake. Between two tries the job is `PREPARED` again.
"""

import asyncio

from app.jobs.gate import is_key_refusal
from app.jobs.steps import Steps
from app.jobs.traffic import Traffic
from app.model.backoff import backoff_s
from app.model.errors import AppError, RateLimited, Unreachable
from app.model.job import Accepted, Job, JobState, Progress, Upload

RETRIES = 3

_LASTING = {"tls", "proxy"}
"""Kinds of `Unreachable` that do not pass by themselves."""


class Sending:
    """One job on its way to its service."""

    def __init__(self, job: Job, upload: Upload, steps: Steps, traffic: Traffic) -> None:
        self._job = job
        self._upload = upload
        self._steps = steps
        self._traffic = traffic
        self._backend = steps.ports.backend

    async def accepted(self) -> Accepted:
        """Send the job until the service took it; raises what became of it otherwise."""
        job, steps = self._job, self._steps
        body = await asyncio.to_thread(self._backend.digest, job.parameters, self._upload)
        await self._traffic.admitted(job.service, job.parameters.image_num, steps.report)
        tries = 0
        while True:
            await self._traffic.gate.passed(job.service, steps.report)
            used = self._backend.fingerprint
            try:
                return await self._sent(body)
            except AppError as error:
                failure = error
            if not is_key_refusal(failure):
                tries += 1
            await self._pause(failure, used, tries)

    async def _sent(self, body_sha256: str) -> Accepted:
        """One try. Cancelled before the whole request was out, the job is `PREPARED` again."""
        is_out = False

        def sent(done: int, total: int) -> None:
            nonlocal is_out
            is_out = done == total
            self._steps.tell_sent(done, total)

        try:
            await self._steps.announce(body_sha256)
            self._steps.tell_sent(0, 1)
            return await self._backend.submit(self._job.parameters, self._upload, sent)
        except asyncio.CancelledError:
            if not is_out:
                await self._steps.note(JobState.PREPARED)
            raise

    async def _pause(self, failure: AppError, used: str, tries: int) -> None:
        """Wait until the job may be sent again; raises `failure` if it may not by itself.

        `used` is the fingerprint of the key that it was sent with.
        """
        service, report = self._job.service, self._steps.report
        if is_key_refusal(failure):
            gate = self._traffic.gate
            if gate.is_attended:
                await self._steps.note(JobState.PREPARED)
            await gate.refused(service, self._backend, used, failure, report)
            return
        wait_s = _wait_s(failure, tries)
        if wait_s is None:
            raise failure
        await self._steps.note(JobState.PREPARED)
        reason = "limited" if isinstance(failure, RateLimited) else "unreachable"
        until = self._traffic.clock.now() + wait_s
        report(Progress(step="waiting", reason=reason, until=until, trouble=True))
        await self._traffic.clock.sleep(wait_s)


def _wait_s(failure: AppError, tries: int) -> float | None:
    """How long after try number `tries` a job may be sent again; None: not by itself."""
    if tries > RETRIES:
        return None
    if isinstance(failure, RateLimited):
        asked = failure.retry_after_s
        return backoff_s(tries - 1) if asked is None else asked
    if isinstance(failure, Unreachable) and failure.kind not in _LASTING:
        return backoff_s(tries - 1)
    return None
