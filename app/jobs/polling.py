"""Asking for a task's result until it is settled. Nothing but the service's word ends a job."""

import logging
import math
import random

from app.contract.responses import TaskResult, TaskStatus
from app.jobs.asking import Questions
from app.jobs.gate import is_key_refusal
from app.jobs.ports import Report
from app.model.errors import AppError, JobFailed, RateLimited, TaskNotFound
from app.model.job import Progress

log = logging.getLogger(__name__)

QUICK_S, EASY_S, SLOW_S = 120.0, 900.0, 86_400.0
"""Ages of a task at which it is asked for less often; after the last only when woken."""

LONG_S = 300.0
"""From this age on a task takes longer than usual."""

MISSING_S = 300.0
MISSING_TIMES = 3
"""A task is lost when the service says so this often in a row, over this long: the server that
answers may not have heard of a fresh task, or be another one for a while."""

EMPTY_TIMES = 10
EMPTY_PAUSE_S = 12.0
"""A finished task that shows no pictures yet is asked again for two minutes."""


def delay_s(age_s: float, polls: int, *, is_local: bool) -> float:
    """Seconds from poll number `polls` of a task of some age to the next: ever calmer."""
    if is_local:
        return min(0.5, 0.1 * 1.3 ** min(polls, 10))
    if age_s < QUICK_S:
        return min(5.0, 1.3 ** min(polls, 10))
    if age_s < EASY_S:
        return 10.0
    return 30.0 if age_s < SLOW_S else math.inf


async def settled(questions: Questions, report: Report) -> TaskResult:
    """Ask until the task has succeeded; its result, perhaps without pictures.

    Raises `JobFailed` with the service's reason, `TaskNotFound` once that is certain, and where
    nobody is there to change a key, its refusal.
    """
    traffic, service = questions.traffic, questions.service
    watch = Watch(traffic.clock.now(), is_local=service.is_builtin)
    while True:
        await traffic.clock.sleep(watch.asked_s)
        await traffic.pulse.nap(watch.wait_s - watch.asked_s)
        used = questions.backend.fingerprint
        try:
            answer = await questions.ask()
        except AppError as error:
            if is_key_refusal(error):
                await traffic.gate.refused(service, questions.backend, used, error, report)
            else:
                watch.failed(error, traffic.clock.now())
        else:
            if watch.heard(answer, traffic.clock.now()):
                return answer
        report(watch.progress)


class Watch:
    """What is known of a task from its answers.

    `wait_s` is how long to leave it alone now, of which the service asked for `asked_s`.
    """

    def __init__(self, now: float, *, is_local: bool) -> None:
        self._started = now
        self._is_local = is_local
        self._polls = 0
        self._troubles = 0
        self._missing_since: float | None = None
        self._missing = 0
        self._empty = 0
        self._has_succeeded = False
        self._has_met_strange = False
        self._fraction: float | None = None
        self._step = "working"
        self.wait_s = delay_s(0, 0, is_local=is_local)
        self.asked_s = 0.0
        self.progress = Progress(step="working")

    def heard(self, answer: TaskResult, now: float) -> bool:
        """Take in an answer; whether the task has succeeded and shows its pictures.

        A success counts also when a later answer takes it back; then too the pictures may come.
        Raises `JobFailed`.
        """
        self._polls += 1
        self.asked_s = 0.0
        self._troubles = self._missing = 0
        self._missing_since = None
        status = answer.task.status
        self._has_succeeded |= status is TaskStatus.SUCCEED
        if self._has_succeeded:
            return self._is_complete(answer, now)
        if status is TaskStatus.FAILED:
            raise JobFailed(answer.task.reason)
        self._note_progress(answer)
        self.wait_s = delay_s(now - self._started, self._polls, is_local=self._is_local)
        self._tell(now)
        return False

    def failed(self, error: AppError, now: float) -> None:
        """Take in that there was no answer; raises `error` where it is certain and final."""
        if isinstance(error, JobFailed) and not self._has_succeeded:
            raise error
        if isinstance(error, TaskNotFound):
            self._note_missing(error, now)
        self._troubles += 1
        self.asked_s = (error.retry_after_s or 0.0) if isinstance(error, RateLimited) else 0.0
        self.wait_s = max(self._trouble_s(), self.asked_s)
        self._tell(now, trouble=True)

    def _is_complete(self, answer: TaskResult, now: float) -> bool:
        if answer.images:
            return True
        self._empty += 1
        self.wait_s = EMPTY_PAUSE_S
        self._tell(now)
        return self._empty > EMPTY_TIMES

    def _note_missing(self, error: TaskNotFound, now: float) -> None:
        if self._is_local:
            raise error  # the engine forgets its tasks when the program ends
        self._missing += 1
        self._missing_since = now if self._missing_since is None else self._missing_since
        if self._missing >= MISSING_TIMES and now - self._missing_since >= MISSING_S:
            raise error

    def _trouble_s(self) -> float:
        """2, 4, 8 … 60 seconds, a little at random."""
        return min(60.0, 2.0 ** min(self._troubles, 6)) * random.uniform(0.8, 1.2)

    def _note_progress(self, answer: TaskResult) -> None:
        """Progress as told, never backwards; services that only ever say 0 tell nothing."""
        task = answer.task
        if task.status is TaskStatus.UNKNOWN and not self._has_met_strange:
            self._has_met_strange = True
            log.warning("a status that is not known; the task counts as running")
        self._step = "queued" if task.status is TaskStatus.QUEUED else "working"
        if task.progress_percent is not None and task.progress_percent > 0:
            told = min(task.progress_percent, 100.0) / 100
            self._fraction = max(self._fraction or 0.0, told)

    def _tell(self, now: float, *, trouble: bool = False) -> None:
        self.progress = Progress(
            step=self._step,
            fraction=None if self._step == "queued" else self._fraction,
            trouble=trouble,
            until=now + self.wait_s if trouble else None,
            is_long=now - self._started >= LONG_S,
        )
