"""A row of the fault matrix: what breaks, and what must have become of the job then."""

from dataclasses import dataclass, field
from typing import Any

from app.model.errors import AppError
from app.model.job import JobState

PICTURES = 2
"""How many pictures the job of every row asks for."""

ALWAYS = -1


@dataclass(frozen=True, kw_only=True)
class Row:
    """One fault and its expected end.

    `times` requests meet the fault. `tasks` were made by the service, `pictures` are on the
    artist's disk and `unreadable` answers in the job's folder, `requests` went to the place that
    broke and `fetches` to pictures, `waits_s` passed before the second submit. `error` is what the
    job ended with, `kind` its kind. `large` sends megabytes, `quick` names what has deadlines that
    a test can wait for, `at_sink` says how often another host was asked, as it should be.
    """

    fault: str
    ends: JobState
    error: type[AppError] | None = None
    kind: str = ""
    times: int = 1
    given: dict[str, Any] = field(default_factory=dict)
    tasks: int = 1
    pictures: int = PICTURES
    unreadable: int = 0
    requests: int | None = None
    fetches: int | None = None
    waits_s: float | None = None
    large: bool = False
    quick: str = ""
    at_sink: int = 0

    @property
    def place(self) -> str:
        return self.fault.partition(".")[0]

    def __str__(self) -> str:
        times = {1: "", ALWAYS: "-always"}.get(self.times, f"-{self.times}-times")
        given = "".join(f"-{value}" for value in self.given.values())
        return f"{self.fault}{given[:60]}{times}"


def done(*faults: str, **facts: Any) -> list[Row]:
    """Faults that a job survives."""
    return [Row(fault=fault, ends=JobState.DONE, **facts) for fault in faults]


def ended(ends: JobState, error: type[AppError], *faults: str, **facts: Any) -> list[Row]:
    """Faults that a job ends with, without a picture."""
    facts = {"pictures": 0, **facts}
    return [Row(fault=fault, ends=ends, error=error, **facts) for fault in faults]
