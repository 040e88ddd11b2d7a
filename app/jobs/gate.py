"""Holds a service's jobs back while it refuses the key: none is lost, and none is hammered on."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from app.contract.reasons import Reason
from app.jobs.ports import Backend, Report
from app.model.errors import AppError, NotAllowed, Unauthorized
from app.model.job import Progress
from app.model.services import Service

Refused = Callable[[Service, AppError], None]
"""Hears that a service has refused the key, once for each key."""

_OF_THE_ACCOUNT = {Reason.NEED_REAL_NAME_VERIFY, Reason.API_NOT_ALLOWED, Reason.USER_IS_LOCKED, ""}
"""Reasons that the next job would meet too; others are about what a single job asks for."""


def is_key_refusal(error: AppError) -> bool:
    """Whether it is the key or the account that a service refuses, not the job."""
    if isinstance(error, NotAllowed):
        return error.reason in _OF_THE_ACCOUNT
    return isinstance(error, Unauthorized)


def _reason(error: AppError) -> str:
    """Why the jobs wait, as `Progress` tells it."""
    if isinstance(error, NotAllowed):
        return "account"
    is_none = isinstance(error, Unauthorized) and error.reason == Reason.MISSING_API_KEY
    return "key" if is_none else "refused"


@dataclass(slots=True)
class _Closed:
    fingerprint: str
    reason: str
    opened: asyncio.Event = field(default_factory=asyncio.Event)


class Gate:
    """Closed for a service from a refusal of its key until that key is another one.

    Where nobody is there to change a key (`is_attended` is False) a refusal ends the job.
    """

    def __init__(self, *, is_attended: bool) -> None:
        self.is_attended = is_attended
        self._hears: list[Refused] = []
        self._closed: dict[str, _Closed] = {}

    def on_refused(self, hear: Refused) -> None:
        """Let `hear` hear of each key that is refused."""
        self._hears.append(hear)

    def is_closed(self, service: Service) -> bool:
        """Whether jobs of `service` wait for a key."""
        return service.account in self._closed

    def open(self, service: Service, fingerprint: str | None = None) -> None:
        """Let the jobs of a service go on: by hand, or because its key is another one now."""
        closed = self._closed.get(service.account)
        if closed is not None and fingerprint != closed.fingerprint:
            del self._closed[service.account]
            closed.opened.set()

    async def passed(self, service: Service, report: Report) -> None:
        """Wait until the gate is open."""
        while (closed := self._closed.get(service.account)) is not None:
            report(Progress(step="waiting", reason=closed.reason))
            await closed.opened.wait()

    async def refused(
        self, service: Service, backend: Backend, used: str, error: AppError, report: Report
    ) -> None:
        """Wait for another key than the one that was `used`; raises `error` if none will come."""
        if not self.is_attended:
            raise error
        is_news = backend.fingerprint == used and not self.is_closed(service)
        if is_news:
            self._closed[service.account] = _Closed(used, _reason(error))
            for hear in self._hears:
                hear(service, error)
        await self.passed(service, report)
