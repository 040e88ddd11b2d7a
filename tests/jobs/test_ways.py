"""What may be done about a job where it stands."""

import pytest

from app.jobs.ways import broken_off, can_stop, way_on
from app.model.job import TRANSITIONS, JobState, Progress
from app.model.services import BUILTIN, PRESETS

REMOTE = PRESETS[1]
OUT, HALF = Progress(step="uploading", fraction=1.0), Progress(step="uploading", fraction=0.5)


@pytest.mark.parametrize("state", JobState)
@pytest.mark.parametrize("has_task", [True, False])
def test_a_way_on_is_a_step_that_the_journal_knows(state: JobState, *, has_task: bool) -> None:
    way = way_on(state, has_task=has_task)
    first = {"ask": JobState.SUBMITTED, "send": JobState.SUBMITTING}
    assert way in {None, "anew"} or first[str(way)] in TRANSITIONS[state]


def test_what_may_have_been_charged_has_no_way_on_without_consent() -> None:
    for has_task in (True, False):
        for state in (JobState.UNKNOWN, JobState.SUBMITTING):
            assert way_on(state, has_task=has_task) is None


def test_a_task_that_is_there_is_asked_for_and_never_sent() -> None:
    for state in (JobState.SUBMITTED, JobState.SAVING, JobState.PARTIAL, JobState.LOST):
        assert way_on(state, has_task=True) == "ask"


def test_a_job_can_be_stopped_for_as_long_as_the_service_cannot_have_it() -> None:
    waiting, working = Progress(step="waiting"), Progress(step="working")
    assert can_stop(JobState.PREPARED, waiting, REMOTE, asks=False)
    assert can_stop(JobState.SUBMITTING, HALF, REMOTE, asks=False)
    assert not can_stop(JobState.SUBMITTING, OUT, REMOTE, asks=False)
    assert not can_stop(JobState.SUBMITTED, working, REMOTE, asks=False)
    assert can_stop(JobState.SUBMITTED, working, BUILTIN, asks=False)


def test_a_second_sending_can_be_stopped_until_it_begins() -> None:
    waiting = Progress(step="waiting")
    assert can_stop(JobState.UNKNOWN, waiting, REMOTE, asks=False)
    assert not can_stop(JobState.UNKNOWN, waiting, REMOTE, asks=True)


def test_a_bug_while_sending_leaves_it_open_whether_it_was_charged() -> None:
    assert broken_off(JobState.SUBMITTING) is JobState.UNKNOWN
    assert broken_off(JobState.PREPARED) is JobState.NOT_SENT
    assert broken_off(JobState.SAVING) is JobState.LOST


@pytest.mark.parametrize("state", [JobState.UNKNOWN, JobState.REJECTED, JobState.PARTIAL])
def test_a_bug_before_another_try_begins_leaves_a_job_what_it_was(state: JobState) -> None:
    assert broken_off(state) is state
