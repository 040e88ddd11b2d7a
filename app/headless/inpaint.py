"""`maskwright inpaint`: one job without a window."""

import argparse
import asyncio
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.headless.options import add_discretion, add_fields, parameters_from
from app.headless.telling import (
    DONE,
    INVALID,
    STOPPED,
    ProgressLines,
    say,
    tell_error,
    tell_problem,
    told,
)
from app.headless.work import with_parts
from app.jobs.prepare import new_job
from app.jobs.runner import new_work, run
from app.jobs.steps import Listener
from app.jobs.traffic import Traffic
from app.model.errors import AppError, InvalidInput
from app.model.job import Job, JobState, Result
from app.model.mask_source import mask_of
from app.model.services import Service
from app.parts import Parts


def main(arguments: list[str]) -> int:
    """Run the command; the exit code."""
    options = _parser().parse_args(arguments)
    make = partial(Parts.from_environment, out=options.out, describes=options.describes)
    try:
        return asyncio.run(with_parts(make, partial(_inpaint, options)))
    except KeyboardInterrupt:
        say("maskwright: stopped; a service may still finish and charge for what it has begun")
        return STOPPED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="maskwright inpaint",
        description="Redraw the masked part of a picture. Prints the paths of the saved results.",
        epilog="Exit codes: 0 done, 2 invalid input, 3 refused by the service, 4 service "
        "unreachable, 5 the task failed, 6 could not save.",
    )
    parser.add_argument("image", type=Path, help="the picture")
    parser.add_argument(
        "--mask",
        type=Path,
        required=True,
        help="a picture of the same size: white is redrawn, black is kept",
    )
    parser.add_argument("--out", type=Path, help="folder for the results")
    parser.add_argument("--base-url", help="the service; the built-in engine if there is none")
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")
    add_discretion(parser)
    add_fields(parser)
    return parser


async def _inpaint(options: argparse.Namespace, parts: Parts) -> int:
    try:
        service = parts.service(options.base_url)
        await parts.accounts.find_key(service)
        job = await asyncio.to_thread(_job, options, parts, service)
        return await _carry_out(job, parts, as_json=options.json)
    except InvalidInput as error:
        _tell_invalid(error, options)
        return INVALID


def _job(options: argparse.Namespace, parts: Parts, service: Service) -> Job:
    picture = parts.load(options.image)
    mask = mask_of(parts.load(options.mask))
    return new_job(service, parameters_from(options), picture, mask)


def _tell_invalid(error: InvalidInput, options: argparse.Namespace) -> None:
    for problem in parameters_from(options).problems():
        if problem.field == error.field:
            tell_problem(problem)
            return
    tell_error(error)


async def _carry_out(job: Job, parts: Parts, *, as_json: bool) -> int:
    outcome = _Outcome()
    listener = Listener(
        follow=outcome.follow, report=ProgressLines(), deliver=outcome.keeper(as_json=as_json)
    )
    ports = parts.ports(job.service)
    state = await run(new_work(job, ports), ports, Traffic(is_attended=False), listener)
    if as_json:
        print(json.dumps(outcome.summary(state), ensure_ascii=False), flush=True)
    return DONE if outcome.error is None else told(outcome.error, state)


class _Outcome:
    """What came of the job."""

    def __init__(self) -> None:
        self.error: AppError | None = None
        self._task_id: str | None = None
        self._results: list[Result] = []

    def follow(self, state: JobState, task_id: str | None, error: AppError | None) -> None:
        self._task_id = task_id or self._task_id
        self.error = error

    def keeper(self, *, as_json: bool) -> Callable[[Result], None]:
        """Takes each result as it is saved, and prints its path at once unless JSON is wanted."""

        def keep(result: Result) -> None:
            self._results.append(result)
            if not as_json:
                print(result.path, flush=True)

        return keep

    def summary(self, state: JobState) -> dict[str, object]:
        """The outcome as plain values."""
        return {
            "state": state.value,
            "task_id": self._task_id,
            "error": None if self.error is None else str(self.error),
            "results": [
                {
                    "index": result.index,
                    "path": str(result.path),
                    "raw_path": str(result.raw_path),
                    "seed": result.seed,
                    "width": result.size.width,
                    "height": result.size.height,
                }
                for result in sorted(self._results, key=lambda one: one.index)
            ],
        }
