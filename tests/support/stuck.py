"""What keeps a program waiting: services that hang, drip or drown it, and a slow disk."""

from __future__ import annotations

import asyncio
import os
import socket
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.desk import Desk

SYNC_S = 0.2
"""How long a slow disk takes until it has written."""


async def meet(desk: Desk, fault: str, seconds: float) -> None:
    """Send a job into a fault, paint while it lasts, and stop the job."""
    before = await desk.hits(fault)
    desk.service.arm(fault, times=-1)
    await desk.generate()
    while await desk.hits(fault) == before:  # noqa: ASYNC110 - it happens in another process
        await asyncio.sleep(0.05)
    await desk.paint(seconds)
    await desk.give_up()


async def meet_silence(desk: Desk, seconds: float) -> None:
    """Send a job to a machine that does not even answer that it heard, as `deaf` has one."""
    await desk.generate()
    await desk.paint(seconds)
    await desk.give_up()


@contextmanager
def deaf() -> Iterator[str]:
    """An address where connecting never ends: nobody accepts, and the queue is full."""
    with ExitStack() as sockets:
        listener = sockets.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            waiting = sockets.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def slow_sync() -> Iterator[None]:
    """A disk that takes its time, until the block ends."""
    sync = os.fsync

    def slow(descriptor: int) -> None:
        time.sleep(SYNC_S)
        sync(descriptor)

    os.fsync = slow
    try:
        yield
    finally:
        os.fsync = sync
