"""What the commands say, and how they end."""

import time
from datetime import datetime
from pathlib import Path

import pytest

from app.headless.telling import ProgressLines, exit_code, tell_error
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
    Rejected,
    ServiceDown,
    StorageError,
    TaskNotFound,
    Unauthorized,
    Unreachable,
    WrongAddress,
)
from app.model.job import JobState, Progress


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InvalidInput("steps", "less_than_equal", 100), 2),
        (PictureError("damaged"), 2),
        (Unauthorized(), 3),
        (NotAllowed(), 3),
        (OutOfCredit(), 3),
        (Moderated(), 3),
        (Rejected(), 3),
        (Unreachable("dns"), 4),
        (AnswerLost(), 4),
        (ServiceDown(), 4),
        (WrongAddress(), 4),
        (JobFailed(), 5),
        (TaskNotFound(), 5),
        (StorageError("full", Path("x")), 6),
    ],
)
def test_each_failure_has_its_exit_code(error: AppError, code: int) -> None:
    assert exit_code(error) == code


def test_an_unusable_picture_of_a_finished_task_is_the_tasks_failure() -> None:
    assert exit_code(BadAnswer(), JobState.PARTIAL) == 5


def test_the_services_own_words_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    tell_error(OutOfCredit("please top up", reason="BILLING_BALANCE_NOT_ENOUGH", status=400))
    assert capsys.readouterr().err == ("maskwright: please top up (BILLING_BALANCE_NOT_ENOUGH)\n")


def test_progress_is_told_once_a_step_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    tell = ProgressLines()
    for fraction in (0.0, 0.01, 0.11, 0.12):
        tell(Progress(step="uploading", fraction=fraction))
    tell(Progress(step="working"))
    tell(Progress(step="working"))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == ["Uploading 0 %", "Uploading 10 %", "Working"]


@pytest.mark.parametrize(
    ("kind", "chance"), [("silence", "may have been charged"), ("elsewhere", "probably was not")]
)
def test_a_lost_answer_says_what_it_may_have_cost(
    capsys: pytest.CaptureFixture[str], kind: str, chance: str
) -> None:
    tell_error(AnswerLost("504", kind=kind))
    assert chance in capsys.readouterr().err


def test_a_picture_that_finds_no_room_says_until_when_it_can_be_fetched(
    capsys: pytest.CaptureFixture[str],
) -> None:
    until = datetime(2026, 3, 14, 14, 3).astimezone()
    tell_error(NotKept("full", Path("/jobs"), until=until))
    assert "the service has it until 14:03 at least" in capsys.readouterr().err


def test_a_wait_is_told_with_its_reason_and_its_length(capsys: pytest.CaptureFixture[str]) -> None:
    until = time.monotonic() + 7.2
    ProgressLines()(Progress(step="waiting", reason="limited", trouble=True, until=until))
    ProgressLines()(Progress(step="working", trouble=True, until=until))
    assert capsys.readouterr().err.splitlines() == [
        "The service asked to slow down, trying again in 7 s",
        "Connection trouble, trying again in 7 s",
    ]
