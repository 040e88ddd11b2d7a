"""All that is asked about one task: in turn with every other, never twice within a second."""

from app.contract.responses import TaskResult
from app.jobs.ports import Backend
from app.jobs.traffic import Traffic
from app.model.services import Service

GAP_S = 1.0


class Questions:
    """Asks where a task stands. The built-in engine may be asked at any time."""

    def __init__(self, task_id: str, service: Service, backend: Backend, traffic: Traffic) -> None:
        self.task_id = task_id
        self.service = service
        self.backend = backend
        self.traffic = traffic
        self._last = traffic.clock.now()  # the acceptance counts: the first comes a second later

    async def ask(self) -> TaskResult:
        """One answer; raises `AppError`."""
        if not self.service.is_builtin:
            await self._wait()
        return await self.backend.task_result(self.task_id)

    async def _wait(self) -> None:
        clock = self.traffic.clock
        if (early := self._last + GAP_S - clock.now()) > 0:
            await clock.sleep(early)
        await self.traffic.polls.take()
        self._last = clock.now()
