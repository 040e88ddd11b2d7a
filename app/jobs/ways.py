"""What may be done about a job where it stands, without a second charge that nobody asked for."""

from typing import Literal

from app.model.job import JobState, Progress
from app.model.services import Service

Way = Literal["ask", "send", "anew"]
"""Ask for the task again, send the same job again, or begin a new job of the same kind."""

_TASK_IS_THERE = frozenset({JobState.SUBMITTED, JobState.SAVING, JobState.PARTIAL, JobState.LOST})
_SURELY_NO_TASK = frozenset(
    {JobState.PREPARED, JobState.NOT_SENT, JobState.NOT_CREATED, JobState.REJECTED}
)
_NEVER_UNASKED = frozenset({JobState.DONE, JobState.UNKNOWN, JobState.SUBMITTING})


def way_on(state: JobState, *, has_task: bool) -> Way | None:
    """How an ended job is tried again; None where that needs the artist's explicit consent.

    What is `UNKNOWN`, or still being sent, may have been charged, so no simple retry ever sends it
    again.
    """
    if state in _TASK_IS_THERE and has_task:
        return "ask"
    if state in _SURELY_NO_TASK:
        return "send"
    return None if state in _NEVER_UNASKED else "anew"


def can_stop(state: JobState, progress: Progress, service: Service, *, asks: bool) -> bool:
    """Whether cancelling a job that runs keeps it from being made, and charged.

    A request that is not wholly out has started nothing, and the built-in engine drops a request
    together with its caller. What a service has, it finishes: then the result is to be kept. One
    that `asks` for a task sends nothing that could be stopped.
    """
    if service.is_builtin:
        return True
    if state is JobState.SUBMITTING:
        return progress.fraction != 1.0
    return not asks and (state in _SURELY_NO_TASK or state is JobState.UNKNOWN)


def not_sent(state: JobState) -> JobState:
    """What a job is that could not be read or recorded: what it was, if that was more."""
    return state if state.is_final else JobState.NOT_SENT


def broken_off(state: JobState) -> JobState:
    """What a job that a bug ended in `state` is from now on: what it was, if that was an end."""
    ends = {
        JobState.PREPARED: JobState.NOT_SENT,
        JobState.SUBMITTING: JobState.UNKNOWN,
        JobState.SUBMITTED: JobState.LOST,
        JobState.SAVING: JobState.LOST,
    }
    return ends.get(state, state)
