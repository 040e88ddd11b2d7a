"""What all jobs of the program share, so that together they ask too much of nobody."""

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext

from app.jobs.clock import Clock
from app.jobs.gate import Gate
from app.jobs.pacing import Budget, Pulse, Turns
from app.jobs.ports import Backend, Report
from app.model.job import Progress
from app.model.services import Service

IMAGES_PER_MINUTE = 10.0
"""How many images are asked of a service in a minute unless the artist says otherwise."""

POLL_GAP_S = 0.5
"""Between two polls of any tasks: no more than two in a second."""

DOWNLOADS = 4
"""Pictures that are fetched at once."""

UPLOADS = 3
"""Jobs of a service that are sent at once, or wait for that with all that they send in memory."""

ENGINE_JOBS = 3
"""Jobs that the built-in engine has at once; it would turn more away than it has room for."""


class Traffic:
    """One for the whole program. The built-in engine is this machine's own: nothing limits it.

    `images_per_minute` may be changed at any time; 0 sets no limit. Where somebody is there to
    change a key (`is_attended`), jobs wait for that when it is refused; else it ends them.
    """

    def __init__(
        self,
        *,
        images_per_minute: float = IMAGES_PER_MINUTE,
        is_attended: bool = True,
        clock: Clock | None = None,
    ) -> None:
        self._images_per_minute = images_per_minute
        self.clock = clock or Clock()
        self.gate = Gate(is_attended=is_attended)
        self.pulse = Pulse(self.clock, self._renew)
        self.polls = Turns(POLL_GAP_S, self.clock)
        self.downloads = asyncio.Semaphore(DOWNLOADS)
        self.desk = asyncio.Lock()
        """One picture is composited at a time: they are large."""
        self._engine = asyncio.Semaphore(ENGINE_JOBS)
        self._budgets: dict[str, Budget] = {}
        self._turns: dict[str, asyncio.Semaphore] = {}
        self._backends: set[Backend] = set()

    @property
    def images_per_minute(self) -> float:
        """How many images are asked of each service in a minute; 0 sets no limit."""
        return self._images_per_minute

    @images_per_minute.setter
    def images_per_minute(self, images: float) -> None:
        self._images_per_minute = images
        for budget in self._budgets.values():
            budget.look_anew()

    def wake(self) -> None:
        """Look at everything now: the window has the focus again, or the network is back."""
        self.pulse.wake()

    def place(self, service: Service, backend: Backend) -> AbstractAsyncContextManager[object]:
        """Where a job stays from its beginning to its end; only the built-in engine's are few."""
        self._backends.add(backend)
        return self._engine if service.is_builtin else nullcontext()

    def turn(self, service: Service) -> AbstractAsyncContextManager[object]:
        """Where a job is sent from; the jobs of a service come in the order they arrived."""
        return self._turns.setdefault(service.account, asyncio.Semaphore(UPLOADS))

    async def admitted(self, service: Service, images: int, report: Report) -> None:
        """Wait until a job of so many images may be sent; why it waits is told."""
        await self.gate.passed(service, report)
        if service.is_builtin:
            return
        budget = self._budget(service)
        await budget.spend(
            images, lambda until: report(Progress(step="waiting", reason="rate", until=until))
        )

    def _budget(self, service: Service) -> Budget:
        if service.account not in self._budgets:
            self._budgets[service.account] = Budget(lambda: self.images_per_minute, self.clock)
        return self._budgets[service.account]

    def _renew(self) -> None:
        for backend in self._backends:
            backend.renew()
