"""`maskwright resume`: finishes the jobs that an earlier end has left, without a window."""

import argparse
import asyncio
import json
from functools import partial

from app.headless.options import add_discretion
from app.headless.telling import DONE, NOT_SAVED, STOPPED, ProgressLines, exit_code, say, tell_error
from app.headless.work import with_parts
from app.jobs.ports import Ports
from app.jobs.resuming import Earlier, Outcome, resume_all
from app.jobs.steps import Listener
from app.jobs.traffic import Traffic
from app.model.errors import AppError
from app.model.job import JobState, Result
from app.model.services import Service
from app.parts import Parts

UNKNOWN = 7
"""The exit code when a job needs the artist's decision."""


def main(arguments: list[str]) -> int:
    """Run the command; the exit code."""
    parser = argparse.ArgumentParser(
        prog="maskwright resume",
        description="Finish the jobs that an earlier end has left: ask for the pictures of those "
        "that were sent, send those that surely were not. Prints the paths of the saved results.",
        epilog="Exit codes: 0 all done, 7 a job may have been sent and needs a decision in the "
        "window, else as for inpaint.",
    )
    parser.add_argument("--json", action="store_true", help="print the outcome as a JSON list")
    add_discretion(parser)
    options = parser.parse_args(arguments)
    make = partial(Parts.from_environment, describes=options.describes)
    try:
        return asyncio.run(with_parts(make, partial(_resume, as_json=options.json)))
    except KeyboardInterrupt:
        say("maskwright: stopped; what is not done can be resumed later")
        return STOPPED


async def _resume(parts: Parts, *, as_json: bool) -> int:
    recovery = await asyncio.to_thread(parts.recover)
    if recovery.refusal is not None:
        raise recovery.refusal
    if not recovery.is_alone:
        say("maskwright: another one is at work with these jobs; it finishes them")
        return DONE
    return await _finish(parts, as_json=as_json)


async def _finish(parts: Parts, *, as_json: bool) -> int:
    ended = _Ended(as_json=as_json)

    async def ready(service: Service) -> Ports:
        return await asyncio.to_thread(parts.ports, service)

    traffic = Traffic(is_attended=False)
    outcomes = await resume_all(parts.journal, ready, traffic, ended.listener)
    if as_json:
        print(json.dumps([ended.summary(one) for one in outcomes], ensure_ascii=False), flush=True)
    for outcome in outcomes:
        _tell(outcome, ended.error(outcome))
    return max((_code(one, ended.error(one)) for one in outcomes), default=DONE)


def _tell(outcome: Outcome, error: AppError | None) -> None:
    if outcome.state is JobState.UNKNOWN:
        say(f"maskwright: job {outcome.earlier.work.id} may have been sent; decide in the window")
    elif error is not None:
        tell_error(error)


def _code(outcome: Outcome, error: AppError | None) -> int:
    if outcome.state is JobState.UNKNOWN:
        return UNKNOWN
    if error is not None:
        return exit_code(error, outcome.state)
    return DONE if outcome.state is JobState.DONE else NOT_SAVED


class _Ended:
    """What is heard of each job."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._errors: dict[str, AppError | None] = {}
        self._results: dict[str, list[Result]] = {}

    def listener(self, earlier: Earlier) -> Listener:
        """Who hears of one job."""
        job_id = earlier.work.id

        def follow(state: JobState, task_id: str | None, error: AppError | None) -> None:
            self._errors[job_id] = error

        return Listener(follow=follow, report=ProgressLines(), deliver=self._keep)

    def error(self, outcome: Outcome) -> AppError | None:
        """Why a job is not done."""
        return outcome.error or self._errors.get(outcome.earlier.work.id)

    def summary(self, outcome: Outcome) -> dict[str, object]:
        """One job's outcome as plain values."""
        error, job_id = self.error(outcome), outcome.earlier.work.id
        return {
            "job": job_id,
            "state": outcome.state.value,
            "error": None if error is None else str(error),
            "results": [str(result.path) for result in self._results.get(job_id, ())],
        }

    def _keep(self, result: Result) -> None:
        self._results.setdefault(result.job_id, []).append(result)
        if not self._as_json:
            print(result.path, flush=True)
