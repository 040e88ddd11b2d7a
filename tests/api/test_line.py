"""New connections after a suspend: calls under way keep theirs, and none is left open."""

import asyncio

from app.api.client import ApiClient
from tests.api.conftest import Caller
from tests.support import faults
from tests.support.service import Service


def test_renewed_connections_are_new_and_the_old_ones_closed(
    call: Caller, service: Service
) -> None:
    async def thrice(client: ApiClient) -> int:
        await client.user()
        await client.user()
        client.renew()
        await client.user()
        return len(client._line._calls)

    assert call(thrice) == 1
    first, second, third = (request.connection for request in service.ledger.at("user"))
    assert first == second != third


def test_a_call_under_way_is_not_disturbed(call: Caller, service: Service) -> None:
    async def story(client: ApiClient) -> float | None:
        service.inject("poll", faults.silent)
        polling = asyncio.create_task(client.task_result("t-1"))
        await asyncio.to_thread(service.ledger.until, lambda ledger: ledger.at("poll"))
        client.renew()
        balance = (await client.user()).balance
        assert not polling.done()
        polling.cancel()
        await asyncio.wait({polling})
        return balance

    assert call(story) is not None
