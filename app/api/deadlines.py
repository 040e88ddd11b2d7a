"""How long the client waits for what."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """Seconds. A transfer as such may take as long as it keeps up `slowest`, bytes a second.

    `connect` and the stalls bound single steps in which nothing moves; all others bound a call.
    """

    connect: float = 10
    stall: float = 60
    upload: float = 60
    answer: float = 120
    task_result: float = 30
    models: float = 60
    user: float = 15
    picture_stall: float = 30
    picture: float = 60
    picture_at_most: float = 900
    slowest: float = 50_000


DEADLINES = Deadlines()
