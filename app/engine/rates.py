"""How many requests a caller may make."""

import math
import time
from collections.abc import Callable

from app.contract.reasons import Reason
from app.engine.refusals import Refusal

_MOST_CALLERS = 1024
_ROUNDING_S = 1e-6


class Rates:
    """`rate` requests a second on average, `burst` of them at once, for each caller.

    What is kept of a caller is one number: when the requests so far would be over if they had
    come at `rate`.
    """

    def __init__(
        self, rate: float = 10, burst: int = 40, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pause_s = 1 / rate
        self._ahead_s = (burst - 1) / rate
        self._clock = clock
        self._over: dict[str, float] = {}

    def count(self, caller: str) -> None:
        """Count a request; raises a `Refusal` that says when to come again."""
        now = self._clock()
        over = max(self._over.get(caller, now), now)
        wait = over - now - self._ahead_s
        if wait > _ROUNDING_S:
            raise Refusal(
                Reason.RATE_LIMIT_EXCEEDED, "too many requests", retry_after_s=math.ceil(wait)
            )
        self._over[caller] = over + self._pause_s
        if len(self._over) > _MOST_CALLERS:
            self._forget(now)

    def _forget(self, now: float) -> None:
        """Drop whoever has been quiet; among others only the newest stay."""
        busy = sorted((over, caller) for caller, over in self._over.items() if over > now)
        self._over = {caller: over for over, caller in busy[-_MOST_CALLERS // 2 :]}
