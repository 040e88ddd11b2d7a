"""What the commands say: progress and failures on standard error, and the exit codes."""

import sys
import time

from app.contract.fields import FieldProblem
from app.model.errors import (
    AnswerLost,
    AppError,
    BadAnswer,
    InvalidInput,
    JobFailed,
    Moderated,
    NotAllowed,
    NotKept,
    OutOfCredit,
    PictureError,
    RateLimited,
    Rejected,
    ServiceError,
    StorageError,
    TaskNotFound,
    Unauthorized,
)
from app.model.job import JobState, Progress

DONE = 0
INVALID = 2
REFUSED = 3
UNREACHABLE = 4
FAILED = 5
NOT_SAVED = 6
STOPPED = 130
"""As a shell tells that Ctrl+C ended a command."""

_CODES: tuple[tuple[type[AppError], int], ...] = (
    (InvalidInput, INVALID),
    (PictureError, INVALID),
    (StorageError, NOT_SAVED),
    (JobFailed, FAILED),
    (TaskNotFound, FAILED),
    (Unauthorized, REFUSED),
    (NotAllowed, REFUSED),
    (OutOfCredit, REFUSED),
    (RateLimited, REFUSED),
    (Rejected, REFUSED),
    (Moderated, REFUSED),
)
_STEPS = {
    "waiting": "Waiting",
    "preparing": "Preparing",
    "uploading": "Uploading",
    "queued": "Queued at the service",
    "working": "Working",
    "saving": "Saving",
}

_REASONS = {
    "rate": "Waiting, as only so many images are asked for in a minute",
    "limited": "The service asked to slow down, trying again",
    "unreachable": "No connection, trying again",
    "room": "The disk is full, trying again",
}


def exit_code(error: AppError, state: JobState | None = None) -> int:
    """The exit code for a failure; what came back unusable of a finished task is its failure."""
    if isinstance(error, BadAnswer) and state is JobState.PARTIAL:
        return FAILED
    return next((code for kind, code in _CODES if isinstance(error, kind)), UNREACHABLE)


def say(text: str) -> None:
    """One line to the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


def told(error: AppError, state: JobState | None = None) -> int:
    """Say what went wrong; the exit code for it."""
    tell_error(error)
    return exit_code(error, state)


def tell_error(error: AppError) -> None:
    """Say what went wrong, in the service's own words where it has any."""
    text = str(error)
    if isinstance(error, AnswerLost):
        chance = "probably was not" if error.is_charge_unlikely else "may have been"
        text = f"sent, but there was no clear answer ({text}); it {chance} charged"
    if isinstance(error, NotKept) and error.until is not None:
        text = f"{text}; the service has it until {error.until.astimezone():%H:%M} at least"
    if isinstance(error, ServiceError) and error.message and error.reason:
        text = f"{error.message} ({error.reason})"
    say(f"maskwright: {text or type(error).__name__}")


def tell_problem(problem: FieldProblem) -> None:
    """Say which field cannot be sent as it is."""
    option = problem.field.replace("_", "-")
    say(f"maskwright: {option}: {problem.text}")


class ProgressLines:
    """Says each new step, and every tenth of one that can be measured."""

    def __init__(self) -> None:
        self._last = ""

    def __call__(self, progress: Progress) -> None:
        line = _REASONS.get(progress.reason, _STEPS[progress.step])
        if progress.fraction is not None and not progress.reason:
            line = f"{line} {int(progress.fraction * 10) * 10} %"
        if progress.trouble and not progress.reason:
            line = "Connection trouble, trying again"
        if progress.until is not None:
            line = f"{line} in {max(0, round(progress.until - time.monotonic()))} s"
        if line != self._last:
            self._last = line
            say(line)
